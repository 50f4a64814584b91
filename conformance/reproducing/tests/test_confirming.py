"""Who does as documented does it by the sentence that is told, or is told apart."""

import msgspec
import pytest

from conformance.reproducing.confirming import Answer
from harness.model.clauses import Clause, Level
from harness.model.observation import Identity, Observation
from harness.model.prediction import Exactly, certain
from harness.model.values import ABSENT, Value

FACT = "exception/type"
WANTED: dict[str, Value] = {"outcome": "raised", FACT: "ImportError"}


def clause(*, since: str = "", until: str = "", name: str = "a.b") -> Clause:
    """A clause that is in force for a while."""
    return Clause(name, "a", "library", "It is so.", "a document", since, until, Level.MUST, "a fact", seed=False)


def answer(seen: dict[str, Value], *, by: str = "a.b", wanted: str = "ImportError") -> Answer:
    """What somebody of 3.14 did, where that clause decides that this is raised."""
    predicted = certain({"outcome": Exactly("raised", (by,)), FACT: Exactly(wanted, (by,))})
    identity = Identity("mine", "1", (3, 14), ("mine",))
    return Answer("mine 1", identity, predicted, Observation(seen), Observation(seen))


def told(item: Answer, told_of: Clause) -> str:
    """What is said of it, where ImportError is expected and KeyError seen elsewhere."""
    standing = item.standing(told_of, FACT, ("ImportError",), "KeyError", "KeyError")
    assert standing.forked == standing.fresh
    return standing.fresh


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        pytest.param(clause(), "as documented", id="in force"),
        pytest.param(clause(until="3.15"), "as documented", id="still in force"),
        pytest.param(clause(until="3.14"), "not applicable (until 3.14)", id="no more"),
        pytest.param(clause(since="3.15"), "not applicable (since 3.15)", id="not yet"),
        pytest.param(clause(since="3.9", until="3.12"), "not applicable (since 3.9, until 3.12)", id="for a while"),
        pytest.param(clause(name="a.c"), "as documented", id="another clause, by which the same is expected"),
    ],
)
def test_in_force(limits: Clause, expected: str) -> None:
    """Who does as documented in a version in which the sentence does not hold conforms by another one."""
    item = answer(WANTED)
    assert expected == told(item, limits)
    assert (expected == "as documented") == item.conforms(limits, FACT, ("ImportError",))


def test_older_than_any() -> None:
    """Who says of itself that it is older than all that is documented is judged by the oldest documents."""
    item = answer({**WANTED, FACT: "KeyError"})
    old = msgspec.structs.replace(item, identity=msgspec.structs.replace(item.identity, language=(3, 4)))
    assert ["departs so", "departs otherwise"] == [told(old, clause(since=since)) for since in ("3.6", "3.9")]


def test_another_sentence() -> None:
    """Nor does he conform by a sentence that decides nothing there, where another one wants something else."""
    item = answer({**WANTED, FACT: "OSError"}, by="a.c", wanted="OSError")
    assert told(item, clause()) == "not applicable (other sentences decide it)"
    assert not item.conforms(clause(), FACT, ("ImportError",))


def test_departs_from_another_sentence() -> None:
    """Who departs where the sentence does not hold does not depart from it, whatever is seen."""
    item = answer({**WANTED, FACT: "KeyError"})
    assert ["departs so", "departs otherwise"] == [told(item, clause()), told(item, clause(until="3.14"))]


def test_departs_in_something_else() -> None:
    """Who departs in another fact than is told of, or only where what is given does not happen, is said to."""
    name = "binding/x"
    wanted: dict[str, Value] = {**WANTED, name: 1}
    other = certain({fact: Exactly(value, ("a.b",)) for fact, value in wanted.items()})
    item = msgspec.structs.replace(answer({**WANTED, name: 2}), prediction=other)
    assert told(item, clause()) == "departs in something else"
    otherwise = answer({**WANTED, FACT: "OSError"})
    given = msgspec.structs.replace(otherwise, alone=certain({FACT: Exactly("OSError", ("a.b",))}))
    assert ["departs otherwise", "departs in something else"] == [told(each, clause()) for each in (otherwise, given)]


def test_not_asked() -> None:
    """Who cannot be asked the case is not said to do anything."""
    reason = "contained: the case makes a socket"
    assert told(answer({"outcome": ("unsupported", reason)}), clause()) == f"not asked ({reason})"


def test_departs_by_another_exception() -> None:
    """Where a module is not executed on either, but each raises something else, they do not depart alike."""
    step = "trace/0000"
    predicted = certain({"outcome": Exactly("completed", ("a.b",)), step: Exactly(("event", "here", "a"), ("a.b",))})

    def raising(error: str) -> Answer:
        seen = Observation({"outcome": "raised", "exception/type": error})
        return Answer("mine 1", Identity("mine", "1", (3, 14), ("mine",)), predicted, seen, None)

    first, other = raising("KeyError"), raising("OSError")
    judged = [item.standing(clause(), step, (), ABSENT, first.ended).forked for item in (first, other)]
    assert (first.ended, judged) == ("KeyError", ["departs so", "departs otherwise"])
