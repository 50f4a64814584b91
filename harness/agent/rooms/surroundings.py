"""What the environment and the command say.

Needs: origin.
"""


def _variable(name):
    """The value of a variable of the environment, None where there is none."""
    if _MICRO:
        return posix.getenv(name)
    value = posix.environ.get(name.encode())
    return value if value is None else value.decode("utf-8", "surrogateescape")
