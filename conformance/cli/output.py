"""What the commands say: results to standard output, progress and errors to standard error, and an exit code."""

import enum
import sys
from typing import IO, ClassVar, NoReturn

import click
from rich.console import Console


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


def results() -> Console:
    """Where results go; as wide as the terminal, and without a terminal as wide as they need."""
    return Console(width=None if sys.stdout.isatty() else 160, soft_wrap=False, highlight=False)


def remarks() -> Console:
    """Where progress goes."""
    return Console(stderr=True, highlight=False)
