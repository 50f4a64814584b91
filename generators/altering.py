"""Cases in which attributes that are set, what is asked, and paths would reach further than their tree."""

from typing import Final

from generators.attacking import SEARCHED, call, imports, module, program
from harness.model.case import Case
from harness.model.language.asking import IsInstance, Listed, LoaderRepr, OfSys, ReprShows, SameType
from harness.model.language.attributes import DeleteAttribute, SetAttribute
from harness.model.language.expressions import Bytes, Call, Constant, Place
from harness.model.language.module_classes import NamingRepr, OwnClass, Property, TracedSetattr
from harness.model.language.module_hooks import LazyGetattr
from harness.model.language.paths import PathAnew, PathAppend, SetPathOf
from harness.model.language.shapes import Reference
from harness.model.source import Assign, Class, Function, Items, Read, Recache, Statement

_WALK: Final = call("pkgutil.walk_packages", Reference(("own", "__path__")), Constant("own."))


def _by_class(*body: Statement, then: tuple[Statement, ...] = ()) -> Case:
    """A module whose class has that body, and what the program does then."""
    given = SetAttribute(("own", "__class__"), None, ("C",))
    return program(Class("C", body, modules=True), imports("own"), given, *then)


ALTERED: Final[dict[str, Case]] = {
    "an attribute of the host": program(SetAttribute(("_sys", "path"), Items(()))),
    "an attribute of a loader": program(SetAttribute(("own", "__spec__", "loader", "path"), "own")),
    "the place of a loader by a name": program(SetAttribute(("x", "path"), "own")),
    "an attribute of a function": program(SetAttribute(("f", "__code__"), 1)),
    "a loader that is set": program(SetAttribute(("own", "__spec__", "loader"), 1)),
    "the name of a spec": program(SetAttribute(("own", "__spec__", "name"), "os")),
    "no locations of a spec": program(SetAttribute(("own", "__spec__", "submodule_search_locations"), None)),
    "the origin of a spec elsewhere": program(SetAttribute(("own", "__spec__", "origin"), "/etc/passwd")),
    "any path that is set": program(SetAttribute(("pkg", "__path__"), None), imports("pkg.os")),
    "a path elsewhere that is set": program(SetAttribute(("own", "__path__"), Items(("/usr/lib/python3",)))),
    "a path of an object in the cache": program(SetAttribute(("x", "__path__"), Items(("r0",))), Recache("own", "x")),
    "a name of somebody else that is set": program(SetAttribute(("own", "__name__"), "os")),
    "a hook that is set": program(SetAttribute(("own", "__getattr__"), None, ("f",))),
    "built-ins that are set": program(SetAttribute(("own", "__builtins__"), 1)),
    "a class that is the host's": program(SetAttribute(("own", "__class__"), None, ("_type",))),
    "a class that is a constant": program(SetAttribute(("own", "__class__"), 1)),
    "an attribute of the host deleted": program(DeleteAttribute(("_sys", "modules"))),
    "the spec of a spec deleted": program(DeleteAttribute(("own", "__spec__", "x"))),
    "a name alone deleted as an attribute": program(DeleteAttribute(("own",))),
    "a class of a module of the library": program(
        Class("C", (NamingRepr("x"),), modules=True), imports("itertools"), OwnClass("C")
    ),
    "a class of the host's for itself": program(OwnClass("_type")),
    "a repr of a module": program(NamingRepr("x")),
    "a repr that stands for a path": program(Class("C", (NamingRepr("/etc/x"),), modules=True)),
    "assignments to a module": program(TracedSetattr("x")),
    "a property of a module": program(Property("x", 1)),
    "a property that the library has": program(Class("C", (Property("loader", 1),), modules=True)),
    "a property that is special": program(Class("C", (Property("__path__", 1),), modules=True)),
    "a class called as another": program(Class("os", (), modules=True)),
    "a class of the host": program(IsInstance("x", ("own",), "os.PathLike")),
    "what the host is": program(IsInstance("x", ("_sys",), "types.ModuleType")),
    "the type of the host": program(SameType("x", ("own",), ("_sys",))),
    "the repr of the host": program(ReprShows("x", ("_sys",), "sys")),
    "the repr of the host in another": program(ReprShows("x", ("own",), "", ("_tree",))),
    "a function of a module that loaders have": program(LoaderRepr("x")),
    "a loader that is the host's": program(SetAttribute(("own", "__loader__"), None, ("_sys",))),
    "modules of the host": program(OfSys("x", "modules")),
    "names of the host": program(Listed("x", ("_sys",))),
    "what has no keys": program(Listed("x", (), keys=True)),
    "a module by its type called as the host's": program(call("types.ModuleType", Constant("os"))),
    "a spec called as the host's": program(call("importlib.machinery.ModuleSpec", Constant("os"), Constant(None))),
    "an entry elsewhere": program(PathAnew((Constant("/usr/lib/python3"),))),
    "an entry above": program(PathAnew((Constant(".."),))),
    "an entry in a root": program(PathAnew((Place("r0/pkg"),))),
    "an entry of bytes elsewhere": program(PathAnew((Bytes("/usr"),))),
    "an entry of a path elsewhere": program(SetPathOf((Constant("/usr/lib/python3"),))),
    "an entry of a path above": program(SetPathOf((Place("r0/../.."),))),
    "an entry of a path of bytes elsewhere": program(SetPathOf((Bytes("r0/../x"),))),
    "an entry of a path that is called": program(SetPathOf((Call("importlib.invalidate_caches"),))),
    "an entry out of a root": program(PathAppend(("own",), "r0/../../x")),
    "an entry for the host": program(PathAppend(("_sys",), "r0")),
    "a submodule of somebody else": module(SEARCHED, LazyGetattr(("os",))),
    "a submodule by a special name": program(LazyGetattr(("__spec__",))),
    "a submodule that acts": program(LazyGetattr(("this",))),
    "a submodule that acts, in a list": program(Assign("x", Items(("this",))), LazyGetattr((), "x")),
    "a submodule that acts, asked of a package": program(LazyGetattr((), "x"), Read("y", ("pkg", "antigravity"))),
    "a submodule that acts, above": module(Assign("__all__", Items((".this",))), LazyGetattr((), "__all__")),
    "a submodule of somebody else, in a list": module(SEARCHED, LazyGetattr((), "x")),
    "a submodule of a list of the host": program(LazyGetattr((), "_sys")),
    "a submodule of two lists": program(LazyGetattr(("a",), "x")),
    "nothing to be listed by itself": program(Listed("", (), keys=True)),
    "the host listed by itself": program(Listed("", ("_sys",))),
    "an attribute of a module of the library": program(imports("itertools"), SetAttribute(("itertools", "chain"), 1)),
    "another cache of modules": program(imports("sys"), SetAttribute(("sys", "modules"), None)),
    "an attribute of the library deleted": program(imports("__future__"), DeleteAttribute(("x", "division"))),
    "any path by a class": _by_class(Assign("__path__", None), then=(imports("own.os"),)),
    "any path that a class is given": _by_class(then=(SetAttribute(("C", "__path__"), None), imports("own.os"))),
    "any path of a class in a walk": _by_class(Assign("__path__", None), then=(_WALK,)),
    "a path elsewhere by a class": _by_class(Assign("__path__", Items(("..",)))),
    "a name of somebody else by a class": _by_class(Assign("__name__", "os")),
    "a file elsewhere by a class": _by_class(Assign("__file__", "/etc/passwd")),
    "a class whose attributes are set by a function": _by_class(Function("__setattr__", ())),
    "a loader for another by a name": program(SetAttribute(("x", "loader"), None)),
    "where bytecode belongs elsewhere": program(SetAttribute(("x", "cached"), "/etc/x")),
    "locations elsewhere in a list": program(
        SetAttribute(("own", "__spec__", "submodule_search_locations"), Items((Items(("/",)),)))
    ),
}
"""By name, what no case may say."""
