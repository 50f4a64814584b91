"""The faults that a source can have."""

import pytest

from conformance.sensitivity import KINDS, faults_of, mutated


def every(source: str) -> set[tuple[str, str]]:
    """Each fault of a source: its kind, and the source that has it."""
    return {(fault.kind, mutated(source, fault)) for fault in faults_of(source, "m")}


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        pytest.param("negated-test", "if a(): pass\n", ["if (not a()): pass\n"], id="if"),
        pytest.param("negated-test", "while a or b: pass\n", ["while (not (a or b)): pass\n"], id="while"),
        pytest.param("negated-test", "[a for a in b if a]\n", ["[a for a in b if (not a)]\n"], id="comprehension"),
        pytest.param("negated-test", "if not a: pass\nif a == b: pass\nwhile True: pass\n", [], id="said elsewhere"),
        pytest.param("dropped-not", "a = not b\n", ["a = (b)\n"], id="not"),
        pytest.param(
            "dropped-operand", "a and b and c\n", ["(b and c)\n", "(a and c)\n", "(a and b)\n"], id="operands"
        ),
        pytest.param("swapped-comparison", "a == b\n", ["(a != b)\n"], id="equality"),
        pytest.param("swapped-comparison", "a < b in c\n", ["(a <= b in c)\n", "(a < b not in c)\n"], id="chain"),
        pytest.param(
            "swapped-comparison", "(a or b) is None\n", ["((a or b) is not None)\n"], id="operand of operands"
        ),
        pytest.param("swapped-operator", "a + b\n", ["(a - b)\n"], id="arithmetic"),
        pytest.param("wrong-constant", "a = True\n", ["a = (False)\n"], id="truth"),
        pytest.param("wrong-constant", "a = 0\n", ["a = (1)\n"], id="number"),
        pytest.param("wrong-constant", "a = 'b'\n", ["a = ('xb')\n"], id="string"),
        pytest.param("wrong-constant", "a = None\n", ["a = (True)\n"], id="none"),
        pytest.param("wrong-constant", "a = f'{b!r:>{1}}'\n", ["a = ('x' f'{b!r:>{1}}')\n"], id="formatted string"),
        pytest.param("wrong-constant", "def f(a=1): pass\n", ["def f(a=(2)): pass\n"], id="default"),
        pytest.param("dropped-call", "a.b(c)\n", ["pass\n"], id="call"),
        pytest.param("swapped-arguments", "a(b, *c, d, e, f=g)\n", ["(a(b, *c, e, d, f=g))\n"], id="arguments"),
        pytest.param("dropped-keyword", "a(b, c=d, **e)\n", ["(a(b, **e))\n"], id="keyword"),
        pytest.param("dropped-store", "a.b = c\na[b] += c\n", ["pass\na[b] += c\n", "a.b = c\npass\n"], id="stores"),
        pytest.param("dropped-delete", "del a\n", ["pass\n"], id="del"),
        pytest.param("dropped-jump", "for a in b: continue\n", ["for a in b: pass\n"], id="continue"),
        pytest.param("emptied-loop", "for a in b: continue\n", ["for a in (()): continue\n"], id="loop"),
        pytest.param("lost-return", "def f(): return a\n", ["def f(): return None\n"], id="value"),
        pytest.param("lost-return", "def f(): return\n", ["def f(): pass\n"], id="early end"),
        pytest.param("lost-raise", "raise a from b\n", ["pass\n"], id="raise"),
        pytest.param("reraised", "try: a\nexcept A: b; c\n", ["try: a\nexcept A: raise\n"], id="handler"),
        pytest.param("reraised", "try: a\nexcept: raise\n", [], id="handler that raises again"),
        pytest.param("other-handler", "try: a\nexcept A: b\n", ["try: a\nexcept (ZeroDivisionError): b\n"], id="class"),
        pytest.param(
            "narrowed-handler",
            "try: a\nexcept (A, B): b\n",
            ["try: a\nexcept (B,): b\n", "try: a\nexcept (A,): b\n"],
            id="one class of several",
        ),
    ],
)
def test_a_kind_of_fault(kind: str, source: str, expected: list[str]) -> None:
    """Every place that can have a fault of a kind has it once, and nothing else of the source changes."""
    assert expected == [mutated(source, fault) for fault in faults_of(source, "m") if fault.kind == kind]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("'''A.'''\nclass A:\n    '''A.'''\n    def f():\n        '''A.'''\n", id="documentation"),
        pytest.param("def f(a: 'b', *c: 1) -> None: pass\na: int\n", id="annotations"),
        pytest.param("lazy import a\nlazy from b import c\n", id="lazy imports"),
    ],
)
def test_what_is_no_behaviour_has_no_fault(source: str) -> None:
    """Documentation, annotations and imports have no fault."""
    assert set() == every(source)


def test_what_verbose_messages_say_has_no_fault() -> None:
    """Whether a verbose message is written may be wrong, what it says may not."""
    assert {("dropped-call", "pass\n")} == every("_bootstrap._verbose_message('a {}', 1, b=c)\n")


def test_lines_keep_their_numbers() -> None:
    """A fault changes no line after it: what stands on several lines is replaced by as many."""
    source = "a(b,\n  1\n)\nif (a and\n        b): c\nd(\n)\n"
    assert {source.count("\n")} == {text.count("\n") for _, text in every(source)}


def test_offsets_are_those_of_letters_of_any_size() -> None:
    """Letters that take several bytes before a place do not move it."""
    assert ("wrong-constant", "a = 'xé', (2)\n") not in every("a = 'é', 1\n")
    assert ("wrong-constant", "a = 'é', (2)\n") in every("a = 'é', 1\n")


def test_newer_syntax_is_read() -> None:
    """Handlers without parentheses and lazy imports are read where the parser is older than they are."""
    source = "lazy import a\ntry: b\nexcept A, B.C: d = 1\n"
    found = every(source)
    assert ("other-handler", "") not in found
    assert ("narrowed-handler", "lazy import a\ntry: b\nexcept(A,): d = 1\n") in found
    assert ("wrong-constant", "lazy import a\ntry: b\nexcept A, B.C: d = (2)\n") in found


def test_ids_are_told_by_the_source() -> None:
    """An id is made of module, qualified name, line, kind and a number on that line."""
    source = "class A:\n    b = 0\n    def f(self):\n        def g(c=1): return a(0, 1), a(1, 2)\n"
    assert [
        "m:A:2:dropped-store:1",
        "m:A:2:wrong-constant:1",
        "m:A.f.g:4:wrong-constant:1",
        "m:A.f.g:4:lost-return:1",
        "m:A.f.g:4:swapped-arguments:1",
        "m:A.f.g:4:wrong-constant:2",
        "m:A.f.g:4:wrong-constant:3",
        "m:A.f.g:4:swapped-arguments:2",
        "m:A.f.g:4:wrong-constant:4",
        "m:A.f.g:4:wrong-constant:5",
    ] == [fault.id for fault in faults_of(source, "m")]


def test_every_kind_is_listed() -> None:
    """The list of kinds is that of the faults that there are."""
    source = """
def f(a, b=None):
    for c in d:
        if e and not g == 1 or h:
            break
    x = i + 1
    try:
        j(k, l, m=n)
        del a
    except (A, B):
        return x
    except C:
        raise D
"""
    assert set(KINDS) == {fault.kind for fault in faults_of(source, "m")}


def test_a_fault_of_another_source_is_refused() -> None:
    """A fault is planted nowhere but where it was found."""
    fault, *_ = faults_of("a = 1\n", "m")
    with pytest.raises(ValueError, match="expected 'a = 1' at m:<module>:1:dropped-store:1"):
        mutated("b = 1\n", fault)
