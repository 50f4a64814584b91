"""Objects that are no modules and have a ``__path__``: no document says whether what they hold is a package."""

from typing import Final

from harness.oracle.objects import Raised, SubstituteObject, Unknown
from harness.oracle.state import State
from harness.oracle.unnamed import goes_on

_QUESTION: Final = "cache.non-module-package"
_NO_PACKAGE: Final = "ModuleNotFoundError"


def taken_for_package(state: State, name: str, about: str) -> None:
    """Go on with the import of the submodule ``name`` as one of a package, if this world takes the object for one.

    Raises:
        Raised: it does not (cache.non-module-package).
    """
    if goes_on(state, _QUESTION, ("a package", _NO_PACKAGE), "AttributeError", about=about) == _NO_PACKAGE:
        raise Raised(_NO_PACKAGE, state.why(_QUESTION), name=name, path=Unknown((_QUESTION,)))


def tries_submodules(state: State, held: SubstituteObject) -> bool:
    """Whether a from-import tries to import what the object has no attribute of, as from a package.

    Raises:
        Raised: it asks the object for what it does not have (cache.non-module-package).
    """
    about = f"from-import, {named(held)}"
    return goes_on(state, _QUESTION, ("tried", "not tried"), "AttributeError", about=about) == "tried"


def named(held: SubstituteObject) -> str:
    """What ``__name__`` the object has."""
    if "__name__" not in held.attributes:
        return "no __name__"
    return "a __name__" if isinstance(held.attributes["__name__"], str) else "a __name__ that is no text"
