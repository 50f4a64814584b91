"""Modules with __getattr__ and __dir__."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, programs_of, starred, witness
from harness.model.case import Case


@clause("getattr.called-for-missing")
class TestCalledForMissing:
    """A module-level __getattr__ is called when normal attribute lookup fails, and its result is returned."""

    @given(case=programs_of(starred))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("getattr-before-submodule")
    def test_getattr_before_submodule(self, case: Case, implementation: Implementation) -> None:
        """What __getattr__ gives is taken before a submodule of that name."""
        assert divergences(case, implementation) == ()

    @witness("getattr-called-for-missing")
    def test_getattr_called_for_missing(self, case: Case, implementation: Implementation) -> None:
        """A module's __getattr__ gives the attributes that it does not have."""
        assert divergences(case, implementation) == ()

    @witness("getattr-from-import")
    def test_getattr_from_import(self, case: Case, implementation: Implementation) -> None:
        """A from-import asks __getattr__, too."""
        assert divergences(case, implementation) == ()


@clause("getattr.dir-override")
class TestDirOverride:
    """A module-level __dir__() overrides dir() for the module and may return any iterable of strings."""

    @witness("dir-override-empty")
    def test_dir_override_empty(self, case: Case, implementation: Implementation) -> None:
        """It may list nothing."""
        assert divergences(case, implementation) == ()

    @witness("dir-override")
    def test_dir_override(self, case: Case, implementation: Implementation) -> None:
        """A module's __dir__ is what dir() lists, sorted."""
        assert divergences(case, implementation) == ()
