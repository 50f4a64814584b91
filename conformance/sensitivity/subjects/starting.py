"""Makes the fault be there, at the start of an interpreter, before anything that is not part of it runs.

It is executed with ``PLAN`` among its globals, as ``preparing.py`` writes it, and leaves nothing behind: what is
faulty are the functions and values that were there before, so that everybody who holds one of them has the fault.
"""

import sys

_FUNCTION = type(lambda: None)
_FIRST = ("builtins", "sys", "_imp", "_frozen_importlib")
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
    old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
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


def install():
    """Sets up the import system once more, as the interpreter did when it started: with the modules there were then."""
    bootstrap = sys.modules["_frozen_importlib"]
    state = getattr(bootstrap.__spec__, "loader_state", None)
    zips = [hook for hook in sys.path_hooks if isinstance(hook, type)]
    modules = dict(sys.modules)
    for name, module in modules.items():
        if name not in _FIRST:
            if getattr(module, "__loader__", None) is not bootstrap.BuiltinImporter:
                del sys.modules[name]
        else:
            module.__spec__ = module.__loader__ = module.__package__ = None
    library = getattr(sys, "_stdlib_dir", None)
    if state is not None:
        bootstrap.__origname__ = state.origname
        sys._stdlib_dir = None
    del sys.path_hooks[:], sys.meta_path[:]
    bootstrap._install(sys, sys.modules["_imp"])
    if state is not None:
        sys._stdlib_dir = library
    sys.modules.clear()
    sys.modules.update(modules)
    bootstrap._install_external_importers()
    sys.path_hooks[:0] = zips


def freeze(name, code):
    """The code of a frozen module that is not loaded yet is the given one, whenever it is."""
    machinery = sys.modules["_imp"]
    original = machinery.get_frozen_object

    def get_frozen_object(asked, *data):
        return code if asked == name else original(asked, *data)

    machinery.get_frozen_object = get_frozen_object


def graft(name, codes, statements, names, again):
    """The fault comes into a module that is loaded."""
    module = sys.modules[name]
    recode(module, codes)
    execute(module, statements, names)
    if again:
        install()
    sys.path_importer_cache.clear()


for _kind, *_arguments in PLAN:
    {"graft": graft, "freeze": freeze}[_kind](*_arguments)
