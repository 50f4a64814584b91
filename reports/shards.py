"""The parts of a run that was divided: which there can be, and which cases belong to them."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

LARGEST: Final = 9999
"""How many parts a run has at most."""

_PART: Final = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")


def parsed_part(text: str) -> tuple[int, int] | None:
    """The index (from 1) and the number of parts that ``2/4`` says; ``None`` where it says none."""
    found = _PART.fullmatch(text)
    if found is None:
        return None
    index, parts = int(found[1]), int(found[2])
    return (index, parts) if 1 <= index <= parts <= LARGEST else None


def part(shard: str) -> tuple[int, int]:
    """The same of the shard of a header that was let in; the whole is part 1 of 1."""
    return parsed_part(shard) or (1, 1)


def numbers(shard: str) -> Iterator[int]:
    """The places that the cases of a shard have in the whole run."""
    index, parts = part(shard)
    return count(index - 1, parts)
