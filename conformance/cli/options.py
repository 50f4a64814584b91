"""Options that several commands have."""

import re
from pathlib import Path
from typing import Final

import click

from conformance.engine import Shard

base = click.option("--base", is_flag=True, help="Judge the interpreters behind the virtual environments given.")
as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON for machines.")

run_file = click.option(
    "--run",
    "run_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="RUN.jsonl",
    help="Look into that run.",
)
repro = click.option(
    "--repro", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a program that shows it."
)

_SHARD: Final = re.compile(r"(\d{1,6})/(\d{1,6})")


def parsed_shard(_context: click.Context, _option: click.Parameter, value: str) -> Shard:
    """The shard that ``I/N`` names.

    Raises:
        BadParameter: it names none.
    """
    found = _SHARD.fullmatch(value)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        message = f"{value!r}: expected I/N with I from 1 to N, such as 2/4"
        raise click.BadParameter(message)
    return Shard(int(found[1]), int(found[2]))
