"""Readers and writers of a run file."""

from reports.groups import Group
from reports.reading import Reading, reading
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
from reports.runfile import RunFileError, RunWriter
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
    "Reading",
    "Record",
    "RunFileError",
    "RunWriter",
    "Shares",
    "Summary",
    "Tally",
    "UnexpectedPass",
    "reading",
]
