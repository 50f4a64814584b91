"""What a path entry has to offer for a name (reference/import §5.5; PEP 420, Specification; PEP 3147)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.archives import archive
from harness.oracle.layout import Entry
from harness.oracle.objects import Items, Spec
from harness.oracle.packages import empty_passed_over
from harness.oracle.state import State

NOT_RECOGNISED: Final = Departure(
    "regular.directory-with-init", "not recognised", "a directory is no regular package, whatever files it has"
)
MODULE_FIRST: Final = Departure(
    "regular.package-before-module-same-dir", "module first", "a module goes before a package of its name beside it"
)
DIRECTORY_FIRST: Final = Departure(
    "namespace.module-beats-directory-same-entry", "directory first", "a directory goes before a module beside it"
)
BYTECODE_FIRST: Final = Departure(
    "pyc.legacy-ignored-with-source", "bytecode first", "a bytecode file goes before the source beside it"
)
BYTECODE_IGNORED: Final = Departure("pyc.legacy-sourceless", "ignored", "a bytecode file without source is no module")
INITIAL_TUPLE: Final = Departure(
    "dpath.regular-package-value", "a tuple", "the initial __path__ of a regular package is a tuple"
)
INITIAL_FILE: Final = Departure(
    "dpath.regular-package-value", "the file", "the initial __path__ of a regular package holds its __init__ file"
)


def candidate(state: State, name: str, where: Entry) -> Spec | None:
    """The spec of the regular package or module ``name`` that lies in an entry; ``None`` where there is none."""
    tail = name.rpartition(".")[2]
    place = where.below(tail)
    init = _file(state, f"{place}/__init__") if place in state.directories else None
    if init is not None and not _passed_over(state, place) and not empty_passed_over(state, init):
        state.cite("regular.directory-with-init")
        inside = f"{spelt(state, where)}/{tail}"
        file = inside + init.removeprefix(place)
        taken = state.decide(INITIAL_TUPLE, INITIAL_FILE)
        locations = Items([file if taken is INITIAL_FILE else inside], mutable=taken is not INITIAL_TUPLE)
        return Spec(name, init, locations, file)
    found = _file(state, place)
    if found is None or (init is None and place in state.directories and state.departs(DIRECTORY_FIRST)):
        return None
    return Spec(name, found, None, spelt(state, where) + found.removeprefix(place.rpartition("/")[0]))


def _passed_over(state: State, place: str) -> bool:
    """Whether a regular package is not found, or not before the module beside it; it is, as documented."""
    return state.departs(NOT_RECOGNISED) or (f"{place}.py" in state.files and state.departs(MODULE_FIRST))


def spelt(state: State, where: Entry) -> str:
    """What the paths of modules found in an entry begin with: it is absolute, more the documents do not say."""
    question = "path.relative-entry-file-absolute"
    if where.relative:
        state.cite(question)
    plain = where.plain
    if where.spelt == plain:
        return plain
    return plain if state.policy(question, "as spelt", "plain", about=where.needless) == "plain" else where.spelt


def _file(state: State, stem: str) -> str | None:
    """The file of a module, or of the initialisation of a package, whose path without suffix is ``stem``.

    Clauses: pef.default-file-types, pyc.legacy-sourceless, pyc.legacy-ignored-with-source (of an archive that is
    asked where the source is read). Whether a shared library comes before a source is an implementation's own affair
    (pef.extension-before-source), as are its suffixes.
    """
    source, code = f"{stem}.py", f"{stem}.pyc"
    found = source if source in state.files else code if code in state.files else None
    if found == source and archive(state, stem) is not None:
        return found
    if code in state.files and state.departs(BYTECODE_FIRST if found == source else BYTECODE_IGNORED):
        found = code if found == source else None
    library = _library(state, stem) if stem in state.shared else None
    if library is not None:
        question = "pef.extension-before-source"
        first = found is None or state.policy(question, "extension first", "source first") == "extension first"
        found = library if first else found
    if code in state.files and found in {source, code}:
        state.cite("pyc.legacy-ignored-with-source" if found == source else "pyc.legacy-sourceless")
    return found


def _library(state: State, stem: str) -> str | None:
    question = "pef.default-file-types"
    for suffix in state.shared[stem]:
        if state.policy(question, "not recognised", "recognised", about=suffix) == "recognised":
            return stem + suffix
    return None
