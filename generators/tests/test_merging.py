"""Cases are merged of others: validly, the same ones for the same seed, in every way there is, and they shrink."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

import pytest
from hypothesis import Phase, find, settings

from generators import Variety, generate
from generators.joining import behind, renamed, together
from generators.merging import merged
from generators.puttings import HOSTINGS, PUTTINGS, SEQUELS
from generators.tests.building import case, file
from harness.model.admission import admit
from harness.model.case import Case, Embedded, Launch, Module, Script, case_id
from harness.model.language.compound import Body, statements
from harness.model.language.expressions import Bind, Call, Constant, Place, Reference
from harness.model.language.word import Word
from harness.model.source import (
    Alias,
    Assign,
    Class,
    Exec,
    Function,
    Import,
    Mark,
    PathEdit,
    SetPath,
    Source,
    StarImport,
    Statement,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Entry, Root, SourceFile, Tree

_ROOT = Path(__file__).parents[2]
_SCRIPT = """
from generators import Variety, generate
from harness.model.case import case_id
material = tuple(generate(seed=2, examples=60))
found = generate(seed=7, examples=150, variety=Variety.MERGED, material=material)
print(*[case_id(case) for case in found])
"""


def importing(name: str, label: str) -> Body:
    """A program that imports a module, and marks that it is there."""
    return (Import((Alias(name),)), Mark(label))


FIRST: Final = case(file("a.py", Mark("first")), program=importing("a", "1"))
SECOND: Final = case(file("a.py", Mark("second")), file("b/__init__.py"), program=importing("a", "2"))
THIRD: Final = case(program=(Mark("3"),), launch=Script("r0/a.py"))
RELOADED: Final = (Import((Alias("a"),)), Bind(Call("importlib.reload", (Reference(("a",)),))))
MATERIAL: Final = (FIRST, SECOND, THIRD)


def merge(examples: int, material: tuple[Case, ...] = MATERIAL, seed: int = 0) -> tuple[Case, ...]:
    """So many merged cases."""
    return tuple(generate(seed=seed, examples=examples, variety=Variety.MERGED, material=material))


@pytest.fixture(scope="module")
def found() -> tuple[Case, ...]:
    """Many merged cases."""
    return merge(2000)


def test_admitted() -> None:
    """Each may come from a file, whatever it is made of."""
    cases = merge(600, tuple(generate(seed=3, examples=300, variety=Variety.BOTH)))
    assert [*cases] == [admit(item) for item in cases]


@pytest.mark.parametrize("hashing", ["0", "1"])
def test_another_process(hashing: str) -> None:
    """Another process makes the same cases of the same material and the same seed."""
    environment = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-c", _SCRIPT]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    material = tuple(generate(seed=2, examples=60))
    assert ended.stdout.split() == [case_id(item) for item in merge(150, material, seed=7)]


def test_other_material() -> None:
    """Another order of the material makes other cases."""
    assert {*map(case_id, merge(50))} != {*map(case_id, merge(50, MATERIAL[::-1]))}


_Word = TypeVar("_Word", bound=Word)
Feature: TypeAlias = Callable[[Case], bool]


def holds(*kinds: type[Statement]) -> Feature:
    """The whole program is put into something of that kind."""
    return lambda item: (
        isinstance(item.program.statements[:1], tuple)
        and any(isinstance(one, kinds) for one in item.program.statements)
    )


def marks(item: Case) -> list[str]:
    """What the program marks, wherever the statements stand."""
    return [one.label for one in statements(item.program.statements) if isinstance(one, Mark) and one.label.isdigit()]


def calls(item: Case) -> int:
    """How often the program reloads."""
    return sum("importlib.reload" in one.functions() for one in statements(item.program.statements))


_EXECUTING: Final = ("importlib.import_module", "runpy.run_module", "runpy.run_path")


def has_statement(item: Case, kind: type[_Word]) -> list[_Word]:
    """The statements of that kind in the program."""
    return [one for one in statements(item.program.statements) if isinstance(one, kind)]


def calling(function: str) -> Feature:
    """The program calls it."""
    return lambda item: any(function in one.functions() for one in statements(item.program.statements))


def launched(kind: type[Launch]) -> Feature:
    """It is launched so."""
    return lambda item: isinstance(item.launch, kind)


def has(path: str, *body: str) -> Feature:
    """A file of the tree marks that."""
    return lambda item: any(
        isinstance(entry, SourceFile)
        and entry.path == path
        and [one.label for one in statements(entry.source.statements) if isinstance(one, Mark)] == [*body]
        for root in item.tree.roots
        for entry in root.entries
    )


FEATURES: Final[Mapping[str, Feature]] = {
    "after": lambda item: marks(item) == ["1", "2"],
    "reversed": lambda item: marks(item) == ["2", "1"],
    "twice": lambda item: marks(item) == ["1", "2", "1", "2"],
    "again": lambda item: marks(item) == ["1", "2", "1"],
    "three": lambda item: marks(item) == ["1", "2", "3"],
    "a part": lambda item: marks(item) == ["1"],
    "reload": lambda item: calls(item) == 1 and marks(item) == ["1", "2"],
    "reload-between": lambda item: calls(item) == 1 and marks(item) == ["1", "2", "1", "2"],
    "plain": lambda item: not holds(Class, Function, Exec, Try)(item),
    **{kind.__name__.lower(): holds(kind) for kind in (Class, Function, Exec, Try)},
    "inside one another": lambda item: any(
        isinstance(one, Class) and any(isinstance(inner, Function) for inner in one.body)
        for one in item.program.statements
    ),
    "a new module": has("z.py", "2"),
    "a module at hand": lambda item: any(has("a.py", "first", label)(item) for label in "123"),
    "both in one file": has("a.py", "first", "second"),
    "another name": has("c.py", "second"),
    "behind": lambda item: len(item.tree.roots) > 1,
    "removed": lambda item: any(isinstance(one, Uncache) for one in statements(item.program.statements)),
    "import": lambda item: any(Alias("z") in one.names for one in has_statement(item, Import)),
    "star": lambda item: bool(has_statement(item, StarImport)),
    **{name.rpartition(".")[2]: calling(name) for name in _EXECUTING},
    "archive and directory": lambda item: len({root.archive for root in item.tree.roots}) > 1,
    "stored": lambda item: item.tree.roots[0].archive == "stored",
    "deflate": lambda item: item.tree.roots[0].archive == "deflate",
    "embedded": launched(Embedded),
    "script": launched(Script),
    "module": launched(Module),
    "a launch of its own": lambda item: item.launch == THIRD.launch,
}


@pytest.mark.parametrize("name", FEATURES)
def test_reach(found: tuple[Case, ...], name: str) -> None:
    """Every way to merge, to order, to put and to launch is taken."""
    assert any(map(FEATURES[name], found))


def test_every_row_is_reached() -> None:
    """No putting, no order and no way to execute a module is without its line above."""
    assert {*PUTTINGS, *SEQUELS, *HOSTINGS} <= {*FEATURES}


SHRUNK: Final[dict[str, tuple[Feature, Body]]] = {
    "class": (holds(Class), (Class("K", (*importing("a", "1"), *importing("b", "1"))),)),
    "reload": (lambda item: calls(item) == 1, (*importing("a", "1"), *RELOADED, *importing("b", "1"))),
}


@pytest.mark.parametrize("name", SHRUNK)
def test_shrinks(name: str) -> None:
    """What is merged shrinks to the first of the material, and each choice to the plainest."""
    feature, expected = SHRUNK[name]
    smallest = find(
        merged(MATERIAL, programs=1),
        lambda family: feature(family.cases()[0]),
        settings=settings(max_examples=3000, phases=[Phase.generate, Phase.shrink], database=None),
    )
    assert expected == smallest.members[0].program.statements


def test_what_is_refused() -> None:
    """Where nothing may be said with what is merged, the first of it is left as it is."""
    strange = case(file("os.py"), program=(Mark("1"),))
    assert merge(5, (strange,)) == (strange,)


def test_no_material() -> None:
    """Of nothing nothing is merged."""
    with pytest.raises(ValueError, match="expected some material"):
        merged(())


def test_behind() -> None:
    """What names a root names the one that it has become."""
    call = Bind(Call("runpy.run_path", (Place("r0/a.py"),)))
    said = case(file("a.py", SetPath(("r0/a", "r0"))), program=(PathEdit(0), call, Assign("x", "r0x")))
    tree, other = behind(FIRST.tree, said)
    moved = Bind(Call("runpy.run_path", (Place("r1/a.py"),)))
    assert (tree.roots[1].entries, other.program.statements) == (
        (file("a.py", SetPath(("r1/a", "r1"))),),
        (PathEdit(1), moved, Assign("x", "r0x")),
    )


def test_renamed() -> None:
    """What both have is called otherwise in all of the second, and nothing else is."""
    call = Bind(Call("importlib.import_module", (Constant("a.type"),)))
    tree, other = renamed(FIRST.tree, case(file("a/type.py"), program=(call, Assign("ab", "a"))))
    told = Bind(Call("importlib.import_module", (Constant("b.type"),)))
    assert (tree.roots[0].entries, other.program.statements) == (
        (*FIRST.tree.roots[0].entries, file("b/type.py")),
        (told, Assign("ab", "b")),
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            file("a.py", Mark("1")), file("a.py", Mark("2")), (file("a.py", Mark("1"), Mark("2")),), id="both"
        ),
        pytest.param(DataFile("a.txt", "1"), DataFile("a.txt", "2"), (DataFile("a.txt", "1"),), id="data"),
        pytest.param(DataFile("a"), file("a/b.py"), (DataFile("a"),), id="file-first"),
        pytest.param(file("a/b.py"), DataFile("a"), (file("a/b.py"),), id="directory-first"),
        pytest.param(file("a.py"), file("a/b.py"), (file("a.py"), file("a/b.py")), id="beside"),
    ],
)
def test_together(first: Entry, second: Entry, expected: tuple[Entry, ...]) -> None:
    """What cannot stand beside the entry of the first is left out; a source does both."""
    assert together(case(first).tree, case(second))[0] == Tree((Root(expected),))


def test_together_over_an_archive() -> None:
    """A root is an archive if it is one in either."""
    archive = Case(Tree((Root((file("b.py"),), "stored"),)), Source())
    assert together(FIRST.tree, archive)[0].roots[0] == Root((*FIRST.tree.roots[0].entries, file("b.py")), "stored")
