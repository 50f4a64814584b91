"""Options that several commands have."""

import math
from pathlib import Path
from typing import Final

import click

from conformance.engine import Shard
from harness.run import Contain
from reports.shards import LARGEST, parsed_part

LAST: Final = Path("-")
"""Stands for the run that was kept last."""

base = click.option("--base", is_flag=True, help="Judge the interpreters behind the virtual environments given.")
as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON for machines.")

contain = click.option(
    "--contain",
    default=Contain.AUTO.value,
    show_default=True,
    type=click.Choice([item.value for item in Contain]),
    help="Cases of a file behind every line that holds; only where the system contains them; or behind none.",
)
run_file = click.option(
    "--run",
    "run_file",
    type=click.Path(dir_okay=False, path_type=Path),
    is_flag=False,
    flag_value=str(LAST),
    metavar="[RUN.jsonl]",
    help="Look into that run, or the last one that was kept.",
)
repro = click.option(
    "--repro", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a program that shows it."
)


MOST: Final = 10**15
"""What is counted is counted up to this number."""


def finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """The number, if it is one.

    Raises:
        BadParameter: it has no end, or is none.
    """
    if value is not None and not math.isfinite(value):
        message = f"{value}: expected a number that has an end"
        raise click.BadParameter(message)
    return value


def parsed_shard(_context: click.Context, _option: click.Parameter, value: str) -> Shard:
    """The shard that ``I/N`` names.

    Raises:
        BadParameter: it names none.
    """
    found = parsed_part(value)
    if found is None:
        message = f"{value!r}: expected I/N with I from 1 to N, such as 2/4, and N at most {LARGEST}"
        raise click.BadParameter(message)
    return Shard(*found)
