"""The functions of importlib that import and find modules."""

import pytest
from hypothesis import given, settings

from conformance.demands import Implementation, divergences, imported, programs_of, surprises, vectors_of
from conformance.relations import called, uncalled, unlike
from generators import cases
from harness.model.case import Case


@vectors_of("library")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=cases(wide=True))
def test_odd(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of cases of every wide kind, calls among them."""
    assert divergences(case, implementation) == ()


@pytest.mark.clause(id="dunder-import.statement-as-call")
@given(case=programs_of(imported))
@settings(max_examples=25)
def test_statement_and_call(case: Case, implementation: Implementation) -> None:
    """An import statement does what it does to call the built-in function and bind what that returns."""
    assert unlike(case, called(case, "builtins.__import__"), implementation) == ()


@pytest.mark.clause(id="dunder-import.statement-as-python")
@given(case=programs_of(imported))
@settings(max_examples=25)
def test_statement_and_python(case: Case, implementation: Implementation) -> None:
    """An import statement does what the implementation of it in Python does."""
    assert unlike(case, called(case, "importlib.__import__"), implementation) == ()


@pytest.mark.clause(id="api.import-module-as-import")
@given(case=programs_of(imported))
@settings(max_examples=25)
def test_import_module_and_import(case: Case, implementation: Implementation) -> None:
    """import_module does what __import__ does, but for what it returns."""
    functions = ("importlib.import_module", "importlib.__import__")
    one, other = (uncalled(case, function) for function in functions)
    assert unlike(one, other, implementation) == ()
