"""Reproducers as a person would write them: a few files, the import, one assertion, and nothing of this suite."""

from reports.plain.headings import Heading, headed
from reports.plain.programs import Plain, programs
from reports.plain.sights import Sight, sight
from reports.plain.titles import LONGEST, titled

__all__ = ["LONGEST", "Heading", "Plain", "Sight", "headed", "programs", "sight", "titled"]
