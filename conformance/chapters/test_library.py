"""Functions of importlib that import modules."""

from conformance.demands import Implementation, clause, divergences, witness
from harness.model.case import Case


@clause("api.import-module-returns-named")
class TestImportModuleReturnsNamed:
    """import_module('pkg.mod') returns pkg.mod itself, not the top-level package."""

    @witness("import-module-named")
    def test_import_module_named(self, case: Case, implementation: Implementation) -> None:
        """`import_module` returns the module that is named, its package being imported too."""
        assert divergences(case, implementation) == ()


@clause("api.import-module-relative")
class TestImportModuleRelative:
    """A relative name is resolved against the package argument."""

    @witness("import-module-relative")
    def test_import_module_relative(self, case: Case, implementation: Implementation) -> None:
        """A name that begins with a dot is relative to the package that is given."""
        assert divergences(case, implementation) == ()

    @witness("import-module-relative-two-dots")
    def test_import_module_relative_two_dots(self, case: Case, implementation: Implementation) -> None:
        """Two dots are relative to the parent of the package that is given."""
        assert divergences(case, implementation) == ()

    @witness("import-module-relative-deep")
    def test_import_module_relative_deep(self, case: Case, implementation: Implementation) -> None:
        """One dot is relative to the package that is given, however deep it lies."""
        assert divergences(case, implementation) == ()


@clause("api.import-module-relative-needs-package")
class TestImportModuleRelativeNeedsPackage:
    """For a relative name the package argument must be set; what is raised where it is not no document says."""

    @witness("import-module-without-package")
    def test_import_module_without_package(self, case: Case, implementation: Implementation) -> None:
        """A relative name is refused where no package is given."""
        assert divergences(case, implementation) == ()


@clause("api.import-module-error")
class TestImportModuleError:
    """If the module cannot be imported, ImportError or a subclass such as ModuleNotFoundError is raised."""

    @witness("import-module-beyond-top")
    def test_import_module_beyond_top(self, case: Case, implementation: Implementation) -> None:
        """A relative name that leads above the top-level package raises ImportError."""
        assert divergences(case, implementation) == ()


@clause("api.import-module-no-attr")
class TestImportModuleNoAttr:
    """import_module cannot import a non-module attribute of a module."""

    @witness("import-module-of-attribute")
    def test_import_module_of_attribute(self, case: Case, implementation: Implementation) -> None:
        """An attribute of a module cannot be imported by import_module."""
        assert divergences(case, implementation) == ()
