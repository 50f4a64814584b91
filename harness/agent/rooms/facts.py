"""The facts of one case, as ``harness.model.observation`` has them.

Needs: origin, attributes, hearing, host, values.
"""

_UNOBSERVED = ("unobserved",)
_AUTHORS = ("__all__", "__main__")
_MOST_EVENTS = 2000
_MOST_WARNINGS = 20


class _Observer:
    """Makes the facts of one case."""

    def __init__(self, tree, scope):
        self.tree = tree
        self.scope = set(scope) | {"__main__"}
        self.trace = []
        self.values = _Values(tree)
        self.notes = {}

    def mark(self, label, name):
        """Add an event to the trace, unless it has one more than is observed."""
        if len(self.trace) <= _MOST_EVENTS:
            self.trace.append((label, name))

    def observe(self, namespace, error):
        """Make every fact, now that the program has ended with ``error`` or without one."""
        values, facts = self.values, self.values.facts
        events, self.trace = self.trace, []  # who still runs, or is woken by looking, adds to another one
        facts["outcome"] = "completed" if error is None else "raised"
        if len(events) > _MOST_EVENTS:
            facts["outcome"] = ("unsupported", "more than %d events" % _MOST_EVENTS)
        if _host.refused:
            facts["outcome"] = ("unsupported", "a function is given another object as a " + _host.refused)
        keys = sorted([key for key in list(_MODULES) if type(key) is str and key.split(".")[0] in self.scope])
        keys = [key for key in keys if key != "__main__"]
        for key in keys:
            self.meet(key, _MODULES[key])
        for index, (label, name) in enumerate(events[:_MOST_EVENTS]):
            facts["trace/%04d" % index] = ("event", label, values.value(name))
        facts["trace/length"] = len(events)
        if error is not None:
            self.exception(error)
        self.names("names", "binding/", namespace)
        facts["modules"] = ("list",) + tuple(keys)
        for key in keys:
            self.entry("module/" + key, _MODULES[key])
        facts["warnings"] = ("list",) + tuple(sorted({kind for kind, _ in _warned})) if _HEARD else _UNOBSERVED
        if _warned:
            said = sorted({"%s: %s" % told for told in _warned})
            self.notes["warnings"] = "\n".join([text.replace("\n", " ")[:_LONGEST] for text in said[:_MOST_WARNINGS]])

    def meet(self, key, module):
        """Remember by which key a module is held, and its loader."""
        self.values.keys.setdefault(id(module), key)
        spec = _past(module).get("__spec__") if _is_module(module) else None
        loader = getattr(spec, "loader", None) if _is_spec(spec) else None
        if loader is not None:
            self.values.loaders.setdefault(id(loader), key)

    def exception(self, error):
        """The facts about the exception that ended the program."""
        self.values.facts["exception/type"] = type(error).__name__
        for name in ("cause", "context"):
            held = getattr(error, "__%s__" % name, _ABSENT)
            told = held is None or held is _ABSENT
            self.values.facts["exception/" + name] = held if told else type(held).__name__
        if issubclass(type(error), ImportError):
            for name in ("name", "path", "name_from"):
                self.values.facts["exception/" + name] = self.values.attribute(error, name)
            for name in ("name", "path"):
                self.shown(error, name)
        try:
            self.notes["message"] = str(error)[:_LONGEST]
        except Exception:
            self.notes["message"] = ""

    def shown(self, error, name):
        """The facts about what an ImportError says of one of its attributes."""
        held = getattr(error, name, None)
        told = type(held) is str
        self.values.facts["exception/message-" + name] = told and held in str(error)
        self.values.facts["exception/repr-" + name] = told and "%s=%r" % (name, held) in repr(error)

    def names(self, key, prefix, namespace, depth=0):
        """The facts about the names in a namespace, and of a dictionary that one has those about its names."""
        names = [name for name in list(namespace) if type(name) is str]
        names = sorted([name for name in names if name[:2] != "__" or name[-2:] != "__" or name in _AUTHORS])
        self.values.facts[key] = ("list",) + tuple(names)
        for name in names:
            item = namespace[name]
            self.values.facts[prefix + name] = self.values.value(item)
            if _is_spec(item):
                _bound_spec(self.values, prefix + name + "/", item)
            if type(item) is dict and not depth:
                self.names(prefix + name + "/names", prefix + name + "/value/", item, 1)
                _attributes(self.values, prefix + name, item)
                _spec(self.values, prefix + name, None, item)

    def entry(self, prefix, module):
        """The facts about one entry of ``sys.modules``."""
        facts = self.values.facts
        facts[prefix] = self.values.value(module)
        if not _is_module(module):
            if module is not None:
                facts[prefix] = ("object", type(module).__name__)
            return
        namespace = _past(module)
        self.names(prefix + "/names", prefix + "/value/", namespace)
        _attributes(self.values, prefix, namespace)
        _spec(self.values, prefix, module, namespace)
        if "__dir__" in namespace and type(module) is _MODULE:
            try:
                facts[prefix + "/dir"] = self.values.value(dir(module))
            except Exception as error:
                facts[prefix + "/dir"] = ("raised", type(error).__name__)

    def started(self):
        """The facts about how the implementation began the program it was told to run."""
        for key, items in (("argv0", sys.argv), ("path0", sys.path)):
            self.values.facts[key] = self.values.value(items[0]) if items else _ABSENT

    def launched(self, namespace, mains):
        """The facts about that program's namespace, and about that one of ``mains`` whose namespace it is."""
        mains = [main for main in mains if _is_module(main) and _past(main) is namespace]
        _attributes(self.values, "main", namespace)
        _spec(self.values, "main", mains[0] if mains else None, namespace)

    def answer(self):
        """Facts and notes as the wire takes them."""
        return (tuple(self.values.facts.items()), tuple(self.notes.items()))
