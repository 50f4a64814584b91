"""The engine: it asks implementations what cases do, and says what that means."""

from conformance.engine.answering import Ground
from conformance.engine.crews import Crew
from conformance.engine.execution import INTERRUPTED, Engine, OtherRunError
from conformance.engine.grounds import Way, expected, standing
from conformance.engine.planning import Plan, Planned, Shard
from conformance.engine.predictions import Predictions
from conformance.engine.recording import implementations, table
from conformance.engine.shrinking import Shrinker
from conformance.engine.single import Reply, replies, unexplained
from conformance.engine.timing import Clock, Timing

__all__ = [
    "INTERRUPTED",
    "Clock",
    "Crew",
    "Engine",
    "Ground",
    "OtherRunError",
    "Plan",
    "Planned",
    "Predictions",
    "Reply",
    "Shard",
    "Shrinker",
    "Timing",
    "Way",
    "expected",
    "implementations",
    "replies",
    "standing",
    "table",
    "unexplained",
]
