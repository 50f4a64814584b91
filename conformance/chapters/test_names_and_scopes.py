"""Names in scopes."""

from conformance.demands import Implementation, clause, divergences, witness
from harness.model.case import Case


@clause("scope.class-unbound-local-is-global")
class TestClassLocalsGlobal:
    """A name that a class body binds and that is unbound where it is used is looked up in the global namespace."""

    @witness("scope-class-local-skips-function")
    def test_scope_class_local_skips_function(self, case: Case, implementation: Implementation) -> None:
        """An unbound name that a class body binds is not looked for in the enclosing function."""
        assert divergences(case, implementation) == ()

    @witness("scope-class-local-is-global-first")
    def test_scope_class_local_is_global_first(self, case: Case, implementation: Implementation) -> None:
        """A class body that binds a name sees the global one before, whatever the enclosing function holds."""
        assert divergences(case, implementation) == ()

    @witness("scope-class-import-hides-enclosing")
    def test_scope_class_import_hides_enclosing(self, case: Case, implementation: Implementation) -> None:
        """An import in a class body makes the name local to it, though it stands further down."""
        assert divergences(case, implementation) == ()

    @witness("scope-class-deleted-name-is-global")
    def test_scope_class_deleted_name_is_global(self, case: Case, implementation: Implementation) -> None:
        """A class body that deletes its name sees the global one again."""
        assert divergences(case, implementation) == ()


@clause("scope.nearest-enclosing")
class TestNearestEnclosing:
    """A name that is free in a function or class refers to the nearest enclosing function that binds it."""

    @witness("scope-class-free-in-function")
    def test_scope_class_free_in_function(self, case: Case, implementation: Implementation) -> None:
        """A name that a class body does not bind is that of the enclosing function."""
        assert divergences(case, implementation) == ()

    @witness("scope-enclosing-unbound")
    def test_scope_enclosing_unbound(self, case: Case, implementation: Implementation) -> None:
        """A name that the enclosing function has not bound yet is not found, though a global one is there."""
        assert divergences(case, implementation) == ()

    @witness("scope-enclosing-deleted")
    def test_scope_enclosing_deleted(self, case: Case, implementation: Implementation) -> None:
        """A name that the enclosing function has deleted is not found."""
        assert divergences(case, implementation) == ()


@clause("scope.free-variable-global")
class TestFreeVariableGlobal:
    """A free variable whose nearest enclosing scope contains a global statement for it is a global one."""

    @witness("scope-free-variable-of-global")
    def test_scope_free_variable_of_global(self, case: Case, implementation: Implementation) -> None:
        """A function inside one that declares a name global sees the global one, not that of a function around both."""
        assert divergences(case, implementation) == ()


@clause("scope.class-special-attributes")
class TestClassSpecialAttributes:
    """The name of a class is its __name__, and without a documentation string its __doc__ is None."""

    @witness("scope-class-special-attributes")
    def test_scope_class_special_attributes(self, case: Case, implementation: Implementation) -> None:
        """A class in a module has the name of its definition, and no documentation."""
        assert divergences(case, implementation) == ()


@clause("scope.unbound-local")
class TestUnboundLocal:
    """Using a local variable of a function before it is bound raises UnboundLocalError."""

    @witness("scope-handler-makes-local")
    def test_scope_handler_makes_local(self, case: Case, implementation: Implementation) -> None:
        """A name that only a handler binds is local to the function."""
        assert divergences(case, implementation) == ()

    @witness("scope-path-makes-local")
    def test_scope_path_makes_local(self, case: Case, implementation: Implementation) -> None:
        """A function that assigns its __path__ has it for a local name."""
        assert divergences(case, implementation) == ()


@clause("scope.attribute-missing")
class TestAttributeMissing:
    """A reference to an attribute that an object does not have raises AttributeError."""

    @witness("scope-getattr-makes-local")
    def test_scope_getattr_makes_local(self, case: Case, implementation: Implementation) -> None:
        """A __getattr__ that a function defines is its own: the module has none."""
        assert divergences(case, implementation) == ()

    @witness("scope-builtin-name-of-module")
    def test_scope_builtin_name_of_module(self, case: Case, implementation: Implementation) -> None:
        """A module has no attribute of a built-in name, though its code finds one."""
        assert divergences(case, implementation) == ()


@clause("scope.builtins-searched-last")
class TestBuiltinsSearchedLast:
    """A name that the global namespace lacks is looked for in the namespace of the module builtins."""

    @witness("scope-builtin-name-read")
    def test_scope_builtin_name_read(self, case: Case, implementation: Implementation) -> None:
        """The name of a built-in exception is found though nobody has bound it."""
        assert divergences(case, implementation) == ()

    @witness("scope-builtin-name-hidden")
    def test_scope_builtin_name_hidden(self, case: Case, implementation: Implementation) -> None:
        """An import under a built-in name hides it; deleting the name uncovers it again."""
        assert divergences(case, implementation) == ()

    @witness("scope-builtin-name-hidden-in-module")
    def test_scope_builtin_name_hidden_in_module(self, case: Case, implementation: Implementation) -> None:
        """A name that a module binds hides the built-in one."""
        assert divergences(case, implementation) == ()

    @witness("scope-builtins-have-a-name")
    def test_scope_builtins_have_a_name(self, case: Case, implementation: Implementation) -> None:
        """Where a module deleted its __name__, that of the module builtins is found."""
        assert divergences(case, implementation) == ()


@clause("scope.assignment-binds")
class TestAssignmentBinds:
    """Assignments, function and class definitions bind their name in the current block."""

    @witness("scope-class-binds-special-name")
    def test_scope_class_binds_special_name(self, case: Case, implementation: Implementation) -> None:
        """A class keeps a special name that means something on modules alone."""
        assert divergences(case, implementation) == ()
