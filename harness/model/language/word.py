"""What every statement of the language tells of itself."""

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

import msgspec

from harness.model.language.admitting import Reach
from harness.model.language.constants import Literal
from harness.model.language.reading import Reader
from harness.model.language.spelling import INDENT, Spelling


def _hyphenated(name: str) -> str:
    """``FromImport`` in a case's text: ``from-import``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag=_hyphenated):
    """A statement: its fields are what it says, its name in the text of a case follows from that of its class."""

    may_raise: ClassVar[bool] = True
    """Whether its end, at the top level of a source, is an event: it is for all that may raise."""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text, line by line."""
        raise NotImplementedError

    @classmethod
    def parse(cls, text: Reader) -> "Word":
        """The statement that the text is.

        Raises:
            Unread: it is another.
        """
        raise NotImplementedError

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Let it in from a stranger; it lies in the class that is called ``inside``, if in any.

        Raises:
            Refused: it says what no case may say.
        """
        raise NotImplementedError

    def functions(self) -> Iterator[str]:
        """The documented functions that it calls, by their full names; one several times, perhaps."""
        yield from ()

    def roots(self) -> Iterator[str]:
        """The top-level names of the modules it names."""
        yield from ()

    def bound(self) -> Iterator[str]:
        """The names that it binds where it stands."""
        yield from ()

    def own(self) -> Iterator[object]:
        """What it says that may be a name of the case's own: all, but what it calls in the library by its full name."""
        yield from (getattr(self, name) for name in self.__struct_fields__)

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The names to which it gives a constant, with what it gives them or adds to them."""
        yield from ()

    def simpler(self) -> Iterator[tuple["Word", ...]]:
        """What could stand instead of it and does less, or the same in fewer words."""
        yield from ()


def suite(body: Sequence[Word], host: Spelling) -> Iterator[str]:
    """The text of a block."""
    for statement in body:
        for line in statement.lines(host):
            yield INDENT + line
    if not body:
        yield f"{INDENT}pass"
