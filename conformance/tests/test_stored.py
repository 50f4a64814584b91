"""Stored cases are read back as they were written, from any kind of file that holds cases."""

from pathlib import Path

import pytest

from conformance.catalogue import vectors
from conformance.engine import Plan, Shard
from conformance.stored import StoredError, digest, read_stored, stored_cases
from harness.diff import Verdict
from harness.model.admission import LARGEST
from harness.model.case import Case, case_id
from harness.model.codec import encode, encode_document
from reports import RUN_SCHEMA, Arguments, Header, Implementation, Record, RunWriter
from reports.records import CaseRecord

CASES = tuple(vector.case for vector in vectors().values())[:5]
HEADER = Header(RUN_SCHEMA, "1", 0, Arguments(0), (Implementation("x 1", "x", "1", (3, 12)),), ())


def lines(path: Path, *cases: Case) -> Path:
    """A file of one case a line."""
    path.write_bytes(b"".join(stored_cases(cases)))
    return path


def recorded(path: Path, *cases: Case) -> Path:
    """A run file that holds the cases."""
    with path.open("wb") as file:
        writer = RunWriter(file)
        writer.write(HEADER)
        for number, case in enumerate(cases):
            identifier = case_id(case)
            writer.write(CaseRecord(identifier, case), Record(number, identifier, "stored", 0, Verdict.DIVERGES))
    return path


def test_lines(tmp_path: Path) -> None:
    """One case a line, in order."""
    assert read_stored([lines(tmp_path / "cases", *CASES)]) == CASES


def test_document(tmp_path: Path) -> None:
    """A case file holds one case."""
    path = tmp_path / "case"
    path.write_bytes(encode_document(CASES[0]))
    assert read_stored([path]) == CASES[:1]


def test_run_file(tmp_path: Path) -> None:
    """A run file holds the cases on which somebody departs."""
    assert read_stored([recorded(tmp_path / "run", *CASES)]) == CASES


def test_each_once(tmp_path: Path) -> None:
    """A case of several files, or several times in one, is there once, where it came first."""
    files = [lines(tmp_path / "a", *CASES[:2], CASES[0]), lines(tmp_path / "b", CASES[4], CASES[1])]
    assert read_stored(files) == (*CASES[:2], CASES[4])


def test_blank_lines(tmp_path: Path) -> None:
    """Blank lines are none."""
    path = lines(tmp_path / "cases", *CASES)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n\n"))
    assert read_stored([path]) == CASES


GOOD = next(stored_cases(CASES))
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"\n", "expected a case"),
    "no-json": (b"hello", ", line 1: JSON is malformed"),
    "cut": (GOOD + GOOD[:-9], ", line 2: Input data was truncated"),
    "no-case": (GOOD + b"{}\n", ", line 2: Object missing required field `schema`"),
    "other-schema": (GOOD.replace(b'"schema":2', b'"schema":7'), ", line 1: schema version 7, expected 1 to 2"),
    "half-a-document": (encode_document(CASES[0])[:-9], "truncated"),
    "bare-case": (encode(CASES[0]), ", line 1: Object missing required field `schema`"),
    "unknown-field": (GOOD + GOOD.replace(b'"case":{', b'"case":{"flags":[],'), ", line 2: Object contains unknown"),
    "endless-line": (GOOD + bytes(LARGEST + 1), ", line 2: expected at most 1,048,576 bytes"),
    "endless-document": (b"{\n" + b" " * LARGEST, "expected at most 1,048,576 bytes"),
    "no-departures": (encode(HEADER) + b"\n", "somebody departs"),
    "run-of-another-kind": (b'{"type":"other"}\n', "line 1 is not what a run writes"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(tmp_path: Path, name: str) -> None:
    """What holds no cases is refused, by the file's name and where it has lines the line's number."""
    data, reason = BAD[name]
    path = tmp_path / "cases"
    path.write_bytes(data)
    with pytest.raises(StoredError) as caught:
        read_stored([path])
    assert (str(caught.value).startswith(str(path)), reason in str(caught.value)) == (True, True)


def test_endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more lines are read than a file of cases may have."""
    monkeypatch.setattr("conformance.stored.LINES", 2)
    with pytest.raises(StoredError, match="expected at most 2 lines"):
        read_stored([lines(tmp_path / "cases", *CASES[:3])])


def test_device() -> None:
    """A device that has no end is refused as soon as its first line is too long."""
    with pytest.raises(StoredError, match=r"/dev/zero, line 1: expected at most 1,048,576 bytes"):
        read_stored([Path("/dev/zero")])


def test_missing(tmp_path: Path) -> None:
    """A file that is not there is refused."""
    with pytest.raises(StoredError, match="cannot be read"):
        read_stored([tmp_path / "cases"])


def test_digest() -> None:
    """Other cases, or another order, have another digest; no cases have none."""
    assert (digest(()), len({digest(CASES), digest(CASES[::-1]), digest(CASES[:4])})) == ("", 3)


def test_planned() -> None:
    """A plan counts stored cases, and its shards hold each of them once."""
    plans = [Plan((), lambda: iter(()), 0, Shard(part, 2), CASES) for part in (1, 2)]
    planned = sorted((item.number, item.origin, item.case) for plan in plans for item in plan.cases())
    assert ([plan.total for plan in plans], planned) == (
        [3, 2],
        [(at, "stored", case) for at, case in enumerate(CASES)],
    )
