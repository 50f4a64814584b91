"""The lines that write the files of a case."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, written_tree
from harness.model.language.compound import Body, bodies, holding
from harness.model.language.spelling import INDENT
from harness.model.rendering import render_program
from harness.model.source import Mark, Source, Try
from harness.model.tree import DataFile, Directory, SourceFile
from reports.plain.spelling import Names, Text

_LONG: Final = 96


def texts(case: Case, names: Names) -> dict[str, str]:
    """The text of each file but the program's, by its path."""
    program = None if isinstance(case.launch, Embedded) else case.launch.path
    found = {}
    for index, root in enumerate(written_tree(case).roots):
        for entry in root.entries:
            path = f"r{index}/{entry.path}"
            if isinstance(entry, SourceFile) and path != program:
                found[names.short(path)] = source_text(entry, path, names)
            elif isinstance(entry, DataFile):
                found[names.short(path)] = entry.text
    return found


def source_text(entry: SourceFile, path: str, names: Names) -> str:
    """The text of a source file, which tells of its execution if that is told at all."""
    text = Text(names)
    source = unmarked(entry.source, names)
    short = names.short(path)
    if short not in names.marks:
        return render_program(source, host=text)
    head = 0 if source.doc is None else 1
    lines = render_program(source, host=text).splitlines(keepends=True)
    return "".join([*lines[:head], f"{text.marked(short)}\n", *lines[head:]])


def unmarked(source: Source, names: Names) -> Source:
    """The same without what is there only to be seen and is not told."""
    return msgspec.structs.replace(source, statements=_unmarked(source.statements, names))


def _unmarked(body: Body, names: Names) -> Body:
    kept = (item for item in body if not isinstance(item, Mark) or item.label in names.marks)
    made = (holding(item, tuple(_unmarked(inner, names) for inner in bodies(item))) for item in kept)
    return tuple(item for item in made if not (isinstance(item, Try) and not item.body))


def directories(case: Case, names: Names, files: list[str]) -> list[str]:
    """The directories to be made so that all there are, each without those above it."""
    plain = [f"r{index}" for index, root in enumerate(case.tree.roots) if root.archive is None]
    held = plain if names.roots != 1 else []
    for index, root in enumerate(case.tree.roots):
        if root.archive is not None:
            continue
        held += [names.short(f"r{index}/{entry.path}") for entry in root.entries if isinstance(entry, Directory)]
    held += [path.rpartition("/")[0] for path in files]
    every = {item for item in held if item}
    return [item for item in dict.fromkeys(held) if item and not any(other.startswith(f"{item}/") for other in every)]


def steps(directories: Sequence[str]) -> list[str]:
    """The same, and those in which they lie before them, for who cannot make several at once."""
    parts = (item.split("/") for item in directories)
    return list(dict.fromkeys("/".join(part[: end + 1]) for part in parts for end in range(len(part))))


def archives(case: Case, host: Text, tmp: str, files: dict[str, str]) -> Iterator[str]:
    """The lines that make the archives; their files are then no longer among the others."""
    for index, root in enumerate(case.tree.roots):
        if root.archive is None:
            continue
        zipfile, held = host.module("zipfile"), host.names.free("archive")
        method = f", {zipfile}.ZIP_DEFLATED" if root.archive == "deflate" else ""
        yield f'with {zipfile}.ZipFile({tmp} + "/r{index}", "w"{method}) as {held}:'
        if root.comment:
            yield f"{INDENT}{held}.comment = {root.comment.encode('ascii')!r}"
        members = {f"{entry.path}/": "" for entry in root.entries if isinstance(entry, Directory)}
        start = f"r{index}/"
        members |= {path.removeprefix(start): files.pop(path) for path in [*files] if path.startswith(start)}
        for path, text in members.items():
            content = quoted(text) if text.isascii() else repr(_bytes(text))
            yield f"{INDENT}{held}.writestr({quoted(path)}, {content})"
        if not members and not root.comment:
            yield f"{INDENT}pass"


def written(host: Text, tmp: str, directory: list[str], files: dict[str, str]) -> Iterator[str]:
    """The lines that make the directories and write the files: with little of the library, which may be amiss."""
    os = host.module("os") if directory else ""
    for item in directory:
        alone = "/" not in item or item.rpartition("/")[0] in directory
        yield f"{os}.{'mkdir' if alone else 'makedirs'}({tmp} + {quoted(f'/{item}')})"
    for name, text in files.items():
        yield from _write(host, f"{tmp} + {quoted(f'/{name}')}", text)


def _write(host: Text, path: str, text: str) -> Iterator[str]:
    """The lines that write a text to a file."""
    file = host.names.free("file")
    try:
        raw, mode = text.encode("ascii"), "w"
    except UnicodeEncodeError:
        raw, mode = _bytes(text), "wb"
    opened = f'{host.builtin("open")}({path}, "{mode}")'
    if not text:
        yield f"{opened}.close()"
        return
    yield f"with {opened} as {file}:"
    if mode == "wb":
        yield f"{INDENT}{file}.write({raw!r})"
        return
    lines = text.splitlines(keepends=True)
    whole = f"{INDENT}{file}.write({quoted(text)})"
    if len(lines) < 2 or (len(lines) < 3 and len(whole) <= _LONG):  # noqa: PLR2004 - one or two short lines stay one
        yield whole
        return
    yield f"{INDENT}{file}.write("
    yield from (f"{INDENT}{INDENT}{quoted(line)}" for line in lines)
    yield f"{INDENT})"


def _bytes(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def quoted(text: str) -> str:
    """A literal of the text, in double quotes where that needs no more escapes."""
    single = ascii(text)
    if single.startswith("'") and '"' not in text:
        return '"' + single[1:-1].replace("\\'", "'") + '"'
    return single
