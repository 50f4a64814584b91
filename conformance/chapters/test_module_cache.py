"""What sys.modules decides."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, witness
from generators import cases
from harness.model.case import Case


@clause("cache.checked-first")
class TestCheckedFirst:
    """A module name present in sys.modules satisfies the import without any finder being consulted."""

    @given(case=cases())
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("import-in-function-runs-when-called")
    def test_import_in_function_runs_when_called(self, case: Case, implementation: Implementation) -> None:
        """A function that is never called imports nothing."""
        assert divergences(case, implementation) == ()

    @witness("namespace-shrinks-keeps-loaded")
    def test_namespace_shrinks_keeps_loaded(self, case: Case, implementation: Implementation) -> None:
        """A module that was loaded from a portion that is gone stays imported."""
        assert divergences(case, implementation) == ()

    @witness("path-deleted-after-submodule")
    def test_path_deleted_after_submodule(self, case: Case, implementation: Implementation) -> None:
        """A submodule that was loaded before __path__ was deleted stays reachable."""
        assert divergences(case, implementation) == ()


@clause("cache.none-raises-mnfe")
class TestNoneRaisesMnfe:
    """If sys.modules maps the name to None, importing it raises ModuleNotFoundError."""

    @witness("cache-none-after-import")
    def test_cache_none_after_import(self, case: Case, implementation: Implementation) -> None:
        """A None entry blocks a module that was imported before."""
        assert divergences(case, implementation) == ()

    @witness("cache-none-blocks")
    def test_cache_none_blocks(self, case: Case, implementation: Implementation) -> None:
        """A None entry makes the import fail although the module could be found."""
        assert divergences(case, implementation) == ()

    @witness("cache-none-submodule")
    def test_cache_none_submodule(self, case: Case, implementation: Implementation) -> None:
        """A None entry for a submodule blocks that one alone."""
        assert divergences(case, implementation) == ()


@clause("cache.assign-none-blocks-existing")
class TestAssignNoneBlocksExisting:
    """Assigning None to an existing sys.modules key forces the next import of that importable module to fail."""

    @witness("cache-none-left-for-namespace")
    def test_cache_none_left_for_namespace(self, case: Case, implementation: Implementation) -> None:
        """None left for a namespace package by its parent is not replaced by it."""
        assert divergences(case, implementation) == ()

    @witness("cache-none-left-for-namesake")
    def test_cache_none_left_for_namesake(self, case: Case, implementation: Implementation) -> None:
        """The same where both have one name, which is not bound."""
        assert divergences(case, implementation) == ()

    @witness("cache-none-left-by-parent-deep")
    def test_cache_none_left_by_parent_deep(self, case: Case, implementation: Implementation) -> None:
        """None left for a package by its parent blocks what lies below it."""
        assert divergences(case, implementation) == ()

    @witness("from-submodule-blocked")
    def test_from_submodule_blocked(self, case: Case, implementation: Implementation) -> None:
        """A submodule whose cache entry is None is not there: ImportError, or its subclass."""
        assert divergences(case, implementation) == ()


@clause("cache.delete-forces-new-search")
class TestDeleteForcesNewSearch:
    """Deleting a sys.modules key makes the next import search anew and re-execute the module."""

    @witness("cache-parent-executes-again")
    def test_cache_parent_executes_again(self, case: Case, implementation: Implementation) -> None:
        """A package that was removed from the cache is executed again, its cached submodule is not."""
        assert divergences(case, implementation) == ()

    @witness("cache-removed-executes-again")
    def test_cache_removed_executes_again(self, case: Case, implementation: Implementation) -> None:
        """A module that was removed from the cache is searched and executed anew; the two objects differ."""
        assert divergences(case, implementation) == ()

    @witness("cache-removed-stays-usable")
    def test_cache_removed_stays_usable(self, case: Case, implementation: Implementation) -> None:
        """Removing a module from the cache takes no name away."""
        assert divergences(case, implementation) == ()


@clause("cache.code-runs-once")
class TestCodeRunsOnce:
    """The statements of a module are executed only the first time it is imported in a session."""

    @witness("import-twice-two-names")
    def test_import_twice_two_names(self, case: Case, implementation: Implementation) -> None:
        """Two imports of one module give the same object under two names; it is executed once."""
        assert divergences(case, implementation) == ()

    @witness("script-imported-by-module")
    def test_script_imported_by_module(self, case: Case, implementation: Implementation) -> None:
        """A module that imports the script gets a second copy of it."""
        assert divergences(case, implementation) == ()

    @witness("script-imports-itself")
    def test_script_imports_itself(self, case: Case, implementation: Implementation) -> None:
        """A script that is imported by name is executed a second time, as another module."""
        assert divergences(case, implementation) == ()


@clause("cache.non-module-value-accepted")
class TestNonModuleValueAccepted:
    """sys.modules is writable and whatever non-None value it holds for a name is the result of importing that name."""

    @witness("cache-alias")
    def test_cache_alias(self, case: Case, implementation: Implementation) -> None:
        """A module under another key is imported by that name and keeps its own."""
        assert divergences(case, implementation) == ()

    @witness("cache-module-replaced-by-other-module")
    def test_cache_module_replaced_by_other_module(self, case: Case, implementation: Implementation) -> None:
        """A module may put another module in its place."""
        assert divergences(case, implementation) == ()

    @witness("cache-module-replaces-itself")
    def test_cache_module_replaces_itself(self, case: Case, implementation: Implementation) -> None:
        """A module that puts another object in its place is imported as that object."""
        assert divergences(case, implementation) == ()
