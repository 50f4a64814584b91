"""What the names and constants of a stranger's statements may be."""

from typing import Final

import msgspec

from harness.model.language.constants import Literal, texts
from harness.model.permitted import (
    ACTING,
    FUTURE,
    GIVEN,
    LENT,
    SHADOWED,
    TAKEN,
    WORDS,
    is_attribute,
    is_called,
    is_name,
    is_own,
    is_special,
    is_standard,
)
from harness.model.refusal import LONGEST_PATH, check_constant, need, refuse

PATH: Final = "__path__"
SPEC: Final = "__spec__"

OURS: Final = (
    "a module of the tree, no namespace package, or a name that is kept for none (missing, nowhere, spam, a letter …)"
)
"""What may be imported: some names are known to be nobody's; of others nobody knows it."""

LEVELS: Final = 16
"""How many levels up a relative name may go."""

MOST_PARTS: Final = 40
"""How many parts the name of a module may have: more would try how deep an implementation can recurse."""

_PARTS: Final = frozenset({"__init__", "__main__", FUTURE})


class Reach(msgspec.Struct, frozen=True, cache_hash=True):
    """Which modules a case may import, and by what more than their names.

    ``names`` are the top-level names that it may import, and ``keys`` those it may say otherwise. ``everywhere`` tells
    that the modules of a package may be searched for where top-level modules are, and ``recached`` that objects which
    are no modules may be taken for modules. ``programs`` are the paths of what may be executed as a program,
    ``inner`` the names of the directories and modules of the tree. ``lent`` are modules that the library lends, and
    that are not surely of the tree. ``said`` are all names and texts of a case in which a module's ``__getattr__``
    takes names from a list, or gives other global names. ``written`` are the paths of the sources that it may edit.
    """

    names: frozenset[str]
    keys: frozenset[str]
    everywhere: bool
    recached: bool
    programs: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    lent: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()


def mangled(name: str, inside: str) -> str:
    """What a private name stands for in the class that is called ``inside``, if any."""
    private = name[:2] == "__" and name[-2:] != "__" and inside.strip("_")
    return f"_{inside.lstrip('_')}{name}" if private else name


def check_module(place: str, name: str, reached: Reach, inside: str = "") -> None:
    """An absolute name of a module that is imported: of the tree, or one that nobody has.

    Raises:
        Refused: it may be a module of somebody else's.
    """
    check_dotted(place, name)
    first, *rest = name.split(".")
    if not _is_ours(first, reached, inside):
        refuse(place, OURS, name)
    for part in rest:
        check_submodule(place, part, reached, inside)


def check_imported(place: str, name: str, reached: Reach, inside: str = "") -> None:
    """An absolute name that a statement imports: that of a module, or of one that the library lends.

    Raises:
        Refused: it may be another of somebody else's.
    """
    first, dot, rest = name.partition(".")
    if mangled(first, inside) not in reached.lent:
        check_module(place, name, reached, inside)
        return
    check_dotted(place, name)
    for part in rest.split(".") if dot else ():
        check_lent(place, part)


def check_lent(place: str, name: str) -> None:
    """What is taken from a module that the library lends: what is no module that it has.

    Raises:
        Refused: it may have it.
    """
    need(place, name, lambda text: text in WORDS | LENT or text.startswith("_"), "no module that the library has")


def check_key(place: str, name: str, reached: Reach) -> None:
    """A key of the cache.

    Raises:
        Refused: it may be that of a module of somebody else's.
    """
    check_dotted(place, name)
    if name.partition(".")[0] not in reached.keys:
        refuse(place, OURS, name)


def check_dotted(place: str, name: str) -> None:
    """A name of bounded length, of parts.

    Raises:
        Refused: it is none.
    """
    if name.count(".") >= MOST_PARTS:
        refuse(place, f"a name of at most {MOST_PARTS} parts", name)
    if len(name) > LONGEST_PATH:
        refuse(place, f"a name of at most {LONGEST_PATH:,} characters", name)
    for part in name.split("."):
        check_part(place, part)


def check_inner(place: str, name: str, reached: Reach, inside: str) -> None:
    """A dotted name that is relative to a package.

    It begins like no module whose import acts: an implementation in error may take it for an absolute name.

    Raises:
        Refused: it may be that of a module of somebody else's.
    """
    check_dotted(place, name)
    if name.partition(".")[0] in ACTING:
        refuse(place, "no name of a module whose import acts", name)
    for part in name.split("."):
        check_submodule(place, part, reached, inside)


def check_part(place: str, part: str) -> None:
    """A part of the name of a module: none that would stand for an attribute of its package.

    Raises:
        Refused: it is none.
    """
    need(place, part, lambda text: is_name(text) and (not is_special(text) or text in _PARTS), "names joined by dots")


def check_submodule(place: str, name: str, reached: Reach, inside: str) -> None:
    """What may be a submodule: where its package has no path of its own, that is what may be a top-level module.

    Raises:
        Refused: it may be a module of somebody else's.
    """
    if reached.everywhere and not _is_ours(name, reached, inside):
        refuse(place, f"{OURS}, where a __path__ is None", name)


def _is_ours(name: str, reached: Reach, inside: str) -> bool:
    """Whether a top-level module of that name is surely none of somebody else's, also if the class mangles the name."""
    seen = mangled(name, inside)
    return seen in reached.names or (seen != name and inside in WORDS)


def check_exported(place: str, value: Literal, reached: Reach) -> None:
    """What may be in an ``__all__``, whose names may be those of submodules.

    Raises:
        Refused: one may be a module of somebody else's.
    """
    for name in value if isinstance(value, str) else texts(value):
        for part in name.split("."):
            check_submodule(place, part, reached, "")


def check_pair(place: str, name: str, value: Literal, reached: Reach) -> None:
    """A name and its constant: what tells the import system where a module belongs tells it nothing but the tree.

    A module that is told its name or its package is told one it may import; it may be told that it is in no package,
    but not that it is a package without a name. A path that is a text is a path of its characters.

    Raises:
        Refused: it tells more.
    """
    check_given(place, name)
    check_constant(place, value)
    if isinstance(value, str):
        if name == TAKEN or (name == "__package__" and value):
            check_module(place, value, reached)
        if name == PATH and "/" in value:
            refuse(place, "a path without a slash, where it is a text", value)
    elif reached.recached and TAKEN in texts(value):
        refuse(place, f"no {TAKEN} to import, where objects are put into the cache", TAKEN)


def check_fresh(place: str, name: str) -> None:
    """The name of a function or a class, which others may take for the name of a module.

    Raises:
        Refused: a module of the standard library is called so.
    """
    check_bound(place, name)
    if is_standard(name) or name in SHADOWED:
        refuse(place, "a name that no module of the standard library has", name)


def check_bound(place: str, name: str) -> None:
    """A name to which something that is no constant is bound: never one that the language itself looks up.

    Raises:
        Refused: it is special.
    """
    need(place, name, lambda text: is_name(text) and not is_special(text), "one name that is not special")


def check_given(place: str, name: str) -> None:
    """A name to which a constant is given, or that is deleted.

    Raises:
        Refused: it is special, and none that a case may give.
    """
    need(place, name, lambda text: is_name(text) and (not is_special(text) or text in GIVEN), "one name")


def check_looked_up(place: str, path: tuple[str, ...], *, specs: bool = False) -> None:
    """A name that the case has bound, and attributes; with ``specs`` that of a module which is its spec, too.

    Never the name ``__spec__`` itself: where no module has it, it is that of the module of built-in names.

    Raises:
        Refused: it may be more.
    """
    if not path or len(path) > LONGEST_PATH:
        refuse(place, "a name and attributes", path)
    need(place, path[0], lambda text: is_name(text) and is_own(text), "a name that the case has bound")
    for part in path[1:]:
        if not (specs and part == SPEC):
            need(place, part, is_attribute, "an attribute of its own")


def check_in_class(place: str, inside: str, name: str) -> None:
    """A method of that name stands in a class.

    Raises:
        Refused: it does not.
    """
    if not inside:
        refuse(place, "a method in a class", name)


def check_called(place: str, path: tuple[str, ...]) -> None:
    """What is called: a function or a class of the case, never a method of an object that the library has made.

    Raises:
        Refused: it may be one.
    """
    check_looked_up(place, path)
    for part in path[1:]:
        need(place, part, is_called, "what the case has defined")
