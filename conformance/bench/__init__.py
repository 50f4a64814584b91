"""The benchmark: how fast cases are judged, and where the time goes, as ratios within one run."""

from conformance.bench.command import main

__all__ = ["main"]
