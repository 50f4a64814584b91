"""Files and directories that look like modules and are none, and names that no import statement can spell."""

from typing import Final, Literal, TypeAlias

from generators.choices import Roll, weighted

Placed: TypeAlias = tuple[Literal["source", "data", "directory"], str, str]
"""What is to stand in the tree: its kind, its path in the root, and its text where it is data."""

_SUFFIXES: Final = weighted(
    (4, ".so"),
    (3, ".pyc"),
    (2, ".abi3.so"),
    (2, ".cpython-312-x86_64-linux-gnu.so"),
    (1, ".pypy311-pp73-x86_64-linux-gnu.so"),
    (1, ".pyd"),
    (1, ".pyw"),
    (1, ".pyi"),
    (1, ".PY"),
    (1, ".dll"),
)
_TEXTS: Final = weighted((3, "data"), (1, ""), (1, "x = 1\n"))
_CONSTANTS: Final = weighted((2, "x = 1\n"), (1, ""))
_SHAPES: Final = weighted((5, "module"), (3, "package"), (1, "both"), (3, "named"), (2, "directory"))
_NAMED: Final = (
    "__init__.py",
    "__init__.py",
    "__init__.py",
    "__init__.py",
    "__init__.py",
    "__main__.py",
    "A.py",
    "a.b.py",
    ".py",
    "1.py",
    "a b.py",
    "\u00e9.py",
    "-.py",
    "a.txt",
)
_DIRECTORIES: Final = ("a.py", "b.so", "__init__.py", "a.b", "a.pyc")


def odd(dice: Roll, path: str) -> tuple[Placed, ...]:
    """Something odd at ``path``, which is a place for a module."""
    parent = path.rpartition("/")[0]
    beside = f"{parent}/" if parent else ""
    match dice.pick(_SHAPES):
        case "module":
            return (_data(dice, path),)
        case "package":
            return (_data(dice, f"{path}/__init__"),)
        case "both":
            return (_data(dice, path), ("source", f"{path}.py", ""))
        case "named":
            return (("source", f"{beside}{dice.pick(_NAMED)}", ""),)
        case _:
            name = dice.pick(_DIRECTORIES)
            below = dice.pick((f"{path}/{name}", f"{beside}{name}"))
            return (("directory", below, ""), *((("source", f"{below}/b.py", ""),) if dice.chance(40) else ()))


def _data(dice: Roll, path: str) -> Placed:
    suffix = dice.pick(_SUFFIXES)
    constants = suffix.lower() in {".py", ".pyw", ".pyi"}
    return ("data", path + suffix, dice.pick(_CONSTANTS if constants else _TEXTS))
