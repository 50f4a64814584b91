"""``python -m conformance.catalogue``."""

from pathlib import Path

import click

from conformance.catalogue import CatalogueError, catalogue, chapters
from conformance.catalogue.architecture import ARCHITECTURE, tabled
from conformance.catalogue.keeping import keep
from conformance.catalogue.sections import SECTIONS, looked_up
from conformance.catalogue.vectors import VECTORS
from conformance.cli.output import CommandError, guarded, say, write_file
from reports.wording import plural


@click.command()
@click.option(
    "--documents",
    multiple=True,
    metavar="VERSION=DIRECTORY",
    help="Documents of Python in HTML, of versions one behind the other: look up there which sections they have, and "
    "do nothing else.",
)
@click.option("--changed", multiple=True, metavar="NAME", help="A vector that is meant to be another case, or is gone.")
def main(changed: tuple[str, ...], documents: tuple[str, ...]) -> None:
    """Write every vector as it is written now, and add new ones to the list of ids, which are never to change.

    The table of chapters in ARCHITECTURE.md is made anew.
    """
    if documents:
        _look_up(documents)
        return
    try:
        kept = keep(VECTORS, changed)
    except CatalogueError as error:
        raise CommandError(str(error), "if that is meant, --changed NAME") from error
    write_file(ARCHITECTURE, tabled(ARCHITECTURE.read_text("utf-8"), chapters()).encode())
    say(f"{plural(len(kept.rewritten), 'vector')} rewritten, {plural(len(kept.listed), 'id')} added or changed")


def _look_up(documents: tuple[str, ...]) -> None:
    """Write which sections older documents have at the same place."""
    named = dict(item.partition("=")[::2] for item in documents)
    try:
        text = looked_up(catalogue().values(), {version: Path(place) for version, place in named.items()})
    except CatalogueError as error:
        raise CommandError(str(error), "--documents 3.14=DIRECTORY") from error
    write_file(SECTIONS, text.encode())
    say(f"{SECTIONS.name} written")


guarded(main)(prog_name="python -m conformance.catalogue")
