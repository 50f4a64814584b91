"""What is observed follows from how a process ended and what it answered."""

import signal

import pytest

from harness.model.values import Value
from harness.run.answers import BEGUN, observed
from harness.run.frames import encode
from harness.run.processes import Ended

_COMPLETED = encode(((("outcome", "completed"),), ()), text=False)
_INTERRUPTED = encode(((("outcome", "raised"), ("exception/type", "KeyboardInterrupt")), ()), text=False)


@pytest.mark.parametrize(
    ("answer", "begun", "outcome"),
    [
        pytest.param(_INTERRUPTED, False, "raised", id="nothing-caught-it"),
        pytest.param(b"", False, ("unbegun", -signal.SIGINT), id="before-the-program"),
        pytest.param(_COMPLETED, False, ("crashed", signal.SIGINT), id="after-the-program"),
        pytest.param(BEGUN, False, ("crashed", signal.SIGINT), id="in-the-program"),
        pytest.param(b"", True, ("crashed", signal.SIGINT), id="in-an-embedded-program"),
        pytest.param(_INTERRUPTED, True, ("crashed", signal.SIGINT), id="after-an-embedded-program"),
    ],
)
def test_an_interrupt_has_its_reason(answer: bytes, begun: bool, outcome: Value) -> None:  # noqa: FBT001 - a parameter
    """A process may end by SIGINT before its main program or after a KeyboardInterrupt it tells; else it crashed."""
    assert outcome == observed(Ended(-signal.SIGINT, late=False), answer, "/tree", begun=begun).outcome
