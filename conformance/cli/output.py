"""What the commands say: results to standard output, progress and errors to standard error, and an exit code."""

import contextlib
import enum
import io
import os
import shutil
import signal
import sys
import textwrap
import threading
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import IO, ClassVar, Final, Literal, NoReturn, cast

import click
from rich.console import Console, RenderableType

from conformance.catalogue import CatalogueError
from conformance.cli.signals import ASKING, signalled
from conformance.cli.streams import Forgiving, attach, silence
from harness.run import HarnessError
from reports.wording import visible

UNWRAPPED: Final = 10_000
"""How wide results are where there is no terminal: wider than anything that is shown."""

_DIGITS: Final = 6
_WIDTH: Final = 80
"""How wide a terminal is that does not say so."""

_SETTLED: Final = threading.Event()
"""Set once a command has ended, however it did."""


class Exit(enum.Enum):
    """The exit codes of the contract."""

    NOTHING_NEW = 0
    NEWS = 1
    USAGE = 2
    INCOMPLETE = 3


class CommandError(click.ClickException):
    """What the user named cannot be used: one message and a hint, and between them what its process said, if it did."""

    exit_code: ClassVar[int] = Exit.USAGE.value

    def __init__(self, message: str, hint: str = "", said: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.said = said

    def show(self, file: IO[str] | None = None) -> None:
        """Write the message, and the hint below it, to standard error."""
        target = remarks(file)
        remark(f"error: {self.message}", target)
        for line in self.said.splitlines():
            remark(f"    {visible(line)}", target)
        if self.hint:
            remark(f"hint: {self.hint}", target)


class IncompleteError(CommandError):
    """The suite or its surroundings failed, or the run did not come to its end."""

    exit_code: ClassVar[int] = Exit.INCOMPLETE.value


def finish(code: Exit) -> NoReturn:
    """End the command with that exit code."""
    raise click.exceptions.Exit(code.value)


def say(*shown: RenderableType) -> None:
    """Show results on standard output: as wide as the terminal, or as COLUMNS says; elsewhere no line is wrapped.

    Colours are for terminals, unless FORCE_COLOR is set; with NO_COLOR there are none.
    """
    if sys.stdout.isatty():
        with _written():
            width, height = _room(sys.stdout), shutil.get_terminal_size().lines  # without, some have 80 columns
            Console(highlight=False, markup=False, emoji=False, width=width, height=height).print(
                *shown, sep="\n", crop=False
            )
        return
    console = _apart(os.environ)
    with console.capture() as captured:
        console.print(*shown, sep="\n", crop=False)
    write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _apart(environment: Mapping[str, str]) -> Console:
    """What lays out results that no terminal shows."""
    width = _columns(environment) or UNWRAPPED
    system: Literal["standard"] | None = "standard" if environment.get("FORCE_COLOR") else None
    return Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, color_system=system,
        force_terminal=bool(system),
    )  # fmt: skip


def _columns(environment: Mapping[str, str]) -> int | None:
    """How wide results are to be, where somebody says so."""
    columns = environment.get("COLUMNS", "")
    return (int(columns) if columns.isdecimal() and 0 < len(columns) < _DIGITS else 0) or None


def _room(file: IO[str]) -> int:
    """How wide a terminal is, or as COLUMNS says."""
    width = _columns(os.environ)
    if not width:
        with contextlib.suppress(OSError, ValueError):
            width = os.get_terminal_size(file.fileno()).columns
    return width or _WIDTH


def write(data: str | bytes) -> None:
    """Write results to standard output as they are.

    Raises:
        IncompleteError: they cannot be written, though somebody reads.
    """
    with _written():
        click.echo(data, nl=False, color=True)  # what has colours has them because somebody wants them


@contextlib.contextmanager
def _written() -> Iterator[None]:
    """What nobody reads to its end was written; what else goes wrong is told."""
    try:
        yield
    except BrokenPipeError:
        silence(sys.stdout)
    except OSError as error:
        silence(sys.stdout)
        raise unwritten(error) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file that the user asked for.

    Raises:
        IncompleteError: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> IncompleteError:
    """What to say of a file that the user asked for and that cannot be written."""
    return IncompleteError(f"{path}: cannot be written ({error.strerror})", "name another place")


def remarks(file: IO[str] | None = None) -> Console:
    """Where progress goes, to standard error unless it is to go elsewhere; what nobody can read is not said."""
    target = file or _listener()
    width = _room(target) if "COLUMNS" in os.environ else None  # of no columns nothing is shown
    return Console(file=target, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True)


def remark(text: str, console: Console | None = None) -> None:
    """Say it where progress goes: at a terminal in lines that end between words, elsewhere unwrapped."""
    target = console or remarks()
    lines = text.split("\n")
    if target.file.isatty():
        width = _room(target.file)
        lines = [part for line in lines for part in _wrapped(line, width)]
    target.print("\n".join(lines), soft_wrap=True)


def _wrapped(line: str, width: int) -> list[str]:
    """The line as lines that are no wider, where no word of them is."""
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [""]  # fmt: skip


def _listener() -> IO[str]:
    return cast("IO[str]", Forgiving(sys.stderr))


def _end(_number: int, _frame: FrameType | None) -> None:
    """Everything ends at once, tidily."""
    raise KeyboardInterrupt


def _outside(number: int, _frame: FrameType | None) -> None:
    """Before a command has begun a signal ends the program; once it has ended none changes how it did."""
    if not _SETTLED.is_set():
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)


def program(command: click.Command, name: str) -> None:
    """Run a command line as a program of that name; what cannot be written of its help is told like anything else.

    A signal that comes when the command has ended changes its exit code no more, however late.
    """
    if not attach():
        remark("standard output is closed: results are not shown")
    for number in ASKING:
        signal.signal(number, _outside)
    try:
        command(prog_name=name)
    except OSError as error:
        silence(sys.stdout)
        unwritten(error).show()
        sys.exit(Exit.INCOMPLETE.value)
    finally:
        for number in ASKING:
            signal.signal(number, signal.SIG_IGN)  # handlers are gone before the process is


def unwritten(error: OSError) -> IncompleteError:
    """What to say of results that cannot be written to standard output."""
    return IncompleteError(f"standard output cannot be written ({error.strerror})", "name another place")


def guarded(command: click.Command) -> click.Command:
    """The command, whose failures end with the exit code of the contract: a fault of the suite is no divergence."""
    inner = command.callback

    def call(*arguments: object, **options: object) -> None:
        _SETTLED.clear()
        try:
            with signalled(_end):
                if inner is not None:
                    inner(*arguments, **options)
        except KeyboardInterrupt as error:
            raise IncompleteError("interrupted") from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except (CatalogueError, HarnessError) as error:
            raise IncompleteError(f"fault of the suite: {error}", "please report it") from error
        except Exception as error:  # the one boundary of the command line
            _listener().write(traceback.format_exc())
            message = f"fault of the suite: {type(error).__name__}: {error}"
            raise IncompleteError(message, "please report it, with the lines above") from error
        finally:
            _SETTLED.set()

    command.callback = call
    return command
