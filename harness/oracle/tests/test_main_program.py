"""Scripts and -m (reference/import §5.8; library/__main__; using/cmdline)."""

from typing import Final

import pytest

from harness.model.case import Launch, Module, Script
from harness.model.language.attributes import DeleteAttribute, SetAttribute
from harness.model.language.paths import PathAnew
from harness.model.language.shapes import Constant, Expression, Place
from harness.model.prediction import Exactly, Unspecified
from harness.model.source import Block, Broken, Delete, Guard, Mark, Raise, Recache, SetPath, Substitute, Try, Uncache
from harness.model.values import ABSENT, Value
from harness.oracle import departure, predict
from harness.oracle.tests.building import EMPTY, Body, Files, case, imports, sets, takes

SCRIPT: Final = Script("r0/main.py")
BELOW: Final = Script("r0/pkg/main.py")
MODULE: Final = Module("mod", "r0/mod.py")
NESTED: Final = Module("pkg.mod", "r0/pkg/mod.py")
PACKAGE: Final = Module("pkg", "r0/pkg/__main__.py")
MAIN: Final = Module("pkg.__main__", "r0/pkg/__main__/__main__.py")
DEEP: Final = Module("pkg.sub.mod", "r0/pkg/sub/mod.py")
WARNING: Final = "relative.package-fallback-warns"
FILES: Final[Files] = {"r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": EMPTY}
MAIN_FILES: Final[Files] = {**FILES, "r0/pkg/__main__/__init__.py": EMPTY}


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


class TestWarnings:
    """A warning is heard of once the program runs: of what -m imports before that nobody hears."""

    WARNS: Final[Body] = (sets("__spec__", None), sets("__package__", "pkg"), takes(".", "sub"))

    @pytest.mark.parametrize(
        ("package", "program", "expected"),
        [
            pytest.param(WARNS, EMPTY, None, id="package imported before"),
            pytest.param(EMPTY, WARNS, Exactly(("list", "DeprecationWarning"), (WARNING,)), id="program"),
        ],
    )
    def test_heard(self, package: Body, program: Body, expected: Exactly | None) -> None:
        """What the program warns of is a fact, what came before it is none."""
        files = {**FILES, "r0/pkg/__init__.py": package}
        assert predict(case(files, program, NESTED), (3, 12)).facts.get("warnings") == expected


class TestNeverExecuted:
    """Of a program that is not executed nothing can be reported."""

    @pytest.mark.parametrize(
        ("launch", "program", "files"),
        [
            pytest.param(SCRIPT, (Mark("m"), Broken()), FILES, id="does not compile"),
            pytest.param(NESTED, EMPTY, {"r0/pkg/__init__.py": (Raise("ValueError"),)}, id="package raises"),
            pytest.param(NESTED, EMPTY, {"r0/pkg/__init__.py": (SetPath(()),)}, id="no such submodule"),
            pytest.param(NESTED, EMPTY, {"r0/pkg.py": EMPTY}, id="no such package"),
            pytest.param(PACKAGE, EMPTY, {"r0/pkg/__init__.py": (SetPath(()),)}, id="no such __main__"),
        ],
    )
    def test_nothing(self, launch: Launch, program: Body, files: Files) -> None:
        """There is no event; with what status the process ends is nowhere said."""
        facts = predict(case(files, program, launch), (3, 12)).facts
        assert value(launch, "trace/0000", program, files) == ABSENT
        assert isinstance(facts["outcome"], Unspecified)

    def test_silent(self) -> None:
        """Where another file is found under the name, nothing is predicted of the program."""
        facts = predict(case({"r0/sub.py": EMPTY}, EMPTY, Module("sub", "r1/sub.py")), (3, 12)).facts
        assert {type(item) for item in facts.values()} == {Unspecified}


class TestDepartures:
    """A main program when one rule is taken the other way."""

    @pytest.mark.parametrize(
        ("launch", "departed", "fact", "expected"),
        [
            pytest.param(
                SCRIPT, ("main.name-in-all-start-modes", "of the file"), "main/__name__", "main", id="name of the file"
            ),
            pytest.param(SCRIPT, ("main.package-none-for-script", "empty"), "main/__package__", "", id="package"),
            pytest.param(
                BELOW, ("path.script-dir-first", "the working directory"), "path0", "<tree>", id="working directory"
            ),
            pytest.param(MODULE, ("dashm.executes-as-main", "under its own name"), "main/__name__", "mod", id="name"),
            pytest.param(MODULE, ("main.spec-name-real", "__main__"), "main/spec.name", "__main__", id="spec"),
            pytest.param(MODULE, ("main.spec-set-with-m", "None"), "main/__spec__", None, id="no spec"),
            pytest.param(
                NESTED,
                ("dashm.parents-imported", "not imported"),
                "trace/0000",
                ("event", "r0/pkg/mod.py", "__main__"),
                id="parents not imported",
            ),
            pytest.param(
                PACKAGE, ("dashm.package-runs-dunder-main", "refused"), "trace/0000", ABSENT, id="package refused"
            ),
            pytest.param(
                NESTED,
                ("init.dunder-name-is-package", "with __init__"),
                "module/pkg/__name__",
                "pkg.__init__",
                id="name of a package",
            ),
        ],
    )
    def test_found(self, launch: Launch, departed: tuple[str, str], fact: str, expected: Value) -> None:
        """What the program sees is what the departure says."""
        otherwise = departure(*departed)
        (world,) = predict(case(FILES, EMPTY, launch), (3, 12), frozenset({otherwise})).worlds
        found = world.facts[fact]
        assert isinstance(found, Exactly)
        assert (found.value, world.taken) == (expected, (otherwise,))

    @pytest.mark.parametrize(
        ("files", "launch", "first"),
        [
            pytest.param(MAIN_FILES, MAIN, ABSENT, id="called __main__"),
            pytest.param(FILES, PACKAGE, ("event", "r0/pkg/__init__.py", "pkg"), id="called otherwise"),
        ],
    )
    def test_package_called_main(self, files: Files, launch: Launch, first: Value) -> None:
        """A package is refused because of its name, which is an error and begins nothing; no other is."""
        otherwise = departure("dashm.package-runs-dunder-main", "called __main__ refused")
        (world,) = predict(case(files, EMPTY, launch), (3, 12), frozenset({otherwise})).worlds
        found = world.facts["trace/0000"]
        assert isinstance(found, Exactly)
        assert (found.value, world.taken == (otherwise,)) == (first, first == ABSENT)
        if first == ABSENT:
            assert world.facts["outcome"] == Exactly(("unbegun", 1), (otherwise.clause,))

    @pytest.mark.parametrize(
        ("first", "executed"),
        [
            pytest.param((SetPath(()), imports("pkg.sub")), True, id="names a package"),
            pytest.param((imports("missing"),), False, id="names another module"),
            pytest.param((Raise("ValueError"),), False, id="no ImportError"),
        ],
    )
    def test_imported_again(self, first: Body, *, executed: bool) -> None:
        """What an ImportError says that names a package around the module is forgotten; then that is imported again."""
        once = Try((Uncache("done"),), "KeyError", (imports("done"), *first))
        files: Files = {"r0/pkg/__init__.py": (once,), "r0/pkg/sub/__init__.py": EMPTY, "r0/done.py": EMPTY}
        again = departure("dashm.parents-imported", "imported again")
        (world,) = predict(case(files, EMPTY, DEEP), (3, 12), frozenset({again})).worlds
        seen = {item.value for item in world.facts.values() if isinstance(item, Exactly)}
        assert executed == (("event", DEEP.path, "__main__") in seen)

    def test_executed_so_far(self) -> None:
        """What stands before an error of syntax is executed."""
        otherwise = departure("main.whole-input-parsed-first", "executed so far")
        (world,) = predict(case(FILES, (imports("pkg"), Broken()), SCRIPT), (3, 12), frozenset({otherwise})).worlds
        events = [key for key in world.facts if key.startswith("trace/0")]
        assert len(events) == 3


@pytest.mark.parametrize("key", ["pkg.mod", "__main__"])
@pytest.mark.parametrize("kind", [Block, Substitute])
def test_what_a_parent_puts_in_the_way_is_open(key: str, kind: type[Block | Substitute]) -> None:
    """No document says how -m ends where a package it imported put None or another object in place of a module."""
    files: Files = {"r0/pkg/__init__.py": (kind(key),)}
    assert isinstance(predict(case(files, EMPTY, NESTED), (3, 12)).facts["outcome"], Unspecified)


def _sets(*path: str, value: str | None = None) -> SetAttribute:
    return SetAttribute(path, value)


class TestCachedBefore:
    """What ``sys.modules`` holds before -m locates a module is found first (reference/import §5.3.1)."""

    @pytest.mark.parametrize(
        ("package", "launch"),
        [
            pytest.param(EMPTY, Module("__main__", "r0/__main__.py"), id="the main module itself"),
            pytest.param((imports("pkg.mod"), _sets("pkg", "mod", "__spec__")), NESTED, id="a module without a spec"),
            pytest.param((imports("mod"), Recache("pkg.mod", "mod")), NESTED, id="another module"),
            pytest.param(
                (imports("pkg.mod"), _sets("pkg", "mod", "__spec__", "origin", value="q")), NESTED, id="another origin"
            ),
        ],
    )
    def test_another_spec(self, package: Body, launch: Module) -> None:
        """What is executed is open where the module that is there is told to be another."""
        files: Files = {"r0/pkg/__init__.py": package, "r0/mod.py": EMPTY}
        assert isinstance(predict(case(files, EMPTY, launch), (3, 12)).facts["outcome"], Unspecified)

    def test_the_same(self) -> None:
        """One that a package has imported is executed once more."""
        files: Files = {"r0/pkg/__init__.py": (imports("pkg.mod"),)}
        assert value(NESTED, "trace/0003", EMPTY, files) == ("event", "r0/pkg/mod.py", "__main__")


class TestBeforeItIsExecuted:
    """The module ``__main__`` is there while -m imports packages."""

    @pytest.mark.parametrize(
        "statement",
        [
            pytest.param(_sets("__main__", "__name__", value="mod"), id="assigned"),
            pytest.param(DeleteAttribute(("__main__", "__name__")), id="deleted"),
        ],
    )
    def test_name(self, statement: SetAttribute | DeleteAttribute) -> None:
        """Whatever a package does to its name, it is ``__main__`` when it is executed."""
        files: Files = {"r0/pkg/__init__.py": (imports("__main__"), statement)}
        assert value(NESTED, "trace/0003", EMPTY, files) == ("event", "r0/pkg/mod.py", "__main__")

    @pytest.mark.parametrize("name", ["__file__", "__package__", "__spec__"])
    def test_other_names(self, name: str) -> None:
        """Which other special names it has then is open."""
        files: Files = {"r0/pkg/__init__.py": (takes("__main__", name),)}
        assert isinstance(predict(case(files, EMPTY, NESTED), (3, 12)).facts["outcome"], Unspecified)

    @pytest.mark.parametrize(
        ("entry", "first"),
        [
            pytest.param(Constant(""), "", id="text"),
            pytest.param(Place("r1"), "<tree>/r1", id="root"),
            pytest.param(Constant(None), None, id="no text"),
        ],
    )
    def test_first_entry(self, entry: Expression, first: str | None) -> None:
        """What a package puts before all others is the first entry when the program begins."""
        found = predict(case({"r0/pkg/__init__.py": (PathAnew((entry,)),)}, EMPTY, NESTED), (3, 12)).facts["path0"]
        assert (found.value if isinstance(found, Exactly) else None) == first

    def test_cached_stays(self) -> None:
        """``__cached__`` is left as it is from 3.15 on."""
        files: Files = {"r0/pkg/__init__.py": (imports("__main__"), _sets("__main__", "__cached__", value="q"))}
        found = predict(case(files, EMPTY, NESTED), (3, 15)).facts["main/__cached__"]
        assert isinstance(found, Exactly)
        assert found.value == "q"
