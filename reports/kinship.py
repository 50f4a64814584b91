"""Which groups of divergences are one: all their cases share a thing that hardly ever goes well.

Such are a function that is called, a clause, an exception that nothing explains, a departure that explains much.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from harness.diff.fitting import COURSE
from harness.model.case import BY_NAME
from harness.model.saying import LEFT_OUT, last_line
from harness.model.values import ABSENT, TREE, Value, kind
from reports import doubting
from reports.records import Departure, Record

AMISS: Final = 0.2
"""What tells divergences may be seen elsewhere in so small a part of what would be expected of anything."""

_MOSTLY: Final = 0.6
"""Functions that do alike tell divergences where so many of their calls diverge: what they have in common is wrong."""

_SELDOM: Final = 0.1
"""A function that so few other cases call tells divergences in all of which it is called."""

_ENOUGH: Final = 10
"""So many cases in which nothing departs, at least, show what is seldom."""

NEARLY: Final = 0.8
"""What groups share is in so many of the cases of each."""

_MOST: Final = (NEARLY, NEARLY)

_EVERYDAY: Final = frozenset(
    {"AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "StopIteration", "SyntaxError", "ValueError"}
)
"""The exceptions that say nothing if all that they name is of the case: documents speak of them."""

_TOGETHER, _LIFT = 0.5, 3
"""Groups are one if so much of the smaller is in the larger too, and so many times as much as of anything."""

_NOTHING: Final = frozenset({"absent", "raised", "unobserved"})
"""The kinds of values that say of nothing what it is."""

_ATTRIBUTES: Final = ("/__", "/spec.", "/repr", "/same-path")

_MADE: Final = frozenset({"bytes", "iterable", "list", "object", "tuple"})
"""The kinds of values that a function makes."""

IMPORTING: Final = frozenset({"builtins.__import__", "importlib.__import__", "importlib.import_module"})
"""The functions with which the documents have a program import by name; others that do so are for something else."""

_TOLD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pkgutil.iter_modules": "iter_modules of a finder",
        "pkgutil.walk_packages": "iter_modules of a finder",
        "runpy.run_module": "runpy",
        "runpy.run_path": "runpy",
        "module": "runpy",
    }
)
"""What functions and launches do of which documents say that it is the same: ask one method of finders, run code."""

_ADVICE: Final = re.compile(r"[.;:]? (?:Did|Or did) you .*\?$")
"""What is added to what an exception says, in a traceback mostly."""

_REPR: Final = "/repr"
"""So ends the fact of what repr() gives."""

_LACKING: Final = re.compile(r"^(?:NameError: name|AttributeError: .* has no attribute) '(__\w+__)'")
"""What an exception says that is raised where an attribute is not there."""

_OPEN: Final = re.compile(r"(?<!\w)'[^']*'")
"""What is quoted."""

_BELOW: Final = re.compile(rf"{re.escape(TREE)}/[^']*")
"""A path of the case, in what an exception says: which one it is does not matter."""

_WORDY: Final = 5
"""An exception says something without what it quotes if that has so many words, its type among them."""

_ANYWHERE: Final = (f": {doubting.ABSENT}", f": {doubting.ANOTHER}")
"""What departures are called from any clause that gives a fact: they say nothing of where it comes from."""


class Trait(StrEnum):
    """What kind of thing cases share; counted so often that it is a text, which has its hash at once."""

    WORD = "word"
    BY_NAME = "by-name"
    FUNCTION = "function"
    CLAUSE = "clause"
    NEVER = "never"
    EXCEPTION = "exception"
    TEXT = "text"
    DEPARTURE = "departure"
    KNOWN = "known"
    CHANGE = "change"
    ATTRIBUTE = "attribute"
    MISSING = "missing"


_MANNER: Final = frozenset({Trait.ATTRIBUTE, Trait.CHANGE, Trait.DEPARTURE, Trait.EXCEPTION, Trait.MISSING, Trait.TEXT})

Sign: TypeAlias = tuple[Trait, str | int]
"""A thing that cases share."""

_MISSING: Final[Sign] = (Trait.MISSING, "")

_SHARES: Final[Mapping[Trait, tuple[float, float]]] = MappingProxyType(
    {Trait.TEXT: (0.5, 0.05), Trait.MISSING: (0.5, 0.5), Trait.NEVER: (0.6, 0.6)}
)
"""In so many cases of the smaller and of the larger group it is enough, where not nearly all have to share it."""


class Kinship:
    """What cases of one implementation share, and how often each of that is seen where nothing departs."""

    def __init__(self, clauses: Sequence[str]) -> None:
        """``clauses`` are the ids of the run's."""
        self._areas = [clause.partition(".")[0] for clause in clauses]
        self._words: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._clauses: Counter[int] = Counter()
        self._known: Counter[str] = Counter()
        self._conforming = 0

    def take(self, record: Record) -> None:
        """Take in a case in which nothing departs but what is known."""
        self._words.update(record.words)
        self._names.update(_names(record))
        self._clauses.update(record.asked)
        self._known.update(record.taken)
        self._conforming += 1

    def _orderly(self, sign: Sign) -> int:
        """In how many cases in which nothing departs there is that, of what :func:`_asked` gives."""
        match sign:
            case Trait.CLAUSE, int() as clause:
                return self._clauses[clause]
            case Trait.FUNCTION, str() as name if "." not in name:
                return self._names[name]
            case Trait.KNOWN, str() as name:
                return self._known[name]
            case Trait.WORD | Trait.BY_NAME | Trait.FUNCTION, str() as word:
                return self._words[word]
            case _:
                return 0

    def lost(self, amiss: Sequence[Record]) -> frozenset[int]:
        """The numbers of cases in which a module of the implementation's own is not found, or that call what fails so.

        They may have caught that.
        """
        said = {
            record.number: frozenset(_asked(record)) | frozenset([_MISSING] * bool(record.missing)) for record in amiss
        }
        wanting = _wanting(amiss, said) & self._telling(said.values())
        return frozenset(number for number, signs in said.items() if _MISSING in _lost(signs, wanting))

    def united(
        self, groups: Sequence[Sequence[Record]], is_refuted: Callable[[str], bool]
    ) -> Iterator[tuple[int, ...]]:
        """The positions of groups that are one, the largest first."""
        signs = {
            record.number: frozenset((*_signs(record, is_refuted), *self._attributes(record)))
            for group in groups
            for record in group
        }
        telling = self._telling(signs.values())
        numbers = [{record.number for record in group} for group in groups]
        wanting = _wanting([record for group in groups for record in group], signs) & telling
        never = {sign for sign in telling if sign[0] is Trait.CLAUSE and not self._orderly(sign)}
        members = [
            [
                _lost(shared | {(Trait.NEVER, of) for _, of in shared & never}, wanting)
                for shared in (signs[number] & telling for number in item)
            ]
            for item in numbers
        ]
        every = self._conforming + len(signs)
        left = sorted(range(len(groups)), key=lambda place: -len(members[place]))
        while left:
            first, *left = left
            one, cases, within = [first], list(members[first]), set(numbers[first])
            while (
                another := next(
                    (item for item in left if _akin(members[item], cases) or _together(numbers[item], within, every)),
                    None,
                )
            ) is not None:
                left.remove(another)
                one.append(another)
                cases += members[another]
                within |= numbers[another]
            yield tuple(one)

    def _attributes(self, record: Record) -> Iterator[Sign]:
        """The attribute in which alone a case departs, as an area of the catalogue has it; one that is not there."""
        found = {(self._areas[item.clauses[-1]], item.fact.rpartition("/")[2]) for item in record.departures}
        if all(is_attribute(item.fact) for item in record.departures) and len({name for _, name in found}) == 1:
            yield from ((Trait.ATTRIBUTE, f"{area} {name}") for area, name in found)
            yield from ((Trait.ATTRIBUTE, name) for _, name in found if record.departures[0].seen == ABSENT)
        yield from ((Trait.ATTRIBUTE, name) for name in _LACKING.findall(record.raised))

    def _telling(self, departing: Iterable[AbstractSet[Sign]]) -> frozenset[Sign]:
        """What is hardly ever seen but where it departs, and functions that are seldom called elsewhere.

        Where hardly anything conforms that is only how something departs.
        """
        cases = list(departing)
        seen = Counter(sign for case in cases for sign in case if self._conforming >= _ENOUGH or sign[0] in _MANNER)
        bar = 1 - AMISS * self._conforming / (len(cases) + self._conforming or 1)
        few = _SELDOM * self._conforming
        return frozenset(
            sign
            for sign, count in seen.items()
            if count >= bar * (count + self._orderly(sign))
            or (sign[0] is Trait.FUNCTION and self._orderly(sign) <= few)
            or (sign[0] is Trait.BY_NAME and count >= _MOSTLY * (count + self._orderly(sign)))
        )


def _wanting(records: Iterable[Record], signs: Mapping[int, AbstractSet[Sign]]) -> frozenset[Sign]:
    """What is called where a module of the implementation's own is not found, and all of its package that is called."""
    lost = [record for record in records if record.missing]
    packages = {record.missing.partition(".")[0] for record in lost}
    there = frozenset(sign for record in lost for sign in signs[record.number])
    every = frozenset(sign for case in signs.values() for sign in case if sign[0] is Trait.FUNCTION)
    return frozenset(sign for sign in every if sign in there or str(sign[1]).partition(".")[0] in packages)


def _lost(case: AbstractSet[Sign], wanting: AbstractSet[Sign]) -> AbstractSet[Sign]:
    """What a case shares; that a module is not found as well where it calls what fails for want of one elsewhere.

    It may have caught that.
    """
    return case | {_MISSING} if not wanting.isdisjoint(case) else case


def _akin(smaller: Sequence[AbstractSet[Sign]], larger: Sequence[AbstractSet[Sign]]) -> bool:
    """Whether nearly all cases of both groups share something."""
    mine = Counter(sign for case in smaller for sign in case)
    theirs = Counter(sign for case in larger for sign in case if sign in mine)
    return any(
        count >= _SHARES.get(sign[0], _MOST)[0] * len(smaller)
        and theirs[sign] >= _SHARES.get(sign[0], _MOST)[1] * len(larger)
        for sign, count in mine.items()
    )


def _together(smaller: AbstractSet[int], larger: AbstractSet[int], every: int) -> bool:
    """Whether most cases of one group are in the other as well, which is not because so many cases are."""
    share = len(smaller & larger) / len(smaller)
    return share >= _TOGETHER and share >= _LIFT * len(larger) / every


def _asked(record: Record) -> Iterator[Sign]:
    """What a case says, and the clauses that could have mattered; what is called alike often calls one another."""
    for word in record.words:
        yield (Trait.FUNCTION if "." in word else Trait.BY_NAME if word == BY_NAME else Trait.WORD, word)
    for name in _names(record):
        yield (Trait.FUNCTION, name)
    for clause in record.asked:
        yield (Trait.CLAUSE, clause)


def _names(record: Record) -> set[str]:
    """What the functions that a case calls are called in their modules."""
    called = [word for word in record.words if "." in word]
    return {word.rpartition(".")[2] for word in called} | {_TOLD[word] for word in record.words if word in _TOLD}


def _signs(record: Record, is_refuted: Callable[[str], bool]) -> Iterator[Sign]:
    """The same of a case that departs, with how it does; where only a state differs, of what gives that state.

    What is refuted explains a part of it, if nothing else does.
    """
    state = not any(item.fact.startswith(COURSE) for item in record.departures)
    given = {item.clauses[-1] for item in record.departures}
    if all(item.fact.endswith(_REPR) for item in record.departures):
        yield (Trait.FUNCTION, "repr")
    yield from (
        sign
        for sign in _asked(record)
        if not state or sign[0] in {Trait.BY_NAME, Trait.FUNCTION} or (sign[0] is Trait.CLAUSE and sign[1] in given)
    )
    alone = [made[0] for made in record.explained if len(made) == 1]
    made_alone = [item for item in alone if not is_refuted(item)]
    explains = [item for item in made_alone if ": raises " not in item and not item.endswith(_ANYWHERE)]
    said = _ADVICE.sub("", record.raised or last_line(record.departures[0].said))
    if ": " in said and ("'" in said or LEFT_OUT not in said):
        yield (Trait.TEXT, said)
        if said.partition(": ")[0] not in _EVERYDAY:
            open_ = len(_OPEN.sub("", said).split()) >= _WORDY
            yield (Trait.TEXT, _OPEN.sub(LEFT_OUT, said) if open_ else _BELOW.sub(TREE, said))
    elif ": " in said and not explains and said.partition(": ")[0] not in _EVERYDAY:
        yield (Trait.EXCEPTION, said.partition(": ")[0])
    for made in made_alone or alone:
        if ": raises " not in made and (state or not made.endswith(_ANYWHERE)):
            yield (Trait.DEPARTURE, made)
    for made in frozenset.intersection(*map(frozenset, record.explained)) if record.explained and not alone else ():
        if made.endswith(_ANYWHERE):
            yield (Trait.DEPARTURE, made)
    yield from ((Trait.CHANGE, item) for item in _changes(record.departures if state else ()))
    yield from ((Trait.KNOWN, name) for name in record.taken)
    if record.missing:
        yield _MISSING


def is_attribute(fact: str) -> bool:
    """Whether it is an attribute that the import system sets, rather than what a program does."""
    return any(part in fact for part in _ATTRIBUTES)


def _changes(departures: Iterable[Departure]) -> Iterator[str]:
    """What is held where what else is expected: a value that is one among many, or None in place of one.

    Of what a function made that is neither a text nor a module of the case it is enough that what is expected is alike.
    """
    for item in departures:
        expected = item.expected[0] if len(item.expected) == 1 else None
        if _is_one(expected) and (item.seen is None or _is_one(item.seen)):
            alike = kind(expected) if isinstance(item.seen, tuple) and item.seen[0] in _MADE else repr(expected)
            yield f"{alike} {item.seen!r}"


def _is_one(value: Value) -> bool:
    """Whether a value is one among many."""
    return isinstance(value, str) or (isinstance(value, tuple) and value[0] not in _NOTHING)
