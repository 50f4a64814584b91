"""Which faults an interpreter can be given, and a sample of them."""

import hashlib
from collections.abc import Sequence
from typing import Final

from conformance.sensitivity.faults import Fault
from conformance.sensitivity.operators import faults_of
from conformance.sensitivity.originals import Original

__all__ = ["MODULES", "places", "sample"]

MODULES: Final = (
    "importlib._bootstrap",
    "importlib._bootstrap_external",
    "runpy",
    "pkgutil",
    "zipimport",
    "site",
)
"""The import system, as far as an implementation has it in Python."""

_ELSEWHERE: Final = {
    "_print_error": "what it prints is for people",
    "_trace": "what it prints is for people, and only with -v",
    "_warn": "what it prints is for people",
    "_warn_future_us": "what it prints is for people",
    "_script": "the command line of site, no part of a start",
    "enablerlcompleter": "completion in an interactive session",
    "gethistoryfile": "the history of an interactive session",
    "register_readline": "completion in an interactive session",
    "setcopyright": "texts of an interactive session",
    "sethelper": "help in an interactive session",
    "setquit": "the end of an interactive session",
}
"""The functions of site that have nothing to do with imports, and why."""


def places(original: Original) -> tuple[Fault, ...]:
    """Every fault of an interpreter's own import system, as the documents describe it, module by module.

    A module that the interpreter does not have in Python has no place. Of site it is what finds and reads directories,
    path configuration files and customisation modules.

    Raises:
        SyntaxError: a source is none that can be read.
    """
    return tuple(
        fault
        for module in MODULES
        if module in original.sources
        for fault in faults_of(original.source(module), module)
        if module != "site" or fault.function.split(".")[0] not in _ELSEWHERE
    )


def sample(faults: Sequence[Fault], number: int, seed: int) -> tuple[Fault, ...]:
    """``number`` of the faults, each as likely as any other, in the order in which they are drawn.

    What is drawn follows from seed and ids alone: it is the same on every machine, and a smaller sample is the
    beginning of a larger one.
    """
    return tuple(sorted(faults, key=lambda fault: _lot(fault, seed))[:number])


def _lot(fault: Fault, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{fault.id}".encode()).digest()
