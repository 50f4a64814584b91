"""Where one clause decides against a reading by which all that follows would be different."""

from collections.abc import Mapping

import pytest

from harness.model.source import Block, ModuleGetattr, StarImport, Statement
from harness.oracle import predict
from harness.oracle.tests.building import EMPTY, LANGUAGE, Body, case, imports, sets, takes

_AS = (imports("a.b as x"),)
_PIVOTS = [
    pytest.param({"r0/a/__init__.py": (imports("a.b"),), "r0/a/b.py": EMPTY}, _AS, (), id="attribute-is-module"),
    pytest.param(
        {"r0/a/__init__.py": (imports("a.b"), sets("b")), "r0/a/b.py": EMPTY},
        _AS,
        ("bind.import-dotted-as-direct",),
        id="attribute-is-no-module",
    ),
    pytest.param({"r0/a/__init__.py": (Block("a.b"),)}, _AS, ("cache.none-left-by-parent",), id="none-left"),
    pytest.param({"r0/a/__init__.py": EMPTY}, (imports("a"), Block("a.b"), *_AS), (), id="none-put-before"),
    pytest.param(
        {"r0/a.py": (Block("a.b"),)},
        (takes("a", "b"),),
        ("from.none-entry-is-no-submodule",),
        id="none-entry",
    ),
    pytest.param({"r0/a.py": EMPTY}, (takes("a", "b"),), (), id="no-entry"),
    pytest.param(
        {"r0/a.py": (ModuleGetattr(("__all__",), 1),)}, (StarImport("a"),), ("star.all-in-namespace",), id="all-by-hook"
    ),
    pytest.param({"r0/a.py": (ModuleGetattr(("other",), 1),)}, (StarImport("a"),), (), id="hook-without-all"),
]


@pytest.mark.parametrize(("files", "program", "pivots"), _PIVOTS)
def test_pivots(files: Mapping[str, Body], program: tuple[Statement, ...], pivots: tuple[str, ...]) -> None:
    """A prediction names the clauses that decided so, wherever in the case they did."""
    assert predict(case(files, program), LANGUAGE).pivots == pivots
