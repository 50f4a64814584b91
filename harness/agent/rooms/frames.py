"""The wire: one frame, one value; and how it is written.

Needs: origin, ending.
"""

_PRIME = 4294967291


def _frame(value, marshalled):
    """The bytes of a frame."""
    data = marshal.dumps(value, 2) if marshalled else repr(value).encode()
    numbers = (len(data), int.from_bytes(data, "little") % _PRIME)
    return (("IC1M%08x%08x" if marshalled else "IC1T%08x%08x") % numbers).encode() + data


def _unframe(data):
    """The value of a frame that is known to be whole."""
    return marshal.loads(data[20:]) if data[:4] == b"IC1M" else eval(data[20:].decode())


def _load(path):
    """The value of the frame in a file, and whether it is marshalled."""
    with open(path, "rb") as file:
        data = file.read()
    return _unframe(data), data[:4] == b"IC1M"


def _replace(path, data):
    """Write a file that holds nothing else afterwards."""
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as failure:
        _fail(failure)


def _write(descriptor, data):
    while data:
        data = data[_put(descriptor, data) :]
