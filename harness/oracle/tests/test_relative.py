"""Relative imports (reference/import §5.7; PEP 366)."""

import pytest

from harness.model.case import Module, Script
from harness.model.prediction import Exactly
from harness.model.source import Statement
from harness.oracle import predict
from harness.oracle.tests.building import EMPTY, Files, Rule, case, check, expected, imports, sets, takes, trace

TREE: Files = {
    "r0/a/__init__.py": (sets("x", "a"),),
    "r0/a/b/__init__.py": (sets("x", "a.b"),),
    "r0/a/b/mod.py": (sets("x", "a.b.mod"),),
    "r0/a/other/__init__.py": (sets("x", "a.other"),),
}


def inside(place: str, *body: Statement) -> Files:
    """The tree with another source at ``place``."""
    return {**TREE, place: body}


class TestLevels:
    """One dot is the current package, each further dot its parent."""

    @pytest.mark.parametrize(
        ("place", "module", "value"),
        [
            pytest.param("r0/a/b/c.py", ".", "a.b", id="own package"),
            pytest.param("r0/a/b/c.py", ".mod", "a.b.mod", id="sibling"),
            pytest.param("r0/a/b/c.py", "..", "a", id="parent"),
            pytest.param("r0/a/b/c.py", "..other", "a.other", id="cousin"),
            pytest.param("r0/a/b/c.py", "..b.mod", "a.b.mod", id="through the parent"),
            pytest.param("r0/a/b/c/__init__.py", ".", "a.b.c", id="the package itself"),
            pytest.param("r0/a/b/c/__init__.py", "..", "a.b", id="parent of a package"),
            pytest.param("r0/a/b/c/__init__.py", "...", "a", id="three dots"),
        ],
    )
    def test_base(self, place: str, module: str, value: str) -> None:
        """The name is taken from the module that the dots lead to."""
        files = inside(place, sets("x", "a.b.c"), takes(module, "x as y"))
        found = expected(files, (imports("a.b.c"),), "module/a.b.c/value/y")
        assert isinstance(found, Exactly)
        assert found.value == value

    @pytest.mark.parametrize(
        ("language", "error", "clause"),
        [
            pytest.param((3, 8), "ValueError", "dunder-import.relative-beyond-top-valueerror", id="3.8"),
            pytest.param((3, 9), "ImportError", "relative.beyond-top-level-error", id="3.9"),
            pytest.param((3, 15), "ImportError", "relative.beyond-top-level-error", id="3.15"),
        ],
    )
    def test_beyond_the_top(self, language: tuple[int, int], error: str, clause: str) -> None:
        """One dot too many was a ValueError until 3.9."""
        files = inside("r0/a/c.py", takes("..", "x"))
        check(Rule(files, (imports("a.c"),), "exception/type", error, clause), language)

    @pytest.mark.parametrize("module", [".", ".mod", "...mod"])
    def test_without_a_package(self, module: str) -> None:
        """A top-level module has nothing to be relative to."""
        files = {"r0/mod.py": (takes(module, "x"),)}
        rule = Rule(files, (imports("mod"),), "exception/type", "ImportError", "relative.no-parent-package-error")
        check(rule)


class TestPackage:
    """What the current package is."""

    SPECLESS = (sets("__spec__", None),)

    @pytest.mark.parametrize(
        ("before", "language", "executed"),
        [
            pytest.param(EMPTY, (3, 12), True, id="spec"),
            pytest.param((sets("__name__", "x.y"),), (3, 12), True, id="spec, not name"),
            pytest.param(SPECLESS, (3, 12), True, id="package"),
            pytest.param((*SPECLESS, sets("__package__", "")), (3, 12), False, id="empty"),
            pytest.param((*SPECLESS, sets("__package__", None)), (3, 12), True, id="name and path"),
        ],
    )
    def test_decides(self, before: tuple[Statement, ...], language: tuple[int, int], executed: bool) -> None:  # noqa: FBT001 - an expected value
        """The parent of the spec; without a spec __package__, until 3.15; without either the name."""
        files = inside("r0/a/b/c.py", *before, takes(".mod", "x"))
        assert ("r0/a/b/mod.py a.b.mod" in trace(files, (imports("a.b.c"),), language)) is executed

    def test_since_315(self) -> None:
        """Whoever sets __package__ considers it, whoever does not set it does not: the documents differ."""
        files = inside("r0/a/b/c.py", *self.SPECLESS, sets("__package__", ""), takes(".mod", "x"))
        outcomes = [world.facts["outcome"] for world in predict(case(files, (imports("a.b.c"),)), (3, 15)).worlds]
        assert ["raised", "completed"] == [each.value for each in outcomes if isinstance(each, Exactly)]

    def test_documents_differ(self) -> None:
        """PEP 366 lets a changed __package__ decide, the data model the spec."""
        files = inside("r0/a/b/c.py", sets("__package__", "a.other"), takes(".", "x"))
        found = predict(case(files, (imports("a.other"), imports("a.b.c"))), (3, 12))
        values = [world.facts["module/a.b.c/value/x"] for world in found.worlds]
        assert ["a.b", "a.other"] == [each.value for each in values if isinstance(each, Exactly)]

    def test_name_and_path_warn(self) -> None:
        """Who falls back on the name warns."""
        files = inside("r0/a/b/c.py", *self.SPECLESS, sets("__package__", None), takes(".mod", "x"))
        clause = "relative.name-path-fallback-warns"
        check(Rule(files, (imports("a.b.c"),), "warnings", ("list", "ImportWarning"), clause))

    def test_script(self) -> None:
        """A script has no package, wherever it lies."""
        found = predict(case(TREE, (takes(".", "mod"),), Script("r0/a/b/main.py")), (3, 12)).facts["exception/type"]
        assert isinstance(found, Exactly)
        assert (found.value, found.clauses[-1]) == ("ImportError", "relative.main-must-use-absolute")

    def test_dash_m(self) -> None:
        """A module that -m executes has the package of its real name."""
        found = predict(case(TREE, (takes(".mod", "x"),), Module("a.b.main", "r0/a/b/main.py")), (3, 12))
        assert found.facts["binding/x"] == Exactly("a.b.mod", found.facts["binding/x"].clauses)
