"""Cases in a line."""

from harness.model.case import Case, Embedded, Launch
from harness.model.language.compound import Body
from harness.model.source import Source, Statement
from harness.model.tree import Entry, Root, SourceFile, Tree


def file(path: str, *body: Statement) -> SourceFile:
    """A source file."""
    return SourceFile(path, Source(body))


def case(*entries: Entry, program: Body = (), launch: Launch | None = None) -> Case:
    """A case of one root."""
    return Case(Tree((Root(entries),)), Source(program), launch or Embedded())
