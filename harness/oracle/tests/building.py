"""Short ways to say a case, and to look at one fact of its prediction."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

import pytest

from harness.model.case import Case, Embedded, Launch
from harness.model.prediction import Exactly, Expected
from harness.model.source import Alias, Assign, FromImport, Import, Literal, Read, Source, Statement
from harness.model.tree import Directory, Entry, Root, SourceFile, Tree
from harness.model.values import Value
from harness.oracle import predict

Body: TypeAlias = tuple[Statement, ...]
Files: TypeAlias = Mapping[str, Body]
"""The sources of a tree by their places (``r0/pkg/mod.py``); a place that ends in ``/`` is a directory."""

EMPTY: Final[Body] = ()
EMBEDDED: Final = Embedded()
LANGUAGE: Final = (3, 12)


class Rule(NamedTuple):
    """A rule at work: what a program gives over some files, and the clause that gives it."""

    files: Files
    program: Body
    fact: str
    value: Value
    clause: str


def rule(name: str, files: Files, program: Body, fact: str, value: Value, clause: str) -> object:
    """A rule as a parameter of a test."""
    return pytest.param(Rule(files, program, fact, value, clause), id=name)


def alias(text: str) -> Alias:
    """``name`` or ``name as other``."""
    name, _, other = text.partition(" as ")
    return Alias(name, other)


def imports(*names: str) -> Import:
    """``import a.b as c, d``."""
    return Import(tuple(map(alias, names)))


def takes(module: str, *names: str) -> FromImport:
    """``from ..module import a as b, c``; the dots stand at the head of ``module``."""
    inner = module.lstrip(".")
    return FromImport(inner, tuple(map(alias, names)), len(module) - len(inner))


def sets(name: str, value: Literal = 1) -> Assign:
    """``name = value``."""
    return Assign(name, value)


def reads(name: str, dotted: str) -> Read:
    """``name = a.b.c``."""
    return Read(name, tuple(dotted.split(".")))


def case(files: Files, program: Iterable[Statement], launch: Launch = EMBEDDED) -> Case:
    """A case over two roots."""
    roots: tuple[list[Entry], list[Entry]] = ([], [])
    for place, body in files.items():
        root, _, path = place.partition("/")
        entry = Directory(path.rstrip("/")) if path.endswith("/") else SourceFile(path, Source(body))
        roots[int(root[1:])].append(entry)
    return Case(Tree(tuple(Root(tuple(entries)) for entries in roots)), Source(tuple(program)), launch)


def archived(files: Files, *program: Statement) -> Case:
    """A case whose first root is an archive."""
    plain = case(files, program)
    roots = (Root(plain.tree.roots[0].entries, "stored"), *plain.tree.roots[1:])
    return Case(Tree(roots), plain.program)


def expected(files: Files, program: Body, fact: str, language: tuple[int, int] = LANGUAGE) -> Expected | None:
    """What is predicted of one fact."""
    return predict(case(files, program), language).facts.get(fact)


def check(each: Rule, language: tuple[int, int] = LANGUAGE) -> None:
    """The rule gives its fact this value, by its clause."""
    found = expected(each.files, each.program, each.fact, language)
    assert isinstance(found, Exactly)
    assert (found.value, [clause for clause in found.clauses if clause == each.clause]) == (each.value, [each.clause])


def trace(files: Files, program: Body, language: tuple[int, int] = LANGUAGE) -> list[Value]:
    """The events that are predicted, the ends of statements left out."""
    facts = predict(case(files, program), language).facts
    events = [item.value for key, item in facts.items() if key.startswith("trace/0") and isinstance(item, Exactly)]
    return [f"{item[1]} {item[2]}" for item in events if isinstance(item, tuple) and isinstance(item[2], str)]
