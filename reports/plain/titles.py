"""What is seen, as the title of a report."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from harness.model.case import Case, Embedded, Module, Script, written_tree
from harness.model.source import Source
from reports.plain.files import unmarked
from reports.plain.programs import Plain
from reports.plain.sights import Sight
from reports.plain.spelling import Names, Text
from reports.plain.ways import ways
from reports.stating import about
from reports.wording import phrase, visible

LONGEST: Final = 80
"""How many characters a title has at most."""

_CUT: Final = "…"
_WORD: Final = re.compile(r"\w+")
_SHOWS: Final = "shows "
_WORDS: Final = ("something", "what ")
"""How what is seen begins where it is told in words and is no value."""


def titled(sight: Sight, program: Plain | None, clause: str = "") -> str:
    """A sentence of what is seen; the id of the clause and what is seen, where none is short enough."""
    for text in _sentences(sight, program):
        setting = _setting(sight.case, text)
        for whole in (f"{text}, {setting}", text) if setting else (text,):
            if len(whole) <= LONGEST and "\n" not in whole:
                return visible(whole)
    seen = program.seen if program else phrase(sight.seen)
    return shortened(visible(f"{clause or about(sight.fact)}: {seen}"))


def shortened(text: str) -> str:
    """The text, cut where a title ends."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + _CUT


def _setting(case: Case, text: str) -> str:
    """What of the tree is out of the ordinary, of what the text says: bytecode, a namespace package, archives."""
    roots = written_tree(case).roots
    paths = [entry.path for root in roots for entry in root.entries]
    compiled = [f"with {path}" for path in paths if path.endswith(".pyc")]
    said = set(_WORD.findall(text))
    namespaces = [f"with {name} a namespace package" for name in _namespaces(paths) if name in said]
    packed = "in a zip archive" if len(roots) == 1 else "in zip archives"
    return " ".join([*[*compiled, *namespaces][:1], *[packed] * (bool(roots) and all(root.archive for root in roots))])


def _namespaces(paths: Sequence[str]) -> Iterator[str]:
    """The directories directly below roots that are neither packages nor beside modules of their name."""
    for name in dict.fromkeys(path.partition("/")[0] for path in paths if "/" in path):
        if not any(path.startswith((f"{name}/__init__.", f"{name}.")) for path in paths):
            yield name


def _sentences(sight: Sight, program: Plain | None) -> Iterator[str]:
    """What could be said, the best first."""
    outcome = sight.held("outcome")
    if sight.lost or sight.begins_otherwise:
        yield f"{_launch(sight)}: {phrase(outcome)}"
    elif sight.ends_otherwise and sight.ended:
        wanted = " or ".join(name for name in sight.wanted if name)
        instead = f", not {wanted}" if wanted else ""
        yield from _with(_statement(sight, sight.done), f"raises {sight.ended}{instead}", " ")
    elif sight.ends_otherwise:
        wanted = " or ".join(name for name in sight.wanted if name) or "an exception"
        yield from _with(_statement(sight, sight.finished), f"does not raise {wanted}", " ")
    elif program is not None and program.about:
        told = _told(program)
        yield from _with(_statement(sight, len(sight.case.program.statements) - 1), told)
        yield told
        yield f"{program.about}: {program.seen}"
    else:
        yield from _printed(sight)


def _told(program: Plain) -> str:
    """What is seen of the thing that an assertion is about, and what is not."""
    about, wanted, seen = program.about, program.expected, program.seen
    if wanted.startswith("has no "):
        return f"{about}: has{wanted.removeprefix('has no')}"
    if wanted.startswith("has "):
        return f"{about}: has not{wanted.removeprefix('has')}"
    if seen.startswith(_SHOWS) and wanted.startswith(_SHOWS):
        return f"{about} {seen}, not {wanted.removeprefix(_SHOWS)}"
    return f"{about}{': ' if seen.startswith(_WORDS) else ' is '}{seen}, not {wanted}"


def _with(statement: str, told: str, joint: str = ": ") -> Iterator[str]:
    """That of the statement, where it is a line."""
    if statement:
        yield f"{statement}{joint}{told}"
    if joint == " ":
        yield f"the program {told}"


def _statement(sight: Sight, number: int) -> str:
    """The statement of that number, if it is one line, else nothing."""
    own = sight.case.program.statements
    if not 0 <= number < len(own):
        return ""
    names = Names(sight.case)
    parts = unmarked(Source((own[number],)), names).statements
    lines = [line for part in parts for line in part.lines(Text(names, tmp="tmp"))]
    return lines[0] if len(lines) == 1 else ""


def _launch(sight: Sight) -> str:
    match sight.case.launch:
        case Embedded():
            return _statement(sight, sight.done) or "the program"
        case Script(path=path):
            return f"python {path}"
        case Module(name=name):
            return f"python -m {name}"


def _printed(sight: Sight) -> Iterator[str]:
    """Which file is executed that is not to be, or is not that is to be."""
    way = next((way for way in ways(sight) if way.printed is not None), None)
    if way is None or way.printed is None:
        return
    statement = _statement(sight, len(sight.case.program.statements) - 1)
    for line in dict.fromkeys((*way.printed, *way.seen)):
        wanted, seen = way.printed.count(line), way.seen.count(line)
        if wanted != seen and line.endswith(".py"):
            yield from _with(statement, _executed(line, wanted, seen))
            yield _executed(line, wanted, seen)
    yield from _with(statement, f"prints {', '.join(way.seen) or 'nothing'}, not {', '.join(way.printed) or 'nothing'}")


def _executed(file: str, wanted: int, seen: int) -> str:
    if not seen:
        return f"{file} is not executed"
    if not wanted:
        return f"{file} is executed"
    return f"{file} is executed {_times(seen)}, not {_times(wanted)}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
