"""Text that a program executes in a dictionary of its own: how that is written, read, and let in."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from harness.model.language.admitting import Reach, check_bound, check_pair
from harness.model.language.constants import Literal
from harness.model.language.reading import Reader, Unread
from harness.model.language.spelling import Plain, Spelling, constant
from harness.model.language.word import Word
from harness.model.refusal import refuse

if TYPE_CHECKING:
    from harness.model.language.compound import Body

EXEC: Final = "builtins.exec"
FIRST: Final = {EXEC: 'exec("", {})'}
"""A first call of what is executed by."""

_MOST: Final = 20

Given = tuple[tuple[str, Literal], ...]
"""Names, with what they are given."""


def written(body: Iterable[Word], given: Given, name: str, host: Spelling) -> Iterator[str]:
    """The lines of ``exec``, and before it that which binds the dictionary to a name, if there is one."""
    own = host.anew()
    inner = [line for statement in body for line in statement.lines(own)]
    text = "".join(f"{line}\n" for line in (*own.imports(), *inner))
    names = "{" + ", ".join(f"{ascii(key)}: {constant(value)}" for key, value in given) + "}"
    if name:
        yield f"{name} = {names}"
    yield f"{host.function(*EXEC.split('.'))}({ascii(text)}, {name or names})"


def read(text: Reader) -> tuple["Body", Given, str]:
    """The statements, what the dictionary holds, and its name.

    Raises:
        Unread: the text says something else.
    """
    return text.either(_named, _unnamed)


def _named(text: Reader) -> tuple["Body", Given, str]:
    name = text.name()
    text.expect("=")
    given = _names(text)
    text.skip()
    body = _executed(text)
    text.expect(name, ")")
    return body, given, name


def _unnamed(text: Reader) -> tuple["Body", Given, str]:
    body = _executed(text)
    given = _names(text)
    text.expect(")")
    return body, given, ""


def _executed(text: Reader) -> "Body":
    text.function((EXEC,))
    text.expect("(")
    body, doc = text.source(lambda _: "")
    if doc is not None:
        raise Unread
    text.expect(",")
    return body


def _names(text: Reader) -> Given:
    text.expect("{")
    return text.listed(lambda: _pair(text), "}")


def _pair(text: Reader) -> tuple[str, Literal]:
    name = text.text()
    text.expect(":")
    return name, text.constant()


def check(place: str, body: Iterable[Word], given: Given, name: str, reached: Reach) -> None:
    """Let it in: what the dictionary holds a module could, and the text needs nothing but itself.

    Raises:
        Refused: it may be more, or the text refers to a module of the library, or executes another.
    """
    if name:
        check_bound(place, name)
    if len(given) > _MOST:
        refuse(place, "fewer names", len(given))
    for key, value in given:
        check_pair(place, key, value, reached)
    executed = list(body)
    for statement in executed:
        if EXEC in statement.functions():
            refuse(place, "a text that executes no other", statement)
        statement.check(place, reached, "")
    alone = Plain()
    for statement in executed:  # each is let in: only then it has a text
        for _ in statement.lines(alone):
            pass
    for line in alone.imports():
        refuse(place, "a text that needs nothing of the library", line)
