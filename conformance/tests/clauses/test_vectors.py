"""The vectors: each shows what it says, and together they show every rule of the oracle."""

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from conformance.catalogue import catalogue, cited_clauses, encode_vector, vectors
from conformance.catalogue.vectors import VECTORS
from conformance.coverage import decides
from generators import Variety, generate
from harness.model.case import Case, case_id, scope, search_path
from harness.model.codec import decode, encode
from harness.model.prediction import Prediction, Unspecified
from harness.oracle import predict

LANGUAGES: Final = tuple((3, minor) for minor in range(8, 16))


@functools.cache
def predictions(name: str) -> Mapping[tuple[int, int], Prediction]:
    """The prediction of a vector for each version of the language; one prediction may be that of several."""
    found: dict[tuple[int, int], Prediction] = {}
    for language in LANGUAGES:
        same = next((item for item in found.values() if item.holds(language)), None)
        found[language] = same or predict(vectors()[name].case, language)
    return MappingProxyType(found)


def test_merged() -> None:
    """Of vectors whose trees and programs become one the documents say something in each version."""
    material = [vector.case for vector in vectors().values()]
    merged = tuple(generate(seed=1, examples=60, variety=Variety.MERGED, material=material))
    assert [60] * len(LANGUAGES) == [sum(bool(predict(case, item).facts) for case in merged) for item in LANGUAGES]


def cited(name: str) -> frozenset[str]:
    """The clauses that decide a fact of a vector in some version, or could be departed from in it."""
    every = predictions(name).values()
    departed = (departure.clause for prediction in every for departure in prediction.consulted)
    return frozenset(departed).union(*(prediction.clauses() for prediction in every))


def test_they_show_their_clauses() -> None:
    """Each clause a vector was written for decides a fact of it in some version, or could be departed from in it."""
    unseen = {name: set(vector.clauses) - cited(name) for name, vector in vectors().items()}
    assert {name: clauses for name, clauses in unseen.items() if clauses} == {}


def test_their_clauses_hold() -> None:
    """No fact of a vector is decided by a clause that is not in force in that version."""
    every = ((name, language, each) for name in vectors() for language, each in predictions(name).items())
    deciding = ((name, language, id_) for name, language, each in every for id_ in each.clauses())
    assert [item for item in deciding if not catalogue()[item[2]].holds(item[1])] == []


class TestFiles:
    """A vector is a file like any case."""

    def test_canonical(self) -> None:
        """Each file holds what the codec writes, so that one case has one text and one id."""
        written = {VECTORS / vector.chapter / f"{name}.json": vector for name, vector in vectors().items()}
        assert [path.stem for path, vector in written.items() if path.read_bytes() != encode_vector(vector)] == []

    def test_reads_back(self) -> None:
        """Each case has the same id after it was written and read."""
        cases = [vector.case for vector in vectors().values()]
        assert [case_id(decode(encode(case), Case)) for case in cases] == [case_id(case) for case in cases]

    def test_no_two_are_one_case(self) -> None:
        """No case is kept under two names."""
        names: dict[str, list[str]] = {}
        for name, vector in vectors().items():
            names.setdefault(case_id(vector.case), []).append(name)
        assert [same for same in names.values() if len(same) > 1] == []

    def test_named_in_words(self) -> None:
        """A name is lower-case words joined by hyphens."""
        assert [
            name for name in vectors() for word in name.split("-") if word != "".join(filter(str.isalnum, word))
        ] == []

    def test_told_in_a_sentence(self) -> None:
        """What a vector shows is one sentence, and no two vectors show the same."""
        sentences = [vector.about for vector in vectors().values()]
        assert [text for text in sentences if not (text[0].isupper() or text[0] in "`_-") or text[-1] != "."] == []
        assert len(set(sentences)) == len(sentences)


class TestCases:
    """A vector can be asked, and what is predicted of it can be seen."""

    def test_launched_from_the_tree(self) -> None:
        """The root that a launch names is in the tree."""
        roots = {name: len(vector.case.tree.roots) for name, vector in vectors().items()}
        entries = {name: search_path(vector.case) for name, vector in vectors().items()}
        assert [name for name in roots if any(int(entry[1]) >= roots[name] for entry in entries[name])] == []

    def test_predicted_modules_are_observed(self) -> None:
        """Every module that a prediction speaks of is in the scope of the observation."""
        unseen = {
            (name, key)
            for name, vector in vectors().items()
            for key in predictions(name)[3, 15].facts
            if key.startswith("module/") and key.split("/")[1].split(".")[0] not in scope(vector.case)
        }
        assert unseen == set()


class TestTogether:
    """Together the vectors leave no rule of the oracle out."""

    def test_each_clause_of_the_oracle_has_one(self) -> None:
        """Every clause that the oracle cites and that decides something is shown by a vector written for it."""
        shown = {clause for vector in vectors().values() for clause in vector.clauses}
        left = (catalogue()[clause] for clause in sorted(cited_clauses() - shown))
        assert [clause.id for clause in left if decides(clause)] == []

    def test_most_have_an_end(self) -> None:
        """Vectors of which the documents do not tell how they end are there, and are few."""
        silent = [name for name in vectors() if isinstance(predictions(name)[3, 15].facts["outcome"], Unspecified)]
        assert 5 < len(silent) < len(vectors()) / 8
