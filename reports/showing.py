"""A case as the files that lie on disk and the program that runs."""

from typing import Final, assert_never

import msgspec

from harness.model.case import Case, Embedded, Module, Script, search_path, written_tree
from harness.model.language.spelling import Plain
from harness.model.rendering import plainly, render_program
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile
from reports.wording import placeless, visible

EMPTY: Final = "(empty)"
"""The text of a directory and of a file of data that hold nothing."""
NO_STATEMENT: Final = "# empty"
"""The text of a source that holds nothing."""


class Shown(msgspec.Struct, frozen=True):
    """A titled text: a file or the program, whose lines stay as they are, or ``prose``, whose lines may be wrapped."""

    title: str
    text: str
    prose: bool = False


def tree_listing(case: Case) -> tuple[Shown, ...]:
    """Every entry of the tree but the program, each file with its text (without the mark each module makes first)."""
    host = plainly(case)
    roots = enumerate(written_tree(case).roots)
    found = tuple(_shown(f"r{index}/{entry.path}", entry, host) for index, root in roots for entry in root.entries)
    every = tuple(enumerate(case.tree.roots))
    bare = tuple(Shown(f"r{index}/", EMPTY) for index, root in every if not root.entries and root.archive is None)
    bare += tuple(Shown(f"r{index}", _archive(root)) for index, root in every if root.archive is not None)
    program = None if isinstance(case.launch, Embedded) else visible(case.launch.path)
    return tuple(sorted((item for item in (*found, *bare) if item.title != program), key=lambda item: item.title))


def _archive(root: Root) -> str:
    """What kind of an archive a root is."""
    return f"(zip archive, {root.archive}{', with a comment' if root.comment else ''})"


def _shown(label: str, entry: Entry, host: Plain) -> Shown:
    match entry:
        case Directory():
            return Shown(visible(f"{label}/"), EMPTY)
        case DataFile(text=text):
            return Shown(visible(label), visible(text.rstrip("\n")) or EMPTY)
        case SourceFile(source=source):
            return Shown(visible(label), visible(render_program(source, host=host).rstrip("\n")) or NO_STATEMENT)
        case _:
            assert_never(entry)


def program_listing(case: Case) -> Shown:
    """The program, titled with how it is launched."""
    text = render_program(case.program, host=plainly(case))
    return Shown(visible(launch(case)), visible(text.rstrip("\n")) or NO_STATEMENT)


def last_words(said: str) -> tuple[Shown, ...]:
    """What a process wrote that ended without an answer, where it wrote anything."""
    return (Shown("it said", placeless(visible(said)), prose=True),) if said else ()


def launch(case: Case) -> str:
    """How the program is started, with what is on ``sys.path``."""
    path = ", ".join(search_path(case))
    match case.launch:
        case Embedded():
            return f"program, with sys.path = [{path}, …]"
        case Script(path=name):
            return f"python {name}, with sys.path = [{path}, …]"
        case Module(name=name):
            return f"python -m {name}, which is {case.launch.path}, with sys.path = [{path}, …]"
        case _:
            assert_never(case.launch)
