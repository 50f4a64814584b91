"""Statements that fail (areas errors, failure-cleanup)."""

from collections.abc import Iterator
from typing import Final

from harness.model.exceptions import RAISED
from harness.model.language.admitting import Reach
from harness.model.language.reading import Reader
from harness.model.language.retelling import text_sign
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.refusal import need

NO_CAUSE: Final = "None"
"""The cause of an exception that is raised ``from None``."""


class Raise(Word, frozen=True):
    """``raise error("raised")``, where ``error`` names a built-in exception; ``from cause`` if there is one."""

    error: str
    cause: str = ""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        cause = self.cause if self.cause in {"", NO_CAUSE} else host.builtin(self.cause)
        yield f'raise {host.builtin(self.error)}("raised")' + (f" from {cause}" if cause else "")

    @classmethod
    def parse(cls, text: Reader) -> "Raise":
        """The same, read again."""
        text.expect("raise")
        error = text.builtin(RAISED)
        since = text.place
        if text.accepts("(") and not text.accepts(")"):
            text.text()
            text.expect(")")
        text.instead(since, "(", text_sign("raised"), ")")
        if not text.accepts("from"):
            return cls(error)
        return cls(error, NO_CAUSE if text.accepts(NO_CAUSE) else text.builtin(RAISED))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The names are those of built-in exceptions."""
        need(place, self.error, RAISED.__contains__, "a built-in exception that is made of one text")
        if self.cause not in {"", NO_CAUSE}:
            need(place, self.cause, RAISED.__contains__, "a built-in exception that is made of one text, or None")

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Without a cause, or the exception that says least."""
        if self.cause:
            yield (Raise(self.error),)
        if self.error != "ImportError":
            yield (Raise("ImportError", self.cause),)


class Broken(Word, frozen=True):
    """A line that is no Python in any version: the whole source is a SyntaxError."""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "this is no Python"

    @classmethod
    def parse(cls, text: Reader) -> "Broken":
        """The same, read again."""
        text.expect("this", "is", "no", "Python")
        return cls()

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It says nothing."""
