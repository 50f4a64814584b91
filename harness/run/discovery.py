"""From what a user names to implementations that said hello."""

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from harness.model.observation import Identity
from harness.run.errors import AdapterError
from harness.run.limits import LIMITS, Limits
from harness.run.patience import never
from harness.run.places import everywhere, interpreters
from harness.run.probing import Implementation, probe
from harness.run.together import together
from harness.run.workspace import Workspace

__all__ = ["Found", "find"]

_SPEC: Final = re.compile(r"(cpython|python|pypy|graalpy|rustpython|micropython|)[-@]?(\d+(?:\.\d+)*|)(t?)")
_HINT: Final = "name a path, a command, a version such as 3.12 or pypy3.11, or all"


class Found(msgspec.Struct, frozen=True):
    """What discovery found: ``refused`` holds what looked like an interpreter and is none that can be used."""

    implementations: tuple[Implementation, ...]
    refused: tuple[AdapterError, ...] = ()


class _Search(msgspec.Struct, frozen=True):
    workspace: Workspace
    environment: Mapping[str, str]
    limits: Limits
    stopped: Callable[[], bool]

    def probe(self, command: tuple[str, ...]) -> Implementation:
        return probe(command, self.workspace, environment=self.environment, limits=self.limits, stopped=self.stopped)

    def attempt(self, command: tuple[str, ...]) -> Implementation | AdapterError:
        try:
            return self.probe(command)
        except AdapterError as error:
            return error


def find(
    specs: Sequence[str],
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    limits: Limits = LIMITS,
    jobs: int = 2,
    stopped: Callable[[], bool] = never,
) -> Found:
    """The implementations that ``specs`` name, in that order, each command once.

    A path or a command is run exactly as given, links and virtual environments unresolved. A version is searched for
    on the search path and where findpython knows of interpreters; what counts is what an interpreter says of itself.
    ``all`` is every interpreter there, without virtual environments, once for each file; those that cannot be used
    are in ``refused``.

    Raises:
        AdapterError: a spec other than ``all`` names nothing that can be used.
        Stopped: somebody asked to stop.
    """
    search = _Search(workspace, environment, limits, stopped)
    found: dict[tuple[str, ...], Implementation] = {}
    refused: list[AdapterError] = []
    for spec in specs:
        if spec == "all":
            implementations, errors = _all(search, jobs)
            refused += errors
        else:
            implementations = [_one(spec, search)]
        for implementation in implementations:
            found.setdefault(implementation.identity.command, implementation)
    return Found(tuple(found.values()), tuple(refused))


def _all(search: _Search, jobs: int) -> tuple[list[Implementation], list[AdapterError]]:
    def attempt(command: tuple[str, ...], stopped: Callable[[], bool]) -> Implementation | AdapterError:
        return msgspec.structs.replace(search, stopped=stopped).attempt(command)

    commands = [(str(path),) for path in everywhere(search.environment)]
    results = together(attempt, commands, jobs=jobs, stopped=search.stopped)
    good = [item for item in results if isinstance(item, Implementation)]
    good.sort(key=lambda item: (item.identity.name, item.identity.language, item.identity.command))
    return good, [item for item in results if isinstance(item, AdapterError)]


def _one(spec: str, search: _Search) -> Implementation:
    if os.path.lexists(spec) and (os.sep in spec or not shutil.which(spec, path=search.environment.get("PATH"))):
        return search.probe((str(Path(spec).absolute()),))
    parsed = _SPEC.fullmatch(spec)
    if spec and parsed is not None and (parsed[2] or parsed[1] == "cpython"):
        return _version(spec, parsed, search)
    words = shlex.split(spec)
    where = shutil.which(words[0], path=search.environment.get("PATH")) if words else None
    if where is None:
        reason = "expected a file" if os.sep in spec else "there is no such command"
        raise AdapterError(spec or "''", reason, _HINT)
    return search.probe((str(Path(where).absolute()), *words[1:]))


def _version(spec: str, parsed: re.Match[str], search: _Search) -> Implementation:
    """The first interpreter that says it is what ``spec`` wants, those named like it asked first."""
    errors: list[AdapterError] = []
    names = _names(parsed)
    for path in _candidates(names, search.environment):
        result = search.attempt((str(path),))
        if isinstance(result, AdapterError):
            errors += [result] * (path.name == names[0])
        elif _is(parsed, result.identity):
            return result
    reason = "no such interpreter is found" + "".join(f"; {error}" for error in errors[:1])
    raise AdapterError(spec, reason, errors[0].hint if errors else "put it on PATH, or name its path")


def _names(parsed: re.Match[str]) -> list[str]:
    """What an interpreter of that version may be called, exactly so first."""
    family = "python" if parsed[1] in {"", "cpython"} else parsed[1]
    version = parsed[2].split(".")
    exact = [family + ".".join(version[:length]) + parsed[3] for length in range(min(2, len(version)), 0, -1)]
    return list(dict.fromkeys([*exact, f"{family}3", family]))


def _candidates(names: list[str], environment: Mapping[str, str]) -> Iterator[Path]:
    there = list(interpreters(environment))
    for name in names:
        yield from (path for path in there if path.name == name)


def _is(parsed: re.Match[str], identity: Identity) -> bool:
    wanted = parsed[1] if parsed[1] not in {"", "python"} else "cpython"
    if identity.name != wanted:
        return False
    parts = parsed[2].split(".") if parsed[2] else []
    language = [str(part) for part in identity.language]
    return parts == language[: len(parts)] or parts == identity.version.split(".")[: len(parts)]
