"""Whether a text says what was read in it: told again, in the words of the text, a statement is that text.

Where a person has a choice, whatever reads it says so (``Reader.instead``); there is no other.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

from harness.model.language.formatted import Field, Formatted
from harness.model.language.lines import Line, Token, lines

Sign: TypeAlias = str | tuple[str, object]
"""What a token is, however it is written: a text or a number is what it stands for."""

_DOTS: Final = (".", ".", ".")
_LEFT_OUT: Final[list[list[Sign]]] = [["pass"], [*_DOTS]]


def text_sign(value: str) -> Sign:
    """A text, in whatever quotes."""
    return "str", value


def formatted_sign(value: Formatted) -> Sign:
    """A text with names in it, in whatever quotes; one without any is a text."""
    return (
        ("formatted", value) if any(isinstance(part, Field) for part in value) else text_sign("".join(map(str, value)))
    )


def host_sign(name: str) -> str:
    """What is not the text's own, whatever the text calls it."""
    return f"_host_{name.replace('.', '_')}"


class Instead(NamedTuple):
    """How tokens of a line, from one up to another, could be written as well."""

    line: Line
    start: int
    stop: int
    signs: tuple[Sign, ...]


class Retold:
    """The spelling of what is told again. ``directory`` is the path from where the text works to its tree.

    With ``signs`` a comparison is written as one.
    """

    def __init__(self, directory: str, *, signs: bool) -> None:
        self._directory = directory
        self._signs = signs

    @property
    def signs(self) -> bool:
        """Whether it is."""
        return self._signs

    def builtin(self, name: str) -> str:
        """Whether the text takes it from the module or not."""
        return host_sign(f"builtins.{name}")

    def module(self, name: str) -> str:
        """By whatever name."""
        return host_sign(name)

    def function(self, module: str, name: str) -> str:
        """Whether the text takes it from the module or not."""
        return host_sign(f"{module}.{name}")

    def trusted(self, kind: str, text: str) -> str:
        """Itself."""
        return text

    def placed(self, path: str) -> str:
        """Made absolute."""
        return f"{host_sign('os')}.path.abspath({ascii(self._directory + path)})"

    def marked(self, label: str) -> str:
        """By ``print``."""
        return self.told(label, "__name__")

    def told(self, label: str, value: str) -> str:
        """By ``print``, too."""
        return f"{self.builtin('print')}({ascii(label)}, {value})"

    def imports(self) -> Iterator[str]:
        """None: they are statements of the text."""
        yield from ()

    def anew(self) -> "Retold":
        """Itself."""
        return self

    def beside(self) -> "Retold":
        """Itself, too."""
        return self

    def executed(self, path: str) -> Iterator[str]:
        """No file does."""
        yield from ()

    def ended(self, path: str, number: int) -> Iterator[str]:
        """Nor that."""
        yield from ()


class Seen:
    """What a statement was read from: how else it could be written, and the lines whose statements it holds.

    ``uses`` are the paths by which it refers to what is not the text's own.
    """

    def __init__(self) -> None:
        self.uses: list[str] = []
        self._instead: list[Instead] = []
        self._held: set[int] = set()

    def instead(self, line: Line, start: int, stop: int, signs: tuple[Sign, ...]) -> None:
        """Those tokens of the line, and all that was seen within them, could be written so."""
        self._instead = [item for item in self._instead if item.line is not line or item.start < start]
        self._instead.append(Instead(line, start, stop, signs))

    def replace(self, line: Line, start: int, stop: int, signs: tuple[Sign, ...]) -> None:
        """Those tokens of the line could be written so, whatever was seen behind them."""
        kept = [item for item in self._instead if item.line is not line or not start <= item.start < stop]
        self._instead = [*kept, Instead(line, start, stop, signs)]

    def alone(self, line: Line, place: int) -> None:
        """That token of the line says nothing."""
        self._instead.append(Instead(line, place, place + 1, ()))

    def hold(self, found: Iterable[Line]) -> None:
        """These lines are statements of their own."""
        self._held.update(map(id, found))

    def before(self) -> tuple[list[str], list[Instead]]:
        """What has been seen so far."""
        return list(self.uses), self._instead

    def again(self, before: tuple[list[str], list[Instead]]) -> None:
        """What has been seen since then says something else."""
        self.uses[:], self._instead = before[0], list(before[1])

    def says(self, found: Iterable[Line], told: Iterable[str]) -> bool:
        """Whether these lines are what is told, but for the statements that it holds."""
        try:
            other = lines("\n".join(told))
        except ValueError:  # a number that is too long to be written
            return False
        return [*_flat(found, 0, self)] == [*_flat(other, 0, Seen())]

    def holds(self, line: Line) -> bool:
        """Whether the line is of a statement of its own."""
        return id(line) in self._held

    def signs(self, line: Line) -> list[Sign]:
        """What the line says, in the words in which it is told again."""
        signs = [_sign(token) for token in line.tokens]
        for item in sorted(self._instead, key=lambda item: item.start, reverse=True):
            if item.line is line:
                signs[item.start : item.stop] = item.signs
        return [part for sign in signs for part in (_DOTS if sign == "..." else (sign,))]


def _flat(found: Iterable[Line], depth: int, seen: Seen) -> Iterator[tuple[int, list[Sign]]]:
    """The lines, with how deep each lies in the others."""
    for line in found:
        if not seen.holds(line):
            signs = seen.signs(line)
            if signs not in _LEFT_OUT:
                yield depth, signs
            yield from _flat(line.block or (), depth + 1, seen)


def _sign(token: Token) -> Sign:
    value = token.value
    if value is None and (said := token.formatted) is not None:
        return formatted_sign(said)
    return token.text if value is None else (type(value).__name__, value)
