"""The case that is kept where implementations differ and the documents leave it open."""

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.source import Mark, Source
from harness.model.tree import Tree
from reports import Record, Summary
from reports.differing import Differences
from reports.markdown import markdown
from reports.records import Difference
from reports.terminal import ID, silences_table
from reports.tests.test_policies import HEADER
from reports.tests.test_terminal import shown


def case(count: int) -> Case:
    """A case of that many statements."""
    return Case(Tree(), Source((Mark("x"),) * count))


def record(number: int, *silences: int) -> Record:
    """Implementations differ in a case about what these clauses say."""
    return Record(number, f"id{number}", "generated", 0, Verdict.UNSPECIFIED, silences=silences)


def differences(*found: tuple[Record, Case]) -> Differences:
    """What was found in these."""
    result = Differences()
    for one, shows in found:
        result.take(one, shows)
    return result


def test_smallest() -> None:
    """The smallest case of each clause is kept, of equals the first, whatever the order."""
    found = [(record(5, 0, 1), case(2)), (record(1, 0), case(3)), (record(7, 0), case(2)), (record(2), case(1))]
    expected = [Difference(0, 5, "id5", case(2)), Difference(1, 5, "id5", case(2))]
    assert expected == list(differences(*found).lines()) == list(differences(*reversed(found)).lines())


def test_parts() -> None:
    """The parts of a run together keep what the whole keeps."""
    found = [(record(number, number % 2), case(9 - number // 2)) for number in range(8)]
    parts = Differences()
    for part in (found[::2], found[1::2]):
        parts.add(differences(*part).lines())
    assert list(differences(*found).lines()) == list(parts.lines())


def test_told() -> None:
    """It is told in how many cases they differ, and by which id the smallest is shown; not where a run keeps none."""
    summary = Summary(HEADER)
    summary.add(record(3, 1), record(4, 0), record(5, 0))
    assert {0: (2, ""), 1: (1, "")} == summary.differing
    identity = "0123456789abcdef"
    summary.add(Difference(0, 4, identity, case(1)))
    assert [f"a.x 2 {identity[:ID]}", "a.y 1"] == [
        " ".join(line.split()) for line in shown(silences_table(summary)).splitlines()[2:]
    ]
    assert f"* a.x: Nobody says what a.x does. 2 cases, the smallest `{identity}`" in markdown(summary).splitlines()
