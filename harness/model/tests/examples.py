"""The examples of PEP 562, as they stand there; an end of a list that it leaves out is left out."""

from typing import Final

DEPRECATED: Final = """\
# lib.py

from warnings import warn

deprecated_names = ["old_function"]

def _deprecated_old_function(arg, other):
    ...

def __getattr__(name):
    if name in deprecated_names:
        warn(f"{name} is deprecated", DeprecationWarning)
        return globals()[f"_deprecated_{name}"]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
"""
LAZY: Final = """\
# lib/__init__.py

import importlib

__all__ = ['submod']

def __getattr__(name):
    if name in __all__:
        return importlib.import_module("." + name, __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
"""
SUBMODULE: Final = """\
# lib/submod.py

print("Submodule loaded")
class HeavyClass:
    ...
"""
LISTED: Final = """\
# lib.py

deprecated_names = ["old_function"]
__all__ = ["new_function_one", "new_function_two"]

def new_function_one(arg, other):
   ...
def new_function_two(arg, other):
    ...

def __dir__():
    return sorted(__all__ + deprecated_names)
"""
MAIN: Final = """\
# main.py

import lib

dir(lib)  # prints ["new_function_one", "new_function_two", "old_function", ...]
"""
