"""Nothing in a text is taken for Markdown."""

import pytest

from reports.quoting import block, code, prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("_ b*c", r"\_ b\*c", id="emphasis"),
        pytest.param("<b> & [x](y)", r"\<b\> \& \[x\](y)", id="html and links"),
        pytest.param("1. a", r"1\. a", id="a list"),
        pytest.param("[*a.b()] raises", "`[*a.b()]` raises", id="what is spread"),
        pytest.param("- a", r"\- a", id="a list without numbers"),
        pytest.param("a|b\nc", r"a\|b\\nc", id="a row of a table, and a line end"),
        pytest.param("`import a`: a.__path__, f_g(1).", "`import a`: `a.__path__`, `f_g(1)`.", id="code"),
        pytest.param("'<a>' of a.b['c'].d: it's x'y'", "`'<a>'` of `a.b['c'].d`: it's x'y'", id="quotes and items"),
        pytest.param("a`b|c` d", r"a\`b\|c\` d", id="backticks around no code"),
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
