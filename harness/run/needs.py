"""What a case needs of an implementation."""

from harness.model.case import Case, Embedded, Module, Script
from harness.model.observation import Identity

__all__ = ["missing"]


def missing(case: Case, identity: Identity) -> str | None:
    """Why the implementation cannot be asked this case, None if it can."""
    match case.launch:
        case Embedded():
            need = "embedded"
        case Script():
            need = "script"
        case Module():
            need = "module"
    return None if need in identity.capabilities else f"has no launch of kind {need}"
