"""What a run can be written as."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from reports.junit import junit
from reports.machine import summary_json
from reports.markdown import markdown
from reports.tally import Summary

__all__ = ["WRITERS", "Writer"]


class Writer(NamedTuple):
    """What people call it, and the bytes of a file of it."""

    title: str
    write: Callable[[Summary], bytes]


def _markdown(summary: Summary) -> bytes:
    return markdown(summary).encode()


WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "markdown": Writer("Markdown", _markdown),
        "json": Writer("JSON", summary_json),
        "junit": Writer("JUnit XML", junit),
    }
)
"""Each by its name, which is that of the option of ``report``."""
