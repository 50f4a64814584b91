"""A case from a directory of Python files, as far as the language of cases can say it.

A directory with subdirectories ``r0``, ``r1``, … holds the roots of a tree; any other is one root. The program is
``program.py`` beside the roots, or a file in one of them, which is then run as a script: ``main.py`` is such a one.
"""

import re
import sys
import tokenize
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from harness.model.admission import LARGEST, admit, refusals
from harness.model.case import Case, Embedded, Module, Script
from harness.model.codec import CodecError
from harness.model.language.binding import Alias, Import
from harness.model.language.compound import Body, Guard, Statement, bodies, holding, statements
from harness.model.language.from_import import FromImport
from harness.model.language.spelling import Plain
from harness.model.parsing import Parsed, parse
from harness.model.permitted import is_name
from harness.model.rendering import UP
from harness.model.source import Source
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile, Tree

PROGRAM: Final = "program.py"
"""The name of the program that lies beside the roots."""

SCRIPTS: Final = ("main.py", PROGRAM)
"""What a program is called that lies in the first root."""

MOST: Final = 1000
"""How many files and directories are read."""

DEEPEST: Final = 50
"""How many directories may lie in one another."""

_NOWHERE: Final = "there is no such directory"
_LEFT_ALONE: Final = "__pycache__"
_ROOT: Final = re.compile(r"r\d+")

_BESIDE: Final = f"expected it in one of r0, r1, ... without a gap, or as the program: name it, or call it {PROGRAM}"
_NO_MAIN: Final = "a program that lies in no path entry has another name than __main__: put its file into one"
_WITHIN: Final = "expected what is needed of the library to be imported at the top of the file: move the line there"
_UNUSED: Final = "nothing that a case can say refers to this module of the library: leave the line out"


class DirectoryError(ValueError):
    """A directory that holds no case at all. ``where`` names it, ``reason`` what was expected."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason


class Unsaid(NamedTuple):
    """What cannot be said: the file, the line (0: all of it), what stands there, and why if that is not plain."""

    file: str
    line: int
    text: str
    reason: str = ""


class Made(NamedTuple):
    """What can be said, and what cannot."""

    case: Case
    unsaid: tuple[Unsaid, ...]


def from_directory(
    directory: Path, program: Path | None = None, roots: Sequence[str] = (), *, module: str = ""
) -> Made:
    """The case of a directory, whose ``roots`` are those subdirectories if any are named.

    The program may be a ``module`` that is run. Where there is none, it imports one module after the other.

    Raises:
        DirectoryError: it, its program or one of its roots cannot be read, or it is too large; there is no such module.
    """
    try:
        found = _roots(directory, roots)
        if module:
            program = _file(found, module)
        elif program is None:
            program = _program(directory, found)
        return _Directory(directory, program, found, module).made()
    except OSError as error:
        raise DirectoryError(str(error.filename or directory), f"cannot be read ({error.strerror})") from error


def _program(directory: Path, roots: tuple[Path, ...]) -> Path | None:
    """What is the program by its name."""
    beside = [] if directory in roots else [directory / PROGRAM]
    return next((file for file in (*beside, *(roots[0] / name for name in SCRIPTS)) if file.is_file()), None)


def _file(roots: tuple[Path, ...], module: str) -> Path:
    """The file that ``-m`` runs: in the first root that has it."""
    parts = module.split(".")
    if not all(map(is_name, parts)):
        raise DirectoryError(module, "expected the name of a module")
    inner = Path(*parts)
    names = inner / "__main__.py", inner.with_name(f"{inner.name}.py")
    found = [root / name for root in roots for name in names if (root / name).is_file()]
    if found:
        return found[0]
    if not any((root / inner).is_dir() for root in roots):
        raise DirectoryError(module, f"there is no such module: expected {names[1]} or {names[0]} in a path entry")
    regular = any((root / inner / "__init__.py").is_file() for root in roots)
    kind = "package" if regular else "namespace package"
    raise DirectoryError(module, f"a {kind} is run by its __main__ module: expected {names[0]}")


def _roots(directory: Path, named: Sequence[str]) -> tuple[Path, ...]:
    if named:
        for name in named:
            if not (directory / name).is_dir():
                reason = "expected a directory" if (directory / name).exists() else _NOWHERE
                raise DirectoryError(str(directory / name), reason)
        return tuple(directory / name for name in named)
    if not directory.is_dir():
        raise DirectoryError(str(directory), "expected a directory" if directory.exists() else _NOWHERE)
    numbered: list[Path] = []
    while (directory / f"r{len(numbered)}").is_dir():
        numbered.append(directory / f"r{len(numbered)}")
    last = directory / f"r{len(numbered)}"
    if last.is_file() and zipfile.is_zipfile(last):
        raise DirectoryError(str(last), "expected a directory: what lies in an archive is not read")
    return tuple(numbered) or (directory,)


class _Directory:
    """A directory that is read."""

    def __init__(self, directory: Path, program: Path | None, roots: tuple[Path, ...], module: str) -> None:
        self._directory = directory
        self._module = module
        self._program = program
        self._roots = roots
        self._unsaid: list[Unsaid] = []
        self._parsed: dict[str, Parsed] = {}
        self._count = 0

    def made(self) -> Made:
        """Its case."""
        tree = Tree(tuple(Root(tuple(self._entries(root, root))) for root in self._roots))
        self._unsaid += [Unsaid(str(item), 0, "", _BESIDE) for item in self._beside()]
        case = self._launched(tree)
        left_out = self._refused(case)
        case = _without(case, left_out)
        if not self._unsaid:
            self._admit(str(self._directory), case)
        return Made(case, tuple(_once(self._unsaid)))

    def _beside(self) -> Iterator[Path]:
        """What looks like a part of the case, but lies beside the path entries that were found."""
        if self._roots[0] == self._directory / "r0":
            for item in sorted({*self._directory.iterdir()}.difference(self._roots)):
                ran = item.name == PROGRAM or (self._program is not None and item.samefile(self._program))
                if (item.is_file() and item.suffix == ".py" and not ran) or _ROOT.fullmatch(item.name):
                    yield item

    def _admit(self, place: str, case: Case) -> bool:
        """Whether the case is let in; if not, that is said of that place."""
        try:
            admit(case)
        except CodecError as error:
            self._unsaid.append(Unsaid(place, 0, "", error.reason))
            return False
        return True

    def _entries(self, directory: Path, root: Path) -> Iterator[Entry]:
        """What lies in a directory, in the order of names."""
        found = sorted(item for item in directory.iterdir() if item.name != _LEFT_ALONE)
        if not found and directory != root:
            yield Directory(directory.relative_to(root).as_posix())
        for item in found:
            self._count += 1
            if self._count > MOST:
                raise DirectoryError(str(self._directory), f"expected at most {MOST:,} files and directories")
            if item.is_symlink() or not (item.is_dir() or item.is_file()):
                self._unsaid.append(Unsaid(str(item), 0, "", "expected a file or a directory"))
            elif len(item.relative_to(root).parts) > DEEPEST:
                self._unsaid.append(Unsaid(str(item), 0, "", f"expected at most {DEEPEST} directories in one another"))
            elif item.is_dir():
                yield from self._entries(item, root)
            elif self._program is None or not item.samefile(self._program):
                yield from self._entry(item, item.relative_to(root).as_posix())

    def _let_in(self, file: Path, entry: Entry) -> bool:
        """Whether a file may lie there."""
        try:
            alone = Case(Tree((Root((entry,)),)), Source())
        except ValueError as error:
            self._unsaid.append(Unsaid(str(file), 0, "", str(error)))
            return False
        return self._admit(str(file), alone)

    def _entry(self, file: Path, path: str) -> Iterator[Entry]:
        if not self._let_in(file, SourceFile(path)):
            return
        if path.endswith(".py"):
            yield SourceFile(path, self._source(file))
            return
        text = self._text(file, "utf-8")
        if text is not None and self._let_in(file, data := DataFile(path, text)):
            yield data

    def _source(self, file: Path) -> Source:
        """What a file of Python says."""
        with file.open("rb") as opened:
            try:
                encoding, _ = tokenize.detect_encoding(lambda: opened.readline(LARGEST))
            except SyntaxError:
                encoding = "unknown"
        if encoding not in {"utf-8", "utf-8-sig"}:
            self._unsaid.append(Unsaid(str(file), 1, "", f"expected utf-8, got encoding {encoding}"))
            return Source()
        text = self._text(file, encoding)
        if text is None:
            return Source()
        found = self._parsed[str(file)] = parse(text, directory=UP if self._module else "")
        self._unsaid += [Unsaid(str(file), problem.number, problem.text) for problem in found.problems]
        return found.source

    def _text(self, file: Path, encoding: str) -> str | None:
        """The text of a file, if it has one."""
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        try:
            if len(data) <= LARGEST:
                text = data.decode(encoding)
                return "\n".join(text.replace("\r\n", "\n").split("\r")) if file.suffix == ".py" else text
            reason = f"expected at most {LARGEST:,} bytes"
        except UnicodeDecodeError:
            reason = f"expected text in {encoding}"
        self._unsaid.append(Unsaid(str(file), 0, "", reason))
        return None

    def _launched(self, tree: Tree) -> Case:
        if self._program is None:
            return Case(tree, Source(tuple(Import((Alias(name),)) for name in dict.fromkeys(_modules(tree)))))
        program = self._source(self._program)
        for number, root in enumerate(self._roots):
            if self._program.resolve().is_relative_to(root.resolve()):
                inner = self._program.resolve().relative_to(root.resolve())
                path = f"r{number}/{inner.as_posix()}"
                return Case(tree, program, Module(self._module, path) if self._module else Script(path))
        return Case(tree, program)

    def _refused(self, case: Case) -> frozenset[int]:
        """The statements that no case may say, or that take a name for two things, by their identities."""
        every = frozenset(name for found in self._parsed.values() for name in found.names)
        refused = [*refusals(case)]
        reasons = {id(statement): reason for statement, reason in refused}
        if self._program is not None and isinstance(case.launch, Embedded):
            asking = (item for item in statements(case.program.statements) if isinstance(item, Guard))
            reasons |= dict.fromkeys(map(id, asking), _NO_MAIN)
        top = {id(statement) for found in self._parsed.values() for statement in found.source.statements}
        reasons |= {
            id(statement): _UNUSED if id(statement) in top else _WITHIN
            for statement, _ in refused
            if _imports_library(statement)
        }
        for file, found in self._parsed.items():
            for place, name in found.misread(every):
                reasons.setdefault(place, f"expected a name that stands for nothing else elsewhere, got {name!r}")
            for place, line in found.places.items():
                if place in reasons:
                    self._unsaid.append(Unsaid(file, line, found.text(line), reasons[place]))
        if self._program is None:
            own = [statement for statement in case.program.statements if id(statement) in reasons]
            self._unsaid += [_of_program(statement, reasons[id(statement)]) for statement in own]
        return frozenset(reasons)


def _imports_library(statement: Statement) -> bool:
    """Whether it imports modules of the library and none of a tree: which they are the runner's Python knows."""
    match statement:
        case Import(names=names):
            modules = [alias.name for alias in names]
        case FromImport(module=module, level=0):
            modules = [module]
        case _:
            return False
    return all(module.partition(".")[0] in sys.stdlib_module_names for module in modules)


def _once(unsaid: list[Unsaid]) -> Iterator[Unsaid]:
    """Each of them, but a line of which a reason is told is not told without one as well."""
    told = {(item.file, item.line) for item in unsaid if item.reason}
    yield from (item for item in sorted(set(unsaid)) if item.reason or (item.file, item.line) not in told)


def _of_program(statement: Statement, reason: str) -> Unsaid:
    """What a program that is not written anywhere cannot say."""
    return Unsaid("program", 0, "; ".join(statement.lines(Plain())), reason)


def _modules(tree: Tree) -> Iterator[str]:
    """The names of the modules of a tree."""
    for root in tree.roots:
        for entry in root.entries:
            name = entry.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            if isinstance(entry, SourceFile) and all(map(is_name, name.split("."))) and "__" not in name:
                yield name


def _without(case: Case, left_out: frozenset[int]) -> Case:
    """The case without these statements."""
    tree = Tree(tuple(Root(tuple(_kept_entry(entry, left_out) for entry in root.entries)) for root in case.tree.roots))
    return msgspec.structs.replace(case, tree=tree, program=_kept_source(case.program, left_out))


def _kept_entry(entry: Entry, left_out: frozenset[int]) -> Entry:
    if isinstance(entry, SourceFile):
        return SourceFile(entry.path, _kept_source(entry.source, left_out))
    return entry


def _kept_source(source: Source, left_out: frozenset[int]) -> Source:
    return Source(_kept(source.statements, left_out), source.doc)


def _kept(body: Body, left_out: frozenset[int]) -> Body:
    found = []
    for statement in body:
        if id(statement) not in left_out:
            inner = tuple(_kept(held, left_out) for held in bodies(statement))
            found.append(holding(statement, inner) if inner else statement)
    return tuple(found)
