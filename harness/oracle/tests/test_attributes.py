"""What modules hold (reference/datamodel §3.2.9.1, §3.3.2.1; reference/import §5.4.5)."""

import pytest

from harness.model.prediction import OneOf, Unspecified
from harness.model.source import Delete, ModuleDir, ModuleGetattr
from harness.model.values import ABSENT
from harness.oracle.tests.building import EMPTY, Files, Rule, check, expected, imports, reads, rule, sets, takes

FILES: Files = {"r0/mod.py": EMPTY, "r0/pkg/__init__.py": EMPTY, "r0/pkg/sub.py": EMPTY, "r0/ns/": EMPTY}
ALL = (imports("mod", "pkg.sub", "ns"),)


class TestAttributes:
    """Import-related attributes of modules and of their specs."""

    @pytest.mark.parametrize(
        "each",
        [
            rule("name", FILES, ALL, "module/pkg.sub/__name__", "pkg.sub", "module.name-fully-qualified"),
            rule("name of a package", FILES, ALL, "module/pkg/__name__", "pkg", "init.dunder-name-is-package"),
            rule("package of a module", FILES, ALL, "module/mod/__package__", "", "module.package-top-level-empty"),
            rule(
                "package of a submodule",
                FILES,
                ALL,
                "module/pkg.sub/__package__",
                "pkg",
                "module.package-for-submodule",
            ),
            rule("package of a package", FILES, ALL, "module/pkg/__package__", "pkg", "module.package-for-package"),
            rule("file", FILES, ALL, "module/mod/__file__", "<tree>/r0/mod.py", "module.file-is-source-path"),
            rule(
                "file of a package",
                FILES,
                ALL,
                "module/pkg/__file__",
                "<tree>/r0/pkg/__init__.py",
                "module.file-of-package-is-init",
            ),
            rule("path", FILES, ALL, "module/pkg/__path__", ("list", "<tree>/r0/pkg"), "dpath.regular-package-value"),
            rule("no path", FILES, ALL, "module/mod/__path__", ABSENT, "module.path-only-on-packages"),
            rule("no docstring", FILES, ALL, "module/mod/__doc__", None, "module.doc-attribute"),
            rule("loader", FILES, ALL, "module/mod/__loader__", "spec.loader", "module.loader-attribute"),
            rule("spec's parent", FILES, ALL, "module/pkg.sub/spec.parent", "pkg", "spec.parent-derivation"),
            rule(
                "spec's file",
                FILES,
                ALL,
                "module/mod/spec.cached",
                "<tree>/r0/__pycache__/mod.<tag>.pyc",
                "spec.cached-path",
            ),
            rule(
                "no locations",
                FILES,
                ALL,
                "module/mod/spec.submodule_search_locations",
                None,
                "spec.search-locations-package",
            ),
            rule("repr", FILES, ALL, "module/mod/repr", ("repr", True, True), "repr.source-module"),
        ],
    )
    def test_set(self, each: Rule) -> None:
        """Each has the value that the data model gives it."""
        check(each)

    @pytest.mark.parametrize(
        ("name", "clause"),
        [("__package__", "module.package-removed-315"), ("__cached__", "module.cached-not-set-315")],
    )
    def test_gone_in_315(self, name: str, clause: str) -> None:
        """What 3.15 says it sets no more."""
        check(Rule(FILES, ALL, f"module/mod/{name}", ABSENT, clause), (3, 15))

    def test_file_of_a_namespace_package(self) -> None:
        """None or absent: PEP 420 and What's New in 3.7 differ."""
        found = expected(FILES, ALL, "module/ns/__file__")
        assert isinstance(found, OneOf)
        assert set(found.values) == {None, ABSENT}

    def test_repr_of_a_namespace_package(self) -> None:
        """That it is usable is all that is said."""
        assert expected(FILES, ALL, "module/ns/repr") == Unspecified(("repr.namespace",))

    def test_changed(self) -> None:
        """What a module assigns to its special names is what they hold; its spec does not follow."""
        files = {"r0/mod.py": (sets("__name__", "other"), Delete("__file__"))}
        check(Rule(files, (imports("mod"),), "module/mod/__name__", "other", "scope.assignment-binds"))
        check(Rule(files, (imports("mod"),), "module/mod/__file__", ABSENT, "scope.del-unbinds"))
        check(Rule(files, (imports("mod"),), "module/mod/spec.name", "mod", "spec.name-fully-qualified"))

    def test_names_of_builtins(self) -> None:
        """A special name that was deleted is found where built-in names are, with the value it has there."""
        files = {"r0/mod.py": (Delete("__doc__"), reads("x", "__doc__"), Delete("__name__"), reads("y", "__name__"))}
        assert isinstance(expected(files, (imports("mod"),), "module/mod/value/x"), Unspecified)
        check(Rule(files, (imports("mod"),), "module/mod/value/y", "builtins", "scope.builtins-searched-last"))

    @pytest.mark.parametrize("name", ["__builtins__", "__loader__", "__version__"])
    def test_what_else_a_loader_binds(self, name: str) -> None:
        """Reading another special name may work or fail."""
        assert isinstance(expected({"r0/mod.py": (reads("x", name),)}, (imports("mod"),), "outcome"), Unspecified)


class TestHooks:
    """__getattr__ and __dir__ of a module (PEP 562)."""

    @pytest.mark.parametrize(
        "each",
        [
            rule(
                "called",
                {"r0/mod.py": (ModuleGetattr(("x",), 1),)},
                (imports("mod"), reads("y", "mod.x")),
                "binding/y",
                1,
                "getattr.called-for-missing",
            ),
            rule(
                "not for what is there",
                {"r0/mod.py": (ModuleGetattr(("x",), 1), sets("x", 2))},
                (imports("mod"), reads("y", "mod.x")),
                "binding/y",
                2,
                "module.attribute-lookup-is-dict",
            ),
            rule(
                "refuses",
                {"r0/mod.py": (ModuleGetattr(("x",), 1),)},
                (imports("mod"), reads("y", "mod.z")),
                "exception/type",
                "AttributeError",
                "scope.attribute-missing",
            ),
            rule(
                "before a submodule",
                {"r0/mod/__init__.py": (ModuleGetattr(("sub",), 1),), "r0/mod/sub.py": EMPTY},
                (takes("mod", "sub"),),
                "binding/sub",
                1,
                "getattr.called-for-missing",
            ),
            rule(
                "not for globals",
                {"r0/mod.py": (ModuleGetattr(("x",), 1), reads("y", "x"))},
                (imports("mod"),),
                "exception/type",
                "NameError",
                "scope.unbound-nameerror",
            ),
            rule(
                "dir",
                {"r0/mod.py": (sets("x"), ModuleDir(("z", "a")))},
                (imports("mod"),),
                "module/mod/dir",
                ("list", "a", "z"),
                "getattr.dir-override",
            ),
        ],
    )
    def test_hook(self, each: Rule) -> None:
        """When each is asked, and what it answers."""
        check(each)
