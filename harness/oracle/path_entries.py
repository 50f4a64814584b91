"""The entries of ``sys.path``, of every kind (reference/import §5.5.1)."""

from collections.abc import Iterator
from typing import Final

from harness.model.departure import Departure
from harness.oracle.archives import entry_of
from harness.oracle.departing import raises
from harness.oracle.layout import PREFIX, Entry
from harness.oracle.objects import Object, Raised
from harness.oracle.state import State

ODD_ERRORS: Final = raises("path.non-string-entries-ignored", "TypeError", "AttributeError")
BYTES_IGNORED: Final = Departure("path.bytes-entries-allowed", "ignored", "an entry of bytes is passed over")
BYTES_ERRORS: Final = raises("path.bytes-entries-allowed", "TypeError")
BYTES_SEARCHED: Final = Departure("path.bytes-entries-not-accepted", "searched", "an entry of bytes is searched")


def sys_path(state: State) -> Iterator[Entry]:
    """The entries of ``sys.path`` that lie in the tree, in order.

    Clauses: path.non-string-entries-ignored, path.bytes-entries-allowed, path.bytes-entries-not-accepted.

    Raises:
        Raised: an entry that is no string is not passed over.
    """
    for place in state.path:
        if isinstance(place, str):
            yield Entry(place, f"{PREFIX}{place}".rstrip("/"))
            continue
        text = text_of(state, place.value)
        found = None if text is None else entry_of(state, text)
        if found is not None:
            yield found


def odd_entries(state: State) -> bool:
    """Whether ``sys.path`` has entries that are no strings."""
    return any(not isinstance(place, str) and not isinstance(place.value, str) for place in state.path)


def text_of(state: State, value: Object) -> str | None:
    """The string that an entry is; ``None`` where it is passed over."""
    match value:
        case str():
            return value
        case bytes():
            allowed = not state.since(3, 11)
            state.cite("path.bytes-entries-allowed" if allowed else "path.bytes-entries-not-accepted")
            taken = state.error("", BYTES_ERRORS) if allowed else ""
            if taken:
                raise Raised(taken, state.why())
            searched = allowed is not state.departs(BYTES_IGNORED if allowed else BYTES_SEARCHED)
            return value.decode("latin-1") if searched else None
        case _:
            state.cite("path.non-string-entries-ignored")
            taken = state.error("", ODD_ERRORS)
            if taken:
                raise Raised(taken, state.why())
            return None
