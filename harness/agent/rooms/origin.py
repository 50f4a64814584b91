"""What the implementation gives, taken before the case can change it, and what every case finds among built-in names.

Needs nothing.
"""

import builtins

_EXCEPTIONS = []
for _name in dir(builtins):
    if _name[0] != "_":
        _item = globals()[_name] = getattr(builtins, _name)
        _raised = isinstance(_item, type) and issubclass(_item, BaseException)
        if _raised:
            _EXCEPTIONS.append(_name)
        if _raised or _name in ("globals", "type"):
            setattr(builtins, "_" + _name, _item)
builtins._sys = sys


class _Host:
    """Modules of the library, loaded when a case asks for them, as the implementation finds them without the tree."""

    def __init__(self, load, path):
        self._found = load, path

    def __getitem__(self, name):
        path, sys.path[:] = sys.path[:], self._found[1]
        try:
            return sys.modules[name] if name in sys.modules else self._found[0](name, None, None, ["_"])
        finally:
            sys.path[:] = path

    def trusted(self, kind, item):
        """What a case gives a function that takes it for one of that kind, if it is: it could make it do anything."""
        module, names = _TRUSTED[kind]
        if type(item) not in [getattr(self[module], name) for name in names]:
            raise TypeError("expected a " + kind)
        return item


_TRUSTED = {
    "spec": ("importlib.machinery", ["ModuleSpec"]),
    "loader": ("importlib.machinery", ["SourceFileLoader", "SourcelessFileLoader"]),
    "module": ("types", ["ModuleType"]),
}
builtins._host = _Host(__import__, [_entry for _entry in sys.path if _entry != _FOLDER[:-1]])

try:
    import marshal
except ImportError:
    marshal = None
try:
    import posix
except ImportError:
    import uos as posix
try:
    from _signal import alarm
except ImportError:
    alarm = int
try:
    import _warnings
except ImportError:
    _warnings = None

if "_types" in getattr(sys, "builtin_module_names", ()):
    import _types
else:
    _types = None

_LONGEST = 2000
_MODULE = type(sys)
_MODULE_SPEC = type(getattr(sys, "__spec__", None))
_FUNCTIONS = (type(lambda: None), type(len))
_LAZY = getattr(_types, "LazyImportType", None)
_MODULES = sys.modules
_own = getattr(posix, "getpid", int)
if not _MICRO:
    _exit = posix._exit
    _put = posix.write
    _seek = posix.lseek
    _wait = posix.waitpid
