"""What an implementation is without altogether: attributes that no module, or no exception, of it has, and modules.

Facts about such an attribute are not judged of an implementation of which it is said that it lacks it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from harness.model.observation import Observation
from harness.model.values import UNOBSERVED

__all__ = ["ATTRIBUTES", "LIBRARY", "masked", "named_in", "unobservable"]

_MODULES: Final = ("__cached__", "__doc__", "__file__", "__loader__", "__package__", "__path__", "__spec__")
_ERRORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "__cause__": "exception/cause",
        "__context__": "exception/context",
        "ImportError.name": "exception/name",
        "ImportError.path": "exception/path",
    }
)
ATTRIBUTES: Final = (*_MODULES, *_ERRORS)
"""The attributes that an implementation can be said to lack."""

LIBRARY: Final = ("importlib", "pkgutil", "runpy")
"""The modules of the library that it can be said to lack."""

_OF_SPECS: Final = (
    "spec.name",
    "spec.origin",
    "spec.parent",
    "spec.has_location",
    "spec.cached",
    "spec.submodule_search_locations",
    "same-path",
)
_KEY: Final = re.compile(r"(module/.+|main)/([^/]+)")
_WARNINGS: Final = "warnings"


def unobservable(key: str) -> bool:
    """Whether there are implementations of which that fact cannot be judged."""
    shown = {key for name in _ERRORS for key in _of_errors(name)}
    return key == _WARNINGS or key in shown or _attribute(key) in {*_MODULES, *_OF_SPECS}


def masked(observation: Observation, lacking: Iterable[str]) -> Observation:
    """The same, without the facts about these attributes."""
    without = frozenset(lacking)
    gone = set(_gone(observation, without)) if without else ()
    if not gone:
        return observation
    return msgspec.structs.replace(observation, facts={**observation.facts, **dict.fromkeys(gone, UNOBSERVED)})


def named_in(text: str, lacking: Iterable[str]) -> str:
    """The first of these attributes of modules that a text names; empty if it names none."""
    return next((name for name in lacking if name in _MODULES and re.search(rf"\b{name}\b", text)), "")


def _gone(observation: Observation, lacking: frozenset[str]) -> Iterator[str]:
    for key in observation.facts:
        found = _KEY.fullmatch(key)
        if found is None or "/value/" in key:
            yield from (key for name in lacking if key in _of_errors(name))
        elif found[2] in lacking:
            yield key
            if found[2] == "__spec__":
                yield from (f"{found[1]}/{name}" for name in _OF_SPECS)
            if found[2] == "__path__":
                yield f"{found[1]}/same-path"


def _of_errors(name: str) -> tuple[str, ...]:
    """The facts about an attribute of exceptions; those of an ImportError tell, too, whether it is shown."""
    key = _ERRORS.get(name, "")
    _, dot, part = name.partition(".")
    return (key, f"exception/message-{part}", f"exception/repr-{part}") if dot else (key,)


def _attribute(key: str) -> str:
    found = _KEY.fullmatch(key)
    return "" if found is None or "/value/" in key else found[2]
