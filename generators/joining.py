"""How the trees of two cases become one: side by side, one behind the other, or with what both have in one file."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from generators.arguments import Json
from harness.model.case import Case
from harness.model.codec import CodecError, decode, encode
from harness.model.permitted import WORDS
from harness.model.source import Source
from harness.model.tree import Directory, Entry, Root, SourceFile, Tree

_LEFT: Final = frozenset({"type", "function", "line", "error", "cause"})
"""What stands under these keys are no words of the case's own."""

_IN_ROOT: Final = re.compile(r"\Ar([0-9]+)(?=/|\Z)")
_WORD: Final = re.compile(r"[^\W\d]\w*")
_FREE: Final = tuple(sorted(WORDS, key=lambda word: (len(word), word.isupper(), word)))


def behind(first: Tree, second: Case) -> tuple[Tree, Case]:
    """The roots of the second behind those of the first, and the second with the numbers that its roots then have."""
    count = len(first.roots)

    def moved(text: str) -> str:
        return _IN_ROOT.sub(lambda found: f"r{int(found[1]) + count}", text)

    other = _said(second, moved, count)
    return Tree((*first.roots, *other.tree.roots)), other


def renamed(first: Tree, second: Case) -> tuple[Tree, Case]:
    """Both in the same roots; what is called as something of the first has another name in all of the second."""
    text = encode((first, second)).decode()
    used = {*_WORD.findall(text)}
    free = [word for word in _FREE if word not in used]
    names = dict(zip(sorted({*_tops(first)} & {*_tops(second.tree)}), free, strict=False))
    other = _said(second, lambda text: _WORD.sub(lambda found: names.get(found[0], found[0]), text), 0)
    return together(first, other)


def together(first: Tree, second: Case) -> tuple[Tree, Case]:
    """Both in the same roots; a source that both have does what it does in the first, then what in the second."""
    count = max(len(first.roots), len(second.tree.roots))
    return Tree(tuple(_one(_root(first, number), _root(second.tree, number)) for number in range(count))), second


def _root(tree: Tree, number: int) -> Root:
    return tree.roots[number] if number < len(tree.roots) else Root()


def _one(first: Root, second: Root) -> Root:
    """The entries of both, as far as they can stand beside each other; it is an archive if one of them is."""
    found = {entry.path: entry for entry in first.entries}
    for entry in second.entries:
        there = found.get(entry.path)
        if isinstance(there, SourceFile) and isinstance(entry, SourceFile):
            found[entry.path] = SourceFile(entry.path, both(there.source, entry.source))
        elif there is None and not _hidden(entry, [*found.values()]):
            found[entry.path] = entry
    kept = first if first.archive is not None or second.archive is None else second
    return msgspec.structs.replace(kept, entries=tuple(found.values()))


def _hidden(entry: Entry, others: list[Entry]) -> bool:
    """Whether a file stands where the entry needs a directory, or the other way round."""
    return any(
        (entry.path.startswith(f"{other.path}/") and not isinstance(other, Directory))
        or (other.path.startswith(f"{entry.path}/") and not isinstance(entry, Directory))
        for other in others
    )


def both(first: Source, second: Source) -> Source:
    """A source that does what the first does, and then what the second does."""
    return Source((*first.statements, *second.statements), first.doc if first.doc is not None else second.doc)


def _tops(tree: Tree) -> Iterator[str]:
    """The names that lie at the top of the roots of a tree."""
    for root in tree.roots:
        for entry in root.entries:
            yield entry.path.partition("/")[0].partition(".")[0]


def _said(case: Case, change: Callable[[str], str], count: int) -> Case:
    """The case with each text changed, and roots that are called by their numbers so many later; or as it is."""
    document = _changed(json.loads(encode(case)), change, count)
    try:
        return decode(json.dumps(document), Case)
    except CodecError:
        return case


def _changed(value: Json, change: Callable[[str], str], count: int) -> Json:
    match value:
        case str():
            return change(value)
        case list():
            return [_changed(item, change, count) for item in value]
        case dict():
            return {key: _under(key, item, change, count) for key, item in value.items()}
        case _:
            return value


def _under(key: str, value: Json, change: Callable[[str], str], count: int) -> Json:
    if key in _LEFT:
        return value
    if key == "root" and isinstance(value, int):
        return value + count
    return _changed(value, change, count)
