"""Vectors as directories of plain files, each with the facts that the documents allow."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from conformance.catalogue import Vector
from conformance.portable.expecting import expected
from harness.model.case import Case, Embedded, Module, scope, search_path, written_tree
from harness.model.language.editing import futures
from harness.model.language.spelling import Plain
from harness.model.rendering import added, plainly, render_program
from harness.model.source import Source
from harness.model.tree import DataFile, Directory, Root, SourceFile
from harness.run.archiving import archived

RUNNER: Final = Path(__file__).with_name("runner.py")
"""The runner: one file that needs nothing but a Python."""

PROGRAM: Final = "program.py"
"""The file of a program that is executed in a namespace of its own."""

FORMAT: Final = 1
"""The version of the format."""

_ITS_OWN: Final = frozenset({"_builtins", "_error"})
_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHOME": "",
    "PYTHONIOENCODING": "utf-8:surrogatepass",
    "PYTHONOPTIMIZE": "",
    "PYTHONPYCACHEPREFIX": "",
    "PYTHONSAFEPATH": "",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "",
    "PYTHONWARNINGS": "",
}
_EMBEDDED: Final = (
    "import sys; sys.path[:1] = {path}; "
    "exec(open({file!r}, encoding='utf-8').read(), {{'__name__': 'program', '__builtins__': __builtins__}})"
)


def write_vectors(vectors: Iterable[Vector], directory: Path) -> None:
    """Write each vector as a directory of its name.

    Raises:
        OSError: it cannot be written.
    """
    for vector in vectors:
        place = directory / vector.name
        for path, text in exported(vector).items():
            file = place / path
            (file if path.endswith("/") else file.parent).mkdir(parents=True, exist_ok=True)
            if not path.endswith("/"):
                file.write_bytes(text.encode("utf-8", "surrogateescape"))


def exported(vector: Vector) -> dict[str, str]:
    """The files of a vector, by their paths; a directory has a slash at the end of its path, and no text.

    An archive is a file, of bytes: they are what is written of its text.
    """
    case = vector.case
    host = plainly(case, telling=True)
    found = {f"r{number}/": "" for number, root in enumerate(case.tree.roots) if root.archive is None}
    for number, root in enumerate(written_tree(case).roots):
        if root.archive is not None:
            found[f"r{number}"] = _archived(root, host, f"r{number}/")
            continue
        for entry in root.entries:
            path = f"r{number}/{entry.path}"
            match entry:
                case SourceFile(source=source):
                    found[path] = _text(source, host, path)
                case DataFile(text=text):
                    found[path] = text
                case Directory():
                    found[f"{path}/"] = ""
    if isinstance(case.launch, Embedded):
        found[PROGRAM] = render_program(case.program, host=host)
    described = json.dumps(msgspec.to_builtins(_described(vector)), indent=1)
    return found | {"vector.json": f"{described}\n"}


def _archived(root: Root, host: Plain, place: str) -> str:
    """The bytes of an archive, as the text that is written as those bytes."""
    members: dict[str, bytes | None] = {}
    for entry in root.entries:
        match entry:
            case SourceFile(path=path, source=source):
                members[path] = _text(source, host, place + path).encode("utf-8", "surrogateescape")
            case DataFile(path=path, text=text):
                members[path] = text.encode("utf-8", "surrogateescape")
            case Directory(path=path):
                members[path] = None
    return archived(root, members).decode("utf-8", "surrogateescape")


def _text(source: Source, host: Plain, path: str) -> str:
    """The text of a file that prints its path and name as it is executed: only future statements stand before."""
    head = render_program(Source(source.statements[: futures(source.statements)], source.doc))
    own = host.anew()
    line = own.marked(path)
    imports = "".join(f"{item}\n" for item in own.imports())
    rest = render_program(source, host=host)[len(head) :]
    return f"{head}{imports}{line}\n{rest}"


def _described(vector: Vector) -> object:
    case = vector.case
    embedded = isinstance(case.launch, Embedded)
    entries = () if embedded else search_path(case)[1:]
    return {
        "format": FORMAT,
        "about": vector.about,
        "clauses": vector.clauses,
        "command": _command(case),
        "directory": "r0" if isinstance(case.launch, Module) else ".",
        "environment": _ENVIRONMENT | {"PYTHONPATH": ":".join(f"<tree>/{entry}" for entry in entries)},
        "main": PROGRAM if isinstance(case.launch, Embedded) else case.launch.path,
        "docstring": int(case.program.doc is not None) + futures(case.program.statements),
        "scope": scope(case),
        "apart": sorted(added(case) | _ITS_OWN),
        "expected": expected(case),
    }


def _command(case: Case) -> tuple[str, ...]:
    match case.launch:
        case Embedded():
            path = [f"<tree>/{entry}" for entry in search_path(case)]
            return ("-c", _EMBEDDED.format(path=path, file=f"<tree>/{PROGRAM}"))
        case Module(name=name):
            return ("-m", name)
        case launch:
            return (f"<tree>/{launch.path}",)
