"""What every statement of the language has in common."""

import contextlib
import re
import symtable
import typing
import unicodedata
from typing import Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.case import Case
from harness.model.codec import encode
from harness.model.language.asking import ReprShows
from harness.model.language.attributes import DeleteAttribute, SetAttribute
from harness.model.language.compound import Statement, bodies, holding
from harness.model.language.constants import Items
from harness.model.language.from_import import FromImport
from harness.model.language.paths import PathAdd, PathEdit
from harness.model.language.scoped import bound_names
from harness.model.language.spelling import JUDGED
from harness.model.language.star import StarImport
from harness.model.language.word import Word
from harness.model.rendering import plainly, render_program
from harness.model.source import Source
from harness.model.tests.strategies import EACH
from harness.model.tree import Tree

_PAIRS: Final = frozenset({SetAttribute, DeleteAttribute})
"""What is said of an object and an attribute, which are left."""

_SAID: Final = frozenset(
    {
        (FromImport, "level"),
        (StarImport, "level"),
        (PathAdd, "behind"),
        (PathEdit, "remove"),
        (ReprShows, "text"),
        (SetAttribute, "value"),
    }
)
"""Fields that have a default, which is not simpler."""

_OTHERWISE: Final = re.compile(r"import (?!builtins )([a-z]+)[a-z.]* as _\1")

each: Final = pytest.mark.parametrize("kind", EACH)
few: Final = settings(max_examples=20)


def test_there_is_a_strategy_for_each() -> None:
    """Whatever can be said is drawn."""
    assert set(typing.get_args(Statement)) == EACH.keys()


@each
@few
@given(data=st.data())
def test_it_has_a_text(data: st.DataObject, kind: type[Word]) -> None:
    """A statement is at least one line, the same whenever it is asked for."""
    statement = data.draw(EACH[kind])
    assert "" != "\n".join(statement.lines(JUDGED)) == "\n".join(statement.lines(JUDGED))


@each
@few
@given(data=st.data())
def test_it_tells_what_it_binds(data: st.DataObject, kind: type[Word]) -> None:
    """A statement tells the names that its text binds where it stands, in ``bound``, and no others."""
    statement = data.draw(EACH[kind])
    text, told = "\n".join(statement.lines(JUDGED)), {unicodedata.normalize("NFKC", name) for name in names(statement)}
    with contextlib.suppress(SyntaxError, UnicodeEncodeError):
        table = symtable.symtable(text, "text", "exec").get_symbols()
        found = {name.get_name() for name in table if name.is_assigned() or name.is_imported() or name.is_namespace()}
        assert found == told


def names(statement: Statement) -> set[str]:
    """The names that it tells, or what stands in the place of an object of which an attribute is set."""
    if isinstance(statement, SetAttribute | DeleteAttribute) and len(statement.path) == 1:
        return {*statement.path}
    return {*bound_names((statement,))}


@each
@few
@given(data=st.data())
def test_it_holds_what_it_holds(data: st.DataObject, kind: type[Word]) -> None:
    """A statement that is given the statements it holds is the same."""
    statement = data.draw(EACH[kind])
    assert statement == holding(statement, bodies(statement))


@each
@few
@given(data=st.data())
def test_what_is_simpler_is_another(data: st.DataObject, kind: type[Word]) -> None:
    """Nothing is simpler than itself, so that simplifying comes to an end."""
    statement = data.draw(EACH[kind])
    assert encode((statement,)) not in [encode(simple) for simple in statement.simpler()]


@each
@few
@given(data=st.data())
def test_it_calls_the_library_as_people_do(data: st.DataObject, kind: type[Word]) -> None:
    """What it calls in the library is no name of the case's own: the plain text need not call it otherwise."""
    source = Source((data.draw(EACH[kind]),))
    text = render_program(source, host=plainly(Case(Tree(), source)))
    assert [] == [line for line in text.splitlines() if _OTHERWISE.match(line)]


def simplest(statement: Word) -> Word:
    """What is left of a statement that becomes simpler for as long as it is of its kind."""
    for instead in statement.simpler():
        if [type(item) for item in instead] == [type(statement)]:
            return simplest(instead[0])
    return statement


def too_large(kind: type[Word], name: str, value: object) -> bool:
    """Whether a list in a field of a statement could be shorter."""
    items = value.items if isinstance(value, Items) else value
    return isinstance(items, tuple) and len(items) > 1 + (kind in _PAIRS and name == "path")


@each
@few
@given(data=st.data())
def test_it_becomes_simple(data: st.DataObject, kind: type[Word]) -> None:
    """However much a statement says, what is simpler ends with lists of one item, and without what may be left out."""
    left = simplest(data.draw(EACH[kind]))
    fields = {field.name: (field.default, getattr(left, field.name)) for field in msgspec.structs.fields(kind)}
    assert [name for name, (_, value) in fields.items() if too_large(kind, name, value)] == []
    more = {name for name, (given, value) in fields.items() if given is not msgspec.NODEFAULT and value != given}
    assert {name for name in more if (kind, name) not in _SAID and not isinstance(fields[name][0], tuple)} == set()
