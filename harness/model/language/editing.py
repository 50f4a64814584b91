"""A source file that gets another source: how that is written, read, and let in."""

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from harness.model.language.admitting import Reach
from harness.model.language.names import FutureImport
from harness.model.language.reading import Reader, Unread
from harness.model.language.retelling import text_sign
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.refusal import check_text, need

if TYPE_CHECKING:
    from harness.model.language.compound import Body

PATH: Final = "pathlib.Path"
_ENCODING: Final = "utf-8"


def futures(body: Sequence[Word]) -> int:
    """How many statements at the top are future statements."""
    others = (number for number, item in enumerate(body) if not isinstance(item, FutureImport))
    return next(others, len(body))


def written(place: str, body: Sequence[Word], doc: str | None, host: Spelling) -> Iterator[str]:
    """The line that writes the source to its file."""
    text = "".join(f"{line}\n" for line in _source(place, body, doc, host.beside()))
    path = f"{host.function(*PATH.split('.'))}({host.placed(place)})"
    yield f"{path}.write_text({ascii(text)}, encoding={ascii(_ENCODING)})"


def _source(place: str, body: Sequence[Word], doc: str | None, own: Spelling) -> Iterator[str]:
    """The lines of the file, which tells that it is executed as all files do."""
    first = futures(body)
    rest: list[str] = []
    for number, statement in enumerate(body[first:], first + 1):
        rest += statement.lines(own)
        rest += own.ended(place, number) if statement.may_raise else ()
    yield from [] if doc is None else [ascii(doc)]
    for statement in body[:first]:
        yield from statement.lines(own)
    yield from (*own.executed(place), *own.imports(), *rest)


def read(text: Reader) -> tuple[str, "Body", str | None]:
    """The place of the file, and its source.

    Raises:
        Unread: the text says something else.
    """
    text.function((PATH,))
    text.expect("(")
    place = text.either(Reader.placed, functools.partial(Reader.placed, bare=True))
    text.expect(")", ".", "write_text", "(")
    body, doc = text.source(_alone)
    text.either(_encoded, _unencoded)
    return place, body, doc


def _alone(doc: str | None) -> str:
    """The text of a source that has a docstring and nothing else."""
    return "" if doc is None else f"{ascii(doc)}\n"


def _encoded(text: Reader) -> None:
    text.expect(",", "encoding", "=")
    if text.text() != _ENCODING:
        raise Unread
    text.expect(")")


def _unencoded(text: Reader) -> None:
    """What it is encoded in may be left out."""
    since = text.place
    text.expect(")")
    text.instead(since, ",", "encoding", "=", text_sign(_ENCODING), ")")


def check(place: str, file: str, doc: str | None, reached: Reach) -> None:
    """Let it in: the file is a source of the tree that lies in a directory, and not that of the program.

    Raises:
        Refused: it may be another, or its docstring says what no case may say.
    """
    need(place, file, reached.written.__contains__, "the path of a source file of the tree, not that of the program")
    if doc is not None:
        check_text(place, doc)
