"""A program that shows one divergence with a stock Python and nothing else.

What fills templates is loaded when the first is filled: it takes long to load, and most commands fill none.
"""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harness.agent import MAKE_FACTS, room
from harness.diff import Divergence
from harness.model.case import Case, Embedded, Module, Script, scope, search_path, written_tree
from harness.model.clauses import Clause
from harness.model.rendering import added, plainly, render_main, render_module, render_program
from harness.model.source import Source
from harness.model.tree import DataFile, Directory, SourceFile
from harness.model.versions import Version, dotted
from reports.stating import about, allowed, told
from reports.wording import visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
"""Where the templates lie."""


def reproducer(
    case: Case,
    divergences: Sequence[Divergence],
    clauses: Mapping[str, Clause],
    language: Version,
    *,
    name: str = "repro.py",
) -> str:
    """The text of a program that builds the tree, runs the program and says which facts are not as documented.

    Its exit status is 1 if any of ``divergences`` shows, 0 if none does.
    """
    cited = dict.fromkeys(clause for item in divergences for clause in item.clauses)
    traced = any(item.fact.startswith("trace/") for item in divergences)
    template = _environment().get_template("repro.jinja")
    return template.render(
        about=_about(divergences),
        clauses=[clauses[clause] for clause in cited if clause in clauses],
        name=name,
        language=dotted(language),
        files=_files(case, traced=traced),
        directories=_directories(case),
        archives=_archives(case),
        command=_command(case),
        label=None if isinstance(case.launch, Embedded) else case.launch.path,
        directory="r0" if isinstance(case.launch, Module) else "",
        path=list(search_path(case)),
        expected=[(item.fact, item.expected) for item in divergences],
        words=[(item.fact, _words(item), item.seen) for item in divergences],
        scope=scope(case),
        apart=sorted(added(case)),
        program=_program(case, traced=traced),
        frame=_frame(case),
        rooms=[(name, room(name).rstrip()) for name in MAKE_FACTS],
    )


def _program(case: Case, *, traced: bool) -> str | None:
    """The text that the observer executes; a script or a module is a file of the tree."""
    if not isinstance(case.launch, Embedded):
        return None
    return render_program(case.program, steps=traced, host=plainly(case, traced=traced))


def _frame(case: Case) -> str | None:
    """What stands around the text of a script or a module, so that its end is told."""
    if isinstance(case.launch, Embedded):
        return None
    whole = render_main(Source(doc=case.program.doc), case.launch.path, agent="@OBSERVER@")
    return whole.replace("\nexcept _BaseException", "\n@PROGRAM@except _BaseException")


def _environment() -> "Environment":
    jinja2 = importlib.import_module("jinja2")
    environment: Environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"ascii": ascii, "docstring": _docstring, "lines": _lines}
    return environment


def _words(item: Divergence) -> tuple[str, str, str]:
    """What the fact is about, what the documents allow, and what was seen."""
    return about(item.fact), allowed(item.fact, item.expected), told(item.fact, item.seen)


def _about(divergences: Sequence[Divergence]) -> str:
    facts = ", ".join(dict.fromkeys(about(item.fact) for item in divergences))
    return _docstring(f"Is this as the documents of Python say? {facts}")


def _docstring(text: str) -> str:
    """The text as it can stand in a docstring."""
    return visible(text).replace("\\", "\\\\").replace('"""', "'''")


def _lines(text: str | None) -> str:
    """A literal of the text, one line of it a line where there are several."""
    if text is None or text.count("\n") < 2:  # noqa: PLR2004 - one line and its end
        return ascii(text)
    inner = "".join(f"\n        {ascii(line)}" for line in text.splitlines(keepends=True))
    return f"({inner}\n    )"


def _files(case: Case, *, traced: bool) -> list[tuple[str, str]]:
    """Each file as people read it; with events only where the trace is what differs."""
    main = None if isinstance(case.launch, Embedded) else case.launch.path
    host = plainly(case, traced=traced)
    agent = "@OBSERVER@" if isinstance(case.launch, Module) else None
    found = []
    for index, root in enumerate(written_tree(case).roots):
        for entry in root.entries:
            label = f"r{index}/{entry.path}"
            match entry:
                case SourceFile(source=source) if label == main or not traced:
                    found.append((label, render_program(source, label=label, steps=traced, host=host)))
                case SourceFile(source=source):
                    found.append((label, render_module(source, label, agent=agent, steps=True, host=host)))
                case DataFile(text=text):
                    found.append((label, text))
                case Directory():
                    pass
    return found


def _directories(case: Case) -> list[str]:
    found = []
    for index, root in enumerate(written_tree(case).roots):
        if root.archive is not None:
            continue
        found.append(f"r{index}")
        found += [f"r{index}/{entry.path}" for entry in root.entries if isinstance(entry, Directory)]
    return found


def _archives(case: Case) -> dict[str, tuple[bool, str, list[str]]]:
    """Of each archive whether it is compressed, its comment and the directories it tells of."""
    return {
        f"r{index}": (
            root.archive == "deflate",
            root.comment,
            [f"{entry.path}/" for entry in root.entries if isinstance(entry, Directory)],
        )
        for index, root in enumerate(case.tree.roots)
        if root.archive is not None
    }


def _command(case: Case) -> list[str]:
    match case.launch:
        case Embedded():
            return ["@OBSERVER@"]
        case Script(path=path):
            return [f"@TREE@/{path}"]
        case Module(name=name):
            return ["-m", name]
