"""The executable model of the documents: what importing does, and by which clauses. It asks no import system."""

from harness.oracle.declared import departure, departures, departures_of
from harness.oracle.departing import departed_at_end, generic, gives_another, may_take, raises_another
from harness.oracle.predicting import predict

__all__ = [
    "departed_at_end",
    "departure",
    "departures",
    "departures_of",
    "generic",
    "gives_another",
    "may_take",
    "predict",
    "raises_another",
]
