"""Facts about attributes that an implementation lacks altogether are not judged; no other fact is spared."""

import pytest

from harness.model.lacking import ATTRIBUTES, masked, named_in, unobservable
from harness.model.observation import Observation
from harness.model.values import ABSENT, UNOBSERVED, Value

SEEN: dict[str, Value] = {
    "outcome": "completed",
    "exception/cause": ABSENT,
    "exception/name": ABSENT,
    "exception/message-name": False,
    "exception/message-path": False,
    "exception/type": "ImportError",
    "module/m": ("module", "m"),
    "module/m/__doc__": ABSENT,
    "module/m/__path__": ABSENT,
    "module/m/__spec__": ABSENT,
    "module/m/value/__spec__": 1,
    "main/__doc__": ABSENT,
    "binding/x/spec.name": "m",
}


@pytest.mark.parametrize(
    ("lacking", "gone"),
    [
        pytest.param(["__doc__"], {"module/m/__doc__", "main/__doc__"}, id="attribute"),
        pytest.param(["__cause__"], {"exception/cause"}, id="of-exceptions"),
        pytest.param(["ImportError.name"], {"exception/name", "exception/message-name"}, id="of-import-errors"),
        pytest.param(["__path__"], {"module/m/__path__", "module/m/same-path"}, id="path"),
        pytest.param([], set(), id="nothing"),
    ],
)
def test_masked(lacking: list[str], gone: set[str]) -> None:
    """The facts about these attributes are as not observed, all others stand."""
    found = masked(Observation(SEEN), lacking).facts
    assert gone == {key for key, value in found.items() if value == UNOBSERVED}
    assert {key: value for key, value in SEEN.items() if key not in gone} == {
        key: value for key, value in found.items() if key not in gone
    }


def test_a_spec_has_fields() -> None:
    """Without specs nothing is known of the fields of one, though no such fact is seen."""
    found = masked(Observation(SEEN), ["__spec__"]).facts
    gone = {key for key, value in found.items() if value == UNOBSERVED}
    assert {"module/m/__spec__", "module/m/spec.name", "module/m/spec.cached", "module/m/same-path"} <= gone
    assert SEEN["module/m/value/__spec__"] == found["module/m/value/__spec__"]
    assert SEEN["binding/x/spec.name"] == found["binding/x/spec.name"]


def test_all_that_is_masked_is_unobservable() -> None:
    """What may be left out of an observation is what the comparison lets pass as such, and no more."""
    found = masked(Observation(SEEN), ATTRIBUTES).facts
    assert [key for key, value in found.items() if value == UNOBSERVED] == [key for key in found if unobservable(key)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("del __doc__", "__doc__", id="named"),
        pytest.param("m.__doc__ = 1", "__doc__", id="of-a-module"),
        pytest.param("x__doc__ = 1", "", id="part-of-a-name"),
        pytest.param("del __file__", "", id="another"),
    ],
)
def test_named(text: str, named: str) -> None:
    """A text names an attribute as a word of its own."""
    assert named == named_in(text, ["__doc__", "ImportError.name"])
