"""Interpreters with a fault in them; ``own`` is the one that runs the tests, whatever its version."""

import errno
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from conformance.catalogue import vectors
from conformance.engine import Ground, replies, standing
from conformance.sensitivity import Fault, Original, mutated, planted, sample
from conformance.sensitivity.planting import UnmadeError, kept
from harness.model.reach import borrowed
from harness.run import AdapterError, Workspace, environment, find

SURROUNDINGS: Final = environment(os.environ)

ABOUT: Final = """
import sys
def standard(name):
    return name.partition(".")[0] in sys.stdlib_module_names
print([entry for entry in sys.path if not entry.endswith("-packages")], sys.flags)
for finder in sys.meta_path + sys.path_hooks:
    if standard(finder.__module__):
        print(getattr(finder, "__qualname__", type(finder)))
for name, module in sys.modules.items():
    spec = getattr(module, "__spec__", None)
    loader = getattr(module, "__loader__", None)
    about = spec and (spec.name, spec.origin, spec.cached, spec.submodule_search_locations, str(spec.loader_state))
    if standard(name):
        print(name, about, getattr(loader, "__qualname__", type(loader)), list(vars(module)))
print(sys.executable, sys.prefix, sys.exec_prefix, sys.base_prefix, sys.argv, sys._xoptions, sys.warnoptions)
"""
"""All that belongs to the interpreter: packages that were installed besides, and what they do, are none of it."""


@pytest.fixture
def memory() -> Iterator[Path]:
    """A directory in memory, where there is such a thing."""
    with Workspace() as place:
        yield place.path


def one(faults: Sequence[Fault], function: str, kind: str, before: str) -> Fault:
    """The first fault of a function of that kind, in place of a source that begins like that."""
    return next(
        item
        for item in faults
        if f"{item.module}:{item.function}" == function and item.kind == kind and item.before.startswith(before)
    )


def run(command: Sequence[str], *words: str) -> tuple[int, str]:
    """How a command ends, and what it says."""
    around = {**SURROUNDINGS, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run([*command, *words], capture_output=True, text=True, env=around, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def files(directory: Path) -> set[tuple[str, int, int]]:
    """What is in a library, and when it was changed, but for its own tests and what was installed besides."""
    found = set()
    for top, folders, names in os.walk(directory):
        folders[:] = [name for name in folders if name not in {"site-packages", "test"}]
        for name in (*folders, *names):
            state = (Path(top) / name).lstat()
            found.add((os.path.join(top, name), state.st_size, state.st_mtime_ns))  # noqa: PTH118 - thousands of them
    return found


@pytest.fixture
def ground(own: Original, memory: Path) -> Iterator[Ground]:
    """The interpreter, and the one that is made of it without any fault."""
    with planted(own, None, memory) as command, Workspace() as place:
        found = find([str(own.executable), *command], place, environment=SURROUNDINGS).implementations
        with standing(found, place, SURROUNDINGS, clock=time.monotonic) as stand:
            yield stand


def test_no_fault_is_no_difference(ground: Ground) -> None:
    """What is made like a faulty interpreter, but of sources as they are, is judged like the unchanged one.

    So is what the library lends, which lies elsewhere.
    """
    for vector in list(vectors().values())[::16]:
        whole, made = replies(vector.case, ground)
        assert (vector.name, whole.ruling) == (vector.name, made.ruling)
        seen = [reply.answer.observation for reply in (whole, made)]
        assert borrowed(vector.case) or (vector.name, seen[0]) == (vector.name, seen[1])


@pytest.mark.parametrize("flags", [pytest.param(flags, id=" ".join(flags)) for flags in ([], ["-I"], ["-S"], ["-O"])])
def test_no_fault_leaves_no_trace(own: Original, memory: Path, flags: list[str]) -> None:
    """Paths, modules, their specs and attributes, finders and flags are what they are in the unchanged one."""
    with planted(own, None, memory) as command:
        prefix = str(Path(command[0]).parents[1])
        expected = run([str(own.executable)], *flags, "-c", ABOUT)
        assert expected == (0, run(command, *flags, "-c", ABOUT)[1].replace(prefix, str(own.executable.parents[1])))


PARENT: Final = """
import os.path, sys
sys.modules.pop("concurrent.futures", None)
import concurrent.futures
print(hasattr(concurrent, "futures"))
"""
ZIPPED: Final = """
import os, sys, tempfile, zipfile
with tempfile.TemporaryDirectory() as place:
    path = os.path.join(place, "a.zip")
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("zipped.py", "")
    sys.path.insert(0, path)
    try:
        import zipped
    except ImportError:
        print("missing")
"""


FLAGS: Final = ((), ("-I", "-S", "-E"), ("-X", "frozen_modules=off"))


@pytest.mark.parametrize(
    ("row", "program", "expected"),
    [
        pytest.param(
            ("importlib._bootstrap:_find_and_load_unlocked", "dropped-call", "setattr(parent_module"),
            PARENT,
            "False",
            id="function",
        ),
        pytest.param(
            (
                "importlib._bootstrap_external:FileFinder.path_hook.path_hook_for_FileFinder",
                "dropped-keyword",
                "ImportError",
            ),
            "import sys\ntry: sys.path_hooks[-1]('no directory')\nexcept ImportError as error: print(error.path)",
            "None",
            id="inner function that was made at the start",
        ),
        pytest.param(
            ("importlib._bootstrap_external:_check_name._check_name_wrapper", "swapped-comparison", "name is None"),
            "import importlib.machinery as a\ntry: a.SourceFileLoader('a', '').get_filename()\n"
            "except ImportError: print('refused')",
            "refused",
            id="decorator",
        ),
        pytest.param(
            ("importlib._bootstrap:ModuleSpec.__init__", "wrong-constant", "None"),
            "import importlib.machinery as a\nprint(a.ModuleSpec('a', None).origin)",
            "True",
            id="default",
        ),
        pytest.param(
            ("importlib._bootstrap:BuiltinImporter", "wrong-constant", '"built-in"'),
            "import sys\nprint(sys.__spec__.origin)",
            "xbuilt-in",
            id="attribute of a class",
        ),
        pytest.param(
            ("importlib._bootstrap_external:<module>", "wrong-constant", "'__pycache__'"),
            "from importlib.util import *\nprint(cache_from_source('a').partition('/')[0])",
            "x__pycache__",
            id="value of a module",
        ),
        pytest.param(
            ("importlib._bootstrap_external:<module>", "wrong-constant", "'.pyc'"),
            "from importlib.machinery import *\nprint(BYTECODE_SUFFIXES, OPTIMIZED_BYTECODE_SUFFIXES)",
            "['x.pyc'] ['x.pyc']",
            id="value of a module and what follows from it",
        ),
        pytest.param(
            ("importlib._bootstrap:_install", "dropped-call", "sys.meta_path.append(FrozenImporter)"),
            "import sys\nprint([item.__name__ for item in sys.meta_path if isinstance(item, type)])",
            "['BuiltinImporter', 'PathFinder']",
            id="what is only called at the start",
        ),
        pytest.param(
            ("importlib._bootstrap:_spec_from_module", "dropped-keyword", "ModuleSpec(name, loader, origin"),
            "import sys\nprint(sys.__spec__.origin)",
            "None",
            id="what is called at the start by what is",
        ),
        pytest.param(
            ("importlib._bootstrap:_wrap", "dropped-call", "setattr(new, replace"),
            "import sys\nprint(vars(sys.__loader__)['get_code'].__func__.__name__)",
            "_requires_builtin_wrapper",
            id="what is called by what decorates methods",
        ),
        pytest.param(
            ("zipimport:_get_module_info", "lost-return", "return ispackage"),
            ZIPPED,
            "missing",
            id="zipimport",
        ),
        pytest.param(
            ("runpy:run_module", "wrong-constant", "None"),
            "import runpy\nprint(runpy.run_module.__defaults__)",
            "(True, None, False)",
            id="frozen module that is loaded later",
        ),
        pytest.param(
            ("pkgutil:<module>", "wrong-constant", "'get_importer'"),
            "import pkgutil\nprint(pkgutil.__all__[0])",
            "xget_importer",
            id="module of the library",
        ),
        pytest.param(
            ("site:_get_path", "wrong-constant", "f'{userbase}/lib/python{version[0]}"),
            "import site\nprint(site._get_path('a')[:2])",
            "xa",
            id="site",
        ),
    ],
)
def test_a_fault_is_there(
    own: Original, all_places: tuple[Fault, ...], memory: Path, row: tuple[str, str, str], program: str, expected: str
) -> None:
    """Wherever it is, however the interpreter is started; the unchanged one does not have it."""
    fault = one(all_places, *row)
    with planted(own, fault, memory) as command:
        assert [(0, expected)] * len(FLAGS) == [run(command, *flags, "-c", program) for flags in FLAGS]
    assert (0, expected) != run([str(own.executable)], "-c", program)


LIVING: Final = """
import gc, importlib.util, sys, zipimport
path, name, file = sys.argv[1:]
kind = type(compile("", "", "exec"))
def shape(code):
    known = [one for one in code.co_consts if one and not isinstance(one, (tuple, frozenset))]
    inside = [shape(one) if isinstance(one, kind) else one for one in known]
    return code.co_name, code.co_firstlineno, code.co_code, code.co_names, code.co_varnames, inside
def shapes(code):
    return [shape(code), *(found for one in code.co_consts if isinstance(one, kind) for found in shapes(one))]
with open(path, encoding="utf-8") as text:
    known = shapes(compile(text.read(), file, "exec", dont_inherit=True))
codes = [item.__code__ for item in gc.get_objects() if type(item) is type(shape) and item.__code__.co_filename == file]
print(len(codes) > 20, sorted(code.co_name for code in codes if shape(code) not in known))
"""
"""Says which living functions of a module are not what the source at a path makes of them."""


@pytest.mark.parametrize("module", ["importlib._bootstrap", "importlib._bootstrap_external", "zipimport"])
def test_living_functions_are_those_of_the_faulty_source(
    own: Original, all_places: tuple[Fault, ...], memory: Path, module: str
) -> None:
    """Every function of the module that anybody holds has the code that the faulty source gives it, none another."""
    text = memory / "faulty.py"
    there = [fault for fault in all_places if fault.module == module and fault.function != "<module>"]
    ran = 0
    for fault in sample(there, 5, seed=7):
        text.write_text(mutated(own.source(module), fault), "utf-8")
        with planted(own, fault, memory) as command:
            status, told = run(command, "-c", LIVING, str(text), module, f"<frozen {module}>")
        assert status or told == "True []", fault.id
        ran += status == 0
    assert ran >= 3


def test_each_has_its_own_fault(own: Original, all_places: tuple[Fault, ...], memory: Path) -> None:
    """Several that exist at once know nothing of each other."""
    first = one(all_places, "site:_get_path", "wrong-constant", "f'{userbase}/lib/python{version[0]}")
    second = one(all_places, "pkgutil:<module>", "wrong-constant", "'get_importer'")
    program = "import pkgutil, site\nprint(pkgutil.__all__[0], site._get_path('a')[:2])"
    with planted(own, first, memory) as one_command, planted(own, second, memory) as other_command:
        assert (0, "get_importer xa") == run(one_command, "-c", program)
        assert (0, "xget_importer a/") == run(other_command, "-c", program)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("importlib._bootstrap:_load_unlocked", "lost-return", "return module"), id="each import"),
        pytest.param(
            ("importlib._bootstrap_external:_set_bootstrap_module", "dropped-store", "_bootstrap ="),
            id="setting up alone, which had been done",
        ),
        pytest.param(
            ("importlib._bootstrap:_requires_builtin", "lost-return", "return _requires_builtin_wrapper"),
            id="what decorates methods",
        ),
    ],
)
def test_one_that_does_not_start_is_made_all_the_same(
    own: Original, all_places: tuple[Fault, ...], memory: Path, row: tuple[str, str, str]
) -> None:
    """What a fault makes of an interpreter is for who runs it to see."""
    fault = one(all_places, *row)
    with planted(own, fault, memory) as command:
        assert 0 != run(command, "-c", "")[0]


def test_kept(own: Original, all_places: tuple[Fault, ...], tmp_path: Path) -> None:
    """One that is kept has the fault as long as its directory is there; what is in another one is not mixed with it."""
    fault = one(all_places, "pkgutil:<module>", "wrong-constant", "'get_importer'")
    program = "import pkgutil\nprint(pkgutil.__all__[0])"
    made = kept(own, fault, tmp_path / "faulty")
    assert (0, "xget_importer") == run([str(made)], "-c", program)
    with pytest.raises(AdapterError):
        kept(own, fault, tmp_path / "faulty")
    assert (0, "xget_importer") == run([str(made)], "-c", program)


def test_no_room(own: Original, all_places: tuple[Fault, ...], memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That there is no room is told of the directory, not of the fault; nothing is left."""

    def full(*_words: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(AdapterError, match="no space left") as caught, planted(own, all_places[0], memory):
        pass
    assert (False, []) == (isinstance(caught.value, UnmadeError), list(memory.glob("faulty-*")))


def test_nothing_is_left_and_nothing_touched(own: Original, all_places: tuple[Fault, ...], memory: Path) -> None:
    """Where bytecode is written with the wrong magic number, none of it is written where the original reads it."""
    fault = one(all_places, "importlib._bootstrap_external:<module>", "wrong-constant", "b'\\r\\n'")
    expected = files(own.library)
    with planted(own, fault, memory) as command:
        assert (0, "") == run(command, "-c", "import json, importlib.util, collections.abc, email.message")
    assert [] == list(memory.glob("faulty-*"))
    assert expected == files(own.library)


def test_other_names(own: Original, all_places: tuple[Fault, ...], tmp_path: Path) -> None:
    """What else the interpreter is called by is the faulty one too."""
    made = kept(own, all_places[0], tmp_path / "faulty")
    alike = [item.name for item in own.executable.parent.iterdir() if item.resolve() == own.executable.resolve()]
    named = [name for name in alike if name.startswith("python")]
    assert named
    assert {made} == {(made.parent / name).resolve() for name in named}
