"""The wire between the runner and the agent: one frame, one value (see the docstring of the agent)."""

import marshal
import re
from typing import Any, Final, TypeAlias, cast

from harness.run.errors import ProtocolError
from harness.run.literals import read

__all__ = ["HEAD", "Wire", "check", "decode", "encode", "length"]

Wire: TypeAlias = None | bool | int | str | bytes | tuple[Any, ...]
"""What a frame can hold."""

HEAD: Final = 20
"""The number of bytes before the value: magic, length and check."""

_MARSHALLED: Final = b"IC1M"
_TEXT: Final = b"IC1T"
_HEXADECIMAL: Final = re.compile(rb"[0-9a-f]{16}")
_PRIME: Final = 4294967291
_DEEPEST: Final = 40
_SCALARS: Final = frozenset({bool, int, str, bytes})
_BROKEN = (ValueError, EOFError, TypeError, MemoryError, RecursionError)


def encode(value: Wire, *, text: bool = False) -> bytes:
    """The frame that holds ``value``."""
    data = ascii(value).encode() if text else marshal.dumps(value, 2)
    return (_TEXT if text else _MARSHALLED) + b"%08x%08x" % (len(data), check(data)) + data


def check(data: bytes) -> int:
    """The number by which a frame is known to be as it was written: quick to find, also for an interpreter."""
    return int.from_bytes(data, "little") % _PRIME


def length(head: bytes) -> int:
    """How many bytes follow a head of :data:`HEAD` bytes.

    Raises:
        ProtocolError: it is no head of a frame.
    """
    if head[:4] in {_MARSHALLED, _TEXT} and _HEXADECIMAL.fullmatch(head[4:]):
        return int(head[4:12], 16)
    message = f"expected a frame, got {head[:HEAD]!r}"
    raise ProtocolError(message)


def decode(frame: bytes) -> Wire:
    """The value that a whole frame holds.

    Raises:
        ProtocolError: the frame is cut, has something after its end, or holds no value of the wire.
    """
    expected = length(frame[:HEAD])
    if len(frame) != HEAD + expected:
        message = f"expected a frame of {expected} bytes, got {len(frame) - HEAD}"
        raise ProtocolError(message)
    if frame[12:HEAD] != b"%08x" % check(frame[HEAD:]):
        message = "expected a frame whose bytes have the remainder that it tells"
        raise ProtocolError(message)
    try:
        if frame.startswith(_MARSHALLED):
            value = marshal.loads(frame[HEAD:])  # noqa: S302 - of the agent, and checked below
        else:
            value = read(frame[HEAD:].decode("utf-8", "surrogatepass"))
    except _BROKEN as error:
        message = f"expected a value in the frame, got {type(error).__name__}"
        raise ProtocolError(message) from error
    _check_plain((value,), 0)
    return cast("Wire", value)


def _check_plain(items: tuple[object, ...], depth: int) -> None:
    """Refuse what the wire does not hold.

    Raises:
        ProtocolError: one of these is no value of the wire.
    """
    for item in items:
        if type(item) in _SCALARS or item is None:
            continue
        if not isinstance(item, tuple) or depth >= _DEEPEST:
            message = f"expected plain values in the frame, got {type(item).__name__}"
            raise ProtocolError(message)
        _check_plain(item, depth + 1)
