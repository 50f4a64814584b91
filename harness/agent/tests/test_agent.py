"""The agent and its guard keep to what every implementation can parse; the agent makes the facts as documented."""

import ast
from pathlib import Path

import pytest

from harness.agent import AGENT, GUARD
from harness.agent.tests.rooms import FOLDER, NAMES, furnished, launches, told
from harness.model.case import Case
from harness.model.observation import MOST_EVENTS, too_many_events
from harness.model.source import Function, Invoke, Mark, Source
from harness.model.tree import Root, Tree
from harness.run.tests.fakes import PYTHON, ask

_BUILT_IN = {"sys", "builtins", "marshal", "posix", "uos", "_signal", "_types", "_warnings", "gc"}
_NEW = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Match, ast.AsyncFunctionDef, ast.Starred, ast.Nonlocal)


_PLACES = (AGENT, GUARD, *(FOLDER / f"{room}.py" for room in NAMES))
_FILES = pytest.mark.parametrize("text", [pytest.param(path.read_bytes(), id=path.stem) for path in _PLACES])


def _nodes(text: bytes) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text, feature_version=(3, 8))))


@_FILES
def test_ascii(text: bytes) -> None:
    """It can be read in any encoding."""
    assert text.isascii()


@_FILES
def test_old_syntax(text: bytes) -> None:
    """It has no syntax that Python 2.7, 3.8 or MicroPython does not know."""
    nodes = _nodes(text)
    found = {type(node).__name__ for node in nodes if isinstance(node, _NEW)}
    arguments = [node for node in nodes if isinstance(node, ast.arguments) and (node.kwonlyargs or node.posonlyargs)]
    causes = [node for node in nodes if isinstance(node, ast.Raise) and node.cause]
    notes = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.returns]
    assert (set(), [], [], []) == (found, arguments, causes, notes)


def _imported(text: bytes) -> set[str]:
    nodes = _nodes(text)
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def test_built_in_modules() -> None:
    """Neither the agent nor its guard imports anything but modules that are built in."""
    of_agent = set().union(*(_imported(path.read_bytes()) for path in _PLACES if path != GUARD))
    assert (_BUILT_IN, {"sys", "builtins", "posix"}) == (of_agent, _imported(GUARD.read_bytes()))


def test_version_gate_is_first() -> None:
    """Before the gate that refuses an old Python it does nothing but import sys and look at it."""
    kinds = [type(node).__name__ for node in ast.parse(AGENT.read_bytes()).body[:4]]
    assert ["Expr", "Import", "Assign", "If"] == kinds


@pytest.mark.parametrize("launch", sorted(launches()))
def test_pulls_in_no_module(tmp_path: Path, launch: str) -> None:
    """Beside built-in ones its start brings no module into ``sys.modules``."""
    before = "import sys; before = set(sys.modules); sys.argv = ['agent', 'none']\n"
    after = "print(sorted(set(sys.modules) - before - set(sys.builtin_module_names)))"
    assert "[]\n" == told(f"{before}{furnished(launch)}{after}", tmp_path)


def _marking(times: int) -> Case:
    """A case of that many events, the end of the call among them."""
    marks = tuple(Mark("x") for _ in range(times - 1))
    return Case(Tree((Root(),)), Source((Function("f", marks), Invoke(("f",)))))


def test_as_many_events_as_are_observed() -> None:
    """A case of as many events as the model allows is observed whole."""
    (seen,) = ask((PYTHON,), _marking(MOST_EVENTS))
    assert ("completed", MOST_EVENTS) == (seen.outcome, seen.facts["trace/length"])


def test_more_events_than_are_observed() -> None:
    """A case of more events is unsupported, with the reason that the model gives, however many more there are."""
    seen = ask((PYTHON,), _marking(MOST_EVENTS + 1), _marking(MOST_EVENTS * 3))
    assert [(too_many_events(), MOST_EVENTS + 1)] * 2 == [(item.outcome, item.facts["trace/length"]) for item in seen]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/place/tree7/r0/m.py", "<tree>/r0/m.py"),
        ("/place/tree7", "<tree>"),
        ("place/tree7/r0/m.pyc", "<place of the tree>/r0/m.pyc"),
        ("/cache/place/tree7/r0/m.pyc", "/cache/<place of the tree>/r0/m.pyc"),
        ("/place/tree77/r0/m.py", "/place/tree77/r0/m.py"),
        ("elsewhere", "elsewhere"),
    ],
)
def test_place_of_tree(tmp_path: Path, text: str, expected: str) -> None:
    """Wherever the place of the tree stands in a text it is left out: a wrong path is wrong alike each time."""
    assert f"{expected}\n" == told(
        f"{furnished('once')}print(agent['_Values']('/place/tree7').text({text!r}))", tmp_path
    )
