"""Exceptions of which no document says the type."""

from typing import Final

from harness.model.prediction import ANOTHER
from harness.oracle.objects import SOME, Raised, Unknown
from harness.oracle.state import State

PASSED_ON: Final = "the same"
"""The answer that the exception of an import is passed on."""


def unnamed(state: State, question: str, *errors: str, clauses: tuple[str, ...] = (), about: str = "") -> Raised:
    """An exception that is one of ``errors`` or another one, which ``question`` leaves open and ``clauses`` demand.

    Which it is is asked where it makes a difference: of an ``except`` clause, or in the end.
    """
    unknown = Unknown((question,))
    why = state.why(question, *clauses)

    def settle() -> Raised:
        option = state.policy(question, *errors, ANOTHER, about=about)
        return Raised(SOME if option == ANOTHER else option, why, name=unknown, path=unknown)

    return Raised(errors[0], why, name=unknown, path=unknown).unsettled(*errors[1:], SOME, settle=settle)


def not_named(state: State, name: object, about: str) -> Raised:
    """What is raised where a name of a module is empty, or no text, which no document says."""
    if name == "":
        return unnamed(state, "errors.empty-name-valueerror", "ValueError", "ImportError", about=about)
    return unnamed(state, "errors.non-str-name-typeerror", "TypeError", "AttributeError", "ValueError", about=about)


def goes_on(state: State, question: str, options: tuple[str, ...], *errors: str, about: str = "") -> str:
    """The option by which this world goes on, one of ``options``.

    Raises:
        Raised: it does not, but raises one of ``errors`` or another exception, which ``question`` leaves open too.
    """
    option = state.course(question, *((each,) for each in options), (*errors, ANOTHER), about=about)[0]
    if option not in options:
        raise unnamed(state, question, *errors, about=about)
    return option


def passed_on(state: State, error: Raised, question: str, *others: str, about: str = "") -> Raised:
    """The exception, or one of the others that ``question`` leaves open; which it is is asked where it matters."""
    unknown = Unknown((question,))
    why = state.why(*error.why, question)
    types = tuple(SOME if each == ANOTHER else each for each in others)

    def settle() -> Raised:
        found = state.policy(question, PASSED_ON, *others, choice=ANOTHER not in others, about=about)
        kind = error.error if found == PASSED_ON else SOME if found == ANOTHER else found
        return Raised(kind, why, name=unknown, path=unknown)

    if set(types) <= {error.error}:
        return Raised(error.error, why, name=unknown, path=unknown)
    return Raised(error.error, why, name=unknown, path=unknown).unsettled(*types, settle=settle)
