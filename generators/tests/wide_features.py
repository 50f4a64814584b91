"""What the wide mixes have to reach beyond the plain one."""

from collections.abc import Callable
from typing import Final

from generators.chains import LONGEST
from generators.tests.predicates import (
    Feature,
    entry,
    in_module,
    in_program,
    is_import,
    modules,
    sequence,
    statement,
    within,
)
from harness.model.case import Case, Embedded
from harness.model.language.asking import IsInstance, Listed, ReprShows, SameType
from harness.model.language.attributes import DeleteAttribute, SetAttribute
from harness.model.language.compound import statements
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import Bind, Call, Constant, Instance, Place, Reference, calls
from harness.model.language.module_classes import NamingRepr, OwnClass, Property, TracedSetattr
from harness.model.language.module_hooks import LazyGetattr, TracedGetattr
from harness.model.language.paths import PathAdd, PathAnew, PathAppend, SetPathOf
from harness.model.language.walking import ExtendPath
from harness.model.permitted import BUILT_IN, SHADOWED
from harness.model.reach import borrowed
from harness.model.source import (
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Edit,
    Exec,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Items,
    Literal,
    ModuleDir,
    ModuleGetattr,
    Raise,
    Read,
    Recache,
    SetPath,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Directory, SourceFile

_BUILTIN: Final = ("len", "ImportError", "type")
_PRIVATE: Final = ("__x", "__f", "__c")


def _assigned(name: str, fits: Callable[[Literal], bool] = lambda _: True) -> Feature:
    return statement(lambda s: isinstance(s, Assign) and s.name == name and fits(s.value))


def _calls(function: str, fits: Callable[[Call], bool] = lambda _: True) -> Feature:
    return statement(
        lambda s: isinstance(s, Bind) and any(call.function == function and fits(call) for call in calls(s.value))
    )


def _dotted(call: Call) -> bool:
    name = call.arguments[0]
    return isinstance(name, Constant) and isinstance(name.value, str) and name.value.startswith(".")


def _pathlike(call: Call) -> bool:
    return any(isinstance(item, Place) and item.pathlike for item in call.arguments)


def _keyed(name: str, fits: Callable[[Literal], bool] = lambda _: True) -> Callable[[Call], bool]:
    return lambda call: any(key == name and isinstance(one, Constant) and fits(one.value) for key, one in call.keywords)


def _deleted(name: str) -> Feature:
    return statement(lambda s: isinstance(s, Delete) and s.name == name)


def _read(name: str) -> Feature:
    return statement(lambda s: isinstance(s, Read) and s.path[-1] == name)


def _taken(name: str) -> Feature:
    return statement(lambda s: isinstance(s, FromImport) and any(alias.name == name for alias in s.names))


def _computed(name: str) -> Feature:
    return statement(lambda s: isinstance(s, ModuleGetattr) and name in s.names)


def _held(name: str, fits: Callable[[Literal], bool] = lambda _: True) -> Feature:
    return statement(lambda s: isinstance(s, Substitute) and any(n == name and fits(v) for n, v in s.attributes))


def _parent(kind: type[Uncache | Block | Substitute | Recache]) -> Feature:
    return in_module(lambda s, name, _: isinstance(s, kind) and name.startswith(f"{s.key}."))


def _suffixed(*suffixes: str) -> Feature:
    return entry(lambda one: isinstance(one, DataFile) and one.path.endswith(suffixes))


def _mixed(value: Literal) -> bool:
    return isinstance(value, Items) and any(not isinstance(item, str) for item in value.items)


def _listed(value: Literal) -> bool:
    return isinstance(value, Items) and any(isinstance(item, str) for item in value.items)


def _tuple(value: Literal) -> bool:
    return isinstance(value, Items) and not value.mutable


def _in_class(predicate: Callable[[Statement], bool]) -> Feature:
    return statement(lambda s: isinstance(s, Class) and any(predicate(inner) for inner in statements(s.body)))


def _private_alias(one: Statement) -> bool:
    return isinstance(one, FromImport) and any(alias.name in _PRIVATE for alias in one.names)


def _private_module(one: Statement) -> bool:
    return isinstance(one, Import) and any(alias.name.startswith("__") for alias in one.names)


def _private_bound(one: Statement) -> bool:
    return isinstance(one, Import) and any(alias.asname in _PRIVATE for alias in one.names)


def _chained(length: int) -> Feature:
    return lambda case: sum(1 for _ in modules(case)) == length


def _main(predicate: Callable[[Statement], bool]) -> Feature:
    return lambda case: (
        not isinstance(case.launch, Embedded) and any(predicate(one) for one in statements(case.program.statements))
    )


def _below(one: Statement, two: Statement) -> bool:
    key = one.key if isinstance(one, Uncache | Substitute | Recache) else ""
    match two:
        case Import(names=names):
            return bool(key) and names[0].name.startswith(f"{key}.")
        case FromImport(module=module, level=0):
            return bool(key) and (module == key or module.startswith(f"{key}."))
        case _:
            return False


_PLAIN_TOO: Final = frozenset(
    {
        "dir-of-all",
        "name-read",
        "package-read",
        "name-taken",
        "parent-removed",
        "parent-replaced",
        "below-removed",
        "below-substitute",
        "below-recache",
    }
)

WIDE_FEATURES: Final[dict[str, Feature]] = {
    "import-module-called": _calls("importlib.import_module"),
    "import-module-relative": _calls("importlib.import_module", _dotted),
    "import-called": _calls("builtins.__import__"),
    "import-of-importlib-called": _calls("importlib.__import__"),
    "import-called-fromlist": _calls("builtins.__import__", _keyed("fromlist")),
    "import-called-level": _calls("builtins.__import__", _keyed("level", lambda value: value == 1)),
    "reload-called": _calls("importlib.reload"),
    "find-spec-called": _calls("importlib.util.find_spec"),
    "find-spec-relative": _calls("importlib.util.find_spec", _dotted),
    "resolve-name-called": _calls("importlib.util.resolve_name"),
    "resolve-name-relative": _calls("importlib.util.resolve_name", _dotted),
    "spec-from-file": _calls("importlib.util.spec_from_file_location"),
    "spec-from-pathlike": _calls("importlib.util.spec_from_file_location", _pathlike),
    "module-from-spec": _calls("importlib.util.module_from_spec"),
    "exec-module": _calls("importlib.abc.Loader.exec_module"),
    "import-replaced": statement(lambda s: isinstance(s, ReplaceImport)),
    "import-replaced-result": statement(lambda s: isinstance(s, ReplaceImport) and bool(s.result)),
    "import-replaced-error": statement(lambda s: isinstance(s, ReplaceImport) and bool(s.error)),
    "import-of-module": statement(lambda s: isinstance(s, ReplaceImport) and s.inside),
    "instance-made": statement(lambda s: isinstance(s, Bind) and isinstance(s.value, Instance)),
    "path-extended": in_module(lambda s, name, package: isinstance(s, ExtendPath) and name == package),
    "resolve-name-of-object": _calls("pkgutil.resolve_name"),
    "get-data-called": _calls("pkgutil.get_data"),
    "get-filename-called": _calls("importlib.abc.ExecutionLoader.get_filename"),
    "get-source-called": _calls("importlib.abc.InspectLoader.get_source"),
    "cache-from-source-called": _calls("importlib.util.cache_from_source"),
    "subclass-asked": _calls("builtins.issubclass"),
    "iter-modules-called": _calls("pkgutil.iter_modules"),
    "walk-packages-called": _calls("pkgutil.walk_packages"),
    "run-module-called": _calls("runpy.run_module"),
    "run-module-altering": _calls("runpy.run_module", _keyed("alter_sys")),
    "run-path-called": _calls("runpy.run_path"),
    "spec-read": statement(
        lambda s: isinstance(s, Bind) and isinstance(s.value, Reference) and s.value.path[-1] == "__spec__"
    ),
    "name-assigned": _assigned("__name__"),
    "package-assigned": _assigned("__package__", lambda value: isinstance(value, str) and bool(value)),
    "package-assigned-odd": _assigned("__package__", lambda value: not value or not isinstance(value, str)),
    "spec-assigned": _assigned("__spec__"),
    "loader-assigned": _assigned("__loader__"),
    "file-assigned": _assigned("__file__"),
    "cached-assigned": _assigned("__cached__"),
    "doc-assigned": _assigned("__doc__"),
    "path-none": _assigned("__path__", lambda value: value is None),
    "path-relative": _assigned("__path__", _listed),
    "path-tuple": _assigned("__path__", _tuple),
    "path-mixed": _assigned("__path__", _mixed),
    "path-number": _assigned("__path__", lambda value: isinstance(value, int)),
    "path-of-program": in_program(lambda s: isinstance(s, Assign | SetPath) and _names(s) == "__path__"),
    "spec-deleted": _deleted("__spec__"),
    "package-deleted": _deleted("__package__"),
    "loader-deleted": _deleted("__loader__"),
    "file-deleted": _deleted("__file__"),
    "doc-deleted": _deleted("__doc__"),
    "all-deleted": _deleted("__all__"),
    "name-read": _read("__name__"),
    "package-read": _read("__package__"),
    "path-read": _read("__path__"),
    "file-read": _read("__file__"),
    "all-read": _read("__all__"),
    "cached-read": _read("__cached__"),
    "name-taken": _taken("__name__"),
    "path-taken": _taken("__path__"),
    "all-taken": _taken("__all__"),
    "main-taken": _taken("__main__"),
    "path-computed": _computed("__path__"),
    "all-computed": _computed("__all__"),
    "all-string": _assigned("__all__", lambda value: isinstance(value, str)),
    "all-no-sequence": _assigned("__all__", lambda value: value is None or isinstance(value, int)),
    "all-twice": _assigned("__all__", lambda value: value == Items(("x", "x"))),
    "all-special": _assigned("__all__", lambda value: isinstance(value, Items) and "__name__" in value.items),
    "all-extended-early": within(Try, lambda s: isinstance(s, Extend) and s.name == "__all__"),
    "private-assigned": statement(lambda s: isinstance(s, Assign) and s.name == "__x"),
    "private-in-class": _in_class(lambda s: isinstance(s, Assign) and s.name == "__x"),
    "private-read-in-class": _in_class(lambda s: isinstance(s, Read) and s.path[0] == "__x"),
    "private-reference-in-class": _in_class(lambda s: isinstance(s, Read) and "__x" in s.path[1:]),
    "private-deleted-in-class": _in_class(lambda s: isinstance(s, Delete) and s.name == "__x"),
    "private-member-in-class": _in_class(_private_alias),
    "private-alias-in-class": _in_class(_private_bound),
    "private-module-in-class": _in_class(_private_module),
    "private-function": _in_class(lambda s: isinstance(s, Function) and s.name == "__f"),
    "private-global": _in_class(lambda s: isinstance(s, Function) and "__x" in s.globals),
    "mangled-read": statement(lambda s: isinstance(s, Read) and s.path[-1] == "_K__x"),
    "class-underscores": statement(lambda s: isinstance(s, Class) and s.name == "_"),
    "class-leading-underscores": statement(lambda s: isinstance(s, Class) and s.name in {"_K", "__K"}),
    "function-in-function": within(Function, lambda s: isinstance(s, Function)),
    "class-in-function": within(Function, lambda s: isinstance(s, Class)),
    "function-in-class": within(Class, lambda s: isinstance(s, Function)),
    "class-in-class": within(Class, lambda s: isinstance(s, Class)),
    "call-in-class": within(Class, lambda s: isinstance(s, Invoke)),
    "call-of-class": statement(lambda s: isinstance(s, Invoke) and s.path == ("K", "f")),
    "read-in-class": within(Class, lambda s: isinstance(s, Read) and len(s.path) == 1),
    "global-in-function-in-function": within(
        Function, lambda s: isinstance(s, Function) and bool(s.globals) and not is_import(s)
    ),
    "unbound-local": within(Function, lambda s: isinstance(s, Extend)),
    "path-in-function": within(Function, lambda s: isinstance(s, SetPath)),
    "special-in-class": within(Class, lambda s: isinstance(s, Assign) and s.name in {"__path__", "__package__"}),
    "try-in-try": within(Try, lambda s: isinstance(s, Try)),
    "try-in-handler": statement(lambda s: isinstance(s, Try) and any(isinstance(inner, Try) for inner in s.handler)),
    "raise-in-handler": statement(
        lambda s: isinstance(s, Try) and any(isinstance(inner, Raise) for inner in s.handler)
    ),
    "try-in-function": within(Function, lambda s: isinstance(s, Try)),
    "try-in-class": within(Class, lambda s: isinstance(s, Try)),
    "guard-in-class": within(Class, lambda s: isinstance(s, Guard)),
    "builtin-assigned": statement(lambda s: isinstance(s, Assign) and s.name in _BUILTIN),
    "builtin-taken": statement(lambda s: isinstance(s, FromImport) and s.names[0].name in _BUILTIN),
    "builtin-reference": statement(lambda s: isinstance(s, Read) and s.path[-1] in _BUILTIN),
    "builtin-deleted": statement(lambda s: isinstance(s, Delete) and s.name in _BUILTIN),
    "parent-removed": _parent(Uncache),
    "parent-replaced": _parent(Substitute),
    "parent-recached": _parent(Recache),
    "below-removed": sequence(lambda one, two: isinstance(one, Uncache) and _below(one, two)),
    "below-substitute": sequence(lambda one, two: isinstance(one, Substitute) and _below(one, two)),
    "below-recache": sequence(lambda one, two: isinstance(one, Recache) and _below(one, two)),
    "substitute-path": _held("__path__", _listed),
    "substitute-path-none": _held("__path__", lambda value: value is None),
    "substitute-all-odd": _held("__all__", lambda value: not _listed(value)),
    "substitute-name": _held("__name__"),
    "substitute-spec": _held("__spec__"),
    "recache-class": sequence(lambda one, two: isinstance(one, Class) and two == Recache(_key(two), one.name)),
    "recache-function": sequence(lambda one, two: isinstance(one, Function) and two == Recache(_key(two), one.name)),
    "recache-constant": sequence(lambda one, two: isinstance(one, Assign) and two == Recache(_key(two), one.name)),
    "suffix-extension": _suffixed(".so"),
    "suffix-tagged": _suffixed(".abi3.so", "-gnu.so"),
    "suffix-bytecode": _suffixed(".pyc"),
    "suffix-of-init": entry(lambda one: isinstance(one, DataFile) and "/__init__." in one.path),
    "suffix-other": _suffixed(".pyw", ".pyi", ".pyd", ".dll", ".PY"),
    "text-empty": entry(lambda one: isinstance(one, DataFile) and not one.text),
    "directory-dotted": entry(
        lambda one: (isinstance(one, Directory) and one.path.endswith(".py")) or ".py/" in one.path
    ),
    "name-odd": entry(lambda one: one.path.rpartition("/")[2] in {".py", "1.py", "a b.py", "-.py", "a.b.py", "A.py"}),
    "init-in-root": entry(lambda one: isinstance(one, SourceFile) and one.path == "__init__.py"),
    "main-in-package": entry(lambda one: isinstance(one, SourceFile) and one.path.endswith("/__main__.py")),
    "attribute-set": statement(lambda s: isinstance(s, SetAttribute) and not s.of),
    "attribute-set-to-another": statement(lambda s: isinstance(s, SetAttribute) and bool(s.of)),
    "attribute-deleted": statement(lambda s: isinstance(s, DeleteAttribute)),
    "attribute-of-spec-set": statement(lambda s: isinstance(s, SetAttribute) and s.path[-2:-1] == ("__spec__",)),
    "path-anew": statement(lambda s: isinstance(s, PathAnew)),
    "path-inserted": statement(lambda s: isinstance(s, PathAdd) and not s.behind),
    "path-added": statement(lambda s: isinstance(s, PathAdd) and s.behind),
    "path-of-every-kind": statement(lambda s: isinstance(s, SetPathOf)),
    "path-appended": statement(lambda s: isinstance(s, PathAppend)),
    "getattr-lazy": statement(lambda s: isinstance(s, LazyGetattr)),
    "text-executed": statement(lambda s: isinstance(s, Exec)),
    "text-executed-relative": statement(
        lambda s: isinstance(s, Exec) and any(isinstance(one, FromImport) and one.level > 0 for one in s.body)
    ),
    "file-edited": statement(lambda s: isinstance(s, Edit)),
    "file-edited-and-reloaded": sequence(lambda one, two: isinstance(one, Edit) and _reloads(two)),
    "package-edited": statement(lambda s: isinstance(s, Edit) and s.place.endswith("/__init__.py")),
    "file-edited-to-no-python": statement(
        lambda s: isinstance(s, Edit) and any(isinstance(one, Broken) for one in s.body)
    ),
    "nonlocal": statement(lambda s: isinstance(s, Function) and bool(s.nonlocals)),
    "from-in-parentheses": statement(lambda s: isinstance(s, FromImport) and s.enclosed),
    "module-called-as-the-library's": entry(lambda one: one.path.partition("/")[0].removesuffix(".py") in SHADOWED),
    "import-of-what-is-lent": lambda case: bool(borrowed(case)),
    "import-of-built-in": statement(lambda s: isinstance(s, Import) and s.names[0].name in BUILT_IN),
    "raise-with-name": statement(lambda s: isinstance(s, Raise) and bool(s.name)),
    "raise-with-path": statement(lambda s: isinstance(s, Raise) and bool(s.path)),
    "dir-of-all": statement(lambda s: isinstance(s, ModuleDir) and bool(s.listed)),
    "getattr-in-a-list": statement(lambda s: isinstance(s, ModuleGetattr) and bool(s.known) and not s.prefix),
    "getattr-of-another-name": statement(lambda s: isinstance(s, ModuleGetattr) and bool(s.known) and bool(s.prefix)),
    "getattr-lazy-in-a-list": statement(lambda s: isinstance(s, LazyGetattr) and bool(s.known)),
    "dir-of-two-lists": statement(lambda s: isinstance(s, ModuleDir) and bool(s.beside)),
    "function-with-parameters": statement(lambda s: isinstance(s, Function) and bool(s.parameters)),
    "call-with-arguments": statement(lambda s: isinstance(s, Invoke) and bool(s.arguments)),
    "getattr-traced": statement(lambda s: isinstance(s, TracedGetattr)),
    "getattr-delegating": statement(lambda s: isinstance(s, TracedGetattr) and bool(s.of)),
    "getattr-deprecated": statement(lambda s: isinstance(s, ModuleGetattr) and s.deprecated),
    "class-with-repr": statement(lambda s: isinstance(s, NamingRepr)),
    "class-with-setattr": statement(lambda s: isinstance(s, TracedSetattr)),
    "class-with-property": statement(lambda s: isinstance(s, Property)),
    "class-of-its-own": statement(lambda s: isinstance(s, OwnClass)),
    "class-of-modules": statement(lambda s: isinstance(s, Class) and s.modules),
    "module-by-its-type": _calls("types.ModuleType"),
    "spec-by-its-type": _calls("importlib.machinery.ModuleSpec"),
    "asked-of-kind": statement(lambda s: isinstance(s, IsInstance)),
    "asked-of-type": statement(lambda s: isinstance(s, SameType)),
    "asked-of-repr": statement(lambda s: isinstance(s, ReprShows)),
    "asked-of-names": statement(lambda s: isinstance(s, Listed)),
    "chain-of-12": _chained(12),
    "chain-of-40": _chained(LONGEST),
    "main-imported": _main(lambda s: isinstance(s, Import) and s.names[0].name == "__main__"),
    "main-taken-from": _main(lambda s: isinstance(s, FromImport | StarImport) and s.module == "__main__"),
    "main-replaced": _main(lambda s: isinstance(s, Block | Substitute | Recache) and s.key == "__main__"),
    "main-removed": _main(lambda s: isinstance(s, Uncache) and s.key == "__main__"),
}


def _reloads(one: Statement) -> bool:
    return isinstance(one, Bind) and isinstance(one.value, Call) and one.value.function == "importlib.reload"


def _names(one: Assign | SetPath) -> str:
    return one.name if isinstance(one, Assign) else "__path__"


def _key(one: Statement) -> str:
    return one.key if isinstance(one, Recache) else ""


def is_wide(case: Case) -> bool:
    """Whether the case has anything that the plain mix has not."""
    return any(feature(case) for name, feature in WIDE_FEATURES.items() if name not in _PLAIN_TOO)
