"""A statement is whole: whatever can be said has a text, an admission and a meaning, in the chapter of one name."""

import ast
import contextlib
import importlib
import io
import json
import tokenize
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.catalogue import vectors
from harness.model.admission import decode_case
from harness.model.case import Case, sources
from harness.model.codec import CodecError, encode, encode_document
from harness.model.language import compound, word
from harness.model.language.compound import Statement, statements
from harness.model.language.documented import FIRST, FUNCTIONS, Documented
from harness.model.language.spelling import JUDGED, Judged
from harness.model.language.word import Word
from harness.model.rendering import render_program
from harness.model.tests.strategies import EACH
from harness.oracle.rules import CHAPTERS, RULES

WORDS: Final[tuple[type[Word], ...]] = typing.get_args(Statement)
STRANGE: Final = ("x\nopen", "x = open", "__builtins__")
"""What is more than a name: a line of Python, what somebody could look up, the names of everybody."""

LOOKED_UP: Final = frozenset({"open", "__builtins__"})
KINDS: Final = [pytest.param(kind, id=kind.__name__) for kind in WORDS]

_ORACLE: Final = "of a chapter in harness/oracle/chapters, which harness/oracle/rules.py imports"
few: Final = settings(max_examples=20)


def referred(statement: Statement) -> set[str]:
    """The functions of the library to which the text of a statement refers."""
    found = set()
    refer = Judged.function

    def noting(host: Judged, module: str, name: str) -> str:
        found.add(f"{module}.{name}")
        return refer(host, module, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Judged, "function", noting)
        assert [] != [*statement.lines(JUDGED)]
    return found


def chapter_of(name: str) -> str:
    """The chapter of which a module is a part."""
    return name.rpartition(".")[2]


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_a_text_and_an_admission(kind: type[Word]) -> None:
    """No statement leaves it to the base what it says, how that is read, or what a stranger may say with it."""
    assert {"lines", "parse", "check"} <= vars(kind).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_it_lets_in_no_text_that_is_more(kind: type[Word]) -> None:
    """Whatever text a stranger puts into a statement of a vector: it is refused, or stands in quotation marks."""
    tag = kind.__struct_config__.tag
    documents = [json.loads(encode_document(case)) for case in saying(kind)]
    assert [] != documents
    assert [] == [text for document in documents for text in changes(document, tag) if lets_in(text)]


def saying(kind: type[Word]) -> list[Case]:
    """Cases of vectors that have such a statement, the shortest ones."""
    cases = [vector.case for vector in vectors().values()]
    found = [case for case in cases if any(kind is type(item) for item in all_statements(case))]
    return sorted(found, key=lambda case: len(encode(case)))[:3]


def all_statements(case: Case) -> Iterator[Statement]:
    """Every statement of a case."""
    yield from (item for source in sources(case) for item in statements(source.statements))


def changes(document: object, tag: object) -> Iterator[str]:
    """The document with one text changed of what has that tag."""
    for items, key in [*texts(document, tag)]:
        said = items[key]
        for strange in STRANGE:
            items[key] = strange
            yield json.dumps(document)
        items[key] = said


def texts(value: object, tag: object, *, inside: bool = False) -> Iterator[tuple[dict[Any, Any] | list[Any], Any]]:
    """Where the texts stand of what has that tag."""
    if not isinstance(value, dict | list):
        return
    inside = inside or (isinstance(value, dict) and value.get("type") == tag)
    for key, item in [*(value.items() if isinstance(value, dict) else enumerate(value))]:
        if inside and isinstance(item, str) and key != "type":
            yield value, key
        yield from texts(item, tag, inside=inside)


def lets_in(document: str) -> bool:
    """Whether it is a case that says something of what is strange."""
    with contextlib.suppress(CodecError, SyntaxError, tokenize.TokenError):
        case = decode_case(document.encode())
        lines = io.StringIO("\n".join(render_program(source) for source in sources(case)))
        return any(token.string in LOOKED_UP for token in tokenize.generate_tokens(lines.readline))
    return False


@pytest.mark.parametrize("kind", KINDS)
def test_its_meaning_stands_in_the_chapter_of_its_name(kind: type[Word]) -> None:
    """What can be said in a chapter of the model means something by a rule of the oracle's chapter of that name."""
    chapter = chapter_of(kind.__module__)
    holders = [chapter_of(held["__name__"]) for held in map(vars, CHAPTERS) if kind in held.get("STATEMENTS", {})]
    wanted = f"a rule in STATEMENTS of harness/oracle/chapters/{chapter}.py, which harness/oracle/rules.py imports"
    assert [chapter] == holders, f"expected {wanted}"


def test_no_rule_is_of_something_else() -> None:
    """The rules are those of the statements that can be said, and of the functions that can be called."""
    said, called = set(WORDS) ^ RULES.statements.keys(), FUNCTIONS.keys() ^ RULES.functions.keys()
    assert (said, called) == (set(), set()), f"expected a rule in STATEMENTS or FUNCTIONS {_ORACLE}, for a row each"


@pytest.mark.parametrize("kind", KINDS)
@few
@given(data=st.data())
def test_it_tells_what_it_calls(data: st.DataObject, kind: type[Word]) -> None:
    """Of each function of the library to which its text refers a statement tells that it calls it."""
    statement = data.draw(EACH[kind])
    told = {function for held in statements((statement,)) for function in held.functions()}
    assert set() == referred(statement) - told


@pytest.mark.parametrize("kind", KINDS)
@few
@given(data=st.data())
def test_what_it_calls_has_a_first_call(data: st.DataObject, kind: type[Word]) -> None:
    """What a statement calls the agent has called before, so that no case sees what is imported then.

    What is no documented function has one in the table ``FIRST`` of a chapter that calls it.
    """
    missing = {*data.draw(EACH[kind]).functions()} - FIRST.keys()
    assert set() == missing, f"expected first calls in FIRST of {kind.__module__}"


@pytest.mark.parametrize("kind", KINDS)
@few
@given(data=st.data())
def test_its_text_is_python_everywhere(data: st.DataObject, kind: type[Word]) -> None:
    """Of the Python that not every implementation has a text needs none: MicroPython has no star in a display.

    It has none of the functions either of which a text lists what they give.
    """
    text = "\n".join(data.draw(EACH[kind]).lines(JUDGED))
    with contextlib.suppress(SyntaxError):
        shown = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.List | ast.Tuple | ast.Set)]
        starred = [item.value for node in shown for item in node.elts if isinstance(item, ast.Starred)]
        assert [] == [item for item in starred if not isinstance(item, ast.Call)]


def test_each_module_of_the_language_is_joined() -> None:
    """Whatever a chapter can say is in the union of all statements or among the documented functions."""
    folder = Path(compound.__file__).parent
    found = [importlib.import_module(f"harness.model.language.{path.stem}") for path in folder.glob("[!_]*.py")]
    held = [value for module in found for value in vars(module).values() if vars(module) is not vars(word)]
    words = {kind for kind in held if isinstance(kind, type) and issubclass(kind, Word) and kind is not Word}
    wanted = "an import of the chapter in harness/model/language/compound.py, and its statements in the union there"
    rows = {row.key for item in held if isinstance(item, tuple) for row in item if isinstance(row, Documented)}
    assert (words ^ set(WORDS), rows ^ FUNCTIONS.keys()) == (set(), set()), f"expected {wanted}"


def test_every_function_has_a_first_call() -> None:
    """What a function of the library imports when it is called first, the agent has imported before a case calls it."""
    missing = {key for key, row in FUNCTIONS.items() if not row.first}
    assert set() == missing, "expected a first call in the row of each: Documented(…, first=…)"


def test_each_is_in_a_vector() -> None:
    """Whatever can be said some vector says: it is judged, and mutation has its words for the attempts to escape."""
    said = [item for vector in vectors().values() for item in all_statements(vector.case)]
    words = set(WORDS) - {type(item) for item in said}
    functions = set(FUNCTIONS) - {function for item in said for function in item.functions()}
    assert (set(), set()) == (words, functions), "expected a vector that says it: conformance/vectors/CHAPTER/NAME.json"
