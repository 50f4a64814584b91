"""What is listed and asked on a path (library/pkgutil §iter_modules, §iter_importers)."""

import pytest

from harness.model.parsing import parse
from harness.model.prediction import Exactly, Unspecified
from harness.oracle.tests.building import EMPTY, Body, Files, expected

FILES: Files = {"r0/a.py": EMPTY}


def body(*lines: str) -> Body:
    """Statements, read from their text."""
    return parse("\n".join(lines) + "\n").source.statements


@pytest.mark.parametrize(
    ("asked", "module"),
    [
        pytest.param("[*pkgutil.iter_modules()]", "pkgutil", id="modules"),
        pytest.param("operator.is_([*pkgutil.iter_importers()], None)", "operator, pkgutil", id="importers"),
    ],
)
@pytest.mark.parametrize(("entry", "known"), [("None", False), ("5", False), ("b'r1'", False), ("'r1'", True)])
def test_entries_that_are_no_strings(asked: str, module: str, entry: str, known: bool) -> None:  # noqa: FBT001 - a value
    """They are ignored "during import" (reference/import §5.5.1): what else asks for finders of them is not said."""
    imports = [f"import {name}" for name in module.split(", ")]
    program = body(*imports, "import sys", f"sys.path = [{entry}, *sys.path]", f"v = {asked}")
    found = expected(FILES, program, "outcome")
    assert isinstance(found, Exactly if known else Unspecified)


def test_an_item_of_a_given_path_that_is_no_string() -> None:
    """A path is "either None or a list of paths to look for modules in"."""
    assert isinstance(
        expected(FILES, body("import pkgutil", "v = [*pkgutil.iter_modules([5])]"), "outcome"), Unspecified
    )


def test_what_is_listed() -> None:
    """It is given by the clause about that, whatever says that it is a package, or that nothing is imported."""
    files = {**FILES, "r0/pkg/__init__.py": EMPTY}
    found = expected(files, body("import pkgutil", "v = [*pkgutil.iter_modules()]"), "binding/v")
    assert isinstance(found, Exactly)
    assert "pkgutil.iter-modules" == found.clauses[-1]
