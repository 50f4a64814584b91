"""Facts in which implementations depart or differ: the clause that says so, and what each does there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from harness.diff import Judgement, Verdict
from harness.model.clauses import Clause
from harness.model.values import UNOBSERVED, same
from reports.causing import INDENT, cause_view, documents_view, indented
from reports.columns import BESIDE, NOTHING_SAID, Column, Group, documented, grouped, titled
from reports.fitting import Fitted
from reports.folding import Cell
from reports.showing import last_words
from reports.stating import about
from reports.wording import ON_UNLISTED, UNLISTED, placeless, visible

OPEN: Final = 3
"""How many facts that the documents leave open are shown with their clauses, where nobody departs."""

MORE: Final = 3
"""How many other facts are shown: what is not as documented before what is left open, the course before all else."""

_STEP: Final = "trace/"
_LENGTH: Final = "trace/length"
_LIBRARY: Final = "library"
"""The tier of clauses about documented functions."""

_COURSE: Final = (_STEP, "outcome", "exception/type", "exception/", "binding/", "module/")
"""What is shown first of what differs."""

Clauses: TypeAlias = Mapping[str, Clause]

Sentence: TypeAlias = Callable[[str], str]
"""What happens with a departure, in a sentence."""


class Cause(msgspec.Struct, frozen=True):
    """What somebody departs in: its name, its clause, in words what happens instead, and the reasons of what is known.

    ``as_if`` is what may happen, where that is not sure. ``title`` says whence it comes: ``finding 1 of the run``;
    ``fact`` is the one in which that departs, if it is known.
    """

    name: str
    clause: Clause
    text: str = ""
    title: str = ""
    known: str = ""
    as_if: tuple[str, ...] = ()
    fact: str = ""

    def explains(self, judgement: Judgement) -> bool:
        """Whether somebody departs in what the cause is about."""
        return not self.fact or any(item.fact == self.fact for item in judgement.divergences)

    def view(self) -> Iterator[RenderableType]:
        """All of it but the title."""
        yield from cause_view(self.name, self.clause, self.text, self.as_if)
        yield from [indented(f"({ON_UNLISTED})", "dim")] * self.name.endswith(UNLISTED)
        yield from (indented(f"known: {visible(reason)}") for reason in self.known.splitlines())


class Facts:
    """The facts of one case. Each clause is told once."""

    def __init__(self, columns: Sequence[Column], clauses: Clauses, sentence: Sentence, cause: Cause | None) -> None:
        """``cause`` is that of the finding of which the case is, if it is of one."""
        self.groups = groups = [group for group in grouped(columns) if group.asked]
        self._labels = [column.label for column in columns]
        self._clauses = clauses
        self._sentence = sentence
        self._cause = cause
        self._told: set[str] = set()
        departing = dict.fromkeys(item.fact for group in groups for item in group.column.judgement.divergences)
        self._departs = bool(departing)
        differing = self._differing()
        self.main = list(departing) or (differing or self._open())[:OPEN]
        steps = any(key.startswith(_STEP) for key in self.main)
        others = [key for key in differing if key not in self.main and not (steps and key.startswith(_STEP))]
        self.others = sorted(others, key=lambda key: not any(group.follows(key) for group in groups))[:MORE]
        self.hidden = len(others) - len(self.others)
        """How many more differ."""

    def views(self) -> Iterator[RenderableType]:
        """What departs; where nobody does, what is left open; then what processes said, and what differs besides."""
        for key in self.main:
            yield from ("", *self._main(key))
        if self._cause is not None and self._cause.clause.id not in self._told:
            yield from ("", Text("nobody departs so here", style="bold"), *self._cause.view())
        yield from self._spoken()
        if self.others:
            why = "; they follow from that, or are left open" if self._departs else ""
            yield from ("", Text(f"other facts that differ{why}", style="bold"))
        for key in self.others:
            yield indented(about(key))
            yield Padding(self._rows(key), (0, 0, 0, 2 * INDENT))

    def _differing(self) -> list[str]:
        """The facts in which those differ who came to an end, or are not as documented, or that are so by a choice.

        Of the steps it is the first, and nothing is told of what is not there at all.
        """
        whole = [group for group in self.groups if group.answered]
        keys = sorted({key for group in whole for key in group.column.prediction.facts} - {_LENGTH}, key=_place)
        found = [key for key in keys if self._is_apart(key, whole) and not any(group.lacks(key) for group in whole)]
        steps = [key for key in found if key.startswith(_STEP)]
        return [key for key in found if key not in steps[1:]]

    def _open(self) -> list[str]:
        """The facts of which the documents may say nothing; of the steps the first."""
        whole = [group for group in self.groups if group.answered]
        keys = sorted({key for group in whole for key in group.column.prediction.facts} - {_LENGTH}, key=_place)
        found = [
            key
            for key in keys
            if any(group.column.prediction.told(key)[1] for group in whole)
            and not any(group.lacks(key) for group in whole)
        ]
        steps = [key for key in found if key.startswith(_STEP)]
        return [key for key in found if key not in steps[1:]]

    def _is_apart(self, key: str, groups: Sequence[Group]) -> bool:
        """Whether it is one of them. Where somebody departs the documents are to say something of it."""
        if self._departs and all(group.documented(key) == NOTHING_SAID for group in groups):
            return False
        seen = [value for group in groups if not same(value := group.seen(key), UNOBSERVED)]
        if any(not same(seen[0], value) for value in seen[1:]):
            return True
        return any(group.follows(key) if self._departs else group.chose(key) for group in groups)

    def _main(self, key: str) -> Iterator[RenderableType]:
        departing = [group for group in self.groups if group.divergence(key)]
        known = all(group.column.verdict is Verdict.KNOWN for group in departing)
        words = ("known to depart" if known else "what departs") if departing else "what is left open"
        yield Text(f"{words}: {about(key)}", style="bold")
        causes = list(self._causes(departing))
        for cause in causes:
            yield from [] if cause.clause.id in self._told else cause.view()
            self._told.add(cause.clause.id)
        cited = (item.clauses for group in self.groups if (item := group.column.prediction.facts.get(key)))
        for name in dict.fromkeys(self._giving(key, found) for found in cited if found):
            yield from self._given(name, causes)
        beside = dict.fromkeys(name for group in departing for name in group.beside if name not in self._told)
        yield from (indented(f"{BESIDE}: {visible(name)}", "dim") for name in beside)
        self._told.update(beside)
        yield ""
        yield Padding(self._rows(key), (0, 0, 0, INDENT))

    def _giving(self, key: str, cited: Sequence[str]) -> str:
        """The clause that gives a fact: the last that was asked; of a step that of the function called there."""
        called = (name for name in cited if name in self._clauses and self._clauses[name].tier == _LIBRARY)
        return next(called, cited[-1]) if key.startswith(_STEP) else cited[-1]

    def _given(self, name: str, causes: Sequence[Cause]) -> Iterator[RenderableType]:
        """The clause that gives a fact; of one that is not the cause less is said, and nothing twice."""
        if name not in self._clauses or any(name == cause.clause.id for cause in causes):
            return
        clause = self._clauses[name]
        if causes or name in self._told:
            said = "" if name in self._told else f": {clause.statement}"
            yield indented(f"this fact is given by {name}{said}", "dim")
        else:
            yield indented(name, "bold")
            yield from documents_view(clause)
        self._told.add(name)

    def _causes(self, departing: Sequence[Group]) -> Iterator[Cause]:
        """The cause of the finding; of another case what explains it if that is one thing; of what is known all."""
        for group in departing:
            column = group.column
            if column.verdict is Verdict.KNOWN:
                yield from self._named(column.judgement.taken, column.known)
            elif self._cause is not None and self._cause.explains(column.judgement):
                yield self._cause
            elif (found := explaining(column, self._clauses)) and len(found[0]) == 1:
                yield from self._perhaps([item[0] for item in found])

    def _perhaps(self, departures: Sequence[str]) -> Iterator[Cause]:
        """What explains the case by itself: one case does not tell whether it is so, nor which it is of several."""
        clause = self._clauses.get(departures[0].partition(": ")[0])
        if clause is not None and len(departures) == 1:
            yield Cause(departures[0], clause, as_if=tuple(filter(None, map(self._sentence, departures))))
        elif clause is not None:
            yield Cause(clause.id, clause, as_if=tuple(self._sentence(item) or item for item in departures))

    def _named(self, departures: Sequence[str], known: str) -> Iterator[Cause]:
        for at, name in enumerate(departures):
            clause = self._clauses.get(name.partition(": ")[0])
            if clause is not None:
                yield Cause(name, clause, known="" if at else known)

    def _rows(self, key: str) -> Fitted:
        """What the documents say of a fact, and what everybody does of whom it can be told."""
        shown = [group for group in self.groups if group.answered or group.divergence(key)]
        rows: list[tuple[Cell, Cell]] = [(who, Text(said, style="green")) for who, said in documented(key, shown)]
        expected = dict.fromkeys(said for group in shown for said in group.expected(key))
        rows += [(BESIDE, Text(said, style="green")) for said in expected]
        told: dict[str, list[Group]] = {}
        for group in shown:
            told.setdefault(group.told(key), []).append(group)
        for said, groups in told.items():
            wrong = any(group.divergence(key) for group in groups)
            labels = {label for group in groups for label in group.labels}
            title = titled(label for label in self._labels if label in labels)
            rows.append((title, Text(said, style="red" if wrong else "")))
        return Fitted(("who", "what"), rows, bare=True)

    def _spoken(self) -> Iterator[RenderableType]:
        """What those said that ended without an answer, and what others raised."""
        for group in self.groups:
            for words in last_words(group.column.said):
                yield from ("", Text(f"{group.title} said"), Padding(Text(words.text, style="dim"), (0, 0, 0, INDENT)))
            if group.column.raised and not group.column.said:
                yield from (
                    "",
                    Text.assemble((group.title, "bold"), f" raised: {placeless(visible(group.column.raised))}"),
                )


def explaining(column: Column, clauses: Clauses) -> tuple[tuple[str, ...], ...]:
    """What explains it by this case alone.

    Of an exception that is not to be raised it is one departure, and where a function is called there one from a clause
    that is told of it: others only the cases of a run could refute.
    """
    if not column.raised:
        return column.explained
    steps = [item.clauses for item in column.judgement.divergences[:1] if item.fact.startswith(_STEP)]
    called = [name for cited in steps for name in cited if name in clauses and clauses[name].tier == _LIBRARY]
    alone = [found for found in column.explained if len(found) == 1]
    return tuple(found for found in alone if not called or found[0].partition(": ")[0] in called)


def _place(key: str) -> tuple[int, str]:
    return next((at for at, head in enumerate(_COURSE) if key.startswith(head)), len(_COURSE)), key
