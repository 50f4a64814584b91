"""What a function of the library imports when it is called first, no case sees: asked of vectors that call it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from conformance.catalogue import vectors
from harness.agent.tests.rooms import furnished
from harness.model.case import Case, Embedded, sources
from harness.model.language.compound import statements
from harness.model.language.documented import FUNCTIONS
from harness.run import Workspace
from harness.run.requests import request

_FEW: Final = 3
"""So many vectors are asked of each function: those of the fewest statements."""

_CODECS: Final = "encodings"
"""What is read of a tree says in which encoding it is."""

_ASK: Final = f"""
sys = agent["sys"]
def ask(function, request):
    tree, scope, path, program, _, _, _, functions = request
    agent["_ready"](functions, tree)
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
