"""What implementations did with one case, beside what the documents say of it: those together that did the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from harness.diff import Divergence, Judgement, Verdict
from harness.model.observation import Observation
from harness.model.prediction import Prediction
from harness.model.values import ABSENT, UNOBSERVED, Value, same
from harness.model.versions import Version, named
from reports.stating import allowed as stated_choice
from reports.stating import told as stated
from reports.wording import visible

__all__ = ["BESIDE", "NOTHING_SAID", "Column", "Group", "documented", "grouped", "titled"]

NOTHING_SAID: Final = "nothing is said"
BESIDE: Final = "beside what is known"
_UNASKED: Final = frozenset({Verdict.UNSUPPORTED, Verdict.HARNESS_FAULT})
_ANSWERS: Final = frozenset({"completed", "raised"})
_HELD: Final = ("module/", "binding/")
_EXCEPTION: Final = "exception/"
_TYPE: Final = "exception/type"


class Column(msgspec.Struct, frozen=True):
    """What one implementation did. ``language`` is shown beside its prediction where predictions differ.

    ``said``: what its process wrote, where it ended without an answer, ``raised`` the exception that ended a program
    that diverges and was not to end so. Each of the sets of departures in ``explained`` explains what it did, those
    that are ``weakly`` told explain how it began. ``command`` is told where another has
    the same name and version. ``known`` are the reasons of what is expected of it. ``ahead``: how many statements
    are shown ahead of those of the case, by the labels of their sources.
    """

    label: str
    language: Version
    verdict: Verdict
    prediction: Prediction
    observation: Observation
    judgement: Judgement
    said: str = ""
    raised: str = ""
    explained: tuple[tuple[str, ...], ...] = ()
    weakly: tuple[str, ...] = ()
    command: str = ""
    known: str = ""
    ahead: Mapping[str, int] = {}


class Group(msgspec.Struct, frozen=True):
    """Implementations that did the same and for which the documents say the same."""

    labels: tuple[str, ...]
    column: Column

    @property
    def title(self) -> str:
        """Their names."""
        return titled(self.labels)

    @property
    def asked(self) -> bool:
        """Whether there is anything to be seen of them."""
        return self.column.verdict not in _UNASKED

    @property
    def answered(self) -> bool:
        """Whether they came to an end at which the facts could be told: they did not crash or hang."""
        return self.asked and self.column.observation.facts.get("outcome", "completed") in _ANSWERS

    @property
    def keys(self) -> set[str]:
        """The facts that are predicted or were seen."""
        return self.column.prediction.facts.keys() | self.column.observation.facts.keys()

    @property
    def version(self) -> str:
        """The versions of the language for which the documents say the same."""
        prediction = self.column.prediction
        return named(self.column.language, prediction.since, prediction.until)

    def seen(self, key: str) -> Value:
        """What was seen of a fact."""
        return self.column.observation.facts.get(key, ABSENT)

    def divergence(self, key: str) -> Divergence | None:
        """How they depart in that fact, if they do."""
        return next((item for item in self.column.judgement.divergences if item.fact == key), None)

    def follows(self, key: str) -> bool:
        """Whether the fact, too, is not as the documents say, where they depart in another."""
        values, silent = self.column.prediction.told(key)
        departs = bool(self.column.judgement.divergences) and key in self.column.prediction.facts and not silent
        return departs and not any(same(value, self.seen(key)) for value in (*values, UNOBSERVED))

    def chose(self, key: str) -> bool:
        """Whether the fact is another than is usual, by a choice that the documents leave."""
        values, _ = self.column.prediction.told(key)
        usual = any(same(value, self.seen(key)) for value in (*values[:1], UNOBSERVED))
        return self.column.verdict is Verdict.ALLOWED and len(values) > 1 and not usual

    def lacks(self, key: str) -> bool:
        """Whether the fact is of something that is not there at all."""
        if key.startswith(_EXCEPTION) and key != _TYPE:
            return same(self.seen(_TYPE), ABSENT)
        kind = next((kind for kind in _HELD if key.startswith(kind)), "")
        holder, _, rest = key.removeprefix(kind).partition("/")
        return bool(kind and rest) and same(self.seen(f"{kind}{holder}"), ABSENT)

    def documented(self, key: str) -> str:
        """What the documents say of a fact."""
        if key not in self.column.prediction.facts:
            return NOTHING_SAID
        values, silent = self.column.prediction.told(key)
        told = [stated_choice(key, values, self.column.ahead)] * bool(values) + [NOTHING_SAID] * silent
        return ", or ".join(told)

    @property
    def beside(self) -> tuple[str, ...]:
        """What is known of them and happens here as well, where they depart from what is expected with that."""
        return () if self.column.verdict is Verdict.KNOWN else self.column.judgement.taken

    def expected(self, key: str) -> Iterator[str]:
        """What is expected of a fact in which they depart, beside what is known of them."""
        divergence = self.divergence(key)
        if divergence is not None and self.beside:
            yield stated_choice(key, divergence.expected, self.column.ahead)

    def told(self, key: str) -> str:
        """What they did; where that is documented by itself and departs together with the rest, what is expected."""
        divergence, shown = self.divergence(key), stated(key, self.seen(key), self.column.ahead)
        if (
            divergence is None
            or self.beside
            or not any(same(value, self.seen(key)) for value in self.column.prediction.told(key)[0])
        ):
            return shown
        goes = stated_choice(key, divergence.expected, self.column.ahead)
        return f"{shown}, which does not go with the rest; with that goes {goes}"


def titled(labels: Iterable[str]) -> str:
    """These labels, each name once: ``cpython 3.8.18, 3.9.18, pypy3.11 8.0.1``."""
    found: list[str] = []
    before = ""
    for label in labels:
        name, _, version = label.partition(" ")
        found.append(version if name == before else label)
        before = name
    return visible(", ".join(found))


def grouped(columns: Sequence[Column]) -> tuple[Group, ...]:
    """The implementations, those together that did the same and for which the documents say the same."""
    found: list[Group] = []
    for column in columns:
        for at, group in enumerate(found):
            if _whole(group.column) == _whole(column):
                found[at] = Group((*group.labels, column.label), group.column)
                break
        else:
            found.append(Group((column.label,), column))
    return tuple(found)


def documented(key: str, groups: Iterable[Group]) -> Iterator[tuple[str, str]]:
    """What the documents say of a fact, behind the versions of the language where they do not agree."""
    found: dict[str, list[str]] = {}
    for group in groups:
        versions = found.setdefault(group.documented(key), [])
        if group.version not in versions:
            versions.append(group.version)
    for said, versions in found.items():
        whose = f" ({', '.join(versions)})" if len(found) > 1 else ""
        yield f"the documents{whose}", said


def _whole(column: Column) -> tuple[object, ...]:
    return column.observation.facts, column.prediction, column.verdict
