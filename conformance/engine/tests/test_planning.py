"""Which cases are asked what they refute."""

import functools

from conformance.catalogue import vectors
from conformance.engine.planning import FIRST, SPARSE, Plan, Shard
from generators import generate
from harness.model.case import Case

_MADE = FIRST + 4 * SPARSE
_WHOLE = Shard()


@functools.cache
def made() -> tuple[Case, ...]:
    """Generated cases, more than the first ones."""
    return tuple(generate(seed=0, examples=_MADE))


def plan(shard: Shard = _WHOLE) -> Plan:
    """All vectors, and generated cases beyond the first ones."""
    return Plan(tuple(vectors().values()), lambda: iter(made()), _MADE, shard)


def test_every_vector_refutes() -> None:
    """Of vectors each is, of the others few, and some."""
    told = [item.refuting for item in plan().cases()]
    assert all(told[: len(vectors())])
    assert 0 < sum(told[len(vectors()) :]) < 3 * _MADE / SPARSE


def test_a_small_run_refutes() -> None:
    """The first cases do, whatever they are."""
    only = Plan((), lambda: generate(seed=0, examples=FIRST), FIRST)
    assert all(item.refuting for item in only.cases())


def test_parts_refute_as_the_whole() -> None:
    """Which cases do is the same in every part of a run."""
    whole = {item.number for item in plan().cases() if item.refuting}
    parts = [item.number for index in (1, 2, 3) for item in plan(Shard(index, 3)).cases() if item.refuting]
    assert sorted(whole) == sorted(parts)
