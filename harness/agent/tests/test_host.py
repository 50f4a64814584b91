"""What a case gives a function of the library is of the kind that the function trusts."""

import importlib.util
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from harness.agent.tests.rooms import text


def host(*gone: str) -> Any:
    """A host that cannot import these."""

    def load(name: str, *rest: Any) -> ModuleType:
        if name in gone:
            raise ImportError(name)
        return __import__(name, *rest)

    names = {"sys": SimpleNamespace(path=[], modules={}), "builtins": SimpleNamespace(), "_FOLDER": "/"}
    exec(text("host"), names)
    return names["_Host"](load, [])


@pytest.mark.parametrize("gone", [(), ("importlib.machinery",)])
def test_trusted(gone: tuple[str, ...]) -> None:
    """A spec and its loader are, also where the module is amiss that documents have them in."""
    spec = importlib.util.find_spec("colorsys")
    assert spec is not None
    assert (spec, spec.loader) == (host(*gone).trusted("spec", spec), host(*gone).trusted("loader", spec.loader))


def test_functions() -> None:
    """A function is, and so is what cannot be called; a class, a method or what is built in is not."""

    def function() -> None:
        """Do nothing."""

    held = [function, lambda: held, 1, "s", None]
    assert held == [host().trusted("function", item) for item in held]
    for item in (int, print, held.append, host().trusted):
        with pytest.raises(TypeError):
            host().trusted("function", item)


def test_not_trusted() -> None:
    """Something else is refused, and nothing is said of it where its kind is nowhere to be found."""
    with pytest.raises(TypeError):
        host().trusted("spec", 1)
    with pytest.raises(ImportError):
        host("importlib.machinery", "_frozen_importlib").trusted("spec", 1)


def test_found_without_the_tree() -> None:
    """A module of the library is searched for where it was before the case, and the path stays as the case has it."""
    system = SimpleNamespace(path=["lib"], modules={})
    names: dict[str, Any] = {"sys": system, "builtins": SimpleNamespace(), "_FOLDER": "/"}
    exec(text("host"), names)
    seen: list[list[str]] = []
    found = names["_Host"](lambda name, *_: seen.append([name, *system.path]), ["lib"])
    system.path[:] = ["tree", "lib"]
    assert found["json"] is None
    assert ([["json", "lib"]], ["tree", "lib"]) == (seen, system.path)
