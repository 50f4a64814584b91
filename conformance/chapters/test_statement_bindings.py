"""What import statements bind."""

from hypothesis import given

from conformance.demands import Implementation, clause, divergences, imported, programs_of, witness
from harness.model.case import Case


@clause("scope.assignment-binds")
class TestAssignmentBinds:
    """Assignments, function and class definitions bind their name in the current block."""

    @given(case=programs_of(imported))
    def test_generated(self, case: Case, implementation: Implementation) -> None:
        """No generated case departs from it, nor from anything else."""
        assert divergences(case, implementation) == ()

    @witness("attributes-doc-changed")
    def test_attributes_doc_changed(self, case: Case, implementation: Implementation) -> None:
        """A module may assign its __doc__."""
        assert divergences(case, implementation) == ()

    @witness("dash-m-assigns-spec")
    def test_dash_m_assigns_spec(self, case: Case, implementation: Implementation) -> None:
        """A module that -m executes may assign its __spec__."""
        assert divergences(case, implementation) == ()

    @witness("script-assigns-attributes")
    def test_script_assigns_attributes(self, case: Case, implementation: Implementation) -> None:
        """A script may assign its special names."""
        assert divergences(case, implementation) == ()


@clause("scope.del-unbinds")
class TestDelUnbinds:
    """`del name` removes the binding of the name from the local or global namespace."""

    @witness("scope-del-imported-name")
    def test_scope_del_imported_name(self, case: Case, implementation: Implementation) -> None:
        """A name that an import bound can be deleted; the module stays imported."""
        assert divergences(case, implementation) == ()

    @witness("script-deletes-attributes")
    def test_script_deletes_attributes(self, case: Case, implementation: Implementation) -> None:
        """A script may delete its special names."""
        assert divergences(case, implementation) == ()

    @witness("path-deleted")
    def test_path_deleted(self, case: Case, implementation: Implementation) -> None:
        """A package that deletes its __path__ is no package any more."""
        assert divergences(case, implementation) == ()


@clause("bind.import-toplevel-binds-name")
class TestImportToplevelBindsName:
    """`import m` of a top-level module binds the name m in the scope of the statement to the module object."""

    @witness("dash-m-imports-neighbour")
    def test_dash_m_imports_neighbour(self, case: Case, implementation: Implementation) -> None:
        """Absolute imports of a module that -m executes begin at the working directory."""
        assert divergences(case, implementation) == ()

    @witness("import-absolute-inside-package")
    def test_import_absolute_inside_package(self, case: Case, implementation: Implementation) -> None:
        """Inside a package an import without dots means the top-level module, not the sibling."""
        assert divergences(case, implementation) == ()

    @witness("import-binds-module-name")
    def test_import_binds_module_name(self, case: Case, implementation: Implementation) -> None:
        """An import of a top-level module binds its name to the module and none of the names in it."""
        assert divergences(case, implementation) == ()


@clause("bind.import-dotted-binds-top-package")
class TestImportDottedBindsTopPackage:
    """`import a.b.c` without `as` binds only the top-level package name a, not b or c."""

    @witness("cache-parent-removed-binds-top")
    def test_cache_parent_removed_binds_top(self, case: Case, implementation: Implementation) -> None:
        """What a dotted import binds when its top package is not in the cache is nowhere said."""
        assert divergences(case, implementation) == ()

    @witness("cache-top-removed-by-parent")
    def test_cache_top_removed_by_parent(self, case: Case, implementation: Implementation) -> None:
        """Whether a top package that a parent removed is looked for again is nowhere said."""
        assert divergences(case, implementation) == ()

    @witness("circular-dotted")
    def test_circular_dotted(self, case: Case, implementation: Implementation) -> None:
        """In a cycle `import pkg.a` binds the package."""
        assert divergences(case, implementation) == ()

    @witness("import-dotted-binds-top-package")
    def test_import_dotted_binds_top_package(self, case: Case, implementation: Implementation) -> None:
        """An import of a.b.c binds a alone, and every module on the way is in the cache and in its parent."""
        assert divergences(case, implementation) == ()


@clause("bind.import-dotted-as-binds-submodule")
class TestImportDottedAsBindsSubmodule:
    """`import a.b.c as x` imports a, a.b and a.b.c and binds x directly to the module a.b.c."""

    @witness("circular-dotted-as")
    def test_circular_dotted_as(self, case: Case, implementation: Implementation) -> None:
        """In a cycle `import pkg.a as x` binds the submodule."""
        assert divergences(case, implementation) == ()

    @witness("import-dotted-as-binds-submodule")
    def test_import_dotted_as_binds_submodule(self, case: Case, implementation: Implementation) -> None:
        """With `as` a dotted name gives the last module, not the first."""
        assert divergences(case, implementation) == ()

    @witness("import-dotted-as-hidden-by-attribute")
    def test_import_dotted_as_hidden_by_attribute(self, case: Case, implementation: Implementation) -> None:
        """The name after `as` is bound to the imported module, whatever attribute of that name its parent has."""
        assert divergences(case, implementation) == ()

    @witness("import-dotted-as-hidden-and-kept")
    def test_import_dotted_as_hidden_and_kept(self, case: Case, implementation: Implementation) -> None:
        """What that name is bound to stays the imported module, wherever the program puts it."""
        assert divergences(case, implementation) == ()


@clause("bind.try-except-importerror")
class TestTryExceptImporterror:
    """A try statement catching ImportError guards against an unsuccessful import."""

    @witness("failure-handled-inside")
    def test_failure_handled_inside(self, case: Case, implementation: Implementation) -> None:
        """A module that handles the failure of its import is loaded."""
        assert divergences(case, implementation) == ()

    @witness("import-guarded-by-except-importerror")
    def test_import_guarded_by_except_importerror(self, case: Case, implementation: Implementation) -> None:
        """An except clause for ImportError catches a module that is not found, and an alternative is imported."""
        assert divergences(case, implementation) == ()
