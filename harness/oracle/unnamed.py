"""Exceptions of which no document says the type."""

from harness.model.prediction import ANOTHER
from harness.oracle.objects import SOME, Raised, Unknown
from harness.oracle.state import State


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
