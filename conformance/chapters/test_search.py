"""Where modules are looked for, and what is found first."""

from hypothesis import given
from hypothesis import strategies as st

from conformance.demands import Implementation, clause, divergences, imported, programs_of, witness
from generators import trees
from harness.model.case import Case


@clause("meta.exhausted-raises-mnfe")
class TestExhaustedRaisesMnfe:
    """If the end of sys.meta_path is reached without a spec, ModuleNotFoundError is raised."""

    @given(case=programs_of(imported, trees(roots=st.integers(2, 3))))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("end-in-handler")
    def test_end_in_handler(self, case: Case, implementation: Implementation) -> None:
        """An exception that an except clause raises ends the program in its stead."""
        assert divergences(case, implementation) == ()

    @witness("from-missing-module")
    def test_from_missing_module(self, case: Case, implementation: Implementation) -> None:
        """When the module of the from clause is missing, nothing is bound."""
        assert divergences(case, implementation) == ()

    @witness("import-failed-keeps-old-binding")
    def test_import_failed_keeps_old_binding(self, case: Case, implementation: Implementation) -> None:
        """A failed import leaves alone what the name was bound to before."""
        assert divergences(case, implementation) == ()

    @witness("path-entry-only-a-file")
    def test_path_entry_only_a_file(self, case: Case, implementation: Implementation) -> None:
        """Where __path__ names nothing but a file, and no archive, no submodule is found."""
        assert divergences(case, implementation) == ()

    @witness("path-relative-entry-missing")
    def test_path_relative_entry_missing(self, case: Case, implementation: Implementation) -> None:
        """A relative entry of __path__ that does not exist leads nowhere, not to the working directory."""
        assert divergences(case, implementation) == ()


@clause("meta.missing-dunder-path-mnfe")
class TestMissingDunderPathMnfe:
    """If the parent has no accessible __path__, importing a submodule raises ModuleNotFoundError."""

    @witness("cache-substitute-is-no-package")
    def test_cache_substitute_is_no_package(self, case: Case, implementation: Implementation) -> None:
        """An object without __path__ is no package."""
        assert divergences(case, implementation) == ()

    @witness("path-deleted")
    def test_path_deleted(self, case: Case, implementation: Implementation) -> None:
        """A package that deletes its __path__ is no package any more."""
        assert divergences(case, implementation) == ()

    @witness("import-submodule-of-module")
    def test_import_submodule_of_module(self, case: Case, implementation: Implementation) -> None:
        """A module that is no package has no submodules, not even where a file of that name lies."""
        assert divergences(case, implementation) == ()


@clause("path.first-match-wins")
class TestFirstMatchWins:
    """Path entries are searched in order and the first entry providing the module wins."""

    @witness("namespace-same-module-twice")
    def test_namespace_same_module_twice(self, case: Case, implementation: Implementation) -> None:
        """Where two portions hold a module of one name, the first portion wins."""
        assert divergences(case, implementation) == ()

    @witness("search-earlier-module-before-later-package")
    def test_search_earlier_module_before_later_package(self, case: Case, implementation: Implementation) -> None:
        """A module in an earlier root is preferred to a package in a later one."""
        assert divergences(case, implementation) == ()

    @witness("search-earlier-package-before-later-module")
    def test_search_earlier_package_before_later_module(self, case: Case, implementation: Implementation) -> None:
        """A package in an earlier root is preferred to a module in a later one."""
        assert divergences(case, implementation) == ()


@clause("path.regular-file-entry-ignored")
class TestRegularFileEntryIgnored:
    """A path entry naming an ordinary non-archive file contributes nothing and causes no error."""

    @witness("path-entry-a-file")
    def test_path_entry_a_file(self, case: Case, implementation: Implementation) -> None:
        """An entry of __path__ that is a file, and no archive, is passed over."""
        assert divergences(case, implementation) == ()

    @witness("path-entry-a-short-file")
    def test_path_entry_a_short_file(self, case: Case, implementation: Implementation) -> None:
        """An entry of __path__ that is a file too short for an archive is passed over."""
        assert divergences(case, implementation) == ()


@clause("path.script-dir-first")
class TestScriptDirFirst:
    """When a script file is run, sys.path[0] is the directory containing the script, not the current directory."""

    @witness("script-below-root")
    def test_script_below_root(self, case: Case, implementation: Implementation) -> None:
        """The directory of the script is searched first, before the roots."""
        assert divergences(case, implementation) == ()

    @witness("script-in-second-root")
    def test_script_in_second_root(self, case: Case, implementation: Implementation) -> None:
        """A script in the second root finds what lies beside it first."""
        assert divergences(case, implementation) == ()

    @witness("script-inside-package-imports-package")
    def test_script_inside_package_imports_package(self, case: Case, implementation: Implementation) -> None:
        """A module of the package that a script lies in exists twice when it is imported by both names."""
        assert divergences(case, implementation) == ()


@clause("path.dash-m-cwd-full-path")
class TestDashMCwdFullPath:
    """With -m, sys.path[0] is the full path of the initial working directory rather than an empty string."""

    @witness("dash-m-module")
    def test_dash_m_module(self, case: Case, implementation: Implementation) -> None:
        """With -m a module is __main__ with the spec of its real name; sys.path begins with the working directory."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-second-root")
    def test_dash_m_second_root(self, case: Case, implementation: Implementation) -> None:
        """The module is searched on the whole of sys.path."""
        assert divergences(case, implementation) == ()


@clause("dpath.none-means-sys-path")
class TestNoneMeansSysPath:
    """A __path__ of None is what finders take for sys.path."""

    @witness("path-none-is-sys-path")
    def test_path_none_is_sys_path(self, case: Case, implementation: Implementation) -> None:
        """A __path__ of None means sys.path to the finders: the submodule is a top-level file."""
        assert divergences(case, implementation) == ()

    @witness("path-none-given-to-module")
    def test_path_none_given_to_module(self, case: Case, implementation: Implementation) -> None:
        """A module that has a __path__ is a package, also where that is None."""
        assert divergences(case, implementation) == ()


@clause("path.relative-entry-file-absolute")
class TestRelativeEntryFileAbsolute:
    """What is found in a relative entry has an absolute path."""

    @witness("path-relative-entry")
    def test_path_relative_entry(self, case: Case, implementation: Implementation) -> None:
        """A relative entry is relative to the working directory; what is found there has an absolute path."""
        assert divergences(case, implementation) == ()

    @witness("path-empty-entry")
    def test_path_empty_entry(self, case: Case, implementation: Implementation) -> None:
        """The empty string denotes the working directory, with -m the first root."""
        assert divergences(case, implementation) == ()

    @witness("path-relative-entry-dot")
    def test_path_relative_entry_dot(self, case: Case, implementation: Implementation) -> None:
        """Whether the dot of an entry is left in the path of what is found there is not said."""
        assert divergences(case, implementation) == ()


@clause("pyc.legacy-sourceless")
class TestLegacySourceless:
    """A file m.pyc in the place of a source is the module where there is no source."""

    @witness("suffix-bytecode")
    def test_suffix_bytecode(self, case: Case, implementation: Implementation) -> None:
        """A file m.pyc is the module m where there is no source; one that is no bytecode raises ImportError."""
        assert divergences(case, implementation) == ()

    @witness("suffix-bytecode-of-package")
    def test_suffix_bytecode_of_package(self, case: Case, implementation: Implementation) -> None:
        """A directory with an __init__.pyc is a regular package."""
        assert divergences(case, implementation) == ()


@clause("pyc.sourceless-bad-magic-error")
class TestSourcelessBadMagicError:
    """A sourceless bytecode file that is none raises ImportError."""

    @witness("suffix-bytecode")
    def test_suffix_bytecode(self, case: Case, implementation: Implementation) -> None:
        """A file m.pyc is the module m where there is no source; one that is no bytecode raises ImportError."""
        assert divergences(case, implementation) == ()


@clause("pyc.legacy-ignored-with-source")
class TestLegacyIgnoredWithSource:
    """A file m.pyc beside m.py is ignored."""

    @witness("suffix-bytecode-and-source")
    def test_suffix_bytecode_and_source(self, case: Case, implementation: Implementation) -> None:
        """Beside a source a file m.pyc is ignored."""
        assert divergences(case, implementation) == ()


@clause("pef.default-file-types")
class TestDefaultFileTypes:
    """Shared libraries are modules; which suffixes they have is up to the implementation."""

    @witness("suffix-shared-library")
    def test_suffix_shared_library(self, case: Case, implementation: Implementation) -> None:
        """A file that is no shared library, but is called so, raises ImportError or is no module at all."""
        assert divergences(case, implementation) == ()


@clause("pef.extension-before-source")
class TestExtensionBeforeSource:
    """Whether a shared library comes before a source is up to the implementation."""

    @witness("suffix-shared-library-and-source")
    def test_suffix_shared_library_and_source(self, case: Case, implementation: Implementation) -> None:
        """Where both are recognised, whether a shared library comes before a source is up to the implementation."""
        assert divergences(case, implementation) == ()
