"""Whether an adapter works: trivial programs that import nothing, with known answers, written down by hand.

They prove the round trip alone: a program ran, and a mark, a value, an exception and an exit came back. So whoever
imports wrongly, or not at all, passes and is judged.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, Launch, Script
from harness.model.observation import Identity, Observation
from harness.model.source import Assign, Mark, Raise, Source
from harness.model.tree import Root, Tree
from harness.model.values import ABSENT, Value
from harness.run.subject import Subject
from harness.run.workspace import Workspace

__all__ = ["Health", "Smoke", "examine"]


class Smoke(msgspec.Struct, frozen=True):
    """One trivial case and what it came to.

    ``wrong`` holds facts that are not as known, as (key, known, seen); ``raised`` is the type of the exception that
    ended the program, if one did; ``notes`` are those of the observation: its message, standard output and error.
    """

    name: str
    outcome: Value
    wrong: tuple[tuple[str, Value, Value], ...]
    raised: str = ""
    notes: dict[str, str] = {}

    @property
    def passed(self) -> bool:
        """Whether every known fact was seen."""
        return not self.wrong


class Health(msgspec.Struct, frozen=True):
    """Who an implementation is, and whether its adapter can be trusted."""

    identity: Identity
    smokes: tuple[Smoke, ...]

    @property
    def healthy(self) -> bool:
        """Whether every trivial case came out as known."""
        return all(smoke.passed for smoke in self.smokes)


_TREE: Final = Tree((Root(),))
_PROGRAM: Final = Source((Mark("here"), Assign("n", 1), Assign("text", "\xe9")))
_LAUNCHES: Final[Mapping[str, Launch]] = {"embedded": Embedded(), "script": Script("r0/main.py")}


def examine(subject: Subject, workspace: Workspace) -> Health:
    """Run the trivial cases; an implementation that lacks a launch has it left out."""
    smokes = [_smoke(name, case, facts, subject, workspace) for name, case, facts in _known(subject.identity)]
    return Health(subject.identity, tuple(smokes))


def _known(identity: Identity) -> Sequence[tuple[str, Case, Mapping[str, Value]]]:
    known: list[tuple[str, Case, Mapping[str, Value]]] = []
    for name, launch in _LAUNCHES.items():
        if name in identity.capabilities:
            known.append((name, Case(_TREE, _PROGRAM, launch), _values(launch)))
            for word, error in (("raise", "ValueError"), ("exit", "SystemExit")):
                facts: dict[str, Value] = {"outcome": "raised", "exception/type": error, "modules": ("list",)}
                known.append((f"{name} {word}", Case(_TREE, Source((Raise(error),)), launch), facts))
    return known


def _values(launch: Launch) -> Mapping[str, Value]:
    name, began = ("program", 0) if isinstance(launch, Embedded) else ("__main__", 1)
    return {
        "outcome": "completed",
        f"trace/{began:04}": ("event", "here", name),
        "names": ("list", "n", "text"),
        "binding/n": 1,
        "binding/text": "\xe9",
        "modules": ("list",),
    }


def _smoke(name: str, case: Case, facts: Mapping[str, Value], subject: Subject, workspace: Workspace) -> Smoke:
    (seen,) = subject.observe([workspace.place(case)])
    raised = seen.facts.get("exception/type")
    return Smoke(name, seen.outcome, _wrong(facts, seen), raised if isinstance(raised, str) else "", seen.notes)


def _wrong(facts: Mapping[str, Value], seen: Observation) -> tuple[tuple[str, Value, Value], ...]:
    pairs = ((key, known, seen.facts.get(key, ABSENT)) for key, known in facts.items())
    return tuple((key, known, found) for key, known, found in pairs if known != found)
