"""What a source says as text is read again, and so is what people write; what cannot be said is named."""

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.case import Case
from harness.model.language.asking import Listed
from harness.model.language.documented import FUNCTIONS
from harness.model.language.expressions import Bind, Bytes, Call, Constant, Library, Names, Place, Reference
from harness.model.language.module_hooks import TracedGetattr
from harness.model.language.paths import SetPathOf
from harness.model.language.word import Word
from harness.model.parsing import NO_PYTHON, Problem, parse
from harness.model.rendering import plainly, render_program
from harness.model.source import (
    Alias,
    Annotate,
    Annotation,
    Assign,
    Block,
    Broken,
    Delete,
    Edit,
    Exec,
    Extend,
    FromImport,
    Function,
    FutureImport,
    Guard,
    Import,
    Invoke,
    Items,
    Mark,
    ModuleDir,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
    Statement,
    Try,
)
from harness.model.tests.strategies import EACH, any_statements, sources, stars
from harness.model.tree import Tree

_ALONE: Final = re.compile(r"^(\s*)_host\.trusted\('class', ([\w.]+)\)\(\)$", re.MULTILINE)


def text_of(source: Source, name_givers: Source) -> str:
    """The plain text of a source, in a case that binds the names of another."""
    return render_program(source, host=plainly(Case(Tree(), name_givers)))


def judged(source: Source) -> str:
    """What a source says where it is judged; to call a class for its own sake is to call it."""
    return _ALONE.sub(r"\1\2()", render_program(source))


class TestWhatIsWritten:
    """The text of a source is read as a source of that text, in either spelling."""

    @given(source=sources(any_statements | stars))
    def test_any_source(self, source: Source) -> None:
        """Whatever the types allow."""
        text = text_of(source, source)
        read = parse(text)
        assert ((), text) == (read.problems, text_of(read.source, source))
        assert judged(source) == judged(read.source)

    @pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.__name__) for kind in EACH])
    @given(data=st.data())
    def test_each_statement(self, kind: type[Word], data: st.DataObject) -> None:
        """Each statement reads what it writes."""
        source = Source((data.draw(EACH[kind]),))
        text = text_of(source, source)
        read = parse(text)
        assert ((), [], text) == (read.problems, list(read.misread(read.names)), text_of(read.source, source))
        assert judged(source) == judged(read.source)

    def test_places(self) -> None:
        """Of each statement it is known in which line it begins."""
        read = parse(
            '"""It."""\nimport sys\n\n\nif __name__ == "__main__":\n    import a\n\n    del sys.modules["a"]\n'
        )
        (guard,) = read.source.statements
        assert isinstance(guard, Guard)
        assert [5, 6, 8] == [read.places[id(item)] for item in (guard, *guard.body)]


_EXECUTED: Final = Exec((FromImport("", (Alias("a"),), 1),), (("__name__", "b"),))
_TRACED: Final = """
def __getattr__(asked):
    if asked in ['x']:
        print('a', asked)
        return getattr(b.c, asked)
    raise AttributeError(asked)
"""
_UP: Final = Call("builtins.__import__", (Constant("a"), Names()), (("level", Constant(1)),))
_SAME: Final = Call("operator.eq", (Reference(("a",)), Reference(("a", "b"))))
_RELOAD: Final = Bind(Call("importlib.reload", (Reference(("a",)),)))

_OBJECT: Final = Place("r1", pathlike=True)
_INNER: Final = Function("g", (Assign("b", 1),))
_LOADER: Final = ("a", "__spec__", "loader")
_GET_DATA: Final = next(row.key for row in FUNCTIONS.values() if row.method and row.name == "get_data")
_FIND: Final = Bind(Call("importlib.util.find_spec", (Constant("a"),)))

_EDIT: Final = Edit("r0/a.py", (Assign("b", 1),))
_NEW_SOURCE: Final = """
from pathlib import Path
Path('r0/a.py').write_text('"It."\\nimport sys, os\\nsys.path.append(os.path.abspath("r1"))\\n')
"""

SAID: Final[list[tuple[str, tuple[Statement, ...]]]] = [
    ("import importlib\nimportlib.reload(a)", (_RELOAD,)),
    ("import importlib.util\nimportlib.reload(a)", (_RELOAD,)),
    ("import importlib as lib, a\nlib.reload(a)", (Import((Alias("a"),)), _RELOAD)),
    ("from importlib import reload\nreload(a)", (_RELOAD,)),
    ("from importlib import util\nutil.find_spec('a')", (_FIND,)),
    ("from importlib import util as tools\ntools.find_spec('a')", (_FIND,)),
    ("import importlib.util as tools\ntools.find_spec('a')", (_FIND,)),
    (
        "from importlib import reload as print\nprint('a')",
        (Bind(Call("importlib.reload", (Constant("a"),))),),
    ),
    ("from importlib import reload as again, x\nagain(a)", (FromImport("importlib", (Alias("x"),)), _RELOAD)),
    ("import sys, os\nsys.path.append(os.path.abspath('r1'))", (PathEdit(1),)),
    ("import sys", (Import((Alias("sys"),)),)),
    ("import operator\nx = operator.eq(a, a.b)", (Bind(_SAME, "x"),)),
    ("import operator as o\nx = o.eq(a, a.b)", (Bind(_SAME, "x"),)),
    ("x = a == a.b", (Bind(_SAME, "x"),)),
    ("a in b", (Bind(Call("operator.contains", (Reference(("b",)), Reference(("a",))))),)),
    ("x = a is None", (Bind(Call("operator.is_", (Reference(("a",)), Constant(None))), "x"),)),
    ("x = (a == a.b) == a", (Bind(Call("operator.eq", (_SAME, Reference(("a",)))), "x"),)),
    ("import a as sys\nsys.x()", (Import((Alias("a", "sys"),)), Invoke(("sys", "x")))),
    ("x = __import__('a', globals(), level=1)", (Bind(_UP, "x"),)),
    ("from . import (\n    a as b,\n    c,\n)", (FromImport("", (Alias("a", "b"), Alias("c")), 1, enclosed=True),)),
    ("from a import (b)", (FromImport("a", (Alias("b"),), enclosed=True),)),
    ("from ....a.b import *", (StarImport("a.b", 4),)),
    ("a = 1; del a  # gone", (Assign("a", 1), Delete("a"))),
    ("def f(): pass", (Function("f", ()),)),
    ("def f(a, b,):\n    global c\n    ...", (Function("f", (), ("c",), parameters=("a", "b")),)),
    ("a.f(1, ['x'],)", (Invoke(("a", "f"), (1, Items(("x",)))),)),
    ("a.__spec__.loader.get_data('b')", (Bind(Call(_GET_DATA, (Reference(_LOADER), Constant("b")))),)),
    ("dir(a); sorted(b)", (Listed("", ("a",)), Listed("", ("b",), keys=True))),
    ("def f():\n    global a, b; a = -1\n    pass", (Function("f", (Assign("a", -1),), ("a", "b")),)),
    ("try: import a\nexcept: b()", (Try((Import((Alias("a"),)),), "BaseException", (Invoke(("b",)),)),)),
    ("raise ValueError", (Raise("ValueError"),)),
    ("raise ValueError from KeyError", (Raise("ValueError", "KeyError"),)),
    ("raise ValueError('x') from None", (Raise("ValueError", "None"),)),
    ("raise ImportError('no ' \"reason\")", (Raise("ImportError"),)),
    ("print('here')", (Mark("here"),)),
    ("__all__ = ('a', 'b',)", (Assign("__all__", Items(("a", "b"), mutable=False)),)),
    ("__all__ += ['\\x63']", (Extend("__all__", Items(("c",))),)),
    ("a = ('b')\nc = ((),)", (Assign("a", "b"), Assign("c", Items((Items((), mutable=False),), mutable=False)))),
    ("import os\n__path__ = [os.path.abspath('r0/a'), os.path.abspath('r1')]", (SetPath(("r0/a", "r1")),)),
    ("import sys\nsys.modules['a'] = None\nsys.modules['b'] = c", (Block("a"), Recache("b", "c"))),
    ("x = a.b\na.b.c", (Read("x", ("a", "b")), Bind(Reference(("a", "b", "c"))))),
    ("x = a.__spec__", (Bind(Reference(("a", "__spec__")), "x"),)),
    ("def __dir__():\n    return sorted(__all__ + ['x'])", (ModuleDir(("x",), ("__all__",)),)),
    ("exec('from . import a # up', {'__name__': 'b'})", (_EXECUTED,)),
    ("x = {'__name__': 'b'}\nexec('\\nfrom . import a; ', x)", (Exec(_EXECUTED.body, _EXECUTED.given_names, "x"),)),
    ("__path__ = [b'r0/a', None, 'r0/a/']", (SetPathOf((Bytes("r0/a"), Constant(None), Constant("r0/a/"))),)),
    (_TRACED, (TracedGetattr("a", ("x",), ("b", "c")),)),
    ("this is no Python", (Broken(),)),
    ("import .a\nfrom a import b,", (Broken("import .a"), Broken("from a import b,"))),
    ("from __future__ import annotations as a, b", (FutureImport((Alias("annotations", "a"), Alias("b"))),)),
    ("x: a = 1\ny = b.__annotations__['x']", (Annotate("x", "a", 1), Annotation("y", ("b",), "x"))),
    ("def f():\n    nonlocal a; a = 1", (Function("f", (Assign("a", 1),), (), ("a",)),)),
    ("def f():\n    global a\n    nonlocal b", (Function("f", (), ("a",), ("b",)),)),
    ("raise ImportError('x', name='a', path='b')", (Raise("ImportError", "", "a", "b"),)),
    ("from pathlib import Path as P\nimport os\n__path__ = [P(os.path.abspath('r1'))]", (SetPathOf((_OBJECT,)),)),
    ("import importlib.abc\nx = importlib.abc.Loader", (Bind(Library("importlib.abc.Loader"), "x"),)),
    ("import importlib.machinery as m\nm.all_suffixes()", (Bind(Call("importlib.machinery.all_suffixes")),)),
    ("import pathlib\npathlib.Path('r0/a.py').write_text('b = 1\\n')", (_EDIT,)),
    ("from pathlib import Path\nPath('r0/a.py').write_text('b = 1', encoding='utf-8')", (_EDIT,)),
    ("import os, pathlib as p\np.Path(os.path.abspath('r0/a.py')).write_text('b = 1')", (_EDIT,)),
    (_NEW_SOURCE, (Edit("r0/a.py", (PathEdit(1),), "It."),)),
    ("def f():\n\ta = 1\n\tdef g():\n\t    b = 1", (Function("f", (Assign("a", 1), _INNER)),)),
    ("\x0ca = 1\n\x0cb = 1", (Assign("a", 1), Assign("b", 1))),
    ("", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*pair, id=pair[0]) for pair in SAID])
def test_what_people_write(text: str, expected: tuple[Statement, ...]) -> None:
    """What a person writes is read as what it says, in whatever words."""
    read = parse(text)
    assert ((), expected) == (read.problems, read.source.statements)


def test_a_place_is_seen_from_where_the_case_works() -> None:
    """A path leads to the tree from there."""
    text = "import os\n__path__ = [os.path.abspath('../r1')]\n"
    assert (SetPath(("r1",)),) == parse(text, directory="../").source.statements
    assert (SetPath(("../r1",)),) == parse(text).source.statements


def test_docstring() -> None:
    """The first text of a source is its docstring."""
    assert Source((Assign("a", 1),), "It is.") == parse('r"""It """ "is."\na = 1').source


UNSAID: Final = [
    ("x = 1.5", [(1, "x = 1.5")]),
    ("a = 1\nwith a:\n    b = 2.5\nb = 2\nfor a in b: pass", [(2, "with a:"), (5, "for a in b: pass")]),
    ("def f(a=1):\n    pass\nf(a=1)\nf(b)", [(1, "def f(a=1):"), (3, "f(a=1)"), (4, "f(b)")]),
    ("def f():\n    a = {}\n    b = 1\n    c = f'{b}'", [(2, "a = {}"), (4, "c = f'{b}'")]),
    ("def __dir__():\n    return [1]", [(2, "return [1]")]),
    ("try:\n    pass\nexcept ValueError as error:\n    pass", [(1, "try:"), (3, "except ValueError as error:")]),
    ("if __name__ == 'a':\n    pass", [(1, "if __name__ == 'a':")]),
    ("lazy import a", [(1, "lazy import a")]),
    ("@a\ndef f():\n    pass", [(1, "@a")]),
    ("x = 1j; y = 10 ** 2", [(1, "x = 1j; y = 10 ** 2")] * 2),
    ("x = len(a)\nlen()", [(1, "x = len(a)"), (2, "len()")]),
    ("a = (\n    1.5)", [(1, "a = (")]),
    ("a = 1\n  b = 2\n", [(2, NO_PYTHON)]),
    ("a = 1;; b = 2", [(1, NO_PYTHON)]),
    ("; a = 1", [(1, NO_PYTHON)]),
    ("def f(): class K: a = 1", [(1, NO_PYTHON)]),
    ("if __name__ == '__main__':\n        a = 1\n\tb = 2\n", [(3, NO_PYTHON)]),
    ("if __name__ == '__main__':\n  def f():\n\ta = 1\n", [(3, NO_PYTHON)]),
    ("a = 1\n\x0bb = 2\n", [(2, "b = 2")]),
    ("import pathlib\npathlib.Path('r0/a.py').write_text('x = 1.5\\ny = 1')", [(2, "x = 1.5")]),
    (
        "import pathlib\npathlib.Path('r0/a.py').write_text('x', 'ascii')",
        [(2, "pathlib.Path('r0/a.py').write_text('x', 'ascii')")],
    ),
    ("with open('r0/a.py', 'w') as file:\n    file.write('x')", [(1, "with open('r0/a.py', 'w') as file:")]),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*pair, id=pair[0]) for pair in UNSAID])
def test_what_cannot_be_said(text: str, expected: list[tuple[int, str]]) -> None:
    """All of it is named, with its line; the rest is read."""
    assert [Problem(*pair) for pair in expected] == list(parse(text).problems)


@pytest.mark.parametrize("text", ["a = (1,\n", "a = '", "\0", "if a:\nb\n", "a\n\tb\n        c\n"])
def test_what_is_no_python(text: str) -> None:
    """Of a text that is no Python at least one line is named, whatever it is."""
    assert parse(text).problems


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"x = {'importlib.reload(' * 190}a{')' * 190}", id="calls"),
        pytest.param(f"x = {'[' * 190}{']' * 190}", id="lists"),
    ],
)
def test_what_is_nested_too_deeply(line: str) -> None:
    """It cannot be said, whatever it is; the rest of the text can."""
    read = parse(f"import importlib\n{line}\nx = 1\n")
    assert (Problem(2, line),) == read.problems
    assert Assign("x", 1) == read.source.statements[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("import sys\nsys.modules['a'] = None\nsys = 1", [(3, "sys")], id="a module of the library"),
        pytest.param("import sys\nx = sys.path\ndel sys.modules['a']", [(2, "sys")], id="more of it than can be said"),
        pytest.param("def ValueError():\n    pass\nraise ValueError", [(1, "ValueError")], id="what is built in"),
        pytest.param("import sys as ours\nx = 'sys'\ndel ours.modules['a']", [], id="another name"),
    ],
)
def test_a_name_of_two_meanings(text: str, expected: list[tuple[int, str]]) -> None:
    """A name by which a text refers to the library, or to what is built in, may not be one that it binds or reads."""
    read = parse(text)
    assert expected == [(read.places[place], name) for place, name in read.misread(read.names)]


_HOOK: Final = """\
import builtins
def __import__(name, globals=None, locals=None, fromlist=(), level=0, *, proceed=builtins.__import__):
    if name in ['m', 'k']:
        print('hook', [name, [each for each in fromlist or ()], level])
    if level == 0 and name in {names}:
        raise ValueError(name)
    return proceed(name, globals, locals, fromlist, level)
"""


class TestNothingElseIsRead:
    """A text is never read as another program than is written."""

    @pytest.mark.parametrize("names", ["['m']", "7", "['m', 'k', 'k']", "('m', 'k')"])
    def test_answers_are_for_the_same_names(self, names: str) -> None:
        """A function that answers for other names than it records cannot be said."""
        assert (2, _HOOK.splitlines()[1]) in parse(_HOOK.replace("{names}", names)).problems
        assert () == parse(_HOOK.replace("{names}", "['m', 'k']")).problems

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            pytest.param("importlib.reload(a)\nimport importlib", 2, id="behind its use"),
            pytest.param("try: importlib.reload(a)\nexcept: pass\nimport importlib", 3, id="behind its use in a body"),
            pytest.param("import importlib\nimport a as importlib\nimportlib.reload(a)", 3, id="of two meanings"),
            pytest.param("import sys as __import__\n__import__('a')", 2, id="a module for a built-in name"),
        ],
    )
    def test_imports(self, text: str, line: int) -> None:
        """What an import that stands elsewhere, or means something else, leaves unsaid is none of the host."""
        read = parse(text)
        kept = [read.places[id(item)] for item in read.source.statements if isinstance(item, Import | FromImport)]
        assert line in {*kept, *(problem.number for problem in read.problems)}

    @pytest.mark.parametrize(("path", "directory"), [("r0/a", "../"), ("../../r0/a", ""), ("/r0/a", "../")])
    def test_paths(self, path: str, directory: str) -> None:
        """A path is what it is from where the case works, not from elsewhere."""
        read = parse(f"import os\n__path__ = [os.path.abspath('{path}')]", directory=directory)
        assert (SetPath(("r0/a",)),) != read.source.statements

    def test_what_is_read_otherwise_is_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever a statement reads, if it does not say it again it cannot be said."""
        monkeypatch.setattr(
            Delete, "parse", classmethod(lambda cls, text: (text.expect("del"), text.name(), cls("b"))[2])
        )
        assert ((Problem(1, "del a"),), ()) == (parse("del a").problems, parse("del b").problems)
