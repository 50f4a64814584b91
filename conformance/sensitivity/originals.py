"""An interpreter as faulty ones are made from it."""

import ast
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from harness.run import AdapterError

__all__ = ["Original", "original"]

_SECONDS: Final = 60.0
_HINT: Final = "faulty interpreters are made of CPython and PyPy"
_IMPLEMENTATIONS: Final = ("cpython", "pypy")
_ASKED: Final = """
import _imp, os, sys
def source(name):
    path = os.path.join(library, *name.split('.')) + '.py'
    return path if os.path.isfile(path) else None
library = os.path.dirname(os.__file__)
names = 'importlib._bootstrap', 'importlib._bootstrap_external', 'runpy', 'pkgutil', 'zipimport', 'site'
print(ascii((
    sys.implementation.name,
    os.path.realpath(sys.executable),
    library,
    {name: source(name) for name in names if source(name)},
    [name for name in names if _imp.is_frozen(name)],
    sys.implementation.cache_tag,
)))
"""


class Original(msgspec.Struct, frozen=True):
    """An interpreter that is not faulty: its file, its library, and where the library has the sources of modules.

    ``frozen`` are the modules that it does not load from there; ``tag`` is what files of bytecode are named with.
    """

    name: str
    executable: Path
    library: Path
    sources: Mapping[str, Path]
    frozen: frozenset[str]
    tag: str

    def source(self, module: str) -> str:
        """The source of one of its modules."""
        return self.sources[module].read_text("utf-8")


def original(command: Sequence[str]) -> Original:
    """The CPython or PyPy behind a command; that behind a virtual environment, where it is one.

    Raises:
        AdapterError: it is none.
    """
    words = [*command, "-B", "-I", "-S", "-c", _ASKED]
    try:
        told = subprocess.run(words, capture_output=True, check=True, stdin=subprocess.DEVNULL, timeout=_SECONDS).stdout
        name, executable, library, sources, frozen, tag = ast.literal_eval(told.decode())
    except (OSError, subprocess.SubprocessError, SyntaxError, ValueError) as error:
        raise AdapterError(" ".join(command), "expected an interpreter with a library of its own", _HINT) from error
    if name not in _IMPLEMENTATIONS:
        raise AdapterError(" ".join(command), f"expected a CPython or a PyPy, it is {name}", _HINT)
    paths = {module: Path(path) for module, path in sources.items()}
    return Original(name, Path(executable), Path(library), paths, frozenset(frozen), tag)
