"""Executing modules and files as programs (area runpy): library/runpy."""

from typing import Final

from harness.model.language.admitting import Reach, check_key, check_module, check_submodule
from harness.model.language.documented import Documented, Form, Kind, Parameter

MAIN: Final = "__main__"
RUNS: Final = "runpy.run_path"
RUN_PATH: Final = "<run_path>"
"""The name of what that function executes, if it is given none."""


def _check_run(place: str, text: str, reached: Reach) -> None:
    """It is a module of the tree; a package is executed by its module ``__main__``.

    Raises:
        Refused: it may be a module of somebody else's.
    """
    check_module(place, text.lstrip("."), reached)
    check_submodule(place, MAIN, reached, "")


def _check_name(place: str, text: str, reached: Reach) -> None:
    """It may be a key of sys.modules, of which it is one while the code is executed, or the name of a program.

    Raises:
        Refused: it may be the key of a module of somebody else's.
    """
    if text != MAIN:
        check_key(place, text, reached)


def _module(text: str) -> str:
    return text.lstrip(".")


def _itself(text: str) -> str:
    return text


_RUN: Final = Form("name of what is run", _check_run, _module, ("a", "a.b", ".a", "a.__main__", "os", ""))
_NAME: Final = Form("name to run by", _check_name, _itself, ("a", "__main__", "os", "a.b", "sys.x", ""))
_GIVEN: Final = (Parameter("init_globals", Kind.NAMESPACE), Parameter("run_name", _NAME))

FUNCTIONS: Final = (
    Documented(
        "runpy",
        "run_module",
        (Parameter("mod_name", _RUN), *_GIVEN, Parameter("alter_sys", Kind.FLAG)),
        1,
        first='_host["runpy"].run_module("__future__")',
    ),
    Documented(
        "runpy",
        "run_path",
        (Parameter("path_name", Kind.PROGRAM), *_GIVEN),
        1,
        first='_host["runpy"].run_path(_TRIED)',
    ),
)
"""The documented functions of the chapter."""
