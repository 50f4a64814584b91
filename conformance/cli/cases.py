"""From what the user names to a case."""

from pathlib import Path

from conformance.catalogue import vectors
from conformance.cli.output import CommandError
from harness.model.admission import LARGEST, decode_case
from harness.model.case import Case
from harness.model.codec import CodecError
from reports import Run, RunFileError, read_run

HINT = "name a case file, a vector (list vectors), or with --run a case of that run by the beginning of its id"


def case_file(path: Path) -> Case:
    """The case in the file ``path``.

    Raises:
        CommandError: it cannot be read, is not JSON, of another schema version, no case, or one that is not let in.
    """
    try:
        with path.open("rb") as file:
            return decode_case(file.read(LARGEST + 1), where=str(path))
    except OSError as error:
        raise CommandError(f"{path}: cannot be read ({error.strerror})", HINT) from error
    except CodecError as error:
        raise CommandError(str(error), "a case file is what the suite writes: see conformance/vectors") from error


def resolved(name: str, run: Path | None) -> Case:
    """The case that ``name`` stands for: a file, a vector, or with ``run`` a case of it or (a number) a finding.

    Raises:
        CommandError: it stands for none.
    """
    if run is not None:
        return _recorded(name, run)
    if name in vectors():
        return vectors()[name].case
    return case_file(Path(name))


def read_file(path: Path) -> Run:
    """The run in the file ``path``; of a cut file what is whole.

    Raises:
        CommandError: it is no run file.
    """
    try:
        return read_run(path)
    except RunFileError as error:
        raise CommandError(str(error), "run --out writes such a file") from error


def is_case(name: str, run: Path | None) -> bool:
    """Whether ``name`` stands for a case rather than a clause."""
    return run is not None or name in vectors() or name.endswith(".json") or Path(name).is_file()


def _recorded(name: str, run: Path) -> Case:
    read = read_file(run)
    if name.isdecimal() and 1 <= int(name) <= len(read.findings):
        return read.findings[int(name) - 1].minimal
    found = {item.id: item.case for item in read.cases if item.id.startswith(name)}
    if len(found) != 1:
        message = f"{name}: {len(found)} cases of {run} begin so, expected one"
        raise CommandError(message, "cases on which nobody departs are not kept in a run file")
    return next(iter(found.values()))
