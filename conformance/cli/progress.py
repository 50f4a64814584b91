"""How far a run is: a bar on a terminal, a line now and then elsewhere."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from conformance.cli.output import remark

STEPS = 4
"""How many lines there are where there is no terminal."""


class Progress:
    """Counts up to ``total`` answers, or what else they are called."""

    def __init__(self, console: Console, total: int, label: str, noun: str = "answers") -> None:
        self._console = console
        self._total = total
        self._label = label
        self._noun = noun
        self.done = 0
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = (
            Bar(*columns, console=console, transient=True) if console.is_terminal and console.file.isatty() else None
        )
        self._task = self._bar.add_task(label, total=total) if self._bar else None

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()

    def advance(self) -> None:
        """One answer more."""
        before, self.done = self.done, self.done + 1
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self.done)
        elif before * STEPS // self._total != self.done * STEPS // self._total:
            remark(f"{self._label}: {self.done:,} of {self._total:,} {self._noun}", self._console)

    def skip(self, count: int) -> None:
        """So many answers are there already."""
        self.done += count
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self.done)

    def say(self, text: str) -> None:
        """A line above the bar."""
        remark(text, self._console)
