"""Where bytecode belongs, and decoding sources: functions of importlib.util (library/importlib §importlib.util)."""

import re
from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.oracle.attributes import CACHED
from harness.oracle.departing import raises
from harness.oracle.layout import PREFIX
from harness.oracle.objects import Object, Raised, Scope
from harness.oracle.state import Argument, Silent, State

CACHE: Final = "api.cache-from-source"
LEVEL: Final = "api.cache-from-source-optimization"
OVERRIDE: Final = "api.cache-from-source-debug-override-removed"
SOURCE: Final = "api.source-from-cache"
DECODED: Final = "api.decode-source"
TRAILING: Final = "api.decode-source-trailing-cr"
BESIDE: Final = Departure(CACHE, "beside", "the bytecode belongs beside the source")
LEVEL_IGNORED: Final = Departure(LEVEL, "ignored", "the optimization that is given does not show")
LEVEL_ERRORS: Final = raises(LEVEL, "TypeError", "AttributeError")
ANY_LEVEL: Final = Departure(LEVEL, "any text", "an optimization may be any text")
OVERRIDE_TAKEN: Final = Departure(OVERRIDE, "taken", "there is a parameter debug_override")
SOURCE_ERRORS: Final = raises(SOURCE, "TypeError", "FileNotFoundError")
NOT_CHECKED: Final = Departure(SOURCE, "None", "a path of another form leads to None")
MUST_EXIST: Final = Departure(SOURCE, "must be there", "of a path that is not there FileNotFoundError is raised")
NEWLINES_KEPT: Final = Departure(DECODED, "newlines kept", "the separators of lines stay as they are")
ALWAYS_UTF_8: Final = Departure(DECODED, "always utf-8", "a declared encoding is not looked at")
LAST_KEPT: Final = Departure(TRAILING, "kept", "a return at the end stays as it is")
LAST_LOST: Final = Departure(TRAILING, "lost", "a return at the end is lost")

_FORM: Final = re.compile(r"(?s)(.*)/__pycache__/([^/.]+)\.<tag>(?:\.opt-\w+)?\.pyc")
_DECLARED: Final = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
_ENCODINGS: Final = {"utf-8": "utf-8", "latin-1": "latin-1", "iso-8859-1": "latin-1"}


def cache_from_source(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Where the bytecode of a source belongs.

    Clauses: api.cache-from-source, api.cache-from-source-optimization, api.cache-from-source-debug-override-removed.

    Raises:
        Raised: the optimization is not alphanumeric, or a parameter is given that was removed.
        Silent: it is no source file of the tree.
    """
    del scope
    place, level = given["path"], given.get("optimization")
    if not isinstance(place, Place) or not place.path.endswith(".py") or place.path.rpartition("/")[2].count(".") > 1:
        raise Silent(CACHE)
    if "debug_override" in given:
        if not state.since(3, 15):
            raise Silent(CACHE)
        if not state.departs(OVERRIDE_TAKEN):
            raise Raised("TypeError", state.why(OVERRIDE))
    if not isinstance(level, str | int | None):
        raise Silent(LEVEL)
    shown = "" if level is None else str(level)
    if shown:
        state.cite(LEVEL)
        if not shown.isalnum() and not state.departs(ANY_LEVEL):
            raise Raised(state.error("ValueError", LEVEL_ERRORS), state.why())
        if state.departs(LEVEL_IGNORED):
            shown = ""
    state.cite(CACHE)
    head, _, name = f"{PREFIX}{place.path}".rpartition("/")
    inside = "" if state.departs(BESIDE) else f"/{CACHED}"
    return f"{head}{inside}/{name.removesuffix('.py')}.<tag>{f'.opt-{shown}' if shown else ''}.pyc"


def source_from_cache(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The source of which that is the bytecode.

    Clauses: api.source-from-cache.

    Raises:
        Raised: the path is of another form.
    """
    del scope
    path = given["path"]
    text = f"{PREFIX}{path.path}" if isinstance(path, Place) else path
    if not isinstance(text, str):
        raise Silent("scope.operand-types")
    state.cite(SOURCE)
    found = _FORM.fullmatch(text)
    if found is None:
        if state.departs(NOT_CHECKED):
            return None
        raise Raised(state.error("ValueError", SOURCE_ERRORS), state.why())
    if state.departs(MUST_EXIST):
        raise Raised("FileNotFoundError", state.why())
    return f"{found[1]}/{found[2]}.py"


def decode_source(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The text of a source, with universal newlines.

    Clauses: api.decode-source, api.decode-source-trailing-cr.

    Raises:
        Silent: its encoding is another one than UTF-8 or Latin-1, or it has none.
    """
    del scope
    data = given["source_bytes"]
    if not isinstance(data, bytes):
        raise Silent("scope.operand-types")
    lines = data.decode("latin-1").splitlines()[:2]
    declared = [found[1] for found in map(_DECLARED.match, lines) if found]
    encoding = _ENCODINGS.get(declared[0].lower()) if declared else "utf-8"
    state.cite(DECODED)
    if encoding == "latin-1" and not data.isascii() and state.departs(ALWAYS_UTF_8):
        raise Raised("UnicodeDecodeError", state.why())
    try:
        text = data.decode(encoding or "")
    except (UnicodeDecodeError, LookupError):
        raise Silent(DECODED) from None
    if "\r" in text and state.departs(NEWLINES_KEPT):
        return text
    lone = text.endswith("\r")
    if lone:
        state.cite(TRAILING)
        taken = state.decide(LAST_KEPT, LAST_LOST)
        if taken is not None:
            return _universal(text[:-1]) + ("\r" if taken is LAST_KEPT else "")
    return _universal(text)


def _universal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
