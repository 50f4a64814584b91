"""What a case uses of the library, loaded before it begins.

A function may import others when it is called first: dozens on some implementations. A case that asks who was imported
would see them, and each child of a server would load them anew. So each is called once before a case that calls it.
The request brings these first calls along: they are expressions in built-in names and the words ``_host``, ``sys``,
``_FOLDER`` and what stands here in front of ``_ready``. They come from the tables of what can be said, and have
nothing of a case in them.

Needs: origin, host.
"""

_READY = set()
_TRIED = _FOLDER + "rooms/__init__.py"


def _executed(wrap):
    """Execute a module by its loader, around which ``wrap`` puts another."""
    util = _host["importlib.util"]
    spec = util.spec_from_file_location("tried", _TRIED)
    spec.loader = wrap(spec.loader)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.__doc__


def _loader():
    """A loader of source files."""
    return _host["importlib.util"].spec_from_file_location("tried", _TRIED).loader


def _files():
    """Where the resources of a package of the library lie."""
    return _host["importlib.resources"].files("importlib")


def _load_of_library(name):
    """Load a module, if the implementation has it: if not, the case will say so."""
    try:
        _host[name]
    except Exception:
        pass


def _called(call):
    """Make a first call, as far as the implementation has what is called."""
    try:
        eval(call, globals())
    except Exception:
        pass


def _ready(calls, tree):
    """Make each of these first calls once; ``tree`` is the directory of the case.

    A module that was loaded stays the one it was, whatever a call does: a server's children differ in nothing from a
    fresh process, for which others were called.
    """
    path, sys.path[:] = (
        sys.path[:],
        [place for place in _PLACES if place and (place + "/")[: len(tree) + 1] != tree + "/"],
    )
    cache = getattr(sys, "path_importer_cache", {})
    _PLACES[:], before = sys.path, set(cache)
    for call in calls:
        if call not in _READY:
            _READY.add(call)
            for module in [item[0][0] for item in _TRUSTED.values()]:
                _load_of_library(module)
            loaded = list(_MODULES.items())
            _called(call)
            for name, module in loaded:
                if _MODULES.get(name) is not module:
                    _MODULES[name] = module
    for place in set(cache) - before - set(_PLACES):
        del cache[place]
    sys.path[:] = path
