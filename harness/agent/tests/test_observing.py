"""To look at what a case has made disturbs nothing, and each kind of object has its value."""

from pathlib import Path
from typing import Final

import pytest

from harness.agent.tests.rooms import furnished, told

_LAZILY: Final = """
import importlib.util, sys
spec = importlib.util.find_spec("slow")
spec.loader = importlib.util.LazyLoader(spec.loader)
module = sys.modules["slow"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
"""
"""Loads a module that says so when it is executed, but does not execute it yet."""

_OBSERVED: Final = """
agent["builtins"]._mark = mark = lambda *event: observer.mark(*event)
observer = agent["_Observer"]("/place/tree", ("slow", "quick"))
"""
_SHOWN: Final = """
observer.observe(names, None)
facts = observer.values.facts
"""


def _seen(directory: Path, made: str, shown: str) -> str:
    """What is printed after a case has been observed that made something, in whose directory a module ``slow`` lies."""
    (directory / "slow.py").write_text("print('executed')\nx = 1\n")
    (directory / "quick.py").touch()
    return told(
        f"{furnished('once')}{_OBSERVED}sys = agent['sys']; sys.path.insert(0, '')\n{made}{_SHOWN}{shown}", directory
    )


def test_lazily_loaded_module(tmp_path: Path) -> None:
    """A module that a LazyLoader holds back is told by its name, wherever it stands, and is not executed thereby."""
    names = "names = {'m': module, 'held': [module]}\nmark('event', module)\n"
    keys = ("binding/m", "binding/held", "trace/0000", "module/slow", "module/slow/names")
    unloaded = ("unloaded", "slow")
    expected = [unloaded, ("list", unloaded), ("event", "event", unloaded), unloaded, ("list",)]
    shown = f"print([facts[key] for key in {keys}], 'module/slow/repr' in facts)"
    assert f"{expected} False\n" == _seen(tmp_path, _LAZILY + names, shown)


def test_executed_by_its_own(tmp_path: Path) -> None:
    """Once something of it is asked for, it is a module like any other."""
    made = f"{_LAZILY}module.x\nnames = {{'m': module}}\n"
    shown = "print(facts['binding/m'], facts['module/slow/value/x'], facts['module/slow/repr'])"
    assert "executed\n('module', 'slow') 1 ('repr', True, True)\n" == _seen(tmp_path, made, shown)


def test_module_of_another_class(tmp_path: Path) -> None:
    """Of a module of a class of its own neither repr nor dir nor an attribute is asked for."""
    made = """
class Noisy(type(sys)):
    def __getattribute__(self, name): print("asked", name)
    def __repr__(self): print("shown")
    def __dir__(self): print("listed")
sys.modules["quick"] = module = Noisy("quick")
agent["_past"](module)["__dir__"] = 1
names = {"m": module}
"""
    shown = "print(facts['binding/m'], facts['module/quick'], 'module/quick/dir' in facts)"
    assert "('module', 'quick') ('module', 'quick') False\n" == _seen(tmp_path, made, shown)


def test_lazily_imported_module(tmp_path: Path) -> None:
    """What stands for a module that is imported lazily is told by its type: nobody looks at it, wherever it stands."""
    made = """
class Proxy:
    def __getattribute__(self, name): print("asked", name)
    def __iter__(self): print("listed")
    def __getitem__(self, index): print("indexed")
    def __eq__(self, other): print("compared")
    __hash__ = None
agent["_LAZY"] = Proxy
import quick
quick.x = sys.modules["slow"] = Proxy()
names = {"m": Proxy(), "held": [Proxy()], "__path__": Proxy()}
mark("event", names["m"])
"""
    keys = ("binding/m", "binding/held", "trace/0000", "module/quick/value/x", "module/slow")
    shown = f"print([facts[key] for key in {keys}])"
    lazy = ("lazy",)
    expected = [lazy, ("list", lazy), ("event", "event", lazy), lazy, ("object", "Proxy")]
    assert f"{expected}\n" == _seen(tmp_path, made, shown)


def test_object_of_a_class_of_its_own(tmp_path: Path) -> None:
    """It is told by the name of its class, and asked for nothing, not even its class."""
    made = """
class Own:
    def __getattribute__(self, name): print("asked", name)
import quick
quick.x = Own()
names = {"x": Own(), "held": [Own()]}
"""
    shown = "print([facts[key] for key in ('binding/x', 'binding/held', 'module/quick/value/x')])"
    own = ("object", "Own")
    assert f"{[own, ('list', own), own]}\n" == _seen(tmp_path, made, shown)


def test_tuples_of_no_module(tmp_path: Path) -> None:
    """A tuple in a list is told whose class does not say of which module it is, as in MicroPython."""
    made = """
class Bare(type): __module__ = property(lambda kind: kind.nothing)
class Pair(tuple, metaclass=Bare): pass
names = {"x": [(1,)], "y": [Pair([1])]}
"""
    expected = (("list", ("tuple", 1)), ("list", ("object", "Pair")))
    assert f"{expected}\n" == _seen(tmp_path, made, "print((facts['binding/x'], facts['binding/y']))")


def test_events_while_looking(tmp_path: Path) -> None:
    """What is executed because somebody looks adds nothing to the trace, and is looked at after the program alone."""
    made = """
class Places:
    def __iter__(self): mark("looked", "slow"); return iter(["/place/tree/r0"])
    def __getitem__(self, index): pass
mark("path", Places())
length = len(observer.trace)
names = {"__path__": Places(), "p": Places()}
"""
    shown = "print(length, facts['trace/length'], facts['trace/0000'], facts['binding/p'])"
    expected = "1 1 ('event', 'path', ('iterable', '<tree>/r0')) ('iterable', '<tree>/r0')\n"
    assert expected == _seen(tmp_path, made, shown)


_FINDER: Final = "__import__('types').SimpleNamespace(path='r0')"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param("__import__('importlib.util').util.find_spec('quick')", ("spec", "quick"), id="spec"),
        pytest.param("__import__('quick').__loader__", ("loader", "quick"), id="loader"),
        pytest.param("__import__('pkgutil').ModuleInfo(None, 'a', True)", ("module-info", "a", True), id="info"),
        pytest.param(
            f"[__import__('pkgutil').ModuleInfo({_FINDER}, 'a', False)]", ("list", ("module-info", "a", False))
        ),
    ],
)
def test_objects_of_the_library(tmp_path: Path, made: str, expected: tuple[object, ...]) -> None:
    """A spec is told by its name, a loader by the module whose spec has it, what is found in a path by its fields."""
    assert f"{expected}\n" == _seen(tmp_path, f"names = {{'x': {made}}}\n", "print(facts['binding/x'])")


def test_what_a_path_lists(tmp_path: Path) -> None:
    """Of what is listed that is told which the tree has, by name."""
    elsewhere = _FINDER.replace("r0", "/elsewhere")
    found = ", ".join(f"({finder}, {name!r})" for finder, name in ((_FINDER, "b"), (elsewhere, "c"), (_FINDER, "a")))
    made = f"[__import__('pkgutil').ModuleInfo(*each, True) for each in [{found}]]"
    expected = ("list", ("module-info", "a", True), ("module-info", "b", True))
    assert f"{expected}\n" == _seen(tmp_path, f"names = {{'x': {made}}}\n", "print(facts['binding/x'])")


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        pytest.param("raise KeyError(1)", (None, None), id="alone"),
        pytest.param("raise KeyError(1) from ValueError", ("ValueError", None), id="from"),
        pytest.param("try: 1 / 0\nexcept ZeroDivisionError: x", (None, "ZeroDivisionError"), id="inside"),
        pytest.param("try: 1 / 0\nexcept ZeroDivisionError: raise KeyError(1) from None", (None, "ZeroDivisionError")),
    ],
)
def test_chain(tmp_path: Path, raised: str, expected: tuple[object, ...]) -> None:
    """Cause and context of an exception are told by their types."""
    made = f"try: exec({raised!r})\nexcept Exception as error: observer.exception(error)\n"
    shown = "print((facts['exception/cause'], facts['exception/context']))"
    assert f"{expected}\n" == _seen(tmp_path, f"{made}names = {{}}\n", shown)


def _readied(directory: Path, calls: tuple[str, ...], shown: str) -> str:
    """What is printed once these first calls are made, before a case begins in a tree that lies here."""
    tree = directory / "tree"
    tree.mkdir()
    text = f"{furnished('once')}sys = agent['sys']; tree = {str(tree)!r}; sys.path[:] = [tree, *sys.path[1:]]\n"
    text += "before, cache, ready = set(sys.modules), set(sys.path_importer_cache), agent['_ready']\n"
    return told(f"{text}ready({calls}, tree)\n{shown}", directory)


def test_ready_leaves_nothing(tmp_path: Path) -> None:
    """A first call leaves nothing behind but modules of the library: of the path it has only what was there before."""
    calls = ("_host['pkgutil'].get_importer(_FOLDER + 'rooms')", "sys.path.append('/elsewhere')")
    shown = """
print(sys.path[0] == tree, "/elsewhere" in sys.path, set(sys.path_importer_cache) - cache - set(sys.path))
print("pkgutil" in set(sys.modules) - before)
"""
    assert "True False set()\nTrue\n" == _readied(tmp_path, calls, shown)


def test_ready_without_the_tree(tmp_path: Path) -> None:
    """Modules of the library are found where the implementation has them, whatever lies in the tree."""
    tree = tmp_path / "tree"
    call = "_host['colorsys']"
    shown = f"open(tree + '/colorsys.py', 'w').close(); ready(({call!r},), tree); print(sys.modules['colorsys'])"
    told = _readied(tmp_path, (), shown)
    assert ("colorsys.py" in told, str(tree) in told) == (True, False)


def test_ready_once(tmp_path: Path) -> None:
    """What is ready is not called again, and what cannot be called is left to the case."""
    shown = """
agent["_called_here"] = called = []
calls = ("_called_here.append(1)", "_host['no_such_module'].f()", "sys.no_such_function()", "no expression")
ready(calls, tree)
ready(calls, tree)
print(called)
"""
    assert "[1]\n" == _readied(tmp_path, (), shown)


def test_ready_keeps_modules(tmp_path: Path) -> None:
    """A first call that puts another module in the place of one that is loaded leaves that one to all cases."""
    call = "[_host['pkgutil'], sys.modules.update(importlib=None, more=1)]"
    shown = "print(sys.modules['importlib'] is sys.modules['pkgutil'].importlib, 'more' in sys.modules)"
    assert _readied(tmp_path, (call,), shown) == "True True\n"
