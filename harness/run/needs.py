"""What a case needs of an implementation."""

import functools
from typing import Final, NamedTuple

from harness.model.case import Case, Embedded, Launch, Module, Script, sources
from harness.model.lacking import named_in
from harness.model.language.compound import statements
from harness.model.language.expressions import Bind, calls
from harness.model.language.failing import NO_CAUSE
from harness.model.observation import Identity
from harness.model.permitted import LIBRARY, SHADOWED, WORDS
from harness.model.reach import borrowed
from harness.model.rendering import render_program
from harness.model.source import Raise, Source, Try
from harness.run.settings import OPTIMIZATION
from harness.run.workspace import Placed

__all__ = ["missing"]

_ENTRIES: Final = "path-entries"
_KINDS: Final[dict[type[Launch], str]] = {Embedded: "embedded", Script: "script", Module: "module"}


class _Needs(NamedTuple):
    """Of a source: what exceptions and modules it names, whether it gives a package an empty path, a call a level."""

    exceptions: frozenset[str]
    roots: frozenset[str]
    empty_path: bool
    optimization: bool


def missing(placed: Placed, identity: Identity) -> str | None:
    """Why the implementation cannot be asked this case, None if it can.

    That a module of one of the names is its own, which cases use since nobody has such a module, is no reason: who
    says so would not be judged at all.
    """
    case = placed.case
    need = _KINDS[type(case.launch)]
    if need not in identity.capabilities:
        return dict(identity.lacks).get(need, f"has no launch of kind {need}")
    needs = [_needs(source) for source in sources(case)]
    unknown = frozenset().union(*(item.exceptions for item in needs)) - identity.exceptions
    if unknown:
        return f"has no built-in {min(unknown)}"
    if _ENTRIES not in identity.capabilities and any(item.empty_path for item in needs):
        return "takes a __path__ that is a text for a directory, an empty one for the root of the file system"
    if any(item.optimization for item in needs) and OPTIMIZATION in dict(identity.lacks):
        return dict(identity.lacks)[OPTIMIZATION]
    modules = {function.partition(".")[0] for function in placed.functions}
    libraries = modules - {"builtins", "sys", *identity.capabilities}
    if libraries:
        return f"has no {min(libraries)}"
    attribute = named_in(_text(case), identity.lacking) if identity.lacking else ""
    if attribute:
        return f"has no {attribute}, which the case names"
    roots = frozenset().union(*(item.roots for item in needs))
    asked = (roots & LIBRARY).difference(identity.modules, identity.capabilities)
    if asked:
        return f"has no {min(asked)}"
    lent = borrowed(case)
    if lent and "importlib" not in identity.capabilities:
        return f"has no {min(lent)}"
    own = identity.modules.intersection(placed.names) - WORDS - SHADOWED
    return f"has a module {min(own)} of its own" if own else None


def _text(case: Case) -> str:
    """All that the case says in the little language."""
    return "\n".join(render_program(source) for source in sources(case))


@functools.lru_cache(maxsize=4096)
def _needs(source: Source) -> _Needs:
    """Each implementation is asked for them."""
    every = [*statements(source.statements)]
    errors = {item.error for item in every if isinstance(item, Raise | Try)}
    causes = {item.cause for item in every if isinstance(item, Raise)} - {"", NO_CAUSE}
    return _Needs(
        frozenset(errors | causes),
        frozenset(name for item in every for name in item.roots()),
        any(pair == ("__path__", "") for item in every for pair in item.given()),
        any(
            name == OPTIMIZATION
            for item in every
            if isinstance(item, Bind)
            for call in calls(item.value)
            for name, _ in call.keywords
        ),
    )
