"""What a run says of causes, of fakes that make departures and of one with a fault that is none."""

import contextlib
import functools
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from conformance.catalogue import Class, Expectation, catalogue, vectors
from conformance.engine import Shard
from conformance.engine.causes import sentence
from conformance.engine.tests.fakes import Member, Plant, run
from generators import generate
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.values import Value
from harness.oracle import departure, predict
from reports import RUN_SCHEMA, Arguments, Finding, Header, Implementation, Line, RunWriter
from reports.merging import merged
from reports.reading import reading

UNBOUND: Final = departure("submodule.bound-on-parent", "not bound")
KEPT: Final = departure("failure.failing-module-removed", "kept")
LAST: Final = departure("path.first-match-wins", "last entry wins")
FILE: Final = departure("dpath.regular-package-value", "the file")
NO_PATH: Final = departure("dpath.reflects-spec-list", "not set")
RAISED: Final = departure("meta.exhausted-raises-mnfe", "raises AttributeError")
PACKAGE: Final = departure("regular.earlier-entry-module-beats-later-package", "package first")
PASSED: Final = departure("path.entry-without-it-passed-over", "raises AttributeError")


@functools.cache
def cases(examples: int = 16) -> tuple[Case, ...]:
    """Vectors about binding, failing and searching, and generated cases."""
    beginnings = ("failure-", "search-", "import-dotted-", "submodule-", "path-")
    chosen = [item.case for name, item in vectors().items() if name.startswith(beginnings)]
    return (*chosen[::3], *generate(seed=0, examples=examples))


@functools.cache
def findings(*departures: Departure, examples: int = 16) -> tuple[Finding, ...]:
    """What is found of a fake that makes these departures."""
    told = run(Member(otherwise=frozenset(departures)), cases=cases(examples))
    return tuple(line for line in told.lines if isinstance(line, Finding))


@pytest.mark.parametrize(
    "made", [pytest.param(item, id=item.clause) for item in (UNBOUND, KEPT, LAST, FILE, NO_PATH, RAISED)]
)
def test_one_departure_is_one_finding(made: Departure) -> None:
    """It is named, told in a sentence, and shown by a case in which it makes a difference."""
    (found,) = findings(made)
    assert (str(made), made.name, made.text) == (found.signature, found.departure, found.text)
    assert any(made in world.taken for world in predict(found.minimal, (3, 12), frozenset({made})).worlds)


def test_two_departures_are_two_findings() -> None:
    """Both are found, also where some cases show both."""
    assert {str(UNBOUND), str(KEPT)} == {item.signature for item in findings(UNBOUND, KEPT)}


def test_more_cases_are_no_more_findings() -> None:
    """The set of findings stays as it is, whether few cases are asked or many."""
    few, many = findings(UNBOUND, KEPT), findings(UNBOUND, KEPT, examples=40)
    assert {item.signature for item in few} == {item.signature for item in many}
    assert sum(item.samples for item in few) < sum(item.samples for item in many)


def test_beside_what_is_known() -> None:
    """A departure that expectations name explains nothing else, and is told with its reason."""
    known = Expectation(KEPT.clause, KEPT.name, "it is so", Class.BUG)
    told = run(Member(otherwise=frozenset({UNBOUND, KEPT}), expected=(known,)), cases=cases())
    found = [(line.signature, line.verdict) for line in told.lines if isinstance(line, Finding)]
    assert [(str(UNBOUND), Verdict.DIVERGES), (str(KEPT), Verdict.KNOWN)] == found


def test_small() -> None:
    """The smallest case has little beside what shows the cause."""
    (found,) = findings(UNBOUND)
    assert len(found.minimal.program.statements) == 1
    assert sum(len(root.entries) for root in found.minimal.tree.roots) <= 2


def test_nothing_is_told_of_who_conforms() -> None:
    """Who departs in nothing refutes departures, each once, and explains none."""
    told = run(Member(), cases=cases(), jobs=2)
    refuted = [name for record in told.records for name in record.refuted]
    assert (True, len(set(refuted))) == (str(UNBOUND) in refuted, len(refuted))
    assert not any(record.explained or record.weakly for record in told.records)


def test_what_is_there_refutes_its_absence() -> None:
    """Of who conforms in the end everything that a clause gives is there, and as it is to be."""
    told = run(Member(), cases=(vectors()["attributes-missing"].case,))
    refuted = {name for record in told.records for name in record.refuted}
    assert {f"module.doc-attribute: {how}" for how in ("absent", "another value")} <= refuted
    assert not any(name.startswith("module.cached-set: ") for name in refuted)


def _written(path: Path, shard: Shard, *lines: Line) -> Path:
    who = (Implementation("fake", "fake", "1.0", (3, 12)),)
    header = Header(RUN_SCHEMA, "1.0", 0, Arguments(0, shard=str(shard)), who, tuple(catalogue().values()))
    with path.open("wb") as file:
        RunWriter(file).write(header, *lines)
    return path


def _shards(made: Member, asked: tuple[Case, ...], place: Path, parts: int = 2) -> tuple[Path, bytes]:
    """The file of a run, and what is made of its shards."""
    paths = []
    for index in range(parts + 1):
        shard = Shard() if not index else Shard(index, parts)
        told = run(made, cases=asked, shard=shard)
        paths.append(_written(place / f"{index}", shard, *told.lines, told.footer))
    together = io.BytesIO()
    with contextlib.ExitStack() as stack:
        read = [stack.enter_context(reading(path)) for path in paths[1:]]
        RunWriter(together).write(*merged(read, sentence))
    return paths[0], together.getvalue()


def _renaming(_case: Case, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """Of two modules the first has another name, which is listed nowhere."""
    names = [key for key in facts if key.endswith("/__name__")]
    return {**facts, names[0]: "another"} if len(names) == 2 else facts


def _dying(case: Case, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """Programs of two statements end the process."""
    return {**facts, "outcome": ("crashed", 11)} if len(case.program.statements) == 2 else facts


def test_shards_give_the_whole(tmp_path: Path) -> None:
    """Findings are found anew from the records of all shards, and are those of the whole run, byte for byte."""
    whole, together = _shards(Member(otherwise=frozenset({UNBOUND, KEPT})), cases(), tmp_path)
    assert whole.read_bytes() == together
    assert b'"raised":"AttributeError' in whole.read_bytes()


@pytest.mark.parametrize("plant", [_renaming, _dying])
def test_causes_that_a_shard_does_not_see(tmp_path: Path, plant: Plant) -> None:
    """What the smallest case of a finding is does not depend on what else was found by the shard that has it."""
    member = Member(plant, otherwise=frozenset({KEPT, LAST, NO_PATH}))
    whole, together = _shards(member, cases()[::2], tmp_path, 3)
    assert whole.read_bytes() == together
    with reading(whole) as read:
        read.to_end()
        assert not read.steps
        assert len(read.findings) >= 3


@pytest.mark.parametrize(("beside", "sure"), [("submodule-removed-below", False), ("search-path-reordered", True)])
def test_shards_are_as_sure_as_the_whole(tmp_path: Path, beside: str, *, sure: bool) -> None:
    """What may be so in place of a departure is told of all shards together, whatever one of them says alone."""
    asked = tuple(vectors()[name].case for name in ("search-earlier-module-before-later-package", beside))
    whole, together = _shards(Member(otherwise=frozenset({LAST})), asked, tmp_path)
    with reading(whole) as read:
        list(read.groups())
        (found,) = read.findings
    assert (whole.read_bytes(), str(LAST)) == (together, found.signature)
    assert (() if sure else (LAST.text, PACKAGE.text)) == found.as_if


def test_which_exception_is_not_told_by_one_that_is_documented() -> None:
    """Where the exception that comes of a departure is documented as well, another one alone is refuted."""
    asked = tuple(vectors()[name].case for name in ("entry-without-it", "star-all-missing-name-in-package"))
    told = run(Member(otherwise=frozenset({PASSED})), cases=asked)
    assert [str(PASSED)] == [line.signature for line in told.lines if isinstance(line, Finding)]
