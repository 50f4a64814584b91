"""Statements that fail (reference/simple_stmts §7.8)."""

from collections.abc import Mapping
from typing import Final, NoReturn

from harness.model.exceptions import descends
from harness.model.language.binding import Alias
from harness.model.language.failing import NO_CAUSE, Broken, Raise
from harness.model.language.from_import import FromImport
from harness.model.language.word import Word
from harness.oracle.chapters.from_import import from_statement
from harness.oracle.departing import given
from harness.oracle.objects import SOME, Link, Raised, Scope, Why
from harness.oracle.scopes import demand
from harness.oracle.state import Rule, State

GIVEN: Final = given(
    "errors.cause-from-class",
    "errors.cause-from-none",
    "errors.cause-initially-none",
    "errors.context-handled",
    "errors.context-initially-none",
    "errors.constructor-keywords",
)


def _raise(state: State, _scope: Scope, statement: Raise) -> NoReturn:
    """Raise it, with a cause, and what is being handled as its context."""
    for name in (statement.error, statement.cause):
        if name not in {"", NO_CAUSE}:
            demand(state, name)
    why: Why = ("loading.any-exception-propagates",)
    if descends(statement.error, "ImportError"):
        why = ("errors.constructor-keywords", *why)
    raised = Raised(statement.error, why, name=statement.name or None, path=statement.path or None)
    raised.cause = _cause(statement.cause)
    raised.context = _context(state)
    raise raised


def _cause(name: str) -> Link:
    """Clauses: errors.cause-from-class, errors.cause-from-none, errors.cause-initially-none."""
    match name:
        case "":
            return Link("errors.cause-initially-none", None)
        case "None":
            return Link("errors.cause-from-none", None)
        case _:
            return Link("errors.cause-from-class", name)


def _context(state: State) -> Link | None:
    """The innermost exception that is being handled; None where it is not known which that is, or of which type.

    Clauses: errors.context-handled, errors.context-initially-none.
    """
    if not state.handled:
        return Link("errors.context-initially-none", None)
    held = state.handled[-1]
    if held is None or held.error == SOME or held.types != (held.error,):
        return None
    return Link("errors.context-handled", held.error)


_MEANT: Final = {
    "import .a": FromImport("", (Alias("a"),), 1),
    "import ..a as b": FromImport("", (Alias("a", "b"),), 2),
    "from a import b,": FromImport("a", (Alias("b"),)),
    "from . import a, b,": FromImport("", (Alias("a"), Alias("b")), 1),
}
"""What a line may be taken for where it is compiled."""


def _broken(state: State, scope: Scope, statement: Broken) -> None:
    if statement.line not in _MEANT:
        raise Raised("SyntaxError", ("loading.any-exception-propagates",))
    from_statement(state, scope, _MEANT[statement.line])


STATEMENTS: Final[Mapping[type[Word], Rule]] = {Raise: _raise, Broken: _broken}
