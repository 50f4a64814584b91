"""The entries of a path, of every kind (reference/import §5.5.1)."""

from collections.abc import Iterator, Sequence
from typing import Final

from harness.model.departure import Departure
from harness.oracle.archives import archive, entry_of
from harness.oracle.departing import RAISES, raises
from harness.oracle.layout import Entry, plain
from harness.oracle.objects import Object, Raised
from harness.oracle.state import OddEntry, State

ODD_ERRORS: Final = raises("path.non-string-entries-ignored", "TypeError", "AttributeError")
BYTES_IGNORED: Final = Departure("path.bytes-entries-allowed", "ignored", "an entry of bytes is passed over")
BYTES_ERRORS: Final = (
    Departure(
        "path.bytes-entries-allowed",
        f"{RAISES}TypeError",
        "an import whose search comes to an entry of bytes raises TypeError if that is a directory which exists",
    ),
)
BYTES_SEARCHED: Final = Departure("path.bytes-entries-not-accepted", "searched", "an entry of bytes is searched")
AS_BEGUN: Final = Departure(
    "path.runtime-modification", "ignored", "modules are searched on sys.path as it was when the program began"
)
FILE_ERRORS: Final = raises("path.regular-file-entry-ignored", "ImportError", "NotADirectoryError")


def sys_path(state: State) -> Iterator[Entry]:
    """The entries of ``sys.path`` that lie in the tree, in order.

    Clauses: path.runtime-modification, path.non-string-entries-ignored, path.bytes-entries-allowed,
    path.bytes-entries-not-accepted.

    Raises:
        Raised: an entry that is no string is not passed over.
    """
    path: Sequence[str | OddEntry] = state.path
    if (*path,) != state.path_begun:
        state.cite(AS_BEGUN.clause)
        path = state.path_begun if state.departs(AS_BEGUN) else path
    for place in path:
        if isinstance(place, str):
            yield plain(place)
            continue
        found = entry_from(state, place.value)
        if found is not None:
            yield found


def odd_entries(state: State) -> bool:
    """Whether ``sys.path`` has entries that are no strings."""
    return any(not isinstance(place, str) and not isinstance(place.value, str) for place in state.path)


def entry_from(state: State, value: Object) -> Entry | None:
    """The entry that an item of a path is; ``None`` where it is passed over, or leads out of the tree.

    Raises:
        Raised: it is neither a string nor bytes, which is not passed over.
    """
    match value:
        case str():
            return entry_of(state, value)
        case bytes():
            allowed = not state.since(3, 11)
            if not allowed:
                state.cite("path.bytes-entries-not-accepted")
            searched = allowed is not state.departs(BYTES_IGNORED if allowed else BYTES_SEARCHED)
            found = entry_of(state, value.decode("latin-1")) if searched else None
            return None if found is None else found._replace(of_bytes=True)
        case _:
            state.cite("path.non-string-entries-ignored")
            taken = state.error("", ODD_ERRORS)
            if taken:
                raise Raised(taken, state.why())
            return None


def come_to(state: State, where: Entry) -> None:
    """What a search meets at an entry, before it looks for the module there: an entry of any kind ends no search.

    Clauses: path.regular-file-entry-ignored (a file has no finder), path.bytes-entries-allowed.

    Raises:
        Raised: it ends this one.
    """
    taken = ""
    if where.place in state.files:
        state.cite("path.regular-file-entry-ignored")
        taken = state.error("", FILE_ERRORS)
    elif where.of_bytes and not state.since(3, 11):
        state.cite("path.bytes-entries-allowed")
        if where.place in state.directories and archive(state, where.place) is None:
            taken = state.error("", BYTES_ERRORS)
    if taken:
        raise Raised(taken, state.why())
