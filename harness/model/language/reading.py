"""Reading statements: what each looks for in the line where it begins, and what the text means by its names.

A statement says how it is written (``Word.lines``) and reads that again (``Word.parse``), by the words of a
:class:`Reader`. Each of them reads what it names, or raises :class:`Unread`: then it is another statement.
"""

import keyword
from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Final, TypeVar

from harness.model.language.constants import Items, Literal
from harness.model.language.formatted import Formatted, renamed
from harness.model.language.host import Host
from harness.model.language.lines import Line, Makes, lines
from harness.model.language.retelling import Seen, Sign, formatted_sign, host_sign, text_sign

if TYPE_CHECKING:
    from harness.model.language.compound import Body

_T = TypeVar("_T")
_DEEPEST: Final = 100
_DIGITS: Final = frozenset("-0123456789")
_CONSTANTS: Final[dict[str, Literal]] = {"None": None, "True": True, "False": False}


class Unread(Exception):  # noqa: N818 - it names an event, and no fault: the text says something else
    """The text does not go on so."""


class Reader:
    """A place in the lines of a block, read by what makes statements of lines, and sources of texts."""

    def __init__(self, lines: tuple[Line, ...], at: int, host: Host, makes: Makes, seen: Seen) -> None:
        self._lines, self._host, self._makes, self._seen = lines, host, makes, seen
        self._at, self._place, self._entered = at, 0, False

    @property
    def at(self) -> int:
        """Which line is read."""
        return self._at

    @property
    def more(self) -> bool:
        """Whether there is a line to be read."""
        return self._at < len(self._lines)

    @property
    def next(self) -> str:
        """The next token of the line; empty where it ends."""
        line = self._lines[self._at]
        return line.tokens[self._place].text if self._place < len(line.tokens) else ""

    @property
    def place(self) -> int:
        """Which token of it is the next."""
        return self._place

    def instead(self, since: int, *signs: Sign) -> None:
        """What was read of the line since then could be written so as well."""
        self._seen.instead(self._lines[self._at], since, self._place, signs)

    def replace(self, start: int, stop: int, *signs: Sign) -> None:
        """Those tokens of the line could be written so as well."""
        self._seen.replace(self._lines[self._at], start, stop, signs)

    def leaves(self, *words: str) -> bool:
        """Whether the line goes on so, which says nothing; then it is read."""
        since = self._place
        if self.accepts(*words):
            self.instead(since)
            return True
        return False

    def left(self) -> None:
        """The token that was read last says nothing."""
        self._seen.alone(self._lines[self._at], self._place - 1)

    def called(self, other: str, name: str = "") -> str:
        """A name, this one if it is given, that could be the other as well.

        Raises:
            Unread: there is none.
        """
        since, found = self._place, self.name()
        if name and found != name:
            raise Unread
        self.instead(since, other)
        return found

    def accepts(self, *words: str) -> bool:
        """Whether the line goes on so; then it is read."""
        tokens = self._lines[self._at].tokens[self._place : self._place + len(words)]
        if tuple(token.text for token in tokens) != words:
            return False
        self._place += len(words)
        return True

    def expect(self, *words: str) -> None:
        """The line goes on so.

        Raises:
            Unread: it does not.
        """
        if not self.accepts(*words):
            raise Unread

    def end(self) -> None:
        """The line ends here, and so does what it heads.

        Raises:
            Unread: it goes on, or heads a block that nobody reads.
        """
        if self.next or (self._lines[self._at].block is not None and not self._entered):
            raise Unread

    def last(self) -> None:
        """The line ends here, and is the last of its block.

        Raises:
            Unread: it goes on, or another comes.
        """
        self.end()
        if self._at + 1 < len(self._lines):
            raise Unread

    def skip(self) -> None:
        """The line ends here; what is read next is the one behind it.

        Raises:
            Unread: it goes on.
        """
        self.end()
        self._at, self._place, self._entered = self._at + 1, 0, False

    def name(self) -> str:
        """A name that is no keyword.

        Raises:
            Unread: there is none.
        """
        line = self._lines[self._at]
        if self._place == len(line.tokens) or not line.tokens[self._place].is_name or keyword.iskeyword(self.next):
            raise Unread
        self._place += 1
        return line.tokens[self._place - 1].text

    def dotted(self) -> tuple[str, ...]:
        """Names joined by dots.

        Raises:
            Unread: there are none.
        """
        found = [self.name()]
        while self.accepts("."):
            found.append(self.name())
        return tuple(found)

    def listed(self, one: Callable[[], _T], closing: str = "") -> tuple[_T, ...]:
        """One or more, parted by commas; before a closing sign there may be none, and a comma behind the last.

        Raises:
            Unread: there are none, or something else.
        """
        found = []
        while not closing or self.next != closing:
            found.append(one())
            comma = self._place
            if not self.accepts(","):
                break
            if closing and self.next == closing:
                self.instead(comma)
        self.expect(*[closing] * bool(closing))
        return tuple(found)

    def text(self) -> str:
        """A text, or several side by side.

        Raises:
            Unread: there is none.
        """
        tokens, found, since = self._lines[self._at].tokens, [], self._place
        while self._place < len(tokens) and isinstance(value := tokens[self._place].value, str):
            found.append(value)
            self._place += 1
        if not found:
            raise Unread
        self.instead(since, text_sign("".join(found)))
        return "".join(found)

    def stands_for(self, count: int, told: str) -> None:
        """So many lines, of which this is the last, could be written as one."""
        first, *others = self._lines[self._at - count + 1 : self._at + 1]
        self._seen.replace(first, 0, len(first.tokens), tuple(self._seen.signs(lines(told)[0])))
        self._seen.hold(others)

    def formatted(self, name: str, other: str) -> Formatted:
        """A text with names in it, or several side by side; that name in it could be the other as well.

        Raises:
            Unread: there is none, or it holds more.
        """
        since, (parts, self._place) = self._place, self._lines[self._at].formatted(self._place)
        found = None if parts is None else renamed(parts, name, other)
        if found is None:
            raise Unread
        self.instead(since, formatted_sign(found))
        return found

    def source(self, alone: Callable[[str | None], str]) -> tuple["Body", str | None]:
        """The statements that a text says, and its docstring; ``alone`` tells the text of that by itself.

        Raises:
            Unread: there is none, or it has no lines.
        """
        since = self._place
        body, doc = self._makes.source(self.text(), self._lines[self._at].number)
        self.instead(since, text_sign(alone(doc)))
        return body, doc

    def data(self) -> bytes:
        """Bytes.

        Raises:
            Unread: there are none.
        """
        tokens = self._lines[self._at].tokens[self._place : self._place + 1]
        value = tokens[0].value if tokens else None
        if not isinstance(value, bytes):
            raise Unread
        self._place += 1
        return value

    def either(self, *reads: Callable[["Reader"], _T]) -> _T:
        """What the first of these reads that can.

        Raises:
            Unread: none can.
        """
        before, seen = (self._at, self._place, self._entered), self._seen.before()
        for read in reads:
            try:
                return read(self)
            except Unread:
                self._at, self._place, self._entered = before
                self._seen.again(seen)
        raise Unread

    def number(self) -> int:
        """An integer.

        Raises:
            Unread: there is none.
        """
        sign = -1 if self.accepts("-") else 1
        tokens = self._lines[self._at].tokens[self._place : self._place + 1]
        value = tokens[0].value if tokens else None
        if type(value) is not int:
            raise Unread
        self._place += 1
        return sign * value

    def constant(self, depth: int = 0) -> Literal:
        """A constant.

        Raises:
            Unread: there is none.
        """
        for word, value in _CONSTANTS.items():
            if self.accepts(word):
                return value
        if depth < _DEEPEST and self.accepts("["):
            return Items(self.listed(lambda: self.constant(depth + 1), "]"))
        if depth < _DEEPEST and self.accepts("("):
            return self._parenthesised(depth)
        return self.number() if self.next[:1] in _DIGITS else self.text()

    def _parenthesised(self, depth: int) -> Literal:
        """A tuple, or one constant in parentheses."""
        opening = self._place - 1
        if self.accepts(")"):
            return Items((), mutable=False)
        first = self.constant(depth + 1)
        if self.leaves(")"):
            self._seen.alone(self._lines[self._at], opening)
            return first
        self.expect(",")
        return Items((first, *self.listed(lambda: self.constant(depth + 1), ")")), mutable=False)

    def builtin(self, among: Container[str]) -> str:
        """One of these built-in names, by itself or in the module of them.

        Raises:
            Unread: there is none.
        """
        since = self._place
        for path in self._host.paths("builtins"):
            if self.accepts(*_tokens(path), "."):
                found = self._one(among)
                self._refer(since, path, f"builtins.{found}")
                return found
        found = self._one(among)
        if self._host.function(found)[0] != f"builtins.{found}":
            raise Unread
        self._refer(since, found, f"builtins.{found}")
        return found

    def _refer(self, since: int, path: str, name: str) -> None:
        """What was read of the line since then stands for what is not the text's own."""
        self._seen.uses.append(path)
        self.instead(since, host_sign(name))

    def _one(self, among: Container[str]) -> str:
        found = self.name()
        if found not in among:
            raise Unread
        return found

    def module(self, name: str) -> None:
        """That module of the library, as the text calls it.

        Raises:
            Unread: there is something else.
        """
        since = self._place
        for path in self._host.paths(name):
            if self.accepts(*_tokens(path)):
                self._refer(since, path, name)
                return
        raise Unread

    def function(self, known: Container[str]) -> str:
        """One of these functions of the library, by its full name.

        Raises:
            Unread: there is something else.
        """
        since, (found, by) = self._place, self._host.function(".".join(self.dotted()))
        if found not in known:
            raise Unread
        self._refer(since, by, found)
        return found

    def meant(self, path: tuple[str, ...]) -> str:
        """The full name in the library of what the text calls so, if it is of a module that the text imports."""
        return self._host.function(".".join(path))[0]

    def placed(self, *, bare: bool = False) -> str:
        """A path in the tree; a ``bare`` one is not made absolute.

        Raises:
            Unread: there is none.
        """
        since = self._place
        if not bare:
            self.module("os")
            self.expect(".", "path", ".", "abspath", "(")
        found = self.text()
        if not bare:
            self.expect(")")
        self.instead(since, host_sign("os"), ".", "path", ".", "abspath", "(", text_sign(found), ")")
        if not found.startswith(self._host.directory):
            raise Unread
        return found[len(self._host.directory) :]

    def block(self) -> "Reader":
        """The lines of the block that the line heads, from the first.

        Raises:
            Unread: it heads none.
        """
        self.expect(":")
        block = self._lines[self._at].block
        if self.next or block is None:
            raise Unread
        self._entered = True
        return Reader(block, 0, self._host, self._makes, self._seen)

    def rest(self) -> "Body":
        """The statements from this line on."""
        self._seen.hold(self._lines[self._at :])
        return self._makes.body(self._lines[self._at :])

    def follows(self, *words: str) -> bool:
        """Whether there is one more line, and it begins so; then it is read so far."""
        before = self._at, self._place, self._entered
        if self._at + 1 < len(self._lines):
            self.skip()
            if self.accepts(*words):
                return True
        self._at, self._place, self._entered = before
        return False


def _tokens(path: str) -> list[str]:
    return path.replace(".", " . ").split()
