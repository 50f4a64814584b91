"""An implementation of which the suite knows nothing: its name, its expectations, and what it is without."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from conformance.catalogue import Class, catalogue, expectations, read_expectations, read_knowledge, vectors
from conformance.catalogue.sections import linked
from conformance.cli import main, trying
from conformance.cli.interpreters import labelled
from conformance.cli.updating import update
from conformance.stored import stored_cases
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.lacking import ATTRIBUTES
from harness.model.observation import Identity
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run.tests.fakes import fake
from harness.tests.hosts import PYTHON
from reports import RUN_SCHEMA, Arguments, Finding, Header, Implementation, Summary
from reports.junit import NO_PROGRAM
from reports.tests.memory import read_run

KNOWN = "getattr-star-all-itself"
PLAIN = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)),)))


def invoke(*arguments: str) -> Result:
    """What a command does."""
    return CliRunner().invoke(main, [*arguments, "--contain", "off"])


def stored(directory: Path, case: Case) -> str:
    """A file of that case."""
    path = directory / "cases.jsonl"
    path.write_bytes(b"".join(stored_cases([case])))
    return str(path)


@pytest.fixture
def known(tmp_path: Path) -> str:
    """A file of a case in which CPython departs as is expected of it."""
    return stored(tmp_path, vectors()[KNOWN].case)


def expecting(directory: Path, kind: str, *, name: str = "") -> str:
    """A file that expects what CPython does there, with that class."""
    entry = next(item for item in expectations("cpython") if item.clause == "star.all-in-namespace")
    lines = [f'name = "{name}"'] * bool(name) + ["[[expectation]]"]
    fields = {"clause": entry.clause, "departure": entry.departure, "class": kind, "reason": "so", "sentence": "It is."}
    path = directory / "mine.toml"
    path.write_text("\n".join(["schema = 2", *lines, *(f'{key} = "{text}"' for key, text in fields.items())]) + "\n")
    return str(path)


WITHOUT = """
real = builtins.__import__
def bare(name, *given, **more):
    if name == "pkgutil":
        raise ImportError(name)
    return real(name, *given, **more)
builtins.__import__ = bare
honest()
"""
"""A Python that cannot import a module of the library."""


def test_junit_has_a_program_that_was_tried(known: str, tmp_path: Path) -> None:
    """It ends with 1 on who departs, and links the documents of his version; a run file that is read again has none."""
    files = [tmp_path / name for name in ("tried.xml", "read.xml", "run.jsonl")]
    ran = invoke("run", PYTHON, "--name", "mine", "--cases", known, "--junit", str(files[0]), "--out", str(files[2]))
    CliRunner().invoke(main, ["report", str(files[2]), "--junit", str(files[1])])
    (program,), none = ([item.text for item in ET.parse(file).iter("system-out")] for file in files[:2])  # noqa: S314 - we wrote it
    ended = subprocess.run([PYTHON, "-c", program or ""], check=False, capture_output=True)
    assert (1, 1, []) == (ran.exit_code, ended.returncode, none), ran.output
    assert linked(catalogue()["star.all-in-namespace"], sys.version_info[:3]).link in (program or "")


def test_junit_tells_where_no_program_was_found(known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none of those that were tried tells who departs, that stands in its place."""
    monkeypatch.setattr(trying, "traced", lambda *_: (0, None, None))
    file = tmp_path / "tried.xml"
    ran = invoke("run", PYTHON, "--name", "mine", "--cases", known, "--junit", str(file))
    found = [item.text for item in ET.parse(file).iter("system-out")]  # noqa: S314 - we wrote it
    assert (1, [NO_PROGRAM]) == (ran.exit_code, found), ran.output


class TestName:
    """``--name`` says what to call an implementation."""

    def test_expectations_follow_the_name(self, known: str) -> None:
        """By its own name it departs as expected, by another nothing is expected of it."""
        results = [invoke("run", PYTHON, "--cases", known, *more) for more in ([], ["--name", "mine"])]
        assert [0, 1] == [result.exit_code for result in results]
        assert "mine3." in results[1].stdout

    def test_replay(self) -> None:
        """``replay`` has the option too."""
        results = [invoke("replay", KNOWN, PYTHON, *more) for more in ([], ["--name", "mine"])]
        assert [0, 1] == [result.exit_code for result in results]

    def test_beginning(self, known: str) -> None:
        """Of a name that does not begin with a letter or a digit it is said that it has to."""
        result = invoke("run", PYTHON, "--cases", known, "--name", "_x")
        assert (2, True) == (result.exit_code, "first a letter or a digit" in result.stderr), result.output

    @pytest.mark.parametrize("names", [["mine", "other"], ["a b"], [""]])
    def test_wrong(self, known: str, names: list[str]) -> None:
        """There is one name an implementation at most, and it is a word."""
        result = invoke("run", PYTHON, "--cases", known, *(word for name in names for word in ("--name", name)))
        assert (2, True) == (result.exit_code, result.stderr.startswith("error: --name")), result.output


class TestExpectations:
    """``--expectations`` says what else is known."""

    @pytest.mark.parametrize(
        ("kind", "code"), [pytest.param("docs", 0, id="classed"), pytest.param("unclassified", 1, id="unclassified")]
    )
    def test_class(self, known: str, tmp_path: Path, kind: str, code: int) -> None:
        """What is expected is known; but until somebody has classed it the run fails, and says so."""
        mine = expecting(tmp_path, kind)
        out = tmp_path / "run.jsonl"
        result = invoke("run", PYTHON, "--cases", known, "--name", "mine", "--expectations", mine, "--out", str(out))
        shown = CliRunner().invoke(main, ["report", str(out)])
        assert [code, code] == [result.exit_code, shown.exit_code], result.output
        assert [bool(code)] * 2 == ["give each a class: star.all" in item.stdout for item in (result, shown)]

    def test_replay(self, tmp_path: Path) -> None:
        """``replay`` fails likewise for what was not classed."""
        codes = [
            invoke("replay", KNOWN, PYTHON, "--name", "mine", "--expectations", expecting(tmp_path, kind)).exit_code
            for kind in ("docs", "unclassified")
        ]
        assert [0, 1] == codes

    def test_name_in_the_file(self, known: str, tmp_path: Path) -> None:
        """A file that is about another implementation is about nobody here, which is said."""
        mine = expecting(tmp_path, "docs", name="other")
        result = invoke("run", PYTHON, "--cases", known, "--name", "mine", "--expectations", mine)
        assert (1, True) == (result.exit_code, "expected of other is expected of nobody" in result.stderr)

    def test_one_of_ours(self, known: str) -> None:
        """Who calls his build otherwise can still expect what is expected of CPython."""
        result = invoke("run", PYTHON, "--cases", known, "--name", "mine", "--expectations", "cpython")
        assert 0 == result.exit_code, result.output

    @pytest.mark.parametrize("text", [None, "schema = 9\n", "=", "\0", 'lacks = ["x"]\n'])
    def test_wrong(self, known: str, tmp_path: Path, text: str | None) -> None:
        """What is no such file is refused, with its name."""
        path = tmp_path / "mine.toml"
        if text is not None:
            path.write_text(text)
        result = invoke("run", PYTHON, "--cases", known, "--expectations", str(path))
        assert (2, True) == (result.exit_code, result.stderr.startswith(f"error: {path}: ")), result.output


class TestLacking:
    """What an implementation is without altogether is not judged, where it is known to be; else it is a departure."""

    @pytest.fixture(scope="class")
    @classmethod
    def docless(cls, tmp_path_factory: pytest.TempPathFactory) -> str:
        """A Python of which no module has a ``__doc__``."""
        body = """
real = builtins.__import__
def bare(*given, **more):
    found = real(*given, **more)
    for module in list(sys.modules.values()):
        if type(module) is type(sys):
            module.__dict__.pop("__doc__", None)
    return found
bare("sys")
builtins.__import__ = bare
honest()
"""
        return " ".join(fake(tmp_path_factory.mktemp("docless"), body))

    def test_a_build_that_forgets_one_departs(self, docless: str, tmp_path: Path) -> None:
        """Of whom nobody says that it is without, it is a divergence, whatever the implementation says of itself."""
        result = invoke("run", docless, "--cases", stored(tmp_path, PLAIN))
        assert (1, True) == (result.exit_code, "module.doc-attribute" in result.stdout), result.output
        assert 'unless its expectations say lacks = ["__doc__"]' in result.stderr

    def test_known_to_lack(self, docless: str, tmp_path: Path) -> None:
        """Of whom it is known nothing is said of it, and how many facts that were is counted and shown."""
        (tmp_path / "mine.toml").write_text('schema = 2\nlacks = ["__doc__"]\n')
        out = tmp_path / "run.jsonl"
        more = ("--expectations", str(tmp_path / "mine.toml"), "--out", str(out))
        result = invoke("run", docless, "--cases", stored(tmp_path, PLAIN), *more)
        run = read_run(out)
        assert (0, 1, ("__doc__",)) == (
            result.exit_code,
            run.records[0].unsupported,
            run.header.implementations[0].lacks,
        ), result.output
        assert "1 fact unsupported: it has no __doc__" in result.stdout

    def test_a_module_that_cannot_be_imported(self, tmp_path: Path) -> None:
        """A module of the library that documents describe is missed, whatever is asked, unless that is known."""
        other = " ".join(fake(tmp_path, WITHOUT))
        (tmp_path / "mine.toml").write_text('schema = 2\nlacks = ["pkgutil"]\n')
        out = tmp_path / "run.jsonl"
        arguments = ("run", other, "--cases", stored(tmp_path, PLAIN))
        mores = (["--out", str(out)], ["--expectations", str(tmp_path / "mine.toml")])
        results = [invoke(*arguments, *more) for more in mores]
        assert [1, 0] == [result.exit_code for result in results], results[0].output
        assert [True, False] == ["departs: it cannot import pkgutil" in result.stdout for result in results]
        listed = CliRunner().invoke(main, ["list", "findings", str(out)]).stdout
        assert listed.splitlines()[0] == "0 findings; 1 module that cannot be imported"
        told = (listed, invoke("findings", str(out), "--out", str(tmp_path / "reports")).stdout)
        assert [True, True] == ["departs: it cannot import pkgutil; no case" in text for text in told]

    def test_who_has_it_is_judged_by_it(self, tmp_path: Path) -> None:
        """Of whom it is said in error all is judged, and the error is told."""
        (tmp_path / "mine.toml").write_text('schema = 2\nlacks = ["__doc__"]\n')
        out = tmp_path / "run.jsonl"
        more = ("--expectations", str(tmp_path / "mine.toml"), "--out", str(out))
        result = invoke("run", PYTHON, "--cases", stored(tmp_path, PLAIN), *more)
        run = read_run(out)
        assert (0, ()) == (run.records[0].unsupported, run.header.implementations[0].lacks)
        assert "said to lack __doc__, which it has" in result.stderr


def found(place: int, departure: str) -> Finding:
    """A finding of one implementation."""
    text = "so" if departure else ""
    cases = {str(place): 3}
    return Finding("s", Verdict.DIVERGES, 0, departure, text, "a", (0,), (1,), 2, 3, cases, "first", PLAIN)


def test_replay_of_a_run_in_which_it_had_a_name(known: str, tmp_path: Path) -> None:
    """``replay`` says by which name the run called who was asked, where nobody is called so now."""
    out = str(tmp_path / "run.jsonl")
    assert 1 == invoke("run", PYTHON, "--cases", known, "--name", "mine", "--out", out).exit_code
    results = [invoke("replay", "1", PYTHON, "--run", out, *more) for more in ([], ["--name", "mine"])]
    assert [True, False] == [f"{out} is about mine" in result.stderr for result in results]


def test_labels() -> None:
    """Those of one name and version are told apart by a part of their commands."""
    one, two, other = (
        Identity("cpython", version, (3, 12), ("/a/python", name)) for name, version in zip("abc", "112", strict=True)
    )
    told = [("cpython 1 (a)", "/a/python a"), ("cpython 1 (b)", "/a/python b"), ("cpython 2", "")]
    assert told == labelled([one, two, other])


def test_run_tells_the_commands_of_those_alike(tmp_path: Path) -> None:
    """Two of one name and version are told apart by their commands, before anything is said of them."""
    result = invoke("run", sys.executable, f"{sys.executable} -B", "--cases", stored(tmp_path, PLAIN), PYTHON)
    (label, _, _), (other, _, command) = (line.partition(": ") for line in result.stderr.splitlines()[:2])
    assert other == f"{label.removesuffix(')')} -B)"
    assert command == f"{sys.executable} -B"
    assert [True, True] == [name in result.stdout for name in (label, other)]


def test_update(tmp_path: Path) -> None:
    """What was found of the first implementation, in any of its versions, is written where a departure says it."""
    clause = catalogue()["star.all-in-namespace"]
    asked = [("mine", (3, 12, 1)), ("other", (3, 12, 1)), ("mine", (3, 13, 0))]
    implementations = tuple(Implementation(name, name, "1", line) for name, line in asked)
    header = Header(RUN_SCHEMA, "0", 0, Arguments(1), implementations, (clause,))
    summary = Summary(header)
    summary.add(
        *(found(place, departure) for place in range(3) for departure in ("from __getattr__", "another value", ""))
    )
    update(tmp_path / "mine.toml", summary)
    entries = read_expectations(tmp_path / "mine.toml")
    assert [(clause.id, f"==3.{minor}.*", Class.UNCLASSIFIED) for minor in (12, 13)] == [
        (item.clause, item.versions, item.kind) for item in entries
    ]


def test_update_offers_what_is_lacking(tmp_path: Path) -> None:
    """A new file says what the implementation is without altogether; only who takes it up has it not judged."""
    path = tmp_path / "mine.toml"
    every = tuple(name for name in ATTRIBUTES if name != "__doc__")
    who = Implementation("mine", "mine", "1", (3, 12, 1), every)
    update(path, Summary(Header(RUN_SCHEMA, "0", 0, Arguments(1), (who,), ())))
    text = path.read_text()
    assert ((), True) == (read_knowledge(path).lacks, '# lacks = ["__doc__"]\n' in text)
    path.write_text(text.replace("# lacks", "lacks"))
    assert ("__doc__",) == read_knowledge(path).lacks


def test_update_of_another(known: str, tmp_path: Path) -> None:
    """A file that is about another implementation is not written to."""
    mine = expecting(tmp_path, "docs", name="other")
    result = invoke("run", PYTHON, "--cases", known, "--name", "mine", "--update-expectations", mine)
    assert (2, True) == (result.exit_code, "it is about other" in result.stderr)


def test_update_and_class(known: str, tmp_path: Path) -> None:
    """What is new is written, unclassified; a run that knows it has nothing new, and fails until it is classed."""
    path = tmp_path / "mine.toml"
    arguments = ("run", PYTHON, "--cases", known, "--name", "mine", "--update-expectations", str(path))
    first, text, second = invoke(*arguments), path.read_text(), invoke(*arguments)
    assert ('name = "mine"', True) == (text.splitlines()[1], 'departure = "from __getattr__"' in text), first.output
    assert (1, 1, text) == (first.exit_code, second.exit_code, path.read_text())
    path.write_text(text.replace("unclassified", "wontfix"))
    assert 0 == invoke(*arguments).exit_code
