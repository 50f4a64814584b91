"""One comparison: a prediction and an observation become a judgement."""

from harness.diff.judgement import MEANINGS, Divergence, Judgement, Verdict
from harness.diff.judging import can_show, fits, judge
from harness.diff.noticing import noticed, told_apart

__all__ = ["MEANINGS", "Divergence", "Judgement", "Verdict", "can_show", "fits", "judge", "noticed", "told_apart"]
