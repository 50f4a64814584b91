"""The programs that could show that a fact differs, the plainest first: which of them does is for others to try."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from harness.model.case import Embedded, Module, search_path
from harness.model.exceptions import widest
from harness.model.language.compound import Body, bodies
from harness.model.language.scoped import standing
from harness.model.rendering import render_program
from harness.model.source import Broken, Class, Function, Guard, Source, StarImport
from harness.model.values import Value
from reports.plain.bodies import Lines, body, indented, printed
from reports.plain.checks import Inside, check
from reports.plain.files import archives, directories, quoted, steps, texts, unmarked, written
from reports.plain.sights import Sight
from reports.plain.spelling import FIRST, Names, Text, UnsayableError
from reports.plain.ways import Way, ways
from reports.stating import allowed, told

NOTHING: Final = "no exception"
"""How a program ends that ends well."""

_SECONDS: Final = 10


class Plain(msgspec.Struct, frozen=True):
    """A program that ends with status 1 where a thing is not as expected; what it is about is told in words.

    ``control`` is the program that expects what was seen: who departs ends it with status 0. It is empty where there
    is none. ``imports`` are the lines with which it begins.
    """

    code: str
    about: str
    expected: str
    seen: str
    control: str = ""
    imports: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """How many lines of it are not empty."""
        return sum(bool(line.strip()) for line in self.code.splitlines())


class _Draft:
    """What the programs of one way have in common: names, files, and the lines of the reproducer so far."""

    def __init__(self, sight: Sight, way: Way, *, bare: bool = False) -> None:
        self.sight = sight
        self.way = way
        self.bare = bare
        self.case = sight.case
        self.names = Names(sight.case, marks=way.marks, named=way.named)
        self.tmp = self.names.free("tmp")
        self.text = Text(self.names, tmp=self.tmp)
        self.files = texts(sight.case, self.names)
        self.source = unmarked(sight.case.program, self.names)

    def inside(self, text: Text, program: str = "") -> Inside:
        """Where a check stands."""
        return Inside(text, program, self.names.free("raised"), self.names.free("caught"))

    def program(self, text: Text) -> Lines:
        """The lines of the program."""
        own = self.sight.case.program.statements
        parts = [unmarked(Source((statement,)), self.names).statements for statement in own]
        lines = [[line for statement in part for line in statement.lines(text)] for part in parts]
        done = self.sight.finished
        while done < len(own) and not own[done].may_raise:
            done += 1
        return Lines([line for part in lines[:done] for line in part], [line for part in lines[done:] for line in part])

    def path(self) -> str:
        """The line that puts the roots at the head of the search path."""
        path = f"{self.text.module('sys')}.path"
        entries = [self.text.placed(entry) for entry in search_path(self.case)] or [self.tmp]
        return f"{path}.insert(0, {entries[0]})" if len(entries) == 1 else f"{path}[:0] = [{', '.join(entries)}]"

    def told(self, lines: Sequence[str], after: Sequence[str] = (), *, path: bool = False) -> Plain:
        """The program that makes the files, puts them on the ``path``, and then does this."""
        made = list(archives(self.case, self.text, self.tmp, self.files))
        inside = directories(self.case, self.names, list(self.files))
        made += written(self.text, self.tmp, steps(inside) if self.bare else inside, self.files)
        chdir = [f"{self.text.module('os')}.chdir({self.tmp})"] if self.names.moved and path else []
        if made or chdir or any(self.tmp in line for line in lines):
            inner = self._below([*made, *chdir, *([self.path()] if path else []), *lines], after)
        else:
            inner = [*lines, *after]
        about, expected, seen = _words(self.sight, self.way)
        imports = tuple(self.text.imports())
        code = "".join(f"{line}\n" for line in [*imports, "", *inner])
        return Plain(code.lstrip("\n"), about, expected, seen, imports=imports)

    def _below(self, lines: Sequence[str], after: Sequence[str]) -> list[str]:
        """What is done in a directory that has that name, and afterwards."""
        if not self.bare:
            temporary = f"{self.text.module('tempfile')}.TemporaryDirectory()"
            return [f"with {temporary} as {self.tmp}:", *indented(lines), *after]
        os = self.text.module("os")
        return [f'{self.tmp} = f"{{__file__}}.{{{os}.urandom(4).hex()}}"', f"{os}.mkdir({self.tmp})", *lines, *after]


def programs(sight: Sight, *, bare: bool = False) -> Iterator[Plain]:
    """Programs that could show it; ``bare`` ones need little of the library, and leave their files beside them."""
    for way in ways(sight):
        for form in _forms(sight):
            with contextlib.suppress(UnsayableError):
                made = form(_Draft(sight, way, bare=bare))
                yield msgspec.structs.replace(made, control=_control(sight, way, form, bare=bare))


def _control(sight: Sight, way: Way, form: Callable[[_Draft], Plain], *, bare: bool) -> str:
    if sight.lost:
        return ""
    try:
        return form(_Draft(sight.mirrored(), way.mirrored(), bare=bare)).code
    except UnsayableError:
        return ""


def _forms(sight: Sight) -> tuple[Callable[[_Draft], Plain], ...]:
    if not isinstance(sight.case.launch, Embedded) or sight.lost:
        unread = (_unread,) if _is_unread(sight) else ()
        return unread if unread and sight.ends != ("",) else (_apart, *unread)
    every = tuple(standing(sight.case.program.statements))
    if _is_no_python(every):
        return (_module, _unread)
    return (_module, _apart) if any(isinstance(item, Guard) for item in every) else (_listed, _inline, _module, _apart)


def _is_no_python(every: Body) -> bool:
    """Whether the program is not compiled."""
    inner = (held for item in every if isinstance(item, Class | Function) for held in bodies(item))
    starred = any(isinstance(item, StarImport) for held in inner for item in standing(held))
    return starred or any(isinstance(item, Broken) for item in every)


def _is_unread(sight: Sight) -> bool:
    """Whether the program does not begin, or is not to begin."""
    outcomes = (sight.held("outcome"), *sight.allowed("outcome"))
    every = tuple(standing(sight.case.program.statements))
    return _is_no_python(every) or any(isinstance(item, tuple) and item[0] == "unbegun" for item in outcomes)


def _inline(draft: _Draft) -> Plain:
    """The program stands in the reproducer."""
    text = draft.text
    lines = body(draft.sight, draft.way, draft.inside(text), draft.program(text), capture=draft.names.free("out"))
    return draft.told(lines, path=True)


def _listed(draft: _Draft) -> Plain:
    """The program stands in the reproducer, and lists what happens in place of printing it."""
    way, printed = draft.way, draft.way.printed or ()
    told = [f"print({ascii(label)}" for label in way.marks]
    if way.printed is None or not {*printed, *way.seen} <= way.marks or _holds(draft.files.values(), told):
        raise UnsayableError
    draft.text.listing = name = draft.names.free("happened")
    lines = body(draft.sight, way, draft.inside(draft.text), draft.program(draft.text))
    made = draft.told([f"{name} = []", *lines, f"assert {name} == {ascii([*printed])}, {name}"], path=True)
    expected, seen = (", ".join(map(ascii, items)) or "nothing" for items in (printed, way.seen))
    return msgspec.structs.replace(made, about="what happens", expected=expected, seen=seen)


def _holds(texts: Iterable[str], parts: Sequence[str]) -> bool:
    return any(part in text for text in texts for part in parts)


def _module(draft: _Draft) -> Plain:
    """The program is a module, which is imported."""
    name = draft.names.free("program")
    first = "" if draft.names.roots <= 1 else FIRST
    draft.files[f"{first}{name}.py"] = render_program(draft.source, host=Text(draft.names))
    inside = draft.inside(draft.text, name)
    lines = body(draft.sight, draft.way, inside, Lines((), [f"import {name}"]), capture=draft.names.free("out"))
    return draft.told(lines, path=True)


def _apart(draft: _Draft) -> Plain:
    """The program is a file that an interpreter of its own runs, with the assertion in it."""
    text = Text(draft.names)
    lines = body(draft.sight, draft.way, draft.inside(text), draft.program(text))
    mark = [text.marked(label) for label in [draft.names.short(_label(draft))] if label in draft.names.marks]
    doc = [] if draft.source.doc is None else [ascii(draft.source.doc)]
    whole = "".join(f"{line}\n" for line in (*doc, *text.imports(), *mark, *lines))
    if draft.way.printed is None:
        return draft.told(_launched(draft, whole, "check=True"))
    ended = draft.names.free("ended")
    call = _launched(draft, whole, "capture_output=True, text=True", ended)
    return draft.told(call, [printed(draft.way, f"{ended}.stdout", ended)])


def _unread(draft: _Draft) -> Plain:
    """The program is a file that tells as it begins: it is to begin, or not to."""
    if draft.way.fact or draft.way.printed is not None:
        raise UnsayableError
    whole = render_program(draft.source, host=Text(draft.names))
    head = 0 if draft.source.doc is None else 1
    lines = whole.splitlines(keepends=True)
    whole = "".join([*lines[:head], 'print("begun")\n', *lines[head:]])
    ended = draft.names.free("ended")
    call = _launched(draft, whole, "capture_output=True", ended)
    begins = _begins(draft.sight)
    return draft.told(call, [f"assert {'' if begins else 'not '}{ended}.stdout, {ended}"])


def _begins(sight: Sight) -> bool:
    """Whether the program is to begin."""
    return any(not (isinstance(item, tuple) and item[0] == "unbegun") for item in sight.allowed("outcome")) and not (
        isinstance(sight.case.launch, Embedded) and "SyntaxError" in sight.wanted
    )


def _label(draft: _Draft) -> str:
    return "program" if isinstance(draft.case.launch, Embedded) else draft.case.launch.path


def _launched(draft: _Draft, whole: str, options: str, ended: str = "") -> list[str]:
    """The lines that write the program and let an interpreter run it."""
    text, launch, names = draft.text, draft.case.launch, draft.names
    main = f"{names.free('main')}.py" if isinstance(launch, Embedded) else names.short(launch.path)
    draft.files.pop(main, None)
    draft.files[main] = whole
    command = [f"{text.module('sys')}.executable"]
    command += ['"-m"', quoted(launch.name)] if isinstance(launch, Module) else [f"{draft.tmp} + {quoted('/' + main)}"]
    cwd = text.placed("r0") if isinstance(launch, Module) else draft.tmp
    more = [f"cwd={cwd}", *_environment(draft), options]
    more += [f"timeout={_SECONDS}"] if draft.sight.lost == "timed-out" else []
    call = f"{text.module('subprocess')}.run([{', '.join(command)}], {', '.join(more)})"
    return [f"{ended} = {call}" if ended else call]


def _environment(draft: _Draft) -> list[str]:
    """The entries of the search path that the launch itself does not give."""
    entries = search_path(draft.case)
    entries = entries if isinstance(draft.case.launch, Embedded) and draft.names.roots > 1 else entries[1:]
    if not entries:
        return []
    os = draft.text.module("os")
    joined = f" + {os}.pathsep + ".join(draft.text.placed(entry) for entry in entries)
    return [f'env={{**{os}.environ, "PYTHONPATH": {joined}}}']


def _words(sight: Sight, way: Way) -> tuple[str, str, str]:
    """What the program is about, what is expected of it and what was seen, in words."""
    if way.ending:
        open_end = "an exception" if sight.ends_well_instead else "another end"
        wanted = " or ".join(name or NOTHING for name in widest(sight.ends)) or open_end
        if any(isinstance(item, tuple) and item[0] == "unbegun" for item in sight.allowed("outcome")):
            wanted = "it does not begin"
        return "", wanted or NOTHING, _end(sight)
    if way.printed is not None:
        return "", _prints(way.printed), _prints(way.seen)
    shown = sight.of(way.fact) if way.fact != sight.fact else sight
    names = Names(sight.case)
    made = check(shown, Inside(Text(names, tmp="tmp")))
    if made.wanted:
        return made.about, made.wanted, made.seen
    expected, seen = [_placed(value, names) for value in shown.expected], _placed(shown.seen, names)
    return made.about, allowed(shown.fact, expected), told(shown.fact, seen)


def _placed(value: Value, names: Names) -> Value:
    """The value, with ``tmp`` for the directory of the reproducer."""
    if isinstance(value, str):
        return names.local(value)
    return tuple(_placed(item, names) for item in value) if isinstance(value, tuple) else value


def _prints(lines: Sequence[str]) -> str:
    return f"it prints {', '.join(lines) or 'nothing'}"


def _end(sight: Sight) -> str:
    outcome: Value = sight.held("outcome")
    if outcome in {"completed", "raised"}:
        return sight.told or NOTHING
    return told("outcome", outcome)
