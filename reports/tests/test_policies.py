"""What implementations answer where the documents are open: gathered case by case, and told."""

import io
from collections.abc import Iterable

import pytest
from rich.console import Console, Group, RenderableType

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.source import Mark, Source
from harness.model.tree import Root, SourceFile, Tree
from reports import RUN_SCHEMA, Arguments, Header, Implementation, Record
from reports.policies import LARGE, Policies
from reports.questions import answered, contradictions_view, first_case, questions, questions_view
from reports.records import Option, Policy, Taken


def clause(identifier: str) -> Clause:
    """A question that the documents leave open."""
    statement = f"Nobody says what {identifier} does."
    return Clause(identifier, "a", "language", statement, "a document", "", "", Level.MUST, "", seed=False)


def case(label: str) -> Case:
    """A case that can be told from others."""
    return Case(Tree((Root((SourceFile("file.py"),)),)), Source((Mark(label),)))


FIRST, SECOND, THIRD = case("first"), case("second"), case("third")
WHO = (Implementation("one 1", "one", "1", (3, 12)), Implementation("two 2", "two", "2", (3, 11)))
HEADER = Header(RUN_SCHEMA, "1.0", 7, Arguments(10), WHO, (clause("a.x"), clause("a.y")))


def record(number: int, place: int, *answers: Taken) -> Record:
    """What one implementation answered in a case."""
    return Record(number, "id", "generated", place, Verdict.CONFORMS, answers=answers)


def gathered(*taken: tuple[Record, Case]) -> list[Policy]:
    """The policies that follow from records."""
    policies = Policies()
    for item, about in taken:
        policies.take(item, about)
    return list(policies.lines())


YES, NO = Taken(0, "", "yes"), Taken(0, "", "no")


class TestGathered:
    """An implementation's answers to a question in like situations are one policy."""

    def test_nothing(self) -> None:
        """Who answers nothing has no policy."""
        assert [] == gathered((record(0, 0), FIRST))

    def test_cases_are_counted(self) -> None:
        """An option is told with the number of its cases, and the smallest of them."""
        found = gathered((record(3, 0, YES), FIRST), (record(5, 0, YES), SECOND), (record(6, 0, YES), THIRD))
        assert [Policy(0, 0, "", (Option("yes", 3, 3, FIRST),))] == found

    def test_the_first_case_is_that_of_the_lowest_number(self) -> None:
        """Of cases of one size, whatever the order in which they are taken in."""
        found = gathered((record(5, 0, YES), SECOND), (record(3, 0, YES), FIRST), (record(9, 0, YES), THIRD))
        assert [Policy(0, 0, "", (Option("yes", 3, 3, FIRST),))] == found

    def test_the_smallest_case(self) -> None:
        """A smaller case is shown in place of an earlier one, whatever the order."""
        pairs = [(record(3, 0, YES), case("a longer one")), (record(5, 0, YES), FIRST)]
        assert [Policy(0, 0, "", (Option("yes", 2, 5, FIRST),))] * 2 == [*gathered(*pairs), *gathered(*pairs[::-1])]

    def test_options_stand_in_the_order_of_their_first_cases(self) -> None:
        """Two answers are two options of one policy, the earlier first."""
        found = gathered((record(4, 0, YES), SECOND), (record(2, 0, NO), FIRST))
        assert [Policy(0, 0, "", (Option("no", 1, 2, FIRST), Option("yes", 1, 4, SECOND)))] == found
        assert [False] == [item.consistent for item in found]

    def test_what_is_told_apart(self) -> None:
        """Implementations, questions and situations have policies of their own, in this order."""
        found = gathered(
            (record(0, 1, YES), FIRST),
            (record(1, 0, Taken(1, "", "yes"), Taken(0, "there", "no"), YES), SECOND),
        )
        assert [(0, 0, ""), (0, 0, "there"), (0, 1, ""), (1, 0, "")] == [
            (item.implementation, item.clause, item.situation) for item in found
        ]
        assert all(item.consistent for item in found)

    def test_parts_of_a_run_add_up(self) -> None:
        """What was found in another part is counted with the rest, and the smallest case is the smallest of all."""
        policies = Policies()
        policies.add([Policy(0, 0, "", (Option("yes", 3, 7, THIRD), Option("no", 2, 8, SECOND)))])
        policies.add([Policy(0, 0, "", (Option("yes", 4, 2, FIRST),))])
        policies.take(record(9, 0, NO), FIRST)
        expected = Policy(0, 0, "", (Option("yes", 7, 2, FIRST), Option("no", 3, 9, FIRST)))
        assert [expected] == list(policies.lines())


def test_smaller() -> None:
    """Of contradicting answers each has a smaller case, which it keeps as long as no other case is the smallest."""
    policies = Policies()
    policies.take(record(4, 0, YES), case("long" * LARGE))
    policies.take(record(5, 0, NO), SECOND)
    (made,) = policies.lines(lambda _policy, _option: FIRST)
    assert [FIRST, None] == [option.smaller for option in made.options]
    assert [FIRST, SECOND] == [option.shown for option in made.options]
    whole = Policies()
    whole.add([made])
    assert [made] == list(whole.lines())
    whole.take(record(1, 0, YES), THIRD)
    assert [THIRD, SECOND] == [option.shown for option in next(whole.lines()).options]


def test_one_answer_is_not_made_smaller() -> None:
    """Nothing is tried where there is no contradiction, but in a part of a run, of which that is not known."""
    policies = Policies()
    policies.take(record(4, 0, YES), case("long" * LARGE))
    (made,) = policies.lines(lambda _policy, _option: FIRST)
    assert [None] == [option.smaller for option in made.options]
    (part,) = policies.lines(lambda _policy, _option: FIRST, part=True)
    assert [FIRST] == [option.smaller for option in part.options]
    policies.add([part])
    assert [None] == [option.smaller for option in next(policies.lines()).options]


BOTH = Policy(0, 0, "there", (Option("yes", 1, 4, SECOND), Option("no", 2, 6, THIRD)))
OTHER = Policy(1, 0, "there", (Option("yes", 3, 2, FIRST),))
LATER = Policy(1, 1, "", (Option("this [way]", 5, 1, FIRST),))


def shown(parts: Iterable[RenderableType]) -> list[str]:
    """The lines that a terminal shows."""
    file = io.StringIO()
    Console(file=file, width=100, markup=False, highlight=False, emoji=False).print(Group(*parts))
    return [line.rstrip() for line in file.getvalue().splitlines()]


class TestQuestions:
    """A question is told with all who answer it."""

    def test_in_the_order_of_clauses(self) -> None:
        """Policies of one clause and situation are one question, in the order of the table and of implementations."""
        found = list(questions(HEADER, [LATER, OTHER, BOTH]))
        assert [("a.x", "there", (BOTH, OTHER)), ("a.y", "", (LATER,))] == [
            (item.clause.id, item.situation, item.policies) for item in found
        ]

    def test_other_situations_are_other_questions(self) -> None:
        """What is asked in unlike situations is asked twice."""
        other = Policy(0, 0, "elsewhere", (Option("no", 1, 0, FIRST),))
        assert ["elsewhere", "there"] == [item.situation for item in questions(HEADER, [BOTH, other])]

    def test_who_takes_which(self) -> None:
        """Each option has those who take it, with their cases."""
        (question,) = questions(HEADER, [BOTH, OTHER])
        expected = {"yes": "one 1, two 2 (1 to 3 cases each)", "no": "one 1 (2 cases)"}
        assert expected == answered(HEADER, question)

    def test_first_case(self) -> None:
        """The first case of an option is the first of anybody."""
        (question,) = questions(HEADER, [BOTH, OTHER])
        assert (FIRST, THIRD) == (first_case(question, "yes").case, first_case(question, "no").case)

    @pytest.mark.parametrize(("policies", "wrongly"), [([BOTH], True), ([BOTH, OTHER], False), ([OTHER], False)])
    def test_asked_wrongly(self, policies: list[Policy], *, wrongly: bool) -> None:
        """Where everybody contradicts themselves the question is asked wrongly."""
        (question,) = questions(HEADER, policies)
        assert wrongly is question.asked_wrongly


class TestShown:
    """People read questions in sentences."""

    def test_options(self) -> None:
        """The question and its situation, then who takes which option, set in."""
        assert [
            "",
            "a.x  Nobody says what a.x does.",
            "   there: yes  one 1, two 2 (1 to 3 cases each)",
            "   there: no  one 1 (2 cases)",
            "",
            "a.y  Nobody says what a.y does.",
            "   this [way]  two 2 (5 cases)",
        ] == shown(questions_view(HEADER, [BOTH, OTHER, LATER]))

    def test_with_cases(self) -> None:
        """If they are wanted, the first case of each option stands below it, set in further."""
        lines = shown(questions_view(HEADER, [BOTH, OTHER], cases=True))
        labels = [line for line in lines if "_mark(" in line or "first" in line or "third" in line]
        assert ["first", "third"] == [word for line in labels for word in ("first", "third") if word in line]
        assert all(line.startswith("      program, ") for line in labels)
        assert 2 == sum("file.py" in line for line in lines)

    def test_contradictions(self) -> None:
        """Who has two answers is told with a case of each; who has one is not told of."""
        lines = shown(contradictions_view(HEADER, [BOTH, OTHER, LATER]))
        assert ["", "inconsistent  one 1", "   a.x (there)  Nobody says what a.x does.", "   yes  in 1 case"] == lines[
            :4
        ]
        assert "   no  in 2 cases" in lines
        assert (1, 1, 0) == tuple(sum(word in line for line in lines) for word in ("second", "third", "first"))
        assert [] == [line for line in lines if "every implementation" in line or "two 2" in line]

    def test_everybody_contradicts_themselves(self) -> None:
        """Then the question is to blame, if there is more than one to say so."""
        options = BOTH.options
        words = "   every implementation does: the situations are perhaps not alike"
        assert words in shown(contradictions_view(HEADER, [BOTH, Policy(1, 0, "there", options)]))
        assert words not in shown(contradictions_view(HEADER, [BOTH]))
