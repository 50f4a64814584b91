"""The traceback with which a reproducer ends, as it can stand in a report."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from conformance.reproducing.telling import Reproducer
from harness.run import AdapterError, HarnessError, Implementation, Workspace
from harness.run.launching import launched

_MOST: Final = 12
"""So many lines of it are shown, the last ones."""

_CUT: Final = "…"
_BEGIN: Final = "Traceback (most recent call last):"
_FILE: Final = re.compile(r'File "(/[^"]*)"')
_MADE: Final = re.compile(r"/…/tmp\w{8}(?![\w.])")
"""The directory that the program makes, and which it calls ``tmp``."""

_UNDERLINE: Final = re.compile(r"[ ^~]*")
_OWN: Final = "repro.py"


def traceback(
    made: Reproducer, implementation: Implementation, workspace: Workspace, environment: Mapping[str, str]
) -> str:
    """The last lines of the traceback with which the program ends there; nothing where it ends without one.

    It is run as it is written now: what was tried had another head, and so its lines other numbers. Of the path of a
    file the last two parts are left, and nothing underlines.
    """
    try:
        ended = launched(implementation, made.text, workspace, environment=environment, host="", runner=made.runner)
    except (AdapterError, HarnessError):
        return ""
    place = re.compile(rf"{re.escape(str(workspace.path))}/program\d+/")
    said = place.sub("/…/", ended.stderr.decode("utf-8", "replace"))
    return "" if ended.late else shown(said)


def shown(said: str) -> str:
    """What of it a report shows."""
    lines = [
        _FILE.sub(_short, line)
        for line in _MADE.sub("tmp", said).rstrip().splitlines()
        if not _UNDERLINE.fullmatch(line)
    ]
    if _BEGIN not in lines:
        return ""
    whole = lines[lines.index(_BEGIN) :]
    return "\n".join([_CUT] * (len(whole) > _MOST) + whole[-_MOST:])


def _short(found: re.Match[str]) -> str:
    path = PurePosixPath(found[1])
    return f'File "{path.name if path.name == _OWN else "/".join((_CUT, *path.parts[-2:]))}"'
