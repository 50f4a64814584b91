"""The program as __main__: a script, or -m."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, imported, programs_of, witness
from harness.model.case import Case


@clause("main.name-in-all-start-modes")
class TestNameInAllStartModes:
    """__name__ is '__main__' for a script file, -c code, -m module, standard input and the interactive prompt."""

    @given(case=programs_of(imported))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("script-attributes")
    def test_script_attributes(self, case: Case, implementation: Implementation) -> None:
        """What a script finds: its name, its file, no spec, no package, its directory first on sys.path."""
        assert divergences(case, implementation) == ()

    @witness("script-imported-by-module")
    def test_script_imported_by_module(self, case: Case, implementation: Implementation) -> None:
        """A module that imports the script gets a second copy of it."""
        assert divergences(case, implementation) == ()

    @witness("script-imports-itself")
    def test_script_imports_itself(self, case: Case, implementation: Implementation) -> None:
        """A script that is imported by name is executed a second time, as another module."""
        assert divergences(case, implementation) == ()


@clause("main.spec-none-script")
class TestSpecNoneScript:
    """__main__.__spec__ is None when running directly from a source file, even if it could be imported."""

    @witness("script-named-dunder-main")
    def test_script_named_dunder_main(self, case: Case, implementation: Implementation) -> None:
        """A file __main__.py that is run by its path is a script like any other."""
        assert divergences(case, implementation) == ()


@clause("main.spec-name-real")
class TestSpecNameReal:
    """The spec of __main__ under -m carries the real module name so tools can recover it."""

    @witness("dash-m-module")
    def test_dash_m_module(self, case: Case, implementation: Implementation) -> None:
        """With -m a module is __main__ with the spec of its real name; sys.path begins with the working directory."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-nested")
    def test_dash_m_nested(self, case: Case, implementation: Implementation) -> None:
        """With -m and a dotted name the packages are imported first."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-package")
    def test_dash_m_package(self, case: Case, implementation: Implementation) -> None:
        """With -m a package is executed as its __main__."""
        assert divergences(case, implementation) == ()


@clause("dashm.executes-as-main")
class TestExecutesAsMain:
    """-m locates the module with the standard import mechanism and executes its contents as __main__."""

    @witness("dash-m-imports-itself")
    def test_dash_m_imports_itself(self, case: Case, implementation: Implementation) -> None:
        """A module that -m executes and that is imported by its real name is executed twice."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-package-main")
    def test_dash_m_package_main(self, case: Case, implementation: Implementation) -> None:
        """The __main__ of a package can be named outright."""
        assert divergences(case, implementation) == ()


@clause("dashm.package-runs-dunder-main")
class TestPackageRunsDunderMain:
    """-m with a package name executes pkg.__main__."""

    @witness("dash-m-namespace-package")
    def test_dash_m_namespace_package(self, case: Case, implementation: Implementation) -> None:
        """The __main__ of a namespace package can be executed."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-package-called-dunder-main")
    def test_dash_m_package_called_dunder_main(self, case: Case, implementation: Implementation) -> None:
        """With -m a package is executed as its __main__, also one that is called __main__ itself."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-nested-package")
    def test_dash_m_nested_package(self, case: Case, implementation: Implementation) -> None:
        """With -m and a subpackage its __main__ is executed after all the packages."""
        assert divergences(case, implementation) == ()


@clause("dashm.parents-imported")
class TestParentsImported:
    """-m pkg.mod imports the containing packages, which are visible in sys.modules to the executed code."""

    @witness("dash-m-package-fails-then-succeeds")
    def test_dash_m_package_fails_then_succeeds(self, case: Case, implementation: Implementation) -> None:
        """A package whose import raises is not imported again: what it contains is not executed."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-package-fails-then-succeeds-deep")
    def test_dash_m_package_fails_then_succeeds_deep(self, case: Case, implementation: Implementation) -> None:
        """Nor is one imported again whose import fails because of a package around it."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-package-imports-target")
    def test_dash_m_package_imports_target(self, case: Case, implementation: Implementation) -> None:
        """When the package imports the module that -m is to execute, it is executed twice."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-package-raises")
    def test_dash_m_package_raises(self, case: Case, implementation: Implementation) -> None:
        """Where the package raises the module is not executed."""
        assert divergences(case, implementation) == ()
