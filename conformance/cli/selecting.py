"""Which cases a run asks, by the options of ``run``."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from conformance.catalogue import Vector, matching_clauses, vectors
from conformance.cli.output import CommandError
from conformance.engine import Plan, Shard
from conformance.stored import StoredError, read_stored
from generators import generate
from harness.model.case import Case
from harness.oracle import predict

EFFORT: Final = 20
"""With a glob of clauses so many cases are generated at most for each that is wanted."""


def wanted_clauses(pattern: str) -> frozenset[str]:
    """The clauses that ``pattern`` matches.

    Raises:
        CommandError: there are none.
    """
    found = frozenset(matching_clauses(pattern))
    if not found:
        raise CommandError(f"clause {pattern}: the catalogue has none that matches", "list clauses shows all of them")
    return found


def stored(paths: Iterable[Path]) -> tuple[Case, ...]:
    """The cases of these files.

    Raises:
        CommandError: one of them cannot be read, or holds no cases.
    """
    try:
        return read_stored(paths)
    except StoredError as error:
        raise CommandError(str(error), "name a case file, a file with one case a line, or a run file") from error


def plan(
    *,
    pattern: str,
    examples: int,
    seed: int,
    shard: Shard,
    languages: Sequence[tuple[int, int]],
    cases: tuple[Case, ...] = (),
) -> Plan:
    """Vectors, or where there are any the stored ``cases``, and generated cases.

    With a pattern only those whose prediction, for one of ``languages``, cites such a clause.
    """
    kept = () if cases else tuple(vectors().values())
    if pattern == "*":
        return Plan(kept, lambda: generate(seed=seed, examples=examples), examples, shard, cases)
    wanted = wanted_clauses(pattern)
    kept = tuple(vector for vector in kept if _cites(vector, wanted, languages))
    chosen = tuple(islice(cases_citing(wanted, languages, seed=seed, examples=EFFORT * examples), examples))
    return Plan(kept, lambda: iter(chosen), len(chosen), shard, tuple(_citing(cases, wanted, languages)))


def cases_citing(
    wanted: Collection[str], languages: Sequence[tuple[int, int]], *, seed: int, examples: int
) -> Iterator[Case]:
    """Of so many generated cases those whose prediction, for one of ``languages``, cites one of the clauses."""
    return _citing(generate(seed=seed, examples=examples), frozenset(wanted), languages)


def _cites(vector: Vector, wanted: frozenset[str], languages: Sequence[tuple[int, int]]) -> bool:
    return bool(wanted & set(vector.clauses)) or any(_citing([vector.case], wanted, languages))


def _citing(cases: Iterable[Case], wanted: frozenset[str], languages: Sequence[tuple[int, int]]) -> Iterator[Case]:
    versions = sorted(set(languages))
    for case in cases:
        if any(wanted & predict(case, version).clauses() for version in versions):
            yield case
