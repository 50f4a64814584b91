"""What the documents leave open, and who takes which option: as people read it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from harness.model.clauses import Clause
from reports.listing import listing
from reports.records import Header, Option, Policy
from reports.showing import program_listing, tree_listing
from reports.tally import Relative
from reports.wording import plural, takers, visible


class Question(NamedTuple):
    """A question that the documents leave open, in like situations, with what each implementation answers."""

    clause: Clause
    situation: str
    policies: tuple[Policy, ...]

    @property
    def asked_wrongly(self) -> bool:
        """Whether every implementation contradicts itself: then the situations are not alike."""
        return all(not policy.consistent for policy in self.policies)


def questions(header: Header, policies: Iterable[Policy]) -> Iterator[Question]:
    """The questions, in the order of the table of clauses."""
    ordered = sorted(policies, key=lambda item: (item.clause, item.situation, item.implementation))
    for (clause, situation), found in groupby(ordered, key=lambda item: (item.clause, item.situation)):
        yield Question(header.clauses[clause], situation, tuple(found))


def answered(header: Header, question: Question) -> dict[str, str]:
    """For each option who takes it, in how many cases."""
    found: dict[str, dict[str, int]] = {}
    for policy in question.policies:
        label = header.implementations[policy.implementation].label
        for option in policy.options:
            found.setdefault(option.option, {})[label] = option.cases
    return {option: takers(cases, len(header.implementations)) for option, cases in found.items()}


def first_case(question: Question, option: str) -> Option:
    """The first case in which anybody takes the option."""
    options = (item for policy in question.policies for item in policy.options if item.option == option)
    return min(options, key=lambda item: item.number)


def questions_view(header: Header, policies: Iterable[Policy], *, cases: bool = False) -> Iterator[RenderableType]:
    """Each question in a sentence, and who takes which option; with ``cases`` one small case for each option."""
    for clause, found in groupby(questions(header, policies), key=lambda item: item.clause):
        yield ""
        yield Text.assemble((clause.id, "bold"), f"  {clause.statement}")
        for question in found:
            situation = f"{visible(question.situation)}: " if question.situation else ""
            for option, who in answered(header, question).items():
                told = Text.assemble(situation, (visible(option), "green"), f"  {visible(who)}")
                yield Padding.indent(told, 3)
                if cases:
                    yield from _shown(first_case(question, option))


def contradictions_view(
    header: Header, policies: Iterable[Policy], relatives: Callable[[Policy], Iterable[Relative]] = lambda _policy: ()
) -> Iterator[RenderableType]:
    """Each question that an implementation answers in more than one way, with a case of each answer.

    ``relatives`` are the findings that may be of the same fault.
    """
    for question in questions(header, policies):
        for policy in (item for item in question.policies if not item.consistent):
            label = header.implementations[policy.implementation].label
            yield ""
            yield Text.assemble(("inconsistent", "bold red"), f"  {visible(label)}")
            yield Padding.indent(_title(question), 3)
            yield from (Padding.indent(Text(visible(item.told)), 3) for item in relatives(policy))
            for option in policy.options:
                told = Text.assemble((visible(option.option), "red"), f"  in {plural(option.cases, 'case')}")
                yield Padding.indent(told, 3)
                yield from _shown(option)
        if question.asked_wrongly and len(question.policies) > 1:
            yield Padding.indent(Text("every implementation does: the situations are perhaps not alike"), 3)


def _title(question: Question) -> Text:
    situation = f" ({question.situation})" if question.situation else ""
    return Text.assemble((question.clause.id, "bold"), f"{visible(situation)}  {question.clause.statement}")


def _shown(option: Option) -> Iterator[RenderableType]:
    shown = (*tree_listing(option.shown), program_listing(option.shown))
    yield from listing(shown, 6)
