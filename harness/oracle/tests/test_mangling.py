"""Private names of classes (reference/expressions §6.2.2.1)."""

import pytest

from harness.model.prediction import Exactly, OneOf, Unspecified
from harness.model.source import (
    Class,
    Delete,
    Function,
    Invoke,
    Recache,
    Statement,
)
from harness.oracle import predict
from harness.oracle.tests.building import (
    EMPTY,
    LANGUAGE,
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
LONG = {"r0/__m.py": (sets("x", "short"),), "r0/_K__m.py": (sets("x", "long"),)}


def function(*body: Statement, name: str = "f", shows: tuple[str, ...] = ()) -> Body:
    """A function that is called where it is defined; what it ``shows`` is global."""
    return (Function(name, body, shows), Invoke((name,)))


def body(*statements: Statement, name: str = "K") -> Class:
    """A class with that body."""
    return Class(name, statements)


class TestPrivateNames:
    """In the text of a class a private name stands for a longer one."""

    @pytest.mark.parametrize(
        ("inner", "dotted"),
        [
            pytest.param(sets("__x"), "K._K__x", id="assignment"),
            pytest.param(imports("mod as __x"), "K._K__x", id="import as"),
            pytest.param(takes("mod", "x as __x"), "K._K__x", id="from as"),
            pytest.param(imports("__m"), "K._K__m", id="import"),
            pytest.param(imports("__p.sub"), "K._K__p.sub", id="dotted import"),
            pytest.param(Function("__x", EMPTY), "K._K__x", id="function"),
            pytest.param(Class("__x", EMPTY), "K._K__x", id="class"),
            pytest.param(Class("_L", (sets("__x"),)), "K._L._L__x", id="nested class"),
            pytest.param(sets("__x_"), "K._K__x_", id="one underscore at the end"),
            pytest.param(sets("___x"), "K._K___x", id="three underscores"),
        ],
    )
    def test_bound(self, inner: Statement, dotted: str) -> None:
        """Every statement binds the longer name."""
        files = {**MOD, **LONG, "r0/__p/__init__.py": EMPTY, "r0/__p/sub.py": EMPTY}
        found = expected(files, (body(inner), reads("y", dotted)), "outcome", (3, 13))
        assert isinstance(found, Exactly)
        assert found.value == "completed"

    @pytest.mark.parametrize(
        "each",
        [
            rule(
                "read",
                {},
                (sets("__x"), body(reads("y", "__x"))),
                "exception/type",
                "NameError",
                "scope.private-names-mangled",
            ),
            rule(
                "outside",
                {},
                (body(sets("__x")), reads("y", "K.__x")),
                "exception/type",
                "AttributeError",
                "scope.attribute-missing",
            ),
            rule(
                "attribute",
                {},
                (body(sets("__x"), name="L"), body(reads("y", "L.__x"))),
                "exception/type",
                "AttributeError",
                "scope.private-names-mangled",
            ),
            rule(
                "del",
                {},
                (sets("__x"), body(Delete("__x"))),
                "exception/type",
                "NameError",
                "scope.private-names-mangled",
            ),
            rule(
                "function",
                {},
                (body(*function(sets("__x", 7), shows=("__x",))),),
                "binding/_K__x",
                7,
                "scope.private-names-mangled",
            ),
            rule(
                "name of a function",
                {},
                (body(Function("__f", EMPTY)), reads("y", "K._K__f")),
                "binding/y",
                ("function", "__f"),
                "scope.private-names-mangled",
            ),
            rule(
                "two underscores at the end",
                {},
                (body(sets("__all__", 7)), reads("y", "K.__all__")),
                "binding/y",
                7,
                "scope.assignment-binds",
            ),
            rule(
                "leading underscores",
                {},
                (body(sets("__x", 7), name="__K"), reads("y", "__K._K__x")),
                "binding/y",
                7,
                "scope.private-names-mangled",
            ),
            rule(
                "underscores alone",
                {},
                (body(sets("__x", 7), name="_"), reads("y", "_.__x")),
                "binding/y",
                7,
                "mangling.class-of-underscores",
            ),
            rule(
                "module",
                LONG,
                (body(imports("__m")), reads("y", "K._K__m.x")),
                "binding/y",
                "long",
                "module.attribute-lookup-is-dict",
            ),
            rule(
                "from module",
                LONG,
                (body(takes("__m", "x")), reads("y", "K.x")),
                "binding/y",
                "long",
                "from.attribute-before-submodule",
            ),
            rule(
                "member",
                {"r0/mod.py": (sets("_K__x", 7),)},
                (body(takes("mod", "__x")), reads("y", "K._K__x")),
                "binding/y",
                7,
                "from.attribute-before-submodule",
            ),
            rule(
                "missing module",
                {"r0/__m.py": EMPTY},
                (body(imports("__m")),),
                "exception/name",
                "_K__m",
                "mangling.imported-module",
            ),
        ],
    )
    def test_mangled(self, each: Rule) -> None:
        """The transformation does not depend on where the name stands."""
        check(each)

    @pytest.mark.parametrize("language", [(3, 12), (3, 13)])
    def test_dotted_module(self, language: tuple[int, int]) -> None:
        """The dotted name of a module is as written from 3.13 on; before, the documents made no exception for it."""
        files = {"r0/__p/__init__.py": EMPTY, "r0/__p/sub.py": EMPTY}
        found = expected(files, (body(imports("__p.sub")),), "modules", language)
        assert isinstance(found, Exactly) == (language == (3, 13))

    def test_attempted_submodule(self) -> None:
        """Nothing says which name the attempt to import a submodule has."""
        files = {"r0/pkg/__init__.py": EMPTY, "r0/pkg/_K__m.py": EMPTY}
        found = expected(files, (body(takes("pkg", "__m")),), "outcome")
        assert isinstance(found, OneOf)
        assert "mangling.attempted-submodule" in found.clauses

    def test_attempted_although_there(self) -> None:
        """Where the member is there a submodule may be attempted all the same: by the name that is written."""
        files = {"r0/pkg/__init__.py": EMPTY, "r0/pkg/_K__m.py": EMPTY, "r0/pkg/__m.py": EMPTY}
        worlds = predict(case(files, (imports("pkg._K__m"), body(takes("pkg", "__m")))), LANGUAGE).worlds
        events = [[str(fact) for key, fact in world.facts.items() if key.startswith("trace/0")] for world in worlds]
        assert [False, True] == sorted(any("/__m.py" in event for event in each) for each in events)

    def test_long(self) -> None:
        """A name of more than 255 characters may be truncated."""
        facts = predict(case({}, (body(sets("__" + "x" * 250)), body(sets("__" + "x" * 252)))), LANGUAGE).facts
        assert isinstance(facts["outcome"], Unspecified)
        assert facts["outcome"].clauses == ("mangling.long-name",)


def test_key_that_is_looked_for() -> None:
    """Where importing a private name as it is written failed, sys.modules may be asked for it as it is mangled."""
    files = {"r0/pkg/__init__.py": EMPTY, "r0/mod.py": EMPTY}
    taken = Class("K", (takes("pkg", "__c as x"),))
    program = (imports("pkg", "mod"), Recache("pkg._K__c", "mod"), taken, reads("y", "K.x"))
    worlds = predict(case(files, program), LANGUAGE).worlds
    bound = [world.facts.get("binding/y") for world in worlds]
    assert ("module", "mod") in [item.value for item in bound if isinstance(item, Exactly)]
    assert {world.facts["outcome"].value for world in worlds if isinstance(world.facts["outcome"], Exactly)} == {
        "completed",
        "raised",
    }
