"""From what the user names to a case."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from conformance.catalogue import catalogue, vector, vectors
from conformance.cli.hints import perhaps
from conformance.cli.keeping import latest
from conformance.cli.making import directory_case
from conformance.cli.options import LAST
from conformance.cli.output import CommandError
from conformance.reproducing import Suspicion
from harness.model.admission import LARGEST, decode_case
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.codec import CodecError
from reports import Finding, Header, Reading, RunFileError, Summary, reading
from reports.wording import caused, plural

HINT = "name a case file, a vector (list vectors), or the number of a finding: of the last run, or with --run of that"

_OF_RUNS: Final = re.compile(r"[0-9a-f]{1,64}")
"""The number of a finding, or the beginning of an id."""

_DIGITS: Final = 9
"""How many the number of a finding has at most."""


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
        raise CommandError(
            str(error), 'a case file is {"schema": 2, "case": {…}}, as in conformance/vectors'
        ) from error


def looked_into(name: str, run: Path | None) -> Path | None:
    """The run in which ``name`` is looked for: the one that is named; for what can only be of a run, the last one.

    Raises:
        CommandError: the last one is asked for, and none is kept.
    """
    if run == LAST or (run is None and _OF_RUNS.fullmatch(name) and not is_case(name, None)):
        return latest(os.environ)
    return run


def resolved(name: str, run: Path | None) -> Case:
    """The case that ``name`` stands for: a file, a vector, or with ``run`` a case of it or (a number) a finding.

    Raises:
        CommandError: it stands for none.
    """
    return suspicion(name, run).case


def suspicion(name: str, run: Path | None) -> Suspicion:
    """The case that ``name`` stands for, as :func:`resolved` has it; of a finding what it says besides.

    Raises:
        CommandError: it stands for no case.
    """
    if run is not None:
        return _recorded(name, run)
    kept = vector(name)
    if kept is not None:
        return Suspicion(kept.case)
    if not is_case(name, None) and not os.path.dirname(name):  # noqa: PTH120 - a name of any kind
        raise CommandError(f"{name}: there is no such file, and no such vector", perhaps(name, list(vectors()), HINT))
    there = os.path.isdir(name)  # noqa: PTH112 - it says no, whatever the name
    return Suspicion(directory_case(Path(name)) if there else case_file(Path(name)))


def suspected(header: Header, finding: Finding) -> Suspicion:
    """What a finding says is to be shown."""
    clause = clause_of(header, finding)
    cause = caused(header, finding)
    told = (finding.text, cause, finding.expected, finding.as_if)
    return Suspicion(finding.minimal, clause, finding.fact, finding.seen, *told, whose(header, finding))


def whose(header: Header, finding: Finding) -> tuple[str, ...]:
    """Whom a finding is about, as the run called them."""
    return tuple(header.implementations[int(place)].label for place in finding.cases)


def clause_of(header: Header, finding: Finding) -> Clause:
    """The clause, as the catalogue has it if it does: a run file may be anybody's."""
    clause = header.clauses[finding.clause]
    return catalogue().get(clause.id, clause)


def foreign(name: str, run: Path | None) -> bool:
    """Whether the case that ``name`` stands for comes from a file, whoever wrote it, and not from the suite."""
    return run is not None or vector(name) is None


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Reading]:
    """The run file ``path``, to be read within the block; of a cut file what is whole.

    Raises:
        CommandError: it is no run file.
    """
    try:
        with reading(path) as read:
            yield read
    except RunFileError as error:
        raise CommandError(str(error), "run --out writes such a file") from error


def summed(read: Reading) -> Summary:
    """What the cases of a run say together; its findings can be added once they are read."""
    summary = Summary(read.header)
    for group in read.groups():
        summary.add(*group.records)
    return summary


def is_case(name: str, run: Path | None) -> bool:
    """Whether ``name`` stands for a case rather than a clause."""
    return run is not None or vector(name) is not None or name.endswith(".json") or os.path.exists(name)  # noqa: PTH110 - it says no, whatever the name


def _recorded(name: str, run: Path) -> Suspicion:
    with opened(run) as read:
        cases = (group.case for group in read.groups() if group.case is not None)
        found = {item.id: item.case for item in cases if item.id.startswith(name)}
        found |= {item.id: item.case for item in read.differences if item.id.startswith(name)}
    if name.isdecimal() and len(name) <= _DIGITS and 1 <= int(name) <= len(read.findings):
        return suspected(read.header, read.findings[int(name) - 1])
    if name.isdecimal() and not found:
        raise CommandError(f"{name}: {run} has {plural(len(read.findings), 'finding')}", "list findings shows them")
    if len(found) != 1:
        message = f"{name}: {len(found)} cases of {run} begin so, expected one"
        raise CommandError(
            message, "of the cases on which nobody departs a run file keeps the smallest that shows a difference"
        )
    return Suspicion(next(iter(found.values())))
