"""The one codec: strict JSON that reads back equal whatever it wrote.

JSON text cannot hold a lone surrogate in UTF-8. Every string is therefore written with each surrogate as a backslash,
``u`` and four hexadecimal digits, and each backslash doubled; reading undoes that. Nothing that is read is left out
without a word: a field that a record does not have is refused, and so is one that a document has twice.
"""

import json
import re
from typing import Any, Final, TypeVar

import msgspec

from harness.model.readable import readable
from harness.model.upgrading import upgraded

SCHEMA: Final = 2
"""The version of what is written; raised whenever an older reader would misunderstand it."""

OLDEST: Final = 1
"""The oldest version that is read."""

_T = TypeVar("_T")
_UNSAFE = re.compile("\\\\.|[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(\\|u[0-9a-f]{4})")
_ENCODER = msgspec.json.Encoder(order="deterministic")
_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class CodecError(ValueError):
    """Text that is not what the codec writes. ``where`` names the input, ``reason`` what was expected."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        """The input and what was expected of it."""
        return f"{self.where}: {self.reason}"


def encode(value: object) -> bytes:
    """The canonical JSON of a record: its fields in their order, keys of a mapping sorted, no space, UTF-8."""
    try:
        data = _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _escaping(value)
    return _escaping(value) if b"\\\\" in data else data  # so JSON spells a backslash, and nothing else


def decode(data: bytes | str, wanted: type[_T], *, where: str = "input") -> _T:
    """The record of type ``wanted`` that ``data`` holds.

    Raises:
        CodecError: ``data`` is not JSON, or not a record of that type.
    """
    return _converted(_restored(_parsed(data, where), where), wanted, where)


def _parsed(data: bytes | str, where: str) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CodecError(where, str(error)) from error


def _restored(parsed: Any, where: str) -> Any:
    """What was parsed, with the strings as they were before they were written."""
    try:
        return _unescape(parsed)
    except (ValueError, RecursionError) as error:
        raise CodecError(where, str(error)) from error


def _converted(value: Any, wanted: type[_T], where: str) -> _T:
    try:
        return msgspec.convert(value, wanted, strict=True)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CodecError(where, str(error)) from error


class _Version(msgspec.Struct, frozen=True):
    schema: int


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case file; ``about`` and ``clauses`` are the notes of a vector."""

    schema: int
    case: Any
    about: str = ""
    clauses: tuple[str, ...] = ()


class _Document(msgspec.Struct, frozen=True):
    schema: int
    case: object


def encode_document(case: object) -> bytes:
    """A case as a file of its own: the schema version before it, indented for people."""
    return readable(encode(_Document(SCHEMA, case)))


def decode_document(data: bytes | str, wanted: type[_T], *, where: str = "input") -> _T:
    """The case that :func:`encode_document` wrote, this version of it or an older one.

    Raises:
        CodecError: ``data`` is not JSON, is of another schema version, holds no such case, or a field twice.
    """
    parsed = _parsed(data, where)
    told = _restored(parsed, where)
    version = _converted(told, _Version, where).schema
    if not OLDEST <= version <= SCHEMA:
        raise CodecError(where, f"schema version {version}, expected {OLDEST} to {SCHEMA}")
    envelope = _converted(told, _Envelope, where)
    _check_once(data, parsed, where)
    try:
        return msgspec.convert(upgraded(envelope.case, version), wanted, strict=True)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CodecError(where, _placed(str(error))) from error


def _placed(message: str) -> str:
    """The message with the place in the document: it says nothing of it where that is the case itself."""
    return message.replace("`$", "`$.case") if "`$" in message else f"{message} - at `$.case`"


def _check_once(data: bytes | str, parsed: object, where: str) -> None:
    """Refuse a document in which a field stands twice: readers differ in which of the two they take.

    What the codec itself wrote in a line has none: ``parsed``, written again, is the document.

    Raises:
        CodecError: there is one.
    """
    told = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if msgspec.json.encode(parsed) == told:
        return
    try:
        json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise CodecError(where, str(error)) from error


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Refuse a field that stands twice in one object."""
    if len(dict(pairs)) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"expected each field once, got two of {ascii(twice):.80}"
        raise ValueError(message)


def _escaping(value: object) -> bytes:
    """The way for what has strings that must be escaped; for all else it is the same to the byte."""
    told = _TEXT.encode(msgspec.to_builtins(value, order="deterministic"))
    return _UNSAFE.sub(_escaped, told).encode()


def _escaped(match: re.Match[str]) -> str:
    """What of a JSON text is a backslash, or half a character, as a backslash of the text and what stands for it."""
    found = match.group()
    if found == "\\\\":
        return "\\\\\\\\"
    return found if found[0] == "\\" else f"\\\\u{ord(found):04x}"


def _unescape(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return _ESCAPED.sub(_unescaped, value) if "\\" in value else value
    if kind is dict:
        read = {
            _unescape(key) if "\\" in key else key: item if type(item) is str and "\\" not in item else _unescape(item)
            for key, item in value.items()
        }
        if len(read) != len(value):
            message = "expected distinct names of fields"
            raise ValueError(message)
        return read
    if kind is list:
        return tuple([_unescape(item) for item in value])
    return value


def _unescaped(match: re.Match[str]) -> str:
    found = match.group(1)
    return "\\" if found == "\\" else chr(int(found[1:], 16))
