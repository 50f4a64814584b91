"""The launch ``hello``: who the implementation is, what it can do, how it is set up.

Needs: origin, frames, guarding, surroundings.
"""

_OF_MODULES = ("__cached__", "__doc__", "__file__", "__loader__", "__package__", "__path__", "__spec__")
_SCRATCH = "IMPORT_CONFORMANCE_SCRATCH"
_SAMPLE = (None, True, -7, 1 << 70, "a\xe9\u20ac\ud800", "", (("x", "x"), ()), b"\0\xff")
_SAMPLE_BYTES = (
    b"(\x08\x00\x00\x00NTi\xf9\xff\xff\xffl\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04"
    b"u\x09\x00\x00\x00a\xc3\xa9\xe2\x82\xac\xed\xa0\x80u\x00\x00\x00\x00(\x02\x00\x00\x00(\x02\x00\x00\x00u\x01\x00\x00\x00x"
    b"u\x01\x00\x00\x00x(\x00\x00\x00\x00s\x02\x00\x00\x00\x00\xff"
)


def _start(words):
    """Say who this is."""
    version = ".".join([str(part) for part in sys.implementation.version[:3]])
    numbers = (tuple(sys.version_info[:3]), getattr(sys, "hexversion", 0))
    sample = marshal.dumps(_SAMPLE, 2) if marshal else b""
    own = help("modules") if _MICRO else _own_modules()
    identity = (
        (sys.implementation.name, version) + numbers + (_capabilities(), sample, _settings(), own, tuple(_EXCEPTIONS))
    )
    with open(words[0], "wb") as file:
        file.write(_frame(identity, False))
    if words[1:]:
        _write_rooms(words[1])


def _write_rooms(path):
    """Write the rooms of a program with a process of its own, compiled, if this implementation reads the same again."""
    try:
        names = sorted(set((_ROOMS["once"] + " " + _ROOMS["attend"]).split()))
        rooms = dict([(name, _compiled("rooms/" + name)) for name in names])
        rooms["guard"] = _compiled("guard")
        data = marshal.dumps(rooms)
        same = marshal.loads(data) == rooms
    except Exception:
        return
    if same:
        with open(path, "wb") as file:
            file.write(data)


def _own_modules():
    """The names of the modules that come with this implementation, or are loaded before any program is run."""
    found = list(sys.modules)
    for name in ("builtin_module_names", "stdlib_module_names"):
        found += list(getattr(sys, name, ()))
    try:
        found += __import__("_imp")._frozen_module_names()
    except (ImportError, AttributeError):
        pass
    return tuple(sorted(set([name.split(".")[0] for name in found]) - set(["__main__"])))


def _settings():
    """What the command, or what is around it, sets that an answer can depend on."""
    lazy = getattr(sys, "get_lazy_imports", None)
    return (
        ("executable", getattr(sys, "executable", None)),
        ("scratch", _variable(_SCRATCH)),
        ("directory", posix.getcwd()),
        ("named", _variable("PYTHONPATH")),
        ("path", tuple(sys.path)),
        ("bytecode", not getattr(sys, "dont_write_bytecode", True)),
        ("optimize", getattr(getattr(sys, "flags", None), "optimize", 0)),
        ("comparing", getattr(getattr(sys, "flags", None), "bytes_warning", 0)),
        ("encoding", getattr(sys, "getfilesystemencoding", str)()),
        ("warnings", tuple(getattr(sys, "warnoptions", ()))),
        ("lazy", lazy and lazy()),
    )


def _capabilities():
    """What this implementation can do, as far as one process can tell."""
    found = ["embedded", "script", "module"]
    if marshal and marshal.loads(_SAMPLE_BYTES) == _SAMPLE:
        found.append("marshal")
    modules = (
        ("__future__", "__future__"),
        ("importlib", "importlib"),
        ("operator", "operator"),
        ("pathlib", "pathlib"),
        ("pkgutil", "pkgutil"),
        ("runpy", "runpy"),
        ("threads", "_thread"),
        ("types", "types"),
        ("warnings", "warnings"),
        ("zipimport", "zipimport"),
        ("zlib", "zlib"),
    )
    for name, module in modules:
        try:
            __import__(module)
            found.append(name)
        except Exception:
            pass
    if not _MICRO:
        found.append("path-entries")
    if _forks():
        found.append("fork")
    return tuple(found + _attributes() + ["hook:" + name for name in _watched()])


def _attributes():
    """The attributes of modules and exceptions that documents know, and that at least one has."""
    sys.path.insert(0, _FOLDER[:-1])
    before = getattr(sys, "dont_write_bytecode", True)
    try:
        if not before:
            sys.dont_write_bytecode = True
        __import__("rooms")
    except Exception:
        pass
    if not before:
        sys.dont_write_bytecode = False
    del sys.path[0]
    names = []
    for module in list(sys.modules.values()):
        if isinstance(module, _MODULE):
            names += [name for name in _OF_MODULES if name in module.__dict__]
    names += [name for name in ("__cause__", "__context__") if hasattr(ValueError(), name)]
    return sorted(set(names + ["ImportError." + name for name in ("name", "path") if hasattr(ImportError(), name)]))


def _watched():
    """What the guard beside this file hears of."""
    try:
        with open(_FOLDER + "guard.py") as file:
            return _guard(file.read(), "heard")()
    except ImportError:
        return []


def _forks():
    """Whether a forked child runs and its status comes back."""
    if not (hasattr(posix, "fork") and hasattr(posix, "setsid") and hasattr(posix, "waitpid")):
        return False
    try:
        child = posix.fork()
        if child == 0:
            posix._exit(7)
        return posix.waitpid(child, 0)[1] == 7 << 8
    except (OSError, NotImplementedError):
        return False
