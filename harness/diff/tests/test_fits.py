"""How far an observation is from a world, and which of the facts that differ are no consequences of others."""

from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.diff import Divergence, Explanation, Judgement
from harness.diff.fitting import all_fits, answers_of
from harness.model.observation import Observation
from harness.model.prediction import Ending, Exactly, Expected, OneOf, World
from harness.model.values import Value

WHY: Final = ("some.clause",)
WORDS: Final = st.sampled_from(("module", "modules", "names", "value", "a", "__spec__", "spec.name", "__loader__"))


def world(*keys: str, ending: Ending = Ending.COMPLETED, **values: Value) -> World:
    """A world in which the facts of these keys are 1, and others as given."""
    facts: dict[str, Expected] = {key: Exactly(1, WHY) for key in keys}
    return World({**facts, **{key: Exactly(value, WHY) for key, value in values.items()}}, ending=ending)


def roots(*keys: str) -> tuple[str, ...]:
    """Which facts are told where all of these differ."""
    (fit,) = all_fits((world(*keys),), Observation({"outcome": "completed"}))
    return fit.roots


@given(keys=st.lists(st.lists(WORDS, min_size=1, max_size=5).map("/".join), min_size=1, max_size=6, unique=True))
def test_something_is_told(keys: list[str]) -> None:
    """Whatever differs, not all of it follows from the rest."""
    assert roots(*keys)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        pytest.param(("module/modules", "module/a"), ("module/modules", "module/a"), id="a module called modules"),
        pytest.param(("module/a/__spec__", "module/a/__loader__"), ("module/a/__spec__",), id="the loader of a spec"),
        pytest.param(("module/a/__loader__",), ("module/a/__loader__",), id="a loader alone"),
        pytest.param(("module/b/__spec__", "module/a/__loader__"), None, id="the loader of another module"),
        pytest.param(("module/a", "module/a/__spec__"), ("module/a",), id="a module and its spec"),
        pytest.param(("module/b/names", "module/a/value/x"), None, id="names of another module"),
    ],
)
def test_consequences(keys: tuple[str, ...], told: tuple[str, ...] | None) -> None:
    """A fact follows from its whole, a list from its items, a loader from its spec; none from what is beside it."""
    assert roots(*keys) == (keys if told is None else told)


@pytest.mark.parametrize("outcome", ["timed-out", ("crashed", 11), ("exited", 1)])
def test_a_lost_process(outcome: Value) -> None:
    """Of a process that is gone nothing but the end is compared, which is no end the documents know."""
    (fit,) = all_fits((world("a", outcome="completed"),), Observation({"outcome": outcome}))
    assert (("outcome",), ("outcome",)) == (fit.differing, fit.roots)


@pytest.mark.parametrize("outcome", ["completed", "raised", ("unbegun", 1)])
def test_an_end_of_what_has_none(outcome: Value) -> None:
    """What comes to an end where it has none is wrong in that, and in nothing else."""
    (fit,) = all_fits((world("a", ending=Ending.ENDLESS),), Observation({"outcome": outcome}))
    assert (("outcome",), ("outcome",)) == (fit.differing, fit.roots)


def test_what_never_ends() -> None:
    """A process that is lost where the documents know no end is as predicted."""
    (fit,) = all_fits((world("a", ending=Ending.ENDLESS),), Observation({"outcome": "timed-out"}))
    assert ((), ()) == (fit.differing, fit.roots)


def test_the_course_goes_first() -> None:
    """A world that was followed to its end is nearer than one that was left, however far that was followed."""
    ended = world("trace/0000", "binding/x", "binding/y", "binding/z", outcome="completed")
    left = world("trace/0000", outcome="raised")
    fits = all_fits((left, ended), Observation({"outcome": "completed", "trace/0000": 1}))
    assert ended is min(fits, key=lambda fit: fit.distance).world
    assert [False, True] == [fit.on_course for fit in fits]


def test_what_has_no_end_is_far_from_an_end() -> None:
    """A world that was followed for a while is nearer to what came to an end too early than one without an end."""
    ended, endless = world("trace/0000", "trace/0001", outcome="completed"), world("trace/0000", ending=Ending.ENDLESS)
    fits = all_fits((endless, ended), Observation({"outcome": "completed", "trace/0000": 1}))
    assert ended is min(fits, key=lambda fit: fit.distance).world


@pytest.mark.parametrize("kind", [Divergence, Explanation, Judgement])
def test_values(kind: type[msgspec.Struct]) -> None:
    """What is said of an observation is said once and for all."""
    assert kind.__struct_config__.frozen


def test_an_option_for_each_value() -> None:
    """Values that are answers have an option each; any other prediction is a mistake of a rule."""
    bad = World({"a": OneOf((1, 2), WHY, ("one",))})
    with pytest.raises(ValueError, match="argument"):
        list(answers_of(bad, Observation({"a": 1})))
