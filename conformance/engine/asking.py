"""Cases are written to disk and put to every crew; what one case does to its tree disturbs no other."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import chain
from typing import Final, TypeAlias

import msgspec

from conformance.engine.crews import Crew, fault
from conformance.engine.planning import Planned
from harness.model.case import Case, edits
from harness.model.observation import Observation
from harness.run import AdapterError, Placed, TreeRefusedError, Workspace

Answers: TypeAlias = list[Observation | None]
"""What one crew says of each case, ``None`` where it was left unasked."""


_Places: TypeAlias = tuple[Placed | Observation, ...]
"""Where the trees lie; where one could not be written, the observation that stands for it."""


class _Column(msgspec.Struct, frozen=True):
    """The positions of the cases that a crew is asked, where each lies, its observations to come, in chunks."""

    positions: tuple[int, ...]
    places: _Places
    asked: list[Future[Answers]]


class Batch(msgspec.Struct, frozen=True):
    """Cases that are under way; where a tree could not be written, the observation that stands for all."""

    planned: tuple[Planned, ...]
    places: _Places
    columns: tuple[_Column, ...]

    @property
    def directories(self) -> dict[str, Placed]:
        """The directories in which the trees lie, each with a case in it."""
        every = chain(self.places, *(column.places for column in self.columns))
        return {item.directory: item for item in every if isinstance(item, Placed)}


class Told(msgspec.Struct, frozen=True):
    """What each crew says of each case; ``alone`` are the directories in which nothing may be run once more."""

    columns: tuple[Answers, ...]
    alone: frozenset[str]


class Asking:
    """Writes trees and asks crews.

    The cases of a family, and all crews, share a directory. Where a tree is not as it was written when all have
    answered, what was seen on it does not count: every case is asked anew, each time in a directory of its own. A case
    that says that it edits its tree has one for each crew from the start.
    """

    def __init__(self, workspace: Workspace, crews: Sequence[Crew]) -> None:
        self._workspace = workspace
        self._crews = crews
        self._extra: list[Placed] = []

    def put(self, planned: Sequence[Planned]) -> Batch:
        """Put these cases to every crew."""
        places = tuple(self._written(item) for item in planned)
        edited = frozenset(at for at, item in enumerate(planned) if edits(item.case))
        columns = []
        for number, crew in enumerate(self._crews):
            own = self._apart(planned, places, edited) if number and edited else places
            columns.append(self._column(crew, planned, own))
        return Batch(tuple(planned), places, tuple(columns))

    def told(self, batch: Batch, later: Collection[Batch] = ()) -> Told:
        """Wait for the observations; other cases in the same directories may be under way in ``later`` batches."""
        columns = tuple(self._awaited(crew, batch, at) for at, crew in enumerate(self._crews))
        edited = {name for name, placed in batch.directories.items() if edits(placed.case)}
        others = (placed for name, placed in batch.directories.items() if name not in edited)
        changed = {placed.directory for placed in others if not self._workspace.intact(placed)}
        if changed:
            self._ask_anew(batch, columns, changed)
        return Told(columns, frozenset(edited.union(changed, *(other.directories for other in later))))

    def place(self, batch: Batch, told: Told, position: int) -> Callable[[], Placed]:
        """Gives a directory in which a case can be repeated."""
        placed = batch.places[position]
        case = batch.planned[position].case
        if isinstance(placed, Observation) or placed.directory in told.alone:
            return partial(self._alone, case)
        return lambda: placed

    def discard(self, batch: Batch, later: Collection[Batch] = ()) -> None:
        """Remove the trees of a batch, but for those that ``later`` ones use, and all that cases had to themselves."""
        used = set(chain.from_iterable(other.directories for other in later))
        gone = [placed for name, placed in batch.directories.items() if name not in used]
        extra, self._extra = self._extra, []
        self._workspace.discard([*gone, *extra])

    def _written(self, planned: Planned) -> Placed | Observation:
        try:
            return self._workspace.place(planned.case)
        except TreeRefusedError as error:
            return Observation({"outcome": ("unsupported", str(error))})
        except AdapterError as error:
            return fault(str(error))

    def _apart(self, planned: Sequence[Planned], places: _Places, edited: Collection[int]) -> _Places:
        """The same places for another crew, which does not see what the first has edited in some."""
        return tuple(
            self._written(planned[at]) if at in edited and isinstance(place, Placed) else place
            for at, place in enumerate(places)
        )

    def _column(self, crew: Crew, planned: Sequence[Planned], places: _Places) -> _Column:
        chosen = {
            at: place
            for at, (item, place) in enumerate(zip(planned, places, strict=True))
            if isinstance(place, Placed) and in_turn(item.number, crew.every)
        }
        return _Column(tuple(chosen), places, crew.ask(list(chosen.values())))

    def _awaited(self, crew: Crew, batch: Batch, at: int) -> Answers:
        column = batch.columns[at]
        answers: Answers = [place if isinstance(place, Observation) else None for place in column.places]
        if crew.every > 1:
            left_out = Observation({"outcome": ("unsupported", f"{LEFT_OUT} {crew.every}")})
            answers = [answer or left_out for answer in answers]
        observed = chain.from_iterable(future.result() for future in column.asked)
        for position, observation in zip(column.positions, observed, strict=True):
            answers[position] = observation
        return answers

    def _ask_anew(self, batch: Batch, columns: Sequence[Answers], changed: Collection[str]) -> None:
        """Replace the observations that were made in these directories."""
        again: list[tuple[Answers, int, Future[Answers]]] = []
        for crew, column, answers in zip(self._crews, batch.columns, columns, strict=True):
            for position in column.positions:
                placed = batch.places[position]
                if isinstance(placed, Placed) and placed.directory in changed and answers[position] is not None:
                    (asked,) = crew.repeat(partial(self._alone, placed.case), warm=1, cold=0)
                    again.append((answers, position, asked))
        for answers, position, asked in again:
            answers[position] = asked.result()[0]

    def _alone(self, case: Case) -> Placed:
        """A directory that no other case shares."""
        placed = self._workspace.place(case, alone=True)
        self._extra.append(placed)
        return placed


LEFT_OUT: Final = "left out: it starts a process for each case, and is asked one in"
"""Why a crew is not asked a case, before the number."""


def in_turn(number: int, every: int) -> bool:
    """Whether the case of that number in the whole run is one of those that are asked: one in each ``every``.

    It is not always the first of them, lest shards whose number has a divisor in common with ``every`` get all or none.
    """
    return number % every == number // every % every
