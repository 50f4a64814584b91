"""Every departure that the rules know, each by the clause it departs from."""

import functools
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from harness.model.departure import Departure
from harness.model.exceptions import BASES
from harness.model.held import held_modules
from harness.oracle import (  # noqa: F401 - they are found by what this module holds
    annotating,
    archive_loaders,
    archives,
    attribute_facts,
    attributes,
    built_in,
    cache,
    cached_paths,
    candidates,
    cleaning,
    comparing,
    compiling,
    edited,
    execution,
    facts,
    finders,
    finishing,
    hierarchy,
    launched,
    legacy,
    lending,
    loading,
    lookup,
    main_program,
    making,
    mangling,
    missing_names,
    module_reprs,
    module_types,
    nesting,
    package_data,
    packages,
    path_entries,
    public_names,
    querying,
    relative,
    replacing,
    resources,
    rivals,
    scopes,
    search,
    siblings,
    targets,
    walks,
    withheld,
)
from harness.oracle.departing import RAISES, raising
from harness.oracle.rules import CHAPTERS

_MODULES: Final = (*CHAPTERS, *held_modules(globals()))
"""The chapters, and the modules of rules that all of them share, which are imported above."""


@functools.cache
def departures() -> tuple[Departure, ...]:
    """All of them, ordered by clause and name.

    A rule's module declares them in its constants: alone, in a tuple, or as the values of a mapping.
    """
    found = {item for module in _MODULES for held in vars(module).values() for item in _held(held)}
    return tuple(sorted(found, key=str))


@functools.cache
def departures_of() -> Mapping[str, tuple[Departure, ...]]:
    """The departures from each clause that has any, by its id."""
    found: dict[str, list[Departure]] = {}
    for item in departures():
        found.setdefault(item.clause, []).append(item)
    return MappingProxyType({clause: tuple(items) for clause, items in found.items()})


def departure(clause: str, name: str) -> Departure:
    """The departure of that name from a clause; where one is another exception, it can be any built-in exception.

    Raises:
        LookupError: the rules know of none.
    """
    known = departures_of().get(clause, ())
    for item in known:
        if item.name == name:
            return item
    error = name.removeprefix(RAISES)
    if error != name and error in BASES and any(item.name.startswith(RAISES) for item in known):
        return raising(clause, error)
    message = f"clause {clause}: expected one of the departures {', '.join(item.name for item in known) or '(none)'}"
    raise LookupError(message)


def _held(value: object) -> Iterator[Departure]:
    match value:
        case Departure():
            yield value
        case tuple():
            yield from (item for item in value if isinstance(item, Departure))
        case dict():
            yield from (item for item in value.values() if isinstance(item, Departure))
        case _:
            pass
