"""What stands in the place of ``__import__`` (reference/import §5; library/functions §__import__)."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.oracle.objects import Importer, Items, Object, Raised, Scope, Unknown
from harness.oracle.state import Silent, State

BYPASSES: Final = "dunder-import.import-module-bypasses-hook"

NOT_CALLED: Final = Departure(
    "dunder-import.statement-calls-builtins-hook",
    "not called",
    "import statements call the standard function, whatever is built in as __import__",
)
RESULT_IGNORED: Final = Departure(
    "dunder-import.replacement-return-value-bound",
    "ignored",
    "whatever the function returns, the module that is named is imported and bound",
)
MODULE_IGNORED: Final = Departure(
    "dunder-import.module-level-replacement", "ignored", "a function __import__ of a module is not called"
)
NO_FROMLIST: Final = Departure(
    "dunder-import.call-arguments", "no fromlist", "the names to take are not among the arguments"
)
FIRST_PART: Final = Departure(
    "dunder-import.call-arguments", "part by part", "of a dotted name only the first part is asked for"
)


MOST: Final = 40
"""Functions that proceed to one another; beyond, a case only tries how deep an implementation can recurse."""


class Given(NamedTuple):
    """What such a function has returned."""

    value: Object


def asked(state: State, scope: Scope, name: str, taken: Iterable[str] | None, level: int) -> Given | None:
    """What an import statement gets from what stands for ``__import__``; ``None``: the standard one does it.

    ``taken`` are the names that are to be taken from the module, ``None`` for all there are.

    Clauses: dunder-import.statement-calls-builtins-hook, dunder-import.call-arguments,
    dunder-import.replacement-return-value-bound, dunder-import.module-level-replacement.

    Raises:
        Raised: it raises.
    """
    importer = state.importer
    own = scope.module.importer
    if own is not None and name in own.names and not state.since(3, 13) and not state.departs(MODULE_IGNORED):
        state.cite("dunder-import.module-level-replacement")
        importer = own
    if importer is None or not _acts(importer, name):
        return None
    if state.departs(NOT_CALLED):
        return None
    state.cite("dunder-import.statement-calls-builtins-hook", "dunder-import.call-arguments")
    told: Object = None
    if taken is None:
        told = Unknown(("dunder-import.from-import-star-fromlist",))
    elif (how := state.decide(NO_FROMLIST, FIRST_PART)) is FIRST_PART:
        told = Items([name.partition(".")[0], _listed(taken), level], mutable=True)
    else:
        told = Items([name, _listed(() if how is NO_FROMLIST else taken), level], mutable=True)
    found = _called(state, importer, name, level, told)
    return None if found is not None and state.departs(RESULT_IGNORED) else found


def called(state: State, name: str, taken: tuple[Object, ...], level: int) -> Given | None:
    """What a call of the built-in function gives; ``None``: the standard one does it."""
    importer = state.importer
    if importer is None:
        return None
    return _called(state, importer, name, level, Items([name, Items([*taken], mutable=True), level], mutable=True))


def bypassed(state: State, name: str, about: str) -> None:
    """Go on with an import that is neither a statement nor a call of the function.

    Whether what stands in the place of ``__import__`` is called by it, and with what, is left open
    (dunder-import.import-module-bypasses-hook).
    """
    importer = state.importer
    if importer is None or not _acts(importer, name):
        return
    if state.policy(BYPASSES, "bypassed", "called", about=about) == "bypassed":
        state.cite(BYPASSES)
        return
    if _called(state, importer, name, 0, Unknown((BYPASSES,))) is not None:
        raise Silent(BYPASSES)


def may_take_part(state: State, *names: str) -> None:
    """Go on with what -m does to find one of ``names``, which -m imports or asks for.

    Whether what stands in the place of ``__import__`` is called by it is left open, as by other mechanisms
    (dunder-import.import-module-bypasses-hook); then it is open how often, and what becomes
    of what it returns or raises.

    Raises:
        Silent: it is called.
    """
    if not any(_acts(state.importer, name) for name in names):
        return
    if state.policy(BYPASSES, "bypassed", "called", about="-m") != "bypassed":
        raise Silent(BYPASSES)
    state.cite(BYPASSES)


def _listed(taken: Iterable[str]) -> Items:
    return Items([*taken], mutable=True)


def _acts(importer: Importer | None, name: str) -> bool:
    return importer is not None and (name in importer.names or _acts(importer.before, name))


def _called(state: State, importer: Importer | None, name: str, level: int, told: Object) -> Given | None:
    """What the function returns, one after the other; ``None`` if that is what the standard one does.

    Raises:
        Raised: one raises.
    """
    while importer is not None:
        if name in importer.names:
            state.event(importer.label, told)
            state.cite("dunder-import.replacement-return-value-bound")
            if level == 0 and importer.error:
                raise Raised(importer.error, state.why())
            if level == 0 and importer.answers:
                return Given(importer.answers[0])
        importer = importer.before
    return None
