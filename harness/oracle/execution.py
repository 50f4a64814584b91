"""Executing the statements of a source in order (reference/executionmodel §4.1)."""

import functools
from collections.abc import Iterable
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.model.language.binding import Import
from harness.model.language.compound import Body, Function, Statement
from harness.model.language.from_import import FromImport
from harness.model.language.names import Annotate
from harness.model.language.scoped import standing
from harness.model.language.star import StarImport
from harness.model.source import Source
from harness.oracle.compiling import annotations_are_texts
from harness.oracle.objects import ModuleObject, Scope
from harness.oracle.state import State

_IMPORTS: Final = (Import, FromImport, StarImport)

HOISTED: Final = Departure(
    "scope.statements-in-order", "imports first", "the imports of a file are executed before its other statements"
)


EVALUATED: Final = Departure(
    "future.annotations-only-needed", "no effect", "annotations are no texts in spite of the future statement"
)
PROPAGATED: Final = Departure(
    "future.not-propagated-to-imports", "propagated", "a future statement holds for the modules imported by its module"
)
STOPPED: Final = Departure(
    "from.executes-whole-module", "as far as needed", "a from-import executes a module until it has the names asked for"
)


class _Outline(NamedTuple):
    """Of a source: the numbers of its statements, 0 for one whose end is no event; names that functions declare global.

    ``imports`` tells whether another statement comes before one of its imports, ``annotated`` whether it annotates, and
    ``texts`` whether its annotations are texts.
    """

    steps: tuple[int, ...]
    declared: frozenset[str]
    imports: bool
    annotated: bool
    texts: bool


def execute_module(state: State, source: Source, module: ModuleObject, label: str) -> None:
    """Execute a file in the namespace of its module; its first act is an event with the file's path and its __name__.

    Where it has none, as after two departures in a reload, the built-in names have one.
    """
    if source.doc is not None:
        module.namespace.bind("__doc__", source.doc, ("module.doc-attribute",))
    state.event(label, module.namespace.values.get("__name__", "builtins"))
    wanted = state.sought.pop(module.name, frozenset())
    execute_source(state, Scope(module.namespace, module.namespace), source, label, wanted)


def execute_source(
    state: State, scope: Scope, source: Source, label: str, wanted: frozenset[str] = frozenset()
) -> None:
    """Execute the statements of a file or program; the end of each that may raise is an event.

    All of them are, also where names are ``wanted`` alone (from.executes-whole-module).
    """
    outline = _outlined(source)
    scope.declared_below = outline.declared
    numbered: Iterable[tuple[Statement, int]] = zip(source.statements, outline.steps, strict=True)
    if outline.imports and state.departs(HOISTED):
        numbered = sorted(numbered, key=lambda item: not isinstance(item[0], _IMPORTS))
    scope.texts = _texts(state, outline)
    state.futures.append(outline.texts)
    rules = state.rules.statements
    try:
        for statement, step in numbered:
            if wanted and wanted <= scope.namespace.values.keys() and state.departs(STOPPED):
                return
            state.reasons.clear()
            rules[type(statement)](state, scope, statement)
            if step:
                state.event(label, step)
    finally:
        state.futures.pop()


def _texts(state: State, outline: _Outline) -> bool:
    """Whether annotations are texts: by a future statement of that source, not of one that imports it.

    Clauses: future.annotations-only-needed, future.not-propagated-to-imports.
    """
    if not outline.annotated:
        return outline.texts
    if outline.texts:
        return not state.departs(EVALUATED)
    return any(state.futures) and state.departs(PROPAGATED)


@functools.lru_cache(maxsize=4096)
def _outlined(source: Source) -> _Outline:
    """What is the same whenever the source is executed: it is again and again, in each world."""
    imports = [isinstance(statement, _IMPORTS) for statement in source.statements]
    every = tuple(standing(source.statements))
    functions = (item for item in every if isinstance(item, Function))
    return _Outline(
        tuple(number if item.may_raise else 0 for number, item in enumerate(source.statements, 1)),
        frozenset(name for function in functions for name in function.globals),
        imports=False in imports[: sum(imports)],
        annotated=any(isinstance(item, Annotate) for item in every),
        texts=annotations_are_texts(source),
    )


def execute(state: State, scope: Scope, body: Body) -> None:
    """Execute statements in order.

    Raises:
        Raised: one of them raised, and nothing here caught it.
    """
    form = state.form
    try:
        for statement in body:
            state.reasons.clear()
            state.rules.statements[type(statement)](state, scope, statement)
    finally:
        state.form = form
