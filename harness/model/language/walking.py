"""Extending the path of a package, and finding objects and data of packages (area pkgutil-api): library/pkgutil."""

import re
from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import PATH, Reach, check_module, check_submodule
from harness.model.language.documented import Documented, Form, Held, Kind, Parameter
from harness.model.language.reading import Reader
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.permitted import WORDS, is_attribute
from harness.model.refusal import LONGEST_PATH, need, refuse

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


def _check_prefix(place: str, text: str, reached: Reach) -> None:
    """Nothing, or the name of a package and a dot: what is behind that may be imported as a module of it.

    Raises:
        Refused: it may be a module of somebody else's.
    """
    if text:
        need(place, text[-1], ".".__eq__, "a prefix that ends in a dot")
        check_module(place, text[:-1], reached)


def _check_walk(place: str, text: str, reached: Reach) -> None:
    """As :func:`_check_prefix`; without a package what the tree has inside may be imported as top-level modules.

    Where modules of packages are searched for everywhere no path may be walked along at all.

    Raises:
        Refused: it may be a module of somebody else's.
    """
    _check_prefix(place, text, reached)
    for name in () if text else sorted(reached.inner):
        check_module(place, name, reached)


def _head(text: str) -> str:
    return text.partition(".")[0]


def _first(text: str) -> str:
    return text.partition(":")[0]


_OBJECTS: Final = ("a", "a:x", "a.b", "a:", "a.b:x.y", "a:b:x", ".a", "")
_PREFIXES: Final = ("a.", "a.b.", "", "a", "os.")
_OBJECT: Final = Form("name of an object", _check_object, _first, _OBJECTS)
_PREFIX: Final = Form("prefix of names", _check_prefix, _head, _PREFIXES)
_WALK: Final = Form("prefix of names that are imported", _check_walk, _head, _PREFIXES)

HELD: Final = (Held("pkgutil", "find_loader"), Held("pkgutil", "get_loader"), Held("sys", "path_importer_cache"))
"""What the chapter refers to."""

_PLACE: Final = Parameter("self", Kind.TRAVERSABLE)
_TRAVERSABLE: Final = "importlib.resources.abc.Traversable"
_RESOURCES: Final = (
    Documented(
        "importlib.resources",
        "files",
        (Parameter("anchor", Kind.ANCHOR),),
        0,
        kept=False,
        imports=True,
        first="_files()",
    ),
    Documented(
        "importlib.resources",
        "is_resource",
        (Parameter("anchor", Kind.ANCHOR), Parameter("path_name", Kind.RESOURCE)),
        2,
        imports=True,
        first='_host["importlib.resources"].is_resource("importlib", "abc.py")',
    ),
    Documented(_TRAVERSABLE, "is_file", (_PLACE,), 1, method=True, first='_files().joinpath("abc.py").is_file()'),
    Documented(
        _TRAVERSABLE,
        "joinpath",
        (_PLACE, Parameter("child", Kind.RESOURCE)),
        2,
        method=True,
        kept=False,
        first='_files().joinpath("abc.py")',
    ),
    Documented(_TRAVERSABLE, "read_text", (_PLACE,), 1, method=True, first='_files().joinpath("abc.py").read_text()'),
)

FUNCTIONS: Final = (
    *_RESOURCES,
    Documented(
        "pkgutil",
        "resolve_name",
        (Parameter("name", _OBJECT), Parameter("strict", Kind.FLAG, keyword=True)),
        1,
        imports=True,
        first='_host["pkgutil"].resolve_name("sys:path")',
    ),
    Documented(
        "pkgutil",
        "find_loader",
        (Parameter("fullname", Kind.NAME),),
        1,
        first='_host["pkgutil"].find_loader("pkgutil")',
    ),
    Documented(
        "pkgutil",
        "get_loader",
        (Parameter("module_or_name", Kind.ANCHOR),),
        1,
        first='_host["pkgutil"].get_loader("pkgutil")',
    ),
    Documented(
        "pkgutil",
        "get_data",
        (Parameter("package", Kind.NAME), Parameter("resource", Kind.RESOURCE)),
        2,
        first='_host["pkgutil"].get_data("importlib", "__init__.py")',
    ),
    Documented(
        "pkgutil",
        "iter_modules",
        (Parameter("path", Kind.PATH), Parameter("prefix", _PREFIX)),
        0,
        iterated=True,
        first='list(_host["pkgutil"].iter_modules([_FOLDER + "rooms"]))',
    ),
    Documented(
        "pkgutil",
        "walk_packages",
        (Parameter("path", Kind.WALKED), Parameter("prefix", _WALK), Parameter("onerror", Kind.HOOK)),
        2,
        iterated=True,
        first='list(_host["pkgutil"].walk_packages([_FOLDER + "rooms"]))',
    ),
    Documented(
        "pkgutil",
        "get_importer",
        (Parameter("path_item", Kind.PLACE),),
        1,
        kept=False,
        first='_host["pkgutil"].get_importer(_FOLDER + "rooms")',
    ),
    Documented(
        "pkgutil",
        "iter_importers",
        (Parameter("fullname", Kind.NAME),),
        0,
        iterated=True,
        kept=False,
        imports=True,
        first='list(_host["pkgutil"].iter_importers("importlib.util"))',
    ),
)
"""The documented functions of the chapter."""


FIRST: Final = {EXTEND: '_host["pkgutil"].extend_path([], "tried")'}
"""A first call of what its statement calls."""


def recognised(name: str) -> bool:
    """Whether a name is in one of the forms that ``resolve_name`` knows: ``a.b.c``, ``a.b:c.d`` or ``a.b:``."""
    module, _, rest = name.partition(":")
    return all(part.isidentifier() for part in (*module.split("."), *(rest.split(".") if rest else ())))
