"""What modules hold (reference/datamodel §3.2.9.1, §3.3.2.1; reference/import §5.4.5)."""

from typing import Final

import pytest

from harness.model.case import Embedded, Launch, Module, Script
from harness.model.language.asking import ReprShows
from harness.model.language.attributes import SetAttribute
from harness.model.language.expressions import Bind
from harness.model.language.module_hooks import LazyGetattr
from harness.model.language.shapes import Call, Constant, Reference
from harness.model.prediction import Exactly, OneOf, Unspecified
from harness.model.source import (
    Annotate,
    Annotation,
    Assign,
    Class,
    Delete,
    Items,
    Literal,
    ModuleDir,
    ModuleGetattr,
    Raise,
    Recache,
    StarImport,
)
from harness.model.values import ABSENT, Value
from harness.oracle import departure, predict
from harness.oracle.tests.building import (
    EMPTY,
    Body,
    Files,
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

    def test_cached_path_of_the_spec(self) -> None:
        """Where the compiled file belongs, or None where an implementation stores none."""
        found = expected(FILES, ALL, "module/mod/spec.cached")
        assert found == OneOf(("<tree>/r0/__pycache__/mod.<tag>.pyc", None), ("spec.cached-path",), ("set", "not set"))

    @pytest.mark.parametrize("place", ["r0/mod.py", "r0/main.py"])
    def test_cached_gone_in_315(self, place: str) -> None:
        """3.15 sets __cached__ no more, neither on modules nor on a script."""
        facts = predict(case(FILES, ALL, Script("r0/main.py")), (3, 15)).facts
        prefix = "main" if place == "r0/main.py" else "module/mod"
        assert facts[f"{prefix}/__cached__"] == Exactly(ABSENT, ("module.cached-not-set-315",))

    @pytest.mark.parametrize("launch", [Embedded(), Script("r0/main.py"), Module("main", "r0/main.py")])
    def test_package_since_315(self, launch: Launch) -> None:
        """From 3.15 on __package__ is set on all modules, or on none: the documents contradict each other."""
        facts = predict(case(FILES, ALL, launch), (3, 15)).facts
        found = [item for key, item in facts.items() if key.endswith("/__package__")]
        open_ = [item for item in found if isinstance(item, OneOf) and item.clauses == ("module.package-removed-315",)]
        assert {(item.values[1], item.options) for item in open_} == {(ABSENT, ("set", "not set"))}
        assert len(found) == len(open_) == (3 if isinstance(launch, Embedded) else 4) + 1

    @pytest.mark.parametrize(
        ("launch", "files"), [pytest.param(Embedded(), {"r0/mod.py": (reads("x", "__package__"),)}, id="read")]
    )
    def test_package_that_is_read_since_315(self, launch: Launch, files: Files) -> None:
        """Where the program reads __package__, the worlds in which it is set and not set go apart."""
        found = predict(case(files, (imports("mod"),), launch), (3, 15))
        assert [world.facts["outcome"] for world in found.worlds if isinstance(world.facts["outcome"], Exactly)] != []
        assert len(found.worlds) == 2

    @pytest.mark.parametrize(
        ("body", "name", "value"),
        [
            pytest.param((sets("__loader__", None),), "__loader__", None, id="loader None"),
            pytest.param((sets("__loader__", "x"),), "__loader__", "other", id="loader"),
            pytest.param((Delete("__loader__"),), "__loader__", ABSENT, id="loader deleted"),
            pytest.param((reads("l", "__loader__"), sets("__spec__", None)), "__loader__", "other", id="spec None"),
            pytest.param((sets("__cached__", "x"),), "__cached__", "x", id="cached"),
            pytest.param((sets("__file__", "x"),), "__file__", "x", id="file"),
            pytest.param((sets("__name__", "x"),), "__name__", "x", id="name"),
            pytest.param((sets("__doc__", "x"),), "__doc__", "x", id="doc"),
            pytest.param((sets("__package__", "x"),), "__package__", "x", id="package"),
            pytest.param((sets("__spec__", "x"),), "__spec__", "present", id="spec"),
            pytest.param((sets("__spec__", None),), "repr", ("repr", True, True), id="repr without spec"),
            pytest.param(
                (sets("__spec__", None), Delete("__file__")), "repr", ("repr", True, False), id="repr without file"
            ),
            pytest.param((sets("__path__", ""),), "spec.submodule_search_locations", None, id="spec is not the module"),
        ],
    )
    @pytest.mark.parametrize("language", [(3, 8), (3, 15)])
    def test_assignment_updates(self, body: Body, name: str, value: Value, language: tuple[int, int]) -> None:
        """m.x = 1 is equivalent to m.__dict__["x"] = 1, whatever the name; the spec stays as it was."""
        found = expected({"r0/mod.py": body}, (imports("mod"),), f"module/mod/{name}", language)
        assert isinstance(found, Exactly)
        assert found.value == value

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("spec.has_location", False),
            ("spec.cached", None),
            ("__cached__", ABSENT),
            ("spec.submodule_search_locations", ("iterable", "<tree>/r0/ns")),
            ("same-path", True),
            ("repr", ("repr", True, False)),
        ],
    )
    def test_namespace_package(self, name: str, value: Value) -> None:
        """It has no location and no code; its locations are what __path__ is; its repr comes from the spec."""
        found = expected(FILES, ALL, f"module/ns/{name}")
        assert isinstance(found, Exactly)
        assert found.value == value

    def test_file_of_a_namespace_package(self) -> None:
        """None or absent: PEP 420 and What's New in 3.7 differ."""
        found = expected(FILES, ALL, "module/ns/__file__")
        assert isinstance(found, OneOf)
        assert set(found.values) == {None, ABSENT}

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

    @pytest.mark.parametrize("name", ["__builtins__", "__version__"])
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


class TestSpecOfAHook:
    """Where a module ``__getattr__`` gives the ``__spec__``, it may be no spec."""

    @pytest.mark.parametrize(("value", "told"), [("s", False), (1, False), (None, True)])
    def test_repr(self, value: Literal, *, told: bool) -> None:
        """What then is shown is open, as it is of a ``__spec__`` that was assigned; ``None`` is no spec."""
        files = {"r0/mod.py": (Delete("__spec__"), ModuleGetattr(("__spec__",), value))}
        assert told == (expected(files, (imports("mod"),), "module/mod/repr") is not None)


class TestEndlessPath:
    """A namespace package can be put in the place of its own parent, so that its path is collected from itself."""

    FILES: Final[Files] = {"r0/pkg/ns/": EMPTY}
    PROGRAM: Final[Body] = (imports("pkg.ns as x"), Recache("pkg", "x"))

    def test_repr(self) -> None:
        """The repr is usable, but where an implementation lists the path for it (repr.spec-failure-falls-back)."""
        found = predict(case(self.FILES, self.PROGRAM), (3, 12)).facts["module/pkg/repr"]
        assert isinstance(found, Exactly)
        raising = departure("repr.spec-failure-falls-back", "raises")
        departed = predict(case(self.FILES, self.PROGRAM), (3, 12), frozenset({raising})).facts["module/pkg/repr"]
        assert isinstance(departed, OneOf)
        assert ("raised", "RecursionError") in departed.values


class TestOdd:
    """Values of attributes that the documents do not speak of, beside those of which they do."""

    @pytest.mark.parametrize(("spec", "kind"), [(None, Exactly), (5, Unspecified), ("x", Unspecified)])
    def test_repr_with_a_spec_that_is_none(self, spec: Literal, kind: type) -> None:
        """The "information in the spec" makes the repr (reference/import §5.4.5): of a number it may be an error."""
        program = (imports("mod"), SetAttribute(("mod", "__spec__"), spec), ReprShows("v", ("mod",), "mod"))
        assert isinstance(expected(FILES, program, "outcome"), kind)

    @pytest.mark.parametrize(("package", "kind"), [(True, Unspecified), (False, Unspecified)])
    def test_loader_of_a_spec_that_had_none(self, package: bool, kind: type) -> None:  # noqa: FBT001 - a value
        """Whether making a module of a spec without loader gives it one is not said."""
        given = (Constant("pkg"), Constant(None))
        spec = Call("importlib.machinery.ModuleSpec", given, (("is_package", Constant(package)),))
        made = (Bind(spec, "s"), Bind(Call("importlib.util.module_from_spec", (Reference(("s",)),)), "m"))
        assert isinstance(expected(FILES, made[:1], "binding/s/spec.loader"), Exactly)
        assert isinstance(expected(FILES, made, "binding/s/spec.loader"), kind)

    def test_annotation_by_no_name(self) -> None:
        """Annotations of a module are a dictionary of those of its variables (reference/datamodel §3.2.9.2)."""
        files = {"r0/mod.py": (sets("y"), Annotate("x", "y", 1), Class("C", (Annotate("z", "y", 1),)))}
        program = (imports("mod"), Annotation("v", ("mod",), "z"))
        check(Rule(files, program, "exception/type", "KeyError", "module.annotations"))

    def test_all_of_a_class(self) -> None:
        """A star import looks into "the module's namespace" for ``__all__`` (reference/simple_stmts §7.11)."""
        kind = Class("C", (Assign("__all__", Items(("y",))), sets("y")), modules=True)
        program = (imports("mod"), SetAttribute(("mod", "__class__"), None, ("mod", "C")), StarImport("mod"))
        files = {"r0/mod.py": (sets("x"), kind)}
        check(Rule(files, program, "binding/x", 1, "star.no-all-binds-public"))
        departed = frozenset({departure("star.all-in-namespace", "from __getattr__")})
        (world,) = predict(case(files, program), (3, 12), departed).worlds
        names = world.facts["names"]
        assert isinstance(names, Exactly)
        assert names.value == ("list", "mod", "y")

    def test_submodule_of_getattr_raises_attributeerror(self) -> None:
        """Who is asked for an attribute and raises AttributeError has none: the submodule is tried (PEP 562, §7.11)."""
        files: Files = {"r0/pkg/__init__.py": (LazyGetattr(("sub",)),), "r0/pkg/sub.py": (Raise("AttributeError"),)}
        assert trace(files, (takes("pkg", "sub"),)).count("r0/pkg/sub.py pkg.sub") == 2
        assert trace(files, (imports("pkg"), reads("x", "pkg.sub"))).count("r0/pkg/sub.py pkg.sub") == 1

    @pytest.mark.parametrize(("language", "known"), [((3, 9), False), ((3, 10), True)])
    def test_repr_of_a_namespace_with_an_origin(self, language: tuple[int, int], known: bool) -> None:  # noqa: FBT001 - a value
        """Before 3.10 a "module_repr() method, if defined" comes first (reference/import §5.4.6 of 3.11)."""
        program = (imports("ns"), SetAttribute(("ns", "__spec__", "origin"), "x"))
        assert isinstance(expected(FILES, program, "module/ns/repr", language), Exactly) is known

    @pytest.mark.parametrize(("cached", "kind"), [(None, Unspecified), ("x", Exactly)])
    def test_cached_that_is_set(self, cached: Literal, kind: type) -> None:
        """It "may be None for modules that do not need compiled code stored" (ModuleSpec.cached): a source may."""
        program = (imports("mod"), SetAttribute(("mod", "__spec__", "cached"), cached))
        assert isinstance(expected(FILES, program, "module/mod/spec.cached"), kind)


@pytest.mark.parametrize("clause", ["spec.origin-builtin", "spec.startup-modules-complete"])
def test_a_built_in_module_of_another_origin(clause: str) -> None:
    """Its repr shows the origin of its spec: where that is another it does not show that the module is built in."""
    program = case({}, (ReprShows("x", (), "(built-in)"),))
    made = frozenset({departure(clause, "another")})
    shown = [predict(program, (3, 12), otherwise).facts["binding/x"] for otherwise in (frozenset(), made)]
    assert [True, False] == [item.value for item in shown if isinstance(item, Exactly)]
