"""``export``: vectors as plain programs, and the runner that asks any Python them."""

import shutil
from pathlib import Path

import click

from conformance.catalogue import vectors
from conformance.cli.output import CommandError, say, unwritable
from conformance.portable import RUNNER, write_vectors
from reports.wording import plural


@click.command(short_help="Vectors as plain programs, with a runner of one file.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("names", metavar="[VECTOR]...", nargs=-1)
def export(directory: Path, names: tuple[str, ...]) -> None:
    """Write into DIR each VECTOR, or all, as plain programs with the facts that the documents allow, and a runner.

    `python DIR/runner.py DIR/vectors` then asks the Python that executes it, without this suite. The format is
    described in conformance/documentation/portable.md.
    """
    unknown = [name for name in names if name not in vectors()]
    if unknown:
        raise CommandError(f"{unknown[0]}: there is no such vector", "list vectors shows what there is")
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CommandError(
            f"{directory}: expected a new or an empty directory", "what was exported before is not mixed"
        )
    wanted = [vectors()[name] for name in names or vectors()]
    try:
        write_vectors(wanted, directory / "vectors")
        shutil.copyfile(RUNNER, directory / RUNNER.name)
    except OSError as error:
        raise unwritable(directory, error) from error
    say(f"{plural(len(wanted), 'vector')}: python {directory / RUNNER.name} {directory / 'vectors'}")
