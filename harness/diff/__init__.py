"""One comparison: a prediction and an observation become a judgement."""

from harness.diff.explaining import Explanation, Extent, explanation, freed, given
from harness.diff.judgement import MEANINGS, Divergence, Judgement, Verdict
from harness.diff.judging import can_show, fits, judge
from harness.diff.noticing import noticed, told_apart

__all__ = [
    "MEANINGS",
    "Divergence",
    "Explanation",
    "Extent",
    "Judgement",
    "Verdict",
    "can_show",
    "explanation",
    "fits",
    "freed",
    "given",
    "judge",
    "noticed",
    "told_apart",
]
