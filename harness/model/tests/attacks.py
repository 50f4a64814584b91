"""Cases with which a stranger would reach further than their tree."""

from typing import Final

from harness.model.case import Case, Module, Script
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


def _file(path: str, text: str | None = None) -> Case:
    return Case(Tree((Root((SourceFile(path) if text is None else DataFile(path, text),)),)), Source())


def _imports(*names: str) -> Statement:
    return Import(tuple(map(Alias, names)))


_CALL_EVAL = (Read("__getattr__", ("eval",)), Assign("__all__", Items(("__import__('os').system('id')",))))

ATTACKS: Final[dict[str, Case]] = {
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
    "call of raise": _program(Raise("exec")),
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
