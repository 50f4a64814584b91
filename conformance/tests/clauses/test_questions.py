"""The questions that the documents leave open, as the documentation tells of them."""

import re
from pathlib import Path
from typing import Final

from conformance.catalogue import catalogue, vectors
from harness.model.prediction import OneOf
from harness.oracle import predict

QUESTIONS: Final = Path(__file__).resolve().parents[2] / "documentation" / "questions.md"
LANGUAGES: Final = ((3, 8), (3, 12), (3, 15))


def told() -> frozenset[str]:
    """The questions in the table."""
    rows = [line for line in QUESTIONS.read_text("utf-8").splitlines() if line.startswith("| `")]
    return frozenset(name for row in rows for name in re.findall(r"`([a-z-]+\.[a-z0-9-]+)`", row.split("|")[1]))


def asked() -> frozenset[str]:
    """The questions that come up in vectors."""
    predictions = [predict(vector.case, language) for vector in vectors().values() for language in LANGUAGES]
    worlds = [world for prediction in predictions for world in prediction.worlds]
    facts = (item for world in worlds for item in world.facts.values())
    return frozenset(
        [answer.clause for world in worlds for answer in world.answers]
        + [item.clauses[-1] for item in facts if isinstance(item, OneOf) and item.options]
    )


def test_every_question_has_a_row() -> None:
    """Which situations are alike is told for every question that a rule asks, and for nothing else."""
    assert told() == asked()


def test_every_question_is_a_clause() -> None:
    """The catalogue says in a sentence what is left open."""
    assert told() - catalogue().keys() == frozenset()
