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
_SPECS = [getattr(_item, "__spec__", None) for _item in [sys] + list(sys.modules.values())]
_MODULE_SPEC = type(([_item for _item in _SPECS if _item is not None] + [None])[0])
_FUNCTIONS = (type(lambda: None), type(len))
_LAZY = getattr(_types, "LazyImportType", None)
_MODULES = sys.modules
_own = getattr(posix, "getpid", int)
if not _MICRO:
    _exit = posix._exit
    _put = posix.write
    _seek = posix.lseek
    _wait = posix.waitpid
