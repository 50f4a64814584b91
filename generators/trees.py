"""Trees: path roots with packages, portions, modules and things that are none of these, and a source in each module."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators.chains import chain
from generators.choices import Draw, Roll, counts, roll, weighted
from generators.closing import closed
from generators.files import Placed, odd
from generators.layouts import Listing, listed
from generators.mixes import Mix
from generators.modules import surroundings, write
from generators.names import HIDDEN, LIBRARY, MODULES, SHADOWING
from generators.plans import Plan, plan
from generators.tables import PLAIN
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile, Tree

_NAMES: Final = weighted((4, "a"), (4, "b"), (3, "c"), (1, "d"), (1, "e"))
_DEPTH: Final = 3


class _Skeleton:
    """The files and directories of a tree while it grows: those of each root are relative to it."""

    def __init__(self, roots: int) -> None:
        self.directories: list[list[str]] = [[""] for _ in range(roots)]
        self.sources: list[list[str]] = [[] for _ in range(roots)]
        self.data: list[dict[str, str]] = [{} for _ in range(roots)]

    def add_directory(self, root: int, path: str) -> bool:
        """Make ``path`` and its parents directories, unless a file is in the way."""
        parts = path.split("/")
        steps = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        if any(step in self.data[root] or step in self.sources[root] for step in steps):
            return False
        self.directories[root] += [step for step in steps if step not in self.directories[root]]
        return True

    def add_source(self, root: int, path: str) -> None:
        """Put a source file at ``path``, unless a file is in the way."""
        parent = path.rpartition("/")[0]
        free = path not in self.sources[root] and path not in self.directories[root] and path not in self.data[root]
        if free and (not parent or self.add_directory(root, parent)):
            self.sources[root].append(path)

    def add_data(self, root: int, path: str, text: str = "data") -> None:
        """Put a file that is no source at ``path``, unless something is there."""
        parent = path.rpartition("/")[0]
        free = path not in self.directories[root] and path not in self.sources[root]
        if free and (not parent or self.add_directory(root, parent)):
            self.data[root].setdefault(path, text)

    def add(self, root: int, placed: tuple[Placed, ...]) -> None:
        """Put each of these somewhere, unless something is in the way."""
        for kind, path, text in placed:
            match kind:
                case "source":
                    self.add_source(root, path)
                case "data":
                    self.add_data(root, path, text)
                case "directory":
                    self.add_directory(root, path)

    def everywhere(self) -> list[str]:
        """The directories below any root, each once."""
        return list(dict.fromkeys(path for paths in self.directories for path in paths if path))

    def listing(self) -> Listing:
        """What lies where, before anything is known of what the sources define."""
        files = [f"r{root}/{path}" for root, paths in enumerate(self.sources) for path in paths]
        places = [f"r{root}/{path}".rstrip("/") for root, paths in enumerate(self.directories) for path in paths]
        return listed(files, places, dict.fromkeys(files, ()))


def _grow(dice: Roll, skeleton: _Skeleton, shapes: tuple[str, ...]) -> None:
    root = dice.below(len(skeleton.directories))
    shape = dice.pick(shapes)
    others = [path for path in skeleton.everywhere() if path.count("/") < _DEPTH - 1]
    if shape == "again" and others:
        skeleton.add_source(root, f"{dice.pick(others)}/{dice.pick(_NAMES)}.py")
        return
    parents = [path for path in skeleton.directories[root] if path.count("/") < _DEPTH - 1]
    parent = parents[-1] if dice.chance(35) else dice.pick(parents)
    name = dice.pick(_NAMES)
    path = f"{parent}/{name}" if parent else name
    match shape:
        case "package" | "again":
            skeleton.add_source(root, f"{path}/__init__.py")
        case "portion" if path.count("/") < _DEPTH - 1:
            skeleton.add_source(root, f"{path}/{dice.pick(_NAMES)}.py")
        case "twice":
            skeleton.add_source(root, f"{path}.py")
            skeleton.add_source(root, f"{path}/{dice.pick(('__init__', *MODULES))}.py")
        case "directory":
            skeleton.add_directory(root, path)
        case "data":
            skeleton.add_data(root, path if dice.chance(70) else f"{path}.txt")
        case "odd":
            skeleton.add(root, odd(dice, path))
        case "private":
            skeleton.add_source(root, f"{parent}/{dice.pick(HIDDEN)}".lstrip("/"))
        case "lent" | "shadowing":
            _shadow(dice, skeleton, root, dice.pick(LIBRARY if shape == "lent" else SHADOWING))
        case "main":
            skeleton.add_source(root, f"{path}/__main__.py")
        case _:
            skeleton.add_source(root, f"{path}.py")


def _shadow(dice: Roll, skeleton: _Skeleton, root: int, name: str) -> None:
    """A module of a name of the library's, or a package, sometimes with a module."""
    match dice.below(4):
        case 0:
            skeleton.add_source(root, f"{name}/__init__.py")
        case 1:
            skeleton.add_source(root, f"{name}/__init__.py")
            skeleton.add_source(root, f"{name}/{dice.pick(_NAMES)}.py")
        case _:
            skeleton.add_source(root, f"{name}.py")


@st.composite
def trees(
    draw: Draw,
    *,
    roots: SearchStrategy[int] | None = None,
    entries: SearchStrategy[int] | None = None,
    mix: Mix = PLAIN,
) -> Tree:
    """Trees of some ``roots`` (one to three) to which things were added ``entries`` times (one to ten)."""
    if mix.chained:
        return chain(roll(draw))
    skeleton = _Skeleton(draw(_ROOTS if roots is None else roots))
    for _ in range(draw(_ENTRIES if entries is None else entries)):
        _grow(roll(draw), skeleton, mix.shapes)
    listing = skeleton.listing()
    plans = {file: plan(roll(draw), listing.children(file), mix) for file in listing.exports}
    return _written(draw, skeleton, listing, plans, mix)


def _written(draw: Draw, skeleton: _Skeleton, listing: Listing, plans: dict[str, Plan], mix: Mix) -> Tree:
    known = Listing(listing.directories, {file: plan.exports for file, plan in plans.items()})
    around = surroundings(roll(draw), known, plans, mix)
    roots = []
    for root in range(len(skeleton.sources)):
        found: list[Entry] = []
        for path in skeleton.sources[root]:
            file = f"r{root}/{path}"
            source = write(draw, file, plans[file], around)
            found.append(SourceFile(path, closed(source) if mix.closed else source))
        found += [DataFile(path, text) for path, text in skeleton.data[root].items()]
        below = [path for path in skeleton.directories[root] if path]
        found += [Directory(path) for path in below if not listing.directories[f"r{root}/{path}"]]
        roots.append(Root(tuple(found)))
    return Tree(tuple(roots))


_ROOTS: Final = counts(0, 6).map((1, 2, 2, 1, 2, 3, 3).__getitem__)
_ENTRIES: Final = counts(1, 10)
