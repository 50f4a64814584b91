"""What is seen, as the title of a report."""

import re
from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Final

from harness.model.case import Case, Embedded, Module, Script, written_tree
from harness.model.exceptions import descends
from harness.model.language.compound import Body, Statement, bodies
from harness.model.language.scoped import standing
from harness.model.language.word import Word
from harness.model.source import FromImport, Import, Source
from reports.plain.files import unmarked
from reports.plain.programs import Plain
from reports.plain.sights import Sight
from reports.plain.spelling import Names, Text
from reports.plain.ways import ways
from reports.stating import about, allowed, told
from reports.wording import visible

LONGEST: Final = 80
"""How many characters a title has at most."""

_CUT: Final = "…"
_WORD: Final = re.compile(r"\w+")
_LEAST: Final = 16
"""So much of a statement is left at least."""

_WIDE: Final = 40
"""A statement that is longer is told more briefly, if it can be."""


_CODE: Final = re.compile(r"""b?[\['"({].*|-?\d+|None|True|False|\w+|[\w.]+(?:[\[(].*[\])])?(?:\.\w+)*""", re.DOTALL)
"""What is code where a sentence tells of it: a value, a name with what it has, a statement."""

_PLAIN: Final = frozenset({"absent", "completed", "nothing", "something"})
_SHOWS: Final = "shows "
_WORDS: Final = ("has", "raises ", "shows ", "something", "what ")
"""How what is seen begins where it is told in words and is no value."""


def titled(sight: Sight, program: Plain | None) -> str:
    """A sentence of what is seen, in which code stands between backticks; cut, where none is short enough."""
    for text in _sentences(sight, program):
        setting = _setting(sight.case, text)
        for whole in (f"{text}, {setting}", text) if setting else (text,):
            if len(whole) <= LONGEST and "\n" not in whole:
                return visible(whole)
    return shortened(visible(f"{about(sight.fact)} is {told(sight.fact, sight.seen)}"))


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
    if sight.lost or sight.begins_otherwise:
        yield f"{_launch(sight)}: {told('outcome', sight.held('outcome'))}"
    elif sight.ends_otherwise and sight.ended:
        names = [name for name in sight.wanted if name]
        wanted = " or ".join(names) + " itself" * any(descends(sight.ended, name) for name in names)
        for instead in (f", not {wanted}", "") if wanted else ("",):
            yield from _ending(sight, sight.done, f"raises {sight.ended}{instead}")
    elif sight.ends_otherwise:
        wanted = " or ".join(name for name in sight.wanted if name) or "an exception"
        yield from _ending(sight, sight.finished, f"does not raise {wanted}")
    elif program is not None and program.about:
        seen, last = _told(program), len(sight.case.program.statements) - 1
        statements = _statements(sight, last, LONGEST - len(f"``…: {seen}"))
        yield from (_giving(statement, program) or f"{statement}: {seen}" for statement in statements)
        yield seen
        yield f"{coded(program.about)}: {coded(program.seen)}"
    else:
        yield from _printed(sight)
        yield f"{about(sight.fact)} is {told(sight.fact, sight.seen)}, not {allowed(sight.fact, sight.expected)}"


def coded(text: str) -> str:
    """The text between backticks if it is code, and not words."""
    return f"`{text}`" if _CODE.fullmatch(text) and text not in _PLAIN and "`" not in text else text


def _told(program: Plain) -> str:
    """What is seen of the thing that an assertion is about, and what is not."""
    about, wanted, seen = coded(program.about), program.expected, program.seen
    if wanted.startswith("has no "):
        return f"{about}: has{wanted.removeprefix('has no')}"
    if wanted.startswith("has "):
        return f"{about}: has not{wanted.removeprefix('has')}"
    if seen.startswith(_SHOWS) and wanted.startswith(_SHOWS):
        return f"{about} {seen}, not {wanted.removeprefix(_SHOWS)}"
    return f"{about}{': ' if seen.startswith(_WORDS) else ' is '}{coded(seen)}, not {coded(wanted)}"


def _giving(statement: str, program: Plain) -> str:
    """What a statement gives that binds the very name that the assertion is about; nothing where it is another."""
    bound, told = f"`{program.about} = ", (program.seen, program.expected)
    if not statement.startswith(bound) or any(text in _PLAIN or text.startswith(_WORDS) for text in told):
        return ""
    return f"`{statement.removeprefix(bound)} gives {coded(program.seen)}, not {coded(program.expected)}"


def _ending(sight: Sight, number: int, ends: str) -> Iterator[str]:
    """That the statement of that number ends so; else it is told by what is launched, or imported before."""
    statements = tuple(_statements(sight, number, LONGEST - len(f"``… {ends}")))
    yield from (f"{statement} {ends}" for statement in statements)
    launch = _launched(sight.case)
    imports = [] if statements or launch else _lines(sight, sight.case.program.statements[:number], Import | FromImport)
    yield from (f"after `{line}` the program {ends}" for line in reversed(imports))
    yield f"{f'`{launch}`' if launch else 'the program'} {ends}"


def _statements(sight: Sight, number: int, room: int = 0) -> Iterator[str]:
    """The statement of that number, if it is a line, or else what it holds, if that is one; a long one briefly first.

    With ``room`` it is cut at last, so that no more of it is left.
    """
    own = sight.case.program.statements
    if not 0 <= number < len(own):
        return
    whole, brief = (_line(sight, own[number], brief=brief) for brief in (False, True))
    if not whole or "`" in whole:
        return
    yield from (f"`{line}`" for line in ((brief, whole) if len(whole) > _WIDE else (whole, brief)))
    yield from [f"`{brief[:room]}{_CUT}`"] * (room >= _LEAST)


def _line(sight: Sight, statement: Statement, *, brief: bool) -> str:
    """The statement, or what may raise in it, where that is one line."""
    lines = _lines(sight, (statement,), Word, brief=brief)
    if len(lines) != 1:
        lines = _lines(sight, tuple(_inner(statement)), Word, brief=brief)
    return lines[0] if len(lines) == 1 else ""


def _inner(statement: Statement) -> Iterator[Statement]:
    """What may raise of what it holds, if it holds anything."""
    yield from (
        item for item in standing((statement,)) if item is not statement and item.may_raise and not bodies(item)
    )


def _lines(sight: Sight, body: Body, kinds: type | UnionType, *, brief: bool = False) -> list[str]:
    """The lines of those statements of these kinds that stand in a body as such."""
    names = Names(sight.case)
    source = unmarked(Source(tuple(item for item in body if isinstance(item, kinds))), names)
    text = Text(names, tmp="tmp", brief=brief)
    return [line for item in source.statements for line in item.lines(text)]


def _launch(sight: Sight) -> str:
    """What is launched, or the statement that is executed last."""
    launch = _launched(sight.case)
    return f"`{launch}`" if launch else next(_statements(sight, sight.done), "the program")


def _launched(case: Case) -> str:
    match case.launch:
        case Embedded():
            return ""
        case Script(path=path):
            return f"python {path}"
        case Module(name=name):
            return f"python -m {name}"


def _printed(sight: Sight) -> Iterator[str]:
    """Which file is executed that is not to be, or is not that is to be."""
    way = next((way for way in ways(sight) if way.printed is not None), None)
    if way is None or way.printed is None:
        return
    statements = tuple(_statements(sight, len(sight.case.program.statements) - 1))
    for line in dict.fromkeys((*way.printed, *way.seen)):
        wanted, seen = way.printed.count(line), way.seen.count(line)
        if wanted != seen and line.endswith(".py"):
            yield from (f"{statement}: {_executed(line, wanted, seen)}" for statement in statements)
            yield _executed(line, wanted, seen)
    prints = f"prints {', '.join(way.seen) or 'nothing'}, not {', '.join(way.printed) or 'nothing'}"
    yield from (f"{statement}: {prints}" for statement in statements)


def _executed(file: str, wanted: int, seen: int) -> str:
    if not seen:
        return f"{file} is not executed"
    if not wanted:
        return f"{file} is executed"
    return f"{file} is executed {_times(seen)}, not {_times(wanted)}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
