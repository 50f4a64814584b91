"""What else a path has for a name, behind an entry (PEP 420, Specification)."""

from collections.abc import Iterable, Sequence
from typing import Final

from harness.model.departure import Departure
from harness.oracle.candidates import candidate
from harness.oracle.departing import raises
from harness.oracle.layout import Entry
from harness.oracle.objects import Raised, Spec
from harness.oracle.state import State

PACKAGE_FIRST: Final = Departure(
    "regular.earlier-entry-module-beats-later-package", "package first", "a package goes before a module found earlier"
)
PASSED_OVER: Final = "path.entry-without-it-passed-over"
ENDS: Final = Departure(PASSED_OVER, "ends the search", "a path entry that has nothing of the name ends the search")
PASSED_ERRORS: Final = raises(PASSED_OVER, "AttributeError", "TypeError")


def rival(state: State, spec: Spec, later: list[Entry], last: Departure) -> Spec | None:
    """What is taken instead of the first match; nothing, as documented."""
    if not later:
        return None
    tail = spec.name.rpartition(".")[2]
    packages = [each for each in later if f"{each.below(tail)}/__init__.py" in state.files]
    if packages and spec.locations is None and state.departs(PACKAGE_FIRST):
        return candidate(state, spec.name, packages[0])
    rivals = [each for each in later if each in packages or f"{each.below(tail)}.py" in state.files]
    return candidate(state, spec.name, rivals[-1]) if rivals and state.departs(last) else None


def cite_rivals(state: State, spec: Spec, place: str, portions: list[Entry], later: Iterable[str]) -> None:
    """Cite the clauses that decide between a module or package and what else there is of its name.

    ``portions`` are directories found before it, ``later`` the places behind it.
    """
    regular = spec.locations is not None
    if regular and f"{place}.py" in state.files:
        state.cite("regular.package-before-module-same-dir")
    if not regular and place in state.directories:
        state.cite("namespace.module-beats-directory-same-entry")
    if portions:
        state.cite("regular.prevents-hiding")
        state.cite(
            "namespace.init-in-any-portion-makes-regular"
            if regular
            else "namespace.later-module-beats-earlier-directory"
        )
    rivals = [other for other in later if f"{other}.py" in state.files or other in state.directories]
    if rivals:
        state.cite("path.first-match-wins")
        if not regular and any(other in state.directories for other in rivals):
            state.cite("regular.earlier-entry-module-beats-later-package")


def goes_on(state: State, tail: str, later: Sequence[Entry] = ()) -> bool:
    """Whether a search goes on to the entries behind one that has nothing of the name.

    Clauses: path.entry-without-it-passed-over.

    Raises:
        Raised: it ends with an exception.
    """
    taken = state.error("", PASSED_ERRORS)
    if taken:
        raise Raised(taken, state.why(PASSED_OVER))
    places = [each.below(tail) for each in later]
    matters = any(f"{place}.py" in state.files or place in state.directories for place in places)
    return not (matters and state.departs(ENDS))
