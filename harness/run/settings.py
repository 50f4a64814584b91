"""What the command of an implementation sets by itself: known, left out with a reason, or refused."""

import codecs
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from harness.run.frames import Wire

__all__ = ["OPTIMIZATION", "Settings", "read", "unasked", "unusable"]

_KEPT: Final = "the command keeps the directory of a program off sys.path, as -P and -I do"
_REPLACED: Final = "the command changes PYTHONPATH, or ignores it, as -E and -I do"
_MOVED: Final = "the command changes the working directory, which is not the one it was started in"
_BYTECODE: Final = "the command has bytecode written, whatever PYTHONDONTWRITEBYTECODE says"
_LEVEL: Final = "the command optimizes, as -O does, and the case names a level of its own"
_DOCLESS: Final = 2
_WARNED: Final = ("", "Warning", "ImportWarning", "DeprecationWarning")
_OF_BYTES: Final = "BytesWarning"

OPTIMIZATION: Final = "optimization"
"""What a case names that asks for a level of it: where the command sets one, the tag of bytecode holds that already."""


class Settings(msgspec.Struct, frozen=True):
    """How an interpreter found itself set up.

    ``scratch`` and ``named``: what the environment says of the scratch directory, and its PYTHONPATH; ``directory``:
    the working directory, where it was started in the scratch directory; ``path``: ``sys.path``; ``bytecode``: whether
    it is written; ``optimize``: the level of ``-O``; ``comparing``: that of ``-b``; ``encoding``: that of file names;
    ``warnings``: the options ``-W``; ``lazy``: which imports are lazy, where any can be.
    """

    executable: str | None = None
    scratch: str | None = None
    directory: str | None = None
    named: str | None = None
    path: tuple[str, ...] = ()
    bytecode: bool = False
    optimize: int = 0
    comparing: int = 0
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    lazy: str | None = None


def read(wire: Wire) -> Settings:
    """What the agent told.

    Raises:
        msgspec.ValidationError: it is no such thing.
    """
    return msgspec.convert(dict(wire) if isinstance(wire, tuple) else wire, Settings)


def unusable(settings: Settings, scratch: str) -> tuple[str, str] | None:
    """Why an interpreter that is set up so cannot be judged, and a way out; None where it can be.

    ``scratch``: the scratch directory, as its environment was to name it.
    """
    if settings.scratch != scratch:
        reason = "its command keeps the environment from it, by which its processes are told what to do"
        return reason, "name a command that passes its environment on"
    if settings.optimize >= _DOCLESS:
        return "its command leaves docstrings out, as -OO does", "name it without that option"
    if settings.encoding and not _is_utf8(settings.encoding):
        reason = f"it takes file names to be in {settings.encoding}, and names of modules are written in UTF-8"
        return reason, "name a command that leaves LANG and PYTHONUTF8 alone"
    categories = (*_WARNED, _OF_BYTES) if settings.comparing else _WARNED
    raised = [option for option in settings.warnings if _raises(option, categories)]
    if raised:
        short = ", or by -bb" if _OF_BYTES in raised[0] else ""
        return f"its command has warnings raised, by -W {raised[0]}{short}", "name it without that option"
    if settings.lazy not in {None, "normal"}:
        return f"its command makes imports lazy that are not: {settings.lazy}", "name it without that option"
    return None


def unasked(settings: Settings, expected: tuple[str, str]) -> Mapping[str, str]:
    """The kinds of launch that the command spoils, and the word that no case can use then, each with the reason.

    ``expected``: what ``sys.path`` was to begin with, the directory of the program and what PYTHONPATH names.
    """
    directory, named = expected
    reasons = [_MOVED] * (settings.directory not in {None, settings.scratch})
    reasons += [_BYTECODE] * settings.bytecode
    reasons += [_REPLACED] * (settings.named != named or named not in settings.path)
    reasons += [_KEPT] * (settings.path[:1] != (directory,))
    launches = dict.fromkeys(("script", "module"), reasons[-1]) if reasons else {}
    return launches | ({OPTIMIZATION: _LEVEL} if settings.optimize else {})


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def _raises(option: str, categories: Sequence[str]) -> bool:
    action, _, category, *_ = (*option.split(":"), "", "")
    return bool(action) and "error".startswith(action) and category in categories
