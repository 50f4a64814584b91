"""What a name means: package before module before portion, the first root wins, portions are collected."""

import pytest

from generators.layouts import Kind, Place, exported, listing
from harness.model.source import Alias, Assign, Delete, FromImport, Function, Import, ModuleGetattr, Source
from harness.model.tree import DataFile, Directory, Root, SourceFile, Tree


def found(tree: Tree, name: str) -> Place:
    """What a name means in the tree."""
    return listing(tree).layout([f"r{root}" for root in range(len(tree.roots))]).index[name]


def root(*paths: str) -> Root:
    """A root with empty sources."""
    return Root(tuple(SourceFile(path) for path in paths))


@pytest.mark.parametrize(
    ("roots", "name", "kind", "place"),
    [
        pytest.param([root("a.py", "a/__init__.py")], "a", Kind.REGULAR, ("r0/a",), id="package-before-module"),
        pytest.param([root("a.py", "a/b.py")], "a", Kind.MODULE, (), id="module-before-portion"),
        pytest.param([root("a/b.py"), root("a.py")], "a", Kind.MODULE, (), id="module-of-a-later-root"),
        pytest.param([root("a.py"), root("a/__init__.py")], "a", Kind.MODULE, (), id="first-root"),
        pytest.param([root("a/b.py"), root("a/c.py")], "a", Kind.NAMESPACE, ("r0/a", "r1/a"), id="portions"),
        pytest.param([root("a/b.py"), root("a/b/c.py")], "a.b", Kind.MODULE, (), id="inside"),
        pytest.param([Root((Directory("a"),))], "a", Kind.NAMESPACE, ("r0/a",), id="empty-directory"),
    ],
)
def test_search(roots: list[Root], name: str, kind: Kind, place: tuple[str, ...]) -> None:
    """The kind and the search path of what is found."""
    assert (found(Tree(tuple(roots)), name).kind, found(Tree(tuple(roots)), name).path) == (kind, place)


def test_children() -> None:
    """Parents come before children, and a package knows its submodules from all portions."""
    layout = listing(Tree((root("a/c.py"), root("a/b/__init__.py")))).layout(["r0", "r1"])
    assert [(place.name, place.children) for place in layout.places] == [("a", ("b", "c")), ("a.b", ()), ("a.c", ())]


def test_below() -> None:
    """The submodules of a package, the modules at the top, and none of what does not exist."""
    layout = listing(Tree((root("a/b.py", "c.py"),))).layout(["r0"])
    assert [[place.name for place in layout.below(name)] for name in ("", "a", "z")] == [["a", "c"], ["a.b"], []]


def test_what_is_no_module() -> None:
    """Data and programs are not importable."""
    tree = Tree((Root((DataFile("a"), DataFile("b.txt"), SourceFile("main.py"), SourceFile("c/__main__.py"))),))
    assert [place.name for place in listing(tree).layout(["r0"]).places] == ["c"]


def test_leaves() -> None:
    """Directories in which no directory lies, roots left out."""
    assert listing(Tree((root("a/b/c.py", "a/d.py"), root("e/a.py")))).leaves() == ("r0/a/b", "r1/e")


def test_exported() -> None:
    """What a source binds at the top level and leaves bound."""
    source = Source(
        (
            Assign("x", 1),
            Assign("y", 1),
            Delete("y"),
            Assign("__all__", 1),
            Import((Alias("a.b"), Alias("c.d", "v"))),
            FromImport("a", (Alias("e"), Alias("c", "w"))),
            Function("f", (Assign("inner", 1),)),
            ModuleGetattr(("g",), 1),
        )
    )
    assert exported(source) == ("x", "a", "v", "e", "w", "f", "g")
