"""One world in which a case is predicted: what it has done so far, and by which clauses."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from harness.model.source import Source
from harness.oracle.layout import Layout
from harness.oracle.objects import ModuleObject, Namespace, Object, Why

FALLBACK: Why = ("scope.statements-in-order",)
"""Cited by what nothing but the order of statements decides."""

_DEEPEST: Final = 40
"""Files and functions being executed at once; beyond, a case only tries how deep an implementation can recurse."""

_MOST: Final = 2000
"""Files and functions executed at all; beyond, a case only tries how long an implementation can run."""


class Silent(Exception):  # noqa: N818 - no error: the documents say nothing of what comes next
    """The documents do not say what happens next; nothing after this point is predicted."""

    def __init__(self, *clauses: str) -> None:
        super().__init__(*clauses)
        self.clauses: Why = clauses


class Undecided(Exception):  # noqa: N818 - no error: the prediction is repeated once for each option
    """A question on which the documents are silent or leave a choice; ``choice`` tells which."""

    def __init__(self, clause: str, question: str, options: tuple[str, ...], *, choice: bool) -> None:
        super().__init__(question)
        self.clause = clause
        self.question = question
        self.options = options
        self.choice = choice


class Event(NamedTuple):
    """An entry of the trace, and the clauses by which it is there."""

    label: str
    name: Object
    why: Why


class State:
    """The module cache, the search path, the files and the trace of one world.

    ``decided`` holds the options this world has taken; ``execute`` runs the body of a module; ``changes`` gathers the
    versions that made a difference, or could have.
    """

    def __init__(
        self,
        layout: Layout,
        language: tuple[int, int],
        decided: Mapping[str, str],
        execute: Callable[["State", Source, ModuleObject, str], None],
        changes: set[tuple[int, int]],
    ) -> None:
        self.language = language
        self.changes = changes
        self.decided = decided
        self.execute = execute
        self.cache = Namespace()
        self.path: list[str] = list(layout.path)
        self.trace: list[Event] = []
        self.reasons: list[str] = []
        self.pivots: dict[str, None] = {}
        self.depth = 0
        self.entered = 0
        self.form = ""
        self.executed: set[str] = set()
        self.sources = layout.sources
        self.files = layout.files
        self.directories = layout.directories

    @contextlib.contextmanager
    def inside(self, clause: str) -> Iterator[None]:
        """Within the block a file or the body of a function is executed.

        Raises:
            Silent: so many are that the case only tries how much an implementation can take.
        """
        self.depth += 1
        self.entered += 1
        if self.depth > _DEEPEST or self.entered > _MOST:
            raise Silent(clause)
        try:
            yield
        finally:
            self.depth -= 1

    def since(self, major: int, minor: int) -> bool:
        """Whether the language is at least that version."""
        self.changes.add((major, minor))
        return self.language >= (major, minor)

    def cite(self, *clauses: str) -> None:
        """Add clauses to the reasons of what happens next."""
        self.reasons.extend(clauses)

    def pivot(self, clause: str) -> None:
        """Note that ``clause`` decides here, against a reading by which all that follows could be different."""
        self.pivots[clause] = None

    def why(self, *clauses: str) -> Why:
        """The reasons cited so far, and ``clauses``, each once."""
        return tuple(dict.fromkeys((*self.reasons, *clauses))) or FALLBACK

    def event(self, label: str, name: Object) -> None:
        """Add to the trace, for the reasons cited since the event before."""
        self.trace.append(Event(label, name, self.why()))
        self.reasons.clear()

    def policy(self, clause: str, *options: str, choice: bool = False, about: str = "") -> str:
        """The option this world takes on a question that ``clause`` describes and the documents do not settle.

        One implementation has one policy, so the same question about the same thing has one answer in a world.

        Raises:
            Undecided: this world has not been asked before.
        """
        question = f"{clause} {about}"
        if question not in self.decided:
            raise Undecided(clause, question, options, choice=choice)
        return self.decided[question]
