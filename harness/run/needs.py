"""What a case needs of an implementation."""

from typing import Final

from harness.model.case import Case, Embedded, Launch, Module, Script, sources, statements
from harness.model.observation import Identity
from harness.model.source import Raise, Try
from harness.run.workspace import Placed

__all__ = ["missing"]

_NOT_FOUND: Final = "ModuleNotFoundError"
_KINDS: Final[dict[type[Launch], str]] = {Embedded: "embedded", Script: "script", Module: "module"}


def missing(placed: Placed, identity: Identity) -> str | None:
    """Why the implementation cannot be asked this case, None if it can."""
    case = placed.case
    need = _KINDS[type(case.launch)]
    if need not in identity.capabilities:
        return dict(identity.lacks).get(need, f"has no launch of kind {need}")
    if _NOT_FOUND not in identity.capabilities and _names_not_found(case):
        return f"has no built-in {_NOT_FOUND}"
    if not identity.modules.isdisjoint(placed.names):
        return f"has a module {min(identity.modules.intersection(placed.names))} of its own"
    return None


def _names_not_found(case: Case) -> bool:
    every = (statement for source in sources(case) for statement in statements(source.statements))
    return any(isinstance(statement, Raise | Try) and statement.error == _NOT_FOUND for statement in every)
