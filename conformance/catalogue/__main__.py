"""``python -m conformance.catalogue``."""

import click

from conformance.catalogue import CatalogueError
from conformance.catalogue.keeping import keep
from conformance.catalogue.vectors import VECTORS
from conformance.cli.output import CommandError, guarded, say
from reports.wording import plural


@click.command()
@click.option("--changed", multiple=True, metavar="NAME", help="A vector that is meant to be another case, or is gone.")
def main(changed: tuple[str, ...]) -> None:
    """Write every vector as it is written now, and add new ones to the list of ids, which are never to change."""
    try:
        kept = keep(VECTORS, changed)
    except CatalogueError as error:
        raise CommandError(str(error), "if that is meant, --changed NAME") from error
    say(f"{plural(len(kept.rewritten), 'vector')} rewritten, {plural(len(kept.listed), 'id')} added or changed")


guarded(main)(prog_name="python -m conformance.catalogue")
