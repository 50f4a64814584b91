"""Statements that hold others, and every statement there is (reference/compound_stmts)."""

from collections.abc import Iterator
from typing import Final, TypeAlias, Union, cast

from msgspec.structs import replace

from harness.model.exceptions import BASES
from harness.model.held import held_modules
from harness.model.language import (  # noqa: F401 - all are joined below
    asking,
    attributes,
    binding,
    caching,
    dunder_import,
    editing,
    executing,
    expressions,
    failing,
    from_import,
    launching,
    library,
    module_classes,
    module_hooks,
    names,
    paths,
    reloading,
    star,
    walking,
)
from harness.model.language.admitting import OURS, PATH, Reach, check_bound, check_fresh, check_given
from harness.model.language.constants import Literal
from harness.model.language.documented import join
from harness.model.language.reading import Reader, Unread
from harness.model.language.retelling import host_sign
from harness.model.language.simplifying import shorter
from harness.model.language.spelling import INDENT, Spelling
from harness.model.language.word import Word, suite
from harness.model.refusal import need, refuse

CLASS: Final = "K"
"""The simplest name of a class."""


class Try(Word, frozen=True):
    """``try: body`` / ``except error: handler``."""

    body: tuple["Statement", ...]
    error: str
    handler: tuple["Statement", ...]

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield from ("try:", *suite(self.body, host))
        yield from (f"except {host.builtin(self.error)}:", *suite(self.handler, host))

    @classmethod
    def parse(cls, text: Reader) -> "Try":
        """The same, read again."""
        text.expect("try")
        body = text.block().rest()
        if not text.follows("except"):
            raise Unread
        error = "BaseException" if text.next == ":" else text.builtin(BASES)
        if text.next == ":":
            text.instead(1, host_sign(f"builtins.{error}"))
        return cls(body, error, text.block().rest())

    def own(self) -> Iterator[object]:
        """All but the exception, which is built in."""
        yield from (self.body, self.handler)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is caught is a built-in exception."""
        need(place, self.error, BASES.__contains__, "a built-in exception")

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """One of its bodies, simpler ones, or the exception that is caught most."""
        yield self.body
        yield self.handler
        yield from ((Try(simple, self.error, self.handler),) for simple in simpler_bodies(self.body))
        yield from ((Try(self.body, self.error, simple),) for simple in simpler_bodies(self.handler))
        if self.error != "ImportError":
            yield (Try(self.body, "ImportError", self.handler),)


class Function(Word, frozen=True):
    """``def name(parameters): body``, which declares ``globals`` and ``nonlocals``; defining it runs nothing."""

    name: str
    body: tuple["Statement", ...]
    globals: tuple[str, ...] = ()
    nonlocals: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"def {self.name}({', '.join(self.parameters)}):"
        for word, declared in (("global", self.globals), ("nonlocal", self.nonlocals)):
            yield from [f"{INDENT}{word} {', '.join(declared)}"] * bool(declared)
        yield from suite(self.body, host)

    @classmethod
    def parse(cls, text: Reader) -> "Function":
        """The same, read again."""
        text.expect("def")
        name = text.name()
        text.expect("(")
        parameters = text.listed(text.name, ")")
        inner = text.block()
        declared, outward = binding.declared(inner, "global"), binding.declared(inner, "nonlocal")
        return cls(name, inner.rest(), declared, outward, parameters)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It has a name of its own, and so have its parameters."""
        check_fresh(place, self.name)
        for name in self.parameters:
            check_bound(place, name)
        for name in (*self.globals, *self.nonlocals):
            check_given(place, name)
        if len({*self.parameters} - {*self.globals, *self.nonlocals}) < len(self.parameters):
            refuse(place, "parameters, each once and a local name", self.parameters)
        if not {*self.globals}.isdisjoint(self.nonlocals):
            refuse(place, "a name to be global or nonlocal, not both", self.nonlocals)

    def bound(self) -> Iterator[str]:
        """Its name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Its body, a simpler one, fewer declarations, or fewer parameters."""
        yield self.body
        yield from ((replace(self, body=simple),) for simple in simpler_bodies(self.body))
        yield from ((replace(self, globals=simple),) for simple in shorter(self.globals))
        yield from ((replace(self, nonlocals=simple),) for simple in shorter(self.nonlocals))
        yield from ((replace(self, parameters=simple),) for simple in shorter(self.parameters))


class Class(Word, frozen=True):
    """``class name: body``, or ``class name(types.ModuleType): body`` if it is a class of ``modules``."""

    name: str
    body: tuple["Statement", ...]
    modules: bool = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        base = f"({host.function(*asking.MODULE_TYPE.split('.'))})" if self.modules else ""
        yield from (f"class {self.name}{base}:", *suite(self.body, host))

    @classmethod
    def parse(cls, text: Reader) -> "Class":
        """The same, read again."""
        text.expect("class")
        name = text.name()
        if text.leaves("(", ")") or not text.accepts("("):
            return cls(name, text.block().rest())
        text.function((asking.MODULE_TYPE,))
        text.expect(")")
        return cls(name, text.block().rest(), modules=True)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It has a name of its own, and is taken for no package of somebody else's."""
        check_fresh(place, self.name)
        if reached.recached and self.name not in reached.names and any(map(_binds_path, statements(self.body))):
            refuse(place, f"{OURS}, of a class with a path in the cache", self.name)

    def functions(self) -> Iterator[str]:
        """The type of modules, if it is derived from that."""
        if self.modules:
            yield asking.MODULE_TYPE

    def bound(self) -> Iterator[str]:
        """Its name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Its body, a simpler one, the simplest name, or no base."""
        yield self.body
        yield from ((Class(self.name, simple, self.modules),) for simple in simpler_bodies(self.body))
        if self.name != CLASS:
            yield (Class(CLASS, self.body, self.modules),)
        if self.modules:
            yield (Class(self.name, self.body),)


class Guard(Word, frozen=True):
    """``if __name__ == "__main__": body``."""

    body: tuple["Statement", ...]

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield from ('if __name__ == "__main__":', *suite(self.body, host))

    @classmethod
    def parse(cls, text: Reader) -> "Guard":
        """The same, read again."""
        text.expect("if", "__name__", "==")
        if text.text() != "__main__":
            raise Unread
        return cls(text.block().rest())

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It says nothing."""

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Its body, or a simpler one."""
        yield self.body
        yield from ((Guard(simple),) for simple in simpler_bodies(self.body))


class Exec(Word, frozen=True):
    """``exec(text, {...})``: executes the statements of ``body`` in a dictionary that holds what is ``given``.

    With ``name`` the dictionary is bound to that.
    """

    body: tuple["Statement", ...]
    given_names: tuple[tuple[str, Literal], ...] = ()
    name: str = ""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield from executing.written(self.body, self.given_names, self.name, host)

    @classmethod
    def parse(cls, text: Reader) -> "Exec":
        """The same, read again."""
        return cls(*executing.read(text))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What it gives a module could be given, and what it executes stands for itself."""
        executing.check(place, statements(self.body), self.given_names, self.name, reached)

    def functions(self) -> Iterator[str]:
        """``exec``."""
        yield executing.EXEC

    def bound(self) -> Iterator[str]:
        """The name of the dictionary, if it has one."""
        yield from [self.name] * bool(self.name)

    def given(self) -> Iterator[tuple[str, Literal]]:
        """What the dictionary holds."""
        yield from self.given_names

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Its body, a simpler one, fewer names, or a dictionary without one."""
        yield self.body
        yield from ((Exec(simple, self.given_names, self.name),) for simple in simpler_bodies(self.body))
        yield from ((Exec(self.body, simple, self.name),) for simple in shorter(self.given_names))
        if self.name:
            yield (Exec(self.body, self.given_names),)


class Edit(Word, frozen=True):
    """``pathlib.Path(place).write_text(text)``: a source file of the tree holds this source from then on."""

    place: str
    body: tuple["Statement", ...] = ()
    doc: str | None = None

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield from editing.written(self.place, self.body, self.doc, host)

    @classmethod
    def parse(cls, text: Reader) -> "Edit":
        """The same, read again."""
        return cls(*editing.read(text))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The file may be written, and what it then holds stands for itself; it writes no other."""
        editing.check(place, self.place, self.doc, reached)
        if any(isinstance(item, Edit) for item in statements(self.body)):
            refuse(place, "a source that edits no other", self.place)

    def functions(self) -> Iterator[str]:
        """What makes path objects."""
        yield editing.PATH

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """A simpler source."""
        if self.doc is not None:
            yield (replace(self, doc=None),)
        yield from ((replace(self, body=simple),) for simple in simpler_bodies(self.body))


Statement: TypeAlias = Union[
    asking.OfSys,
    names.Mark,
    names.FutureImport,
    names.Annotate,
    names.Annotation,
    names.Assign,
    names.Extend,
    names.Delete,
    names.Read,
    binding.Import,
    from_import.FromImport,
    star.StarImport,
    failing.Raise,
    failing.Broken,
    Try,
    Function,
    Class,
    Exec,
    Edit,
    Guard,
    module_hooks.ModuleGetattr,
    module_hooks.LazyGetattr,
    module_hooks.TracedGetattr,
    module_hooks.ModuleDir,
    caching.Uncache,
    caching.Block,
    caching.Substitute,
    caching.Recache,
    paths.SetPath,
    paths.SetPathOf,
    paths.PathEdit,
    paths.PathAnew,
    paths.PathAdd,
    paths.PathAppend,
    expressions.Bind,
    dunder_import.ReplaceImport,
    walking.ExtendPath,
    attributes.SetAttribute,
    attributes.DeleteAttribute,
    asking.IsInstance,
    asking.SameType,
    asking.ReprShows,
    asking.LoaderRepr,
    module_classes.NamingRepr,
    module_classes.TracedSetattr,
    module_classes.Property,
    module_classes.OwnClass,
    asking.Listed,
    names.Invoke,
]
"""One statement of a source."""

join(held_modules(globals()))

Body: TypeAlias = tuple[Statement, ...]
"""Statements, in order."""


_HOLDING: Final = frozenset({Try, Function, Class, Guard, Exec, Edit})


def bodies(statement: Statement) -> tuple[Body, ...]:
    """The statements that it holds, of each of its bodies."""
    if type(statement) not in _HOLDING:  # nearly all: asked so often that it counts
        return ()
    if isinstance(statement, Try):
        return (statement.body, statement.handler)
    return (statement.body,) if isinstance(statement, (Function, Class, Guard, Exec, Edit)) else ()


def holding(statement: Statement, held: tuple[Body, ...]) -> Statement:
    """A statement that holds others, with these instead."""
    match statement:
        case Try(error=error):
            return Try(held[0], error, held[1])
        case Function() | Class() | Guard() | Exec() | Edit():
            return replace(statement, body=held[0])
        case _:
            return statement


def statements(body: Body) -> Iterator[Statement]:
    """Every statement of ``body``, nested ones after the statement that holds them."""
    for statement in body:
        yield statement
        for inner in bodies(statement):
            yield from statements(inner)


def simpler_bodies(body: Body) -> Iterator[Body]:
    """Bodies that do less than ``body``, or the same in fewer words."""
    yield from shorter(body)
    for number, statement in enumerate(body):
        for instead in statement.simpler():
            # what a word gives instead of itself are members of the union, which its module cannot know
            yield (*body[:number], *cast("Body", instead), *body[number + 1 :])


def _binds_path(statement: Statement) -> bool:
    taken = [alias.name for alias in statement.names] if isinstance(statement, from_import.FromImport) else []
    bound = [] if isinstance(statement, names.Delete) else [*statement.bound()]
    return PATH in (*taken, *bound, *(name for name, _ in statement.given()))
