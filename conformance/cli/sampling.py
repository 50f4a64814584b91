"""Which faults a measure is about, as a user asks for them, and how it is told."""

import errno
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from conformance.cli.output import CommandError, Exit, remark, unwritable, write, write_file
from conformance.sensitivity.drawing import sample
from conformance.sensitivity.faults import Fault
from harness.model.codec import encode


class Sampling(msgspec.Struct, frozen=True):
    """So many faults, drawn by the seed, of these modules alone if there are any; or just these faults."""

    sample: int
    seed: int
    modules: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def drawn(self, there: Sequence[Fault]) -> Sequence[Fault]:
        """Those of all faults that are asked for.

        Raises:
            CommandError: one of them is not there.
        """
        known = {fault.id: fault for fault in there}
        missing = [name for name in self.faults if name not in known]
        if missing:
            raise CommandError(f"--fault {missing[0]}: there is no such fault", "a report names each by its id")
        if self.faults:
            return [known[name] for name in self.faults]
        names = list(dict.fromkeys(fault.module for fault in there))
        strange = [name for name in self.modules if name not in names]
        if strange or not there:
            message = f"--module {' '.join(strange)}: no faults can be planted there"
            raise CommandError(message, f"there are {', '.join(names)}")
        chosen = [fault for fault in there if not self.modules or fault.module in self.modules]
        return sample(chosen, self.sample, self.seed)


class Telling(msgspec.Struct, frozen=True):
    """How a measure is told, and the per cent and the number of kills that it has to reach, if it has to."""

    floor: float | None = None
    least: int | None = None
    out: Path | None = None
    as_json: bool = False

    def ready(self) -> None:
        """What is measured for hours can be written in the end.

        Raises:
            IncompleteError: there is no such directory.
        """
        if self.out is not None and not self.out.parent.is_dir():
            raise unwritable(self.out, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))

    def told(self, measured: msgspec.Struct, lines: Iterable[str], wrong: Iterable[str]) -> Exit:
        """Write what was measured, for machines or people, and what is wrong with it; whether it is good enough."""
        data = encode(measured) + b"\n"
        if self.out is not None:
            write_file(self.out, data)
        write(data if self.as_json else "".join(f"{line}\n" for line in lines))
        complaints = list(wrong)
        for line in complaints:
            remark(line)
        return Exit.NEWS if complaints and (self.floor, self.least) != (None, None) else Exit.NOTHING_NEW
