"""What is written to a file that is edited."""

import ast

import pytest

from harness.model.language.spelling import JUDGED, Plain, Spelling
from harness.model.rendering import render_module
from harness.model.source import Alias, Assign, Delete, Edit, FutureImport, Source


@pytest.mark.parametrize(
    ("host", "mark", "steps"),
    [
        pytest.param(JUDGED, "_mark('r0/a.py', __name__)\n", True, id="judged"),
        pytest.param(Plain(traced=True), "_mark('r0/a.py', __name__)\n", True, id="traced"),
        pytest.param(Plain(telling=True), "print('r0/a.py', __name__)\n", False, id="told"),
        pytest.param(Plain(), "", False, id="plain"),
    ],
)
def test_what_a_file_tells_once_it_is_edited(host: Spelling, mark: str, steps: bool) -> None:  # noqa: FBT001 - a column
    """It tells that it is executed, and how far, just as it does from the start; plainly, where that is asked for."""
    source = Source((FutureImport((Alias("division"),)), Delete("a"), Assign("b", 1)), "It.")
    (line,) = Edit("r0/a.py", source.statements, source.doc).lines(host)
    (call,) = (node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call) and node.keywords)
    before = render_module(source, "r0/a.py", steps=steps)
    assert before.replace("_mark('r0/a.py', __name__)\n", mark) == ast.literal_eval(call.args[0])
