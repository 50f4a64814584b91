"""The values that facts hold: small, typed, immutable, spelled the same for every implementation."""

from typing import Any, Final, TypeAlias, Union

Value: TypeAlias = Union[None, bool, int, str, tuple[Any, ...]]
"""``None``, a bool, an int, a str, or a tuple whose first item names its kind.

``("module", KEY)``
    The module object held by ``sys.modules[KEY]``; with several keys, the first in sorted order.
``("stray", NAME, N)``
    The Nth module object met (from 0) whose ``__name__`` is NAME and which no key in scope holds.
``("list", …)``, ``("tuple", …)``
    A list or a tuple of values.
``("bytes", TEXT)``
    A bytes object, a character of its number for each byte.
``("iterable", …)``
    Another iterable of strings of which only the items matter, such as a namespace package's ``__path__``.
``("function", NAME)``, ``("class", NAME)``
    A function or a class, by its ``__name__``.
``("spec", NAME)``
    A module spec, by its ``name``.
``("loader", KEY)``
    The loader of the spec of the module held by ``sys.modules[KEY]``; with several keys, the first in sorted order.
``("unloaded", NAME)``
    The module of a ``LazyLoader`` that has not been executed, by its ``__name__``.
``("lazy",)``
    What a lazy import has bound, before it is used.
``("module-info", NAME, IS_PACKAGE)``
    A ``pkgutil.ModuleInfo``.
``("object", TYPE)``
    Anything else, by the name of its type.
``("raised", TYPE)``
    What nobody sees, since to ask for it raises an exception of that type.
``("absent",)``
    No such attribute, name or fact.
``("unobserved",)``
    What could not be looked at, of which nothing is said.

A string that begins with the directory of the case is written with ``<tree>`` in its place, and an
implementation's own bytecode tag as ``<tag>``.
"""

ABSENT: Final[Value] = ("absent",)
"""The value of a fact that is not there."""

UNOBSERVED: Final[Value] = ("unobserved",)
"""The value of a fact that an implementation gives no means to observe; it is as predicted, whatever that is."""

TREE: Final = "<tree>"
"""Stands for the directory a case was written to."""

TAG: Final = "<tag>"
"""Stands for ``sys.implementation.cache_tag`` in the name of a bytecode file."""


def kind(value: Value) -> str:
    """The shape of ``value`` without its contents: what signatures are made of."""
    if value is None:
        return "None"
    if isinstance(value, tuple):
        return str(value[0]) if value else "tuple"
    return type(value).__name__


def same(left: Value, right: Value) -> bool:
    """Whether two values are equal: ``True`` is not ``1``."""
    if left is right:
        return True
    if type(left) is str or left != right:
        return left == right
    if isinstance(left, tuple) and isinstance(right, tuple):
        for mine, other in zip(left, right, strict=True):  # most values are tuples of strings, and most are compared
            if mine is not other and type(mine) is not str and not same(mine, other):
                return False
        return True
    return type(left) is type(right)
