"""What attacks are made of: a tree with little in it, and statements of its program or of its package."""

from typing import Final

from harness.model.case import Case, Embedded, Launch
from harness.model.language.expressions import Bind, Call, Expression
from harness.model.source import Alias, Assign, Import, Source, Statement
from harness.model.tree import DataFile, Root, SourceFile, Tree

TREE: Final = Tree((Root((SourceFile("own.py"), SourceFile("pkg/__init__.py"), SourceFile("pkg/sub.py"))), Root()))
"""Two roots, of which one has a module and a package."""


def program(*statements: Statement) -> Case:
    """A case whose program has these statements."""
    return Case(TREE, Source(statements))


def module(*statements: Statement, program: tuple[Statement, ...] = (), launch: Launch | None = None) -> Case:
    """A case whose package ``pkg`` has these statements."""
    tree = Tree((Root((SourceFile("own.py"), SourceFile("pkg/__init__.py", Source(statements)))), Root()))
    return Case(tree, Source(program), launch or Embedded())


def file(path: str, text: str | None = None) -> Case:
    """A case with one file: a source, or one of that text."""
    return Case(Tree((Root((SourceFile(path) if text is None else DataFile(path, text),)),)), Source())


def imports(*names: str) -> Statement:
    """An import of all of these."""
    return Import(tuple(map(Alias, names)))


def call(function: str, *arguments: Expression, **keywords: Expression) -> Statement:
    """A call of a documented function, whose result is bound to a name."""
    return Bind(Call(function, arguments, tuple(keywords.items())), "x")


SEARCHED: Final = Assign("__path__", None)
"""What makes a package search for its modules wherever top-level modules are."""
