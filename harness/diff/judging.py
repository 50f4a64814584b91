"""The one place where values are compared.

A case that leaves the documented course (another event, another exception, another outcome) leaves a state that
differs in many facts. Only the first fact of the course is a divergence then; what follows from it is not counted. If
the course agrees, each fact of the final state that differs is a divergence of its own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from harness.diff.judgement import Divergence, Judgement, Verdict
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Expected, OneOf, Prediction, Unspecified
from harness.model.values import ABSENT, Value, kind

_COURSE: Final = ("trace/", "exception/type", "outcome", "exception/")
_NAMED = re.compile(r"(?<=/)[^/]+(?=/)|(?<=binding/).+|(?<=value/).+|(?<=trace/)\d+")


def judge(prediction: Prediction, observation: Observation) -> Judgement:
    """What the observation says of the implementation that made it, by the prediction."""
    outcome = observation.outcome
    if isinstance(outcome, tuple) and outcome[0] in {"unsupported", "fault"}:
        verdict = Verdict.UNSUPPORTED if outcome[0] == "unsupported" else Verdict.HARNESS_FAULT
        return Judgement(verdict, reason=str(outcome[1]))
    expected = prediction.facts
    found = _rooted([key for key in expected if not _holds(expected[key], _seen(observation, key))], expected, observation)
    divergences = tuple(_divergence(key, expected[key], _seen(observation, key)) for key in found)
    silent = tuple(key for key, item in expected.items() if isinstance(item, Unspecified))
    chosen = any(isinstance(item, OneOf) for item in expected.values())
    return Judgement(
        Verdict.DIVERGES if divergences else Verdict.ALLOWED if chosen else Verdict.CONFORMS,
        facts=len(expected) - len(silent),
        clauses=tuple(sorted(prediction.clauses())),
        divergences=divergences,
        unspecified=silent,
    )


def disagreements(observations: Mapping[str, Observation], prediction: Prediction) -> dict[str, dict[str, Value]]:
    """The facts on which the documents are silent and implementations differ: key, then implementation, then value."""
    found: dict[str, dict[str, Value]] = {}
    for key, item in prediction.facts.items():
        if isinstance(item, Unspecified):
            values = {name: _seen(observation, key) for name, observation in observations.items()}
            if len(set(values.values())) > 1:
                found[key] = values
    return found


def _seen(observation: Observation, key: str) -> Value:
    return observation.facts.get(key, ABSENT)


def _holds(expected: Expected, seen: Value) -> bool:
    match expected:
        case Exactly(value=value):
            return _same(value, seen)
        case OneOf(values=values):
            return any(_same(value, seen) for value in values)
        case Unspecified():
            return True


def _same(left: Value, right: Value) -> bool:
    """Equality that tells ``True`` from ``1``."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(_same(a, b) for a, b in zip(left, right, strict=True))
    return type(left) is type(right) and left == right


def _rooted(differing: list[str], expected: Mapping[str, Expected], observation: Observation) -> list[str]:
    """The differing keys that are no mere consequence of another one."""
    course = sorted((key for key in differing if key.startswith(_COURSE)), key=_rank)
    if course:
        return course[:1]
    gone = {key for key in differing if key.count("/") == 1 and key.startswith("module/")}
    if "modules" in differing:
        return ["modules"]
    state = [key for key in differing if not _consequence(key, gone, expected, observation)]
    return state or differing[:1]


def _rank(key: str) -> tuple[int, str]:
    if key == "trace/length":
        return (1, key)
    return next((rank, key) for rank, prefix in enumerate(_COURSE) if key.startswith(prefix))


def _consequence(key: str, gone: set[str], expected: Mapping[str, Expected], observation: Observation) -> bool:
    """Whether ``key`` differs only because the fact it is a detail of does."""
    if key.startswith("module/") and key.count("/") > 1 and any(key.startswith(f"{parent}/") for parent in gone):
        return True
    for listing, detail in _details(key):
        if key.startswith(detail) and listing in expected:
            return not _holds(expected[listing], _seen(observation, listing))
    return False


def _details(key: str) -> Iterator[tuple[str, str]]:
    yield "names", "binding/"
    head, found, _ = key.partition("/value/")
    if found:
        yield f"{head}/names", f"{head}/value/"
    head, found, _ = key.partition("/spec.")
    if found:
        yield f"{head}/__spec__", f"{head}/spec."


def _divergence(key: str, expected: Expected, seen: Value) -> Divergence:
    values = expected.values if isinstance(expected, OneOf) else (expected.value,) if isinstance(expected, Exactly) else ()
    shape = " | ".join(_shape(key, value) for value in values)
    clauses = expected.clauses
    return Divergence(key, clauses, values, seen, f"{', '.join(clauses)}: {_NAMED.sub('*', key)}: {shape} → {_shape(key, seen)}")


def _shape(key: str, value: Value) -> str:
    """The value itself where it is one of few (an outcome, an exception's type), its kind elsewhere."""
    if key in {"outcome", "exception/type"} or value is None or isinstance(value, bool):
        return str(value[0]) if isinstance(value, tuple) else str(value)
    return kind(value)
