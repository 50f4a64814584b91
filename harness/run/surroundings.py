"""The environment of a subject: built, not inherited."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

__all__ = ["REQUEST", "SCRATCH", "environment", "marked", "searched"]

REQUEST: Final = "IMPORT_CONFORMANCE_REQUEST"
"""The variable that tells a program, which the implementation itself runs, where its request lies."""


SCRATCH: Final = "IMPORT_CONFORMANCE_SCRATCH"
"""The variable that tells every process of a subject, wherever it goes, to which scratch directory it belongs."""


def marked(base: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """The environment of processes that belong to that scratch directory."""
    return {**base, SCRATCH: str(scratch)}


def searched(entries: Sequence[str]) -> dict[str, str]:
    """What the environment has besides, so that a program the implementation itself runs finds modules there too."""
    return {"PYTHONPATH": ":".join(entries), "MICROPYPATH": ":".join((*entries, ".frozen"))} if entries else {}


def environment(host: Mapping[str, str]) -> dict[str, str]:
    """What every subject gets, given the environment of the host: its ``PATH`` and ``HOME``, and nothing else of it."""
    return {
        "PATH": host.get("PATH", os.defpath),
        "HOME": host.get("HOME", "/"),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
