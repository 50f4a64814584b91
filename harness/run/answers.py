"""From how a process ended and what it answered to an observation."""

import os
import re
import signal
from typing import Final, cast

from harness.model.observation import Observation
from harness.model.values import TREE, Value
from harness.run.containment import Containment
from harness.run.errors import ProtocolError
from harness.run.frames import Wire, decode
from harness.run.processes import TAIL, Ended

__all__ = ["AGENT_FAILED", "REFUSED", "fault", "observed", "refused", "unsupported"]

AGENT_FAILED: Final = 70
"""The status with which the agent ends where it cannot answer."""

BEGUN: Final = b"begun"
"""What stands in place of an answer while a main program runs."""

REFUSED: Final = "contained: the system refused what the case tried outside its tree"
"""Why a case was not asked whose program ended by such a refusal."""

_AGENT: Final = "agent: "
_PAIR: Final = 2
_REFUSED: Final = ("[Errno 1]", "[Errno 13]", "[Errno 18]")
_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]{4,}")


def observed(ended: Ended, answer: bytes, directory: str, *, begun: bool) -> Observation:
    """What a process that ended so, with that answer, did in the tree at ``directory``.

    ``begun``: the program is known to have begun, whatever the answer; else the answer tells.

    How the process ended outweighs what it answered: a crash after the answer is a crash. Only the signal with which
    some implementations end after a KeyboardInterrupt is none: where a main program says that it ended so, or has not
    begun. The agent's own alarm tells that it was late.
    """
    notes = _notes(ended, directory)
    unanswered = answer in {b"", BEGUN}
    if ended.late or ended.status == -signal.SIGALRM:
        return Observation({"outcome": "timed-out"}, notes)
    crashed = Observation({"outcome": ("crashed", -ended.status)}, notes)
    interrupted = ended.status == -signal.SIGINT and not begun and answer != BEGUN
    if ended.status < 0 and not interrupted:
        return crashed
    if unanswered and ended.status == AGENT_FAILED:
        return fault(f"the agent failed: {_told(ended)}")
    if unanswered:
        return Observation({"outcome": ("exited" if begun or answer else "unbegun", ended.status)}, notes)
    try:
        facts, told = _answer(decode(answer))
    except ProtocolError as error:
        return Observation({"outcome": ("fault", f"answer: {error}")}, notes)
    if interrupted and facts.get("exception/type") != "KeyboardInterrupt":
        return crashed
    return Observation(facts, {**notes, **{key: _clean(text, directory) for key, text in told.items()}})


def fault(reason: str) -> Observation:
    """What is observed where the harness, not the subject, failed."""
    return Observation({"outcome": ("fault", reason)})


def refused(observation: Observation, containment: Containment) -> Observation:
    """The same; but where the system refused what a contained program did, that program was not asked.

    A case that is let in has no reason to do what is refused, and what it raised itself carries no number of an error.
    """
    known = observation.facts.get("exception/type") in {"PermissionError", "OSError"}
    if containment.fence and known and observation.notes.get("message", "").startswith(_REFUSED):
        return Observation({"outcome": ("unsupported", REFUSED)}, observation.notes)
    return observation


def unsupported(reason: str) -> Observation:
    """What is observed where the subject cannot be asked."""
    return Observation({"outcome": ("unsupported", reason)})


def _answer(wire: Wire) -> tuple[dict[str, Value], dict[str, str]]:
    match wire:
        case (tuple() as facts, tuple() as notes):
            return _facts(facts), {key: str(text) for key, text in _pairs(notes)}
        case _:
            message = "expected facts and notes"
            raise ProtocolError(message)


def _facts(wire: tuple[Wire, ...]) -> dict[str, Value]:
    facts = {key: value for key, value in _pairs(wire) if not isinstance(value, bytes)}
    if "outcome" not in facts:
        message = "expected the fact 'outcome'"
        raise ProtocolError(message)
    return facts


def _pairs(wire: tuple[Wire, ...]) -> list[tuple[str, Wire]]:
    for item in wire:
        if not (isinstance(item, tuple) and len(item) == _PAIR and isinstance(item[0], str)):
            message = "expected pairs of a key and a value"
            raise ProtocolError(message)
    return cast("list[tuple[str, Wire]]", list(wire))


def _notes(ended: Ended, directory: str) -> dict[str, str]:
    found = {"stdout": ended.stdout, "stderr": ended.stderr}
    return {key: _clean(os.fsdecode(_whole(text)), directory) for key, text in found.items() if text}


def _whole(text: bytes) -> bytes:
    """The text without the rest of a line at its beginning, where it is the end of a longer one."""
    return text.partition(b"\n")[2] or text if len(text) >= TAIL else text


def _told(ended: Ended) -> str:
    """What the agent said of its failure."""
    lines = ended.stderr.decode("utf-8", "replace").splitlines()
    return next((line.removeprefix(_AGENT) for line in reversed(lines) if line.startswith(_AGENT)), "no reason given")


def _clean(text: str, directory: str) -> str:
    return _ADDRESS.sub("0x", text.replace(directory, TREE))
