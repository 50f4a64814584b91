"""What a line of a run file may say: run files come from strangers like any other file of cases."""

from collections.abc import Iterable
from typing import Final

from harness.model.admission import admit
from harness.model.codec import CodecError
from reports.records import (
    CaseRecord,
    Departure,
    Difference,
    ExpectationRecord,
    Finding,
    Header,
    Line,
    Policy,
    Record,
    Step,
)
from reports.shards import parsed_part

_DEEPEST: Final = 20


def admitted(line: Line, header: Header, where: str) -> Line:
    """The line, if what it names is in the tables of ``header`` and the case it holds may be run.

    Raises:
        CodecError: it is no line of such a run.
    """
    match line:
        case Header():
            _header(line, where)
        case CaseRecord(id=identity, case=case):
            admit(case, where=where)
            _prints((identity,), where)
        case Record():
            _record(line, header, where)
        case Finding():
            admit(line.minimal, where=where)
            _prints((line.first, line.departure, line.text, *line.as_if), where)
            _clauses((line.clause,), header, where)
            _departure(line, header, where)
            for place in line.cases:
                _place(_number(place), header.implementations, "an implementation", where)
        case Step():
            _step(line, header, where)
        case ExpectationRecord():
            _place(line.implementation, header.implementations, "an implementation", where)
            _prints((line.clause,), where)
        case Policy():
            _place(line.implementation, header.implementations, "an implementation", where)
            _clauses((line.clause,), header, where)
            _prints((line.situation, *(item.option for item in line.options)), where)
            for item in line.options:
                for case in (item.case, item.shown):
                    admit(case, where=where)
        case Difference():
            _clauses((line.clause,), header, where)
            _prints((line.id,), where)
            admit(line.case, where=where)
        case _:
            pass
    return line


def _step(line: Step, header: Header, where: str) -> None:
    admit(line.case, where=where)
    _place(line.implementation, header.implementations, "an implementation", where)
    _prints((line.first, *line.aim.made, *line.explaining), where)
    _clauses(line.asked, header, where)
    _departure(line.departure, header, where)


def _record(line: Record, header: Header, where: str) -> None:
    _place(line.implementation, header.implementations, "an implementation", where)
    _prints((line.case, line.origin, *line.taken, *line.weakly, *line.refuted), where)
    _prints((text for item in line.explained for text in item), where)
    _clauses((*line.clauses, *line.silences, *line.consulted, *(item.clause for item in line.answers)), header, where)
    _prints((text for item in line.answers for text in (item.situation, item.option)), where)
    for departure in line.departures:
        _departure(departure, header, where)
    _values(line.differences.values(), where)


def _header(header: Header, where: str) -> None:
    """What tables and titles are made of prints, and the shard is one."""
    if header.arguments.shard and parsed_part(header.arguments.shard) is None:
        raise CodecError(where, f"expected a shard such as 2/4, got {ascii(header.arguments.shard):.80}")
    arguments = header.arguments
    texts = [header.suite, arguments.clauses, arguments.shard, arguments.cases, arguments.mix]
    for item in header.implementations:
        texts += [item.label, item.name, item.version, *item.capabilities, *item.lacks, *item.unclassified]
    for clause in header.clauses:
        texts += [clause.id, clause.area, clause.tier, clause.source, clause.since, clause.until]
        texts += [clause.statement, clause.observable, clause.link, clause.restates, clause.untestable_reason]
        texts.append(clause.awaits)
    _prints(texts, where)


def _prints(texts: Iterable[str], where: str) -> None:
    wrong = [text for text in texts if not text.isprintable()]
    if wrong:
        raise CodecError(where, f"expected names that print, got {ascii(wrong[0]):.80}")


def _departure(item: Departure | Finding, header: Header, where: str) -> None:
    if not item.clauses:
        raise CodecError(where, "expected the clauses of a divergence")
    _clauses(item.clauses, header, where)
    _values((*item.expected, item.seen), where)


def _clauses(places: Iterable[int], header: Header, where: str) -> None:
    for place in places:
        _place(place, header.clauses, "a clause", where)


def _place(place: int, table: tuple[object, ...], what: str, where: str) -> None:
    if not 0 <= place < len(table):
        raise CodecError(where, f"expected the place of {what} of the header, got {place}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DEEPEST else -1


def _values(values: Iterable[object], where: str, depth: int = 0) -> None:
    """Values of facts: nothing but what :mod:`harness.model.values` says."""
    for value in values:
        if isinstance(value, tuple) and depth < _DEEPEST:
            _values(value, where, depth + 1)
        elif not (value is None or isinstance(value, bool | int | str)):
            raise CodecError(where, f"expected the value of a fact, got {type(value).__name__}")
