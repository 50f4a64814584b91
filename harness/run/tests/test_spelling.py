"""The plain spelling of a case says what the judged one says."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators.families import families
from harness.model.case import Case, Script
from harness.model.language.spelling import JUDGED, Spelling
from harness.model.observation import Observation
from harness.model.rendering import added, plainly, render_main, render_module, render_program
from harness.model.source import Assign, Function, Mark, Raise, Source, Try
from harness.model.tree import Root, Tree
from harness.model.values import Value
from harness.run import Limits, Mode, Subject, Workspace, connect, requests, workspace
from harness.run.tests.fakes import ENVIRONMENT, implementation


@pytest.fixture(scope="module")
def subject() -> Iterator[tuple[Subject, Workspace]]:
    """This Python, and where trees are written for it."""
    with Workspace() as space:
        found = connect(implementation(), space, environment=ENVIRONMENT, limits=Limits(case=30.0), mode=Mode.AUTO)
        yield found, space
        found.close()


def _without(facts: Mapping[str, Value], names: AbstractSet[str]) -> dict[str, Value]:
    """The facts, without those of these names."""
    found: dict[str, Value] = {}
    for key, value in facts.items():
        if key.rpartition("/")[2] == "names" and isinstance(value, tuple):
            found[key] = tuple(item for item in value if item not in names)
        elif not (key.startswith("binding/") or "/value/" in key) or key.rpartition("/")[2] not in names:
            found[key] = value
    return found


def _seen(case: Case, subject: tuple[Subject, Workspace], host: Spelling = JUDGED) -> Observation:
    """What is observed of the case in that spelling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "render_module", partial(render_module, host=host))
        patch.setattr(workspace, "render_main", partial(render_main, host=host))
        patch.setattr(requests, "render_program", partial(render_program, host=host))
        placed = subject[1].place(case, alone=True)
        (found,) = subject[0].observe([placed])
    subject[1].discard([placed])
    return found


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_same_facts(data: st.DataObject, subject: tuple[Subject, Workspace]) -> None:
    """Whatever the case, both spellings give the same facts, but of names that the plain one binds."""
    case = data.draw(families(programs=1, wide=data.draw(st.booleans()))).cases()[0]
    plain, judged = (_seen(case, subject, host) for host in (plainly(case, traced=True), JUDGED))
    assert judged.facts == _without(plain.facts, added(case))


@pytest.mark.parametrize("name", ["ValueError", "BaseException", "globals", "type"])
def test_what_a_case_binds_is_its_own(name: str, subject: tuple[Subject, Workspace]) -> None:
    """Whatever a case binds to a built-in name: what is raised, what is caught and how a program ends stays."""
    handler = Try((Raise("ValueError"),), "ValueError", (Mark("caught"),))
    bound: tuple[Assign | Function, ...] = (Assign(name, 1), Function(name, ()))
    for statement in bound:
        case = Case(Tree((Root(),)), Source((statement, handler, Raise("KeyError"))), Script("r0/main.py"))
        facts = _seen(case, subject).facts
        assert ("event", "caught", "__main__") == facts["trace/0001"]
        assert ("raised", "KeyError") == (facts["outcome"], facts["exception/type"])
