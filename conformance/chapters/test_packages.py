"""Regular packages and the search path they give to their submodules."""

from hypothesis import given
from hypothesis import strategies as st

from conformance.demands import Implementation, clause, divergences, imported, programs_of, witness
from generators import trees
from harness.model.case import Case


@clause("dpath.used-for-submodules")
class TestUsedForSubmodules:
    """A package's __path__ is the search path for its submodules."""

    @given(case=programs_of(imported, trees(roots=st.just(1))))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("cache-alias-of-package")
    def test_cache_alias_of_package(self, case: Case, implementation: Implementation) -> None:
        """Under an alias the submodules of a package are modules of their own."""
        assert divergences(case, implementation) == ()

    @witness("namespace-inside-regular")
    def test_namespace_inside_regular(self, case: Case, implementation: Implementation) -> None:
        """A directory without __init__.py in a regular package is a namespace package in it."""
        assert divergences(case, implementation) == ()

    @witness("path-given-to-module")
    def test_path_given_to_module(self, case: Case, implementation: Implementation) -> None:
        """A module that sets __path__ is a package."""
        assert divergences(case, implementation) == ()


@clause("dpath.init-may-alter")
class TestInitMayAlter:
    """__init__.py may set or extend __path__, and submodules are then found in the added locations."""

    @witness("path-replaced")
    def test_path_replaced(self, case: Case, implementation: Implementation) -> None:
        """A package may replace its __path__; submodules are then looked for there."""
        assert divergences(case, implementation) == ()

    @witness("script-sets-path")
    def test_script_sets_path(self, case: Case, implementation: Implementation) -> None:
        """A script that sets __path__ is a package: modules can be imported relative to nothing else."""
        assert divergences(case, implementation) == ()


@clause("dpath.order-first-match")
class TestOrderFirstMatch:
    """Entries of __path__ are searched in order."""

    @witness("path-order")
    def test_path_order(self, case: Case, implementation: Implementation) -> None:
        """The entries of __path__ are searched in order."""
        assert divergences(case, implementation) == ()

    @witness("path-replaced-loses-own-directory")
    def test_path_replaced_loses_own_directory(self, case: Case, implementation: Implementation) -> None:
        """With __path__ replaced a submodule beside __init__.py is not found."""
        assert divergences(case, implementation) == ()

    @witness("path-root-of-tree")
    def test_path_root_of_tree(self, case: Case, implementation: Implementation) -> None:
        """A __path__ that is a root gives top-level modules a second life as submodules."""
        assert divergences(case, implementation) == ()

    @witness("path-entry-below-a-file")
    def test_path_entry_below_a_file(self, case: Case, implementation: Implementation) -> None:
        """An entry of __path__ that leads through a file, and no archive, is passed over."""
        assert divergences(case, implementation) == ()


@clause("dpath.may-be-empty")
class TestMayBeEmpty:
    """__path__ may be empty; the module is then still a package but has no findable submodules on it."""

    @witness("path-emptied-from-import")
    def test_path_emptied_from_import(self, case: Case, implementation: Implementation) -> None:
        """A from-import finds no submodule on an empty __path__."""
        assert divergences(case, implementation) == ()

    @witness("path-emptied")
    def test_path_emptied(self, case: Case, implementation: Implementation) -> None:
        """A package with an empty __path__ is still a package and has no submodules."""
        assert divergences(case, implementation) == ()

    @witness("path-tuple")
    def test_path_tuple(self, case: Case, implementation: Implementation) -> None:
        """A tuple serves as __path__."""
        assert divergences(case, implementation) == ()


@clause("dpath.non-string-ignored")
class TestNonStringIgnored:
    """The rules of sys.path apply to __path__: non-string entries are ignored."""

    @witness("path-extended-with-numbers")
    def test_path_extended_with_numbers(self, case: Case, implementation: Implementation) -> None:
        """Entries of __path__ that are no strings are ignored."""
        assert divergences(case, implementation) == ()

    @witness("path-of-numbers-only")
    def test_path_of_numbers_only(self, case: Case, implementation: Implementation) -> None:
        """A __path__ without any string has nothing to search."""
        assert divergences(case, implementation) == ()


@clause("init.absence-makes-namespace")
class TestAbsenceMakesNamespace:
    """A directory without __init__.py is importable as a namespace package."""

    @witness("namespace-one-root")
    def test_namespace_one_root(self, case: Case, implementation: Implementation) -> None:
        """A directory without __init__.py is a namespace package: no file, no origin, a path of its own kind."""
        assert divergences(case, implementation) == ()

    @witness("search-directory-named-init")
    def test_search_directory_named_init(self, case: Case, implementation: Implementation) -> None:
        """A directory called __init__.py makes no regular package."""
        assert divergences(case, implementation) == ()

    @witness("search-all-three-kinds-in-one-root")
    def test_search_all_three_kinds_in_one_root(self, case: Case, implementation: Implementation) -> None:
        """Package, module and plain directory of three names: each is what it is."""
        assert divergences(case, implementation) == ()


@clause("regular.directory-with-init")
class TestDirectoryWithInit:
    """A directory containing __init__.py on the search path is importable as a regular package."""

    @witness("namespace-holds-regular")
    def test_namespace_holds_regular(self, case: Case, implementation: Implementation) -> None:
        """A regular package in a portion is one."""
        assert divergences(case, implementation) == ()

    @witness("search-file-without-suffix-hides-nothing")
    def test_search_file_without_suffix_hides_nothing(self, case: Case, implementation: Implementation) -> None:
        """A file without suffix does not hide the package in the next root."""
        assert divergences(case, implementation) == ()

    @witness("search-package-before-module")
    def test_search_package_before_module(self, case: Case, implementation: Implementation) -> None:
        """In one root a package is preferred to a module of that name."""
        assert divergences(case, implementation) == ()

    @witness("package-named-init")
    def test_package_named_init(self, case: Case, implementation: Implementation) -> None:
        """A directory __init__ with __init__.py is a package, whatever its name."""
        assert divergences(case, implementation) == ()
