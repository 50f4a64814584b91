"""What a stranger may give to a documented function, and how it is told what it may not."""

from typing import Final

import pytest

from harness.model.case import Case
from harness.model.language.admitting import OURS
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import Bind, Call, Constant, Expression, Instance, Names, Place, Reference
from harness.model.source import Alias, Assign, Class, FromImport, Import, Items, Recache, Source, Statement
from harness.model.tests.test_refusals import program, reason
from harness.model.tree import Root, SourceFile, Tree

IMPORT: Final = "importlib.import_module"
DUNDER: Final = "builtins.__import__"
FIND: Final = "importlib.util.find_spec"
FROM_FILE: Final = "importlib.util.spec_from_file_location"
FROM_SPEC: Final = "importlib.util.module_from_spec"
EXECUTE: Final = "importlib.abc.Loader.exec_module"
RELOAD: Final = "importlib.reload"
RESOLVE: Final = "pkgutil.resolve_name"
DATA: Final = "pkgutil.get_data"
ANYWHERE: Final = Assign("__path__", None)


def call(function: str, *arguments: Expression, **keywords: Expression) -> Bind:
    """``x = function(…)``."""
    return Bind(Call(function, arguments, tuple(keywords.items())), "x")


def anywhere(*statements: Statement) -> Case:
    """Statements of a program, where the modules of a package may be searched for everywhere."""
    tree = Tree((Root((SourceFile("own.py"), SourceFile("pkg/__init__.py", Source((ANYWHERE,))))),))
    return Case(tree, Source(statements))


def found(*statements: Statement) -> Case:
    """A program that has found a spec ``x``, and made a module ``y`` of it."""
    return program(
        call(FIND, Constant("own")), Bind(Call(FROM_SPEC, (Reference(("x",)),)), "y"), Class("K", ()), *statements
    )


TOLD: Final[dict[str, Case]] = {
    "a documented function, got 'importlib.find_loader'": program(call("importlib.find_loader", Constant("own"))),
    "the parameters of importlib.import_module, each once, got []": program(call(IMPORT)),
    "the parameters of importlib.import_module, each once, got ['name', 'package', 'level']": program(
        call(IMPORT, Constant("own"), Constant(None), level=Constant(0))
    ),
    "the parameters of importlib.import_module, each once, got ['name', 'name']": program(
        call(IMPORT, Constant("own"), name=Constant("own"))
    ),
    "the parameters of importlib.reload, each once, got ['module']": program(
        call(RELOAD, Reference(("own",)), Reference(("own",)))
    ),
    "a name, got 5": program(call("importlib.util.find_spec", Constant(5))),
    "a name, got None": program(call("importlib.util.find_spec", Constant(None))),
    "a constant for a name, got ('own',)": found(call(IMPORT, Reference(("own",)))),
    "a constant for a level, got 'importlib.reload'": program(
        call(DUNDER, Constant("own"), level=Call(RELOAD, (Reference(("own",)),)))
    ),
    "a package, got 5": program(call(IMPORT, Constant("own"), Constant(5))),
    f"{OURS}, got 'os'": program(call(IMPORT, Constant(".own"), Constant("os"))),
    f"{OURS}, got '__y'": program(call(IMPORT, Constant("__y"))),
    f"{OURS}, where a __path__ is None, got '__y'": anywhere(
        call(DUNDER, Constant("pkg"), fromlist=Constant(Items(("__y",))))
    ),
    "a level from 0 to 16, got '.................own'": program(
        call(IMPORT, Constant(f"{'.' * 17}own"), Constant("pkg"))
    ),
    "a level from -1 to 16, got 17": program(call(DUNDER, Constant("own"), Names(), level=Constant(17))),
    "a level from -1 to 16, got -2": program(call(DUNDER, Constant("own"), level=Constant(-2))),
    "a level, got 'x'": program(call(DUNDER, Constant("own"), level=Constant("x"))),
    "a namespace, got 1": program(call(DUNDER, Constant("own"), Constant(1))),
    "a name, got 'globals()'": program(call(IMPORT, Names())),
    "a list or tuple of names, got 'globals()'": program(call(DUNDER, Constant("own"), fromlist=Names())),
    "a list or tuple of names, got 'sub'": program(call(DUNDER, Constant("pkg"), fromlist=Constant("sub"))),
    "names to take, got 5": program(call(DUNDER, Constant("pkg"), fromlist=Constant(Items(("sub", 5))))),
    "names to take, got '__name__'": program(
        Recache("own", "x"), call(DUNDER, Constant("pkg"), fromlist=Constant(Items(("__name__",))))
    ),
    "an attribute of its own, got '__dict__'": program(
        call(DUNDER, Constant("pkg"), fromlist=Constant(Items(("__dict__",))))
    ),
    "an attribute of its own, got 'a b'": program(call(DUNDER, Constant("pkg"), fromlist=Constant(Items(("a b",))))),
    f"{OURS}, where a __path__ is None, got 'os'": anywhere(
        call(DUNDER, Constant("pkg"), fromlist=Constant(Items(("*", "os"))))
    ),
    f"{OURS}, where a __path__ is None, got 'sys'": anywhere(call(DUNDER, Constant("sys"), Names(), level=Constant(1))),
    f"{OURS}, where a __path__ is None, got 're'": anywhere(call(IMPORT, Constant(".re"), Constant("pkg"))),
    f"{OURS}, where a __path__ is None, got 'io'": anywhere(call(IMPORT, Constant(".own.io"), Constant("pkg"))),
    "a name, got ('K',)": found(call(IMPORT, Instance(("K",)))),
    "a spec, got ('K',)": found(call(FROM_SPEC, Instance(("K",)))),
    "a spec, got 'own'": program(call(FROM_SPEC, Constant("own"))),
    "a module, got 'own'": found(call(EXECUTE, Reference(("x", "loader")), Constant("own"))),
    "a name and attributes, and the method of that, got (Constant(value='own'), Reference(path=('y',)))": found(
        call(EXECUTE, Constant("own"), Reference(("y",)))
    ),
    "the parameters of importlib.util.spec_from_file_location, each once, got ['name', 'location', 'loader']": program(
        call(FROM_FILE, Constant("own"), Place("r0/own.py"), Reference(("own", "loader")))
    ),
    "a list of nothing, got Items(items=('/x',), mutable=True)": program(
        Bind(
            Call(
                FROM_FILE,
                (Constant("own"), Place("r0/own.py")),
                (("submodule_search_locations", Constant(Items(("/x",), mutable=True))),),
            )
        )
    ),
    "a place, a path in a root, got 'own.py'": program(call(FROM_FILE, Constant("own"), Place("own.py"))),
    "a place, a path in a root, got 'r0'": program(call(FROM_FILE, Constant("own"), Place("r0"))),
    "a name, a path in a root, got 'r0/own.py'": program(call(IMPORT, Place("r0/own.py"))),
    "a place, got 'r0/own.py'": program(call(FROM_FILE, Constant("own"), Constant("r0/own.py"))),
    "a path of plain names, got '../own.py'": program(call(FROM_FILE, Constant("own"), Place("r0/../own.py"))),
    "a name that the case has bound, got '__spec__'": program(Bind(Reference(("__spec__",)), "x")),
    "a call, or a name and attributes, got 'Constant'": program(Bind(Constant(1), "x")),
    "a call, or a name and attributes, got 'Names'": program(Bind(Names(), "x")),
    "one name that is not special, got '__name__'": program(Bind(Reference(("own",)), "__name__")),
    "what the case has defined, got 'loader'": found(Bind(Instance(("x", "loader")), "z")),
    "a path of plain names, got '../x'": program(call(DATA, Constant("pkg"), Constant("../../x"))),
    "a path of a resource, got 5": program(call(DATA, Constant("pkg"), Constant(5))),
    f"{OURS}, got 'sys'": program(call(RESOLVE, Constant("sys:path"))),
    f"{OURS}, where a __path__ is None, got '__z'": anywhere(call(RESOLVE, Constant("pkg.__z"))),
    "a module or an attribute of its own, got '__dict__'": program(call(RESOLVE, Constant("own:__dict__"))),
    "an object or an exception, got 'ImportError'": program(ReplaceImport("l", ("own",), ("own",), "ImportError")),
    "a built-in exception that is made of one text, got 'Exit'": program(ReplaceImport("l", ("own",), error="Exit")),
}
"""By what was expected, what no call may say."""


@pytest.mark.parametrize("words", TOLD)
def test_told(words: str) -> None:
    """It is told where, and what may stand there."""
    place, _, rest = reason(TOLD[words]).partition(": expected ")
    head, _, number = place.partition(", statement ")
    assert (words, "it: program") == (rest, head)
    assert number in {f"{n} ({kind})" for n in range(1, 5) for kind in ("Bind", "ReplaceImport")}


LET_IN: Final[dict[str, Case]] = {
    "a spec, a module and its loader": found(
        call(EXECUTE, Reference(("x", "loader")), Reference(("y",))), Bind(Reference(("y", "__spec__")), "z")
    ),
    "a call as an argument": program(call(FROM_SPEC, Call(FIND, (Constant("own"),)))),
    "a module reloaded, and any object": found(call(RELOAD, Reference(("y",))), call(RELOAD, Reference(("K",)))),
    "an instance to reload, and a constant": found(call(RELOAD, Instance(("K",))), call(RELOAD, Constant(5))),
    "files in roots": program(
        call(FROM_FILE, Constant("own"), Place("r0/own.py")),
        call(FROM_FILE, Constant("spam"), Place("r1/a/b.txt", pathlike=True)),
    ),
    "relative names": program(
        call(FIND, Constant(".os"), Constant("pkg")), call(FIND, Constant("..own.os"), Constant("pkg.sub"))
    ),
    "dots alone": program(call(IMPORT, Constant("."), Constant("pkg")), call(IMPORT, Constant(f"{'.' * 16}"))),
    "no package, in two ways": program(
        call(IMPORT, Constant("own"), Constant(None)), call(IMPORT, Constant("own"), package=Constant(""))
    ),
    "all of a call": program(
        call(DUNDER, Constant("pkg"), Names(), Names(), Constant(Items(("sub", "*", "x"))), Constant(0)),
        call(DUNDER, Constant("os"), Names(), Constant("any"), Constant(Items((), mutable=False)), Constant(16)),
        call(DUNDER, Constant("own"), Constant(None), level=Constant(-1)),
        call(DUNDER, Constant(""), Names(), level=Constant(1)),
    ),
    "names of the tree, anywhere": anywhere(
        call(DUNDER, Constant("pkg"), fromlist=Constant(Items(("own", "spam")))),
        call(DUNDER, Constant("own"), Names(), level=Constant(1)),
        call(IMPORT, Constant(".own.spam"), Constant("pkg")),
    ),
    "names of objects": program(
        call(RESOLVE, Constant("own:x.y")),
        call(RESOLVE, Constant("pkg.sub")),
        call(RESOLVE, Constant("")),
        call(RESOLVE, Constant("a:b:c")),
    ),
    "data of packages": program(call(DATA, Constant("pkg"), Constant("a/b.txt"))),
    "a name that is bound, and one that is not": found(Bind(Reference(("y", "x"))), Bind(Reference(("x",)), "z")),
    "functions in the place of __import__": program(
        Import((Alias("own"),)),
        ReplaceImport("l", ("own", "pkg.sub"), ("own", "x")),
        ReplaceImport("l", (), error="ImportError", inside=True),
        FromImport("pkg", (Alias("sub"),)),
    ),
}
"""By name, what calls may say."""


@pytest.mark.parametrize("name", LET_IN)
def test_let_in(name: str) -> None:
    """It is let in."""
    assert "" == reason(LET_IN[name])
