"""Statements on ``__path__`` and ``sys.path`` (areas dunder-path, search-path)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import PATH, Reach, check_looked_up
from harness.model.language.reading import Reader, Unread
from harness.model.language.retelling import Sign
from harness.model.language.shapes import Bytes, Constant, Expression, Place, pathlike
from harness.model.language.simplifying import root_of, shorter
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.language.wording import read_expression, worded
from harness.model.refusal import IN_ROOT, MOST_ROOTS, check_path, refuse


class SetPath(Word, frozen=True):
    """``__path__ = [...]``, each entry a directory relative to the tree, such as ``r1/pkg``."""

    entries: tuple[str, ...]

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{PATH} = [{', '.join(host.placed(entry) for entry in self.entries)}]"

    @classmethod
    def parse(cls, text: Reader) -> "SetPath":
        """The same, read again."""
        text.expect(PATH, "=", "[")
        return cls(text.listed(text.placed, "]"))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Each entry lies in a root of the tree."""
        for entry in self.entries:
            found = IN_ROOT.fullmatch(entry)
            if found is None:
                refuse(place, "a directory in a root", entry)
            if found[2]:
                check_path(place, found[2])

    def bound(self) -> Iterator[str]:
        """``__path__``."""
        yield PATH

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer entries, or in an earlier root."""
        yield from ((SetPath(simple),) for simple in shorter(self.entries))
        for number, entry in enumerate(self.entries):
            root = root_of(entry)
            if root > 0:
                earlier = entry.replace(str(root), str(root - 1), 1)
                yield (SetPath((*self.entries[:number], earlier, *self.entries[number + 1 :])),)


class SetPathOf(Word, frozen=True):
    """``__path__ = [...]`` of entries of every kind: texts, bytes, path objects, None and numbers.

    An entry is the path of a directory in the tree (one that is not there is a missing directory), or a constant.
    """

    entries: tuple[Expression, ...]

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{PATH} = [{', '.join(worded(entry, host) for entry in self.entries)}]"

    @classmethod
    def parse(cls, text: Reader) -> "SetPathOf":
        """The same, read again."""
        text.expect(PATH, "=", "[")
        return cls(text.listed(lambda: read_expression(text), "]"))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Each entry is a directory in a root, what is no text, or a text for such a directory."""
        for entry in self.entries:
            match entry:
                case Constant(value=None | bool() | int() | "" | "." | "./"):
                    pass
                case Place(path=path) | Constant(value=str() as path) | Bytes(text=path):
                    found = IN_ROOT.fullmatch(_bare(path))
                    if found is None:
                        refuse(place, "a directory in a root", path)
                    if found[2]:
                        check_path(place, found[2])
                case _:
                    refuse(place, "a directory in a root, or a constant that is no text", entry)

    def bound(self) -> Iterator[str]:
        """``__path__``."""
        yield PATH

    def functions(self) -> Iterator[str]:
        """What makes path objects, if there are any."""
        yield from pathlike(*self.entries)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer entries."""
        yield from ((SetPathOf(simple),) for simple in shorter(self.entries))


class PathEdit(Word, frozen=True):
    """Adds (at the end) or, when ``remove``, removes the entry of root ``root`` from ``sys.path``.

    Removing an entry that is not there raises ValueError.
    """

    root: int
    remove: bool = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        edit = "remove" if self.remove else "append"
        yield f"{host.module('sys')}.path.{edit}({host.placed(f'r{self.root}')})"

    @classmethod
    def parse(cls, text: Reader) -> "PathEdit":
        """The same, read again."""
        text.module("sys")
        text.expect(".", "path", ".")
        remove = text.accepts("remove")
        if not remove:
            text.expect("append")
        text.expect("(")
        root = text.placed()
        text.expect(")")
        if not root.startswith("r") or not root[1:].isdecimal():
            raise Unread
        return cls(int(root[1:]), remove)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The root is one that a tree may have."""
        if not 0 <= self.root < MOST_ROOTS:
            refuse(place, f"a root from 0 to {MOST_ROOTS - 1}", self.root)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """An earlier root."""
        if self.root:
            yield (PathEdit(self.root - 1, remove=self.remove),)


class PathAnew(Word, frozen=True):
    """``sys.path = [entries] + sys.path``: another list, with new entries before the others.

    An entry is a root of the tree (one that is not there is a missing directory), as a text, bytes or a path
    object, or a constant.
    """

    entries: tuple[Expression, ...]

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        path = f"{host.module('sys')}.path"
        yield f"{path} = [{', '.join(worded(each, host) for each in self.entries)}] + {path}"

    @classmethod
    def parse(cls, text: Reader) -> "PathAnew":
        """The same, read again."""
        text.module("sys")
        text.expect(".", "path", "=", "[")
        entries: list[Expression] = []
        since = text.place
        while text.next not in {"*", "]"}:
            entries.append(read_expression(text))
            since = text.place
            if not text.accepts(","):
                break
        starred = text.accepts("*")
        if starred:
            text.instead(since, "]", "+")
        else:
            text.expect("]", "+")
        text.module("sys")
        text.expect(".", "path")
        if starred:
            text.expect("]")
            text.left()
        return cls(tuple(entries))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Each entry is a root, what is no text, or a text for a root or for where the case works."""
        _check_entries(place, self.entries)

    def functions(self) -> Iterator[str]:
        """What makes path objects, if there are any."""
        yield from pathlike(*self.entries)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer entries, or the same list with more of them."""
        yield from ((PathAnew(simple),) for simple in shorter(self.entries))
        if self.entries:
            yield (PathAdd(self.entries),)


class PathAdd(Word, frozen=True):
    """``sys.path.insert(0, entry)``, or with ``behind`` ``sys.path.append(entry)``: of entries as in :class:`PathAnew`.

    Several are ``sys.path[:0] = [entries]``, or ``sys.path += [entries]``.
    """

    entries: tuple[Expression, ...]
    behind: bool = False

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        path = f"{host.module('sys')}.path"
        entries = [worded(each, host) for each in self.entries]
        if len(entries) == 1:
            yield f"{path}.append({entries[0]})" if self.behind else f"{path}.insert(0, {entries[0]})"
        else:
            yield f"{path} += [{', '.join(entries)}]" if self.behind else f"{path}[:0] = [{', '.join(entries)}]"

    @classmethod
    def parse(cls, text: Reader) -> "PathAdd":
        """The same, read again."""
        text.module("sys")
        since = text.place
        text.expect(".", "path")
        if text.accepts(".", "insert", "(", "0", ","):
            return cls(_alone(text))
        if text.accepts(".", "append", "("):
            return cls(_alone(text), behind=True)
        if text.accepts("[", ":", "0", "]", "=", "["):
            return cls(_several(text, since, _INSERTED, "]"))
        if text.accepts(".", "extend", "(", "["):
            text.instead(since, *_EXTENDED)
            found = _several(text, since, _APPENDED, "]")
            end = text.place
            text.expect(")")
            text.instead(end)
            return cls(found, behind=True)
        text.expect("+=", "[")
        return cls(_several(text, since, _APPENDED, "]"), behind=True)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """There are entries, each as in :class:`PathAnew`."""
        if not self.entries:
            refuse(place, "an entry", self.entries)
        _check_entries(place, self.entries)

    def functions(self) -> Iterator[str]:
        """What makes path objects, if there are any."""
        yield from pathlike(*self.entries)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer entries."""
        yield from ((PathAdd(simple, self.behind),) for simple in shorter(self.entries) if simple)


_INSERTED: Final[tuple[Sign, ...]] = (".", "path", ".", "insert", "(", ("int", 0), ",")
_APPENDED: Final[tuple[Sign, ...]] = (".", "path", ".", "append", "(")
_EXTENDED: Final[tuple[Sign, ...]] = (".", "path", "+=", "[")


def _alone(text: Reader) -> tuple[Expression, ...]:
    """The only entry, and the end of the call."""
    found = read_expression(text)
    text.leaves(",")
    text.expect(")")
    return (found,)


def _several(text: Reader, since: int, alone: tuple[Sign, ...], closing: str) -> tuple[Expression, ...]:
    """The entries of a list; a single one is told as the call that adds it, which begins with those signs."""
    begun = text.place
    found = text.listed(lambda: read_expression(text), closing)
    if len(found) == 1:
        text.replace(since, begun, *alone)
        text.replace(text.place - 1, text.place, ")")
    return found


def _check_entries(place: str, entries: tuple[Expression, ...]) -> None:
    for entry in entries:
        match entry:
            case Place(path=path) if _is_root(path.removesuffix("/")):
                pass
            case Constant(value=None | bool() | int() | "" | "." | "./"):
                pass
            case Constant(value=str() as path) | Bytes(text=path) if _is_root(_bare(path)):
                pass
            case _:
                refuse(place, "a root, or a constant that is no text", entry)


class PathAppend(Word, frozen=True):
    """``a.__path__.append(entry)``, a directory relative to the tree, such as ``r1/pkg``; ``path`` is that of ``a``."""

    path: tuple[str, ...]
    entry: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{'.'.join(self.path)}.{PATH}.append({host.placed(self.entry)})"

    @classmethod
    def parse(cls, text: Reader) -> "PathAppend":
        """The same, read again."""
        path = text.dotted()
        if path[-2:] != (PATH, "append") or not path[:-2]:
            raise Unread
        text.expect("(")
        entry = text.placed()
        text.expect(")")
        return cls(path[:-2], entry)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It is the path of what the case has, and the entry lies in a root of the tree."""
        check_looked_up(place, self.path)
        found = IN_ROOT.fullmatch(self.entry)
        if found is None:
            refuse(place, "a directory in a root", self.entry)
        if found[2]:
            check_path(place, found[2])

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """A name less."""
        if len(self.path) > 1:
            yield (PathAppend(self.path[:-1], self.entry),)


def _bare(path: str) -> str:
    """The path without what stands for where the case works, and without a slash behind it."""
    return path.removeprefix("./").removesuffix("/")


def _is_root(path: str) -> bool:
    found = IN_ROOT.fullmatch(path)
    return found is not None and not found[2]
