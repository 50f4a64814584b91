"""The module cache, failures and cycles (reference/import §5.3.1, §5.4)."""

import pytest

from harness.model.prediction import OneOf
from harness.model.source import Block, Broken, Function, Invoke, Raise, Substitute, Try, Uncache
from harness.model.values import ABSENT
from harness.oracle.tests.building import EMPTY, Rule, check, expected, imports, reads, rule, sets, takes, trace

MOD = {"r0/mod.py": (sets("x"),)}
PKG = {"r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": (sets("x"),)}


class TestCache:
    """What the cache holds is what an import gives."""

    def test_executed_once(self) -> None:
        """A module is executed the first time it is imported and never again."""
        assert trace(MOD, (imports("mod"), imports("mod as m"), takes("mod", "x"))) == ["r0/mod.py mod"]

    def test_removed_is_executed_again(self) -> None:
        """Without its entry a module is searched anew, and the new object is another."""
        program = (imports("mod as a"), Uncache("mod"), imports("mod as b"))
        assert trace(MOD, program) == ["r0/mod.py mod", "r0/mod.py mod"]
        check(Rule(MOD, program, "binding/a", ("stray", "mod", 0), "bind.import-as-binds-alias-only"))

    @pytest.mark.parametrize(
        "each",
        [
            rule(
                "none",
                MOD,
                (Block("mod"), imports("mod")),
                "exception/type",
                "ModuleNotFoundError",
                "cache.none-raises-mnfe",
            ),
            rule("none named", MOD, (Block("mod"), imports("mod")), "exception/name", "mod", "errors.name-attribute"),
            rule(
                "none for the parent",
                PKG,
                (Block("pkg"), imports("pkg.sub")),
                "exception/type",
                "ModuleNotFoundError",
                "cache.import-time-error-when-none-parent",
            ),
            rule(
                "substitute",
                MOD,
                (Substitute("mod", (("y", 2),)), takes("mod", "y")),
                "binding/y",
                2,
                "cache.non-module-value-accepted",
            ),
            rule(
                "substitute is no package",
                PKG,
                (Substitute("pkg"), imports("pkg.sub")),
                "exception/type",
                "ModuleNotFoundError",
                "meta.missing-dunder-path-mnfe",
            ),
            rule(
                "submodule removed",
                PKG,
                (imports("pkg.sub"), Uncache("pkg.sub"), takes("pkg", "sub")),
                "binding/sub",
                ("stray", "pkg.sub", 0),
                "from.attribute-before-submodule",
            ),
        ],
    )
    def test_entries(self, each: Rule) -> None:
        """None blocks, any other object is taken."""
        check(each)

    def test_parent_removed(self) -> None:
        """Whether a cached submodule is taken without its parent is told in two ways."""
        found = expected(PKG, (imports("pkg.sub"), Uncache("pkg"), imports("pkg.sub as s")), "module/pkg")
        assert isinstance(found, OneOf)
        assert (found.values, found.clauses[-1]) == ((ABSENT, ("module", "pkg")), "cache.dotted-hit-needs-no-parent")


class TestFailure:
    """A module that fails is taken out of the cache, and only that one."""

    @pytest.mark.parametrize(
        ("body", "clause"),
        [
            pytest.param((Raise("ValueError"),), "failure.failing-module-removed", id="exception"),
            pytest.param((Broken(),), "failure.syntaxerror-removes", id="syntax"),
            pytest.param((Raise("KeyboardInterrupt"),), "failure.base-exception-cleanup", id="base"),
            pytest.param((Substitute("mod"), Raise("ValueError")), "failure.failing-module-removed", id="replaced"),
            pytest.param((Uncache("mod"), Raise("ValueError")), "failure.failing-module-removed", id="removed"),
        ],
    )
    def test_removed(self, body: tuple[Raise, ...], clause: str) -> None:
        """Whatever the exception is, no entry remains."""
        check(Rule({"r0/mod.py": body}, (imports("mod"),), "module/mod", ABSENT, clause))

    def test_what_was_loaded_stays(self) -> None:
        """Modules that were loaded on the way remain."""
        files = {"r0/mod.py": (imports("other"), Raise("ValueError")), "r0/other.py": EMPTY}
        check(Rule(files, (imports("mod"),), "modules", ("list", "other"), "loading.in-sys-modules-before-exec"))

    def test_retried(self) -> None:
        """The next import executes it again."""
        files = {"r0/mod.py": (Raise("ValueError"),)}
        program = (Try((imports("mod"),), "ValueError", EMPTY), imports("mod"))
        assert trace(files, program) == ["r0/mod.py mod", "r0/mod.py mod"]

    def test_submodule_is_not_bound(self) -> None:
        """A submodule that fails is no attribute of its package, which remains."""
        files = {"r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": (Raise("ValueError"),)}
        program = (imports("pkg"), Try((imports("pkg.sub"),), "ValueError", EMPTY))
        check(Rule(files, program, "module/pkg/value/sub", ABSENT, "failure.no-parent-attribute"))


class TestCycles:
    """A module is in the cache before it is executed."""

    @pytest.mark.parametrize(
        "each",
        [
            rule(
                "both",
                {"r0/a.py": (imports("b"),), "r0/b.py": (imports("a"),)},
                (imports("a"),),
                "module/b/value/a",
                ("module", "a"),
                "circular.noop-import",
            ),
            rule(
                "too early",
                {"r0/a.py": (imports("b"), sets("x")), "r0/b.py": (imports("a"), reads("y", "a.x"))},
                (imports("a"),),
                "exception/type",
                "AttributeError",
                "circular.partial-module-visible",
            ),
            rule(
                "defined before",
                {"r0/a.py": (sets("x"), imports("b")), "r0/b.py": (takes("a", "x"),)},
                (imports("a"),),
                "module/b/value/x",
                1,
                "from.attribute-before-submodule",
            ),
            rule(
                "submodule from the cache",
                {"r0/p/__init__.py": EMPTY, "r0/p/a.py": (takes("p", "b"),), "r0/p/b.py": (takes("p", "a"),)},
                (imports("p.a"),),
                "module/p.b/value/a",
                ("module", "p.a"),
                "circular.absolute-from-supported",
            ),
            rule(
                "relative submodule from the cache",
                {"r0/p/__init__.py": EMPTY, "r0/p/a.py": (takes("p", "b"),), "r0/p/b.py": (takes(".", "a"),)},
                (imports("p.a"),),
                "module/p.b/value/a",
                ("module", "p.a"),
                "from.sys-modules-fallback-in-cycle",
            ),
            rule(
                "later",
                {"r0/a.py": (imports("b"), sets("x")), "r0/b.py": (Function("f", (takes("a", "x"),), ("x",)),)},
                (imports("a", "b"), Invoke(("b", "f"))),
                "module/b/value/x",
                1,
                "bind.global-declaration-respected",
            ),
        ],
    )
    def test_shapes(self, each: Rule) -> None:
        """What each side sees of the other."""
        check(each)

    def test_too_early_by_name(self) -> None:
        """A from-import of a name that is not there yet fails, and both modules leave."""
        files = {"r0/a.py": (takes("b", "y"), sets("x")), "r0/b.py": (takes("a", "x"), sets("y"))}
        check(Rule(files, (imports("a"),), "modules", ("list",), "cache.checked-first"))

    def test_bound_while_executed(self) -> None:
        """Whether a submodule is bound in its package while it is executed is nowhere said."""
        files = {"r0/p/__init__.py": EMPTY, "r0/p/a.py": (imports("p"), reads("x", "p.a"))}
        found = expected(files, (imports("p.a"),), "outcome")
        assert isinstance(found, OneOf)
        assert (found.values, found.clauses[-1]) == (("raised", "completed"), "submodule.bound-after-execution")
