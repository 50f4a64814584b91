"""Executing the code of a module once more."""

from conformance.demands import Implementation, clause, divergences, witness
from harness.model.case import Case


@clause("reload.same-object-reexecuted")
class TestSameObjectReexecuted:
    """reload() re-executes the module's recompiled code in the same module object and returns it."""

    @witness("reload-again")
    def test_reload_again(self, case: Case, implementation: Implementation) -> None:
        """Reloading executes the code once more in the same module, whose names are still there."""
        assert divergences(case, implementation) == ()

    @witness("reload-submodule")
    def test_reload_submodule(self, case: Case, implementation: Implementation) -> None:
        """A submodule can be reloaded."""
        assert divergences(case, implementation) == ()


@clause("reload.from-imported-names-not-updated")
class TestFromImportedNamesNotUpdated:
    """Objects bound elsewhere by from-import are not rebound by reload."""

    @witness("reload-names-taken")
    def test_reload_names_taken(self, case: Case, implementation: Implementation) -> None:
        """A name that was taken from a module before stays bound to what it was."""
        assert divergences(case, implementation) == ()


@clause("reload.package-does-not-reload-submodules")
class TestPackageDoesNotReloadSubmodules:
    """Reloading a package re-executes its __init__ only; its submodules are not reloaded."""

    @witness("reload-package")
    def test_reload_package(self, case: Case, implementation: Implementation) -> None:
        """Reloading a package does not execute its submodules again."""
        assert divergences(case, implementation) == ()


@clause("reload.must-be-in-sys-modules")
class TestMustBeInSysModules:
    """Reloading a module whose sys.modules entry is missing or different raises ImportError."""

    @witness("reload-not-cached")
    def test_reload_not_cached(self, case: Case, implementation: Implementation) -> None:
        """A module that was taken out of sys.modules cannot be reloaded."""
        assert divergences(case, implementation) == ()

    @witness("reload-cached-otherwise")
    def test_reload_cached_otherwise(self, case: Case, implementation: Implementation) -> None:
        """A module in whose place sys.modules holds another object cannot be reloaded."""
        assert divergences(case, implementation) == ()


@clause("reload.submodule-uses-parent-path")
class TestSubmoduleUsesParentPath:
    """Reloading a submodule searches its parent's __path__ and requires the parent in sys.modules."""

    @witness("reload-parent-gone")
    def test_reload_parent_gone(self, case: Case, implementation: Implementation) -> None:
        """A submodule whose parent was taken out of sys.modules cannot be reloaded."""
        assert divergences(case, implementation) == ()


@clause("reload.no-spec-mnfe")
class TestNoSpecMnfe:
    """ModuleNotFoundError is raised when no spec can be found for the module being reloaded."""

    @witness("reload-not-found")
    def test_reload_not_found(self, case: Case, implementation: Implementation) -> None:
        """A module that is no longer found cannot be reloaded."""
        assert divergences(case, implementation) == ()


@clause("reload.non-module-typeerror")
class TestNonModuleTypeerror:
    """The argument must be a module object that was imported before; what is raised otherwise is open."""

    @witness("reload-constant")
    def test_reload_constant(self, case: Case, implementation: Implementation) -> None:
        """A number cannot be reloaded."""
        assert divergences(case, implementation) == ()


@clause("reload.module-is-re-found")
class TestModuleIsReFound:
    """Reload searches for the module again, so a changed search path can select a different file."""

    @witness("reload-finds-another-file")
    def test_reload_finds_another_file(self, case: Case, implementation: Implementation) -> None:
        """The module is searched for anew, so that another file of that name may be executed."""
        assert divergences(case, implementation) == ()


@clause("reload.attributes-reset")
class TestAttributesReset:
    """Reload resets import-related attributes such as __name__, __loader__, __package__ and __file__."""

    @witness("reload-attributes-reset")
    def test_reload_attributes_reset(self, case: Case, implementation: Implementation) -> None:
        """Reloading sets the import-related attributes again that the program changed."""
        assert divergences(case, implementation) == ()


@clause("reload.returns-sys-modules-entry")
class TestReturnsSysModulesEntry:
    """The return value is the sys.modules entry, which may differ from the argument if the module replaced itself."""

    @witness("reload-yields-what-is-cached")
    def test_reload_yields_what_is_cached(self, case: Case, implementation: Implementation) -> None:
        """Reloading returns what sys.modules holds in the end."""
        assert divergences(case, implementation) == ()
