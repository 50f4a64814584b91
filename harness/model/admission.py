"""What a case from a stranger may say: nothing that reaches further than its own tree.

A case is run by interpreters with the rights of the user. Whatever its bytes are, it can therefore only be what this
module lets in: its files lie in its tree and hold the little language of :mod:`harness.model.source` or plain text;
every name is one name; what it imports is a module of its tree or one that nobody has; what it looks up it has bound
itself; no hook of the language gets a function it did not write; no path leads outside. Every file of cases is read
through here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NoReturn, TypeAlias, assert_never

from harness.model.case import Case, Embedded, Module, search_path, sources, statements, written_tree
from harness.model.codec import CodecError, decode_document
from harness.model.permitted import EXCEPTIONS, GIVEN, WORDS, is_name, is_own, is_special, is_standard
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Items,
    Literal,
    Mark,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, SourceFile

LARGEST: Final = 1 << 20
"""How many bytes a case file may have."""

_ROOTS: Final = 16
_ENTRIES: Final = 1000
_STATEMENTS: Final = 10_000
_CALLS: Final = 8
_DEEPEST: Final = 16
_TEXT: Final = 10_000
_PATH: Final = 1000
_PART: Final = 200
_NUMBERS: Final = (-(2**63), 2**64)
_RELATIVE: Final = _DEEPEST
_IN_ROOT: Final = re.compile(r"r(0|[1-9][0-9]?)(?:/(.+))?", re.DOTALL)
_CONSTANTS: Final = re.compile(r"(?:[a-z_]+ = [0-9]{1,9}\n?)*")
_CODE: Final = (".py", ".pyw", ".pyi", ".pth", ".rc", ".pdbrc", ".cfg", ".toml", ".ini")

_Names: TypeAlias = frozenset[str]
_Imports: TypeAlias = Import | FromImport | StarImport
_Definition: TypeAlias = Function | Class | ModuleGetattr | ModuleDir
_System: TypeAlias = Uncache | Block | Substitute | Recache | SetPath | PathEdit


class _Refused(Exception):  # noqa: N818 - it names an event; callers get a CodecError
    """Something of the case is not let in."""


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
        _tree(case)
        _launch(case)
        _program(case, _importable(case))
    except _Refused as error:
        raise CodecError(where, str(error)) from error
    return case


def _refuse(place: str, expected: str, found: object) -> NoReturn:
    message = f"{place}: expected {expected}, got {ascii(found):.80}"
    raise _Refused(message)


def _need(place: str, found: str, rule: Callable[[str], bool], expected: str) -> None:
    if not rule(found):
        _refuse(place, expected, found)


def _tree(case: Case) -> None:
    roots = case.tree.roots
    if len(roots) > _ROOTS:
        _refuse("tree", f"at most {_ROOTS} roots", len(roots))
    if sum(len(root.entries) for root in roots) > _ENTRIES:
        _refuse("tree", f"at most {_ENTRIES:,} entries", "more")
    for index, root in enumerate(roots):
        for entry in root.entries:
            place = f"tree, r{index}/{entry.path}"
            _path(f"tree, root {index}", entry.path)
            if isinstance(entry, DataFile):
                _data(place, entry)


def _path(place: str, path: str) -> None:
    """A path below a root: plain names, none of which an implementation keeps for compiled files."""
    parts = path.split("/")
    plain = path.isprintable() and len(path) <= _PATH and ":" not in path and "\\" not in path
    if not plain or any(part in {"", ".", "..", "__pycache__"} or len(part.encode()) > _PART for part in parts):
        _refuse(place, "a path of plain names", path)


def _data(place: str, entry: DataFile) -> None:
    """Text that no implementation can take for compiled code or an archive, nor for a program of its own."""
    if len(entry.text) > _TEXT or not entry.text.replace("\n", "").replace("\t", "").isprintable():
        _refuse(place, "a data file of plain text", entry.text)
    if entry.path.lower().endswith(_CODE) and not _CONSTANTS.fullmatch(entry.text):
        _refuse(place, "a data file of constants where its name is that of a program", entry.text)


def _launch(case: Case) -> None:
    if isinstance(case.launch, Embedded):
        return
    place = "launch"
    path = case.launch.path
    found = _IN_ROOT.fullmatch(path)
    if found is None or found[2] is None or int(found[1]) >= len(case.tree.roots):
        _refuse(place, "the path of a file in a root of the tree", path)
    _path(place, found[2])
    if not path.endswith(".py"):
        _refuse(place, "a program whose name ends in .py", path)
    try:
        written_tree(case)
    except ValueError as error:
        _refuse(place, "a tree that has room for the program", str(error))
    if isinstance(case.launch, Module):
        name = case.launch.name
        file = name.replace(".", "/")
        if found[2] not in {f"{file}.py", f"{file}/__main__.py"}:
            _refuse(place, "the name of the module in the file of the launch", name)


def _importable(case: Case) -> _Names:
    """The top-level names that the case may import: those that surely come from the tree, and words that nobody has.

    ``__main__`` is the program where the implementation runs it, and the agent where the agent does.
    """
    own = frozenset() if isinstance(case.launch, Embedded) else frozenset({"__main__"})
    if any(isinstance(item, PathEdit) and item.remove for each in sources(case) for item in _every(each)):
        return WORDS | own
    roots = written_tree(case).roots
    found: set[str] = set()
    for entry in search_path(case):
        root, _, inside = entry.partition("/")
        prefix = f"{inside}/" if inside else ""
        for item in roots[int(root[1:])].entries:
            if isinstance(item, SourceFile) and item.path.startswith(prefix):
                name, _, rest = item.path[len(prefix) :].partition("/")
                if rest == "__init__.py" or (not rest and name.endswith(".py")):
                    found.add(name.removesuffix(".py"))
    return WORDS | own | {name for name in found if not is_standard(name)}


def _every(source: Source) -> Iterable[Statement]:
    _shallow("source", source.statements, 0)
    return statements(source.statements)


def _shallow(place: str, body: Sequence[Statement], depth: int) -> None:
    if depth > _DEEPEST:
        _refuse(place, f"at most {_DEEPEST} statements inside one another", "more")
    for statement in body:
        match statement:
            case Try(body=inner, handler=handler):
                _shallow(place, (*inner, *handler), depth + 1)
            case Function(body=inner) | Class(body=inner) | Guard(body=inner):
                _shallow(place, inner, depth + 1)
            case _:
                pass


def _program(case: Case, importable: _Names) -> None:
    """Every name and text of every source."""
    if isinstance(case.launch, Module):
        _module("launch", case.launch.name, importable)
    count = calls = 0
    for number, source in enumerate(sources(case)):
        place = f"source {number}" if number else "program"
        if source.doc is not None:
            _text(place, source.doc)
        for at, statement in enumerate(_every(source), 1):
            _statement(f"{place}, statement {at} ({type(statement).__name__})", statement, importable)
            count += 1
            if isinstance(statement, Function):
                calls += sum(isinstance(item, Invoke) for item in statements(statement.body))
    if count > _STATEMENTS or calls > _CALLS:
        _refuse("case", f"at most {_STATEMENTS:,} statements, and {_CALLS} calls in functions", (count, calls))


def _statement(place: str, statement: Statement, importable: _Names) -> None:
    match statement:
        case Import() | FromImport() | StarImport():
            _import(place, statement, importable)
        case Function() | Class() | ModuleGetattr() | ModuleDir():
            _definition(place, statement, importable)
        case Uncache() | Block() | Substitute() | Recache() | SetPath() | PathEdit():
            _system(place, statement, importable)
        case Mark(label=text):
            _text(place, text)
        case Assign(name=name, value=value) | Extend(name=name, value=value):
            _pair(place, name, value, importable)
        case Delete(name=name):
            _given(place, name)
        case Read(name=name, path=path):
            _bound(place, name)
            _looked_up(place, path)
        case Invoke(path=path):
            _looked_up(place, path)
        case Raise(error=error) | Try(error=error):
            _need(place, error, EXCEPTIONS.__contains__, "a built-in exception")
        case Guard() | Broken():
            pass
        case _:
            assert_never(statement)


def _import(place: str, statement: _Imports, importable: _Names) -> None:
    match statement:
        case Import(names=names):
            for alias in names:
                _module(place, alias.name, importable)
        case FromImport(module=module, names=names, level=level):
            _from(place, module, level, importable)
            for alias in names:
                _attribute(place, alias.name)
        case StarImport(module=module, level=level):
            _from(place, module, level, importable)
            names = ()
        case _:
            assert_never(statement)
    for alias in names:
        _asname(place, alias)
    if not names and not isinstance(statement, StarImport):
        _refuse(place, "a name to import", names)


def _asname(place: str, alias: Alias) -> None:
    if alias.asname:
        _bound(place, alias.asname)


def _from(place: str, module: str, level: int, importable: _Names) -> None:
    if not 0 <= level <= _RELATIVE:
        _refuse(place, f"a level from 0 to {_RELATIVE}", level)
    if not level:
        _module(place, module, importable)
    elif module:
        for part in module.split("."):
            _attribute(place, part)


def _module(place: str, name: str, importable: _Names) -> None:
    """An absolute name of a module: of the tree, or one that nobody has."""
    if len(name) > _PATH:
        _refuse(place, f"a name of at most {_PATH:,} characters", name)
    first, *rest = name.split(".")
    if first not in importable:
        _refuse(place, "a module of the tree, or a name that no installed module has", name)
    for part in rest:
        _need(place, part, is_name, "names joined by dots")


def _definition(place: str, statement: _Definition, importable: _Names) -> None:
    match statement:
        case Function(name=name, globals=names):
            _fresh(place, name)
            for item in names:
                _given(place, item)
        case Class(name=name):
            _fresh(place, name)
        case ModuleGetattr(names=names, value=value):
            for item in names:
                _pair(place, item, value, importable)
            _constant(place, value)
        case ModuleDir(names=names):
            for item in names:
                _text(place, item)
        case _:
            assert_never(statement)


def _system(place: str, statement: _System, importable: _Names) -> None:
    match statement:
        case Uncache(key=key) | Block(key=key):
            _module(place, key, importable)
        case Substitute(key=key, attributes=attributes):
            _module(place, key, importable)
            for name, value in attributes:
                _pair(place, name, value, importable)
        case Recache(key=key, name=name):
            _module(place, key, importable)
            _looked_up(place, (name,))
        case SetPath(entries=entries):
            for entry in entries:
                found = _IN_ROOT.fullmatch(entry)
                if found is None:
                    _refuse(place, "a directory in a root", entry)
                _path(place, found[2] or "r")
        case PathEdit(root=root):
            if not 0 <= root < _ROOTS:
                _refuse(place, f"a root from 0 to {_ROOTS - 1}", root)
        case _:
            assert_never(statement)


def _pair(place: str, name: str, value: Literal, importable: _Names) -> None:
    """A name and its constant; a module that is told its name or its package must be told one it may import."""
    _given(place, name)
    _constant(place, value)
    if name in {"__name__", "__package__"} and isinstance(value, str) and value:
        _module(place, value, importable)


def _fresh(place: str, name: str) -> None:
    """The name of a function or a class, which others may take for the name of a module."""
    _bound(place, name)
    if is_standard(name):
        _refuse(place, "a name that no module of the standard library has", name)


def _bound(place: str, name: str) -> None:
    """A name to which something that is no constant is bound: never one that the language itself looks up."""
    _need(place, name, lambda text: is_name(text) and not is_special(text), "one name that is not special")


def _given(place: str, name: str) -> None:
    _need(place, name, lambda text: is_name(text) and (not is_special(text) or text in GIVEN), "one name")


def _attribute(place: str, name: str) -> None:
    """A name that is looked for in an object of the case."""
    _need(place, name, lambda text: is_name(text) and (not is_special(text) or is_own(text)), "an attribute of its own")


def _looked_up(place: str, path: tuple[str, ...]) -> None:
    """A name that the case has bound, and attributes."""
    if not path or len(path) > _PATH:
        _refuse(place, "a name and attributes", path)
    _need(place, path[0], lambda text: is_name(text) and is_own(text), "a name that the case has bound")
    for part in path[1:]:
        _attribute(place, part)


def _constant(place: str, value: Literal, depth: int = 0) -> None:
    if isinstance(value, Items):
        if depth == _DEEPEST or len(value.items) > _TEXT:
            _refuse(place, "a smaller list or tuple", value)
        for item in value.items:
            _constant(place, item, depth + 1)
    elif isinstance(value, str):
        _text(place, value)
    elif isinstance(value, int) and not _NUMBERS[0] <= value < _NUMBERS[1]:
        _refuse(place, "a number of at most 64 bits", "a larger one")


def _text(place: str, text: str) -> None:
    """Text that stands for nothing outside the tree, should it be taken for a path."""
    if len(text) > _TEXT or text == "..":
        _refuse(place, "text that is no path", text)
    if "/" in text:
        found = _IN_ROOT.fullmatch(text)
        if found is None or not found[2]:
            _refuse(place, "text that is no path, or one in a root of the tree", text)
        _path(place, found[2])
