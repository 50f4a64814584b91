"""The values that stand for objects, as ``harness.model.values`` has them.

To look at an object must not change it: each attribute of a module that is loaded lazily executes it, ``__class__``
too, which ``isinstance`` asks for. So a kind is what ``type`` says, and a namespace is read past its module.

Needs: origin.
"""

_TAG = getattr(sys.implementation, "cache_tag", None)
_OPTIMIZED = getattr(getattr(sys, "flags", None), "optimize", 0)
if _TAG and _OPTIMIZED:
    _TAG += ".opt-%d" % _OPTIMIZED
_MIRROR = getattr(sys, "pycache_prefix", None)
_CACHE = "/__pycache__"
_ABSENT = ("absent",)
_DEEPEST = 4
_INFO = ("pkgutil", "ModuleInfo")


def _past(module):
    """The namespace of a module, which does not notice; nothing where a case has put something else in its place."""
    held = module.__dict__
    return held if type(held) is dict else {}


if not _MICRO:
    _past = _MODULE.__dict__["__dict__"].__get__


def _is_module(item):
    """Whether it is a module, executed or not."""
    return issubclass(type(item), _MODULE)


def _is_spec(item):
    """Whether it is a module spec."""
    return item is not None and issubclass(type(item), _MODULE_SPEC)


def _is_info(item):
    """Whether it is a ModuleInfo; the classes of MicroPython do not say of which module they are."""
    kind = type(item)
    return issubclass(kind, tuple) and (getattr(kind, "__module__", None), kind.__name__) == _INFO


class _Values:
    """Spells objects as values, for the facts it holds; numbers the modules that no key holds as they are met."""

    def __init__(self, tree):
        self.facts = {}
        self.tree = tree
        self.mirror = _MIRROR and _MIRROR.rstrip("/") + tree + "/"
        self.keys = {}
        self.loaders = {}
        self.strays = {}
        self.kept = []

    def text(self, text):
        """A string without the place of the tree; where the command gave bytecode another place, as if it had not."""
        tree = self.tree
        if self.mirror and text[: len(self.mirror)] == self.mirror:
            directory, _, name = text[len(self.mirror) - 1 :].rpartition("/")
            text = tree + directory + "/__pycache__/" + name
        if text[: len(tree)] != tree or text[len(tree) : len(tree) + 1] not in ("", "/"):
            before, inside, after = text.partition(tree[1:] + "/")
            return before + "<place of the tree>/" + after if inside else text
        text = "<tree>" + text[len(tree) :]
        directory, _, name = text.rpartition("/")
        if not _TAG or directory[-len(_CACHE) :] != _CACHE:
            return text
        return directory + "/" + name.replace("." + _TAG + ".", ".<tag>.")

    def value(self, item, depth=0):
        """The value that stands for an object."""
        kind = type(item)
        if item is None or kind is bool or kind is int:
            return item
        if kind is str:
            return self.text(item)
        if kind is bytes:
            return ("bytes", item.decode("latin-1"))
        if kind is _LAZY:
            return ("lazy",)
        if issubclass(kind, _MODULE):
            return self.module(item)
        if kind is list or kind is tuple:
            if depth >= _DEEPEST:
                return ("object", kind.__name__)
            return (kind.__name__,) + self.items(item, depth + 1)
        if issubclass(kind, type):
            return ("class", item.__name__)
        if issubclass(kind, _FUNCTIONS):
            return ("function", getattr(item, "__name__", "?"))
        return self.of_library(item) or self.iterable(item) or ("object", kind.__name__)

    def items(self, items, depth):
        """The values of what is in a list; of ModuleInfo those that the tree has, by name: no document orders them."""
        if not items or [each for each in items if not _is_info(each)]:
            return tuple([self.value(each, depth) for each in items])
        return tuple(sorted([self.value(each) for each in items if self.inside(each[0])]))

    def inside(self, finder):
        """Whether a finder is for a directory or an archive of the tree."""
        place = getattr(finder, "path", getattr(finder, "archive", None))
        return type(place) is str and (place[:1] != "/" or (place + "/")[: len(self.tree) + 1] == self.tree + "/")

    def of_library(self, item):
        """The value of an object that the library makes, or None."""
        if _is_spec(item):
            name = self.attribute(item, "name")
            return ("spec", name if type(name) is str else "")
        if id(item) in self.loaders:
            return ("loader", self.loaders[id(item)])
        if _is_info(item):
            return ("module-info", self.value(item[1]), self.value(item[2]))
        return None

    def iterable(self, item):
        """The value of an iterable of strings such as a namespace package's ``__path__``, or None."""
        kind = type(item)
        if not (hasattr(kind, "__iter__") and hasattr(kind, "__getitem__")) or hasattr(kind, "keys"):
            return None
        try:
            items = list(item)
        except Exception:
            return None
        if [each for each in items if type(each) is not str] or kind is bytes:
            return None
        return ("iterable",) + tuple([self.text(each) for each in items])

    def module(self, module):
        """The value that stands for a module object."""
        key, kind = self.keys.get(id(module)), type(module)
        if kind is not _MODULE and kind.__module__ == "importlib.util":
            return ("unloaded", _past(module).get("__name__"))
        if key is not None:
            return ("module", key)
        name = _past(module).get("__name__", "")
        if type(name) is not str:
            name = ""
        met = self.strays.setdefault(name, [])
        if id(module) not in met:
            met.append(id(module))
            self.kept.append(module)
        return ("stray", name, met.index(id(module)))

    def attribute(self, item, name):
        """The value of an attribute, ("absent",) where there is none."""
        try:
            return self.value(getattr(item, name))
        except AttributeError:
            return _ABSENT
        except Exception as error:
            return ("raised", type(error).__name__)
