"""The suite's own data: clauses, vectors and expectations."""

from pathlib import Path
from typing import Final

import pytest

from conformance.catalogue import (
    CatalogueError,
    Class,
    Expectation,
    Vector,
    catalogue,
    cited_clauses,
    encode_vector,
    expectations,
    matching_clauses,
    read_clauses,
    read_expectations,
    read_knowledge,
    read_vector,
    unknown_clauses,
    vector,
    vectors,
)
from conformance.catalogue.expectations import EXPECTATIONS
from conformance.catalogue.keeping import read_ids
from conformance.catalogue.updating import added, unclassed
from conformance.catalogue.vectors import VECTORS
from harness.model.case import Case, case_id
from harness.model.clauses import Obstacle
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.versions import parsed
from harness.oracle import departure

ONE: Final = "import-as-binds-alias-only"
CLAUSE = """
[[clause]]
id = "{id}"
area = "{area}"
tier = "language"
statement = "{statement}"
source = "{source}"
link = "{link}"
since = "{since}"
until = "{until}"
level = "{level}"
observable = "something"
seed = false
{more}
"""

LINK = "https://docs.python.org/3.15/library/sys.html#sys.modules"
WHERE = {"source": "library/sys §sys.modules", "link": LINK}
GOOD = {"id": "a.b-c", "area": "some", "statement": "It holds.", "since": "", "until": "", "level": "must", "more": ""}
GOOD |= WHERE


def _area(folder: Path, text: str) -> None:
    """Write the file of the area ``some``, in a chapter."""
    (folder / "one").mkdir()
    (folder / "one" / "some.toml").write_text(text)


def test_catalogue_reads() -> None:
    """Every file of clauses is well-formed, and ids are unique over all of them."""
    assert {identifier: clause.id for identifier, clause in catalogue().items()} == {key: key for key in catalogue()}


def test_few_are_untestable() -> None:
    """At most three clauses of a hundred are beyond any case."""
    beyond = [clause.id for clause in catalogue().values() if clause.untestable]
    assert 0 < len(beyond) <= 0.03 * len(catalogue())


def test_oracle_cites_what_can_be_tested() -> None:
    """A clause that no case can test decides nothing."""
    assert [clause for clause in sorted(cited_clauses()) if catalogue()[clause].untestable] == []


def test_oracle_cites_known_clauses() -> None:
    """Whatever looks like a clause in the oracle is in the catalogue."""
    assert unknown_clauses() == ()


def test_unknown_clause_is_found(tmp_path: Path) -> None:
    """A literal that looks like a clause of a known family and is none is told."""
    (tmp_path / "rule.py").write_text('KEYS = "spec.origin", "bind.no-such-thing", "bind.import-as-binds-alias-only"\n')
    assert unknown_clauses(tmp_path) == ("bind.no-such-thing",)


def test_where_the_suite_lies_is_no_matter(tmp_path: Path) -> None:
    """Tests of the oracle cite nothing; that the oracle itself lies in a directory of that name makes it no test."""
    for folder, clause in (("tests", "bind.import-dotted-as-direct"), ("tests/tests", "star.all-in-namespace")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rule.py").write_text(f"WHY = {clause!r}\n")
    assert cited_clauses(tmp_path / "tests") == {"bind.import-dotted-as-direct"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"id": "nodots"}, id="id"),
        pytest.param({"statement": " "}, id="empty"),
        pytest.param({"since": "three"}, id="version"),
        pytest.param({"since": "3.9.0"}, id="third number"),
        pytest.param({"until": "3.9.1.1"}, id="fourth number"),
        pytest.param({"since": "3.9", "until": "3.8"}, id="never"),
        pytest.param({"since": "3.9.1", "until": "3.9.1"}, id="at no time"),
        pytest.param({"level": "perhaps"}, id="level"),
        pytest.param({"area": "other"}, id="area"),
        pytest.param({"source": "a tutorial somewhere"}, id="no document"),
        pytest.param({"source": "library/sys"}, id="no section"),
        pytest.param({"link": ""}, id="no link"),
        pytest.param({"link": LINK.partition("#")[0]}, id="link without a section"),
        pytest.param({"link": LINK.replace("https", "http")}, id="link elsewhere"),
        pytest.param({"link": LINK.replace("sys.html", "site.html")}, id="link to another document"),
        pytest.param({"source": "PEP 420 §Specification"}, id="link to no PEP"),
        pytest.param({"more": 'untestable = "build"'}, id="untestable without a reason"),
        pytest.param({"more": 'untestable_reason = "It is so."'}, id="reason for nothing"),
        pytest.param({"more": 'untestable = "hard"\nuntestable_reason = "It is so."'}, id="untestable"),
        pytest.param({"more": 'restates = "a.other"'}, id="restates what is not there"),
        pytest.param({"more": 'restates = "a.b-c"'}, id="restates a restatement"),
    ],
)
def test_lint(tmp_path: Path, change: dict[str, str]) -> None:
    """A clause with a fault is refused, with the name of its file."""
    _area(tmp_path, CLAUSE.format_map({**GOOD, **change}))
    with pytest.raises(CatalogueError, match=r"some\.toml"):
        read_clauses(tmp_path)


def test_optional_fields(tmp_path: Path) -> None:
    """A clause may name the clause it restates, and say why no case can test it."""
    more = 'restates = "a.first"\nuntestable = "build"\nuntestable_reason = "It is so."'
    first = CLAUSE.format_map({**GOOD, "id": "a.first"})
    _area(tmp_path, first + CLAUSE.format_map({**GOOD, "more": more}))
    clause = read_clauses(tmp_path)["a.b-c"]
    told = (clause.restates, clause.untestable, clause.untestable_reason)
    assert told == ("a.first", Obstacle.BUILD, "It is so.")


def test_three_numbers(tmp_path: Path) -> None:
    """A clause may begin and end within a line of the language."""
    _area(tmp_path, CLAUSE.format_map({**GOOD, "since": "3.14.1", "until": "3.15.2"}))
    clause = read_clauses(tmp_path)["a.b-c"]
    languages = ((3, 14), (3, 14, 0), (3, 14, 1), (3, 15), (3, 15, 1), (3, 15, 2), (3, 16))
    assert [False, False, True, True, True, False, False] == [clause.holds(language) for language in languages]


def test_published_proposal(tmp_path: Path) -> None:
    """The section of a PEP is linked to where PEPs are published."""
    link = "https://peps.python.org/pep-0420/#specification"
    where = {"source": "PEP 420 §Specification", "link": link}
    _area(tmp_path, CLAUSE.format_map({**GOOD, **where}))
    assert read_clauses(tmp_path)["a.b-c"].link == link


def test_lint_duplicate(tmp_path: Path) -> None:
    """Two clauses of one id are refused."""
    _area(tmp_path, 2 * CLAUSE.format_map(GOOD))
    with pytest.raises(CatalogueError, match="an id of its own"):
        read_clauses(tmp_path)


def test_glob() -> None:
    """A glob gives the clauses it matches and nothing for what the catalogue does not have."""
    assert (matching_clauses("repr.namesp*"), matching_clauses("nothing.*")) == (("repr.namespace",), ())


def test_vectors_read() -> None:
    """Every vector is well-formed and named by its file."""
    assert {name: each.name for name, each in vectors().items()} == {name: name for name in vectors()}


def test_one_vector() -> None:
    """One alone is found by its name, and nothing by what is none."""
    assert (vectors()[ONE], None, None) == (vector(ONE), vector(f"{ONE}-not"), vector(f"../binding/{ONE}"))


def test_vector_round_trip(tmp_path: Path) -> None:
    """A vector that was written reads back equal."""
    tree = Tree((Root((SourceFile("a.py"),)),))
    case = Case(tree, Source((Import((Alias("a"),)),)))
    written = Vector("one", "An import binds.", ("bind.import-toplevel-binds-name",), case)
    (tmp_path / "one.json").write_bytes(encode_vector(written))
    assert read_vector(tmp_path / "one.json") == written


def test_texts() -> None:
    """Each vector is written as it is written now: python -m conformance.catalogue does it."""
    paths = (VECTORS / each.chapter / f"{each.name}.json" for each in vectors().values())
    other = [path.name for path in paths if path.read_bytes() != encode_vector(vectors()[path.stem])]
    assert other == [], "python -m conformance.catalogue writes them"


def test_ids() -> None:
    """The list of ids is that of the vectors: python -m conformance.catalogue adds what is new."""
    found = {name: case_id(each.case) for name, each in vectors().items()}
    assert read_ids(VECTORS) == found, "python -m conformance.catalogue adds what is new"


def test_expectations_read() -> None:
    """Every file of expectations is well-formed, and no expectation stands there twice."""
    for path in EXPECTATIONS.glob("*.toml"):
        named = [(entry.clause, entry.departure, entry.versions) for entry in read_expectations(path)]
        assert len(named) == len(set(named))


def _written(folder: Path, **changes: str) -> Path:
    """A file with one expectation, some fields of which are changed; an empty value takes the field away."""
    fields = {"clause": "module.loader-attribute", "departure": "absent", "class": "bug", "reason": "as it is"}
    lines = [f'{key.rstrip("_")} = "{value}"' for key, value in {**fields, **changes}.items() if value]
    path = folder / "some.toml"
    path.write_text("\n".join(["schema = 2", "[[expectation]]", *lines]) + "\n")
    return path


def test_expectation(tmp_path: Path) -> None:
    """An expectation says what is departed from and how, in which versions, and why."""
    path = _written(tmp_path, versions=">=3.12,<3.14", sentence="It is set.", link="somewhere")
    (found,) = read_expectations(path)
    expected = Expectation(
        "module.loader-attribute", "absent", "as it is", Class.BUG, ">=3.12,<3.14", "It is set.", "somewhere"
    )
    assert (expected, departure("module.loader-attribute", "absent")) == (found, found.taken)
    assert [False, True, True, False] == [found.applies((3, minor)) for minor in (11, 12, 13, 14)]


def test_expectation_of_every_version(tmp_path: Path) -> None:
    """Without versions it holds in all of them; each class has its word, and docs needs a sentence."""
    words = ["bug", "wontfix", "docs", "suite", "not-applicable", "unclassified"]
    found = [read_expectations(_written(tmp_path, **{"class": word, "sentence": "It is set."}))[0] for word in words]
    assert list(Class) == [item.kind for item in found]
    assert all(item.applies((3, minor)) for item in found for minor in (8, 15))


@pytest.mark.parametrize(
    ("versions", "applies"),
    [
        pytest.param(">=3.15.2", [False, False, False, True, True], id="since"),
        pytest.param("<3.15.2", [True, True, True, False, False], id="until"),
        pytest.param(">=3.15", [False, True, True, True, True], id="since two numbers"),
        pytest.param("==3.15.*", [False, True, True, True, False], id="a line"),
        pytest.param("==3.15.1", [False, False, True, False, False], id="one version"),
    ],
)
def test_expectation_of_three_numbers(tmp_path: Path, versions: str, applies: list[bool]) -> None:
    """An expectation may begin and end within a line of the language."""
    (found,) = read_expectations(_written(tmp_path, versions=versions))
    languages = ((3, 14, 9), (3, 15), (3, 15, 1), (3, 15, 2), (3, 16, 0))
    assert applies == [found.applies(language) for language in languages]
    assert {parsed(versions.strip("=<>").removesuffix(".*"))} == found.bounds


@pytest.mark.parametrize(
    ("versions", "wanted"),
    [
        pytest.param("", "", id="all"),
        pytest.param("==3.12", "==3.12.*", id="one"),
        pytest.param(">=3.9, !=3.12", ">=3.9,!=3.12.*", id="all but one"),
        pytest.param("<=3.12", "<3.13", id="up to one"),
        pytest.param(">3.12,<3.15", ">=3.13,<3.15", id="after one"),
    ],
)
def test_expectation_of_the_first_schema(tmp_path: Path, versions: str, wanted: str) -> None:
    """In schema 1, which had no number, 3.12 is all of 3.12."""
    path = _written(tmp_path, versions=versions)
    path.write_text(path.read_text().partition("\n")[2])
    found = read_knowledge(path)
    assert (2, [wanted]) == (found.schema, [item.versions for item in found.expectation])


@pytest.mark.parametrize("schema", [0, 3])
def test_expectation_of_another_schema(tmp_path: Path, schema: int) -> None:
    """A file of a schema that this version does not know is refused."""
    path = _written(tmp_path)
    path.write_text(f"schema = {schema}\n{path.read_text().partition(chr(10))[2]}")
    with pytest.raises(CatalogueError, match=rf"^some\.toml: schema version {schema}, expected 1 to 2$"):
        read_expectations(path)


def test_knowledge(tmp_path: Path) -> None:
    """A file may say of whom it is, and which attributes that implementation lacks."""
    path = tmp_path / "some.toml"
    path.write_text('schema = 2\nname = "some"\nlacks = ["__doc__"]\n')
    found = read_knowledge(path)
    assert ("some", ("__doc__",), ()) == (found.name, found.lacks, found.expectation)
    assert [True, False] == [found.about(name) for name in ("some", "other")]
    path.write_text("schema = 2\n")
    assert read_knowledge(path).about("other")


def test_knowledge_of_no_attribute(tmp_path: Path) -> None:
    """What can be lacked is one of a few attributes."""
    path = tmp_path / "some.toml"
    path.write_text('schema = 2\nlacks = ["__name__"]\n')
    with pytest.raises(CatalogueError, match=r"^some\.toml: lacks '__name__': expected one of __cached__, .*runpy$"):
        read_knowledge(path)


def test_nothing_of_ours_is_unclassified() -> None:
    """Each expectation of the suite's own has a class."""
    entries = [entry for path in EXPECTATIONS.glob("*.toml") for entry in read_expectations(path)]
    assert [] == [entry for entry in entries if entry.kind is Class.UNCLASSIFIED]


def test_unclassed_expectations_are_written_behind_what_is_there(tmp_path: Path) -> None:
    """What a file has stays as it is, comments and all; what is added is read again as it was given."""
    path = tmp_path / "mine.toml"
    one = unclassed("star.all-in-namespace", "from __getattr__", 'says "why"\n', (3, 14, 2))
    two = unclassed("star.all-in-namespace", "from __getattr__", "", (3, 15, 0))
    added(path, "mine", [one])
    path.write_text(path.read_text() + "# a comment")
    before = path.read_text()
    added(path, "mine", [two])
    assert (True, (one, two)) == (path.read_text().startswith(before), read_expectations(path))
    assert ("mine", "==3.14.*", Class.UNCLASSIFIED) == (read_knowledge(path).name, one.versions, one.kind)


def test_expectations_by_name(tmp_path: Path) -> None:
    """An implementation has the expectations of the file that is named as it names itself; a path is no name."""
    _written(tmp_path)
    (tmp_path / "a-b_c.toml").write_bytes((tmp_path / "some.toml").read_bytes())
    (tmp_path / "inner").mkdir()
    names = ["some", "a-b_c", "other", "", "inner/../some", "../inner"]
    assert [1, 1, 0, 0, 0, 0] == [len(expectations(name, tmp_path)) for name in names]


_OURS: Final = "clause module.loader-attribute"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"clause": "nothing.at-all"}, "clause nothing.at-all: expected one of the catalogue", id="clause"),
        pytest.param({"departure": "none"}, "departure 'none': .*expected one of the departures", id="departure"),
        pytest.param({"departure": "another value"}, ".*another value': expected one that says which", id="any"),
        pytest.param({"departure": ""}, "Object missing required field `departure`", id="no departure"),
        pytest.param({"class": "bad"}, "Invalid enum value 'bad'", id="class"),
        pytest.param({"class": "docs"}, f"{_OURS}: class docs expects the sentence it rests on", id="sentence"),
        pytest.param({"class": "docs", "sentence": " "}, f"{_OURS}: class docs expects the", id="blank sentence"),
        pytest.param({"reason": " "}, f"{_OURS}: expected a reason", id="reason"),
        pytest.param({"versions": "new"}, "versions 'new': expected a specifier such as >=3.15", id="versions"),
        pytest.param({"versions": ">=3.9,<=3.12"}, "versions <=3.12: 3.12 is 3.12.0 alone", id="in a line"),
        pytest.param({"versions": ">=3.12.0"}, "versions '>=3.12.0': '3.12.0', expected a version", id="third number"),
        pytest.param({"versions": "==3.12"}, "versions ==3.12: 3.12 is 3.12.0 alone, expected", id="no line"),
        pytest.param({"facts": "*"}, "Object contains unknown field `facts`", id="field"),
        pytest.param({"link": '" ?'}, "Expected newline", id="no TOML"),
    ],
)
def test_expectation_faults(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    """A malformed expectation is refused, with the name of its file and what was expected there."""
    with pytest.raises(CatalogueError, match=rf"^some\.toml: {reason}"):
        read_expectations(_written(tmp_path, **changes))
