"""Statements that fail (areas errors, failure-cleanup)."""

from collections.abc import Iterator

from harness.model.exceptions import RAISED
from harness.model.language.admitting import Reach
from harness.model.language.reading import Reader
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.refusal import need


class Raise(Word, frozen=True):
    """``raise error("raised")``, where ``error`` names a built-in exception."""

    error: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f'raise {host.builtin(self.error)}("raised")'

    @classmethod
    def parse(cls, text: Reader) -> "Raise":
        """The same, read again."""
        text.expect("raise")
        error = text.builtin(RAISED)
        if text.accepts("(") and not text.accepts(")"):
            text.text()
            text.expect(")")
        return cls(error)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The name is that of a built-in exception."""
        need(place, self.error, RAISED.__contains__, "a built-in exception that is made of one text")

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """The exception that says least."""
        if self.error != "ImportError":
            yield (Raise("ImportError"),)


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
