"""Relative imports at every level."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, witness
from generators import cases
from harness.model.case import Case


@clause("relative.single-dot-current-package")
class TestSingleDotCurrentPackage:
    """One leading dot refers to the current package."""

    @given(case=cases())
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-relative-import")
    def test_dash_m_relative_import(self, case: Case, implementation: Implementation) -> None:
        """Relative imports work in a module that -m executes."""
        assert divergences(case, implementation) == ()

    @witness("relative-follows-changed-path")
    def test_relative_follows_changed_path(self, case: Case, implementation: Implementation) -> None:
        """A relative import uses the package's __path__ of the moment."""
        assert divergences(case, implementation) == ()

    @witness("relative-ignores-changed-name")
    def test_relative_ignores_changed_name(self, case: Case, implementation: Implementation) -> None:
        """A module that changes its __name__ keeps its package."""
        assert divergences(case, implementation) == ()


@clause("relative.each-extra-dot-one-level")
class TestEachExtraDotOneLevel:
    """Each further dot goes one package level up."""

    @witness("dash-m-relative-import-two-dots")
    def test_dash_m_relative_import_two_dots(self, case: Case, implementation: Implementation) -> None:
        """They may go up to the top-level package."""
        assert divergences(case, implementation) == ()

    @witness("relative-four-dots")
    def test_relative_four_dots(self, case: Case, implementation: Implementation) -> None:
        """Four dots go three levels up."""
        assert divergences(case, implementation) == ()

    @witness("relative-own-package-through-parent")
    def test_relative_own_package_through_parent(self, case: Case, implementation: Implementation) -> None:
        """`from ..subpackage1 import moduleY` reaches the sibling through the parent."""
        assert divergences(case, implementation) == ()


@clause("relative.beyond-top-level-error")
class TestBeyondTopLevelError:
    """A relative import that goes above the top-level package fails with ImportError."""

    @witness("dash-m-beyond-top")
    def test_dash_m_beyond_top(self, case: Case, implementation: Implementation) -> None:
        """Nor may they go beyond it."""
        assert divergences(case, implementation) == ()

    @witness("relative-beyond-top-caught")
    def test_relative_beyond_top_caught(self, case: Case, implementation: Implementation) -> None:
        """Before 3.9 an except clause for ImportError does not catch it."""
        assert divergences(case, implementation) == ()

    @witness("relative-beyond-top-in-init")
    def test_relative_beyond_top_in_init(self, case: Case, implementation: Implementation) -> None:
        """In the __init__.py of a top-level package two dots are one too many."""
        assert divergences(case, implementation) == ()


@clause("relative.no-parent-package-error")
class TestNoParentPackageError:
    """A relative import in a module without a package (top-level module or script) raises ImportError."""

    @witness("dash-m-relative-import-top-level")
    def test_dash_m_relative_import_top_level(self, case: Case, implementation: Implementation) -> None:
        """A top-level module has no package under -m either."""
        assert divergences(case, implementation) == ()

    @witness("relative-in-program")
    def test_relative_in_program(self, case: Case, implementation: Implementation) -> None:
        """Nor has a program that belongs to no package."""
        assert divergences(case, implementation) == ()

    @witness("relative-in-top-level-module")
    def test_relative_in_top_level_module(self, case: Case, implementation: Implementation) -> None:
        """A top-level module has no package to be relative to."""
        assert divergences(case, implementation) == ()


@clause("relative.uses-dunder-package")
class TestUsesDunderPackage:
    """__package__, when present, is the base for relative imports instead of __name__."""

    @witness("relative-package-unlike-spec")
    def test_relative_package_unlike_spec(self, case: Case, implementation: Implementation) -> None:
        """Whether a changed __package__ or the parent of the spec decides is told in two ways."""
        assert divergences(case, implementation) == ()


@clause("relative.spec-parent-fallback")
class TestSpecParentFallback:
    """When __package__ is not defined (or None), __spec__.parent is the base for relative imports."""

    @witness("relative-package-none-with-other-name")
    def test_relative_package_none_with_other_name(self, case: Case, implementation: Implementation) -> None:
        """What the module calls itself plays no part then."""
        assert divergences(case, implementation) == ()
