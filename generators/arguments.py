"""What a stranger might give to a documented function."""

from typing import TypeAlias

from harness.model.language.documented import HELD, Kind

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"
"""A value of the text of a case."""

Object: TypeAlias = dict[str, Json]
"""One with names."""


def arguments(kind: Kind, name: str, word: str, path: str) -> list[Object]:
    """Arguments for a parameter of that kind, some several times."""
    values: dict[Kind, list[Json]] = {
        Kind.NAME: [name, name, f".{name}"],
        Kind.PACKAGE: [None, word],
        Kind.ANCHOR: [name, word],
        Kind.NAMES: [{"type": "items", "items": [word]}],
        Kind.LOCATIONS: [{"type": "items", "items": [], "mutable": True}],
        Kind.LEVEL: [0, 0, 1, 2, -1],
        Kind.FLAG: [True],
        Kind.RESOURCE: [f"{name}.txt", f"../{name}", "../../x", "/etc/passwd"],
    }
    references: dict[Kind, list[list[Json]]] = {
        Kind.OBJECT: [[name], [name], [name], [name, "__spec__"]],
        Kind.SPEC: [[name], [name, "__spec__"], [name, "loader"]],
        Kind.PATH: [[name, "__path__"], [name]],
        Kind.WALKED: [[name, "__path__"], [name]],
        Kind.ANCHOR: [[name]],
        Kind.BYTES: [[name]],
        Kind.VALUE: [[name]],
    }
    references |= dict.fromkeys((Kind.LOADER, Kind.MODULE), references[Kind.SPEC])
    return [
        *({"type": "constant", "value": each} for each in values.get(kind, ())),
        *({"type": "reference", "path": [*each]} for each in references.get(kind, ())),
        *_own(name, path).get(kind, ()),
    ]


def _own(name: str, path: str) -> dict[Kind, list[Object]]:
    """What stands for itself, by the kind of the parameter."""
    own: dict[Kind, list[Object]] = {
        Kind.OBJECT: [{"type": "instance", "path": [name]}],
        Kind.HOOK: [{"type": "hook", "label": name}],
        Kind.TRAVERSABLE: [
            {
                "type": "call",
                "function": "importlib.resources.files",
                "arguments": [{"type": "constant", "value": name}],
            }
        ],
        Kind.BYTES: [{"type": "bytes", "text": name}],
        Kind.VALUE: [{"type": "library", "name": each} for each in sorted(HELD)],
    }
    own |= {key: [{"type": "names"}, {"type": "constant", "value": None}] for key in (Kind.NAMESPACE, Kind.ANY)}
    own |= {key: [{"type": "place", "path": path}] for key in (Kind.PLACE, Kind.PROGRAM)}
    return own
