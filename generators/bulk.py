"""Many cases from one seed: the same ones in the same order, in whatever process they are made."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, cycle, islice
from typing import Final

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.configuration import set_hypothesis_home_dir, storage_directory
from hypothesis.internal.conjecture import providers
from hypothesis.strategies import SearchStrategy

from generators.families import Family, families
from generators.merging import merged
from generators.varieties import Variety
from harness.model.case import Case
from harness.model.codec import encode

# From the tenth valid example on Hypothesis repeats parts of the one before, and the cases would resemble each other.
_BATCH: Final = 9

_BARREN: Final = 20

_LITERALS: Final = "_get_local_constants"
"""What Hypothesis calls, where it still has it, to parse all loaded modules of ours: that takes a second."""


def generate(
    *,
    seed: int,
    examples: int,
    strategy: SearchStrategy[Family] | None = None,
    variety: Variety = Variety.PLAIN,
    material: Sequence[Case] = (),
) -> Iterator[Case]:
    """``examples`` distinct cases; those of one family follow each other.

    Without a ``strategy`` the families are of that ``variety``; what is merged is the ``material``. A larger number of
    examples begins with the same cases. Fewer come only if ``strategy`` has no more to give.
    """
    drawn = _varied(seed, variety, material) if strategy is None else generate_families(seed=seed, strategy=strategy)
    return islice(distinct(drawn), examples)


def distinct(drawn: Iterable[Family]) -> Iterator[Case]:
    """The cases of families, one after the other, each once."""
    seen: set[bytes] = set()
    for family in drawn:
        tree = encode(family.tree)
        for case, member in zip(family.cases(), family.members, strict=True):
            identity = hashlib.sha256(tree + encode(member)).digest()
            if identity not in seen:
                seen.add(identity)
                yield case


def interleaved(plain: Iterator[Family], wide: Iterator[Family]) -> Iterator[Family]:
    """Each family is the next one of its kind, and its place tells which that is; as long as there is one."""
    for kind in cycle((plain, plain, wide)):
        family = next(kind, None)
        if family is None:
            return
        yield family


def _varied(seed: int, variety: Variety, material: Sequence[Case]) -> Iterator[Family]:
    """Families without end."""
    plain, wide = generate_families(seed=seed), generate_families(seed=seed, strategy=families(wide=True))
    match variety:
        case Variety.PLAIN:
            return plain
        case Variety.WIDE:
            return wide
        case Variety.BOTH:
            return interleaved(plain, wide)
        case Variety.MERGED:
            return generate_families(seed=seed, strategy=merged(material))


def generate_families(*, seed: int, strategy: SearchStrategy[Family] | None = None) -> Iterator[Family]:
    """Distinct families without end, or until ``strategy`` repeats itself for many batches."""
    wanted = strategy if strategy is not None else families()
    seen: set[bytes] = set()
    barren = 0
    for number in count():
        fresh = {key: item for item in _batch(wanted, f"{seed}/{number}") if (key := _digest(item)) not in seen}
        barren = 0 if fresh else barren + 1
        if barren == _BARREN:
            return
        seen.update(fresh)
        yield from fresh.values()


def _digest(family: Family) -> bytes:
    """What stands for a family: the text of its cases, in which 1 is not True; a run may have many families."""
    return hashlib.blake2b(encode((family.tree, family.members)), digest_size=16).digest()


def _batch(strategy: SearchStrategy[Family], key: str) -> list[Family]:
    found: list[Family] = []

    @seed(key)
    @settings(
        database=None,
        deadline=None,
        derandomize=False,
        max_examples=_BATCH,
        phases=[Phase.generate],
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(strategy)
    def collect(family: Family) -> None:
        found.append(family)

    with _nothing_written(), _nothing_parsed():
        collect()
    return found


@contextmanager
def _nothing_parsed() -> Iterator[None]:
    """No literals of ours are looked for: none lies where numbers are drawn, as :mod:`generators.choices` has them."""
    before = vars(providers).get(_LITERALS)
    if before is not None:
        setattr(providers, _LITERALS, lambda: providers.GLOBAL_CONSTANTS)
    try:
        yield
    finally:
        if before is not None:
            setattr(providers, _LITERALS, before)


@contextmanager
def _nothing_written() -> Iterator[None]:
    """Hypothesis keeps what it finds in sources in a directory below the current one; here it finds no room."""
    before = storage_directory(intent_to_write=False).path
    set_hypothesis_home_dir(os.devnull)
    try:
        yield
    finally:
        set_hypothesis_home_dir(before)
