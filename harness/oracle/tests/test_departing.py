"""What holds of predictions in which rules are taken the other way."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hypothesis import given, settings

import harness.oracle
from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.language.expressions import Bind, Call, Constant, Place, Reference
from harness.model.prediction import Ending, Exactly
from harness.oracle import declared, departed_at_end, departures, generic, may_take, predict
from harness.oracle.tests.building import LANGUAGE, case, imports, reads
from harness.oracle.tests.strategies import LANGUAGES, dense_cases

FEW: Final = settings(max_examples=25, deadline=None)


def test_each_is_told() -> None:
    """The departures from one clause have different names, and each says in a sentence what then happens."""
    named = [str(item) for item in departures()]
    assert (len(set(named)), [item for item in departures() if not item.text]) == (len(named), [])


def held(value: object) -> Iterator[Departure]:
    """The departures that a constant holds, in whatever it is."""
    match value:
        case Departure():
            yield value
        case dict():
            yield from (item for each in value.values() for item in held(each))
        case list() | tuple() | set() | frozenset():
            yield from (item for each in value for item in held(each))
        case _:
            pass


def test_each_is_known() -> None:
    """Whatever departure a module of rules holds, in itself or in a list, is one of those that are declared."""
    folder = Path(harness.oracle.__file__).parent
    names = (".".join(path.relative_to(folder).with_suffix("").parts) for path in folder.rglob("*.py"))
    own = [name for name in names if "__" not in name and not name.startswith("tests.")]
    rules = [importlib.import_module(f"harness.oracle.{name}") for name in own]
    found = {item for module in rules for value in vars(module).values() for item in held(value)}
    assert found - {*departures()} == set()


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_every_departure_can_be_made(case: Case, language: tuple[int, int]) -> None:
    """Whatever an implementation does otherwise, what then happens is predicted, with the clauses by which it does."""
    documents = predict(case, language)
    for departure in departures():
        if may_take(documents, frozenset({departure})):
            departed = predict(case, language, frozenset({departure}))
            facts = [fact for world in departed.worlds for fact in world.facts.items()]
            assert [key for key, expected in facts if not expected.clauses] == []


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_all_departures_at_once(case: Case, language: tuple[int, int]) -> None:
    """An implementation that departs wherever it can is predicted too."""
    departed = predict(case, language, frozenset(departures()))
    assert {world.ending for world in departed.worlds} <= set(Ending)


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_what_is_not_consulted_changes_nothing(case: Case, language: tuple[int, int]) -> None:
    """A departure that no rule asked for makes no difference."""
    documents = predict(case, language)
    idle = frozenset(item for item in departures() if not may_take(documents, frozenset({item})))
    assert predict(case, language, idle).worlds == documents.worlds


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_what_a_fact_holds_is_changed_at_the_end(case: Case, language: tuple[int, int]) -> None:
    """A departure in what a fact holds, which no rule asks for, leaves the course as it is documented."""
    documents = predict(case, language)
    for departure in departures():
        if generic(departure) and departure not in documents.consulted:
            departed = predict(case, language, frozenset({departure}))
            assert departed_at_end(documents, departure).worlds == departed.worlds


def test_any_exception_can_be_expected() -> None:
    """Where a departure is another exception it may be one that nobody listed beside the rule."""
    odd = declared.departure("meta.exhausted-raises-mnfe", "raises EOFError")
    missing = case({}, (imports("missing"),))
    assert may_take(predict(missing, LANGUAGE), frozenset({odd}))
    (world,) = predict(missing, LANGUAGE, frozenset({odd})).worlds
    found = world.facts["exception/type"]
    assert (isinstance(found, Exactly) and found.value, world.taken) == ("EOFError", (odd,))


def test_a_reload_without_a_name() -> None:
    """Where a reload empties a namespace and sets nothing, the code is executed without a __name__ of its own."""
    emptied = declared.departure("reload.namespace-retained", "emptied")
    kept = declared.departure("reload.attributes-reset", "kept")
    again = Bind(Call("importlib.reload", (Reference(("mod",)),)))
    (world,) = predict(case({"r0/mod.py": ()}, (imports("mod"), again)), LANGUAGE, frozenset({emptied, kept})).worlds
    assert Exactly(("event", "r0/mod.py", "builtins"), world.facts["trace/0002"].clauses) == world.facts["trace/0002"]


def test_no_end_that_no_departure_leads_to() -> None:
    """Where all is as documented the case has no end either: what departs on the way is not the cause."""
    again = Bind(Call("runpy.run_path", (Place("r0/a.py"),), (("run_name", Constant("pkg.a")),)))
    asked = case({"r0/a.py": (reads("z", "__package__"), again)}, (imports("a"),))
    otherwise = frozenset(item for item in departures() if str(item) == "runpy.path-script-specials-none: of its name")
    found = predict(asked, LANGUAGE, otherwise).worlds
    assert [(Ending.DEEP, otherwise)] == [(world.ending, frozenset(world.taken)) for world in found]
