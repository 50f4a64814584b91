"""Extending the path of a package, and finding objects and data of packages (area pkgutil-api): library/pkgutil."""

import re
from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import PATH, Reach, check_module, check_submodule
from harness.model.language.documented import Documented, Form, Kind, Parameter
from harness.model.language.reading import Reader
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.permitted import WORDS, is_attribute
from harness.model.refusal import LONGEST_PATH, check_path, need, refuse

EXTEND: Final = "pkgutil.extend_path"
"""The function that the statement calls."""

MAIN: Final = "__main__"
_SIGNS: Final = re.compile(r"[.:]")


class ExtendPath(Word, frozen=True):
    """``__path__ = extend_path(__path__, __name__)``, as a package with other directories of its name has it."""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{PATH} = {host.function(*EXTEND.split('.'))}({PATH}, __name__)"

    @classmethod
    def parse(cls, text: Reader) -> "ExtendPath":
        """The same, read again."""
        text.expect(PATH, "=")
        text.function({EXTEND})
        text.expect("(", PATH, ",", "__name__", ")")
        return cls()

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Nobody has directories of the names of the modules: what is added to a path is a directory of the tree."""
        for name in sorted(reached.names - WORDS - {MAIN}):
            refuse(place, "modules of names that nobody has, where directories of their names are added", name)

    def functions(self) -> Iterator[str]:
        """``extend_path``."""
        yield EXTEND

    def bound(self) -> Iterator[str]:
        """``__path__``."""
        yield PATH


def _check_object(place: str, text: str, reached: Reach) -> None:
    """The first name is that of a module, the others may be: none leads out of the tree, as a module or an attribute.

    Raises:
        Refused: one does.
    """
    if len(text) > LONGEST_PATH:
        refuse(place, f"a name of at most {LONGEST_PATH:,} characters", text)
    names = [name for name in _SIGNS.split(text) if name]
    if names:
        check_module(place, names[0], reached)
    for name in names[1:]:
        need(place, name, is_attribute, "a module or an attribute of its own")
        check_submodule(place, name, reached, "")


def _check_resource(place: str, text: str, _reached: Reach) -> None:
    """The path leads to what lies below the package.

    Raises:
        Refused: it leads elsewhere.
    """
    check_path(place, text)


def _no_module(_text: str) -> str:
    return ""


def _first(text: str) -> str:
    return text.partition(":")[0]


_OBJECTS: Final = ("a", "a:x", "a.b", "a:", "a.b:x.y", "a:b:x", ".a", "")
_RESOURCES: Final = ("a.txt", "a/b.txt", "../a.txt", "/a", "a:b")
_OBJECT: Final = Form("name of an object", _check_object, _first, _OBJECTS)
_RESOURCE: Final = Form("path below a package", _check_resource, _no_module, _RESOURCES)

FUNCTIONS: Final = (
    Documented("pkgutil", "resolve_name", (Parameter("name", _OBJECT),), 1),
    Documented("pkgutil", "get_data", (Parameter("package", Kind.NAME), Parameter("resource", _RESOURCE)), 2),
)
"""The documented functions of the chapter."""


def recognised(name: str) -> bool:
    """Whether a name is in one of the forms that ``resolve_name`` knows: ``a.b.c``, ``a.b:c.d`` or ``a.b:``."""
    module, _, rest = name.partition(":")
    return all(part.isidentifier() for part in (*module.split("."), *(rest.split(".") if rest else ())))
