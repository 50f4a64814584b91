"""Sources a little simpler than a given one."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from harness.model.language.compound import Body, Statement, bodies, holding, simpler_bodies
from harness.model.source import Source

Rewrite: TypeAlias = Callable[[Statement], tuple[Statement, ...]]
"""What a simple statement becomes."""


def simpler(source: Source) -> Iterator[Source]:
    """Sources that do less than ``source``, or the same in fewer words."""
    if source.doc is not None:
        yield Source(source.statements)
    for body in simpler_bodies(source.statements):
        yield Source(body, doc=source.doc)


def rewritten(source: Source, rewrite: Rewrite) -> Source:
    """``source`` with every statement rewritten, those that another holds before that."""
    return Source(_rewritten(source.statements, rewrite), doc=source.doc)


def _rewritten(body: Body, rewrite: Rewrite) -> Body:
    found: list[Statement] = []
    for statement in body:
        found += rewrite(holding(statement, tuple(_rewritten(inner, rewrite) for inner in bodies(statement))))
    return tuple(found)
