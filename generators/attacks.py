"""Cases with which a stranger would reach further than their tree."""

from typing import Final

from generators.altering import ALTERED
from generators.attacking import SEARCHED, TREE, call, file, imports, module, program
from generators.called_attacks import CALLS
from generators.misused import MISUSED
from generators.overwriting import OVERWRITTEN, WRITTEN
from harness.model.case import Case, Module, Script
from harness.model.language.expressions import Constant
from harness.model.language.module_hooks import LazyGetattr
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
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Root, SourceFile, Tree

_CALL_EVAL = (Read("__getattr__", ("eval",)), Assign("__all__", Items(("__import__('os').system('id')",))))

_SHADOWED = Tree((Root((SourceFile("main.py"),)), Root((SourceFile("runpy.py"),))))

_MEANINGS: Final[dict[str, Case]] = {
    "an empty name": module(Assign("__name__", "")),
    "an empty name by __getattr__": module(ModuleGetattr(("__name__",), "")),
    "an empty name by a substitute": program(Substitute("own", (("__name__", ""),))),
    "a name with an empty part": module(Assign("__name__", ".own")),
    "a package with an empty part": module(Assign("__package__", "own.")),
    "a path that is a text with a slash": module(Assign("__path__", "r0/x")),
    "a path that is a text with a slash, by __getattr__": module(ModuleGetattr(("x", "__path__"), "r0/x")),
    "a path that is a text with a slash, by a substitute": program(Substitute("own", (("__path__", "r0/x"),))),
    "any path, and a module": module(SEARCHED, program=(imports("pkg.os"),)),
    "any path, and a name": module(SEARCHED, program=(FromImport("pkg", (Alias("os"),)),)),
    "any path, and a relative name": module(SEARCHED, FromImport("", (Alias("os"),), 1)),
    "any path, and a relative module": module(SEARCHED, StarImport("os", 1)),
    "any path, and a list of names": module(SEARCHED, Assign("__all__", Items(("os",)))),
    "any path, and a longer list of names": module(SEARCHED, Extend("x", Items(("own.os",), mutable=False))),
    "any path, and a private name": module(SEARCHED, Class("os", (FromImport("", (Alias("__x"),), 1),))),
    "any path by __getattr__": module(ModuleGetattr(("__path__",), None), program=(imports("pkg.os"),)),
    "any path by a substitute": program(Substitute("pkg", (("__path__", None),)), imports("pkg.os")),
    "any path of a package on the way to the program": module(SEARCHED, launch=Module("pkg.site", "r0/pkg/site.py")),
    "a submodule as a spec": Case(Tree((Root((SourceFile("pkg/__spec__.py"),)),)), Source()),
    "a directory as the built-ins": Case(Tree((Root((SourceFile("pkg/__builtins__/x.py"),)),)), Source()),
    "a submodule as a name of the suite": Case(Tree((Root((SourceFile("pkg/_mark.py"),)),)), Source()),
    "import of a spec": program(imports("pkg.__spec__")),
    "relative import of a spec": program(FromImport("__spec__", (Alias("x"),), 1)),
    "a substitute as a path": program(Substitute("pkg.__path__")),
    "a list of names with the built-ins": module(Assign("__all__", Items(("__builtins__",)))),
    "a longer list of names with the built-ins": module(Extend("x", Items((Items(("__builtins__",)),)))),
    "a list of names with one of the suite": module(Assign("__all__", Items(("_ValueError",)))),
    "the host's exceptions": program(Assign("_ValueError", 1)),
    "the host's modules": program(Read("x", ("_sys", "modules"))),
    "a file that is loaded at the start": Case(_SHADOWED, Source(), Script("r0/main.py")),
    "a package that is loaded at the start": file("importlib/__init__.py"),
    "a directory of a package that is loaded at the start": file("importlib/x.py"),
    "an extension that is loaded at the start": file("_ssl.so", "text"),
    "a file beside the script": Case(Tree((Root((SourceFile("p/os.py"),)),)), Source(), Script("r0/p/main.py")),
    "the name of an object": program(Recache("own", "x"), FromImport("own", (Alias("__name__"),))),
    "the name of an object in a list": module(Assign("__all__", Items(("__name__",))), Recache("own", "x")),
    "a class as a package": program(Class("numpy", (SetPath(("r0",)),)), Recache("own", "numpy")),
    "a class that takes a path": program(
        Class("numpy", (FromImport("own", (Alias("__path__"),)),)), Recache("own", "numpy")
    ),
    "the path of the host": program(Read("x", ("own", "__path__", "_last_parent_path"))),
    "a private name of another": program(Class("sysconfigdata", (imports("__linux_"),))),
    "the host's __main__": Case(TREE, Source((Uncache("__main__"), imports("__main__"))), Script("r0/main.py")),
}


ATTACKS: Final[dict[str, Case]] = {
    **_MEANINGS,
    **CALLS,
    **MISUSED,
    **ALTERED,
    **OVERWRITTEN,
    "import that acts": program(imports("antigravity")),
    "import of an installed module": program(imports("some_installed_module")),
    "from import that acts": program(FromImport("idlelib", (Alias("idle"),))),
    "star import of a module that acts": program(StarImport("this")),
    "another spelling of os": program(imports("\uff4fs")),
    "another case of os": program(imports("OS")),
    "a namespace directory called as an installed module": Case(
        Tree((Root((SourceFile("idlelib/x.py"),)),)), Source((imports("idlelib.idle"),))
    ),
    "a file called as a module that is built in": Case(
        Tree((Root((SourceFile("posix.py"),)),)), Source((imports("posix"),))
    ),
    "a path without the tree": program(PathEdit(0, remove=True), imports("own")),
    "the agent as __main__": program(imports("__main__")),
    "statement in a name": program(Assign("x\nimport os", 1)),
    "statement in an import": program(imports("own; import os")),
    "statement in an alias": program(Import((Alias("own", "x\nimport os"),))),
    "statement in a from": program(FromImport("own import x\nimport os\nfrom own", (Alias("x"),))),
    "call in an attribute": program(Read("x", ("own", "x()"))),
    "call in an error": program(Raise("__import__('os').system('id') or ValueError")),
    "raise of what is made of more than a text": program(Raise("ExceptionGroup")),
    "call of raise": program(Raise("exec")),
    "call in a cause": program(Raise("ValueError", "exec('')")),
    "call of except": program(Try((), "breakpoint()", ())),
    "statement in a function": program(Function("f(x=__import__('os'))", ())),
    "statement in a global": program(Function("f", (), ("x\n    import os",))),
    "statement in a class": program(Class("C(print())", ())),
    "debugger": program(Invoke(("breakpoint",))),
    "built-in function": program(Read("x", ("open",))),
    "built-ins by name": program(Read("x", ("__builtins__", "eval"))),
    "built-ins by attribute": program(Function("f", ()), Read("x", ("f", "__globals__"))),
    "loader": program(imports("own"), Read("x", ("own", "__loader__", "get_data"))),
    "eval as module __getattr__": Case(
        Tree((Root((SourceFile("own.py", Source(_CALL_EVAL)),)),)), Source((StarImport("own"),))
    ),
    "import as module __getattr__": program(Import((Alias("own", "__getattr__"),))),
    "a function as a hook": program(Function("__getattr__", ())),
    "a class as a hook": program(Class("__getattr__", ())),
    "a hook from a module": program(FromImport("own", (Alias("x", "__path__"),))),
    "built-ins replaced": program(Import((Alias("own", "__builtins__"),))),
    "the suite's own names": program(Assign("_tree", "")),
    "the suite's own names by __getattr__": program(ModuleGetattr(("_tree",), "")),
    "path of a package": program(Assign("__path__", Items(("/usr/lib/python3",)))),
    "path of a package, later": program(Assign("x", Items(("/usr/lib/python3",)))),
    "path of a package, above": program(Extend("__path__", Items((Items(("..",)),)))),
    "path of a package, out of a root": program(Extend("x", Items(("r0/../../..",)))),
    "path by __getattr__": program(ModuleGetattr(("__path__",), Items(("/",)))),
    "path by a substitute": program(Substitute("own", (("__path__", Items(("/",))),))),
    "path set absolute": program(SetPath(("/usr/lib/python3",))),
    "path set above": program(SetPath(("r0/../../..",))),
    "path set to no root": program(SetPath(("../r0",))),
    "package of another": program(Assign("__package__", "idlelib"), FromImport("", (Alias("idle"),), 1)),
    "name of another": program(Assign("__name__", "pip.x"), FromImport("", (Alias("__main__"),), 1)),
    "package by __getattr__": program(ModuleGetattr(("__package__",), "idlelib")),
    "package by a substitute": program(Substitute("own", (("__package__", "idlelib"),))),
    "name of a function that becomes a package": program(Function("idlelib", ())),
    "a module of the interpreter removed": program(Uncache("sys")),
    "a module of the interpreter blocked": program(Block("os")),
    "a module of the interpreter replaced": program(Recache("os", "f")),
    "a built-in function as a module": program(Recache("own", "exec")),
    "class of a substitute": program(Substitute("own", (("__class__", 1),))),
    "delete of the built-ins": program(Delete("__builtins__")),
    "level below nothing": program(StarImport("own", -1)),
    "level without end": program(StarImport("own", 10**9)),
    "root below nothing": program(PathEdit(-1)),
    "number without end": program(Assign("x", 10**5000)),
    "name without end": program(Assign("x" * 100_000, 1)),
    "text without end": program(Mark("x" * 100_000)),
    "keyword": program(Read("x", ("yield",))),
    "nothing to import": program(Import(())),
    "nothing to read": program(Read("x", ())),
    "directory as text": program(ModuleDir(("/etc",))),
    "many calls": program(*(Function(f"f{n}", (Invoke((f"f{n - 1}",)),) * 2) for n in range(40))),
    "many statements": program(*(Mark("x"),) * 20_000),
    "many roots": Case(Tree((Root(),) * 100), Source()),
    "many entries": Case(Tree((Root(tuple(SourceFile(f"f{n}.py") for n in range(2000))),)), Source()),
    "name of a file that takes no more": file("x" * 300),
    "name of a file with a colon": file("a:b.py"),
    "name of a file with a line end": file("a\nb.py"),
    "name of a file that turns text round": file("a\u202eb.py"),
    "name of a file with an escape": file("\x1b[2Jb.py"),
    "compiled file": file("__pycache__/own.cpython-312.pyc", "text"),
    "compiled data": file("own.pyc", "\u00cb\r\r\n\0\0\0\0"),
    "binary data": file("own.so", "\x7fELF"),
    "archive": file("own.zip", "PK\x05\x06" + "\0" * 18),
    "bytes": file("own.txt", "\udc80"),
    "program as data": file("own.py", "import os; os.system('id')"),
    "program as data, in capitals": file("own.PY", "import os; os.system('id')"),
    "settings of a debugger": file(".pdbrc", "import os"),
    "settings of an environment": file("pyvenv.cfg", "home = /tmp"),
    "paths of a site": file("own.pth", "import os"),
    "script outside": Case(TREE, Source(), Script("../main.py")),
    "script that is absolute": Case(TREE, Source(), Script("/etc/main.py")),
    "script in another number": Case(TREE, Source(), Script("r\u0661/main.py")),
    "script in no root": Case(TREE, Source(), Script("r7/main.py")),
    "script in the last root": Case(TREE, Source(), Script("r-1/main.py")),
    "script above": Case(TREE, Source(), Script("r0/../../main.py")),
    "script that is an option": Case(TREE, Source(), Script("-c")),
    "script that is a root": Case(TREE, Source(), Script("r0/")),
    "script below a file": Case(TREE, Source(), Script("r0/own.py/main.py")),
    "script with two paths": Case(TREE, Source(), Script("r0/a:b/main.py")),
    "option as module": Case(TREE, Source(), Module("-c", "r0/-c.py")),
    "module of the standard library": Case(TREE, Source(), Module("http.server", "r0/http/server.py")),
    "module of the standard library that lies there": Case(
        TREE, Source(), Module("ensurepip", "r0/ensurepip/__main__.py")
    ),
    "module that is installed": Case(TREE, Source(), Module("installed.main", "r0/installed/main.py")),
    "module of another file": Case(TREE, Source(), Module("site", "r0/own.py")),
}
"""By name, what a case may not say."""

HARMLESS: Final[dict[str, Case]] = {
    **WRITTEN,
    "no package": module(Assign("__package__", "")),
    "names that are none": module(Assign("__name__", 5), Assign("__package__", Items(("x",))), Assign("__spec__", "s")),
    "the name of another": module(Assign("__name__", "own"), program=(FromImport("pkg", (Alias("os"),)),)),
    "an empty path": module(Assign("__path__", "")),
    "a path that is a text": module(Assign("__path__", "r0.~"), program=(imports("pkg.os"),)),
    "a path relative to the tree": module(Assign("__path__", Items(("", ".", "x", "r1/y", None, 5, Items())))),
    "any path, and names of the tree": module(SEARCHED, program=(imports("pkg.own"), FromImport("pkg", (Alias("x"),)))),
    "any path by __getattr__, and nobody's names": module(
        ModuleGetattr(("__path__",), None), program=(imports("pkg.z"),)
    ),
    "files of any suffix": Case(
        Tree((Root((DataFile("m.so", "text"), DataFile("m/__init__.pyc", "text"), DataFile("os.txt", "text"))),)),
        Source(),
    ),
    "modules of a package that are called as others": Case(Tree((Root((SourceFile("pkg/os.py"),)),)), Source()),
    "a module that the library lends": program(
        imports("colorsys"), imports("concurrent.z"), Uncache("colorsys"), StarImport("graphlib")
    ),
    "a module of the tree by the name of one of the library": Case(
        Tree((Root((SourceFile("wave.py"), SourceFile("sched/__init__.py"), SourceFile("sched/os.py"))),)),
        Source((imports("wave"), imports("sched.os"), Recache("wave", "sched"))),
    ),
    "built-in names": program(Assign("ValueError", 1), Read("x", ("OSError",)), Function("type", ())),
    "attributes of built-in objects": program(
        Class("K", ()), Read("x", ("K", "mro")), Assign("y", 1), Read("z", ("y", "real"))
    ),
    "a submodule that is called as another, in a list": module(
        Assign("__all__", Items(("os",))),
        LazyGetattr((), "__all__"),
        program=(imports("pkg"), Read("x", ("pkg", "os"))),
    ),
    "another name for a special one": program(
        Assign("x", Items(("__path__",))),
        ModuleGetattr((), None, known="x", prefix="_x_"),
        Assign("_x_a", Items(("r0",))),
    ),
    "a function with arguments": program(
        Function("f", (Read("y", ("x",)),), parameters=("x", "json")), Invoke(("f",), ("s", Items(("r0/x",))))
    ),
    "a name in no package": program(
        call("importlib.util.resolve_name", Constant(".own"), Constant("")),
        call("importlib.import_module", Constant("...own"), Constant("pkg.sub")),
    ),
    "a submodule that is called as another, by a call": program(
        call("importlib.util.find_spec", Constant("..os"), Constant("pkg.sub"))
    ),
    "a function of a module in a package": program(imports("pkg.sub"), Invoke(("pkg", "sub", "f"))),
    "what a spec says": program(
        call("importlib.util.find_spec", Constant("pkg")), Read("y", ("x", "submodule_search_locations"))
    ),
    "an object in the cache": program(
        Assign("x", Items((1,))), Recache("own", "x"), FromImport("own", (Alias("copy"),))
    ),
    "private names": program(Class("K", (imports("__x"), Assign("__y", 1))), Read("x", ("K", "_K__y"))),
    "a class with a path": program(Class("K", (Assign("__path__", Items(("",))),)), Recache("own", "K")),
    "the program removed": Case(TREE, Source((Uncache("__main__"),)), Script("r0/main.py")),
    "special names of another": program(FromImport("own", (Alias("__name__"), Alias("__path__"), Alias("__all__")))),
}
"""By name, what a case may say although it is close to what none may."""
