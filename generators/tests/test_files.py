"""Odd files and private names: whatever lies in a root, what a package does can be said in a file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.choices import Roll
from generators.files import odd
from generators.modules import sources
from generators.names import HIDDEN
from generators.tables import WIDE
from harness.model.admission import admit
from harness.model.case import Case
from harness.model.language.walking import ExtendPath
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree


def test_a_package_may_extend_its_path_beside_odd_files() -> None:
    """None of their names is one that somebody may have: most are none that an import can say."""
    words = (count * 0x9E3779B97F4A7C15F39CC060 % 2**96 for count in range(2000))
    files = {path for word in words for kind, path, _ in odd(Roll(word), "a") if kind == "source" and "/" not in path}
    package = SourceFile("pkg/__init__.py", Source((ExtendPath(),)))
    assert {".py", "1.py", "a b.py", "é.py"} <= files
    for path in (*files, *HIDDEN):
        case = Case(Tree((Root((SourceFile(path), package)),)), Source((Import((Alias("pkg"),)),)))
        assert admit(case) == case


@pytest.mark.parametrize("path", ["__init__.py/b.py", "__init__.py/b/__init__.py", "a/__main__.py/b.py", "1/b.py"])
@given(data=st.data())
@settings(max_examples=60)
def test_what_no_import_reaches_is_not_named(path: str, data: st.DataObject) -> None:
    """What lies in a directory whose name no import can say does not name itself, or its package."""
    tree = Tree((Root((SourceFile(path),)),))
    source = data.draw(sources(tree, path=f"r0/{path}", mix=data.draw(st.sampled_from(WIDE))))
    case = Case(Tree((Root((SourceFile(path, source),)),)), Source())
    assert admit(case) == case
