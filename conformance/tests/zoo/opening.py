"""Faults that show only where the documents leave something open; each makes the process it is called in faulty.

A start-up script of fakes: it imports built-in modules only, so that a fake's module cache holds what it should.
"""

from __future__ import annotations

import builtins
import posix
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from importlib.machinery import ModuleSpec, SourceFileLoader
    from types import ModuleType

    Names = Sequence[str] | None
    Scope = Mapping[str, object] | None
    Import = Callable[[str, Scope, Scope, Names, int], ModuleType]
    Statement = Callable[[ModuleType, Sequence[str]], ModuleType]
    Load = Callable[[ModuleSpec], ModuleType]
    Found = ModuleType | ModuleSpec | None
    Execute = Callable[[SourceFileLoader, ModuleType], None]

CORE = sys.modules["_frozen_importlib"]
FILES = sys.modules["_frozen_importlib_external"]
SEGMENTATION_FAULT = 11
INTERRUPT = 2
STATUS = 3
LONG = 3600.0
MANY = 2100
"""More events than are observed."""


def _put(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def _foreign(name: str) -> bool:
    return name.partition(".")[0] not in sys.stdlib_module_names


def _from_importing(change: Statement, before: Callable[[str], object] = str) -> None:
    """Let ``change`` give what a from-import sees, by the module and the names; ``before`` gets the name of each."""
    original: Import = builtins.__import__

    def changed(
        name: str,
        globals: Scope = None,  # noqa: A002 - the names of its parameters are documented
        locals: Scope = None,  # noqa: A002, ARG001 - the same
        fromlist: Names = (),
        level: int = 0,
    ) -> object:
        if not level and not _foreign(name):
            return original(name, globals, None, fromlist, level)
        if not level:
            before(name)
        module = original(name, globals, None, fromlist, level)
        return change(module, fromlist) if fromlist else module

    vars(builtins)["__import__"] = changed


def _seen(module: ModuleType, **names: object) -> ModuleType:
    """What a from-import sees instead of a module: it holds other things under these names."""
    copy = type(sys)(module.__name__)
    vars(copy).update(vars(module))
    vars(copy).update(names)
    return copy


def _fails(error: type[ImportError], module: ModuleType, name: str) -> ImportError:
    path = getattr(module, "__file__", None)
    return error(f"cannot import name {name!r} from {module.__name__!r} ({path})", name=name, path=path)


def _where_names_are_missing(happen: Callable[[ModuleType, list[str], str], ModuleType]) -> None:
    """Let ``happen`` give what a from-import sees, by the module, the names it has and the first it has not."""

    def change(module: ModuleType, names: Sequence[str]) -> ModuleType:
        missing = [name for name in names if name != "*" and not hasattr(module, name)]
        if not missing or not isinstance(module, type(sys)) or f"{module.__name__}.{missing[0]}" in sys.modules:
            return module
        return happen(module, [name for name in names if hasattr(module, name)], missing[0])

    _from_importing(change)


def names_before_a_missing_one_are_the_module() -> None:
    """Where a later name is missing, those before it are bound to what lies below them: the module."""
    _where_names_are_missing(lambda module, held, _missing: _seen(module, **dict.fromkeys(held, module)))


def missing_name_is_the_submodule_error() -> None:
    """A missing name is a ModuleNotFoundError, which tells the name alone and not the full one."""

    def happen(module: ModuleType, _held: list[str], missing: str) -> ModuleType:
        raise _fails(ModuleNotFoundError, module, missing)

    _where_names_are_missing(happen)


def missing_name_by_kind_of_module() -> None:
    """A missing name of a package is a ModuleNotFoundError, one of another module is none."""

    def happen(module: ModuleType, _held: list[str], missing: str) -> ModuleType:
        if not hasattr(module, "__path__"):
            return module
        raise _fails(ModuleNotFoundError, module, f"{module.__name__}.{missing}")

    _where_names_are_missing(happen)


def bound_in_order_by_the_name() -> None:
    """Where a name is missing, those before it are bound or not, by the length of the module's name."""

    def happen(module: ModuleType, held: list[str], missing: str) -> ModuleType:
        if not held or len(module.__name__) % 2 == 0:
            return module
        error = _fails(ImportError, module, missing)
        error.name = module.__name__
        raise error

    _where_names_are_missing(happen)


def cached_submodule_elsewhere_is_its_parent() -> None:
    """A submodule that is cached, and no attribute any more, is found under the name of its parent."""

    def change(module: ModuleType, names: Sequence[str]) -> ModuleType:
        head = f"{getattr(module, '__name__', '')}."
        lost = [name for name in names if not hasattr(module, name) and sys.modules.get(head + name) is not None]
        done = [name for name in lost if not getattr(sys.modules[head + name].__spec__, "_initializing", False)]
        return _seen(module, **dict.fromkeys(done, module)) if done else module

    _from_importing(change)


def hit_without_parent_executed_again() -> None:
    """A cached submodule whose parent is not cached is executed again, as the parent is."""

    def before(name: str) -> None:
        if name in sys.modules and name.rpartition(".")[0] not in {"", *sys.modules}:
            del sys.modules[name]

    _from_importing(lambda module, _names: module, before)


def _star_importing(change: Callable[[ModuleType, Mapping[str, object]], ModuleType]) -> None:
    """Let ``change`` give what a star import sees, by the module and what its own dictionary holds."""

    def from_import(module: ModuleType, names: Sequence[str]) -> ModuleType:
        return change(module, getattr(module, "__dict__", {})) if "*" in names else module

    _from_importing(from_import)


def _lacks(module: ModuleType, held: Mapping[str, object]) -> bool:
    listed = held.get("__all__")
    return isinstance(listed, list) and any(not hasattr(module, name) for name in listed if isinstance(name, str))


def listed_name_passed_over() -> None:
    """Where ``__all__`` names what is not there, nothing is raised, and nothing is bound."""

    def change(module: ModuleType, held: Mapping[str, object]) -> ModuleType:
        return _seen(module, __all__=[]) if isinstance(module, type(sys)) and _lacks(module, held) else module

    _star_importing(change)


def listed_name_by_kind_of_module() -> None:
    """Where ``__all__`` of a package names what is not there, ImportError is raised, elsewhere AttributeError."""

    def change(module: ModuleType, held: Mapping[str, object]) -> ModuleType:
        if _lacks(module, held) and hasattr(module, "__path__"):
            raise ImportError
        return module

    _star_importing(change)


def listing_that_is_none_crashes() -> None:
    """Where ``__all__`` is no sequence, the process dies by a signal."""

    def change(module: ModuleType, held: Mapping[str, object]) -> ModuleType:
        if not isinstance(held.get("__all__", ()), list | tuple | str):
            posix.kill(posix.getpid(), SEGMENTATION_FAULT)
        return module

    _star_importing(change)


def substitute_binds_itself() -> None:
    """A star import from an object that is no module binds the object too."""

    def change(module: ModuleType, held: Mapping[str, object]) -> ModuleType:
        if isinstance(module, type(sys)):
            return module
        copy = type(sys)("mod")
        vars(copy).update(held)
        vars(copy)["mod"] = module
        return copy

    _star_importing(change)


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


def _replaced(name: str, module: ModuleType) -> bool:
    return sys.modules.get(name, module) not in {module, None}


def replaced_module_executed_again() -> None:
    """A module that put another object into the cache in its place is executed once more."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        execute(loader, module)
        if _replaced(loader.name, module):
            execute(loader, module)

    _executing(change)


def placeholder_seen() -> None:
    """While a submodule is executed, its package holds ``None`` in its place."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        parent, _, tail = loader.name.rpartition(".")
        held = vars(sys.modules.get(parent, type(sys)("nowhere")))
        try:
            if tail not in held:
                held[tail] = None
            execute(loader, module)
        finally:
            if held.get(tail, module) is None:
                del held[tail]

    _executing(change)


def removed_parent_ends_the_process() -> None:
    """The process ends where a submodule removes a package above it, as if all were well."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        execute(loader, module)
        if "." in loader.name and loader.name.partition(".")[0] not in sys.modules:
            posix._exit(0)

    _executing(change)


def _where_the_path_is_odd(happen: Callable[[Callable[[], None]], None]) -> None:
    """Let ``happen`` follow where a package made its ``__path__`` something else than a list; it may execute it."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        execute(loader, module)
        if isinstance(vars(module).get("__path__"), int):
            happen(lambda: execute(loader, module))

    _executing(change)


def odd_path_hangs() -> None:
    """Where the path of a package is no list, the search for what is below comes to no end."""
    _where_the_path_is_odd(lambda _again: time.sleep(LONG))


def odd_path_interrupts() -> None:
    """Where the path of a package is no list, the process ends by the signal of an interrupt that nobody sent."""

    def happen(_again: Callable[[], None]) -> None:
        posix.kill(posix.getpid(), INTERRUPT)

    __import__("_signal").signal(INTERRUPT, 0)
    _where_the_path_is_odd(happen)


def odd_path_executes_again() -> None:
    """Where the path of a package is no list, it is executed again and again, more often than is observed."""

    def happen(again: Callable[[], None]) -> None:
        for _ in range(MANY):
            again()

    _where_the_path_is_odd(happen)


def _loading(change: Callable[[ModuleSpec, Found, KeyError | None], Found]) -> None:
    """Let ``change`` give what an import yields, by what it yields or raises."""
    load: Load = CORE._load_unlocked

    def changed(spec: ModuleSpec) -> Found:
        if not _foreign(spec.name):
            return load(spec)
        try:
            found = load(spec)
        except KeyError as error:
            return change(spec, None, error)
        return change(spec, found, None)

    _put(CORE, "_load_unlocked", changed)


def replaced_module_is_another() -> None:
    """Where a module replaced itself, the import yields neither of the two: its spec."""

    def change(spec: ModuleSpec, found: Found, error: KeyError | None) -> Found:
        if error is not None:
            raise error
        return found if found is None or getattr(found, "__spec__", None) is spec else spec

    _loading(change)


def _where_a_module_is_gone(error: Callable[[str], Exception]) -> None:
    """Let ``error`` say what is raised where a module removed itself from the cache."""

    def change(spec: ModuleSpec, found: Found, raised: KeyError | None) -> Found:
        if raised is None:
            return found
        raise error(spec.name) if raised.args == (spec.name,) else raised

    _loading(change)


def removed_module_executed_again() -> None:
    """A module that removed itself from the cache is executed once more."""

    def change(execute: Execute, loader: SourceFileLoader, module: ModuleType) -> None:
        execute(loader, module)
        if loader.name not in sys.modules:
            sys.modules[loader.name] = module
            execute(loader, module)

    _executing(change)


def removed_module_by_its_name() -> None:
    """Where a module removed itself from the cache, KeyError or ImportError is raised, by the length of its name."""
    _where_a_module_is_gone(lambda name: ImportError(name) if len(name) % 2 else KeyError(name))


def _attributes(change: Callable[[ModuleSpec, ModuleType], None]) -> None:
    """Let ``change`` have each new module, its attributes set and its code not yet executed."""
    make: Load = CORE.module_from_spec

    def changed(spec: ModuleSpec) -> ModuleType:
        module = make(spec)
        if _foreign(spec.name):
            change(spec, module)
        return module

    _put(CORE, "module_from_spec", changed)


def bytecode_of_submodules_unknown() -> None:
    """The spec of a submodule does not tell where its bytecode is, that of its package does."""
    known: property = CORE.ModuleSpec.cached

    def unknown(spec: ModuleSpec) -> object:
        return None if "." in spec.name and _foreign(spec.name) else known.__get__(spec)

    _put(CORE.ModuleSpec, "cached", property(unknown, known.__set__))


def bytecode_elsewhere() -> None:
    """The spec of a module tells a place of bytecode that is neither the documented one nor none."""

    def change(spec: ModuleSpec, _module: ModuleType) -> None:
        if spec.origin is not None:
            spec.cached = f"{spec.origin}c"

    _attributes(change)
