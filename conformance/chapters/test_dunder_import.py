"""Calling __import__, built in and of importlib."""

from conformance.demands import Implementation, clause, divergences, witness
from harness.model.case import Case


@clause("dunder-import.returns-top-level")
class TestReturnsTopLevel:
    """__import__('a.b') with an empty fromlist returns the top-level package a."""

    @witness("dunder-import-top-level")
    def test_dunder_import_top_level(self, case: Case, implementation: Implementation) -> None:
        """Without a fromlist the package that the name begins with is returned, not the module that it names."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-level-one-dotted")
    def test_dunder_import_level_one_dotted(self, case: Case, implementation: Implementation) -> None:
        """Of a relative dotted name the package that the name begins with is returned."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-of-importlib-level-one-dotted")
    def test_dunder_import_of_importlib_level_one_dotted(self, case: Case, implementation: Implementation) -> None:
        """The `__import__` of importlib returns the package that a relative dotted name begins with."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.fromlist-returns-named")
class TestFromlistReturnsNamed:
    """__import__('a.b', fromlist=[...non-empty]) returns the module a.b."""

    @witness("dunder-import-fromlist-named")
    def test_dunder_import_fromlist_named(self, case: Case, implementation: Implementation) -> None:
        """With a fromlist the module that is named is returned."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-level-one-fromlist")
    def test_dunder_import_level_one_fromlist(self, case: Case, implementation: Implementation) -> None:
        """Of a relative dotted name with a fromlist the module that is named is returned."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.fromlist-loads-submodules")
class TestFromlistLoadsSubmodules:
    """Names in fromlist that are submodules of the named package are imported."""

    @witness("dunder-import-fromlist-submodules")
    def test_dunder_import_fromlist_submodules(self, case: Case, implementation: Implementation) -> None:
        """Submodules in a fromlist are imported, be it a list or a tuple."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-of-importlib-submodules")
    def test_dunder_import_of_importlib_submodules(self, case: Case, implementation: Implementation) -> None:
        """The `__import__` of importlib imports the submodules in a fromlist."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.fromlist-missing-ignored")
class TestFromlistMissingIgnored:
    """__import__ itself does not raise for a fromlist name that does not exist; the from statement does."""

    @witness("dunder-import-fromlist-missing")
    def test_dunder_import_fromlist_missing(self, case: Case, implementation: Implementation) -> None:
        """Whether a name in a fromlist that is neither attribute nor submodule matters is up to the implementation."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.level-zero-absolute")
class TestLevelZeroAbsolute:
    """level defaults to 0, which performs only an absolute import regardless of globals."""

    @witness("dunder-import-absolute-by-default")
    def test_dunder_import_absolute_by_default(self, case: Case, implementation: Implementation) -> None:
        """Without a level the name is absolute, although the package of the globals has such a submodule."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-of-importlib-absolute")
    def test_dunder_import_of_importlib_absolute(self, case: Case, implementation: Implementation) -> None:
        """The `__import__` of importlib takes a name as absolute where there is no level, in a package too."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.positive-level-relative")
class TestPositiveLevelRelative:
    """A positive level counts the package levels to go up from the package described by globals."""

    @witness("dunder-import-level-one")
    def test_dunder_import_level_one(self, case: Case, implementation: Implementation) -> None:
        """A level of one is relative to the package of the globals."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-beyond-top")
    def test_dunder_import_beyond_top(self, case: Case, implementation: Implementation) -> None:
        """A level beyond the top-level package is refused."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-no-package")
    def test_dunder_import_no_package(self, case: Case, implementation: Implementation) -> None:
        """Where the globals are in no package a positive level is refused."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.negative-level-valueerror")
class TestNegativeLevelValueerror:
    """Negative values of level are not supported; what is raised no document says."""

    @witness("dunder-import-negative-level")
    def test_dunder_import_negative_level(self, case: Case, implementation: Implementation) -> None:
        """A negative level is refused."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-of-importlib-negative-level")
    def test_dunder_import_of_importlib_negative_level(self, case: Case, implementation: Implementation) -> None:
        """The __import__ of importlib refuses a negative level too."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.direct-call-no-binding")
class TestDirectCallNoBinding:
    """Calling __import__ directly binds no name in the caller, though parents and sys.modules are updated."""

    @witness("dunder-import-binds-nothing")
    def test_dunder_import_binds_nothing(self, case: Case, implementation: Implementation) -> None:
        """Who calls __import__ has no name bound by that."""
        assert divergences(case, implementation) == ()


@clause("dunder-import.importlib-dunder-equivalent")
class TestImportlibDunderEquivalent:
    """The __import__ of importlib keeps the same contract as the built-in one (top-level return, fromlist, level)."""

    @witness("dunder-import-of-importlib-top-level")
    def test_dunder_import_of_importlib_top_level(self, case: Case, implementation: Implementation) -> None:
        """The __import__ of importlib returns the top-level package too."""
        assert divergences(case, implementation) == ()

    @witness("dunder-import-of-importlib-level-one")
    def test_dunder_import_of_importlib_level_one(self, case: Case, implementation: Implementation) -> None:
        """The `__import__` of importlib takes a level as relative to the package of the globals."""
        assert divergences(case, implementation) == ()
