"""Calls with which a stranger would reach further than their tree."""

from typing import Final

from generators.attacking import SEARCHED, call, file, imports, module, program
from harness.model.case import Case
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import (
    Bind,
    Bytes,
    Call,
    Constant,
    Hook,
    Instance,
    Library,
    Names,
    Place,
    Reference,
)
from harness.model.language.walking import ExtendPath
from harness.model.source import (
    Alias,
    Assign,
    Class,
    FromImport,
    Import,
    Invoke,
    Items,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
)
from harness.model.tree import DataFile, Root, SourceFile, Tree

LOADER: Final = Reference(("own", "__spec__", "loader"))
"""The loader of a module of the tree."""

CALLS: Final[dict[str, Case]] = {
    "a module of the host by import_module": program(call("importlib.import_module", Constant("os"))),
    "a module of the host by __import__": program(call("builtins.__import__", Constant("os"))),
    "a module of the host below zero": program(call("builtins.__import__", Constant("os"), level=Constant(-1))),
    "a module of the host in a package": program(
        call("importlib.import_module", Constant(".path"), Constant("os")),
    ),
    "any path, and a fromlist": module(
        SEARCHED, program=(call("importlib.__import__", Constant("pkg"), fromlist=Constant(Items(("os",)))),)
    ),
    "any path, and a relative call": module(
        SEARCHED, call("builtins.__import__", Constant("os"), Names(), level=Constant(1))
    ),
    "any path, and a relative name that is given": module(
        SEARCHED, program=(call("importlib.import_module", Constant(".os"), Constant("pkg")),)
    ),
    "a module of the host above a package": program(
        call("importlib.import_module", Constant("..antigravity"), Constant("pkg")),
    ),
    "a module of the host above a package, in a statement": module(FromImport("antigravity", (Alias("x"),), level=2)),
    "a module of the host in a package, in a statement": module(FromImport("antigravity.x", (Alias("x"),), level=1)),
    "all of a module of the host above a package": module(StarImport("antigravity", level=2)),
    "a submodule of the host above a package": program(
        call("importlib.util.find_spec", Constant("..antigravity.x"), Constant("pkg")),
    ),
    "a module of the host without a package": program(call("importlib.import_module", Constant(".antigravity"))),
    "a module of the host in no package": program(
        call("importlib.util.find_spec", Constant(".antigravity.x"), package=Constant("")),
    ),
    "a module of the host by a level without names": program(
        call("importlib.__import__", Constant("antigravity"), level=Constant(1)),
    ),
    "a method of a loader": program(
        call("importlib.util.find_spec", Constant("own")), Invoke(("x", "loader", "load_module"))
    ),
    "a method of a loader that is bound": program(imports("own"), Bind(LOADER, "x"), Invoke(("x", "load_module"))),
    "a method of a loader that is taken": program(Recache("own", "x"), FromImport("own", (Alias("get_code", "y"),))),
    "a method of a loader that is taken by another name": program(
        Recache("own.get_resource_reader", "x"), Import((Alias("own.get_resource_reader", "y"),)), Invoke(("y",))
    ),
    "a method of a loader in the place of a module": program(
        ReplaceImport("hook", ("own",), ("x",)), Import((Alias("own.load_module", "y"),)), Invoke(("y",))
    ),
    "what a loader keeps to itself": program(imports("own"), Bind(LOADER, "x"), Read("y", ("x", "_cache_bytecode"))),
    "a method of the locations of a package": program(
        call("importlib.util.find_spec", Constant("pkg")), Invoke(("x", "submodule_search_locations", "x"))
    ),
    "a method of a path": program(imports("pkg"), Read("x", ("pkg", "__path__")), Invoke(("x", "clear"))),
    "a function that is not documented": program(call("os.system", Constant("id"))),
    "a text that ends an argument": program(call("importlib.import_module", Constant('own") or exit("'))),
    "a parameter that ends a call": program(call("importlib.reload", **{"x=1)\nimport os\n(y": Constant(1)})),
    "the names of a module as a value": program(Bind(Names(), "x")),
    "the names of a module to reload": program(call("importlib.reload", Names())),
    "a module of the host to reload": program(call("importlib.reload", Reference(("_sys",)))),
    "a module of the host of a module": program(call("importlib.reload", Reference(("own", "__loader__")))),
    "a module of the host by find_spec": program(call("importlib.util.find_spec", Constant("os"))),
    "a submodule of the host by find_spec": program(call("importlib.util.find_spec", Constant("os.path"))),
    "the spec of the built-in names": program(Bind(Reference(("__spec__",)), "x")),
    "the loader of the built-in names": program(Bind(Reference(("__spec__", "loader")), "x")),
    "the loader of a module": program(imports("own"), Bind(Reference(("own", "__loader__", "get_data")), "x")),
    "a file outside the tree": program(
        call("importlib.util.spec_from_file_location", Constant("own"), Place("r0/../../etc/x.py"))
    ),
    "a file without a root": program(
        call("importlib.util.spec_from_file_location", Constant("own"), Place("/etc/x.py"))
    ),
    "a file as a module of the host": program(
        call("importlib.util.spec_from_file_location", Constant("os"), Place("r0/own.py"))
    ),
    "a text as a path": program(call("importlib.util.spec_from_file_location", Constant("own"), Constant("/x.py"))),
    "the path of the tree as a value": program(Bind(Place("r0/own.py"), "x")),
    "a constant as a spec": program(call("importlib.util.module_from_spec", Constant("own"))),
    "the spec of the built-in names as one": program(call("importlib.util.module_from_spec", Reference(("__spec__",)))),
    "the method of a constant": program(call("importlib.abc.Loader.exec_module", Constant("x"), Reference(("own",)))),
    "a function in the place of __import__ for the host": program(ReplaceImport("hook", ("os",))),
    "one that gives the host's modules another": program(ReplaceImport("hook", ("os",), ("own",))),
    "one that gives what the suite has": program(ReplaceImport("hook", ("own",), ("_host",))),
    "one that gives a built-in function": program(ReplaceImport("hook", ("own",), ("eval",))),
    "one that gives a loader": program(imports("own"), ReplaceImport("hook", ("z",), ("own", "__loader__"))),
    "one that raises more than an exception": program(ReplaceImport("hook", ("own",), error="__import__('os').system")),
    "one that raises what is made of more than a text": program(
        ReplaceImport("hook", ("own",), error="ExceptionGroup")
    ),
    "a text that ends what it records": program(ReplaceImport("hook') or exit('", ("own') or exit('",))),
    "a class for a module, as a package": program(
        Class("numpy", (SetPath(("r0",)),)), ReplaceImport("hook", ("own",), ("numpy",))
    ),
    "the name of an object for a module": program(
        ReplaceImport("hook", ("own",), ("x",)), FromImport("own", (Alias("__name__"),))
    ),
    "__import__ from a module": program(FromImport("own", (Alias("x", "__import__"),))),
    "an instance of a function": program(Bind(Instance(("print",)), "x")),
    "an instance of what an attribute of the host is": program(
        imports("own"), Bind(Instance(("own", "__loader__", "get_resource_reader")), "x")
    ),
    "an instance of the spec of the built-in names": program(Bind(Instance(("__spec__",)), "x")),
    "what the suite has": program(Bind(Reference(("_host",)), "x")),
    "a module of the host by the name of an object": program(call("pkgutil.resolve_name", Constant("os:system"))),
    "an object of the host by its name": program(call("pkgutil.resolve_name", Constant("os.system"))),
    "any path, and the name of an object": module(
        SEARCHED, program=(call("pkgutil.resolve_name", Constant("pkg.os:system")),)
    ),
    "the built-in names by the name of an object": program(call("pkgutil.resolve_name", Constant("own:__builtins__"))),
    "the data of a package of the host": program(call("pkgutil.get_data", Constant("json"), Constant("x"))),
    "data above a package": program(call("pkgutil.get_data", Constant("pkg"), Constant("../../x"))),
    "data at a place of the host": program(call("pkgutil.get_data", Constant("pkg"), Constant("/etc/passwd"))),
    "directories of the name of a package of somebody's": Case(
        Tree((Root((SourceFile("numpy/__init__.py", Source((ExtendPath(),))),)),)), Source((imports("numpy.core"),))
    ),
    "a class that extends a path": Case(
        Tree((Root((SourceFile("pkg/__init__.py", Source((Class("numpy", (ExtendPath(),)),))),)),)),
        Source((FromImport("pkg", (Alias("numpy"),)), Recache("x", "numpy"), FromImport("x", (Alias("core"),)))),
    ),
    "directories of a package in a file": file("pkg.pkg", "/usr/lib/python3/dist-packages/numpy"),
    "a loader as a value that is made": program(
        call("importlib.machinery.SourceFileLoader", Constant("own"), Place("r0/own.py"))
    ),
    "code as a value": program(
        imports("own"),
        call("importlib.abc.InspectLoader.get_code", LOADER, Constant("own")),
    ),
    "code that is made as a value": program(call("importlib.abc.InspectLoader.source_to_code", Constant("x = 1"))),
    "the data of a place of the host by a loader": program(
        imports("own"),
        call(
            "importlib.abc.ResourceLoader.get_data",
            LOADER,
            Place("r0/../../etc/passwd"),
        ),
    ),
    "the source of a module of the host": program(
        imports("own"),
        call("importlib.abc.InspectLoader.get_source", LOADER, Constant("os")),
    ),
    "a built-in module of the host": program(call("importlib.machinery.BuiltinImporter.get_source", Constant("posix"))),
    "bytes of what is none": program(Bind(Bytes("\u0100"))),
    "bytes as a value": program(Bind(Bytes("x"), "x")),
    "the suffixes of the host as a value": program(Bind(Library("importlib.machinery.SOURCE_SUFFIXES"), "x")),
    "the resources of a package of the host": program(
        call("importlib.resources.is_resource", Constant("json"), Constant("x"))
    ),
    "resources above a package": program(
        call("importlib.resources.is_resource", Constant("pkg"), Constant("../../etc/passwd"))
    ),
    "a place of resources as a value": program(call("importlib.resources.files", Constant("pkg"))),
    "a text as a place of resources": program(
        Bind(Call("importlib.resources.abc.Traversable.read_text", (Constant("/etc/passwd"),)))
    ),
    "another call as a place of resources": program(
        Bind(
            Call(
                "importlib.resources.abc.Traversable.read_text",
                (Call("importlib.import_module", (Constant("own"),)),),
            )
        )
    ),
    "all packages there are": program(call("pkgutil.walk_packages", Constant(None), Constant(""))),
    "all packages there are, by a path": module(
        SEARCHED,
        program=(imports("pkg"), call("pkgutil.walk_packages", Reference(("pkg", "__path__")), Constant("pkg."))),
    ),
    "packages on a path that may be None": program(
        Assign("x", None), call("pkgutil.walk_packages", Reference(("x",)), Constant(""))
    ),
    "packages in the place of those of the host": Case(
        Tree((Root((SourceFile("pkg/__init__.py"), SourceFile("pkg/idlelib/__init__.py"))),)),
        Source((imports("pkg"), call("pkgutil.walk_packages", Reference(("pkg", "__path__")), Constant("")))),
    ),
    "packages of the host": program(
        imports("pkg"), call("pkgutil.walk_packages", Reference(("pkg", "__path__")), Constant("idlelib."))
    ),
    "a function that is called with a name": program(
        imports("pkg"),
        call("pkgutil.walk_packages", Reference(("pkg", "__path__")), Constant(""), onerror=Reference(("eval",))),
    ),
    "the finders of the host as a value": program(call("pkgutil.iter_importers")),
    "the finder of a directory of the host": program(Bind(Call("pkgutil.get_importer", (Constant("/etc"),)))),
    "a function of the library as a value": program(Bind(Library("pkgutil.get_loader"), "x")),
    "a module of the host as a value": program(Bind(Library("sys.modules"))),
    "a function of the library to reload": program(
        Bind(Call("importlib.reload", (Library("importlib.machinery.PathFinder"),)))
    ),
    "data above the tree": program(call("pkgutil.get_data", Constant("pkg"), Constant("../../../x"))),
    "a function as a value": program(Bind(Hook("x"), "x")),
    "a function that records what is no text": program(
        imports("pkg"),
        call("pkgutil.walk_packages", Reference(("pkg", "__path__")), Constant("pkg."), Hook("/etc/x")),
    ),
    "a module of the host that is run": program(call("runpy.run_module", Constant("antigravity"))),
    "a module of the host that is run, with a dot": program(call("runpy.run_module", Constant(".antigravity"))),
    "any path, and a package that is run": module(SEARCHED, program=(call("runpy.run_module", Constant("pkg")),)),
    "a module that is run in the place of one of the host": program(
        call("runpy.run_module", Constant("own"), run_name=Constant("os"), alter_sys=Constant(True))  # noqa: FBT003 - a value
    ),
    "a number for whether sys is altered": program(call("runpy.run_module", Constant("own"), alter_sys=Constant(2))),
    "a file outside the tree that is run": program(call("runpy.run_path", Place("r0/../../etc/x.py"))),
    "a file that is not there that is run": program(call("runpy.run_path", Place("r0/x.py"))),
    "a text that is run": program(call("runpy.run_path", Constant("/x.py"))),
    "a directory without a program that is run": program(call("runpy.run_path", Place("r0/pkg"))),
    "a text of the tree that is run": Case(
        Tree((Root((DataFile("x.txt", "import os"),)),)), Source((call("runpy.run_path", Place("r0/x.txt")),))
    ),
    "a directory with a module of the host that is run": Case(
        Tree((Root((SourceFile("x/__main__.py"), SourceFile("x/os.py"))),)),
        Source((call("runpy.run_path", Place("r0/x")),)),
    ),
}
"""What no call may say."""
