"""``doctor``: who is there, what it can do, and whether its adapter works."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import click
import msgspec
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from conformance.cli.interpreters import found, workspace
from conformance.cli.options import as_json, base
from conformance.cli.output import Exit, finish, say
from harness.model.codec import encode
from harness.model.observation import Identity
from harness.run import AdapterError, Health, Implementation, Smoke, Workspace, connect, examine
from harness.run import environment as built
from reports.listing import plain_table
from reports.wording import phrase, visible


class _Examined(msgspec.Struct, frozen=True):
    identity: Identity
    startup: float
    smokes: tuple[Smoke, ...]
    fault: str = ""

    @property
    def healthy(self) -> bool:
        return not self.fault and all(smoke.passed for smoke in self.smokes)


@click.command()
@click.argument("interpreters", nargs=-1, metavar="[INTERPRETER]...")
@base
@as_json
def doctor(interpreters: tuple[str, ...], *, base: bool, as_json: bool) -> None:
    """Tell who each INTERPRETER is, what it can do, and whether its adapter works.

    It works if trivial cases come out as known. Without INTERPRETER all that are found are told of.
    Exit code: 0 if every adapter works, 3 if one does not.
    """
    environment = built(os.environ)
    with workspace() as place:
        result = found(interpreters or ["all"], place, environment, base=base)
        with ThreadPoolExecutor(2) as pool:
            examined = list(pool.map(lambda item: _examine(item, place, environment), result.implementations))
    if as_json:
        click.echo(encode(examined))
    else:
        left = [Text(f"left out: {error}", style="dim") for error in result.refused]
        say(_table(examined), *_details(examined), *left)
    finish(Exit.NOTHING_NEW if all(item.healthy for item in examined) else Exit.INCOMPLETE)


def _examine(item: Implementation, place: Workspace, environment: Mapping[str, str]) -> _Examined:
    try:
        subject = connect(item, place, environment=environment)
        try:
            health: Health = examine(subject, place)
        finally:
            subject.close()
    except AdapterError as error:
        return _Examined(item.identity, item.startup, (), str(error))
    return _Examined(item.identity, item.startup, health.smokes)


def _table(examined: list[_Examined]) -> RenderableType:
    everything = sorted({name for item in examined for name in item.identity.capabilities})
    rows = [
        (
            item.identity.label,
            ".".join(map(str, item.identity.language)),
            "works" if item.healthy else "FAILS",
            f"{item.startup * 1000:.0f} ms",
            ", ".join(name for name in everything if name not in item.identity.capabilities) or "·",
            visible(" ".join(item.identity.command)),
        )
        for item in examined
    ]
    return plain_table(("implementation", "language", "adapter", "start", "lacks", "command"), rows)


def _details(examined: list[_Examined]) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for item in examined:
        if not item.healthy:
            lines += ["", Text(f"{item.identity.label}: its adapter cannot be trusted", style="bold yellow")]
            lines += [Padding(Text(item.fault), (0, 0, 0, 3))] * bool(item.fault)
        for smoke in item.smokes:
            for key, known, seen in smoke.wrong:
                text = f"{smoke.name}: {key}: known to be {phrase(known)}, seen {phrase(seen)}"
                lines.append(Padding(Text(text), (0, 0, 0, 3)))
    return lines
