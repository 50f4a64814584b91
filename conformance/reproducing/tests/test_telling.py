"""A reproducer is shown only if it was tried, and told who departs from who does not."""

from collections.abc import Callable

import pytest

from conformance.reproducing.telling import HOST, MIRRORED, Reproducer, Witness, reproduced
from harness.model.case import Case
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.observation import Identity, Observation
from harness.model.prediction import Exactly, certain
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run import AdapterError, Implementation
from harness.run.launching import Runner
from reports.plain import Heading, Sight, sight

CASE = Case(Tree(), Source((Import((Alias("nowhere"),)),)))
GENERAL = "general\n"


def named(name: str) -> Implementation:
    """An implementation."""
    return Implementation(Identity(name, "1", (3, 12), (name,)), 0.0)


def shown() -> Sight:
    """Something to show."""
    prediction = certain({"outcome": Exactly("raised", ("a",)), "exception/type": Exactly("ImportError", ("a",))})
    return sight(CASE, "exception/type", ("ImportError",), prediction, Observation({"outcome": "completed"}))


Ends = Callable[[str, str, Runner], int | None]


def told(ends: Ends, *witnesses: Witness, lame: bool = False) -> Reproducer | None:
    """What comes of it where programs end so."""

    def run(implementation: Implementation, text: str, runner: Runner) -> int | None:
        if "import missing" not in text and "import nowhere" not in text and text != GENERAL:
            return 1 if lame else 0
        kind = "general" if text == GENERAL else "plain" if "AssertionError" in text else "control"
        return ends(implementation.identity.name, kind, runner)

    return reproduced(shown(), Heading(None), named("bad"), witnesses, run, GENERAL)


GOOD = Witness(named("good"), conforms=True)
OTHER = Witness(named("other"), conforms=False)


def test_plain() -> None:
    """A plain program is taken that ends with 1 on who departs and with 0 on who conforms."""
    found = told(lambda name, _kind, _runner: int(name == "bad"), GOOD, OTHER)
    assert (True, "") == (found is not None and found.plain, found and found.control)
    assert "import sys" not in (found.text if found else "import sys")


def test_general() -> None:
    """Where no plain one tells them apart, the general one is tried, which asks the implementation."""
    asked: list[Runner] = []

    def ends(name: str, kind: str, runner: Runner) -> int:
        asked.extend([runner] * (kind == "general"))
        return int(name == "bad" and kind == "general")

    found = told(ends, GOOD)
    assert (GENERAL, False, [Runner.ASKING] * 2) == (found and found.text, found and found.plain, asked)


def test_who_lacks_the_library() -> None:
    """Who cannot run any plain program is shown by the general one, which another Python runs."""
    found = told(lambda name, _kind, _runner: int(name == "bad"), GOOD, lame=True)
    assert found is not None
    assert not found.plain


def test_who_cannot_import_what_the_case_calls() -> None:
    """That is the case's own: a program that ends for want of it shows what departs."""
    case = Case(Tree(), Source((Bind(Call("importlib.import_module", (Constant("a"),)), "v"),)))
    prediction = certain({"outcome": Exactly("completed", ("a",))})
    seen = Observation({"outcome": "raised", "exception/type": "ImportError"})

    def run(implementation: Implementation, text: str, _runner: Runner) -> int | None:
        return int(implementation.identity.name == "bad" and "import importlib" in text)

    departs = sight(case, "outcome", ("completed",), prediction, seen)
    found = reproduced(departs, Heading(None), named("bad"), (GOOD,), run, GENERAL)
    assert found is not None
    assert found.plain


def test_who_lacks_what_makes_directories() -> None:
    """Who cannot make a directory for a time is shown by a plain program that makes one that stays."""
    case = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)),)))
    prediction = certain({"outcome": Exactly("completed", ("a",))})
    seen = Observation({"outcome": "raised", "exception/type": "ImportError"})

    def run(implementation: Implementation, text: str, _runner: Runner) -> int | None:
        return int(implementation.identity.name == "bad" and ("import tempfile" in text or "import a" in text))

    departs = sight(case, "outcome", ("completed",), prediction, seen)
    found = reproduced(departs, Heading(None), named("bad"), (GOOD,), run, GENERAL)
    assert (True, False) == (found is not None and found.plain, found is not None and "tempfile" in found.text)


def test_who_lacks_a_part_of_os() -> None:
    """A program that uses what is not there in os is not shown: it would end with 1 for want of that."""
    case = Case(Tree((Root((SourceFile("a/b/__init__.py"),)),)), Source((Import((Alias("a.b"),)),)))
    missing = sight(case, "binding/x", (1,), certain({"binding/x": Exactly(1, ("a",))}), Observation({"binding/x": 2}))

    def run(implementation: Implementation, text: str, _runner: Runner) -> int:
        return int(implementation.identity.name == "bad" and ("os.makedirs" in text or "import a" in text))

    found = reproduced(missing, Heading(None), named("bad"), [GOOD], run, GENERAL)
    assert "os.makedirs" not in (found.text if found else "")


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param(lambda _name, _kind, _runner: 1, id="everywhere"),
        pytest.param(lambda _name, _kind, _runner: 0, id="nowhere"),
        pytest.param(lambda name, _kind, _runner: int(name == "good"), id="on who conforms"),
        pytest.param(lambda name, _kind, _runner: None if name == "bad" else 0, id="it never ends"),
        pytest.param(lambda name, _kind, _runner: 2 if name == "bad" else 0, id="in another way"),
    ],
)
def test_none(ends: Ends) -> None:
    """What does not tell them apart is not shown."""
    assert told(ends, GOOD) is None


def test_nobody_conforms() -> None:
    """Then a program that expects what is seen is to end with 0."""
    found = told(lambda _name, kind, _runner: int(kind != "control"), OTHER)
    assert found is not None
    assert found.control == MIRRORED


def test_somebody_else() -> None:
    """Or else somebody who is not seen to do the same, even if it departs otherwise."""
    found = told(lambda name, _kind, _runner: int(name == "bad"), OTHER)
    assert found is not None
    assert found.control == "other 1 ends it with status 0"


def test_nobody_else() -> None:
    """Or else the Python that runs this."""
    found = told(lambda _name, _kind, runner: int(runner is not Runner.HOST))
    assert found is not None
    assert found.control == HOST


def test_what_cannot_be_started() -> None:
    """Who cannot be started is not told from anybody."""

    def ends(_name: str, _kind: str, _runner: Runner) -> int:
        raise AdapterError(str(CASE), "is gone", "")

    assert told(ends, GOOD) is None
