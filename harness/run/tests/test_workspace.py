"""Trees are written as their cases say, once each, and nothing of them stays."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.model.case import Case, Embedded, Module, Script
from harness.model.source import Assign, Edit, Source
from harness.model.tree import DataFile, Directory, Root, SourceFile, Tree
from harness.run import AdapterError, TreeRefusedError, Workspace, scratch, workspace
from harness.run.tests.fakes import importing

_TREE = Tree(
    (
        Root((SourceFile("a/b.py", Source((Assign("x", 1),), doc="told")), DataFile("a/d.bin", "\udc80\xe9"))),
        Root((Directory("empty/inner"),)),
    )
)


def _case(launch: Embedded | Script | Module | None = None) -> Case:
    return Case(_TREE, Source((Assign("y", 2),)), launch or Embedded())


def test_what_is_written(tmp_path: Path) -> None:
    """Each entry lies in its root's directory, data byte for byte."""
    with Workspace(tmp_path) as space:
        top = Path(space.place(_case()).directory)
        found = sorted(path.relative_to(top).as_posix() for path in top.rglob("*"))
        assert found == ["r0", "r0/a", "r0/a/b.py", "r0/a/d.bin", "r1", "r1/empty", "r1/empty/inner"]
        assert (top / "r0/a/d.bin").read_bytes() == b"\x80\xc3\xa9"
        assert "_mark('r0/a/b.py', __name__)" in (top / "r0/a/b.py").read_text().splitlines()


def test_modification_times(tmp_path: Path) -> None:
    """Every file and directory below the roots has one explicit modification time."""
    with Workspace(tmp_path) as space:
        top = Path(space.place(_case()).directory)
        assert {1_577_836_800.0} == {path.stat().st_mtime for path in top.rglob("*")}


def test_shared_tree(tmp_path: Path) -> None:
    """Cases that share a tree and an embedded launch share a directory; another launch has its own."""
    other = Case(_TREE, Source())
    with Workspace(tmp_path) as space:
        first, second, third = (space.place(case).directory for case in (_case(), other, _case(Script("r0/main.py"))))
        assert first == second
        assert first != third


def test_edited_tree(tmp_path: Path) -> None:
    """A case that edits its tree shares its directory with none, itself when it is placed again included."""
    edited = Case(_TREE, Source((Edit("r0/a/b.py"),)))
    with Workspace(tmp_path) as space:
        directories = [space.place(case).directory for case in (_case(), edited, edited, _case())]
        assert (len({*directories}), directories[0]) == (3, directories[3])


def test_module_launch_loads_agent_early(tmp_path: Path) -> None:
    """A package that ``-m`` executes before the program can add events to the trace."""
    with Workspace(tmp_path) as space:
        top = Path(space.place(_case(Module("a.run", "r0/a/run.py"))).directory)
        assert "import_conformance_agent" in (top / "r0/a/b.py").read_text()


def test_discarded(tmp_path: Path) -> None:
    """A discarded tree is gone and is written again when it is placed again."""
    with Workspace(tmp_path) as space:
        placed = space.place(_case())
        space.discard([placed])
        assert not Path(placed.directory).exists()
        assert Path(space.place(_case()).directory, "r0").is_dir()


def test_nothing_stays(tmp_path: Path) -> None:
    """A closed workspace leaves nothing behind."""
    with Workspace(tmp_path) as space:
        space.place(_case())
    assert list(tmp_path.iterdir()) == []


def test_interrupted_removal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A removal that is interrupted can be made once more."""
    place = Workspace(tmp_path)
    place.place(_case())

    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", interrupted)
        with pytest.raises(KeyboardInterrupt):
            place.close()
    assert place.path.is_dir()
    place.close()
    assert list(tmp_path.iterdir()) == []


def test_no_directory(tmp_path: Path) -> None:
    """A scratch directory that cannot be written to is the environment's fault, with a hint."""
    place = tmp_path / "file"
    place.write_text("")
    with pytest.raises(AdapterError, match="expected a directory that can be written to") as caught:
        Workspace(place)
    assert caught.value.hint


def test_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file system is in memory, trees lie where temporary files go; that one is named where it takes none."""
    monkeypatch.setattr(workspace, "MEMORY", tmp_path / "missing")
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    with Workspace() as space:
        assert space.path.parent == tmp_path
    monkeypatch.setattr(tempfile, "gettempdir", lambda: "/dev/null")
    with pytest.raises(AdapterError, match=r"scratch directory /dev/null: .*Not a directory"):
        Workspace()


def test_nowhere_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where temporary files can go nowhere, the file system in memory is enough."""

    def nowhere() -> str:
        raise FileNotFoundError(errno.ENOENT, "no usable temporary directory")

    monkeypatch.setattr(workspace, "MEMORY", tmp_path)
    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    with Workspace() as space:
        assert space.path.parent == tmp_path


def test_full_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system in memory that is full is passed over for the ordinary place, whether there is room or not."""
    full, other = tmp_path / "full", tmp_path / "other"
    full.mkdir()
    other.mkdir()
    monkeypatch.setattr(workspace, "MEMORY", full)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(other))
    monkeypatch.setattr(scratch, "_ROOM", 1 << 62)
    with Workspace() as space:
        assert space.path.parent == other


@pytest.mark.parametrize("name", ["a:b", os.fsdecode(b"\xff")])
def test_unusable_directory(tmp_path: Path, name: str) -> None:
    """In a scratch directory that no search path can name nothing is written."""
    place = tmp_path / name
    place.mkdir()
    with pytest.raises(AdapterError, match="search paths cannot name what lies in it") as caught:
        Workspace(place)
    assert (list(place.iterdir()), str(caught.value).isascii()) == ([], True)


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is the environment's fault; the half-written tree is removed."""

    def full(path: str, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path, content)

    monkeypatch.setattr(workspace, "_file", full)
    with Workspace(tmp_path) as space:
        with pytest.raises(AdapterError, match="no space left"):
            space.place(_case())
        assert list(space.path.iterdir()) == []


def test_name_too_long(tmp_path: Path) -> None:
    """A name the file system does not take is told, not lost."""
    case = Case(Tree((Root((DataFile("x" * 5000),)),)), Source())
    with Workspace(tmp_path) as space, pytest.raises(AdapterError):
        space.place(case)


def test_left_by_a_killed_run(tmp_path: Path) -> None:
    """What a run that was killed left is removed by the next one; what a run still uses is not."""
    code = "import os; from pathlib import Path; from harness.run import Workspace\n"
    code += f"kept = Workspace(Path({str(tmp_path)!r}))"
    place = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", f"{code}; os._exit(1)"], cwd=place, check=False)
    (left,) = tmp_path.iterdir()
    with Workspace(tmp_path) as first, Workspace(tmp_path) as second:
        assert set(tmp_path.iterdir()) == {first.path, second.path}
        assert not left.exists()


def test_alone() -> None:
    """A tree that is to be alone shares its directory with no case, not even with itself."""
    case = importing("good")
    with Workspace() as space:
        directories = {space.place(case, alone=alone).directory for alone in (False, True, True, False)}
        assert len(directories) == 3


_DEEDS = [
    pytest.param(lambda path: (path / "good.py").unlink(), id="deleted"),
    pytest.param(lambda path: (path / "good.py").write_text("#"), id="written"),
    pytest.param(lambda path: (path / "good.py").chmod(0), id="closed"),
    pytest.param(lambda path: (path / "more.py").touch(), id="added"),
    pytest.param(lambda path: path.chmod(0), id="root-closed"),
    pytest.param(lambda path: (path.parent / "more").mkdir(), id="root-added"),
    pytest.param(lambda path: shutil.rmtree(path.parent), id="gone"),
]


@pytest.mark.parametrize("deed", _DEEDS)
def test_intact(deed: Callable[[Path], object]) -> None:
    """A tree is intact until something in it changes, and is removed whatever was done to it."""
    with Workspace() as space:
        placed = space.place(importing("good"))
        before = space.intact(placed)
        deed(Path(placed.directory) / "r0")
        assert (before, space.intact(placed)) == (True, False)
        space.discard([placed])
        assert list(space.path.iterdir()) == []


def test_refused() -> None:
    """A name that the file system does not take is told apart from a file system that is full."""
    case = Case(Tree((Root((SourceFile("m" * 300 + ".py"),)),)), Source())
    with Workspace() as space, pytest.raises(TreeRefusedError, match="does not take it"):
        space.place(case)
