"""A launch has the rooms it needs and no other, and a room refers to nothing but what it says it needs."""

import itertools

import pytest

from harness.agent import AGENT, MAKE_FACTS
from harness.agent.tests.rooms import NAMES, bound, launches, needed, referred, text

_OF_AGENT = bound(AGENT.read_text("ascii"))
_EACH = pytest.mark.parametrize("room", NAMES)
_LONGEST = 300


def _closure(room: str) -> set[str]:
    return {room}.union(*(_closure(other) for other in needed(room)))


@_EACH
def test_short(room: str) -> None:
    """A room has at most 300 lines."""
    assert text(room).count("\n") <= _LONGEST


@_EACH
def test_refers_to_what_it_needs(room: str) -> None:
    """Each name that a room does not bind is built in, or is bound by the agent itself or a room it says it needs."""
    given = _OF_AGENT.union(*(bound(text(other)) for other in needed(room)))
    assert frozenset() == referred(text(room)) - given


@_EACH
def test_needs_what_it_refers_to(room: str) -> None:
    """It says of no room that it needs it, of which it uses no name; the built-in ones come from ``origin``."""
    idle = [other for other in needed(room) - {"origin"} if not referred(text(room)) & bound(text(other))]
    assert ([], room != "origin") == (idle, "origin" in needed(room))


@pytest.mark.parametrize("launch", sorted(launches()))
def test_launch_has_what_it_needs(launch: str) -> None:
    """A launch has the room named like it, which comes last, and what that needs, each after what it needs itself."""
    rooms = launches()[launch]
    assert (launch, _closure(launch)) == (rooms[-1], set(rooms))
    assert [] == [room for at, room in enumerate(rooms) if not needed(room) <= set(rooms[:at])]


def test_facts_have_what_they_need() -> None:
    """The rooms that make facts are all that is needed for them, and for how a program is served, each in its place."""
    assert _closure("facts") | _closure("main") == set(MAKE_FACTS)
    assert [] == [room for at, room in enumerate(MAKE_FACTS) if not needed(room) <= set(MAKE_FACTS[:at])]


@pytest.mark.parametrize("launch", sorted(launches()))
def test_nothing_is_bound_twice(launch: str) -> None:
    """No room of a launch binds a name that another one, or the agent itself, binds too."""
    texts = [AGENT.read_text("ascii"), *map(text, launches()[launch])]
    assert [] == [
        bound(one) & bound(other) for one, other in itertools.combinations(texts, 2) if bound(one) & bound(other)
    ]


def test_no_room_is_empty() -> None:
    """Every room belongs to some launch."""
    assert set(NAMES) == {room for rooms in launches().values() for room in rooms}


def test_light_launches() -> None:
    """Who says hello has no server and makes no facts, whom the interpreter launches has neither server nor hello."""
    rooms = launches()
    assert {"serve", "once", "attend", "facts", "running"}.isdisjoint(rooms["hello"])
    assert {"serve", "warming", "hello", "once", "running"}.isdisjoint(rooms["attend"])
    assert {"serve", "warming", "hello", "attend"}.isdisjoint(rooms["once"])
