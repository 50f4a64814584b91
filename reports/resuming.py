"""What a run file already holds of a run that is to go on."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from harness.model.codec import encode
from reports.groups import Group, Placed, grouped
from reports.merging import differences
from reports.records import Footer, Header, Line
from reports.runfile import RunFileError, read_lines
from reports.shards import numbers


class Recorded:
    """A run file that was perhaps cut, read once from its beginning.

    ``end`` is the offset after the last case of which everything is recorded, and ``tail`` what follows the cases of a
    run that came to its end; both are known when :meth:`groups` is through.
    """

    def __init__(self, path: Path, file: BinaryIO, header: Header) -> None:
        """Read the header.

        Raises:
            RunFileError: the file holds something else than the run of ``header``.
        """
        self._path = path
        self._lines = self._followed(read_lines(path, file))
        self._last: Line | None = None
        self._implementations = len(header.implementations)
        self._numbers = numbers(header.arguments.shard)
        self.tail: tuple[Line, ...] = ()
        line, self.end = next(self._lines, (None, 0))
        begun = line is not None
        if isinstance(line, Header):
            _compare(path, header, line)
        elif begun or not _begins(file, header):
            raise RunFileError(path, "expected a run file, which begins with a header line")

    def groups(self) -> Iterator[Group]:
        """The cases of which everything is recorded, up to the first that lacks something or tells of a fault.

        Where a run was interrupted, a case whose repetitions were cut short may lack, and later ones be told.

        Raises:
            RunFileError: who was judged changed meanwhile, so that nothing can be added.
        """
        for group in grouped(self._lines):
            if group.number > next(self._numbers) or not group.settled(self._implementations):
                return
            self.end = group.end
            yield group
        last = self._last
        if last is None or isinstance(last, Header):
            return
        rest = (last, *(line for line, _ in self._lines))
        if isinstance(rest[-1], Footer) and rest[-1].changed:
            raise RunFileError(self._path, f"expected one subject in all of the run: {'; '.join(rest[-1].changed)}")
        if isinstance(rest[-1], Footer) and rest[-1].accounted and not rest[-1].interrupted:
            self.tail = rest

    def _followed(self, lines: Iterator[Placed]) -> Iterator[Placed]:
        """The lines up to the first that is malformed; the last one taken is remembered."""
        try:
            for line, end in lines:
                self._last = line
                yield line, end
        except RunFileError:
            if self._last is None:
                raise


def _compare(path: Path, header: Header, found: Header) -> None:
    for difference in differences(header, found):
        raise RunFileError(path, f"expected the same run: {difference}")
    shard = found.arguments.shard
    if shard != header.arguments.shard:
        expected = header.arguments.shard or "the whole"
        raise RunFileError(path, f"expected the same run: its shard is {shard or 'the whole'}, expected {expected}")


def _begins(file: BinaryIO, header: Header) -> bool:
    """Whether the file is the beginning of a header line that was cut."""
    file.seek(0)
    line = encode(header)
    data = file.read(len(line) + 1)
    return line.startswith(data) and b"\n" not in data
