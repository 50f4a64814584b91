"""What a program is about is told in words that its reader has."""

import pytest

from harness.model.case import Case
from harness.model.values import Value
from reports.plain.tests.test_programs import FACTS, PROGRAM, TREE, first


@pytest.mark.parametrize(
    ("fact", "so", "other", "words"),
    [
        pytest.param("module/a/__loader__", "spec.loader", None, "a.__spec__.loader", id="no loader"),
        pytest.param(
            "module/a/__loader__", "other", "spec.loader", "another loader than a.__spec__.loader", id="another"
        ),
        pytest.param("module/a/__spec__", "present", None, "a spec", id="a spec"),
        pytest.param("module/a/__file__", "<tree>/r0/a.py", "<tree>/r0", "'tmp/r0/a.py'", id="a file"),
        pytest.param("exception/name", "a", "b", "'a'", id="a text"),
    ],
)
def test_words_of_values(fact: str, so: Value, other: Value, words: str) -> None:
    """What stands for something is told in words that a reader of the program has, and a file by its directory."""
    so_, seen = ({"outcome": "raised", "exception/type": "ImportError", **FACTS, fact: value} for value in (so, other))
    found = first(Case(TREE, PROGRAM), fact, so_, seen)
    assert (words, False) == (found.expected, "<tree>" in found.seen)
    if other is None:
        assert "is not None" in found.code


def test_what_warnings_say() -> None:
    """A program about warnings ends with what they say, which tells a stray one from that of the documents."""
    found = first(Case(TREE, PROGRAM), "warnings", FACTS, {**FACTS, "warnings": ("list", "DeprecationWarning")})
    assert found.code.rstrip().endswith(", {str(each.message) for each in caught}")


def test_the_tag_of_bytecode() -> None:
    """The name of a bytecode file is told by the tag itself: who makes such names wrongly is not asked for one."""
    name = "<tree>/r0/a/__pycache__/b.<tag>{}.pyc"
    facts = [{**FACTS, "binding/x": name.format(more)} for more in ("", ".opt-1")]
    found = first(Case(TREE, PROGRAM), "binding/x", *facts)
    assert "'/r0/a/__pycache__/b.' + sys.implementation.cache_tag + '.pyc'" in found.code
