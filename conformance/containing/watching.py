"""Cases that are mutated, let in, and run behind an audit hook that records."""

import itertools
import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from conformance.catalogue import vectors
from generators import generate
from generators.attacks import ATTACKS, HARMLESS
from generators.mutation import mutants
from harness.model.admission import is_admitted
from harness.model.case import Case, Embedded, Module, Script, every, search_path, written_tree
from harness.model.codec import encode
from harness.model.language.compound import Edit
from harness.model.rendering import render_main, render_module, render_program
from harness.model.tree import DataFile, Directory, SourceFile

_PROGRAM: Final = Path(__file__).with_name("watcher.py")
_AHEAD: Final = 16
_GENERATED: Final = 300
_OFTEN: Final = 4
_LARGEST: Final = 10_000


class Seen(msgspec.Struct, frozen=True):
    """A case that was let in, and what it did that reaches further than its tree."""

    case: Case
    escapes: tuple[str, ...]


class Watcher:
    """A process behind which cases are run, each in a child of its own; its trees are gone when it is closed."""

    def __init__(self, python: str) -> None:
        """``python`` is a CPython of version 3.8 or later."""
        self._trees = tempfile.TemporaryDirectory(prefix="watched-")
        self._top = str(Path(self._trees.name).resolve())
        command = [python, "-I", str(_PROGRAM)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._numbers = itertools.count()
        self._unread = 0

    def __enter__(self) -> Self:
        """The watcher itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the process, when nothing runs behind it."""
        while self._unread:
            self._answer()
        self._process.kill()
        self._process.communicate()
        self._trees.cleanup()

    def watch(self, cases: Iterable[Case]) -> Iterator[Seen]:
        """What each case did, in order."""
        while self._unread:
            self._answer()
        every = iter(cases)
        while batch := [*islice(every, _AHEAD)]:
            for case in batch:
                self._send(case)
            for case in batch:
                yield Seen(case, self._answer())

    def _send(self, case: Case) -> None:
        if self._process.stdin is not None:
            wire = _wire(case, f"{self._top}/tree{next(self._numbers)}")
            self._process.stdin.write(json.dumps(wire).encode() + b"\n")
            self._process.stdin.flush()
            self._unread += 1

    def _answer(self) -> tuple[str, ...]:
        self._unread -= 1
        line = self._process.stdout.readline() if self._process.stdout is not None else b""
        return tuple(json.loads(line)) if line else ("the watcher ended",)


def seeds() -> tuple[Case, ...]:
    """What cases are made of: the vectors, some that are generated, attacks, and what is close to attacks."""
    generated = islice(generate(seed=0, examples=_GENERATED), _GENERATED)
    hostile = (*ATTACKS.values(), *HARMLESS.values()) * _OFTEN
    every = (*(vector.case for vector in vectors().values()), *generated, *hostile)
    return tuple(case for case in every if _is_small(case))


def _is_small(case: Case) -> bool:
    """Whether it is worth while to mutate the case: some attacks are large, and nothing else."""
    try:
        return len(encode(case)) < _LARGEST
    except ValueError:
        return False


def watched(watcher: Watcher, cases: Sequence[Case], *, seed: int, made: list[int]) -> Iterator[Seen]:
    """What the cases that are made of these and let in do, without end; ``made`` counts those that were made, too."""
    return watcher.watch(_let_in(mutants(cases, seed), made))


def _let_in(cases: Iterable[Case], made: list[int]) -> Iterator[Case]:
    for case in cases:
        made[0] += 1
        if is_admitted(case):
            yield case


def _wire(case: Case, tree: str) -> dict[str, object]:
    """What the watcher needs of a case."""
    files, directories, archives = {}, [], {}
    main = None if isinstance(case.launch, Embedded) else case.launch.path
    for number, root in enumerate(written_tree(case).roots):
        if root.archive is None:
            directories.append(f"r{number}")
        else:
            archives[f"r{number}"] = [root.archive == "deflate", root.comment]
        for entry in root.entries:
            label = f"r{number}/{entry.path}"
            match entry:
                case Directory():
                    directories.append(label)
                case DataFile(text=text):
                    files[label] = text
                case SourceFile(source=source) if label == main:
                    files[label] = render_main(source, label, agent="none", steps=True)
                case SourceFile(source=source):
                    files[label] = render_module(source, label, steps=True)
    kind, program = "embedded", render_program(case.program, steps=True)
    match case.launch:
        case Script(path=path):
            kind, program = "script", path
        case Module(name=name):
            kind, program = "module", name
        case _:
            pass
    wire = {
        "tree": tree,
        "directories": directories,
        "files": files,
        "edited": sorted({item.place for item in every(case) if isinstance(item, Edit)}),
        "archives": archives,
        "entries": search_path(case),
    }
    return {**wire, "launch": kind, "program": program}
