"""Which faults are drawn."""

from collections import Counter

import pytest

from conformance.sensitivity import MODULES, Fault, faults_of, original, sample
from harness.run import AdapterError

SOURCE = "\n".join(f"a{number} = {number}" for number in range(200))

DRAWN = ["m:<module>:94:wrong-constant:1", "m:<module>:86:dropped-store:1"]


def test_every_module_has_places(all_places: tuple[Fault, ...]) -> None:
    """Each of the modules is written in Python by CPython, and each can have faults."""
    assert set(MODULES) == {fault.module for fault in all_places}


def test_ids_are_unique(all_places: tuple[Fault, ...]) -> None:
    """No two faults have one id."""
    assert [] == [name for name, times in Counter(fault.id for fault in all_places).items() if times > 1]


def test_site_is_what_concerns_imports(all_places: tuple[Fault, ...]) -> None:
    """Interactive sessions are none of the documents' matter; path configuration files are."""
    functions = {fault.function for fault in all_places if fault.module == "site"}
    assert {"main", "addsitedir", "addpackage", "venv", "execsitecustomize", "check_enableusersite"} <= functions
    assert set() == {"setquit", "sethelper", "enablerlcompleter.register_readline", "_script"} & functions


def test_a_sample_is_told_by_the_seed() -> None:
    """One seed draws one sample, another another."""
    faults = faults_of(SOURCE, "m")
    assert DRAWN == [fault.id for fault in sample(faults, 2, seed=1)]
    assert set(sample(faults, 50, seed=1)) != set(sample(faults, 50, seed=2))


def test_a_smaller_sample_begins_a_larger_one() -> None:
    """More faults of one seed are the same ones and others."""
    faults = faults_of(SOURCE, "m")
    assert sample(faults, 50, seed=1) == sample(faults[::-1], 80, seed=1)[:50]


def test_all_places_are_drawn_alike() -> None:
    """Over many seeds every place is drawn about as often as any other."""
    faults = faults_of(SOURCE, "m")[:40]
    drawn = Counter(fault.id for seed in range(400) for fault in sample(faults, 10, seed=seed))
    assert 40 == len(drawn)
    assert all(60 <= times <= 140 for times in drawn.values())


def test_what_is_no_interpreter_is_refused() -> None:
    """A command that says nothing of itself is the environment's fault."""
    with pytest.raises(AdapterError, match="expected an interpreter with a library of its own"):
        original(("false",))
