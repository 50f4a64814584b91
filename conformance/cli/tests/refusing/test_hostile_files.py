"""Files from strangers: no command runs what they hold beyond their tree, or lets them speak to the terminal."""

import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from conformance.cli import main
from conformance.tests.test_house_rules import python_files
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.codec import encode, encode_document
from harness.model.source import Alias, Import, Source
from harness.model.tree import DataFile, Root, Tree
from reports import RUN_SCHEMA, Arguments, Finding, Footer, Header, Implementation, Record
from reports.records import Aim, CaseRecord, Departure, ExpectationRecord, Line, Shares, Step

_TEXT = "a\x1b[2J\x07[bold red]\r\u202e\ud800<b>|`\x9b\x00\n#"


def _attack(marker: Path) -> Case:
    """A case that would make a file if it were run as it is."""
    tree = Tree((Root((DataFile("own.py", f"open({str(marker)!r}, 'w')"),)),))
    return Case(tree, Source((Import((Alias("own"),)),)))


def _header(name: str = "clause.id") -> Header:
    clause = Clause(name, name, name, name, name, "", "", Level.MUST, name, seed=False)
    return Header(RUN_SCHEMA, name, 0, Arguments(1), (Implementation(name, name, name, (3, 12)),), (clause,))


def _written(path: Path, *lines: Line) -> str:
    path.write_bytes(b"".join(encode(line) + b"\n" for line in lines))
    return str(path)


def _told(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.stdout, result.stderr


_DOORS = [
    pytest.param(("replay", "CASE", sys.executable), id="replay"),
    pytest.param(("replay", "--run", "RUN", "abc", sys.executable), id="replay of a run"),
    pytest.param(("explain", "CASE"), id="explain"),
    pytest.param(("explain", "--run", "RUN", "abc"), id="explain of a run"),
    pytest.param(("run", "--cases", "CASE", sys.executable), id="run"),
    pytest.param(("run", "--cases", "LINES", sys.executable), id="run of lines"),
    pytest.param(("run", "--cases", "RUN", sys.executable), id="run of a run"),
    pytest.param(("list", "findings", "RUN"), id="list"),
    pytest.param(("report", "RUN"), id="report"),
    pytest.param(("compare", "RUN", "RUN"), id="compare"),
]


@pytest.mark.parametrize("arguments", _DOORS)
def test_every_door(tmp_path: Path, arguments: Sequence[str]) -> None:
    """Whichever command reads a file of cases: what no case may say is refused, and nothing of it is run."""
    marker = tmp_path / "marker"
    case = _attack(marker)
    (tmp_path / "CASE").write_bytes(encode_document(case))
    (tmp_path / "LINES").write_bytes(b'{"schema":2,"case":%b}\n' % encode(case) * 2)
    record = Record(0, "abc", "generated", 0, Verdict.CONFORMS)
    _written(tmp_path / "RUN", _header(), CaseRecord("abc", case), record)
    code, _, error = _told(*(str(tmp_path / item) if item.isupper() else item for item in arguments))
    assert (code, "expected a data file of constants" in error, marker.exists()) == (2, True, False)


def test_a_step_is_a_case(tmp_path: Path) -> None:
    """What no case may say is refused as a smaller case that a shard tells of, too."""
    case = Case(Tree((Root(),)), Source((Import((Alias("missing"),)),)))
    told = Departure("outcome", (0,), ("completed",), "raised", "s")
    record = Record(0, "abc", "generated", 0, Verdict.DIVERGES, 1, (0,), 0, (told,))
    step = Step(0, "abc", Aim(signature="s"), _attack(tmp_path / "marker"), told)
    run = _written(tmp_path / "RUN", _header(), CaseRecord("abc", case), record, step, Footer(1, 1, {}, Shares()))
    code, _, error = _told("report", run)
    assert (code, "expected a data file of constants" in error) == (2, True)


def _hostile(path: Path) -> str:
    """A run file every text of which would speak to a terminal, a page or a parser."""
    case = Case(Tree((Root(),)), Source((Import((Alias("missing"),)),)))
    departure = Departure(_TEXT, (0,), (_TEXT,), _TEXT, _TEXT)
    return _written(
        path,
        _header(),
        CaseRecord("abc", case),
        Record(
            0, "abc", "generated", 0, Verdict.DIVERGES, 1, (0,), 0, (departure,), {_TEXT: _TEXT}, (0,), reason=_TEXT
        ),
        Finding(
            _TEXT,
            Verdict.DIVERGES,
            0,
            "absent",
            "not there",
            _TEXT,
            (0,),
            (_TEXT,),
            _TEXT,
            1,
            {"0": 1},
            "abc",
            case,
            raised=_TEXT,
        ),
        ExpectationRecord(0, "clause.id", _TEXT, _TEXT, _TEXT),
        Footer(2, 1, {_TEXT: 1}, Shares()),
    )


_SHOWN = [
    pytest.param(("list", "findings", "RUN"), id="list"),
    pytest.param(("list", "clauses", "RUN"), id="clauses"),
    pytest.param(("report", "RUN"), id="report"),
    pytest.param(("report", "RUN", "--markdown", "OUT"), id="markdown"),
    pytest.param(("report", "RUN", "--junit", "OUT"), id="junit"),
    pytest.param(("report", "RUN", "--json", "OUT"), id="json"),
    pytest.param(("compare", "RUN", "RUN"), id="compare"),
    pytest.param(("replay", "--run", "RUN", "nothing", sys.executable), id="replay"),
]


@pytest.mark.parametrize("arguments", _SHOWN)
def test_nothing_speaks_to_the_terminal(tmp_path: Path, arguments: Sequence[str]) -> None:
    """Texts of a stranger's run file are shown with what does not print as its escape; XML stays XML."""
    _hostile(tmp_path / "RUN")
    out = tmp_path / "OUT"
    _, shown, error = _told(*(str(tmp_path / item) if item.isupper() else item for item in arguments))
    written = out.read_text("utf-8") if out.exists() else ""
    silent = {char for char in shown + error + written if not (char.isprintable() or char == "\n")}
    assert ("Traceback" in error, {char for char in silent if char < " " or "--json" not in arguments}) == (
        False,
        set(),
    )
    if "--junit" in arguments:
        assert ET.fromstring(written).tag == "testsuites"  # noqa: S314 - our own, made a line above


def test_names_print(tmp_path: Path) -> None:
    """A run file whose header has names that do not print is none."""
    code, _, error = _told("report", _written(tmp_path / "RUN", _header(_TEXT)))
    assert (code, "expected names that print" in error) == (2, True)


_PLACES = [
    Finding("s", Verdict.DIVERGES, 7, "", "", "f", (0,), (), 1, 1, {"0": 1}, "c", Case(Tree(), Source())),
    Finding("s", Verdict.DIVERGES, 0, "", "", "f", (7,), (), 1, 1, {"0": 1}, "c", Case(Tree(), Source())),
    Finding("s", Verdict.DIVERGES, 0, "", "", "f", (), (), 1, 1, {"0": 1}, "c", Case(Tree(), Source())),
    Finding("s", Verdict.DIVERGES, 0, "", "", "f", (0,), (), 1, 1, {"7": 1}, "c", Case(Tree(), Source())),
    Finding("s", Verdict.DIVERGES, 0, "", "", "f", (0,), (), 1, 1, {"x": 1}, "c", Case(Tree(), Source())),
    Record(0, "c", "generated", 7, Verdict.CONFORMS),
    Record(0, "c", "generated", 0, Verdict.CONFORMS, 1, (7,)),
    Record(0, "c", "generated", 0, Verdict.DIVERGES, 1, (0,), 0, (Departure("f", (9,), (), 1, "s"),)),
    ExpectationRecord(7, "c", "f", "r", "k"),
    Step(7, "c", Aim(), Case(Tree(), Source()), Departure("f", (0,), (), 1, "s")),
    Step(0, "c", Aim(), Case(Tree(), Source()), Departure("f", (9,), (), 1, "s")),
    Step(0, "c", Aim(), Case(Tree(), Source()), Departure("f", (0,), (), 1, "s"), asked=(9,)),
]


@pytest.mark.parametrize("line", _PLACES)
@pytest.mark.parametrize("arguments", [("list", "findings", "RUN"), ("report", "RUN"), ("compare", "RUN", "RUN")])
def test_places_that_there_are_not(tmp_path: Path, arguments: Sequence[str], line: Line) -> None:
    """A run file that names a clause or an implementation it does not have is no run file, and no fault of ours."""
    case = CaseRecord("c", Case(Tree(), Source()))
    record = Record(0, "c", "generated", 0, Verdict.CONFORMS)
    lines = (case, line) if isinstance(line, Record) else (case, record, line)
    _written(tmp_path / "RUN", _header(), *lines, Footer(1, 1, {}, Shares()))
    code, _, error = _told(*(str(tmp_path / item) if item.isupper() else item for item in arguments))
    assert (code, "Traceback" in error, "hint: " in error) == (2, False, True)


def test_only_one_door() -> None:
    """A document with a case is decoded where it is decided what is let in, and nowhere else."""
    found = {file.path for file in python_files() if "decode_document(" in file.text and "/tests/" not in file.path}
    assert found == {"harness/model/admission.py", "harness/model/codec.py"}
