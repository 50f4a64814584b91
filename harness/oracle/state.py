"""One world in which a case is predicted: what it has done so far, and by which clauses."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, Never, TypeAlias

from harness.model.departure import Departure
from harness.model.exceptions import BASES, SINCE
from harness.model.language.expressions import Hook, Place
from harness.model.language.word import Word
from harness.model.observation import MOST_EVENTS
from harness.model.prediction import Answer
from harness.model.source import Source
from harness.model.versions import FIRST, LAST, Version, bound, reaches
from harness.oracle.departing import RAISES
from harness.oracle.found import FinderObject
from harness.oracle.layout import Layout
from harness.oracle.objects import (
    Importer,
    InstanceObject,
    ModuleObject,
    Namespace,
    Object,
    Raised,
    Scope,
    Why,
)

FALLBACK: Why = ("scope.statements-in-order",)
"""Cited by what nothing but the order of statements decides."""

_DEEPEST: Final = 40
"""Files and functions being executed at once; beyond, a case only tries how deep an implementation can recurse."""

_MOST: Final = 2000
"""Files and functions executed at all; beyond, a case only tries how long an implementation can run."""


class OddEntry(NamedTuple):
    """An entry of ``sys.path`` that is not the path of a root."""

    value: Object


class Silent(Exception):  # noqa: N818 - no error: the documents say nothing of what comes next
    """The documents do not say what happens next; nothing after this point is predicted.

    ``deep``: what is executed goes so deep, or on for so long, that it is not followed.
    """

    def __init__(self, *clauses: str, deep: bool = False) -> None:
        super().__init__(*clauses)
        self.clauses: Why = clauses
        self.deep = deep


class Endless(Exception):  # noqa: N818 - no error: an implementation that departs so never comes to an end
    """What a departure leads to has no end."""


class Unbegun(Exception):  # noqa: N818 - no error of the oracle: the program is refused
    """The program does not begin. Nothing is observed but that: no event, and a status of which no document speaks.

    Where it is ``refused`` by an implementation, and not by the documents, that is an error like any other: status 1.
    """

    def __init__(self, clause: str, *, refused: bool = False) -> None:
        super().__init__(clause)
        self.clause = clause
        self.refused = refused


class Question(NamedTuple):
    """What the documents leave open, and the situation in which it is asked."""

    clause: str
    situation: str


class Undecided(Exception):  # noqa: N818 - no error: the prediction is repeated once for each group of answers
    """A question on which the documents are silent or leave a choice.

    ``groups`` are the answers it may have: those of a group make no difference so far.
    """

    def __init__(self, question: Question, groups: tuple[tuple[Answer, ...], ...]) -> None:
        super().__init__(question)
        self.question = question
        self.groups = groups


class Event(NamedTuple):
    """An entry of the trace, and the clauses by which it is there."""

    label: str
    name: Object
    why: Why


Answers: TypeAlias = Mapping[Question, tuple[Answer, ...]]
"""The answers that are still possible to the questions that were asked: one where it is decided."""

Choose: TypeAlias = Callable[[Answers, Undecided], tuple[Answer, ...]]
"""The group of answers that a world with those before goes on with, or it raises what it is given."""


def restart(_decided: Answers, undecided: Undecided) -> tuple[Answer, ...]:
    """No world goes on where something is undecided.

    Raises:
        Undecided: always.
    """
    raise undecided


class Setting:
    """What all worlds of one prediction have in common.

    ``execute`` runs the body of a module, ``rules`` are those of what can be said; ``otherwise`` are the departures to
    make. ``changes`` gathers the versions that made a difference, or could have, ``consulted`` the departures.
    """

    def __init__(
        self,
        layout: Layout,
        language: Version,
        execute: Callable[["State", Source, ModuleObject, str], None],
        rules: "Rules",
        otherwise: frozenset[Departure] = frozenset(),
    ) -> None:
        self.layout = layout
        self.language = language
        self.execute = execute
        self.rules = rules
        self.otherwise = otherwise
        self.changes: set[Version] = set()
        self.consulted: set[Departure] = set()

    def same(self) -> tuple[Version, Version]:
        """Since when, and until when, none of the versions that made a difference lies between."""
        before = (change for change in self.changes if reaches(self.language, change))
        after = (change for change in self.changes if not reaches(self.language, change))
        return max(before, default=FIRST), min(after, default=LAST)


class State:
    """The module cache, the search path, the files and the trace of one world.

    ``decided`` holds the answers this world gives, to which ``choose`` adds; ``taken`` the departures it has made.
    ``instances`` are all of classes of the case. ``importer`` is what is built in as ``__import__``, ``None`` for
    the standard function. ``finders`` are those that pkgutil has cached, by directory. ``removed`` are the modules
    the program took out of the cache, ``failed`` the exceptions of modules that failed; ``sought`` are the names
    that a from-import is to take, by module; ``compiled``, what files were compiled to first; ``futures`` tells of
    each source being executed whether it makes annotations texts; ``behind``, how many entries of the path stand
    behind those of the host; ``warned_otherwise``, that the program itself has warned. ``handled`` are the
    exceptions that are being handled, innermost last; None stands for what the import system, or -m, may handle
    while it executes a module.
    """

    def __init__(self, setting: Setting, decided: Answers, choose: Choose = restart) -> None:
        layout = setting.layout
        self.language = setting.language
        self.decided = dict(decided)
        self._choose = choose
        self._presumed: dict[Question, str] = {}
        self.execute = setting.execute
        self.rules = setting.rules
        self.taken: dict[Departure, None] = {}
        self._setting = setting
        self._otherwise = setting.otherwise
        self._consulted = setting.consulted
        self.cache = Namespace()
        self.path: list[str | OddEntry] = list(layout.path)
        self.path_begun: tuple[str | OddEntry, ...] = layout.path
        self.behind, self.replaced = 0, False
        self.trace: list[Event] = []
        self.reasons: list[str] = []
        self.depth, self.entered, self.form = 0, 0, ""
        self.importer: Importer | None = None
        self.instances: list[InstanceObject] = []
        self.executed: set[str] = set()
        self.compiled: dict[str, Source] = {}
        self.library: dict[str, ModuleObject] = {}
        self.sought: dict[str, frozenset[str]] = {}
        self.futures: list[bool] = []
        self.finders: dict[str, FinderObject] = {}
        self.removed: dict[str, ModuleObject] = {}
        self.failed: dict[str, Raised] = {}
        self.handled: list[Raised | None] = []
        self.warned: dict[str, Why] = {}
        self.not_warned: Why = ()
        self.warned_otherwise = False
        self.sources = layout.sources
        self.files = layout.files
        self.directories = layout.directories
        self.shared = layout.shared
        self.texts = layout.texts
        self.archives = layout.archives
        self.working, self.named = layout.working, layout.named

    def clear(self) -> None:
        """Let go of what refers to itself by way of this world, which is over: it would stay until cycles are found."""
        self.failed.clear()
        self.handled.clear()
        for held in (*self.cache.values.values(), *self.removed.values()):
            if isinstance(held, ModuleObject):
                held.namespace.values.clear()
                if held.spec is not None:
                    held.spec.loader = None

    @contextlib.contextmanager
    def inside(self, clause: str) -> Iterator[None]:
        """Within the block a file or the body of a function is executed.

        Raises:
            Silent: so many are that the case only tries how much an implementation can take.
            Endless: so many are because of a departure.
        """
        self.depth += 1
        self.entered += 1
        if self.depth > _DEEPEST or self.entered > _MOST:
            if self.taken:
                raise Endless
            raise Silent(clause, deep=True)
        try:
            yield
        finally:
            self.depth -= 1

    def since(self, major: int, minor: int, micro: int = 0) -> bool:
        """Whether the language is at least that version."""
        version = bound(major, minor, micro)
        self._setting.changes.add(version)
        return reaches(self.language, version)

    def introduced(self, error: str) -> bool:
        """Whether the language has that built-in exception."""
        return error in BASES and (error not in SINCE or self.since(*SINCE[error]))

    def departs(self, departure: Departure) -> bool:
        """Whether this world departs so, here where it makes a difference."""
        self._consulted.add(departure)
        if departure not in self._otherwise:
            return False
        self.taken[departure] = None
        return True

    def decide(self, *departures: Departure) -> Departure | None:
        """Which of several departures this world makes here, ``None`` where all is as documented."""
        self._consulted.update(departures)
        if not self._otherwise:
            return None
        return next((item for item in departures if item in self._otherwise and self.departs(item)), None)

    def error(self, documented: str, others: tuple[Departure, ...]) -> str:
        """The exception that is documented, or the one that this world raises instead: one of ``others``, or any."""
        taken = self.decide(*others)
        for item in self._otherwise:
            if item.clause == others[0].clause and item.name.startswith(RAISES) and self.departs(item):
                taken = item
        return documented if taken is None else taken.name.removeprefix(RAISES)

    def cite(self, *clauses: str) -> None:
        """Add clauses to the reasons of what happens next."""
        self.reasons.extend(clauses)

    def why(self, *clauses: str) -> Why:
        """The reasons cited so far, and ``clauses``, each once."""
        every = (*self.reasons, *clauses)
        return tuple(dict.fromkeys(every)) if every[1:] else every or FALLBACK

    def event(self, label: str, name: Object) -> None:
        """Add to the trace, for the reasons cited since the event before.

        Raises:
            Silent: there are more events than are observed.
            Endless: there are, because of a departure.
        """
        if len(self.trace) == MOST_EVENTS:
            if self.taken:
                raise Endless
            raise Silent("scope.statements-in-order")
        self.trace.append(Event(label, name, self.why()))
        self.reasons.clear()

    def policy(self, clause: str, *options: str, choice: bool = False, about: str = "") -> str:
        """The option this world takes on a question that ``clause`` describes and the documents do not settle.

        One implementation has one policy: in like situations, those of one ``about``, the same question has one answer.

        Raises:
            Undecided: this world has not been asked before.
        """
        groups = ((option,) for option in options)
        return self.course(clause, *groups, choice=choice, about=about)[0]

    def course(self, clause: str, *groups: tuple[str, ...], choice: bool = False, about: str = "") -> tuple[str, ...]:
        """The group that has the option which this world takes, where the options of a group make no difference.

        Raises:
            Undecided: more than one of them is still possible.
        """
        question = Question(clause, about)
        known = self.decided.get(question)
        if known is not None and len(known) == 1:
            return (known[0].option,)
        left = [
            tuple(Answer(clause, about, option, choice) for option in group)
            if known is None
            else tuple(answer for answer in known if answer.option in group)
            for group in groups
        ]
        left = [answers for answers in left if answers]
        if len(left) > 1 or known is None:
            undecided = Undecided(question, tuple(left))
            usual = left[0][0].option
            if known is not None or self._presumed.get(question, usual) != usual:
                raise undecided
            left = [self._choose(self.decided, undecided)]
            self.decided[question] = left[0]
        return tuple(answer.option for answer in left[0])

    def so_far(self, clause: str, usual: str, about: str = "") -> str:
        """The option this world goes by as long as it makes no difference; who sees that it does asks ``policy``."""
        question = Question(clause, about)
        known = self.decided.get(question)
        self._presumed[question] = usual if known is None else known[0].option
        return self._presumed[question]

    def answered(self, clause: str) -> bool:
        """Whether this world has an answer to a question whose situations are all alike."""
        return Question(clause, "") in self.decided

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers that this world gives, in the order in which they were asked for."""
        return tuple(known[0] for known in self.decided.values() if len(known) == 1)


Rule: TypeAlias = Callable[[State, Scope, Never], None]
"""What a statement of one type does, which is the third argument."""

Argument: TypeAlias = Object | Namespace | Place | Hook
"""What a function is given: an object, the names of where the call stands, a path in the tree, or a hook."""

Meaning: TypeAlias = Callable[[State, Scope, Mapping[str, Argument]], Object]
"""What a documented function does with its arguments, by parameter, and what it returns."""


Holding: TypeAlias = Callable[[State], Object]
"""What the library holds by a documented name."""


Lack: TypeAlias = Callable[[State], None]
"""Raises where a version has no such function: what is called is evaluated before its arguments are."""


class Rules(NamedTuple):
    """What statements, documented functions, versions without them, and what else the library holds mean."""

    statements: Mapping[type[Word], Callable[[State, Scope, Any], None]]
    functions: Mapping[str, Meaning]
    lacking: Mapping[str, Lack]
    held: Mapping[str, Holding]
