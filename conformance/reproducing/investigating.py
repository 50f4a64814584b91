"""From a finding to all that can be told of it: who departs, and a program that shows it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from conformance.engine import Ground
from conformance.reproducing.confirming import Answer, confirmed
from conformance.reproducing.telling import Reproducer, Run, Witness, reproduced
from harness.diff import Divergence
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.values import Value, same
from harness.run import Implementation, Workspace
from harness.run.launching import Runner, launched
from reports.plain import Heading, sight
from reports.reproducer import reproducer
from reports.tracker import Standing, conforming, departing, told_apart

UNSEEN: Final = "it does not depart so any more"
"""What is said of a case on which the fact is now as documented."""


class Suspicion(msgspec.Struct, frozen=True):
    """What is to be shown: on a case a fact departs from a clause; without a ``fact`` whichever does."""

    case: Case
    clause: Clause | None = None
    fact: str = ""
    seen: Value = None
    text: str = ""


class Investigated(msgspec.Struct, frozen=True):
    """What came out: the divergence, who else departs, and a program that tells them apart, if one does."""

    divergence: Divergence
    where: Standing
    others: tuple[Standing, ...]
    reproducer: Reproducer | None


def investigated(
    suspicion: Suspicion,
    at: int,
    ground: Ground,
    implementations: Sequence[Implementation],
    clauses: Mapping[str, Clause],
    run: Run,
) -> Investigated | None:
    """All that can be told of it, as the implementation at that place shows it; None where it does not.

    ``implementations`` are those of the ground.
    """
    answers = confirmed(suspicion.case, ground)
    mine = answers[at]
    divergence = _divergence(suspicion, mine)
    if divergence is None:
        return None
    standings = told_apart([answer.standing(divergence.fact, divergence.seen) for answer in answers], at)
    clause = suspicion.clause or clauses.get(divergence.clause)
    heading = Heading(clause, suspicion.text, departing(standings), conforming(standings))
    seen = sight(suspicion.case, divergence.fact, divergence.expected, mine.prediction, mine.seen)
    witnesses = _witnesses(answers, at, divergence, implementations)
    general = reproducer(suspicion.case, [divergence], clauses, mine.identity.language)
    found = reproduced(seen, heading, implementations[at], witnesses, run, general)
    others = tuple(item for place, item in enumerate(standings) if place != at)
    return Investigated(divergence, standings[at], others, found)


def _divergence(suspicion: Suspicion, answer: Answer) -> Divergence | None:
    """The fact that is to be shown, or else the first that differs."""
    found = answer.judgement.divergences
    wanted = [item for item in found if item.fact == suspicion.fact]
    exact = [item for item in wanted if same(item.seen, suspicion.seen)]
    return next(iter((*exact, *wanted, *found)), None)


def _witnesses(
    answers: Sequence[Answer], at: int, divergence: Divergence, implementations: Sequence[Implementation]
) -> list[Witness]:
    """The others, quick ones first."""
    others = [
        Witness(implementation, answer.conforms(divergence.fact, divergence.expected))
        for place, (answer, implementation) in enumerate(zip(answers, implementations, strict=True))
        if place != at and "script" in implementation.identity.capabilities and implementation.identity.name != MICRO
    ]
    return sorted(others, key=lambda item: item.implementation.startup)


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
