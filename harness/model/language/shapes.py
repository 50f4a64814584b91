"""What expressions are made of: constants, names, attributes, and calls of documented functions."""

from collections.abc import Iterator
from typing import TypeAlias, Union

import msgspec

from harness.model.language.constants import Literal
from harness.model.language.documented import FUNCTIONS, Parameter


class Constant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="constant", omit_defaults=True):
    """A constant."""

    value: Literal


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="reference", omit_defaults=True):
    """``a.b.c``: a name lookup followed by attribute references (``path`` has at least one part)."""

    path: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="names", omit_defaults=True):
    """``globals()``: the namespace of the module in which it stands."""


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="place", omit_defaults=True):
    """The path of a file in the tree, such as ``r1/pkg/mod.py``; if ``pathlike``, as an object that stands for it."""

    path: str
    pathlike: bool = False


class Library(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="library", omit_defaults=True):
    """``pkgutil.get_loader``: what the library holds by a documented name, a key of ``HELD``."""

    name: str


class Hook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="hook", omit_defaults=True):
    """``lambda name: …``: a function that adds ``(label, name)`` to the trace."""

    label: str


class Bytes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="bytes", omit_defaults=True):
    """``b"…"``: a byte for each character, of its number."""

    text: str


class Instance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="instance", omit_defaults=True):
    """``a.K()``: an instance of a class, which is as in :class:`Reference`."""

    path: tuple[str, ...]


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="call", omit_defaults=True):
    """``importlib.reload(a)``: a call of a documented function, by its key in ``FUNCTIONS``."""

    function: str
    arguments: tuple["Expression", ...] = ()
    keywords: tuple[tuple[str, "Expression"], ...] = ()


Expression: TypeAlias = Union[Constant, Reference, Names, Place, Library, Hook, Bytes, Instance, Call]
"""What has a value."""


def calls(value: Expression) -> Iterator[Call]:
    """The calls in an expression, inner ones first."""
    if isinstance(value, Call):
        for argument in (*value.arguments, *(held for _, held in value.keywords)):
            yield from calls(argument)
        yield value


def libraries(value: Expression) -> Iterator[str]:
    """The documented names to which an expression refers."""
    if isinstance(value, Library):
        yield value.name
    elif isinstance(value, Call):
        for argument in (*value.arguments, *(held for _, held in value.keywords)):
            yield from libraries(argument)


def pathlike(*values: Expression) -> Iterator[str]:
    """``pathlib.Path``, for each path object in these expressions."""
    for value in values:
        if isinstance(value, Place) and value.pathlike:
            yield "pathlib.Path"
        elif isinstance(value, Call):
            yield from pathlike(*value.arguments, *(held for _, held in value.keywords))


def given(call: Call) -> Iterator[tuple[Parameter, Expression]]:
    """The arguments of a call, each with the parameter it is for; none of a function that is not documented."""
    row = FUNCTIONS.get(call.function)
    parameters = row.parameters if row is not None else ()
    yield from zip(parameters, call.arguments, strict=False)
    keywords = dict(call.keywords)
    yield from ((parameter, keywords[parameter.name]) for parameter in parameters if parameter.name in keywords)
