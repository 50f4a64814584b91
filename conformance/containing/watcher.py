"""A program that runs cases behind an audit hook and tells what each does that reaches further than its tree.

It reads one JSON object a line: where to make the tree, its directories, its files, the program and how it is
launched. For each it forks a child that writes the tree, begins to record and runs the program; in the end the child
looks at what the names of the case are bound to. For each it writes a line: empty where the case kept to its tree.

Nothing has to be thought of beforehand: of the events of ``sys.audit`` those of importing modules of the tree are
known, and of values those that a case can make; all others are told. It runs on CPython 3.8 and later.
"""

from __future__ import annotations
import __future__

import builtins
import codecs
import contextlib
import gc
import importlib.abc
import importlib.machinery
import importlib.resources
import importlib.util
import inspect
import json
import linecache
import operator
import os
import pathlib
import pkgutil
import runpy
import shutil
import signal
import sys
import tokenize
import traceback
import types
import unicodedata
import warnings
import zipfile
import zipimport
from typing import TypedDict

LOADED = (
    importlib.resources,
    inspect,
    linecache,
    operator,
    pathlib,
    pkgutil,
    runpy,
    tokenize,
    traceback,
    unicodedata,
    warnings,
)
"""What the interpreter itself loads when it is in need: here it is loaded before a case begins."""

for _name in ("readers", "resources.readers", "resources._adapters", "resources._itertools"):
    with contextlib.suppress(ImportError):  # which of them a version has differs
        importlib.import_module(f"importlib.{_name}")

_SECONDS = 20
_DEEPEST = 9
codecs.lookup("cp437")  # zipfile reads the names of members in it

_TOLD = 20
_WRITING = os.O_WRONLY | os.O_RDWR
_STRING = "<string>"
_SILENT = {
    "compile", "exec", "marshal.loads", "object.__getattr__", "object.__setattr__", "object.__delattr__",
    "sys._getframe", "sys._getframemodulename",
}  # fmt: skip
_NOT_THEIRS = ("__builtins__", "__spec__", "__loader__", "__warningregistry__", "__conditional_annotations__", "_error")
_PLAIN = (type(None), bool, int, str, bytes, property, type(__future__.annotations))
_METHODS = (
    type(str.join), type(object.__init__), type("".__str__), type(OSError.errno), type(types.FunctionType.__globals__),
    type(OSError.args), type(vars(dict)["fromkeys"]),
)  # fmt: skip
_OF_LIBRARY = (
    importlib.machinery.ModuleSpec, importlib.machinery.SourceFileLoader, importlib.machinery.SourcelessFileLoader,
    importlib.util.LazyLoader,
    zipimport.zipimporter,
    getattr(importlib.machinery, "NamespaceLoader", importlib.machinery.SourceFileLoader),
)  # fmt: skip

_LENT = ("itertools", "__future__", "colorsys", "concurrent", "graphlib", "wsgiref", "xmlrpc")
"""The modules of the library that a case may import, and hold: they do nothing."""

_SHADOWED = (
    "chunk", "cmd", "filecmp", "fileinput", "mailbox", "netrc", "poplib", "pyclbr", "sched", "sunau", "tabnanny",
    "wave",
)  # fmt: skip
"""Those by whose names a tree may have modules of its own, and no others."""

_TRUSTED = {
    "class": (type,),
    "spec": (importlib.machinery.ModuleSpec,),
    "loader": (
        zipimport.zipimporter,
        importlib.machinery.SourceFileLoader,
        importlib.machinery.SourcelessFileLoader,
        getattr(importlib.machinery, "NamespaceLoader", importlib.machinery.SourceFileLoader),
    ),
    "module": (types.ModuleType,),
}


class Asked(TypedDict):
    """A case on the wire."""

    tree: str
    directories: list[str]
    files: dict[str, str]
    edited: list[str]
    archives: dict[str, tuple[bool, str]]
    entries: list[str]
    launch: str
    program: str


class Host:
    """The modules of the library, as a case has them where it is judged."""

    def __getitem__(self, name: str) -> types.ModuleType:
        """The module, which is loaded."""
        return sys.modules[name]

    def trusted(self, kind: str, item: object) -> object:
        """The object, if it is of that kind or ``None``."""
        if item is not None and type(item) not in _TRUSTED[kind]:
            raise TypeError(kind)
        return item


class Recorder:
    """What a case did that reaches further than its tree."""

    def __init__(self) -> None:
        """What there is now is the host's."""
        self.tree = ""
        self.edited: set[str] = set()
        self.seen: list[str] = []
        self.active = False
        self.host = set(map(id, sys.modules.values()))
        self.sources = {getattr(module, "__file__", None) for module in sys.modules.values()}  # a traceback reads them
        self.classes = set(map(id, _classes(object)))
        specs = [importlib.util.find_spec(name) for name in _LENT]
        self.lent_files = {file for spec in specs if spec is not None for file in (spec.origin, spec.cached) if file}
        self.sources |= self.lent_files
        self.lent = self.holding()
        self.listed = {entry for entry in sys.path if entry}  # what walks the whole path may list what lies there

    def inside(self, path: object) -> bool:
        """Whether it is the name of a file, relative to the working directory, in the tree."""
        if not isinstance(path, (str, bytes)):
            return False
        path = os.path.normpath(os.path.join(os.getcwd(), os.fsdecode(path)))
        return path == self.tree or path.startswith(self.tree + "/")

    def holding(self) -> set[int]:
        """What the modules hold that are lent."""
        lent = [vars(sys.modules[name]) for name in _LENT if name in sys.modules]
        return {id(item) for held in lent for name, item in held.items() if not name.startswith("__")}

    def is_lent(self, module: object) -> bool:
        """Whether it is one of them."""
        file = vars(module).get("__file__") if isinstance(module, types.ModuleType) else None
        return isinstance(file, str) and file in self.lent_files

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        """Record an event that is none of a case's own."""
        if not self.active:
            return
        self.active = False
        try:
            if not self.allowed(event, args):
                self.seen.append(f"{event} {ascii(args)[:300]}")
        finally:
            self.active = True

    def allowed(self, event: str, args: tuple[object, ...]) -> bool:
        """Whether a case that keeps to its tree may cause the event."""
        first, second, third = (*args, None, None, None)[:3]
        if event == "open":
            read = self.inside(first) or first in self.sources
            written = first in self.edited and os.path.isfile(first) and not os.path.islink(first)
            return isinstance(third, int) and (written if third & _WRITING else read)
        if event == "exec":
            return isinstance(first, types.CodeType) and self.own(first)
        if event == "compile":
            return second in (None, _STRING, _STRING.encode()) or self.inside(second)
        if event == "import":
            name = first.partition(".")[0] if isinstance(first, str) else ""
            known = name in sys.builtin_module_names or name in getattr(sys, "stdlib_module_names", ())
            ours = not known or name in _SHADOWED
            return name in _LENT or (bool(name) and ours and (second is None or self.inside(second)))
        if event in ("os.listdir", "os.scandir"):
            return self.inside(first) or any(f"{first}/".startswith(f"{entry}/") for entry in self.listed)
        return event in _SILENT

    def own(self, code: types.CodeType) -> bool:
        """Whether the code is the program's, or that of a file in the tree, or of what is lent."""
        return code.co_filename in (_STRING, *self.lent_files) or self.inside(code.co_filename)

    def look(self, namespace: dict[str, object]) -> None:
        """Record what the names of the case are bound to and a case cannot make."""
        self.lent |= self.holding()
        left = [module for module in list(sys.modules.values()) if id(module) not in self.host]
        own: list[object] = [each for each in left if not self.is_lent(each)]
        for space in [namespace] + [vars(module) for module in own if isinstance(module, types.ModuleType)]:
            for name, value in list(space.items()):
                if name not in _NOT_THEIRS and not (self.made(value, 0) and (name != "__path__" or self.near(value))):
                    self.seen.append(f"bound {ascii(name)} {ascii(value)[:300]}")
        self.seen += [f"cached {ascii(value)[:300]}" for value in own if not self.made(value, 0)]

    def near(self, path: object) -> bool:
        """Whether the entries of a path lie in the tree."""
        entries = path if isinstance(path, (list, tuple)) else []
        return all(self.inside(entry) for entry in entries if isinstance(entry, str) and "\0" not in entry)

    def made(self, value: object, depth: int) -> bool:
        """Whether a case can make the value: of constants, or of what the import of its own modules gives."""
        kind = type(value)
        if id(value) in self.lent:
            return True
        if isinstance(value, (list, tuple)) and kind in (list, tuple):
            return depth > _DEEPEST or all(self.made(item, depth + 1) for item in value)
        if isinstance(value, pathlib.PurePath):
            return self.inside(str(value))
        if isinstance(value, pkgutil.ModuleInfo):
            return isinstance(value.module_finder, (importlib.machinery.FileFinder, zipimport.zipimporter))
        if isinstance(value, dict) and kind is dict:
            held = [item for key, item in value.items() if key not in _NOT_THEIRS]
            return depth > _DEEPEST or all(self.made(item, depth + 1) for item in held)
        if isinstance(value, types.ModuleType):
            return id(value) not in self.host or value.__name__ in _LENT
        if isinstance(value, types.FunctionType):
            return self.own(value.__code__)
        if isinstance(value, type):
            return id(value) not in self.classes or issubclass(value, BaseException)
        if isinstance(value, types.BuiltinFunctionType):
            return isinstance(value.__self__, (str, int, list, tuple, type, dict))
        if kind in _OF_LIBRARY:
            return self.told(value, depth)
        if isinstance(value, BaseException):
            return self.made(value.args, depth + 1)
        named = kind in (*_PLAIN, *_METHODS) or kind.__name__.lstrip("_") == "NamespacePath"
        return named or id(kind) not in self.classes

    def told(self, value: object, depth: int) -> bool:
        """Whether it is the spec of a module of the tree or a lent one, or its loader: each place in it is of that.

        What is no text names no place.
        """
        held = vars(value)
        known = (None, "built-in", "frozen", *self.lent_files)
        if held.get("name") in _LENT and held.get("path") in known and held.get("origin") in known:
            return True  # what finds it, and loads it, does no more than it does
        if depth > _DEEPEST or (isinstance(held.get("name"), str) and id(sys.modules.get(held["name"])) in self.host):
            return False
        places = [held.get("path"), held.get("origin"), *self.searched(held.get("submodule_search_locations"))]
        places += self.searched(held.get("_path"))
        inner = [held.get("loader"), held.get("loader_state")]
        named = [each for each in places if isinstance(each, (str, bytes))]
        odd = [each for each in places if not isinstance(each, (str, bytes))]
        return all(each == "namespace" or self.inside(each) for each in named) and all(
            self.made(each, depth + 1) for each in (*inner, *odd)
        )

    def searched(self, path: object) -> list[object]:
        """The entries of a path, of one that is computed those of the last time."""
        held = getattr(path, "_path", path)
        return list(held) if isinstance(held, (list, tuple)) else [held]


def _classes(top: type) -> list[type]:
    found: list[type] = []
    waiting = [top]
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting += type.__subclasses__(item)
    return found


def _write(case: Asked) -> None:
    archives = {}
    os.makedirs(case["tree"], exist_ok=True)
    for entry, (deflated, comment) in case["archives"].items():
        method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
        archives[entry] = zipfile.ZipFile(os.path.join(case["tree"], entry), "w", method)
        archives[entry].comment = comment.encode("ascii")
    for entry in case["directories"]:
        root, _, inside = entry.partition("/")
        if root in archives:
            archives[root].writestr(f"{inside}/", b"")
        else:
            os.makedirs(os.path.join(case["tree"], entry), exist_ok=True)
    for entry, text in case["files"].items():
        path = os.path.join(case["tree"], entry)
        try:
            data = text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            data = text.encode("utf-8", "surrogatepass")
        root, _, inside = entry.partition("/")
        if root in archives:
            archives[root].writestr(inside, data)
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    for archive in archives.values():
        archive.close()


def _run(case: Asked, namespace: dict[str, object]) -> None:
    """Run the program as it is launched."""
    if case["launch"] != "embedded":
        sys.modules["__main__"] = types.ModuleType("__main__")
    if case["launch"] == "module":
        runpy.run_module(case["program"], run_name="__main__", alter_sys=True)
    elif case["launch"] == "script":
        path = os.path.join(case["tree"], case["program"])
        with open(path, "rb") as file:
            text = file.read()
        exec(compile(text, path, "exec"), vars(sys.modules["__main__"]))  # noqa: S102 - what this is for
    else:
        exec(compile(case["program"], _STRING, "exec"), namespace)  # noqa: S102 - the same


def watch(case: Asked, recorder: Recorder) -> list[str]:
    """What the case did, in this process, which is good for nothing else afterwards."""
    recorder.tree = case["tree"]
    files = {entry for entry in case["files"] if entry.partition("/")[0] not in case["archives"]} - {case["program"]}
    recorder.edited = {os.path.join(case["tree"], entry) for entry in files.intersection(case["edited"])}
    spaces: list[dict[str, object]] = [{"__name__": "program", "__builtins__": builtins}]
    own = {
        "_sys": sys,
        "_host": Host(),
        "_tree": case["tree"],
        "_mark": lambda *_: None,
    }
    own["_finish"] = lambda _name, namespace, _error: spaces.append(dict(namespace))
    vars(builtins).update(own)
    os.chdir(os.path.join(case["tree"], "r0") if case["launch"] == "module" else case["tree"])
    sys.path[:0] = [os.path.join(case["tree"], entry) for entry in case["entries"]]
    sys.addaudithook(recorder.hook)
    recorder.active = True
    try:
        _run(case, spaces[0])
    except BaseException as error:  # noqa: BLE001 - whatever a program ends with
        error.__traceback__ = None
    recorder.active = False
    for space in spaces:
        recorder.look(space)
    return recorder.seen


def _child(case: Asked, descriptor: int, recorder: Recorder) -> None:
    signal.alarm(_SECONDS)
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    try:
        _write(case)
    except (OSError, UnicodeError):
        seen = []  # the file system takes no such name: nothing can be run
    else:
        seen = watch(case, recorder)
    os.write(descriptor, json.dumps(seen[:_TOLD]).encode())


def main() -> None:
    """Serve cases until there are no more."""
    sys.dont_write_bytecode = True
    vars(builtins).update({f"_{name}": getattr(builtins, name) for name in dir(builtins)})
    recorder = Recorder()
    gc.freeze()
    for line in sys.stdin.buffer:
        case = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                _child(case, writing, recorder)
            finally:
                os._exit(0)
        os.close(writing)
        with open(reading, "rb") as file:
            answer = file.read()
        os.waitpid(child, 0)
        shutil.rmtree(case["tree"], ignore_errors=True)
        sys.stdout.write((answer.decode() or '["no answer"]') + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
