"""The objects a predicted program handles: far fewer kinds than Python has, and every one of them on purpose."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias, Union

from harness.model.exceptions import descends
from harness.model.language import constants
from harness.model.language.compound import Statement
from harness.model.language.constants import Literal
from harness.model.source import Source
from harness.oracle.blocks import Block
from harness.oracle.found import Made
from harness.oracle.hooks import Directory, Getattr
from harness.oracle.layout import Entry
from harness.oracle.perhaps import Perhaps

Why: TypeAlias = tuple[str, ...]
"""Clauses that decide something."""


def is_special(name: str) -> bool:
    """Whether a name has two leading and two trailing underscores."""
    return name.startswith("__") and name.endswith("__")


class Namespace:
    """Names and what they are bound to, each with the clauses that decide it.

    ``why`` outlives a name: it then says which clauses keep the name unbound. ``open`` are the names of which it is an
    open question whether they are bound. ``looks`` counts how often a name has been looked up in it. ``importer`` is
    the function that a module has by the name ``__import__``, ``kind`` the class of the case that it is an instance of.
    """

    def __init__(self) -> None:
        self.looks = 0
        self.importer: Importer | None = None
        self.annotations: dict[str, Annotated] = {}
        self.kind: ClassObject | None = None
        self.values: dict[str, Object] = {}
        self.why: dict[str, Why] = {}
        self.open: dict[str, Perhaps] = {}

    def bind(self, name: str, value: "Object", why: Why) -> None:
        """Bind ``name``."""
        self.open.pop(name, None)
        self.values[name] = value
        self.why[name] = why

    def unbind(self, name: str, why: Why) -> None:
        """Remove ``name`` if it is bound, and remember why it is not."""
        self.open.pop(name, None)
        self.values.pop(name, None)
        self.why[name] = why


class Annotated(NamedTuple):
    """The annotation of a variable: a name, to be looked up in the scope, or its value; and the one it had before."""

    value: "Object"
    scope: "Scope | None"
    before: "Annotated | None" = None


class Importer:
    """A function that stands in the place of ``__import__``.

    It records calls for ``names``, and raises ``error`` or returns what it ``answers`` if it does; or else it calls
    what was there ``before``, ``None`` for the standard function. ``depth`` counts it and those before.
    """

    def __init__(self, label: str, names: tuple[str, ...], before: "Importer | None") -> None:
        self.label = label
        self.names = names
        self.before = before
        self.depth: int = 1 if before is None else before.depth + 1
        self.error = ""
        self.answers: tuple[Object, ...] = ()


class Items:
    """A list, or a tuple when ``mutable`` is false; ``partial`` if it has more items than those, or may have."""

    def __init__(self, items: "list[Object]", *, mutable: bool, partial: bool = False) -> None:
        self.items = items
        self.mutable = mutable
        self.partial = partial


class Globals:
    """The dictionary of the names of what ran as a program."""

    def __init__(self, namespace: Namespace) -> None:
        self.namespace = namespace


class Portions:
    """The ``__path__`` of a namespace package.

    ``searched`` is the parent path the portions were last collected from, ``behind`` how many of it stood behind the
    host's. ``certain`` is false when no document says what it holds now, ``why`` are the clauses that collected it.
    """

    def __init__(self, module: str, items: list[str], searched: tuple[Entry, ...]) -> None:
        self.module = module
        self.items = items
        self.searched = searched
        self.behind = 0
        self.certain = True
        self.refreshing = False
        self.why: Why = ()


class Spec:
    """What the finder said of a module.

    ``origin`` is the place of its file in the tree, ``file`` the path of that as the spec spells it; ``locations`` are
    the directories of a package. ``former`` is that by which the module was loaded before it was reloaded by this one,
    ``searched`` whether find_spec gave it, ``used`` whether a module was made of it, ``made`` whether the program made
    it by hand. ``given`` are the attributes that the program gave it, with the clauses by which it has them.
    """

    def __init__(self, name: str, origin: str | None, locations: "Items | Portions | None", file: str | None) -> None:
        self.name = name
        self.origin = origin
        self.locations = locations
        self.file = file
        self.former: Spec | None = None
        self.searched = False
        self.used = False
        self.made = False
        self.given: dict[str, tuple[Object, Why]] = {}
        self._loader: Unknown | None = None
        self._asked = False

    @property
    def loader(self) -> "Unknown | None":
        """The loader; that of a finder is made when it is asked for first."""
        if not self._asked:
            self.loader = Unknown(("module.loader-attribute",), self)
        return self._loader

    @loader.setter
    def loader(self, loader: "Unknown | None") -> None:
        """The loader that it is given."""
        self._asked = True
        self._loader = loader

    def replaces(self, other: "Spec") -> bool:
        """Whether a module that was loaded by the other one was reloaded by this one."""
        former = self.former
        while former is not None and former is not other:
            former = former.former
        return former is not None

    @property
    def parent(self) -> str:
        """The package the module is relative to: its own name for a package."""
        return self.name if self.locations is not None else self.name.rpartition(".")[0]


class ModuleObject:
    """A module. ``submodules`` being executed now are not yet known to be bound; ``reloading`` while it is reloaded.

    ``path_then``: its ``__path__`` when its code came to its end, if a list or tuple; ``of_library``: not the case's.
    ``code`` is the source that was executed last, and the path of its file.
    """

    def __init__(self, name: str, spec: Spec | None) -> None:
        self.name = name
        self.spec = spec
        self.namespace = Namespace()
        self.executing = False
        self.reloading = False
        self.executing_submodules: dict[str, ModuleObject] = {}
        self.path_then: Items | None = None
        self.of_library = False
        self.code: tuple[Source, str] | None = None


class FunctionObject:
    """A function: its body and parameters, the names it declares global, ``outward`` those nonlocal, and its scope."""

    def __init__(
        self,
        name: str,
        body: tuple[Statement, ...],
        declared: frozenset[str],
        scope: "Scope",
        outward: frozenset[str] = frozenset(),
        parameters: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.body = body
        self.parameters = parameters
        self.declared = declared
        self.outward = outward
        self.scope = scope


class ClassObject:
    """A class, with the names its body bound; ``modules``: it is derived from the type of modules."""

    def __init__(self, name: str, namespace: Namespace, *, modules: bool = False) -> None:
        self.name = name
        self.namespace = namespace
        self.modules = modules


class InstanceObject:
    """An instance of a class of the case."""

    def __init__(self, kind: ClassObject) -> None:
        self.kind = kind


class BuiltinObject:
    """A built-in exception class."""

    def __init__(self, name: str) -> None:
        self.name = name


class SubstituteObject:
    """An object that is no module, put into ``sys.modules``; ``own`` are the attributes that its class did not give."""

    def __init__(self, attributes: "dict[str, Object]") -> None:
        self.attributes = attributes
        self.own: dict[str, Object] = {}


class Unknown:
    """A value on which the documents are silent; ``spec`` is the one whose loader it is, if it is a loader."""

    def __init__(self, why: Why, spec: Spec | None = None) -> None:
        self.why = why
        self.spec = spec


class Scope:
    """Where statements are executed: a namespace, the module-level one around it, and the blocks in between.

    ``bound`` are the names that are local to a function or class however they are used, ``declared`` those that it
    declares global; ``owner`` is the name of the innermost class in whose text the statements stand. ``declared_below``
    are the names that functions in the text of a module declare global, ``outward`` those that a function declares
    nonlocal. ``texts`` tells whether annotations are texts there.
    """

    def __init__(
        self,
        namespace: Namespace,
        module: Namespace,
        block: Block = Block.MODULE,
        outer: "Scope | None" = None,
        *,
        bound: frozenset[str] = frozenset(),
        declared: frozenset[str] = frozenset(),
        owner: str = "",
    ) -> None:
        self.namespace = namespace
        self.module = module
        self.block = block
        self.outer = outer
        self.bound = bound
        self.declared = declared
        self.owner = owner
        self.declared_below: frozenset[str] = frozenset()
        self.outward: frozenset[str] = frozenset()
        self.texts: bool = False if outer is None else outer.texts


Object: TypeAlias = Union[
    None,
    bool,
    int,
    str,
    bytes,
    Items,
    Globals,
    Portions,
    Spec,
    ModuleObject,
    FunctionObject,
    Getattr,
    Directory,
    ClassObject,
    InstanceObject,
    BuiltinObject,
    SubstituteObject,
    Unknown,
    Made,
]


SOME: Final = ""
"""Stands for an exception of which no document says the type."""


class Link(NamedTuple):
    """The type of the ``__cause__`` or ``__context__`` of an exception, if it has one, and the clause that says so."""

    clause: str
    error: str | None


class Raised(Exception):  # noqa: N818 - it is no error of the oracle: it carries one of the predicted program
    """An exception of the predicted program.

    ``name`` and ``path`` are the attributes of an ImportError, :class:`Unknown` where the documents are silent;
    ``file_hidden`` tells that its text does not show the path. ``cause`` and ``context`` are ``None`` where they are.
    """

    def __init__(self, error: str, why: Why, *, name: Object = None, path: Object = None) -> None:
        super().__init__(error)
        self.error = error
        self.types: tuple[str, ...] = (error,)
        self.why = why
        self.name = name
        self.path = path
        self.file_hidden = False
        self.cause: Link | None = None
        self.context: Link | None = None
        self._settle: Callable[[], Raised] | None = None

    def is_a(self, error: str) -> bool:
        """Whether ``except error`` surely catches it."""
        return all(_is_a(found, error) for found in self.types)

    def may_be(self, error: str) -> bool:
        """Whether ``except error`` could catch it."""
        return any(found == SOME or descends(found, error) for found in self.types)

    def unsettled(self, *others: str, settle: "Callable[[], Raised]") -> "Raised":
        """The exception, of which it is open whether its type is one of ``others``; ``settle`` asks which it is.

        ``name`` is what it is if that is a ModuleNotFoundError.
        """
        self.types = (self.error, *others)
        self._settle = settle
        return self

    def settled(self) -> "Raised":
        """The exception, its type decided."""
        if self._settle is None:
            return self
        found = self._settle()
        found.why = self.why
        return found

    def caught(self) -> "Raised":
        """The exception, without the calls of the oracle in which it was raised: they would keep each other alive."""
        self.__traceback__ = self.__context__ = None
        return self

    def again(self) -> "Raised":
        """The same exception, to be raised anew."""
        found = Raised(self.error, self.why, name=self.name, path=self.path)
        found.types, found.file_hidden = self.types, self.file_hidden
        found.cause, found.context = self.cause, self.context
        found._settle = self._settle
        return found


def _is_a(found: str, error: str) -> bool:
    return error in {"Exception", "BaseException"} if found == SOME else descends(found, error)


def constant(value: Literal) -> Object:
    """The object that a constant of the language stands for, made anew."""
    if isinstance(value, constants.Items):
        return Items([constant(item) for item in value.items], mutable=value.mutable)
    return value
