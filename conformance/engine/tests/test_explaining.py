"""What is told of an exception that no case asked for."""

from typing import Final

import pytest

from conformance.catalogue import vectors
from conformance.engine.explaining import raised, unexpected
from conformance.engine.predictions import Predicted
from conformance.engine.verdicts import Answer
from harness.diff import Divergence, Judgement, Verdict
from harness.model.case import BY_NAME, Case, words
from harness.model.observation import Identity, Observation
from harness.model.prediction import Exactly, Expected, OneOf, Prediction, World
from harness.model.source import Alias, Assign, Import, Invoke, Mark, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value

ALL, X = Assign("__all__", 1), Assign("x", 1)
PROGRAM: Final = Source((Mark("m"), Invoke(("pkg",)), ALL, X))
CASE: Final = Case(Tree((Root((SourceFile("pkg/__init__.py"), SourceFile("pkg/inner/sub.py"))),)), PROGRAM)
WHO: Final = Identity("python", "1", (3, 12), ("python",), modules=frozenset({"importlib"}))


def told(message: str = "", stderr: str = "", fact: str = "trace/0001", **facts: Value) -> tuple[str, str]:
    """What is told where the program was to end with a ValueError and did what these facts say."""
    expected: dict[str, Expected] = {"exception/type": Exactly("ValueError", ("a",))}
    predicted = Predicted(Prediction((World(expected),)))
    seen = Observation(
        {"outcome": "raised", **{key.replace("_", "/"): value for key, value in facts.items()}},
        {"message": message, "stderr": stderr},
    )
    judgement = Judgement(Verdict.DIVERGES, divergences=(Divergence(fact, ("a",), (1,), 2, "signature"),))
    return unexpected(CASE, Answer(WHO, predicted, seen, judgement))


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("name 'cache' is not defined", "NameError: name 'cache' is not defined"),
        ("module 'pkg' has no 'cache'", "NameError: module … has no 'cache'"),
        ("no 'pkg.other', not 'module'", "NameError: no …, not 'module'"),
        ("no '__all__' in 'x'", "NameError: no '__all__' in …"),
        ("'sub' and 'inner.x' and 'sub.py'", "NameError: … and … and …"),
        ("", "NameError: "),
    ],
)
def test_what_it_says(message: str, text: str) -> None:
    """It is told by its type and its text, without the names of the case."""
    assert (text, "") == told(message, exception_type="NameError")


def test_a_module_of_its_own() -> None:
    """A module that is not found is told if it is the implementation's."""
    found = "ModuleNotFoundError"
    assert (f"{found}: no", "importlib.util") == told("no", exception_type=found, exception_name="importlib.util")
    assert (f"{found}: no", "") == told("no", exception_type=found, exception_name="pkg.util")


def test_a_module_that_its_text_names() -> None:
    """Where no name is told it is the first that the text names; what is no name is none."""
    said = "No module named 'importlib'; No module named 'os'"
    assert (f"ImportError: {said}", "importlib") == told(said, exception_type="ImportError")
    assert ("ImportError: no", "") == told("no", exception_type="ImportError", exception_name=("object", "A"))


def test_expected() -> None:
    """What the documents leave open is told; what is known to be raised is not."""
    seen = Observation({"outcome": "raised", "exception/type": "KeyError"}, {"message": "k"})
    judgement = Judgement(Verdict.DIVERGES, divergences=(Divergence("outcome", ("a",), (1,), 2, "signature"),))
    open_ = Prediction((World({"exception/type": OneOf(("KeyError", "OSError"), ("a",))}),))
    silent = Prediction((World({}),))
    known = Prediction((World({"exception/type": Exactly("KeyError", ("a",))}),))
    found = [
        unexpected(CASE, Answer(WHO, predicted, seen, judgement))
        for predicted in (Predicted(open_), Predicted(silent), Predicted(silent, known), Predicted(known, silent))
    ]
    assert [("KeyError: k", ""), ("KeyError: k", ""), ("", ""), ("KeyError: k", "")] == found
    mute = Observation(seen.facts)
    assert ("KeyError: ", "") == unexpected(CASE, Answer(WHO, Predicted(silent), mute, judgement))


def test_what_ended_the_process() -> None:
    """Where there is no answer it is what the process said last."""
    said = "ModuleNotFoundError: No module named 'importlib.util'"
    assert (said, "importlib.util") == told(stderr=f"Traceback:\n{said}", outcome=("unbegun", 1))
    told_inside = told(stderr="python: no specification for 'pkg' (KeyError: 'z')", outcome=("unbegun", 1))
    assert ("KeyError: 'z'", "") == told_inside


def test_raised() -> None:
    """All that an exception says is told of a program whose course is another, and nothing of one that goes as told."""
    off, state = (
        Judgement(Verdict.DIVERGES, divergences=(Divergence(fact, ("a",), (1,), 2, "signature"),))
        for fact in ("trace/0001", "module/m/__file__")
    )
    seen = Observation({"outcome": "raised", "exception/type": "NameError"}, {"message": "one\nname 'pkg', /tmp/a/b"})
    mute, whole = Observation(seen.facts), Observation({"outcome": "completed"})
    said = Observation({"outcome": ("unbegun", 1)}, {"stderr": "python: no (KeyError: 'z')"})
    told = [raised(off, item) for item in (seen, mute, whole, said)]
    assert (["NameError: name 'pkg', …/b", "NameError", "", "KeyError: 'z'"], "") == (told, raised(state, seen))


def test_nothing() -> None:
    """Nothing is told of an exception that was to be, or where only a state differs."""
    assert ("", "") == told("text", exception_type="ValueError")
    assert ("", "") == told(outcome="completed")
    assert ("", "") == told("text", fact="module/m/__file__", exception_type="NameError")


def test_words() -> None:
    """A case says the kinds of its statements and of its launch, and what it calls."""
    assert ("assign", "embedded", "invoke", "mark") == words(CASE)
    assert "import" in words(Case(Tree((Root(),)), Source((Import((Alias("m"),)),))))


@pytest.mark.parametrize(("name", "alike"), [("import-module-named", True), ("find-spec-of-package", False)])
def test_words_of_what_imports_by_name(name: str, *, alike: bool) -> None:
    """That a function of the library imports what it is given the name of is a word of its own."""
    assert alike == (BY_NAME in words(vectors()[name].case))
