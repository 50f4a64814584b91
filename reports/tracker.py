"""A finding as a report for a tracker: what the documents say, what happens, to whom, and how to see it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import msgspec

from harness.model.clauses import Clause
from harness.model.versions import Version, line
from reports.plain import LONGEST
from reports.quoting import block, code, prose
from reports.showing import last_words
from reports.wording import bare, instead, plural, wanted

AS_DOCUMENTED: Final = "as documented"
DEPARTS: Final = "departs so"
OTHERWISE: Final = "departs otherwise"
ELSEWHERE: Final = "departs in something else"
NOT_APPLICABLE: Final = "not applicable"
CONTAINED: Final = "contained"
FORKED: Final = "a forked one"
_MEANINGS: Final = {
    DEPARTS: f"*{DEPARTS}*: as was seen above",
    AS_DOCUMENTED: f"*{AS_DOCUMENTED}*: by that very sentence",
    NOT_APPLICABLE: f"*{NOT_APPLICABLE}*: as documented, but that sentence does not hold in that version, or not here",
    OTHERWISE: f"*{OTHERWISE}*: this is not as documented there either, but something else is seen",
    ELSEWHERE: f"*{ELSEWHERE}*: another thing in the case is not as documented there, so that nothing is told of this",
    CONTAINED: f"*{CONTAINED}*: import-conformance ended the case there, since it lets none from a file reach further "
    "than the tree of the case and the library, which says nothing of who is asked",
    FORKED: "*forked*: in a copy of a process that has run before, as a run asks most cases",
}
_UNLISTED: Final = "The sentence was found by comparing the cases of a run; one nearby may say it better."
_NOBODY: Final = " is raised"
"""So ends what says of an exception, and of nobody who raises it: that is no title."""

_LINK: Final = re.compile(r"https://[\w./#%?=~-]+", re.ASCII)
CPYTHON: Final = "cpython"
THIS: Final = "this build"
ANOTHER: Final = "another build"
BUILDS: Final = " builds)"
_TWO: Final = 2
NAMES: Final = {
    "cpython": "CPython",
    "pypy": "PyPy",
    "graalpy": "GraalPy",
    "rustpython": "RustPython",
    "micropython": "MicroPython",
}


class Standing(msgspec.Struct, frozen=True):
    """What an implementation does with a case: as a run asks it, empty where that is a fresh process, and in one.

    ``at_odds``: the reproducer, tried there, ends otherwise than that would have it.
    """

    label: str
    name: str
    language: Version
    forked: str
    fresh: str
    at_odds: bool = False

    @property
    def departs(self) -> bool:
        """Whether it departs as is told."""
        return DEPARTS in {self.forked, self.fresh}

    @property
    def conforms(self) -> bool:
        """Whether it does as the sentence says, however it is asked."""
        return {self.forked, self.fresh} <= {AS_DOCUMENTED, ""}

    @property
    def wavers(self) -> bool:
        """Whether it depends on the way of asking."""
        return bool(self.forked) and self.forked != self.fresh


class Tracked(msgspec.Struct, frozen=True):
    """What is told of one finding.

    ``title`` is one sentence of what is seen; ``text`` says in words what is done instead of what ``clause`` says, if
    that is known. ``reproducer`` is empty where none tells who departs from who does not, ``control`` says how else it
    was tried where nobody conforms; ``raised`` is the exception that ended the program, with what it says.
    ``unlisted``: no departure that is listed explains it. ``traceback`` is that of the reproducer, if it ends with one,
    ``frequency`` tells in how many cases it was seen, ``listing`` are the files of the case and its program by titles.
    ``as_if`` is what may be done instead, where that is not sure. ``given`` are departures that are known, with what
    happens, and happen in the case as well: what is expected is what is so beside them. ``wanting`` are modules of the
    library that it cannot import.
    """

    clause: Clause
    title: str
    text: str
    about: str
    expected: str
    seen: str
    where: Standing
    others: tuple[Standing, ...]
    reproducer: str
    plain: bool
    control: str
    said: str
    raised: str
    surroundings: tuple[str, ...]
    command: str
    unlisted: bool = False
    traceback: str = ""
    frequency: str = ""
    listing: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    wanting: tuple[str, ...] = ()
    as_if: tuple[str, ...] = ()


def tracked(item: Tracked) -> str:
    """The report, as Markdown."""
    parts = (*_told(item), *_shown(item), *_asked(item), *_surroundings(item))
    return "\n".join(parts) + "\n"


def _told(item: Tracked) -> Iterator[str]:
    clause = item.clause
    fits = 0 < len(item.text) <= LONGEST and not item.text.endswith(_NOBODY)
    yield f"# {prose(item.text if fits else item.title)}\n"
    yield "## What the documents say\n"
    yield f"In short, in the words of import-conformance: {prose(clause.statement)} ({_linked(clause)})\n"
    yield from [f"{_UNLISTED}\n"] * item.unlisted
    yield "## What happens\n"
    yield from (f"{prose(text)}.\n" for text in [item.text.rstrip(".")] if text and not fits)
    yield from [f"It is {prose(instead('', item.as_if))}.\n"] * bool(item.as_if and all(item.as_if))
    about = f"{prose(item.about)}: expected" if item.about else "Expected"
    yield f"{about} {code(item.expected)}, seen {code(item.seen)} on {prose(item.where.label)}.\n"
    yield from (f"It ended with {code(words)}.\n" for words in [item.raised] if words and words not in item.seen)
    if item.given:
        known = "; ".join(f"{prose(text)} ({code(name)})" if text else code(name) for name, text in item.given)
        yield f"What is expected takes something as given that happens in the case as well, and is known: {known}.\n"
    yield from (f"{prose(words)}\n" for words in [item.frequency] if words)
    yield from [f"Beside this, {prose(wanted(item.wanting))}.\n"] * bool(item.wanting)
    for words in last_words(item.said):
        yield f"The process said:\n\n{block(words.text)}\n"


def _linked(clause: Clause) -> str:
    source = prose(clause.source)
    return f"[{source}]({clause.link})" if _LINK.fullmatch(clause.link) else source


def _shown(item: Tracked) -> Iterator[str]:
    yield "## How to see it\n"
    if not item.plain:
        yield f"The case:\n\n{block(chr(10).join(_listed(item.listing)))}\n"
    if not item.reproducer:
        yield "No program was found that ends otherwise where the case is as documented; the case is in `case.json`.\n"
        return
    what = "python repro.py" if item.plain else "python repro.py [INTERPRETER]"
    yield f"`{what}` ends with status 0 where it is as documented, and with 1 where it departs or cannot be tried.\n"
    if item.control:
        who = plural(len(item.others), "other implementation")
        asked = f"None of {who} asked does as is documented here" if item.others else "Nobody else was asked"
        yield f"{asked}. That it does not merely fail was seen in another way: {prose(item.control)}.\n"
    if item.plain:
        yield f"{block(item.reproducer.rstrip(chr(10)), 'python')}\n"
    if item.traceback:
        yield f"It ends with:\n\n{block(item.traceback)}\n"


def _listed(listing: Sequence[tuple[str, str]]) -> Iterator[str]:
    for title, text in listing:
        yield title
        yield from (f"    {words}" for words in text.splitlines())


def _asked(item: Tracked) -> Iterator[str]:
    yield "## Who else\n"
    whole = (item.where, *item.others)
    said = sorted({_said(each) for each in whole}, key=_rank)
    yield from (f"* {prose(words)}: {prose('; '.join(_saying(whole, words)))}" for words in said)
    told = [meaning for word, meaning in _MEANINGS.items() if any(word in words for words in said)]
    plain = all(words in {DEPARTS, AS_DOCUMENTED} for words in said)
    yield from (f"\n{'; '.join(told)}." for _ in told[:1] if not plain)
    yield from ["\nEach was asked in a fresh process, and in a forked one where it can."] * any(
        each.forked for each in whole
    )


def _saying(standings: Sequence[Standing], words: str) -> tuple[str, ...]:
    """Of whom that is said."""
    return _who(standings, lambda each: _said(each) == words)


def _said(item: Standing) -> str:
    """What is said of it, in words; where it depends on how it is asked, both."""
    fresh, forked = item.fresh or item.forked, item.forked or item.fresh
    words = fresh if fresh == forked else f"{fresh} in a fresh process, {forked} in {FORKED}"
    return f"{words}, but {code('repro.py')} ends otherwise there" if item.at_odds else words


def _rank(words: str) -> tuple[int, str]:
    """Who departs so comes first, then who conforms."""
    return next((place for place, word in enumerate(_MEANINGS) if words.startswith(word)), len(_MEANINGS)), words


def _surroundings(item: Tracked) -> Iterator[str]:
    yield "\n## Where this was seen\n"
    yield from (f"* {prose(words)}" for words in item.surroundings)
    yield f"* to repeat it, with the file `case.json` that belongs to this report: {code(item.command)}"


def told_apart(standings: Sequence[Standing], at: int, whose: Collection[str] = ()) -> tuple[Standing, ...]:
    """The same; where another is of the same name and version, the one at that place is this build, and it another.

    It is this build, too, where nobody else is asked, and where there was another in the run, by whose labels it is one
    of ``whose``. Of more than two it is told which is which, where the labels do.
    """
    name = bare(standings[at].label)
    alike = [place for place, item in enumerate(standings) if bare(item.label) == name]
    parted = any(bare(label) == name != label for label in whose)
    if len(alike) == 1 and len(standings) > 1 and not parted:
        return tuple(standings)
    which = {place: _which(standings[place].label) if len(alike) > _TWO else "" for place in alike}
    labels = {place: f"{name} ({THIS if place == at else ANOTHER}{which[place]})" for place in alike}
    return tuple(
        msgspec.structs.replace(item, label=labels.get(place, item.label)) for place, item in enumerate(standings)
    )


def _which(label: str) -> str:
    """The part of its command by which a label tells a build from others."""
    part = label.removeprefix(bare(label)).partition(" #")[0]
    return f", {part[2:-1]}" if part else ""


def departing(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Who departs so, a text an implementation: ``CPython 3.8 to 3.13``."""
    return _who(standings, lambda item: item.departs and not item.at_odds)


def conforming(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Who does as is documented, by the same sentence, and ends the reproducer with 0."""
    return _who(standings, lambda item: item.conforms and not item.at_odds)


def not_applicable(clause: Clause | None = None) -> str:
    """What is said of who does as documented by other sentences; ``clause`` is one that is not in force there."""
    if clause is None:
        return f"{NOT_APPLICABLE} (other sentences decide it)"
    limits = [f"{word} {version}" for word, version in (("since", clause.since), ("until", clause.until)) if version]
    return f"{NOT_APPLICABLE} ({', '.join(limits)})"


def _who(standings: Sequence[Standing], so: Callable[[Standing], bool]) -> tuple[str, ...]:
    found = []
    for name, items in groupby(_ordered(standings), key=lambda item: item.name):
        held = list(items)
        runs = [list(_versions(some, held)) for it_is, some in groupby(held, key=so) if it_is]
        parted = [part for run in runs for part in (_parted(run) if name == CPYTHON else ([each] for each in run))]
        said = ", ".join(run[0] if run[0] == run[-1] else " to ".join(map(_bare, (run[0], run[-1]))) for run in parted)
        found += [f"{NAMES.get(name, name)} {said}"] if parted else []
    return tuple(found)


def _parted(run: Sequence[str]) -> Iterator[list[str]]:
    """What is told as one range each: one of several builds of a version stands alone."""
    for alone, items in groupby(run, key=lambda version: f"({THIS}" in version or f"({ANOTHER}" in version):
        held = list(items)
        yield from ([[item] for item in held] if alone else [held])


def _bare(version: str) -> str:
    """The version, without how many builds of it there are."""
    return version.partition(" (")[0] if version.endswith(BUILDS) else version


def _versions(some: Iterable[Standing], held: Sequence[Standing]) -> Iterator[str]:
    """The versions of those that stand behind each other; all builds of one version are told together."""
    every = [_version(item) for item in held]
    for version, items in groupby(map(_version, some), key=lambda text: text.partition(" (")[0]):
        builds = list(items)
        whole = len(builds) == sum(text.partition(" (")[0] == version for text in every)
        if len(builds) > 1 and whole:
            yield f"{version} ({len(builds)}{BUILDS}"
        else:
            yield from builds


def _ordered(standings: Sequence[Standing]) -> list[Standing]:
    """Well known ones first, each by the version of the language."""
    places = {name: place for place, name in enumerate(NAMES)}
    return sorted(standings, key=lambda item: (places.get(item.name, len(places)), item.name, item.language))


def _version(item: Standing) -> str:
    """Of CPython the version of the language, of others their own and in brackets that."""
    shown, _, number = item.label.partition(" ")[2].partition(" ")
    whose = f" {number}" if number else ""
    return f"{line(item.language)}{whose}" if item.name == CPYTHON else f"{shown} ({line(item.language)}){whose}"
