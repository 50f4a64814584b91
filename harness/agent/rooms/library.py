"""What a case uses of the library, loaded before it begins.

A function may import others when it is called first: dozens on some implementations. A case that asks who was imported
would see them, and each child of a server would load them anew. So each is called once before a case that calls it.

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


def _built_in(method):
    """What the importer of built-in modules tells of one."""
    return getattr(_host["importlib.machinery"].BuiltinImporter, method)("sys")


def _files():
    """Where the resources of a package of the library lie."""
    return _host["importlib.resources"].files("importlib")


_CALLS = {
    "builtins.__import__": lambda: __import__("sys"),
    "builtins.dir": lambda: dir(sys),
    "builtins.exec": lambda: exec("", {}),
    "builtins.getattr": lambda: sys.path,
    "builtins.globals": lambda: globals(),
    "builtins.isinstance": lambda: isinstance(sys, type(sys)),
    "builtins.property": lambda: property(type),
    "builtins.repr": lambda: repr(sys),
    "builtins.sorted": lambda: sorted([]),
    "builtins.type": lambda: type(sys),
    "importlib.__import__": lambda: _host["importlib"].__import__("sys"),
    "builtins.issubclass": lambda: issubclass(int, int),
    "importlib": lambda: _host["importlib"],
    "importlib.abc": lambda: _host["importlib.abc"],
    "importlib.abc.ExecutionLoader.get_filename": lambda: _loader().get_filename("tried"),
    "importlib.abc.InspectLoader.get_code": lambda: _loader().get_code("tried"),
    "importlib.abc.InspectLoader.get_source": lambda: _loader().get_source("tried"),
    "importlib.abc.InspectLoader.is_package": lambda: _loader().is_package("tried"),
    "importlib.abc.ExecutionLoader.is_package": lambda: _host["importlib.abc"].ExecutionLoader,
    "importlib.abc.MetaPathFinder.invalidate_caches": lambda: _host["importlib.abc"].MetaPathFinder,
    "importlib.abc.InspectLoader.source_to_code": lambda: _host["importlib.abc"].InspectLoader.source_to_code(""),
    "importlib.abc.ResourceLoader.get_data": lambda: _loader().get_data(_TRIED),
    "importlib.abc.Loader.load_module": lambda: _loader(),
    "importlib.abc.Loader.exec_module": lambda: _executed(lambda loader: loader),
    "importlib.import_module": lambda: _host["importlib"].import_module("sys"),
    "importlib.invalidate_caches": lambda: _host["importlib"].invalidate_caches(),
    "importlib.abc.Loader": lambda: _host["importlib.abc"].Loader,
    "importlib.machinery.ModuleSpec": lambda: _host["importlib.machinery"].ModuleSpec("tried", None),
    "importlib.machinery.NamespaceLoader": lambda: hasattr(_host["importlib.machinery"], "NamespaceLoader"),
    "importlib.machinery.NamespacePath": lambda: hasattr(_host["importlib.machinery"], "NamespacePath"),
    "importlib.reload": lambda: _host["importlib"].reload(_host["errno"]),
    "importlib.util.LazyLoader": lambda: _executed(_host["importlib.util"].LazyLoader),
    "importlib.util.decode_source": lambda: _host["importlib.util"].decode_source(b"x = 1"),
    "importlib.util.find_spec": lambda: _host["importlib.util"].find_spec("importlib.util"),
    "importlib.util.module_from_spec": lambda: _host["importlib.util"].module_from_spec(
        _host["importlib.util"].spec_from_loader("tried", None)
    ),
    "importlib.util.resolve_name": lambda: _host["importlib.util"].resolve_name(".b", "a"),
    "importlib.util.spec_from_file_location": lambda: _host["importlib.util"].spec_from_file_location("tried", _TRIED),
    "importlib.util.spec_from_loader": lambda: _host["importlib.util"].spec_from_loader("tried", None),
    "importlib.machinery.BuiltinImporter.find_spec": lambda: _built_in("find_spec"),
    "importlib.machinery.FrozenImporter.find_spec": lambda: _host["importlib.machinery"].FrozenImporter.find_spec("x"),
    "importlib.machinery.FrozenImporter.get_code": lambda: _host["importlib.machinery"],
    "importlib.machinery.FrozenImporter.get_source": lambda: _host["importlib.machinery"],
    "importlib.machinery.FrozenImporter.is_package": lambda: _host["importlib.machinery"],
    "importlib.machinery.BuiltinImporter.get_code": lambda: _built_in("get_code"),
    "importlib.machinery.BuiltinImporter.get_source": lambda: _built_in("get_source"),
    "importlib.machinery.BuiltinImporter.is_package": lambda: _built_in("is_package"),
    "importlib.machinery.all_suffixes": lambda: _host["importlib.machinery"].all_suffixes(),
    "importlib.resources.abc.Traversable.is_file": lambda: _files().joinpath("abc.py").is_file(),
    "importlib.resources.abc.Traversable.joinpath": lambda: _files().joinpath("abc.py"),
    "importlib.resources.abc.Traversable.read_text": lambda: _files().joinpath("abc.py").read_text(),
    "importlib.resources.files": lambda: _files(),
    "importlib.resources.is_resource": lambda: _host["importlib.resources"].is_resource("importlib", "abc.py"),
    "importlib.util.cache_from_source": lambda: _host["importlib.util"].cache_from_source("tried.py"),
    "importlib.util.source_from_cache": lambda: _host["importlib.util"].source_from_cache(
        _host["importlib.util"].cache_from_source("tried.py")
    ),
    "importlib.machinery": lambda: _host["importlib.machinery"],
    "operator.contains": lambda: _host["operator"].contains([], 1),
    "operator.eq": lambda: _host["operator"].eq(1, 1),
    "operator.is_": lambda: _host["operator"].is_(1, 1),
    "pathlib.Path": lambda: _host["pathlib"].Path("tried"),
    "pkgutil": lambda: _host["pkgutil"],
    "pkgutil.extend_path": lambda: _host["pkgutil"].extend_path([], "tried"),
    "pkgutil.find_loader": lambda: _host["pkgutil"].find_loader("pkgutil"),
    "pkgutil.get_loader": lambda: _host["pkgutil"].get_loader("pkgutil"),
    "pkgutil.get_data": lambda: _host["pkgutil"].get_data("importlib", "__init__.py"),
    "pkgutil.get_importer": lambda: _host["pkgutil"].get_importer(_FOLDER + "rooms"),
    "pkgutil.iter_importers": lambda: list(_host["pkgutil"].iter_importers("importlib.util")),
    "pkgutil.iter_modules": lambda: list(_host["pkgutil"].iter_modules([_FOLDER + "rooms"])),
    "pkgutil.resolve_name": lambda: _host["pkgutil"].resolve_name("sys:path"),
    "pkgutil.walk_packages": lambda: list(_host["pkgutil"].walk_packages([_FOLDER + "rooms"])),
    "runpy.run_module": lambda: _host["runpy"].run_module("__future__"),
    "runpy.run_path": lambda: _host["runpy"].run_path(_TRIED),
    "runpy.__loader__.load_module": lambda: _host["runpy"],
    "sys": lambda: sys,
    "warnings.warn_explicit": lambda: _host["linecache"],
    "warnings.warn": lambda: _host["warnings"].warn,
    "types.ModuleType.__setattr__": lambda: _host["types"].ModuleType.__setattr__,
    "types.ModuleType": lambda: _host["types"].ModuleType("tried"),
    "zipimport.zipimporter.load_module": lambda: _host["zipimport"].zipimporter,
    "zipimport.zipimporter": lambda: _host["zipimport"].zipimporter,
    "zlib.decompress": lambda: _host["zlib"].decompress,
}
"""A first call of each documented function that a case may call, which changes nothing."""


def _load_of_library(name):
    """Load a module, if the implementation has it: if not, the case will say so."""
    try:
        _host[name]
    except Exception:
        pass


def _called(function):
    """Call it once, or load what it belongs to, as far as the implementation has it."""
    if function not in _CALLS:
        _load_of_library(function.rpartition(".")[0])
        return
    try:
        _CALLS[function]()
    except Exception:
        pass


def _ready(functions, tree):
    """Load the modules of these functions and call each once; ``tree`` is the directory of the case.

    A module that was loaded stays the one it was, whatever a call does: a server's children differ in nothing from a
    fresh process, for which others were called.
    """
    path, sys.path[:] = (
        sys.path[:],
        [place for place in _PLACES if place and (place + "/")[: len(tree) + 1] != tree + "/"],
    )
    cache = getattr(sys, "path_importer_cache", {})
    _PLACES[:], before = sys.path, set(cache)
    for function in functions:
        if function not in _READY:
            _READY.add(function)
            for module in [item[0][0] for item in _TRUSTED.values()] + [function.partition(".")[0]]:
                _load_of_library(module)
            loaded = list(_MODULES.items())
            _called(function)
            for name, module in loaded:
                if _MODULES.get(name) is not module:
                    _MODULES[name] = module
    for place in set(cache) - before - set(_PLACES):
        del cache[place]
    sys.path[:] = path
