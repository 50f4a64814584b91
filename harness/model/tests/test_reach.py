"""What the imports of a case can come to: only what is surely found in the tree is of the tree."""

import pytest

from harness.model.case import Case, Script
from harness.model.language.admitting import Reach
from harness.model.language.dunder_import import ReplaceImport
from harness.model.reach import borrowed, reach, shadowing
from harness.model.source import Alias, Assign, Import, PathEdit, Recache, Source, Statement
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile, Tree


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        pytest.param(SourceFile("mine.py"), True, id="module"),
        pytest.param(SourceFile("mine/__init__.py"), True, id="package"),
        pytest.param(SourceFile("mine/other.py"), False, id="portion"),
        pytest.param(SourceFile("mine.py/other.py"), False, id="source in a directory like a module"),
        pytest.param(SourceFile("mine"), False, id="source without a suffix"),
        pytest.param(Directory("mine.py"), False, id="directory like a module"),
        pytest.param(Directory("mine"), False, id="directory"),
        pytest.param(Directory("mine/__init__.py"), False, id="directory like a package"),
        pytest.param(DataFile("mine.txt", ""), False, id="no module"),
        pytest.param(SourceFile("heapq.py"), False, id="like one of the library"),
        pytest.param(SourceFile("sched.py"), True, id="like one of the library that nobody imports unasked"),
    ],
)
def test_of_the_tree(entry: Entry, *, found: bool) -> None:
    """A module or a package with a source is; a portion, a directory or a namesake of the library's is not."""
    name = entry.path.partition("/")[0].partition(".")[0]
    assert found == (name in reach(Case(Tree((Root((entry,)),)), Source())).names)


def test_of_any_root() -> None:
    """What lies in a root on the path counts, whichever it is."""
    case = Case(Tree((Root((SourceFile("mine.py"),)), Root((SourceFile("yours.py"),)))), Source())
    assert {"mine", "yours"} <= reach(case).names


def over(*entries: Entry, statements: tuple[Statement, ...] = ()) -> Case:
    """A program over one root."""
    return Case(Tree((Root(entries),)), Source(statements))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        pytest.param("json.py", True, id="module"),
        pytest.param("json/own.py", True, id="package"),
        pytest.param("json", True, id="file without a suffix"),
        pytest.param("json.PYC", True, id="compiled, in large letters"),
        pytest.param("JSON.py", True, id="large letters"),
        pytest.param("json.x/own.py", True, id="directory with a suffix"),
        *(pytest.param(f"json.{suffix}", True, id=suffix) for suffix in ("pyc", "pyd", "pyi", "pyw", "mpy", "so")),
        pytest.param("json.txt", False, id="no module"),
        pytest.param("own/json.py", False, id="inside a package"),
        pytest.param("itertools.py", False, id="what is built in"),
        pytest.param("colorsys.py", False, id="what nobody imports unasked"),
        pytest.param("__main__.py", False, id="program"),
        pytest.param("__future__.py", True, id="features"),
        pytest.param("own.py", False, id="own"),
    ],
)
def test_shadowing(path: str, *, told: bool) -> None:
    """What an implementation may import in place of a module of its own is found, by its path in the tree."""
    assert ((f"r0/{path}",) if told else ()) == shadowing(over(SourceFile(path)))


def test_programs() -> None:
    """What may be run are sources, and directories that have a program and nothing called as the library's."""
    case = over(
        SourceFile("own.py"),
        SourceFile("text"),
        DataFile("data.py", ""),
        SourceFile("pkg/__main__.py"),
        SourceFile("pkg/sub/own.py"),
        SourceFile("mixed/__main__.py"),
        SourceFile("mixed/json.py"),
        SourceFile("deep/er/__main__.py"),
    )
    sources = {"r0/own.py", "r0/pkg/__main__.py", "r0/pkg/sub/own.py", "r0/mixed/__main__.py", "r0/mixed/json.py"}
    assert {*sources, "r0/deep/er/__main__.py", "r0/pkg", "r0/deep/er"} == reach(case).programs


def test_a_program_elsewhere() -> None:
    """A program on the search path is found in any directory, as long as nothing is taken from that path."""
    entries = SourceFile("__main__.py"), SourceFile("pkg/own.py"), SourceFile("mixed/json.py")
    assert {"r0", "r0/pkg"} == {path for path in reach(over(*entries)).programs if not path.endswith(".py")}
    removed = (PathEdit(0, remove=True),)
    assert {"r0"} == {path for path in reach(over(*entries, statements=removed)).programs if not path.endswith(".py")}
    nobody = over(SourceFile("pkg/own.py"))
    assert {"r0/pkg/own.py"} == reach(nobody).programs


def test_inner() -> None:
    """A part of a path is what may be the last part of a name, but for what stands for its directory or the program."""
    entries = (
        SourceFile("own.py"),
        SourceFile("pkg/__init__.py"),
        DataFile("pkg/a.b.txt", ""),
        SourceFile("x/__main__.py"),
    )
    assert {"own", "pkg", "a", "x"} == reach(over(*entries, DataFile("y/.hidden", ""), Directory("z"))).inner - {
        "y",
        "z",
    }
    assert {"y", "z"} <= reach(over(*entries, DataFile("y/.hidden", ""), Directory("z"))).inner


@pytest.mark.parametrize(
    ("case", "lent"),
    [
        pytest.param(over(statements=(Import((Alias("colorsys"),)),)), {"colorsys"}, id="nothing of the tree"),
        pytest.param(over(SourceFile("colorsys.py"), statements=(Import((Alias("colorsys"),)),)), set(), id="module"),
        pytest.param(
            over(SourceFile("xmlrpc/a.py"), statements=(Import((Alias("xmlrpc"),)),)), {"xmlrpc"}, id="portion"
        ),
        pytest.param(
            over(SourceFile("colorsys.py"), statements=(PathEdit(0, remove=True), Import((Alias("colorsys"),)))),
            {"colorsys"},
            id="module of an entry that is removed",
        ),
        pytest.param(over(statements=(Import((Alias("wave"),)),)), set(), id="what is not lent"),
    ],
)
def test_lent(case: Case, lent: set[str]) -> None:
    """What the case names and the library may have to lend is told from what is surely found in the tree."""
    assert lent == borrowed(case)


@pytest.mark.parametrize(
    ("statement", "recached", "everywhere"),
    [
        pytest.param(Recache("own", "x"), True, False, id="an object in the cache"),
        pytest.param(ReplaceImport("l", ("own",), ("x",)), True, False, id="an object for a module"),
        pytest.param(ReplaceImport("l", ("own",)), False, False, id="a function that answers nothing"),
        pytest.param(Assign("__path__", None), False, True, id="no path of its own"),
        pytest.param(Assign("__path__", ""), False, False, id="an empty path"),
        pytest.param(Assign("__name__", None), False, False, id="no name"),
    ],
)
def test_what_a_statement_opens(statement: Statement, *, recached: bool, everywhere: bool) -> None:
    """Objects may be taken for modules, or modules be searched for everywhere, because of one statement."""
    found = reach(over(SourceFile("own.py"), statements=(statement,)))
    assert (recached, everywhere) == (found.recached, found.everywhere)


def test_reach_is_a_value() -> None:
    """What a case can reach is said once and for all."""
    assert Reach.__struct_config__.frozen


def test_names_and_keys() -> None:
    """What is removed from the search path is no longer surely found; the program has its name where it is launched."""
    removed = reach(over(SourceFile("mine.py"), statements=(PathEdit(0, remove=True),)))
    assert ("mine" in removed.names, "mine" in removed.keys) == (False, False)
    launched = reach(Case(Tree((Root(),)), Source(), Script("r0/main.py")))
    assert ("__main__" in launched.names, "__main__" in launched.keys) == (True, True)
