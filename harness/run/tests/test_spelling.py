"""The plain spelling of a case says what the judged one says."""

from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators import families
from harness.model.case import Case, Script
from harness.model.observation import Observation
from harness.model.rendering import rebinds, render_main, render_module, render_program
from harness.model.source import Assign, Function, Mark, Raise, Source, Try
from harness.model.tree import Root, Tree
from harness.run import Limits, Mode, Subject, Workspace, connect, requests, workspace
from harness.run.tests.fakes import ENVIRONMENT, implementation


@pytest.fixture(scope="module")
def subject() -> Iterator[tuple[Subject, Workspace]]:
    """This Python, and where trees are written for it."""
    with Workspace() as space:
        found = connect(implementation(), space, environment=ENVIRONMENT, limits=Limits(case=30.0), mode=Mode.AUTO)
        yield found, space
        found.close()


def _seen(case: Case, subject: tuple[Subject, Workspace], *, plain: bool) -> Observation:
    """What is observed of the case in that spelling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "render_module", partial(render_module, plain=plain))
        patch.setattr(workspace, "render_main", partial(render_main, plain=plain))
        patch.setattr(requests, "render_program", partial(render_program, plain=plain))
        placed = subject[1].place(case, alone=True)
        (found,) = subject[0].observe([placed])
    subject[1].discard([placed])
    return found


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_same_facts(data: st.DataObject, subject: tuple[Subject, Workspace]) -> None:
    """Whatever the case, if it binds no name of the plain spelling, both spellings give the same facts."""
    case = data.draw(families(programs=1)).cases()[0]
    plain, judged = (_seen(case, subject, plain=plain) for plain in (True, False))
    assert rebinds(case) or plain.facts == judged.facts


@pytest.mark.parametrize("name", ["ValueError", "BaseException", "globals", "type"])
def test_what_a_case_binds_is_its_own(name: str, subject: tuple[Subject, Workspace]) -> None:
    """Whatever a case binds to a built-in name: what is raised, what is caught and how a program ends stays."""
    handler = Try((Raise("ValueError"),), "ValueError", (Mark("caught"),))
    bound: tuple[Assign | Function, ...] = (Assign(name, 1), Function(name, ()))
    for statement in bound:
        case = Case(Tree((Root(),)), Source((statement, handler, Raise("KeyError"))), Script("r0/main.py"))
        facts = _seen(case, subject, plain=False).facts
        assert ("event", "caught", "__main__") == facts["trace/0001"]
        assert ("raised", "KeyError") == (facts["outcome"], facts["exception/type"])
