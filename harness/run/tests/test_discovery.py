"""What a user names is found, or refused with a reason and a way out."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from harness.agent import AGENT
from harness.model.exceptions import BASES, introduced
from harness.run import AdapterError, Found, Limits, Workspace, base_interpreter, find
from harness.run.tests.fakes import ENVIRONMENT, fake, living

PYTHON: Final = base_interpreter(sys.executable)
_LIMITS = Limits(grace=0.1)
_SOON = Limits(start=0.5, grace=0.1)
"""For what does not say hello in any time."""
_HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def _find(*specs: str, path: Path | None = None, limits: Limits = _LIMITS) -> Found:
    environment: Mapping[str, str] = {**ENVIRONMENT, "PATH": str(path)} if path else ENVIRONMENT
    with Workspace() as workspace:
        return find(specs, workspace, environment=environment, limits=limits)


def _script(path: Path, body: str) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_path() -> None:
    """A path is run as it is given."""
    (found,) = _find(PYTHON).implementations
    assert (sys.implementation.name, sys.version_info[:3], (PYTHON,)) == (
        found.identity.name,
        found.identity.language,
        found.identity.command,
    )


def test_exceptions() -> None:
    """An implementation says which built-in exceptions it has: all that its version of the language introduced."""
    (found,) = _find(PYTHON).implementations
    wanted = {name for name in BASES if introduced(name, found.identity.language)}
    assert wanted == set(found.identity.exceptions)


def test_link_is_not_resolved(tmp_path: Path) -> None:
    """A link is run as the link it is."""
    link = tmp_path / "somepython"
    link.symlink_to(PYTHON)
    (found,) = _find(str(link)).implementations
    assert (str(link),) == found.identity.command


def test_command_with_arguments(tmp_path: Path) -> None:
    """A command is looked up on the search path, and keeps its arguments."""
    link = tmp_path / "somepython"
    link.symlink_to(PYTHON)
    (found,) = _find("somepython -X utf8", path=tmp_path).implementations
    assert (str(link), "-X", "utf8") == found.identity.command


def test_version(tmp_path: Path) -> None:
    """A version is found on the search path, by what the interpreter says and not by what it is called."""
    _script(tmp_path / f"python{_HERE}", "exit 1")
    _script(tmp_path / "python3", f'exec "{PYTHON}" "$@"')
    (found,) = _find(_HERE, path=tmp_path).implementations
    assert sys.version_info[:2] == found.identity.language[:2]


def test_stand_in_for_another_version(tmp_path: Path) -> None:
    """A stand-in that answers for a version it does not run is not taken for it."""
    _script(tmp_path / "shims" / "python3.99", f'exec "{PYTHON}" "$@"')
    with pytest.raises(AdapterError, match="no such interpreter is found"):
        _find("3.99", path=tmp_path / "shims")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("python3", "put it on PATH", id="another one that fails says nothing of it"),
        pytest.param("python3.99", "", id="it fails itself"),
    ],
)
def test_a_version_that_is_not_there(tmp_path: Path, name: str, hint: str) -> None:
    """What is told is what fails by the very name, and else only that there is none."""
    _script(tmp_path / name, "exit 9")
    with pytest.raises(AdapterError) as caught:
        _find("3.99", path=tmp_path)
    assert (not hint, True) == ("status 9" in str(caught.value), (caught.value.hint or "").startswith(hint))


def test_all(tmp_path: Path) -> None:
    """All holds each file once, however many links lead to it; what is no interpreter is refused with its reason."""
    (tmp_path / "python3").symlink_to(PYTHON)
    (tmp_path / "python3.99").symlink_to(PYTHON)
    bad = _script(tmp_path / "python3.98", "exit 9")
    found = _find("all", path=tmp_path)
    files = [os.path.realpath(item.identity.command[0]) for item in found.implementations]
    assert files.count(os.path.realpath(PYTHON)) == 1
    assert str(bad) in [error.subject for error in found.refused]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(
            "echo Fatal Python error: x >&2; exit 1", "does not start, it ended with status 1: Fatal", id="broken"
        ),
        pytest.param("exit 0", "ended with status 0", id="dies"),
        pytest.param("echo hello >&2; exit 3", "ended with status 3: hello", id="complains"),
        pytest.param("kill -9 $$", "ended by signal 9", id="killed"),
        pytest.param("exec yes", "without end", id="floods"),
        pytest.param('head -c 3000000 /dev/zero > "$3"', "an answer that is none", id="megabytes"),
        pytest.param("printf 'a\\033[2J\\n' >&2; exit 3", r"status 3: a\\x1b", id="control-characters"),
        pytest.param('echo garbage > "$3"', "an answer that is none", id="garbage"),
        pytest.param('printf IC1T000000ff000000ff > "$3"', "an answer that is none", id="half-a-frame"),
        pytest.param('printf "IC1T0000000200002928()" > "$3"', "an answer that is none", id="nobody"),
    ],
)
def test_no_interpreter(body: str, reason: str, tmp_path: Path) -> None:
    """A command that is no interpreter is refused: what it did, and what to do."""
    path = _script(tmp_path / "command", body)
    with pytest.raises(AdapterError, match=reason) as caught:
        _find(str(path))
    assert str(path) == caught.value.subject
    assert caught.value.hint


@pytest.mark.parametrize(
    "body",
    [pytest.param("sleep 60", id="hangs"), pytest.param("while echo x; do :; done >&2", id="slow-flood")],
)
def test_no_hello_in_time(body: str, tmp_path: Path) -> None:
    """A command that goes on and says no hello is refused after the time for starting."""
    path = _script(tmp_path / "command", body)
    with pytest.raises(AdapterError, match=r"no hello within 0\.5 s") as caught:
        _find(str(path), limits=_SOON)
    assert (str(path), True) == (caught.value.subject, bool(caught.value.hint))


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        pytest.param("no-such-command", "no such command", id="command"),
        pytest.param("", "no such command", id="empty"),
        pytest.param("nowhere/python", "expected a file", id="path"),
        pytest.param(os.sep, "cannot be started", id="directory"),
        pytest.param(str(AGENT), "cannot be started", id="not-executable"),
    ],
)
def test_nothing_there(spec: str, reason: str) -> None:
    """A name behind which nothing can be run is refused."""
    with pytest.raises(AdapterError, match=reason):
        _find(spec)


def test_old_python(tmp_path: Path) -> None:
    """A Python that is too old says so, whatever else is wrong with it."""
    command = fake(tmp_path, "sys.version_info = (2, 7, 18)\nhonest()\n")
    with pytest.raises(AdapterError, match=r"this is Python 2\.7, expected 3\.8 or later"):
        _find(str(_script(tmp_path / "old", f'exec {" ".join(command)} "$@"')))


def test_liar(tmp_path: Path) -> None:
    """An interpreter that says it is two versions at once is refused."""
    command = fake(tmp_path, "sys.version_info = (3, 98, 0)\nhonest()\n")
    with pytest.raises(AdapterError, match=r"both 3\.98 and"):
        _find(str(_script(tmp_path / "liar", f'exec {" ".join(command)} "$@"')))


def test_hanging_leaves_nothing(tmp_path: Path) -> None:
    """A command that hangs at its start, and ignores the request to end, is gone afterwards."""
    command = fake(tmp_path, "signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)\n")
    with pytest.raises(AdapterError, match="no hello within"):
        _find(str(_script(tmp_path / "slow", f'exec {" ".join(command)} "$@"')), limits=_SOON)
    assert living(tmp_path) == []


def _virtual(directory: Path, *lines: str) -> str:
    (directory / "bin").mkdir(parents=True)
    (directory / "pyvenv.cfg").write_text("\n".join(lines))
    (directory / "bin" / "python").symlink_to(PYTHON)
    return str(directory / "bin" / "python")


def test_base_interpreter(tmp_path: Path) -> None:
    """Behind a virtual environment, or one made from another, lies the interpreter it was made from."""
    first = _virtual(tmp_path / "first", f"base-executable = {PYTHON}")
    second = _virtual(tmp_path / "second", f"home = {tmp_path / 'first' / 'bin'}")
    assert [base_interpreter(path) for path in (PYTHON, first, second)] == [PYTHON] * 3


def test_base_interpreter_is_gone(tmp_path: Path) -> None:
    """An environment whose base is gone stands for itself."""
    path = _virtual(tmp_path / "first", "home = nowhere")
    assert path == base_interpreter(path)
