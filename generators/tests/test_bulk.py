"""The same seed makes the same cases, and nothing else does anything."""

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from generators import Family, Member, Variety, generate, generate_families
from generators.choices import counts
from generators.families import families
from generators.trees import trees
from harness.model.case import Embedded, case_id
from harness.model.source import Source
from harness.model.tree import Tree

_ROOT = Path(__file__).parents[2]
_SCRIPT = """
from generators import Variety, generate
from harness.model.case import case_id
print(*[case_id(case) for case in generate(seed=7, examples=150, variety=Variety.BOTH)])
"""


def ids(seed: int, examples: int, variety: Variety = Variety.BOTH) -> list[str]:
    """The ids of generated cases."""
    return [case_id(case) for case in generate(seed=seed, examples=examples, variety=variety)]


@pytest.mark.parametrize("hashing", ["0", "1"])
def test_another_process(tmp_path: Path, hashing: str) -> None:
    """Another process, with other hashes and in another directory, makes the same cases and leaves no file."""
    environment = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-c", _SCRIPT]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert (ended.stdout.split(), list(tmp_path.iterdir())) == (ids(7, 150), [])


def test_no_source_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What literals our modules have is not looked for; whoever draws without our help looks for them as before."""
    monkeypatch.setattr(providers, "_get_local_constants", lambda: pytest.fail("sources are parsed"))
    assert len(ids(5, 200)) == 200
    with pytest.raises(pytest.fail.Exception):
        providers._get_local_constants()


def test_more_of_the_same() -> None:
    """Asking for more gives the same cases first."""
    assert ids(3, 200)[:50] == ids(3, 50)


def test_both() -> None:
    """Where both mixes are wanted each family is the next one of its kind, and every third is wide."""
    plain, wide = generate_families(seed=4), generate_families(seed=4, strategy=families(wide=True))
    turns = [family for _ in range(5) for family in (next(plain), next(plain), next(wide))]
    expected = [case_id(case) for family in turns for case in family.cases()]
    assert ids(4, 100) == list(dict.fromkeys(expected))[:100]


def test_another_seed() -> None:
    """Another seed makes other cases."""
    assert len(set(ids(1, 100)) & set(ids(2, 100))) < 20


@pytest.mark.parametrize("examples", [0, 1, 77])
def test_number(examples: int) -> None:
    """As many cases as were asked for."""
    assert len(ids(5, examples)) == examples


def test_fewer_when_there_are_no_more() -> None:
    """A strategy that has only so many families gives so many cases, and the search for more ends."""
    family = Family(Tree(), (Member(Source(), Embedded()), Member(Source(doc="doc"), Embedded())))
    assert list(generate(seed=0, examples=10, strategy=st.just(family))) == list(family.cases())


def test_knobs() -> None:
    """Families are as large as wanted, over trees as large as wanted, launched as wanted."""
    strategy = families(trees(roots=st.just(2), entries=counts(3, 3)), programs=3, launches=st.just(Embedded()))
    for family in islice(generate_families(seed=0, strategy=strategy), 20):
        cases = family.cases()
        assert (len(family.tree.roots), len(cases), {case.launch for case in cases}) == (2, 3, {Embedded()})
