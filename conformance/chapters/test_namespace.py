"""Namespace packages and their portions."""

from hypothesis import given
from hypothesis import strategies as st

from conformance.demands import Implementation, clause, divergences, imported, programs_of, witness
from generators import trees
from harness.model.case import Case


@clause("namespace.multiple-portions")
class TestMultiplePortions:
    """A namespace package combines the portions found in several path entries."""

    @given(case=programs_of(imported, trees(roots=st.integers(2, 3))))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("namespace-nested")
    def test_namespace_nested(self, case: Case, implementation: Implementation) -> None:
        """Namespace packages nest, each level with portions of its own."""
        assert divergences(case, implementation) == ()

    @witness("namespace-root-between")
    def test_namespace_root_between(self, case: Case, implementation: Implementation) -> None:
        """Roots without a portion are passed over."""
        assert divergences(case, implementation) == ()

    @witness("namespace-two-roots")
    def test_namespace_two_roots(self, case: Case, implementation: Implementation) -> None:
        """A namespace package is made of its portions in all roots, in their order."""
        assert divergences(case, implementation) == ()


@clause("namespace.created-immediately")
class TestCreatedImmediately:
    """The namespace package is created as soon as it (not only one of its subpackages) is imported."""

    @witness("namespace-directory-of-data")
    def test_namespace_directory_of_data(self, case: Case, implementation: Implementation) -> None:
        """A directory that holds no module is a namespace package."""
        assert divergences(case, implementation) == ()

    @witness("namespace-empty-directory")
    def test_namespace_empty_directory(self, case: Case, implementation: Implementation) -> None:
        """An empty directory is a namespace package."""
        assert divergences(case, implementation) == ()

    @witness("namespace-for-submodule")
    def test_namespace_for_submodule(self, case: Case, implementation: Implementation) -> None:
        """The namespace package is created when only a module in it is imported."""
        assert divergences(case, implementation) == ()


@clause("namespace.path-recomputed-on-sys-path-change")
class TestPathRecomputedOnSysPathChange:
    """After sys.path changes, the next import within a top-level namespace package searches for portions again."""

    @witness("namespace-grows-with-path")
    def test_namespace_grows_with_path(self, case: Case, implementation: Implementation) -> None:
        """After a root was added to sys.path the next import finds its portion."""
        assert divergences(case, implementation) == ()

    @witness("namespace-order-follows-changed-path")
    def test_namespace_order_follows_changed_path(self, case: Case, implementation: Implementation) -> None:
        """The order of the portions follows that of sys.path."""
        assert divergences(case, implementation) == ()

    @witness("namespace-path-not-asked-for-again")
    def test_namespace_path_not_asked_for_again(self, case: Case, implementation: Implementation) -> None:
        """What the path of a namespace package shows between a change of sys.path and an import is nowhere said."""
        assert divergences(case, implementation) == ()


@clause("namespace.init-in-any-portion-makes-regular")
class TestInitInAnyPortionMakesRegular:
    """A directory with __init__.py that the scan reaches is a regular package; earlier portions are discarded."""

    @witness("namespace-portion-beside-regular-inside")
    def test_namespace_portion_beside_regular_inside(self, case: Case, implementation: Implementation) -> None:
        """Inside a namespace package, too, a later regular package beats an earlier directory."""
        assert divergences(case, implementation) == ()

    @witness("search-later-package-before-earlier-portion")
    def test_search_later_package_before_earlier_portion(self, case: Case, implementation: Implementation) -> None:
        """A package in a later root is preferred to a directory without __init__.py in an earlier one."""
        assert divergences(case, implementation) == ()

    @witness("search-portion-package-portion-module")
    def test_search_portion_package_portion_module(self, case: Case, implementation: Implementation) -> None:
        """Of portion, package, portion and module in four roots the package is imported."""
        assert divergences(case, implementation) == ()


@clause("namespace.package-attribute")
class TestPackageAttribute:
    """A namespace package sets __package__ to its own name and its spec has submodule_search_locations."""

    @witness("attributes-of-nested-namespace")
    def test_attributes_of_nested_namespace(self, case: Case, implementation: Implementation) -> None:
        """What a namespace package in a package holds."""
        assert divergences(case, implementation) == ()

    @witness("namespace-one-root")
    def test_namespace_one_root(self, case: Case, implementation: Implementation) -> None:
        """A directory without __init__.py is a namespace package: no file, no origin, a path of its own kind."""
        assert divergences(case, implementation) == ()
