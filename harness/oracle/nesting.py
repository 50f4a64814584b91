"""Namespace packages inside packages whose path cannot be read: what becomes of theirs (reference/import §5.2.2)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.departing import raises
from harness.oracle.objects import Raised, Unknown
from harness.oracle.state import State
from harness.oracle.unnamed import goes_on

PARENT_ERRORS: Final = raises("namespace.path-parent-missing", "KeyError", "ImportError")
PARENT_NOT_NEEDED: Final = Departure(
    "namespace.path-parent-missing", "as before", "where the parent is missing the path is as before"
)
UNREADABLE: Final = "namespace.path-parent-unreadable"
"""The question what becomes of the path of a namespace package whose parent has none that could be searched."""


def below_none(state: State) -> None:
    """The path that portions are collected from is ``None``; a search takes that for ``sys.path``."""
    _unreadable(state, "sys.path", "TypeError", about="its __path__ is None")


def parent_missing(state: State, parent: str) -> None:
    """The parent path cannot be read: the cache lacks the package (namespace.path-parent-missing), or it is none."""
    if parent in state.cache.values:
        _unreadable(state, "as before", "AttributeError", about="it is no package")
    elif not state.since(3, 15):
        _unreadable(state, "as before", "KeyError", about="it is gone")
    elif not state.departs(PARENT_NOT_NEEDED):
        unknown = Unknown(("namespace.path-parent-missing",))
        error = state.error("ModuleNotFoundError", PARENT_ERRORS)
        raise Raised(error, state.why("namespace.path-parent-missing"), name=unknown, path=unknown)


def _unreadable(state: State, usable: str, error: str, *, about: str) -> None:
    """Go on, if this world does.

    Raises:
        Raised: it does not (namespace.path-parent-unreadable).
    """
    goes_on(state, UNREADABLE, (usable,), error, about=about)
