"""Values and verdicts as people read them."""

from collections.abc import Iterable

from harness.model.values import Value



def phrase(value: Value) -> str:
    """A value of a fact in a few words, on one line."""
    match value:
        case str():
            return ascii(value) if not value.isprintable() else repr(value)
        case tuple() if value:
            return _kinds(value[0], value[1:])
        case _:
            return repr(value)


def _kinds(kind: object, rest: tuple[Value, ...]) -> str:  # noqa: PLR0911 - one for each kind of value
    match kind, rest:
        case "absent", ():
            return "nothing"
        case "event", (label, name):
            return f"{label} as {name}"
        case "module", (key,):
            return f"module {key}"
        case "stray", (name, number):
            return f"module {name} (not in sys.modules, #{number})"
        case "list" | "iterable", items:
            return f"[{', '.join(phrase(item) for item in items)}]"
        case "tuple", items:
            return f"({', '.join(phrase(item) for item in items)}{',' * (len(items) == 1)})"
        case "object", (name,):
            return f"object of type {name}"
        case "repr", (shows_name, shows_origin):
            return f"repr {_with(shows_name)} name, {_with(shows_origin)} origin"
        case _, items:
            return " ".join([str(kind), *(item if isinstance(item, str) else phrase(item) for item in items)])


def _with(shown: Value) -> str:
    return "with" if shown else "without"


def choice(values: Iterable[Value]) -> str:
    """The values the documents allow."""
    return " or ".join(phrase(value) for value in values) or "anything"


def plural(count: int, noun: str) -> str:
    """``1 case``, ``2 cases``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
