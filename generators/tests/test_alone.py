"""Of whatever can be said the smallest case says that and nothing else, in few words."""

import typing
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

import msgspec
import pytest

from generators import reduce_case
from generators.tests.test_reach import ASIDE, OLDER
from harness.model.admission import admit
from harness.model.case import Case, Embedded, sources
from harness.model.codec import CodecError
from harness.model.language.compound import Class, Statement, statements
from harness.model.language.constants import Items
from harness.model.language.documented import FUNCTIONS
from harness.model.language.expressions import Bind
from harness.model.language.shapes import calls
from harness.model.language.word import Word
from harness.model.source import Source
from harness.model.tree import Root, Tree

_WHOLE: Final = frozenset(
    {"importlib.resources.abc.Traversable.joinpath", "importlib.resources.files", "pkgutil.get_importer"}
)
"""What is called for the sake of another call."""

_FEW: Final = 2
"""A name and an attribute, a file in a root; one name of a list, one argument beside another."""

_WORDS: Final[tuple[type[Word], ...]] = typing.get_args(Statement)


def said(case: Case) -> list[Statement]:
    """Every statement of a case."""
    return [item for source in sources(case) for item in statements(source.statements)]


def needed(case: Case) -> list[Statement]:
    """Every statement of a case, but a class around one that may stand nowhere else."""
    match said(case):
        case [Class(body=(item,)), _] if refuses(item):
            return [item]
        case every:
            return every


def refuses(item: Statement) -> bool:
    """Whether a program may not say it at its top."""
    try:
        admit(Case(Tree((Root(),)), Source((item,))))
    except CodecError:
        return True
    return False


def is_said(kind: type[Word]) -> Callable[[Case], bool]:
    """Whether a case has a statement of that kind."""
    return lambda case: any(type(item) is kind for item in said(case))


def called(case: Case) -> Iterator[str]:
    """The documented functions that the statements of a case call by an expression, each call of them."""
    yield from (call.function for item in said(case) if isinstance(item, Bind) for call in calls(item.value))


def is_called(function: str) -> Callable[[Case], bool]:
    """Whether a case calls that function."""
    return lambda case: function in called(case)


def largest(value: object) -> int:
    """How long the longest list of anything is that a statement says; a text counts as its lines."""
    match value:
        case str():
            return value.count("\n")
        case Items(items=items):
            return max((len(items), *map(largest, items)), default=0)
        case tuple():
            return max((len(value), *map(largest, value)), default=0)
        case msgspec.Struct():
            return max((largest(getattr(value, name)) for name in value.__struct_fields__), default=0)
        case _:
            return 0


def smallest(cases: tuple[Case, ...], interesting: Callable[[Case], bool]) -> list[Case]:
    """What some of the cases that are interesting are reduced to."""
    return [reduce_case(case, interesting) for case in islice(filter(interesting, cases), 3)]


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.__name__) for kind in _WORDS])
def test_a_statement(mixed: tuple[Case, ...], kind: type[Word]) -> None:
    """The smallest case that has a statement has no other, nor anything in it that could be left out."""
    found = smallest(mixed, is_said(kind))
    assert [[kind]] * len(found) == [[type(item) for item in needed(case)] for case in found] != []
    assert [] == [item for case in found for item in said(case) if largest(item) > _FEW]
    assert [Embedded()] * len(found) == [case.launch for case in found]


@pytest.mark.parametrize("function", sorted(FUNCTIONS.keys() - OLDER - ASIDE - _WHOLE))
def test_a_function(mixed: tuple[Case, ...], function: str) -> None:
    """The smallest case that calls a function says nothing but that, binds nothing, and calls it once."""
    found = smallest(mixed, is_called(function))
    alone = [[isinstance(item, Bind) and not item.name for item in said(case)] for case in found]
    assert [[True]] * len(found) == alone != []
    assert [1] * len(found) == [[*called(case)].count(function) for case in found]
