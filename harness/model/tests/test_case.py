"""What a case is, how it is named, and where its parts lie."""

import msgspec
import pytest
from hypothesis import given

from harness.model.case import Case, Embedded, Launch, Module, Script, case_id, scope, search_path, sources
from harness.model.case import written_tree as written
from harness.model.language.compound import statements
from harness.model.language.expressions import Bind, Call, Place
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Class,
    FromImport,
    Function,
    Guard,
    Import,
    Mark,
    Raise,
    Recache,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tests.strategies import cases
from harness.model.tree import DataFile, Directory, Root, SourceFile, Tree

PROGRAM = Source((Import((Alias("pkg.mod", "m"),)), FromImport("", (Alias("x"),), level=1)), doc="\ud800\\")
TREE = Tree((Root((SourceFile("pkg/__init__.py"), Directory("empty"))), Root((DataFile("notes.txt", "é"),))))


class TestIdentity:
    """A case is named by what it says."""

    @pytest.mark.parametrize(
        ("case", "expected"),
        [
            pytest.param(Case(Tree(), Source()), "18391bd4f77253dc", id="empty"),
            pytest.param(Case(TREE, PROGRAM), "dde51953a896238d", id="embedded"),
            pytest.param(Case(TREE, PROGRAM, Script("r0/main.py")), "8a340db38ed8d3b9", id="script"),
            pytest.param(Case(TREE, PROGRAM, Module("pkg", "r0/pkg/__main__.py")), "8d0c28903de82c40", id="module"),
        ],
    )
    def test_frozen(self, case: Case, expected: str) -> None:
        """Ids outlive versions of the suite: recorded runs and vectors go by them."""
        assert expected == case_id(case)

    @given(first=cases, second=cases)
    def test_equal_if_and_only_if_equal(self, first: Case, second: Case) -> None:
        """Two cases share an id only if they are equal, and then always."""
        assert (case_id(first) == case_id(second)) == (repr(first) == repr(second))

    @given(case=cases)
    def test_launch_counts(self, case: Case) -> None:
        """The way a case is launched is part of it."""
        launches: tuple[Launch, ...] = (Embedded(), Script("r0/main.py"), Module("main", "r0/main.py"))
        assert len(launches) == len({case_id(msgspec.structs.replace(case, launch=launch)) for launch in launches})


class TestPlaces:
    """Where ``sys.path`` begins, and what lies on disk."""

    @pytest.mark.parametrize(
        ("launch", "expected"),
        [
            pytest.param(Embedded(), ("r0", "r1"), id="embedded"),
            pytest.param(Script("r0/main.py"), ("r0", "r1"), id="script in the first root"),
            pytest.param(Script("r1/main.py"), ("r1", "r0"), id="script in the second root"),
            pytest.param(Script("r1/sub/main.py"), ("r1/sub", "r0", "r1"), id="script below a root"),
            pytest.param(Module("pkg", "r1/pkg/__main__.py"), ("r0", "r1"), id="module"),
        ],
    )
    def test_search_path(self, launch: Launch, expected: tuple[str, ...]) -> None:
        """A script's directory comes first; otherwise the roots come in their order."""
        assert expected == search_path(Case(TREE, PROGRAM, launch))

    @given(case=cases)
    def test_an_embedded_program_lies_nowhere(self, case: Case) -> None:
        """The tree of an embedded program is written as it is."""
        assert case.tree == written(msgspec.structs.replace(case, launch=Embedded()))

    def test_a_script_lies_where_it_is_launched(self) -> None:
        """The program takes the place that the launch names; the other roots stay as they are."""
        case = Case(TREE, PROGRAM, Script("r1/sub/main.py"))
        assert (
            TREE.roots[0],
            Root((DataFile("notes.txt", "é"), SourceFile("sub/main.py", PROGRAM))),
        ) == written(case).roots

    def test_a_script_replaces_what_lay_there(self) -> None:
        """There is one file at one path."""
        case = Case(TREE, PROGRAM, Module("pkg", "r0/pkg/__init__.py"))
        assert Root((Directory("empty"), SourceFile("pkg/__init__.py", PROGRAM))) == written(case).roots[0]


class TestScope:
    """The top-level names a case can bring into ``sys.modules``."""

    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            pytest.param(Import((Alias("a.b"), Alias("c", "d"))), ("a", "c"), id="import"),
            pytest.param(FromImport("a.b", (Alias("c"),)), ("a",), id="from"),
            pytest.param(FromImport("a", (Alias("c"),), level=1), (), id="relative"),
            pytest.param(StarImport("a.b"), ("a",), id="star"),
            pytest.param(StarImport("a", level=2), (), id="relative star"),
            pytest.param(Uncache("a.b"), ("a",), id="uncache"),
            pytest.param(Block("a.b"), ("a",), id="block"),
            pytest.param(Substitute("a.b"), ("a",), id="substitute"),
            pytest.param(Recache("a.b", "c"), ("a",), id="recache"),
            pytest.param(Block(""), (), id="no name"),
            pytest.param(Assign("a", 1), (), id="nothing imported"),
            pytest.param(Function("f", (Import((Alias("a"),)),)), ("a",), id="in a function"),
            pytest.param(Try((Mark("m"),), "KeyError", (Import((Alias("a"),)),)), ("a",), id="in a handler"),
        ],
    )
    def test_named_in_the_program(self, statement: Statement, expected: tuple[str, ...]) -> None:
        """A name the program imports or puts into the module cache."""
        assert expected == scope(Case(Tree((Root(),)), Source((statement,))))

    def test_a_path_that_is_run(self) -> None:
        """What run_path executes is called otherwise than any module, unless it is given a name."""
        statement = Bind(Call("runpy.run_path", (Place("r0/a.py"),)))
        assert ("<run_path>",) == scope(Case(Tree((Root(),)), Source((statement,))))

    def test_named_in_a_module(self) -> None:
        """A name that a module of the tree imports, found or not."""
        root = Root((SourceFile("a.py", Source((Import((Alias("missing.b"),)),))),))
        assert ("a", "missing") == scope(Case(Tree((root,)), Source()))

    def test_lying_in_a_root(self) -> None:
        """Modules, packages, plain directories and other files at the top of a root, without their suffix."""
        assert ("empty", "notes.txt", "pkg") == scope(Case(TREE, Source()))

    def test_beside_a_script(self) -> None:
        """What lies beside a script below a root is at the top for it, and so is the script."""
        tree = Tree((Root((SourceFile("sub/a.py"), SourceFile("b.py"))),))
        assert ("a", "b", "main", "sub") == scope(Case(tree, Source(), Script("r0/sub/main.py")))


class TestStatements:
    """Every statement is seen, however deep it stands."""

    def test_outer_before_inner(self) -> None:
        """A statement comes before those it holds, in the order of the text."""
        inner = (Mark("1"), Mark("2"), Mark("3"), Mark("4"), Mark("5"))
        block = Try((Function("f", inner[:1]),), "KeyError", (Class("C", inner[1:2]), Guard(inner[2:4])))
        found = [statement for statement in statements((block, inner[4])) if isinstance(statement, Mark)]
        assert list(inner) == found

    def test_sources(self) -> None:
        """The program comes first, then the modules of each root."""
        first, second = Source((Raise("KeyError"),)), Source(doc="second")
        tree = Tree((Root((SourceFile("a.py", first), DataFile("c"))), Root((SourceFile("b.py", second),))))
        assert [PROGRAM, first, second] == list(sources(Case(tree, PROGRAM)))
