"""The import statement: which names it binds, and to what (reference/simple_stmts §7.11)."""

import pytest

from harness.model.prediction import Exactly, OneOf
from harness.model.source import Class, Function, Invoke, Raise, Try
from harness.model.values import ABSENT
from harness.oracle import predict
from harness.oracle.tests.building import (
    EMPTY,
    LANGUAGE,
    Rule,
    case,
    check,
    expected,
    imports,
    reads,
    rule,
    sets,
    takes,
    trace,
)

MOD = {"r0/mod.py": (sets("x"),)}
PKG = {"r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": (sets("x"),)}
NESTED = {"r0/a/__init__.py": EMPTY, "r0/a/b/__init__.py": EMPTY, "r0/a/b/c.py": EMPTY}


class TestImport:
    """`import`: the name after `as`, the top-level module, or the top-level package."""

    @pytest.mark.parametrize(
        "each",
        [
            rule(
                "top level", MOD, (imports("mod"),), "binding/mod", ("module", "mod"), "bind.import-toplevel-binds-name"
            ),
            rule("alias", MOD, (imports("mod as m"),), "names", ("list", "m"), "bind.import-as-binds-alias-only"),
            rule("dotted", NESTED, (imports("a.b.c"),), "names", ("list", "a"), "bind.import-dotted-binds-top-package"),
            rule(
                "dotted alias",
                NESTED,
                (imports("a.b.c as x"),),
                "binding/x",
                ("module", "a.b.c"),
                "bind.import-dotted-as-binds-submodule",
            ),
            rule(
                "attribute hides module",
                {"r0/a/__init__.py": (imports("a.b"), sets("b", 1)), "r0/a/b.py": EMPTY},
                (imports("a.b as x"),),
                "binding/x",
                ("module", "a.b"),
                "bind.import-dotted-as-direct",
            ),
            rule(
                "comma",
                MOD,
                (imports("mod", "missing"),),
                "exception/type",
                "ModuleNotFoundError",
                "bind.comma-clauses-independent",
            ),
            rule(
                "earlier of several",
                MOD,
                (imports("mod", "missing"),),
                "binding/mod",
                ("module", "mod"),
                "bind.import-toplevel-binds-name",
            ),
            rule("missing", MOD, (imports("none"),), "binding/none", ABSENT, "bind.no-binding-on-failed-load"),
            rule(
                "global",
                MOD,
                (Function("f", (imports("mod"),), ("mod",)), Invoke(("f",))),
                "binding/mod",
                ("module", "mod"),
                "bind.global-declaration-respected",
            ),
            rule(
                "function",
                MOD,
                (Function("f", (imports("mod"),)), Invoke(("f",))),
                "names",
                ("list", "f"),
                "bind.contents-need-qualification",
            ),
            rule(
                "class",
                MOD,
                (Class("C", (imports("mod"),)), reads("y", "C.mod.x")),
                "binding/y",
                1,
                "module.attribute-lookup-is-dict",
            ),
            rule(
                "local before import",
                MOD,
                (imports("mod"), Function("f", (reads("y", "mod"), imports("mod"))), Invoke(("f",))),
                "exception/type",
                "UnboundLocalError",
                "scope.unbound-local",
            ),
        ],
    )
    def test_binds(self, each: Rule) -> None:
        """The name is bound, or not bound, as the statement says."""
        check(each)

    def test_keeps_the_old_binding(self) -> None:
        """A failed import leaves alone what the name was bound to."""
        program = (sets("none", 1), Try((imports("none"),), "ImportError", EMPTY))
        check(Rule({}, program, "binding/none", 1, "scope.assignment-binds"))

    def test_in_order(self) -> None:
        """The modules of one statement are executed in its order."""
        assert trace({"r0/a.py": EMPTY, "r0/b.py": EMPTY}, (imports("b", "a"),)) == ["r0/b.py b", "r0/a.py a"]


class TestFrom:
    """`from`: an attribute of the module, or else its submodule, or else ImportError."""

    @pytest.mark.parametrize(
        "each",
        [
            rule("attribute", MOD, (takes("mod", "x"),), "binding/x", 1, "from.attribute-before-submodule"),
            rule("alias", MOD, (takes("mod", "x as y"),), "names", ("list", "y"), "from.as-binds-alias"),
            rule(
                "submodule",
                PKG,
                (takes("pkg", "sub"),),
                "binding/sub",
                ("module", "pkg.sub"),
                "from.submodule-fallback",
            ),
            rule(
                "attribute first",
                {"r0/pkg/__init__.py": (sets("sub", 1),), "r0/pkg/sub.py": EMPTY},
                (takes("pkg", "sub"),),
                "modules",
                ("list", "pkg"),
                "loading.in-sys-modules-before-exec",
            ),
            rule(
                "submodule replaces attribute",
                {"r0/pkg/__init__.py": (sets("sub", 1),), "r0/pkg/sub.py": EMPTY},
                (imports("pkg.sub"), takes("pkg", "sub")),
                "binding/sub",
                ("module", "pkg.sub"),
                "submodule.overrides-same-name",
            ),
            rule(
                "submodule raises",
                {"r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": (Raise("KeyError"),)},
                (takes("pkg", "sub"),),
                "exception/type",
                "KeyError",
                "from.submodule-exception-propagates",
            ),
            rule(
                "missing dependency",
                {"r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": (imports("none"),)},
                (takes("pkg", "sub"),),
                "exception/name",
                "none",
                "from.submodule-exception-propagates",
            ),
            rule("missing module", {}, (takes("none", "x"),), "names", ("list",), "bind.contents-need-qualification"),
        ],
    )
    def test_takes(self, each: Rule) -> None:
        """Each name is found where the documents say it is looked for."""
        check(each)

    @pytest.mark.parametrize(
        "files", [pytest.param(MOD, id="module"), pytest.param({"r0/mod/": EMPTY}, id="namespace")]
    )
    def test_missing_name(self, files: dict[str, tuple[()]]) -> None:
        """ImportError, the usual one or its subclass: the documents leave that open."""
        prediction = predict(case(files, (takes("mod", "none"),)), LANGUAGE)
        found = [world.facts["exception/type"] for world in prediction.worlds]
        assert ["ImportError", "ModuleNotFoundError"] == [item.value for item in found if isinstance(item, Exactly)]

    def test_missing_after_present(self) -> None:
        """Nothing says whether the names before a missing one are bound; if they are, to what they name."""
        found = expected(MOD, (takes("mod", "x", "none"),), "binding/x")
        assert isinstance(found, OneOf)
        assert found.values == (1, ABSENT)
        assert "from.names-processed-in-order" in found.clauses
