"""Everything that generated cases have to reach, as predicates: the list is that of what the oracle predicts."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Final, TypeAlias

from generators.layouts import Kind, Layout, Listing, listing
from harness.model.case import Case, Embedded, Module, Script, sources, statements
from harness.model.source import (
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Items,
    Mark,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Directory, SourceFile

Feature: TypeAlias = Callable[[Case], bool]


def _layout(case: Case) -> tuple[Listing, Layout]:
    known = listing(case.tree)
    return known, known.layout([f"r{root}" for root in range(len(case.tree.roots))])


def _named(case: Case) -> Iterator[tuple[str, str, Source]]:
    """Name, package and source of each module that can be imported."""
    files = {f"r{n}/{e.path}": e for n, root in enumerate(case.tree.roots) for e in root.entries}
    for place in _layout(case)[1].places:
        entry = files.get(place.file)
        if isinstance(entry, SourceFile):
            package = place.name if place.kind is Kind.REGULAR else place.name.rpartition(".")[0]
            yield place.name, package, entry.source


def _everything(case: Case) -> Iterator[Statement]:
    for source in sources(case):
        yield from statements(source.statements)


def statement(predicate: Callable[[Statement], bool]) -> Feature:
    """Some statement, in the program or in a module, however deep."""
    return lambda case: any(predicate(one) for one in _everything(case))


def in_program(predicate: Callable[[Statement], bool]) -> Feature:
    """Some statement of the program, however deep."""
    return lambda case: any(predicate(one) for one in statements(case.program.statements))


def in_module(predicate: Callable[[Statement, str, str], bool]) -> Feature:
    """Some statement of a module that can be imported; the predicate gets its name and its package too."""
    return lambda case: any(
        predicate(one, name, package) for name, package, source in _named(case) for one in statements(source.statements)
    )


def public(predicate: Callable[[Items, Source], bool]) -> Feature:
    """Some module assigns ``__all__`` so."""
    return lambda case: any(
        isinstance(one, Assign)
        and one.name == "__all__"
        and isinstance(one.value, Items)
        and predicate(one.value, source)
        for _, _, source in _named(case)
        for one in source.statements
    )


def within(holder: type[Function | Class | Guard | Try], predicate: Callable[[Statement], bool]) -> Feature:
    """Some statement of such a kind holds one of such a kind."""
    return statement(
        lambda one: (
            isinstance(one, holder)
            and isinstance(one, Function | Class | Guard | Try)
            and any(predicate(inner) for inner in one.body)
        )
    )


def sequence(first: Callable[[Statement, Statement], bool]) -> Feature:
    """Two statements of the program, one after the other though not at once, that belong together."""
    return lambda case: any(
        first(one, two)
        for number, one in enumerate(case.program.statements)
        for later in case.program.statements[number + 1 :]
        for two in (later, *(later.body if isinstance(later, Try) else ()))
    )


def is_import(one: Statement) -> bool:
    """Whether it imports."""
    return isinstance(one, Import | FromImport | StarImport)


def imported(one: Statement) -> str:
    """The module that a simple import statement names first."""
    match one:
        case Import(names=names):
            return names[0].name
        case FromImport(module=module, level=0) | StarImport(module=module, level=0):
            return module
        case Try(body=(inner, *_)):
            return imported(inner)
        case _:
            return ""


def targets(source: Source, package: str) -> Iterator[str]:
    """The names of the modules that a source asks for when it is executed, existing or not."""
    for one in source.statements:
        for inner in (one, *(one.body if isinstance(one, Try | Class) else ())):
            match inner:
                case Import(names=names):
                    yield from (alias.name for alias in names)
                case FromImport(module=module, names=names, level=level):
                    base = absolute(module, package, level)
                    yield base
                    yield from (f"{base}.{alias.name}" for alias in names)
                case StarImport(module=module, level=level):
                    yield absolute(module, package, level)
                case _:
                    pass


def absolute(module: str, package: str, level: int) -> str:
    """The full name; empty beyond the top."""
    if not level:
        return module
    parts = package.split(".") if package else []
    if level > len(parts):
        return ""
    base = ".".join(parts[: len(parts) - level + 1])
    return f"{base}.{module}" if module else base


def graph(case: Case) -> dict[str, set[str]]:
    """Which module asks for which, of those that exist."""
    named = {name: set(targets(source, package)) for name, package, source in _named(case)}
    return {name: {target for target in found if target in named} for name, found in named.items()}


def cycle(length: int) -> Feature:
    """So many different modules import each other in a ring."""

    def found(case: Case) -> bool:
        edges = graph(case)
        rings: list[tuple[str, ...]] = [(name,) for name in edges]
        for _ in range(length - 1):
            rings = [(*ring, name) for ring in rings for name in edges[ring[-1]] if name not in ring]
        return any(ring[0] in edges[ring[-1]] for ring in rings)

    return found


def package_cycle(case: Case) -> bool:
    """A package imports its submodule, which imports the package."""
    edges = graph(case)
    return any(name in edges[below] for name in edges for below in edges[name] if below.startswith(f"{name}."))


def circular_from(*, defined_before: bool) -> Feature:
    """A module takes ``x`` from one that imports it, and that one defines ``x`` before or after it does."""

    def found(case: Case) -> bool:
        named = {name: (package, source) for name, package, source in _named(case)}
        for name, (package, source) in named.items():
            for one in source.statements:
                if isinstance(one, FromImport):
                    other = absolute(one.module, package, one.level)
                    if (
                        other in named
                        and other != name
                        and _defines(named[other], name, one, defined_before=defined_before)
                    ):
                        return True
        return False

    return found


def _defines(other: tuple[str, Source], asker: str, taken: FromImport, *, defined_before: bool) -> bool:
    package, source = other
    asks = [n for n, one in enumerate(source.statements) if asker in targets(Source((one,)), package)]
    wanted = {alias.name for alias in taken.names}
    gives = [n for n, one in enumerate(source.statements) if isinstance(one, Assign) and one.name in wanted]
    return any((give < ask) is defined_before for ask, give in product(asks, gives))


def namespace(portions: int) -> Feature:
    """A namespace package has so many portions that hold something."""
    return lambda case: any(
        place.kind is Kind.NAMESPACE and len(place.path) == portions and bool(place.children)
        for place in _layout(case)[1].places
    )


def beside(*kinds: str, across: bool) -> Feature:
    """One dotted name is of several kinds (``module``, ``package``, ``portion``), in one root or in several."""

    def found(case: Case) -> bool:
        known = listing(case.tree)
        here: dict[tuple[str, str], set[str]] = {}
        for directory in known.directories:
            root, _, inside = directory.partition("/")
            if inside:
                kind = "package" if f"{directory}/__init__.py" in known.exports else "portion"
                here.setdefault((root, inside), set()).add(kind)
        for file in known.exports:
            root, _, inside = file.removesuffix(".py").partition("/")
            here.setdefault((root, inside), set()).add("module")
        if not across:
            return any(set(kinds) <= found for found in here.values())
        first, second = kinds
        return any(
            first in one and second in two and left[1] == right[1] and left[0] != right[0]
            for left, one in here.items()
            for right, two in here.items()
        )

    return found


def entry(predicate: Callable[[SourceFile | DataFile | Directory], bool]) -> Feature:
    """Some entry of the tree."""
    return lambda case: any(predicate(one) for root in case.tree.roots for one in root.entries)


def blocked_directory(case: Case) -> bool:
    """A file stands in one root where another root has a directory."""
    files = {one.path for root in case.tree.roots for one in root.entries if isinstance(one, DataFile)}
    directories = {name.partition("/")[2] for name in listing(case.tree).directories}
    return bool(files & directories)


def relative(level: int) -> Feature:
    """Some module takes something from a package so many levels up, and there is one."""
    return in_module(
        lambda s, _, package: isinstance(s, FromImport) and s.level == level <= package.count(".") + bool(package)
    )


def handled(error: str) -> Feature:
    """Some import stands in a ``try`` with a handler for that error."""
    return statement(lambda s: isinstance(s, Try) and s.error == error and any(is_import(inner) for inner in s.body))


def raised(error: str) -> Feature:
    """Some module raises that error."""
    return in_module(lambda s, *_: isinstance(s, Raise) and s.error == error)


def long(length: int) -> Feature:
    """The program has so many statements."""
    return lambda case: len(case.program.statements) == length


def rooted(number: int) -> Feature:
    """The tree has so many roots."""
    return lambda case: len(case.tree.roots) == number


def launched(predicate: Callable[[Embedded | Script | Module], bool]) -> Feature:
    """The launch."""
    return lambda case: predicate(case.launch)


ERRORS: Final = ("ImportError", "ModuleNotFoundError", "ValueError", "KeyboardInterrupt", "SystemExit", "RuntimeError")
HANDLED: Final = ("ImportError", "ModuleNotFoundError", "Exception", "AttributeError", "KeyError")

FEATURES: Final[dict[str, Feature]] = {
    "import": statement(lambda s: isinstance(s, Import) and not s.names[0].asname),
    "import-as": statement(lambda s: isinstance(s, Import) and bool(s.names[0].asname)),
    "import-several": statement(lambda s: isinstance(s, Import) and len(s.names) > 1),
    "import-dotted": statement(lambda s: isinstance(s, Import) and s.names[0].name.count(".") == 1),
    "import-dotted-twice": statement(lambda s: isinstance(s, Import) and s.names[0].name.count(".") > 1),
    "import-dotted-as": statement(
        lambda s: isinstance(s, Import) and "." in s.names[0].name and bool(s.names[0].asname)
    ),
    "from": statement(lambda s: isinstance(s, FromImport) and not s.names[0].asname),
    "from-as": statement(lambda s: isinstance(s, FromImport) and bool(s.names[0].asname)),
    "from-several": statement(lambda s: isinstance(s, FromImport) and len(s.names) > 1),
    "from-dotted": statement(lambda s: isinstance(s, FromImport) and "." in s.module and not s.level),
    "star": statement(lambda s: isinstance(s, StarImport) and not s.level),
    "star-relative": statement(lambda s: isinstance(s, StarImport) and s.level == 1 and bool(s.module)),
    "star-package": statement(lambda s: isinstance(s, StarImport) and s.level == 1 and not s.module),
    "star-in-program": in_program(lambda s: isinstance(s, StarImport)),
    **{f"relative-{level}": relative(level) for level in (1, 2, 3)},
    "relative-named": in_module(lambda s, _, p: isinstance(s, FromImport) and s.level == 1 and bool(p and s.module)),
    "relative-beyond": in_module(lambda s, _, p: isinstance(s, FromImport) and bool(p) and s.level == p.count(".") + 2),
    "relative-star-beyond": in_module(
        lambda s, _, p: isinstance(s, StarImport) and bool(p) and s.level == p.count(".") + 2
    ),
    "relative-orphan": in_module(lambda s, _, package: isinstance(s, FromImport) and bool(s.level) and not package),
    "relative-in-program": in_program(lambda s: isinstance(s, FromImport) and bool(s.level)),
    "function-import": within(Function, is_import),
    "function-global": statement(lambda s: isinstance(s, Function) and bool(s.globals)),
    "function-local": statement(lambda s: isinstance(s, Function) and not s.globals),
    "call": statement(lambda s: isinstance(s, Invoke) and len(s.path) == 1),
    "call-foreign": statement(lambda s: isinstance(s, Invoke) and len(s.path) > 1),
    "class-import": within(Class, is_import),
    "guard": statement(lambda s: isinstance(s, Guard)),
    **{f"try-{error}": handled(error) for error in HANDLED},
    "try-else-import": statement(lambda s: isinstance(s, Try) and any(is_import(inner) for inner in s.handler)),
    "mark": statement(lambda s: isinstance(s, Mark)),
    "all-list": public(lambda value, _: value.mutable and bool(value.items)),
    "all-tuple": public(lambda value, _: not value.mutable and bool(value.items)),
    "all-extended": in_module(lambda s, *_: isinstance(s, Extend) and s.name == "__all__" and s.value.mutable),
    "all-tuple-extended": in_module(
        lambda s, *_: isinstance(s, Extend) and s.name == "__all__" and not s.value.mutable
    ),
    "all-not-str": public(lambda value, _: any(not isinstance(item, str | Items) for item in value.items)),
    "all-unhashable": public(lambda value, _: any(isinstance(item, Items) for item in value.items)),
    "all-missing": public(lambda value, _: "z" in value.items),
    "all-empty": public(lambda value, source: not value.items and not _is_extended(source)),
    "all-private": public(lambda value, _: "_p" in value.items),
    "all-submodule": public(lambda value, _: any(item in {"a", "b", "c", "d", "e"} for item in value.items)),
    "getattr": in_module(lambda s, *_: isinstance(s, ModuleGetattr)),
    "getattr-used": statement(lambda s: isinstance(s, FromImport) and any(a.name in {"g", "h"} for a in s.names)),
    "getattr-submodule": in_module(lambda s, *_: isinstance(s, ModuleGetattr) and bool({"a", "b", "c"} & {*s.names})),
    "dir": in_module(lambda s, *_: isinstance(s, ModuleDir)),
    "path-replaced": in_module(lambda s, n, p: isinstance(s, SetPath) and n == p and bool(s.entries)),
    "path-several": in_module(lambda s, n, p: isinstance(s, SetPath) and n == p and len(s.entries) > 1),
    "path-emptied": in_module(lambda s, n, p: isinstance(s, SetPath) and n == p and not s.entries),
    "path-deleted": in_module(lambda s, n, p: isinstance(s, Delete) and n == p and s.name == "__path__"),
    "path-of-module": in_module(lambda s, n, p: isinstance(s, SetPath) and n != p),
    "uncache-self": in_module(lambda s, name, _: isinstance(s, Uncache) and s.key == name),
    "uncache-parent": in_module(lambda s, name, _: isinstance(s, Uncache) and name.startswith(f"{s.key}.")),
    "uncache-child": in_module(lambda s, name, _: isinstance(s, Uncache) and s.key.startswith(f"{name}.")),
    "uncache-other": in_module(lambda s, name, _: isinstance(s, Uncache) and s.key not in {name, "z"}),
    "uncache-missing": within(Try, lambda s: isinstance(s, Uncache) and s.key == "z"),
    "uncache-in-program": in_program(lambda s: isinstance(s, Uncache)),
    "block-self": in_module(lambda s, name, _: isinstance(s, Block) and s.key == name),
    "block-parent": in_module(lambda s, name, _: isinstance(s, Block) and name.startswith(f"{s.key}.")),
    "block-other": in_module(lambda s, name, _: isinstance(s, Block) and not name.startswith(s.key)),
    "block-in-program": in_program(lambda s: isinstance(s, Block)),
    "substitute-self": in_module(lambda s, name, _: isinstance(s, Substitute) and s.key == name),
    "substitute-other": in_module(lambda s, name, _: isinstance(s, Substitute) and s.key != name),
    "substitute-all": statement(lambda s: isinstance(s, Substitute) and "__all__" in dict(s.attributes)),
    "recache-self": in_module(lambda s, name, _: isinstance(s, Recache) and s.key == name),
    "recache-missing": statement(lambda s: isinstance(s, Recache) and s.key == "z"),
    "recache-in-program": in_program(lambda s: isinstance(s, Recache)),
    **{f"raise-{error}": raised(error) for error in ERRORS},
    "raise-in-program": in_program(lambda s: isinstance(s, Raise)),
    "broken": in_module(lambda s, *_: isinstance(s, Broken)),
    "star-in-function": in_module(
        lambda s, *_: isinstance(s, Function) and any(isinstance(inner, StarImport) for inner in s.body)
    ),
    "self-import": cycle(1),
    "two-cycle": cycle(2),
    "three-cycle": cycle(3),
    "package-cycle": package_cycle,
    "circular-from-before": circular_from(defined_before=True),
    "circular-from-after": circular_from(defined_before=False),
    "read-attribute": statement(lambda s: isinstance(s, Read) and len(s.path) == 2 and s.path[-1] in {"x", "y", "_p"}),
    "read-submodule": statement(lambda s: isinstance(s, Read) and len(s.path) > 1 and s.path[-1] in {"a", "b", "c"}),
    "read-deep": statement(lambda s: isinstance(s, Read) and len(s.path) > 2),
    "read-missing": statement(lambda s: isinstance(s, Read) and s.path[-1] == "z"),
    "delete": statement(lambda s: isinstance(s, Delete) and s.name != "__path__"),
    "assign-submodule": in_module(lambda s, *_: isinstance(s, Assign) and s.name in {"a", "b", "c"}),
    "surrogate": statement(lambda s: isinstance(s, Assign) and s.value == "\ud800"),
    "doc": lambda case: any(source.doc is not None for _, _, source in _named(case)),
    "path-edit-remove": in_program(lambda s: isinstance(s, PathEdit) and s.remove),
    "path-edit-first": in_program(lambda s: isinstance(s, PathEdit) and s.root == 0),
    "path-edit-back": sequence(
        lambda one, two: isinstance(one, PathEdit) and one.remove and two == PathEdit(one.root) and one.root > 0
    ),
    "again": sequence(lambda one, two: bool(imported(one)) and imported(one) == imported(two)),
    "again-after-failure": sequence(
        lambda one, two: isinstance(one, Try) and bool(imported(one)) and imported(one) == imported(two)
    ),
    "again-after-uncache": sequence(lambda one, two: isinstance(one, Uncache) and one.key == imported(two)),
    "after-block": sequence(lambda one, two: isinstance(one, Block) and one.key == imported(two)),
    "after-substitute": sequence(lambda one, two: isinstance(one, Substitute) and one.key == imported(two)),
    **{f"length-{number}": long(number) for number in range(1, 7)},
    **{f"roots-{number}": rooted(number) for number in (1, 2, 3)},
    **{f"portions-{n}": namespace(n) for n in (1, 2, 3)},
    "depth-3": entry(lambda one: isinstance(one, SourceFile) and one.path.count("/") == 3),
    "module-beside-package": beside("module", "package", across=False),
    "module-beside-portion": beside("module", "portion", across=False),
    "module-across-package": beside("module", "package", across=True),
    "module-across-portion": beside("module", "portion", across=True),
    "package-across-portion": beside("package", "portion", across=True),
    "package-across-package": beside("package", "package", across=True),
    "directory-empty": entry(lambda one: isinstance(one, Directory)),
    "data-no-suffix": entry(lambda one: isinstance(one, DataFile) and "." not in one.path),
    "data-for-directory": blocked_directory,
    "embedded": launched(lambda launch: isinstance(launch, Embedded)),
    "script": launched(lambda launch: launch == Script("r0/main.py")),
    "script-inside": launched(lambda launch: isinstance(launch, Script) and launch.path.count("/") > 1),
    "script-other-root": launched(lambda launch: isinstance(launch, Script) and launch.path[1] != "0"),
    "dash-m": launched(lambda launch: launch == Module("main", "r0/main.py")),
    "dash-m-inside": launched(lambda launch: isinstance(launch, Module) and launch.name.count(".") == 1),
    "dash-m-deep": launched(lambda launch: isinstance(launch, Module) and launch.name.count(".") > 1),
    "dash-m-package": launched(lambda launch: isinstance(launch, Module) and launch.path.endswith("/__main__.py")),
    "dash-m-relative": lambda case: (
        isinstance(case.launch, Module)
        and any(isinstance(one, FromImport) and one.level == 1 for one in case.program.statements)
    ),
}


def _is_extended(source: Source) -> bool:
    return any(isinstance(one, Extend) and one.name == "__all__" for one in source.statements)
