"""A zoo of fake implementations, each with one planted fault: every one is caught and classed, the sound one is not."""

import fnmatch
import sys
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from conformance.catalogue import Vector, vectors
from conformance.cli import main
from conformance.stored import stored_cases
from conformance.tests.zoo import behaving, company, leaking, loading, naming, opening, searching
from conformance.tests.zoo.animals import (
    CAUSED,
    ODD,
    REFUSED,
    REPAIRED,
    SHY,
    TORN,
    WRONG,
    Odd,
    Refused,
    Repaired,
    Torn,
)
from conformance.tests.zoo.asking import asked, identified
from conformance.tests.zoo.building import Fault, built
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.source import Alias, Assign, FromImport, Import, Source, StarImport, Statement, Uncache
from harness.model.tree import Root, SourceFile, Tree
from harness.run import AdapterError, Limits

EXAMPLES: Final = 12
LANGUAGE: Final = sys.version_info[:2]
PATIENT: Final = Limits()
QUICK: Final = Limits(start=1.0, case=0.5, grace=0.2)
NEVER: Final = frozenset({Verdict.DIVERGES, Verdict.DOCS_SUSPECT, Verdict.FLAKY, Verdict.HARNESS_FAULT})
"""What is never said of a sound implementation."""


def matching(pattern: str) -> list[Vector]:
    """The vectors whose names match ``pattern``."""
    return [vector for name, vector in vectors().items() if fnmatch.fnmatchcase(name, pattern)]


def importing(name: str) -> Vector:
    """A vector, called like the module that its program imports."""
    case = Case(Tree((Root((SourceFile(f"{name}.py"),)),)), Source((Import((Alias(name),)),)))
    return Vector(name, "an import", ("cache.code-runs-once",), case)


def case(files: dict[str, tuple[Statement, ...]], *program: Statement) -> Case:
    """A case of files in one root and a program."""
    return Case(Tree((Root(tuple(SourceFile(path, Source(body)) for path, body in files.items())),)), Source(program))


def pairs() -> list[Vector]:
    """Cases in which a question comes up that vectors ask in one way only."""
    body = (Assign("x", 1),)
    cases = {
        **{
            f"from {name}": case(
                {f"{name}/__init__.py": body, f"{name}/sub.py": ()},
                FromImport(name, (Alias("x"), Alias("missing"), Alias("sub"))),
            )
            for name in ("odd", "even")
        },
        "an even name": case({"gone.py": (Uncache("gone"),)}, Import((Alias("gone"),))),
        "a listing that is none": case({"mod.py": (Assign("__all__", 1),)}, StarImport("mod")),
        "a path asked for later": case(
            {"pkg/__init__.py": (Assign("__path__", 1),)}, Import((Alias("pkg"),)), Import((Alias("pkg.sub"),))
        ),
    }
    return [Vector(name, "another case", ("cache.code-runs-once",), each) for name, each in cases.items()]


def test_the_sound_one_conforms(tmp_path: Path) -> None:
    """An interpreter without a fault diverges in no vector and in no generated case."""
    told = asked(None, tmp_path, [*vectors().values(), *pairs()], examples=5 * EXAMPLES, limits=PATIENT)
    assert {origin: found for origin, found in told.verdicts().items() if found & NEVER} == {}
    assert told.inconsistent() == set()


@pytest.mark.parametrize(
    "animal", [pytest.param(animal, id=animal.fault.__name__) for animal in REPAIRED if LANGUAGE < animal.until]
)
def test_a_repair_is_told(animal: Repaired, tmp_path: Path) -> None:
    """Who does as documented where a departure is expected is said to pass unexpectedly, and does not diverge."""
    told = asked(animal.fault, tmp_path, matching(animal.vectors), limits=PATIENT)
    found = set().union(*told.verdicts().values())
    assert Verdict.UNEXPECTED_PASS in found
    assert set() == found & {Verdict.KNOWN, *NEVER}


@pytest.mark.parametrize("animal", [pytest.param(animal, id=animal.fault.__name__) for animal in TORN])
def test_two_answers_are_told(animal: Torn, tmp_path: Path) -> None:
    """Who answers an open question in two ways in like situations is inconsistent, though no case diverges."""
    told = asked(animal.fault, tmp_path, [*matching(animal.vectors), *pairs()], limits=PATIENT)
    assert told.inconsistent() == {animal.question}
    assert set() == set().union(*told.verdicts().values()) & NEVER


@pytest.mark.parametrize("animal", [pytest.param(animal, id=animal.fault.__name__) for animal in ODD])
def test_odd_processes_are_classed(animal: Odd, tmp_path: Path) -> None:
    """What a process does has its verdict, with a reason, and other cases have theirs."""
    limits = QUICK if animal.fault in {behaving.hang, behaving.closed_pipe} else PATIENT
    told = asked(animal.fault, tmp_path, [importing("sound"), importing(behaving.FRAGILE)], limits=limits)
    assert {"sound": {animal.other}, behaving.FRAGILE: {animal.verdict}} == told.verdicts()
    (record,) = told.records[behaving.FRAGILE]
    assert animal.telling in " ".join([record.reason, *(item.signature for item in record.departures)])


@pytest.mark.parametrize("animal", [pytest.param(animal, id=animal.fault.__name__) for animal in REFUSED])
def test_what_is_no_implementation_is_refused(animal: Refused, tmp_path: Path) -> None:
    """A command that does not say who it is, or contradicts itself, is not asked anything."""
    limits = QUICK if animal.fault is behaving.no_hello_in_time else PATIENT
    with pytest.raises(AdapterError, match=animal.telling):
        identified(built(tmp_path / "fake", animal.fault), tmp_path, limits)


@pytest.mark.parametrize(
    ("fault", "clauses", "code"),
    [
        pytest.param(None, "submodule.*", 0, id="sound"),
        pytest.param(behaving.noise, "circular.*", 0, id="noise"),
        pytest.param(searching.parent_binding_forgotten, "circular.*", 1, id="parent_binding_forgotten"),
        pytest.param(loading.failed_module_kept, "failure.syntaxerror-*", 1, id="failed_module_kept"),
        pytest.param(naming.underscored_names_taken, "star.no-all-*", 1, id="underscored_names_taken"),
        pytest.param(company.none_entry_crashes, "from.none-*", 1, id="none_entry_crashes"),
        pytest.param(company.hidden_submodule_bound, "bind.import-dotted-*", 1, id="hidden_submodule_bound"),
        pytest.param(opening.listed_name_by_kind_of_module, "star.missing-*", 1, id="listed_name_by_kind_of_module"),
        pytest.param(behaving.exit_at_once, "circular.*", 2, id="exit_at_once"),
        pytest.param(behaving.version_contradicted, "circular.*", 2, id="version_contradicted"),
        pytest.param(behaving.half_a_report, "circular.*", 3, id="half_a_report"),
        pytest.param(behaving.noise_as_answer, "circular.*", 3, id="noise_as_answer"),
    ],
)
def test_exit_code_of_run(fault: Fault | None, clauses: str, code: int, tmp_path: Path) -> None:
    """``run`` ends with 1 for what is new, 2 for what is no implementation, 3 for a broken protocol, 0 otherwise."""
    command = built(tmp_path / "fake", fault)
    cases = tmp_path / "cases.jsonl"
    deciding = (vector for vector in vectors().values() if fnmatch.filter(vector.clauses, clauses))
    cases.write_bytes(b"".join(stored_cases(vector.case for vector in deciding)))
    ended = CliRunner().invoke(main, ["run", str(command), "--cases", str(cases), "--contain", "off"])
    assert code == ended.exit_code, ended.stderr


def test_every_fault_is_in_the_zoo() -> None:
    """No fault is written and then forgotten."""
    kept = {animal.fault for animals in (WRONG, CAUSED, SHY, REPAIRED, TORN, ODD, REFUSED) for animal in animals}
    scripts = (searching, loading, naming, behaving, company, opening, leaking)
    written = {
        item
        for script in scripts
        for name, item in vars(script).items()
        if not name.startswith("_") and getattr(item, "__module__", "") == script.__name__
    }
    assert written == kept
