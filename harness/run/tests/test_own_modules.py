"""The modules an implementation has of its own are told, and no case that may take them for its tree's is run on it."""

from pathlib import Path
from typing import Final

import msgspec
import pytest

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.observation import Identity
from harness.model.source import Alias, Assign, Import, Source, Uncache
from harness.model.tree import Entry, Root, SourceFile, Tree
from harness.model.values import Value
from harness.run import Limits, Mode, Workspace, connect, find
from harness.run.tests.fakes import ENVIRONMENT, fake, implementation

_PATIENT: Final = Limits(case=30.0)
_LISTED: Final = """
real = builtins.compile
def spoilt(text, *given):
    text = text.replace('help("modules") if _MICRO', 'print("__main__  a/b  a/c   d\\\\ne\\\\nPlus any modules")')
    return real(text.replace("else _own_modules()", ""), *given)
builtins.compile = spoilt
honest()
"""
_IMPORT: Final = Source((Import((Alias("pkg"),)),))


def _own(command: tuple[str, ...]) -> frozenset[str]:
    with Workspace() as workspace:
        (found,) = find([" ".join(command)], workspace, environment=ENVIRONMENT, limits=_PATIENT).implementations
    return found.identity.modules


def test_told(tmp_path: Path) -> None:
    """Built-in, frozen and loaded modules are named, each by its top-level name; the program is none."""
    (tmp_path / "loaded_before.py").touch()
    own = _own(fake(tmp_path, f"sys.path.append({str(tmp_path)!r})\nimport loaded_before\nsys.path.pop()\nhonest()"))
    assert {"sys", "posix", "_frozen_importlib", "zipimport", "json", "loaded_before"} <= own
    assert {name for name in own if "." in name or name == "__main__"} == set()


def test_printed(tmp_path: Path) -> None:
    """Where there is no list of them, they are read from the listing that is printed."""
    assert {"a", "d", "e"} == _own(fake(tmp_path, _LISTED))


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    ("entries", "name", "launch"),
    [
        pytest.param((SourceFile("own.py"),), "x", Embedded(), id="a file"),
        pytest.param((SourceFile("own/sub.py"),), "x", Embedded(), id="a directory"),
        pytest.param((), "own.sub", Embedded(), id="an import"),
        pytest.param((SourceFile("p/own.py"),), "x", Script("r0/p/main.py"), id="beside a script"),
        pytest.param((), "x", Module("own", "r0/own.py"), id="the program"),
    ],
)
def test_not_asked(entries: tuple[Entry, ...], name: str, launch: Launch, mode: Mode) -> None:
    """A case that may import such a name is unsupported, with the reason; the next one is asked."""
    cases = (
        Case(Tree((Root(entries),)), Source((Import((Alias(name),)),)), launch),
        Case(Tree((Root((SourceFile("p/own.py"),)),)), Source((Assign("own", 1),))),
        Case(Tree((Root(),)), Source((Uncache("own.x"),))),
    )
    identity = msgspec.structs.replace(implementation().identity, modules=frozenset({"own"}))
    refused = ("unsupported", "has a module own of its own")
    assert [refused, "completed", refused] == _outcomes(identity, mode, *cases)


def test_names_that_nobody_has_cannot_be_claimed() -> None:
    """Who says that it has modules of the names that cases live on is asked all the same."""
    case = Case(Tree((Root((SourceFile("pkg/__init__.py"), SourceFile("a.py"))),)), _IMPORT)
    claiming = msgspec.structs.replace(implementation().identity, modules=frozenset({"a", "pkg", "sys"}))
    assert ["completed"] == _outcomes(claiming, Mode.AUTO, case)


def _outcomes(identity: Identity, mode: Mode, *cases: Case) -> list[Value]:
    this = msgspec.structs.replace(implementation(), identity=identity)
    with Workspace() as workspace:
        subject = connect(this, workspace, environment=ENVIRONMENT, limits=_PATIENT, mode=mode)
        seen = subject.observe([workspace.place(case) for case in cases])
        subject.close()
    return [item.outcome for item in seen]


@pytest.mark.parametrize("mode", list(Mode))
def test_a_path_that_is_a_text(mode: Mode) -> None:
    """Who takes a ``__path__`` that is a text for one directory is not asked a case with an empty one."""
    identity = implementation().identity
    able = tuple(name for name in identity.capabilities if name != "path-entries")
    cases = [
        Case(Tree((Root((SourceFile("pkg/__init__.py", Source((Assign("__path__", path),))),)),)), _IMPORT)
        for path in ("", "x")
    ]
    assert ["completed"] * 2 == _outcomes(identity, mode, *cases)
    refused, seen = _outcomes(msgspec.structs.replace(identity, capabilities=able), mode, *cases)
    assert ("unsupported", "completed") == (isinstance(refused, tuple) and refused[0], seen)
