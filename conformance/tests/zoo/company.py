"""Faults that show only in the company of a known departure of CPython; each makes the process it is called in faulty.

A start-up script of fakes: it imports built-in modules only, so that a fake's module cache holds what it should.
"""

from __future__ import annotations

import builtins
import posix
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    Names = Sequence[str] | None
    Scope = Mapping[str, object] | None
    Import = Callable[[str, Scope, Scope, Names, int], ModuleType]
    Change = Callable[[Import, str, Scope, Names, int], ModuleType]
    Inner = Callable[[str], ModuleType]
    Load = Callable[[str, Inner], ModuleType | None]

CORE = sys.modules["_frozen_importlib"]
ABORTED = 6
STATUS = 3


def _put(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def _importing(change: Change) -> None:
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


def _seen(module: ModuleType, **names: object) -> ModuleType:
    """What an import statement sees instead of a module: it holds other things under these names."""
    copy = type(sys)(module.__name__)
    vars(copy).update(vars(module))
    vars(copy).update(names)
    return copy


def _blocked(module: object, name: str) -> bool:
    """Whether a from-import finds nothing but a ``None`` entry under that name."""
    key = f"{getattr(module, '__name__', '')}.{name}"
    return not hasattr(module, name) and key in sys.modules and sys.modules[key] is None


def _at_none_entries(happen: Callable[[ModuleType, str], ModuleType]) -> None:
    """Let ``happen`` give what is seen instead of a module, where one of its names is a ``None`` entry."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> ModuleType:
        module = original(name, globals_, None, names, level)
        found = [each for each in names or () if _blocked(module, each)]
        return happen(module, found[0]) if found else module

    _importing(change)


def none_entry_crashes() -> None:
    """An object is used although the entry is ``None``: the process dies by a signal."""

    def happen(module: ModuleType, _name: str) -> ModuleType:
        posix.kill(posix.getpid(), ABORTED)
        return module

    _at_none_entries(happen)


def none_entry_ends_the_process() -> None:
    """The process ends at a ``None`` entry, as if all were well."""

    def happen(_module: ModuleType, _name: str) -> ModuleType:
        posix._exit(0)

    _at_none_entries(happen)


def none_entry_is_the_module() -> None:
    """What stays on the stack where the entry is ``None`` is the module: the name is bound to it."""
    _at_none_entries(lambda module, name: _seen(module, **{name: module}))


def none_entry_removed() -> None:
    """A ``None`` entry that was met is cleared away."""

    def happen(module: ModuleType, name: str) -> ModuleType:
        del sys.modules[f"{module.__name__}.{name}"]
        return _seen(module, **{name: None})

    _at_none_entries(happen)


def _as_follows() -> Callable[[], bool]:
    """Whether the import statement that is executed has an ``as``: what follows in its code takes an attribute."""
    met: list[int] = []

    def probe(*_arguments: object) -> object:
        frame = sys._getframe(1)
        met.append(frame.f_code.co_code[frame.f_lasti + 2])
        return sys

    exec("import sys.path as _", {"__builtins__": {"__import__": probe}})  # noqa: S102 - it is only looked at

    def follows() -> bool:
        frame = sys._getframe(3)
        return frame.f_code.co_code[frame.f_lasti + 2] == met[0]

    return follows


def _at_hidden_submodules(happen: Callable[[ModuleType, str, ModuleType], ModuleType]) -> None:
    """Let ``happen`` give what ``import a.b as x`` sees instead of ``a`` where the attribute is not the module."""
    follows = _as_follows()

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> ModuleType:
        top = original(name, globals_, None, names, level)
        head, _, tail = name.partition(".")
        held = sys.modules.get(name)
        if names or "." in tail or not tail or held is None or not follows():
            return top
        return top if top is not sys.modules.get(head) or getattr(top, tail, None) is held else happen(top, tail, held)

    _importing(change)


def hidden_submodule_leaves_a_name() -> None:
    """Where ``import a.b as x`` takes an attribute that is not the module, ``a`` gets one name more."""

    def happen(top: ModuleType, _tail: str, held: ModuleType) -> ModuleType:
        vars(top)["found"] = held
        return top

    _at_hidden_submodules(happen)


def hidden_submodule_is_none() -> None:
    """Where ``import a.b as x`` takes an attribute that is not the module, it takes ``None``."""
    _at_hidden_submodules(lambda top, tail, _held: _seen(top, **{tail: None}))


def hidden_submodule_is_the_top() -> None:
    """Where ``import a.b as x`` takes an attribute that is not the module, it takes ``a``."""
    _at_hidden_submodules(lambda top, tail, _held: _seen(top, **{tail: top}))


def hidden_submodule_bound() -> None:
    """Repaired: ``import a.b as x`` binds the module ``a.b``, whatever the attribute is."""
    _at_hidden_submodules(lambda top, tail, held: _seen(top, **{tail: held}))


def star_all_from_getattr_cut_short() -> None:
    """Of an ``__all__`` that a module ``__getattr__`` gives the last item is left out."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> ModuleType:
        module = original(name, globals_, None, names, level)
        if not names or "*" not in names or "__all__" in vars(module) or not hasattr(module, "__all__"):
            return module
        return _seen(module, __all__=list(module.__all__)[:-1])

    _importing(change)


def star_all_from_getattr_left_behind() -> None:
    """An ``__all__`` that a module ``__getattr__`` gives replaces a name of the module, as if it had been cached."""

    def change(original: Import, name: str, globals_: Scope, names: Names, level: int) -> ModuleType:
        module = original(name, globals_, None, names, level)
        if names and "*" in names and "__all__" not in vars(module) and hasattr(module, "__all__"):
            vars(module)["exported"] = list(module.__all__)
        return module

    _importing(change)


def _where_none_is_left(happen: Callable[[str, Inner], ModuleType | None]) -> None:
    """Let ``happen`` yield what an import yields that found ``None``, left by the parent."""
    load: Load = CORE._find_and_load

    def changed(name: str, import_: Inner) -> ModuleType | None:
        parent = name.rpartition(".")[0]
        new = bool(parent) and parent not in sys.modules
        module = load(name, import_)
        return happen(name, import_) if new and module is None else module

    _put(CORE, "_find_and_load", changed)


def none_left_is_a_key_error() -> None:
    """Where the parent left ``None``, KeyError is raised."""

    def happen(name: str, _import: Inner) -> ModuleType | None:
        raise KeyError(name)

    _where_none_is_left(happen)


def none_left_executes_the_parent_again() -> None:
    """Where the parent left ``None``, it is imported once more, in vain."""

    def happen(name: str, import_: Inner) -> ModuleType | None:
        parent = name.rpartition(".")[0]
        del sys.modules[parent]
        import_(parent)
        return None

    _where_none_is_left(happen)


def none_left_refused() -> None:
    """Repaired: where the parent left ``None``, ModuleNotFoundError is raised."""

    def happen(name: str, _import: Inner) -> ModuleType | None:
        message = f"import of {name} halted; None in sys.modules"
        raise ModuleNotFoundError(message, name=name)

    _where_none_is_left(happen)


def _where_the_spec_is_gone(happen: Callable[[str, AttributeError], BaseException]) -> None:
    """Let ``happen`` give what is raised where a package has no ``__spec__`` and something below it is imported."""
    load: Load = CORE._find_and_load

    def changed(name: str, import_: Inner) -> ModuleType | None:
        try:
            return load(name, import_)
        except AttributeError as error:
            parent = name.rpartition(".")[0]
            if "__spec__" in vars(sys.modules.get(parent, sys)):
                raise
            raise happen(parent, error) from None

    _put(CORE, "_find_and_load", changed)


def package_without_spec_is_a_key_error() -> None:
    """Where a package has no ``__spec__``, what is raised below it is KeyError."""
    _where_the_spec_is_gone(lambda parent, _error: KeyError(parent))


def package_without_spec_forgotten() -> None:
    """Where a package has no ``__spec__``, it is removed from the cache by what fails below it."""

    def happen(parent: str, error: AttributeError) -> BaseException:
        del sys.modules[parent]
        return error

    _where_the_spec_is_gone(happen)
