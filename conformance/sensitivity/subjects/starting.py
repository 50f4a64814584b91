"""Makes the fault be there, at the start of an interpreter, before anything that is not part of it runs.

It is executed with ``PLAN`` among its globals, as ``preparing.py`` writes it, and leaves nothing behind: what is
faulty are the functions and values that were there before, so that everybody who holds one of them has the fault.
"""

import sys

_FUNCTION = type(lambda: None)
_FIRST = ("builtins", "sys", "_imp", "_frozen_importlib")
_FUNCTION_ATTRIBUTES = ("__code__", "__defaults__", "__kwdefaults__", "__name__", "__qualname__", "__doc__")
_BUILTIN_ATTRIBUTES = ("__dict__", "__weakref__", "__module__", "__doc__", "__qualname__")


def inner(value):
    """The functions, classes and cells that a value is made of."""
    if isinstance(value, _FUNCTION):
        return (*(value.__closure__ or ()), *vars(value).values())
    if hasattr(type(value), "cell_contents"):
        try:
            return (value.cell_contents,)
        except ValueError:
            return ()
    if isinstance(value, (staticmethod, classmethod)):
        return (value.__func__,)
    if isinstance(value, property):
        return (value.fget, value.fset, value.fdel)
    if isinstance(value, type):
        return tuple(vars(value).values())
    return ()


def living(module):
    """Every function that a module holds, or whoever finds or loads for it: inside of each other and of its classes."""
    waiting = [*vars(module).values(), *sys.path_hooks, *sys.meta_path]
    seen = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen or (isinstance(value, type) and value.__module__ != module.__name__):
            continue
        seen.add(id(value))
        waiting += inner(value)
        if isinstance(value, _FUNCTION):
            yield value


def recode(module, codes):
    """Gives each function the code that is from the same file, and has its name and its first line."""
    for function in living(module) if codes else ():
        old = function.__code__
        code = codes.get((old.co_name, old.co_firstlineno))
        if code is not None and code.co_filename == old.co_filename:
            function.__code__ = code


def merged(old, new):
    """Whether the old value could be made like the new one, and is now."""
    if type(old) is not type(new):
        return False
    if isinstance(old, _FUNCTION):
        return merged_function(old, new)
    if isinstance(old, (staticmethod, classmethod)):
        return merged(old.__func__, new.__func__)
    if isinstance(old, property):
        pairs = zip(inner(old), inner(new))
        return all(first is second or merged(first, second) for first, second in pairs)
    if isinstance(old, type):
        return merged_class(old, new)
    if isinstance(old, list):
        old[:] = new
        return True
    return False


def merged_function(old, new):
    """The same for functions: what they close over is made alike, too."""
    if old.__code__.co_freevars != new.__code__.co_freevars:
        return False
    for name in _FUNCTION_ATTRIBUTES:
        setattr(old, name, getattr(new, name))
    vars(old).clear()
    vars(old).update(vars(new))
    for first, second in zip(old.__closure__ or (), new.__closure__ or ()):
        for left, right in zip(inner(first), inner(second)):
            if isinstance(left, _FUNCTION) and not merged(left, right):
                first.cell_contents = right
    return True


def merged_class(old, new):
    """The same for classes, whose instances keep their class."""
    for name in [name for name in vars(old) if name not in vars(new) and name not in _BUILTIN_ATTRIBUTES]:
        delattr(old, name)
    for name, value in vars(new).items():
        if name in _BUILTIN_ATTRIBUTES or type(value).__name__ in ("getset_descriptor", "member_descriptor"):
            continue
        if name not in vars(old) or not (vars(old)[name] is value or merged(vars(old)[name], value)):
            setattr(old, name, value)
    return True


def execute(module, statements, names):
    """Runs statements of a module once more, as if the ``names`` had never been bound."""
    space = vars(module)
    before = dict(space)
    for name in names:
        space.pop(name, None)
    for statement in statements:
        exec(statement, space)
    for name, value in before.items():
        if name in space and space[name] is not value and merged(value, space[name]):
            space[name] = value


def forget(module, names, empty, lists, classes):
    """Takes from a module and its classes what they were given since its statements were executed."""
    space = vars(module)
    for name in [name for name in space if name not in names and not name.startswith("__")]:
        del space[name]
    space.update(dict.fromkeys(empty))
    for name in lists:
        space[name].clear()
    for name, attributes in classes.items():
        for given in [given for given in vars(space[name]) if given not in attributes and not given.startswith("__")]:
            delattr(space[name], given)


def loaded(module, loader):
    """Whether that loader has loaded the module: what was there before anything was is only told whose it is."""
    spec = getattr(module, "__spec__", None)
    return getattr(spec, "loader", None) is loader and hasattr(spec, "_initializing")


def install():
    """Sets up the import system once more, as the interpreter did when it started: with the modules there were then.

    Built-in modules are loaded once more, but stay those that they are.
    """
    bootstrap, machinery = sys.modules["_frozen_importlib"], sys.modules["_imp"]
    state = getattr(bootstrap.__spec__, "loader_state", None)
    zips = [hook for hook in sys.path_hooks if isinstance(hook, type)]
    modules = dict(sys.modules)
    loader = bootstrap.BuiltinImporter
    there = {name: item for name, item in modules.items() if getattr(item, "__loader__", None) is loader}
    built_in = {name: item for name, item in there.items() if loaded(item, loader) and name not in _FIRST}
    for name in modules:
        if name not in _FIRST and (name in built_in or name not in there):
            del sys.modules[name]
    for name in {*built_in, *_FIRST}:
        modules[name].__spec__ = modules[name].__loader__ = modules[name].__package__ = None
    library = getattr(sys, "_stdlib_dir", None)
    if state is not None:
        bootstrap.__origname__ = state.origname
        sys._stdlib_dir = None
    del sys.path_hooks[:], sys.meta_path[:]
    create, run = machinery.create_builtin, machinery.exec_builtin
    machinery.create_builtin = lambda spec: built_in.get(spec.name) or create(spec)
    machinery.exec_builtin = lambda module: None if module in built_in.values() else run(module)
    bootstrap._install(sys, machinery)
    if state is not None:
        sys._stdlib_dir = library
    sys.modules.update((name, module) for name, module in modules.items() if name not in built_in)
    bootstrap._install_external_importers()
    for name in built_in:
        __import__(name)
    machinery.create_builtin, machinery.exec_builtin = create, run
    sys.modules.clear()
    sys.modules.update(modules)
    sys.path_hooks[:0] = zips


def freeze(name, code):
    """The code of a frozen module that is not loaded yet is the given one, whenever it is."""
    machinery = sys.modules["_imp"]
    original = machinery.get_frozen_object

    def get_frozen_object(asked, *data):
        return code if asked == name else original(asked, *data)

    machinery.get_frozen_object = get_frozen_object


def graft(name, codes, statements, names, bound):
    """The fault comes into a module that is loaded, and was not set up yet when its statements were executed."""
    module = sys.modules[name]
    recode(module, codes)
    if bound:
        forget(module, *bound)
    execute(module, statements, names)
    sys.path_importer_cache.clear()


def again(bound):
    """What the modules of the import system did when they were set up they do once more."""
    for name, what in bound.items():
        forget(sys.modules[name], *what)
    install()
    sys.path_importer_cache.clear()


try:
    for _kind, *_arguments in PLAN:
        {"graft": graft, "freeze": freeze, "again": again}[_kind](*_arguments)
except BaseException as _error:  # noqa: BLE001 - PyPy would start without encodings
    _system = __import__("posix")
    _system.write(2, ascii(_error).encode("ascii") + b"\n")
    _system._exit(1)
