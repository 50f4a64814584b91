"""Where modules are found (reference/import §5.2, §5.3; PEP 420)."""

from typing import Final

import pytest

from harness.model.prediction import Exactly, Unspecified
from harness.model.source import PathEdit, SetPath, Substitute, Uncache
from harness.oracle import predict
from harness.oracle.tests.building import (
    EMPTY,
    LANGUAGE,
    Body,
    Files,
    Rule,
    case,
    check,
    expected,
    imports,
    reads,
    rule,
    sets,
    takes,
    trace,
)

FIRST: Final[Files] = {"r0/name.py": EMPTY}
PACKAGE: Final[Files] = {"r0/name/__init__.py": EMPTY}
PORTION: Final[Files] = {"r0/name/a.py": EMPTY}


def second(files: Files) -> Files:
    """The same files in the second root."""
    return {place.replace("r0/", "r1/"): body for place, body in files.items()}


class TestKinds:
    """Package before module before portion in one root; the first root that has a package or module decides."""

    @pytest.mark.parametrize(
        ("files", "winner", "clause"),
        [
            pytest.param({**FIRST, **second(FIRST)}, "r0/name.py", "path.first-match-wins", id="two modules"),
            pytest.param(
                {**PACKAGE, **FIRST},
                "r0/name/__init__.py",
                "regular.package-before-module-same-dir",
                id="package and module",
            ),
            pytest.param(
                {**FIRST, **PORTION},
                "r0/name.py",
                "namespace.module-beats-directory-same-entry",
                id="module and portion",
            ),
            pytest.param(
                {**FIRST, **second(PACKAGE)},
                "r0/name.py",
                "regular.earlier-entry-module-beats-later-package",
                id="module, then package",
            ),
            pytest.param(
                {**PORTION, **second(FIRST)},
                "r1/name.py",
                "namespace.later-module-beats-earlier-directory",
                id="portion, then module",
            ),
            pytest.param(
                {**PORTION, **second(PACKAGE)},
                "r1/name/__init__.py",
                "namespace.init-in-any-portion-makes-regular",
                id="portion, then package",
            ),
            pytest.param(
                {**PACKAGE, **second(PORTION)}, "r0/name/__init__.py", "path.first-match-wins", id="package first"
            ),
        ],
    )
    def test_precedence(self, files: Files, winner: str, clause: str) -> None:
        """The file that is executed is the one that PEP 420 and §5.2 name."""
        check(Rule(files, (imports("name"),), "trace/0000", ("event", winner, "name"), clause))

    def test_missing(self) -> None:
        """What no root holds is a ModuleNotFoundError with its full name."""
        check(Rule(PACKAGE, (imports("name.x"),), "exception/name", "name.x", "errors.name-attribute"))

    def test_intermediate(self) -> None:
        """The exception names the package that is missing, not what was asked for."""
        check(Rule(PACKAGE, (imports("name.x.y"),), "exception/name", "name.x", "failure.intermediate-missing-mnfe"))


class TestNamespacePackages:
    """A namespace package is made of portions, which follow the path."""

    TWO: Final[Files] = {"r0/ns/a.py": EMPTY, "r1/ns/b.py": EMPTY}

    @pytest.mark.parametrize(
        "each",
        [
            rule(
                "portions in order",
                TWO,
                (imports("ns"),),
                "module/ns/__path__",
                ("iterable", "<tree>/r0/ns", "<tree>/r1/ns"),
                "namespace.multiple-portions",
            ),
            rule("no origin", TWO, (imports("ns"),), "module/ns/spec.origin", None, "spec.namespace-origin-none"),
            rule("package", TWO, (imports("ns"),), "module/ns/__package__", "ns", "namespace.package-attribute"),
            rule(
                "bound submodule",
                TWO,
                (imports("ns.b"),),
                "module/ns/value/b",
                ("module", "ns.b"),
                "submodule.namespace-parent-bound",
            ),
            rule(
                "grown",
                TWO,
                (PathEdit(1, remove=True), imports("ns.a"), PathEdit(1), imports("ns.b")),
                "module/ns/__path__",
                ("iterable", "<tree>/r0/ns", "<tree>/r1/ns"),
                "namespace.multiple-portions",
            ),
            rule(
                "shrunk",
                TWO,
                (imports("ns.a"), PathEdit(1, remove=True), imports("ns.b")),
                "exception/name",
                "ns.b",
                "namespace.path-recomputed-on-removal",
            ),
            rule(
                "grown nested",
                {"r0/ns/in/a.py": EMPTY, "r1/ns/in/b.py": EMPTY},
                (PathEdit(1, remove=True), imports("ns.in.a"), PathEdit(1), imports("ns.in.b")),
                "trace/0004",
                ("event", "r1/ns/in/b.py", "ns.in.b"),
                "namespace.path-recomputed-on-parent-change",
            ),
        ],
    )
    def test_portions(self, each: Rule) -> None:
        """What is found in them, and when they are looked for again."""
        check(each)

    @pytest.mark.parametrize("fact", ["module/ns/__path__", "binding/p", "module/ns/spec.submodule_search_locations"])
    def test_recomputed_when_looked_at(self, fact: str) -> None:
        """Wherever the path is held, it shows what a new search for portions gives."""
        program = (imports("ns.a"), reads("p", "ns.__path__"), PathEdit(1, remove=True))
        found = expected(self.TWO, program, fact)
        assert isinstance(found, Exactly)
        assert found.value == ("iterable", "<tree>/r0/ns")

    def test_nothing_is_executed(self) -> None:
        """Importing a namespace package executes no file."""
        assert trace(self.TWO, (imports("ns"),)) == []


class TestPath:
    """The __path__ of a package is searched like sys.path."""

    SUB: Final[Files] = {"r0/pkg/sub.py": EMPTY, "r1/more/sub.py": EMPTY}

    @pytest.mark.parametrize(
        ("init", "found"),
        [
            pytest.param(EMPTY, ["r0/pkg/sub.py pkg.sub"], id="untouched"),
            pytest.param((SetPath(("r1/more",)),), ["r1/more/sub.py pkg.sub"], id="replaced"),
            pytest.param((SetPath(("r1/more", "r0/pkg")),), ["r1/more/sub.py pkg.sub"], id="in order"),
            pytest.param((SetPath(("r1/none", "r0/pkg")),), ["r0/pkg/sub.py pkg.sub"], id="no such directory"),
            pytest.param((SetPath(()),), [], id="emptied"),
        ],
    )
    def test_searched(self, init: tuple[SetPath, ...], found: list[str]) -> None:
        """The first entry that holds the submodule gives it."""
        files = {"r0/pkg/__init__.py": init, **self.SUB}
        assert trace(files, (imports("pkg.sub"),))[1:] == found

    def test_file_passed_over(self) -> None:
        """An entry that is a file leads nowhere, and the search goes on."""
        files = {"r0/pkg/__init__.py": (SetPath(("r0/m.py", "r1/more")),), "r0/m.py": EMPTY, **self.SUB}
        check(
            Rule(
                files,
                (imports("pkg.sub"),),
                "trace/0001",
                ("event", "r1/more/sub.py", "pkg.sub"),
                "path.regular-file-entry-ignored",
            )
        )

    def test_module_with_a_path(self) -> None:
        """Whatever has a __path__ is a package."""
        files = {"r0/mod.py": (SetPath(("r1/more",)),), **self.SUB}
        assert trace(files, (imports("mod.sub"),)) == ["r0/mod.py mod", "r1/more/sub.py mod.sub"]

    def test_no_iterable(self) -> None:
        """What a __path__ does that cannot be iterated over is nowhere said."""
        files = {"r0/pkg/__init__.py": (sets("__path__", 1),), **self.SUB}
        found = expected(files, (imports("pkg.sub"),), "outcome")
        assert found == Unspecified(("dpath.any-iterable",))


class TestUnreadableParents:
    """What becomes of the path of a namespace package whose parent has none that could be searched is open."""

    @pytest.mark.parametrize(
        ("init", "then", "error"),
        [
            pytest.param((sets("__path__", None),), (), "TypeError", id="None"),
            pytest.param(EMPTY, (Substitute("top.pkg"),), "AttributeError", id="no package"),
            pytest.param(EMPTY, (Uncache("top.pkg"),), "KeyError", id="gone"),
        ],
    )
    def test_options(self, init: Body, then: Body, error: str) -> None:
        """It is as usable as before, or what is asked of it raises."""
        files = {"r0/top/pkg/__init__.py": init, "r0/top/pkg/ns/sub.py": EMPTY, "r0/ns/sub.py": EMPTY}
        program = (imports("top.pkg.ns"), *then, takes("top.pkg.ns.sub", "__name__ as x"))
        found = predict(case(files, program), LANGUAGE)
        asked = {
            answer.option
            for world in found.worlds
            for answer in world.answers
            if answer.clause == "namespace.path-parent-unreadable"
        }
        assert error in asked
        assert len(asked) == 3

    def test_none_left_to_a_search(self) -> None:
        """A module below a ``__path__`` of None is found on sys.path as any is (dpath.none-means-sys-path)."""
        files = {"r0/pkg/__init__.py": (sets("__path__", None),), "r0/sub.py": EMPTY}
        assert trace(files, (imports("pkg.sub"),)) == ["r0/pkg/__init__.py pkg", "r0/sub.py pkg.sub"]
