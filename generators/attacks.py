"""Cases with which a stranger would reach further than their tree."""

from typing import Final

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import Bind, Call, Constant, Expression, Instance, Names, Place, Reference
from harness.model.language.walking import ExtendPath
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
    Import,
    Invoke,
    Items,
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

_TREE: Final = Tree((Root((SourceFile("own.py"), SourceFile("pkg/__init__.py"), SourceFile("pkg/sub.py"))), Root()))


def _program(*statements: Statement) -> Case:
    return Case(_TREE, Source(statements))


def _module(*statements: Statement, program: tuple[Statement, ...] = (), launch: Launch | None = None) -> Case:
    """A case whose package ``pkg`` has these statements."""
    tree = Tree((Root((SourceFile("own.py"), SourceFile("pkg/__init__.py", Source(statements)))), Root()))
    return Case(tree, Source(program), launch or Embedded())


def _file(path: str, text: str | None = None) -> Case:
    return Case(Tree((Root((SourceFile(path) if text is None else DataFile(path, text),)),)), Source())


def _imports(*names: str) -> Statement:
    return Import(tuple(map(Alias, names)))


_CALL_EVAL = (Read("__getattr__", ("eval",)), Assign("__all__", Items(("__import__('os').system('id')",))))

_SEARCHED = Assign("__path__", None)
_SHADOWED = Tree((Root((SourceFile("main.py"),)), Root((SourceFile("runpy.py"),))))

_MEANINGS: Final[dict[str, Case]] = {
    "an empty name": _module(Assign("__name__", "")),
    "an empty name by __getattr__": _module(ModuleGetattr(("__name__",), "")),
    "an empty name by a substitute": _program(Substitute("own", (("__name__", ""),))),
    "a name with an empty part": _module(Assign("__name__", ".own")),
    "a package with an empty part": _module(Assign("__package__", "own.")),
    "a path that is a text with a slash": _module(Assign("__path__", "r0/x")),
    "a path that is a text with a slash, by __getattr__": _module(ModuleGetattr(("x", "__path__"), "r0/x")),
    "a path that is a text with a slash, by a substitute": _program(Substitute("own", (("__path__", "r0/x"),))),
    "any path, and a module": _module(_SEARCHED, program=(_imports("pkg.os"),)),
    "any path, and a name": _module(_SEARCHED, program=(FromImport("pkg", (Alias("os"),)),)),
    "any path, and a relative name": _module(_SEARCHED, FromImport("", (Alias("os"),), 1)),
    "any path, and a relative module": _module(_SEARCHED, StarImport("os", 1)),
    "any path, and a list of names": _module(_SEARCHED, Assign("__all__", Items(("os",)))),
    "any path, and a longer list of names": _module(_SEARCHED, Extend("x", Items(("own.os",), mutable=False))),
    "any path, and a private name": _module(_SEARCHED, Class("os", (FromImport("", (Alias("__x"),), 1),))),
    "any path by __getattr__": _module(ModuleGetattr(("__path__",), None), program=(_imports("pkg.os"),)),
    "any path by a substitute": _program(Substitute("pkg", (("__path__", None),)), _imports("pkg.os")),
    "any path of a package on the way to the program": _module(_SEARCHED, launch=Module("pkg.site", "r0/pkg/site.py")),
    "a submodule as a spec": Case(Tree((Root((SourceFile("pkg/__spec__.py"),)),)), Source()),
    "a directory as the built-ins": Case(Tree((Root((SourceFile("pkg/__builtins__/x.py"),)),)), Source()),
    "a submodule as a name of the suite": Case(Tree((Root((SourceFile("pkg/_mark.py"),)),)), Source()),
    "import of a spec": _program(_imports("pkg.__spec__")),
    "relative import of a spec": _program(FromImport("__spec__", (Alias("x"),), 1)),
    "a substitute as a path": _program(Substitute("pkg.__path__")),
    "a list of names with the built-ins": _module(Assign("__all__", Items(("__builtins__",)))),
    "a longer list of names with the built-ins": _module(Extend("x", Items((Items(("__builtins__",)),)))),
    "a list of names with one of the suite": _module(Assign("__all__", Items(("_ValueError",)))),
    "the host's exceptions": _program(Assign("_ValueError", 1)),
    "the host's modules": _program(Read("x", ("_sys", "modules"))),
    "a file that is loaded at the start": Case(_SHADOWED, Source(), Script("r0/main.py")),
    "a package that is loaded at the start": _file("importlib/__init__.py"),
    "a directory of a package that is loaded at the start": _file("importlib/x.py"),
    "an extension that is loaded at the start": _file("_ssl.so", "text"),
    "a file beside the script": Case(Tree((Root((SourceFile("p/os.py"),)),)), Source(), Script("r0/p/main.py")),
    "the name of an object": _program(Recache("own", "x"), FromImport("own", (Alias("__name__"),))),
    "the name of an object in a list": _module(Assign("__all__", Items(("__name__",))), Recache("own", "x")),
    "a class as a package": _program(Class("numpy", (SetPath(("r0",)),)), Recache("own", "numpy")),
    "a class that takes a path": _program(
        Class("numpy", (FromImport("own", (Alias("__path__"),)),)), Recache("own", "numpy")
    ),
    "the path of the host": _program(Read("x", ("own", "__path__", "_last_parent_path"))),
    "a private name of another": _program(Class("sysconfigdata", (_imports("__linux_"),))),
    "the host's __main__": Case(_TREE, Source((Uncache("__main__"), _imports("__main__"))), Script("r0/main.py")),
}


def _call(function: str, *arguments: Expression, **keywords: Expression) -> Statement:
    return Bind(Call(function, arguments, tuple(keywords.items())), "x")


_CALLS: Final[dict[str, Case]] = {
    "a module of the host by import_module": _program(_call("importlib.import_module", Constant("os"))),
    "a module of the host by __import__": _program(_call("builtins.__import__", Constant("os"))),
    "a module of the host below zero": _program(_call("builtins.__import__", Constant("os"), level=Constant(-1))),
    "a module of the host in a package": _program(
        _call("importlib.import_module", Constant(".path"), Constant("os")),
    ),
    "any path, and a fromlist": _module(
        _SEARCHED, program=(_call("importlib.__import__", Constant("pkg"), fromlist=Constant(Items(("os",)))),)
    ),
    "any path, and a relative call": _module(
        _SEARCHED, _call("builtins.__import__", Constant("os"), Names(), level=Constant(1))
    ),
    "any path, and a relative name that is given": _module(
        _SEARCHED, program=(_call("importlib.import_module", Constant(".os"), Constant("pkg")),)
    ),
    "a module of the host above a package": _program(
        _call("importlib.import_module", Constant("..antigravity"), Constant("pkg")),
    ),
    "a module of the host above a package, in a statement": _module(FromImport("antigravity", (Alias("x"),), level=2)),
    "a module of the host in a package, in a statement": _module(FromImport("antigravity.x", (Alias("x"),), level=1)),
    "all of a module of the host above a package": _module(StarImport("antigravity", level=2)),
    "a submodule of the host above a package": _program(
        _call("importlib.util.find_spec", Constant("..antigravity.x"), Constant("pkg")),
    ),
    "a module of the host without a package": _program(_call("importlib.import_module", Constant(".antigravity"))),
    "a module of the host in no package": _program(
        _call("importlib.util.find_spec", Constant(".antigravity.x"), package=Constant("")),
    ),
    "a module of the host by a level without names": _program(
        _call("importlib.__import__", Constant("antigravity"), level=Constant(1)),
    ),
    "a method of a loader": _program(
        _call("importlib.util.find_spec", Constant("own")), Invoke(("x", "loader", "load_module"))
    ),
    "a method of a loader that is bound": _program(
        _imports("own"), Bind(Reference(("own", "__spec__", "loader")), "x"), Invoke(("x", "load_module"))
    ),
    "a method of a loader that is taken": _program(Recache("own", "x"), FromImport("own", (Alias("get_code", "y"),))),
    "a method of a loader that is taken by another name": _program(
        Recache("own.get_resource_reader", "x"), Import((Alias("own.get_resource_reader", "y"),)), Invoke(("y",))
    ),
    "a method of a loader in the place of a module": _program(
        ReplaceImport("hook", ("own",), ("x",)), Import((Alias("own.load_module", "y"),)), Invoke(("y",))
    ),
    "what a loader keeps to itself": _program(
        _imports("own"), Bind(Reference(("own", "__spec__", "loader")), "x"), Read("y", ("x", "_cache_bytecode"))
    ),
    "a method of the locations of a package": _program(
        _call("importlib.util.find_spec", Constant("pkg")), Invoke(("x", "submodule_search_locations", "x"))
    ),
    "a method of a path": _program(_imports("pkg"), Read("x", ("pkg", "__path__")), Invoke(("x", "clear"))),
    "a function that is not documented": _program(_call("os.system", Constant("id"))),
    "a text that ends an argument": _program(_call("importlib.import_module", Constant('own") or exit("'))),
    "a parameter that ends a call": _program(_call("importlib.reload", **{"x=1)\nimport os\n(y": Constant(1)})),
    "the names of a module as a value": _program(Bind(Names(), "x")),
    "the names of a module to reload": _program(_call("importlib.reload", Names())),
    "a module of the host to reload": _program(_call("importlib.reload", Reference(("_sys",)))),
    "a module of the host of a module": _program(_call("importlib.reload", Reference(("own", "__loader__")))),
    "a module of the host by find_spec": _program(_call("importlib.util.find_spec", Constant("os"))),
    "a submodule of the host by find_spec": _program(_call("importlib.util.find_spec", Constant("os.path"))),
    "the spec of the built-in names": _program(Bind(Reference(("__spec__",)), "x")),
    "the loader of the built-in names": _program(Bind(Reference(("__spec__", "loader")), "x")),
    "the loader of a module": _program(_imports("own"), Bind(Reference(("own", "__loader__", "get_data")), "x")),
    "a file outside the tree": _program(
        _call("importlib.util.spec_from_file_location", Constant("own"), Place("r0/../../etc/x.py"))
    ),
    "a file without a root": _program(
        _call("importlib.util.spec_from_file_location", Constant("own"), Place("/etc/x.py"))
    ),
    "a file as a module of the host": _program(
        _call("importlib.util.spec_from_file_location", Constant("os"), Place("r0/own.py"))
    ),
    "a text as a path": _program(_call("importlib.util.spec_from_file_location", Constant("own"), Constant("/x.py"))),
    "the path of the tree as a value": _program(Bind(Place("r0/own.py"), "x")),
    "a constant as a spec": _program(_call("importlib.util.module_from_spec", Constant("own"))),
    "the spec of the built-in names as one": _program(
        _call("importlib.util.module_from_spec", Reference(("__spec__",)))
    ),
    "the method of a constant": _program(_call("importlib.abc.Loader.exec_module", Constant("x"), Reference(("own",)))),
    "a function in the place of __import__ for the host": _program(ReplaceImport("hook", ("os",))),
    "one that gives the host's modules another": _program(ReplaceImport("hook", ("os",), ("own",))),
    "one that gives what the suite has": _program(ReplaceImport("hook", ("own",), ("_host",))),
    "one that gives a built-in function": _program(ReplaceImport("hook", ("own",), ("eval",))),
    "one that gives a loader": _program(_imports("own"), ReplaceImport("hook", ("z",), ("own", "__loader__"))),
    "one that raises more than an exception": _program(
        ReplaceImport("hook", ("own",), error="__import__('os').system")
    ),
    "one that raises what is made of more than a text": _program(
        ReplaceImport("hook", ("own",), error="ExceptionGroup")
    ),
    "a text that ends what it records": _program(ReplaceImport("hook') or exit('", ("own') or exit('",))),
    "a class for a module, as a package": _program(
        Class("numpy", (SetPath(("r0",)),)), ReplaceImport("hook", ("own",), ("numpy",))
    ),
    "the name of an object for a module": _program(
        ReplaceImport("hook", ("own",), ("x",)), FromImport("own", (Alias("__name__"),))
    ),
    "__import__ from a module": _program(FromImport("own", (Alias("x", "__import__"),))),
    "an instance of a function": _program(Bind(Instance(("print",)), "x")),
    "an instance of what an attribute of the host is": _program(
        _imports("own"), Bind(Instance(("own", "__loader__", "get_resource_reader")), "x")
    ),
    "an instance of the spec of the built-in names": _program(Bind(Instance(("__spec__",)), "x")),
    "what the suite has": _program(Bind(Reference(("_host",)), "x")),
    "a module of the host by the name of an object": _program(_call("pkgutil.resolve_name", Constant("os:system"))),
    "an object of the host by its name": _program(_call("pkgutil.resolve_name", Constant("os.system"))),
    "any path, and the name of an object": _module(
        _SEARCHED, program=(_call("pkgutil.resolve_name", Constant("pkg.os:system")),)
    ),
    "the built-in names by the name of an object": _program(
        _call("pkgutil.resolve_name", Constant("own:__builtins__"))
    ),
    "the data of a package of the host": _program(_call("pkgutil.get_data", Constant("json"), Constant("x"))),
    "data above a package": _program(_call("pkgutil.get_data", Constant("pkg"), Constant("../../x"))),
    "data at a place of the host": _program(_call("pkgutil.get_data", Constant("pkg"), Constant("/etc/passwd"))),
    "directories of the name of a package of somebody's": Case(
        Tree((Root((SourceFile("numpy/__init__.py", Source((ExtendPath(),))),)),)), Source((_imports("numpy.core"),))
    ),
    "a class that extends a path": Case(
        Tree((Root((SourceFile("pkg/__init__.py", Source((Class("numpy", (ExtendPath(),)),))),)),)),
        Source((FromImport("pkg", (Alias("numpy"),)), Recache("x", "numpy"), FromImport("x", (Alias("core"),)))),
    ),
    "directories of a package in a file": _file("pkg.pkg", "/usr/lib/python3/dist-packages/numpy"),
}
"""What no call may say."""

ATTACKS: Final[dict[str, Case]] = {
    **_MEANINGS,
    **_CALLS,
    "import that acts": _program(_imports("antigravity")),
    "import of an installed module": _program(_imports("some_installed_module")),
    "from import that acts": _program(FromImport("idlelib", (Alias("idle"),))),
    "star import of a module that acts": _program(StarImport("this")),
    "another spelling of os": _program(_imports("\uff4fs")),
    "another case of os": _program(_imports("OS")),
    "a namespace directory called as an installed module": Case(
        Tree((Root((SourceFile("idlelib/x.py"),)),)), Source((_imports("idlelib.idle"),))
    ),
    "a file called as a module that is built in": Case(
        Tree((Root((SourceFile("posix.py"),)),)), Source((_imports("posix"),))
    ),
    "a path without the tree": _program(PathEdit(0, remove=True), _imports("own")),
    "the agent as __main__": _program(_imports("__main__")),
    "statement in a name": _program(Assign("x\nimport os", 1)),
    "statement in an import": _program(_imports("own; import os")),
    "statement in an alias": _program(Import((Alias("own", "x\nimport os"),))),
    "statement in a from": _program(FromImport("own import x\nimport os\nfrom own", (Alias("x"),))),
    "call in an attribute": _program(Read("x", ("own", "x()"))),
    "call in an error": _program(Raise("__import__('os').system('id') or ValueError")),
    "raise of what is made of more than a text": _program(Raise("ExceptionGroup")),
    "call of raise": _program(Raise("exec")),
    "call in a cause": _program(Raise("ValueError", "exec('')")),
    "call of except": _program(Try((), "breakpoint()", ())),
    "statement in a function": _program(Function("f(x=__import__('os'))", ())),
    "statement in a global": _program(Function("f", (), ("x\n    import os",))),
    "statement in a class": _program(Class("C(print())", ())),
    "debugger": _program(Invoke(("breakpoint",))),
    "built-in function": _program(Read("x", ("open",))),
    "built-ins by name": _program(Read("x", ("__builtins__", "eval"))),
    "built-ins by attribute": _program(Function("f", ()), Read("x", ("f", "__globals__"))),
    "loader": _program(_imports("own"), Read("x", ("own", "__loader__", "get_data"))),
    "eval as module __getattr__": Case(
        Tree((Root((SourceFile("own.py", Source(_CALL_EVAL)),)),)), Source((StarImport("own"),))
    ),
    "import as module __getattr__": _program(Import((Alias("own", "__getattr__"),))),
    "a function as a hook": _program(Function("__getattr__", ())),
    "a class as a hook": _program(Class("__getattr__", ())),
    "a hook from a module": _program(FromImport("own", (Alias("x", "__path__"),))),
    "built-ins replaced": _program(Import((Alias("own", "__builtins__"),))),
    "the suite's own names": _program(Assign("_tree", "")),
    "the suite's own names by __getattr__": _program(ModuleGetattr(("_tree",), "")),
    "path of a package": _program(Assign("__path__", Items(("/usr/lib/python3",)))),
    "path of a package, later": _program(Assign("x", Items(("/usr/lib/python3",)))),
    "path of a package, above": _program(Extend("__path__", Items((Items(("..",)),)))),
    "path of a package, out of a root": _program(Extend("x", Items(("r0/../../..",)))),
    "path by __getattr__": _program(ModuleGetattr(("__path__",), Items(("/",)))),
    "path by a substitute": _program(Substitute("own", (("__path__", Items(("/",))),))),
    "path set absolute": _program(SetPath(("/usr/lib/python3",))),
    "path set above": _program(SetPath(("r0/../../..",))),
    "path set to no root": _program(SetPath(("../r0",))),
    "package of another": _program(Assign("__package__", "idlelib"), FromImport("", (Alias("idle"),), 1)),
    "name of another": _program(Assign("__name__", "pip.x"), FromImport("", (Alias("__main__"),), 1)),
    "package by __getattr__": _program(ModuleGetattr(("__package__",), "idlelib")),
    "package by a substitute": _program(Substitute("own", (("__package__", "idlelib"),))),
    "name of a function that becomes a package": _program(Function("idlelib", ())),
    "a module of the interpreter removed": _program(Uncache("sys")),
    "a module of the interpreter blocked": _program(Block("os")),
    "a module of the interpreter replaced": _program(Recache("os", "f")),
    "a built-in function as a module": _program(Recache("own", "exec")),
    "class of a substitute": _program(Substitute("own", (("__class__", 1),))),
    "delete of the built-ins": _program(Delete("__builtins__")),
    "level below nothing": _program(StarImport("own", -1)),
    "level without end": _program(StarImport("own", 10**9)),
    "root below nothing": _program(PathEdit(-1)),
    "number without end": _program(Assign("x", 10**5000)),
    "name without end": _program(Assign("x" * 100_000, 1)),
    "text without end": _program(Mark("x" * 100_000)),
    "keyword": _program(Read("x", ("yield",))),
    "nothing to import": _program(Import(())),
    "nothing to read": _program(Read("x", ())),
    "directory as text": _program(ModuleDir(("/etc",))),
    "many calls": _program(*(Function(f"f{n}", (Invoke((f"f{n - 1}",)),) * 2) for n in range(40))),
    "many statements": _program(*(Mark("x"),) * 20_000),
    "many roots": Case(Tree((Root(),) * 100), Source()),
    "many entries": Case(Tree((Root(tuple(SourceFile(f"f{n}.py") for n in range(2000))),)), Source()),
    "name of a file that takes no more": _file("x" * 300),
    "name of a file with a colon": _file("a:b.py"),
    "name of a file with a line end": _file("a\nb.py"),
    "name of a file that turns text round": _file("a\u202eb.py"),
    "name of a file with an escape": _file("\x1b[2Jb.py"),
    "compiled file": _file("__pycache__/own.cpython-312.pyc", "text"),
    "compiled data": _file("own.pyc", "\u00cb\r\r\n\0\0\0\0"),
    "binary data": _file("own.so", "\x7fELF"),
    "archive": _file("own.zip", "PK\x05\x06" + "\0" * 18),
    "bytes": _file("own.txt", "\udc80"),
    "program as data": _file("own.py", "import os; os.system('id')"),
    "program as data, in capitals": _file("own.PY", "import os; os.system('id')"),
    "settings of a debugger": _file(".pdbrc", "import os"),
    "settings of an environment": _file("pyvenv.cfg", "home = /tmp"),
    "paths of a site": _file("own.pth", "import os"),
    "script outside": Case(_TREE, Source(), Script("../main.py")),
    "script that is absolute": Case(_TREE, Source(), Script("/etc/main.py")),
    "script in another number": Case(_TREE, Source(), Script("r\u0661/main.py")),
    "script in no root": Case(_TREE, Source(), Script("r7/main.py")),
    "script in the last root": Case(_TREE, Source(), Script("r-1/main.py")),
    "script above": Case(_TREE, Source(), Script("r0/../../main.py")),
    "script that is an option": Case(_TREE, Source(), Script("-c")),
    "script that is a root": Case(_TREE, Source(), Script("r0/")),
    "script below a file": Case(_TREE, Source(), Script("r0/own.py/main.py")),
    "script with two paths": Case(_TREE, Source(), Script("r0/a:b/main.py")),
    "option as module": Case(_TREE, Source(), Module("-c", "r0/-c.py")),
    "module of the standard library": Case(_TREE, Source(), Module("http.server", "r0/http/server.py")),
    "module of the standard library that lies there": Case(
        _TREE, Source(), Module("ensurepip", "r0/ensurepip/__main__.py")
    ),
    "module that is installed": Case(_TREE, Source(), Module("installed.main", "r0/installed/main.py")),
    "module of another file": Case(_TREE, Source(), Module("site", "r0/own.py")),
}
"""By name, what a case may not say."""

HARMLESS: Final[dict[str, Case]] = {
    "no package": _module(Assign("__package__", "")),
    "names that are none": _module(
        Assign("__name__", 5), Assign("__package__", Items(("x",))), Assign("__spec__", "s")
    ),
    "the name of another": _module(Assign("__name__", "own"), program=(FromImport("pkg", (Alias("os"),)),)),
    "an empty path": _module(Assign("__path__", "")),
    "a path that is a text": _module(Assign("__path__", "r0.~"), program=(_imports("pkg.os"),)),
    "a path relative to the tree": _module(Assign("__path__", Items(("", ".", "x", "r1/y", None, 5, Items())))),
    "any path, and names of the tree": _module(
        _SEARCHED, program=(_imports("pkg.own"), FromImport("pkg", (Alias("x"),)))
    ),
    "any path by __getattr__, and nobody's names": _module(
        ModuleGetattr(("__path__",), None), program=(_imports("pkg.z"),)
    ),
    "files of any suffix": Case(
        Tree((Root((DataFile("m.so", "text"), DataFile("m/__init__.pyc", "text"), DataFile("os.txt", "text"))),)),
        Source(),
    ),
    "modules of a package that are called as others": Case(Tree((Root((SourceFile("pkg/os.py"),)),)), Source()),
    "built-in names": _program(Assign("ValueError", 1), Read("x", ("OSError",)), Function("type", ())),
    "attributes of built-in objects": _program(
        Class("K", ()), Read("x", ("K", "mro")), Assign("y", 1), Read("z", ("y", "real"))
    ),
    "a name in no package": _program(
        _call("importlib.util.resolve_name", Constant(".own"), Constant("")),
        _call("importlib.import_module", Constant("...own"), Constant("pkg.sub")),
    ),
    "a submodule that is called as another, by a call": _program(
        _call("importlib.util.find_spec", Constant("..os"), Constant("pkg.sub"))
    ),
    "a function of a module in a package": _program(_imports("pkg.sub"), Invoke(("pkg", "sub", "f"))),
    "what a spec says": _program(
        _call("importlib.util.find_spec", Constant("pkg")), Read("y", ("x", "submodule_search_locations"))
    ),
    "an object in the cache": _program(
        Assign("x", Items((1,))), Recache("own", "x"), FromImport("own", (Alias("copy"),))
    ),
    "private names": _program(Class("K", (_imports("__x"), Assign("__y", 1))), Read("x", ("K", "_K__y"))),
    "a class with a path": _program(Class("K", (Assign("__path__", Items(("",))),)), Recache("own", "K")),
    "the program removed": Case(_TREE, Source((Uncache("__main__"),)), Script("r0/main.py")),
    "special names of another": _program(FromImport("own", (Alias("__name__"), Alias("__path__"), Alias("__all__")))),
}
"""By name, what a case may say although it is close to what none may."""
