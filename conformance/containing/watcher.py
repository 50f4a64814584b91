"""A program that runs cases behind an audit hook and tells what each does that reaches further than its tree.

It reads one JSON object a line: where to make the tree, its directories, its files, the program and how it is launched.
For each it forks a child that writes the tree, begins to record and runs the program; in the end the child looks at what
the names of the case are bound to. A line of what it saw is written for each: empty where the case kept to its tree.

What is no part of a case is not in this list, so that nothing has to be thought of beforehand: of the events of
``sys.audit`` those of importing a module of the tree are known and no other. It runs on CPython 3.8 and later.
"""

import builtins
import json
import linecache
import os
import pkgutil
import runpy
import shutil
import signal
import sys
import tokenize
import traceback
import types
import warnings

_READY = (linecache, pkgutil, tokenize, traceback, warnings)  # else the first case in need would load them
_SECONDS = 20
_SILENT = {
    "compile", "exec", "marshal.loads", "object.__getattr__", "object.__setattr__", "object.__delattr__",
    "sys._getframe", "sys._getframemodulename", "cpython._PySys_ClearAuditHooks",
}  # fmt: skip
_PLAIN = (type(None), bool, int, str)
_METHODS = (
    type(str.join), type(object.__init__), type("".__str__), type(OSError.errno), type(int.real),
    type(dict.__dict__["fromkeys"]),
)  # fmt: skip
_NOT_THEIRS = ("__builtins__", "__spec__", "__loader__", "__warningregistry__", "_error")
_ENCODINGS = ("surrogateescape", "surrogatepass")


class Recorder:
    """What a case did that reaches further than its tree."""

    def __init__(self, tree):
        self.tree = tree
        self.seen = []
        self.active = False
        self.host = set(map(id, sys.modules.values()))
        self.classes = set(map(id, _classes(object)))
        self.listed = set(sys.path)

    def inside(self, path):
        """Whether the path, relative to the working directory, lies in the tree."""
        path = os.path.normpath(os.path.join(os.getcwd(), os.fsdecode(path)))
        return path == self.tree or path.startswith(self.tree + "/")

    def hook(self, event, args):
        """Record an event that is none of a case's own."""
        if not self.active:
            return
        self.active = False
        try:
            if not self.allowed(event, args):
                self.seen.append("%s %s" % (event, ascii(args)[:300]))
        finally:
            self.active = True

    def allowed(self, event, args):
        """Whether a case that keeps to its tree may cause the event."""
        if event == "open":
            return isinstance(args[0], (str, bytes)) and self.inside(args[0]) and not (args[2] or 0) & 3
        if event == "exec":
            return self.inside(args[0].co_filename) or args[0].co_filename == "<string>"
        if event == "compile":
            return args[1] is None or os.fsdecode(args[1]) == "<string>" or self.inside(args[1])
        if event == "import":
            first = args[0].partition(".")[0]
            known = first in sys.builtin_module_names or first in getattr(sys, "stdlib_module_names", ())
            return bool(first) and not known and (args[1] is None or self.inside(args[1]))
        if event in ("os.listdir", "os.scandir"):
            return args[0] in self.listed or self.inside(args[0])
        return event in _SILENT

    def look(self, namespace):
        """Record what the names of the case are bound to and a case cannot make."""
        own = [module for module in list(sys.modules.values()) if id(module) not in self.host]
        for space in [namespace] + [vars(module) for module in own if isinstance(module, types.ModuleType)]:
            for name, value in list(space.items()):
                if name not in _NOT_THEIRS and not (self.made(value, 0) and (name != "__path__" or self.near(value))):
                    self.seen.append("bound %s %s" % (ascii(name), ascii(value)[:300]))
        for value in own:
            if not self.made(value, 0):
                self.seen.append("cached %s" % ascii(value)[:300])

    def near(self, path):
        """Whether the entries of a path lie in the tree."""
        entries = path if isinstance(path, (list, tuple)) else []
        return all([self.inside(entry) for entry in entries if isinstance(entry, str) and "\0" not in entry])

    def made(self, value, depth):
        """Whether a case can make the value: of constants, or of what the import of its own modules gives."""
        kind = type(value)
        if kind in _PLAIN:
            return True
        if kind in (list, tuple):
            return depth > 9 or all([self.made(item, depth + 1) for item in value])
        if isinstance(value, types.ModuleType):
            return id(value) not in self.host
        if kind is types.FunctionType:
            return self.inside(value.__code__.co_filename) or value.__code__.co_filename == "<string>"
        if isinstance(value, type):
            return id(value) not in self.classes or issubclass(value, BaseException)
        if kind is type(len):
            return isinstance(value.__self__, (str, int, list, tuple, type, dict))
        return kind in _METHODS or kind.__name__ == "_NamespacePath" or id(kind) not in self.classes


def _classes(top):
    found, waiting = [], [top]
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting += type.__subclasses__(item)
    return found


def _write(tree, directories, files):
    for entry in directories:
        os.makedirs(os.path.join(tree, entry), exist_ok=True)
    for entry, text in files.items():
        path = os.path.join(tree, entry)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        for errors in _ENCODINGS:
            try:
                data = text.encode("utf-8", errors)
                break
            except UnicodeEncodeError:
                continue
        with open(path, "wb") as file:
            file.write(data)


def _run(case, namespace):
    """Run the program as it is launched."""
    if case["launch"] == "module":
        runpy.run_module(case["program"], run_name="__main__", alter_sys=True)
        return
    if case["launch"] == "script":
        sys.modules["__main__"] = types.ModuleType("__main__")
        namespace = sys.modules["__main__"].__dict__
        path = os.path.join(case["tree"], case["program"])
        with open(path, "rb") as file:
            text = file.read()
        exec(compile(text, path, "exec"), namespace)  # noqa: S102 - what this is for
        return
    exec(compile(case["program"], "<string>", "exec"), namespace)  # noqa: S102


def watch(case):
    """What the case did, in this process."""
    recorder = Recorder(case["tree"])
    for name in dir(builtins):
        setattr(builtins, "_" + name, getattr(builtins, name))
    builtins._sys, builtins._tree = sys, case["tree"]
    spaces = [{"__name__": "program", "__builtins__": builtins}]
    builtins._mark = lambda label, name: None
    builtins._finish = lambda name, namespace, error: spaces.append(dict(namespace))
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


def _child(case, descriptor):
    signal.alarm(_SECONDS)
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    try:
        _write(case["tree"], case["directories"], case["files"])
    except (OSError, UnicodeError):
        seen = ["no tree"]
    else:
        seen = watch(case)
    os.write(descriptor, json.dumps(seen[:20]).encode())


def main():
    """Serve cases until there are no more."""
    sys.dont_write_bytecode = True
    del sys.path[0]
    for line in sys.stdin.buffer:
        case = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                _child(case, writing)
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
