"""Relations: a case that is changed so that by the documents nothing changes, or nothing but what things are called.

::

    @given(case=programs_of(imported))
    def test_called(case: Case, implementation: Implementation) -> None:
        '''An import statement does what a call of importlib.__import__ does.'''
        assert unlike(case, called(case, "importlib.__import__"), implementation) == ()

Compared is what the implementation does, fact by fact, those too that no document fixes. Where the documents allow more
than one world, or end in silence, they say nothing of the relation either: of a module that makes itself None in
``sys.modules`` CPython's ``import`` and ``importlib.__import__`` give different ones.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from conformance.demands import Implementation
from conformance.engine import replies
from harness.model.case import Case
from harness.model.language.binding import Import
from harness.model.language.compound import Statement
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.prediction import Ending
from harness.model.source import Alias, Source
from harness.model.tree import Entry, Root, SourceFile, Tree
from harness.model.values import Value
from reports.wording import phrase

UNRELATED: Final = Root((SourceFile("unrelated/__init__.py"), SourceFile("unrelated_too.py")))
"""A directory of ``sys.path`` in which nothing lies that a generated program imports."""

_ASIDE: Final = frozenset({"exception/cause", "exception/context", "exception/name_from"})
"""What no document says of an exception of the import system."""

_ROOT: Final = re.compile(r"\br([0-9]+)(?=/|$)")


def called(case: Case, function: str) -> Case:
    """The case with each ``import a.b`` of its program as ``a = FUNCTION("a.b")``."""
    return _with_statements(case, lambda statement: _as_call(statement, function))


def uncalled(case: Case, function: str) -> Case:
    """The case with each ``import a.b`` of its program as a call of the function whose result nobody takes."""
    return _with_statements(case, lambda statement: _as_call(statement, function, bound=False))


def disjoint(case: Case) -> Case:
    """The case with of each root only that of which no earlier one has any: no top-level name stands twice."""
    seen: set[str] = set()
    roots = []
    for root in case.tree.roots:
        kept = tuple(entry for entry in root.entries if _top(entry) not in seen)
        seen |= {_top(entry) for entry in kept}
        roots.append(msgspec.structs.replace(root, entries=kept))
    return msgspec.structs.replace(case, tree=Tree(tuple(roots)))


def turned(case: Case) -> Case:
    """The case with its roots the other way round."""
    return msgspec.structs.replace(case, tree=Tree(case.tree.roots[::-1]))


def preceded(case: Case) -> Case:
    """The case with a root before all others in which lies nothing that anybody imports."""
    return msgspec.structs.replace(case, tree=Tree((UNRELATED, *case.tree.roots)))


def unlike(
    case: Case, other: Case, implementation: Implementation, root: Callable[[int], int] = lambda place: place
) -> tuple[str, ...]:
    """The facts in which the implementation tells the two apart; ``root``: what a root of ``other`` is in ``case``."""
    left, right = (_seen(item, implementation) for item in (case, other))
    if left is None or right is None:
        return ()
    back = {_named(key, root): _back(value, root) for key, value in right.items()}
    return tuple(_told(left, back))


def _with_statements(case: Case, change: Callable[[Statement], Statement]) -> Case:
    program = Source(tuple(change(item) for item in case.program.statements))
    return msgspec.structs.replace(case, program=program)


def _as_call(statement: Statement, function: str, *, bound: bool = True) -> Statement:
    match statement:
        case Import(names=(Alias(name=name, asname=""),)):
            return Bind(Call(function, (Constant(name),)), name.partition(".")[0] if bound else "")
        case _:
            return statement


def _top(entry: Entry) -> str:
    return entry.path.partition("/")[0].partition(".")[0]


def _seen(case: Case, implementation: Implementation) -> Mapping[str, Value] | None:
    """The facts; ``None`` where the documents leave the case open."""
    (reply,) = replies(case, implementation.ground)
    worlds = reply.answer.predicted.documents.worlds
    if len(worlds) > 1 or worlds[0].ending is not Ending.COMPLETED:
        return None
    return {key: value for key, value in reply.answer.observation.facts.items() if key not in _ASIDE}


def _named(text: str, root: Callable[[int], int]) -> str:
    return _ROOT.sub(lambda match: f"r{root(int(match[1]))}", text)


def _back(value: Value, root: Callable[[int], int]) -> Value:
    if isinstance(value, str):
        return _named(value, root)
    if isinstance(value, tuple):
        return tuple(_back(item, root) for item in value)
    return value


def _told(left: Mapping[str, Value], right: Mapping[str, Value]) -> Iterator[str]:
    for key in sorted({*left, *right}):
        mine, other = (facts.get(key, ("absent",)) for facts in (left, right))
        if mine != other:
            yield f"{key}: {phrase(mine)}, and {phrase(other)}"
