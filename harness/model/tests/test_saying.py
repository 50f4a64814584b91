"""What a stranger may say with each statement, to the last letter, and how it is told what it may not."""

from collections.abc import Callable
from typing import Final

import pytest

from harness.model.admission import decode_case
from harness.model.case import Case, Script
from harness.model.codec import CodecError
from harness.model.language.admitting import OURS
from harness.model.language.caching import SLOTS
from harness.model.language.compound import Exec
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import Bind, Bytes, Call, Constant, Instance, Place, Reference
from harness.model.language.module_hooks import LazyGetattr, TracedGetattr
from harness.model.language.names import Annotate, Annotation, FutureImport
from harness.model.language.paths import PathAnew, PathAppend, SetPathOf
from harness.model.source import (
    Alias,
    Assign,
    Class,
    FromImport,
    Guard,
    Import,
    Items,
    Mark,
    SetPath,
    Source,
    Statement,
    Substitute,
)
from harness.model.tests.test_calls import anywhere, call, found
from harness.model.tests.test_refusals import files, importing, program, reason
from harness.model.tree import DataFile, Root, SourceFile, Tree

WALK: Final = "pkgutil.walk_packages"
ITERATE: Final = "pkgutil.iter_modules"
RESOLVE: Final = "pkgutil.resolve_name"
PRIVATE: Final = Import((Alias("__x"),))
SPECIAL: Final = Alias("division", "__doc__")
ARCHIVE: Final = Root((), "stored")
OF_THE_TREE: Final = OURS
PLAIN: Final = "one name that is not special"
ENTRY: Final = "a directory in a root"


def beside(name: str, *statements: Statement) -> Case:
    """A program over a tree with a module of that name."""
    return Case(Tree((Root((SourceFile(f"{name}.py"),)),)), Source(statements))


def walk(function: str, prefix: str, *entries: SourceFile) -> Case:
    """A program over these files that looks for packages on the path of one of them."""
    asked = Call(function, (Reference(("pkg", "__path__")), Constant(prefix)))
    return Case(Tree((Root((SourceFile("pkg/__init__.py"), *entries)),)), Source((Bind(asked, "x"),)))


LET_IN: Final[dict[str, Case]] = {
    "a script beside an archive": Case(Tree((ARCHIVE, Root())), Source(), Script("r1/main.py")),
    "a private name in a class": beside("_Own__x", Class("Own", (PRIVATE,))),
    "a private name in a guard in a class": beside("_Own__x", Class("Own", (Guard((PRIVATE,)),))),
    "a private name of a text in a class": beside("__x", Class("Own", (Exec((PRIVATE,)),))),
    "a private name in a class that is a bar": beside("__x", Class("_", (PRIVATE,))),
    "a private name in a class with a bar": beside("_Own___x", Class("_Own_", (PRIVATE,))),
    "a private name in a class with a short name": beside("_xx__x", Class("xx", (PRIVATE,))),
    "a name beyond ascii": program(Assign("\u00e9", 1)),
    "a module that nobody imports unasked": importing("colorsys", SourceFile("colorsys.py")),
    "a file by a built-in name": files(SourceFile("itertools.py")),
    "a special directory without a module": files(SourceFile("spam.py"), DataFile("__main__/spam.txt", "")),
    "a submodule by a special name": program(Import((Alias("pkg.__init__", "m"),))),
    "a package in a root": program(Mark("r0/pkg/")),
    "a slash in what is no path": program(Assign("x", "r0/pkg")),
    "a class with a path, and no object in the cache": program(Class("numpy", (Assign("__path__", Items(())),))),
    "no slots": program(Substitute("own", ((SLOTS, Items((), mutable=False)),))),
    "an instance that is bound to nothing": found(Bind(Instance(("K",)))),
    "an attribute that is bound to nothing": found(Bind(Reference(("y", "x")))),
    "roots of a path": program(SetPath(("r0", "r1/pkg"))),
    "entries of every kind": program(
        SetPathOf(
            (
                Constant(""),
                Constant("."),
                Constant(None),
                Constant(1),
                Constant("r0"),
                Constant("r0/"),
                Constant("r1/pkg/"),
                Place("r0"),
                Bytes("r0/x"),
            )
        )
    ),
    "entries at the head of the search path": program(PathAnew((Constant("."), Constant("r0/"), Bytes("r1/")))),
    "a root that is added to a path": program(PathAppend(("own",), "r1")),
    "a path of a module as it is": program(Annotation("x", ("own",), "r0/pkg")),
    "a prefix that is a package": walk(ITERATE, "pkg."),
    "a prefix that is a package inside": walk(ITERATE, "pkg.sub."),
    "no prefix": walk(ITERATE, ""),
    "packages of the tree that are imported": walk(WALK, "", SourceFile("own.py")),
}
"""By name, what may be said."""


@pytest.mark.parametrize("name", LET_IN)
def test_let_in(name: str) -> None:
    """It is let in."""
    assert "" == reason(LET_IN[name])


LONG: Final = ".".join(["own", *["a" * 199] * 5])
MORE: Final = "own" + ".a" * 40
REFUSED: Final[dict[str, tuple[str, Case]]] = {
    "a private name in a class": (f"{OF_THE_TREE}, got '__x'", beside("__x", Class("Own", (PRIVATE,)))),
    "a private name in a guard": (f"{OF_THE_TREE}, got '__x'", beside("__x", Class("Own", (Guard((PRIVATE,)),)))),
    "a private name of a text": (f"{OF_THE_TREE}, got '__x'", beside("_Own__x", Class("Own", (Exec((PRIVATE,)),)))),
    "a name of another form": ("one name, got '\\ufb01'", program(Assign("\ufb01", 1))),
    "a name of many parts": ("a name of at most 40 parts, got 'own.a.a", program(Import((Alias(MORE),)))),
    "a long name": ("a name of at most 1,000 characters, got 'own.aaa", program(Import((Alias(LONG),)))),
    "a backslash": ("a path of plain names, got 'a\\\\b'", program(Mark("r0/a\\b"))),
    "a dot in a path": ("a path of plain names, got 'a/./b'", program(Mark("r0/a/./b"))),
    "a number of more than 64 bits": ("a number of at most 64 bits, got 'a larger one'", program(Assign("x", 2**64))),
    "a slash in a path that is a text": (
        "a path without a slash, where it is a text, got 'r0/pkg'",
        program(Assign("__path__", "r0/pkg")),
    ),
    "slots": (
        "no slots at all, got Items(items=('x',), mutable=False)",
        program(Substitute("own", ((SLOTS, Items(("x",), mutable=False)),))),
    ),
    "slots in a list": (
        "no slots at all, got Items(items=(), mutable=True)",
        program(Substitute("own", ((SLOTS, Items(())),))),
    ),
    "a label that is a path": ("text that is no path, got '..'", program(ReplaceImport("..", ()))),
    "a part of a future statement": (
        "a future statement for what is one, got '__future__'",
        program(FromImport("__future__.x", (Alias("x"),))),
    ),
    "a submodule inside another by __getattr__": ("the name of a submodule, got 'a.b'", program(LazyGetattr(("a.b",)))),
    "a special submodule by __getattr__": (
        "the name of a submodule, got '__init__'",
        program(LazyGetattr(("__init__",))),
    ),
    "a private submodule by __getattr__, anywhere": (
        f"{OURS}, where a __path__ is None, got '__y'",
        anywhere(LazyGetattr(("__y",))),
    ),
    "nothing to be kept": ("something to be kept, got ()", program(TracedGetattr("l", ("x",), kept=True))),
    "a special name of a future statement": (
        f"{PLAIN}, got '__doc__'",
        program(FutureImport((SPECIAL,))),
    ),
    "no feature at all": ("a name to import, got ()", program(FutureImport(()))),
    "a path with an annotation": (f"{PLAIN}, got '__path__'", program(Annotate("__path__", "x", None))),
    "an annotation of two names": (f"{PLAIN}, got 'a b'", program(Annotate("a b", "x", None))),
    "an annotated text that is a path": ("text that is no path, got '..'", program(Annotate("x", "x", ".."))),
    "the annotation of a path": ("text that is no path, got '..'", program(Annotation("x", ("own",), ".."))),
    "an entry that is no root": (f"{ENTRY}, got 'r0x'", program(SetPath(("r0x",)))),
    "an entry of another kind that is no root": (f"{ENTRY}, got '..'", program(SetPathOf((Constant(".."),)))),
    "an entry that ends in slashes": (f"{ENTRY}, got 'r0//'", program(SetPathOf((Constant("r0//"),)))),
    "a directory at the head of the search path": (
        "a root, or a constant that is no text, got Place(path='r0/x', pathlike=False)",
        program(PathAnew((Place("r0/x"),))),
    ),
    "what is added to a path": (f"{ENTRY}, got 'x'", program(PathAppend(("own",), "x"))),
    "a prefix without a dot": ("a prefix that ends in a dot, got 'g'", walk(ITERATE, "pkg")),
    "a prefix of a package of somebody else's": (f"{OF_THE_TREE}, got 'os'", walk(ITERATE, "os.")),
    "packages of somebody else's": (f"{OF_THE_TREE}, got 'os'", walk(WALK, "os.")),
    "packages called as some of the library": (f"{OF_THE_TREE}, got 'json'", walk(WALK, "", SourceFile("pkg/json.py"))),
    "the name of an object that is long": (
        "a name of at most 1,000 characters, got 'aaa",
        program(call(RESOLVE, Constant("a" * 1001))),
    ),
    "many names that are answered for": ("fewer names, got ('own',", program(ReplaceImport("l", ("own",) * 101))),
}
"""By name what may not be said, and how that begins what is told of it."""


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """It is told where it stands, what may stand there, and what does."""
    words, case = REFUSED[name]
    place, _, told = reason(case).partition(": expected ")
    assert words == told[: len(words)]
    assert place.startswith("it: program, statement ")


LIMITS: Final[dict[str, tuple[Callable[[int], Case], int]]] = {
    "names that are answered for": (lambda n: program(ReplaceImport("l", ("own",) * n)), 100),
    "characters of names that are answered for": (
        lambda n: program(ReplaceImport("l", (f"own.{'a' * 196}",) * 4 + (f"own.{'a' * (n - 804)}",))),
        1000,
    ),
    "characters of the name of an object": (
        lambda n: program(call(RESOLVE, Constant(f"own:{'.'.join(['a' * 198] * 5)}{'.' * (n - 998)}"))),
        1000,
    ),
}
"""What is counted: a case that has so many of it, and how many a case may have."""


@pytest.mark.parametrize("counted", LIMITS)
def test_limits(counted: str) -> None:
    """As many as may be are let in, and not one more."""
    make, most = LIMITS[counted]
    assert ("", True) == (reason(make(most)), reason(make(most + 1)) != "")


@pytest.mark.parametrize(
    "data", [b"", b'{"schema":2,"case":{"tree":{},"program":{"doc":".."}}}'], ids=["no case", "what may not be said"]
)
def test_input_with_a_name(data: bytes) -> None:
    """What is no case, and what may not be said in one, is called as the caller calls it."""
    with pytest.raises(CodecError, match=r"^it: "):
        decode_case(data, where="it")
