"""What each statement of a stranger's case may say."""

from typing import Final, TypeAlias, assert_never

from harness.model.case import statements
from harness.model.exceptions import BASES, RAISED
from harness.model.permitted import (
    GIVEN,
    TAKEN,
    WORDS,
    is_attribute,
    is_name,
    is_own,
    is_special,
    is_standard,
)
from harness.model.reach import Reach, given, mangled, texts
from harness.model.refusal import IN_ROOT, LONGEST_PATH, check_constant, check_path, check_text, need, refuse
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
    Literal,
    Mark,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)

_ROOTS: Final = 16
_RELATIVE: Final = 16
_PATH: Final = "__path__"
_PARTS: Final = frozenset({"__init__", "__main__"})

_Imports: TypeAlias = Import | FromImport | StarImport
_Definition: TypeAlias = Function | Class | ModuleGetattr | ModuleDir
_System: TypeAlias = Uncache | Block | Substitute | Recache | SetPath | PathEdit


def check_statement(place: str, statement: Statement, reached: Reach, inside: str) -> None:
    """A statement, which lies in the class that is called ``inside``, if in any.

    Raises:
        Refused: it says what no case may say.
    """
    match statement:
        case Import() | FromImport() | StarImport():
            _import(place, statement, reached, inside)
        case Function() | Class() | ModuleGetattr() | ModuleDir():
            _definition(place, statement, reached)
        case Uncache() | Block() | Substitute() | Recache() | SetPath() | PathEdit():
            _system(place, statement, reached)
        case Mark(label=text):
            check_text(place, text)
        case Assign(name=name, value=value) | Extend(name=name, value=value):
            _pair(place, name, value, reached)
            if name == "__all__" or isinstance(statement, Extend):
                _exported(place, value, reached)
        case Delete(name=name):
            _given(place, name)
        case Read(name=name, path=path):
            _bound(place, name)
            _looked_up(place, path)
        case Invoke(path=path):
            _looked_up(place, path)
        case Raise(error=error):
            need(place, error, RAISED.__contains__, "a built-in exception that is made of one text")
        case Try(error=error):
            need(place, error, BASES.__contains__, "a built-in exception")
        case Guard() | Broken():
            pass
        case _:
            assert_never(statement)


def _import(place: str, statement: _Imports, reached: Reach, inside: str) -> None:
    if not isinstance(statement, Import):
        _from(place, statement, reached, inside)
    if isinstance(statement, StarImport):
        return
    for alias in statement.names:
        if isinstance(statement, Import):
            check_module(place, alias.name, reached, inside)
        else:
            _name(place, alias, reached, inside)
        if alias.asname:
            _bound(place, alias.asname)
    if not statement.names:
        refuse(place, "a name to import", statement.names)


def _from(place: str, statement: FromImport | StarImport, reached: Reach, inside: str) -> None:
    if not 0 <= statement.level <= _RELATIVE:
        refuse(place, f"a level from 0 to {_RELATIVE}", statement.level)
    if not statement.level:
        check_module(place, statement.module, reached, inside)
    elif statement.module:
        for part in statement.module.split("."):
            _part(place, part)
            _submodule(place, part, reached, inside)


def _name(place: str, alias: Alias, reached: Reach, inside: str) -> None:
    """A name that is imported from a module: an attribute of it, or a submodule."""
    need(place, alias.name, is_attribute, "an attribute of its own")
    _submodule(place, alias.name, reached, inside)
    if reached.recached and alias == Alias(TAKEN):
        refuse(place, f"another name for {TAKEN}, where objects are put into the cache", alias.name)


def check_module(place: str, name: str, reached: Reach, inside: str = "") -> None:
    """An absolute name of a module that is imported: of the tree, or one that nobody has.

    Raises:
        Refused: it may be a module of somebody else's.
    """
    _dotted(place, name)
    first, *rest = name.split(".")
    if not _is_ours(first, reached, inside):
        refuse(place, "a module of the tree, or a name that no installed module has", name)
    for part in rest:
        _submodule(place, part, reached, inside)


def _key(place: str, name: str, reached: Reach) -> None:
    """A key of the cache."""
    _dotted(place, name)
    if name.partition(".")[0] not in reached.keys:
        refuse(place, "a module of the tree, or a name that no installed module has", name)


def _dotted(place: str, name: str) -> None:
    if len(name) > LONGEST_PATH:
        refuse(place, f"a name of at most {LONGEST_PATH:,} characters", name)
    for part in name.split("."):
        _part(place, part)


def _part(place: str, part: str) -> None:
    """A part of the name of a module: none that would stand for an attribute of its package."""
    need(place, part, lambda text: is_name(text) and (not is_special(text) or text in _PARTS), "names joined by dots")


def _submodule(place: str, name: str, reached: Reach, inside: str) -> None:
    """What may be a submodule: where its package has no path of its own, that is what may be a top-level module."""
    if reached.everywhere and not _is_ours(name, reached, inside):
        refuse(place, "a name that no installed module has, where a __path__ is None", name)


def _is_ours(name: str, reached: Reach, inside: str) -> bool:
    """Whether a top-level module of that name is surely none of somebody else's, also if the class mangles the name."""
    seen = mangled(name, inside)
    return seen in reached.names or (seen != name and inside in WORDS)


def _exported(place: str, value: Literal, reached: Reach) -> None:
    """What may be in an ``__all__``, whose names may be those of submodules."""
    for name in value if isinstance(value, str) else texts(value):
        for part in name.split("."):
            _submodule(place, part, reached, "")


def _definition(place: str, statement: _Definition, reached: Reach) -> None:
    match statement:
        case Function(name=name, globals=names):
            _fresh(place, name)
            for item in names:
                _given(place, item)
        case Class(name=name, body=body):
            _fresh(place, name)
            if reached.recached and name not in reached.names and any(map(_binds_path, statements(body))):
                refuse(place, "a name that no installed module has, of a class with a path in the cache", name)
        case ModuleGetattr(names=names, value=value):
            for item in names:
                _pair(place, item, value, reached)
            check_constant(place, value)
        case ModuleDir(names=names):
            for item in names:
                check_text(place, item)
        case _:
            assert_never(statement)


def _system(place: str, statement: _System, reached: Reach) -> None:
    match statement:
        case Uncache(key=key) | Block(key=key):
            _key(place, key, reached)
        case Substitute(key=key, attributes=attributes):
            _key(place, key, reached)
            for name, value in attributes:
                _pair(place, name, value, reached)
        case Recache(key=key, name=name):
            _key(place, key, reached)
            _looked_up(place, (name,))
        case SetPath(entries=entries):
            for entry in entries:
                found = IN_ROOT.fullmatch(entry)
                if found is None:
                    refuse(place, "a directory in a root", entry)
                check_path(place, found[2] or "r")
        case PathEdit(root=root):
            if not 0 <= root < _ROOTS:
                refuse(place, f"a root from 0 to {_ROOTS - 1}", root)
        case _:
            assert_never(statement)


def _binds_path(statement: Statement) -> bool:
    names = [alias.name for alias in statement.names] if isinstance(statement, FromImport) else []
    return isinstance(statement, SetPath) or _PATH in (*names, *(name for name, _ in given(statement)))


def _pair(place: str, name: str, value: Literal, reached: Reach) -> None:
    """A name and its constant: what tells the import system where a module belongs tells it nothing but the tree.

    A module that is told its name or its package is told one it may import; it may be told that it is in no package,
    but not that it is a package without a name. A path that is a text is a path of its characters.
    """
    _given(place, name)
    check_constant(place, value)
    if isinstance(value, str):
        if name == "__name__" or (name == "__package__" and value):
            check_module(place, value, reached)
        if name == _PATH and "/" in value:
            refuse(place, "a path without a slash, where it is a text", value)
    elif reached.recached and TAKEN in texts(value):
        refuse(place, f"no {TAKEN} to import, where objects are put into the cache", TAKEN)


def _fresh(place: str, name: str) -> None:
    """The name of a function or a class, which others may take for the name of a module."""
    _bound(place, name)
    if is_standard(name):
        refuse(place, "a name that no module of the standard library has", name)


def _bound(place: str, name: str) -> None:
    """A name to which something that is no constant is bound: never one that the language itself looks up."""
    need(place, name, lambda text: is_name(text) and not is_special(text), "one name that is not special")


def _given(place: str, name: str) -> None:
    need(place, name, lambda text: is_name(text) and (not is_special(text) or text in GIVEN), "one name")


def _looked_up(place: str, path: tuple[str, ...]) -> None:
    """A name that the case has bound, and attributes."""
    if not path or len(path) > LONGEST_PATH:
        refuse(place, "a name and attributes", path)
    need(place, path[0], lambda text: is_name(text) and is_own(text), "a name that the case has bound")
    for part in path[1:]:
        need(place, part, is_attribute, "an attribute of its own")
