"""What facts are about, in words."""

import msgspec
import pytest

from harness.model.values import ABSENT, Value
from reports.stating import about, allowed, contrast, told, way
from reports.tests.test_terminal import FINDING


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        pytest.param("trace/0000", "what happens, step 1", id="a step"),
        pytest.param("trace/length", "how many steps there are", id="all steps"),
        pytest.param("outcome", "how the program ends", id="end"),
        pytest.param("exception/type", "the exception that ends the program", id="exception"),
        pytest.param("exception/name", "name of the exception", id="part of it"),
        pytest.param("exception/context", "__context__ of the exception", id="what is behind it"),
        pytest.param("binding/x", "the name x", id="name"),
        pytest.param("binding/x/value/y", "y in x", id="name in a dictionary"),
        pytest.param("module/a.b", "sys.modules['a.b']", id="module"),
        pytest.param("module/a.b/__path__", "__path__ of module a.b", id="attribute"),
        pytest.param("module/a.b/__spec__/origin", "__spec__ origin of module a.b", id="attribute of a spec"),
        pytest.param("module/a/value/b", "b in module a", id="name in a module"),
        pytest.param("module/a/value/s/spec.parent", "spec.parent of s in module a", id="a spec in a module"),
        pytest.param("module/a/same-path", "whether __path__ is what the spec lists, of module a", id="two lists"),
        pytest.param("binding/s/spec.exposed", "whether s is the spec of the module of its name", id="a spec"),
        pytest.param("module/a/repr", "the repr of module a", id="repr"),
        pytest.param("main/__package__", "__package__ of the program's own module", id="main"),
        pytest.param("a/b", "a/b", id="no words"),
        pytest.param("module/\udcff", r"sys.modules['\udcff']", id="what does not print"),
    ],
)
def test_about(fact: str, expected: str) -> None:
    """Each fact has words, and nothing in it can change how they look."""
    assert expected == about(fact)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        pytest.param("trace/0001", "nothing more", id="step"),
        pytest.param("exception/type", "no exception", id="exception"),
        pytest.param("binding/x", "absent", id="name"),
    ],
)
def test_nothing(fact: str, expected: str) -> None:
    """What is not there is said so that it can be understood."""
    assert [expected, f"1 or {expected}"] == [told(fact, ABSENT), allowed(fact, (1, ABSENT))]


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        pytest.param("outcome", "raised", "raised an exception", id="end"),
        pytest.param("exception/type", "KeyError", "KeyError", id="exception"),
        pytest.param("exception/name", "KeyError", "'KeyError'", id="a text of an exception"),
        pytest.param("module/a/__loader__", "spec.loader", "the loader of its spec", id="loader"),
        pytest.param("main/__loader__", "other", "another loader than that of its spec", id="another loader"),
        pytest.param("module/a/__spec__", "present", "a spec", id="spec"),
        pytest.param("binding/s/spec.loader", "present", "a loader", id="loader of a spec"),
        pytest.param("binding/present", "present", "'present'", id="a text"),
        pytest.param("module/a/__loader__", None, "None", id="no loader"),
    ],
)
def test_what_stands_for_something(fact: str, value: Value, expected: str) -> None:
    """A text that stands for something is told in words, by what the fact is about; any other is shown as it is."""
    assert expected == told(fact, value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(("event", "program", 1), "statement 1 of the program is done", id="program"),
        pytest.param(("event", "r0/a.py", 2), "statement 2 of r0/a.py is done", id="file"),
        pytest.param(("event", "r0/a.py", "a"), "r0/a.py runs as a", id="executed"),
    ],
)
def test_steps(value: Value, expected: str) -> None:
    """A step of the course is a sentence."""
    assert expected == told("trace/0000", value)


def test_statements_are_counted_as_they_are_shown() -> None:
    """What is imported at the top of a text is counted too, in that text alone; other steps say no number."""
    ahead = {"program": 2, "r0/a.py": 0}
    events = [("event", "program", 1), ("event", "r0/a.py", 1), ("event", "r0/b.py", "b")]
    assert [
        "statement 3 of the program is done",
        "statement 1 of r0/a.py is done",
        "r0/b.py runs as b",
    ] == [told("trace/0000", event, ahead) for event in events]


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        pytest.param("a.b · module/*/__path__ · list → None", "a.b: __path__ of module *, list → None", id="a way"),
        pytest.param("a.b · trace/* · event → absent", "a.b: what happens, event → absent", id="a step"),
        pytest.param("a.b: so", "a.b: so", id="a departure"),
    ],
)
def test_way(signature: str, expected: str) -> None:
    """A way to depart is told without the key of its fact."""
    assert expected == way(signature)


@pytest.mark.parametrize(
    ("seen", "raised", "expected"),
    [
        pytest.param(ABSENT, "KeyError: 'a'", ("statement 2 of the program", "done", "KeyError"), id="raises"),
        pytest.param(ABSENT, "", ("statement 2 of the program", "done", "not done"), id="ends"),
        pytest.param(
            ("event", "r0/a.py", "a"),
            "",
            ("what happens, step 1", "statement 2 of the program is done", "r0/a.py runs as a"),
            id="goes another way",
        ),
    ],
)
def test_contrast(seen: Value, raised: str, expected: tuple[str, str, str]) -> None:
    """Of a statement that was not done it is told what was raised."""
    finding = msgspec.structs.replace(
        FINDING, fact="trace/0000", expected=(("event", "program", 2),), seen=seen, raised=raised
    )
    assert expected == contrast(finding)
