"""The executable model of the documents: what importing does, and by which clauses. It asks no import system."""

from harness.oracle.predicting import predict

__all__ = ["predict"]
