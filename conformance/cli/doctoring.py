"""``doctor``: who is there, what it can do, and whether its adapter works."""

import os
from collections.abc import Mapping, Sequence

import click
import msgspec
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from conformance.cli.interpreters import behind, found, labelled, workspace
from conformance.cli.options import as_json, base
from conformance.cli.output import CommandError, Exit, finish, say, write
from conformance.cli.proving import Examined, examined
from harness.model.codec import encode
from harness.model.saying import closing
from harness.model.versions import dotted
from harness.run import Contain, Found, Workspace
from harness.run import environment as built
from harness.run.health import Smoke
from reports.listing import plain_table
from reports.stating import about
from reports.stating import told as stated
from reports.wording import visible


@click.command(short_help="Who is there, and what each can do.")
@click.argument("interpreters", nargs=-1, metavar="[INTERPRETER]...")
@base
@as_json
def doctor(interpreters: tuple[str, ...], *, base: bool, as_json: bool) -> None:
    """Tell who each INTERPRETER is, what it can do, and whether its adapter works.

    It works if trivial cases come out as known. Without INTERPRETER all that are found are told of.
    What contains a case from a file is told by act: who keeps it from that.
    Exit code: 0 if every adapter works, 3 if one does not; 2 if an INTERPRETER is none, and the others are told of.
    """
    environment = built(os.environ)
    with workspace() as place:
        result, none = _found(interpreters or ["all"], place, environment, base=base)
        told = examined(result.implementations, place, environment)
        held = behind(result, place, environment, Contain.AUTO, tell=False).implementations
        called = labelled([item.identity for item in told])
        told = [
            msgspec.structs.replace(
                item, label=label, lines=other.containment.lines(), lost=dict(other.containment.lost)
            )
            for item, other, (label, _) in zip(told, held, called, strict=True)
        ]
    if as_json:
        write(encode(told) + b"\n")
    else:
        left = [
            Text("\n    ".join((f"left out: {error}", *visible(error.said).splitlines())), style="dim")
            for error in result.refused
        ]
        say(_table(told), *_details(told), "", _lines(told), *_lost(told), *left)
    if none:
        raise _told_of(none)
    finish(Exit.NOTHING_NEW if all(item.healthy for item in told) else Exit.INCOMPLETE)


def _found(
    specs: Sequence[str], place: Workspace, environment: Mapping[str, str], *, base: bool
) -> tuple[Found, list[CommandError]]:
    """The implementations that ``specs`` name, each once, and what is wrong with those of them that name none.

    Raises:
        CommandError: nobody is left.
    """
    each: list[Found] = []
    none: list[CommandError] = []
    for spec in specs:
        try:
            each.append(found([spec], place, environment, base=base))
        except CommandError as error:
            none.append(error)
    if not each:
        raise _told_of(none)
    there = {item.identity.command: item for result in each for item in result.implementations}
    return Found(tuple(there.values()), tuple(error for result in each for error in result.refused)), none


def _told_of(wrong: Sequence[CommandError]) -> CommandError:
    """The last of them, which is still to be told; those before it are."""
    for error in wrong[:-1]:
        error.show()
    return wrong[-1]


def _table(told: list[Examined]) -> RenderableType:
    everything = sorted({name for item in told for name in item.identity.capabilities if not name.startswith("hook:")})
    rows = [
        (
            item.label,
            dotted(item.identity.language),
            "works" if item.healthy else "FAILS",
            f"{item.startup * 1000:.0f} ms",
            ", ".join(name for name in everything if name not in item.identity.capabilities) or "·",
            visible(" ".join(item.identity.command)),
        )
        for item in told
    ]
    return plain_table(("implementation", "language", "adapter", "start", "lacks", "command"), rows)


def _lines(told: list[Examined]) -> RenderableType:
    acts = list(told[0].lines)
    rows = [(item.label, *(", ".join(item.lines[act]) or "nothing" for act in acts)) for item in told]
    return plain_table(("cases from files", *acts), rows)


def _lost(told: list[Examined]) -> list[RenderableType]:
    return [
        Text(f"{item.label} is asked without {measure}: {reason}", style="dim")
        for item in told
        for measure, reason in item.lost.items()
    ]


def _details(told: list[Examined]) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for item in told:
        reasons: dict[str, list[str]] = {}
        for name, reason in item.identity.lacks:
            reasons.setdefault(reason, []).append(name)
        for reason, names in reasons.items():
            lines.append(Text(f"{item.label}: not asked {', '.join(names)}: {reason}"))
        if not item.healthy:
            lines += ["", Text(f"{item.label}: its adapter cannot be trusted", style="bold yellow")]
            lines += [Padding(Text(item.fault), (0, 0, 0, 3))] * bool(item.fault)
        for smoke in item.smokes:
            for key, known, seen in smoke.wrong:
                text = f"{smoke.name}: {about(key)}: known to be {stated(key, known)}, seen {stated(key, seen)}"
                lines.append(Padding(Text(text), (0, 0, 0, 3)))
            lines += [Padding(Text(text), (0, 0, 0, 6)) for text in _told(smoke)] if smoke.wrong else []
    return lines


def _told(smoke: Smoke) -> list[str]:
    """What the subject itself had to say of a trivial case."""
    message = smoke.notes.get("message", "")
    raised = [f"raised {smoke.raised}" + f": {message}" * bool(message)] if smoke.raised else []
    streams = [(name, closing(smoke.notes.get(name, "").strip())) for name in ("stderr", "stdout")]
    return [visible(text) for text in (*raised, *(f"{name}: {text}" for name, text in streams if text))]
