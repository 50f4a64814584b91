"""What a case from a stranger may say: nothing that reaches further than its own tree.

A case is run by interpreters with the rights of the user. Whatever its bytes are, it can therefore only be what this
module lets in: its files lie in its tree and hold the little language of :mod:`harness.model.source` or plain text;
every name is one name; what it imports is a module of its tree or one that nobody has; what it looks up it has bound
itself; no hook of the language gets a function it did not write; no path leads outside. Every file of cases is read
through here.
"""

import functools
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, Module, sources, written_tree
from harness.model.codec import CodecError, decode_document
from harness.model.language.admitting import Reach, check_module
from harness.model.language.binding import Import
from harness.model.language.caching import Uncache
from harness.model.language.compound import Body, Class, Edit, Exec, Function, Guard, Statement, Try, bodies, statements
from harness.model.language.failing import Broken, Raise
from harness.model.language.from_import import FromImport
from harness.model.language.module_hooks import ModuleDir, ModuleGetattr
from harness.model.language.names import Assign, Delete, Extend, Invoke, Mark, Read
from harness.model.language.paths import PathAdd, PathAnew, PathEdit, SetPath
from harness.model.language.star import StarImport
from harness.model.reach import begun, reach, shadowing
from harness.model.refusal import DEEPEST, IN_ROOT, LONGEST_TEXT, MOST_ROOTS, Refused, check_path, check_text, refuse
from harness.model.source import Source
from harness.model.tree import DataFile, Tree

LARGEST: Final = 1 << 20
"""How many bytes a case file may have."""

_ENTRIES: Final = 1000
_STATEMENTS: Final = 10_000
_CALLS: Final = 8
_CONSTANTS: Final = re.compile(r"(?:[a-z_]+ = [0-9]{1,9}\r?\n?)*")
_BORROWING: Final = (
    *(Assign, Broken, Class, Delete, Extend, FromImport, Function, Guard, Import, Invoke, Mark, ModuleDir),
    *(ModuleGetattr, PathAdd, PathAnew, PathEdit, Raise, Read, SetPath, StarImport, Try, Uncache),
)
"""What a case may say that borrows a module of the library: nothing that looks into it, or gives it to a function."""

_SPACES: Final = str.maketrans("", "", "\n\r\t")
_CODE: Final = (".py", ".pyw", ".pyi", ".pth", ".pkg", ".rc", ".pdbrc", ".cfg", ".toml", ".ini")


def decode_case(data: bytes, *, where: str = "input") -> Case:
    """The case in a file from anybody.

    Raises:
        CodecError: it is no case, or says what no case may say.
    """
    if len(data) > LARGEST:
        raise CodecError(where, f"expected at most {LARGEST:,} bytes, got {len(data):,}")
    return admit(decode_document(data, Case, where=where), where=where)


def admit(case: Case, *, where: str = "input") -> Case:
    """The case, if it may be written and run.

    Raises:
        CodecError: it says what no case may say; the reason names the place in it.
    """
    try:
        _tree(case.tree)
        _launch(case)
        _shadows(case)
        _program(case, reach(case))
    except Refused as error:
        raise CodecError(where, str(error)) from error
    return case


def is_admitted(case: Case) -> bool:
    """Whether the case may be written and run."""
    try:
        admit(case)
    except CodecError:
        return False
    return True


def refusals(case: Case) -> Iterator[tuple[Statement, str]]:
    """Every statement that is not let in, with the reason."""
    reached = reach(case)
    for source in sources(case):
        for statement, inside in _every(source.statements):
            try:
                _check(statement, reached, inside)
            except Refused as error:
                yield statement, str(error).removeprefix(": ")


@functools.lru_cache(maxsize=256)
def _tree(tree: Tree) -> None:
    """The cases of a family have it in common."""
    roots = tree.roots
    if len(roots) > MOST_ROOTS:
        refuse("tree", f"at most {MOST_ROOTS} roots", len(roots))
    if sum(len(root.entries) for root in roots) > _ENTRIES:
        refuse("tree", f"at most {_ENTRIES:,} entries", "more")
    for index, root in enumerate(roots):
        for entry in root.entries:
            place = f"tree, r{index}/{entry.path}"
            check_path(f"tree, root {index}", entry.path)
            if isinstance(entry, DataFile):
                _data(place, entry)


def _data(place: str, entry: DataFile) -> None:
    """Text that no implementation can take for compiled code or an archive, nor for a program of its own."""
    if len(entry.text) > LONGEST_TEXT or not entry.text.translate(_SPACES).isprintable():
        refuse(place, "a data file of plain text", entry.text)
    if entry.path.lower().endswith(_CODE) and not _CONSTANTS.fullmatch(entry.text):
        refuse(place, "a data file of constants where its name is that of a program", entry.text)


def _shadows(case: Case) -> None:
    """No entry that the implementation would import in place of a module of its own."""
    for path in shadowing(case):
        refuse("tree", "no file or directory called as a module of the standard library", path)


def _launch(case: Case) -> None:
    if isinstance(case.launch, Embedded):
        return
    place = "launch"
    path = case.launch.path
    found = IN_ROOT.fullmatch(path)
    if found is None or found[2] is None or int(found[1]) >= len(case.tree.roots):
        refuse(place, "the path of a file in a root of the tree", path)
    check_path(place, found[2])
    if case.tree.roots[int(found[1])].archive is not None or (
        isinstance(case.launch, Module) and case.tree.roots[0].archive is not None
    ):
        refuse(place, "a program that lies in a directory, and a first root that is one for -m", path)
    if not path.endswith(".py"):
        refuse(place, "a program whose name ends in .py", path)
    try:
        written_tree(case)
    except ValueError as error:
        refuse(place, "a tree that has room for the program", str(error))
    if isinstance(case.launch, Module):
        name = case.launch.name
        file = name.replace(".", "/")
        if found[2] not in {f"{file}.py", f"{file}/__main__.py"}:
            refuse(place, "the name of the module in the file of the launch", name)


def _every(body: Body, inside: str = "") -> Iterator[tuple[Statement, str]]:
    """Every statement, with the name of the class that its private names belong to."""
    for statement in body:
        yield statement, inside
        for inner in bodies(statement):
            yield from _every(inner, _within(statement, inside))


def _check(statement: Statement, reached: Reach, inside: str) -> None:
    """What a statement says, and what it may say beside a module that the library lends."""
    statement.check("", reached, inside)
    if reached.lent and not isinstance(statement, _BORROWING):
        refuse("", "imports alone, beside a module that the library lends", min(reached.lent))


def _within(statement: Statement, inside: str) -> str:
    match statement:
        case Class(name=name):
            return name
        case Exec() | Edit():
            return ""
        case _:
            return inside


def _shallow(place: str, body: Body, depth: int) -> None:
    if depth > DEEPEST:
        refuse(place, f"at most {DEEPEST} statements inside one another", "more")
    for statement in body:
        for inner in bodies(statement):
            _shallow(place, inner, depth + 1)


def _program(case: Case, reached: Reach) -> None:
    """Every name and text of every source."""
    if isinstance(case.launch, Module):
        check_module("launch", case.launch.name, msgspec.structs.replace(reached, names=reached.names | begun(case)))
    count = calls = 0
    for number, source in enumerate(sources(case)):
        try:
            said, called = _admitted(source, reached)
        except Refused as error:
            message = f"source {number}{error}" if number else f"program{error}"
            raise Refused(message) from error
        count += said
        calls += called
    if count > _STATEMENTS or calls > _CALLS:
        refuse("case", f"at most {_STATEMENTS:,} statements, and {_CALLS} calls in functions", (count, calls))


@functools.lru_cache(maxsize=4096)
def _admitted(source: Source, reached: Reach) -> tuple[int, int]:
    """How many statements a source has, and how many calls in functions; the cases of a family have most of them alike.

    Raises:
        Refused: it says what no case may say; the reason begins with the place in it.
    """
    if source.doc is not None:
        check_text("", source.doc)
    _shallow("", source.statements, 0)
    count = calls = 0
    for statement, inside in _every(source.statements):
        count += 1
        try:
            _check(statement, reached, inside)
        except Refused as error:
            message = f", statement {count} ({type(statement).__name__}){error}"
            raise Refused(message) from error
        if isinstance(statement, Function):
            calls += sum(isinstance(item, Invoke) for item in statements(statement.body))
    return count, calls
