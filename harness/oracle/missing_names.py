"""The exception that a from-import raises for a name that is not there (reference/simple_stmts §7.11)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.departing import raises
from harness.oracle.hooks import answering, asking_fails
from harness.oracle.objects import ModuleObject, Object, Portions, Raised, Spec, SubstituteObject, Unknown, Why
from harness.oracle.search import package_path
from harness.oracle.state import Silent, State
from harness.oracle.wanted import Wanted, one_name, own_name

_OF_PLACE: Final = frozenset({"origin", "has_location"})
"""What a spec says of where its module lies: what the program has put there need not be the module's file."""

NO_PLACE: Final = "unknown location"
UNKNOWN_LOCATION: Final = Departure(
    "from.error-name-path-attributes",
    "unknown location",
    "where the module has no file, path is the text 'unknown location'",
)
FILE_ASKED: Final = Departure(
    "from.missing-name-importerror",
    "asks what is no text",
    "where __name__ or __file__ of what is imported from is no text, TypeError is raised for a missing name",
)
SHOWN: Final = "from.error-shows-module-and-file"
"""Why the text of the exception shows the name of the module and its file, where it has but one name."""

NO_FILE_OF_NAMESAKE: Final = Departure(
    SHOWN,
    "no file beside a submodule of its name",
    "no file is shown of a package of which a submodule that has its name is being executed",
)

MISSING_ERRORS: Final = raises("from.missing-name-importerror", "AttributeError", "KeyError")
SPEC_ASKED: Final = Departure(
    "from.missing-name-importerror",
    "asks what is no spec",
    "where __spec__ is neither None nor a spec its attributes are asked for, which raises AttributeError",
)
PATH_OF_SPEC: Final = Departure(
    "from.error-name-path-attributes",
    "path of the spec alone",
    "where __spec__ is neither None nor a spec path is None, whatever __file__ is",
)


def missing(state: State, module: Object, full: str, wanted: Wanted, clauses: Why) -> Raised:
    """The exception where a module has neither an attribute nor a submodule ``full`` of the name that is wanted.

    Clauses: from.missing-name-importerror, from.error-name-path-attributes; from.missing-name-not-mnfe leaves open
    whether it is ModuleNotFoundError.
    """
    odd = _has_no_spec(module)
    error = _error(state, module, odd=odd)
    if error != "ImportError":
        return Raised(error, state.why(*clauses))
    unknown = Unknown(("from.error-name-path-attributes",))
    state.cite("from.missing-name-not-mnfe")
    attempted = "from.none-entry-is-no-submodule" in clauses and package_path(state, module) is not None
    about = "None entry in a package" if attempted else ""
    why = state.why(*clauses)
    certain = not isinstance(module, ModuleObject) or _may_be_file(module)
    own, path = own_name(module, wanted.module), _triggered(module, unknown) if certain else unknown
    if own == wanted.module:
        why = (SHOWN, *why)

    below = _executes_its_namesake(module, own)

    def settle() -> Raised:
        options = ("ImportError", "ModuleNotFoundError")
        if state.policy("from.missing-name-not-mnfe", *options, choice=True, about=about) != "ImportError":
            return Raised("ModuleNotFoundError", why, name=full, path=unknown)
        if not certain:
            raise Silent("from.error-name-path-attributes")
        if not isinstance(module, ModuleObject):
            return Raised("ImportError", why, name=unknown, path=unknown)
        name = one_name(state, "from.error-name-path-attributes", own, wanted.module)
        found = Raised("ImportError", why, name=name, path=_told(state, path, odd=odd))
        found.file_hidden = below and state.departs(NO_FILE_OF_NAMESAKE)
        return found

    raised = Raised("ImportError", why, name=full, path=unknown).unsettled("ModuleNotFoundError", settle=settle)
    return raised if certain else raised.settled()


def _error(state: State, module: Object, *, odd: bool) -> str:
    """What is raised; who makes both departures asks for the names first. ``odd``: as in :func:`_told`."""
    error = state.error("ImportError", MISSING_ERRORS)
    if _names_itself_oddly(module) and state.departs(FILE_ASKED):
        return "TypeError"
    return "AttributeError" if odd and state.departs(SPEC_ASKED) else error


def _executes_its_namesake(module: Object, own: object) -> bool:
    """Whether a package's code is executed, and that of a submodule which is called like the package not yet."""
    below = module.executing_submodules if isinstance(module, ModuleObject) and not module.executing else {}
    return isinstance(own, str) and own in below


def _may_be_file(module: ModuleObject) -> bool:
    """Whether ``__file__`` is a string or ``None``, as it must be (module.file-string-when-set)."""
    file = module.namespace.values.get("__file__")
    return file is None or isinstance(file, str | Unknown)


def _has_no_spec(module: Object) -> bool:
    """Whether ``__spec__`` is something, from the module's ``__getattr__`` too, that is neither ``None`` nor a spec."""
    match module:
        case ModuleObject(namespace=namespace):
            if asking_fails(namespace, "__spec__"):
                raise Silent("getattr.asked-by-import")
            hook = answering(namespace, "__spec__")
            spec = namespace.values.get("__spec__") if hook is None else hook.value
        case SubstituteObject(attributes=attributes):
            spec = attributes.get("__spec__")
        case _:
            spec = None
    return spec is not None and not isinstance(spec, Spec | Unknown)


def _names_itself_oddly(module: Object) -> bool:
    """Whether ``__name__`` or ``__file__`` of what is no module is no text; a ``__file__`` may be ``None``.

    A ``__getattr__`` may give a module such a ``__file__``.
    """
    if isinstance(module, ModuleObject):
        hook = answering(module.namespace, "__file__")
        return hook is not None and not isinstance(hook.value, str | Unknown | None)
    attributes = module.attributes if isinstance(module, SubstituteObject) else {}
    name, file = attributes.get("__name__", ""), attributes.get("__file__")
    return not isinstance(name, str | Unknown) or (file is not None and not isinstance(file, str | Unknown))


def _told(state: State, path: Object, *, odd: bool) -> Object:
    """The path that the exception has, which is ``path``; ``odd``: the module has something that is no spec."""
    if odd and state.departs(PATH_OF_SPEC):
        return None
    return NO_PLACE if path is None and state.departs(UNKNOWN_LOCATION) else path


def _triggered(module: Object, unknown: Unknown) -> Object:
    """The path of the file that triggered the exception: the module's, where it says of itself what its spec says.

    The path is documented for when it is set; whether it is for a module that has no spec any more, or another one,
    is not said.
    """
    if not isinstance(module, ModuleObject):
        return unknown
    spec = module.spec
    file = module.namespace.values.get("__file__")
    if spec is not None and not spec.given.keys().isdisjoint(_OF_PLACE):
        return unknown
    if spec is not None and isinstance(spec.locations, Portions):
        return None
    held = module.namespace.values.get("__spec__")
    if spec is None or held is None or (isinstance(held, Spec) and held is not spec):
        return unknown
    return file if file is not None and file == spec.file else unknown
