"""What a source is compiled to, and what is a SyntaxError (reference/simple_stmts §7.11, §7.11.2, §7.13; PEP 526)."""

import functools
from collections.abc import Iterator
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.model.language.admitting import mangled
from harness.model.language.binding import Import
from harness.model.language.compound import Body, Class, Function, Statement, bodies
from harness.model.language.failing import NO_PYTHON, Broken
from harness.model.language.from_import import FromImport
from harness.model.language.names import ANNOTATIONS, FEATURES, Annotate, FutureImport
from harness.model.language.scoped import blocks, bound_names, opens_scope
from harness.model.language.star import StarImport
from harness.model.permitted import FUTURE
from harness.model.source import Source
from harness.oracle.objects import Raised
from harness.oracle.state import Silent, State

_BROKEN: Final = {
    NO_PYTHON: "loading.any-exception-propagates",
    "import .a": "bind.plain-import-rejects-relative",
    "import ..a as b": "bind.plain-import-rejects-relative",
    "from a import b,": "bind.from-parentheses-trailing-comma",
    "from . import a, b,": "bind.from-parentheses-trailing-comma",
}
"""The clause by which a line is none."""

_ANNOTATED: Final = "scope.annotated-global-syntaxerror"
_BOUND_OUTWARD: Final = "scope.nonlocal-unbound-syntaxerror"

COMPILED: Final = {
    clause: Departure(clause, "compiled", text)
    for clause, text in (
        ("star.syntaxerror-in-function", "the star import is compiled, and binds names where it stands"),
        ("star.syntaxerror-in-class", "the star import is compiled, and binds names where it stands"),
        ("bind.plain-import-rejects-relative", "import .a is compiled, as if it were from . import a"),
        ("bind.from-parentheses-trailing-comma", "a comma behind the last name is passed over"),
        ("future.must-be-first", "a future statement is compiled wherever it stands"),
        ("future.unknown-feature-syntaxerror", "an unknown feature is left to the statement that is executed"),
        (_ANNOTATED, "an annotated name that is declared global or nonlocal is bound as it is declared"),
        (_BOUND_OUTWARD, "a nonlocal name that no enclosing function binds is a global one"),
    )
}
DECLARED_INSIDE: Final = Departure(
    _ANNOTATED, "also inside", "a name of a module that a block within it has declared global cannot be annotated below"
)
PERMITTED: Final = {
    clause: Departure(clause, "refused", "what the clause permits is a SyntaxError")
    for clause in (
        "bind.from-parentheses-trailing-comma",
        "future.historical-accepted",
        "future.relative-not-future",
        "future.plain-import-ordinary",
    )
}


class _Syntax(NamedTuple):
    """The clauses that a source does not keep, and those that permit what it says, each once.

    ``relative`` tells whether it takes names from a module of its own called ``__future__``; ``declared``, whether
    it annotates a name that a block above has declared global.
    """

    against: tuple[str, ...]
    permitted: tuple[str, ...]
    relative: bool
    declared: bool


def compiled(state: State, source: Source) -> None:
    """Compile a source.

    Raises:
        Raised: it is no Python.
    """
    rejected = syntax_error(state, source)
    if rejected:
        raise Raised("SyntaxError", state.why(*rejected))


def syntax_error(state: State, source: Source) -> tuple[str, ...]:
    """The clauses by which a source does not compile; empty if it does.

    Clauses: star.syntaxerror-in-function, star.syntaxerror-in-class, bind.plain-import-rejects-relative,
    bind.from-parentheses-trailing-comma, future.must-be-first, future.unknown-feature-syntaxerror,
    future.historical-accepted, scope.nonlocal-unbound-syntaxerror, scope.annotated-global-syntaxerror.

    Raises:
        Silent: before 3.13 a relative import may be taken for a future statement (future.relative-before-313).
    """
    found = _read(source)
    if found.relative and not state.since(3, 13):
        raise Silent("future.relative-before-313")
    if not (found.against or found.permitted or found.declared):
        return ()
    against = tuple(item for item in found.against if item not in COMPILED or not state.departs(COMPILED[item]))
    if not against and found.declared and state.departs(DECLARED_INSIDE):
        return (_ANNOTATED,)
    return against or tuple(item for item in found.permitted if state.departs(PERMITTED[item]))


def annotations_are_texts(source: Source) -> bool:
    """Whether the source has the future statement by which its annotations are texts."""
    first = (item.names for item in source.statements if isinstance(item, FutureImport))
    return any(alias.name == ANNOTATIONS for names in first for alias in names)


@functools.lru_cache(maxsize=4096)
def _read(source: Source) -> _Syntax:
    """A file is loaded again and again, in each world."""
    others = [number for number, item in enumerate(source.statements) if not isinstance(item, FutureImport)]
    late = any(isinstance(item, FutureImport) for item in source.statements[min(others, default=0) :]) and others
    against = ["future.must-be-first"] * bool(late)
    permitted: list[str] = []
    relative = False
    for statement in source.statements:
        against += _rejected(statement, _Inside())
        for item in _every(statement):
            permitted += _permitted(item)
            relative = relative or (isinstance(item, FromImport) and item.level > 0 and item.module == FUTURE)
    permitted += ["future.relative-not-future"] * relative
    declared = _annotates_declared(source.statements, set())
    return _Syntax(tuple(dict.fromkeys(against)), tuple(dict.fromkeys(permitted)), relative, declared)


class _Inside(NamedTuple):
    """Where a statement stands: the clause that forbids a star import there, the class, what functions around bind."""

    nested: bool = False
    star: str = ""
    owner: str = ""
    bound: frozenset[str] = frozenset()


def _every(statement: Statement) -> Iterator[Statement]:
    yield statement
    for body in blocks(statement):
        for inner in body:
            yield from _every(inner)


def _permitted(statement: Statement) -> Iterator[str]:
    match statement:
        case Import(names=names) if any(alias.name == FUTURE for alias in names):
            yield "future.plain-import-ordinary"
        case FromImport(enclosed=True):
            yield "bind.from-parentheses-trailing-comma"
        case FutureImport(names=names) if not FEATURES.isdisjoint(alias.name for alias in names):
            yield "future.historical-accepted"
        case _:
            pass


def _rejected(statement: Statement, inside: _Inside) -> Iterator[str]:
    match statement:
        case Broken(line=line):
            yield _BROKEN[line]
        case StarImport() if inside.star:
            yield inside.star
        case FutureImport(names=names):
            if inside.nested:
                yield "future.must-be-first"
            if any(alias.name not in {ANNOTATIONS, *FEATURES} for alias in names):
                yield "future.unknown-feature-syntaxerror"
        case Function(body=body, globals=outer, nonlocals=nonlocals):
            if any(mangled(name, inside.owner) not in inside.bound for name in nonlocals):
                yield _BOUND_OUTWARD
            if not {*outer, *nonlocals}.isdisjoint(_annotated(body)):
                yield _ANNOTATED
        case _:
            pass
    for body in blocks(statement):
        within = _within(statement, inside)._replace(nested=True)
        for inner in body:
            yield from _rejected(inner, within)


def _annotated(body: Body) -> Iterator[str]:
    """The names that are annotated in a block, those of blocks within it left out."""
    for statement in body:
        if isinstance(statement, Annotate):
            yield statement.name
        elif not opens_scope(statement):
            for inner in bodies(statement):
                yield from _annotated(inner)


def _annotates_declared(body: Body, declared: set[str]) -> bool:
    """Whether a block of a module annotates a name that is, or is ``declared``, global in a function above."""
    for statement in body:
        if isinstance(statement, Annotate) and statement.name in declared:
            return True
        if opens_scope(statement):
            declared.update(_declared(statement, ""))
        elif any(_annotates_declared(inner, declared) for inner in bodies(statement)):
            return True
    return False


def _declared(statement: Statement, owner: str) -> Iterator[str]:
    """The names that functions within a statement declare global; ``owner`` is the class that it stands in."""
    if isinstance(statement, Function):
        yield from (mangled(name, owner) for name in statement.globals)
    owner = statement.name if isinstance(statement, Class) else owner
    for body in blocks(statement):
        for inner in body:
            yield from _declared(inner, owner)


def _within(statement: Statement, inside: _Inside) -> _Inside:
    if not opens_scope(statement):
        return inside
    if isinstance(statement, Class):
        return inside._replace(star="star.syntaxerror-in-class", owner=statement.name)
    star = "star.syntaxerror-in-function"
    if not isinstance(statement, Function):
        return inside._replace(star=star)
    own = {mangled(name, inside.owner) for name in (*statement.parameters, *bound_names(statement.body))}
    declared = {mangled(name, inside.owner) for name in (*statement.globals, *statement.nonlocals)}
    hidden = {mangled(name, inside.owner) for name in statement.globals}
    return inside._replace(star=star, bound=(inside.bound - hidden) | (own - declared))
