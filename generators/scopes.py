"""What the author of a source knows at the point where the next statement goes."""

from collections.abc import Callable
from typing import TypeAlias

from generators.choices import Roll
from generators.layouts import Layout, Place
from generators.names import ATTRIBUTES, FUNCTION, MISSING
from harness.model.source import Statement

Writer: TypeAlias = Callable[[Roll, "Scope"], tuple[Statement, ...]]
"""Writes the next statements and notes in the scope what they bind."""


class Scope:
    """The state of a source while it is written.

    ``own`` is the name of the module and ``package`` that of its package, both empty where there is none. ``roots`` is
    the number of path roots and ``removed`` are those that were taken from ``sys.path``. ``risk`` is how many of a
    hundred names are chosen so that they are missing, and ``busy`` are names that are preferred to others.
    ``removable`` are the keys that may be removed from the module cache (None for all), ``directories`` those to which
    a ``__path__`` may lead; ``free`` is a source that may lead it anywhere, ``closed`` one that may make it None.
    ``itself`` says what a program that is a file did with its own module.
    """

    __slots__ = (
        "bound",
        "busy",
        "closed",
        "directories",
        "free",
        "functions",
        "imported",
        "itself",
        "known",
        "layout",
        "own",
        "package",
        "removable",
        "removed",
        "risk",
        "roots",
    )

    def __init__(  # noqa: PLR0913 - all it knows from the start
        self,
        layout: Layout,
        *,
        own: str = "",
        package: str = "",
        roots: int = 1,
        risk: int = 2,
        busy: tuple[str, ...] = (),
        removable: tuple[str, ...] | None = None,
        directories: tuple[str, ...] = (),
        free: bool = False,
        closed: bool = False,
    ) -> None:
        self.layout = layout
        self.own = own
        self.package = package
        self.roots = roots
        self.risk = risk
        self.busy = busy
        self.removable = removable
        self.directories = directories
        self.free = free
        self.closed = closed
        self.itself = ""
        self.removed: set[int] = set()
        self.bound: list[str] = []
        self.imported: list[str] = []
        self.known: list[tuple[str, str]] = []
        self.functions: list[tuple[str, ...]] = []

    def inner(self) -> "Scope":
        """The scope of a nested body, whose bindings do not last."""
        scope = Scope(
            self.layout,
            own=self.own,
            package=self.package,
            roots=self.roots,
            risk=self.risk,
            busy=self.busy,
            removable=self.removable,
            directories=self.directories,
            free=self.free,
            closed=self.closed,
        )
        scope.bound = list(self.bound)
        scope.known = list(self.known)
        return scope

    def bind(self, name: str) -> None:
        """Note that ``name`` now refers to something."""
        self.known = [pair for pair in self.known if pair[0].split(".")[0] != name]
        if name not in self.bound:
            self.bound.append(name)

    def bind_module(self, name: str, target: str) -> None:
        """Note that ``name`` now refers to the module ``target``."""
        self.bind(name)
        self._refer(name, target)

    def bind_path(self, target: str) -> None:
        """Note that ``import target`` has bound the first part of ``target``."""
        first = target.partition(".")[0]
        if first not in self.bound:
            self.bound.append(first)
        self._refer(first, first)
        if first != target:
            self._refer(target, target)

    def unbind(self, name: str) -> None:
        """Note that ``name`` refers to nothing any more."""
        self.bound = [other for other in self.bound if other != name]
        self.known = [pair for pair in self.known if pair[0].split(".")[0] != name]
        self.functions = [path for path in self.functions if path[0] != name]

    def _refer(self, expression: str, target: str) -> None:
        if (expression, target) not in self.known:
            self.known.append((expression, target))
        place = self.layout.index.get(target)
        if place and FUNCTION in place.exports:
            self.functions.append((*expression.split("."), FUNCTION))


def target(dice: Roll, scope: Scope) -> str:
    """The name of a module to import, mostly of one that exists."""
    places = scope.layout.places
    if not places or dice.chance(scope.risk):
        return missing(dice, scope)
    return dice.pick(scope.busy) if scope.busy and dice.chance(40) else dice.pick(places).name


def missing(dice: Roll, scope: Scope) -> str:
    """The name of a module that does not exist: at the top, in a package, or in something that is none."""
    places = scope.layout.places
    if places and dice.chance(60):
        return f"{dice.pick(places).name}.{MISSING}"
    return MISSING


def attribute(dice: Roll, scope: Scope, place: Place | None) -> str:
    """A name to take from ``place``, mostly one that it has."""
    if place is None:
        return dice.pick(ATTRIBUTES)
    if dice.chance(scope.risk):
        return MISSING
    contents = place.contents
    return dice.pick(contents) if contents else dice.pick(("__name__", "__package__", "__doc__"))
