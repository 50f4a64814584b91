"""What an implementation does that departs from the module cache and from what a failure leaves (§5.3.1, §5.4)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import pytest

from harness.model.departure import Departure
from harness.model.prediction import Ending, Exactly, World
from harness.model.source import Block, Broken, Raise, Statement, Substitute, Try, Uncache
from harness.model.values import ABSENT, Value
from harness.oracle import cache, cleaning, finishing, loading, predict
from harness.oracle.chapters import binding
from harness.oracle.tests.building import EMPTY, LANGUAGE, Body, Files, case, imports, reads, sets, takes

MOD: Final[Files] = {"r0/mod.py": (sets("x"),)}
PKG: Final[Files] = {"r0/pkg/__init__.py": (sets("y"),), "r0/pkg/sub.py": (sets("x"),)}
CYCLE: Final[Files] = {"r0/mod.py": (imports("other"),), "r0/other.py": (imports("mod"),)}
FAILING: Final[Files] = {
    "r0/pkg/__init__.py": EMPTY,
    "r0/pkg/sub.py": (imports("mod"), Raise("ValueError")),
    "r0/mod.py": EMPTY,
}
FAILING_PACKAGE: Final[Files] = {
    "r0/pkg/__init__.py": (imports("pkg.sub"), Raise("ValueError")),
    "r0/pkg/sub.py": EMPTY,
}


class Departed(NamedTuple):
    """What a departure leads to: a program over some files, a fact and its value."""

    departure: Departure
    files: Files
    program: Body
    fact: str
    value: Value


def tries(*body: Statement) -> Try:
    """Execute ``body``, and go on whatever it raises."""
    return Try(body, "BaseException", (sets("caught"),))


def worlds(departed: Departed) -> Sequence[World]:
    """The worlds in which the departure is made."""
    found = predict(case(departed.files, departed.program), LANGUAGE, frozenset({departed.departure})).worlds
    return [world for world in found if departed.departure in world.taken]


CACHE: Final = (
    Departed(cache.SEARCHED_ANEW, MOD, (imports("mod"), imports("mod")), "trace/length", 4),
    Departed(cache.REMEMBERED, MOD, (imports("mod"), Uncache("mod"), imports("mod")), "trace/length", 4),
    Departed(cache.NONE_SKIPPED, MOD, (Block("mod"), takes("mod", "x")), "binding/x", 1),
    Departed(cache.NONE_TAKEN, MOD, (Block("mod"), imports("mod")), "binding/mod", None),
    Departed(cache.NONE_ERRORS[0], MOD, (Block("mod"), imports("mod")), "exception/type", "ImportError"),
    Departed(cache.PARENT_SKIPPED, PKG, (Block("pkg"), imports("pkg.sub")), "binding/pkg", ("module", "pkg")),
    Departed(cache.PARENT_ERRORS[1], PKG, (Block("pkg"), imports("pkg.sub")), "exception/type", "KeyError"),
    Departed(cache.NO_SUBSTITUTES, MOD, (Substitute("mod"), imports("mod")), "exception/type", "TypeError"),
    Departed(cache.SUBSTITUTES_SKIPPED, MOD, (Substitute("mod"), takes("mod", "x")), "binding/x", 1),
)
LOADING: Final = (
    Departed(loading.NOT_EXECUTED, PKG, (imports("pkg"),), "module/pkg/value/y", ABSENT),
    Departed(
        loading.PARENT_NOT_EXECUTED, PKG, (imports("pkg.sub"),), "trace/0000", ("event", "r0/pkg/sub.py", "pkg.sub")
    ),
    Departed(loading.FORGOTTEN, PKG, (imports("pkg.sub"),), "modules", ("list", "pkg")),
    Departed(loading.NOT_FOUND_ERRORS[0], {}, (imports("mod"),), "exception/type", "ImportError"),
    Departed(loading.INNER_ERRORS[0], PKG, (imports("pkg.a.b"),), "exception/type", "ImportError"),
    Departed(loading.WHOLE_NAME, PKG, (imports("pkg.a.b.c"),), "exception/name", "pkg.a.b.c"),
    Departed(loading.NO_PATH_ERRORS[0], MOD, (imports("mod.a"),), "exception/type", "ImportError"),
    Departed(loading.ON_SYS_PATH, {**MOD, "r0/a.py": EMPTY}, (imports("mod.a"),), "outcome", "completed"),
    Departed(finishing.NOT_BOUND, PKG, (imports("pkg.sub"),), "module/pkg/value/sub", ABSENT),
)
FAILURES: Final = (
    Departed(cleaning.KEPT, FAILING, (tries(imports("pkg.sub")),), "modules", ("list", "mod", "pkg", "pkg.sub")),
    Departed(cleaning.KEPT_UNCOMPILED, {"r0/a.py": (Broken(),)}, (tries(imports("a")),), "modules", ("list", "a")),
    Departed(
        cleaning.KEPT_AT_EXIT, {"r0/a.py": (Raise("SystemExit"),)}, (tries(imports("a")),), "modules", ("list", "a")
    ),
    Departed(cleaning.PARENT_REMOVED, FAILING, (tries(imports("pkg.sub")),), "modules", ("list", "mod")),
    Departed(cleaning.OTHERS_REMOVED, FAILING, (tries(imports("pkg.sub")),), "modules", ("list", "pkg")),
    Departed(cleaning.SUBMODULES_REMOVED, FAILING_PACKAGE, (tries(imports("pkg")),), "modules", ("list",)),
    Departed(
        cleaning.BOUND,
        FAILING,
        (imports("pkg"), tries(imports("pkg.sub")), reads("z", "pkg.sub")),
        "binding/z",
        ("stray", "pkg.sub", 0),
    ),
    Departed(cleaning.WRAPPED, FAILING, (imports("pkg.sub"),), "exception/type", "ImportError"),
    Departed(
        cleaning.FAILURE_REMEMBERED, FAILING, (tries(imports("pkg.sub")), tries(imports("pkg.sub"))), "trace/length", 6
    ),
)


@pytest.mark.parametrize("departed", [*CACHE, *LOADING, *FAILURES], ids=lambda each: str(each.departure))
def test_departed(departed: Departed) -> None:
    """What then happens is predicted, to the fact."""
    found = [world.facts.get(departed.fact) for world in worlds(departed)]
    values = [expected.value if isinstance(expected, Exactly) else ABSENT for expected in found]
    assert values == [departed.value]


@pytest.mark.parametrize("departure", [cache.SEARCHED_ANEW, cache.TOO_LATE], ids=str)
def test_a_cycle_has_no_end(departure: Departure) -> None:
    """Where the cache does not end a cycle, nothing does."""
    departed = Departed(departure, CYCLE, (imports("mod"),), "outcome", ABSENT)
    assert [world.ending for world in worlds(departed)] == [Ending.ENDLESS]


def test_departures_that_lead_to_one_another_have_no_end() -> None:
    """Where each of two departures asks for what the other does, an implementation that makes both never ends."""
    both = frozenset({cache.SEARCHED_ANEW, loading.PORTIONS_EXECUTED})
    found = predict(case({"r0/ns/mod.py": EMPTY}, (imports("ns.mod"),)), LANGUAGE, both)
    assert [world.ending for world in found.worlds] == [Ending.ENDLESS]


def test_after_its_execution_a_module_is_what_it_was() -> None:
    """What a module put into sys.modules for itself is overwritten where it is entered only then."""
    files = {"r0/mod.py": (Substitute("mod"),)}
    departed = Departed(cache.TOO_LATE, files, (imports("mod"),), "module/mod", ("module", "mod"))
    test_departed(departed)


def test_none_has_no_attributes() -> None:
    """Who goes through attributes fails where the entry of the parent is None, as in any search."""
    program = (imports("pkg.sub"), Block("pkg"), imports("pkg.sub as x"))
    departed = Departed(binding.THROUGH_ATTRIBUTES, PKG, program, "exception/type", "ModuleNotFoundError")
    test_departed(departed)


def test_attributes_of_a_package_that_is_gone() -> None:
    """Who goes through attributes imports the top-level package anew, also where the module that is named is None."""
    files: Files = {
        "r0/pkg/__init__.py": EMPTY,
        "r0/pkg/sub/__init__.py": EMPTY,
        "r0/pkg/sub/mod.py": (Block("pkg.sub.mod"), Uncache("pkg")),
    }
    departed = predict(case(files, (imports("pkg.sub.mod as x"),)), LANGUAGE, frozenset({binding.THROUGH_ATTRIBUTES}))
    executed = ("event", "r0/pkg/__init__.py", "pkg")
    times = {
        sum(isinstance(item, Exactly) and item.value == executed for item in world.facts.values())
        for world in departed.worlds
        if "None" in {answer.option for answer in world.answers}
    }
    assert {2} == times
