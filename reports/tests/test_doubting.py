"""A departure that explains cases is not therefore what happens."""

import pytest

from harness.diff import Verdict
from reports import Record
from reports.doubting import explains_little, rivals


def wrong(*explained: str, asked: tuple[int, ...] = (), weakly: tuple[str, ...] = (), missing: str = "") -> Record:
    """What is said of a case that each of these departures explains by itself."""
    sets = tuple((name,) for name in explained)
    return Record(
        0, "", "generated", 0, Verdict.DIVERGES, consulted=asked, explained=sets, weakly=weakly, missing=missing
    )


def test_rivals() -> None:
    """They are those that explain every case too, that no case refutes, and that say what happens."""
    every = ("a: no", "a: another value", "b: no", "c: no")
    records = (wrong(*every, "d: no"), wrong(*every))
    assert ["b: no"] == list(rivals("a: no", records, {"c: no"}.__contains__))


ONE, TWO = (wrong("a: no", asked=(0,)),) * 10, (wrong(asked=(0,)),) * 2


@pytest.mark.parametrize(
    ("beside", "others", "usual", "little"),
    [
        pytest.param(TWO, (), 0, True, id="beside"),
        pytest.param(TWO[:1], (), 0, False, id="one of ten beside"),
        pytest.param(
            (wrong(weakly=("a: no",)), wrong(missing="types")), (), 0, False, id="begins so, or cannot be asked"
        ),
        pytest.param((), TWO, 0.3, True, id="others that ask it"),
        pytest.param((), TWO, 0.4, False, id="others that ask what everybody asks"),
        pytest.param((), (wrong(asked=(1,)),) * 2, 0, False, id="others that do not ask it"),
    ],
)
def test_explains_little(beside: tuple[Record, ...], others: tuple[Record, ...], usual: float, *, little: bool) -> None:
    """It does where more than a few cases have its cause, or have to do with its clause, and depart otherwise."""
    assert little == explains_little("a: no", 0, ONE, beside, others, usual)
