"""What a star import takes, with __all__ and without."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, programs_of, starred, witness
from harness.model.case import Case


@clause("star.all-controls-exports")
class TestAllControlsExports:
    """`from m import *` binds exactly the names listed in m.__all__ when it is defined."""

    @given(case=programs_of(starred))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("star-all-augmented")
    def test_star_all_augmented(self, case: Case, implementation: Implementation) -> None:
        """__all__ can be built in several statements."""
        assert divergences(case, implementation) == ()

    @witness("star-all-controls-exports")
    def test_star_all_controls_exports(self, case: Case, implementation: Implementation) -> None:
        """With __all__ the names in it are bound and no others, leading underscore or not."""
        assert divergences(case, implementation) == ()

    @witness("star-all-names-an-import")
    def test_star_all_names_an_import(self, case: Case, implementation: Implementation) -> None:
        """__all__ may name what the module imported."""
        assert divergences(case, implementation) == ()


@clause("star.no-all-binds-public")
class TestNoAllBindsPublic:
    """Without __all__, every name that does not begin with an underscore is bound, imported modules included."""

    @witness("circular-star")
    def test_circular_star(self, case: Case, implementation: Implementation) -> None:
        """A star import in a cycle passes on what is there."""
        assert divergences(case, implementation) == ()

    @witness("star-from-module-without-name")
    def test_star_from_module_without_name(self, case: Case, implementation: Implementation) -> None:
        """A module that has deleted its __name__ has public names all the same."""
        assert divergences(case, implementation) == ()

    @witness("dir-does-not-matter-for-star")
    def test_dir_does_not_matter_for_star(self, case: Case, implementation: Implementation) -> None:
        """A star import does not ask __dir__."""
        assert divergences(case, implementation) == ()

    @witness("getattr-star-without-all")
    def test_getattr_star_without_all(self, case: Case, implementation: Implementation) -> None:
        """Without __all__ a star import looks at the namespace alone."""
        assert divergences(case, implementation) == ()


@clause("star.all-names-required-to-exist")
class TestAllNamesRequiredToExist:
    """A name in __all__ that is neither defined nor an importable submodule makes the star import fail."""

    @witness("star-all-blocked-submodule")
    def test_star_all_blocked_submodule(self, case: Case, implementation: Implementation) -> None:
        """A submodule whose cache entry is None cannot be exported."""
        assert divergences(case, implementation) == ()

    @witness("star-all-missing-after-present")
    def test_star_all_missing_after_present(self, case: Case, implementation: Implementation) -> None:
        """What is bound before the name that is missing is nowhere said."""
        assert divergences(case, implementation) == ()

    @witness("star-all-missing-name-in-package")
    def test_star_all_missing_name_in_package(self, case: Case, implementation: Implementation) -> None:
        """A name in the __all__ of a package must be an attribute or a submodule."""
        assert divergences(case, implementation) == ()


@clause("star.all-imports-package-submodules")
class TestAllImportsPackageSubmodules:
    """For a package, names in __all__ that are submodules are imported and bound by the star import."""

    @witness("star-all-imports-submodules")
    def test_star_all_imports_submodules(self, case: Case, implementation: Implementation) -> None:
        """Submodules that __all__ names are imported and bound."""
        assert divergences(case, implementation) == ()


@clause("star.package-no-all-binds-init-names")
class TestPackageNoAllBindsInitNames:
    """Without __all__, the public names of a package's __init__, and submodules it loaded, are bound."""

    @witness("star-package-binds-init-names")
    def test_star_package_binds_init_names(self, case: Case, implementation: Implementation) -> None:
        """A star import from a package without __all__ binds the names of its __init__ and loads no submodule."""
        assert divergences(case, implementation) == ()

    @witness("relative-star")
    def test_relative_star(self, case: Case, implementation: Implementation) -> None:
        """A relative star import binds the names of the package."""
        assert divergences(case, implementation) == ()


@clause("star.package-includes-loaded-submodules")
class TestPackageIncludesLoadedSubmodules:
    """Submodules that earlier imports loaded are bound by a star import from a package without __all__."""

    @witness("star-from-namespace-package")
    def test_star_from_namespace_package(self, case: Case, implementation: Implementation) -> None:
        """A namespace package exports the submodules that were loaded."""
        assert divergences(case, implementation) == ()

    @witness("star-package-includes-loaded-submodules")
    def test_star_package_includes_loaded_submodules(self, case: Case, implementation: Implementation) -> None:
        """Submodules that were loaded before are among the names."""
        assert divergences(case, implementation) == ()


@clause("star.all-items-must-be-str")
class TestAllItemsMustBeStr:
    """__all__ must contain strings; a non-string item makes the star import raise TypeError."""

    @witness("star-all-item-none-in-package")
    def test_star_all_item_none_in_package(self, case: Case, implementation: Implementation) -> None:
        """In a package, too, every item of __all__ must be a string."""
        assert divergences(case, implementation) == ()

    @witness("star-all-item-not-a-string")
    def test_star_all_item_not_a_string(self, case: Case, implementation: Implementation) -> None:
        """An item of __all__ that is no string is a TypeError."""
        assert divergences(case, implementation) == ()

    @witness("star-all-item-unhashable")
    def test_star_all_item_unhashable(self, case: Case, implementation: Implementation) -> None:
        """A list in __all__ is no string either."""
        assert divergences(case, implementation) == ()


@clause("star.all-cached-submodule")
class TestAllCachedSubmodule:
    """Whether a submodule in the cache that is no attribute of its package will do is open."""

    @witness("star-all-submodule-in-cycle")
    def test_star_all_submodule_in_cycle(self, case: Case, implementation: Implementation) -> None:
        """In a cycle __all__ may name a submodule that is in the cache and not yet bound in its package."""
        assert divergences(case, implementation) == ()
