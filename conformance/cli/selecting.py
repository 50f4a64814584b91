"""Which cases a run asks, by the options of ``run``."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import Final

import generators
from conformance.catalogue import Vector, catalogue, chapters, matching_clauses, vectors
from conformance.cli.hints import perhaps
from conformance.cli.output import CommandError
from conformance.cli.stopping import Stop
from conformance.engine import Plan, Shard
from conformance.stored import StoredError, read_stored
from generators import Variety
from harness.model.case import Case
from harness.model.versions import Version
from harness.oracle import predict
from reports.wording import plural

EFFORT: Final = 20
"""With a glob of clauses so many cases are generated at most for each that is wanted."""


OBSERVERS: Final = ("HYPOTHESIS_EXPERIMENTAL_OBSERVABILITY", "HYPOTHESIS_EXPERIMENTAL_OBSERVABILITY_NOCOVER")
"""The variables that have Hypothesis write files."""


def wanted_clauses(pattern: str) -> frozenset[str]:
    """The clauses that ``pattern`` matches: globs, areas and chapters, with commas between them.

    Raises:
        CommandError: one of them matches none.
    """
    return frozenset(clause for part in pattern.split(",") for clause in _matching(part))


def _matching(pattern: str) -> tuple[str, ...]:
    found = matching_clauses(pattern) if pattern.strip() else ()
    if not found:
        areas = [area for each in chapters().values() for area in each]
        message = f"clause {pattern.strip() or repr(pattern)}: the catalogue has none that matches"
        raise CommandError(message, perhaps(pattern, [*catalogue(), *areas], f"areas are {', '.join(areas)}"))
    return found


def unobserved(environ: Mapping[str, str]) -> None:
    """Generated cases are made for this run alone.

    Raises:
        CommandError: the environment asks that what is generated be written down, elsewhere.
    """
    for name in OBSERVERS:
        if name in environ:
            message = f"{name} is set: Hypothesis would write down each case that is generated"
            raise CommandError(message, "unset it, or generate nothing (run --vectors-only)")


def material(mix: Variety) -> tuple[Case, ...]:
    """What is merged, if anything is: the cases of all vectors, in the order of the catalogue."""
    return tuple(vector.case for vector in vectors().values()) if mix is Variety.MERGED else ()


def stored(paths: Iterable[Path], stop: Stop) -> tuple[Case, ...]:
    """The cases of these files.

    Raises:
        Stopped: there is a reason to stop.
        CommandError: one of them cannot be read, or holds no cases.
    """
    try:
        return read_stored(paths, stop.check)
    except StoredError as error:
        raise CommandError(str(error), "name a case file, a file with one case a line, or a run file") from error


def plan(
    *,
    pattern: str,
    examples: int,
    make: Callable[[int], Iterator[Case]],
    shard: Shard,
    languages: Sequence[Version],
    cases: tuple[Case, ...],
    stop: Stop,
) -> Plan:
    """Vectors, or where there are any the stored ``cases``, and generated cases; those end where there is a reason to.

    ``make`` generates as many cases as it is told. With a pattern only those count whose prediction, for one of
    ``languages``, cites such a clause.

    Raises:
        CommandError: there are none.
        Stopped: there is a reason to stop.
    """
    kept = () if cases else tuple(vectors().values())
    if pattern == "*":

        def generated() -> Iterator[Case]:
            return takewhile(lambda _: not stop(), make(examples))

        return _some(Plan(kept, generated, examples, shard, cases), pattern)
    wanted = wanted_clauses(pattern)
    kept = tuple(vector for vector in stop.heeded(kept) if _cites(vector, wanted, languages))
    made = stop.heeded(make(EFFORT * examples))
    chosen = tuple(islice(_citing(made, wanted, languages), examples))
    own = tuple(_citing(stop.heeded(cases), wanted, languages))
    return _some(Plan(kept, lambda: iter(chosen), len(chosen), shard, own), pattern)


def _some(plan: Plan, pattern: str) -> Plan:
    """The plan, if there is anything to ask.

    Raises:
        CommandError: there is not.
    """
    if plan.total:
        return plan
    if plan.shard.size(plan.whole) < plan.whole:
        message = f"--shard {plan.shard}: of {plural(plan.whole, 'case')} that part has none"
        raise CommandError(message, "divide the run into fewer parts")
    raise CommandError(
        f"--clauses {pattern}: they decide none of the cases",
        "explain CLAUSE tells whether any case does; more --examples may hold one",
    )


def cases_citing(wanted: Collection[str], languages: Sequence[Version], *, seed: int, examples: int) -> Iterator[Case]:
    """Of so many generated cases those whose prediction, for one of ``languages``, cites one of the clauses."""
    made = generators.generate(seed=seed, examples=examples, variety=Variety.BOTH)
    return _citing(made, frozenset(wanted), languages)


def _cites(vector: Vector, wanted: frozenset[str], languages: Sequence[Version]) -> bool:
    return bool(wanted & set(vector.clauses)) or any(_citing([vector.case], wanted, languages))


def _citing(cases: Iterable[Case], wanted: frozenset[str], languages: Sequence[Version]) -> Iterator[Case]:
    versions = sorted(set(languages))
    for case in cases:
        if any(wanted & predict(case, version).clauses() for version in versions):
            yield case
