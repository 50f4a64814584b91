"""One small fault of a module, and the source that has it."""

from typing import Final

import msgspec

__all__ = ["Fault", "mutated"]

STATEMENTS: Final = frozenset(
    {"dropped-call", "dropped-delete", "dropped-jump", "dropped-store", "lost-raise", "lost-return", "reraised"}
)
"""The kinds of faults that put a statement in the place of others; the rest put an expression in one's place."""


class Fault(msgspec.Struct, frozen=True):
    """What is changed: the smallest piece of source ``before``, and what stands ``after`` in its place.

    ``module`` is a dotted name, ``function`` a qualified one (that of a class where the change is in none of its
    functions, else ``<module>``). ``number`` tells apart what one line has of one ``kind``, from 1. ``begin`` and
    ``end`` are offsets into the source, in bytes of UTF-8.
    """

    module: str
    function: str
    line: int
    kind: str
    number: int
    before: str
    after: str
    begin: int
    end: int

    @property
    def id(self) -> str:
        """A name that the source alone decides, such as ``runpy:run_module:232:lost-return:1``."""
        return f"{self.module}:{self.function}:{self.line}:{self.kind}:{self.number}"


def mutated(source: str, fault: Fault) -> str:
    """The source with the fault in it; every other line keeps its number.

    Raises:
        ValueError: the fault is none of this source.
    """
    text = source.encode()
    if text[fault.begin : fault.end] != fault.before.encode():
        message = f"expected {fault.before!r} at {fault.id}"
        raise ValueError(message)
    after = fault.after if fault.kind in STATEMENTS else f"({fault.after}"
    after += "\n" * (fault.before.count("\n") - after.count("\n"))
    after += "" if fault.kind in STATEMENTS else ")"
    return (text[: fault.begin] + after.encode() + text[fault.end :]).decode()
