"""Who is another in the end than in the beginning was not judged: the run says so and is incomplete."""

from pathlib import Path

import pytest

from conformance.tests.faults.stage import Stage
from reports.tests.memory import read_run

_WAY = ("--examples", "0")


def _changed(stage: Stage, deed: str) -> tuple[int, tuple[str, ...]]:
    """The exit code of a run in which the deed is done while ``worst`` is imported, and who changed."""
    stage.prepare(deed)
    code = stage.run(*_WAY)
    footer = read_run(stage.out).footer
    assert footer is not None
    return code, footer.changed


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("open({path!r}, 'a').write('#')", id="size and time"),
        pytest.param("os.utime({path!r}, (0, 0))", id="time"),
        pytest.param(
            "open({path!r} + '2', 'w').write(open({path!r}).read()), os.replace({path!r} + '2', {path!r})", id="inode"
        ),
    ],
)
def test_file(tmp_path: Path, deed: str) -> None:
    """A file of its command was written anew or is another one."""
    path = str(tmp_path / "python.py")
    code, (changed,) = _changed(Stage(tmp_path), deed.format(path=path))
    assert (code, changed.endswith(f"{path} is another file than when it said hello")) == (3, True)


def test_identity(tmp_path: Path) -> None:
    """It says that it is another one, though its files are the same."""
    stage = Stage(tmp_path)
    mark = tmp_path / "mark"
    stage.prepare(f"open({str(mark)!r}, 'w').close()")
    path = tmp_path / "python.py"
    other = f"if os.path.exists({str(mark)!r}): sys.implementation.version = (9, 9, 9)\n"
    path.write_text(path.read_text().replace("sys.argv = sys.argv[1:]\n", f"sys.argv = sys.argv[1:]\n{other}"))
    assert stage.run(*_WAY) == 3
    footer = read_run(stage.out).footer
    assert footer is not None
    assert [True] == ["says it is" in item and "9.9.9" in item for item in footer.changed]


def test_does_not_go_on(tmp_path: Path) -> None:
    """Nothing is added to the answers of one that changed meanwhile."""
    stage = Stage(tmp_path)
    _changed(stage, f"os.utime({str(tmp_path / 'python.py')!r}, (0, 0))")
    assert (stage.run(*_WAY, "--resume"), "one subject" in stage.stderr) == (2, True)


def test_nothing_changes(tmp_path: Path) -> None:
    """Where nothing is done nobody is said to have changed."""
    assert _changed(Stage(tmp_path), "pass") == (0, ())
