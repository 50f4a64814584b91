"""What the imports of a case can come to: only what is surely found in the tree is of the tree."""

import pytest

from harness.model.case import Case
from harness.model.reach import reach
from harness.model.source import Source
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile, Tree


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        pytest.param(SourceFile("mine.py"), True, id="module"),
        pytest.param(SourceFile("mine/__init__.py"), True, id="package"),
        pytest.param(SourceFile("mine/other.py"), False, id="portion"),
        pytest.param(Directory("mine.py"), False, id="directory like a module"),
        pytest.param(Directory("mine"), False, id="directory"),
        pytest.param(Directory("mine/__init__.py"), False, id="directory like a package"),
        pytest.param(DataFile("mine.txt", ""), False, id="no module"),
        pytest.param(SourceFile("sched.py"), False, id="like one of the library"),
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
