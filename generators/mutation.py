"""Cases made of others by exchanging what stands in them: what a stranger might send, without a thought of how.

Nothing here knows which attacks there are: names, special names, values, statements, files and launches change places,
within a case and between cases, and now and then a word comes from outside.
"""

import json
import random
from collections.abc import Container, Iterator, Sequence
from typing import Final, TypeAlias

from generators.arguments import Json, Object, arguments
from harness.model.case import Case
from harness.model.codec import CodecError, decode, encode
from harness.model.language.documented import FUNCTIONS, Form, Kind

_Place: TypeAlias = tuple[Object | list[Json], str | int]

_SPECIAL: Final = tuple(
    f"__{name}__"
    for name in [
        "all",
        "builtins",
        "cached",
        "class",
        "dict",
        "dir",
        "doc",
        "file",
        "getattr",
        "globals",
        "import",
        "init",
        "loader",
        "main",
        "name",
        "package",
        "path",
        "spec",
        "version",
    ]
)
_WORDS: Final = (
    *[
        "os",
        "sys",
        "this",
        "posix",
        "importlib",
        "_bootstrap",
        "_bootstrap_external",
        "machinery",
        "runpy",
        "copy",
        "site",
        "types",
        "io",
        "subprocess",
        "ctypes",
    ],
    *[
        "tempfile",
        "pip",
        "a",
        "b",
        "x",
        "pkg",
        "sub",
        "main",
        "_mark",
        "_tree",
        "_sys",
        "_ValueError",
        "type",
        "globals",
        "eval",
        "exec",
        "open",
        "print",
        "system",
        "modules",
    ],
    *[
        "path",
        "mro",
        "real",
        "append",
        "clear",
        "ValueError",
        "AttributeError",
        "BaseException",
        "ImportError",
        "_path",
        "_last_parent_path",
        "__x",
    ],
    *[
        "_path_finder",
        "f_globals",
        "gi_frame",
        "tb_frame",
        "parent",
        "name",
        "..",
        ".",
        "/",
        "r0",
        "r1",
        "r0/x",
        "r1/a",
    ],
    "",
)
_VALUES: Final[tuple[Json, ...]] = (
    *(None, True, 0, -1, 5, "", ".", "/", "..", "r0", "r0/a", "r1", "/etc", "os", "a.b", ".os", "os.", "__main__"),
)
_FILES: Final = [
    "os.py",
    "runpy.py",
    "importlib/__init__.py",
    "importlib/x.py",
    "a.so",
    "a.pyc",
    "pkg/__spec__.py",
    "_mark.py",
    "pkg/__builtins__.py",
    "x.pth",
    "sitecustomize.py",
    "a/__main__.py",
    "__main__.py",
    "a.py",
    "b.py",
    "pkg/sub.py",
]
_NO_STATEMENTS: Final = frozenset(
    {
        None,
        "items",
        "source-file",
        "data-file",
        "constant",
        "reference",
        "names",
        "place",
        "instance",
        "call",
        "library",
        "hook",
        "bytes",
    }
)
_ENTRIES: Final = frozenset({"source-file", "data-file", "directory"})
_KINDS: Final[tuple[Kind, ...]] = tuple(Kind)
_CHANGES: Final = 8
_SHARE: Final = 6
_NAMES: Final = frozenset({"name", "asname", "key", "module", "label", "path", "doc"})
_BODIES: Final = frozenset({"statements", "body", "handler"})


class _Pool:
    """What the seeds are made of, by what it can stand for."""

    def __init__(self, documents: Sequence[Object]) -> None:
        self.documents = documents
        self.statements: list[Json] = []
        self.names: list[str] = []
        self.values: list[Json] = [*_VALUES]
        for document in documents:
            for inside, key in _places(document):
                item = _at(inside, key)
                if isinstance(item, dict) and _lists(inside, key, item):
                    self.statements.append(item)
                elif isinstance(item, str) and key in _NAMES:
                    self.names.append(item)
                elif key == "value":
                    self.values.append(item)


def mutants(seeds: Sequence[Case], seed: int) -> Iterator[Case]:
    """Cases without end, made of the seeds; the same ones for the same number."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret, but the same for everybody
    pool = _Pool([json.loads(encode(case)) for case in seeds])
    while True:
        document = json.loads(json.dumps(dice.choice(pool.documents)))
        for _ in range(dice.randint(1, _CHANGES)):
            dice.choice(_WAYS)(dice, pool, document)
        try:
            yield decode(json.dumps(document).encode(), Case)
        except CodecError:
            continue


def _places(value: Json) -> list[_Place]:
    """Every place in a document, outer ones first."""
    found: list[_Place] = []
    waiting = [value]
    for item in waiting:
        if isinstance(item, dict):
            found += [(item, key) for key in item]
            waiting += item.values()
        elif isinstance(item, list):
            found += [(item, at) for at in range(len(item))]
            waiting += item
    return found


def _under(keys: Container[str], value: Json) -> list[Json]:
    """What stands in a document under one of the keys, outer ones first."""
    found: list[Json] = []
    waiting = [value]
    for item in waiting:
        if isinstance(item, dict):
            found += [inner for key, inner in item.items() if key in keys]
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return found


def _at(inside: Object | list[Json], key: str | int) -> Json:
    if isinstance(inside, dict):
        return inside[str(key)]
    return inside[int(key)]


def _put(inside: Object | list[Json], key: str | int, item: Json) -> None:
    if isinstance(inside, dict):
        inside[str(key)] = item
    else:
        inside[int(key)] = item


def _lists(inside: Object | list[Json], key: str | int, item: Object) -> bool:
    """Whether the object is a statement: one of a list, and neither a constant nor an entry of a tree."""
    return isinstance(inside, list) and isinstance(key, int) and item.get("type") not in _NO_STATEMENTS


def _copied(item: Json) -> Json:
    copy: Json = json.loads(json.dumps(item))
    return copy


def _word(dice: random.Random, pool: _Pool, document: Object) -> str:
    """A name: mostly one of this case, else a special one, one of another case, or one from outside."""
    which = dice.randrange(_SHARE)
    if which > 2 and (own := _under(_NAMES, document)):  # noqa: PLR2004 - half of them
        return str(dice.choice(own))
    return dice.choice((_SPECIAL, pool.names, _WORDS)[which % 3])


def _value(dice: random.Random, pool: _Pool, document: Object) -> Json:
    which = dice.randrange(_SHARE)
    if which == 0:
        return _word(dice, pool, document)
    if which == 1:
        items = [_value(dice, pool, document) for _ in range(dice.randrange(3))]
        return {"type": "items", "items": [*items], "mutable": dice.random() < 0.7}  # noqa: PLR2004 - mostly
    return _copied(dice.choice(pool.values))


def _bodies(document: Object) -> list[list[Json]]:
    """The lists of statements of a case, at least one."""
    found = [item for item in _under(_BODIES, document) if isinstance(item, list)]
    program = document.setdefault("program", {})
    if not found and isinstance(program, dict):
        body: list[Json] = []
        program["statements"] = body
        found = [body]
    return found


def _rename(dice: random.Random, pool: _Pool, document: Object) -> None:
    """One text becomes another."""
    places = [place for place in _places(document) if isinstance(_at(*place), str) and place[1] != "type"]
    if places:
        _put(*dice.choice(places), _word(dice, pool, document))


def _revalue(dice: random.Random, pool: _Pool, document: Object) -> None:
    """One constant becomes another."""
    places = [place for place in _places(document) if place[1] == "value"]
    if places:
        _put(*dice.choice(places), _value(dice, pool, document))


def _insert(dice: random.Random, pool: _Pool, document: Object) -> None:
    """A statement of any case comes in."""
    body = dice.choice(_bodies(document))
    body.insert(dice.randint(0, len(body)), _copied(dice.choice(pool.statements)))


def _move(dice: random.Random, pool: _Pool, document: Object) -> None:
    """A statement goes from one body to another, or is gone."""
    del pool
    bodies = [body for body in _bodies(document) if body]
    if bodies:
        source = dice.choice(bodies)
        item = source.pop(dice.randrange(len(source)))
        if dice.random() < 0.7:  # noqa: PLR2004 - mostly
            target = dice.choice(_bodies(document))
            target.insert(dice.randint(0, len(target)), item)


def _tell(dice: random.Random, pool: _Pool, document: Object) -> None:
    """A special name gets a value, is imported, is deleted, or is what an object or a function gives."""
    name = dice.choice(_SPECIAL)
    key = _word(dice, pool, document)
    other = dice.choice((name, key))
    statements: tuple[Object, ...] = (
        {"type": "assign", "name": name, "value": _value(dice, pool, document)},
        {"type": "module-getattr", "names": [name], "value": _value(dice, pool, document)},
        {"type": "substitute", "key": key, "attributes": [[name, _value(dice, pool, document)]]},
        {"type": "from-import", "module": key, "names": [{"name": other}], "level": dice.choice((0, 0, 1, 2))},
        {"type": "recache", "key": key, "name": _word(dice, pool, document)},
        {"type": "read", "name": "x", "path": [key, other]},
        {"type": "invoke", "path": [key, other]},
        {"type": "star-import", "module": key},
        {"type": "delete", "name": name},
        {"type": "bind", "name": "x", "value": _called(dice, pool, document, key)},
        {"type": "bind", "name": "x", "value": {"type": "instance", "path": [key, other]}},
    )
    body = dice.choice(_bodies(document))
    body.insert(dice.randint(0, len(body)), dice.choice(statements))


def _called(dice: random.Random, pool: _Pool, document: Object, name: str) -> Object:
    """A call of a documented function with that name: mostly with what its parameters are for."""
    function = dice.choice(sorted(FUNCTIONS))
    row = FUNCTIONS[function]
    given = [_given(dice, pool, document, parameter.kind, name) for parameter in row.parameters[: row.required]]
    keywords: list[Json] = [
        [parameter.name, _given(dice, pool, document, parameter.kind, name)]
        for parameter in row.parameters[row.required :]
        if dice.random() < 0.4  # noqa: PLR2004 - some
    ]
    return {"type": "call", "function": function, "arguments": [*given], "keywords": keywords}


def _given(dice: random.Random, pool: _Pool, document: Object, kind: Kind | Form, name: str) -> Object:
    """An argument for a parameter of that kind or form, now and then for another one."""
    taken = kind if dice.random() < 0.9 else dice.choice(_KINDS)  # noqa: PLR2004 - mostly
    if isinstance(taken, Form):
        held = dice.choice(taken.examples)
        return {"type": "constant", "value": dice.choice((held, held.replace("a", name), name))}
    word, path = _word(dice, pool, document), dice.choice((_word(dice, pool, document), *_FILES))
    return dice.choice(arguments(taken, name, word, f"{dice.choice(('r0', 'r1'))}/{path}"))


def _wrap(dice: random.Random, pool: _Pool, document: Object) -> None:
    """A statement stands in a class, a function that is called, or a try statement."""
    bodies = [body for body in _bodies(document) if body]
    if bodies:
        body = dice.choice(bodies)
        at = dice.randrange(len(body))
        name = _word(dice, pool, document)
        inner: list[Json] = [body[at]]
        wrapped: tuple[list[Json], ...] = (
            [{"type": "class", "name": name, "body": inner}],
            [{"type": "function", "name": name, "body": inner}, {"type": "invoke", "path": [name]}],
            [{"type": "try", "body": inner, "error": "BaseException", "handler": []}],
        )
        body[at : at + 1] = dice.choice(wrapped)


def _file(dice: random.Random, pool: _Pool, document: Object) -> None:
    """A file of another case, or one called otherwise, comes into the tree."""
    tree, other = document.get("tree"), dice.choice(pool.documents).get("tree")
    if isinstance(tree, dict) and isinstance(other, dict):
        found = [_at(*place) for place in _places(other) if place[1] == "entries"]
        entries = [
            item
            for each in found
            if isinstance(each, list)
            for item in each
            if isinstance(item, dict) and item.get("type") in _ENTRIES
        ]
        roots = tree.setdefault("roots", [{}])
        root = dice.choice(roots) if isinstance(roots, list) and roots else {}
        held = root.setdefault("entries", []) if isinstance(root, dict) else []
        if entries and isinstance(held, list):
            entry = dict(dice.choice(entries))
            entry["path"] = dice.choice((entry["path"], dice.choice(_FILES)))
            held[:] = [item for item in held if not (isinstance(item, dict) and item.get("path") == entry["path"])]
            held.append(_copied(entry))


def _launch(dice: random.Random, pool: _Pool, document: Object) -> None:
    """The program is launched otherwise, or is that of another case."""
    other = dice.choice(pool.documents)
    for key in dice.choice((("launch",), ("program",), ("launch", "program"))):
        document.pop(key, None)
        if key in other:
            document[key] = _copied(other[key])
    document.setdefault("program", {})


_WAYS: Final = (_rename, _rename, _revalue, _revalue, _insert, _insert, _move, *(_tell,) * 6, _wrap, _file, _launch)
