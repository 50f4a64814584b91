"""Cases that are let in keep to their tree, whatever they are made of; those that would not are noticed."""

import sys
from collections.abc import Iterator
from itertools import islice
from typing import Final

import pytest

from conformance.containing import Watcher, seeds, watched
from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.language.expressions import Bind, Call, Constant, Reference
from harness.model.source import (
    Alias,
    Assign,
    Delete,
    FromImport,
    Import,
    Invoke,
    Items,
    ModuleGetattr,
    Read,
    Recache,
    Source,
    StarImport,
    Statement,
    Substitute,
)
from harness.model.tree import DataFile, Root, SourceFile, Tree
from harness.run import base_interpreter

_SOME: Final = 2000
"""So many cases are let in and run here; ``python -m conformance.containing`` runs as many as one likes."""


@pytest.fixture(scope="module")
def watcher() -> Iterator[Watcher]:
    """This Python, watched."""
    with Watcher(base_interpreter(sys.executable)) as found:
        yield found


@pytest.fixture(scope="module")
def mutated() -> tuple[Case, ...]:
    """Those that are mutated."""
    return seeds()


@pytest.mark.parametrize("seed", [0, 1])
def test_not_one_escapes(watcher: Watcher, mutated: tuple[Case, ...], seed: int) -> None:
    """Nothing that a mutated case does, if it is let in, reaches further than its tree."""
    every = islice(watched(watcher, mutated, seed=seed, made=[0]), _SOME // 2)
    assert [seen for seen in every if seen.escapes] == []


def _package(*inside: Statement, program: tuple[Statement, ...] = (), launch: Launch | None = None) -> Case:
    tree = Tree((Root((SourceFile("own.py"), SourceFile("pkg/__init__.py", Source(inside)))),))
    return Case(tree, Source(program), launch or Embedded())


def _imports(name: str) -> Statement:
    return Import((Alias(name),))


_HARMLESS: Final = [
    pytest.param(_package(program=(_imports("pkg"), _imports("missing"))), id="embedded"),
    pytest.param(_package(program=(_imports("pkg"),), launch=Script("r0/main.py")), id="script"),
    pytest.param(_package(FromImport("", (Alias("y"),), 1), launch=Module("pkg.m", "r0/pkg/m.py")), id="module"),
    pytest.param(_package(program=(FromImport("", (Alias("y"),), 1),)), id="a warning"),
    pytest.param(
        _package(program=(Assign("x", Items((1,))), Recache("own", "x"), FromImport("own", (Alias("copy"),)))),
        id="a method of a constant",
    ),
    pytest.param(
        _package(
            program=(
                _imports("own"),
                Bind(Reference(("own", "__spec__")), "s"),
                Bind(Reference(("own", "__spec__", "loader")), "l"),
                Bind(Call("importlib.util.find_spec", (Constant("pkg"),)), "p"),
                Recache("own", "s"),
                StarImport("own"),
            )
        ),
        id="a spec and a loader",
    ),
    pytest.param(
        Case(
            Tree((Root((SourceFile("pkg/__init__.py"), DataFile("pkg/a.txt", "t"))),)),
            Source((Bind(Call("pkgutil.get_data", (Constant("pkg"), Constant("a.txt"))), "x"),)),
        ),
        id="the data of a package",
    ),
]


@pytest.mark.parametrize("case", _HARMLESS)
def test_nothing_to_tell(case: Case, watcher: Watcher) -> None:
    """A case that keeps to its tree does nothing that is told."""
    assert [()] == [seen.escapes for seen in watcher.watch([case])]


_NAMELESS = Assign("__name__", "")
_ESCAPES: Final = [
    pytest.param((), (_imports("os"),), "bound 'os'", id="a module that is loaded"),
    pytest.param((), (_imports("this"),), "import ('this'", id="a module of the library"),
    pytest.param((), (FromImport("os", (Alias("system"),)),), "bound 'system'", id="a function"),
    pytest.param((), (StarImport("posix"),), "bound 'access'", id="functions"),
    pytest.param((), (Read("x", ("_sys", "modules")),), "bound 'x'", id="an object"),
    pytest.param((), (_imports("tempfile"), Invoke(("tempfile", "mkdtemp"))), "os.mkdir", id="an act"),
    pytest.param((_NAMELESS,), (FromImport("pkg", (Alias("os"),)),), "import ('.os'", id="a module without a name"),
    pytest.param((Assign("__path__", None),), (_imports("pkg.this"),), "open (", id="any path"),
    pytest.param(
        (Delete("__path__"), ModuleGetattr(("__path__",), None)), (_imports("pkg.os"),),
        "exec (", id="any path, by a function",
    ),
    pytest.param((Assign("__path__", "r0/x"),), (_imports("pkg.tmp"),), "os.listdir ('/'", id="the root"),
    pytest.param((Assign("__path__", Items(("/etc",))),), (_imports("pkg"),), "bound '__path__'", id="a path"),
    pytest.param(
        (), (Substitute("own", (("__path__", Items()), ("__name__", "json"))), FromImport("own", (Alias("tool"),))),
        "import ('json.tool'", id="the name of another",
    ),
    pytest.param((), (_imports("json"), Bind(Reference(("json", "__spec__")), "x")), "bound 'x'", id="a spec"),
    pytest.param(
        (), (_imports("json"), Bind(Reference(("json", "__spec__", "loader")), "x")), "bound 'x'", id="a loader"
    ),
    pytest.param((), (Bind(Reference(("__spec__", "loader")), "x"),), "bound 'x'", id="the loader of what is built in"),
    pytest.param(
        (), (_imports("own"), Read("x", ("own", "__loader__", "get_data"))), "bound 'x'", id="a method of a loader"
    ),
    pytest.param((), (_imports("__main__"), Read("x", ("__main__", "watch"))), "bound 'x'", id="another program"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "program", "told"), _ESCAPES)
def test_an_escape_is_told(
    inside: tuple[Statement, ...], program: tuple[Statement, ...], told: str, watcher: Watcher
) -> None:
    """A case that reaches further, which no file may say, is noticed by what it does or by what it holds."""
    (seen,) = watcher.watch([_package(*inside, program=program)])
    assert any(line.startswith(told) for line in seen.escapes), seen.escapes
