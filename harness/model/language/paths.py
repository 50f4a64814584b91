"""Statements on ``__path__`` and ``sys.path`` (areas dunder-path, search-path)."""

from collections.abc import Iterator

from harness.model.language.admitting import PATH, Reach
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import root_of, shorter
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
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
            check_path(place, found[2] or "r")

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
