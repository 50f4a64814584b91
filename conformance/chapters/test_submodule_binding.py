"""A submodule becomes an attribute of its parent."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, from_parent, programs_of, witness
from harness.model.case import Case


@clause("submodule.bound-on-parent")
class TestBoundOnParent:
    """Loading a submodule, by whatever mechanism, binds it as an attribute of its parent."""

    @given(case=programs_of(from_parent))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("cache-submodule-replaces-itself")
    def test_cache_submodule_replaces_itself(self, case: Case, implementation: Implementation) -> None:
        """The object that a submodule puts in its place is bound in the package."""
        assert divergences(case, implementation) == ()

    @witness("package-init-imports-submodule")
    def test_package_init_imports_submodule(self, case: Case, implementation: Implementation) -> None:
        """`from .foo import Foo` in __init__.py binds both Foo and foo in the package."""
        assert divergences(case, implementation) == ()


@clause("submodule.overrides-same-name")
class TestOverridesSameName:
    """Loading a submodule rebinds an existing same-named attribute of the parent to the submodule."""

    @witness("from-submodule-overrides-attribute")
    def test_from_submodule_overrides_attribute(self, case: Case, implementation: Implementation) -> None:
        """Loading a submodule rebinds an attribute of the same name, and a later from-import finds the submodule."""
        assert divergences(case, implementation) == ()

    @witness("submodule-overrides-attribute")
    def test_submodule_overrides_attribute(self, case: Case, implementation: Implementation) -> None:
        """Loading a submodule replaces an attribute of its name."""
        assert divergences(case, implementation) == ()

    @witness("cache-submodule-reimported-rebinds")
    def test_cache_submodule_reimported_rebinds(self, case: Case, implementation: Implementation) -> None:
        """A submodule that is imported anew is bound anew in its package."""
        assert divergences(case, implementation) == ()


@clause("submodule.bound-after-execution")
class TestBoundAfterExecution:
    """The parent attribute is bound only after the submodule's code has finished executing."""

    @witness("circular-dotted-attribute")
    def test_circular_dotted_attribute(self, case: Case, implementation: Implementation) -> None:
        """In a cycle the attribute of the package for a submodule that is being executed is not settled."""
        assert divergences(case, implementation) == ()

    @witness("submodule-seen-before-bound")
    def test_submodule_seen_before_bound(self, case: Case, implementation: Implementation) -> None:
        """Whether a submodule is bound in its package while it is executed is nowhere said."""
        assert divergences(case, implementation) == ()


@clause("submodule.invariant-modules-and-attribute")
class TestInvariantModulesAndAttribute:
    """Whenever sys.modules has both 'spam' and 'spam.foo', the latter must appear as attribute foo of the former."""

    @witness("import-dotted-binds-top-package")
    def test_import_dotted_binds_top_package(self, case: Case, implementation: Implementation) -> None:
        """An import of a.b.c binds a alone, and every module on the way is in the cache and in its parent."""
        assert divergences(case, implementation) == ()


@clause("submodule.namespace-parent-bound")
class TestNamespaceParentBound:
    """Submodules of namespace packages are bound on the namespace module as well."""

    @witness("submodule-of-namespace-bound")
    def test_submodule_of_namespace_bound(self, case: Case, implementation: Implementation) -> None:
        """A submodule is bound in a namespace package, too."""
        assert divergences(case, implementation) == ()

    @witness("namespace-for-submodule")
    def test_namespace_for_submodule(self, case: Case, implementation: Implementation) -> None:
        """The namespace package is created when only a module in it is imported."""
        assert divergences(case, implementation) == ()

    @witness("namespace-from-imports-submodule")
    def test_namespace_from_imports_submodule(self, case: Case, implementation: Implementation) -> None:
        """A from-import finds submodules in every portion."""
        assert divergences(case, implementation) == ()


@clause("submodule.parent-changed-meanwhile")
class TestParentChangedMeanwhile:
    """Where a submodule is bound whose parent was removed or replaced meanwhile is not said."""

    @witness("cache-submodule-removes-parent")
    def test_cache_submodule_removes_parent(self, case: Case, implementation: Implementation) -> None:
        """Where a submodule is bound that removed its package from the cache is nowhere said."""
        assert divergences(case, implementation) == ()

    @witness("cache-submodule-replaces-parent")
    def test_cache_submodule_replaces_parent(self, case: Case, implementation: Implementation) -> None:
        """Where a submodule is bound that put another module in the place of its package is nowhere said."""
        assert divergences(case, implementation) == ()
