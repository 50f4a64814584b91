"""What a module defines to answer for itself, as an object (reference/datamodel §3.3.2.1)."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.oracle.objects import Namespace, Object


class Getattr:
    """A module ``__getattr__`` that knows ``names``, as values or if it is ``lazy`` as submodules to be imported.

    ``deprecated``: it warns that they are. ``body`` gives the value anew at each call, which can be seen if it is
    ``told``. Where it looks for the name in a list, ``test`` does that, and ``held`` gives what is in that, if there
    is one now.
    """

    def __init__(
        self, names: tuple[str, ...], value: "Object", *, lazy: bool = False, deprecated: bool = False
    ) -> None:
        self.names = names
        self.value = value
        self.lazy = lazy
        self.deprecated = deprecated
        self.told = False
        self.body: Callable[[str], Object] | None = None
        self.test: Callable[[str], bool] | None = None
        self.held: Callable[[], Collection[object] | None] = lambda: None

    def knows(self, name: str) -> bool:
        """Whether the name is one of those that it knows; of a list, if that is one now."""
        return name in (self.names if self.test is None else self.held() or ())

    def fails(self, name: str) -> bool:
        """Whether it raises for a special name: there is no list, or what it gives for a name no case can have."""
        missing = self.test is not None and self.held() is None
        return missing or (self.knows(name) and (self.lazy or self.body is not None))


class Directory:
    """A module ``__dir__``, and what it returns when it is called."""

    def __init__(self, body: Callable[[], list[str]]) -> None:
        self.body = body


def answering(namespace: "Namespace", name: str) -> Getattr | None:
    """The ``__getattr__`` that gives a module the attribute ``name``, which it does not hold itself."""
    hook = namespace.values.get("__getattr__")
    return hook if isinstance(hook, Getattr) and hook.knows(name) and name not in namespace.values else None


def asking_fails(namespace: "Namespace", name: str) -> bool:
    """Whether asking a module for a special name raises something else than AttributeError, in its ``__getattr__``."""
    hook = namespace.values.get("__getattr__")
    return isinstance(hook, Getattr) and name not in namespace.values and hook.fails(name)
