"""Words to say what a case has: each makes a predicate of cases."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Final, TypeAlias, TypeVar

from generators.layouts import Kind, Layout, Listing, listing
from harness.model.case import Case, Embedded, Module, Script, sources
from harness.model.language.compound import statements
from harness.model.source import (
    Assign,
    Class,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Items,
    Raise,
    Source,
    StarImport,
    Statement,
    Try,
)
from harness.model.tree import DataFile, Directory, SourceFile

Feature: TypeAlias = Callable[[Case], bool]

_T = TypeVar("_T")


def _kept(work: Callable[[Case], _T]) -> Callable[[Case], _T]:
    """What holds of a case, worked out once while it is the last one asked of: many features ask the same of it."""
    last: list[tuple[Case, _T]] = []

    def known(case: Case) -> _T:
        if not last or last[0][0] is not case:
            last[:] = [(case, work(case))]
        return last[0][1]

    return known


@_kept
def _layout(case: Case) -> tuple[Listing, Layout]:
    known = listing(case.tree)
    return known, known.layout([f"r{root}" for root in range(len(case.tree.roots))])


def _modules(case: Case) -> Iterator[tuple[str, str, Source]]:
    files = {f"r{n}/{e.path}": e for n, root in enumerate(case.tree.roots) for e in root.entries}
    for place in _layout(case)[1].places:
        entry = files.get(place.file)
        if isinstance(entry, SourceFile):
            package = place.name if place.kind is Kind.REGULAR else place.name.rpartition(".")[0]
            yield place.name, package, entry.source


modules: Final = _kept(lambda case: tuple(_modules(case)))
"""Name, package and source of each module of a case that can be imported."""


@_kept
def _everything(case: Case) -> tuple[Statement, ...]:
    return tuple(one for source in sources(case) for one in statements(source.statements))


@_kept
def _inside(case: Case) -> tuple[tuple[Statement, str, str], ...]:
    return tuple(
        (one, name, package) for name, package, source in modules(case) for one in statements(source.statements)
    )


def statement(predicate: Callable[[Statement], bool]) -> Feature:
    """Some statement, in the program or in a module, however deep."""
    return lambda case: any(predicate(one) for one in _everything(case))


def in_program(predicate: Callable[[Statement], bool]) -> Feature:
    """Some statement of the program, however deep."""
    return lambda case: any(predicate(one) for one in statements(case.program.statements))


def in_module(predicate: Callable[[Statement, str, str], bool]) -> Feature:
    """Some statement of a module that can be imported; the predicate gets its name and its package too."""
    return lambda case: any(predicate(one, name, package) for one, name, package in _inside(case))


def public(predicate: Callable[[Items, Source], bool]) -> Feature:
    """Some module assigns ``__all__`` so."""
    return lambda case: any(
        isinstance(one, Assign)
        and one.name == "__all__"
        and isinstance(one.value, Items)
        and predicate(one.value, source)
        for _, _, source in modules(case)
        for one in source.statements
    )


def within(holder: type[Function | Class | Guard | Try], predicate: Callable[[Statement], bool]) -> Feature:
    """Some statement of such a kind holds one of such a kind."""
    return statement(lambda one: isinstance(one, holder) and any(predicate(inner) for inner in one.body))


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


@_kept
def graph(case: Case) -> dict[str, set[str]]:
    """Which module asks for which, of those that exist."""
    named = {name: set(targets(source, package)) for name, package, source in modules(case)}
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
        named = {name: (package, source) for name, package, source in modules(case)}
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
        known = _layout(case)[0]
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


def is_extended(source: Source) -> bool:
    """Whether a source adds to its ``__all__``."""
    return any(isinstance(one, Extend) and one.name == "__all__" for one in source.statements)
