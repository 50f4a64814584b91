"""One case, and what everybody says it does, as a page that is read once, from the top."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rich.console import Group as Shown
from rich.console import RenderableType
from rich.text import Text

from harness.diff import MEANINGS, Verdict
from harness.model.case import Case
from harness.model.prediction import Ending, Exactly, Expected, OneOf, Prediction, Unspecified
from harness.model.rendering import ahead
from reports.columns import Column, Group
from reports.departing import Cause, Clauses, Facts, Sentence, explaining
from reports.fitting import Fitted
from reports.folding import Cell
from reports.listing import listing
from reports.showing import program_listing, tree_listing
from reports.stating import about
from reports.stating import allowed as stated_choice
from reports.stating import told as stated
from reports.wording import UNLISTED, plural, visible

_UNENDING = "It goes on for longer than the documents were followed: perhaps it never ends."
_STYLES = {Verdict.DIVERGES: "bold red", Verdict.DOCS_SUSPECT: "bold magenta", Verdict.CONFORMS: "green"}
_DEPARTING: Final = frozenset({Verdict.DIVERGES, Verdict.DOCS_SUSPECT})

EXPLAINING: Final = 3
"""How many explanations of a divergence are shown."""


def case_view(case: Case) -> RenderableType:
    """The tree and the program."""
    return Shown(*listing((*tree_listing(case), program_listing(case))))


def side_by_side(
    case: Case,
    columns: Sequence[Column],
    clauses: Clauses,
    sentence: Sentence,
    cause: Cause | None = None,
    *,
    every: bool = False,
) -> RenderableType:
    """The case, a verdict for each implementation, the facts that depart with their clauses, others that differ.

    Where nobody departs the facts come first that the documents leave open. ``cause`` is that of the finding of which
    the case is. With ``every`` all facts follow.
    """
    facts = Facts(columns, clauses, sentence, cause)
    groups = facts.groups
    title: list[RenderableType] = (
        [] if cause is None or not cause.title else [Text(visible(f"{cause.title}: {cause.name}"), "bold"), ""]
    )
    parts: list[RenderableType] = [
        *title,
        case_view(case),
        "",
        *_verdicts(columns, clauses, cause),
        *_commands(columns),
    ]
    parts += _unending(group.column.prediction for group in groups)
    parts += facts.views()
    keys = sorted({key for group in groups for key in group.keys})
    if every and groups:
        parts += ["", _table(keys, groups)]
    else:
        parts += _rest(facts, keys, groups)
    return Shown(*parts)


def prediction_view(case: Case, prediction: Prediction) -> RenderableType:
    """Tree and program, and every predicted fact with its clauses."""
    shown = ahead(case)
    rows = [
        (about(key), _said(key, expected, shown), "\n".join(expected.clauses[-1:]))
        for key, expected in sorted(prediction.facts.items())
    ]
    table = Fitted(("fact", "the documents", "clauses"), rows)
    return Shown(case_view(case), "", table, *_unending((prediction,)))


def _verdicts(columns: Sequence[Column], clauses: Clauses, cause: Cause | None) -> Iterator[RenderableType]:
    rows: list[tuple[Cell, Cell, Cell]] = []
    for column in columns:
        word = Text(column.verdict.value, style=_STYLES.get(column.verdict, "yellow"))
        rows.append((visible(column.label), word, Text(visible(_why(column, clauses, cause)), style="dim")))
    if rows:
        yield Fitted(("who", "what", "why"), rows, bare=True)


def _why(column: Column, clauses: Clauses, cause: Cause | None) -> str:
    """What explains a divergence, as far as one case can tell; of what is known what it is, and of the rest why.

    All cases of a run tell more: where the case is of a finding, its cause explains what can be explained by it.
    """
    if column.judgement.reason or column.verdict is Verdict.CONFORMS:
        return column.judgement.reason
    if column.verdict is Verdict.KNOWN and column.judgement.taken:
        return " and ".join(column.judgement.taken)
    if column.verdict not in _DEPARTING:
        return MEANINGS[column.verdict]
    unlisted = cause is not None and (bool(cause.as_if) or cause.name.endswith(UNLISTED))
    unlisted = unlisted and cause is not None and cause.explains(column.judgement)
    if cause is not None and (unlisted or any(cause.name in item for item in column.explained)):
        return cause.name
    told = [" and ".join(item) for item in explaining(column, clauses)]
    if not column.explained and len(column.weakly) == 1:
        told = [f"{item}, in how it begins; after that the documents say no more" for item in column.weakly]
    more = [f"{len(told) - EXPLAINING} more"] * (len(told) > EXPLAINING)
    return " or ".join([*told[:EXPLAINING], *more]) or UNLISTED


def _commands(columns: Sequence[Column]) -> Iterator[RenderableType]:
    """Who is who, where some are called alike."""
    if any(column.command for column in columns):
        yield ""
    for column in columns:
        if column.command:
            yield Text.assemble((visible(column.label), "bold"), f": {visible(column.command)}", overflow="fold")


def _unending(predictions: Iterable[Prediction]) -> tuple[str, ...]:
    """What is said where a world has perhaps no end."""
    endings = {world.ending for prediction in predictions for world in prediction.worlds}
    return ("", _UNENDING) if Ending.DEEP in endings else ()


def _rest(facts: Facts, keys: Sequence[str], groups: Sequence[Group]) -> Iterator[RenderableType]:
    """How many facts are not shown."""
    shown = {*facts.main, *facts.others}
    left = [key for key in keys if key not in shown and any(group.answered for group in groups)]
    if facts.hidden:
        same = len(left) - facts.hidden
        said = f"{facts.hidden} more that differ{'s' * (facts.hidden == 1)}"
        said += f", and {plural(same, 'fact')} in which nobody does, or that follow" * (same > 0)
        yield from ("", Text(f"{said}: --facts shows all", style="dim"))
    elif left:
        count = plural(len(left), "more fact" if shown else "fact")
        alone = all(group.column.verdict is Verdict.CONFORMS for group in groups)
        said = (
            f"all {count} as documented" if alone and not shown else f"{count}, in which nobody differs, or that follow"
        )
        yield from ("", Text(f"{said}: --facts shows them", style="dim"))


def _said(key: str, expected: Expected, shown: Mapping[str, int]) -> str:
    match expected:
        case Exactly(value=value):
            return stated(key, value, shown)
        case OneOf(values=values):
            return stated_choice(key, values, shown)
        case Unspecified():
            return "(silent)"


def _table(keys: Sequence[str], groups: Sequence[Group]) -> Fitted:
    """One line a fact, with the clause that gives it; where all did the same the value stands once."""
    rows: list[tuple[Cell, Cell]] = []
    for key in keys:
        seen: dict[str, list[str]] = {}
        for group in groups:
            seen.setdefault(stated(key, group.seen(key), group.column.ahead), []).append(group.title)
        shown = [value if len(seen) == 1 else f"{', '.join(titles)}: {value}" for value, titles in seen.items()]
        found = (item.clauses for group in groups if (item := group.column.prediction.facts.get(key)))
        cited = dict.fromkeys(item[-1] for item in found if item)
        told = Text("\n".join(shown))
        told.append(f"  {', '.join(cited) or 'not told'}", "dim")
        rows.append((about(key), told))
    return Fitted(("every fact", "seen, and the clause"), rows)
