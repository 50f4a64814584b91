"""What from-imports bind, and how they fail."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, from_parent, programs_of, witness
from harness.model.case import Case


@clause("from.attribute-before-submodule")
class TestAttributeBeforeSubmodule:
    """For `from p import x`, an existing attribute x of p is used in preference to importing a submodule p.x."""

    @given(case=programs_of(from_parent))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("circular-from-defined-before")
    def test_circular_from_defined_before(self, case: Case, implementation: Implementation) -> None:
        """A from-import of a name that is defined before the cycle works."""
        assert divergences(case, implementation) == ()

    @witness("circular-in-function")
    def test_circular_in_function(self, case: Case, implementation: Implementation) -> None:
        """An import in a function that is called later meets no cycle."""
        assert divergences(case, implementation) == ()

    @witness("circular-package-and-submodule")
    def test_circular_package_and_submodule(self, case: Case, implementation: Implementation) -> None:
        """A package that imports its submodule, which imports a name the package defined before."""
        assert divergences(case, implementation) == ()


@clause("from.submodule-fallback")
class TestSubmoduleFallback:
    """When p has no attribute x, `from p import x` imports p.x and then looks the attribute up again."""

    @witness("from-attribute-then-submodule")
    def test_from_attribute_then_submodule(self, case: Case, implementation: Implementation) -> None:
        """An attribute and a submodule in one statement: each is found where it is."""
        assert divergences(case, implementation) == ()

    @witness("from-imports-submodule")
    def test_from_imports_submodule(self, case: Case, implementation: Implementation) -> None:
        """A name that is no attribute of the package is imported as its submodule."""
        assert divergences(case, implementation) == ()

    @witness("from-imports-subpackage")
    def test_from_imports_subpackage(self, case: Case, implementation: Implementation) -> None:
        """A subpackage can be named like a submodule."""
        assert divergences(case, implementation) == ()

    @witness("from-dunder-main-of-package")
    def test_from_dunder_main_of_package(self, case: Case, implementation: Implementation) -> None:
        """A from-import of __main__ from a package takes its submodule."""
        assert divergences(case, implementation) == ()


@clause("from.missing-name-importerror")
class TestMissingNameImporterror:
    """A name that is neither an attribute nor an importable submodule makes the from-import raise ImportError."""

    @witness("from-missing-and-blocked")
    def test_from_missing_and_blocked(self, case: Case, implementation: Implementation) -> None:
        """Where a name is missing and another's entry is None, either may be told."""
        assert divergences(case, implementation) == ()

    @witness("from-missing-name-in-package")
    def test_from_missing_name_in_package(self, case: Case, implementation: Implementation) -> None:
        """A name that is neither an attribute nor a submodule of a package is an ImportError."""
        assert divergences(case, implementation) == ()

    @witness("from-missing-name")
    def test_from_missing_name(self, case: Case, implementation: Implementation) -> None:
        """A name that a module does not have is an ImportError with the module's name and file."""
        assert divergences(case, implementation) == ()

    @witness("from-module-without-path-has-no-submodules")
    def test_from_module_without_path_has_no_submodules(self, case: Case, implementation: Implementation) -> None:
        """No submodule is tried where the module is no package."""
        assert divergences(case, implementation) == ()

    @witness("from-dunder-all-missing")
    def test_from_dunder_all_missing(self, case: Case, implementation: Implementation) -> None:
        """A module that defines no __all__ has none to take."""
        assert divergences(case, implementation) == ()

    @witness("from-missing-where-file-is-given-oddly")
    def test_from_missing_where_file_is_given_oddly(self, case: Case, implementation: Implementation) -> None:
        """A name that is missing is an ImportError, whatever the module gives as its __file__ when asked."""
        assert divergences(case, implementation) == ()


@clause("from.submodule-exception-propagates")
class TestSubmoduleExceptionPropagates:
    """If the fallback submodule exists but its execution raises, that exception propagates out of the from-import."""

    @witness("from-submodule-missing-dependency")
    def test_from_submodule_missing_dependency(self, case: Case, implementation: Implementation) -> None:
        """A module that the submodule fails to find is reported, not the submodule."""
        assert divergences(case, implementation) == ()

    @witness("from-submodule-raises-module-not-found")
    def test_from_submodule_raises_module_not_found(self, case: Case, implementation: Implementation) -> None:
        """A ModuleNotFoundError without a name, raised by the submodule, is no sign that the submodule is missing."""
        assert divergences(case, implementation) == ()

    @witness("from-submodule-that-raises")
    def test_from_submodule_that_raises(self, case: Case, implementation: Implementation) -> None:
        """An exception of the submodule reaches the from-import unchanged."""
        assert divergences(case, implementation) == ()


@clause("from.item-function-class-or-submodule")
class TestItemFunctionClassOrSubmodule:
    """In `from package import item`, item may be a submodule, subpackage, function, class or variable."""

    @witness("from-binds-attribute")
    def test_from_binds_attribute(self, case: Case, implementation: Implementation) -> None:
        """A from-import binds the value of an attribute and not the module."""
        assert divergences(case, implementation) == ()

    @witness("from-binds-function-and-class")
    def test_from_binds_function_and_class(self, case: Case, implementation: Implementation) -> None:
        """Functions, classes and variables can all be named."""
        assert divergences(case, implementation) == ()

    @witness("from-in-class")
    def test_from_in_class(self, case: Case, implementation: Implementation) -> None:
        """A from-import in the body of a class binds attributes of the class."""
        assert divergences(case, implementation) == ()
