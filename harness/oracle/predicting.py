"""From a case and a language version to a prediction.

Where the documents are silent or leave a choice the case is predicted once in each world that takes one of the options;
what all worlds agree on is predicted, and only that.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, product
from typing import Final, NamedTuple

from harness.model.case import Case
from harness.model.prediction import Exactly, Expected, OneOf, Prediction, Unspecified
from harness.model.values import ABSENT, Value, same
from harness.oracle.execution import execute_module, execute_source
from harness.oracle.facts import Values, bindings, exception, listing, modules
from harness.oracle.layout import laid_out
from harness.oracle.main_program import enter, launch_facts, program_label
from harness.oracle.objects import Raised, Why
from harness.oracle.state import FALLBACK, Silent, State, Undecided

_WORLDS: Final = 64
_FIRST: Final = (0, 0)
_LAST: Final = (99, 0)
_ENDINGS: Final = ("outcome", "trace/length", "names", "modules", "exception/type")


class _World(NamedTuple):
    decided: Mapping[str, str]
    facts: dict[str, Expected]
    silent: Why
    pivots: Why = ()


def predict(case: Case, language: tuple[int, int]) -> Prediction:
    """What the documents of that language version say the case does."""
    layout = laid_out(case)
    worlds: list[_World] = []
    changes: set[tuple[int, int]] = set()
    silences: list[str] = []
    choices: dict[str, tuple[str, ...]] = {}
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        decided = waiting.pop()
        try:
            worlds.append(_world(State(layout, language, decided, execute_module, changes), case))
        except Undecided as question:
            if question.choice:
                choices[question.question] = question.options
            else:
                silences.append(question.clause)
            waiting.extend({**decided, question.question: option} for option in reversed(question.options))
        if len(worlds) + len(waiting) > _WORLDS:
            worlds.append(_World({}, {}, tuple(silences)))
            break
    usual, *others = (
        _merged([world for world in worlds if taken.items() <= {**taken, **world.decided}.items()], silences)
        for taken in _options(choices)
    )
    alternatives = tuple(facts for facts in others if facts != usual or not _alike(facts, usual))
    since = max((change for change in changes if change <= language), default=_FIRST)
    until = min((change for change in changes if change > language), default=_LAST)
    pivots = tuple(dict.fromkeys(clause for world in worlds for clause in world.pivots))
    return Prediction(usual, alternatives, since, until, pivots)


def _options(choices: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """Every way to take the choices that the documents leave; the usual one first."""
    for taken in product(*choices.values()):
        yield dict(zip(choices, taken, strict=True))


def _world(state: State, case: Case) -> _World:
    try:
        return _World(state.decided, _facts(state, case), (), tuple(state.pivots))
    except Silent as silence:
        return _World(state.decided, dict(_events(state)), silence.clauses, tuple(state.pivots))


def _facts(state: State, case: Case) -> dict[str, Expected]:
    facts: dict[str, Expected] = {}
    error: Raised | None = None
    scope = None
    try:
        scope = enter(state, case)
        execute_source(state, scope, case.program, program_label(case))
    except Raised as raised:
        error = raised
    why = error.why if error is not None else state.why()
    values = Values(state.cache)
    facts["outcome"] = Exactly("completed" if error is None else "raised", why)
    facts.update(_events(state))
    facts["trace/length"] = Exactly(len(state.trace), why)
    if error is not None:
        facts.update(exception(values, error))
    if scope is not None:
        facts["names"] = listing(scope.namespace)
        facts.update(bindings(values, scope.namespace, "binding/"))
        facts.update(launch_facts(case, values, scope))
    facts.update(modules(state, values))
    return facts


def _events(state: State) -> Iterator[tuple[str, Expected]]:
    for index, event in enumerate(state.trace):
        name = event.name if isinstance(event.name, str | int) else None
        yield f"trace/{index:04}", Exactly(("event", event.label, name), event.why or FALLBACK)


def _merged(worlds: list[_World], asked: Sequence[str]) -> dict[str, Expected]:
    """What the worlds agree on; the rest is unspecified."""
    if len(worlds) == 1 and not worlds[0].silent:
        return worlds[0].facts
    silent = tuple(dict.fromkeys(clause for world in worlds for clause in world.silent))
    why = tuple(dict.fromkeys((*silent, *asked)))
    if silent:
        return _known(worlds, why)
    keys = dict.fromkeys(key for world in worlds for key in world.facts)
    return {key: _common([world.facts.get(key) for world in worlds], why) for key in keys}


def _known(worlds: list[_World], why: Why) -> dict[str, Expected]:
    """The beginning of the trace that all worlds share; of all else it is only known that the documents are silent."""
    facts: dict[str, Expected] = {}
    for key in (f"trace/{index:04}" for index in count()):
        common = _common([world.facts.get(key) for world in worlds], why)
        if not isinstance(common, Exactly) or not all(key in world.facts for world in worlds):
            break
        facts[key] = common
    facts.update({key: Unspecified(why) for key in _ENDINGS})
    return facts


def _common(found: list[Expected | None], why: Why) -> Expected:
    first = found[0]
    agreed = first is not None and all(same(_values(expected), _values(first)) for expected in found)
    return first if first is not None and agreed else Unspecified(why)


def _alike(facts: Mapping[str, Expected], others: Mapping[str, Expected]) -> bool:
    """Whether equal facts are of equal types too."""
    return all(same(_values(expected), _values(others[key])) for key, expected in facts.items())


def _values(expected: Expected | None) -> tuple[Value, ...] | None:
    """The values a fact may have; ``None`` if the documents do not say."""
    match expected:
        case None:
            return (ABSENT,)
        case Exactly(value=value):
            return (value,)
        case OneOf(values=values):
            return values
        case Unspecified():
            return None
