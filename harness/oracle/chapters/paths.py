"""Statements on ``__path__`` and ``sys.path`` (reference/import §5.4.6, §5.5)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Bytes, Constant, Expression, Place
from harness.model.language.paths import PathAdd, PathAnew, PathAppend, PathEdit, SetPath, SetPathOf
from harness.model.language.word import Word
from harness.oracle.chapters.names import ATTRIBUTE_ERRORS, reference
from harness.oracle.departing import raises
from harness.oracle.layout import PREFIX
from harness.oracle.objects import Items, Object, Portions, Raised, Scope, Unknown, constant
from harness.oracle.scopes import bind
from harness.oracle.state import OddEntry, Rule, Silent, State
from harness.oracle.unnamed import unnamed

ITEM_ERRORS: Final = raises("scope.missing-item", "KeyError", "IndexError")
APPENDED: Final = Departure(
    "namespace.path-read-only", "appended", "an entry can be appended to the path of a namespace package"
)
ITEM_PASSED: Final = Departure("scope.missing-item", "no exception", "nothing is raised")


def _set_path(state: State, scope: Scope, statement: SetPath) -> None:
    """Clauses: dpath.init-may-alter."""
    value = Items([PREFIX + entry for entry in statement.entries], mutable=True)
    bind(state, scope, "__path__", value, ("dpath.init-may-alter",))


def _set_path_of(state: State, scope: Scope, statement: SetPathOf) -> None:
    """Clauses: dpath.init-may-alter, dpath.non-string-ignored."""
    items: list[Object] = []
    for each in statement.entries:
        match each:
            case Place(pathlike=True):
                items.append(Unknown(("dpath.non-string-ignored",)))
            case Place(path=path):
                items.append(PREFIX + path)
            case Bytes(text=text):
                items.append(text.encode("latin-1"))
            case Constant(value=value):
                items.append(constant(value))
            case _:
                raise Silent("scope.operand-types")
    bind(state, scope, "__path__", Items(items, mutable=True), ("dpath.init-may-alter",))


def _edit(state: State, _scope: Scope, statement: PathEdit) -> None:
    """Clauses: path.runtime-modification."""
    entry = f"r{statement.root}"
    if not statement.remove:
        state.path.append(entry)
        state.behind += 1
    elif entry in state.path:
        state.behind -= state.path.index(entry) >= len(state.path) - state.behind
        state.path.remove(entry)
    elif not state.departs(ITEM_PASSED):
        raise Raised(state.error("ValueError", ITEM_ERRORS), ("scope.missing-item",))


def _anew(state: State, _scope: Scope, statement: PathAnew) -> None:
    """Clauses: path.runtime-modification, namespace.path-recomputed-on-list-replacement."""
    state.path[:0] = _entries(statement.entries)
    state.replaced = True


def _add(state: State, _scope: Scope, statement: PathAdd) -> None:
    """Clauses: path.runtime-modification."""
    entries = _entries(statement.entries)
    if statement.behind:
        state.path += entries
        state.behind += len(entries)
    else:
        state.path[:0] = entries


def _entries(said: tuple[Expression, ...]) -> list[str | OddEntry]:
    """What stands in the path then.

    Raises:
        Silent: it cannot be said.
    """
    entries: list[str | OddEntry] = []
    for each in said:
        match each:
            case Place(pathlike=True):
                entries.append(OddEntry(None))
            case Place(path=path):
                entries.append(OddEntry(PREFIX + path) if path.endswith("/") else path)
            case Bytes(text=text):
                entries.append(OddEntry(text.encode("latin-1")))
            case Constant(value=value):
                entries.append(OddEntry(constant(value)))
            case _:
                raise Silent("scope.operand-types")
    return entries


def _append(state: State, scope: Scope, statement: PathAppend) -> None:
    """Clauses: dpath.runtime-change-honoured, namespace.path-read-only (no document says what is raised).

    Raises:
        Raised: it is no list.
        Silent: it may be one.
    """
    path = reference(state, scope, (*statement.path, "__path__")).value
    text = f"{PREFIX}{statement.entry}"
    match path:
        case Items(items=items, mutable=True):
            items.append(text)
        case Portions(items=texts):
            question = "namespace.path-read-only"
            if not state.departs(APPENDED):
                raise unnamed(state, question, "AttributeError", "TypeError")
            texts.append(text)
        case Items() | str() | int() | None:
            raise Raised(state.error("AttributeError", ATTRIBUTE_ERRORS), state.why("scope.attribute-missing"))
        case _:
            raise Silent("scope.builtin-attributes")


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    SetPath: _set_path,
    SetPathOf: _set_path_of,
    PathEdit: _edit,
    PathAnew: _anew,
    PathAdd: _add,
    PathAppend: _append,
}
