"""Modules that import each other."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, from_parent, programs_of, witness
from harness.model.case import Case


@clause("circular.from-form-fails")
class TestFromFormFails:
    """`from a import name` fails with ImportError while a is still executing and has not defined name."""

    @given(case=programs_of(from_parent))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("circular-from-fails")
    def test_circular_from_fails(self, case: Case, implementation: Implementation) -> None:
        """A from-import of a name that is not defined yet is an ImportError, and neither module stays."""
        assert divergences(case, implementation) == ()

    @witness("circular-package-name-too-late")
    def test_circular_package_name_too_late(self, case: Case, implementation: Implementation) -> None:
        """A submodule that wants a name its package defines after the cycle fails, and the package with it."""
        assert divergences(case, implementation) == ()


@clause("circular.partial-module-visible")
class TestPartialModuleVisible:
    """In a cycle the second module sees the first one's partially populated namespace."""

    @witness("circular-partial-attribute")
    def test_circular_partial_attribute(self, case: Case, implementation: Implementation) -> None:
        """In a cycle a name that the other module has not reached yet is missing."""
        assert divergences(case, implementation) == ()


@clause("circular.noop-import")
class TestNoopImport:
    """Importing a module that is already in sys.modules but still initialising is a no-op returning the same object."""

    @witness("circular-attribute-defined-before")
    def test_circular_attribute_defined_before(self, case: Case, implementation: Implementation) -> None:
        """In a cycle a name that the other module defined before is there."""
        assert divergences(case, implementation) == ()

    @witness("circular-import-both")
    def test_circular_import_both(self, case: Case, implementation: Implementation) -> None:
        """Two modules that import each other are both loaded."""
        assert divergences(case, implementation) == ()

    @witness("circular-parent-of-running-package")
    def test_circular_parent_of_running_package(self, case: Case, implementation: Implementation) -> None:
        """A submodule may import its package while that is still executed."""
        assert divergences(case, implementation) == ()


@clause("circular.absolute-from-supported")
class TestAbsoluteFromSupported:
    """A circular import through an absolute from-import that binds a submodule to a name is supported."""

    @witness("circular-from-submodule")
    def test_circular_from_submodule(self, case: Case, implementation: Implementation) -> None:
        """In a cycle a from-import gives the submodule that is in the cache, not yet bound in the package."""
        assert divergences(case, implementation) == ()


@clause("from.sys-modules-fallback-in-cycle")
class TestSysModulesFallbackInCycle:
    """A circular import through a relative from-import that binds a submodule to a name is supported."""

    @witness("circular-relative-from-submodule")
    def test_circular_relative_from_submodule(self, case: Case, implementation: Implementation) -> None:
        """In a cycle a relative from-import gives the submodule that is in the cache."""
        assert divergences(case, implementation) == ()
