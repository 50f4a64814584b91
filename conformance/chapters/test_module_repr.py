"""What the repr of a module shows."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, imported, programs_of, witness
from harness.model.case import Case


@clause("repr.source-module")
class TestSourceModule:
    """The repr of a module with a location shows its name and origin path."""

    @given(case=programs_of(imported))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("attributes-of-module")
    def test_attributes_of_module(self, case: Case, implementation: Implementation) -> None:
        """What a top-level module holds that its code did not set."""
        assert divergences(case, implementation) == ()


@clause("repr.uses-spec")
class TestUsesSpec:
    """When __spec__ exists the repr is generated from the spec rather than from module attributes."""

    @witness("repr-uses-spec")
    def test_repr_uses_spec(self, case: Case, implementation: Implementation) -> None:
        """The repr is made from the spec, whatever the module calls itself."""
        assert divergences(case, implementation) == ()


@clause("repr.namespace")
class TestNamespace:
    """A namespace package has a usable repr naming it."""

    @witness("namespace-one-root")
    def test_namespace_one_root(self, case: Case, implementation: Implementation) -> None:
        """A directory without __init__.py is a namespace package: no file, no origin, a path of its own kind."""
        assert divergences(case, implementation) == ()


@clause("repr.no-spec-uses-file")
class TestNoSpecUsesFile:
    """Without a spec __file__ is used in the repr."""

    @witness("repr-without-spec")
    def test_repr_without_spec(self, case: Case, implementation: Implementation) -> None:
        """Without a spec the repr shows __file__; without that the name alone."""
        assert divergences(case, implementation) == ()


@clause("repr.name-only")
class TestNameOnly:
    """Without a spec and __file__ the name alone is used."""

    @witness("repr-without-spec")
    def test_repr_without_spec(self, case: Case, implementation: Implementation) -> None:
        """Without a spec the repr shows __file__; without that the name alone."""
        assert divergences(case, implementation) == ()


@clause("repr.spec-failure-falls-back")
class TestSpecFailureFallsBack:
    """If the repr cannot be made from the spec there is a default one."""

    @witness("namespace-repr-without-parent")
    def test_namespace_repr_without_parent(self, case: Case, implementation: Implementation) -> None:
        """Where the path of a namespace package can no more be recomputed its repr is still usable."""
        assert divergences(case, implementation) == ()

    @witness("repr-parent-path-of-number")
    def test_repr_parent_path_of_number(self, case: Case, implementation: Implementation) -> None:
        """A namespace package whose parent has a number for its path has a repr by the default rules."""
        assert divergences(case, implementation) == ()
