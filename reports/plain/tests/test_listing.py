"""What is found in a path is told by a plain reproducer."""

import re
import subprocess
from pathlib import Path

import pytest

from harness.model.case import Case
from harness.model.language.expressions import Bind, Call
from harness.model.source import Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.tests.hosts import PYTHON
from reports.plain.tests.test_programs import first, status

A: Value = ("module-info", "a", False)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("list",), id="one is missing"),
        pytest.param(("list", A, ("module-info", "b", True)), id="one is listed that is none"),
        pytest.param(("list", A, A), id="one is listed twice"),
        pytest.param(("list", ("tuple", None, "a", False)), id="of another type"),
    ],
)
def test_what_is_listed(tmp_path: Path, other: Value) -> None:
    """What is found in a path is told module by module, and of which type it is."""
    case = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Bind(Call("pkgutil.iter_modules"), "v"),)))
    facts: dict[str, Value] = {"outcome": "completed", "binding/v": ("list", A)}
    plain = first(case, "binding/v", facts, {**facts, "binding/v": other})
    (tmp_path / "control.py").write_text(re.sub("v = .*", f"v = {made(other)}", plain.code), "utf-8")
    ended = subprocess.run([PYTHON, tmp_path / "control.py"], check=False, capture_output=True)
    assert (0, 1) == (status(tmp_path / "repro.py", plain), ended.returncode)


def made(value: Value) -> str:
    """An expression of what is listed instead."""
    kinds = {"module-info": "pkgutil.ModuleInfo(None, {!r}, {!r})", "tuple": "({!r}, {!r}, {!r})"}
    items = value[1:] if isinstance(value, tuple) else ()
    return f"list(({''.join(kinds[item[0]].format(*item[1:]) + ',' for item in items)}))"
