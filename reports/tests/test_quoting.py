"""Nothing in a text is taken for Markdown."""

import pytest

from reports.quoting import block, code, prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a_b*c", r"a\_b\*c", id="emphasis"),
        pytest.param("<b> & [x](y)", r"\<b\> \& \[x\](y)", id="html and links"),
        pytest.param("1. a", r"1\. a", id="a list"),
        pytest.param("- a", r"\- a", id="a list without numbers"),
        pytest.param("a|b\nc", r"a\|b\\nc", id="a row of a table, and a line end"),
    ],
)
def test_prose(text: str, shown: str) -> None:
    """What could be markup is escaped."""
    assert shown == prose(text)


def test_code() -> None:
    """Backticks in code are fenced by more of them."""
    assert "``a`b``" == code("a`b")


def test_block() -> None:
    """A fence in a block does not end it."""
    assert "````text\n```\n````" == block("```")
