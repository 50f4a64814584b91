"""The one place where values are compared.

A case that leaves the documented course (another event, another exception, another outcome) leaves a state that
differs in many facts. Only the first fact of the course is a divergence then; what follows from it is not counted. If
the course agrees, each fact of the final state that differs is a divergence of its own.
"""

import re
from collections.abc import Mapping
from typing import Final

from harness.diff.judgement import Divergence, Judgement, Verdict
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Expected, OneOf, Prediction, Unspecified
from harness.model.values import ABSENT, UNOBSERVED, Value, kind, same

_SIGINT: Final = 2
_COURSE: Final = ("trace/0", "exception/type", "outcome", "trace/length", "exception/")
_NAMED = re.compile(r"(?<=^module/)[^/]+|(?<=binding/).+|(?<=value/).+|(?<=trace/)\d+")


def judge(prediction: Prediction, observation: Observation) -> Judgement:
    """What the observation says of the implementation that made it, by the prediction."""
    outcome = observation.outcome
    if isinstance(outcome, tuple) and outcome[0] in {"unsupported", "fault"}:
        verdict = Verdict.UNSUPPORTED if outcome[0] == "unsupported" else Verdict.HARNESS_FAULT
        return Judgement(verdict, reason=str(outcome[1]))
    options = [(facts, _differing(facts, observation)) for facts in (prediction.facts, *prediction.alternatives)]
    expected, differing = min(options, key=lambda option: _distance(option[1]))
    found = ["outcome"] if _lost(outcome) or (differing and _gone(outcome)) else _rooted(differing)
    divergences = tuple(_divergence(key, expected[key], observation, prediction.pivots) for key in found)
    silent = tuple(key for key, item in expected.items() if isinstance(item, Unspecified))
    chosen = expected is not prediction.facts or any(
        isinstance(item, OneOf) and not same(item.values[0], _seen(observation, key)) for key, item in expected.items()
    )
    return Judgement(
        Verdict.DIVERGES if divergences else Verdict.ALLOWED if chosen else Verdict.CONFORMS,
        facts=len(expected) - len(silent),
        clauses=tuple(sorted({clause for item in expected.values() for clause in item.clauses})),
        divergences=divergences,
        unspecified=silent,
    )


def can_show(prediction: Prediction, signature: str) -> bool:
    """Whether some fact of the prediction could differ with that signature, if it were observed so."""
    options = (prediction.facts, *prediction.alternatives)
    return any(signature.startswith(_wanted(key, item)) for facts in options for key, item in facts.items())


def _differing(expected: Mapping[str, Expected], observation: Observation) -> list[str]:
    return [key for key, item in expected.items() if not _holds(item, _seen(observation, key))]


def _distance(differing: list[str]) -> tuple[bool, int]:
    """How far an observation is from what one option says: first of all whether its course differs."""
    return any(key.startswith(_COURSE) for key in differing), len(differing)


def _seen(observation: Observation, key: str) -> Value:
    return observation.facts.get(key, ABSENT)


def _holds(expected: Expected, seen: Value) -> bool:
    if seen == UNOBSERVED:
        return True
    if isinstance(expected, Exactly):
        return same(expected.value, seen)
    return isinstance(expected, Unspecified) or any(same(value, seen) for value in _allowed(expected))


def _gone(outcome: Value) -> bool:
    """Whether the process ended before it could tell anything, which leaves no other fact to compare."""
    return outcome == "timed-out" or (isinstance(outcome, tuple) and outcome[0] in {"exited", "unbegun", "crashed"})


def _lost(outcome: Value) -> bool:
    """Whether the program began and its process ended before it: no document allows that, not even where it is silent.

    By SIGINT an interpreter may end itself, after a KeyboardInterrupt that nothing caught.
    """
    ended = isinstance(outcome, tuple) and outcome[0] in {"exited", "crashed"}
    return outcome == "timed-out" or (ended and outcome != ("crashed", _SIGINT))


def _rooted(differing: list[str]) -> list[str]:
    """The differing keys that are no mere consequence of another one."""
    course = sorted((key for key in differing if key.startswith(_COURSE)), key=_rank)
    if course:
        return course[:1]
    state = [key for key in differing if not _consequence(key, set(differing))]
    return state or differing[:1]


def _rank(key: str) -> tuple[int, str]:
    return next((rank, key) for rank, prefix in enumerate(_COURSE) if key.startswith(prefix))


def _consequence(key: str, differing: set[str]) -> bool:
    """Whether ``key`` differs only because a fact it depends on does: a detail on its whole, a list on its items."""
    items = _items(key)
    if items:
        return any(other.startswith(items) and other.count("/") == items.count("/") for other in differing)
    parts = key.split("/")
    wholes = ["/".join(parts[:depth]) for depth in range(2, len(parts))]
    wholes += [f"{key.partition('/spec.')[0]}/__spec__"] if "/spec." in key else []
    return any(whole in differing for whole in wholes)


def _items(key: str) -> str:
    """How the keys of the facts begin that a list of names sums up."""
    head, _, tail = key.rpartition("/")
    return {"modules": "module/", "names": f"{head}/value/" if head else "binding/"}.get(tail, "")


def _divergence(key: str, expected: Expected, observation: Observation, pivots: tuple[str, ...]) -> Divergence:
    values = _allowed(expected)
    clauses = (*(clause for clause in pivots if clause not in expected.clauses), *expected.clauses)
    seen = _seen(observation, key)
    shown = _shape(key, seen)
    if key.startswith("trace/") and observation.outcome == "raised":
        shown = f"{shown}, raised {observation.facts.get('exception/type')}"
    return Divergence(key, clauses, values, seen, f"{_wanted(key, expected)}{shown}")


def _wanted(key: str, expected: Expected) -> str:
    """How the signatures of all divergences from an expected fact begin."""
    wanted = _shape(key, _allowed(expected)[0])
    return f"{expected.clauses[-1]} · {_NAMED.sub('*', key)} · {wanted} → "


def _allowed(expected: Expected) -> tuple[Value, ...]:
    """The values a fact may have; where the documents are silent, the outcomes a program can have at all."""
    match expected:
        case Exactly(value=value):
            return (value,)
        case OneOf(values=values):
            return values
        case Unspecified():
            return ("completed", "raised")


def _shape(key: str, value: Value) -> str:
    """The value itself where it is one of few (an outcome, an exception's type), its kind elsewhere."""
    if key in {"outcome", "exception/type"} or value is None or isinstance(value, bool):
        return str(value[0]) if isinstance(value, tuple) else str(value)
    return kind(value)
