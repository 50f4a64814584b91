"""Private names of classes."""

from conformance.demands import Implementation, clause, divergences, witness
from harness.model.case import Case


@clause("scope.private-names-mangled")
class TestPrivateName:
    """In the text of a class a private name stands for a longer one, wherever it stands as a name."""

    @witness("private-name-bound")
    def test_private_name_bound(self, case: Case, implementation: Implementation) -> None:
        """A private name is bound in its longer form: the short one is no attribute of the class."""
        assert divergences(case, implementation) == ()

    @witness("private-name-read")
    def test_private_name_read(self, case: Case, implementation: Implementation) -> None:
        """A private name is read in its longer form, so that a class does not see a global one."""
        assert divergences(case, implementation) == ()

    @witness("private-name-in-method")
    def test_private_name_in_method(self, case: Case, implementation: Implementation) -> None:
        """The text of a class includes that of its functions."""
        assert divergences(case, implementation) == ()

    @witness("private-attribute")
    def test_private_attribute(self, case: Case, implementation: Implementation) -> None:
        """An attribute that is referred to in the text of a class is a private name too."""
        assert divergences(case, implementation) == ()

    @witness("private-name-of-nested-class")
    def test_private_name_of_nested_class(self, case: Case, implementation: Implementation) -> None:
        """The innermost class names what is private; the name of a class is private to the one around it."""
        assert divergences(case, implementation) == ()

    @witness("private-name-leading-underscores")
    def test_private_name_leading_underscores(self, case: Case, implementation: Implementation) -> None:
        """The leading underscores of the name of a class are left out."""
        assert divergences(case, implementation) == ()

    @witness("private-name-deleted")
    def test_private_name_deleted(self, case: Case, implementation: Implementation) -> None:
        """A private name that a class body deletes is that of the class."""
        assert divergences(case, implementation) == ()


@clause("scope.assignment-binds")
class TestAssignmentBinds:
    """Assignments, function and class definitions bind their name in the current block."""

    @witness("private-name-two-at-the-end")
    def test_private_name_two_at_the_end(self, case: Case, implementation: Implementation) -> None:
        """A name that ends in two underscores is not private."""
        assert divergences(case, implementation) == ()


@clause("mangling.class-of-underscores")
class TestClassOfUnderscores:
    """In a class whose name consists only of underscores, private names are left as they are."""

    @witness("private-name-class-of-underscores")
    def test_private_name_class_of_underscores(self, case: Case, implementation: Implementation) -> None:
        """A class that is named by underscores has no private names."""
        assert divergences(case, implementation) == ()


@clause("mangling.imported-module")
class TestImportedModule:
    """The name of an imported module that is a private name is mangled."""

    @witness("private-module")
    def test_private_module(self, case: Case, implementation: Implementation) -> None:
        """An import in a class body of a module with a private name imports the one with the longer name."""
        assert divergences(case, implementation) == ()

    @witness("private-module-from")
    def test_private_module_from(self, case: Case, implementation: Implementation) -> None:
        """A from-import in a class body takes from the module with the longer name."""
        assert divergences(case, implementation) == ()

    @witness("private-module-missing")
    def test_private_module_missing(self, case: Case, implementation: Implementation) -> None:
        """An import in a class body of a module with a private name does not find the one with the short name."""
        assert divergences(case, implementation) == ()


@clause("mangling.dotted-module")
class TestDottedModule:
    """The name of an imported module that contains a dot is not mangled."""

    @witness("private-module-dotted")
    def test_private_module_dotted(self, case: Case, implementation: Implementation) -> None:
        """A dotted name of a module is as written in a class body; what it binds is private."""
        assert divergences(case, implementation) == ()

    @witness("private-module-dotted-as")
    def test_private_module_dotted_as(self, case: Case, implementation: Implementation) -> None:
        """A dotted name of a module is as written in a class body, also where it is bound to another name."""
        assert divergences(case, implementation) == ()

    @witness("private-module-dotted-from")
    def test_private_module_dotted_from(self, case: Case, implementation: Implementation) -> None:
        """A from-import in a class body takes from the module whose dotted name is as written."""
        assert divergences(case, implementation) == ()


@clause("mangling.imported-member")
class TestImportedMember:
    """The name of an imported member that is a private name is mangled."""

    @witness("private-member")
    def test_private_member(self, case: Case, implementation: Implementation) -> None:
        """A from-import in a class body takes the attribute with the longer name, and binds it so."""
        assert divergences(case, implementation) == ()

    @witness("private-member-missing")
    def test_private_member_missing(self, case: Case, implementation: Implementation) -> None:
        """A from-import in a class body does not find an attribute with the short name."""
        assert divergences(case, implementation) == ()

    @witness("private-member-missing-attribute-as-written")
    def test_private_member_missing_attribute_as_written(self, case: Case, implementation: Implementation) -> None:
        """In a class a private member is not the attribute that is called as the statement is written."""
        assert divergences(case, implementation) == ()

    @witness("private-member-there-submodule-as-written")
    def test_private_member_there_submodule_as_written(self, case: Case, implementation: Implementation) -> None:
        """In a class a private member that is there is bound, whatever submodule is attempted."""
        assert divergences(case, implementation) == ()


@clause("mangling.attempted-submodule")
class TestAttemptedSubmodule:
    """No document says whether the name of a submodule that a from-import attempts is mangled."""

    @witness("private-member-submodule")
    def test_private_member_submodule(self, case: Case, implementation: Implementation) -> None:
        """No document says whether a from-import in a class body attempts the submodule with the longer name."""
        assert divergences(case, implementation) == ()


@clause("cache.non-module-value-accepted")
class TestNonModuleValueAccepted:
    """sys.modules is writable and whatever non-None value it holds for a name is the result of importing."""

    @witness("private-key")
    def test_private_key(self, case: Case, implementation: Implementation) -> None:
        """A key of sys.modules is a string, no name: it is as written in a class body."""
        assert divergences(case, implementation) == ()
