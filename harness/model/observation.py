"""What an implementation did, and who it is."""

from typing import Final

import msgspec

from harness.model.values import ABSENT, Value
from harness.model.versions import Version

MOST_EVENTS: Final = 2000
"""How many events of a case are observed; a case that has more is unsupported, whoever is asked."""


def too_many_events() -> Value:
    """The outcome of a case that has more events than are observed."""
    return ("unsupported", f"more than {MOST_EVENTS} events")


class Observation(msgspec.Struct, frozen=True):
    """A flat set of facts, and notes that are recorded but never judged.

    Keys of facts (K a key of ``sys.modules`` in scope, N a name):

    ``outcome``
        ``"completed"`` or ``"raised"`` where the program came to its end. ``("exited", STATUS)``,
        ``("crashed", SIGNAL)`` or ``"timed-out"`` where it began and its process ended before it did;
        ``("unbegun", STATUS)`` where what comes before a main program ended the process: a file that is no Python, a
        package on the way to it (the signal of an interrupt as a negative number). ``("unsupported", REASON)`` or
        ``("fault", REASON)`` where nothing was asked.
    ``trace/0000`` …, ``trace/length``
        Each event as ``("event", LABEL, NAME)`` in order, at most :data:`MOST_EVENTS` of them. Where there are more the
        outcome is :func:`too_many_events`, and ``trace/length`` one more than are observed. The execution of a file has
        its path in the tree as label and the ``__name__`` it has; the end of its Nth statement, or of the program's,
        has N instead of a name.
    ``exception/type``, ``exception/name``, ``exception/path``, ``exception/name_from``
        Of the exception that ended the program; the last three only where it is an ImportError.
    ``exception/message-name``, ``exception/message-path``, ``exception/repr-name``, ``exception/repr-path``
        Whether the text of an ImportError holds its name, or its path, and whether its repr shows it as an argument.
    ``exception/cause``, ``exception/context``
        The types of its ``__cause__`` and its ``__context__``, or ``None``.
    ``names``, ``binding/N``
        The names the program bound in its own namespace (those with two leading and trailing underscores left out, but
        for ``__all__`` and ``__main__``), sorted, and the value of each.
    ``binding/N/spec.name`` and ``spec.origin spec.parent spec.has_location spec.cached``,
    ``spec.submodule_search_locations``, ``spec.loader``, ``spec.exposed``
        Of a spec that is the value: its attributes (``loader`` is ``None`` or ``"present"``), and whether the module
        that ``sys.modules`` holds by its name has it as its ``__spec__``.
    ``binding/N/names``, ``binding/N/value/M``, ``binding/N/__name__`` …
        Of a dictionary that is the value: the names in it, the value of each, and what ``module/K/`` has but its repr.
    ``modules``
        The keys of ``sys.modules`` in scope, sorted, without ``__main__``.
    ``module/K``
        What the key holds: ``None``, ``("module", KEY)`` or ``("object", TYPE)``.
    ``module/K/__name__`` and ``__package__ __path__ __file__ __cached__ __doc__``
        Attributes of a module object, ``("absent",)`` where there is none.
    ``module/K/__spec__``
        ``None``, ``("absent",)`` or ``"present"``; with a spec also ``module/K/spec.name`` and ``spec.origin
        spec.parent spec.has_location spec.cached spec.submodule_search_locations``.
    ``module/K/__loader__``
        ``None``, ``("absent",)``, ``"spec.loader"`` when it is the loader of the spec, else ``"other"``.
    ``module/K/same-path``
        Whether ``__path__`` and ``spec.submodule_search_locations`` list the same, where both are lists of some kind.
    ``module/K/repr``
        ``("repr", SHOWS_NAME, SHOWS_ORIGIN)``: whether its repr holds the name and the origin (or ``__file__``); like
        ``dir`` of objects of the class of modules alone.
    ``module/K/dir``
        What ``dir()`` gives, for a module that defines ``__dir__``.
    ``module/K/names``, ``module/K/value/N``
        The names in its namespace (as for the program), and the value of each, with what ``binding/N/`` has.
    ``argv0``, ``path0``, ``main/__name__`` …
        ``sys.argv[0]`` and ``sys.path[0]`` of a launch that runs a file, and what ``module/K/`` has but names and
        values: of the namespace in which the program ran, whatever became of ``sys.modules["__main__"]``.
    ``warnings``
        The names of the categories of which anything warned while the program ran, shown or not, sorted, each once;
        ``("unobserved",)`` where an implementation has no list of filters.
    """

    facts: dict[str, Value]
    notes: dict[str, str] = {}

    @property
    def outcome(self) -> Value:
        """The fact ``outcome``."""
        return self.facts.get("outcome", ABSENT)


class Identity(msgspec.Struct, frozen=True):
    """Who an implementation says it is.

    ``language`` is the version of the Python language it implements, ``version`` its own. ``lacks`` has the reason why
    it is without a capability, where that lies in its command. ``modules`` are the top-level names of its own modules,
    which it may take for those of a tree, ``exceptions`` those of its built-in exceptions. ``lacking`` are the
    attributes that it is known to be without altogether (:mod:`harness.model.lacking`).
    """

    name: str
    version: str
    language: Version
    command: tuple[str, ...]
    capabilities: tuple[str, ...] = ()
    lacks: tuple[tuple[str, str], ...] = ()
    modules: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    lacking: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """A short name for tables: ``cpython 3.12.1``."""
        return f"{self.name} {self.version}"
