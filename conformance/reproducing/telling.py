"""The first program that tells who departs from who does not."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeAlias

import msgspec

from harness.model.case import words
from harness.run import AdapterError, HarnessError, Implementation
from harness.run.launching import Runner
from reports.plain import Heading, Plain, Sight, headed, programs

DEPARTS: Final = 1
"""The exit status of a reproducer where what it shows is not as documented."""

CONFORMS: Final = 0
"""Its exit status where it is."""

_MOST: Final = 6
"""How many programs are tried at most."""

_ENOUGH: Final = 2
"""On how many that conform a program is tried."""

_NEEDS: Final = {
    "tempfile": "tempfile.TemporaryDirectory().cleanup()\n",
    "subprocess": 'subprocess.run([sys.executable, "-c", ""], check=True)\n',
}
"""What a program does beside the case with what it imports."""

_OF_OS: Final = re.compile(r"\bos(?:\.\w+)+")
"""What a program uses of that module, which is there nearly everywhere, but not all of it."""

Run: TypeAlias = Callable[[Implementation, str, Runner], int | None]
"""The exit status of a program of that text, None where it had to be ended."""

MIRRORED: Final = "the same program ends with status 0 once what is seen stands in it in place of what is expected"
"""How a program is tried where nobody at hand conforms."""

HOST: Final = "the Python that runs import-conformance ends it with status 0"
"""How it is tried where nobody else is at hand either."""


class Witness(msgspec.Struct, frozen=True):
    """Another implementation, and whether the case is as documented on it, by the very same sentences."""

    implementation: Implementation
    conforms: bool


class Reproducer(msgspec.Struct, frozen=True):
    """A program that was tried: its text, how many lines of it are code, and the plain ``program`` in it, if it is one.

    ``control`` says how else it was tried, where nobody at hand conforms.
    """

    text: str
    lines: int
    program: Plain | None = None
    control: str = ""

    @property
    def plain(self) -> bool:
        """Whether it is a program as a person would write it."""
        return self.program is not None

    @property
    def runner(self) -> Runner:
        """Who runs it."""
        return Runner.ITSELF if self.plain else Runner.ASKING

    def headed(self, heading: Heading) -> "Reproducer":
        """The same program, with that at its head."""
        text = self.text if self.program is None else headed(self.program, heading)
        return msgspec.structs.replace(self, text=text)


def reproduced(
    sight: Sight,
    heading: Heading,
    departing: Implementation,
    witnesses: Sequence[Witness],
    run: Run,
    general: str,
) -> Reproducer | None:
    """A program that tells them apart: a plain one, or else the general one if it does; None where none does."""
    asked = frozenset(name.rpartition(".")[0] for name in words(sight.case))
    trial = _Trial(departing, witnesses, run, {}, asked)
    for plain in trial.programs(sight):
        if not trial.able(plain):
            continue
        text = headed(plain, heading)
        if (control := trial.told(text, plain.control)) is not None:
            return Reproducer(text, plain.length, plain, control)
    control = trial.told(general, "", Runner.ASKING)
    return None if control is None else Reproducer(general, general.count("\n"), control=control)


class _Trial(msgspec.Struct, frozen=True):
    """Who is to be told apart from whom; ``asked`` are the modules of which the case calls functions."""

    departing: Implementation
    witnesses: Sequence[Witness]
    run: Run
    tried: dict[str, int | None]
    asked: frozenset[str]

    def programs(self, sight: Sight) -> Iterator[Plain]:
        """The programs to be tried; who cannot make a directory for a time is given one that stays."""
        yield from islice(programs(sight), _MOST)
        if not self._can("import tempfile\n"):
            yield from islice(programs(sight, bare=True), _MOST)

    def able(self, plain: Plain) -> bool:
        """Whether who departs has all that the program needs beside the case: else it ends with 1 for want of that."""
        imports = [line for line in plain.imports if line.split(" ")[1] not in self.asked]
        called = sorted(set(_OF_OS.findall(plain.code))) if "import os" in imports else []
        return self._can("".join(f"{line}\n" for line in (*imports, *called)))

    def _can(self, imports: str) -> bool:
        """Whether it can import these, and do with them what a program does beside the case."""
        text = imports + "".join(line for module, line in _NEEDS.items() if f"import {module}" in imports.splitlines())
        if text not in self.tried:
            self.tried[text] = self._status(self.departing, text, Runner.ITSELF)
        return self.tried[text] == CONFORMS

    def told(self, text: str, control: str, runner: Runner = Runner.ITSELF) -> str | None:
        """How else a program is told apart, empty where others conform; None where it does not tell."""
        if self._status(self.departing, text, runner) != DEPARTS:
            return None
        conforming = [item.implementation for item in self.witnesses if item.conforms][:_ENOUGH]
        if conforming:
            return "" if all(self._status(item, text, runner) == CONFORMS for item in conforming) else None
        if control and self._status(self.departing, control, runner) == CONFORMS:
            return MIRRORED
        others = [item.implementation for item in self.witnesses]
        other = next((item for item in others if self._status(item, text, runner) == CONFORMS), None)
        if other is not None:
            return f"{other.identity.label} ends it with status 0"
        return HOST if self._status(self.departing, text, Runner.HOST) == CONFORMS else None

    def _status(self, implementation: Implementation, text: str, runner: Runner) -> int | None:
        return status(self.run, implementation, text, runner)


def status(run: Run, implementation: Implementation, text: str, runner: Runner) -> int | None:
    """The exit status of the program there; None where it had to be ended, or cannot be started."""
    try:
        return run(implementation, text, runner)
    except (AdapterError, HarnessError):
        return None
