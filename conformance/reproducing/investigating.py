"""From a finding to all that can be told of it: who departs, and a program that shows it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from conformance.engine.causes import sentence
from conformance.reproducing.confirming import Answer, Asked
from conformance.reproducing.telling import CONFORMS, DEPARTS, Reproducer, Run, Witness, reproduced, status
from harness.diff import Divergence
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.values import Value, same
from harness.run import AdapterError, HarnessError, Implementation, Workspace
from harness.run.launching import Runner, launched
from harness.run.together import together
from reports.plain import Heading, sight, titled
from reports.reproducer import reproducer
from reports.tracker import Standing, conforming, departing, told_apart

UNSEEN: Final = "it does not depart so any more"
"""What is said of a case on which the fact is now as documented."""


class Suspicion(msgspec.Struct, frozen=True):
    """What is to be shown: on a case a fact departs from a clause; without a ``fact`` whichever does.

    ``cause`` names the clause, and how it is departed from; ``text`` says in words what then happens, if that is known,
    ``as_if`` what may happen.
    ``expected`` is what was to be expected of who departs, which need not be what the documents say: another departure
    may be known of him. Without any it is whatever they say.
    ``whose`` are those whom a finding was of, as its run calls them.
    """

    case: Case
    clause: Clause | None = None
    fact: str = ""
    seen: Value = None
    text: str = ""
    cause: str = ""
    expected: tuple[Value, ...] = ()
    as_if: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()


class Investigated(msgspec.Struct, frozen=True):
    """What came out: the divergence, who else departs, and a program that tells them apart, if one does.

    ``title`` says what is seen in one sentence, ``message`` what the exception said that ended the program, if any did.
    ``given`` are departures that are known of it, and happen here as well: it is told what departs beside them.
    """

    divergence: Divergence
    where: Standing
    others: tuple[Standing, ...]
    reproducer: Reproducer | None
    title: str
    message: str
    given: tuple[str, ...] = ()


def investigated(
    suspicion: Suspicion,
    at: int,
    asked: Asked,
    implementations: Sequence[Implementation],
    clauses: Mapping[str, Clause],
    run: Run,
) -> Investigated | None:
    """All that can be told of it, as the implementation at that place shows it; None where it does not.

    ``asked`` is its case, ``implementations`` are those who are asked.
    """
    answers, given = _judged(suspicion, asked, at)
    mine = answers[at]
    divergence = _divergence(suspicion, mine)
    if divergence is None:
        return None
    clause = suspicion.clause or clauses.get(divergence.clause)
    fact = (divergence.fact, divergence.expected)
    standing = [answer.standing(clause, *fact, divergence.seen, mine.ended) for answer in answers]
    standings = told_apart(standing, at, suspicion.whose)
    seen = sight(suspicion.case, divergence.fact, divergence.expected, mine.prediction, mine.seen)
    others = [
        Witness(item, answer.conforms(clause, *fact))
        for place, (answer, item) in enumerate(zip(answers, implementations, strict=True))
        if place != at and can_run(item)
    ]
    witnesses = sorted(others, key=lambda item: item.implementation.startup)  # quick ones first
    general = reproducer(suspicion.case, [divergence], clauses, mine.identity.language)
    heading = Heading(clause, suspicion.text, given=tuple(sentence(name) or name for name in given))
    found = reproduced(seen, heading, implementations[at], witnesses, run, general)
    if found is not None:
        standings = _tried(standings, at, found, implementations, run)
        named = {"departing": departing(standings), "conforming": conforming(standings)}
        found = found.headed(msgspec.structs.replace(heading, **named))
    title = titled(seen, found.program if found else None)
    rest = (*standings[:at], *standings[at + 1 :])
    return Investigated(divergence, standings[at], rest, found, title, seen.told, given)


def showing(suspicion: Suspicion, places: Sequence[int], asked: Asked) -> int | None:
    """At which of these places it is seen: just as it is suspected, or in that fact, or else in any other."""
    found = [(at, _divergence(suspicion, _judged(suspicion, asked, at)[0][at])) for at in places]
    seen = [(item.fact != suspicion.fact, not same(item.seen, suspicion.seen), at) for at, item in found if item]
    return min(seen, key=lambda item: item[:2], default=(True, True, None))[-1]


def _judged(suspicion: Suspicion, asked: Asked, at: int) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """What everybody does, and what is taken as given: nothing, unless what is suspected is seen only beside that.

    Or unless nobody else does as documented, while with that some do: it departs in another way than all of them.
    """
    answers = asked.answers
    so = _just_so(suspicion, answers[at])
    if not suspicion.expected or (so and _somebody_else(answers, at)):
        return answers, ()
    beside = asked.beside(at)
    apart = so and _somebody_else(beside, at) and _shows(suspicion, beside[at])
    if not apart and not _just_so(suspicion, beside[at]):
        return answers, ()
    return beside, tuple(sorted({str(item) for world in beside[at].prediction.worlds for item in world.taken}))


def _somebody_else(answers: Sequence[Answer], at: int) -> bool:
    """Whether another than the one at that place does as is expected, or nobody else is asked."""
    return len(answers) == 1 or any(answer.documented for place, answer in enumerate(answers) if place != at)


def _shows(suspicion: Suspicion, answer: Answer) -> bool:
    """Whether the fact departs as it was seen to, whatever is expected."""
    found = answer.judgement.divergences
    return any(item.fact == suspicion.fact and same(item.seen, suspicion.seen) for item in found)


def _just_so(suspicion: Suspicion, answer: Answer) -> bool:
    """Whether the fact departs as it is suspected to, from what was to be expected."""
    return any(
        item.fact == suspicion.fact
        and same(item.seen, suspicion.seen)
        and {*map(repr, item.expected)} == {*map(repr, suspicion.expected)}
        for item in answer.judgement.divergences
    )


def _tried(
    standings: Sequence[Standing], at: int, found: Reproducer, implementations: Sequence[Implementation], run: Run
) -> tuple[Standing, ...]:
    """The same, once the program was run on whoever it names: one on which it ends otherwise is not to be named.

    On the one at that place it was tried before.
    """

    def judged(place: int, _stopped: Callable[[], bool]) -> Standing:
        standing = standings[place]
        wanted = DEPARTS if standing.departs else CONFORMS if standing.conforms else None
        if place == at or wanted is None or status(run, implementations[place], found.text, found.runner) == wanted:
            return standing
        return msgspec.structs.replace(standing, at_odds=True)

    return tuple(together(judged, range(len(standings)), slow=lambda place: implementations[place].startup))


def can_run(implementation: Implementation) -> bool:
    """Whether what a plain reproducer needs can be expected of it, whatever it is called here."""
    said = implementation.told or implementation.identity
    return "script" in said.capabilities and said.name != MICRO


def _divergence(suspicion: Suspicion, answer: Answer) -> Divergence | None:
    """The fact that is to be shown, or else the first that differs."""
    found = answer.judgement.divergences
    wanted = [item for item in found if item.fact == suspicion.fact]
    exact = [item for item in wanted if same(item.seen, suspicion.seen)]
    return next(iter((*exact, *wanted, *found)), None)


MICRO: Final = "micropython"
"""Who has not the library that a reproducer needs: another Python asks it."""


def runner(
    workspace: Workspace, environment: Mapping[str, str], host: str, stopped: Callable[[], bool] = lambda: False
) -> Run:
    """Runs programs; ``host`` is the Python that runs this."""

    def run(implementation: Implementation, text: str, runner: Runner) -> int | None:
        ended = launched(
            implementation, text, workspace, environment=environment, host=host, runner=runner, stopped=stopped
        )
        return None if ended.late else ended.status

    return run


def whole_version(implementation: Implementation, workspace: Workspace, environment: Mapping[str, str]) -> str:
    """All that ``sys.version`` says there, on one line; nothing where it does not say it."""
    text = "import sys\nprint(sys.version)\n"
    try:
        ended = launched(implementation, text, workspace, environment=environment, host="")
    except (AdapterError, HarnessError):
        return ""
    return "" if ended.late or ended.status else " ".join(ended.stdout.decode("utf-8", "replace").split())
