"""Runs that are cut go on, shards are put together: the file is that of a run that nobody cut or divided."""

import fcntl
import functools
import itertools
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from conformance.catalogue import Class, Expectation
from conformance.cli import main
from conformance.cli.job import Job, perform
from conformance.cli.output import CommandError
from conformance.cli.stopping import Stop
from conformance.engine import Plan, Shard
from conformance.engine.tests.fakes import Member, standing
from generators import Variety, generate
from harness.model.case import Case
from harness.model.values import Value
from reports import Arguments, Summary
from reports.tests.memory import read_run

EXAMPLES: Final = 9
KNOWN: Final = Expectation("module.loader-attribute", "absent", "as it is", Class.BUG)
NEVER: Final = Expectation("star.all-in-namespace", "from __getattr__", "as it was", Class.BUG)


def wrong(_case: Case, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """Forgets some names, and takes some bindings for None."""
    changed: dict[str, Value] = {key: "?" for key in facts if key.endswith("/__name__") and key.startswith("module/a")}
    changed |= {key: None for key in facts if key.startswith("binding/b")} if "binding/x" in facts else {}
    return {**facts, **changed}


DEPARTING: Final = Member(expected=(KNOWN, NEVER), otherwise=frozenset({KNOWN.taken}))
MEMBERS: Final = (DEPARTING, Member(wrong, language=(3, 9)), Member(language=(3, 15)))


@functools.cache
def cases(seed: int, examples: int) -> tuple[Case, ...]:
    """Generated cases."""
    return tuple(generate(seed=seed, examples=examples, variety=Variety.BOTH))


def judged(
    out: Path,
    *,
    shard: str = "",
    resume: bool = False,
    examples: int = EXAMPLES,
    seed: int = 4,
    budget: float | None = None,
) -> Summary:
    """Run the fakes into a file that says its seed is 4."""
    index, _, count = (shard or "1/1").partition("/")
    given = cases(seed, examples)
    plan = Plan((), lambda: iter(given), len(given), Shard(int(index), int(count)))
    stop = Stop(time.monotonic, budget, lambda: None)
    with standing(MEMBERS, 1, stop) as ground:
        return perform(Job(plan, Arguments(len(given), shard=shard, mix="both"), 4, out, resume), ground, stop)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a run that nobody cut, with findings, known divergences and expectations."""
    path = tmp_path_factory.mktemp("whole") / "run.jsonl"
    judged(path)
    data = path.read_bytes()
    verdicts = {finding.verdict.value for finding in read_run(path).findings}
    assert (verdicts, data.count(b'"type":"expectation"')) == ({"diverges", "known"}, 2)
    return data


def boundaries(data: bytes) -> list[int]:
    """Where lines end."""
    return [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]


def neighbours(data: bytes) -> dict[tuple[bytes, bytes], int]:
    """Where lines of two kinds meet, once each."""
    kinds = [re.findall(rb'"type":"(\w+)"', line)[-1] for line in data.splitlines()]
    return dict(zip(itertools.pairwise(kinds), boundaries(data)[:-1], strict=True))


def test_cut_anywhere(tmp_path: Path, whole: bytes) -> None:
    """Cut between two lines of whatever kinds, or inside the second, a file is finished as if it had not been cut."""
    out = tmp_path / "run.jsonl"
    for number, cut in enumerate((0, *neighbours(whole).values())):
        out.write_bytes(whole[: cut + 9 * (number % 2)])
        judged(out, resume=True)
        assert out.read_bytes() == whole


def test_hole(tmp_path: Path, whole: bytes) -> None:
    """What follows a line that was lost is asked once more."""
    out = tmp_path / "run.jsonl"
    at = boundaries(whole)[5]
    out.write_bytes(whole[:at] + bytes(100) + b"\n" + whole[at:])
    judged(out, resume=True)
    assert out.read_bytes() == whole


def test_fault(tmp_path: Path, whole: bytes) -> None:
    """A case that failed for a fault of the suite is asked once more, and all that follow it."""
    out = tmp_path / "run.jsonl"
    out.write_bytes(whole.replace(b'"verdict":"conforms"', b'"reason":"full","verdict":"harness-fault"', 1))
    assert read_run(out).records != ()
    judged(out, resume=True)
    assert out.read_bytes() == whole


@pytest.mark.parametrize("number", [0, 1, 5])
def test_cases_left_out(tmp_path: Path, whole: bytes, number: int) -> None:
    """A case of which nothing was told, as when its repetitions were cut short, is asked, and all that follow it."""
    out = tmp_path / "run.jsonl"
    lines = whole.splitlines(keepends=True)
    out.write_bytes(b"".join(line for line in lines if b'"number":%d,' % number not in line))
    judged(out, resume=True)
    assert out.read_bytes() == whole


def test_whole(tmp_path: Path, whole: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a run that is whole the summary is shown; it is not touched."""
    out = tmp_path / "run.jsonl"
    out.write_bytes(whole)
    out.chmod(0o400)
    summary = judged(out, resume=True)
    assert (summary.complete, len(summary.findings) > 0) == (True, True)
    assert (out.read_bytes(), "nothing is left to ask" in capsys.readouterr().err) == (whole, True)


def test_nothing_to_go_on_with(tmp_path: Path, whole: bytes) -> None:
    """Without a file the run begins."""
    out = tmp_path / "run.jsonl"
    judged(out, resume=True)
    assert out.read_bytes() == whole


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(b'"seed":4', b'"seed":5', "its seed is 5, expected 4", id="seed"),
        pytest.param(b'"examples":9', b'"examples":13', "its argument examples is 13, expected 9", id="argument"),
        pytest.param(b'"mix":"both"', b'"mix":"plain"', "its argument mix is plain, expected both", id="mix"),
        pytest.param(
            b'"arguments":{', b'"arguments":{"shard":"1/2",', "its shard is 1/2, expected the whole", id="shard"
        ),
        pytest.param(
            b'"expectation":"as it is"', b'"expectation":"as it"', "names other expectations", id="expectation"
        ),
        pytest.param(b'"arguments":{', b'"Arguments":{', "line 1 is not what a run writes", id="header"),
    ],
)
def test_another_run(tmp_path: Path, whole: bytes, old: bytes, new: bytes, message: str) -> None:
    """What is not the same run is refused with the difference, and left as it is."""
    out = tmp_path / "run.jsonl"
    assert old in whole
    data = whole.replace(old, new, 1)
    out.write_bytes(data)
    with pytest.raises(CommandError, match=message):
        judged(out, resume=True)
    assert out.read_bytes() == data


def test_other_cases(tmp_path: Path) -> None:
    """A file with other cases than this version of the suite makes of the seed is refused, and left as it is."""
    out = tmp_path / "run.jsonl"
    judged(out, seed=5)
    data = out.read_bytes()
    with pytest.raises(CommandError, match=r"record \d+ is about case \w+, expected case"):
        judged(out, resume=True)
    assert out.read_bytes() == data


def test_no_run_file(tmp_path: Path) -> None:
    """What is no run file at all is refused, however short, and left as it is."""
    out = tmp_path / "run.jsonl"
    out.write_text("precious")
    with pytest.raises(CommandError, match="begins with a header"):
        judged(out, resume=True)
    assert out.read_text() == "precious"


@pytest.fixture
def shards(tmp_path: Path) -> list[str]:
    """The files of three shards."""
    paths = [tmp_path / f"{index}.jsonl" for index in (1, 2, 3)]
    for index, path in enumerate(paths, 1):
        judged(path, shard=f"{index}/3")
    return [str(path) for path in paths]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_shards(tmp_path: Path, whole: bytes, shards: list[str], order: tuple[int, ...]) -> None:
    """Put together, shards are the whole run byte for byte, findings and expectations too, in whatever order named."""
    out = tmp_path / "merged.jsonl"
    CliRunner().invoke(main, ["report", *(shards[at] for at in order), "--out", str(out)])
    assert out.read_bytes() == whole


def report(*arguments: str) -> tuple[int, str]:
    """The exit code of the command and all that it says."""
    result = CliRunner().invoke(main, ["report", *arguments])
    return result.exit_code, result.output


def test_missing_shard(tmp_path: Path, shards: list[str]) -> None:
    """Some of the shards are no whole run: that is told, and no file is written; their sum is incomplete."""
    out = tmp_path / "merged.jsonl"
    code, told = report(*shards[:2], "--out", str(out))
    assert (code, "shards 3/3 are missing" in told, out.exists()) == (2, True, False)
    code, told = report(*shards[:2])
    assert (code, "missing: shard 3/3" in told, "planned 18" in told) == (3, True, True)


def test_shards_of_other_runs(tmp_path: Path, shards: list[str]) -> None:
    """The same shard twice, the whole run beside a shard, a part of another number, another run: each is refused."""
    others = {
        "expected another shard than 1/3": shards[0],
        "it is one of 2 parts": str(tmp_path / "half.jsonl"),
        "it is one of 1 parts": str(tmp_path / "all.jsonl"),
        "its argument examples is 8, expected 9": str(tmp_path / "other.jsonl"),
    }
    judged(tmp_path / "half.jsonl", shard="1/2")
    judged(tmp_path / "all.jsonl")
    judged(tmp_path / "other.jsonl", shard="2/3", examples=8)
    for message, path in others.items():
        code, told = report(shards[0], path)
        assert (code, message in told.replace("\n", " ")) == (2, True)


def test_cut_shard(tmp_path: Path, shards: list[str]) -> None:
    """A shard that was cut gives no whole run; its sum has no end."""
    path = Path(shards[1])
    path.write_bytes(path.read_bytes()[:-9])
    code, told = report(*shards, "--out", str(tmp_path / "merged.jsonl"))
    assert (code, "did not come to its end" in told) == (2, True)
    code, told = report(*shards)
    assert (code, "the run has no end" in told) == (3, True)


def without(path: str, number: int) -> None:
    """Remove the case of that number from a run file."""
    lines = Path(path).read_bytes().splitlines(keepends=True)
    Path(path).write_bytes(b"".join(line for line in lines if b'"number":%d,' % number not in line))


def test_hollow_shard(tmp_path: Path, shards: list[str]) -> None:
    """A shard from whose middle records were removed gives no whole run, though it has its footer."""
    out = tmp_path / "merged.jsonl"
    without(shards[1], 4)
    code, told = report(*shards, "--out", str(out))
    assert (code, "the records of case 4 are not" in told, out.exists()) == (2, True, False)
    code, told = report(*shards)
    assert (code, "missing: records of shard 2/3: the records of case 4" in told) == (3, True)
    assert report(shards[1])[0] == 3


def test_shard_of_spent_budget(tmp_path: Path, shards: list[str]) -> None:
    """A shard whose budget was spent gives no whole run, though it says so itself; the reason is named."""
    out = tmp_path / "merged.jsonl"
    judged(Path(shards[2]), shard="3/3", budget=1e-9)
    code, told = report(*shards, "--out", str(out))
    assert (code, "did not come to its end (budget spent)" in told, out.exists()) == (2, True, False)
    code, told = report(*shards)
    assert (code, "missing: the rest of shard 3/3: budget spent" in told) == (3, True)


def test_out_is_a_shard(whole: bytes, shards: list[str]) -> None:
    """The run file can take the place of one of its shards; where it cannot be made, that stays as it is."""
    before = Path(shards[0]).read_bytes()
    assert (report(*shards[:2], "--out", shards[0])[0], Path(shards[0]).read_bytes()) == (2, before)
    report(*shards, "--out", shards[0])
    assert Path(shards[0]).read_bytes() == whole


def test_another_case_under_its_id(tmp_path: Path, whole: bytes) -> None:
    """A file that tells another case under the id of one is refused, and left as it is."""
    out = tmp_path / "run.jsonl"
    first, second = [line for line in whole.splitlines() if b'"type":"case"' in line][:2]
    name, other = (re.findall(rb'"id":"[0-9a-z]+"', line)[-1] for line in (first, second))
    data = whole.replace(first, second.replace(other, name))
    assert data != whole
    out.write_bytes(data)
    with pytest.raises(CommandError, match=r"the case told as [0-9a-z]+ is"):
        judged(out, resume=True)
    assert out.read_bytes() == data


def test_other_expectations_at_the_end(tmp_path: Path, whole: bytes) -> None:
    """A whole file whose expectations are others than those of now is refused, and left as it is."""
    out = tmp_path / "run.jsonl"
    data = whole.replace(b"as it was", b"as it were")
    assert data != whole
    out.write_bytes(data)
    with pytest.raises(CommandError, match="other expectations than there are now"):
        judged(out, resume=True)
    assert out.read_bytes() == data


@pytest.mark.parametrize(("old", "new"), [(b'"samples":', b'"samples":1'), (b'"planned":', b'"planned":1')])
def test_end_that_does_not_follow(tmp_path: Path, whole: bytes, old: bytes, new: bytes) -> None:
    """What stands after the cases and does not follow from them is written anew."""
    out = tmp_path / "run.jsonl"
    out.write_bytes(whole.replace(old, new))
    judged(out, resume=True)
    assert out.read_bytes() == whole


def test_record_of_another_case(tmp_path: Path, whole: bytes) -> None:
    """A record that is not of the case of those beside it is asked anew."""
    out = tmp_path / "run.jsonl"
    lines = whole.splitlines(keepends=True)
    at = max(at for at, line in enumerate(lines) if b'"type":"record"' in line)
    lines[at] = re.sub(rb'"case":"[0-9a-z]+"', b'"case":"abc"', lines[at])
    out.write_bytes(b"".join(lines))
    assert not read_run(out).whole
    judged(out, resume=True)
    assert out.read_bytes() == whole


@pytest.mark.parametrize("resume", [True, False])
def test_two_at_once(tmp_path: Path, whole: bytes, *, resume: bool) -> None:
    """A run file that another run is writing is left to it."""
    out = tmp_path / "run.jsonl"
    out.write_bytes(whole[:-9])
    with out.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="another run is writing it"):
            judged(out, resume=resume)
    assert out.read_bytes() == whole[:-9]
