"""Star imports (reference/simple_stmts §7.11; tutorial/modules §6.4.1)."""

from typing import Final

import pytest

from harness.model.prediction import Ending, Exactly, OneOf, Unspecified
from harness.model.source import (
    Block,
    Class,
    Extend,
    Function,
    Items,
    Literal,
    ModuleGetattr,
    Recache,
    StarImport,
    Statement,
    Substitute,
    Try,
)
from harness.oracle import departure, predict
from harness.oracle.tests.building import EMPTY, LANGUAGE, Files, Rule, case, check, expected, imports, sets, trace

STAR = (StarImport("mod"),)
NAMES = (sets("x"), sets("_y"), sets("z"))


def listing(*names: str | int | None) -> Statement:
    """``__all__ = [...]``."""
    return sets("__all__", Items(names))


class TestModules:
    """The names in __all__, or else those without a leading underscore."""

    @pytest.mark.parametrize(
        ("body", "names"),
        [
            pytest.param(NAMES, ["x", "z"], id="without"),
            pytest.param((*NAMES, listing("_y", "z")), ["_y", "z"], id="list"),
            pytest.param((*NAMES, sets("__all__", Items(("x",), mutable=False))), ["x"], id="tuple"),
            pytest.param((*NAMES, sets("__all__", "xz")), ["x", "z"], id="string"),
            pytest.param((*NAMES, listing()), [], id="empty"),
            pytest.param((*NAMES, listing("x"), Extend("__all__", Items(("z",)))), ["x", "z"], id="augmented"),
            pytest.param((*NAMES, listing("x", "x")), ["x"], id="twice"),
            pytest.param((imports("other"),), ["other"], id="imported"),
            pytest.param((listing("q"), ModuleGetattr(("q",), 1)), ["q"], id="getattr"),
            pytest.param((*NAMES, ModuleGetattr(("q", "__all__"), "q")), ["x", "z"], id="getattr without __all__"),
        ],
    )
    def test_binds(self, body: tuple[Statement, ...], names: list[str]) -> None:
        """Exactly these names are bound."""
        found = expected({"r0/mod.py": body, "r0/other.py": EMPTY}, STAR, "names")
        assert isinstance(found, Exactly)
        assert found.value == ("list", *names)

    @pytest.mark.parametrize("item", [1, None])
    def test_items_are_strings(self, item: int | None) -> None:
        """An item that is no string makes the import fail; no document says with which exception."""
        files = {"r0/mod.py": (listing(item),)}
        error = expected(files, STAR, "exception/type")
        check(Rule(files, STAR, "outcome", "raised", "star.all-items-must-be-str"))
        assert isinstance(error, Unspecified)

    @pytest.mark.parametrize("value", [None, 1, True])
    def test_no_sequence(self, value: int | None) -> None:
        """An __all__ that is no sequence makes the import fail; no document says with which exception."""
        files = {"r0/mod.py": (sets("__all__", value),)}
        check(Rule(files, STAR, "outcome", "raised", "star.all-must-be-sequence"))
        assert isinstance(expected(files, STAR, "exception/type"), Unspecified)

    @pytest.mark.parametrize("value", [None, 1, True])
    def test_no_sequence_from_getattr(self, value: int | None) -> None:
        """Who takes __all__ from a module __getattr__ fails there; by the documents the public names are bound."""
        files = {"r0/mod.py": (*NAMES, ModuleGetattr(("__all__",), value))}
        check(Rule(files, STAR, "names", ("list", "x", "z"), "star.no-all-binds-public"))
        departed = frozenset({departure("star.all-in-namespace", "from __getattr__")})
        (world,) = predict(case(files, STAR), LANGUAGE, departed).worlds
        assert world.ending is Ending.COMPLETED
        error = world.facts["exception/type"]
        assert isinstance(error, Exactly)
        assert error.value == "TypeError"

    def test_missing_name(self) -> None:
        """A name in __all__ must exist: the import fails, nothing says with which exception."""
        files = {"r0/mod.py": (listing("x"),)}
        outcome, error = (expected(files, STAR, fact) for fact in ("outcome", "exception/type"))
        assert isinstance(outcome, Exactly)
        assert (outcome.value, type(error)) == ("raised", Unspecified)

    @pytest.mark.parametrize(
        ("statement", "clause"),
        [
            pytest.param(Function("f", STAR), "star.syntaxerror-in-function", id="function"),
            pytest.param(Class("C", STAR), "star.syntaxerror-in-class", id="class"),
            pytest.param(Class("C", (Function("f", STAR),)), "star.syntaxerror-in-function", id="method"),
        ],
    )
    def test_only_at_module_level(self, statement: Statement, clause: str) -> None:
        """Anywhere else it is a SyntaxError of the whole source."""
        files = {"r0/mod.py": EMPTY}
        program = (imports("mod"), statement)
        check(Rule(files, program, "exception/type", "SyntaxError", clause))
        assert trace(files, program) == []

    def test_bound_or_not_differs_in_type_alone(self) -> None:
        """Whether a name is bound before another one fails is open, also where old and new value are equal."""
        files = {"r0/mod.py": (sets("x", True), listing("x", None))}  # noqa: FBT003 - a value, not a flag
        found = expected(files, (sets("x"), *STAR), "binding/x")
        assert isinstance(found, OneOf)
        assert list(map(repr, found.values)) == ["True", "1"]

    def test_a_none_entry_has_an_exception_of_its_own(self) -> None:
        """A None entry raises ModuleNotFoundError; no document says whether it does in a star import too."""
        files = {"r0/mod/__init__.py": (listing("sub"),)}
        caught = Try((*STAR,), "ModuleNotFoundError", ())
        found = expected(files, (imports("mod"), Block("mod.sub"), caught), "outcome")
        assert isinstance(found, Unspecified)
        assert found.clauses[-1] == "star.missing-name-exception"


class TestPackages:
    """Submodules in __all__ are imported, others are exported only if they are loaded."""

    FILES: Final[Files] = {"r0/mod/sub.py": EMPTY, "r0/mod/other.py": EMPTY}

    @pytest.mark.parametrize(
        ("init", "executed"),
        [
            pytest.param(EMPTY, [], id="without"),
            pytest.param((listing("sub"),), ["r0/mod/sub.py mod.sub"], id="listed"),
            pytest.param((listing("sub"), sets("sub")), [], id="shadowed"),
        ],
    )
    def test_loads(self, init: tuple[Statement, ...], executed: list[str]) -> None:
        """Which submodules the star import executes."""
        assert trace({"r0/mod/__init__.py": init, **self.FILES}, STAR)[1:] == executed

    def test_loaded_before(self) -> None:
        """A submodule that was loaded before is among the public names."""
        files = {"r0/mod/__init__.py": EMPTY, **self.FILES}
        program = (imports("mod.sub as s"), *STAR)
        check(Rule(files, program, "binding/sub", ("module", "mod.sub"), "star.package-includes-loaded-submodules"))


class TestObjects:
    """What the namespace of an object that is no module is, and so what a star import takes from it, is open."""

    @pytest.mark.parametrize(
        ("attributes", "names"),
        [
            pytest.param((("x", 1), ("_p", 2)), [(), ("x",)], id="without __all__"),
            pytest.param((("x", 1), ("_p", 2), ("__all__", Items(("_p",)))), [("_p",), ()], id="with __all__"),
        ],
    )
    def test_binds(self, attributes: tuple[tuple[str, Literal], ...], names: list[tuple[str, ...]]) -> None:
        """Its own dictionary is empty, its class has attributes; or it is refused."""
        found = predict(case({}, (Substitute("mod", attributes), *STAR)), LANGUAGE)
        bound = [world.facts["names"] for world in found.worlds[:2]]
        assert [("list", *each) for each in names] == [item.value for item in bound if isinstance(item, Exactly)]
        assert [world.answers[0].option for world in found.worlds[2:]] == [
            "AttributeError",
            "ImportError",
            "TypeError",
            "another",
        ]

    def test_class(self) -> None:
        """Of a class nothing is said."""
        held = Class("m", (sets("x"),))
        assert isinstance(expected({}, (held, Recache("mod", "m"), *STAR), "outcome"), Unspecified)

    @pytest.mark.parametrize("value", [1, "s", Items(("x",))], ids=str)
    def test_built_in_types(self, value: Literal) -> None:
        """Of an object whose type is built in nothing is bound, or it is refused."""
        found = predict(case({}, (sets("m", value), Recache("mod", "m"), *STAR)), LANGUAGE)
        outcomes = [world.facts["outcome"] for world in found.worlds]
        assert ["completed", *["raised"] * 4] == [item.value for item in outcomes if isinstance(item, Exactly)]

    def test_submodules_of_an_object(self) -> None:
        """The submodules that are bound in an object are in its own dictionary, whatever its class gives it."""
        files = {"r0/mod/sub.py": EMPTY}
        given: tuple[tuple[str, Literal], ...] = (("__path__", Items(("r0/mod",))), ("__spec__", None), ("y", 1))
        program = (Substitute("mod", given), imports("mod.sub as s"), *STAR)
        names = [world.facts.get("names") for world in predict(case(files, program), LANGUAGE).worlds]
        assert Exactly(("list", "s", "sub"), ()).value in [item.value for item in names if isinstance(item, Exactly)]

    @pytest.mark.parametrize("value", [None, 1], ids=str)
    def test_name_of_the_module(self, value: Literal) -> None:
        """What a module is called makes no difference, but where an implementation asks for a text."""
        files = {"r0/mod.py": (sets("x"), sets("__name__", value))}
        asks = departure("star.no-all-binds-public", "__name__ asked for as text")
        check(Rule(files, STAR, "names", ("list", "x"), "star.no-all-binds-public"))
        found = predict(case(files, STAR), LANGUAGE, frozenset({asks})).facts["exception/type"]
        assert isinstance(found, Exactly)
        assert "TypeError" == found.value


class TestAllOfAHook:
    """A module ``__getattr__`` that gives an ``__all__`` has no part in a star import (star.all-in-namespace)."""

    FILES: Final[Files] = {
        "r0/mod/__init__.py": (sets("x"), ModuleGetattr(("__all__",), Items(("sub",)))),
        "r0/mod/sub.py": EMPTY,
    }

    @pytest.mark.parametrize(
        ("name", "bound"),
        [(None, ["x"]), ("submodules from __getattr__", ["sub", "x"]), ("from __getattr__", ["sub"])],
    )
    def test_departures(self, name: str | None, bound: list[str]) -> None:
        """What it names is imported, or is all that is bound, where an implementation asks for it."""
        taken = frozenset() if name is None else frozenset({departure("star.all-in-namespace", name)})
        found = predict(case(self.FILES, STAR), LANGUAGE, taken).facts["names"]
        assert isinstance(found, Exactly)
        assert found.value == ("list", *bound)
