"""Implementations of one name and version are told apart by a part of their commands."""

import pytest

from conformance.engine.labels import apart, labels
from harness.model.observation import Identity


@pytest.mark.parametrize(
    ("commands", "parts"),
    [
        pytest.param(["/a/old/bin/python3", "/a/new/bin/python3"], ["old", "new"], id="one directory"),
        pytest.param(["/usr/bin/py", "/usr/local/bin/py"], ["usr/bin", "local/bin"], id="one within another"),
        pytest.param(["/b/x/1/py", "/c/y/1/py"], ["x", "y"], id="the nearest directory"),
        pytest.param(["/b/x/py", "/c/x/py", "/b/y/py"], ["b/x", "c/x", "b/y"], id="more directories"),
        pytest.param(["/a/old/bin/python", "/a/new/bin/python3"], ["old", "new"], id="directories first"),
        pytest.param(["/b/py", "/b/py3"], ["py", "py3"], id="in one directory"),
        pytest.param(["/b/py", "/b/py -B"], ["py", "-B"], id="an option more"),
        pytest.param(["/b/py -O", "/b/py -B"], ["-O", "-B"], id="another option"),
        pytest.param(["/b/py -O", "/c/py -B"], ["b -O", "c -B"], id="both"),
        pytest.param(["/b/py -O", "/c/py -O"], ["b", "c"], id="the same option"),
        pytest.param(["/b/py", "/b/py -B", "/c/py"], ["b", "b -B", "c"], id="some with an option"),
    ],
)
def test_apart(commands: list[str], parts: list[str]) -> None:
    """As little is told as tells them apart."""
    assert tuple(parts) == apart([tuple(command.split()) for command in commands])


def test_labels() -> None:
    """Who is called alike has a part of its command behind that, and what does not print in it is escaped."""
    asked = [("cpython", "/a/x/py"), ("pypy", "/b/py"), ("cpython", "/a/\n/py"), ("cpython", "/a/x/py")]
    found = labels([Identity(name, "1.0", (3, 12), (command,)) for name, command in asked])
    assert ("cpython 1.0 (x)", "pypy3.12 1.0", "cpython 1.0 (\\n)", "cpython 1.0 (x) #2") == found
