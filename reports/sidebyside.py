"""One case, and what everybody says it does: the documents and each implementation, fact by fact."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import msgspec
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from harness.diff import MEANINGS, Judgement, Verdict
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.observation import Observation
from harness.model.prediction import Ending, Exactly, Expected, OneOf, Prediction, Unspecified, allowed
from harness.model.values import ABSENT, Value, same
from harness.model.versions import Version, named
from reports.causing import INDENT, documents_view, indented
from reports.fitting import Fitted
from reports.folding import Cell
from reports.listing import listing
from reports.showing import last_words, program_listing, tree_listing
from reports.stating import about
from reports.stating import allowed as stated_choice
from reports.stating import told as stated
from reports.wording import visible

_UNPREDICTED = "(not predicted)"
_SILENT = "the documents are silent"
_UNENDING = "It goes on for longer than the documents were followed: perhaps it never ends."
_STYLES = {Verdict.DIVERGES: "bold red", Verdict.DOCS_SUSPECT: "bold magenta", Verdict.CONFORMS: "green"}


EXPLAINING: Final = 3
"""How many explanations of a divergence are shown."""


class Column(msgspec.Struct, frozen=True):
    """What one implementation did. ``language`` is shown beside its prediction where predictions differ.

    ``said``: what its process wrote, where it ended without an answer, ``raised`` the exception that ended a program
    that diverges and was not to end so. Each of the sets of departures in ``explained`` explains what it did, those
    that are ``weakly`` told explain how it began. ``command`` is told where another has
    the same name and version.
    """

    label: str
    language: Version
    verdict: Verdict
    prediction: Prediction
    observation: Observation
    judgement: Judgement
    said: str = ""
    raised: str = ""
    explained: tuple[tuple[str, ...], ...] = ()
    weakly: tuple[str, ...] = ()
    command: str = ""


class _Group(msgspec.Struct, frozen=True):
    """Implementations that did the same and for which the documents say the same."""

    labels: tuple[str, ...]
    column: Column

    @property
    def title(self) -> str:
        """Their names, each name once: ``cpython 3.8.18, 3.9.18, pypy3.11 8.0.1``."""
        found: list[str] = []
        before = ""
        for label in self.labels:
            name, _, version = label.partition(" ")
            found.append(version if name == before else label)
            before = name
        return visible(", ".join(found))


def case_view(case: Case) -> RenderableType:
    """The tree and the program."""
    return Group(*listing((*tree_listing(case), program_listing(case))))


def side_by_side(
    case: Case, columns: Sequence[Column], clauses: Mapping[str, Clause], told: Sequence[str] = ()
) -> RenderableType:
    """Tree and program, a verdict for each implementation, then every fact with its clause: those that differ first.

    ``told`` are clauses of which it was said before what they say.
    """
    groups = grouped(columns)
    keys = sorted({key for group in groups for key in _keys(group)}, key=lambda key: _rank(key, groups))
    kinds = {kind: list(found) for kind, found in groupby(keys, key=lambda key: _rank(key, groups)[0])}
    parts: list[RenderableType] = [case_view(case), "", *_verdicts(columns), *_commands(columns)]
    parts += _unending(group.column.prediction for group in groups)
    parts += _spoken(groups)
    parts += _explained(groups)
    for key in kinds.get(0, []):
        parts += ["", *_difference(key, groups, clauses, told)]
    headed = (
        (1, "where the documents are silent, implementations differ"),
        (2, "not as documented either, by what differs above"),
        (3, "as documented"),
        (4, _SILENT),
        (5, _UNPREDICTED),
    )
    for kind, heading in headed:
        if kind in kinds:
            parts += ["", _table(heading, kinds[kind], groups)]
    return Group(*parts)


def prediction_view(case: Case, prediction: Prediction) -> RenderableType:
    """Tree and program, and every predicted fact with its clauses."""
    rows = [
        (about(key), _said(key, expected), "\n".join(expected.clauses[-1:]))
        for key, expected in sorted(prediction.facts.items())
    ]
    table = Fitted(("fact", "the documents", "clauses"), rows)
    return Group(case_view(case), "", table, *_unending((prediction,)))


def _spoken(groups: Sequence[_Group]) -> Iterator[RenderableType]:
    """What those said that ended without an answer, and what others raised."""
    for group in groups:
        for words in last_words(group.column.said):
            yield from ("", Text(f"{group.title} said"), Padding(Text(words.text, style="dim"), (0, 0, 0, 3)))
        if group.column.raised and not group.column.said:
            yield from ("", Text.assemble((group.title, "bold"), f" raised: {visible(group.column.raised)}"))


def _unending(predictions: Iterable[Prediction]) -> tuple[str, ...]:
    """What is said where a world has perhaps no end."""
    endings = {world.ending for prediction in predictions for world in prediction.worlds}
    return ("", _UNENDING) if Ending.DEEP in endings else ()


def grouped(columns: Sequence[Column]) -> tuple[_Group, ...]:
    """The implementations, those together that did the same and for which the documents say the same."""
    found: list[_Group] = []
    for column in columns:
        for at, group in enumerate(found):
            other = group.column
            if (other.observation.facts, other.prediction) == (column.observation.facts, column.prediction):
                found[at] = _Group((*group.labels, column.label), other)
                break
        else:
            found.append(_Group((column.label,), column))
    return tuple(found)


def _keys(group: _Group) -> set[str]:
    return group.column.prediction.facts.keys() | group.column.observation.facts.keys()


def _rank(key: str, groups: Sequence[_Group]) -> tuple[int, str]:
    """Divergences first, then silent facts that differ, what follows from divergences, what is said, what is not."""
    if any(key == item.fact for group in groups for item in group.column.judgement.divergences):
        return 0, key
    expected = [group.column.prediction.facts.get(key) for group in groups]
    if (
        any(isinstance(item, Unspecified) for item in expected)
        and len({repr(_seen(key, group)) for group in groups}) > 1
    ):
        return 1, key
    if any(_follows(key, group) for group in groups):
        return 2, key
    if all(item is None for item in expected):
        return 5, key
    return (4 if all(item is None or isinstance(item, Unspecified) for item in expected) else 3), key


def _follows(key: str, group: _Group) -> bool:
    """Whether the fact, too, is not as the documents say, where a divergence is told from which it follows."""
    expected = group.column.prediction.facts.get(key)
    if not group.column.judgement.divergences or expected is None or isinstance(expected, Unspecified):
        return False
    return not any(same(value, _seen(key, group)) for value in allowed(expected))


def _seen(key: str, group: _Group) -> Value:
    return group.column.observation.facts.get(key, ABSENT)


def _verdicts(columns: Sequence[Column]) -> Iterator[RenderableType]:
    rows: list[tuple[Cell, Cell, Cell]] = []
    for column in columns:
        word = Text(column.verdict.value, style=_STYLES.get(column.verdict, "yellow"))
        reason = column.judgement.reason or MEANINGS[column.verdict]
        rows.append((visible(column.label), word, Text(visible(reason), style="dim")))
    if rows:
        yield Fitted(("who", "what", "why"), rows, bare=True)


def _commands(columns: Sequence[Column]) -> Iterator[RenderableType]:
    """Who is who, where some are called alike."""
    if any(column.command for column in columns):
        yield ""
    for column in columns:
        if column.command:
            yield Text.assemble((visible(column.label), "bold"), f": {visible(column.command)}", overflow="fold")


def _explained(groups: Sequence[_Group]) -> Iterator[RenderableType]:
    """What would explain a divergence, as far as one case can tell, or that no departure that is listed would."""
    for group in groups:
        column = group.column
        if not column.judgement.divergences or column.verdict is Verdict.KNOWN:
            continue
        sets = [" and ".join(item) for item in column.explained]
        beginning = [f"{item} (of the beginning, after which the documents say no more)" for item in column.weakly]
        told = sets or beginning or ["no departure that is listed"]
        more = [f"{len(told) - EXPLAINING} more"] * (len(told) > EXPLAINING)
        lines = (Padding(Text(visible(line)), (0, 0, 0, 3)) for line in (*told[:EXPLAINING], *more))
        yield ""
        yield Text.assemble((group.title, "bold"), ": what would explain this case by itself")
        yield from lines


def _difference(
    key: str, groups: Sequence[_Group], clauses: Mapping[str, Clause], told: Sequence[str]
) -> Iterator[RenderableType]:
    """The fact, the clause that it departs from, and what everybody does."""
    rows: list[tuple[Cell, Cell]] = []
    for group in groups:
        wrong = any(item.fact == key for item in group.column.judgement.divergences)
        rows.append((visible(group.title), Text(stated(key, _seen(key, group)), style="red" if wrong else "")))
    for said, versions in _predicted(key, groups).items():
        rows.append((f"the documents{versions}", Text(said, style="green")))
    cited = dict.fromkeys(item[-1] for group in groups if (item := _clauses(group.column.prediction.facts.get(key))))
    yield Text(about(key), style="bold")
    for clause in (clauses[name] for name in cited if name in clauses):
        yield indented(Text.assemble((clause.id, "bold"), _related(clause, told)))
        yield from () if clause.id in told else documents_view(clause)
    yield Padding(Fitted(("who", "what"), rows, bare=True), (0, 0, 0, INDENT))


def _related(clause: Clause, told: Sequence[str]) -> str:
    """How the clause that gives a fact is related to the one that a finding departs from, where it is another."""
    return f" gives this fact; the finding is of {', '.join(told)}" if told and clause.id not in told else ""


def _predicted(key: str, groups: Sequence[_Group]) -> dict[str, str]:
    """What the documents say of the fact, with the versions of the language where they do not agree."""
    found: dict[str, list[str]] = {}
    for group in groups:
        prediction = group.column.prediction
        version = named(group.column.language, prediction.since, prediction.until)
        told = [stated_choice(key, item.expected) for item in group.column.judgement.divergences if item.fact == key]
        versions = found.setdefault(told[0] if told else _said(key, group.column.prediction.facts.get(key)), [])
        if version not in versions:
            versions.append(version)
    return {said: f" ({', '.join(versions)})" if len(found) > 1 else "" for said, versions in found.items()}


def _said(key: str, expected: Expected | None) -> str:
    match expected:
        case None:
            return _UNPREDICTED
        case Exactly(value=value):
            return stated(key, value)
        case OneOf(values=values):
            return stated_choice(key, values)
        case Unspecified():
            return "(silent)"


def _clauses(expected: Expected | None) -> tuple[str, ...]:
    return () if expected is None else expected.clauses


def _table(heading: str, keys: Sequence[str], groups: Sequence[_Group]) -> Fitted:
    """One line a fact; where all did the same the value stands once."""
    rows = []
    for key in keys:
        seen: dict[str, list[str]] = {}
        for group in groups:
            seen.setdefault(stated(key, _seen(key, group)), []).append(group.title)
        shown = [value if len(seen) == 1 else f"{', '.join(titles)}: {value}" for value, titles in seen.items()]
        cited = dict.fromkeys(
            item[-1] for group in groups if (item := _clauses(group.column.prediction.facts.get(key)))
        )
        rows.append((about(key), "\n".join(shown), "\n".join(cited)))
    return Fitted((visible(heading), "seen", "clause"), rows)
