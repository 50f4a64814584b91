"""The facts about the import-related attributes of modules, and about module specs.

Needs: origin, values.
"""

_ATTRIBUTES = ("__name__", "__package__", "__path__", "__file__", "__cached__", "__doc__")
_SPEC = ("name", "origin", "parent", "has_location", "cached", "submodule_search_locations")
_LISTS = ("list", "tuple", "iterable")


def _attributes(values, prefix, namespace):
    """The facts about a module's import-related attributes but the spec and the loader."""
    for name in _ATTRIBUTES:
        values.facts[prefix + "/" + name] = values.value(namespace[name]) if name in namespace else _ABSENT


def _spec(values, prefix, module, namespace):
    """The facts about a module's spec, loader and repr."""
    facts = values.facts
    spec = namespace.get("__spec__")
    facts[prefix + "/__spec__"] = "present" if spec is not None else None if "__spec__" in namespace else _ABSENT
    if spec is not None:
        _fields(values, prefix + "/", spec)
        lists = facts[prefix + "/__path__"], facts[prefix + "/spec.submodule_search_locations"]
        if not [item for item in lists if type(item) is not tuple or item[0] not in _LISTS]:
            facts[prefix + "/same-path"] = lists[0][1:] == lists[1][1:]
    facts[prefix + "/__loader__"] = _ABSENT
    if "__loader__" in namespace:
        loader = namespace["__loader__"]
        same = spec is not None and getattr(spec, "loader", None) is loader
        facts[prefix + "/__loader__"] = None if loader is None else "spec.loader" if same else "other"
    if type(module) is _MODULE:
        facts[prefix + "/repr"] = _shown(module, spec, namespace)


def _shown(module, spec, namespace):
    """What the repr of a module shows of its name and its place."""
    name = namespace.get("__name__") if spec is None else getattr(spec, "name", None)
    origin = namespace.get("__file__") if spec is None else getattr(spec, "origin", None)
    try:
        shown = repr(module)
    except Exception as error:
        return ("raised", type(error).__name__)
    held = [type(text) is str and (text in shown or repr(text)[1:-1] in shown) for text in (name, origin)]
    return ("repr",) + tuple(held)


def _fields(values, prefix, spec):
    """The facts about the attributes of a spec."""
    for name in _SPEC:
        values.facts[prefix + "spec." + name] = values.attribute(spec, name)


def _bound_spec(values, prefix, spec):
    """The facts about a spec to which a name is bound."""
    _fields(values, prefix, spec)
    loader = getattr(spec, "loader", _ABSENT)
    values.facts[prefix + "spec.loader"] = loader if loader is None or loader is _ABSENT else "present"
    name = getattr(spec, "name", None)
    module = _MODULES.get(name) if type(name) is str else None
    exposed = _is_module(module) and _past(module).get("__spec__") is spec
    values.facts[prefix + "spec.exposed"] = exposed
