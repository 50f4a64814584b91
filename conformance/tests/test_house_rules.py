"""The rules of the house that no other tool checks; each rule is shown to catch what it is there to catch."""

import ast
import functools
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("conformance", "generators", "harness", "reports")
TOP_LEVEL: Final = frozenset(
    {".ci", ".gitignore", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml", "tox.ini"}
)
MADE: Final = frozenset({".git", ".venv", "build", "dist", "htmlcov", "__pycache__"})
"""What tools make in a checkout; so does every hidden name that is not in ``TOP_LEVEL``."""

FILE_LINES: Final = 400
FUNCTION_LINES: Final = 40
ARCHITECTURE_LINES: Final = 140
PROSE_WIDTH: Final = 140
EXPORTS: Final = 20
BASES: Final = frozenset(
    {"Struct", "Protocol", "Enum", "StrEnum", "NamedTuple", "TypedDict", "RuleBasedStateMachine", "Word"}
)
AT_THE_EDGE: Final = (
    "conformance/cli",
    "conformance/__main__.py",
    "conformance/containing/watcher.py",
    "conformance/portable/runner.py",
    "harness/agent/",
)
"""Where printing and exiting belong, and where a subject or a heavy library decides what can be imported."""

SPOKEN_PATHS: Final = re.compile(r"(?<![\w.<>{}~-])/(?:home|root|opt|work|Users|private|mnt)/[\w.-]")
SPOKEN_HOSTS: Final = re.compile(
    r"\b(?:pypi\.(?:org|python\.org)|(?:files\.)?pythonhosted\.org|registry\.npmjs\.org|crates\.io|proxy\.golang\.org"
    r"|repo1?\.maven\.(?:apache\.)?org|conda\.anaconda\.org|anaconda\.org)\b"
)
LOOK_AWAY: Final = re.compile(r"type:\s*ignore|mypy:")
DODGES: Final = frozenset({"skip", "skipif", "xfail", "importorskip", "assume"})
MARKING: Final = frozenset({"pytest", "pytest.mark"})
FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class PythonFile(NamedTuple):
    """A file of Python in the repository, by its path from the top."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return _parsed(self.text)

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return _nodes(self.text)


@functools.cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@functools.cache
def _nodes(text: str) -> tuple[ast.AST, ...]:
    """As ``ast.walk`` has them, in a third of the time."""
    found: list[ast.AST] = [_parsed(text)]
    for node in found:
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                found.append(value)
            elif isinstance(value, list):
                found += [item for item in value if isinstance(item, ast.AST)]
    return tuple(found)


Rule: TypeAlias = Callable[[PythonFile], Iterator[str]]


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Every file of the checkout that no tool made."""
    return tuple(_tracked())


def _tracked() -> Iterator[Path]:
    for top in sorted(ROOT.iterdir()):
        if top.name in MADE or (top.name.startswith(".") and top.name not in TOP_LEVEL) or top.suffix == ".egg-info":
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not any(part.startswith(".") or part in MADE for part in path.relative_to(top).parts):
                yield path


@functools.cache
def python_files() -> tuple[PythonFile, ...]:
    """Every Python file of the four packages."""
    return tuple(_python_files())


def _python_files() -> Iterator[PythonFile]:
    for path in tracked():
        relative = path.relative_to(ROOT).as_posix()
        if relative.endswith(".py") and relative.split("/")[0] in PACKAGES:
            yield PythonFile(relative, path.read_text(encoding="utf-8"))


def short_files(file: PythonFile) -> Iterator[str]:
    """A file has at most 400 lines."""
    lines = file.text.count("\n")
    if lines > FILE_LINES:
        yield f"{file.path}: {lines} lines"


def short_functions(file: PythonFile) -> Iterator[str]:
    """A function has at most 40 lines."""
    for node in file.nodes:
        if isinstance(node, FUNCTIONS):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{file.path}:{node.lineno}: {node.name} has {lines} lines"


def checked_types(file: PythonFile) -> Iterator[str]:
    """No comment tells the type checker to look away."""
    if not LOOK_AWAY.search(file.text):
        return
    for token in tokenize.generate_tokens(io.StringIO(file.text).readline):
        if token.type == tokenize.COMMENT and LOOK_AWAY.search(token.string):
            yield f"{file.path}:{token.start[0]}: {token.string}"


def front_doors(file: PythonFile) -> Iterator[str]:
    """A package's ``__init__`` that binds names lists the public ones, at most twenty, in ``__all__``."""
    if not file.path.endswith("/__init__.py"):
        return
    body = [node for node in file.tree.body if not isinstance(node, ast.Expr)]
    lists = [node for node in body if isinstance(node, ast.Assign | ast.AnnAssign) and "__all__" in _targets(node)]
    if body and not lists:
        yield f"{file.path}: no __all__"
    for node in lists:
        exports = len(node.value.elts) if isinstance(node.value, ast.List | ast.Tuple) else None
        if exports is None or exports > EXPORTS:
            yield f"{file.path}: __all__ is no list of at most {EXPORTS} names"


def _targets(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def documented(file: PythonFile) -> Iterator[str]:
    """Every module, public class, public function and test has a docstring."""
    tree = file.tree
    if not ast.get_docstring(tree):
        yield f"{file.path}: no docstring"
    for node in _public(tree.body):
        if not ast.get_docstring(node):
            yield f"{file.path}:{node.lineno}: {node.name} has no docstring"


def _public(body: list[ast.stmt]) -> Iterator[Definition]:
    for node in body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def imports_at_the_top(file: PythonFile) -> Iterator[str]:
    """No function imports anything, but at the edges where an import may be impossible or heavy."""
    if file.path.startswith(AT_THE_EDGE):
        return
    for function in file.nodes:
        if isinstance(function, FUNCTIONS):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{file.path}:{node.lineno}: import inside {function.name}"


def own_names(file: PythonFile) -> Iterator[str]:
    """No module or package is named like one of the standard library."""
    parts = file.path.removesuffix(".py").removesuffix("/__init__").split("/")
    if parts[-1] in sys.stdlib_module_names - {"__main__"}:
        yield file.path


def silent_libraries(file: PythonFile) -> Iterator[str]:
    """Only the command line prints, and only it ends the process."""
    if file.path.startswith(AT_THE_EDGE):
        return
    for node in file.nodes:
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
            if called in {"print", "exit", "quit", "sys.exit", "os._exit"}:
                yield f"{file.path}:{node.lineno}: {called}"


def flat_classes(file: PythonFile) -> Iterator[str]:
    """Nothing inherits but records, protocols, enumerations, exceptions and state machines."""
    for node in file.nodes:
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                name = ast.unparse(base).split("[")[0].rpartition(".")[2]
                if name not in BASES and not name.endswith(("Error", "Exception", "Warning")):
                    yield f"{file.path}:{node.lineno}: {node.name} inherits from {name}"


def honest_tests(file: PythonFile) -> Iterator[str]:
    """No test is skipped or expected to fail, and no strategy throws away what it made."""
    for node in file.nodes:
        if isinstance(node, ast.Attribute) and node.attr in DODGES and ast.unparse(node.value) in MARKING:
            yield f"{file.path}:{node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and _last(node.func) == "assume":
            yield f"{file.path}:{node.lineno}: assume"


def _last(expression: ast.expr) -> str:
    """The name that an expression ends with, if it does with one."""
    return expression.id if isinstance(expression, ast.Name) else getattr(expression, "attr", "")


def beside_what_they_test(file: PythonFile) -> Iterator[str]:
    """A test stands in the folder ``tests`` beside what it tests, or below it; a chapter holds tests about Python."""
    folder, _, name = file.path.rpartition("/")
    if name.startswith("test_") and "/tests/" not in f"{folder}/" and "conformance/chapters" not in folder:
        yield file.path


LONG = "def f() -> int:\n" + "    x = 1\n" * FUNCTION_LINES
RULES: Final[dict[Rule, PythonFile]] = {
    short_files: PythonFile("harness/a.py", "\n" * (FILE_LINES + 1)),
    short_functions: PythonFile("harness/a.py", LONG),
    checked_types: PythonFile("harness/a.py", "x: int = ''  # type" + ": ignore[assignment]\n"),
    front_doors: PythonFile("harness/a/__init__.py", "from harness.a.b import c\n"),
    documented: PythonFile("harness/a.py", '"""A."""\nclass A:\n    """A."""\n    def b(self) -> None: ...\n'),
    imports_at_the_top: PythonFile("harness/a.py", "def f() -> None:\n    if 1:\n        import json\n"),
    own_names: PythonFile("harness/types/__init__.py", ""),
    silent_libraries: PythonFile("harness/a.py", "import sys\nsys.exit(1)\n"),
    flat_classes: PythonFile("harness/a.py", "class A(B[int]): ...\n"),
    honest_tests: PythonFile("harness/tests/test_a.py", "@pytest.mark.xfail\ndef test_a() -> None: ...\n"),
    beside_what_they_test: PythonFile("harness/test_a.py", ""),
}
"""Each rule, and the smallest file that breaks it."""


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.__name__) for rule in RULES])
def test_every_file_keeps_the_rule(rule: Rule) -> None:
    """No file of the four packages breaks the rule."""
    assert [] == [offence for file in python_files() for offence in rule(file)]


@pytest.mark.parametrize(("rule", "file"), [pytest.param(rule, RULES[rule], id=rule.__name__) for rule in RULES])
def test_the_rule_catches_an_offence(rule: Rule, file: PythonFile) -> None:
    """The rule can fail: one offence is one line."""
    assert 1 == len(list(rule(file)))


def spoken(text: str) -> list[str]:
    """The paths of one machine and the hosts of package registries that a text names."""
    return [found.group() for pattern in (SPOKEN_PATHS, SPOKEN_HOSTS) for found in pattern.finditer(text)]


_AT_HOME = "|home|a".replace("|", "/")
_REGISTRY = "pypi org".replace(" ", ".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"see {_AT_HOME}nn/x", [_AT_HOME], id="machine"),
        pytest.param(f"from {_REGISTRY}/simple", [_REGISTRY], id="registry"),
        pytest.param("#!/usr/bin/env bash; <tree>/work/a; r0/opt/a; https://docs.python.org/3/", [], id="neither"),
    ],
)
def test_machine_paths_and_registries_are_recognised(text: str, expected: list[str]) -> None:
    """A path of one machine and a registry's host are told from other text."""
    assert expected == spoken(text)


def test_no_text_names_a_machine_or_a_registry() -> None:
    """The repository reads the same for everybody."""
    found = {}
    for path in tracked():
        if words := spoken(path.read_bytes().decode("utf-8", "replace")):
            found[path.relative_to(ROOT).as_posix()] = words
    assert {} == found


def test_the_top_level_holds_what_its_owner_fixed() -> None:
    """Beside the four packages there are only the files that the design names."""
    assert set(PACKAGES) == {path.relative_to(ROOT).parts[0] for path in tracked()} - TOP_LEVEL


def test_architecture_is_short() -> None:
    """ARCHITECTURE.md has at most 140 lines, the table of chapters among them."""
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= ARCHITECTURE_LINES


def test_one_list_of_dependencies() -> None:
    """The environment of the runner in tox.ini holds what pyproject.toml says the project depends on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tox = ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    assert project["dependencies"] == tox["runner"]["deps"].split()


def test_prose_is_wrapped() -> None:
    """No line of the documents at the top is longer than a screen is wide, rows of tables excepted."""
    texts = {name: (ROOT / name).read_text("utf-8").splitlines() for name in sorted(TOP_LEVEL) if name.endswith(".md")}
    wide = [
        f"{name}:{number}"
        for name, lines in texts.items()
        for number, line in enumerate(lines, 1)
        if len(line) > PROSE_WIDTH and not line.startswith("|")
    ]
    assert [] == wide
