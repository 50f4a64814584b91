"""Each strategy by itself, over a tree that somebody else made."""

from collections.abc import Callable

import pytest
from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from generators import sources
from generators.launches import launches
from generators.programs import programs
from harness.model.case import Embedded, Launch, Module, Script
from harness.model.source import Assign, FromImport, Import, Raise, Source, StarImport
from harness.model.tree import Root, SourceFile, Tree

QUIET = settings(database=None, derandomize=True, max_examples=1000, phases=[Phase.generate])
TREE = Tree(
    (
        Root(
            (
                SourceFile("a/__init__.py", Source((Assign("x", 1),))),
                SourceFile("a/b.py"),
                SourceFile("c/__init__.py", Source((Raise("ValueError"),))),
            )
        ),
        Root((SourceFile("d/e.py"),)),
    )
)


@pytest.mark.parametrize(
    "launch",
    [
        Embedded(),
        Script("r0/main.py"),
        Script("r0/a/main.py"),
        Script("r1/main.py"),
        Module("main", "r0/main.py"),
        Module("a", "r0/a/__main__.py"),
        Module("a.main", "r0/a/main.py"),
        Module("d.main", "r1/d/main.py"),
    ],
    ids=str,
)
def test_launches(launch: Launch) -> None:
    """Each way to launch something over the tree is found."""
    assert find(launches(TREE), lambda found: found == launch, settings=QUIET) == launch


def test_launches_leave_out_what_may_not_load() -> None:
    """Nothing is launched from a package that fails."""
    with pytest.raises(NoSuchExample):
        find(launches(TREE), lambda found: isinstance(found, Module) and found.name[0] == "c", settings=QUIET)


@pytest.mark.parametrize(
    ("launch", "name"),
    [
        pytest.param(Embedded(), "a.b", id="embedded"),
        pytest.param(Script("r0/a/main.py"), "b", id="script-inside"),
        pytest.param(Script("r1/d/main.py"), "e", id="script-in-another-root"),
    ],
)
def test_programs_know_where_they_run(launch: Launch, name: str) -> None:
    """A program imports what its own search path leads to."""

    def imports(program: Source) -> bool:
        return any(isinstance(one, Import) and one.names[0].name == name for one in program.statements)

    assert imports(find(programs(TREE, launch=launch), imports, settings=QUIET))


def test_programs_know_their_package() -> None:
    """A program run with ``-m`` takes submodules from its own package."""
    launch = Module("a.main", "r0/a/main.py")

    def relative(program: Source) -> bool:
        return any(
            isinstance(one, FromImport) and one.level == 1 and one.names[0].name == "b" for one in program.statements
        )

    assert relative(find(programs(TREE, launch=launch), relative, settings=QUIET))


FOUND: dict[str, Callable[[Source], bool]] = {
    "public": lambda source: any(isinstance(one, Assign) and one.name == "__all__" for one in source.statements),
    "star": lambda source: any(isinstance(one, StarImport) and one.module == "a" for one in source.statements),
    "taken": lambda source: any(isinstance(one, FromImport) and one.names[0].name == "x" for one in source.statements),
}


@pytest.mark.parametrize("name", FOUND)
def test_sources_know_the_others(name: str) -> None:
    """A source takes what the others define."""
    assert FOUND[name](find(sources(TREE, path="r1/d/e.py"), FOUND[name], settings=QUIET))
