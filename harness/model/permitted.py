"""Which names a case may use: what none of them can reach is more than the case itself."""

import functools
import keyword
import sys
import unicodedata
from typing import Final

from harness.model.exceptions import BASES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\u00e9") | _words(
    """
    absent alias dependency elsewhere foo main missing mod module name nowhere ns
    other other_missing package parent parts pkg portion program spam sub
    __c _K__c
    """
)
"""Names of modules that a case may import although its tree has no such file: nobody has modules of these names.

``foo`` is what CPython's own trees call their namespace packages. Who has installed a module of one of these names is
held by the second line: a file from elsewhere is not imported (``harness/agent/guard.py``).
"""

FUTURE: Final = "__future__"
"""The module of future statements; a relative import may name one of its own."""

BUILT_IN: Final = frozenset({"itertools"})
"""Modules that are built in, and do nothing: a case may import them, and a file of the tree by such a name is left."""

LIBRARY: Final = BUILT_IN | {FUTURE}
"""Modules of the standard library that a case may import."""

LENT: Final = _words("colorsys concurrent graphlib wsgiref xmlrpc")
"""Modules of the standard library that do nothing, from which nothing else is reached: a case may import them.

``graphlib`` is there since 3.9. ``concurrent``, ``wsgiref`` and ``xmlrpc`` are packages.
"""

LENT_SINCE: Final = {"graphlib": (3, 9)}
"""Those that were not always there, and since when."""

SHADOWED: Final = LENT | _words("chunk cmd filecmp fileinput mailbox netrc poplib pyclbr sched sunau tabnanny wave")
"""Modules of the standard library that nobody imports unasked: a tree may have one by such a name."""

_OTHERS: Final = _words(
    """
    _colorize _distutils_hack _pyrepl _virtualenv annotationlib apport_python_hook aioble asynchat asyncore binhex btree
    cffi compression dht distutils dummy_threading ensurepip espnow formatter framebuf google greenlet hpy idlelib imp
    java lwip machine macpath micropython mip mpl_toolkits neopixel network onewire parser pip pkg_resources
    polyglot profiling pypyjit pyrepl requests setuptools sitecustomize smtpd symbol test turtledemo uasyncio ubinascii
    ucollections ucryptolib uctypes uerrno uhashlib uheapq uio ujson umachine uos upip uplatform urandom ure urequests
    uselect usocket ussl ustruct usys utime utimeq uwebsocket uzlib usercustomize webrepl wheel xxlimited xxsubtype zope
    """
)
ACTING: Final = _words("antigravity idlelib sitecustomize this turtledemo usercustomize")
"""Modules whose import does something: they are not named where another module is meant either."""

_STANDARD: Final = frozenset(map(str.casefold, sys.stdlib_module_names)) | _OTHERS

_BUILTINS: Final = _words(
    """
    abs aiter all anext any apply ascii basestring bin bool breakpoint buffer bytearray bytes callable chr classmethod
    cmp coerce compile complex const copyright credits delattr dict dir divmod enumerate eval exec execfile exit file
    filter float format frozendict frozenset getattr globals hasattr hash help hex id input int intern isinstance
    issubclass iter len license list locals long map max memoryview min next object oct open ord pow print property
    quit range raw_input reduce reload repr reversed round sentinel
    sequenceiterator set setattr slice sorted staticmethod str sum super
    tuple type unichr unicode vars xrange zip
    """
)
HOST: Final = _words("_finish _globals _host _mark _sys _tree _type") | {f"_{name}" for name in BASES}
"""The names by which the text of a case refers to what is not its own."""

_OURS: Final = HOST | {"_error"}

SHOWN: Final = frozenset(
    {"__all__", "__cached__", "__doc__", "__file__", "__main__", "__name__", "__package__", "__path__", "__version__"}
)
"""Special names that a case may read: their values are text, or lists of it, or the program."""

GIVEN: Final = frozenset({*SHOWN - {"__main__"}, "__loader__", "__spec__"})
"""Special names to which a case may give a constant, and which it may delete."""

_ASKED: Final = frozenset({"__annotate__", "__annotations__"})
"""Special attributes of modules that a case may read, and nothing else."""

TAKEN: Final = "__name__"
"""The special name that objects which are no modules have of themselves, whatever a case says."""

_TEXTS: Final = SHOWN | GIVEN | {"__init__"}
_PRIVATE: Final = _words(
    """
    _cache_bytecode _cached _epoch _files _find_parent_path_names _get_files _get_parent_path _initializing _last_epoch
    _last_parent_path _parent_path _path_finder _recalculate _set_fileattr _uninitialized_submodules
    """
)
_LOADING: Final = _words(
    """
    cache_bytecode contents create_module discover exec_module find_loader find_module find_spec get_code get_data
    factory get_filename get_resource_reader get_source invalidate_caches is_package is_resource load_module module_repr
    open_resource path_mtime path_stats resource_path set_data source_to_code
    """
)
"""What finders, loaders and readers can do (library/importlib, library/importlib.resources.abc), now or once."""

_OF_OBJECTS: Final = SHOWN | _words(
    """
    append cached clear copy count extend has_location index insert loader loader_state mro origin pop remove reverse
    sort submodule_search_locations
    """
)
"""Attributes of specs, of paths and of lists which only they have where a case calls what it has defined."""

_LONGEST: Final = 200


def is_special(name: str) -> bool:
    """Whether the language, not the case, gives the name its meaning."""
    return name[:2] == "__" == name[-2:]


@functools.lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Whether the text is one name of Python, no keyword, the same however it is read, and none that the suite uses."""
    return (
        text.isidentifier()
        and len(text) <= _LONGEST
        and not keyword.iskeyword(text)
        and unicodedata.normalize("NFKC", text) == text
        and not is_reserved(text)
    )


def is_reserved(name: str) -> bool:
    """Whether the suite itself uses the name."""
    return name in _OURS


def is_text(text: str) -> bool:
    """Whether nothing happens if the text is taken for a name: an ``__all__`` can bind any name that is in it."""
    return not is_reserved(text) and (not is_special(text) or text in _TEXTS)


@functools.lru_cache(maxsize=4096)
def is_attribute(name: str) -> bool:
    """Whether a name that is looked for in any object leads to nothing but what a case may have."""
    return is_name(name) and name not in _PRIVATE | _LOADING and (not is_special(name) or name in SHOWN | _ASKED)


def is_called(name: str) -> bool:
    """Whether a name on the way to what is called can be that of an attribute that the case has bound."""
    return is_attribute(name) and name not in _OF_OBJECTS | _ASKED


def is_own(name: str) -> bool:
    """Whether a name that is looked up can only be one that the case has bound."""
    return name in SHOWN if is_special(name) else name not in _BUILTINS


def is_standard(name: str) -> bool:
    """Whether a module of that name may come with an implementation, wherever the tree stands on the path."""
    return name not in SHADOWED and (name.casefold() in _STANDARD or is_special(name))
