"""The environment of a subject: built, not inherited."""

import os
from collections.abc import Mapping
from typing import Final

__all__ = ["REQUEST", "environment"]

REQUEST: Final = "IMPORT_CONFORMANCE_REQUEST"
"""The variable that tells a program, which the implementation itself runs, where its request lies."""


def environment(host: Mapping[str, str]) -> dict[str, str]:
    """What every subject gets, given the environment of the host: its ``PATH`` and ``HOME``, and nothing else of it."""
    return {
        "PATH": host.get("PATH", os.defpath),
        "HOME": host.get("HOME", "/"),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
