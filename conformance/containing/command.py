"""``python -m conformance.containing``."""

import sys
from collections import Counter
from itertools import islice

import click

from conformance.cli.output import Exit, finish, say
from conformance.containing.watching import Watcher, seeds, watched
from harness.model.codec import encode
from harness.run import base_interpreter


@click.command()
@click.option("--cases", "number", default=100_000, show_default=True, type=click.IntRange(1), help="Cases to let in.")
@click.option("--seed", default=0, show_default=True, help="What they are made from.")
@click.option("--python", default=None, help="The CPython that runs them.  [default: the one that runs this]")
def main(number: int, seed: int, python: str | None) -> None:
    """Run mutated cases that are let in behind a recording audit hook; exit 1 if one reaches further than its tree."""
    made = [0]
    launches: Counter[str] = Counter()
    escaped = 0
    with Watcher(python or base_interpreter(sys.executable)) as watcher:
        for seen in islice(watched(watcher, seeds(), seed=seed, made=made), number):
            launches[type(seen.case.launch).__name__] += 1
            if seen.escapes:
                escaped += 1
                click.echo(f"{encode(seen.case).decode()}\n    " + "\n    ".join(seen.escapes))
    shares = ", ".join(f"{count:,} {name}" for name, count in launches.most_common())
    say(f"{made[0]:,} cases made, {number:,} let in ({shares}), {escaped:,} reached further than their tree")
    finish(Exit.NEWS if escaped else Exit.NOTHING_NEW)
