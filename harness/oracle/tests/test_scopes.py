"""Names in scopes (reference/executionmodel §4.2)."""

import pytest

from harness.model.language.expressions import Bind, Call, Reference
from harness.model.prediction import Exactly, Unspecified
from harness.model.source import (
    Class,
    Delete,
    Function,
    Guard,
    Invoke,
    Items,
    Literal,
    ModuleDir,
    ModuleGetattr,
    SetPath,
    Statement,
    Try,
)
from harness.model.versions import Version
from harness.oracle import predict
from harness.oracle.scopes import GLOBAL_KEY
from harness.oracle.tests.building import (
    EMPTY,
    Body,
    Rule,
    case,
    check,
    expected,
    imports,
    reads,
    rule,
    sets,
    takes,
)

MOD = {"r0/mod.py": (sets("x", "module"),)}


def function(*body: Statement, name: str = "f", shows: tuple[str, ...] = ()) -> Body:
    """A function that is called where it is defined; what it ``shows`` is global."""
    return (Function(name, body, shows), Invoke((name,)))


def body(*statements: Statement, name: str = "K") -> Class:
    """A class with that body."""
    return Class(name, statements)


class TestFunctions:
    """What a function binds anywhere in its body is its own."""

    @pytest.mark.parametrize(
        ("name", "binding"),
        [
            pytest.param("x", sets("x"), id="assignment"),
            pytest.param("x", Delete("x"), id="del"),
            pytest.param("x", reads("x", "mod"), id="read"),
            pytest.param("mod", imports("mod.sub"), id="import of a submodule"),
            pytest.param("x", imports("mod as x"), id="import as"),
            pytest.param("x", takes("mod", "x"), id="from"),
            pytest.param("x", takes("mod", "y as x"), id="from as"),
            pytest.param("x", Function("x", EMPTY), id="function"),
            pytest.param("x", Class("x", EMPTY), id="class"),
            pytest.param("x", Try((sets("x"),), "KeyError", EMPTY), id="try"),
            pytest.param("x", Try(EMPTY, "KeyError", (sets("x"),)), id="handler"),
            pytest.param("x", Guard((sets("x"),)), id="guard"),
            pytest.param("__path__", SetPath(("r0/q",)), id="path"),
            pytest.param("__getattr__", ModuleGetattr(("g",), 1), id="getattr"),
            pytest.param("__dir__", ModuleDir(("g",)), id="dir"),
        ],
    )
    def test_each_binding_makes_a_local(self, name: str, binding: Statement) -> None:
        """A use before it raises UnboundLocalError, whatever the global name refers to."""
        program = (*function(reads("y", name), binding), sets("end"))
        check(Rule(MOD, program, "exception/type", "UnboundLocalError", "scope.unbound-local"))

    @pytest.mark.parametrize(
        "inner",
        [
            pytest.param(function(sets("x"), name="g"), id="nested function"),
            pytest.param((body(sets("x")),), id="nested class"),
        ],
    )
    def test_what_is_nested_binds_for_itself(self, inner: Body) -> None:
        """A name that only a nested block binds is not local."""
        program = (sets("x", "global"), *function(reads("y", "x"), *inner, shows=("y",)))
        check(Rule({}, program, "binding/y", "global", "bind.global-declaration-respected"))

    @pytest.mark.parametrize(
        "each",
        [
            rule(
                "enclosing",
                MOD,
                function(imports("mod"), *function(reads("y", "mod.x"), name="g", shows=("y",))),
                "binding/y",
                "module",
                "module.attribute-lookup-is-dict",
            ),
            rule(
                "enclosing, unbound",
                MOD,
                (imports("mod"), *function(*function(reads("y", "mod"), name="g"), imports("mod"))),
                "exception/type",
                "NameError",
                "scope.nearest-enclosing",
            ),
            rule(
                "enclosing, deleted",
                MOD,
                (imports("mod"), *function(imports("mod"), Delete("mod"), *function(reads("y", "mod"), name="g"))),
                "exception/type",
                "NameError",
                "scope.nearest-enclosing",
            ),
            rule(
                "enclosing global statement",
                {},
                (
                    sets("x", "global"),
                    *function(
                        sets("x", "outer"),
                        *function(*function(reads("y", "x"), name="h", shows=("y",)), name="g", shows=("x",)),
                    ),
                ),
                "binding/y",
                "global",
                "scope.free-variable-global",
            ),
            rule(
                "past a class",
                {},
                function(
                    sets("x", "outer"), body(sets("x", "class"), *function(reads("y", "x"), name="g", shows=("y",)))
                ),
                "binding/y",
                "outer",
                "scope.nearest-enclosing",
            ),
            rule(
                "del of a local",
                {},
                function(Delete("x")),
                "exception/type",
                "UnboundLocalError",
                "scope.del-unbound-nameerror",
            ),
            rule(
                "del in a class",
                {},
                (sets("x"), body(Delete("x"))),
                "exception/type",
                "NameError",
                "scope.del-unbound-nameerror",
            ),
        ],
    )
    def test_found(self, each: Rule) -> None:
        """A name is found in the nearest scope that binds it."""
        check(each)


class TestClasses:
    """A class body sees its own names, then global ones; free names are those of the functions around it."""

    @pytest.mark.parametrize(
        ("inner", "value"),
        [
            pytest.param((reads("w", "x"),), "outer", id="free"),
            pytest.param((reads("w", "x"), sets("x")), "global", id="bound later"),
            pytest.param((reads("w", "x"), imports("mod as x")), "global", id="imported later"),
            pytest.param((reads("w", "x"), Try(EMPTY, "KeyError", (sets("x"),))), "global", id="bound in a handler"),
            pytest.param((sets("x", "class"), reads("w", "x")), "class", id="bound before"),
            pytest.param((sets("x"), Delete("x"), reads("w", "x")), "global", id="deleted"),
            pytest.param((reads("w", "x"), body(sets("x"), name="L")), "outer", id="bound in a nested class"),
        ],
    )
    def test_in_a_function(self, inner: Body, value: str) -> None:
        """Which of three names a class body in a function sees."""
        program = (sets("x", "global"), *function(sets("x", "outer"), body(*inner), reads("y", "K.w"), shows=("y",)))
        check(Rule(MOD, program, "binding/y", value, "bind.global-declaration-respected"))

    def test_neither_own_nor_global(self) -> None:
        """The name of the function around it is not found in place of an unbound own one."""
        program = function(sets("x", "outer"), body(reads("x", "x")))
        check(Rule({}, program, "exception/type", "NameError", "scope.class-unbound-local-is-global"))


def test_unbound_global_key() -> None:
    """Who raises KeyError for names that functions declare global does so in their module too."""
    files = {"r0/mod.py": (Delete("z"), Function("f", EMPTY, ("z",)))}
    found = predict(case(files, (imports("mod"),)), (3, 11), frozenset({GLOBAL_KEY})).facts["exception/type"]
    assert isinstance(found, Exactly)
    assert found.value == "KeyError"


class TestBuiltins:
    """Names that nobody bound are looked for among the built-in ones."""

    @pytest.mark.parametrize(
        ("name", "language", "outcome"),
        [
            pytest.param("ValueError", (3, 8), "completed", id="exception"),
            pytest.param("ExceptionGroup", (3, 10), "raised", id="exception to come"),
            pytest.param("ExceptionGroup", (3, 11), "completed", id="exception that came"),
            pytest.param("print", (3, 8), "completed", id="function"),
            pytest.param("frozendict", (3, 14), "raised", id="class to come"),
            pytest.param("Ellipsis", (3, 8), "completed", id="constant"),
            pytest.param("reduce", (3, 8), "raised", id="none"),
        ],
    )
    def test_read(self, name: str, language: tuple[int, int], outcome: str) -> None:
        """A built-in name is found in the versions that have it."""
        found = expected({}, (reads("y", name),), "outcome", language)
        assert isinstance(found, Exactly)
        assert outcome == found.value

    def test_value(self) -> None:
        """An exception class is known by its name, also under an old one."""
        check(Rule({}, (reads("y", "IOError"),), "binding/y", ("class", "OSError"), "scope.builtins-searched-last"))

    def test_hidden(self) -> None:
        """A binding hides the built-in name until it is deleted."""
        program = (sets("Warning"), reads("y", "Warning"), Delete("Warning"), reads("z", "Warning"))
        check(Rule({}, program, "binding/y", 1, "scope.assignment-binds"))
        check(Rule({}, program, "binding/z", ("class", "Warning"), "scope.builtins-searched-last"))

    @pytest.mark.parametrize("name", ["help", "WindowsError", "__loader__"])
    def test_perhaps(self, name: str) -> None:
        """What site or a platform adds may be there or not."""
        assert isinstance(expected({}, (Delete("__name__"), reads("y", name)), "outcome"), Unspecified)

    @pytest.mark.parametrize(
        ("held", "dotted"),
        [
            pytest.param(sets("x", 1), "x.real", id="number"),
            pytest.param(sets("x", "s"), "x.upper", id="text"),
            pytest.param(sets("x", None), "x.__class__", id="None"),
            pytest.param(Function("x", EMPTY), "x.__name__", id="function"),
            pytest.param(body(name="x"), "x.mro", id="class"),
            pytest.param(body(sets("__name__", "s"), name="x"), "x.__name__", id="name of a class"),
            pytest.param(reads("x", "ValueError"), "x.mro", id="exception"),
            pytest.param(imports("mod as x"), "x.__class__", id="module"),
            pytest.param(imports("mod as x"), "x.__name__.upper", id="value of a module"),
        ],
    )
    def test_attributes_of_types(self, held: Statement, dotted: str) -> None:
        """Which attributes an object has by its type is open."""
        assert isinstance(expected(MOD, (held, reads("y", dotted)), "outcome"), Unspecified)

    @pytest.mark.parametrize("name", ["z", "_p"])
    @pytest.mark.parametrize("value", [1, True, "s", Items((), mutable=True), None], ids=str)
    def test_no_such_attribute(self, value: Literal, name: str) -> None:
        """No number, text or list has an attribute of one letter, or with one underscore first (library/stdtypes)."""
        found = expected(MOD, (sets("x", value), reads("y", f"x.{name}")), "exception/type")
        assert isinstance(found, Exactly)
        assert found.value == "AttributeError"

    @pytest.mark.parametrize(
        ("function", "language", "error"),
        [
            pytest.param("importlib.resources.files", (3, 8), "AttributeError", id="files-before"),
            pytest.param("importlib.resources.files", (3, 9), "NameError", id="files"),
            pytest.param("pkgutil.get_loader", (3, 13), "NameError", id="get_loader"),
            pytest.param("pkgutil.get_loader", (3, 14), "AttributeError", id="get_loader-after"),
        ],
    )
    def test_a_function_is_looked_up_before_its_arguments(self, function: str, language: Version, error: str) -> None:
        """Expressions are evaluated from left to right, what is called first (reference/expressions §6.16)."""
        program = (Bind(Call(function, (Reference(("nobody",)),)), "v"),)
        found = predict(case({}, program), language).facts["exception/type"]
        assert isinstance(found, Exactly)
        assert found.value == error
