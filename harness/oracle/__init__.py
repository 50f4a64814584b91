"""The executable model of the documents: what importing does, and by which clauses. It asks no import system."""

from harness.oracle.declared import departure, departures, departures_of
from harness.oracle.departing import generic, may_take
from harness.oracle.predicting import predict

__all__ = ["departure", "departures", "departures_of", "generic", "may_take", "predict"]
