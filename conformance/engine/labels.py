"""What implementations are called in tables: by name and version, and by as little more as tells them apart."""

from collections import defaultdict
from collections.abc import Sequence

from harness.model.observation import Identity
from harness.model.versions import line as language_line
from reports.quoting import line


def labels(identities: Sequence[Identity]) -> tuple[str, ...]:
    """``cpython 3.12.1``; of others the version of the language too: ``pypy3.11 8.0.1``.

    Those that would be called alike have a part of their commands behind that: ``cpython 3.12.1 (build/python)``. Of
    those with the same command all but the first are numbered.
    """
    plain = [_plain(item) for item in identities]
    alike: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for name, item in zip(plain, identities, strict=True):
        alike[name][item.command] = ""
    for commands in alike.values():
        if len(commands) > 1:
            commands.update(zip(commands, apart(tuple(commands)), strict=True))
    found: list[str] = []
    for name, item in zip(plain, identities, strict=True):
        part = alike[name][item.command]
        label = f"{name} ({line(part)})" if part else name
        same = sum(other.partition(" #")[0] == label for other in found)
        found.append(f"{label} #{same + 1}" if same else label)
    return tuple(found)


def apart(commands: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """As little of each command, of which no two are the same, as tells them apart: ``debug`` and ``release``."""
    heads = tuple(dict.fromkeys(command[0] for command in commands))
    ends = dict(zip(heads, _ends(heads), strict=True))
    alike = len({command[1:] for command in commands}) == 1
    parts = (
        " ".join(word for word in (ends[command[0]], *(() if alike else command[1:])) if word) for command in commands
    )
    return tuple(part or command[0].rpartition("/")[2] for part, command in zip(parts, commands, strict=True))


def _ends(found: Sequence[str]) -> tuple[str, ...]:
    """As little of each path as tells them apart, of directories if they do; nothing of one that is alone."""
    paths = [tuple(path.split("/")) for path in found]
    directories = [path[:-1] for path in paths]
    if len(set(directories)) == len(found):
        paths = directories
    middles = _middles(paths)
    return _shortest(middles if len(found) == 1 or all(middles) else paths)


def _middles(found: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each without what all begin with, and without what all end with."""
    shortest = min(map(len, found))
    first = next((at for at in range(shortest) if len({item[at] for item in found}) > 1), shortest)
    left = [item[first:] for item in found]
    shortest -= first
    last = next((at for at in range(shortest) if len({item[-1 - at] for item in left}) > 1), shortest)
    return [item[: len(item) - last] for item in left]


def _shortest(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The ends of the paths, of so many parts that no two are the same."""
    for count in range(1, max(map(len, paths))):
        ends = ["/".join(path[-count:]) for path in paths]
        if len(set(ends)) == len(ends):
            return tuple(ends)
    return tuple("/".join(path) for path in paths)


def _plain(identity: Identity) -> str:
    language = "" if identity.name == "cpython" else language_line(identity.language)
    return f"{identity.name}{language} {identity.version}"
