"""What a failed import leaves behind."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, witness
from generators import cases
from harness.model.case import Case
from harness.model.exceptions import BASES, RAISED, SINCE, descends
from harness.model.source import Alias, Import, Mark, Raise, Source, Statement, Try
from harness.model.tree import Root, SourceFile, Tree


@clause("failure.failing-module-removed")
class TestFailingModuleRemoved:
    """If loading fails, the failing module is removed from sys.modules."""

    @given(case=cases())
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("circular-failure-caught")
    def test_circular_failure_caught(self, case: Case, implementation: Implementation) -> None:
        """When the failure is caught, only the failing module leaves the cache."""
        assert divergences(case, implementation) == ()

    @witness("circular-failure-of-first")
    def test_circular_failure_of_first(self, case: Case, implementation: Implementation) -> None:
        """A module that was loaded in the cycle stays when the one that began it fails."""
        assert divergences(case, implementation) == ()

    @witness("circular-failure-spreads")
    def test_circular_failure_spreads(self, case: Case, implementation: Implementation) -> None:
        """When one module of a cycle fails, those that depend on it fail, and all leave the cache."""
        assert divergences(case, implementation) == ()


@clause("failure.retry-executes-again")
class TestRetryExecutesAgain:
    """A module whose import failed is searched and executed again on the next import."""

    @witness("failure-of-package-then-submodule")
    def test_failure_of_package_then_submodule(self, case: Case, implementation: Implementation) -> None:
        """After its package failed, a submodule is imported by executing the package first, which fails again."""
        assert divergences(case, implementation) == ()

    @witness("failure-of-package-then-success")
    def test_failure_of_package_then_success(self, case: Case, implementation: Implementation) -> None:
        """A submodule that outlived its package's failure is in the cache when the package is imported again."""
        assert divergences(case, implementation) == ()

    @witness("failure-retry-executes-again")
    def test_failure_retry_executes_again(self, case: Case, implementation: Implementation) -> None:
        """The next import of a module that failed executes it again."""
        assert divergences(case, implementation) == ()


@clause("failure.intermediate-missing-mnfe")
class TestIntermediateMissingMnfe:
    """If an intermediate package cannot be found, ModuleNotFoundError names that intermediate."""

    @witness("import-missing-intermediate")
    def test_import_missing_intermediate(self, case: Case, implementation: Implementation) -> None:
        """When a package in the middle is missing, the exception names it and not the module that was asked for."""
        assert divergences(case, implementation) == ()


@clause("failure.syntaxerror-removes")
class TestSyntaxerrorRemoves:
    """A SyntaxError while compiling the module also leaves no entry for it in sys.modules."""

    @witness("failure-syntax-error-in-package")
    def test_failure_syntax_error_in_package(self, case: Case, implementation: Implementation) -> None:
        """A package whose __init__.py does not compile keeps its submodules from being imported."""
        assert divergences(case, implementation) == ()

    @witness("failure-syntax-error")
    def test_failure_syntax_error(self, case: Case, implementation: Implementation) -> None:
        """A module that does not compile leaves nothing in the cache."""
        assert divergences(case, implementation) == ()

    @witness("star-in-function-of-module")
    def test_star_in_function_of_module(self, case: Case, implementation: Implementation) -> None:
        """A module with such a function cannot be imported and leaves nothing behind."""
        assert divergences(case, implementation) == ()


@clause("loading.in-sys-modules-before-exec")
class TestInSysModulesBeforeExec:
    """The module object is in sys.modules before its code is executed."""

    @witness("attributes-spec-deleted")
    def test_attributes_spec_deleted(self, case: Case, implementation: Implementation) -> None:
        """A module without __spec__ is a module all the same."""
        assert divergences(case, implementation) == ()

    @witness("cache-module-sees-itself")
    def test_cache_module_sees_itself(self, case: Case, implementation: Implementation) -> None:
        """A module is in the cache before its code runs and can import itself."""
        assert divergences(case, implementation) == ()

    @witness("attributes-name-changed")
    def test_attributes_name_changed(self, case: Case, implementation: Implementation) -> None:
        """A module may change its __name__; its spec keeps the name, and so does the cache."""
        assert divergences(case, implementation) == ()


def _caught(error: str) -> Statement:
    """Imports the module that raises the exception, within a clause for another one, within a clause for its base."""
    other = "KeyError" if descends(error, "OSError") or descends("OSError", error) else "OSError"
    importing = Import((Alias(f"raising_{error}"),))
    return Try((Try((importing,), other, (Mark("other"),)),), BASES[error][0], (Mark(error),))


@clause("loading.any-exception-propagates")
class TestAnyExceptionPropagates:
    """Any exception raised during exec_module() propagates unchanged to the import statement."""

    def test_every_built_in_exception(self, implementation: Implementation) -> None:
        """Each built-in exception passes an unrelated except clause and is caught by its base class."""
        names = sorted(name for name in RAISED - SINCE.keys() if BASES[name])
        files = tuple(SourceFile(f"raising_{name}.py", Source((Raise(name),))) for name in names)
        program = Source(tuple(_caught(name) for name in names))
        case = Case(Tree((Root(files),)), program)
        assert divergences(case, implementation) == ()

    @witness("dash-m-raises")
    def test_dash_m_raises(self, case: Case, implementation: Implementation) -> None:
        """A module that raises under -m ends with its exception."""
        assert divergences(case, implementation) == ()

    @witness("end-keyboard-interrupt")
    def test_end_keyboard_interrupt(self, case: Case, implementation: Implementation) -> None:
        """So does KeyboardInterrupt."""
        assert divergences(case, implementation) == ()

    @witness("end-raised")
    def test_end_raised(self, case: Case, implementation: Implementation) -> None:
        """A program ends with the exception that nothing catches."""
        assert divergences(case, implementation) == ()
