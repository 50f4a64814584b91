"""What the imports of a case can come to."""

from collections.abc import Iterator
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, search_path, sources, statements, written_tree
from harness.model.permitted import WORDS, is_special, is_standard
from harness.model.source import (
    Assign,
    Extend,
    Items,
    Literal,
    ModuleGetattr,
    PathEdit,
    Recache,
    Statement,
    Substitute,
    Uncache,
)
from harness.model.tree import SourceFile

_MAIN: Final = "__main__"
_MODULE_SUFFIXES: Final = (".py", ".pyc", ".pyd", ".pyi", ".pyw", ".mpy", ".so")


class Reach(msgspec.Struct, frozen=True):
    """Which modules a case may import, and by what more than their names.

    ``names`` are the top-level names that it may import, and ``keys`` those it may say otherwise. ``everywhere`` tells
    that the modules of a package may be searched for where top-level modules are, and ``recached`` that objects which
    are no modules may be taken for modules.
    """

    names: frozenset[str]
    keys: frozenset[str]
    everywhere: bool
    recached: bool


def reach(case: Case) -> Reach:
    """Which modules the case may import.

    A top-level name surely comes from the tree, or is a word that nobody has. ``__main__`` is the program where the
    implementation runs it, for as long as it is loaded, and the agent where the agent does. A ``__path__`` that is None
    stands for ``sys.path``.
    """
    every = [statement for source in sources(case) for statement in statements(source.statements)]
    own: frozenset[str] = frozenset() if isinstance(case.launch, Embedded) else frozenset({_MAIN})
    left = not any(isinstance(item, Uncache) and item.key == _MAIN for item in every)
    removed = any(isinstance(item, PathEdit) and item.remove for item in every)
    names = WORDS if removed else WORDS | _of_the_tree(case)
    return Reach(
        names | own if left else names,
        names | own,
        any(pair == ("__path__", None) for item in every for pair in given(item)),
        any(isinstance(item, Recache) for item in every),
    )


def given(statement: Statement) -> Iterator[tuple[str, Literal]]:
    """The names to which a statement gives a constant, with what it gives them or adds to them."""
    match statement:
        case Assign(name=name, value=value) | Extend(name=name, value=value):
            yield name, value
        case ModuleGetattr(names=names, value=value):
            yield from ((name, value) for name in names)
        case Substitute(attributes=attributes):
            yield from attributes
        case _:
            pass


def texts(value: Literal) -> Iterator[str]:
    """Every text in a constant."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Items):
        for item in value.items:
            yield from texts(item)


def mangled(name: str, inside: str) -> str:
    """What a private name stands for in the class that is called ``inside``, if any."""
    private = name[:2] == "__" and name[-2:] != "__" and inside.strip("_")
    return f"_{inside.lstrip('_')}{name}" if private else name


def shadowing(case: Case) -> Iterator[str]:
    """The paths of entries that the implementation itself may import in place of its own modules."""
    for path, first, rest, _ in _top_level(case):
        name, dot, _ = first.partition(".")
        if is_standard(name) and not is_special(name) and (rest or not dot or first.lower().endswith(_MODULE_SUFFIXES)):
            yield path


def _of_the_tree(case: Case) -> frozenset[str]:
    """The top-level names that an import surely finds in the tree: a portion of a namespace package is none."""
    found = set()
    for _, first, rest, is_source in _top_level(case):
        if is_source and (rest == "__init__.py" or (not rest and first.endswith(".py"))):
            found.add(first.removesuffix(".py"))
    return frozenset(name for name in found if not is_standard(name))


def _top_level(case: Case) -> Iterator[tuple[str, str, str, bool]]:
    """What lies where top-level modules are searched for: its path, the first part, the rest, and if it is a source."""
    roots = written_tree(case).roots
    for entry in search_path(case):
        root, _, inside = entry.partition("/")
        prefix = f"{inside}/" if inside else ""
        for item in roots[int(root[1:])].entries:
            if item.path.startswith(prefix):
                first, _, rest = item.path[len(prefix) :].partition("/")
                yield f"{root}/{item.path}", first, rest, isinstance(item, SourceFile)
