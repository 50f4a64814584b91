"""What a case uses of the library, as the implementation finds it without the tree.

Needs: origin.
"""

_PLACES = [_entry for _entry in sys.path if _entry != _FOLDER[:-1]]
_TRUSTED = {
    "class": (["builtins"], ["type"]),
    "spec": (["importlib.machinery", "_frozen_importlib"], ["ModuleSpec"]),
    "loader": (
        ["importlib.machinery", "_frozen_importlib_external"],
        ["SourceFileLoader", "SourcelessFileLoader", "NamespaceLoader"],
    ),
    "module": (["types"], ["ModuleType"]),
    "bytes": (["builtins"], ["bytes"]),
}


class _Host:
    """Modules of the library by their names."""

    def __init__(self, load, places):
        self._found = load, places
        self.refused = ""

    def __getitem__(self, name):
        path, sys.path[:] = sys.path[:], self._found[1]
        try:
            return sys.modules[name] if name in sys.modules else self._found[0](name, None, None, ["_"])
        finally:
            sys.path[:] = path

    def trusted(self, kind, item):
        """What a case gives a function that takes it for one of that kind, if it is: it could make it do anything.

        ``None`` does nothing, nor does what is called and cannot be. Of anything else the implementation is not asked,
        and so the case is unsupported.
        """
        if kind == "function" and not callable(item):
            return item
        known = self._types(kind)
        if kind == "loader" and "zipimport" in sys.modules:
            known.append(sys.modules["zipimport"].zipimporter)
        if item is not None and type(item) not in known:
            self.refused = kind
            raise TypeError("expected a " + kind)
        return item

    def _types(self, kind):
        """The types of that kind, of the first module that can be imported: a case may do well without the others."""
        if kind == "function":
            return [type(lambda: kind), type(lambda: None)]
        modules, names = _TRUSTED[kind]
        for module in modules:
            try:
                return [getattr(self[module], name, None) for name in names]
            except ImportError:
                if module == modules[-1]:
                    raise


_host = builtins._host = _Host(__import__, _PLACES)
