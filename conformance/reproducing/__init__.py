"""Reproducers that were tried: each ends with 1 on who departs, and with 0 on who does not."""

from conformance.reproducing.confirming import Asked
from conformance.reproducing.investigating import Investigated, Suspicion, investigated, runner, showing, whole_version
from conformance.reproducing.telling import Reproducer, Run
from conformance.reproducing.unwinding import traceback

__all__ = [
    "Asked",
    "Investigated",
    "Reproducer",
    "Run",
    "Suspicion",
    "investigated",
    "runner",
    "showing",
    "traceback",
    "whole_version",
]
