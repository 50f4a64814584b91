"""The immutable vocabulary: cases, observations, predictions, clauses, and their one codec. No I/O, no Hypothesis."""
