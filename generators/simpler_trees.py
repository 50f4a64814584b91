"""Cases a little simpler than a given one: less in the tree, a plainer launch, names earlier in the alphabet."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

import msgspec

from generators.names import MAIN, MODULES
from generators.simpler_sources import Rewrite, rewritten, simpler
from harness.model.case import Case, Embedded, Script
from harness.model.codec import decode, encode
from harness.model.language.simplifying import root_of, shorter
from harness.model.source import Edit, PathEdit, SetPath, Statement
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile, Tree

_Place: TypeAlias = tuple[int, Entry]

_PLAIN: Final = Script(f"r0/{MAIN}.py")
_PUBLIC: Final = ("x", "y", "v", "w", "g", "h")
_WORD: Final = re.compile(rb"\w+")
_LINE: Final = re.compile(rb'("line":"[^"]*")')
"""A line that is no Python is one of a closed list, whatever it names."""
_INIT: Final = "__init__"


def launches(case: Case) -> Iterator[Case]:
    """The case embedded, then as a script at the top of the first root."""
    if not isinstance(case.launch, Embedded):
        yield msgspec.structs.replace(case, launch=Embedded())
        if case.launch != _PLAIN and case.tree.roots[0].archive is None:
            yield msgspec.structs.replace(case, launch=_PLAIN)


def programs(case: Case) -> Iterator[Case]:
    """The case with a simpler program."""
    for program in simpler(case.program):
        yield msgspec.structs.replace(case, program=program)


def entries(case: Case) -> Iterator[Case]:
    """The case with fewer entries in its tree."""
    every = _placed(case.tree)
    for left in shorter(every):
        yield msgspec.structs.replace(case, tree=_tree(case.tree, left))


def roots(case: Case) -> Iterator[Case]:
    """The case without one of its roots, the later ones moved up."""
    for number in reversed(range(len(case.tree.roots))):
        if len(case.tree.roots) > 1 and number != _launch_root(case):
            yield _without(case, number)


def archives(case: Case) -> Iterator[Case]:
    """The case with a directory in place of an archive, or with an archive that is plainer."""
    for number, root in enumerate(case.tree.roots):
        if root.archive is not None:
            plainer = (Root(root.entries), Root(root.entries, "stored"), Root(root.entries, root.archive))
            yield from (_replaced(case, number, simple) for simple in plainer if simple != root)


def sources(case: Case) -> Iterator[Case]:
    """The case with one source of its tree made simpler, or with a file of data emptied."""
    for number, root in enumerate(case.tree.roots):
        for place, entry in enumerate(root.entries):
            for simple in _simpler_entries(entry):
                changed = (*root.entries[:place], simple, *root.entries[place + 1 :])
                yield _replaced(case, number, msgspec.structs.replace(root, entries=changed))


def _simpler_entries(entry: Entry) -> Iterator[Entry]:
    match entry:
        case SourceFile(path=path, source=source):
            yield from (SourceFile(path, simple) for simple in simpler(source))
        case DataFile(path=path, text=text) if text:
            yield DataFile(path)
        case _:
            pass


def places(case: Case) -> Iterator[Case]:
    """The case with its entries sorted, one moved to another root or higher up, or a package or its file a module."""
    every = _placed(case.tree)
    tidy = sorted(every, key=lambda placed: (placed[0], placed[1].path))
    yield msgspec.structs.replace(case, tree=_tree(case.tree, tidy))
    for place, was in enumerate(every):
        number, entry = was
        rest = every[:place] + every[place + 1 :]
        for earlier in range(number):
            if _fits(rest, earlier, entry.path):
                yield _moved(case, rest, was, earlier, entry)
        flat = entry.path.removesuffix("/__init__.py") + ".py"
        if isinstance(entry, SourceFile) and entry.path.endswith("/__init__.py") and _fits(rest, number, flat):
            yield _moved(case, rest, was, number, SourceFile(flat, entry.source))
        higher = entry.path.partition("/")[2]
        if isinstance(entry, DataFile) and higher and _fits(rest, number, higher):
            yield _moved(case, rest, was, number, DataFile(higher, entry.text))
        module = MODULES[0] + entry.path.removeprefix(_INIT)
        if isinstance(entry, DataFile) and entry.path.startswith(f"{_INIT}.") and _fits(rest, number, module):
            yield _moved(case, rest, was, number, DataFile(module, entry.text))


def names(case: Case) -> Iterator[Case]:
    """The case moved out of a directory that holds all modules, or with distinct names in the order of appearance."""
    text = encode(case)
    paths = [entry.path for _, entry in _placed(case.tree)]
    for name in [path.partition("/")[0] for path in paths[:1]] or MODULES:
        if f"{name}/__init__.py" not in paths and all(path.startswith(f"{name}/") for path in paths):
            inside = rf'(?<=")((?:r\d/)?){re.escape(name)}[./](?=\w)'.encode()
            yield _said(text, re.compile(inside), rb"\1")
    unused = [name for name in MODULES if name.encode() not in _WORD.findall(text)]
    for name in MODULES if unused else ():
        below = re.compile(rf"\b({name}[./]){name}\b".encode())
        yield _said(text, below, rf"\1{unused[0]}".encode())
    for pool in (MODULES, (*MODULES, "A"), _PUBLIC, (*_PUBLIC, "_p", "_q")):
        found = dict.fromkeys(word for word in _WORD.findall(encode(case.program) + text) if word.decode() in pool)
        other = dict(zip(found, (name.encode() for name in pool), strict=False))
        yield _said(text, _WORD, functools.partial(_renamed, other))


def _renamed(names: Mapping[bytes, bytes], found: re.Match[bytes]) -> bytes:
    return names.get(found[0], found[0])


def _said(text: bytes, words: re.Pattern[bytes], other: bytes | Callable[[re.Match[bytes]], bytes]) -> Case:
    """The case of that text with other words, but for the lines that are no Python."""
    parts = _LINE.split(text)
    return decode(b"".join(part if place % 2 else words.sub(other, part) for place, part in enumerate(parts)), Case)


def _placed(tree: Tree) -> list[_Place]:
    return [(number, entry) for number, root in enumerate(tree.roots) for entry in root.entries]


def _tree(tree: Tree, every: Iterable[_Place]) -> Tree:
    found: list[list[Entry]] = [[] for _ in tree.roots]
    for number, entry in every:
        found[number].append(entry)
    held = zip(tree.roots, found, strict=True)
    return Tree(tuple(msgspec.structs.replace(root, entries=tuple(inside)) for root, inside in held))


def _moved(case: Case, rest: list[_Place], was: _Place, number: int, entry: Entry) -> Case:
    """The case with an entry that was elsewhere; who edits it edits it there."""
    old, new = f"r{was[0]}/{was[1].path}", f"r{number}/{entry.path}"

    def statement(found: Statement) -> tuple[Statement, ...]:
        return (msgspec.structs.replace(found, place=new) if isinstance(found, Edit) and found.place == old else found,)

    tree = _tree(case.tree, [*rest, (number, entry)])
    held = Tree(tuple(_rewritten_root(root, statement) for root in tree.roots))
    return Case(held, rewritten(case.program, statement), case.launch)


def _replaced(case: Case, number: int, root: Root) -> Case:
    roots_ = (*case.tree.roots[:number], root, *case.tree.roots[number + 1 :])
    return msgspec.structs.replace(case, tree=Tree(roots_))


def _fits(rest: list[_Place], number: int, path: str) -> bool:
    """Whether a file can stand at ``path`` beside ``rest``."""
    beside = [entry for other, entry in rest if other == number]
    return not any(
        entry.path == path
        or entry.path.startswith(f"{path}/")
        or (path.startswith(f"{entry.path}/") and not isinstance(entry, Directory))
        for entry in beside
    )


def _launch_root(case: Case) -> int:
    return -1 if isinstance(case.launch, Embedded) else root_of(case.launch.path)


def _without(case: Case, gone: int) -> Case:
    def place(path: str) -> str:
        root = root_of(path)
        return path.replace(str(root), str(root - 1), 1) if root > gone else path

    def statement(old: Statement) -> tuple[Statement, ...]:
        match old:
            case PathEdit(root=root, remove=remove):
                return (PathEdit(root - (root > gone), remove=remove),) if root != gone else ()
            case SetPath(entries=paths):
                return (SetPath(tuple(place(path) for path in paths if root_of(path) != gone)),)
            case Edit(place=path):
                return (msgspec.structs.replace(old, place=place(path)),) if root_of(path) != gone else ()
            case _:
                return (old,)

    launch = case.launch
    if not isinstance(launch, Embedded):
        launch = msgspec.structs.replace(launch, path=place(launch.path))
    kept = (root for number, root in enumerate(case.tree.roots) if number != gone)
    tree = Tree(tuple(_rewritten_root(root, statement) for root in kept))
    return Case(tree, rewritten(case.program, statement), launch)


def _rewritten_root(root: Root, rewrite: Rewrite) -> Root:
    return msgspec.structs.replace(root, entries=tuple(_rewritten(entry, rewrite) for entry in root.entries))


def _rewritten(entry: Entry, rewrite: Rewrite) -> Entry:
    return SourceFile(entry.path, rewritten(entry.source, rewrite)) if isinstance(entry, SourceFile) else entry
