"""Reading statements: what each looks for in the line where it begins, and what the text means by its names.

A statement says how it is written (``Word.lines``) and reads that again (``Word.parse``), by the words of a
:class:`Reader`. Each of them reads what it names, or raises :class:`Unread`: then it is another statement.
"""

import keyword
from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

from harness.model.language.constants import Items, Literal
from harness.model.language.lines import Line

if TYPE_CHECKING:
    from harness.model.language.compound import Body

_T = TypeVar("_T")
_DEEPEST: Final = 100
_DIGITS: Final = frozenset("-0123456789")
_CONSTANTS: Final[dict[str, Literal]] = {"None": None, "True": True, "False": False}


class Unread(Exception):  # noqa: N818 - it names an event, and no fault: the text says something else
    """The text does not go on so."""


class Host:
    """What a text calls what is not its own: which modules it imports by which names, and which names it uses so.

    ``directory`` is the path from where it works to its tree.
    """

    def __init__(self, directory: str = "") -> None:
        self.directory = directory
        self._imported: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        self._used: set[str] = set()

    def note_import(self, module: str, name: str) -> None:
        """The text imports a module, by another name if there is one."""
        if name:
            self._imported[name] = module
            return
        parts = module.split(".")
        for count in range(1, len(parts) + 1):
            self._imported[".".join(parts[:count])] = ".".join(parts[:count])

    def note_from(self, module: str, name: str, other: str) -> None:
        """The text takes a name from a module, and calls it otherwise if there is another name."""
        self._taken[other or name] = f"{module}.{name}"

    def note_uses(self, paths: Iterable[str]) -> None:
        """The text refers by these to modules, to functions that it takes from them, and to what is built in."""
        self._used.update(paths)

    def names(self) -> frozenset[str]:
        """The names that stand for what is not the text's own."""
        return frozenset(path.partition(".")[0] for path in self._used)

    def is_import(self, module: str, name: str) -> bool:
        """Whether an import of a module by that name, if any, is there only to refer to what is not the text's own."""
        if name:
            return name in self._used and self._imported.get(name) == module
        paths = [path for path in self._used if f"{module}.".startswith(f"{path}.")]
        return any(self._imported.get(path) == path for path in paths)

    def is_from(self, module: str, name: str, other: str) -> bool:
        """Whether taking a name from a module is."""
        return (other or name) in self._used and self._taken.get(other or name) == f"{module}.{name}"

    def paths(self, module: str) -> Iterator[str]:
        """The paths by which the text refers to a module, longest first."""
        yield from sorted((path for path, held in self._imported.items() if held == module), reverse=True)

    def function(self, path: str) -> tuple[str, str]:
        """The full name of a function that the text refers to so, if to any, and by what it does."""
        if path in self._taken:
            return self._taken[path], path
        owner, _, name = path.rpartition(".")
        if owner in self._imported:
            return f"{self._imported[owner]}.{name}", owner
        return f"builtins.{path}" * (not owner), path


class Reader:
    """A place in the lines of a block. ``body`` makes statements of lines."""

    def __init__(
        self, lines: tuple[Line, ...], at: int, host: Host, body: Callable[[tuple[Line, ...]], "Body"], uses: list[str]
    ) -> None:
        self._lines = lines
        self._host = host
        self._body = body
        self._uses = uses
        self._at = at
        self._place = 0
        self._entered = False

    @property
    def at(self) -> int:
        """Which line is read."""
        return self._at

    @property
    def next(self) -> str:
        """The next token of the line; empty where it ends."""
        line = self._lines[self._at]
        return line.tokens[self._place].text if self._place < len(line.tokens) else ""

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
            if not self.accepts(","):
                break
        self.expect(*[closing] * bool(closing))
        return tuple(found)

    def text(self) -> str:
        """A text, or several side by side.

        Raises:
            Unread: there is none.
        """
        tokens, found = self._lines[self._at].tokens, []
        while self._place < len(tokens) and isinstance(value := tokens[self._place].value, str):
            found.append(value)
            self._place += 1
        if not found:
            raise Unread
        return "".join(found)

    def either(self, *reads: Callable[["Reader"], _T]) -> _T:
        """What the first of these reads that can.

        Raises:
            Unread: none can.
        """
        before, uses = (self._at, self._place, self._entered), len(self._uses)
        for read in reads:
            try:
                return read(self)
            except Unread:
                self._at, self._place, self._entered = before
                del self._uses[uses:]
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
        if self.accepts(")"):
            return Items((), mutable=False)
        first = self.constant(depth + 1)
        if self.accepts(")"):
            return first
        self.expect(",")
        return Items((first, *self.listed(lambda: self.constant(depth + 1), ")")), mutable=False)

    def builtin(self, among: Container[str]) -> str:
        """One of these built-in names, by itself or in the module of them.

        Raises:
            Unread: there is none.
        """
        for path in self._host.paths("builtins"):
            if self.accepts(*_tokens(path), "."):
                self._uses.append(path)
                return self._one(among)
        found = self._one(among)
        self._uses.append(found)
        return found

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
        for path in self._host.paths(name):
            if self.accepts(*_tokens(path)):
                self._uses.append(path)
                return
        raise Unread

    def function(self, known: Container[str]) -> str:
        """One of these functions of the library, by its full name.

        Raises:
            Unread: there is something else.
        """
        path = self.dotted()
        found, by = self._host.function(".".join(path))
        if found not in known:
            raise Unread
        self._uses.append(by)
        return found

    def placed(self) -> str:
        """A path in the tree.

        Raises:
            Unread: there is none.
        """
        self.module("os")
        self.expect(".", "path", ".", "abspath", "(")
        found = self.text()
        self.expect(")")
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
        return Reader(block, 0, self._host, self._body, self._uses)

    def rest(self) -> "Body":
        """The statements from this line on."""
        return self._body(self._lines[self._at :])

    def follows(self, *words: str) -> bool:
        """Whether there is one more line, and it begins so; then it is read so far."""
        before = self._at, self._place, self._entered
        if self._at + 1 < len(self._lines):
            self.skip()
            if self.accepts(*words):
                return True
        self._at, self._place, self._entered = before
        return False


def only_texts(items: Items) -> tuple[str, ...]:
    """The items, which are texts.

    Raises:
        Unread: one is something else.
    """
    found = tuple(item for item in items.items if isinstance(item, str))
    if len(found) < len(items.items):
        raise Unread
    return found


def _tokens(path: str) -> list[str]:
    return path.replace(".", " . ").split()
