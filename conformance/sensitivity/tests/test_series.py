"""Which cases faulty interpreters are asked, and in which order."""

from conformance.catalogue import vectors
from conformance.sensitivity.series import series, spread
from harness.model.case import Embedded
from harness.model.observation import Identity

IDENTITY = Identity("cpython", "3.12.1", (3, 12), ("python",))


def test_every_vector_once() -> None:
    """All vectors are asked, each once, those that need a process of their own last."""
    order = list(spread(vectors().values()))
    kinds = [isinstance(vector.case.launch, Embedded) for vector in order]
    assert sorted(vectors()) == sorted(vector.name for vector in order)
    assert sorted(kinds, reverse=True) == kinds


def test_areas_take_turns() -> None:
    """No two of the first vectors are of one area."""
    areas = {vector.clauses[0].partition(".")[0] for vector in vectors().values() if _embedded(vector.name)}
    first = [vector.clauses[0].partition(".")[0] for vector in spread(vectors().values())][: len(areas)]
    assert sorted(areas) == sorted(first)


def _embedded(name: str) -> bool:
    return isinstance(vectors()[name].case.launch, Embedded)


def test_the_seed_decides() -> None:
    """The same seed gives the same cases, another one others."""
    first, again, other = (_cases(seed) for seed in (3, 3, 4))
    assert (True, True) == (first == again, first != other)


def _cases(seed: int) -> list[str]:
    return [question.planned.identifier for question in series(IDENTITY, (), examples=21, seed=seed)]


def test_numbers_are_positions() -> None:
    """A question has its position as its number, and vectors come before what is generated."""
    asked = series(IDENTITY, list(vectors().values())[:5], examples=7, seed=0)
    assert list(range(12)) == [question.planned.number for question in asked]
    assert ["generated"] * 7 == [question.planned.origin for question in asked[5:]]
