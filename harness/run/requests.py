"""What the agent is asked, and the processes that are started for it."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Final, assert_never

from harness.agent import AGENT, GUARD
from harness.model.case import Embedded, Module, Script, search_path
from harness.model.language.documented import FIRST
from harness.model.rendering import render_program
from harness.run import archiving
from harness.run.frames import Wire
from harness.run.processes import Task
from harness.run.surroundings import REQUEST, searched
from harness.run.workspace import Placed

__all__ = ["request", "task"]


_FIRST: Final = {**FIRST, **archiving.FIRST}
"""A first call of each function that a case may call or need: ours, of which a case tells the names alone."""

_FAR: Final = 20
"""After how many times its deadline an alarm ends a process: later than anybody waits for it on the busiest machine."""


def request(placed: Placed, seconds: float, answer: str | None = None, *, guard: bool = False) -> Wire:
    """The request for a case that may take ``seconds``.

    ``answer`` is the path that a program the implementation itself runs answers to; ``guard``: the agent is to end
    whoever tries to leave the tree.
    """
    case, directory = placed.case, placed.directory
    alarm = _FAR * math.ceil(seconds)
    watch = _guard() if guard else None
    limits = (alarm, watch, tuple(_FIRST[name] for name in placed.functions))
    if isinstance(case.launch, Embedded):
        return (directory, placed.names, _entries(placed), render_program(case.program, steps=True), None, *limits)
    return (directory, placed.names, (), case.launch.path, answer, *limits)


@cache
def _guard() -> str:
    text: str = GUARD.read_text("utf-8")
    return text


def task(placed: Placed, command: tuple[str, ...], base: Mapping[str, str], files: tuple[str, str]) -> Task:
    """The process that runs a case: ``files`` are the paths of its request and its answer."""
    case, directory = placed.case, placed.directory
    asked, answer = files
    match case.launch:
        case Embedded():
            return Task((*command, str(AGENT), "once", asked, answer), directory, base)
        case Script(path=path):
            return Task((*command, f"{directory}/{path}"), directory, {**base, **_extra(placed, asked)})
        case Module(name=name):
            return Task((*command, "-m", name), f"{directory}/r0", {**base, **_extra(placed, asked)})
        case _:
            assert_never(case.launch)


def _extra(placed: Placed, asked: str) -> dict[str, str]:
    return {REQUEST: asked, **searched(_entries(placed)[1:])}


def _entries(placed: Placed) -> tuple[str, ...]:
    return tuple(f"{placed.directory}/{entry}" for entry in search_path(placed.case))
