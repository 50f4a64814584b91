"""Zip archives on a path (library/zipimport; PEP 273): in what they differ from directories."""

from typing import Final

from harness.model.departure import Departure
from harness.model.prediction import Exactly, Expected, OneOf
from harness.model.tree import DataFile, Directory, Root
from harness.oracle.departing import raises
from harness.oracle.layout import Entry, entry
from harness.oracle.objects import ModuleObject, Object, Raised, Unknown
from harness.oracle.state import Silent, State

AUTOMATIC: Final = "zip.path-entry-automatic"
SUBDIRECTORY: Final = "zip.subdirectory-entry"
PACKAGES: Final = "zip.packages"
DEFLATED: Final = "zip.deflate"
COMMENTED: Final = "zip.archive-comment"
OTHERS: Final = "zip.other-files-allowed"
PORTION: Final = "namespace.portion-in-zip"
IMPLICIT: Final = "namespace.zip-implicit-directory"
EXTENSION: Final = "zip.no-extension-modules"
RELATIVE: Final = "zip.file-attribute-relative"
NOWHERE: Final = "zip.missing-subpath-allowed"
NO_BYTECODE: Final = "zip.pyc-without-magic-passed-over"
BY_NAME: Final = "zip.load-module"
NOT_YET: Final = Unknown((BY_NAME,))
"""``__package__`` while load_module() has not ended: not there, or the parent of the spec."""

NOT_SEARCHED: Final = {
    clause: Departure(clause, "not searched", f"nothing is found {where}")
    for clause, where in (
        (AUTOMATIC, "in an archive on a path"),
        (SUBDIRECTORY, "in a directory of an archive that stands on a path"),
        (COMMENTED, "in an archive that has a comment"),
        (OTHERS, "in an archive that has other files than modules"),
    )
}
NOT_FOUND: Final = {
    clause: Departure(clause, "not found", f"{what} is not found")
    for clause, what in (
        (PACKAGES, "a package in an archive"),
        (PORTION, "a portion of a namespace package in an archive"),
        (IMPLICIT, "a directory of which the archive has no entry"),
    )
}
DEFLATED_ERRORS: Final = raises(DEFLATED, "ImportError", "ModuleNotFoundError")
MISSING_ERRORS: Final = raises("zip.find-spec", "ImportError", "KeyError", "ZipImportError")
EXTENSION_ERRORS: Final = raises(EXTENSION, "ImportError", "ZipImportError")
NO_BYTECODE_ERRORS: Final = raises(NO_BYTECODE, "ImportError", "SyntaxError", "TypeError", "ValueError", "EOFError")


def archive(state: State, place: str | None) -> Root | None:
    """The archive in which a place of the tree lies, or which it is."""
    return state.archives.get(place.partition("/")[0]) if place is not None and state.archives else None


def situation(state: State, place: str | None) -> str:
    """What tells the questions about a place in an archive from those about one in a directory."""
    return "" if archive(state, place) is None else "in an archive"


def loads_by_name(state: State, place: str | None) -> bool:
    """Whether the importer of an archive loads what lies there by load_module(), the one way there is before 3.10.

    Of the import-related attributes its documents say what it should set, not when; after it "__loader__ and
    __package__ are set if missing" (reference/import §5.4, 3.8). What the code finds or leaves of them is not said.
    """
    return archive(state, place) is not None and not state.since(3, 10)


def how_loaded(state: State, place: str | None) -> str:
    """What tells the questions about a module that its loader has loaded by itself from those about one it executed."""
    return "by load_module()" if loads_by_name(state, place) else ""


def begin_by_name(module: ModuleObject) -> None:
    """``__package__`` is there once the code is executed, and may be before."""
    module.namespace.bind("__package__", NOT_YET, (BY_NAME,))


def end_by_name(module: ModuleObject, package: Object) -> None:
    """What the code has left alone is set; what it has removed may be set again."""
    held, missing = module.namespace.values, Unknown((BY_NAME,))
    regular = module.spec is not None and module.spec.locations is not None
    left, told = held.get("__package__"), held.get("__name__") == module.name and regular is ("__path__" in held)
    if left is NOT_YET:
        known = told and "__getattr__" not in held
        module.namespace.bind("__package__", package if known else missing, (BY_NAME,))
    for name in ("__package__", "__loader__", "__spec__"):
        if held.get(name) is None:
            module.namespace.bind(name, missing, (BY_NAME,))


def entry_of(state: State, text: str) -> Entry | None:
    """The entry that a string is, as :func:`entry`; of archives no document says what else than a plain path is one.

    Raises:
        Silent: it is relative, of which two documents tell two things (zip.file-attribute-relative,
            path.zip-relative-file-absolute), or has a needless part.
    """
    found = entry(text, state.working, state.directories)
    if state.archives:
        inside = found is not None and archive(state, found.place) is not None
        if ".." in text.split("/") or (found is not None and inside and (found.relative or found.spelt != found.plain)):
            raise Silent(RELATIVE)
    return found


def passed_over(state: State, name: str, where: Entry) -> bool:
    """Whether an archive is not searched, or not found to have what it has; it is, as documented.

    Clauses: zip.path-entry-automatic, zip.subdirectory-entry, zip.packages, zip.archive-comment,
    zip.other-files-allowed, namespace.portion-in-zip, namespace.zip-implicit-directory. Whether a path within an
    archive that leads nowhere is an error is open (zip.missing-subpath-allowed).

    Raises:
        Raised: what is missing in it ends the search, or is taken for a shared library.
        Silent: it has the bytecode of the module alone, which is none: where the importer says that is, is not said.
    """
    root = archive(state, where.place)
    if root is None:
        return False
    if where.place not in state.directories and state.policy(NOWHERE, "nothing", "ImportError") == "ImportError":
        unknown = Unknown((NOWHERE,))
        raise Raised("ImportError", state.why(NOWHERE), name=unknown, path=unknown)
    place = where.below(name.rpartition(".")[2])
    regular, module = (state.files.intersection((f"{each}.py", f"{each}.pyc")) for each in (f"{place}/__init__", place))
    if place not in state.directories and not module:
        _nothing_there(state, root, place)
        return False
    clauses = [AUTOMATIC]
    clauses += [SUBDIRECTORY] if _apart(where.place, name) else []
    clauses += [COMMENTED] if root.comment else []
    clauses += [OTHERS] if any(isinstance(entry, DataFile) for entry in root.entries) else []
    state.cite(*clauses)
    if state.decide(*(NOT_SEARCHED[clause] for clause in clauses)) is not None:
        return True
    if regular or "." in name:
        state.cite(PACKAGES)
        if state.departs(NOT_FOUND[PACKAGES]):
            return True
    found = regular or module
    if found and not any(each.endswith(".py") for each in found):
        raise Silent("pyc.sourceless-bad-magic-error")
    return not regular and not module and _portion_passed_over(state, root, place)


def _apart(place: str, name: str) -> bool:
    """Whether a directory of an archive is another one than that in which the module lies by its name."""
    return "/" in place and not f"/{place}".endswith("/" + (name.rpartition(".")[0].replace(".", "/") or " "))


def _portion_passed_over(state: State, root: Root, place: str) -> bool:
    told = any(isinstance(entry, Directory) and entry.path == place.partition("/")[2] for entry in root.entries)
    clauses = [PORTION, *([] if told else [IMPLICIT])]
    state.cite(*clauses)
    return state.decide(*(NOT_FOUND[clause] for clause in clauses)) is not None


def _nothing_there(state: State, root: Root, place: str) -> None:
    """That a module is not in an archive ends no search, and is told by nothing but that.

    Clauses: zip.find-spec, zip.no-extension-modules.

    Raises:
        Raised: it does.
    """
    inner = place.partition("/")[2]
    suffixes = {entry.path.removeprefix(inner) for entry in root.entries if entry.path.startswith(f"{inner}.")}
    if ".pyc" in suffixes:
        return
    taken = ""
    if any(suffix.endswith((".so", ".pyd")) for suffix in suffixes):
        state.cite(EXTENSION)
        taken = state.error("", EXTENSION_ERRORS)
    elif state.since(3, 10):
        state.cite("zip.find-spec")
        taken = state.error("", MISSING_ERRORS)
    if taken:
        raise Raised(taken, state.why())


def exception_type(error: Raised) -> Expected:
    """The type of an exception. An ImportError of an importer of archives may be its own, which is derived from that.

    "It's a subclass of ImportError, so it can be caught as ImportError, too" (library/zipimport).
    """
    if NOWHERE in error.why and error.error == "ImportError":
        return OneOf((error.error, "ZipImportError"), error.why)
    return Exactly(error.error, error.why)


def read(state: State, origin: str) -> None:
    """Read a member of an archive.

    Clauses: zip.deflate, zip.pyc-without-magic-passed-over.

    Raises:
        Raised: it cannot be decompressed, or what lies beside it is taken for its bytecode.
        Silent: it is bytecode, or none: what is raised then no document says.
    """
    root = archive(state, origin)
    if root is None:
        return
    if not origin.endswith(".py"):
        raise Silent("pyc.sourceless-bad-magic-error")
    pass_over_bytecode(state, origin)
    if root.archive == "deflate":
        _raise_where_departed(state, DEFLATED, DEFLATED_ERRORS)


def pass_over_bytecode(state: State, source: str) -> None:
    """Pass over the file beside a source in an archive that is named like its bytecode; in no case is it bytecode.

    Of directories another sentence says it, of bytecode as well (pyc.legacy-ignored-with-source): in an archive that
    which is bytecode "will be used" (PEP 273, Subdirectory Equivalence).

    Raises:
        Raised: it is read, and what is raised of it ends the search.
    """
    if f"{source}c" in state.files:
        _raise_where_departed(state, NO_BYTECODE, NO_BYTECODE_ERRORS)


def _raise_where_departed(state: State, clause: str, errors: tuple[Departure, ...]) -> None:
    """What the clause says raises nothing, unless an implementation departs from it; of what, no document says.

    Raises:
        Raised: it does.
    """
    state.cite(clause)
    taken = state.error("", errors)
    if taken:
        unknown = Unknown((clause,))
        raise Raised(taken, state.why(), name=unknown, path=unknown)
