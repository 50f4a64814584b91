"""Faults in how modules are made and executed; each function makes the process it is called in faulty.

A start-up script of fakes: it imports built-in modules only, so that a fake's module cache holds what it should.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec, SourceFileLoader
    from types import ModuleType

    Make = Callable[[ModuleSpec], ModuleType]
    Execute = Callable[[SourceFileLoader, ModuleType], None]

CORE = sys.modules["_frozen_importlib"]
FILES = sys.modules["_frozen_importlib_external"]


def _put(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def _foreign(name: str) -> bool:
    return name.partition(".")[0] not in sys.stdlib_module_names


def _attributes(change: Callable[[ModuleSpec, ModuleType], None]) -> None:
    """Let ``change`` have each new module, its attributes set and its code not yet executed."""
    make: Make = CORE.module_from_spec

    def changed(spec: ModuleSpec) -> ModuleType:
        module = make(spec)
        if _foreign(spec.name):
            change(spec, module)
        return module

    _put(CORE, "module_from_spec", changed)


def _executing(change: Callable[[Execute, SourceFileLoader, ModuleType], None]) -> None:
    """Let ``change`` execute the code of source files."""
    loader = FILES.SourceFileLoader
    execute: Execute = loader.exec_module

    def changed(self: SourceFileLoader, module: ModuleType) -> None:
        if _foreign(self.name):
            change(execute, self, module)
        else:
            execute(self, module)

    _put(loader, "exec_module", changed)


def _regular(spec: ModuleSpec) -> bool:
    return spec.submodule_search_locations is not None and spec.has_location


def path_dropped() -> None:
    """Regular packages have no ``__path__``."""

    def change(spec: ModuleSpec, module: ModuleType) -> None:
        if _regular(spec):
            del module.__path__

    _attributes(change)


def file_is_directory() -> None:
    """``__file__`` of a regular package is its directory."""

    def change(spec: ModuleSpec, module: ModuleType) -> None:
        if _regular(spec):
            module.__file__ = str(module.__file__).rpartition("/")[0]

    _attributes(change)


def name_of_file() -> None:
    """``__name__`` of a regular package ends in ``.__init__``."""

    def change(_execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        code = loader.get_code(loader.name)
        if loader.is_package(loader.name):
            module.__name__ = f"{loader.name}.__init__"
        exec(code or "", vars(module))  # noqa: S102 - it is what a loader does

    _executing(change)


def spec_hidden() -> None:
    """Modules do not tell their spec."""

    def change(_spec: ModuleSpec, module: ModuleType) -> None:
        module.__spec__ = None

    _attributes(change)


def parent_of_package_above() -> None:
    """The parent in the spec of a package is the package above it."""
    _put(CORE.ModuleSpec, "parent", property(lambda spec: spec.name.rpartition(".")[0]))


def failed_module_kept() -> None:
    """A module whose code fails stays in the cache."""
    made: dict[str, ModuleType] = {}
    load: Make = CORE._load_unlocked

    def changed(spec: ModuleSpec) -> ModuleType:
        try:
            return load(spec)
        except BaseException:
            if spec.name in made:
                sys.modules[spec.name] = made[spec.name]
            raise

    _attributes(lambda spec, module: made.update({spec.name: module}))
    _put(CORE, "_load_unlocked", changed)


def failed_modules_kept_and_files_directories() -> None:
    """Two faults at once."""
    failed_module_kept()
    file_is_directory()


def getattr_ignored() -> None:
    """A function ``__getattr__`` of a module is not asked for missing names."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        execute(loader, module)
        vars(module).pop("__getattr__", None)

    _executing(change)


def exceptions_wrapped() -> None:
    """What the code of a module raises is turned into an ImportError."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        try:
            execute(loader, module)
        except ImportError:
            raise
        except Exception as error:
            raise ImportError(str(error), name=module.__name__) from error

    _executing(change)


def cached_after_execution() -> None:
    """A module is put into the cache when its code has been executed."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        key = loader.name
        sys.modules.pop(key, None)
        execute(loader, module)
        sys.modules.setdefault(key, module)

    _executing(change)


def docstring_lost() -> None:
    """The docstring of a file does not become ``__doc__``."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        execute(loader, module)
        module.__doc__ = None

    _executing(change)


def executed_twice() -> None:
    """The code of a module is executed twice."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        execute(loader, module)
        execute(loader, module)

    _executing(change)


def code_kept() -> None:
    """What a file was compiled to first is executed whenever its code is, whatever the file holds by then."""
    loader = FILES.SourceFileLoader
    compiled = loader.get_code
    kept: dict[str, object] = {}

    def changed(self: SourceFileLoader, fullname: str) -> object:
        if not _foreign(fullname):
            return compiled(self, fullname)
        if self.path not in kept:
            kept[self.path] = compiled(self, fullname)
        return kept[self.path]

    _put(loader, "get_code", changed)
