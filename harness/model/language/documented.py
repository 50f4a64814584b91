"""The form in which documented functions are listed."""

from collections.abc import Callable, Iterable
from enum import Enum
from types import ModuleType
from typing import Final, NamedTuple

from harness.model.language.admitting import Reach


class Kind(Enum):
    """What an argument stands for, which decides what a stranger may give."""

    NAME = "name"
    """The name of a module that may be imported, absolute or with leading dots: a constant."""

    PACKAGE = "package"
    """The name of the package that a relative name starts from; ``None`` or an empty text where there is none."""

    SPEC = "spec"
    """A module spec, of a name that the case has bound."""

    LOADER = "loader"
    """The loader of one."""

    MODULE = "module"
    """A module, of a name that the case has bound."""

    PLACE = "place"
    """The path of a file in the tree."""

    PROGRAM = "path of a program"
    """The path of a source file in the tree, or of a directory that has a program."""

    FLAG = "truth value"
    """Whether something is done: a constant."""

    NAMES = "list or tuple of names"
    """A list or tuple of names that are to be taken from a module: a constant."""

    NAMESPACE = "namespace"
    """The names of where the call stands, or ``None``."""

    LEVEL = "level"
    """How many levels up: a small number."""

    ANY = "constant"
    """The names of where the call stands, or any constant."""

    LOCATIONS = "list of nothing"
    """The directories in which submodules are searched: there are none."""

    RESOURCE = "path of a resource"
    """A path below the directory of a package, or beside that, or the path of a file in the tree."""

    PATH = "path of directories"
    """A list of directories that the case has bound, or no list."""

    ANCHOR = "anchor"
    """The name of a module that is imported, or a module that the case has bound."""

    TRAVERSABLE = "call that gives a place of resources"
    """What a function of importlib.resources returns."""

    WALKED = "path of a package"
    """The ``__path__`` of what the case has bound, where that is surely not ``None``, or a text."""

    HOOK = "function of one argument"
    """A function that is called with a name."""

    BYTES = "bytes"
    """Bytes: some, or what the case has bound."""

    VALUE = "any value"
    """What is compared with another value, and not kept."""

    OBJECT = "name that the case has bound"
    """Anything that the case has bound."""


TRUSTED: Final = frozenset({Kind.SPEC, Kind.LOADER, Kind.MODULE, Kind.BYTES})
"""What a function trusts to be what it is taken for: given anything else, it could be made to do anything."""


class Form(NamedTuple):
    """A text of a form that a chapter knows, where no kind fits: what it is, and the text, a constant, in a case.

    ``check`` lets it in from a stranger, ``module`` is the name of the module in it, if there is one, and ``examples``
    are what a stranger might try.
    """

    value: str
    check: Callable[[str, str, Reach], None]
    module: Callable[[str], str]
    examples: tuple[str, ...]


class Parameter(NamedTuple):
    """A parameter, by its documented name, and what may be given for it; ``keyword``: by its name alone."""

    name: str
    kind: Kind | Form
    keyword: bool = False


class Documented(NamedTuple):
    """A function of the library: its module and name, its parameters in order, and how many of them must be given.

    The first parameter of a method is the object of which it is one; ``module`` is its class. What is ``iterated``
    returns an iterator, of which a list is made. What it returns is ``kept`` by a name, or else compared at most.
    ``imports``: it imports what it is given the name of. ``sign`` is what people write between two arguments instead of
    a call, in their order, or, where it is ``in``, in the other one.

    ``first`` is a call of it that changes nothing: what it imports when it is called first, no case is to see. It is an
    expression in the words of the agent's room ``library``, which calls it before a case that calls the function.
    """

    module: str
    name: str
    parameters: tuple[Parameter, ...]
    required: int
    method: bool = False
    iterated: bool = False
    kept: bool = True
    imports: bool = False
    sign: str = ""
    first: str = ""

    @property
    def key(self) -> str:
        """The name by which a case calls it: ``importlib.reload``."""
        return f"{self.module}.{self.name}"


FUNCTIONS: Final[dict[str, Documented]] = {}
"""Every documented function that a case may call, by its key: ``compound.py`` joins those of the chapters."""


def methods() -> frozenset[str]:
    """The names of the methods among them."""
    return frozenset(row.name for row in FUNCTIONS.values() if row.method)


class Held(NamedTuple):
    """What a module of the library holds by a documented name, in that module or in a class of it."""

    module: str
    name: str

    @property
    def key(self) -> str:
        """The name by which a case refers to it: ``importlib.abc.Finder``."""
        return f"{self.module}.{self.name}"


HELD: Final[dict[str, Held]] = {}
"""What a case may refer to, by its key; joined like the functions."""

FIRST: Final[dict[str, str]] = {}
"""A first call of all that a statement may tell that it calls, by its key; joined like the functions.

Of what a chapter calls that is no documented function of its own, its table ``FIRST`` has one; of the modules that hold
what a case may refer to, it is the module.
"""


def join(chapters: Iterable[ModuleType]) -> None:
    """Put what these chapters know into the tables of all."""
    for chapter in map(vars, chapters):
        FUNCTIONS.update({row.key: row for row in chapter.get("FUNCTIONS", ()) if isinstance(row, Documented)})
        HELD.update({row.key: row for row in chapter.get("HELD", ()) if isinstance(row, Held)})
        FIRST.update(chapter.get("FIRST", {}))
    FIRST.update({row.module: f"_host[{row.module!r}]" for row in HELD.values()})
    FIRST.update({row.key: row.first for row in FUNCTIONS.values() if row.first})
