"""The spellings that people use for what a case says of sys.path, of iterators, and of classes of modules."""

import pytest

from harness.model.language.expressions import Bind, Bytes, Call, Constant, Expression, Place, Reference
from harness.model.language.module_classes import NamingRepr, OwnClass, Property, TracedSetattr
from harness.model.language.paths import PathAdd, PathAnew, PathEdit
from harness.model.parsing import parse
from harness.model.source import Class, Statement

_VERBOSE = """
import sys
from types import ModuleType

class VerboseModule(ModuleType):
    def __repr__(self):
        return f'Verbose {self.__name__}'

    def __setattr__(self, attr, value):
        print(f'Setting {attr}...')
        super().__setattr__(attr, value)

sys.modules[__name__].__class__ = VerboseModule
"""
"""The example of the data model (reference/datamodel §3.3.2.1)."""

_METHODS = """
import types

class K(types.ModuleType):
    def __setattr__(self, one, other):
        print(f"set {one}")
        types.ModuleType.__setattr__(self, one, other)
    @property
    def x(this):
        return 1
    y = property(lambda this: 's')
"""


def said(text: str) -> tuple[Statement, ...]:
    """What the text says, all of it."""
    read = parse(text)
    assert read.problems == ()
    return read.source.statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("sys.path.insert(0, '')", PathAdd((Constant(""),)), id="insert"),
        pytest.param("sys.path.insert(0, 'r1',)", PathAdd((Constant("r1"),)), id="insert with a comma"),
        pytest.param("sys.path[:0] = ['.']", PathAdd((Constant("."),)), id="slice of one"),
        pytest.param("sys.path[:0] = ['.', None]", PathAdd((Constant("."), Constant(None))), id="slice of two"),
        pytest.param("sys.path.append(b'r1/')", PathAdd((Bytes("r1/"),), behind=True), id="append"),
        pytest.param("sys.path.append(os.path.abspath('r1'))", PathEdit(1), id="append of a root"),
        pytest.param("sys.path += ['./r1']", PathAdd((Constant("./r1"),), behind=True), id="sum of one"),
        pytest.param(
            "sys.path += [os.path.abspath('r0'), '']",
            PathAdd((Place("r0"), Constant("")), behind=True),
            id="sum of two",
        ),
        pytest.param("sys.path.extend(['r0',])", PathAdd((Constant("r0"),), behind=True), id="extend by one"),
        pytest.param(
            "sys.path.extend(['r0', 5])", PathAdd((Constant("r0"), Constant(5)), behind=True), id="extend by two"
        ),
        pytest.param("sys.path = ['r1'] + sys.path", PathAnew((Constant("r1"),)), id="sum of lists"),
        pytest.param("sys.path = ['r1', *sys.path]", PathAnew((Constant("r1"),)), id="list with a star"),
    ],
)
def test_path(text: str, expected: Statement) -> None:
    """What is done to sys.path is read in each of the ways in which people do it."""
    needed = "import os, sys" if "os." in text else "import sys"
    assert (expected,) == said(f"{needed}\n{text}")


@pytest.mark.parametrize("text", ["sys.path.insert(1, 'r1')", "sys.path[:1] = ['r1']"])
def test_path_otherwise(text: str) -> None:
    """What would be something else is not read so."""
    read = parse(f"import sys\n{text}")
    assert [] == [item for item in read.source.statements if isinstance(item, PathAdd | PathAnew)]


@pytest.mark.parametrize("text", ["list(pkgutil.iter_modules(a.__path__))", "[*pkgutil.iter_modules(a.__path__)]"])
def test_list(text: str) -> None:
    """A list of an iterator is read by either name."""
    path: tuple[Expression, ...] = (Reference(("a", "__path__")),)
    assert (Bind(Call("pkgutil.iter_modules", path), "x"),) == said(f"import pkgutil\nx = {text}")


def test_verbose_module() -> None:
    """The data model's example is read as it stands there."""
    body = (NamingRepr("Verbose "), TracedSetattr("Setting {}..."))
    assert (Class("VerboseModule", body, modules=True), OwnClass("VerboseModule")) == said(_VERBOSE)


def test_methods() -> None:
    """An attribute can be set by the type of modules, a property be decorated or not."""
    body = (TracedSetattr("set"), Property("x", 1), Property("y", "s"))
    assert (Class("K", body, modules=True),) == said(_METHODS)


@pytest.mark.parametrize(
    "text",
    [
        "return f'{self.__name__} a'",
        "return f'a {self.__name__!r}'",
        "return f'a {self.__doc__}'",
        "return f'a {self.__name__}{self.__name__}'",
        "return 'a'",
    ],
)
def test_another_repr(text: str) -> None:
    """A repr that is something else is not read so."""
    text = f"import types\nclass K(types.ModuleType):\n    def __repr__(self):\n        {text}\n"
    assert parse(text).problems != ()
