"""``python -m conformance.found``."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from conformance.catalogue import catalogue
from conformance.cli.interpreters import found, workspace
from conformance.cli.output import CommandError, Exit, finish, guarded, remark, say, write_file
from conformance.engine import Ground, standing
from conformance.found.rows import ANSWERS, Row, answered, rows, written
from conformance.found.tables import document, programs_in, replaced, table
from conformance.reproducing import Asked, Investigated, Run, Suspicion, investigated, runner
from harness.run import Implementation
from harness.run import environment as built
from reports.tracker import departing
from reports.wording import plural

_DOCUMENT: Final = Path(__file__).parent.parent / "documentation" / "found.md"
_README: Final = Path(__file__).parent.parent.parent / "README.md"


@click.command()
@click.argument("interpreters", nargs=-1, metavar="[INTERPRETER]...")
@click.option("--row", "names", multiple=True, metavar="NAME", help="Only that row; the others stay (again for more).")
def main(interpreters: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Ask each case of found.toml anew, and write its program, who departs, and the table of README.

    It is asked of every interpreter at hand, or of those that are named. Exit code: 1 if a row is not so any more, or
    no program tells who departs from who does not; it is then left out of the table.
    """
    known = rows()
    wanted = [row for row in known if not names or row.name in names]
    answers = answered() if names else {}
    programs = programs_in(_DOCUMENT.read_text("utf-8")) if names else {}
    for row, told in _asked(wanted, interpreters or ("all",)):
        answers.pop(row.name, None)
        if told is None or told.reproducer is None:
            remark(f"{row.name}: {'it is not so any more' if told is None else 'no program shows it'}")
            continue
        answers[row.name] = departing((told.where, *told.others))
        programs |= {row.name: told.reproducer.text} if told.reproducer.plain else {row.name: ""}
        remark(f"{row.name}: {'; '.join(answers[row.name])}")
    made = {row.name: answers[row.name] for row in known if row.name in answers}
    write_file(ANSWERS, written(made).encode())
    write_file(_DOCUMENT, document(known, made, programs).encode())
    write_file(_README, replaced(_README.read_text("utf-8"), table(known, made)).encode())
    say(f"{plural(len(made), 'row')} of {len(known)}")
    finish(Exit.NOTHING_NEW if len(made) == len(known) else Exit.NEWS)


def _asked(wanted: Sequence[Row], interpreters: Sequence[str]) -> Iterator[tuple[Row, Investigated | None]]:
    environment = built(os.environ)
    with workspace() as place:
        present = found(interpreters, place, environment).implementations
        run = runner(place, environment, sys.executable)
        with standing(present, place, environment, clock=time.monotonic) as ground:
            for row in wanted:
                yield row, _told(row, present, ground, run)


def _told(row: Row, present: tuple[Implementation, ...], ground: Ground, run: Run) -> Investigated | None:
    """What the row is now, on the first implementation of its name.

    Raises:
        CommandError: nobody is of that name.
    """
    for at, item in enumerate(present):
        if _is(item, row.on):
            suspicion = Suspicion(row.case, catalogue()[row.clause], row.fact)
            return investigated(suspicion, at, Asked(suspicion.case, ground), present, catalogue(), run)
    message = f"{row.name}: nobody at hand is {row.on}"
    raise CommandError(message, "name the command of one")


def _is(item: Implementation, name: str) -> bool:
    identity = item.identity
    shown = f"{identity.name}{'.'.join(map(str, identity.language[:2]))}"
    return name in {identity.name, shown}


guarded(main)(prog_name="python -m conformance.found")
