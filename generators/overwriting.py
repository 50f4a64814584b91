"""Cases in which a file that is edited, or what it holds then, would reach further than the tree."""

from typing import Final

from generators.attacking import SEARCHED, TREE, call, imports, module, program
from harness.model.case import Case, Module, Script
from harness.model.language.expressions import Constant
from harness.model.source import (
    Alias,
    Assign,
    Broken,
    Class,
    Edit,
    Exec,
    FromImport,
    Function,
    Import,
    Invoke,
    Items,
    Mark,
    PathEdit,
    Read,
    Recache,
    Source,
    StarImport,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Root, SourceFile, Tree

_OWN: Final = "r0/own.py"
_ARCHIVED: Final = Tree((Root((SourceFile("own.py"),), "stored"),))
_DATA: Final = Tree((Root((DataFile("own.txt"), DataFile("own.pth"), SourceFile("own.so"))),))


def _edited(place: str, *body: Edit | Import) -> Case:
    return program(Edit(place, body))


OVERWRITTEN: Final[dict[str, Case]] = {
    "a file elsewhere": _edited("/etc/passwd"),
    "a file above": _edited("r0/../own.py"),
    "a file above, by a root": _edited("../r0/own.py"),
    "a file above that leads back": _edited("r0/pkg/../own.py"),
    "a file by a dot": _edited("r0/./own.py"),
    "a file by a needless slash": _edited("r0//own.py"),
    "a file by a slash": _edited("/r0/own.py"),
    "a file by a slash at its end": _edited("r0/own.py/"),
    "a file of no root": _edited("own.py"),
    "a file of a root that is not there": _edited("r7/own.py"),
    "a file in other letters": _edited("r0/OWN.py"),
    "a file that is not there": _edited("r0/new.py"),
    "a file by a name with an end": _edited("r0/own.py\0"),
    "a file of which only a part is there": _edited("r0/pkg/sub"),
    "no file": _edited(""),
    "a directory": _edited("r0/pkg"),
    "a root": _edited("r0"),
    "bytecode of a file": _edited("r0/__pycache__/own.cpython-312.pyc"),
    "a file of data": Case(_DATA, Source((Edit("r0/own.txt"),))),
    "a file of paths": Case(_DATA, Source((Edit("r0/own.pth"),))),
    "a source that has no name of one": Case(_DATA, Source((Edit("r0/own.so"),))),
    "a member of an archive": Case(_ARCHIVED, Source((Edit(_OWN),))),
    "an archive": Case(_ARCHIVED, Source((Edit("r0"),))),
    "the agent": _edited("../agent.py"),
    "the script itself": Case(TREE, Source((Edit("r0/main.py"),)), Script("r0/main.py")),
    "the script itself, where a file lies": Case(TREE, Source((Edit(_OWN),)), Script(_OWN)),
    "the script itself, by a module": module(Edit("r0/main.py"), launch=Script("r0/main.py")),
    "the module that is run": Case(TREE, Source((Edit("r0/pkg/__main__.py"),)), Module("pkg", "r0/pkg/__main__.py")),
    "an edit in an edit": program(Edit(_OWN, (Edit("r0/pkg/sub.py"),))),
    "an edit deep in an edit": program(Edit(_OWN, (Try((Function("f", (Edit(_OWN),)),), "ImportError", ()),))),
    "an edit in a text": program(Exec((Edit(_OWN),))),
    "an edit in a text in an edit": program(Edit(_OWN, (Exec((Edit(_OWN),)),))),
    "an edit beside what the library lends": program(imports("wsgiref"), Edit(_OWN)),
    "what the library lends in an edit": program(Edit(_OWN, (imports("wsgiref"),))),
    "an import that acts in an edit": program(Edit(_OWN, (imports("antigravity"),))),
    "an import that acts deep in an edit": program(Edit(_OWN, (Function("f", (StarImport("this"),)),))),
    "a module of the library's in an edit": program(Edit(_OWN, (FromImport("os", (Alias("path"),)),))),
    "a call in an edit": program(Edit(_OWN, (call("importlib.import_module", Constant("subprocess")),))),
    "a line of one's own in an edit": program(Edit(_OWN, (Broken("import os"),))),
    "a line in a mark in an edit": program(Edit(_OWN, (Mark("../x"),))),
    "a name of the host in an edit": program(Edit(_OWN, (Assign("_mark", 1),))),
    "a statement in a name in an edit": program(Edit(_OWN, (Assign("x\nimport os", 1),))),
    "the host's modules in an edit": program(Edit(_OWN, (Read("x", ("_sys", "modules")),))),
    "a built-in function in an edit": program(Edit(_OWN, (Invoke(("exec",), ("x",)),))),
    "a path elsewhere in an edit": program(Edit("r0/pkg/__init__.py", (Assign("__path__", Items(("/etc",))),))),
    "any path in an edit": program(Edit("r0/pkg/__init__.py", (SEARCHED,)), imports("pkg.os")),
    "any path in an edit of a module that imports": module(Edit(_OWN, (SEARCHED,)), imports("pkg.os")),
    "a docstring that is a name of the host's": program(Edit(_OWN, (), "_mark")),
    "a docstring that is a path": program(Edit(_OWN, (), "/etc/passwd")),
    "a root that is gone in an edit": program(Edit(_OWN, (PathEdit(0, remove=True),)), imports("own")),
    "an object in the cache by an edit": program(
        Class("numpy", (Assign("__path__", Items(("r0",))),)), Edit(_OWN, (Recache("own", "numpy"),))
    ),
    "the agent as __main__ by an edit": program(Edit(_OWN, (imports("__main__"),))),
    "the program removed by an edit, and imported": Case(
        TREE, Source((Edit(_OWN, (Uncache("__main__"),)), imports("__main__"))), Script("r0/main.py")
    ),
}
"""By name, what no case may say."""

WRITTEN: Final[dict[str, Case]] = {
    "a module that is edited": program(
        imports("own"), Edit(_OWN, (Assign("x", 1), imports("pkg.sub")), "It."), imports("own")
    ),
    "a package that edits itself": module(Edit("r0/pkg/__init__.py", (Assign("__path__", Items(("r0",))),))),
    "a module that a script edits": Case(TREE, Source((Edit(_OWN, (Broken(),)),)), Script("r0/main.py")),
    "a text that is executed in an edit": program(Edit(_OWN, (Exec((Assign("x", 1),)), PathEdit(0)))),
}
"""By name, what a case may say although it is close to what none may."""
