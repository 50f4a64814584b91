"""Run files that nobody gave a place: the last ones are kept, where programs of the user keep their state."""

import contextlib
import fcntl
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from conformance.cli.output import CommandError, remark
from reports import Line, RunWriter

MOST: Final = 20
"""How many run files are kept."""

_STATE: Final = "XDG_STATE_HOME"
_NAME: Final = "%Y%m%d-%H%M%S-%f"
_TRIES: Final = 100


def folder(environment: Mapping[str, str]) -> Path:
    """Where run files are kept, by the conventions for state of a user: a path that is not absolute does not count."""
    named = Path(environment.get(_STATE, ""))
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - where there is no home it says so by the word itself
    return (named if named.is_absolute() else home / ".local" / "state") / "import-conformance"


def kept(environment: Mapping[str, str], moment: datetime) -> Path | None:
    """A new file for a run that begins now; the oldest make room. ``None``, with a remark, where there can be none."""
    place = folder(environment)
    try:
        if not place.is_absolute():
            raise NotADirectoryError(0, "there is no home directory")
        place.mkdir(parents=True, exist_ok=True)
        path = _new(place, moment.strftime(_NAME))
        for old in [path for path in _files(place) if not path.is_symlink()][:-MOST]:
            if not _busy(old):
                old.unlink(missing_ok=True)
    except OSError as error:
        _unkept(place, error)
        return None
    return path


def _new(place: Path, name: str) -> Path:
    """A file that nobody else has made."""
    for number in range(_TRIES):
        path = place / f"{name}{f'-{number}' * bool(number)}.jsonl"
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return path
    raise FileExistsError(0, "every name is taken")


def latest(environment: Mapping[str, str]) -> Path:
    """The file of the last run that has ended, kept or where its user named a place for it, if it is still there.

    Raises:
        CommandError: there is none.
    """
    place = folder(environment)
    for path in reversed(_files(place)):
        with contextlib.suppress(OSError):
            if path.stat().st_size and not _busy(path):
                return path.readlink() if path.is_symlink() else path
    raise CommandError(f"no run is kept in {place}", "run first, or name a run file")


def _files(place: Path) -> list[Path]:
    """The files that are kept, the oldest first: their names begin with when they were made."""
    return sorted(place.glob("*.jsonl"))


def _busy(path: Path) -> bool:
    """Whether a run is writing the file."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def _unkept(place: Path, error: OSError) -> None:
    told = f"the run file is not kept: {place} cannot be written ({error.strerror}); --out names another place"
    remark(told)


class Spare:
    """Appends to the file of a run that goes on without it, should it not take any more."""

    def __init__(self, inner: RunWriter, path: Path) -> None:
        self._inner: RunWriter | None = inner
        self._path = path

    def write(self, *lines: Line) -> None:
        """Append lines, as long as that can be done; a file that cannot be whole is not kept."""
        if self._inner is not None:
            try:
                self._inner.write(*lines)
            except OSError as error:
                self._inner = None
                _unkept(self._path.parent, error)
                self._path.unlink(missing_ok=True)


def written(path: Path, environment: Mapping[str, str], moment: datetime, commands: Sequence[str] = ()) -> None:
    """Say how to go on with the run file that the user named, if it is one; a link among those kept leads to the last.

    ``commands`` are of those who are not found by themselves.
    """
    if path.is_file():
        name, asked = shlex.quote(str(path)), "".join(f" {shlex.quote(command)}" for command in commands)
        remark(f"written to {path}")
        remark(f"list findings {name} shows it")
        remark(f"findings {name}{asked} --out DIR writes reports")
        with contextlib.suppress(OSError):
            place = folder(environment)
            place.mkdir(parents=True, exist_ok=True)
            before = [old for old in _files(place) if old.is_symlink()]
            (place / f"{moment.strftime(_NAME)}.jsonl").symlink_to(path.absolute())
            for old in before:
                old.unlink(missing_ok=True)


@contextlib.contextmanager
def keeping(path: Path | None) -> Iterator[None]:
    """At the end of the block the file is gone if nothing was written to it; else the user is told where it is."""
    try:
        yield
    finally:
        if path is not None:
            with contextlib.suppress(OSError):
                if path.stat().st_size:
                    remark(f"kept in {path}")
                    told = "list findings shows it, replay NUMBER INTERPRETER a finding"
                    remark(f"{told}, findings - --out DIR writes reports")
                else:
                    path.unlink()
