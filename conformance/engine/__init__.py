"""The engine: it asks implementations what cases do, and says what that means."""

from conformance.engine.crews import Crew
from conformance.engine.execution import INTERRUPTED, Engine, Ground
from conformance.engine.judging import confirmed
from conformance.engine.planning import GENERATED, Plan, Planned, Shard
from conformance.engine.predictions import Predict, Predictions
from conformance.engine.recording import implementations, table
from conformance.engine.shrinking import Reduce, Shrinker
from conformance.engine.timing import Clock, Timing
from conformance.engine.verdicts import Answer, Ruling, rule

__all__ = [
    "GENERATED",
    "INTERRUPTED",
    "Answer",
    "Clock",
    "Crew",
    "Engine",
    "Ground",
    "Plan",
    "Planned",
    "Predict",
    "Predictions",
    "Reduce",
    "Ruling",
    "Shard",
    "Shrinker",
    "Timing",
    "confirmed",
    "implementations",
    "rule",
    "table",
]
