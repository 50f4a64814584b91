"""Nothing is said where no sentence says it: what is deprecated may warn, what is in the cache may be found there."""

from typing import Final

import pytest

from harness.model.case import Case
from harness.model.language.attributes import SetAttribute
from harness.model.language.caching import Block
from harness.model.language.expressions import Bind
from harness.model.language.paths import PathAnew
from harness.model.language.shapes import Bytes, Call, Constant, Reference
from harness.model.prediction import Ending, Exactly, World
from harness.model.source import Items, Mark, Raise, Source, Statement, Substitute, Try
from harness.model.tree import DataFile, Root, SourceFile, Tree
from harness.model.values import Value
from harness.oracle import departure, predict
from harness.oracle.tests.building import EMPTY, Body, Files, archived, case, expected, imports, sets, takes

PACKAGE: Final[Files] = {"r0/a/__init__.py": EMPTY}
RELATIVE: Final = takes(".", "b")


def calls(function: str, *arguments: str) -> Statement:
    """A statement that calls a documented function with texts."""
    return Bind(Call(function, tuple(map(Constant, arguments))))


@pytest.mark.parametrize(("language", "said"), [((3, 10), True), ((3, 11), False), ((3, 12), False), ((3, 13), True)])
def test_a_deprecated_function_may_warn(language: tuple[int, int], *, said: bool) -> None:
    """is_resource() is deprecated in 3.11 and 3.12 (library/importlib.resources, Deprecated functions).

    That an import with neither __package__ nor __spec__ warns is told only where nothing else may.
    """
    program: Body = (calls("importlib.resources.is_resource", "a", "b.txt"), RELATIVE)
    assert isinstance(expected(PACKAGE, program, "warnings", language), Exactly) == said
    assert isinstance(expected(PACKAGE, (RELATIVE,), "warnings", language), Exactly)


@pytest.mark.parametrize(("language", "said"), [((3, 9), True), ((3, 10), False), ((3, 14), False)])
def test_a_deprecated_method_may_warn(language: tuple[int, int], *, said: bool) -> None:
    """load_module() of an archive's importer is deprecated since 3.10 (library/zipimport)."""
    loaded = Call("importlib.abc.Loader.load_module", (Reference(("a", "__spec__", "loader")), Constant("b")))
    asked = archived(
        {"r0/a.py": EMPTY, "r0/b.py": EMPTY}, imports("a"), Bind(loaded), Try((RELATIVE,), "ImportError", ())
    )
    assert isinstance(predict(asked, language).facts.get("warnings"), Exactly) == said


def test_a_parent_that_takes_no_attribute_may_warn() -> None:
    """The import of its submodule succeeds (whatsnew/3.9); whether something warns of it is not said."""
    path = Items(("r0/a",), mutable=True)
    package = Substitute("p", (("__path__", path), ("__slots__", Items((), mutable=False))))
    program: Body = (package, imports("p.b"), Try((RELATIVE,), "ImportError", ()))
    assert expected({**PACKAGE, "r0/a/b.py": EMPTY}, program, "warnings") is None


@pytest.mark.parametrize(("text", "said"), [("a\n", True), ("a\r\n", False)])
def test_a_return_in_a_text(text: str, *, said: bool) -> None:
    """read_text() of a resource gives its contents "as text": whether with universal newlines is not said."""
    file = Call("importlib.resources.files", (Constant("a"),))
    for method, *given in (("joinpath", Constant("b.txt")), ("read_text",)):
        file = Call(f"importlib.resources.abc.Traversable.{method}", (file, *given))
    tree = Tree((Root((SourceFile("a/__init__.py"), DataFile("a/b.txt", text))),))
    found = predict(Case(tree, Source((Bind(file, "v"),))), (3, 12)).facts["binding/v"]
    assert isinstance(found, Exactly) == said


@pytest.mark.parametrize("language", [(3, 8), (3, 15)])
def test_a_module_is_perhaps_found_in_the_cache(language: tuple[int, int]) -> None:
    """run_module() finds by "the standard import mechanism"; a package that is blocked need not stand in its way."""
    files: Files = {**PACKAGE, "r0/a/b.py": (sets("x"),)}
    program: Body = (takes("a.b", "x"), Block("a"), calls("runpy.run_module", "a.b"))
    assert {world.ending for world in predict(case(files, program), language).worlds} == {Ending.SILENT}


def test_a_module_that_is_there_may_warn_when_it_is_run() -> None:
    """run_module() may warn of what is in sys.modules already."""
    program: Body = (calls("runpy.run_module", "a.b"), Try((RELATIVE,), "ImportError", ()))
    files: Files = {**PACKAGE, "r0/a/b.py": EMPTY}
    found = [expected(files, body, "warnings") for body in (program, (imports("a.b"), *program))]
    assert [isinstance(each, Exactly) for each in found] == [True, False]


def test_a_level_without_globals_may_warn() -> None:
    """What tells the package of a call of __import__() without globals is not said, nor that it warns."""
    call = Call("builtins.__import__", (Constant("b"),), (("level", Constant(1)),))
    program: Body = (Try((Bind(call),), "Exception", ()), Try((RELATIVE,), "ImportError", ()))
    assert [expected(PACKAGE, body, "warnings") is None for body in (program, program[1:])] == [True, False]


def test_which_spec_a_module_is_run_by() -> None:
    """run_module() may take the spec of the module in sys.modules, or what is found: not said where they differ."""
    run = calls("runpy.run_module", "m")
    given = SetAttribute(("m", "__spec__", "loader_state"), "s")
    endings = [
        {world.ending for world in predict(case({"r0/m.py": EMPTY}, program), (3, 12)).worlds}
        for program in ((imports("m"), run), (imports("m"), given, run))
    ]
    assert endings == [{Ending.COMPLETED}, {Ending.SILENT}]


def test_how_a_failing_search_is_told_is_not_said() -> None:
    """An exception that ends the search of run_module() may be passed on, or told by another one."""
    files: Files = {"r0/m.py": EMPTY, "r1/x/": EMPTY}
    program: Body = (PathAnew((Bytes("r1"),)), Try((calls("runpy.run_module", "m"),), "ImportError", (Mark("told"),)))
    raises = departure("path.bytes-entries-allowed", "raises TypeError")
    worlds = predict(case(files, program), (3, 8), frozenset({raises})).worlds
    assert {"completed", "raised"} <= {_value(world, "outcome") for world in worlds}


def _value(world: World, fact: str) -> Value:
    found = world.facts[fact]
    return found.value if isinstance(found, Exactly) else None


@pytest.mark.parametrize(("name", "said"), [("a.b", False), ("a", True), ("b", True)])
def test_a_submodule_that_says_it_is_missing(name: str, *, said: bool) -> None:
    """That a submodule raises propagates, what is missing is an ImportError: which holds of this no document says."""
    files: Files = {**PACKAGE, "r0/a/b.py": (Raise("ModuleNotFoundError", name=name),)}
    assert isinstance(expected(files, (takes("a", "b"),), "exception/name"), Exactly) == said
