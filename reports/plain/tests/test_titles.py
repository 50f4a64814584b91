"""A report is called by what is seen."""

import pytest

from harness.model.case import Case, Embedded, Launch, Script
from harness.model.language.caching import Uncache
from harness.model.language.compound import Class, Statement, Try
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.observation import Observation
from harness.model.prediction import Exactly, certain
from harness.model.rendering import PROGRAM
from harness.model.source import Alias, Assign, Import, Source
from harness.model.tree import DataFile, Root, SourceFile, Tree
from harness.model.values import ABSENT, Value
from reports.plain import LONGEST, programs, sight, titled
from reports.plain.titles import coded

DONE: tuple[Value, Value] = (("event", PROGRAM, 1), ("event", PROGRAM, 2))


def title(fact: str, wanted: dict[str, Value], seen: dict[str, Value], *names: str) -> str:
    """What a fact that differs is called, where a program imports these names."""
    case = Case(Tree(), Source(tuple(Import((Alias(name),)) for name in names)))
    prediction = certain({key: Exactly(value, ("a.b",)) for key, value in wanted.items()})
    shown = sight(case, fact, (wanted.get(fact, ABSENT),), prediction, Observation(seen))
    return titled(shown, next(programs(shown), None))


WELL: dict[str, Value] = {"outcome": "completed", "trace/0000": DONE[0], "trace/0001": DONE[1], "trace/length": 2}
ILL: dict[str, Value] = {"outcome": "raised", "exception/type": "KeyError", "trace/0000": DONE[0], "trace/length": 1}
OTHER: dict[str, Value] = {**ILL, "exception/type": "ImportError"}
LOOKUP: dict[str, Value] = {**ILL, "exception/type": "LookupError"}


@pytest.mark.parametrize(
    ("fact", "wanted", "seen", "expected"),
    [
        pytest.param("outcome", WELL, ILL, "`import beta` raises KeyError", id="it raises"),
        pytest.param("exception/type", OTHER, ILL, "`import beta` raises KeyError, not ImportError", id="another"),
        pytest.param(
            "exception/type", LOOKUP, ILL, "`import beta` raises KeyError, not LookupError itself", id="derived"
        ),
        pytest.param("outcome", OTHER, WELL, "`import beta` does not raise ImportError", id="it does not"),
        pytest.param("outcome", WELL, {"outcome": ("crashed", 11)}, "`import alpha`: crashed, SIGSEGV (11)", id="lost"),
    ],
)
def test_end(fact: str, wanted: dict[str, Value], seen: dict[str, Value], expected: str) -> None:
    """By the statement that ends otherwise, and how."""
    assert expected == title(fact, wanted, seen, "alpha", "beta")


def test_too_long() -> None:
    """With so much of the statement as there is room for, where that is too long."""
    found = title("outcome", WELL, ILL, "alpha", "b" * LONGEST)
    assert (LONGEST, "`import bbb", "bbb…` raises KeyError") == (len(found), found[:11], found[-21:])


SPEC = Bind(Call("importlib.util.find_spec", (Constant("pkg.a_module_of_it.another"),)), "name_of_it")
LOAD = Import((Alias("m"),))
FORGET = Uncache("m")


@pytest.mark.parametrize(
    ("launch", "program", "expected"),
    [
        pytest.param(
            Embedded(),
            (SPEC,),
            "`name_of_it = find_spec('pkg.a_module_of_it.another')` {}",
            id="a function of the library",
        ),
        pytest.param(Embedded(), (Try((LOAD,), "KeyError", ()),), "`import m` {}", id="one that is held"),
        pytest.param(
            Embedded(), (LOAD, Try((FORGET, LOAD), "KeyError", ())), "after `import m` the program {}", id="two"
        ),
        pytest.param(
            Script("r0/main.py"), (Try((FORGET, LOAD), "KeyError", ()),), "`python r0/main.py` {}", id="a script"
        ),
        pytest.param(Embedded(), (Class("C", (FORGET, LOAD)),), "the program {}", id="nothing to name"),
    ],
)
def test_subject(launch: Launch, program: tuple[Statement, ...], expected: str) -> None:
    """What raises is told if it can be: a statement, what it holds, what is launched, what was imported before."""
    done = len(program) - 1
    seen: dict[str, Value] = {"outcome": "raised", "exception/type": "ImportError", "trace/length": done}
    seen |= {f"trace/{at:04}": ("event", PROGRAM, at + 1) for at in range(done)}
    prediction = certain({"outcome": Exactly("completed", ("a.b",))})
    shown = sight(
        Case(Tree((Root(),)), Source(program), launch), "outcome", ("completed",), prediction, Observation(seen)
    )
    assert expected.format("raises ImportError") == titled(shown, None)


def test_a_fact() -> None:
    """By the thing that differs, and what is seen of it."""
    wanted: dict[str, Value] = {**WELL, "binding/alpha": 1}
    assert (
        title("binding/alpha", wanted, {**WELL, "binding/alpha": 2}, "alpha")
        == "`import alpha`: `alpha` is `2`, not `1`"
    )


@pytest.mark.parametrize("text", ["None", "-1", "'a b'", "b''", "[1, 'a']", "alpha", "a.b", "sys.modules['a b']"])
def test_code(text: str) -> None:
    """A value, and what has a name, is code."""
    assert coded(text) == f"`{text}`"


@pytest.mark.parametrize("text", ["", "absent", "module a.b", "no exception", "the names in a", "`a`"])
def test_words(text: str) -> None:
    """What is said in words is none."""
    assert coded(text) == text


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param(SPEC, "`find_spec('pkg.a_module_of_it.another')` gives `1`, not `2`", id="what it gives"),
        pytest.param(
            Assign("name_of_it", 1), "`name_of_it = 1`: `name_of_it` is absent, not `2`", id="what is not there"
        ),
        pytest.param(Assign("other", 1), "`other = 1`: `name_of_it` is `1`, not `2`", id="another name"),
    ],
)
def test_a_value(statement: Statement, expected: str) -> None:
    """What is bound last is told as what that gives; a long statement with as much of it as there is room for."""
    fact = "binding/name_of_it"
    case = Case(Tree((Root(),)), Source((statement,)))
    prediction = certain({"outcome": Exactly("completed", ("a.b",)), fact: Exactly(2, ("a.b",))})
    seen: Value = ABSENT if "absent" in expected else 1
    shown = sight(case, fact, (2,), prediction, Observation({"outcome": "completed", fact: seen}))
    assert expected == titled(shown, next(programs(shown), None))


def test_names() -> None:
    """Where a name is missing that is told in words."""
    wanted: dict[str, Value] = {**WELL, "names": ("list", "alpha")}
    expected = "`import alpha`: the names of the program: has not 'alpha'"
    assert title("names", wanted, {**WELL, "names": ("list",)}, "alpha") == expected


def test_what_an_exception_says() -> None:
    """A program tells what was raised as the last line of a traceback does."""
    prediction = certain({key: Exactly(value, ("a.b",)) for key, value in WELL.items()})
    case = Case(Tree(), Source((Import((Alias("alpha"),)),)))
    seen = Observation(ILL, {"message": "'no key'\n"})
    assert [item.seen for item in programs(sight(case, "outcome", ("completed",), prediction, seen))][:1] == [
        "KeyError: 'no key'"
    ]


def test_what_no_sentence_says() -> None:
    """By what it is about and what is seen, cut where a title ends."""
    wanted: dict[str, Value] = {**WELL, "binding/alpha": 1}
    found = title("binding/alpha", wanted, {**WELL, "binding/alpha": "b" * LONGEST}, "alpha")
    assert (LONGEST, "…", "the name alpha is 'b") == (len(found), found[-1], found[:20])


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        pytest.param(Root((SourceFile("m.py"),)), "", id="nothing"),
        pytest.param(Root((SourceFile("m.py"), DataFile("m.pyc"))), ", with m.pyc", id="bytecode"),
        pytest.param(Root((SourceFile("m/a.py"),)), ", with m a namespace package", id="a namespace package"),
        pytest.param(Root((SourceFile("m/__init__.py"), SourceFile("n/a.py"))), "", id="one that is not asked"),
        pytest.param(Root((SourceFile("m.py"),), archive="stored"), ", in a zip archive", id="an archive"),
        pytest.param(
            Root((SourceFile("m.py"), DataFile("m.pyc")), archive="stored"), ", with m.pyc in a zip archive", id="both"
        ),
    ],
)
def test_what_is_out_of_the_ordinary(root: Root, expected: str) -> None:
    """Behind it stands what the tree has that few trees have."""
    case = Case(Tree((root,)), Source((Import((Alias("m"),)),)))
    prediction = certain({key: Exactly(value, ("a.b",)) for key, value in WELL.items()})
    ended: dict[str, Value] = {"outcome": "raised", "exception/type": "KeyError", "trace/length": 0}
    shown = sight(case, "outcome", ("completed",), prediction, Observation(ended))
    assert titled(shown, next(programs(shown), None)) == f"`import m` raises KeyError{expected}"
