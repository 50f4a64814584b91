"""What a user says of the implementations that are asked: what to call them, and what is known of them."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

import click
import msgspec

from conformance.catalogue import CatalogueError, Knowledge, knowledge, read_knowledge
from conformance.catalogue.expectations import EXPECTATIONS
from conformance.cli.output import CommandError, remark
from harness.model.lacking import ATTRIBUTES
from harness.run import Implementation

_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,59}")
_WORDS: Final = "at most 60 letters, digits, hyphens and underscores, first a letter or a digit"
_GONE: Final = frozenset({"__cached__"})
"""What the documents of some versions do not know any more."""

_Command = TypeVar("_Command", bound=Callable[..., object])

_names = click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="What to call the INTERPRETER, and by which name its expectations are looked for (again for the next one).",
)
_files = click.option(
    "--expectations",
    "known",
    multiple=True,
    metavar="FILE",
    help="What else is known of those that are asked (again for more): a file, or the name of one of our own.",
)


def strangers(command: _Command) -> _Command:
    """The options ``--name`` and ``--expectations``."""
    return _names(_files(command))


def files(names: Sequence[str]) -> tuple[Knowledge, ...]:
    """What the files of these names say.

    Raises:
        CommandError: one of them cannot be read, or is no file of expectations.
    """
    return tuple(_file(name) for name in names)


def _file(name: str) -> Knowledge:
    own = EXPECTATIONS / f"{name}.toml"
    path = own if _NAME.fullmatch(name) and own.is_file() and not Path(name).exists() else Path(name)
    try:
        found = read_knowledge(path)
    except (OSError, UnicodeDecodeError, CatalogueError) as error:
        raise refused(name, error) from error
    return msgspec.structs.replace(found, name="") if path is own else found


def refused(name: str, error: OSError | ValueError) -> CommandError:
    """What to say of a file that cannot be read as one of expectations."""
    reason = error.strerror if isinstance(error, OSError) else getattr(error, "reason", error)
    return CommandError(f"{name}: {reason}", "conformance/documentation/formats.md tells what such a file holds")


def introduced(
    implementations: Sequence[Implementation], names: Sequence[str], known: Sequence[Knowledge]
) -> tuple[Implementation, ...]:
    """The same, called by these ``names`` in turn; of each it is said what it lacks, if that is known and true.

    Raises:
        CommandError: there are more names than implementations, or one is none.
    """
    if len(names) > len(implementations):
        raise CommandError(f"--name {names[-1]}: there is no INTERPRETER left to call so", "give --name once for each")
    for name in names:
        if not _NAME.fullmatch(name):
            raise CommandError(f"--name {name}: expected {_WORDS}", "such as mypython")
    named = [item.identity.name for item in implementations]
    called = [*names, *named[len(names) :]]
    found = tuple(_introduced(item, name, known) for item, name in zip(implementations, called, strict=True))
    for file in known:
        if file.name and file.name not in called:
            remark(f"what is expected of {file.name} is expected of nobody who is asked")
    return found


def _introduced(item: Implementation, name: str, known: Sequence[Knowledge]) -> Implementation:
    said = dict.fromkeys(
        attribute
        for file in (*known, knowledge(name))
        if file.about(name)
        for attribute in file.lacks
    )  # fmt: skip
    able = item.identity.capabilities
    for told in _remarks(name, able, said):
        remark(told)
    lacking = tuple(sorted(attribute for attribute in said if attribute not in able))
    if (name, lacking) == (item.identity.name, item.identity.lacking):
        return item
    identity = msgspec.structs.replace(item.identity, name=name, lacking=lacking)
    return msgspec.structs.replace(item, identity=identity, told=item.told or item.identity)


def lost(known: Collection[str]) -> tuple[str, ...]:
    """The attributes that are not among these; none where all of them are those that some documents do not know."""
    found = tuple(attribute for attribute in ATTRIBUTES if attribute not in known)
    return found if set(found) - _GONE else ()


def _remarks(name: str, able: Collection[str], said: Collection[str]) -> Iterator[str]:
    """Where what is known of an implementation and what it says of itself are not the same."""
    wrong = ", ".join(attribute for attribute in said if attribute in able)
    if wrong:
        yield f"{name}: said to lack {wrong}, which it has: it is judged by that"
    gone = lost({*able, *said})
    if gone:
        listed = ", ".join(f'"{attribute}"' for attribute in gone)
        told = f"{name}: no module or exception has {', '.join(gone)}: it is judged by that"
        yield f"{told}, unless its expectations say lacks = [{listed}]"
