"""The run file: what is written reads back, and what is cut stays readable."""

import io
from pathlib import Path

import msgspec
import pytest

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.codec import encode
from harness.model.source import Assign, Source
from harness.model.tree import Root, Tree
from reports import (
    RUN_SCHEMA,
    Arguments,
    CaseRecord,
    Departure,
    ExpectationRecord,
    Finding,
    Footer,
    Header,
    Implementation,
    Line,
    Record,
    RunFileError,
    RunWriter,
    Shares,
    reading,
)
from reports.records import Aim, Difference, Option, Policy, Step
from reports.runfile import LONGEST
from reports.tests.memory import read_run

CASE = Case(Tree((Root(),)), Source((Assign("x", "lone \udcff \\ surrogate"),)))
CLAUSE = Clause("a.b", "a", "language", "It holds.", "a document", "", "", Level.MUST, "something", seed=False)
HEADER = Header(RUN_SCHEMA, "1.0", 7, Arguments(10), (Implementation("x 1", "x", "1", (3, 12)),), (CLAUSE,))
DEPARTURE = Departure("binding/x", (0,), (("module", "a"), None), ("absent",), "a.b: binding/*: module → absent")
RECORD = Record(0, "id", "generated", 0, Verdict.DIVERGES, 9, (0,), departures=(DEPARTURE,), differences={"x": 1})
FINDING = Finding(
    DEPARTURE.signature, Verdict.DIVERGES, 0, "absent", "it is not there", "x", (0,), (1,), 2, 1, {"0": 1}, "id", CASE
)
UNASKED = Record(1, "other", "generated", 0, Verdict.UNSUPPORTED, reason="no fork")
FOOTER = Footer(2, 1, {"unsupported: no fork": 1}, Shares(2, 1))
LINES: tuple[Line, ...] = (
    HEADER,
    CaseRecord("id", CASE),
    RECORD,
    UNASKED,
    FINDING,
    Step(0, "id", Aim(("a.b: absent",)), CASE, DEPARTURE, ("a.b: refused",)),
    Policy(0, 0, "somewhere", (Option("this", 2, 0, CASE), Option("that", 1, 4, CASE))),
    Difference(0, 3, "other", CASE),
    ExpectationRecord(0, "a.b", "refused", "was broken", "bug", 200),
    FOOTER,
)


def written(*lines: Line) -> bytes:
    """The bytes of a run file of ``lines``."""
    file = io.BytesIO()
    RunWriter(file).write(*lines)
    return file.getvalue()


def test_round_trip(tmp_path: Path) -> None:
    """Every line reads back equal, lone surrogates included, and the run is whole."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(written(*LINES))
    run = read_run(path)
    read = (run.header, *run.cases, *run.records, *run.findings, *run.steps)
    read += (*run.policies, *run.differences, *run.expectations)
    assert ((*read, run.footer), run.whole) == (LINES, True)


@pytest.mark.parametrize(
    "cut", [pytest.param(1, id="newline"), pytest.param(20, id="half"), pytest.param(190, id="more")]
)
def test_cut(tmp_path: Path, cut: int) -> None:
    """A cut file gives its whole lines and says that it is not whole."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(written(*LINES)[:-cut])
    run = read_run(path)
    assert (run.records, run.footer, run.whole) == ((RECORD, UNASKED), None, False)


def test_cut_before_the_findings(tmp_path: Path) -> None:
    """Of a file that was cut before its findings, the findings follow from the records."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(written(*LINES[:3]))
    (finding,) = read_run(path).findings
    assert (finding.signature, finding.minimal, finding.cases) == ("a.b: in a way not listed", CASE, {"0": 1})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "begins with a header", id="empty"),
        pytest.param(b"hello\n", "line 1", id="text"),
        pytest.param(b'{"type":"header","schema":9}\n', "version 9, expected 5: a newer version of", id="newer"),
        pytest.param(b'{"type":"header","schema":3}\n', "3, expected 5: import-conformance 0.1 reads", id="older"),
        pytest.param(b'{"type":"header","schema":4}\n', "4, expected 5: import-conformance 0.2 reads", id="old"),
        pytest.param(b'{"type":"header","schema":2}\n', "2, expected 5: no released version", id="never released"),
        pytest.param(written(FOOTER), "begins with a header", id="no header"),
        pytest.param(written(HEADER) + b"{}\n", "line 2", id="second line"),
    ],
)
def test_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    """What is no run file is refused with the reason."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(data)
    with pytest.raises(RunFileError, match=reason):
        read_run(path)


def test_missing(tmp_path: Path) -> None:
    """A file that is not there is refused with the system's word for it."""
    with pytest.raises(RunFileError, match="No such file"):
        read_run(tmp_path / "none.jsonl")


def test_unaccounted() -> None:
    """A footer in which planned is not executed plus reasons is not accounted."""
    assert (FOOTER.accounted, Footer(3, 1, {"x": 1}, Shares()).accounted) == (True, False)


BUDGET = Footer(3, 1, {"budget spent": 1, "unsupported: no fork": 1}, Shares(2, 1))
CLEAN = Record(0, "id", "generated", 0, Verdict.CONFORMS, 9)


@pytest.mark.parametrize(
    ("lines", "unreached", "flaw"),
    [
        pytest.param((CLEAN, UNASKED, FOOTER), "", "", id="whole"),
        pytest.param((CLEAN, UNASKED), "it was cut", "", id="cut"),
        pytest.param((CLEAN, UNASKED, BUDGET), "budget spent", "", id="budget"),
        pytest.param((CLEAN, UNASKED, Footer(3, 1, FOOTER.reasons, Shares())), "not everything", "", id="unaccounted"),
        pytest.param(
            (CLEAN, Footer(2, 1, {"interrupted": 1}, Shares(), interrupted=True)), "interrupted", "", id="end"
        ),
        pytest.param((UNASKED, FOOTER), "", "records of case 0", id="first gone"),
        pytest.param((UNASKED, BUDGET), "budget spent", "records of case 0", id="first gone, budget"),
        pytest.param((CLEAN, FOOTER), "", "do not add up", id="last gone"),
        pytest.param((CLEAN, UNASKED, Footer(3, 2, FOOTER.reasons, Shares())), "", "do not add up", id="executed"),
        pytest.param((CLEAN, UNASKED, Footer(2, 1, {"unsupported: ?": 1}, Shares())), "", "do not add up", id="reason"),
        pytest.param((UNASKED, CLEAN, FOOTER), "", "records of case 0", id="order"),
        pytest.param((CLEAN, CLEAN, UNASKED, FOOTER), "", "records of case 0", id="twice"),
        pytest.param((RECORD, UNASKED, FOOTER), "", "records of case 0", id="case gone"),
        pytest.param((CLEAN, UNASKED, FINDING, UNASKED, FOOTER), "", "after the last case", id="late"),
    ],
)
def test_what_it_lacks(tmp_path: Path, lines: tuple[Line, ...], unreached: str, flaw: str) -> None:
    """A run file is whole if its records are all that its footer counts; otherwise it is told what it lacks."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(written(HEADER, *lines))
    with reading(path) as read:
        read.to_end()
    assert (read.unreached.startswith(unreached), flaw in read.flaw) == (True, True)
    assert (bool(read.unreached), bool(read.flaw), read.whole) == (bool(unreached), bool(flaw), not unreached + flaw)


@pytest.mark.parametrize(("shard", "number"), [("1/2", 0), ("2/2", 1), ("2/3", 1), ("3/3", 2)])
def test_shard(tmp_path: Path, shard: str, number: int) -> None:
    """A shard has the cases that belong to it, and no others."""
    path = tmp_path / "run.jsonl"
    header = msgspec.structs.replace(HEADER, arguments=Arguments(10, shard=shard))
    for at in range(4):
        path.write_bytes(written(header, msgspec.structs.replace(CLEAN, number=at), Footer(1, 1, {}, Shares())))
        with reading(path) as read:
            read.to_end()
        assert read.whole == (at == number)


@pytest.mark.parametrize("shard", ["foo", "0/2", "3/2", "1/99999999999", "1/10000", "-1/2", "1/2/3", " 1/2"])
def test_shard_that_is_none(tmp_path: Path, shard: str) -> None:
    """A header with a shard that cannot be is refused."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(written(msgspec.structs.replace(HEADER, arguments=Arguments(10, shard=shard))))
    with pytest.raises(RunFileError, match="expected a shard such as 2/4"):
        read_run(path)


@pytest.mark.parametrize("line", [pytest.param(item, id=str(number)) for number, item in enumerate(LINES, 1)])
def test_unknown_field(tmp_path: Path, line: Line) -> None:
    """A field that a line does not have is refused, and the line is named."""
    path = tmp_path / "run.jsonl"
    spoilt = encode(line)[:-1] + b',"lazy":true}\n'
    path.write_bytes(spoilt if isinstance(line, Header) else written(HEADER) + spoilt)
    with pytest.raises(RunFileError, match="unknown field `lazy`"):
        read_run(path)


@pytest.mark.parametrize("data", [b"", written(HEADER)], ids=["first line", "second line"])
def test_endless_line(tmp_path: Path, data: bytes) -> None:
    """Of a line without an end only a bounded part is read."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(data + bytes(LONGEST + 1))
    with pytest.raises(RunFileError, match="more than 16,777,216 bytes"):
        read_run(path)
