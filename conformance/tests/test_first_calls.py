"""What a function of the library imports when it is called first, no case sees: asked of vectors that call it.

First calls are texts of ours, which the agent trusts: nothing of a case is in them.
"""

import ast
import builtins
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from conformance.catalogue import vectors
from harness.agent.tests.rooms import bound, furnished, text, told
from harness.model.admission import admit
from harness.model.case import Case, Embedded, sources
from harness.model.codec import CodecError
from harness.model.language.compound import statements
from harness.model.language.documented import FIRST, FUNCTIONS
from harness.model.language.expressions import Bind, Call
from harness.model.source import Source
from harness.model.tree import Root, Tree
from harness.oracle.rules import RULES
from harness.run import Workspace, archiving
from harness.run.requests import request

_FEW: Final = 3
"""So many vectors are asked of each function: those of the fewest statements."""

CALLS: Final = {**FIRST, **archiving.FIRST}
"""Every first call, by what it calls."""

_WORDS: Final = frozenset({*dir(builtins), *bound(text("library")), "_FOLDER", "_host", "sys"})
"""What a first call is written in."""

_CODECS: Final = "encodings"
"""What is read of a tree says in which encoding it is."""

_ASK: Final = f"""
sys = agent["sys"]
def ask(function, request):
    tree, scope, path, program, _, _, _, calls = request
    agent["_ready"](calls, tree)
    agent["posix"].chdir(tree)
    agent["_install"](agent["_Observer"](tree, scope), agent["_ignore"])
    sys.path[:0] = path
    before = set(sys.modules)
    try:
        exec(compile(program, "<string>", "exec"), {{"__name__": "program", "__builtins__": agent["builtins"]}})
    except BaseException:
        pass
    added = {{name for name in set(sys.modules) - before if type(name) is str}}
    more = sorted(name for name in added if name.split(".")[0] not in (*scope, "{_CODECS}"))
    if more:
        sys.stdout.write("%s: %s\\n" % (function, more))
        sys.stdout.flush()
for item in asked:
    if agent["posix"].fork() == 0:
        ask(*item)
        agent["_exit"](0)
    agent["posix"].wait()
"""
"""Each in a process of its own, before which nothing was called, it prints what the program imports of the library."""

_CALL: Final = """
sys = agent["sys"]
for name, call in calls:
    if agent["posix"].fork() == 0:
        agent["_ready"]([call], "/nowhere")
        before = set(sys.modules)
        try:
            eval(call, agent)
        except Exception:
            sys.stdout.write("raises: %s\\n" % name)
        if set(sys.modules) - before:
            sys.stdout.write("imports: %s\\n" % name)
        sys.stdout.flush()
        agent["_exit"](0)
    agent["posix"].wait()
"""
"""Each is made twice in a process of its own, which prints what the second one does that it should not."""


def calling(function: str) -> Iterator[Case]:
    """The smallest embedded programs among the vectors that call a function."""
    found = []
    for vector in vectors().values():
        every = [item for source in sources(vector.case) for item in statements(source.statements)]
        if isinstance(vector.case.launch, Embedded) and any(function in item.functions() for item in every):
            found.append((len(every), vector.name, vector.case))
    yield from (case for _, _, case in sorted(found)[:_FEW])


def test_a_case_imports_none_of_the_library(tmp_path: Path) -> None:
    """What a documented function needs is there before a case calls it; the first call of it did call it."""
    workspace = Workspace(tmp_path)
    wanted = [(function, case) for function in sorted(FUNCTIONS) for case in calling(function)]
    asked = [(function, request(workspace.place(case), 30.0)) for function, case in wanted]
    place = tmp_path / "ask.py"
    place.write_text(f"{furnished('once')}asked = {asked!a}\n{_ASK}", "utf-8")
    ended = subprocess.run([sys.executable, "-BW", "ignore", str(place)], capture_output=True, text=True, check=True)
    assert {function for function, _ in asked} == FUNCTIONS.keys()
    assert "" == ended.stdout


@pytest.mark.parametrize("name", sorted(CALLS))
def test_in_the_words_of_the_room(name: str) -> None:
    """A first call is an expression for any implementation, in what the agent's room gives."""
    nodes = [*ast.walk(ast.parse(CALLS[name], mode="eval", feature_version=(3, 8)))]
    own = {node.arg for node in nodes if isinstance(node, ast.arg)}
    assert set() == {node.id for node in nodes if isinstance(node, ast.Name)} - _WORDS - own
    assert [] == [node for node in nodes if isinstance(node, ast.JoinedStr | ast.NamedExpr)]


def test_each_does_what_it_is_for(tmp_path: Path) -> None:
    """A first call does not raise where there is what it calls, and imports nothing when it is made again."""
    seen = told(f"{furnished('once')}calls = {[*CALLS.items()]!a}\n{_CALL}", tmp_path).splitlines()
    assert [] == [line for line in seen if line.removeprefix("raises: ") not in RULES.lacking]


def test_nothing_of_a_case_is_in_them(tmp_path: Path) -> None:
    """A case says which functions it calls, the tables how that is done first: another name has none."""
    attack = "__import__('os').system('true')"
    case = Case(Tree((Root(),)), Source((Bind(Call(attack)),)))
    with pytest.raises(CodecError, match="expected a documented function"):
        admit(case)
    with pytest.raises(KeyError):
        request(Workspace(tmp_path).place(case), 30.0)
