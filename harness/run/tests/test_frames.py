"""A frame reads back equal, and nothing else is taken for one."""

import marshal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.run import ProtocolError
from harness.run.frames import HEAD, Wire, check, decode, encode, length

_SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters()) | st.binary()
_WIRES = st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=12)


@given(value=_WIRES, text=st.booleans())
def test_round_trip(value: Wire, *, text: bool) -> None:
    """What is written in either form reads back equal, lone surrogates and big integers included."""
    assert value == decode(encode(value, text=text))


@given(value=_WIRES, text=st.booleans(), data=st.data())
def test_cut(value: Wire, *, text: bool, data: st.DataObject) -> None:
    """No proper prefix of a frame is a frame."""
    frame = encode(value, text=text)
    with pytest.raises(ProtocolError):
        decode(frame[: data.draw(st.integers(0, len(frame) - 1))])


@given(value=_WIRES, more=st.binary(min_size=1))
def test_trailing(value: Wire, more: bytes) -> None:
    """Nothing may follow a frame."""
    with pytest.raises(ProtocolError):
        decode(encode(value) + more)


@given(garbage=st.binary(max_size=40))
def test_garbage(garbage: bytes) -> None:
    """Bytes that do not begin as a frame does are none."""
    with pytest.raises(ProtocolError):
        decode(b"x" + garbage)


@given(value=_WIRES, text=st.booleans(), data=st.data())
def test_garbled(value: Wire, *, text: bool, data: st.DataObject) -> None:
    """A frame in which any one byte is changed is none."""
    frame = bytearray(encode(value, text=text))
    place = data.draw(st.integers(0, len(frame) - 1))
    frame[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ProtocolError):
        decode(bytes(frame))


@pytest.mark.parametrize(
    "garbage", [b"", b"(", b"(1, ", b")", b"call()", b"\xff", b"'\\q'", b"b'\\u1234'", b"1 2"], ids=ascii
)
@pytest.mark.parametrize("magic", [b"IC1M", b"IC1T"], ids=["marshal", "text"])
def test_no_value(garbage: bytes, magic: bytes) -> None:
    """What is no value of the wire is an error of the protocol even in a good frame."""
    with pytest.raises(ProtocolError):
        decode(magic + b"%08x%08x" % (len(garbage), check(garbage)) + garbage)


@pytest.mark.parametrize("value", [1.5, [1], {"a": 1}, (1, (2.5,))], ids=["float", "list", "dict", "nested"])
def test_other_values(value: float | list[int] | dict[str, int] | tuple[int, tuple[float]]) -> None:
    """A frame that holds anything but plain values is refused."""
    data = marshal.dumps(value, 2)
    with pytest.raises(ProtocolError, match="plain values"):
        decode(b"IC1M" + b"%08x%08x" % (len(data), check(data)) + data)


def test_length() -> None:
    """The head tells how many bytes follow."""
    frame = encode(("a", 1))
    assert len(frame) - HEAD == length(frame[:HEAD])


@given(value=_WIRES)
def test_text_of_others(value: Wire) -> None:
    """The text form may hold what is not ASCII as it is, as ``repr`` of some implementations leaves it."""
    data = repr(value).encode("utf-8", "surrogatepass")
    assert decode(b"IC1T" + b"%08x%08x" % (len(data), check(data)) + data) == value
