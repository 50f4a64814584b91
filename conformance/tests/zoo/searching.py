"""Faults in how modules are found and cached; each function makes the process it is called in faulty.

A start-up script of fakes: it imports built-in modules only, so that a fake's module cache holds what it should.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import FileFinder, ModuleSpec
    from types import ModuleType

    Import = Callable[[str], ModuleType]
    Load = Callable[[str, Import], ModuleType]

CORE = sys.modules["_frozen_importlib"]
FILES = sys.modules["_frozen_importlib_external"]
KNOWN = sys.stdlib_module_names | {"sitecustomize", "usercustomize"}


def _put(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def _foreign(name: str) -> bool:
    return name.partition(".")[0] not in KNOWN


def _loading(change: Callable[[Load, str, Import], ModuleType]) -> None:
    """Let ``change`` do what finds and loads a module that is not cached."""
    load: Load = CORE._find_and_load

    def changed(name: str, import_: Import) -> ModuleType:
        return change(load, name, import_) if _foreign(name) else load(name, import_)

    _put(CORE, "_find_and_load", changed)


def key_error_for_missing() -> None:
    """A module that is not found is a KeyError."""

    def change(load: Load, name: str, import_: Import) -> ModuleType:
        try:
            return load(name, import_)
        except ModuleNotFoundError as error:
            raise (KeyError(name) if error.name == name else error) from None

    _loading(change)


def plain_error_for_missing() -> None:
    """A module that is not found is an ImportError, but no ModuleNotFoundError."""

    def change(load: Load, name: str, import_: Import) -> ModuleType:
        try:
            return load(name, import_)
        except ModuleNotFoundError as error:
            raise (ImportError(error.msg, name=name) if error.name == name else error) from None

    _loading(change)


def parent_binding_forgotten() -> None:
    """A submodule does not become an attribute of its package."""

    def change(load: Load, name: str, import_: Import) -> ModuleType:
        module = load(name, import_)
        parent, _, tail = name.rpartition(".")
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(tail, None)
        return module

    _loading(change)


def parents_removed_upon_failure() -> None:
    """A submodule that fails takes its packages out of the cache too."""

    def change(load: Load, name: str, import_: Import) -> ModuleType:
        try:
            return load(name, import_)
        except BaseException:
            parent = name.rpartition(".")[0]
            while parent:
                sys.modules.pop(parent, None)
                parent = parent.rpartition(".")[0]
            raise

    _loading(change)


def none_entry_ignored() -> None:
    """``None`` in the module cache does not keep a module from being found."""

    def change(load: Load, name: str, import_: Import) -> ModuleType:
        if name in sys.modules and sys.modules[name] is None:
            del sys.modules[name]
        return load(name, import_)

    _loading(change)


def last_root_first() -> None:
    """Path entries are searched from the last to the first."""
    finder = FILES.PathFinder
    find: Callable[..., ModuleSpec | None] = finder.find_spec

    def changed(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        entries = sys.path if path is None else path
        return find(name, [*entries][::-1] if _foreign(name) else path, target)

    _put(finder, "find_spec", staticmethod(changed))


def module_before_package() -> None:
    """Within a path entry a module is preferred to a package of its name."""
    finder = FILES.FileFinder
    find: Callable[[FileFinder, str, ModuleType | None], ModuleSpec | None] = finder.find_spec

    def changed(self: FileFinder, name: str, target: ModuleType | None = None) -> ModuleSpec | None:
        file = f"{self.path}/{name.rpartition('.')[2]}.py"
        if not FILES._path_isfile(file):
            return find(self, name, target)
        spec: ModuleSpec | None = FILES.spec_from_file_location(name, file)
        return spec

    _put(finder, "find_spec", changed)


def first_portion_only() -> None:
    """A namespace package has the first of its portions only."""
    path = FILES._NamespacePath
    begin: Callable[[object, str, Sequence[str], object], None] = path.__init__

    def changed(self: object, name: str, portions: Sequence[str], finder: object) -> None:
        begin(self, name, portions[:1], finder)

    _put(path, "__init__", changed)


def submodule_before_attribute() -> None:
    """``from package import name`` prefers a submodule to an attribute of that name."""
    handle: Callable[..., ModuleType] = CORE._handle_fromlist

    def changed(module: ModuleType, names: Sequence[str], import_: Import, **rest: bool) -> ModuleType:
        for name in names if _foreign(module.__name__) else ():
            if name != "*" and f"{module.__name__}.{name}" not in sys.modules:
                try:
                    import_(f"{module.__name__}.{name}")
                except ModuleNotFoundError:
                    continue
        return handle(module, names, import_, **rest)

    _put(CORE, "_handle_fromlist", changed)


def failing_submodule_taken_for_missing() -> None:
    """``from package import submodule`` takes whatever goes wrong inside the submodule for its absence."""
    handle: Callable[..., ModuleType] = CORE._handle_fromlist

    def changed(module: ModuleType, names: Sequence[str], import_: Import, **rest: bool) -> ModuleType:
        try:
            return handle(module, names, import_, **rest)
        except ImportError:
            return module

    _put(CORE, "_handle_fromlist", changed)
