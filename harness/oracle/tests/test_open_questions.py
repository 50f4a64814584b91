"""A question that the documents leave open is asked where its answer makes a difference, and nowhere else."""

from typing import Final

import pytest

from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.prediction import ANOTHER, Ending, Exactly
from harness.model.source import Assign, Items, StarImport, Statement, Substitute, Try, Uncache
from harness.oracle import predict
from harness.oracle.ordering import AT_THE_END as END
from harness.oracle.ordering import IN_ORDER
from harness.oracle.ordering import SUBMODULES_FIRST as FIRST
from harness.oracle.tests.building import EMPTY, Body, Files, case, imports, reads, sets, takes

TWO: Final[Files] = {"r0/p/__init__.py": EMPTY, "r0/p/a.py": EMPTY, "r0/p/b.py": EMPTY}
PLAIN: Final[Files] = {"r0/m.py": (sets("x"),)}
LISTED: Final[Files] = {"r0/m.py": (sets("x"), Assign("__all__", Items(("x", 1), mutable=True)))}
LEAVES: Final[Files] = {"r0/m.py": (Uncache("m"),)}
ORDER: Final = "from.names-processed-in-order"


def options(files: Files, program: Body, language: tuple[int, int] = (3, 12)) -> list[dict[str, str]]:
    """The answers that each world gives, by clause."""
    worlds = predict(case(files, program), language).worlds
    return [{answer.clause: answer.option for answer in world.answers} for world in worlds]


def guarded(statement: Statement, error: str = "Exception") -> Try:
    """``try: statement`` and an ``except`` clause that does nothing."""
    return Try((statement,), error, ())


@pytest.mark.parametrize(
    "each",
    [
        pytest.param((TWO, (takes("p", "a", "b"),)), id="submodules nobody looks at"),
        pytest.param((TWO, (imports("p.a", "p.b"), takes("p", "a", "b"))), id="submodules that are loaded"),
        pytest.param((PLAIN, (guarded(takes("m", "no", "x")),)), id="the first of no package fails"),
        pytest.param(({"r0/m.py": (Assign("x", None),)}, (takes("m", "x", "x as y"),)), id="a name that is None"),
    ],
)
def test_the_order_of_names_is_not_asked(each: tuple[Files, Body]) -> None:
    """Where the order in which names are taken and bound makes no difference nobody asks (simple_stmts §7.11)."""
    assert ORDER not in {clause for found in options(*each) for clause in found}


@pytest.mark.parametrize(
    ("files", "program", "told"),
    [
        pytest.param(PLAIN, (guarded(takes("m", "x", "no")),), {END}, id="a name is bound before one fails"),
        pytest.param(TWO, (guarded(takes("p", "no", "a")),), {IN_ORDER}, id="a submodule comes after one that fails"),
        pytest.param(
            {"r0/p/__init__.py": EMPTY, "r0/p/a.py": EMPTY, "r0/p/b.py": (takes("p", "no"),)},
            (guarded(takes("p", "a", "b")),),
            {IN_ORDER},
            id="a submodule raises after one is bound",
        ),
        pytest.param(
            {"r0/p/__init__.py": (sets("y"), takes("p", "y as x", "a")), "r0/p/a.py": (takes("p", "x"),)},
            (imports("p"),),
            {IN_ORDER, FIRST, END},
            id="a submodule looks at what is bound",
        ),
    ],
)
def test_the_order_of_names_is_asked(files: Files, program: Body, told: set[str]) -> None:
    """Where it does make a difference there is a world for each answer, or for all that are alike, which tells none."""
    found = [world.get(ORDER) for world in options(files, program)]
    assert told == set(found) - {None}
    assert (None in found) == (len(told) == 1)


@pytest.mark.parametrize(("name", "about"), [("p.q", "get_data, a parent"), ("p", "get_data")])
def test_the_parent_of_a_package_is_imported_otherwise(name: str, about: str) -> None:
    """What imports a package for its data, and what imports its parent to search for it, may be two mechanisms."""
    files: Files = {"r0/p/__init__.py": EMPTY, "r0/p/q/__init__.py": EMPTY}
    call = Call("pkgutil.get_data", (Constant(name), Constant("a.txt")))
    program = (ReplaceImport("hook", ("p",)), guarded(Bind(call)))
    answers = {answer for world in predict(case(files, program), (3, 12)).worlds for answer in world.answers}
    assert {about} == {each.situation for each in answers if each.clause == "dunder-import.import-module-bypasses-hook"}


def test_a_type_is_not_asked_that_nobody_sees() -> None:
    """Which exception is raised makes no difference where all are caught: one world, which tells no answer."""
    question = "failure.self-removal-without-error"
    assert options(LEAVES, (guarded(imports("m")),)) == [{}, {question: "executed module"}]
    assert options(LISTED, (guarded(StarImport("m")),)) == [{}, {ORDER: END}]


def test_a_type_is_asked_where_a_handler_tells_it() -> None:
    """``except KeyError`` tells a KeyError from the others."""
    found = options(LEAVES, (guarded(guarded(imports("m"), "KeyError")),))
    asked = [world.get("failure.self-removal-without-error") for world in found]
    assert asked == ["KeyError", "ImportError", ANOTHER, "executed module"]


def test_a_type_is_asked_at_the_end() -> None:
    """The exception that ends the program is observed."""
    facts = [world.facts["exception/type"] for world in predict(case(PLAIN, (takes("m", "no"),)), (3, 12)).worlds]
    assert [item.value for item in facts if isinstance(item, Exactly)] == ["ImportError", "ModuleNotFoundError"]


def test_no_package_is_asked_of_a_program_that_has_none() -> None:
    """That ``__package__`` of a program is ``None``, or is not there, is alike to a relative import."""
    assert options({}, (guarded(takes(".", "a"), "ImportError"),), (3, 15)) == [{}]


def test_a_read_of_it_is_asked() -> None:
    """A program that reads ``__package__`` of a module sees whether it is there."""
    found = options(PLAIN, (imports("m"), guarded(reads("x", "m.__package__"))), (3, 15))
    assert [world["module.package-removed-315"] for world in found] == ["set", "not set"]


def test_a_submodule_of_what_has_no_name() -> None:
    """Of which name a submodule is tried is nowhere said of an object whose ``__name__`` is no text."""
    odd = Substitute("p", (("__name__", None), ("__path__", Items(("r0",), mutable=True))))
    worlds = predict(case({}, (odd, takes("p", "a"))), (3, 12)).worlds
    assert [Ending.SILENT] == [world.ending for world in worlds if ("tried" in {item.option for item in world.answers})]
