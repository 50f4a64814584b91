"""A source from plain Python text: what people write, and what the plain spelling of a case says.

It is read by the grammar of the language itself, whatever Python runs this: each statement reads what it writes
(``Word.parse``), and a text of many lines is read line by line, so that all that cannot be said is found. A module of
the library that the text imports, and refers to as the language does, is no statement but the host of the text.
"""

import typing
from collections.abc import Iterator
from typing import Final, NamedTuple

from harness.model.language.binding import Import
from harness.model.language.compound import Body, Statement, bodies, holding, statements
from harness.model.language.from_import import FromImport
from harness.model.language.host import Host
from harness.model.language.lines import Line, Makes, UnreadableError, lines
from harness.model.language.reading import Reader, Unread
from harness.model.language.retelling import Retold, Seen
from harness.model.rendering import words
from harness.model.source import Source

_KINDS: Final[tuple[type[Statement], ...]] = typing.get_args(Statement)
_NOTHING: Final = (["pass"], ["..."])
"""The lines that say nothing."""

NO_PYTHON: Final = "no line of Python"
"""What is said of a text that has no lines at all, for the first that is none."""


class Problem(NamedTuple):
    """What a text says and the language cannot, and in which line."""

    number: int
    text: str


class Parsed(NamedTuple):
    """What was read. ``places`` has the line of each statement, by its identity."""

    source: Source
    problems: tuple[Problem, ...]
    places: dict[int, int]
    names: frozenset[str]
    """The names by which the text refers to what is not its own."""
    written: tuple[str, ...]
    """Its lines, as they are written."""

    def misread(self, names: frozenset[str]) -> Iterator[tuple[int, str]]:
        """Which statements, by identity, take one of these ``names`` for their own, and which name.

        They are those by which the case refers to what is not its own.
        """
        for statement in statements(self.source.statements):
            alone = holding(statement, ((),) * len(bodies(statement)))
            yield from ((id(statement), name) for name in sorted(names.intersection(words(alone))))

    def text(self, number: int) -> str:
        """The line of that number."""
        return self.written[number - 1].strip()


def parse(text: str, *, directory: str = "") -> Parsed:
    """The source that a text says, as far as the language can.

    ``directory`` is the path from where the case works to its tree.
    """
    try:
        found = lines(text)
    except UnreadableError as error:
        return Parsed(Source(), (Problem(error.number, NO_PYTHON),), {}, frozenset(), ())
    return _Text(found, tuple(text.split("\n")), directory).parsed()


class _Text:
    """The lines of a text."""

    def __init__(self, found: tuple[Line, ...], written: tuple[str, ...], directory: str) -> None:
        self._lines = found
        self._written = written
        self._directory = directory
        self._host = Host(directory)
        self._inner: set[str] = set()
        self._again = tuple(Retold(directory, signs=signs) for signs in (True, False))
        self._top: tuple[Line, ...] = ()
        self._at = 0
        self._problems: list[Problem] = []
        self._places: dict[int, int] = {}

    def parsed(self) -> Parsed:
        """What they say."""
        doc, rest = self._docstring()
        for at in range(len(rest)):
            self._note(rest, at)
        self._top = rest
        said = tuple(own for statement in self._body(rest) for own in self._own(statement))
        problems = tuple(sorted(self._problems))
        names = self._host.names() | self._inner
        return Parsed(Source(said, doc), problems, self._places, names, self._written)

    def _docstring(self) -> tuple[str | None, tuple[Line, ...]]:
        values = [token.value for token in self._lines[0].tokens] if self._lines else []
        if values and all(isinstance(value, str) for value in values):
            return "".join(map(str, values)), self._lines[1:]
        return None, self._lines

    def _note(self, found: tuple[Line, ...], at: int) -> None:
        """What the line imports may be the host of the text."""
        match self._read(Import, found, at) or self._read(FromImport, found, at):
            case (Import(names=names), _):
                for alias in names:
                    self._host.note_import(alias.name, alias.asname, at)
            case (FromImport(module=module, names=names, level=0), _):
                for alias in names:
                    self._host.note_from(module, alias.name, alias.asname, at)
            case _:
                pass

    def _own(self, statement: Statement) -> Iterator[Statement]:
        """The statement, without what it imports only for the text to refer to the library."""
        match statement:
            case Import(names=names):
                kept = tuple(item for item in names if not self._host.is_import(item.name, item.asname))
                own: Statement = statement if kept == names else Import(kept)
            case FromImport(module=module, names=names, level=0):
                kept = tuple(item for item in names if not self._host.is_from(module, item.name, item.asname))
                own = statement if kept == names else FromImport(module, kept)
            case _:
                yield statement
                return
        self._places[id(own)] = self._places[id(statement)]
        yield from [own] * bool(kept)

    def _body(self, found: tuple[Line, ...]) -> Body:
        """The statements of these lines; what is none is a problem."""
        said = []
        at = 0
        while at < len(found):
            line = found[at]
            self._at = at if found is self._top else self._at
            read = self._any(found, at)
            at += 1
            if read is not None:
                statement, at = read
                said.append(statement)
                self._places[id(statement)] = line.number
            elif [token.text for token in line.tokens] not in _NOTHING:
                self._problems.append(Problem(line.number, line.text))
        return tuple(said)

    def _source(self, text: str, number: int) -> tuple[Body, str | None]:
        """What a text in the line of that number says, which refers to the library by names of its own."""
        try:
            found = tuple(line.at(number) for line in lines(text))
        except UnreadableError as error:
            raise Unread from error
        read = _Text(found, self._written, self._directory).parsed()
        self._problems += read.problems
        self._places |= read.places
        self._inner |= read.names
        return read.source.statements, read.source.doc

    def _any(self, found: tuple[Line, ...], at: int) -> tuple[Statement, int] | None:
        """The first that has no problem, or the first: two kinds may begin alike."""
        known = self._problems
        first: tuple[tuple[Statement, int], list[Problem]] | None = None
        for kind in _KINDS:
            self._problems = list(known)
            read = self._read(kind, found, at)
            if read is not None and len(self._problems) == len(known):
                return read
            if read is not None and first is None:
                first = read, self._problems
        self._problems = known if first is None else first[1]
        return None if first is None else first[0]

    def _read(self, kind: type[Statement], found: tuple[Line, ...], at: int) -> tuple[Statement, int] | None:
        """The statement of that kind that begins there, and where the next does."""
        seen = Seen()
        reader = Reader(found, at, self._host, Makes(self._body, self._source), seen)
        try:
            statement = kind.parse(reader)
            reader.end()
            alone = holding(statement, ((),) * len(bodies(statement)))
            if not any(seen.says(found[at : reader.at + 1], alone.lines(again)) for again in self._again):
                return None
        except (Unread, RecursionError):  # what is nested so deeply no case may say
            return None
        self._host.note_uses(seen.uses, self._at)
        return statement, reader.at + 1
