"""Which mixes a run draws from."""

import enum


class Variety(enum.Enum):
    """Which mixes are drawn: the ``PLAIN`` one, the ``WIDE`` ones, or ``BOTH``, a third of them wide.

    Or cases are ``MERGED`` of others, which are given.
    """

    PLAIN = "plain"
    WIDE = "wide"
    BOTH = "both"
    MERGED = "merged"
