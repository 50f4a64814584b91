"""Source files that are edited, and what is executed of them once more (library/importlib §importlib.reload)."""

from typing import Final

from harness.model.departure import Departure
from harness.model.language.compound import Edit
from harness.model.source import Source
from harness.oracle.compiling import compiled
from harness.oracle.objects import ModuleObject, Scope, Unknown
from harness.oracle.state import Silent, State

OLD_CODE: Final = Departure(
    "reload.uses-bytecode-rules", "old code", "reload executes the code that was executed before, not that of the file"
)
KEPT_CODE: Final = Departure(
    "reload.uses-bytecode-rules",
    "kept by its path",
    "a file that was compiled once is executed as it was then, by an import too, whatever it holds now",
)
_BY_ITSELF: Final = "runpy.path-script"
"""Why a file is executed without an importer."""

_DOC: Final = "module.doc-attribute"


def edit(state: State, _scope: Scope, statement: Edit) -> None:
    """Who reads the file from now on finds another source in it; what was executed of it stays what it was."""
    state.sources = {**state.sources, statement.place: Source(statement.body, statement.doc)}


def recompiled(state: State, module: ModuleObject, source: Source, origin: str, again: tuple[str, ...]) -> Source:
    """Compile a file that is executed, ``again`` by those clauses; what is compiled.

    Raises:
        Raised: it is no Python.
    """
    source = _now(state, module, source, origin, again)
    compiled(state, source)
    module.code = source, origin
    state.compiled.setdefault(origin, source)
    return source


def _now(state: State, module: ModuleObject, source: Source, origin: str, again: tuple[str, ...]) -> Source:
    """What is executed of a file: what it holds now.

    Clauses: reload.uses-bytecode-rules.

    Raises:
        Silent: the module had annotations that its code may not have any more.
    """
    first = state.compiled.get(origin, source)
    kept = [KEPT_CODE] if first != source and _BY_ITSELF not in again else []
    before, place = module.code or (source, origin)
    if before != source and place == origin and module.reloading:
        state.cite(OLD_CODE.clause)
        taken = state.decide(OLD_CODE, *kept)
    else:
        taken = state.decide(*kept)
    if taken is not None:
        return first if taken is KEPT_CODE else before
    if again and before != source:
        _left(module, before, source)
    return source


def _left(module: ModuleObject, old: Source, new: Source) -> None:
    """What another source leaves of a module that was executed.

    What ``__doc__`` is where there is no docstring any more is not said: the old one, as a name that is not bound anew,
    or None, which it is "if unavailable".

    Raises:
        Silent: the old code had annotations: of those that the new one has not nothing is said.
    """
    if module.namespace.annotations:
        raise Silent("module.annotations")
    if new.doc is None and old.doc is not None and module.namespace.values.get("__doc__") == old.doc:
        module.namespace.bind("__doc__", Unknown((_DOC,)), (_DOC,))
