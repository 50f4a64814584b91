"""What the commands say: results to standard output, progress and errors to standard error, and an exit code."""

import enum
import io
import sys
from pathlib import Path
from typing import IO, ClassVar, Final, NoReturn

import click
from rich.console import Console, RenderableType

PLAIN: Final = 110
"""How wide results are where there is no terminal."""


class Exit(enum.Enum):
    """The exit codes of the contract."""

    NOTHING_NEW = 0
    NEWS = 1
    USAGE = 2
    INCOMPLETE = 3


class CommandError(click.ClickException):
    """What the user named cannot be used: one message and a hint."""

    exit_code: ClassVar[int] = Exit.USAGE.value

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: IO[str] | None = None) -> None:
        """Write the message, and the hint below it, to standard error."""
        target = file or sys.stderr
        click.echo(f"error: {self.message}", file=target)
        if self.hint:
            click.echo(f"hint: {self.hint}", file=target)


class IncompleteError(CommandError):
    """The suite or its surroundings failed, or the run did not come to its end."""

    exit_code: ClassVar[int] = Exit.INCOMPLETE.value


def finish(code: Exit) -> NoReturn:
    """End the command with that exit code."""
    raise click.exceptions.Exit(code.value)


def say(*shown: RenderableType) -> None:
    """Write results to standard output: as wide as the terminal; elsewhere plain, no space at the ends of lines."""
    if sys.stdout.isatty():
        Console(highlight=False, markup=False, emoji=False).print(*shown, sep="\n")
        return
    console = Console(file=io.StringIO(), width=PLAIN, highlight=False, markup=False, emoji=False, color_system=None)
    with console.capture() as captured:
        console.print(*shown, sep="\n")
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def write_file(path: Path, data: bytes) -> None:
    """Write a file that the user asked for.

    Raises:
        IncompleteError: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise IncompleteError(f"{path}: cannot be written ({error.strerror})", "name another place") from error


def remarks() -> Console:
    """Where progress goes."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)
