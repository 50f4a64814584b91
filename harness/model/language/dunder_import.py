"""Calling and replacing ``__import__`` (area dunder-import): library/functions §__import__, library/importlib."""

from collections.abc import Iterator
from typing import Final

from harness.model.exceptions import RAISED
from harness.model.language.admitting import Reach, check_looked_up, check_module
from harness.model.language.asked import only_texts
from harness.model.language.constants import Items
from harness.model.language.documented import Documented, Kind, Parameter
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import shorter
from harness.model.language.spelling import INDENT, Spelling, constant
from harness.model.language.word import Word
from harness.model.refusal import LONGEST_PATH, check_text, need, refuse

_NAME: Final = "__import__"
_CALL: Final = ("(", "name", ",", "globals", ",", "locals", ",", "fromlist", ",", "level", ")")
_HEAD: Final = "name, globals=None, locals=None, fromlist=(), level=0, *, proceed="
_LISTED: Final = "[each for each in fromlist or ()]"
"""The fromlist as a list: MicroPython has no star in a display, and a case may bind ``list``."""

_MOST: Final = 100

_PARAMETERS: Final = (
    Parameter("name", Kind.NAME),
    Parameter("globals", Kind.NAMESPACE),
    Parameter("locals", Kind.ANY),
    Parameter("fromlist", Kind.NAMES),
    Parameter("level", Kind.LEVEL),
)

FUNCTIONS: Final = (
    Documented("builtins", "__import__", _PARAMETERS, 1, first='__import__("sys")'),
    Documented("importlib", "__import__", _PARAMETERS, 1, imports=True, first='_host["importlib"].__import__("sys")'),
)
"""The documented functions of the chapter."""


class ReplaceImport(Word, frozen=True):
    """Puts a function in the place of ``__import__``, for good: built in, or with ``inside`` in its own module.

    A call for one of ``names`` is an event: ``label``, and the name, the fromlist and the level that it is given. It
    then does what was there before, as for other names; but where there is a ``result`` (a name, and
    attributes) or an ``error``, and the level is 0, it returns that, or raises it.
    """

    label: str
    names: tuple[str, ...]
    result: tuple[str, ...] = ()
    error: str = ""
    inside: bool = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        builtins = host.module("builtins")
        result = f", result={'.'.join(self.result)}" if self.result else ""
        yield f"def {_NAME}({_HEAD}{builtins}.{_NAME}{result}):"
        yield f"{INDENT}if name in {constant(Items(self.names))}:"
        yield INDENT * 2 + host.told(self.label, f"[name, {_LISTED}, level]")
        if self.result or self.error:
            yield f"{INDENT}if level == 0 and name in {constant(Items(self.names))}:"
            yield INDENT * 2 + (f"raise {host.builtin(self.error)}(name)" if self.error else "return result")
        yield f"{INDENT}return proceed(name, globals, locals, fromlist, level)"
        if not self.inside:
            yield f"{builtins}.{_NAME} = {_NAME}"
            yield f"del {_NAME}"

    @classmethod
    def parse(cls, text: Reader) -> "ReplaceImport":
        """The same, read again."""
        text.expect("def", _NAME, "(", "name", ",", "globals", "=", "None", ",", "locals", "=", "None", ",")
        text.expect("fromlist", "=", "(", ")", ",", "level", "=", "0", ",", "*", ",", "proceed", "=")
        text.module("builtins")
        text.expect(".", _NAME)
        result = text.dotted() if text.accepts(",", "result", "=") else ()
        text.expect(")")
        inner = text.block()
        label, names = _read_event(inner)
        error = _read_answer(inner, names, result=bool(result))
        if not inner.follows("return", "proceed", *_CALL):
            raise Unread
        inner.last()
        inside = not text.either(_read_place, lambda _: False)
        return cls(label, names, result, error, inside)

    def own(self) -> Iterator[object]:
        """All but the exception, which is built in; ``__import__``, where it stays the module's own."""
        yield from (self.label, self.names, self.result, "__import__" * self.inside)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It answers for modules that may be imported, by what the case has: by nothing of the host's."""
        check_text(place, self.label)
        if len(self.names) > _MOST or sum(map(len, self.names)) > LONGEST_PATH:
            refuse(place, "fewer names", self.names)
        for name in self.names:
            check_module(place, name, reached)
        if self.result and self.error:
            refuse(place, "an object or an exception", self.error)
        if self.result:
            check_looked_up(place, self.result)
        if self.error:
            need(place, self.error, RAISED.__contains__, "a built-in exception that is made of one text")

    def roots(self) -> Iterator[str]:
        """The first part of each name."""
        yield from (name.partition(".")[0] for name in self.names)

    def bound(self) -> Iterator[str]:
        """``__import__``, if only for a while."""
        yield _NAME

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names, one that only proceeds, or a built-in one."""
        for names in shorter(self.names):
            yield (ReplaceImport(self.label, names, self.result, self.error, self.inside),)
        if self.result or self.error:
            yield (ReplaceImport(self.label, self.names, inside=self.inside),)
        if self.inside:
            yield (ReplaceImport(self.label, self.names, self.result, self.error),)


def _read_event(inner: Reader) -> tuple[str, tuple[str, ...]]:
    """What is recorded: the label, and the names for which."""
    inner.expect("if", "name", "in")
    names = inner.constant()
    found = inner.block()
    found.builtin({"print"})
    found.expect("(")
    label = found.text()
    found.expect(",", "[", "name", ",")
    found.expect("[", "each", "for", "each", "in", "fromlist", "or", "(", ")", "]")
    found.expect(",", "level", "]", ")")
    found.last()
    if not isinstance(names, Items):
        raise Unread
    return label, only_texts(names)


def _read_answer(inner: Reader, names: tuple[str, ...], *, result: bool) -> str:
    """The exception, if there is one; a result is returned. It is for the same names."""
    if not inner.follows("if", "level", "==", "0"):
        if result:
            raise Unread
        return ""
    inner.expect("and", "name", "in")
    if inner.constant() != Items(names):
        raise Unread
    found = inner.block()
    if result:
        found.expect("return", "result")
        found.last()
        return ""
    found.expect("raise")
    error = found.builtin(RAISED)
    found.expect("(", "name", ")")
    found.last()
    return error


def _read_place(text: Reader) -> bool:
    """That the function is put among the built-in names."""
    if not text.follows():
        raise Unread
    text.module("builtins")
    text.expect(".", _NAME, "=", _NAME)
    if not text.follows("del", _NAME):
        raise Unread
    return True
