"""Faults in what import statements import and bind; each function makes the process it is called in faulty.

A start-up script of fakes: it imports built-in modules only, so that a fake's module cache holds what it should.
"""

from __future__ import annotations

import builtins
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Names = Sequence[str] | None
    Scope = Mapping[str, object] | None
    Import = Callable[[str, Scope, Scope, Names, int], object]


class _View:
    """What a star import sees of a module: an object with these attributes and nothing else."""

    def __init__(self, names: Mapping[str, object], listed: Sequence[str]) -> None:
        vars(self).update(names)
        vars(self)["__all__"] = list(listed)


def _importing(change: Callable[[Import, str, Scope, Names, int], object]) -> None:
    """Let ``change`` do what import statements do, by the import there is, and a name, globals, names and a level."""
    original: Import = builtins.__import__

    def changed(
        name: str,
        globals: Scope = None,  # noqa: A002 - the names of its parameters are documented
        locals: Scope = None,  # noqa: A002, ARG001 - the same
        fromlist: Names = (),
        level: int = 0,
    ) -> object:
        if not level and name.partition(".")[0] in sys.stdlib_module_names:
            return original(name, globals, None, fromlist, level)
        return change(original, name, globals, fromlist, level)

    vars(builtins)["__import__"] = changed


def _starred(listed: Callable[[Mapping[str, object]], Sequence[str]]) -> None:
    """Let star imports bind what ``listed`` gives for the namespace of a module."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> object:
        module = original(name, globals_, None, names, level)
        starred = names is not None and "*" in names
        return _View(vars(module), listed(vars(module))) if starred else module

    _importing(change)


def underscored_names_taken() -> None:
    """A star import takes names with an underscore too."""
    _starred(lambda held: [name for name in held if not name.endswith("__")])


def all_ignored() -> None:
    """A star import takes all public names, whatever ``__all__`` lists."""
    _starred(lambda held: [name for name in held if not name.startswith("_")])


def level_off_by_one() -> None:
    """Two and more dots lead one package less upwards."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> object:
        return original(name, globals_, None, names, level - 1 if level > 1 else level)

    _importing(change)


def stopped_at_the_top() -> None:
    """A relative import that leads beyond the top-level package is one from the top-level package."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> object:
        package = str(globals_.get("__package__") or "") if globals_ else ""
        most = package.count(".") + 1 if package else level
        return original(name, globals_, None, names, min(level, most))

    _importing(change)


def executed_at_every_import() -> None:
    """``import name`` forgets a module that was imported before, and executes it again."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> object:
        spec = getattr(sys.modules.get(name), "__spec__", None)
        if not level and spec is not None and not getattr(spec, "_initializing", False):
            del sys.modules[name]
        return original(name, globals_, None, names, level)

    _importing(change)


def submodule_bound() -> None:
    """``import a.b`` binds ``a.b``."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> object:
        top = original(name, globals_, None, names, level)
        return top if names or level else sys.modules.get(name, top)

    _importing(change)


def fresh_module_in_a_circle() -> None:
    """A circular import gives an empty module instead of the partly initialised one."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> object:
        held = sys.modules.get(name)
        if not level and getattr(getattr(held, "__spec__", None), "_initializing", False):
            return type(sys)(name)
        return original(name, globals_, None, names, level)

    _importing(change)


def from_import_of_the_top() -> None:
    """``from a.b import name`` takes the name from ``a``."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> object:
        module = original(name, globals_, None, names, level)
        return module if level else sys.modules.get(name.partition(".")[0], module)

    _importing(change)
