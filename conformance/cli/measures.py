"""What ``list silences`` and ``list expectations`` print: how much is decided, and what is hidden."""

from collections.abc import Iterator
from typing import Final

import msgspec
from rich.console import RenderableType

import generators
from conformance.catalogue import Expectation, expectations
from conformance.catalogue.expectations import EXPECTATIONS
from conformance.cli.output import say, write
from conformance.coverage import languages
from conformance.measuring import Masked, Silences, masked, silences
from harness.model.case import Case
from harness.model.codec import encode
from harness.model.versions import dotted
from reports.folding import Folded
from reports.listing import plain_table
from reports.wording import plural

EXAMPLES: Final = 5000
"""How many cases are measured unless another number is given."""

SEED: Final = 1
"""The seed of the cases of the plain mix that are measured, so that figures can be compared."""

_CLAUSES: Final = 12

_HEADS: Final = ("language", "no outcome", "no end", "> 64 worlds", "silent", "several values", "by answers")
_LEGEND: Final = """\
of the cases
  no outcome      what the documents say ends before the program does
  no end          the same of one of the worlds that they allow
  > 64 worlds     they allow more worlds than are looked at (a number)
of the facts
  silent          the documents say nothing
  several values  they allow more than one
  by answers      one for each answer to an open question, of which an implementation has one"""


class _Measured(msgspec.Struct, frozen=True):
    language: str
    silences: Silences


class _Expected(msgspec.Struct, frozen=True):
    name: str
    expectation: Expectation


class _Hidden(msgspec.Struct, frozen=True):
    name: str
    language: str
    masked: Masked


def list_silences(examples: int, *, as_json: bool) -> None:
    """For each version of the language, where its documents say nothing of generated cases."""
    cases = tuple(generators.generate(seed=SEED, examples=examples))
    found = [_Measured(dotted(language), silences(cases, language)) for language in languages()]
    if as_json:
        write(encode(found) + b"\n")
        return
    rows = [
        (
            item.language,
            _share(item.silences.unended, item.silences.cases),
            _share(item.silences.open_end, item.silences.cases),
            f"{item.silences.excess:,}",
            _share(item.silences.silent, item.silences.facts),
            _share(item.silences.several, item.silences.facts),
            _share(item.silences.answers, item.silences.facts),
        )
        for item in found
    ]
    newest = found[-1]
    said = [(clause, f"{count:,}") for clause, count in newest.silences.clauses.most_common(_CLAUSES)]
    several = [(clause, f"{count:,}") for clause, count in newest.silences.values.most_common(_CLAUSES)]
    say(
        _sample(examples),
        "",
        Folded(_HEADS, rows),
        "",
        _LEGEND,
        "",
        Folded((f"silent in {newest.language} about", "cases"), said),
        "",
        Folded((f"several values in {newest.language} by", "facts"), several),
    )


def _sample(examples: int) -> str:
    return f"{plural(examples, 'generated case')} of the plain mix, seed {SEED}"


def list_expectations(examples: int, *, hidden: bool, as_json: bool) -> None:
    """What is expected of which implementation; or, ``hidden``, what of it would hide a further fault."""
    names = sorted(path.stem for path in EXPECTATIONS.glob("*.toml"))
    if hidden:
        _list_hidden(names, examples, as_json=as_json)
        return
    found = [_Expected(name, entry) for name in names for entry in expectations(name)]
    if as_json:
        write(encode(found) + b"\n")
        return
    rows = [
        (item.name, item.expectation.versions or "all", str(item.expectation.taken), item.expectation.kind.value)
        for item in found
    ]
    say(plain_table(("implementation", "versions", "departure", "class"), rows))


def _list_hidden(names: list[str], examples: int, *, as_json: bool) -> None:
    cases = tuple(generators.generate(seed=SEED, examples=examples))
    found = [item for name in names for item in _hidden(name, cases)]
    if as_json:
        write(encode(found) + b"\n")
        return
    rows = [
        (f"{item.name} {item.language}", f"{item.masked.facts:,}", f"{item.masked.open:,}", _rate(item))
        for item in found
    ]
    worst = max(found, key=lambda item: item.masked.open)
    clauses = [(clause, f"{count:,}") for clause, count in worst.masked.clauses.most_common(_CLAUSES)]
    title = f"left open by what is known of {worst.name} {worst.language}"
    told: list[RenderableType] = ["", Folded((title, "facts"), clauses)] if clauses else []
    say(
        _sample(examples),
        "facts that the documents decide, and that what is known of an implementation leaves open: a further fault "
        "there would not be seen",
        "",
        Folded(("implementation", "facts", "left open", "share"), rows),
        *told,
    )


def _hidden(name: str, cases: tuple[Case, ...]) -> Iterator[_Hidden]:
    """One measurement for all versions about which the same is expected."""
    expected = expectations(name)
    within_lines = {version for entry in expected for version in entry.bounds if version != version[:2]}
    for language in sorted(within_lines.union(languages())):
        known = frozenset(entry.taken for entry in expected if entry.applies(language))
        yield _Hidden(name, dotted(language), masked(cases, language, known))


def _rate(item: _Hidden) -> str:
    return f"{item.masked.open / max(1, item.masked.facts):.3%}"


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.1%}"
