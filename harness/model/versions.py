"""Versions of the language: two numbers or three, such as ``(3, 14)`` or ``(3, 15, 2)``.

Where the third number is left out it is 0: ``(3, 14)`` is 3.14.0, and what is so *since* ``(3, 14)`` is so in all of
3.14. A beta or a release candidate counts as the release it leads to. What changes at some version is compared with
the version of an implementation in this module alone.
"""

import re
from typing import Annotated, Final, TypeAlias

import msgspec

Version: TypeAlias = Annotated[tuple[int, ...], msgspec.Meta(min_length=2, max_length=3)]

FIRST: Final[Version] = (0, 0)
"""Before every version of the language."""

LAST: Final[Version] = (99, 0)
"""After every version of the language."""

_TEXT: Final = re.compile(r"(0|[1-9][0-9]?)\.(0|[1-9][0-9]?)(?:\.([1-9][0-9]{0,2}))?")


def bound(major: int, minor: int, micro: int = 0) -> Version:
    """The version at which something changes: without a third number that is 0, so that it is no later than its line.

    Tuples are ordered so that ``(3, 14)`` comes before ``(3, 14, 0)``: both languages are within it.
    """
    return (major, minor, micro) if micro else (major, minor)


def reaches(language: Version, since: Version) -> bool:
    """Whether the language is that version, as :func:`bound` makes it, or a later one."""
    return language >= since


def within(language: Version, since: Version, until: Version) -> bool:
    """Whether the language is at least the one version and before the other."""
    return reaches(language, since) and not reaches(language, until)


def parsed(text: str) -> Version:
    """The version that is written ``3.14`` or ``3.15.2``.

    Raises:
        ValueError: it is written otherwise: ``3.14.0`` is ``3.14``.
    """
    found = _TEXT.fullmatch(text)
    if found is None:
        message = f"{text!r}, expected a version such as 3.12 or 3.15.2"
        raise ValueError(message)
    return bound(int(found[1]), int(found[2]), int(found[3] or 0))


def dotted(language: Version) -> str:
    """``3.14``, and where the third number says something ``3.15.2``."""
    return ".".join(map(str, bound(*language)))


def line(language: Version) -> str:
    """The first two numbers: ``3.15``."""
    return ".".join(map(str, language[:2]))


def named(language: Version, since: Version, until: Version) -> str:
    """The version of which something is told that is so from ``since`` on and before ``until``.

    That is its line, where it is so in all of it.
    """
    major, minor = language[:2]
    return line(language) if within((major, minor), since, until) and until >= (major, minor + 1) else dotted(language)
