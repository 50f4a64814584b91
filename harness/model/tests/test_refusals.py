"""How much a stranger may say, to the last one that is let in, and how it is told what was not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from generators.attacks import ATTACKS
from harness.model.admission import LARGEST, admit, decode_case, refusals
from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.codec import CodecError
from harness.model.language import admitting
from harness.model.language.attributes import DeleteAttribute, SetAttribute
from harness.model.language.expressions import Bind, Bytes, Call, Constant, Place
from harness.model.language.paths import PathAnew, PathAppend
from harness.model.permitted import WORDS
from harness.model.source import (
    Alias,
    Assign,
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
from harness.model.tree import DataFile, Root, SourceFile, Tree

REASONS: Final[dict[str, str]] = json.loads(Path(__file__).with_name("refusals.json").read_text("utf-8"))
"""By the name of an attack what is said of it."""

OWN: Final = Tree((Root((SourceFile("own.py"), SourceFile("pkg/__init__.py"), SourceFile("pkg/sub.py"))), Root()))
ANYWHERE: Final = Assign("__path__", None)


def program(*statements: Statement, doc: str | None = None) -> Case:
    """A program over a tree with a module and a package."""
    return Case(OWN, Source(statements, doc=doc))


def files(*entries: SourceFile | DataFile, launch: Launch | None = None) -> Case:
    """A tree with these files."""
    return Case(Tree((Root(entries),)), Source(), launch or Embedded())


def searched(*statements: Statement) -> Case:
    """Statements of a package whose modules may be searched for everywhere."""
    return files(SourceFile("own.py"), SourceFile("pkg/__init__.py", Source((ANYWHERE, *statements))))


def importing(name: str, *entries: SourceFile | DataFile) -> Case:
    """A program that imports something from a tree with these files."""
    return Case(Tree((Root(entries),)), Source((Import((Alias(name),)),)))


def reason(case: Case) -> str:
    """Why a case is not let in; empty where it is."""
    try:
        admit(case, where="it")
    except CodecError as error:
        return str(error)
    return ""


def nested(depth: int, kind: Callable[[tuple[Statement, ...]], Statement]) -> Case:
    """A program of statements in one another."""
    body: tuple[Statement, ...] = ()
    for _ in range(depth):
        body = (kind(body),)
    return program(*body)


def within(depth: int) -> Literal:
    """A text in lists in one another."""
    value: Literal = "text"
    for _ in range(depth):
        value = Items((value,))
    return value


def calling(calls: int) -> Case:
    """A program with so many calls in functions."""
    return program(Function("f", ()), *(Function(f"f{n}", (Invoke(("f",)),)) for n in range(calls)))


def finding(*arguments: str) -> Case:
    """A program that finds a spec."""
    return program(Bind(Call("importlib.util.find_spec", tuple(map(Constant, arguments)))))


LIMITS: Final[dict[str, tuple[Callable[[int], Case], int]]] = {
    "roots": (lambda n: Case(Tree((Root(),) * n), Source()), 16),
    "entries": (lambda n: files(*(DataFile(f"f{k}", "") for k in range(n))), 1000),
    "characters of a data file": (lambda n: files(DataFile("f", "x" * n)), 10_000),
    "characters of a path": (lambda n: files(DataFile(f"{'/'.join(['x' * 99] * 9)}/{'x' * (n - 900)}", "")), 1000),
    "bytes of a part of a path": (lambda n: files(DataFile("x" * n, "")), 200),
    "statements": (lambda n: program(*(Mark("x"),) * n), 10_000),
    "calls in functions": (calling, 8),
    "classes in one another": (lambda n: nested(n, lambda body: Class("C", body)), 16),
    "functions in one another": (lambda n: nested(n, lambda body: Function("f", body)), 16),
    "guards in one another": (lambda n: nested(n, Guard), 16),
    "attempts in one another": (lambda n: nested(n, lambda body: Try(body, "ValueError", ())), 16),
    "handlers in one another": (lambda n: nested(n, lambda body: Try((), "ValueError", body)), 16),
    "lists in one another": (lambda n: program(Assign("x", within(n))), 16),
    "items of a list": (lambda n: program(Assign("x", Items((1,) * n))), 10_000),
    "characters of a text": (lambda n: program(Mark("x" * n)), 10_000),
    "characters of a name": (lambda n: program(Assign("x" * n, 1)), 200),
    "attributes": (lambda n: program(Import((Alias("own"),)), Read("x", ("own", *("a",) * (n - 1)))), 1000),
    "characters of a dotted name": (
        lambda n: program(Import((Alias(f"own.{'.'.join(['a' * 199] * 4)}.{'a' * (n - 804)}"),))),
        1000,
    ),
    "parts of a dotted name": (lambda n: program(Import((Alias(f"own{'.a' * (n - 1)}"),))), 40),
    "parts of a relative name": (lambda n: program(FromImport(f"a{'.a' * (n - 1)}", (Alias("x"),), 1)), 40),
    "parts of a name that is given": (lambda n: finding(f"own{'.a' * (n - 1)}"), 40),
    "parts of a relative name that is given": (lambda n: finding(f".a{'.a' * (n - 1)}", "pkg"), 40),
    "parts of the name of a package": (lambda n: finding(".a", f"own{'.a' * (n - 1)}"), 40),
    "levels of a relative import": (lambda n: program(FromImport("", (Alias("x"),), n)), 16),
    "the number of a root": (lambda n: program(PathEdit(n)), 15),
    "bits of a number": (lambda n: program(Assign("x", 2**n - 1)), 64),
}
"""What is counted: a case that has so many of it, and how many a case may have."""


@pytest.mark.parametrize("counted", LIMITS)
def test_as_many_as_may_be(counted: str) -> None:
    """As many as may be are let in."""
    make, most = LIMITS[counted]
    assert "" == reason(make(most))


@pytest.mark.parametrize("counted", LIMITS)
def test_one_more(counted: str) -> None:
    """One more is not, nor is twice as many."""
    make, most = LIMITS[counted]
    step = 2 if counted == "characters of a dotted name" else 1
    assert "" != reason(make(most + step))
    assert "" != reason(make(2 * most + step))


@pytest.mark.parametrize(("number", "let_in"), [(-(2**63), True), (-(2**63) - 1, False)])
def test_small_numbers(number: int, *, let_in: bool) -> None:
    """A number has 64 bits, its sign among them."""
    assert let_in is (reason(program(Assign("x", number))) == "")


@pytest.mark.parametrize(("size", "let_in"), [(LARGEST, True), (LARGEST + 1, False)])
def test_size_of_a_file(size: int, *, let_in: bool) -> None:
    """A file of cases has at most a mebibyte; what is wrong with a larger one is its size."""
    data = b'{"schema":2,"case":{"tree":{},"program":{}}}'.ljust(size)
    if let_in:
        assert Case(Tree(), Source()) == decode_case(data)
    else:
        with pytest.raises(CodecError, match=r"^it: expected at most 1,048,576 bytes, got 1,048,577$"):
            decode_case(data, where="it")


def test_input_without_a_name() -> None:
    """What is refused is called input where nobody says what it is."""
    with pytest.raises(CodecError, match=r"^input: program: expected "):
        admit(program(doc=".."))
    with pytest.raises(CodecError, match=r"^input: "):
        decode_case(b"")


@pytest.mark.parametrize("name", sorted(REASONS))
def test_reason(name: str) -> None:
    """What is refused is told by its place in the case, what was expected there, and what was found."""
    assert REASONS[name] == reason(ATTACKS[name])


PLACES: Final = {
    "it: program: expected text that is no path, got '..'": program(doc=".."),
    "it: source 1: expected text that is no path, got '..'": files(SourceFile("a.py", Source(doc=".."))),
    "it: tree, r0/a: expected a data file of plain text, got '\\x1b'": files(DataFile("a", "\x1b")),
    "it: tree, root 0: expected a path of plain names, got 'a:b'": files(DataFile("a:b", "")),
    "it: program, statement 2 (Delete): expected one name, got 'a b'": program(Mark("x"), Delete("a b")),
    "it: program: expected at most 16 statements inside one another, got 'more'": nested(17, Guard),
    "it: program, statement 1 (Assign): expected a smaller list or tuple, got Items(items=('text',), mutable=True)": (
        program(Assign("x", within(17)))
    ),
    "it: program, statement 1 (Import): expected an attribute of its own, got 'load_module'": (
        program(Import((Alias("own.load_module", "x"),)))
    ),
    "it: launch: expected a program that lies in a directory, and a first root that is one for -m, "
    "got 'r0/own.py'": Case(Tree((Root((), "stored"),)), Source(), Script("r0/own.py")),
    "it: launch: expected a program whose name ends in .py, got 'r0/own'": files(launch=Script("r0/own")),
    "it: launch: expected the path of a file in a root of the tree, got 'r1/own.py'": files(launch=Script("r1/own.py")),
    "it: launch: expected the path of a file in a root of the tree, got 'r0'": files(launch=Script("r0")),
    "it: launch: expected the name of the module in the file of the launch, got 'spam'": files(
        launch=Module("spam", "r0/own.py")
    ),
    f"it: source 1, statement 1 (Assign): expected {admitting.OURS}, where a __path__ is None, got 'os'": files(
        SourceFile("pkg/__init__.py", Source((Assign("__all__", Items(("os",))), ANYWHERE)))
    ),
}
"""What is said, and of what."""


@pytest.mark.parametrize("words", PLACES)
def test_place(words: str) -> None:
    """The place of what is refused can be found in the case."""
    assert words == reason(PLACES[words])


FURTHER: Final[dict[str, Case]] = {
    "a module in a class that has a word as its name": program(Class("spam", (Import((Alias("os"),)),))),
    "a private name in a list, where any path is searched": searched(Assign("__all__", Items(("__x",)))),
    "a special name in a class": program(Class("spam", (Import((Alias("__main__"),)),))),
    "a file of constants that calls": files(DataFile("own.py", "x = 1\ny = f()")),
    "types of a module": files(DataFile("own.pyi", "import os")),
    "a program for windows": files(DataFile("own.pyw", "import os")),
    "settings of a tool": files(DataFile("pyproject.toml", "[tool]")),
    "settings of a debugger, by another name": files(DataFile("own.rc", "import os")),
    "settings of an old kind": files(DataFile("setup.ini", "[tool]")),
    "an extension of another system": files(DataFile("_ssl.pyd", "text")),
    "a file of MicroPython": files(DataFile("os.mpy", "text")),
    "compiled code": files(DataFile("os.pyc", "text")),
    "a package of the library": files(SourceFile("json/__init__.py")),
    "a directory of the library without source": files(DataFile("json", "text")),
    "a text that is a path above": program(Mark("r0/../x")),
    "a text that is a root and nothing": program(Mark("r0/")),
    "a text that is a path of another": program(Mark("own/x")),
    "a special text": program(Mark("__class__")),
    "a text that the suite uses": program(ModuleDir(("_mark",))),
    "a special name in a from-import": program(FromImport("own", (Alias("__dict__"),))),
    "an own name of namespace paths": program(FromImport("own", (Alias("_recalculate"),))),
    "a name of the suite in a from-import": program(FromImport("own", (Alias("_tree"),))),
    "a relative module that is special": program(StarImport("__dict__", 1)),
    "a part of a module that is special": program(Import((Alias("own.__class__"),))),
    "a part of a module that is none": program(Import((Alias("own..sub"),))),
    "a key with a part that is none": program(Uncache("own.")),
    "an object by a built-in name": program(Recache("own", "globals")),
    "a special name that is bound": program(Import((Alias("own", "__doc__"),))),
    "a special name that is given": program(Assign("__class__", 1)),
    "a special name among globals": program(Function("f", (), ("__class__",))),
    "a constant of __getattr__ that may not be said": program(ModuleGetattr((), Items(("../x",)))),
    "a name of __getattr__ that is none": program(ModuleGetattr(("a b",), 1)),
    "a substitute with a name of the suite": program(Substitute("own", (("_tree", 1),))),
    "a substitute with a text that may not be said": program(Substitute("own", (("x", "/etc"),))),
    "a path that is no root": program(SetPath(("r",))),
    "a hidden path of a root": program(SetPath(("r0/a/../b",))),
    "an exception that is none": program(Try((), "Exit", ())),
    "an exception that has no text": program(Raise("SystemExit2")),
    "a cause that is no exception": program(Raise("ValueError", "exec")),
    "a class with a path by __all__": program(
        Class("numpy", (Extend("__path__", Items(("r0",))),)), Recache("own", "x")
    ),
    "the name of an object by another": program(Recache("own", "x"), Assign("y", Items((Items(("__name__",)),)))),
    "a module of an empty name": program(StarImport("")),
    "a main program of the tree as a module": importing("__main__", SourceFile("__main__.py")),
    "a program in an archive": Case(Tree((Root((), "stored"),)), Source(), Script("r0/main.py")),
    "an archive to work in": Case(Tree((Root((), "stored"), Root())), Source(), Module("own", "r1/own.py")),
    "the program of a directory that is a file": files(DataFile("own", ""), launch=Script("r0/own/main.py")),
    "a portion of a namespace package": importing("bundle", SourceFile("bundle/x.py")),
    "a data file as a module": importing("bundle", DataFile("bundle.py", "x = 1")),
    "a module of a package": importing("inner", SourceFile("bundle/inner.py"), SourceFile("bundle/__init__.py")),
    "another name of the main program": files(launch=Module("pkg", "r0/pkg.py/__main__.py")),
}
"""What else no case may say."""


@pytest.mark.parametrize("name", FURTHER)
def test_refused_too(name: str) -> None:
    """It is refused."""
    assert "" != reason(FURTHER[name])


CLOSE: Final[dict[str, Case]] = {
    "the program of a root": files(SourceFile("__main__.py")),
    "a package by any name": importing("bundle", SourceFile("bundle/__init__.py")),
    "a module by any name": importing("bundle", SourceFile("bundle.py")),
    "a doc": program(doc="It holds r0 and more."),
    "special texts": searched(Assign("__doc__", "__init__"), Mark("__main__")),
    "a list of special names": program(Assign("__all__", Items(("__doc__", "__file__", "__name__", "__init__")))),
    "a file of constants": files(DataFile("own.py", "x = 1\ny_z = 22\n"), DataFile("own.toml", "")),
    "lines and tabs": files(DataFile("notes.txt", "a\tb\nc\n")),
    "a data file called as a module of the library": files(DataFile("json.txt", "text"), DataFile("os.py.txt", "x")),
    "a package of the tree": program(Import((Alias("pkg"), Alias("pkg.sub", "s")))),
    "a package and a neighbour": searched(Import((Alias("pkg"),)), FromImport("pkg", (Alias("own"),))),
    "a text as a list of names": searched(Assign("__all__", "os")),
    "a list of neighbours": searched(Assign("__all__", Items(("own", "x")))),
    "a private name in a class": searched(Class("spam", (FromImport("", (Alias("__x"),), 1),))),
    "a path below a root": program(SetPath(("r0", "r1/pkg", "r15/a/b"))),
    "a text in a root": program(Mark("r0/pkg"), Mark("r1"), Mark("a.b")),
    "a module": files(launch=Module("spam", "r0/spam.py")),
    "a package as the program": files(launch=Module("pkg.spam", "r0/pkg/spam/__main__.py")),
    "a script in the last root": Case(OWN, Source(), Script("r1/a/main.py")),
    "the program as a module": Case(OWN, Source((Import((Alias("__main__"),)),)), Script("r1/main.py")),
    "the program, and another module removed": Case(
        OWN, Source((Uncache("own"), Import((Alias("__main__"),)))), Script("r1/main.py")
    ),
    "the path of a root added": program(PathEdit(0), Import((Alias("own"),))),
    "no name by text of another kind": program(Assign("__name__", Items(("os",))), Assign("x", "os")),
    "a path that is a text": program(Assign("__path__", "r0")),
    "a class in the cache without a path": program(Class("numpy", (Assign("x", 1),)), Recache("own", "numpy")),
    "a name in a list, where nothing is put into the cache": program(Assign("__all__", Items(("__name__",)))),
    "the name of a module by another, with an object in the cache": program(
        Recache("own", "x"), FromImport("own", (Alias("__name__", "n"),))
    ),
    "module files": program(Read("x", ("own", "__file__")), Read("y", ("__name__",)), Delete("__doc__")),
    "attributes that are set": program(
        SetAttribute(("own", "x"), 1),
        SetAttribute(("own", "__path__"), Items(("r0",))),
        SetAttribute(("own", "__spec__", "origin"), "own"),
        SetAttribute(("own", "__dict__"), 1),
        SetAttribute(("own", "__class__"), None, ("K",)),
        DeleteAttribute(("own", "__spec__")),
    ),
    "entries of a path": program(
        PathAnew((Place("r1"), Place("r15", pathlike=True), Constant(""), Constant("r1"), Constant(None), Bytes("r0"))),
        PathAppend(("own",), "r0/pkg"),
    ),
    "relative imports": program(FromImport("own.sub", (Alias("x"),), 1), StarImport("__init__", 2)),
}
"""What a case may say."""


@pytest.mark.parametrize("name", CLOSE)
def test_let_in_too(name: str) -> None:
    """It is let in."""
    assert "" == reason(CLOSE[name])


def test_every_statement_that_is_not_let_in() -> None:
    """Each is told with the reason, the ones after it as well."""
    found = [*refusals(program(Mark("x"), Delete("a b"), Assign("y", 1), Delete("c d")))]
    words = "expected one name, got"
    assert [(Delete("a b"), f"{words} 'a b'"), (Delete("c d"), f"{words} 'c d'")] == found


READ: Final = [
    "__all__",
    "__cached__",
    "__doc__",
    "__file__",
    "__main__",
    "__name__",
    "__package__",
    "__path__",
    "__version__",
]
GIVEN: Final = sorted({*READ, "__loader__", "__spec__"} - {"__main__"})
OURS: Final = ["_error", "_finish", "_globals", "_mark", "_sys", "_tree", "_type", "_ImportError", "_KeyError"]
PATHS: Final = """
    _epoch _find_parent_path_names _get_parent_path _last_epoch _last_parent_path _parent_path _path_finder _recalculate
"""


@pytest.mark.parametrize(
    "name", [*READ, "__loader__", "__spec__", *OURS, "__class__", "__dict__", "__builtins__", "plain"]
)
def test_names(name: str) -> None:
    """Special names of which the values are harmless may be read or given; the suite's may not be said at all.

    That ``__dict__`` is no name can be seen by reading it alone.
    """
    plain = name == "plain"
    assert (plain or name in {*READ, "__dict__"}) is (reason(program(Read("x", (name,)))) == "")
    assert (plain or name in READ) is (reason(program(Read("x", ("own", name)))) == "")
    assert (plain or name in GIVEN) is (reason(program(Delete(name))) == "")
    assert plain is (reason(program(Import((Alias("own", name),)))) == "")
    assert (plain or name in {*READ, *GIVEN}) is (reason(program(Mark(name))) == "")


@pytest.mark.parametrize("name", PATHS.split())
def test_the_host_in_a_path(name: str) -> None:
    """The path of a namespace package is an object of the host's, whose attributes are nobody's business."""
    assert "" != reason(program(Read("x", ("own", "__path__", name))))
    assert "" != reason(program(FromImport("own", (Alias(name),))))
    assert "" == reason(program(Read("x", ("own", f"{name}_"))))


def test_what_is_kept_for_no_module() -> None:
    """The names that a refusal tells of as such can be imported, and another that nobody has cannot."""
    told = admitting.OURS.partition("(")[2].split(", ")[:-1]
    assert [True, False] == [set(told) <= WORDS, "nope" in WORDS]
    assert "m" in WORDS
