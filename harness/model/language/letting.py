"""What a stranger may say with an expression."""

from typing import Final

from harness.model.language.admitting import (
    LEVELS,
    PATH,
    Reach,
    check_called,
    check_inner,
    check_looked_up,
    check_module,
    check_submodule,
)
from harness.model.language.constants import Items, Literal
from harness.model.language.documented import FUNCTIONS, HELD, TRUSTED, Form, Kind, Parameter
from harness.model.language.shapes import (
    Bytes,
    Call,
    Constant,
    Expression,
    Hook,
    Instance,
    Library,
    Names,
    Place,
    Reference,
    given,
)
from harness.model.permitted import TAKEN, is_attribute, is_name
from harness.model.refusal import IN_ROOT, LONGEST_TEXT, check_constant, check_path, check_text, need, refuse

_REFERRED: Final = frozenset({Kind.ANCHOR, Kind.OBJECT, Kind.PATH, Kind.VALUE, Kind.WALKED})
_PLACED: Final = frozenset({Kind.PLACE, Kind.RESOURCE, Kind.VALUE})


TRAVERSABLES: Final = frozenset({"importlib.resources.files", "importlib.resources.abc.Traversable.joinpath"})
"""The functions that give a place of resources."""

_OWN: Final[dict[type[Expression], frozenset[Kind]]] = {
    Names: frozenset({Kind.NAMESPACE, Kind.ANY}),
    Library: frozenset({Kind.VALUE}),
    Hook: frozenset({Kind.HOOK}),
    Bytes: frozenset({Kind.BYTES, Kind.VALUE}),
}


_LAST_BYTE: Final = "\xff"


def check_expression(place: str, value: Expression, kind: Kind | Form, reached: Reach, inside: str) -> None:
    """Let an expression in that is given for something of that kind.

    Raises:
        Refused: it says what no case may say.
    """
    match value:
        case Constant(value=held):
            _check_constant(place, held, kind, reached)
        case Reference(path=path):
            if kind not in _REFERRED and kind not in TRUSTED:
                refuse(place, f"a constant for a {kind.value}", path)
            if kind is Kind.WALKED and (path[-1:] != (PATH,) or reached.everywhere):
                refuse(place, f"a {kind.value}, and none that is None", path)
            check_looked_up(place, path, specs=True)
        case Instance(path=path):
            if kind is not Kind.OBJECT:
                refuse(place, f"a {kind.value}", path)
            check_called(place, path)
        case Place(path=path):
            _check_place(place, path, kind, reached)
        case Call():
            if kind not in {Kind.OBJECT, Kind.VALUE, Kind.TRAVERSABLE} and kind not in TRUSTED:
                refuse(place, f"a constant for a {kind.value}", value.function)
            _check_call(place, value, reached, inside)
            if (kind is Kind.TRAVERSABLE) is not (value.function in TRAVERSABLES) and kind is not Kind.VALUE:
                refuse(place, f"a {kind.value}", value.function)
            if kind not in {Kind.VALUE, Kind.TRAVERSABLE} and not FUNCTIONS[value.function].kept:
                refuse(place, "what may be kept", value.function)
        case Names() | Library() | Hook() | Bytes():
            _check_own(place, value, kind)


def _check_own(place: str, value: Names | Library | Hook | Bytes, kind: Kind | Form) -> None:
    """What the case refers to without a name of its own."""
    if kind not in _OWN[type(value)]:
        refuse(place, f"a {kind.value}", "globals()" if isinstance(value, Names) else type(value).__name__)
    match value:
        case Library(name=name):
            need(place, name, HELD.__contains__, "a documented name")
        case Hook(label=label):
            check_text(place, label)
        case Bytes(text=text):
            if len(text) > LONGEST_TEXT or max(text, default="") > _LAST_BYTE:
                refuse(place, "a short text of a character for each byte", text)
        case Names():
            pass


def _check_place(place: str, path: str, kind: Kind | Form, reached: Reach) -> None:
    if kind is Kind.PROGRAM:
        need(place, path, reached.programs.__contains__, "the path of a program of the tree")
        return
    found = IN_ROOT.fullmatch(path)
    if kind not in _PLACED or found is None or not found[2]:
        refuse(place, f"a {kind.value}, a path in a root", path)
    check_path(place, found[2])


def _check_call(place: str, call: Call, reached: Reach, inside: str) -> None:
    need(place, call.function, FUNCTIONS.__contains__, "a documented function")
    row = FUNCTIONS[call.function]
    held_by = Call if row.method and row.parameters[0].kind is Kind.TRAVERSABLE else Reference
    if row.method and not isinstance(next(iter(call.arguments), None), held_by):
        refuse(place, "a name and attributes, and the method of that", call.arguments)
    names = [parameter.name for parameter in row.parameters]
    taken = [*names[: len(call.arguments)], *(name for name, _ in call.keywords)]
    most = sum(not parameter.keyword for parameter in row.parameters)
    whole = len(call.arguments) <= most and set(names[: row.required]) <= set(taken) <= set(names)
    if not whole or len(set(taken)) < len(taken):
        refuse(place, f"the parameters of {row.key}, each once", taken)
    for parameter, argument in given(call):
        if not _names_nothing(call, parameter, argument):
            check_expression(place, argument, parameter.kind, reached, inside)
    held = {parameter.kind: argument for parameter, argument in given(call)}
    anchored = any(parameter.kind is Kind.PACKAGE for parameter in row.parameters)
    level = held.get(Kind.LEVEL)
    higher = isinstance(level, Constant) and isinstance(level.value, int) and level.value > 0
    for parameter, argument in given(call):
        if parameter.kind is Kind.NAME and isinstance(argument, Constant) and isinstance(argument.value, str):
            if not argument.value and not higher and call.function in _UNNAMED:
                continue
            if anchored:
                _check_anchored(place, argument.value, held.get(Kind.PACKAGE), reached)
            elif higher and (not argument.value or isinstance(held.get(Kind.NAMESPACE), Names)):
                _check_relative(place, argument.value, reached)
            else:
                check_module(place, argument.value, reached)


def _names_nothing(call: Call, parameter: Parameter, argument: Expression) -> bool:
    """Whether what is given as the name of a module to import is a number or None."""
    nothing = isinstance(argument, Constant) and (argument.value is None or isinstance(argument.value, int))
    return nothing and parameter.kind is Kind.NAME and call.function in _UNNAMED


def _check_anchored(place: str, name: str, package: Expression | None, reached: Reach) -> None:
    """A name with leading dots, relative to a package.

    Where there are more dots than the package has parts, or no package, what follows may be taken for an absolute name.
    """
    bare = name.lstrip(".")
    level = len(name) - len(bare)
    if level > LEVELS:
        refuse(place, f"a level from 0 to {LEVELS}", name)
    anchor = package.value if isinstance(package, Constant) else None
    if 0 < level <= (len(anchor.split(".")) if isinstance(anchor, str) and anchor else 0):
        _check_relative(place, bare, reached)
    elif bare or not level:
        check_module(place, bare, reached)


def _check_relative(place: str, name: str, reached: Reach) -> None:
    if name:
        check_inner(place, name, reached, "")


_UNNAMED: Final = frozenset({"builtins.__import__", "importlib.__import__", "importlib.import_module"})
"""The functions that may be given an empty name, or one that is no text."""

_NOTHING: Final = frozenset({Kind.PACKAGE, Kind.NAMESPACE, Kind.NAMES, Kind.PATH, Kind.HOOK, Kind.LOADER})
_ANYTHING: Final = frozenset({Kind.OBJECT, Kind.ANY, Kind.VALUE, Kind.PATH})


def _check_constant(place: str, value: Literal, kind: Kind | Form, reached: Reach) -> None:
    match kind, value:
        case Kind.ANCHOR, str():
            check_module(place, value, reached)
        case (Kind.NAME, str()) | (Kind.PACKAGE, "") | (Kind.FLAG, bool()):
            pass
        case Kind.PACKAGE, str():
            check_module(place, value, reached)
        case Form(check=check), str():
            check(place, value, reached)
        case Kind.LOCATIONS, Items(items=(), mutable=True):
            pass
        case Kind.RESOURCE, str():
            check_path(place, value.removeprefix("../"))
        case Kind.LEVEL, int():
            if not -1 <= value <= LEVELS:
                refuse(place, f"a level from -1 to {LEVELS}", value)
        case Kind.NAMES, Items(items=items):
            _check_taken(place, items, reached)
        case Kind.WALKED, str():
            check_constant(place, value)
        case _ if kind in _ANYTHING:
            check_constant(place, value)
        case _:
            if kind not in _NOTHING or value is not None:
                refuse(place, f"a {kind.value}", value)


def _check_taken(place: str, items: tuple[Literal, ...], reached: Reach) -> None:
    for item in items:
        if not isinstance(item, str) or (reached.recached and item == TAKEN):
            refuse(place, "names to take", item)
        if item != "*":
            need(place, item, lambda text: is_name(text) and is_attribute(text), "an attribute of its own")
            check_submodule(place, item, reached, "")
