"""Readers and writers of a run file."""

from reports.groups import Group
from reports.records import (
    RUN_SCHEMA,
    Arguments,
    CaseRecord,
    Departure,
    ExpectationRecord,
    Finding,
    Footer,
    Header,
    Implementation,
    Line,
    Record,
    Shares,
    UnexpectedPass,
)
from reports.runfile import Run, RunFileError, RunWriter, read_run
from reports.tally import Summary, Tally

__all__ = [
    "RUN_SCHEMA",
    "Arguments",
    "CaseRecord",
    "Departure",
    "ExpectationRecord",
    "Finding",
    "Footer",
    "Group",
    "Header",
    "Implementation",
    "Line",
    "Record",
    "Run",
    "RunFileError",
    "RunWriter",
    "Shares",
    "Summary",
    "Tally",
    "UnexpectedPass",
    "read_run",
]
