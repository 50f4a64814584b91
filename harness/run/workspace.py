"""The scratch directory, and the trees written to it."""

import contextlib
import itertools
import marshal
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeAlias, assert_never

import msgspec

from harness.agent import AGENT
from harness.model.case import Case, Embedded, Module, called, edits, scope, written_tree
from harness.model.rendering import render_main, render_module
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile
from harness.run.archiving import archived, needed
from harness.run.errors import HarnessError
from harness.run.leftovers import end_marked
from harness.run.scratch import MEMORY, made, tree_refused

__all__ = ["Placed", "Workspace"]

_TIME: Final = (1_577_836_800, 1_577_836_800)


class Placed(msgspec.Struct, frozen=True):
    """A case whose tree lies in ``directory`` (absolute, links resolved).

    ``names`` is the scope of the case, ``functions`` are those of the library that it calls, or needs.
    """

    case: Case
    directory: str
    names: tuple[str, ...]
    functions: tuple[str, ...] = ()


Entries: TypeAlias = dict[str, tuple[int, int, int]]
"""Mode, size and modification time (in nanoseconds) of what a tree is made of, by path in it."""


class Workspace:
    """A private scratch directory that is gone when it is closed, with every process that belongs to it.

    Trees lie in it once each: cases that share a tree and an embedded launch share the directory.
    """

    def __init__(self, base: Path | None = None) -> None:
        """Make the directory in ``base``; without one in memory, or where temporary files go if that cannot be.

        Raises:
            AdapterError: nothing can be written there.
        """
        self.path, self._locked = made([base] if base is not None else _bases())
        self._placed: dict[bytes, str] = {}
        self._keys: dict[str, bytes] = {}
        self._written: dict[str, Entries] = {}
        self._numbers = itertools.count(1)
        self._finalizer = weakref.finalize(self, _removed, self.path, self._locked)

    def __enter__(self) -> Self:
        """The workspace itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def place(self, case: Case, *, alone: bool = False) -> Placed:
        """Write the tree of ``case``, unless it lies there already; ``alone`` in a directory it shares with no case.

        A case that edits its tree is always alone, and asked once there.

        Raises:
            TreeRefusedError: the file system takes no such name or link.
            AdapterError: there is no room for it.
        """
        alone = alone or edits(case)
        key = b"" if alone else _key(case)
        directory = self._placed.get(key)
        if directory is None:
            directory = str(self.fresh("tree"))
            try:
                _write(case, directory)
                self._written[directory] = _entries(directory)
            except (OSError, UnicodeError) as error:
                _remove(directory)
                raise tree_refused(error) from error
            if not alone:
                self._placed[key] = directory
                self._keys[directory] = key
        return Placed(case, directory, scope(case), (*called(case), *needed(case.tree)))

    def intact(self, placed: Placed) -> bool:
        """Whether the tree is as it was written: no entry more or less, none changed."""
        try:
            return _entries(placed.directory) == self._written[placed.directory]
        except OSError:
            return False

    def discard(self, placed: Iterable[Placed]) -> None:
        """Remove the trees of these cases, which no subject uses any more; several threads may place and discard."""
        gone = {item.directory for item in placed}
        for directory in gone:
            _remove(directory)
            self._written.pop(directory, None)
            self._placed.pop(self._keys.pop(directory, b""), None)

    def fresh(self, kind: str) -> Path:
        """A path in the workspace at which nothing lies yet; several threads may ask at once."""
        return self.path / f"{kind}{next(self._numbers)}"

    def close(self) -> None:
        """Remove the directory and all that lies in it; what an interruption leaves goes when the process ends."""
        if self._finalizer.alive:
            _removed(self.path, self._locked)
            self._finalizer.detach()
        if self.path.exists():
            message = f"{self.path}: the scratch directory could not be removed"
            raise HarnessError(message)


def _bases() -> list[Path]:
    """Where scratch directories can be: in memory, and where temporary files go, if they can go anywhere."""
    try:
        return [MEMORY, Path(tempfile.gettempdir())]
    except OSError:
        return [MEMORY]


def _removed(path: Path, locked: int) -> None:
    end_marked(path)
    _remove(path)
    os.close(locked)


def _remove(path: str | Path) -> None:
    """Remove a directory, even where what ran in it took permissions away."""
    shutil.rmtree(path, ignore_errors=True)
    if os.path.lexists(path):
        for inner, _, _ in os.walk(path):
            with contextlib.suppress(OSError):
                os.chmod(inner, 0o700)  # noqa: PTH101 - of a directory of ours, links are not followed by walk
        shutil.rmtree(path, ignore_errors=True)


def _entries(directory: str) -> Entries:
    """What lies in a tree."""
    found: Entries = {}
    waiting = [directory]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                state = entry.stat(follow_symlinks=False)
                found[entry.path] = (state.st_mode, state.st_size, state.st_mtime_ns)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
    return found


def _key(case: Case) -> bytes:
    launch = None if isinstance(case.launch, Embedded) else case.launch
    return marshal.dumps(msgspec.to_builtins((written_tree(case), launch)), 2)


def _write(case: Case, directory: str) -> None:
    """Write every root; afterwards every file and directory has the same modification time."""
    made: dict[str, None] = {}
    main = None if isinstance(case.launch, Embedded) else case.launch.path
    Path(directory).mkdir()
    for index, root in enumerate(written_tree(case).roots):
        if root.archive is not None:
            _file(f"{directory}/r{index}", archived(root, _members(case, index, root)))
            continue
        _directory(f"{directory}/r{index}", made, directory)
        for entry in root.entries:
            label = f"r{index}/{entry.path}"
            path = f"{directory}/{label}"
            content = _content(entry, label, case, main)
            _directory(path if content is None else path.rpartition("/")[0], made, directory)
            if content is not None:
                _file(path, content)
    for path in made:
        os.utime(path, _TIME)


def _members(case: Case, index: int, root: Root) -> dict[str, bytes | None]:
    """What lies in an archive: no program does, and no module of it is run by ``-m``."""
    return {entry.path: _content(entry, f"r{index}/{entry.path}", case, None) for entry in root.entries}


def _directory(path: str, made: dict[str, None], top: str) -> None:
    if path in made or path == top:
        return
    _directory(path.rpartition("/")[0], made, top)
    Path(path).mkdir()
    made[path] = None


def _file(path: str, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        os.utime(descriptor, _TIME)
    finally:
        os.close(descriptor)


def _content(entry: Entry, label: str, case: Case, main: str | None) -> bytes | None:
    """What lies in the file of an entry, None for a directory."""
    match entry:
        case Directory():
            return None
        case DataFile(text=text):
            return _encoded(text)
        case SourceFile(source=source):
            if label == main:
                return _encoded(render_main(source, label, agent=str(AGENT), steps=True))
            if isinstance(case.launch, Module) and _runs_before(entry.path, case.launch.name):
                return _encoded(render_module(source, label, agent=str(AGENT), steps=True))
            return _encoded(render_module(source, label, steps=True))
        case _:
            assert_never(entry)


def _runs_before(path: str, name: str) -> bool:
    """Whether ``-m name`` can execute the file before the program: it belongs to the package that ``name`` lies in."""
    return path.partition("/")[0].removesuffix(".py") == name.partition(".")[0]


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
