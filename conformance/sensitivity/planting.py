"""Interpreters with a fault in them."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from conformance.sensitivity.faults import Fault, mutated
from conformance.sensitivity.originals import Original
from conformance.sensitivity.overlays import laid
from conformance.sensitivity.plans import ALL, LIVING, STARTED, bound, plan
from harness.run import AdapterError
from harness.run.scratch import refused

__all__ = ["UnmadeError", "kept", "planted"]

_SUBJECTS: Final = Path(__file__).parent / "subjects"
_ENCODINGS: Final = "encodings/__init__.py"
_SECONDS: Final = 60.0


class UnmadeError(AdapterError):
    """An interpreter with that fault cannot even be made."""


@contextmanager
def planted(original: Original, fault: Fault | None, directory: Path) -> Iterator[tuple[str, ...]]:
    """The command of an interpreter like the ``original``, but for the ``fault``: None is one that has none.

    It has a prefix of its own below ``directory``, of which nothing is left in the end; the installation of the
    original is read, never written. Whatever it runs, with or without ``-I``, ``-S`` and ``-E``, has the fault, and so
    have the processes it forks. Whether it starts at all is for who runs it to find out.

    Raises:
        UnmadeError: the original does not compile what it is to be given.
        AdapterError: the directory cannot be written.
    """
    prefix = Path(tempfile.mkdtemp(prefix="faulty-", dir=directory)).resolve()
    try:
        try:
            executable = _made(original, fault, prefix / "usr")
        except OSError as error:
            raise refused(str(directory), error) from error
        yield (str(executable),)
    finally:
        shutil.rmtree(prefix)


def kept(original: Original, fault: Fault, directory: Path) -> Path:
    """The file of such an interpreter, whose prefix ``directory`` becomes, to stay until somebody deletes it.

    It needs the original where that is. Which fault it is stands in ``fault.txt``, with the text before and after.

    Raises:
        UnmadeError: the original does not compile what it is to be given.
        AdapterError: the directory is there and not empty, or cannot be written.
    """
    try:
        if directory.exists():
            directory.rmdir()
        command = _made(original, fault, directory.resolve())
        (directory / "fault.txt").write_text(f"{fault.id}\n\n{fault.before}\n\n{fault.after}\n", "utf-8")
    except OSError as error:
        raise refused(str(directory), error) from error
    return command


def _made(original: Original, fault: Fault | None, prefix: Path) -> Path:
    changed = _changed(original, fault)
    files = {_file(module): source for module, source in changed.items() if module not in LIVING}
    executable, library = laid(original, (_ENCODINGS, *files), prefix)
    beginning = {
        module: tuple(bound(changed.get(module) or original.source(module)))
        for module in (STARTED if any(module in changed for module in STARTED) else ())
    }
    steps: list[tuple[object, ...]] = []
    for module, source in changed.items():
        if module in LIVING:
            whole = str(original.sources[module])
            how = plan(original.source(module), fault) if fault else ALL
            steps.append(("graft", whole, source, LIVING[module], *how, beginning.get(module)))
        elif module in original.frozen:
            steps.append(("freeze", module, source))
    if beginning:
        steps.append(("again", {LIVING[module]: names for module, names in beginning.items()}))
    program = (_SUBJECTS / "starting.py").read_text("utf-8")
    prelude = (str(library / _ENCODINGS), program, str(original.library / _ENCODINGS))
    _prepare(original, ([(str(library / path), text) for path, text in files.items()], prelude, steps))
    return executable


def _changed(original: Original, fault: Fault | None) -> dict[str, str]:
    """The modules that are planted, and their sources: with no fault all of them, as they are."""
    if fault is None:
        return {module: original.source(module) for module in original.sources}
    return {fault.module: mutated(original.source(fault.module), fault)}


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def _prepare(original: Original, work: object) -> None:
    words = (str(original.executable), "-B", "-I", "-S", str(_SUBJECTS / "preparing.py"))
    try:
        subprocess.run(words, input=ascii(work).encode(), capture_output=True, check=True, timeout=_SECONDS)
    except subprocess.CalledProcessError as error:
        (last,) = error.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ("",)
        kind = AdapterError if last.startswith("OSError") else UnmadeError
        raise kind(str(original.executable), f"expected it to compile a fault: {last}") from error
    except subprocess.TimeoutExpired as error:
        raise AdapterError(str(original.executable), f"expected it to compile a fault within {_SECONDS:g} s") from error
