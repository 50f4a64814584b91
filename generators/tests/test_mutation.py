"""Mutated cases are the same for the same seed, and have what their seeds have not."""

from itertools import islice
from typing import Final

from generators.attacks import ATTACKS, HARMLESS
from generators.mutation import mutants
from harness.model.admission import admit
from harness.model.case import Case, Embedded, Launch, Script, sources
from harness.model.codec import CodecError
from harness.model.language.compound import statements
from harness.model.source import Alias, Assign, Import, Source, Statement
from harness.model.tree import Root, SourceFile, Tree

_SEEDS: Final = (
    Case(Tree((Root((SourceFile("a.py", Source((Assign("x", 1),))),)),)), Source((Import((Alias("a"),)),))),
    Case(Tree((Root((SourceFile("b/__init__.py"),)),)), Source((Assign("y", "text"),)), Script("r0/main.py")),
)


def _made(seed: int, number: int = 400) -> list[Case]:
    return [*islice(mutants(_SEEDS, seed), number)]


def test_same_for_the_same_seed() -> None:
    """A number stands for cases; another number for others."""
    assert _made(1) == _made(1)
    assert _made(1) != _made(2)


def test_what_is_exchanged() -> None:
    """Statements, names, values, files and launches come into cases that had none such."""
    made = _made(0)
    every = [item for case in made for source in sources(case) for item in statements(source.statements)]
    kinds: set[type[Statement]] = {type(item) for item in every}
    launches: set[type[Launch]] = {type(case.launch) for case in made if len(case.tree.roots[0].entries) > 1}
    assert {"Class", "Delete", "FromImport", "Function", "Invoke", "ModuleGetattr", "Read", "Recache", "Try"} <= {
        kind.__name__ for kind in kinds
    }
    assert {Embedded, Script} <= launches
    assert {"x", "y", "__name__", "__path__"} <= {item.name for item in every if isinstance(item, Assign)}
    assert {None, "", "text"} <= {item.value for item in every if isinstance(item, Assign)}


def test_many_are_let_in() -> None:
    """Enough of them are let in for it to be worth while to run them, and enough are not."""
    made = [*islice(mutants((*_SEEDS, *HARMLESS.values()), 0), 1000)]
    assert 0.2 < sum(map(_is_let_in, made)) / len(made) < 0.8
    assert not any(map(_is_let_in, ATTACKS.values()))


def _is_let_in(case: Case) -> bool:
    try:
        admit(case)
    except CodecError:
        return False
    return True
