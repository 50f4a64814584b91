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


def goes_on(state: State, question: str, options: tuple[str, ...], *errors: str, about: str = "") -> str:
    """The option by which this world goes on, one of ``options``.

    Raises:
        Raised: it does not, but raises one of ``errors`` or another exception, which ``question`` leaves open too.
    """
    option = state.course(question, *((each,) for each in options), (*errors, ANOTHER), about=about)[0]
    if option not in options:
        raise unnamed(state, question, *errors, about=about)
    return option
