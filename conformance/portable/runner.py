"""Ask the Python that runs this: does its import system do what the documents of Python say? See portable.md.

Usage: python runner.py VECTORS [NAME...]    Exit status: 0 if all is as documented, 1 if not, 2 if nothing was asked
"""

import builtins, json, os, shutil, subprocess, sys, tempfile
from pathlib import Path

FIELDS = ("name", "origin", "parent", "has_location", "cached", "submodule_search_locations", "path", "name_from")
LIST = {"list": "list", "tuple": "tuple", "ModuleInfo": "module-info"}
LOAD = "exec(open(%r).read(), {'__name__': 'observer', 'TREE': %r, 'OWN': globals()})"
START = "try:\n    _start\nexcept NameError:\n    " + LOAD + "\n_start(globals())\ntry:\n    pass\n"
END = "except _BaseException as _error:\n    _finish(_globals(), _error)\n    raise\nelse:\n    _finish(_globals())\n"


def _value(item):
    kind = type(item)
    if kind is str:
        return item.replace(TREE, "<tree>").replace(sys.implementation.cache_tag or "<tag>", "<tag>")
    if isinstance(item, type(sys)):
        return next((["module", key] for key in KEYS if sys.modules[key] is item), ["stray"])
    if isinstance(item, type) or kind in (type(_value), type(len)):
        return ["class" if isinstance(item, type) else "function", item.__name__]
    if hasattr(kind, "__iter__") and hasattr(kind, "__getitem__") and not hasattr(kind, "keys"):
        try:
            own = [x for x in item if TREE in str(getattr(getattr(x, "module_finder", None), "path", TREE))]
            return [LIST.get(kind.__name__, "iterable")] + [_value(x) for x in own[kind.__name__ == "ModuleInfo" :]]
        except Exception:
            return ["object", kind.__name__]
    return item if item is None or kind in (bool, int) else ["object", kind.__name__]


def _describe(prefix, space):
    names = sorted(name for name in list(space) if type(name) is str and name not in VECTOR["apart"])
    own = [name for name in names if name[:2] + name[-2:] != "____" or name in ("__all__", "__main__")]
    SEEN.update({prefix + "/" + name: _value(space[name]) for name in names}, **{prefix + "/": own})
    spec = space.get("__spec__")
    SEEN.update({prefix + "/__spec__." + name: _value(getattr(spec, name)) for name in FIELDS if hasattr(spec, name)})


def _finish(space, error):
    own = {key for key in list(sys.modules) if type(key) is str and key.split(".")[0] in VECTOR["scope"]}
    KEYS.extend(sorted(own - {"__main__"}))
    SEEN.update(outcome="raised" if error else "completed", error=type(error).__name__, modules=KEYS)
    SEEN.update({"error." + name: _value(getattr(error, name)) for name in FIELDS if hasattr(error, name)})
    _describe("program", space)
    for key in KEYS:
        item = sys.modules[key]
        known = isinstance(item, (type(None), type(sys)))
        SEEN["module " + key] = _value(item) if known else ["object", type(item).__name__]
        _describe("module " + key, getattr(item, "__dict__", {}))
    Path(TREE, "seen.json").write_text(json.dumps(SEEN))


def _ask(source, vector):
    with tempfile.TemporaryDirectory() as place:
        tree = shutil.copytree(source, os.path.realpath(place) + "/tree")
        main, head = Path(tree, vector["main"]), vector["docstring"]
        lines = main.read_text("utf-8").splitlines(True)
        body = [START % (os.path.abspath(__file__), tree)] + ["    " + line for line in lines[head:]]
        main.write_text("".join(lines[:head] + body + [END]), "utf-8")
        Path(tree, "seen.json").write_text('{"outcome": "unbegun"}')
        command = [sys.executable] + [word.replace("<tree>", tree) for word in vector["command"]]
        given = dict(os.environ, **{key: text.replace("<tree>", tree) for key, text in vector["environment"].items()})
        try:
            cwd = os.path.join(tree, vector["directory"])
            ended = subprocess.run(command, cwd=cwd, env=given, capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:
            return {"outcome": "lost"}
        seen = json.loads(Path(tree, "seen.json").read_text())
    lines = ended.stdout.decode("utf-8", "surrogatepass").splitlines()
    return dict(seen, output=len(lines), **{"output %d" % number: line for number, line in enumerate(lines)})


def _wrong(directory):
    vector, found = json.loads(Path(directory, "vector.json").read_text()), [None]
    for part in vector["expected"]:
        if part["since"] <= list(sys.version_info[:3]) < part["until"]:
            seen = {key: json.dumps(value) for key, value in _ask(directory, vector).items()}
            worlds = [dict(part["always"], **world).items() for world in part["worlds"]]
            found = [[(key, seen.get(key), some) for key, some in w if seen.get(key) not in some] for w in worlds]
    return min(found, key=len) if found[0] is not None else None


if __name__ == "observer":
    VECTOR, KEYS, SEEN = json.loads(Path(TREE, "vector.json").read_text()), [], {}
    MAIN = OWN if VECTOR["command"][0] == "-c" else sys.modules["__main__"].__dict__
    Path(TREE, "seen.json").write_text('{"outcome": "lost"}')
    builtins._start = lambda space: space is MAIN and SEEN.update(argv0=_value(sys.argv[0]), path0=_value(sys.path[0]))
    builtins._finish = lambda space, error=None: _finish(space, error) if space is MAIN else None
    builtins._globals, builtins._BaseException, sys.excepthook = globals, BaseException, lambda *_: None
elif __name__ == "__main__":
    verdicts = []
    for directory in sorted(Path(sys.argv[1]).iterdir()):
        wrong = _wrong(directory) if directory.name in (sys.argv[2:] or [directory.name]) else None
        verdicts += [bool(wrong)] * (wrong is not None)
        for key, seen, some in wrong or []:
            print("%s: %s is %s, not %s" % (directory.name, key, seen, " or ".join(map(str, some))))
    print("%d vectors as documented, %d not" % (verdicts.count(False), verdicts.count(True)))
    sys.exit(max(verdicts, default=2))
