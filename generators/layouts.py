"""What the names of a tree mean, as far as an author of sources has to know to write imports that mostly succeed."""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from generators.names import HIDDEN, MAIN, MODULES, SHADOWING
from harness.model.language.module_hooks import LazyGetattr
from harness.model.source import Assign, Class, Delete, FromImport, Function, Import, Items, ModuleGetattr, Source
from harness.model.tree import Directory, SourceFile, Tree

Exports: TypeAlias = Mapping[str, tuple[str, ...]]
"""The names that each source file of a tree defines, by the path of the file (``r0/a.py``)."""


class Kind(enum.Enum):
    """What is found under a name."""

    MODULE = "module"
    REGULAR = "regular package"
    NAMESPACE = "namespace package"


def importable(part: str) -> bool:
    """Whether an import statement leads to what has that name: one that the language or a class changes does not."""
    return part.isidentifier() and not part.startswith("__")


class Place(msgspec.Struct, frozen=True):
    """What a dotted name stands for.

    ``file`` is empty for a namespace package, ``path`` for a module; ``children`` are last parts of names.
    """

    name: str
    kind: Kind
    file: str
    path: tuple[str, ...]
    children: tuple[str, ...]
    exports: tuple[str, ...]

    @property
    def contents(self) -> tuple[str, ...]:
        """Everything that can be imported from it."""
        return (*self.exports, *self.children)


class Layout(msgspec.Struct, frozen=True):
    """All that can be imported, parents before children; ``hidden`` are modules at the top with private names."""

    places: tuple[Place, ...]
    index: dict[str, Place]
    hidden: tuple[str, ...] = ()

    def package(self, name: str) -> str:
        """The package that relative imports in a module of that name start from; empty where it is in none."""
        found = self.index.get(name)
        return name.rpartition(".")[0] if found is None or found.kind is Kind.MODULE else name

    def below(self, parent: str) -> tuple[Place, ...]:
        """The direct submodules of ``parent``, or the top-level modules when it is empty."""
        if not parent:
            return tuple(place for place in self.places if "." not in place.name)
        found = self.index.get(parent)
        return tuple(self.index[f"{parent}.{child}"] for child in found.children) if found else ()


class Listing(msgspec.Struct, frozen=True):
    """The directories of a tree with what lies in them, and its source files with what they define."""

    directories: dict[str, dict[str, None]]
    exports: Exports

    def layout(self, search: Sequence[str]) -> Layout:
        """What can be imported when the directories ``search`` are path entries."""
        places = sorted(self._walk("", search), key=lambda place: (place.name.count("."), place.name))
        items = {item for entry in search for item in self.directories.get(entry, ())}
        hidden = tuple(sorted(item.removesuffix(".py") for item in items if item in HIDDEN))
        return Layout(tuple(places), {place.name: place for place in places}, hidden)

    def roots(self) -> list[str]:
        """The roots of the tree."""
        return [name for name in self.directories if "/" not in name]

    def places(self) -> tuple[str, ...]:
        """The directories below a root, sorted."""
        return tuple(sorted(name for name in self.directories if "/" in name))

    def children(self, file: str) -> tuple[str, ...]:
        """The submodules that lie beside ``file`` if it is the ``__init__.py`` of a package, sorted."""
        directory, _, name = file.rpartition("/")
        items = self.directories[directory] if name == "__init__.py" else ()
        return tuple(sorted({item.removesuffix(".py") for item in items}.intersection(MODULES)))

    def leaves(self) -> tuple[str, ...]:
        """The directories below a root in which no directory lies, sorted."""
        parents = {name.rpartition("/")[0] for name in self.directories}
        return tuple(sorted(name for name in self.directories if "/" in name and name not in parents))

    def _walk(self, prefix: str, search: Sequence[str]) -> Iterator[Place]:
        for name in self._names(search):
            found = self._find(prefix, name, search)
            if found is not None:
                below = list(self._walk(f"{prefix}{name}.", found.path)) if found.path else []
                depth = len(found.name) + 1
                children = tuple(place.name[depth:] for place in below if "." not in place.name[depth:])
                yield msgspec.structs.replace(found, children=children)
                yield from below

    def _names(self, search: Sequence[str]) -> list[str]:
        items = {item for entry in search for item in self.directories.get(entry, ())}
        stems = {item.removesuffix(".py") for item in items}
        return sorted(stem for stem in stems if importable(stem) and stem != MAIN)

    def _find(self, prefix: str, name: str, search: Sequence[str]) -> Place | None:
        portions = []
        for entry in search:
            package, file = f"{entry}/{name}", f"{entry}/{name}.py"
            initial = f"{package}/__init__.py"
            if initial in self.exports:
                return Place(prefix + name, Kind.REGULAR, initial, (package,), (), self.exports[initial])
            if file in self.exports:
                return Place(prefix + name, Kind.MODULE, file, (), (), self.exports[file])
            if package in self.directories:
                portions.append(package)
        if not portions or (not prefix and name in SHADOWING):  # the library's goes before it
            return None
        return Place(prefix + name, Kind.NAMESPACE, "", tuple(portions), (), ())


def listed(files: Iterable[str], directories: Iterable[str], exports: Exports) -> Listing:
    """The listing of a tree that has these files and directories; ``exports`` names those files that are sources."""
    found: dict[str, dict[str, None]] = {}
    for directory in directories:
        found.setdefault(directory, {})
    for path in (*files, *found):
        rest = path
        while "/" in rest:
            rest, _, item = rest.rpartition("/")
            found.setdefault(rest, {})[item] = None
    return Listing(found, exports)


def listing(tree: Tree) -> Listing:
    """The listing of a finished tree."""
    exports: dict[str, tuple[str, ...]] = {}
    files: list[str] = []
    directories: list[str] = []
    for number, root in enumerate(tree.roots):
        directories.append(f"r{number}")
        for entry in root.entries:
            path = f"r{number}/{entry.path}"
            match entry:
                case Directory():
                    directories.append(path)
                case SourceFile(source=source):
                    files.append(path)
                    exports[path] = exported(source)
                case _:
                    files.append(path)
    return listed(files, directories, exports)


def exported(source: Source) -> tuple[str, ...]:
    """The names a module has after its source has run to the end, dunder names left out."""
    found: dict[str, None] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for statement in source.statements:
        match statement:
            case Assign(name=name, value=Items(items=items)):
                found[name] = None
                lists[name] = tuple(item for item in items if isinstance(item, str))
            case Assign(name=name) | Function(name=name) | Class(name=name):
                found[name] = None
            case Import(names=names):
                found.update((alias.asname or alias.name.split(".")[0], None) for alias in names)
            case FromImport(names=names):
                found.update((alias.asname or alias.name, None) for alias in names)
            case ModuleGetattr(names=names, known=known) | LazyGetattr(names=names, known=known):
                found.update((name, None) for name in (*names, *lists.get(known, ())))
            case Delete(name=name):
                found.pop(name, None)
            case _:
                pass
    return tuple(name for name in found if not name.startswith("__"))
