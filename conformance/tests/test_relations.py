"""Relations between cases: what is changed, and that what is then unlike is told."""

from conformance.demands import Implementation
from conformance.relations import called, disjoint, preceded, turned, uncalled, unlike
from harness.model.case import Case
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.source import Alias, Assign, FromImport, Import, Source, Statement
from harness.model.tree import Root, SourceFile, Tree

TOLD = Source((Assign("x", 1),))


def case(*statements: Statement, roots: tuple[Root, ...]) -> Case:
    """A program over these roots."""
    return Case(Tree(roots), Source(statements))


def root(*names: str, source: Source = TOLD) -> Root:
    """One in which these files lie."""
    return Root(tuple(SourceFile(name, source) for name in names))


BOTH = case(Import((Alias("a"),)), Import((Alias("b"),)), roots=(root("a.py"), root("a.py", "b.py", source=Source())))


def test_called() -> None:
    """Statements that bind no other name become calls; all others stay."""
    kept = FromImport("a", (Alias("x"),)), Import((Alias("a"), Alias("b"))), Import((Alias("a.b", "c"),))
    made = called(case(Import((Alias("a.b"),)), *kept, roots=()), "importlib.__import__").program.statements
    assert (Bind(Call("importlib.__import__", (Constant("a.b"),)), "a"), *kept) == made


def test_uncalled() -> None:
    """What the call returns is bound to no name."""
    made = uncalled(case(Import((Alias("a.b"),)), roots=()), "importlib.import_module").program.statements
    assert (Bind(Call("importlib.import_module", (Constant("a.b"),))),) == made


def test_disjoint() -> None:
    """Of a name that stands in two roots the first is kept."""
    assert (root("a.py"), root("b.py", source=Source())) == disjoint(BOTH).tree.roots


def test_turned(implementation: Implementation) -> None:
    """The other order is told apart where two roots have the same name, and not where they have none in common."""
    found = [unlike(of, turned(of), implementation, lambda place: 1 - place) for of in (disjoint(BOTH), BOTH)]
    assert [True, False] == [told == () for told in found]


def test_preceded(implementation: Implementation) -> None:
    """A fact that names a root is unlike where it is not said which root that is."""
    found = [
        unlike(BOTH, preceded(BOTH), implementation, back) for back in (lambda place: place - 1, lambda place: place)
    ]
    assert [False, True] == [any("a.py" in item for item in told) for told in found]


def test_what_returns_another_module(implementation: Implementation) -> None:
    """import_module returns another module than __import__, so what is bound is unlike."""
    package = root("a/__init__.py", "a/b.py")
    of = case(Import((Alias("a.b"),)), roots=(package,))
    found = unlike(of, called(of, "importlib.import_module"), implementation)
    assert ["binding/a: module a, and module a.b"] == [item for item in found if item.startswith("binding/a:")]
