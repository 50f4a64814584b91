"""What a case needs of an implementation."""

from collections.abc import Iterator
from typing import Final

from harness.model.case import Case, Embedded, Launch, Module, Script, sources
from harness.model.lacking import named_in
from harness.model.language.compound import statements
from harness.model.language.failing import NO_CAUSE
from harness.model.observation import Identity
from harness.model.permitted import LIBRARY, SHADOWED, WORDS
from harness.model.rendering import render_program
from harness.model.source import Literal, Raise, Statement, Try
from harness.run.workspace import Placed

__all__ = ["missing"]

_ENTRIES: Final = "path-entries"
_KINDS: Final[dict[type[Launch], str]] = {Embedded: "embedded", Script: "script", Module: "module"}


def missing(placed: Placed, identity: Identity) -> str | None:
    """Why the implementation cannot be asked this case, None if it can.

    That a module of one of the names is its own, which cases use since nobody has such a module, is no reason: who
    says so would not be judged at all.
    """
    case = placed.case
    need = _KINDS[type(case.launch)]
    if need not in identity.capabilities:
        return dict(identity.lacks).get(need, f"has no launch of kind {need}")
    unknown = sorted(_exceptions(case) - identity.exceptions)
    if unknown:
        return f"has no built-in {unknown[0]}"
    if _ENTRIES not in identity.capabilities and any(pair == ("__path__", "") for pair in _given(case)):
        return "takes a __path__ that is a text for a directory, an empty one for the root of the file system"
    modules = {function.partition(".")[0] for function in placed.functions}
    libraries = modules - {"builtins", "sys", *identity.capabilities}
    if libraries:
        return f"has no {min(libraries)}"
    attribute = named_in(_text(case), identity.lacking) if identity.lacking else ""
    if attribute:
        return f"has no {attribute}, which the case names"
    there = identity.modules.union(identity.capabilities)
    asked = LIBRARY.intersection(name for item in _every(case) for name in item.roots()) - there
    if asked:
        return f"has no {min(asked)}"
    own = identity.modules.intersection(placed.names) - WORDS - SHADOWED
    return f"has a module {min(own)} of its own" if own else None


def _text(case: Case) -> str:
    """All that the case says in the little language."""
    return "\n".join(render_program(source) for source in sources(case))


def _exceptions(case: Case) -> set[str]:
    named = {item.error for item in _every(case) if isinstance(item, Raise | Try)}
    return named | {item.cause for item in _every(case) if isinstance(item, Raise)} - {"", NO_CAUSE}


def _given(case: Case) -> Iterator[tuple[str, Literal]]:
    return (pair for item in _every(case) for pair in item.given())


def _every(case: Case) -> Iterator[Statement]:
    return (statement for source in sources(case) for statement in statements(source.statements))
