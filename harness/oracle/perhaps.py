"""What the documents let be there or not."""

from typing import NamedTuple


class Perhaps(NamedTuple):
    """An attribute that the documents let be there or not: ``value`` where it is there, by ``clause``.

    ``against`` are clauses by which it is not there. ``about`` is the situation, if that is not the ordinary one.
    """

    clause: str
    value: "None | str"
    against: tuple[str, ...] = ()
    about: str = ""
