"""What cases share makes groups of them one."""

import functools
from typing import Final

import msgspec
import pytest

from harness.diff import Verdict
from harness.model.case import BY_NAME
from harness.model.values import ABSENT, Value
from reports import Departure, Record
from reports.causes import Cause, Evidence
from reports.kinship import Kinship

CLAUSES: Final = ("a", "b", "c", "d", "e.one", "e.other")
RIGHT: Final = Record(0, "", "generated", 0, Verdict.CONFORMS, clauses=(0, 1, 2, 3), words=("import", "pkgutil.other"))
CALL: Final = ("import", "pkgutil.get_data")


def wrong(number: int, clause: int = 0, fact: str = "outcome", said: str = "", **told: object) -> Record:
    """What is said of a case in which that fact departs from that clause."""
    shown = Departure(fact, (clause,), (1,), 2, f"{clause} · {fact}", said=said)
    record = Record(number, "", "generated", 0, Verdict.DIVERGES, clauses=(clause,), departures=(shown,))
    return msgspec.structs.replace(record, **told)


def united(*groups: tuple[Record, ...], right: Record = RIGHT, times: int = 20, refuted: str = "") -> list[list[int]]:
    """The positions of the groups that are one, where that many cases conform."""
    kinship = Kinship(CLAUSES)
    for _ in range(times):
        kinship.take(right)
    return sorted(sorted(item) for item in kinship.united(groups, {refuted}.__contains__))


def test_a_function_whose_every_call_is_wrong() -> None:
    """What calls it is one, whatever clauses it departs from; what does not call it stays by itself."""
    groups = ((wrong(0, words=CALL), wrong(1, words=CALL)), (wrong(2, 1, words=CALL),), (wrong(3, 2),))
    assert [[0, 1], [2]] == united(*groups)


def test_a_function_that_is_called_alike() -> None:
    """What calls functions of one name is one: one of them calls the other."""
    groups = ((wrong(0, words=CALL),), (wrong(1, 1, words=("importlib.abc.ResourceLoader.get_data",)),))
    assert [[0, 1]] == united(*groups)


@pytest.mark.parametrize(("error", "alike"), [("KeyError", True), ("ModuleNotFoundError", False)])
def test_an_exception_of_a_path(error: str, *, alike: bool) -> None:
    """What says of two paths of the case the same that no document speaks of is one."""
    groups = tuple((wrong(n, n, raised=f"{error}: '<tree>/r0/{'ab'[n]}'"),) for n in range(2))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups)


@pytest.mark.parametrize(("well", "alike"), [(1, True), (2, False)])
def test_functions_that_import_by_name(well: int, *, alike: bool) -> None:
    """What calls them is one, though they are other functions, where most of their calls depart."""
    kinship = Kinship(CLAUSES)
    for number in range(20):
        kinship.take(msgspec.structs.replace(RIGHT, words=(BY_NAME,) if number < well else ()))
    groups = ((wrong(0, words=(BY_NAME, "a.f")),), (wrong(1, 1, words=(BY_NAME, "b.g")),))
    assert (1 if alike else 2) == len(list(kinship.united(groups, lambda _: False)))


@pytest.mark.parametrize(
    ("right", "times"),
    [
        pytest.param(RIGHT, 9, id="few conform"),
        pytest.param(msgspec.structs.replace(RIGHT, words=CALL), 20, id="goes well elsewhere"),
    ],
)
def test_no_function(right: Record, times: int) -> None:
    """It says nothing where it goes well as a rule, nor where hardly anything is seen to go well."""
    groups = ((wrong(0, words=CALL),), (wrong(1, 1, words=CALL),))
    assert [[0], [1]] == united(*groups, right=right, times=times)


def test_a_clause_that_nothing_keeps() -> None:
    """What asks it is one; a state that another clause gives is not, for what else was asked does not matter there."""
    asked = functools.partial(wrong, clauses=(0, 3))
    right = msgspec.structs.replace(RIGHT, clauses=(0, 1, 2))
    groups = ((asked(0),), (asked(1, 1),), (asked(2, 2, "module/m/__file__"),))
    assert [[0, 1], [2]] == united(*groups, right=right)


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        pytest.param("NameError: name 'cache' is not defined", True, id="of the implementation"),
        pytest.param("ImportError: no known parent package", True, id="plain"),
        pytest.param("ImportError: cannot import name … from …", False, id="of the case"),
        pytest.param("KeyError", False, id="no text"),
    ],
)
def test_what_an_exception_says(said: str, *, alike: bool) -> None:
    """One text is one fault, unless all that it names is of the case; a process may have said it and ended."""
    groups = ((wrong(0, raised=said), wrong(1)), (wrong(2, 1, said=f"Traceback\n{said}"),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0)


@pytest.mark.parametrize(("said", "alike"), [("KeyError: …", True), ("NameError: …", False)])
def test_an_exception_of_which_no_document_speaks(said: str, *, alike: bool) -> None:
    """Where all that it names is of the case its type is what cases share."""
    groups = ((wrong(0, raised=said),), (wrong(1, 1, raised=said),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0)


@pytest.mark.parametrize(("name", "alike"), [("c: kept", False), ("c: raises KeyError", True), ("c: absent", True)])
def test_an_exception_that_is_explained(name: str, *, alike: bool) -> None:
    """Where a departure of its own explains one, its type says nothing of what else raises such."""
    groups = ((wrong(0, raised="KeyError: …", explained=((name,),)),), (wrong(1, 1, raised="KeyError: …"),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0)


@pytest.mark.parametrize(
    ("name", "refuted", "alike"),
    [
        pytest.param("c: kept", "", True, id="listed"),
        pytest.param("c: kept", "c: kept", False, id="refuted"),
        pytest.param("c: absent", "", False, id="anywhere"),
        pytest.param("c: raises KeyError", "", False, id="exception"),
    ],
)
def test_what_explains_both(name: str, refuted: str, *, alike: bool) -> None:
    """A departure that explains two groups makes them one, not where something else explains one and it is refuted."""
    groups = ((wrong(0, explained=((name,),)),), (wrong(1, 1, explained=((name,), ("d: no",))),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0, refuted=refuted)


def test_what_is_needed_beside_the_rest() -> None:
    """What a state would have to be otherwise for a case to be explained makes it one with those that are only that."""
    state = wrong(0, 2, "module/m/__file__", explained=(("c: absent",),))
    course = functools.partial(wrong, 1, 1)
    beside = course(explained=(("b: raises KeyError", "c: absent"), ("c: absent", "d: no")))
    either = course(explained=(("b: raises KeyError", "c: absent"), ("b: no", "d: no")))
    assert [[0, 1]] == united((state,), (beside,), times=0)
    assert [[0], [1]] == united((state,), (either,), times=0)


@pytest.mark.parametrize(("well", "alike"), [(0, True), (10, False)])
def test_what_is_known_of_all(well: int, *, alike: bool) -> None:
    """What departs only where a departure is made that is known, and makes it hardly ever otherwise, is one."""
    kinship = Kinship(CLAUSES)
    for number in range(20):
        kinship.take(msgspec.structs.replace(RIGHT, taken=("c: kept",) if number < well else ()))
    groups = tuple((wrong(number, number, taken=("c: kept",)),) for number in range(3))
    assert (1 if alike else 3) == len(list(kinship.united(groups, lambda _: False)))


def held(number: int, clause: int, expected: Value, seen: Value) -> Record:
    """A case in which a name holds another value than that."""
    shown = Departure("binding/v", (clause,), (expected,), seen, "")
    return wrong(number, clause, departures=(shown,))


@pytest.mark.parametrize(
    ("before", "after", "other", "alike"),
    [
        pytest.param("built-in", None, "built-in", True, id="nothing in place of a value"),
        pytest.param("built-in", "frozen", "built-in", True, id="a value in place of another"),
        pytest.param("built-in", None, "source", False, id="in place of different ones"),
        pytest.param(("bytes", "one"), ("bytes", ""), ("bytes", "two"), True, id="what a function makes"),
        pytest.param(("bytes", "one"), ("bytes", ""), "two", False, id="in place of what is of another kind"),
        pytest.param(True, False, True, False, id="one of two"),
        pytest.param("built-in", ("absent",), "built-in", False, id="nothing there"),
        pytest.param(None, "built-in", None, False, id="in place of nothing"),
    ],
)
def test_the_same_value_in_place_of_another(before: Value, after: Value, other: Value, *, alike: bool) -> None:
    """What is held in place of the same is one, whatever clause gives it, if it is one value among many."""
    groups = ((held(0, 0, before, after),), (held(1, 1, other, after),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0)


@pytest.mark.parametrize(
    ("fact", "other", "clause", "alike"),
    [
        pytest.param("module/a/repr", "module/b/repr", 5, True, id="the same of another module"),
        pytest.param("module/a/repr", "module/b/__file__", 5, False, id="another"),
        pytest.param("module/a/repr", "module/b/repr", 3, False, id="of another area"),
        pytest.param("binding/x", "binding/x", 5, False, id="a name of the program"),
    ],
)
def test_an_attribute_alone(fact: str, other: str, clause: int, *, alike: bool) -> None:
    """Cases in which nothing but one attribute differs are one where one area of the catalogue gives it."""
    groups = ((wrong(0, 4, fact),), (wrong(1, clause, other),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0)


def test_an_attribute_beside_another() -> None:
    """Where another one differs too, it is not one."""
    both = (Departure("module/a/repr", (4,), (1,), 2, ""), Departure("module/a/__doc__", (4,), (1,), 2, ""))
    groups = ((wrong(0, 5, "module/a/repr"),), (wrong(1, departures=both),))
    assert [[0], [1]] == united(*groups, times=0)


@pytest.mark.parametrize(
    ("larger", "times", "alike"),
    [
        pytest.param((0, 1), 20, True, id="seldom"),
        pytest.param((0, 1), 2, False, id="nearly everything is in it"),
        pytest.param((1, 4), 20, False, id="not in it"),
    ],
)
def test_most_of_one_in_the_other(larger: tuple[int, int], times: int, *, alike: bool) -> None:
    """A group most of whose cases are in another is one with it, unless so much is in that anyway."""
    groups = (tuple(wrong(number) for number in (*larger, 5, 6)), (wrong(0), wrong(7)))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=times)


def causes(*records: Record) -> list[Cause]:
    """The causes of these cases, of which twenty others conform, what explains most first."""
    evidence = Evidence(CLAUSES)
    for record in (*(RIGHT for _ in range(20)), *records):
        evidence.take(record)
    return sorted(evidence.causes(), key=lambda cause: -len(cause.records))


def test_the_name_of_what_is_one() -> None:
    """It is the departure that explains half of it; the rest stands beside."""
    kept = functools.partial(wrong, clause=2, words=CALL, explained=(("c: kept",),))
    (found,) = causes(kept(0), kept(1), wrong(2, 1, words=CALL))
    assert ("c: kept", [0, 1], [2]) == (
        found.departure,
        [item.number for item in found.records],
        [item.number for item in found.beside],
    )


def test_the_clause_of_what_is_one() -> None:
    """Where no departure explains half of it, it is the clause that most of it departs from."""
    kept = functools.partial(wrong, clause=2, words=CALL, explained=(("c: kept",),))
    (found,) = causes(kept(0), *(wrong(number, 1, words=CALL) for number in (1, 2, 3)))
    assert (1, "", [0, 1, 2, 3]) == (found.clause, found.departure, [item.number for item in found.records])


def test_a_departure_from_what_was_not_asked() -> None:
    """What explains some of it by a clause that none of it asked is not what most of it departs from."""
    hidden = functools.partial(wrong, words=CALL, explained=(("c: kept", "d: hidden"),))
    (found,) = causes(hidden(0), *(wrong(number, 1, words=CALL) for number in (1, 2, 3)))
    assert (1, "", [0, 1, 2, 3]) == (found.clause, found.departure, [item.number for item in found.records])


def test_what_is_caught_where_a_module_is_not_found() -> None:
    """What calls a function that elsewhere fails for want of a module is one with that, whatever it caught itself."""
    lost = tuple(wrong(number, number % 2, words=CALL, missing="importlib.util") for number in range(4))
    other = tuple(wrong(number, 3, missing="importlib.util") for number in range(4, 8))
    caught = (wrong(9, 2, words=CALL),)
    assert [[0, 1]] == united((*lost, *other), caught)
    assert [[0], [1]] == united((*lost, *other), (wrong(9, 2, words=("import",)),))


def test_others_of_a_package_that_lacks_a_function() -> None:
    """What calls another function of that package, and hardly ever conforms, is one with it."""
    lost = tuple(wrong(number, number % 2, words=CALL, missing="importlib") for number in range(4))
    for word, found in (("importlib.machinery.ModuleSpec", [[0, 1]]), ("runpy.run_path", [[0], [1]])):
        assert found == united(lost, (wrong(9, 2, words=(word,)),))


def test_few_that_import_by_name() -> None:
    """The clause of those that import by name is not that of the whole where they are hardly a part of it."""
    said = {"raised": "KeyError: 'cache'"}
    some = (wrong(0, 2, words=(BY_NAME, "importlib.import_module"), **said),)
    for most, clause in ((12, 1), (5, 2)):
        (found,) = causes(*some, *(wrong(number, 1, **said) for number in range(1, most)))
        assert (clause, most) == (found.clause, len(found.records))


def test_modules_that_are_not_found() -> None:
    """Who does not find his own modules shows that beside the cause of the rest, or by itself if that is little."""
    lost = [wrong(number, number % 3, missing="importlib.util") for number in range(11)]
    (found,) = causes(*lost, *(wrong(number, 3) for number in (15, 16)))
    assert ([15, 16], [*range(11)]) == (
        [item.number for item in found.records],
        [item.number for item in found.beside],
    )
    assert [[*range(11)], [15]] == [[item.number for item in cause.records] for cause in causes(*lost, wrong(15, 3))]


def test_what_is_added_to_what_an_exception_says() -> None:
    """What a traceback suggests, and an exception by itself does not, makes no difference."""
    said = "NameError: name 'spec' is not defined"
    groups = ((wrong(0, raised=said),), (wrong(1, 1, said=f"Traceback\n{said}. Did you mean: 'super'?"),))
    assert [[0, 1]] == united(*groups, times=0)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param("pkgutil.iter_modules", "pkgutil.walk_packages", True, id="ask the same method of finders"),
        pytest.param("runpy.run_module", "runpy.run_path", True, id="run code"),
        pytest.param("runpy.run_module", "module", True, id="what -m is for"),
        pytest.param("pkgutil.iter_modules", "pkgutil.extend_path", False, id="do something else"),
    ],
)
def test_functions_that_documents_tell_together(one: str, other: str, *, alike: bool) -> None:
    """What calls functions of which the documents say that they do the same is one."""
    groups = ((wrong(0, words=(one,)),), (wrong(1, 1, words=(other,)),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param(
            "TypeError: name must be string, not 'a'", "TypeError: name must be string, not 'b'", True, id="so"
        ),
        pytest.param("KeyError: 'a'", "KeyError: 'b'", False, id="nothing else"),
        pytest.param(
            "ValueError: this is 'a' and no path", "ValueError: this is 'b' and no path", False, id="everyday"
        ),
    ],
)
def test_what_an_exception_says_but_for_what_it_quotes(one: str, other: str, *, alike: bool) -> None:
    """What is quoted makes no difference where enough is said beside it, by one of which no document speaks."""
    groups = ((wrong(0, raised=one),), (wrong(1, 1, raised=other),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0)


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        pytest.param("NameError: name '__file__' is not defined", True, id="a name"),
        pytest.param("AttributeError: module … has no attribute '__file__'", True, id="an attribute"),
        pytest.param("AttributeError: module … has no attribute '__path__'", False, id="another"),
        pytest.param("KeyError: '__file__'", False, id="a key"),
    ],
)
def test_an_attribute_that_is_not_there(said: str, *, alike: bool) -> None:
    """Where it is missing alone, an exception that is raised for want of it is of the same cause."""
    missing = Departure("module/a/__file__", (4,), ("a.py",), ABSENT, "")
    groups = ((wrong(0, 4, departures=(missing,)),), (wrong(1, 1, raised=said),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups, times=0)


@pytest.mark.parametrize(("asking", "well", "alike"), [(3, 0, True), (2, 0, False), (3, 1, False)])
def test_a_clause_that_is_never_asked_elsewhere(asking: int, well: int, *, alike: bool) -> None:
    """It makes two groups one if more than half of each ask it; one that goes well now and then does not."""
    kinship = Kinship(CLAUSES)
    for number in range(20):
        kinship.take(msgspec.structs.replace(RIGHT, clauses=(0, 1, 3) if number < well else (0, 1)))
    larger = tuple(wrong(number, clauses=(0, 3) if number < asking else (0,)) for number in range(5))
    groups = (larger, (wrong(6, 1, clauses=(1, 3)),))
    assert (1 if alike else 2) == len(list(kinship.united(groups, lambda _: False)))


@pytest.mark.parametrize(
    ("fact", "word", "alike"),
    [
        pytest.param("module/a/repr", "builtins.repr", True, id="of the same"),
        pytest.param("module/a/repr", "builtins.dir", False, id="another function"),
        pytest.param("module/a/__file__", "builtins.repr", False, id="an attribute"),
    ],
)
def test_what_repr_gives(fact: str, word: str, *, alike: bool) -> None:
    """A repr that differs in the end is of one cause with what calls repr()."""
    groups = ((wrong(0, 4, fact),), (wrong(1, 1, words=(word,)),))
    assert ([[0, 1]] if alike else [[0], [1]]) == united(*groups)
