"""From a fact to the line that asserts it."""

from collections.abc import Callable
from typing import Final

import msgspec

from harness.model.values import ABSENT, Value
from reports.plain.sights import Sight
from reports.plain.spelling import Text, UnsayableError
from reports.plain.values import attribute, compared, entry, expression, negated
from reports.stating import told
from reports.wording import plural

RAISED: Final = "raised"
"""What the exception is called that ended the program."""


class Check(msgspec.Struct, frozen=True):
    """An assertion: what holds where the fact is as documented, what it is about, and what that is to be shown with.

    ``early``: it is made before the program. ``raised``: it is about the exception that ends the program. ``warned``:
    it is about what the program warned of.
    """

    holds: str
    about: str
    shown: str = ""
    early: bool = False
    raised: bool = False
    warned: bool = False
    wanted: str = ""
    seen: str = ""

    @property
    def line(self) -> str:
        """The statement."""
        return f"assert {self.holds}{', ' if self.shown else ''}{self.shown}"


class Inside(msgspec.Struct, frozen=True):
    """Where a check stands: in a text, whose program has its names among the text's own, or in a module ``program``."""

    text: Text
    program: str = ""
    raised: str = RAISED
    warned: str = "caught"

    def bound(self, name: str) -> str:
        """What the program has bound to a name."""
        return f"{self.program}.{name}" if self.program else name

    def binds(self, name: str) -> str:
        """That it has bound it."""
        if self.program:
            return f"{ascii(name)} in {self.text.builtin('vars')}({self.program})"
        return f"{ascii(name)} in {self.text.builtin('globals')}()"


def check(sight: Sight, inside: Inside) -> Check:
    """The assertion of the fact.

    Raises:
        UnsayableError: no assertion says it.
    """
    kind, _, rest = sight.fact.partition("/")
    match kind:
        case "exception":
            return _of_exception(sight, inside, rest)
        case "names":
            return _of_names(sight, "the names of the program", inside.binds)
        case "binding":
            return _of_binding(sight, inside, rest)
        case "modules":
            modules = f"{inside.text.module('sys')}.modules"
            return _of_names(sight, modules, lambda key: f"{ascii(key)} in {modules}")
        case "module":
            return _of_module(sight, inside, rest)
        case "main":
            return _of_main(sight, inside, rest)
        case "argv0" | "path0":
            item = f"{inside.text.module('sys')}.{kind.removesuffix('0')}[0]"
            return Check(compared(inside.text, item, sight.expected, sight.seen), item, item, early=True)
        case "warnings":
            return _of_warnings(sight, inside)
        case _:
            raise UnsayableError


def _of_exception(sight: Sight, inside: Inside, name: str) -> Check:
    text = inside.text
    if name in {"cause", "context"}:
        item = f"{inside.raised}.__{name}__"
        types = [value for value in sight.expected if isinstance(value, str)]
        tests = [f"{text.builtin('type')}({item}) is {text.builtin(each)}" for each in types]
        tests += [f"{item} is None"] * (None in sight.expected)
        return Check(" or ".join(tests), f"__{name}__ of the exception", f"{text.builtin('repr')}({item})", raised=True)
    shows, _, part = name.rpartition("-")
    if shows:
        where = f"{text.builtin('str' if shows == 'message' else 'repr')}({inside.raised})"
        held = f"{inside.raised}.{part}"
        what = held if shows == "message" else f"'{part}=' + {text.builtin('repr')}({held})"
        holds = f"{what} {'in' if sight.expected == (True,) else 'not in'} {where}"
        return Check(holds, f"what the exception shows of its {part}", where, raised=True)
    item = f"{inside.raised}.{name}"
    there = f"{text.builtin('hasattr')}({inside.raised}, {ascii(name)})"
    return Check(
        compared(text, item, sight.expected, sight.seen, there=there), f"{name} of the exception", item, raised=True
    )


def _of_names(sight: Sight, about: str, there: Callable[[str], str]) -> Check:
    """That a name is there, or that it is not: the first in which the lists differ."""
    wanted, seen = _items(sight.expected[0]), _items(sight.seen)
    missing = [name for name in wanted if name not in seen]
    more = [name for name in seen if name not in wanted]
    for name in missing[:1]:
        return Check(there(name), about, wanted=f"has {ascii(name)}", seen="has not")
    for name in more[:1]:
        return Check(negated(there(name)), about, wanted=f"has no {ascii(name)}", seen="has one")
    raise UnsayableError


def _items(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple) and value[0] == "list":
        return tuple(str(item) for item in value[1:])
    if value == ABSENT:
        return ()
    raise UnsayableError


def _of_binding(sight: Sight, inside: Inside, rest: str) -> Check:
    name, _, field = rest.partition("/spec.")
    item = inside.bound(name)
    holder, slash, key = name.partition("/")
    if not holder.isidentifier():
        raise UnsayableError
    if slash:
        return _of_dictionary(sight, inside.text, inside.bound(holder), key)
    if field:
        return _of_spec(sight, inside.text, item, field)
    return _of_value(sight, inside.text, item, inside.binds(name))


def _of_value(sight: Sight, text: Text, item: str, there: str) -> Check:
    """What a name or a key stands for; ``there`` is that there is such a one at all."""
    if any(_lists_infos(value) for value in sight.expected):
        return _of_infos(sight, text, item)
    return Check(compared(text, item, sight.expected, sight.seen, there=there), item, _shown(sight.seen, item))


def _lists_infos(value: Value) -> bool:
    return isinstance(value, tuple) and value[:1] == ("list",) and any(_is_info(item) for item in value[1:])


def _is_info(value: Value) -> bool:
    return isinstance(value, tuple) and value[:1] == ("module-info",)


def _of_infos(sight: Sight, text: Text, item: str) -> Check:
    """About a list of what was found in a path: of which type that is, or that one is listed, or is not, or is once.

    It may have more than is told of: what lies outside the tree.
    """
    seen = sight.seen[1:] if isinstance(sight.seen, tuple) and sight.seen[:1] == ("list",) else ()
    kind = f"{text.module('pkgutil')}.ModuleInfo"
    if any(not _is_info(each) for each in seen):
        holds = f"{text.builtin('all')}({text.builtin('isinstance')}(each, {kind}) for each in {item})"
        return Check(holds, f"what {item} lists", item, wanted="a ModuleInfo for each module", seen="something else")
    wanted = [value[1:] if isinstance(value, tuple) and value[:1] == ("list",) else () for value in sight.expected]
    held = f"[each[1:] for each in {item}]"
    for each in dict.fromkeys(info for items in wanted for info in (*items, *seen)):
        counts = {items.count(each) for items in wanted}
        if seen.count(each) not in counts and len(counts) == 1:
            told = f"({', '.join(expression(text, part) for part in each[1:])})"
            holds, expected, found = _counted(told, held, counts.pop(), seen.count(each))
            return Check(holds, f"the modules that {item} lists", held, wanted=expected, seen=found)
    raise UnsayableError


def _counted(each: str, held: str, wanted: int, seen: int) -> tuple[str, str, str]:
    """That something is in a list so often, and what is expected and seen of it, in words."""
    if not wanted:
        return f"{each} not in {held}", f"has no {each}", "has one"
    if not seen:
        return f"{each} in {held}", f"has {each}", "has not"
    return f"{held}.count({each}) == {wanted}", f"has {each} {plural(wanted, 'time')}", plural(seen, "time")


def _of_dictionary(sight: Sight, text: Text, item: str, key: str) -> Check:
    """About the names in a dictionary that has a name."""
    if key == "names":
        return _of_names(sight, f"the names in {item}", lambda name: f"{ascii(name)} in {item}")
    name = key.removeprefix("value/")
    if not name.isidentifier() or name in {"__loader__", "__spec__"}:
        raise UnsayableError
    held = f"{item}[{ascii(name)}]"
    return _of_value(sight, text, held, f"{ascii(name)} in {item}")


def _of_spec(sight: Sight, text: Text, spec: str, field: str) -> Check:
    """About an attribute of a spec that has a name."""
    if field == "exposed":
        holds = f"{text.module('sys')}.modules[{spec}.name].__spec__ is {spec}"
        return Check(holds if sight.expected == (True,) else f"not {holds}", holds)
    item = f"{spec}.{field}"
    if field == "loader" and sight.expected == ("present",):
        return Check(f"{item} is not None", item)
    there = f"{text.builtin('hasattr')}({spec}, {ascii(field)})"
    return Check(compared(text, item, sight.expected, sight.seen, there=there), item, _shown(sight.seen, item))


def _of_module(sight: Sight, inside: Inside, rest: str) -> Check:
    text = inside.text
    key, _, rest = rest.partition("/")
    if not rest:
        item = entry(text, key)
        there = f"{ascii(key)} in {text.module('sys')}.modules"
        if sight.expected == (("module", key),):
            return _of_entry(sight, text, key)
        return Check(compared(text, item, sight.expected, sight.seen, there=there), item, _shown(sight.seen, item))
    module = named(sight, inside, key)
    kind = rest.partition("/")[0]
    if kind == "names":
        owner = f"{text.builtin('vars')}({module})"
        return _of_names(sight, owner, lambda name: f"{ascii(name)} in {owner}")
    if kind == "dir":
        item = f"{text.builtin('dir')}({module})"
        return Check(compared(text, item, sight.expected, sight.seen), item, item)
    if kind == "value":
        name, _, field = rest.removeprefix("value/").partition("/spec.")
        item = attribute(text, module, name)
        there = f"{ascii(name)} in {text.builtin('vars')}({module})"
        if field:
            return _of_spec(sight, text, item, field)
        return _of_value(sight, text, item, there)
    return _of_attribute(sight, text, module, rest)


def _of_entry(sight: Sight, text: Text, key: str) -> Check:
    """That the cache has a module by that key: of what is there instead it is not said what it is."""
    item = entry(text, key)
    match sight.seen:
        case ("absent",):
            there = f"{ascii(key)} in {text.module('sys')}.modules"
            return Check(there, there)
        case None:
            return Check(f"{item} is not None", item)
        case ("module", str() as other) if other != key:
            return Check(f"{item} is not {entry(text, other)}", item, item)
        case _:
            kind = f"{text.builtin('type')}({item})"
            return Check(f"{kind} is {text.builtin('type')}({text.module('sys')})", item, item)


def named(sight: Sight, inside: Inside, key: str) -> str:
    """The module that ``sys.modules`` has by that key, by the names that lead to it, or else from there."""
    first, *rest = key.split(".")
    path, fact = inside.bound(first), f"binding/{first}"
    if not _leads(sight, fact, first):
        return entry(inside.text, key)
    for depth, part in enumerate(rest, 1):
        owner = ".".join([first, *rest[: depth - 1]])
        fact = f"module/{owner}/value/{part}"
        if not _leads(sight, fact, f"{owner}.{part}"):
            return entry(inside.text, key)
        path = f"{path}.{part}"
    return path


def _leads(sight: Sight, fact: str, key: str) -> bool:
    """Whether a name stands for the module of that key, both as it is seen and as it is to be."""
    return sight.held(fact) == ("module", key) and sight.allowed(fact) == (("module", key),)


def _of_attribute(sight: Sight, text: Text, module: str, name: str) -> Check:
    """About an attribute that has to do with importing, of a module that has a name."""
    there = f"{ascii(name)} in {text.builtin('vars')}({module})"
    item = f"{module}.{name}"
    if name.startswith("spec."):
        return _of_spec(sight, text, f"{module}.__spec__", name.removeprefix("spec."))
    if name in {"repr", "same-path"}:
        return _of_whole(sight, text, module, name)
    if (stood := _stood(sight, name, f"{module}.")) is not None:
        return stood
    return Check(compared(text, item, sight.expected, sight.seen, there=there), item, _shown(sight.seen, item))


def _stood(sight: Sight, name: str, owner: str) -> Check | None:
    """About a spec or a loader of which no more is told than that it is there, and whether it is that of the spec."""
    if name not in {"__spec__", "__loader__"} or len(sight.expected) != 1:
        return None
    item, loader, seen = f"{owner}{name}", f"{owner}__spec__.loader", told(sight.fact, sight.seen)
    there, shown = f"{item} is not None", _shown(sight.seen, item)
    match sight.expected[0]:
        case "present":
            return Check(there, item, shown, wanted="a spec", seen=seen)
        case "spec.loader":
            holds = there if sight.seen is None else f"{item} is {loader}"
            return Check(holds, item, shown, wanted=loader, seen=seen)
        case "other":
            return Check(f"{item} is not {loader}", item, shown, wanted=f"another loader than {loader}", seen=seen)
        case _:
            return None


def _of_whole(sight: Sight, text: Text, module: str, name: str) -> Check:
    """About the repr of a module, and about the two lists of its path."""
    if name == "same-path":
        items = ("__path__", "__spec__.submodule_search_locations")
        both = [f"{text.builtin('list')}({module}.{each})" for each in items]
        told = (f"what {module}.__spec__ lists", "something else")
        alike = sight.expected == (True,)
        holds = f" {'==' if alike else '!='} ".join(both)
        return Check(holds, f"{module}.__path__", both[0], wanted=told[not alike], seen=told[alike])
    item = f"{text.builtin('repr')}({module})"
    wanted, seen = sight.expected[0], sight.seen
    if not (isinstance(wanted, tuple) and wanted[0] == "repr" and isinstance(seen, tuple)):
        raise UnsayableError
    held = seen[1:] if seen[0] == "repr" else (None, None)
    for shown, other, part in zip(wanted[1:], held, ("name", "origin"), strict=True):
        if shown is not other:
            what = _own(sight, text, part) or f"{module}.__spec__.{part}"
            return Check(f"{what} {'in' if shown else 'not in'} {item}", item, item if seen[0] == "repr" else "")
    raise UnsayableError


def _own(sight: Sight, text: Text, part: str) -> str:
    """The name of the module that the fact is about, or its file, as it is to be."""
    prefix = sight.fact.removesuffix("repr")
    attribute = {"name": "__name__", "origin": "__file__"}[part]
    for key in (f"{prefix}spec.{part}", f"{prefix}{attribute}"):
        if len(sight.allowed(key)) == 1 and isinstance(sight.allowed(key)[0], str):
            return expression(text, sight.allowed(key)[0])
    return ""


def _of_main(sight: Sight, inside: Inside, name: str) -> Check:
    """About the names of the program that was launched."""
    text = inside.text
    main = f"{text.module('sys')}.modules['__main__']"
    if name in {"repr", "same-path"}:
        return _of_whole(sight, text, main, name)
    if name.startswith("spec."):
        return _of_spec(sight, text, "__spec__", name.removeprefix("spec."))
    if (stood := _stood(sight, name, "")) is not None:
        return stood
    there = f"{ascii(name)} in {text.builtin('globals')}()"
    return Check(compared(text, name, sight.expected, sight.seen, there=there), name, _shown(sight.seen, name))


def _of_warnings(sight: Sight, inside: Inside) -> Check:
    text, item = inside.text, f"{inside.warned}"
    kinds = f"{{each.category.__name__ for each in {item}}}"
    sets = [
        f"{{{', '.join(ascii(name) for name in _items(value))}}}" if _items(value) else f"{text.builtin('set')}()"
        for value in sight.expected
    ]
    shown = f"{{{text.builtin('str')}(each.message) for each in {item}}}"
    return Check(" or ".join(f"{kinds} == {each}" for each in sets), "the categories of warnings", shown, warned=True)


def _shown(seen: Value, item: str) -> str:
    """What the assertion shows: the thing itself, if it is there."""
    return "" if seen == ABSENT else item
