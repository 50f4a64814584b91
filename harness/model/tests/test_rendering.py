"""The text of a source is Python, and says what the source says."""

import __future__

import ast
import builtins
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from harness.model.case import Case, Module, Script
from harness.model.exceptions import BASES
from harness.model.language.expressions import Bind, Call, Constant, Expression, Hook, Names, Reference
from harness.model.language.spelling import Plain
from harness.model.permitted import HOST
from harness.model.rendering import added, ahead, plainly, render_main, render_module, render_program
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Edit,
    Extend,
    FromImport,
    Function,
    FutureImport,
    Guard,
    Import,
    Invoke,
    Items,
    Literal,
    Mark,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tests.strategies import literals, sources, stars, texts, valid_statements
from harness.model.tree import Root, SourceFile, Tree


class Agent:
    """Stands in for the agent: keeps what a text reports to it."""

    def __init__(self) -> None:
        self.events: list[tuple[str, object]] = []
        self.ends: list[tuple[str, str]] = []

    def mark(self, label: str, name: object) -> None:
        """Takes an event."""
        self.events.append((label, name))

    def finish(self, name: str, namespace: dict[str, object], error: BaseException | None) -> None:
        """Takes the end of a main program."""
        assert name == namespace["__name__"]
        self.ends.append((name, type(error).__name__))

    def run(self, text: str, name: str = "m", **more: object) -> dict[str, object]:
        """Executes ``text``, and gives its namespace."""
        own = {"_mark": self.mark, "_tree": "T", "_finish": self.finish, "_sys": sys}
        there = [name for name in ("globals", "type", *BASES) if hasattr(builtins, name)]
        own |= {f"_{name}": getattr(builtins, name) for name in there}
        namespace: dict[str, object] = {"__name__": name, **own, **more}
        exec(compile(text, "m.py", "exec"), namespace)  # noqa: S102 - what the agent does
        return namespace


def plain(literal: Literal) -> object:
    """The object a literal stands for."""
    if not isinstance(literal, Items):
        return literal
    items = [plain(item) for item in literal.items]
    return items if literal.mutable else tuple(items)


class TestAnySource:
    """Holds for every source of the language."""

    @given(source=sources(valid_statements | stars))
    def test_is_python(self, source: Source) -> None:
        """A source without a line that is no Python is Python: as a program, as a module, as a main program."""
        for text in (
            render_program(source),
            render_module(source, "r0/a.py"),
            render_main(source, "r0/a.py", agent="g"),
        ):
            compile(text, "m.py", "exec")

    @given(source=sources(valid_statements))
    def test_keeps_its_docstring(self, source: Source) -> None:
        """The docstring of the source is the docstring of the code."""
        for text in (
            render_program(source),
            render_module(source, "r0/a.py"),
            render_main(source, "r0/a.py", agent="g"),
        ):
            code = compile(text, "m.py", "exec")
            found = code.co_consts[0] if "__doc__" in code.co_names[:1] else None
            assert source.doc == found

    @given(source=sources(valid_statements))
    def test_future_statements_stay_ahead(self, source: Source) -> None:
        """A source that begins with a future statement is Python, and is compiled so, however it is launched."""
        ahead = Source((FutureImport((Alias("annotations"),)), *source.statements), source.doc)
        for text in (render_program(ahead), render_module(ahead, "r0/a.py"), render_main(ahead, "r0/a.py", agent="g")):
            assert compile(text, "m.py", "exec").co_flags & __future__.annotations.compiler_flag

    @given(literal=literals)
    def test_literals_mean_themselves(self, literal: Literal) -> None:
        """A literal evaluates to what it stands for, type by type."""
        namespace = Agent().run(render_program(Source((Assign("x", literal),))))
        assert repr(plain(literal)) == repr(namespace["x"])

    @given(label=texts)
    def test_labels_mean_themselves(self, label: str) -> None:
        """A label reaches the trace unchanged: the module's own comes first."""
        agent = Agent()
        agent.run(render_module(Source((Mark("x"),)), label))
        assert [(label, "m"), ("x", "m")] == agent.events


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(Broken(), id="broken"),
        pytest.param(Function("f", (StarImport("a"),)), id="star in a function"),
        pytest.param(Class("C", (StarImport("a"),)), id="star in a class"),
    ],
)
def test_a_syntax_error_is_one(statement: Statement) -> None:
    """What is meant to be no Python is none, however it is launched."""
    for text in (render_program(Source((statement,))), render_main(Source((statement,)), "r0/a.py", agent="g")):
        with pytest.raises(SyntaxError):
            compile(text, "m.py", "exec")


TEXTS: list[tuple[Statement, str]] = [
    (Mark("x"), "_mark('x', __name__)"),
    (Assign("a", "é"), "a = '\\xe9'"),
    (Assign("__all__", Items(("a", 1), mutable=False)), "__all__ = ('a', 1)"),
    (Assign("a", Items((None,), mutable=False)), "a = (None,)"),
    (Extend("__all__", Items(("b",))), "__all__ += ['b']"),
    (Delete("a"), "del a"),
    (Read("a", ("b", "c")), "a = b.c"),
    (Import((Alias("a.b", "c"), Alias("d"))), "import a.b as c, d"),
    (FromImport("a.b", (Alias("c", "d"), Alias("e"))), "from a.b import c as d, e"),
    (FromImport("", (Alias("c"),), level=2), "from .. import c"),
    (StarImport("a", level=1), "from .a import *"),
    (Raise("KeyError"), 'raise _KeyError("raised")'),
    (Raise("KeyError", "ValueError"), 'raise _KeyError("raised") from _ValueError'),
    (Raise("KeyError", "None"), 'raise _KeyError("raised") from None'),
    (Try((Delete("a"),), "NameError", ()), "try:\n    del a\nexcept _NameError:\n    pass"),
    (Function("f", (), ("g", "h")), "def f():\n    global g, h\n    pass"),
    (Invoke(("a", "f")), "a.f()"),
    (Class("C", (Guard((Delete("a"),)),)), 'class C:\n    if __name__ == "__main__":\n        del a'),
    (ModuleDir(("a", "b")), "def __dir__():\n    return ['a', 'b']"),
    (Uncache("a.b"), "del _sys.modules['a.b']"),
    (Block("a"), "_sys.modules['a'] = None"),
    (Recache("a", "b"), "_sys.modules['a'] = b"),
    (Substitute("a", (("x", 1),)), "_sys.modules['a'] = _type(\"Substitute\", (), {'x': 1})()"),
    (SetPath(("r1/a", "r0")), "__path__ = [_tree + '/r1/a', _tree + '/r0']"),
    (PathEdit(1), "_sys.path.append(_tree + '/r1')"),
    (PathEdit(0, remove=True), "_sys.path.remove(_tree + '/r0')"),
]


@pytest.mark.parametrize(("statement", "expected"), [pytest.param(*pair, id=pair[1]) for pair in TEXTS])
def test_text_of_a_statement(statement: Statement, expected: str) -> None:
    """Each statement reads as a person would write it."""
    assert f"{expected}\n" == render_program(Source((statement,)))


def _compared(name: str, *arguments: Expression) -> Bind:
    return Bind(Call(f"operator.{name}", arguments))


_PLAIN: list[tuple[Statement, str]] = [
    (Raise("KeyError"), 'raise KeyError("raised")'),
    (Try((), "NameError", ()), "try:\n    pass\nexcept NameError:\n    pass"),
    (Mark("x"), "print('x', __name__)"),
    (Uncache("a.b"), "import sys\ndel sys.modules['a.b']"),
    (Substitute("a", (("x", 1),)), "import sys\nsys.modules['a'] = type(\"Substitute\", (), {'x': 1})()"),
    (PathEdit(1), "import os\nimport sys\nsys.path.append(os.path.abspath('r1'))"),
    (SetPath(("r0/a",)), "import os\n__path__ = [os.path.abspath('r0/a')]"),
    (Bind(Call("importlib.reload", (Reference(("a",)),)), "x"), "import importlib\nx = importlib.reload(a)"),
    (Bind(Call("builtins.__import__", (Constant("a"), Names()))), "__import__('a', globals())"),
    (_compared("eq", Constant(1), Reference(("a",))), "1 == a"),
    (_compared("is_", Reference(("a",)), Constant(None)), "a is None"),
    (_compared("is_", Reference(("a",)), Constant(1)), "import operator\noperator.is_(a, 1)"),
    (_compared("contains", Reference(("a",)), Hook("x")), "(lambda name: print('x', name)) in a"),
    (_compared("eq", _compared("eq", Constant(1), Constant(2)).value, Constant(3)), "(1 == 2) == 3"),
    (Function("f", (Block("a"),)), "import sys\ndef f():\n    sys.modules['a'] = None"),
    (Uncache("sys"), "import sys as _sys\ndel _sys.modules['sys']"),
    (Uncache("sys._sys"), "import sys as _sys_\ndel _sys_.modules['sys._sys']"),
    (
        Edit("r0/a.py", (FutureImport((Alias("division"),)), Uncache("b")), "It."),
        (
            "import os\nimport pathlib\npathlib.Path(os.path.abspath('r0/a.py')).write_text("
            "\"'It.'\\nfrom __future__ import division\\nimport sys\\ndel sys.modules['b']\\n\", encoding='utf-8')"
        ),
    ),
    (Recache("a", "os"), "import sys\nsys.modules['a'] = os"),
    (
        Bind(Call("importlib.reload", (Reference(("importlib",)),))),
        "import importlib as _importlib\n_importlib.reload(importlib)",
    ),
    (
        Bind(Call("builtins.__import__", (Constant("__import__"),))),
        "import builtins as _builtins\n_builtins.__import__('__import__')",
    ),
    (
        Class("type", (Try((), "type", ()),)),
        "import builtins as _builtins\nclass type:\n    try:\n        pass\n    except _builtins.type:\n        pass",
    ),
]


def _plainly(*statements: Statement, doc: str | None = None) -> str:
    source = Source(statements, doc)
    return render_program(source, host=plainly(Case(Tree(), source)))


@pytest.mark.parametrize(("statement", "expected"), [pytest.param(*pair, id=pair[1]) for pair in _PLAIN])
def test_plain_text_of_a_statement(statement: Statement, expected: str) -> None:
    """Spelt plainly, each statement reads as a person would write it, whatever names the case binds."""
    assert f"{expected}\n" == _plainly(statement)


def test_plain_text_begins_with_its_imports() -> None:
    """What a text needs of the library is imported once, behind its docstring."""
    found = _plainly(Delete("a"), Uncache("a"), PathEdit(0, remove=True), Uncache("b"), doc="It.")
    imports = ["'It.'", "import os", "import sys", "del a", "del sys.modules['a']"]
    assert [*imports, "sys.path.remove(os.path.abspath('r0'))", "del sys.modules['b']"] == found.splitlines()


def test_a_package_is_imported_with_its_module() -> None:
    """One import of a submodule is enough for its package too."""
    host = Plain()
    assert ("importlib.reload", "importlib.util.find_spec") == (
        host.function("importlib", "reload"),
        host.function("importlib.util", "find_spec"),
    )
    assert (["import importlib.util"], frozenset({"importlib"})) == (list(host.imports()), host.names())


@pytest.mark.parametrize(
    ("launch", "expected"),
    [
        pytest.param(Script("r0/m.py"), "'r1'", id="script"),
        pytest.param(Module("m", "r0/m.py"), "'../r1'", id="module"),
    ],
)
def test_plain_places_are_seen_from_where_the_case_works(launch: Script | Module, expected: str) -> None:
    """A place in the tree is told from the working directory."""
    assert f"os.path.abspath({expected})" in render_program(
        Source((PathEdit(1),)), host=plainly(Case(Tree(), Source(), launch))
    )


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param((Delete("a"),), set(), id="none"),
        pytest.param((Uncache("a"), PathEdit(0)), {"os", "sys"}, id="two"),
        pytest.param((Uncache("sys"),), {"_sys"}, id="by another name"),
        pytest.param((Edit("r0/a.py", (Uncache("a"),)),), {"os", "pathlib", "sys"}, id="in a file that is edited"),
    ],
)
def test_names_that_the_plain_spelling_adds(statements: tuple[Statement, ...], expected: set[str]) -> None:
    """The plain spelling binds the names of what it imports, wherever in the case, and no others."""
    tree = Tree((Root((SourceFile("a.py", Source(statements)),)),))
    assert expected == added(Case(tree, Source()))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(Case(Tree(), Source((Uncache("a"), PathEdit(0)))), {"program": 2}, id="program"),
        pytest.param(Case(Tree((Root(),)), Source((Delete("a"),)), Script("r0/m.py")), {"r0/m.py": 0}, id="script"),
        pytest.param(
            Case(Tree((Root((SourceFile("a.py", Source((Uncache("a"),))),)),)), Source()),
            {"program": 0, "r0/a.py": 1},
            id="file",
        ),
    ],
)
def test_statements_ahead(case: Case, expected: dict[str, int]) -> None:
    """As many statements stand ahead of a source's own as the plain spelling has imports there."""
    assert expected == ahead(case)


class TestNamesOfTheHost:
    """A text refers to what is not its own by names that are kept for it."""

    @pytest.mark.parametrize("statement", [pytest.param(item, id=text) for item, text in TEXTS])
    def test_no_other(self, statement: Statement) -> None:
        """What a text looks up is a name of one letter, as the source says, or one of the host."""
        for text in (
            render_module(Source((statement,)), "r0/a.py", steps=True),
            render_main(Source((statement,)), "r0/a.py", agent="g", steps=True).partition("\ntry:\n    _mark(")[2],
        ):
            nodes = ast.walk(ast.parse(text if text.startswith("_") else f"try:\n    _mark({text}"))
            found = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
            assert {name for name in found if len(name) > 1} <= HOST | {"__name__", "__all__", "_error"}


def test_module_getattr() -> None:
    """A module ``__getattr__`` knows its names and no other."""
    text = render_program(Source((Assign("__name__", "m"), ModuleGetattr(("a",), 1))))
    assert "raise _AttributeError(" in text
    getter = Agent().run(text)["__getattr__"]
    assert callable(getter)
    assert 1 == getter("a")
    with pytest.raises(AttributeError, match=r"^module 'm' has no attribute 'b'$"):
        getter("b")


class TestSteps:
    """The end of a statement that may raise is an event, so that the trace tells which one did."""

    SOURCE = Source((Assign("a", 1), Delete("a"), Try((Delete("b"),), "NameError", ()), Delete("c"), Delete("d")))

    @pytest.mark.parametrize(
        ("text", "label", "first"),
        [
            pytest.param(render_program(SOURCE, steps=True), "program", [], id="program"),
            pytest.param(render_module(SOURCE, "r0/m.py", steps=True), "r0/m.py", [("r0/m.py", "m")], id="module"),
            pytest.param(
                render_main(SOURCE, "r0/m.py", agent="g", steps=True), "r0/m.py", [("r0/m.py", "m")], id="main"
            ),
        ],
    )
    def test_up_to_the_one_that_raised(self, text: str, label: str, first: list[tuple[str, object]]) -> None:
        """Statements are counted from 1, those that cannot raise included; inner ones are not events."""
        agent = Agent()
        with pytest.raises(NameError, match="'c'"):
            agent.run(text)
        assert [*first, (label, 2), (label, 3)] == agent.events

    @given(source=sources(valid_statements | stars))
    def test_is_python(self, source: Source) -> None:
        """A source with its steps is Python."""
        compile(render_module(source, "r0/a.py", agent="g", steps=True), "m.py", "exec")

    def test_only_when_asked(self) -> None:
        """Without steps there are no events but those of the source."""
        agent = Agent()
        agent.run(render_program(Source((Delete("a"),))), a=1)
        assert [] == agent.events


class TestMain:
    """A main program reports its end, and ends as it would have."""

    def test_completed(self) -> None:
        """A program that reaches its end reports no error."""
        agent = Agent()
        agent.run(render_main(Source((Mark("x"),)), "r0/m.py", agent="g"), name="__main__")
        assert [("r0/m.py", "__main__"), ("x", "__main__")] == agent.events
        assert [("__main__", "NoneType")] == agent.ends

    def test_raised(self) -> None:
        """A program that raises reports the exception and lets it pass."""
        agent = Agent()
        with pytest.raises(KeyError, match="raised"):
            agent.run(render_main(Source((Raise("KeyError"),)), "r0/m.py", agent="g"), name="__main__")
        assert [("__main__", "KeyError")] == agent.ends

    @pytest.mark.parametrize("render", [render_main, render_module])
    def test_loads_the_agent(self, tmp_path: Path, render: Callable[..., str]) -> None:
        """A text that finds no agent in builtins executes the file it was told of, in a namespace of its own."""
        place = tmp_path / "it's \\ an agent.py"
        place.write_text("loaded = []\nraise LookupError(__name__, sorted(globals()))\n", encoding="utf-8")
        text = render(Source((Mark("x"),)), "r0/m.py", agent=str(place))
        with pytest.raises(LookupError) as caught:
            exec(compile(text, "m.py", "exec"), {"__name__": "__main__"})  # noqa: S102 - what the agent does
        assert ("import_conformance_agent", ["__builtins__", "__file__", "__name__", "loaded"]) == caught.value.args
