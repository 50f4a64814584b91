"""The cases that every faulty interpreter is asked, in order, with what is predicted of each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Final, TypeAlias

import msgspec

import generators
from conformance.catalogue import Vector, expectations
from conformance.engine import Planned, Predictions
from conformance.engine.predictions import Predicted
from generators import Variety
from harness.model.case import Embedded, case_id
from harness.model.observation import Identity
from harness.oracle import predict
from reports.records import GENERATED

EXAMPLES: Final = 1000
"""How many cases are generated unless somebody says."""


class Question(msgspec.Struct, frozen=True):
    """A case and what is predicted of it."""

    planned: Planned
    predicted: Predicted


Series: TypeAlias = Sequence[Question]
"""Questions, in the order in which they are asked."""


def series(identity: Identity, vectors: Iterable[Vector], *, examples: int, seed: int) -> Series:
    """The vectors, spread, then so many generated cases of a seed: predicted for one implementation.

    What is known of that implementation is part of the predictions.
    """
    cases = chain(
        ((vector.name, vector.case) for vector in spread(vectors)),
        ((GENERATED, case) for case in generators.generate(seed=seed, examples=examples, variety=Variety.BOTH)),
    )
    predictions = Predictions(predict)
    known = frozenset(entry.taken for entry in expectations(identity.name) if entry.applies(identity.language))
    return [
        Question(planned, predictions.of(planned.identifier, planned.case, identity.language, known))
        for planned in (Planned(number, origin, case_id(case), case) for number, (origin, case) in enumerate(cases))
    ]


def spread(vectors: Iterable[Vector]) -> Iterator[Vector]:
    """The vectors, one of each area in turn, those that need a process of their own after all others."""
    given = list(vectors)
    embedded = [vector for vector in given if isinstance(vector.case.launch, Embedded)]
    launched = [vector for vector in given if not isinstance(vector.case.launch, Embedded)]
    return chain(_in_turn(embedded), _in_turn(launched))


def _in_turn(vectors: Sequence[Vector]) -> Iterator[Vector]:
    areas: dict[str, list[Vector]] = {}
    for vector in vectors:
        areas.setdefault(vector.clauses[0].partition(".")[0], []).append(vector)
    for row in zip_longest(*areas.values()):
        yield from (vector for vector in row if vector is not None)
