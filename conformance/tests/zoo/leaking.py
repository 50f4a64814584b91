"""Faults by which something reaches where it does not belong; each makes the process it is called in faulty.

A start-up script of fakes: it imports built-in modules only, so that a fake's module cache holds what it should.
"""

from __future__ import annotations

import builtins
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence
    from types import ModuleType

    Names = Sequence[str] | None
    Scope = MutableMapping[str, object] | None
    Import = Callable[[str, Scope, Scope, Names, int], ModuleType]
    Then = Callable[[ModuleType, MutableMapping[str, object], Sequence[str]], None]

FILES = sys.modules["_frozen_importlib_external"]


def _after_importing(then: Then) -> None:
    """Let ``then`` follow each import of a case, by what it gives, the globals it is executed in, and the names."""
    original: Import = builtins.__import__

    def changed(
        name: str,
        globals: Scope = None,  # noqa: A002 - the names of its parameters are documented
        locals: Scope = None,  # noqa: A002, ARG001 - the same
        fromlist: Names = (),
        level: int = 0,
    ) -> object:
        module = original(name, globals, None, fromlist, level)
        if globals is not None and (level or name.partition(".")[0] not in sys.stdlib_module_names):
            then(module, globals, fromlist or ())
        return module

    vars(builtins)["__import__"] = changed


def listing_exported() -> None:
    """A star import binds ``__all__`` too."""

    def then(module: ModuleType, scope: MutableMapping[str, object], names: Sequence[str]) -> None:
        if "*" in names and "__all__" in vars(module):
            scope.setdefault("__all__", module.__all__)

    _after_importing(then)


def starred_names_everywhere() -> None:
    """What a star import binds can be read in every module."""

    def then(module: ModuleType, _scope: MutableMapping[str, object], names: Sequence[str]) -> None:
        if "*" in names:
            vars(builtins).update({name: item for name, item in vars(module).items() if not name.startswith("_")})

    _after_importing(then)


def imported_names_everywhere() -> None:
    """A module that was imported in a function can be read by its name in every module."""

    def then(module: ModuleType, scope: MutableMapping[str, object], names: Sequence[str]) -> None:
        if not names and sys._getframe(2).f_locals is not scope:
            vars(builtins)[module.__name__] = module

    _after_importing(then)


def removed_root_forgotten() -> None:
    """An entry of ``sys.path`` that was removed is not searched any more, also where it was appended again."""
    finder = FILES.PathFinder
    search = finder._get_spec
    seen: dict[str, bool] = {}

    def changed(name: str, path: Sequence[str], target: object = None) -> object:
        if path is not sys.path:
            return search(name, path, target)
        seen.update({entry: False for entry in seen if entry not in path})
        seen.update({entry: True for entry in path if entry not in seen})
        return search(name, [entry for entry in path if seen[entry]], target)

    setattr(finder, "_get_spec", staticmethod(changed))  # noqa: B010 - it is not to be set
