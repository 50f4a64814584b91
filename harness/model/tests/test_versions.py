"""Versions of the language, of two numbers or three."""

import pytest

from harness.model.versions import FIRST, LAST, Version, bound, dotted, line, named, parsed, reaches, within


@pytest.mark.parametrize(
    ("text", "version"),
    [
        pytest.param("3.14", (3, 14), id="two numbers"),
        pytest.param("3.15.2", (3, 15, 2), id="three numbers"),
        pytest.param("3.9.10", (3, 9, 10), id="more digits"),
    ],
)
def test_spelling(text: str, version: Version) -> None:
    """A version is read as it is shown."""
    assert (version, text) == (parsed(text), dotted(version))


@pytest.mark.parametrize("text", ["", "3", "3.", "3.14.0", "3.015", "3.15.2.1", "3.15rc1", " 3.15", "3.15\n", "³.1"])
def test_another_spelling(text: str) -> None:
    """There is one spelling of each version."""
    with pytest.raises(ValueError, match=r"expected a version such as 3\.12 or 3\.15\.2"):
        parsed(text)


def test_a_third_number_of_nothing() -> None:
    """3.14.0 is shown as 3.14, and is the bound that 3.14 is; its line has the first two numbers of any."""
    assert ("3.14", (3, 14), "3.14") == (dotted((3, 14, 0)), bound(3, 14, 0), line((3, 14, 9)))


@pytest.mark.parametrize(
    ("since", "reached"),
    [
        pytest.param((3, 15), [False, True, True, True, True, True], id="two numbers"),
        pytest.param((3, 15, 2), [False, False, False, False, True, True], id="three numbers"),
    ],
)
def test_reached(since: Version, reached: list[bool]) -> None:
    """What holds since two numbers holds in all of the line, since three in its rest; a missing one is 0."""
    languages = ((3, 14, 9), (3, 15), (3, 15, 0), (3, 15, 1), (3, 15, 2), (3, 16))
    assert reached == [reaches(language, since) for language in languages]


def test_within() -> None:
    """The first bound is within, the second is not."""
    languages = ((3, 13, 9), (3, 14, 0), (3, 15, 1), (3, 15, 2))
    assert [False, True, True, False] == [within(language, (3, 14), (3, 15, 2)) for language in languages]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(FIRST, LAST, "3.15", id="always"),
        pytest.param((3, 15), (3, 16), "3.15", id="in its line"),
        pytest.param((3, 15, 1), LAST, "3.15.2", id="since a version of it"),
        pytest.param(FIRST, (3, 15, 7), "3.15.2", id="until a version of it"),
    ],
)
def test_named(since: Version, until: Version, expected: str) -> None:
    """What is so in a whole line is told of the line, else of the very version."""
    assert expected == named((3, 15, 2), since, until)
