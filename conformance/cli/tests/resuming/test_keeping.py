"""A run that is told of no place keeps its file, where the commands that read one find it."""

import fcntl
import os
import shlex
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.cli import main
from conformance.cli.keeping import MOST, Spare, folder, kept, latest
from conformance.cli.output import CommandError
from conformance.stored import stored_cases
from harness.model.case import Case
from harness.model.source import Alias, Assign, FromImport, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run.tests.fakes import fake
from reports import RUN_SCHEMA, Arguments, Header, RunWriter

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
TREE = Tree((Root((SourceFile("a.py", Source((Assign("x", 1),))),)),))
CASE = Case(TREE, Source((FromImport("a", (Alias("x"),)),)))


def invoke(*arguments: str) -> Result:
    """What a command does."""
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the state of this user is."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "import-conformance"


@pytest.fixture
def run(tmp_path: Path) -> tuple[str, ...]:
    """A run of one case on a Python whose from-imports ask for the wrong name."""
    (tmp_path / "cases.jsonl").write_bytes(b"".join(stored_cases([CASE])))
    command = fake(tmp_path, "on_import('a', lambda: os._exit(3))\nhonest()\n")
    return ("run", " ".join(command), "--cases", str(tmp_path / "cases.jsonl"), "--contain", "off")


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        pytest.param({"XDG_STATE_HOME": "/x"}, Path("/x/import-conformance"), id="named"),
        pytest.param({"XDG_STATE_HOME": "x"}, Path("~/.local/state/import-conformance").expanduser(), id="relative"),
        pytest.param({}, Path("~/.local/state/import-conformance").expanduser(), id="default"),
    ],
)
def test_folder(environment: dict[str, str], place: Path) -> None:
    """It is what the conventions say: a relative path is none."""
    assert place == folder(environment)


def test_a_named_file(run: tuple[str, ...], tmp_path: Path) -> None:
    """Where the user named a file it is said how to go on with it, as a shell reads it; of a device nothing."""
    path = tmp_path / "a run.jsonl"
    told, mute = invoke(*run, "--out", str(path)), invoke(*run, "--out", os.devnull)
    shown = f"written to {path}\nlist findings '{path}' shows it\nfindings '{path}' {shlex.quote(run[1])} --out DIR"
    assert shown in told.stderr
    assert (1, 1, False) == (told.exit_code, mute.exit_code, "written to" in mute.stderr)


def test_the_last_run_is_found(state: Path, run: tuple[str, ...]) -> None:
    """List, report, replay and explain look into the run that was kept last, unless another is named."""
    first = invoke(*run)
    (path,) = state.iterdir()
    assert (1, True) == (first.exit_code, f"kept in {path}\nlist findings" in first.stderr)
    listed = [invoke("list", "findings", *more).stdout for more in ([], [str(path)])]
    assert (listed[0], True) == (listed[1], "1 finding" in listed[0])
    codes = [
        invoke("report").exit_code,
        invoke("replay", "1", run[1], "--contain", "off").exit_code,
        invoke("replay", "1", run[1], "--contain", "off", "--run").exit_code,
        invoke("explain", "1").exit_code,
    ]
    assert [1, 1, 1, 0] == codes


def test_out_is_all_there_is(state: Path, run: tuple[str, ...], tmp_path: Path) -> None:
    """Of a run that is told of a place a link is kept alone: the run is the last one while its file is there."""
    before = invoke(*run).stderr
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for path in (first, second):
        invoke(*run, "--out", str(path))
        assert latest(os.environ) == path
    second.unlink()
    assert [1, 2] == [sum(item.is_symlink() for item in state.iterdir()), len(list(state.iterdir()))]
    assert f"kept in {latest(os.environ)}" in before


def test_an_interrupted_run_can_be_resumed(state: Path, run: tuple[str, ...]) -> None:
    """What is kept is a run file like any other."""
    invoke(*run)
    (path,) = state.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"\n") + 1])
    again = invoke(*run, "--resume", "--out", str(path))
    assert (1, whole) == (again.exit_code, path.read_bytes())


def test_nothing_kept(state: Path) -> None:
    """Where no run is kept, the place is told."""
    results = [invoke("list", "findings"), invoke("replay", "1", sys.executable), invoke("report")]
    assert [(2, f"error: no run is kept in {state}")] * 3 == [
        (item.exit_code, item.stderr.splitlines()[0]) for item in results
    ]


@pytest.mark.parametrize("how", ["a file", "below a file"])
def test_a_state_that_cannot_be_written(
    how: str, run: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """That no file can be kept is said once, and changes nothing of the run."""
    (tmp_path / "state").write_text("")
    place = tmp_path / "state" if how == "a file" else tmp_path / "state" / "below"
    monkeypatch.setenv("XDG_STATE_HOME", str(place))
    result = invoke(*run)
    assert (1, 1) == (result.exit_code, result.stderr.count("the run file is not kept: ")), result.output


def test_no_home(run: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """So is that there is no home."""
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    result = invoke(*run)
    assert (1, True) == (result.exit_code, "(there is no home directory)" in result.stderr), result.output


def test_a_full_disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be written to its end is given up, and the run goes on."""
    path = tmp_path / "run.jsonl"
    header = Header(RUN_SCHEMA, "0", 0, Arguments(1), (), ())
    with path.open("wb") as file, open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123 - a device
        os.dup2(full.fileno(), file.fileno())
        spare = Spare(RunWriter(file), path)
        spare.write(header)
        spare.write(header)
        os.dup2(os.open(os.devnull, os.O_WRONLY), file.fileno())
    assert (False, 1) == (path.exists(), capsys.readouterr().err.count("not kept"))


def test_only_the_last_are_kept(tmp_path: Path) -> None:
    """The oldest make room for the new, but for one that is being written."""
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    made = [kept(environment, NOW + timedelta(seconds=number)) for number in range(MOST)]
    oldest = made[0]
    assert oldest is not None
    with oldest.open("rb") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        made += [kept(environment, NOW + timedelta(hours=1 + number)) for number in range(3)]
        assert [oldest, *made[4 - 1 :]] == sorted(folder(environment).iterdir())
    assert MOST + 1 == len(list(folder(environment).iterdir()))


def test_several_at_once(tmp_path: Path) -> None:
    """Runs that begin in the same moment have a file each."""
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    assert 5 == len({kept(environment, NOW) for _ in range(5)})


def test_the_latest_has_ended(tmp_path: Path) -> None:
    """A file that is empty, or that a run is writing, is not the last one."""
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    ended, under_way, empty = (kept(environment, NOW + timedelta(seconds=number)) for number in range(3))
    assert ended is not None
    assert under_way is not None
    assert empty is not None
    ended.write_text("ended")
    under_way.write_text("under way")
    with under_way.open("rb") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        assert ended == latest(environment)
    assert under_way == latest(environment)


def test_the_latest_of_none(tmp_path: Path) -> None:
    """Where there is none, that is an error of usage."""
    with pytest.raises(CommandError, match="no run is kept"):
        latest({"XDG_STATE_HOME": str(tmp_path)})
