"""How the text of a case refers to what is not its own, and writes down what is."""

from typing import Final, NamedTuple

from harness.model.language.constants import Items, Literal

INDENT: Final = "    "


class Spelling(NamedTuple):
    """How a text refers to its host: what stands before a built-in name, and modules of the library."""

    built_in: str
    sys: str
    module: str
    """What gives a module of the library, but for its name."""

    def function(self, module: str, name: str) -> str:
        """The text of a function of the library."""
        if module == "builtins" and not self.built_in:
            return name
        return f"{self.module.format(ascii(module))}.{name}"


JUDGED: Final = Spelling("_", "_sys", "_host[{}]")
"""By names that no case can bind."""

PLAIN: Final = Spelling("", '__import__("sys")', "__import__({})")
"""As people read it: the same, unless the case binds such a name."""


def event(label: str) -> str:
    """A line that adds ``(label, __name__)`` to the trace."""
    return f"_mark({ascii(label)}, __name__)"


def placed(path: str) -> str:
    """The text of a path in the tree."""
    return f"_tree + {ascii('/' + path)}"


def constant(value: Literal) -> str:
    """The text of a constant."""
    if not isinstance(value, Items):
        return ascii(value)
    inner = ", ".join(constant(item) for item in value.items)
    if value.mutable:
        return f"[{inner}]"
    return f"({inner},)" if len(value.items) == 1 else f"({inner})"
