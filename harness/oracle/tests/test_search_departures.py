"""Searching when one rule is taken the other way: what is found then."""

from typing import Final

import pytest

from harness.model.prediction import Exactly
from harness.model.source import PathEdit, SetPath
from harness.oracle import departure, predict
from harness.oracle.tests.building import EMPTY, LANGUAGE, Body, Files, case, imports, sets

IMPORTED: Final[Body] = (imports("m"),)
SUBMODULE: Final[Body] = (imports("p.m"),)
PACKAGE: Final[Files] = {"r0/p/__init__.py": EMPTY, "r0/p/m.py": EMPTY, "r0/m.py": EMPTY}
PORTIONS: Final[Files] = {"r0/p/a.py": EMPTY, "r1/p/m.py": EMPTY}


def moved(*entries: str) -> Files:
    """A package that changes its path, and what lies around it."""
    return {**PACKAGE, "r0/p/__init__.py": (SetPath(entries),), "r1/more/m.py": EMPTY, "r1/most/m.py": EMPTY}


def executed(files: Files, program: Body, clause: str, name: str) -> list[str]:
    """The files that are executed in the world that makes the departure."""
    (world,) = predict(case(files, program), LANGUAGE, frozenset({departure(clause, name)})).worlds
    assert [item.name for item in world.taken] == [name]
    values = [
        item.value for key, item in world.facts.items() if key.startswith("trace/0") and isinstance(item, Exactly)
    ]
    return [str(item[1]) for item in values if isinstance(item, tuple) and isinstance(item[2], str)]


class TestDepartures:
    """Each leads to another file, or to none."""

    @pytest.mark.parametrize(
        ("departed", "files", "program", "found"),
        [
            pytest.param(
                ("path.first-match-wins", "last entry wins"),
                {"r0/m.py": EMPTY, "r1/m.py": EMPTY},
                IMPORTED,
                ["r1/m.py"],
                id="last entry",
            ),
            pytest.param(
                ("path.entry-without-it-passed-over", "ends the search"),
                {"r0/a.py": EMPTY, "r1/m.py": EMPTY},
                IMPORTED,
                [],
                id="an entry without it ends the search",
            ),
            pytest.param(
                ("path.entry-without-it-passed-over", "raises AttributeError"),
                {"r0/m/a.py": EMPTY},
                (imports("m.a"),),
                [],
                id="so does the host's, of a namespace",
            ),
            pytest.param(
                ("regular.package-before-module-same-dir", "module first"),
                {"r0/m.py": EMPTY, "r0/m/__init__.py": EMPTY},
                IMPORTED,
                ["r0/m.py"],
                id="module first",
            ),
            pytest.param(
                ("regular.earlier-entry-module-beats-later-package", "package first"),
                {"r0/m.py": EMPTY, "r1/m/__init__.py": EMPTY},
                IMPORTED,
                ["r1/m/__init__.py"],
                id="package first",
            ),
            pytest.param(
                ("namespace.later-module-beats-earlier-directory", "hidden"),
                {"r0/m/a.py": EMPTY, "r1/m.py": EMPTY},
                IMPORTED,
                [],
                id="module hidden",
            ),
            pytest.param(
                ("regular.directory-with-init", "not recognised"), PACKAGE, SUBMODULE, ["r0/p/m.py"], id="no regular"
            ),
            pytest.param(
                ("dpath.used-for-submodules", "sys.path"),
                PACKAGE,
                SUBMODULE,
                ["r0/p/__init__.py", "r0/m.py"],
                id="sys.path",
            ),
            pytest.param(
                ("dpath.may-be-empty", "sys.path"), moved(), SUBMODULE, ["r0/p/__init__.py", "r0/m.py"], id="empty"
            ),
            pytest.param(
                ("dpath.init-may-alter", "the initial path"),
                moved("r1/more"),
                SUBMODULE,
                ["r0/p/__init__.py", "r0/p/m.py"],
                id="initial path",
            ),
            pytest.param(
                ("dpath.order-first-match", "last entry wins"),
                moved("r1/more", "r1/most"),
                SUBMODULE,
                ["r0/p/__init__.py", "r1/most/m.py"],
                id="last location",
            ),
            pytest.param(
                ("dpath.none-means-sys-path", "nowhere"),
                {**PACKAGE, "r0/p/__init__.py": (sets("__path__", None),)},
                SUBMODULE,
                ["r0/p/__init__.py"],
                id="None leads nowhere",
            ),
            pytest.param(
                ("path.regular-file-entry-ignored", "raises ImportError"),
                moved("r0/m.py", "r1/more"),
                SUBMODULE,
                ["r0/p/__init__.py"],
                id="a file ends the search",
            ),
            pytest.param(("init.absence-makes-namespace", "not found"), PORTIONS, SUBMODULE, [], id="no namespace"),
            pytest.param(("namespace.multiple-portions", "one portion"), PORTIONS, SUBMODULE, [], id="one portion"),
            pytest.param(
                ("namespace.path-recomputed-on-sys-path-change", "not recomputed"),
                PORTIONS,
                (PathEdit(1, remove=True), imports("p.a"), PathEdit(1), *SUBMODULE),
                ["r0/p/a.py"],
                id="not recomputed",
            ),
        ],
    )
    def test_found(self, departed: tuple[str, str], files: Files, program: Body, found: list[str]) -> None:
        """What is executed is what is found."""
        assert executed(files, program, *departed) == found
