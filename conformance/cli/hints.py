"""What may have been meant by a name that nothing has."""

import difflib
import fnmatch
from collections.abc import Sequence


def perhaps(name: str, known: Sequence[str], otherwise: str) -> str:
    """The names that are most like it, as a hint; ``otherwise`` where none is."""
    near = [item for item in known if item.startswith(name)] or difflib.get_close_matches(name, known)
    near = near or fnmatch.filter(known, f"*{name.rpartition('.')[2]}*")
    return f"perhaps {', '.join(near[:3])}" if near else otherwise
