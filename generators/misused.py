"""Cases in which directives, declarations and annotations would reach further than their tree."""

from typing import Final

from generators.attacking import call, imports, program
from harness.model.case import Case
from harness.model.language.attributes import SetAttribute
from harness.model.language.expressions import Reference
from harness.model.language.module_hooks import TracedGetattr
from harness.model.source import (
    Alias,
    Annotate,
    Annotation,
    Assign,
    Block,
    Broken,
    Class,
    Exec,
    FromImport,
    Function,
    FutureImport,
    Import,
    Invoke,
    Items,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Recache,
    Source,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import Root, SourceFile, Tree

MISUSED: Final[dict[str, Case]] = {
    "a feature of another's": program(FutureImport((Alias("braces"),))),
    "the module of features": Case(Tree((Root((SourceFile("__future__.py"),)),)), Source()),
    "the module of features by a from-import": program(FromImport("__future__", (Alias("x"),))),
    "an annotated name of the host": program(Annotate("__builtins__", "x", 1)),
    "an annotation of the host's": program(Annotate("x", "_sys", 1)),
    "annotations of the host's": program(Annotation("x", ("_sys",), "x")),
    "annotations bound to a special name": program(Annotation("__spec__", ("own",), "x")),
    "a built-in module in the cache": program(Block("itertools")),
    "a module of the standard library that is not lent": program(Import((Alias("wave"),))),
    "a module of the library that the tree has no more": Case(
        Tree((Root((SourceFile("wave.py"),)),)), Source((PathEdit(0, remove=True), Import((Alias("wave"),))))
    ),
    "a submodule of the library's": program(Import((Alias("concurrent.futures"),))),
    "a submodule of the library's by a from-import": program(FromImport("concurrent", (Alias("futures"),))),
    "a submodule of the library's beside a portion of the tree": Case(
        Tree((Root((SourceFile("wsgiref/util.py"),)),)), Source((Import((Alias("wsgiref.util"),)),))
    ),
    "a submodule of the library's removed": program(Uncache("concurrent.futures")),
    "a module of the library executed again": program(
        imports("colorsys"), call("importlib.reload", Reference(("colorsys",)))
    ),
    "a module of the library changed": program(imports("graphlib"), SetAttribute(("graphlib", "x"), 1)),
    "a module of the library by another name": program(imports("graphlib"), Recache("own", "graphlib")),
    "a class called as a package of the library": program(Class("wsgiref", ()), Recache("own", "wsgiref")),
    "a package told that it is the library's": Case(
        Tree((Root((SourceFile("pkg/__init__.py", Source((Assign("__package__", "concurrent"),))),)),)),
        Source((Import((Alias("concurrent"),)),)),
    ),
    "slots of an object": program(Substitute("own", (("__slots__", Items(("__class__",), mutable=False)),))),
    "a line of one's own": program(Broken("import os")),
    "a nonlocal name of the host": program(Function("f", (), (), ("_sys",))),
    "a name both global and nonlocal": program(Function("f", (), ("x",), ("x",))),
    "a name for an exception that takes none": program(Raise("ValueError", "", "x")),
    "built-ins of a text that is executed": program(Exec((), (("__builtins__", None),))),
    "a text executed as somebody else's": program(
        Exec((FromImport("", (Alias("x"),), 1),), (("__package__", "json"),))
    ),
    "a text that is executed imports somebody else's": program(Exec((Import((Alias("subprocess"),)),))),
    "a text that executes another": program(Exec((Exec(()),))),
    "a text that needs the library": program(Exec((PathEdit(0),))),
    "a text that calls what is not documented": program(Exec((call("pkg"),))),
    "a text that handles what is not documented": program(Exec((Try((call("pkg"),), "ImportError", ()),))),
    "a text with the host's names": program(Exec((Assign("_mark", 1),))),
    "a path elsewhere for a text": program(Exec((), (("__path__", Items(("/usr/lib/python3",))),))),
    "a text with a name of the host": program(Exec((), (), "_tree")),
    "a special name that is traced": program(TracedGetattr("a", ("__path__",), ("own",))),
    "a method that is kept": program(TracedGetattr("a", ("append",), ("own",), kept=True)),
    "a name of the host that is kept": program(TracedGetattr("a", ("_tree",), ("own",), kept=True)),
    "what the host has": program(TracedGetattr("a", ("modules",), ("_sys",))),
    "what a built-in function has": program(TracedGetattr("a", ("x",), ("print",))),
    "what the parameter has": program(TracedGetattr("a", ("x",), ("name",))),
    "an event of the host's": program(TracedGetattr("__builtins__", ("x",))),
    "what the host has in a list": program(ModuleDir(("a",), ("_sys", "modules"))),
    "what the host has beside a list": program(ModuleDir((), ("a",), ("_sys", "modules"))),
    "names and a list beside another": program(ModuleDir(("a",), ("a",), ("b",))),
    "a list beside none": program(ModuleDir((), (), ("b",))),
    "a list of the host in which names are looked for": program(ModuleGetattr((), 1, known="_tree")),
    "the parameter in which it is looked for": program(ModuleGetattr((), 1, known="name")),
    "names and a list in which they are looked for": program(ModuleGetattr(("a",), 1, known="b")),
    "any path for names in a list": program(ModuleGetattr((), None, known="b")),
    "a package of another for names in a list": program(ModuleGetattr((), "json", known="b")),
    "the built-in names by others": program(
        ModuleGetattr((), None, known="b", prefix="__"), Assign("b", Items(("builtins__",)))
    ),
    "the built-in names by more of others": program(ModuleGetattr(("_builtins__",), None, prefix="_")),
    "the host by another name": program(ModuleGetattr(("ost",), None, prefix="_h")),
    "a value and another name": program(ModuleGetattr(("a",), 1, prefix="_x_")),
    "no beginning of a name": program(ModuleGetattr(("a",), None, prefix="1_")),
    "a path by another name": program(
        Assign("_x___path__", Items(("r0/x",))), ModuleGetattr((), None, known="b", prefix="_x_")
    ),
    "a path in a file by another name": Case(
        Tree((Root((SourceFile("_x___path__.py"),)),)), Source((ModuleGetattr(("__path__",), None, prefix="_x_"),))
    ),
    "a parameter of the host": program(Function("f", (), parameters=("_sys",))),
    "a parameter that is special": program(Function("f", (), parameters=("__path__",))),
    "a statement as a parameter": program(Function("f", (), parameters=("x=__import__('os')",))),
    "two parameters of a name": program(Function("f", (), parameters=("x", "x"))),
    "a parameter that is global": program(Function("f", (), ("x",), parameters=("x",))),
    "a parameter that is nonlocal": program(Function("f", (Function("g", (), (), ("x",), ("x",)),))),
    "an argument elsewhere": program(Function("f", (), parameters=("x",)), Invoke(("f",), ("/etc/passwd",))),
    "an argument of the host's": program(Invoke(("f",), ("__builtins__",))),
    "arguments for a built-in function": program(Invoke(("exec",), ("x",))),
    "arguments for a method": program(Assign("x", Items()), Invoke(("x", "append"), (1,))),
    "a path for an exception that is one": program(Raise("ImportError", "", "", "__builtins__")),
}
"""By name, what no case may say."""
