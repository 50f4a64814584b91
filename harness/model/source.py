"""The text of a module or of a program, in the language of cases.

It is rendered to Python text by :mod:`harness.model.rendering` and interpreted by the oracle.
"""

import msgspec

from harness.model.language.binding import Alias, Import
from harness.model.language.caching import Block, Recache, Substitute, Uncache
from harness.model.language.compound import Class, Edit, Exec, Function, Guard, Statement, Try
from harness.model.language.constants import Items, Literal
from harness.model.language.failing import Broken, Raise
from harness.model.language.from_import import FromImport
from harness.model.language.module_hooks import ModuleDir, ModuleGetattr
from harness.model.language.names import Annotate, Annotation, Assign, Delete, Extend, FutureImport, Invoke, Mark, Read
from harness.model.language.paths import PathEdit, SetPath
from harness.model.language.star import StarImport

__all__ = [
    "Alias",
    "Annotate",
    "Annotation",
    "Assign",
    "Block",
    "Broken",
    "Class",
    "Delete",
    "Edit",
    "Exec",
    "Extend",
    "FromImport",
    "Function",
    "FutureImport",
    "Guard",
    "Import",
    "Invoke",
    "Items",
    "Literal",
    "Mark",
    "ModuleDir",
    "ModuleGetattr",
    "PathEdit",
    "Raise",
    "Read",
    "Recache",
    "SetPath",
    "Source",
    "StarImport",
    "Statement",
    "Substitute",
    "Try",
    "Uncache",
]


class Source(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True, omit_defaults=True):
    """An optional docstring, then statements."""

    statements: tuple[Statement, ...] = ()
    doc: str | None = None
