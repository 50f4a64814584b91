"""What one case does to its tree, or to the room for it, disturbs no other."""

import functools
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from conformance.engine.asking import in_turn
from conformance.engine.tests.fakes import Fake, Member, Plant, run
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.observation import Identity, Observation
from harness.model.source import Alias, Assign, Edit, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.run import AdapterError, Placed, TreeRefusedError, Workspace

TREE = Tree((Root((SourceFile("a.py", Source((Assign("x", 1),))),)),))
HARMLESS = Case(TREE, Source((Import((Alias("a"),)),)))
HARMFUL = Case(TREE, Source((Import((Alias("a", "b"),)),)))
EDITED = Case(TREE, Source((Import((Alias("a"),)), Edit("r0/a.py"))))
FAMILY = (HARMLESS, HARMFUL, Case(TREE, Source((Import((Alias("a", "c"),)),))))


class Touching:
    """A subject that does something to the tree of a case; it is wrong where that was done before."""

    def __init__(
        self, identity: Identity, plant: Plant = lambda _case, facts: facts, *, touched: Callable[[Placed], bool]
    ) -> None:
        """``touched`` does it, if the case says so, and tells whether it was done before."""
        self.identity = identity
        self._inner = Fake(identity, plant)
        self._touched = touched

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """What the documents say, as long as the tree is as it was."""
        return [self._one(item) for item in placed]

    def close(self) -> None:
        """Nothing to end."""

    def _one(self, placed: Placed) -> Observation:
        touched = self._touched(placed)
        facts: Mapping[str, Value] = {"outcome": "raised"} if touched else self._inner.observe([placed])[0].facts
        return Observation(dict(facts))


def deleted(placed: Placed) -> bool:
    """Deletes the tree of the harmful case; whether it is gone before."""
    root = Path(placed.directory, "r0")
    gone = not root.exists()
    if placed.case == HARMFUL:
        shutil.rmtree(root, ignore_errors=True)
    return gone


def edited(placed: Placed) -> bool:
    """Writes what the case says it edits; whether somebody has done so before."""
    file = Path(placed.directory, "r0/a.py")
    before = file.read_text() == "edited"
    if placed.case == EDITED:
        file.write_text("edited")
    return before


TAMPERING = functools.partial(Touching, touched=deleted)
EDITING = functools.partial(Touching, touched=edited)


def broken(case: Case, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """Forgets ``__name__`` in the harmful case."""
    return {**facts, "module/a/__name__": "b"} if case == HARMFUL else facts


@pytest.mark.parametrize("order", [FAMILY, FAMILY[::-1], (*FAMILY[1:], *FAMILY[:1])])
def test_tree_that_a_case_deletes(order: Sequence[Case]) -> None:
    """It is gone for nobody else: not for its family, not for other implementations, not for those asked again."""
    outcome = run(Member(subject=TAMPERING), Member(broken), Member(subject=TAMPERING, language=(3, 9)), cases=order)
    said = {(record.implementation, order[record.number] == HARMFUL): record.verdict for record in outcome.records}
    wrong = {key for key, verdict in said.items() if verdict is not Verdict.CONFORMS}
    assert (wrong, said[1, True], outcome.footer.executed) == ({(1, True)}, Verdict.DIVERGES, 9)


def test_tree_that_a_case_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each crew, and each repetition, has a tree of its own for a case that says so; the others are asked once."""
    asked: list[Case] = []
    observe = Touching.observe

    def noting(self: Touching, placed: Sequence[Placed]) -> list[Observation]:
        asked.extend(item.case for item in placed)
        return observe(self, placed)

    def wrong(case: Case, facts: Mapping[str, Value]) -> Mapping[str, Value]:
        return {**facts, "module/a/__name__": "b"} if case == EDITED else facts

    monkeypatch.setattr(Touching, "observe", noting)
    members = [Member(subject=EDITING), Member(subject=EDITING, language=(3, 9))]
    outcome = run(*members, cases=(EDITED, *FAMILY))
    assert {record.verdict for record in outcome.records} == {Verdict.CONFORMS}
    assert [len(members)] * 4 == [asked.count(case) for case in (EDITED, *FAMILY)]
    outcome = run(Member(subject=lambda identity: EDITING(identity, wrong)), cases=(EDITED, *FAMILY))
    assert [Verdict.DIVERGES] + [Verdict.CONFORMS] * 3 == [record.verdict for record in outcome.records]


def test_repetitions_in_a_tree_that_a_case_deletes() -> None:
    """A case that diverges and deletes its tree is repeated in a tree of its own each time."""
    outcome = run(Member(subject=lambda identity: TAMPERING(identity, broken)), cases=[HARMFUL])
    assert [record.verdict for record in outcome.records] == [Verdict.DIVERGES]


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        pytest.param(TreeRefusedError("tree", "it does not take it"), Verdict.UNSUPPORTED, id="refused"),
        pytest.param(AdapterError("scratch directory", "no space left"), Verdict.HARNESS_FAULT, id="full"),
    ],
)
def test_tree_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, error: AdapterError, verdict: Verdict) -> None:
    """It costs its case alone, for every implementation and with its reason, and the run goes on."""
    place = Workspace.place

    def full(self: Workspace, case: Case, *, alone: bool = False) -> Placed:
        if case == HARMFUL:
            raise error
        return place(self, case, alone=alone)

    monkeypatch.setattr(Workspace, "place", full)
    outcome = run(Member(), Member(language=(3, 9)), cases=FAMILY)
    said = [record.verdict for record in outcome.records]
    assert said == [Verdict.CONFORMS] * 2 + [verdict] * 2 + [Verdict.CONFORMS] * 2
    assert outcome.footer.reasons == {f"{verdict.value}: {error}": 2}


@pytest.mark.parametrize("every", [1, 2, 3, 10])
def test_in_turn(every: int) -> None:
    """One case in so many is asked, whatever the shard: each shard has its part of them."""
    chosen = [number for number in range(every**2 * 6) if in_turn(number, every)]
    assert len(chosen) == every * 6
    assert all(len(chosen[at : at + 1]) == 1 and chosen[at] // every == at for at in range(len(chosen)))
    assert {number % 2 for number in chosen} == {0, 1}


def test_left_out() -> None:
    """Who is asked one case in three is left out of the others, with the reason, in every shard alike."""
    outcome = run(Member(every=3), cases=FAMILY)
    said = [record.verdict for record in outcome.records]
    assert said == [Verdict.CONFORMS, Verdict.UNSUPPORTED, Verdict.UNSUPPORTED]
    assert outcome.records[1].reason == "left out: it starts a process for each case, and is asked one in 3"
