"""How the text of a reproducer refers to what is not its own."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from harness.model.case import Case, Module
from harness.model.language.spelling import Plain, Spelling
from harness.model.rendering import UP, words
from harness.model.values import TREE

FIRST: Final = "r0/"
"""How the paths begin in a case that has one root, which is then the directory itself."""


_ONLY: Final = re.compile(rf"{TREE}/r0(?![\w.])")
"""The only root of a case, in a text."""


class UnsayableError(Exception):
    """No plain expression says this."""


class Names:
    """Names that a case leaves free, and paths without the root where there is only one."""

    def __init__(self, case: Case, *, marks: AbstractSet[str] = frozenset(), named: bool = False) -> None:
        """``marks`` are the labels of the events that are told; with ``named`` they tell the name of a module too."""
        self.marks = marks
        self.taken = frozenset(words(case))
        self.named = named
        self.roots = len(case.tree.roots) + any(root.archive is not None for root in case.tree.roots)
        """How many roots there are; an archive is no directory, so that where there is one no other stands for all."""
        self.up = UP if isinstance(case.launch, Module) and self.roots > 1 else ""
        """The way from where a program works to the directory."""
        self.moved = False
        """Whether some text takes a path to be relative to the directory of the reproducer."""

    def local(self, text: str) -> str:
        """A text of the case, with ``tmp`` for the directory of the reproducer."""
        return _ONLY.sub("tmp", text).replace(TREE, "tmp") if self.roots == 1 else text.replace(TREE, "tmp")

    def free(self, name: str) -> str:
        """A name like this one that the case leaves free."""
        while name in self.taken:
            name += "_"
        return name

    def short(self, path: str) -> str:
        """A path of the tree as it lies in the directory of the reproducer."""
        if self.roots != 1 or not f"{path}/".startswith(FIRST):
            return path
        return path.removeprefix(FIRST) if path.startswith(FIRST) else ""


class Text:
    """A text of its own: the reproducer (its directory is what ``tmp`` names), or a file beside others.

    In a ``brief`` one functions of the library stand without their modules. With a ``listing`` what happens is put
    into the list of that name in place of being printed.
    """

    signs: Final = True
    listing = ""

    def __init__(self, names: Names, *, tmp: str = "", brief: bool = False) -> None:
        self.names = names
        self._brief = brief
        self._tmp = tmp
        self._plain = Plain(names.taken)

    def builtin(self, name: str) -> str:
        """``ValueError``, or ``_builtins.ValueError``."""
        return self._plain.builtin(name)

    def module(self, name: str) -> str:
        """``importlib``, or ``_importlib``."""
        return self._plain.module(name)

    def function(self, module: str, name: str) -> str:
        """That of the module, but a built-in one by its name."""
        return name if self._brief else self._plain.function(module, name)

    def trusted(self, _kind: str, text: str) -> str:
        """Itself."""
        return text

    def placed(self, path: str) -> str:
        """Below the directory, or made absolute where the working directory is that one."""
        short = self.names.short(path)
        if self._tmp:
            return f"{self._tmp} + {ascii('/' + short)}" if short else self._tmp
        self.names.moved = True
        os = self.module("os")
        return f"{os}.path.abspath({ascii(self.names.up + short)})" if short else f"{os}.getcwd()"

    def marked(self, label: str) -> str:
        """By ``print``; it tells by which name if that matters."""
        return self.told(label, "__name__" if self.names.named else "")

    def told(self, label: str, value: str) -> str:
        """By ``print``, if the event is told, or in a list."""
        if label not in self.names.marks:
            return "pass"
        if self.listing and not value:
            return f"{self.listing}.append({ascii(label)})"
        return f"{self.builtin('print')}({', '.join([ascii(label), *([value] if value else [])])})"

    def imports(self) -> Iterator[str]:
        """An import of each module that the text refers to."""
        yield from self._plain.imports()

    def anew(self) -> "Spelling":
        """Itself in the reproducer, which imports all at its top; another text in another file."""
        return self if self._tmp else Text(self.names)

    def beside(self) -> "Spelling":
        """Another text, which has no list of the reproducer.

        Raises:
            UnsayableError: what happens is put into one.
        """
        if self.listing:
            raise UnsayableError
        return Text(self.names)

    def executed(self, path: str) -> Iterator[str]:
        """By a mark, if that is told."""
        label = self.names.short(path)
        yield from [self.marked(label)] * (label in self.names.marks)

    def ended(self, _path: str, _number: int) -> Iterator[str]:
        """That is told of the program alone."""
        yield from ()


def imported(text: Text, known: AbstractSet[str] = frozenset()) -> list[str]:
    """The lines that the text needs before all others."""
    return [line for line in text.imports() if line not in known]
