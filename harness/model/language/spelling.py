"""How the text of a case refers to what is not its own, and writes down what is."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final, Protocol

from harness.model.language.constants import Items, Literal

INDENT: Final = "    "


class Spelling(Protocol):
    """How a text refers to its host.

    With ``signs`` a comparison is written as one, else as a call of the function that makes it.
    """

    @property
    def signs(self) -> bool:
        """Whether it is."""

    def builtin(self, name: str) -> str:
        """What stands for a built-in name."""

    def module(self, name: str) -> str:
        """What stands for a module of the library."""

    def function(self, module: str, name: str) -> str:
        """What stands for a function of the library."""

    def trusted(self, kind: str, text: str) -> str:
        """What a function is given that trusts it to be of that kind."""

    def placed(self, path: str) -> str:
        """What stands for a path in the tree."""

    def marked(self, label: str) -> str:
        """A line that adds ``(label, __name__)`` to the trace."""

    def told(self, label: str, value: str) -> str:
        """A line that adds the label and a value to the trace."""

    def imports(self) -> Iterator[str]:
        """The lines that the text needs before all others but its docstring."""

    def anew(self) -> "Spelling":
        """The same, for another text."""

    def beside(self) -> "Spelling":
        """The same, for the text of a file of the tree."""

    def executed(self, path: str) -> Iterator[str]:
        """The lines by which a file of that path tells that it is executed, if it does."""

    def ended(self, path: str, number: int) -> Iterator[str]:
        """The lines by which it tells that the statement of that number has ended."""


class Judged:
    """By names that no case can bind (``permitted.HOST``): whatever a case does, its text says the same."""

    signs: Final = False

    def builtin(self, name: str) -> str:
        """``_ValueError``."""
        return f"_{name}"

    def module(self, name: str) -> str:
        """``_sys``, and from ``_host`` what is asked for more seldom."""
        return "_sys" if name == "sys" else f"_host[{ascii(name)}]"

    def function(self, module: str, name: str) -> str:
        """That of the module, built-in ones too."""
        return f"{self.module(module)}.{name}"

    def trusted(self, kind: str, text: str) -> str:
        """``_host`` lets it pass if it is."""
        return f"_host.trusted({ascii(kind)}, {text})"

    def placed(self, path: str) -> str:
        """``_tree`` is the directory of the case."""
        return f"_tree + {ascii('/' + path)}"

    def marked(self, label: str) -> str:
        """By ``_mark``."""
        return self.told(label, "__name__")

    def told(self, label: str, value: str) -> str:
        """By ``_mark``, too."""
        return f"_mark({ascii(label)}, {value})"

    def imports(self) -> Iterator[str]:
        """None: the host is there."""
        yield from ()

    def anew(self) -> "Judged":
        """Itself."""
        return self

    def beside(self) -> "Judged":
        """Itself, too."""
        return self

    def executed(self, path: str) -> Iterator[str]:
        """It is an event."""
        yield self.marked(path)

    def ended(self, path: str, number: int) -> Iterator[str]:
        """That too."""
        yield f"_mark({ascii(path)}, {number})"


class Plain:
    """As a person writes it: a module is imported at the top of the text, a built-in name stands for itself.

    ``taken`` are the names that the case may bind; what the text needs by such a name is called otherwise.
    ``directory`` is the path from where the case works to its tree. With ``traced`` a mark is one, as the host makes
    it, and else it is printed. With ``telling`` files tell that they are executed, as they do if it is traced.
    """

    signs: Final = True

    def __init__(
        self,
        taken: AbstractSet[str] = frozenset(),
        *,
        directory: str = "",
        traced: bool = False,
        telling: bool = False,
    ) -> None:
        self._taken = taken
        self._directory = directory
        self._traced = traced
        self._telling = telling
        self._needed: dict[str, str] = {}

    def builtin(self, name: str) -> str:
        """``ValueError``, or ``_builtins.ValueError``."""
        return f"{self.module('builtins')}.{name}" if name in self._taken else name

    def module(self, name: str) -> str:
        """``importlib``, or ``_importlib``."""
        first = name.partition(".")[0]
        if first not in self._taken and name != "builtins":
            self._needed[f"import {name}"] = first
            return name
        other = f"_{name.replace('.', '_')}"
        while other in self._taken:
            other += "_"
        self._needed[f"import {name} as {other}"] = other
        return other

    def function(self, module: str, name: str) -> str:
        """That of the module, but a built-in one by its name."""
        return self.builtin(name) if module == "builtins" else f"{self.module(module)}.{name}"

    def trusted(self, kind: str, text: str) -> str:
        """Itself."""
        return text

    def placed(self, path: str) -> str:
        """Made absolute, since the case works where its tree is."""
        return f"{self.module('os')}.path.abspath({ascii(self._directory + path)})"

    def marked(self, label: str) -> str:
        """By ``print``."""
        return self.told(label, "__name__")

    def told(self, label: str, value: str) -> str:
        """By ``print``, too."""
        return f"{'_mark' if self._traced else self.builtin('print')}({ascii(label)}, {value})"

    def imports(self) -> Iterator[str]:
        """An import of each module that the text refers to; one of a submodule is one of its package."""
        for line in sorted(self._needed):
            if not any(other.startswith(f"{line}.") for other in self._needed):
                yield line

    def names(self) -> frozenset[str]:
        """The names that these imports bind."""
        return frozenset(self._needed.values())

    def anew(self) -> "Plain":
        """The same, for a text that refers to nothing yet."""
        return Plain(self._taken, directory=self._directory, traced=self._traced, telling=self._telling)

    def beside(self) -> "Plain":
        """That, too."""
        return self.anew()

    def executed(self, path: str) -> Iterator[str]:
        """By a mark, if it does."""
        yield from [self.marked(path)] * (self._traced or self._telling)

    def ended(self, path: str, number: int) -> Iterator[str]:
        """If marks are traced."""
        yield from [f"_mark({ascii(path)}, {number})"] * self._traced


JUDGED: Final = Judged()
"""The spelling that is judged."""


def constant(value: Literal) -> str:
    """The text of a constant."""
    if not isinstance(value, Items):
        return ascii(value)
    inner = ", ".join(constant(item) for item in value.items)
    if value.mutable:
        return f"[{inner}]"
    return f"({inner},)" if len(value.items) == 1 else f"({inner})"
