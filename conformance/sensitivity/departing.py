"""Whether the vectors notice every departure that the rules of the oracle know of."""

from conformance.catalogue import vectors
from conformance.coverage import is_noticed, languages
from harness.diff import noticed
from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.versions import Version
from harness.oracle import departures, departures_of, predict

__all__ = ["unnoticed"]


def unnoticed() -> tuple[Departure, ...]:
    """The departures that no vector notices, in whatever version of the language."""
    left = (item for item in departures() if not any(is_noticed(item, language) for language in languages()))
    return tuple(item for item in left if not _beside(item))


def _beside(departure: Departure) -> bool:
    """Whether it is one that nobody can make alone, and some vector notices it beside another from the same clause."""
    others = [other for other in departures_of()[departure.clause] if other != departure]
    return any(
        _told(vector.case, language, other, departure)
        for other in others
        for language in (languages()[-1], languages()[0])
        for vector in vectors().values()
    )


def _told(case: Case, language: Version, other: Departure, departure: Departure) -> bool:
    """Whether the case tells both departures together from the ``other`` alone."""
    alone = predict(case, language, frozenset({other}))
    if departure not in alone.consulted:
        return False
    return noticed(alone, predict(case, language, frozenset({other, departure})), departure)
