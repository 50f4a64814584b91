"""What is said of faults by hand."""

from pathlib import Path

import pytest

from conformance.catalogue import CatalogueError
from conformance.sensitivity.classes import CLASSES, Classes, Said, classes, read_classes
from conformance.sensitivity.tests.samples import fault
from harness.model.observation import Identity

PLACE = "runpy:run_module:7:swapped-comparison:1"
NONE: frozenset[tuple[str, str]] = frozenset()


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in sorted(CLASSES.glob("*.toml"))])
def test_files_can_be_read(path: Path) -> None:
    """Every file of classes is well formed, and says something."""
    read = read_classes(path)
    assert len(read.invisible) + len(read.waiting) > 0


def test_files_are_named_after_a_line() -> None:
    """The file of a line of the language and the common one are read together."""
    identity = Identity("cpython", "3.12.1", (3, 12), ("python",))
    common, own = read_classes(CLASSES / "common.toml"), read_classes(CLASSES / "cpython-3.12.toml")
    assert classes(identity).invisible == (*own.invisible, *common.invisible)


def test_another_line_has_the_common_ones() -> None:
    """Where a line has no file of its own what is common holds."""
    assert classes(Identity("cpython", "2.0", (2, 0), ("python",))) == read_classes(CLASSES / "common.toml")


@pytest.mark.parametrize(
    ("before", "kind"),
    [pytest.param("a is b", "dead code", id="as it was"), pytest.param("a is c", "", id="another text")],
)
def test_by_id_and_text(before: str, kind: str) -> None:
    """An entry is about the fault with its id and its text; what has moved is visible."""
    said = Classes((Said("nobody calls it", kind="dead code", fault=PLACE, before="a is b", after="a is not b"),))
    assert kind == said.invisibility(fault(before=before))


@pytest.mark.parametrize(
    ("where", "before", "changes", "kind"),
    [
        pytest.param("runpy:run_*", "", (), "equivalent", id="functions"),
        pytest.param("pkgutil:*", "", (), "", id="another module"),
        pytest.param("*:*", "a is *", (), "equivalent", id="text"),
        pytest.param("*:*", "b*", (), "", id="another text"),
        pytest.param("*:*", "", ("swapped-comparison",), "equivalent", id="kind of fault"),
        pytest.param("*:*", "", ("dropped-call",), "", id="another kind"),
    ],
)
def test_by_patterns(where: str, before: str, changes: tuple[str, ...], kind: str) -> None:
    """Patterns match place and text, and the kinds of faults may be listed."""
    said = Classes((Said("no difference", kind="equivalent", before=before, where=where, changes=changes),))
    assert kind == said.invisibility(fault())


def test_a_pattern_does_not_hold_where_a_fault_was_seen() -> None:
    """What waits by a pattern does not, once another fault of the function was seen; one named by its id does."""
    by_pattern, by_id = (
        Said("no calls", machinery="functions", where="runpy:*"),
        Said("one", machinery="threads", fault=PLACE, before="a is b", after="a is not b"),
    )
    reached = {("runpy", "run_module")}
    told = [Classes(waiting=(by_pattern,)).machinery(fault(), place) for place in (NONE, reached)]
    assert ["functions", ""] == told
    assert "threads" == Classes(waiting=(by_pattern, by_id)).machinery(fault(), reached)


def test_stale() -> None:
    """An entry whose fault is not there, or has another text, is stale."""
    said = Classes(
        (
            Said("x", kind="dead code", fault=PLACE, before="a is b", after="a is not b"),
            Said("x", kind="dead code", fault="gone", before="a is b", after="a is not b"),
        )
    )
    assert ["gone"] == said.stale([fault()])
    assert [PLACE, "gone"] == said.stale([fault(before="a is c")])


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        pytest.param('[[invisible]]\nwhere = "*"\nkind = "odd"\nreason = "x"', "expected a kind", id="kind"),
        pytest.param('[[invisible]]\nwhere = "*"\nkind = "dead code"\nreason = " "', "a reason", id="reason"),
        pytest.param('[[invisible]]\nkind = "dead code"\nreason = "x"', "either an id", id="nothing"),
        pytest.param('[[invisible]]\nfault = "a"\nkind = "dead code"\nreason = "x"', "its texts", id="no text"),
        pytest.param('[[waiting]]\nwhere = "*"\nmachinery = ""\nreason = "x"', "the machinery", id="machinery"),
        pytest.param(
            '[[invisible]]\nwhere = "*"\nchanges = ["odd"]\nkind = "dead code"\nreason = "x"', "kinds", id="change"
        ),
        pytest.param('[[odd]]\nwhere = "*"', "unknown field", id="table"),
        pytest.param("[[", "Invalid initial", id="no TOML"),
    ],
)
def test_malformed(tmp_path: Path, text: str, telling: str) -> None:
    """A file that is malformed is refused, and what was expected is told."""
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=telling):
        read_classes(path)


@pytest.mark.parametrize("tables", [("invisible", "invisible"), ("waiting", "waiting"), ("invisible", "waiting")])
def test_twice(tmp_path: Path, tables: tuple[str, str]) -> None:
    """A fault has one entry, in one of the tables."""
    path = tmp_path / "x.toml"
    said = {"invisible": 'kind = "dead code"', "waiting": 'machinery = "threads"'}
    entry = 'fault = "a"\nbefore = "b"\nafter = "c"\nreason = "x"'
    path.write_text("".join(f"[[{table}]]\n{entry}\n{said[table]}\n" for table in tables))
    with pytest.raises(CatalogueError, match="one entry"):
        read_classes(path)
