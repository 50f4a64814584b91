"""What holds of every prediction."""

import re
from typing import Final

import msgspec
import pytest
from hypothesis import given, settings

from harness.model.case import Case, Embedded, scope
from harness.model.language.dunder_import import ReplaceImport
from harness.model.prediction import Ending, Exactly, OneOf, Prediction, Unspecified
from harness.model.source import (
    Alias,
    Assign,
    Block,
    FromImport,
    Function,
    Import,
    Invoke,
    Items,
    Mark,
    Raise,
    Read,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import Root, SourceFile, Tree
from harness.model.versions import FIRST, LAST
from harness.oracle import predict
from harness.oracle.execution import execute_module
from harness.oracle.layout import laid_out
from harness.oracle.rules import RULES
from harness.oracle.state import Setting, State
from harness.oracle.tests.strategies import LANGUAGES, dense_cases

EMPTY: Final = Case(Tree((Root(),)), Source())
FEW: Final = settings(max_examples=40, deadline=None)
ROOTS: Final = 4
"""More than the programs of the strategies name."""
KEYS: Final = re.compile(
    r"outcome|trace/(\d{4}|length)|exception/((message-|repr-)?(name|path)|type|cause|context)|names|binding/\w+|modules|argv0|path0|warnings"
    r"|(main|module/[\w.]+)/(__(name|package|path|file|cached|doc|spec|loader)__|spec\.\w+|same-path|repr|dir|names|value/\w+)"
    r"|module/[\w.]+"
)


def exact(prediction: Prediction, key: str) -> tuple[object, ...]:
    """The items of a list that is predicted for certain, empty where it is not."""
    found = prediction.facts.get(key)
    return found.value[1:] if isinstance(found, Exactly) and isinstance(found.value, tuple) else ()


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_deterministic(case: Case, language: tuple[int, int]) -> None:
    """One case has one prediction."""
    assert predict(case, language) == predict(case, language)


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_each_fact_cites(case: Case, language: tuple[int, int]) -> None:
    """No fact is predicted, or left open, without a clause."""
    assert [key for key, item in predict(case, language).facts.items() if not item.clauses] == []


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_each_key_is_a_fact(case: Case, language: tuple[int, int]) -> None:
    """Only facts that an observation can hold are predicted, of modules in its scope."""
    keys = predict(case, language).facts
    assert [key for key in keys if not KEYS.fullmatch(key)] == []
    tops = {key.split("/")[1].split(".")[0] for key in keys if key.startswith("module/")}
    assert tops - set(scope(case)) == set()


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_a_choice_is_one(case: Case, language: tuple[int, int]) -> None:
    """Where a choice is left there are two values or more, all different."""
    choices = [item.values for item in predict(case, language).facts.values() if isinstance(item, OneOf)]
    assert [values for values in choices if len(set(map(repr, values))) < len(values) or len(values) < 2] == []


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_the_trace_has_no_gap(case: Case, language: tuple[int, int]) -> None:
    """Events are numbered from 0, and a length that is predicted is theirs."""
    facts = predict(case, language).facts
    events = [key for key in facts if key.startswith("trace/0")]
    length = facts["trace/length"]
    assert events == [f"trace/{number:04}" for number in range(len(events))]
    assert isinstance(length, Unspecified) or length == Exactly(len(events), length.clauses)


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_lists_agree_with_items(case: Case, language: tuple[int, int]) -> None:
    """The program's names are those with a value, the keys of the cache those that hold something."""
    prediction = predict(case, language)
    assert [name for name in exact(prediction, "names") if f"binding/{name}" not in prediction.facts] == []
    assert [key for key in exact(prediction, "modules") if f"module/{key}" not in prediction.facts] == []


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_an_end_is_one_of_two(case: Case, language: tuple[int, int]) -> None:
    """A case completes or raises, and only what raises has an exception."""
    facts = predict(case, language).facts
    outcome = facts["outcome"]
    if isinstance(outcome, Exactly):
        assert (outcome.value, "exception/type" in facts) in {("completed", False), ("raised", True)}
    else:
        assert isinstance(outcome, Unspecified)


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_an_unrelated_root_changes_nothing(case: Case, language: tuple[int, int]) -> None:
    """A root at the end of the path whose names nobody asks for has no part in anything."""
    named = (*case.tree.roots, *(Root(()) for _ in range(ROOTS)))
    facts = [
        predict(msgspec.structs.replace(case, tree=Tree(roots)), language).facts
        for roots in (named, (*named, Root((SourceFile("unrelated.py"),))))
    ]
    assert facts[0] == facts[1]


@FEW
@given(case=dense_cases)
def test_the_empty_program_leaves_nothing(case: Case) -> None:
    """Whatever lies in the tree, a program that imports nothing has imported nothing."""
    program = msgspec.structs.replace(case.program, statements=())
    facts = predict(msgspec.structs.replace(case, program=program, launch=Embedded()), (3, 12)).facts
    assert [key for key in facts if key.startswith(("module/", "trace/0"))] == []


@FEW
@given(case=dense_cases, language=LANGUAGES, other=LANGUAGES)
def test_the_same_between_changes(case: Case, language: tuple[int, int], other: tuple[int, int]) -> None:
    """A prediction says for which versions of the language it holds, and it does hold for those."""
    prediction = predict(case, language)
    assert prediction.holds(language)
    assert not prediction.holds(other) or prediction == predict(case, other)


def test_a_change_within_a_line() -> None:
    """A rule may ask for three numbers; what is predicted then holds on this side of that version."""
    seen = []
    for language in ((3, 15), (3, 15, 1), (3, 15, 2), (3, 16)):
        setting = Setting(laid_out(EMPTY), language, execute_module, RULES)
        seen.append((State(setting, {}).since(3, 15, 2), setting.same()))
    before, after = (False, (FIRST, (3, 15, 2))), (True, ((3, 15, 2), LAST))
    assert [before, before, after, after] == seen


def test_a_third_number_of_no_meaning() -> None:
    """What changes with a line of the language changes with its first version, whichever way that is written."""
    setting = Setting(laid_out(EMPTY), (3, 15, 1), execute_module, RULES)
    state = State(setting, {})
    assert (True, True, {(3, 15)}) == (state.since(3, 15), state.since(3, 15, 0), setting.changes)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(Read("x", ("ImportCycleError",)), id="read"),
        pytest.param(Raise("ImportCycleError"), id="raise"),
    ],
)
def test_a_new_exception_is_a_change(statement: Statement) -> None:
    """What depends on an exception that a version introduced is not predicted alike before and after."""
    case = Case(Tree((Root(),)), Source((statement,)))
    assert [(FIRST, (3, 15)), ((3, 15), LAST)] == [
        (found.since, found.until) for found in (predict(case, (3, 14, 3)), predict(case, (3, 15, 0)))
    ]


def test_a_case_without_end_is_predicted() -> None:
    """Calls without end, and more calls than anybody waits for, are not predicted, and take no time."""
    forever: tuple[Statement, ...] = (Function("f", (Invoke(("f",)),)), Invoke(("f",)))
    doubled = (Function(f"f{n}", (Invoke((f"f{n - 1}",)),) * 2) for n in range(1, 30))
    many: tuple[Statement, ...] = (Function("f0", ()), *doubled, Invoke(("f29",)))
    seen = [predict(Case(Tree((Root(),)), Source(each)), (3, 12)) for each in (forever, many)]
    assert [Unspecified, Unspecified] == [type(each.facts["outcome"]) for each in seen]
    assert [Ending.DEEP, Ending.DEEP] == [each.worlds[0].ending for each in seen]


def test_a_package_that_removes_itself_may_be_imported_for_ever() -> None:
    """What a relative import does whose package is gone is open; where it imports it anew it may do so for ever.

    PEP 366, Proposed Change, has the parent module imported already and says no more.
    """
    body = (Uncache("p"), Try((FromImport("", (Alias("c"),), level=1),), "Exception", ()))
    tree = Tree((Root((SourceFile("p/__init__.py", Source(body)), SourceFile("p/c.py", Source(())))),))
    worlds = predict(Case(tree, Source((Import((Alias("p"),)),))), (3, 12)).worlds
    found = {(answer.option, world.ending) for world in worlds for answer in world.answers if "parent" in answer.clause}
    assert ("imported", Ending.DEEP) in found
    assert [world.ending for world in worlds].count(Ending.COMPLETED) > 0


def test_what_is_in_excess_begins() -> None:
    """Of more worlds than are looked at the rest have a beginning, which an observation must have too."""
    files: dict[str, tuple[Statement, ...]] = {
        "replaced": (Substitute("replaced", ()),),
        "removed": (Uncache("removed"),),
        "blocked": (Block("blocked"),),
        "emptied": (Block("emptied"),),
        "held": (Assign("x", 1),),
        "listed": (Assign("x", 1), Assign("__all__", Items(("x", "y"), mutable=True))),
    }
    asked: tuple[Statement, ...] = (
        *(Import((Alias(name),)) for name in ("replaced", "removed", "blocked")),
        Import((Alias("emptied", "x"),)),
        FromImport("held", (Alias("x"), Alias("y"))),
        StarImport("listed"),
    )
    tree = Tree((Root(tuple(SourceFile(f"{name}.py", Source(body)) for name, body in files.items())),))
    prediction = predict(Case(tree, Source(tuple(Try((each,), "Exception", ()) for each in asked))), (3, 12))
    assert prediction.excess
    begun = Exactly(("event", "r0/replaced.py", "replaced"), ("cache.code-runs-once",))
    assert {world.facts["trace/0000"] for world in prediction.worlds} == {begun}


def test_an_event_shows_any_constant_as_the_name() -> None:
    """What ``__name__`` is assigned is what a mark shows (reference/datamodel §3.2.9); another object is open there."""
    listed = Source(
        (Assign("__name__", Items(("a",))), Mark("list"), Assign("__name__", Items((1,), mutable=False)), Mark("tuple"))
    )
    other = Source((Import((Alias("b", "__name__"),)), Mark("module")))
    roots = (Root((SourceFile("a.py", listed), SourceFile("c.py", other), SourceFile("b.py"))),)
    facts = predict(Case(Tree(roots), Source((Import((Alias("a"),)), Import((Alias("c"),))))), (3, 12)).facts
    told = [item.value for key, item in facts.items() if key.startswith("trace/0") and isinstance(item, Exactly)]
    assert ("event", "list", ("list", "a")) in told
    assert ("event", "tuple", ("tuple", 1)) in told
    assert [item for item in told if isinstance(item, tuple) and item[1] == "module"] == []


def test_of_functions_in_the_place_of_import_so_many_are_followed() -> None:
    """More only try how deep an implementation can recurse."""
    many = [(ReplaceImport("h", ("gone",)),) * count for count in (40, 41)]
    seen = [predict(Case(EMPTY.tree, Source(statements)), LAST) for statements in many]
    assert [Ending.COMPLETED, Ending.DEEP] == [each.worlds[0].ending for each in seen]
