"""Whether an adapter works: trivial cases with known answers, written down by hand."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.observation import Identity, Observation
from harness.model.source import Alias, Assign, FromImport, Import, Raise, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import ABSENT, Value
from harness.run.subject import Subject
from harness.run.workspace import Workspace

__all__ = ["Health", "Smoke", "examine"]


class Smoke(msgspec.Struct, frozen=True):
    """One trivial case and what it came to: ``wrong`` holds facts that are not as known, as (key, known, seen)."""

    name: str
    outcome: Value
    wrong: tuple[tuple[str, Value, Value], ...]

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


_TREE: Final = Tree(
    (
        Root(
            (
                SourceFile("pkg/__init__.py", Source((Assign("x", 1),))),
                SourceFile("pkg/sub.py", Source((Assign("y", "text"),))),
                SourceFile("bad.py", Source((Raise("ValueError"),))),
            )
        ),
        Root((SourceFile("other.py", Source((FromImport("pkg", (Alias("x"),)),))),)),
    )
)
_PROGRAM: Final = Source((Import((Alias("pkg.sub"),)), FromImport("other", (Alias("x", "z"),))))
_FACTS: Final[Mapping[str, Value]] = {
    "outcome": "completed",
    "binding/pkg": ("module", "pkg"),
    "binding/z": 1,
    "module/pkg/value/sub": ("module", "pkg.sub"),
    "module/pkg.sub/__name__": "pkg.sub",
    "module/pkg.sub/value/y": "text",
}


def examine(subject: Subject, workspace: Workspace) -> Health:
    """Run the trivial cases; an implementation that lacks a launch has it left out."""
    smokes = [_smoke(name, case, facts, subject, workspace) for name, case, facts in _known(subject.identity)]
    return Health(subject.identity, tuple(smokes))


def _known(identity: Identity) -> Sequence[tuple[str, Case, Mapping[str, Value]]]:
    launches: dict[str, tuple[Launch, str]] = {
        "embedded": (Embedded(), ""),
        "script": (Script("r0/main.py"), "r0/main.py"),
        "module": (Module("main", "r0/main.py"), "r0/main.py"),
    }
    known: list[tuple[str, Case, Mapping[str, Value]]] = [
        (name, Case(_TREE, _PROGRAM, launch), {**_FACTS, **_trace(main)})
        for name, (launch, main) in launches.items()
        if name in identity.capabilities
    ]
    raising = Case(_TREE, Source((Import((Alias("bad"),)),)))
    missing = Case(_TREE, Source((Import((Alias("nowhere"),)),)))
    known.append(("raise", raising, {"outcome": "raised", "exception/type": "ValueError", "modules": ("list",)}))
    known.append(("missing", missing, _not_found(identity)))
    return known


def _trace(main: str) -> dict[str, Value]:
    program = main or "program"
    events: list[Value] = [("event", main, "__main__")] if main else []
    events += [
        ("event", "r0/pkg/__init__.py", "pkg"),
        ("event", "r0/pkg/sub.py", "pkg.sub"),
        ("event", program, 1),
        ("event", "r1/other.py", "other"),
        ("event", "r1/other.py", 1),
        ("event", program, 2),
    ]
    return {"trace/length": len(events), **{f"trace/{index:04}": event for index, event in enumerate(events)}}


def _not_found(identity: Identity) -> Mapping[str, Value]:
    facts: dict[str, Value] = {"outcome": "raised", "names": ("list",), "modules": ("list",)}
    if "spec" in identity.capabilities:
        facts |= {"exception/type": "ModuleNotFoundError", "exception/name": "nowhere"}
    return facts


def _smoke(name: str, case: Case, facts: Mapping[str, Value], subject: Subject, workspace: Workspace) -> Smoke:
    (seen,) = subject.observe([workspace.place(case)])
    return Smoke(name, seen.outcome, _wrong(facts, seen))


def _wrong(facts: Mapping[str, Value], seen: Observation) -> tuple[tuple[str, Value, Value], ...]:
    pairs = ((key, known, seen.facts.get(key, ABSENT)) for key, known in facts.items())
    return tuple((key, known, found) for key, known, found in pairs if known != found)
