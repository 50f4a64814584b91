"""The examples of PEP 562 are read as they stand there, and so is what people write in their place."""

from typing import Final

import pytest

from harness.model.language.asking import Listed
from harness.model.language.module_hooks import LazyGetattr, ModuleDir, ModuleGetattr
from harness.model.parsing import parse
from harness.model.rendering import render_program
from harness.model.source import Alias, Assign, Class, Function, Import, Items, Mark, Source, Statement
from harness.model.tests.examples import DEPRECATED, LAZY, LISTED, MAIN, SUBMODULE

_TWO: Final = ("arg", "other")
_GETATTR: Final = ModuleGetattr((), None, deprecated=True, known="deprecated_names", prefix="_deprecated_")
_OLD: Final = Assign("deprecated_names", Items(("old_function",)))

_EXAMPLES: Final[dict[str, tuple[str, tuple[Statement, ...]]]] = {
    "deprecated": (DEPRECATED, (_OLD, Function("_deprecated_old_function", (), parameters=_TWO), _GETATTR)),
    "lazy": (LAZY, (Assign("__all__", Items(("submod",))), LazyGetattr((), "__all__"))),
    "submodule": (SUBMODULE, (Mark("Submodule loaded"), Class("HeavyClass", ()))),
    "listed": (
        LISTED,
        (
            _OLD,
            Assign("__all__", Items(("new_function_one", "new_function_two"))),
            Function("new_function_one", (), parameters=_TWO),
            Function("new_function_two", (), parameters=_TWO),
            ModuleDir((), ("__all__",), ("deprecated_names",)),
        ),
    ),
    "main": (MAIN, (Import((Alias("lib"),)), Listed("", ("lib",)))),
}


@pytest.mark.parametrize(("text", "expected"), _EXAMPLES.values(), ids=_EXAMPLES)
def test_as_they_stand(text: str, expected: tuple[Statement, ...]) -> None:
    """The very text of the PEP says these statements, an end of a list that it leaves out left out."""
    read = parse(text)
    assert ((), expected) == (read.problems, read.source.statements)


def _asked(message: str, block: str = "return 1") -> str:
    head = "from warnings import warn\ndef __getattr__(attr):\n    if attr in ['x']:\n"
    return f"{head}        {block}\n    raise AttributeError({message})"


@pytest.mark.parametrize(
    "message",
    [
        "attr",
        "'no such name'",
        'f"no {attr}"',
        "f'{__name__} has no {attr!r}'",
        "'no '\n        f'{attr}'",
        "f'''no {attr}'''",
        "f'{{{attr}}}'",
        "f'\\d {attr}'",
    ],
)
def test_messages(message: str) -> None:
    """What is said of a name that is not there, or is deprecated, is nothing that a case tells."""
    read = parse(_asked(message, f"warn({message}, DeprecationWarning); return 1"))
    assert ((), (ModuleGetattr(("x",), 1, deprecated=True),)) == (read.problems, read.source.statements)


@pytest.mark.parametrize(
    "message",
    ["f'{other}'", "f'{attr:>9}'", "f'{attr!s}'", "f'{attr.x}'", "f'{attr", "b'x'", "__name__", "f'{name}'", ""],
)
def test_what_is_no_message(message: str) -> None:
    """What looks up more than the name that is asked for and that of the module cannot be said."""
    assert parse(_asked(message)).problems


@pytest.mark.parametrize(
    ("key", "prefix"),
    [("f'_x_{attr}'", "_x_"), ("f'_x_' f'{attr}'", "_x_"), ("f'{attr}_x'", ""), ("f'_x_{attr!r}'", ""), ("'_x_'", "")],
)
def test_other_names(key: str, prefix: str) -> None:
    """Another global name is one that begins with a text and ends with the name that is asked for."""
    read = parse(_asked("attr", f"return globals()[{key}]"))
    expected = (ModuleGetattr(("x",), None, prefix=prefix),) if prefix else ()
    assert (expected, bool(prefix)) == (read.source.statements[-1:] if prefix else (), not read.problems)


def test_a_name_that_is_not_ascii() -> None:
    """It is written by its number."""
    source = Source((ModuleGetattr((), None, known="\u00e9", prefix="_\u00e9_"),))
    assert 'f"_\\xe9_{name}"' in render_program(source)
