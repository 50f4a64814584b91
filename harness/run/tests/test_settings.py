"""What a command sets by itself is known, keeps kinds of launches away with a reason, or is refused with one."""

from pathlib import Path

import pytest

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.language.expressions import Bind, Call, Constant, Place
from harness.model.observation import Observation
from harness.model.source import Alias, Assign, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run import AdapterError, Implementation, Workspace, connect, find
from harness.run.settings import OPTIMIZATION, Settings, unasked, unusable
from harness.run.tests.fakes import ENVIRONMENT, fake
from harness.tests.hosts import PYTHON

_PACKAGE = SourceFile("pkg/__init__.py", Source((), doc="text"))
_TREE = Tree((Root((_PACKAGE,)), Root((SourceFile("other.py"),))))
_PROGRAM = Source((Import((Alias("pkg"),)), Import((Alias("other"),)), Assign("x", 1)))
_LAUNCHES: list[Launch] = [Embedded(), Script("r0/main.py"), Module("main", "r0/main.py")]
_KNOWN = [
    pytest.param("", "-O", id="O"),
    pytest.param("", "-X pycache_prefix={there}", id="prefix"),
    pytest.param("", "-X pycache_prefix={there}/", id="prefix-with-slash"),
    pytest.param("", "-O -X pycache_prefix=relative", id="relative-prefix"),
    pytest.param("", "-s -B -q -u", id="sBqu"),
    pytest.param("", "-S", id="S"),
    pytest.param("", "-X dev", id="dev"),
    pytest.param("", "-i", id="i"),
    pytest.param("", "-W error::BytesWarning", id="bytes-warnings"),
    pytest.param("PYTHONOPTIMIZE=1 PYTHONPYCACHEPREFIX={there}", "", id="variables"),
]
_SPOILT = [
    pytest.param("", "-P", "sys.path", id="P"),
    pytest.param("", "-I", "sys.path", id="I"),
    pytest.param("", "-E", "PYTHONPATH", id="E"),
    pytest.param("PYTHONSAFEPATH=1", "", "sys.path", id="safe-path"),
    pytest.param("PYTHONPATH={there}", "", "PYTHONPATH", id="path-replaced"),
    pytest.param("PYTHONPATH=$PYTHONPATH:{there}", "", "PYTHONPATH", id="path-extended"),
    pytest.param("PYTHONDONTWRITEBYTECODE=", "", "bytecode", id="bytecode"),
    pytest.param("cd / &&", "", "working directory", id="elsewhere"),
]
_REFUSED = [
    pytest.param("", "-OO", "docstrings", id="OO"),
    pytest.param("", "-W error", "-W error", id="W"),
    pytest.param("PYTHONWARNINGS=e::ImportWarning", "", "e::ImportWarning", id="warnings"),
    pytest.param("", "-bb", "BytesWarning, or by -bb", id="bb"),
    pytest.param("env -i", "", "environment", id="no-environment"),
    pytest.param("LC_ALL=POSIX PYTHONUTF8=0 PYTHONCOERCECLOCALE=0", "", "file names", id="encoding"),
]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory elsewhere: bytecode of the library that one command left there another finds."""
    return tmp_path_factory.mktemp("there")


def _found(directory: Path, there: Path, before: str, options: str, workspace: Workspace) -> Implementation:
    """This Python behind a shell script that sets variables and gives it options."""
    path = directory / "command"
    words = f"{before} {PYTHON} {options}".format(there=there)
    path.write_text(f'#!/bin/sh\n{words} "$@"\n')
    path.chmod(0o755)
    (found,) = find([str(path)], workspace, environment=ENVIRONMENT).implementations
    return found


def _seen(implementation: Implementation, workspace: Workspace) -> list[Observation]:
    return _observed(implementation, workspace, [Case(_TREE, _PROGRAM, launch) for launch in _LAUNCHES])


def _observed(implementation: Implementation, workspace: Workspace, cases: list[Case]) -> list[Observation]:
    subject = connect(implementation, workspace, environment=ENVIRONMENT)
    try:
        return subject.observe([workspace.place(case) for case in cases])
    finally:
        subject.close()


@pytest.fixture(scope="module")
def plain() -> list[Observation]:
    """What is observed of this Python without anything set."""
    with Workspace() as workspace:
        (found,) = find([PYTHON], workspace, environment=ENVIRONMENT).implementations
        return _seen(found, workspace)


@pytest.mark.parametrize(("before", "options"), _KNOWN)
def test_known(before: str, options: str, tmp_path: Path, there: Path, plain: list[Observation]) -> None:
    """What only changes where bytecode would lie, or nothing that is observed, changes no fact."""
    with Workspace() as workspace:
        seen = _seen(_found(tmp_path, there, before, options, workspace), workspace)
    assert [item.facts for item in plain] == [item.facts for item in seen]


@pytest.mark.parametrize(("before", "options", "reason"), _SPOILT)
def test_spoilt(before: str, options: str, reason: str, tmp_path: Path, there: Path, plain: list[Observation]) -> None:
    """What changes how a main program is started keeps these cases away, with the reason; others are asked."""
    with Workspace() as workspace:
        found = _found(tmp_path, there, before, options, workspace)
        embedded, *launched = _seen(found, workspace)
    assert plain[0].facts == embedded.facts
    assert {"script", "module"} == set(dict(found.identity.lacks))
    told: list[dict[str, str]] = [dict([item.outcome]) if isinstance(item.outcome, tuple) else {} for item in launched]
    assert [True, True] == [reason in item.get("unsupported", "") for item in told]


@pytest.mark.parametrize(("before", "options", "reason"), _REFUSED)
def test_refused(before: str, options: str, reason: str, tmp_path: Path, there: Path) -> None:
    """What changes what is judged, or keeps the suite from its processes, is refused with a reason and a way out."""
    with Workspace() as workspace, pytest.raises(AdapterError, match=reason) as caught:
        _found(tmp_path, there, before, options, workspace)
    assert caught.value.hint


def test_optimization(tmp_path: Path, there: Path) -> None:
    """Who optimizes is not asked a case that names a level of optimization, and is asked where bytecode belongs."""
    place = Place("r0/other.py")
    given: tuple[tuple[tuple[str, Constant], ...], ...] = ((), ((OPTIMIZATION, Constant("")),))
    calls = [Call("importlib.util.cache_from_source", (place,), keywords) for keywords in given]
    cases = [Case(_TREE, Source((Bind(call, "x"),))) for call in calls]
    with Workspace() as workspace:
        plain, named = _observed(_found(tmp_path, there, "", "", workspace), workspace, cases)
        found = _found(tmp_path, there, "", "-O", workspace)
        same, other = _observed(found, workspace, cases)
    assert plain.facts == named.facts == same.facts
    assert ("unsupported", dict(found.identity.lacks)[OPTIMIZATION]) == other.outcome


@pytest.mark.parametrize("lazy", [None, "normal", "all"])
def test_lazy_imports(lazy: str | None) -> None:
    """An interpreter is refused where imports are lazy that do not say so."""
    refused = unusable(Settings(scratch="here", lazy=lazy), "here")
    assert (lazy == "all") == (refused is not None)


def test_nothing_is_spoilt() -> None:
    """An interpreter on whose search path both lie is asked everything, also where its library comes between."""
    for path in (("directory", "named", "library"), ("directory", "library", "named")):
        assert unasked(Settings(named="named", path=path), ("directory", "named")) == {}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("sys.implementation.name = 'a\\x1b[2Jb'", r"'a\\x1b\[2Jb'", id="control-characters"),
        pytest.param("sys.implementation.name = 'x' * (1 << 20)", "at most 60", id="megabyte"),
        pytest.param("sys.implementation.name = ''", "got ''", id="empty"),
        pytest.param("sys.hexversion, sys.version_info = 0, (10 ** 4000, 1, 1)", "below 1000", id="numbers"),
        pytest.param("sys.warnoptions = [1]", "how it is set up", id="settings"),
    ],
)
def test_hello(body: str, reason: str, tmp_path: Path) -> None:
    """A name that no table can show, and a setting that is none, are refused in one line of bounded length."""
    path = tmp_path / "command"
    path.write_text(f'#!/bin/sh\nexec {" ".join(fake(tmp_path, body + chr(10) + "honest()" + chr(10)))} "$@"\n')
    path.chmod(0o755)
    with Workspace() as workspace, pytest.raises(AdapterError, match=reason) as caught:
        find([str(path)], workspace, environment=ENVIRONMENT)
    assert (len(str(caught.value)) < 400, str(caught.value).isprintable()) == (True, True)
