"""Scripts and -m (reference/import §5.8; library/__main__; using/cmdline)."""

from typing import Final

import pytest

from harness.model.case import Launch, Module, Script
from harness.model.prediction import Exactly, Unspecified
from harness.model.source import Broken, Delete, Guard, Mark, Raise
from harness.model.values import ABSENT, Value
from harness.oracle import predict
from harness.oracle.tests.building import EMPTY, Body, Files, case, imports, sets

SCRIPT: Final = Script("r0/main.py")
BELOW: Final = Script("r0/pkg/main.py")
MODULE: Final = Module("mod", "r0/mod.py")
NESTED: Final = Module("pkg.mod", "r0/pkg/mod.py")
PACKAGE: Final = Module("pkg", "r0/pkg/__main__.py")
FILES: Final[Files] = {"r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": EMPTY}


def value(launch: Launch, fact: str, program: Body = EMPTY, files: Files = FILES) -> Value:
    """What is predicted of one fact, which must be certain."""
    found = predict(case(files, program, launch), (3, 12)).facts[fact]
    assert isinstance(found, Exactly)
    return found.value


class TestLaunch:
    """What the main module finds."""

    @pytest.mark.parametrize(
        ("launch", "fact", "expected"),
        [
            pytest.param(SCRIPT, "main/__name__", "__main__", id="name"),
            pytest.param(SCRIPT, "main/__spec__", None, id="script has no spec"),
            pytest.param(SCRIPT, "main/__package__", None, id="script has no package"),
            pytest.param(SCRIPT, "argv0", "<tree>/r0/main.py", id="argv of a script"),
            pytest.param(BELOW, "path0", "<tree>/r0/pkg", id="directory of the script"),
            pytest.param(MODULE, "main/__spec__", "present", id="-m has a spec"),
            pytest.param(MODULE, "main/spec.name", "mod", id="real name"),
            pytest.param(MODULE, "path0", "<tree>/r0", id="working directory"),
            pytest.param(NESTED, "argv0", "<tree>/r0/pkg/mod.py", id="argv of a module"),
            pytest.param(NESTED, "main/__package__", "pkg", id="package of a module"),
            pytest.param(PACKAGE, "main/spec.name", "pkg.__main__", id="real name in a package"),
            pytest.param(PACKAGE, "main/__path__", ABSENT, id="__main__ is no package"),
        ],
    )
    def test_attributes(self, launch: Launch, fact: str, expected: Value) -> None:
        """Each has the value that the documents give it."""
        assert value(launch, fact) == expected

    @pytest.mark.parametrize(
        ("launch", "first"),
        [
            pytest.param(SCRIPT, ("event", "r0/main.py", "__main__"), id="script"),
            pytest.param(BELOW, ("event", "r0/pkg/main.py", "__main__"), id="script in a package"),
            pytest.param(MODULE, ("event", "r0/mod.py", "__main__"), id="module"),
            pytest.param(NESTED, ("event", "r0/pkg/__init__.py", "pkg"), id="nested"),
            pytest.param(PACKAGE, ("event", "r0/pkg/__init__.py", "pkg"), id="package"),
        ],
    )
    def test_first_event(self, launch: Launch, first: Value) -> None:
        """With -m the packages come first, a script's package is nobody's concern."""
        assert value(launch, "trace/0000") == first

    def test_imported_by_name(self) -> None:
        """The main program and the module of its name are two modules."""
        program = (Guard((imports("main"),)),)
        assert value(SCRIPT, "trace/0001", program) == ("event", "r0/main.py", "main")

    def test_neighbour(self) -> None:
        """A script in a package finds its neighbours at the top level."""
        assert value(BELOW, "module/sub/__package__", (imports("sub"),)) == ""

    @pytest.mark.parametrize(
        ("program", "fact", "expected"),
        [
            pytest.param((sets("__doc__", "x"),), "main/__doc__", "x", id="assigned"),
            pytest.param((Delete("__file__"),), "main/__file__", ABSENT, id="deleted"),
            pytest.param((sets("__spec__", 1),), "main/__spec__", "present", id="spec"),
        ],
    )
    def test_changed(self, program: Body, fact: str, expected: Value) -> None:
        """What the program does to its special names is what they hold."""
        assert value(SCRIPT, fact, program) == expected


class TestNeverExecuted:
    """Of a program that is not executed nothing can be reported."""

    @pytest.mark.parametrize(
        ("launch", "program", "files"),
        [
            pytest.param(SCRIPT, (Mark("m"), Broken()), FILES, id="does not compile"),
            pytest.param(NESTED, EMPTY, {"r0/pkg/__init__.py": (Raise("ValueError"),)}, id="package raises"),
            pytest.param(Module("sub", "r1/sub.py"), EMPTY, {"r0/sub.py": EMPTY}, id="another file"),
        ],
    )
    def test_silent(self, launch: Launch, program: Body, files: Files) -> None:
        """No event is predicted, and no end."""
        facts = predict(case(files, program, launch), (3, 12)).facts
        assert {type(item) for item in facts.values()} == {Unspecified}
