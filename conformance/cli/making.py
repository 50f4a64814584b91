"""``case``: a case file from a directory of Python files."""

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from conformance.cli.output import CommandError, remark, write, write_file
from conformance.directories import DirectoryError, Made, Unsaid, from_directory
from harness.model.case import Case
from harness.model.codec import encode_document
from reports.wording import plural, visible

_EXAMPLE: Final = """\b
Example: the script main.py in the directory d, and the modules beside it
  import-conformance case d main.py
\b
Example: two portions of a namespace package, and who imports them
  import-conformance case pkgs main.py --root portion1 --root portion2
"""
_WIDTH: Final = 79
_CUT: Final = "..."
_INDENT: Final = "    "


@click.command(name="case", short_help="A case file from a directory of Python files.", epilog=_EXAMPLE)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("program", metavar="[PROGRAM]", required=False, type=click.Path(path_type=Path))
@click.option("-m", "module", default="", metavar="NAME", help="The program is that module, run with -m.")
@click.option("--root", "roots", multiple=True, metavar="SUB", help="SUB of DIR is a path entry; may be repeated.")
@click.option("--partly", is_flag=True, help="Leave out what cannot be said, and say so.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the case there.")
def make(
    directory: Path, program: Path | None, roots: tuple[str, ...], *, module: str, partly: bool, out: Path | None
) -> None:
    """Write a case: the tree of DIR and a program over it.

    The path entries are the subdirectories r0, r1, ... of DIR if there are any, those named with --root, or DIR
    itself. PROGRAM is a Python file, in DIR or else elsewhere: one that lies in a path entry is run as a script, any
    other is executed by a name of its own, and is not __main__. Without it, it is DIR/program.py beside r0, or the
    script main.py (or program.py) of the first path entry, or else imports every module. All that the language of
    cases cannot say is named with its file and line; exit code 2.
    """
    if program is not None and (directory / program).is_file():
        program = directory / program
    try:
        made = from_directory(directory, program, roots, module=module)
    except DirectoryError as error:
        hint = "NAME is one as python -m takes it" if error.where == module else "name a directory of Python files"
        if program is not None and error.where == str(program) != str(directory):
            hint = "PROGRAM is a file of Python, in DIR or elsewhere; who is to be asked is named to `replay`"
        raise CommandError(f"{visible(error.where)}: {error.reason}", hint) from error
    if made.unsaid and not partly:
        raise CommandError(_message(directory, made.unsaid), "--partly leaves it out")
    for line in (_message(directory, made.unsaid) if made.unsaid else "").splitlines():
        remark(line)
    if out is None:
        write(encode_document(made.case))
    else:
        write_file(out, encode_document(made.case))


def directory_case(directory: Path) -> Case:
    """The case of a directory that can be said as a whole.

    Raises:
        CommandError: there is none, or it cannot be said.
    """
    try:
        made: Made = from_directory(directory)
    except DirectoryError as error:
        raise CommandError(f"{visible(error.where)}: {error.reason}", "name a directory of Python files") from error
    if made.unsaid:
        raise CommandError(_message(directory, made.unsaid), "case DIR --partly --out FILE leaves it out")
    return made.case


def _message(directory: Path, unsaid: Sequence[Unsaid]) -> str:
    head = f"{visible(str(directory))}: no case can say {plural(len(unsaid), 'thing')} in it"
    return "\n".join([head, *(line for item in unsaid for line in _lines(item, directory))])


def _lines(item: Unsaid, directory: Path) -> Iterator[str]:
    """Where it stands, what, and why, in lines of a terminal."""
    path = Path(item.file)
    file = path.relative_to(directory) if path.is_relative_to(directory) and path != directory else path
    place = visible(f"{file}:{item.line}" if item.line else str(file))
    line = f"{place}: {visible(item.text)}" if item.text else place
    yield line if len(line) <= _WIDTH or not item.text else f"{line[: _WIDTH - len(_CUT)]}{_CUT}"
    yield from textwrap.wrap(visible(item.reason), _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
