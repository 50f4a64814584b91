"""Where interpreters lie: on the search path, and where findpython knows of some. Nothing is run to find out.

It is loaded when it is asked: who names the file of an interpreter looks for none.
"""

import importlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

__all__ = ["base_interpreter", "everywhere", "interpreters"]

_NAME: Final = re.compile(r"(python|pypy|graalpy|rustpython|micropython)(\d+(\.\d+)*t?)?")
_DEEPEST: Final = 8


def interpreters(environment: Mapping[str, str]) -> Iterator[Path]:
    """Each file on the search path that is named like an interpreter, and then each that findpython knows of.

    Stand-ins that choose a version when they are run (directories called ``shims``) come last.
    """
    found = [*_on_path(environment), *_known()]
    yield from sorted(dict.fromkeys(found), key=lambda path: path.parent.name == "shims")


def everywhere(environment: Mapping[str, str]) -> Iterator[Path]:
    """The same without stand-ins and virtual environments, each file once however many links lead to it."""
    seen: set[str] = set()
    for path in interpreters(environment):
        real = os.path.realpath(path)
        if path.parent.name != "shims" and _settings(path) is None and real not in seen:
            seen.add(real)
            yield path


def base_interpreter(path: str) -> str:
    """The interpreter behind a virtual environment, ``path`` itself where it belongs to none."""
    current = Path(path).absolute()
    for _ in range(_DEEPEST):
        settings = _settings(current)
        base = next((found for found in _bases(settings or {}, current.name) if found.exists()), None)
        if base is None:
            break
        current = base
    return str(current)


def _on_path(environment: Mapping[str, str]) -> Iterator[Path]:
    for entry in environment.get("PATH", "").split(os.pathsep):
        directory = Path(entry)
        if directory.is_absolute() and directory.is_dir():
            for path in sorted(directory.iterdir()):
                if _NAME.fullmatch(path.name) and path.is_file() and os.access(path, os.X_OK):
                    yield path


def _known() -> Iterator[Path]:
    for provider in importlib.import_module("findpython.providers").ALL_PROVIDERS.values():
        ready = provider.create()
        if ready is not None:
            found = (Path(version.executable) for version in ready.find_pythons())
            yield from sorted(path for path in found if _NAME.fullmatch(path.name))


def _settings(path: Path) -> dict[str, str] | None:
    """What the ``pyvenv.cfg`` beside an interpreter says, None if there is none."""
    for directory in (path.parent, path.parent.parent):
        try:
            lines = (directory / "pyvenv.cfg").read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        pairs = (line.partition("=") for line in lines)
        return {key.strip().lower(): value.strip() for key, _, value in pairs}
    return None


def _bases(settings: Mapping[str, str], name: str) -> Iterator[Path]:
    for key in ("base-executable", "executable"):
        if key in settings:
            yield Path(settings[key])
    if "home" in settings:
        yield from (Path(settings["home"], known) for known in (name, "python3", "python", "pypy3", "graalpy"))
