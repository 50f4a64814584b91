"""The names that are built in, where names are looked up last (reference/executionmodel §4.2.2; library/builtins)."""

from typing import Final

from harness.model.exceptions import ALIASES, OLDEST, introduced
from harness.oracle.module_types import Found
from harness.oracle.objects import BuiltinObject, Unknown, Why
from harness.oracle.state import Silent, State

_WHY: Final[Why] = ("scope.builtins-searched-last",)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OTHERS: Final = _words(
    """
    Ellipsis NotImplemented abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile
    complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash hex
    id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print
    property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip
    """
)
_NEW_OTHERS: Final = {"aiter": (3, 10), "anext": (3, 10), "frozendict": (3, 15), "sentinel": (3, 15)}
_PERHAPS: Final = _words("WindowsError copyright credits exit help license quit __loader__ __package__")
"""Names that a platform, a start without ``site``, or an implementation may lack."""


def is_builtin(name: str) -> bool:
    """Whether the name is built in in every version."""
    return introduced(name, OLDEST) or name in _OTHERS or name in ALIASES


def builtin(state: State, name: str) -> Found | None:
    """What ``name`` is bound to in the namespace of the module ``builtins``, ``None`` where no document lists it.

    Raises:
        Silent: the documents do not say whether it is bound.
    """
    if name in _PERHAPS:
        raise Silent(*_WHY)
    if name == "__name__":
        return Found("builtins", _WHY)
    if name in ALIASES or state.introduced(name):
        return Found(BuiltinObject(ALIASES.get(name, name)), _WHY)
    if name in _OTHERS or name in {"__doc__", "__spec__"} or (name in _NEW_OTHERS and state.since(*_NEW_OTHERS[name])):
        return Found(Unknown(_WHY), _WHY)
    return None
