"""Resources of packages (library/importlib.resources)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.oracle.archives import archive
from harness.oracle.departing import raises
from harness.oracle.found import TraversableObject
from harness.oracle.loading import import_module
from harness.oracle.objects import ModuleObject, Object, Portions, Raised, Scope, Unknown
from harness.oracle.replacing import bypassed
from harness.oracle.search import refresh
from harness.oracle.state import Argument, Lack, Meaning, Silent, State

PACKAGE: Final = "resources.files-package"
NAMESPACE: Final = "resources.files-namespace"
MODULE: Final = "resources.files-module-anchor"
DEFAULT: Final = "resources.files-default-anchor"
RESOURCE: Final = "resources.is-resource"
NAMES_ALONE: Final = Departure(PACKAGE, "modules alone", "an anchor that is a name raises TypeError")
ABOVE: Final = Departure(PACKAGE, "above", "resources are looked up beside the directory of the package")
ONE_PORTION: Final = Departure(NAMESPACE, "one portion", "only the first portion of a namespace package has resources")
NAMESPACE_ERRORS: Final = raises(NAMESPACE, "TypeError", "OSError")
ZIP: Final = "resources.files-zip"
ZIP_ERRORS: Final = raises(ZIP, "FileNotFoundError", "TypeError")
MISSING_IS_FILE: Final = Departure(ZIP, "missing is a file", "what is not there in an archive is a file")
MODULE_ERRORS: Final = raises(MODULE, "TypeError", "AttributeError")
NOTHING_IN_ARCHIVE: Final = Departure(
    MODULE, "nothing in an archive", "of what lies beside a module of an archive that is no package nothing is found"
)
DEFAULT_ERRORS: Final = raises(DEFAULT, "TypeError", "ValueError")
DIRECTORIES_TOO: Final = Departure(RESOURCE, "directories too", "a directory is a resource")
EVERYTHING: Final = Departure(RESOURCE, "always", "what is not there is a resource, too")
NEVER: Final = Departure(RESOURCE, "never", "a file is no resource")


def there_are_files(state: State) -> None:
    """There is the function since 3.9.

    Raises:
        Raised: there is no such function yet.
    """
    if not state.since(3, 9):
        raise Raised("AttributeError", state.why("scope.attribute-missing"))


def files(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The directory, or the directories, in which the resources of an anchor lie.

    Clauses: resources.files-package, resources.files-namespace, resources.files-module-anchor,
    resources.files-default-anchor.

    Raises:
        Raised: the anchor cannot be imported.
        Silent: what it does with the anchor is not said.
    """
    if "anchor" in given:
        if isinstance(given["anchor"], str):
            state.cite(PACKAGE)
            if state.departs(NAMES_ALONE):
                raise Raised("TypeError", state.why())
        return _below(state, _anchor(state, given["anchor"]))
    name = scope.module.values.get("__name__")
    module = state.cache.values.get(name) if isinstance(name, str) else None
    if not state.since(3, 12) or not isinstance(module, ModuleObject) or module.namespace is not scope.module:
        raise Silent("scope.operand-types")
    state.cite(DEFAULT)
    error = state.error("", DEFAULT_ERRORS)
    if error:
        raise Raised(error, state.why())
    return _below(state, module)


def _anchor(state: State, anchor: Argument) -> Object:
    """The module that is an anchor, or that it names, which is imported."""
    if not isinstance(anchor, str):
        return anchor if isinstance(anchor, ModuleObject) else _no_anchor()
    state.form = "files"
    bypassed(state, anchor, "files")
    return import_module(state, anchor)


def _no_anchor() -> Object:
    raise Silent("scope.operand-types")


def _below(state: State, module: Object) -> TraversableObject:
    """Where the resources of a module lie: a package has them in its directories, another one beside its file."""
    if not isinstance(module, ModuleObject) or module.spec is None:
        raise Silent(PACKAGE)
    spec = module.namespace.values.get("__spec__")
    if spec is not module.spec or module.namespace.values.get("__file__") != module.spec.file:
        raise Silent(PACKAGE)
    if isinstance(module.spec.locations, Portions):
        return _namespace(state, module.spec.locations)
    if module.spec.origin is None or not module.spec.origin.endswith(".py"):
        raise Silent(PACKAGE)
    archived = archive(state, module.spec.origin) is not None
    if archived:
        state.cite(ZIP)
        error = state.error("", ZIP_ERRORS)
        if error:
            raise Raised(error, state.why())
    directory = module.spec.origin.rpartition("/")[0]
    if module.spec.locations is not None:
        state.cite(PACKAGE)
        return TraversableObject((directory.rpartition("/")[0] if state.departs(ABOVE) else directory,))
    if not state.since(3, 12):
        raise Silent(PACKAGE)
    state.cite(MODULE)
    error = state.error("", MODULE_ERRORS)
    if error:
        raise Raised(error, state.why())
    return TraversableObject((directory,), blind=archived and state.departs(NOTHING_IN_ARCHIVE))


def _namespace(state: State, portions: Portions) -> TraversableObject:
    if not state.since(3, 10):
        raise Silent(PACKAGE)
    refresh(state, portions)
    state.cite(NAMESPACE)
    error = state.error("", NAMESPACE_ERRORS)
    if error:
        raise Raised(error, state.why())
    places = tuple(item.removeprefix("<tree>/") for item in portions.items)
    if any(place not in state.directories or archive(state, place) is not None for place in places):
        raise Silent(NAMESPACE)
    return TraversableObject(places[:1] if state.departs(ONE_PORTION) else places)


def joinpath(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """What lies below: in the first portion that has it."""
    del scope
    held, name = given["self"], given["child"]
    if not isinstance(held, TraversableObject) or not isinstance(name, str):
        raise Silent("scope.operand-types")
    found = [] if held.blind else [f"{place}/{name}" for place in held.places]
    there = [place for place in found if place in state.files or place in state.directories]
    return TraversableObject(tuple(there or found[:1]))


def is_file(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Whether it is a file."""
    del scope
    held = given["self"]
    if not isinstance(held, TraversableObject):
        raise Silent("scope.operand-types")
    if not held.places:
        return False
    place = held.places[0]
    if place not in state.files and place not in state.directories and archive(state, place) is not None:
        return state.departs(MISSING_IS_FILE)
    return place in state.files


def read_text(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """What a file holds; whether a carriage return in it is read as one is not said.

    Raises:
        Raised: it was not found.
        Silent: it is not there, or is a source, whose text depends on how it is written down.
    """
    del scope
    held = given["self"]
    if not isinstance(held, TraversableObject) or len(held.places) > 1:
        raise Silent("scope.operand-types")
    if not held.places:
        raise Raised("FileNotFoundError", state.why(MODULE))
    place = held.places[0]
    if place in state.texts:
        text = state.texts[place]
        return Unknown((PACKAGE,)) if "\r" in text else text
    raise Silent(*state.why(PACKAGE))


def is_resource(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Whether a package has a file of that name; a directory is none.

    Clauses: resources.is-resource.

    Raises:
        Silent: the anchor is no package with a file, or the name has a separator, which it may not have before 3.13.
    """
    del scope
    if state.since(3, 11) and not state.since(3, 13):
        state.warned_otherwise = True  # it is deprecated; that it warns is not said
    name = given["path_name"]
    if not isinstance(name, str) or name.startswith("../") or ("/" in name and not state.since(3, 13)):
        raise Silent(RESOURCE)
    module = _anchor(state, given["anchor"])
    if not isinstance(module, ModuleObject) or module.spec is None:
        raise Silent("scope.operand-types")
    if module.spec.locations is None or isinstance(module.spec.locations, Portions) or module.spec.origin is None:
        raise Silent(RESOURCE)
    place = f"{module.spec.origin.rpartition('/')[0]}/{name}"
    state.cite(RESOURCE)
    if place in state.files:
        return not state.departs(NEVER)
    return state.departs(DIRECTORIES_TOO if place in state.directories else EVERYTHING)


_TRAVERSABLE: Final = "importlib.resources.abc.Traversable"

FUNCTIONS: Final[Mapping[str, Meaning]] = {
    "importlib.resources.files": files,
    "importlib.resources.is_resource": is_resource,
    f"{_TRAVERSABLE}.is_file": is_file,
    f"{_TRAVERSABLE}.joinpath": joinpath,
    f"{_TRAVERSABLE}.read_text": read_text,
}
"""What can be done with resources."""

LACKING: Final[Mapping[str, Lack]] = {"importlib.resources.files": there_are_files}
"""What cannot be done in every version."""
