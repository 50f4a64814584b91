"""Statements that fail (areas errors, failure-cleanup)."""

from collections.abc import Iterator
from typing import Final

from harness.model.exceptions import RAISED
from harness.model.language.admitting import Reach
from harness.model.language.lines import lines
from harness.model.language.reading import Reader, Unread
from harness.model.language.retelling import text_sign
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.refusal import check_text, need

NO_CAUSE: Final = "None"
"""The cause of an exception that is raised ``from None``."""


NAMED: Final = frozenset({"ImportError", "ModuleNotFoundError"})
"""The exceptions that take a name and a path."""

NO_PYTHON: Final = "this is no Python"
MALFORMED: Final = (NO_PYTHON, "import .a", "from a import b,", "import ..a as b", "from . import a, b,")
"""Lines that are no Python in any version: nothing like a statement, or close to one that imports."""


class Raise(Word, frozen=True):
    """``raise error("raised")``, where ``error`` names a built-in exception; ``from cause`` if there is one.

    An ImportError may be given a ``name`` and a ``path``: ``raise ImportError("raised", name="a", path="b")``.
    """

    error: str
    cause: str = ""
    name: str = ""
    path: str = ""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        cause = self.cause if self.cause in {"", NO_CAUSE} else host.builtin(self.cause)
        given = "".join(f", {key}={ascii(text)}" for key, text in self.given_texts())
        yield f'raise {host.builtin(self.error)}("raised"{given})' + (f" from {cause}" if cause else "")

    def given_texts(self) -> Iterator[tuple[str, str]]:
        """The keyword arguments of the exception."""
        yield from ((key, text) for key, text in (("name", self.name), ("path", self.path)) if text)

    @classmethod
    def parse(cls, text: Reader) -> "Raise":
        """The same, read again."""
        text.expect("raise")
        error = text.builtin(RAISED)
        since = text.place
        name, path = "", ""
        if not text.accepts("(") or text.accepts(")"):
            text.instead(since, "(", text_sign("raised"), ")")
        else:
            since = text.place
            text.text()
            text.instead(since, text_sign("raised"))
            name = text.text() if text.accepts(",", "name", "=") else ""
            path = text.text() if text.accepts(",", "path", "=") else ""
            text.expect(")")
        if not text.accepts("from"):
            return cls(error, "", name, path)
        return cls(error, NO_CAUSE if text.accepts(NO_CAUSE) else text.builtin(RAISED), name, path)

    def own(self) -> Iterator[object]:
        """Nothing: exceptions are built in."""
        yield from ()

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The names are those of built-in exceptions."""
        need(place, self.error, RAISED.__contains__, "a built-in exception that is made of one text")
        if self.cause not in {"", NO_CAUSE}:
            need(place, self.cause, RAISED.__contains__, "a built-in exception that is made of one text, or None")
        for _, text in self.given_texts():
            need(place, self.error, NAMED.__contains__, "an exception that has a name and a path")
            check_text(place, text)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Without a cause, or the exception that says least."""
        if self.cause:
            yield (Raise(self.error, "", self.name, self.path),)
        if self.name:
            yield (Raise(self.error, self.cause, "", self.path),)
        if self.path:
            yield (Raise(self.error, self.cause, self.name),)
        if self.error != "ImportError":
            yield (Raise("ImportError", self.cause, self.name, self.path),)


class Broken(Word, frozen=True):
    """A line that is no Python in any version, one of :data:`MALFORMED`: the whole source is a SyntaxError."""

    line: str = NO_PYTHON

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield self.line

    @classmethod
    def parse(cls, text: Reader) -> "Broken":
        """The same, read again."""
        for line in MALFORMED:
            if text.accepts(*(token.text for token in lines(line)[0].tokens)):
                return cls(line)
        raise Unread

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It says nothing."""
        need(place, self.line, MALFORMED.__contains__, "one of the lines that are no Python")

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """What is like no statement."""
        if self.line != NO_PYTHON:
            yield (Broken(),)
