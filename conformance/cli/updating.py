"""``run --update-expectations``: what is new of an implementation becomes expectations that somebody is to class."""

from collections.abc import Iterator
from pathlib import Path

from conformance.catalogue import CatalogueError, Expectation, Knowledge, read_knowledge
from conformance.catalogue.updating import added, unclassed
from conformance.cli.output import CommandError, remark, unwritable
from conformance.cli.strangers import lost, refused
from reports import Finding, Summary
from reports.doubting import ANOTHER
from reports.wording import plural


def kept(path: Path | None) -> tuple[Knowledge, ...]:
    """What the file says already, if there is one.

    Raises:
        CommandError: it cannot be read, or is no file of expectations.
    """
    if path is None or not path.exists():
        return ()
    try:
        return (read_knowledge(path),)
    except (OSError, UnicodeDecodeError, CatalogueError) as error:
        raise refused(str(path), error) from error


def about(path: Path, name: str) -> None:
    """The file, if there is one, is about the implementation ``name``.

    Raises:
        CommandError: it is about another one.
    """
    for file in kept(path):
        if not file.about(name):
            raise CommandError(
                f"{path}: it is about {file.name}, and the first INTERPRETER is {name}", f"name it: --name {file.name}"
            )


def update(path: Path, summary: Summary) -> None:
    """Write behind what the file has what the run found of the first implementation, and say so.

    What did not repeat is no finding; what no departure is listed for cannot be expected.

    Raises:
        IncompleteError: the file cannot be written.
    """
    name = summary.header.implementations[0].name
    entries = list({(item.clause, item.departure, item.versions): item for item in _new(summary, name)}.values())
    shown = [finding for _, finding in summary.open_findings if _places(summary, finding, name)]
    unlisted = [finding for finding in shown if not _can_be_expected(finding)]
    try:
        added(path, name, entries, lost(summary.header.implementations[0].capabilities))
    except OSError as error:
        raise unwritable(path, error) from error
    told = f"{path}: {plural(len(entries), 'expectation')} written"
    told += ", unclassified: a run fails until each has a class" if entries else ""
    told += f"; {plural(len(unlisted), 'finding')} not, which no listed departure explains" if unlisted else ""
    remark(told)


def _new(summary: Summary, name: str) -> Iterator[Expectation]:
    """An expectation for each finding that a listed departure explains, and each line of the language."""
    for _, finding in summary.open_findings:
        if _can_be_expected(finding):
            clause = summary.header.clauses[finding.clause].id
            for place in _places(summary, finding, name):
                language = summary.header.implementations[place].language
                yield unclassed(clause, finding.departure, finding.text or next(iter(finding.as_if), ""), language)


def _can_be_expected(finding: Finding) -> bool:
    """Whether a departure is listed that says what happens: of another value it is not said which."""
    return finding.departure not in {"", ANOTHER}


def _places(summary: Summary, finding: Finding, name: str) -> list[int]:
    """The implementations of that name that show it."""
    return [int(place) for place in finding.cases if summary.header.implementations[int(place)].name == name]
