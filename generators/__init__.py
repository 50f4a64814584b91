"""Hypothesis strategies for cases, and ways to make many of them and to make one small."""

from generators.bulk import generate, generate_families
from generators.families import Family, Member, cases, families
from generators.launches import launches
from generators.mixes import Variety
from generators.modules import sources
from generators.programs import programs
from generators.reducing import reduce_case
from generators.survey import Shares, shares
from generators.trees import trees

__all__ = [
    "Family",
    "Member",
    "Shares",
    "Variety",
    "cases",
    "families",
    "generate",
    "generate_families",
    "launches",
    "programs",
    "reduce_case",
    "shares",
    "sources",
    "trees",
]
