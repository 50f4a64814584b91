"""What modules and their specs tell about themselves."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, imported, programs_of, witness
from harness.model.case import Case


@clause("module.name-fully-qualified")
class TestNameFullyQualified:
    """__name__ is the fully qualified name of the module."""

    @given(case=programs_of(imported))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("attributes-of-module")
    def test_attributes_of_module(self, case: Case, implementation: Implementation) -> None:
        """What a top-level module holds that its code did not set."""
        assert divergences(case, implementation) == ()

    @witness("attributes-set-before-execution")
    def test_attributes_set_before_execution(self, case: Case, implementation: Implementation) -> None:
        """The attributes are there before the first statement of the module is executed."""
        assert divergences(case, implementation) == ()

    @witness("attributes-of-submodule")
    def test_attributes_of_submodule(self, case: Case, implementation: Implementation) -> None:
        """What a submodule holds: its full name and the name of its package."""
        assert divergences(case, implementation) == ()


@clause("module.name-main-when-executed")
class TestNameMainWhenExecuted:
    """__name__ is '__main__' for a directly executed module."""

    @witness("dash-m-guard")
    def test_dash_m_guard(self, case: Case, implementation: Implementation) -> None:
        """Under -m the guard is open."""
        assert divergences(case, implementation) == ()

    @witness("script-guard")
    def test_script_guard(self, case: Case, implementation: Implementation) -> None:
        """What stands under the guard is executed in the script and not in its imported copy."""
        assert divergences(case, implementation) == ()

    @witness("script-attributes")
    def test_script_attributes(self, case: Case, implementation: Implementation) -> None:
        """What a script finds: its name, its file, no spec, no package, its directory first on sys.path."""
        assert divergences(case, implementation) == ()


@clause("module.package-for-package")
class TestPackageForPackage:
    """__package__ of a package equals its __name__."""

    @witness("attributes-of-package")
    def test_attributes_of_package(self, case: Case, implementation: Implementation) -> None:
        """What a package holds: its own name as package, its directory as path, its __init__.py as file."""
        assert divergences(case, implementation) == ()

    @witness("package-executes-init")
    def test_package_executes_init(self, case: Case, implementation: Implementation) -> None:
        """Importing a package executes its __init__.py, whose names are the package's."""
        assert divergences(case, implementation) == ()


@clause("module.package-for-submodule")
class TestPackageForSubmodule:
    """__package__ of a submodule is the parent package's name."""

    @witness("script-inside-package-imports-package")
    def test_script_inside_package_imports_package(self, case: Case, implementation: Implementation) -> None:
        """A module of the package that a script lies in exists twice when it is imported by both names."""
        assert divergences(case, implementation) == ()


@clause("module.file-is-source-path")
class TestFileIsSourcePath:
    """__file__ of a source module is the pathname of the .py file even when bytecode was used to load it."""

    @witness("search-second-root")
    def test_search_second_root(self, case: Case, implementation: Implementation) -> None:
        """A module that lies only in the second root is found there."""
        assert divergences(case, implementation) == ()


@clause("module.attribute-lookup-is-dict")
class TestAttributeLookupIsDict:
    """m.x reads m.__dict__['x'], and assigning m.x updates m.__dict__."""

    @witness("attributes-missing")
    def test_attributes_missing(self, case: Case, implementation: Implementation) -> None:
        """A reference to a name that a module does not have is an AttributeError."""
        assert divergences(case, implementation) == ()

    @witness("getattr-not-for-present")
    def test_getattr_not_for_present(self, case: Case, implementation: Implementation) -> None:
        """It is not asked for those that it has."""
        assert divergences(case, implementation) == ()

    @witness("getattr-raises-attributeerror")
    def test_getattr_raises_attributeerror(self, case: Case, implementation: Implementation) -> None:
        """An AttributeError of __getattr__ is that of the reference."""
        assert divergences(case, implementation) == ()


@clause("spec.origin-source-file")
class TestOriginSourceFile:
    """For a module loaded from a source file spec.origin is the file's path."""

    @witness("attributes-file-changed")
    def test_attributes_file_changed(self, case: Case, implementation: Implementation) -> None:
        """A module may change its __file__; its spec keeps the origin."""
        assert divergences(case, implementation) == ()

    @witness("attributes-file-deleted")
    def test_attributes_file_deleted(self, case: Case, implementation: Implementation) -> None:
        """A module may delete its __file__."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-module")
    def test_dash_m_module(self, case: Case, implementation: Implementation) -> None:
        """With -m a module is __main__ with the spec of its real name; sys.path begins with the working directory."""
        assert divergences(case, implementation) == ()


@clause("spec.no-sync-with-module")
class TestNoSyncWithModule:
    """Assigning an attribute of the module does not change the spec."""

    @witness("attributes-loader-assigned")
    def test_attributes_loader_assigned(self, case: Case, implementation: Implementation) -> None:
        """Assigning __loader__ updates the namespace; the spec keeps its loader."""
        assert divergences(case, implementation) == ()

    @witness("attributes-cached-assigned")
    def test_attributes_cached_assigned(self, case: Case, implementation: Implementation) -> None:
        """Assigning __cached__ updates the namespace; the spec stays as it was."""
        assert divergences(case, implementation) == ()


@clause("dpath.reflects-spec-list")
class TestReflectsSpecList:
    """__path__ is set from the locations of the spec."""

    @witness("attributes-of-package")
    def test_attributes_of_package(self, case: Case, implementation: Implementation) -> None:
        """What a package holds: its own name as package, its directory as path, its __init__.py as file."""
        assert divergences(case, implementation) == ()


@clause("spec.cached-none-without-bytecode")
class TestCachedNoneWithoutBytecode:
    """A module that needs no compiled code has no path for it."""

    @witness("namespace-one-root")
    def test_namespace_one_root(self, case: Case, implementation: Implementation) -> None:
        """A directory without __init__.py is a namespace package: no file, no origin, a path of its own kind."""
        assert divergences(case, implementation) == ()


@clause("spec.has-location-false-otherwise")
class TestHasLocationFalseOtherwise:
    """What has no loadable location says so."""

    @witness("namespace-one-root")
    def test_namespace_one_root(self, case: Case, implementation: Implementation) -> None:
        """A directory without __init__.py is a namespace package: no file, no origin, a path of its own kind."""
        assert divergences(case, implementation) == ()
