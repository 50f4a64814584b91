"""The logical lines of a text, as tokens, with the block below each (reference/lexical_analysis).

Only the tokens are those of the Python that runs this; what they say is left to the statements of the language.
"""

import ast
import io
import tokenize
import typing
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from harness.model.language.formatted import Formatted, formatted

if TYPE_CHECKING:
    from harness.model.language.compound import Body

_LEFT_OUT: Final = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.TYPE_COMMENT})
_COMPOUND: Final = frozenset(
    {"async", "class", "def", "elif", "else", "except", "finally", "for", "if", "try", "while", "with"}
)
_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")


class UnreadableError(ValueError):
    """A text that is no sequence of lines of Python, and where it is not."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Token(NamedTuple):
    """A word, a number, a text or a sign of a line."""

    kind: int
    text: str

    @property
    def is_name(self) -> bool:
        """Whether it is a name or a keyword."""
        return self.kind == tokenize.NAME

    @property
    def is_text(self) -> bool:
        """Whether it is a text, or bytes, whatever is in it."""
        return self.kind == tokenize.STRING

    @property
    def formatted(self) -> Formatted | None:
        """What a text with names in it says; None for anything else."""
        return formatted(self.text) if self.is_text and self.value is None else None

    @property
    def value(self) -> object:
        """What a number or a text stands for; None for anything else, such as a text with expressions in it."""
        if self.kind not in {tokenize.NUMBER, tokenize.STRING}:
            return None
        try:
            if "\\" not in self.text:
                return typing.cast("object", ast.literal_eval(self.text))
            with warnings.catch_warnings(action="ignore"):  # of escapes that stand for themselves
                return typing.cast("object", ast.literal_eval(self.text))
        except (ValueError, SyntaxError, MemoryError):
            return None


class Line(NamedTuple):
    """A logical line: where it begins, its tokens, how it is written, and the lines of the block that it heads."""

    number: int
    tokens: tuple[Token, ...]
    text: str
    block: tuple["Line", ...] | None = None

    def formatted(self, place: int) -> tuple[Formatted | None, int]:
        """What the texts from that token on say that stand side by side, if names are all they hold, and their end."""
        others = (at for at in range(place, len(self.tokens)) if not self.tokens[at].is_text)
        end = next(others, len(self.tokens))
        return formatted(" ".join(token.text for token in self.tokens[place:end])), end

    def at(self, number: int) -> "Line":
        """The same, as if it began there, as what stands in a text of that line does."""
        block = None if self.block is None else tuple(line.at(number) for line in self.block)
        return self._replace(number=number, block=block)


class Makes(NamedTuple):
    """What makes statements of lines, and of the text in a line of that number, which may be another one."""

    body: Callable[[tuple[Line, ...]], "Body"]
    source: Callable[[str, int], tuple["Body", str | None]]


def parted(text: str, value: str) -> tuple[str, str] | None:
    """What stands before and behind the one expression in a text that has it in it."""
    try:
        found = ast.parse(text, mode="eval").body
    except (ValueError, SyntaxError, MemoryError):
        return None
    parts = list(found.values) if isinstance(found, ast.JoinedStr) else []
    shown = [part for part in parts if isinstance(part, ast.FormattedValue)]
    plain = len(shown) == 1 and shown[0].conversion == -1 and shown[0].format_spec is None
    if not plain or ast.unparse(shown[0].value) != value:
        return None
    place = parts.index(shown[0])
    texts = [part.value if isinstance(part, ast.Constant) else "" for part in parts]
    return "".join(map(str, texts[:place])), "".join(map(str, texts[place + 1 :]))


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text.

    Raises:
        UnreadableError: it has none.
    """
    try:
        return tuple(_block(_whole(tokenize.generate_tokens(io.StringIO(text).readline), text.split("\n"))))
    except tokenize.TokenError as error:
        raise UnreadableError(error.args[1][0]) from error
    except SyntaxError as error:
        raise UnreadableError(error.lineno or 1) from error


def _whole(tokens: Iterator[tokenize.TokenInfo], rows: list[str]) -> Iterator[tokenize.TokenInfo]:
    """The tokens, a text with expressions in it as one: since 3.12 it is several."""
    depth, first = 0, (0, 0)
    for token in tokens:
        kind = tokenize.tok_name[token.type]
        if kind == "FSTRING_START":
            first = first if depth else token.start
            depth += 1
        if not depth:
            yield token
        depth -= kind == "FSTRING_END"
        if kind == "FSTRING_END" and not depth:
            text = _between(rows, first, token.end)
            yield tokenize.TokenInfo(tokenize.STRING, text, first, token.end, token.line)


def _between(rows: list[str], start: tuple[int, int], stop: tuple[int, int]) -> str:
    """What is written between two places, each a number of a row and how many characters are before it there."""
    held = rows[start[0] - 1 : stop[0]]
    held[-1] = held[-1][: stop[1]]
    held[0] = held[0][start[1] :]
    return "\n".join(held)


def _block(tokens: Iterator[tokenize.TokenInfo], outer: int = -1) -> Iterator[Line]:
    """The lines up to where the block ends, each as far in as the others, however wide a tab is."""
    last: list[Line] = []
    held: list[tokenize.TokenInfo] = []
    deep = outer
    for token in tokens:
        if token.type == tokenize.INDENT:
            if not last or last[-1].block is not None or last[-1].tokens[-1].text != ":":
                raise UnreadableError(token.start[0])
            last[-1] = last[-1]._replace(block=tuple(_block(tokens, deep)))
        elif token.type in {tokenize.DEDENT, tokenize.ENDMARKER}:
            break
        elif token.type == tokenize.NEWLINE:
            yield from last
            deep = _depth(held[0], deep, outer) if held else deep
            last = list(_divided(held)) if held else []
            held = []
        elif token.type not in _LEFT_OUT:
            held.append(token)
    yield from last


def _depth(token: tokenize.TokenInfo, deep: int, outer: int) -> int:
    """How far in a line is that begins so, where a tab is as wide as a space; how wide it is may not matter."""
    found = len(token.line[: token.start[1]].rpartition("\f")[2])
    if found != deep if deep > outer else found <= outer:
        raise UnreadableError(token.start[0])
    return found


def _divided(tokens: list[tokenize.TokenInfo]) -> Iterator[Line]:
    """The statements of a line: parted by semicolons, or behind the colon of a compound one."""
    written = tokens[0].line.partition("\n")[0].strip()
    if tokens[0].string in _COMPOUND:
        colon = _colon(tokens)
        rest = tokens[colon + 1 :]
        if rest and rest[0].string in _COMPOUND:
            raise UnreadableError(rest[0].start[0])
        head = _line(tokens[: colon + 1], written)
        yield head._replace(block=tuple(_divided(rest))) if rest else head
        return
    part: list[tokenize.TokenInfo] = []
    for token in tokens:
        if token.string == ";" and token.type == tokenize.OP:
            if not part:
                raise UnreadableError(token.start[0])
            yield _line(part, written)
            part = []
        else:
            part.append(token)
    if part:
        yield _line(part, written)


def _colon(tokens: list[tokenize.TokenInfo]) -> int:
    """Where the head of a compound statement ends."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.string in _OPENING) - (token.string in _CLOSING)
        if token.string == ":" and not depth:
            return place
    return len(tokens)


def _line(tokens: list[tokenize.TokenInfo], written: str) -> Line:
    return Line(tokens[0].start[0], tuple(Token(item.type, item.string) for item in tokens), written)
