"""What was said of faults by hand, before anybody was judged.

``conformance/sensitivity/classes/NAME-LANGUAGE.toml`` (cpython-3.12, pypy-3.11) and ``common.toml``, which is about all
of them, say of which version of an implementation they are, and hold two kinds of tables::

    version = "3.12.1"           # lines of another are elsewhere; none in what is common

    [[invisible]]                # no document lets anybody see the fault
    fault = "…"                  # its id
    before = "…"                 # the text it changes, so that a line that has moved is noticed
    after = "…"                  # what stands there then
    kind = "dead code"           # one of KINDS
    reason = "…"

    [[waiting]]                  # a document does, but no case can say today what would show it
    where = "zipimport:*"        # in place of an id: MODULE:FUNCTION, a pattern
    machinery = "zip archives"   # what cases would have to be able to say
    reason = "…"

Both take an id with its texts, or a pattern; beside a pattern ``before`` is one too, and ``changes`` lists kinds of
faults. Whatever is in no table is visible, and can be expressed.
"""

import fnmatch
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import msgspec

from conformance.catalogue import CatalogueError
from conformance.sensitivity import operators
from conformance.sensitivity.faults import Fault
from harness.model.observation import Identity
from harness.model.versions import line

CLASSES: Final = Path(__file__).parent / "classes"
"""Where the files lie."""

KINDS: Final = frozenset(
    {
        "dead code",
        "other platform",
        "verbose message",
        "private shape",
        "performance",
        "equivalent",
        "permitted",
    }
)
"""Why no document lets anybody see a fault."""

MOST: Final = 0.2
"""So large a part of a sample may be invisible."""


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of faults, and why: of one by its id and texts, or of those that patterns match.

    ``kind``: why no document lets anybody see them; or ``machinery``: what cases would have to use to show them.
    """

    reason: str
    kind: str = ""
    machinery: str = ""
    fault: str = ""
    before: str = ""
    after: str = ""
    where: str = ""
    changes: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, str, str]:
        """The id of the one fault, and its texts."""
        return self.fault, self.before, self.after

    def holds(self, fault: Fault) -> bool:
        """Whether it is said of that fault."""
        if self.fault:
            return self.named == (fault.id, fault.before, fault.after)
        place = f"{fault.module}:{fault.function}"
        matches = fnmatch.fnmatchcase(place, self.where) and fnmatch.fnmatchcase(fault.before, self.before or "*")
        return matches and (not self.changes or fault.kind in self.changes)


class Classes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that was said of the faults of one line of a language, by the lines of one ``version``."""

    invisible: tuple[Said, ...] = ()
    waiting: tuple[Said, ...] = ()
    version: str = ""

    def invisibility(self, fault: Fault) -> str:
        """The kind of reason why nobody can see that fault, empty if it is visible."""
        return next((item.kind for item in self.invisible if item.holds(fault)), "")

    def machinery(self, fault: Fault, reached: Collection[tuple[str, str]]) -> str:
        """What the fault waits for, empty if it can be expressed.

        What is said of whole functions does not hold for those that are ``reached``, in which some fault was seen.
        """
        open_ = (fault.module, fault.function) in reached
        holding = (item for item in self.waiting if item.holds(fault) and (item.fault or not open_))
        return min(holding, key=lambda item: not item.fault, default=NOTHING).machinery

    def stale(self, faults: Iterable[Fault]) -> list[str]:
        """The ids of entries that are about none of all the faults there are: the text is gone, or has moved."""
        there = {(fault.id, fault.before, fault.after) for fault in faults}
        return [item.fault for item in (*self.invisible, *self.waiting) if item.fault and item.named not in there]


NOTHING: Final = Said("")
"""What is to be said of a fault that waits for nothing."""


def classes(identity: Identity, folder: Path = CLASSES) -> Classes:
    """What was said of the faults of that implementation of that language.

    Raises:
        CatalogueError: a file is malformed.
    """
    own = folder / f"{identity.name}-{line(identity.language)}.toml"
    read = [read_classes(path) for path in (own, folder / "common.toml") if path.is_file()]
    return Classes(
        tuple(entry for item in read for entry in item.invisible),
        tuple(entry for item in read for entry in item.waiting),
        next((item.version for item in read if item.version), ""),
    )


def read_classes(path: Path) -> Classes:
    """The classes in the file ``path``.

    Raises:
        CatalogueError: the file is malformed, or an entry lacks a reason, or is about nothing.
    """
    try:
        read = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Classes)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(path, str(error)) from error
    for entry in (*read.invisible, *read.waiting):
        wrong = _wrong(entry, invisible=entry in read.invisible)
        if wrong:
            raise CatalogueError(path, f"{entry.fault or entry.where or 'an entry'}: expected {wrong}")
    named = Counter(entry.fault for entry in (*read.invisible, *read.waiting) if entry.fault)
    twice = [name for name, count in named.items() if count > 1]
    if twice:
        raise CatalogueError(path, f"{twice[0]}: expected one entry")
    return read


def _wrong(entry: Said, *, invisible: bool) -> str:
    """What an entry ought to have; empty if it has all."""
    if invisible and (entry.kind not in KINDS or entry.machinery):
        return f"a kind of {', '.join(sorted(KINDS))}"
    if not invisible and (not entry.machinery.strip() or entry.kind):
        return "the machinery it waits for"
    if bool(entry.where) == bool(entry.fault) or (entry.fault and not (entry.before and entry.after)):
        return "either an id and its texts, or a pattern"
    if not set(entry.changes).issubset(operators.KINDS) or (entry.fault and entry.changes):
        return "beside a pattern kinds of faults there are"
    return "" if entry.reason.strip() else "a reason"
