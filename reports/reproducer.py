"""A program that shows one divergence with a stock Python and nothing else."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from harness.diff import Divergence
from harness.model.case import Case, Embedded, Module, Script, scope, search_path, written_tree
from harness.model.clauses import Clause
from harness.model.rendering import rebinds, render_main, render_module, render_program
from harness.model.tree import DataFile, Directory, SourceFile
from reports.wording import visible

TEMPLATES: Final = Path(__file__).parent / "templates"
"""Where the templates lie."""


def reproducer(
    case: Case,
    divergences: Sequence[Divergence],
    clauses: Mapping[str, Clause],
    language: tuple[int, int],
    *,
    name: str = "repro.py",
) -> str:
    """The text of a program that builds the tree, runs the program and says which facts are not as documented.

    Its exit status is 1 if any of ``divergences`` shows, 0 if none does.
    """
    cited = dict.fromkeys(clause for item in divergences for clause in item.clauses)
    template = _environment().get_template("repro.jinja")
    return template.render(
        about=_about(divergences),
        clauses=[clauses[clause] for clause in cited if clause in clauses],
        name=name,
        language=f"{language[0]}.{language[1]}",
        files=_files(case, steps=any(item.fact.startswith("trace/") for item in divergences)),
        directories=_directories(case),
        command=_command(case),
        label=None if isinstance(case.launch, Embedded) else case.launch.path,
        directory="r0" if isinstance(case.launch, Module) else "",
        path=list(search_path(case)),
        expected=[(item.fact, item.expected) for item in divergences],
        scope=scope(case),
        program=_program(case, divergences),
    )


def _program(case: Case, divergences: Sequence[Divergence]) -> str | None:
    """The text that the helper executes; a script or a module is a file of the tree."""
    steps = any(item.fact.startswith("trace/") for item in divergences)
    if not isinstance(case.launch, Embedded):
        return None
    return render_program(case.program, steps=steps, plain=not rebinds(case))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"ascii": ascii, "docstring": _docstring, "lines": _lines}
    return environment


def _about(divergences: Sequence[Divergence]) -> str:
    facts = ", ".join(dict.fromkeys(item.fact for item in divergences))
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


def _files(case: Case, *, steps: bool) -> list[tuple[str, str]]:
    main = None if isinstance(case.launch, Embedded) else case.launch.path
    plain = not rebinds(case)
    found = []
    for index, root in enumerate(written_tree(case).roots):
        for entry in root.entries:
            label = f"r{index}/{entry.path}"
            match entry:
                case SourceFile(source=source) if label == main:
                    found.append((label, render_main(source, label, agent="@HELPER@", steps=steps, plain=plain)))
                case SourceFile(source=source) if isinstance(case.launch, Module):
                    found.append((label, render_module(source, label, agent="@HELPER@", steps=steps, plain=plain)))
                case SourceFile(source=source):
                    found.append((label, render_module(source, label, steps=steps, plain=plain)))
                case DataFile(text=text):
                    found.append((label, text))
                case Directory():
                    pass
    return found


def _directories(case: Case) -> list[str]:
    found = []
    for index, root in enumerate(written_tree(case).roots):
        found.append(f"r{index}")
        found += [f"r{index}/{entry.path}" for entry in root.entries if isinstance(entry, Directory)]
    return found


def _command(case: Case) -> list[str]:
    match case.launch:
        case Embedded():
            return ["@HELPER@"]
        case Script(path=path):
            return [f"@TREE@/{path}"]
        case Module(name=name):
            return ["-m", name]
