"""The smallest case that has something is one that a person would have written."""

from collections.abc import Callable

import pytest
from hypothesis import Phase, find, settings

from generators import cases, reduce_case
from generators.names import MISSING
from generators.tests.building import case, file
from generators.tests.features import FEATURES
from generators.tests.predicates import Feature, absolute, entry, graph, in_module, in_program, modules
from generators.tests.wide_features import WIDE_FEATURES
from harness.model.admission import admit
from harness.model.case import Case, Module, Script, sources
from harness.model.language.compound import statements
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import Bind, Call, Constant, Expression
from harness.model.source import (
    Alias,
    Assign,
    Broken,
    Class,
    Delete,
    Edit,
    FromImport,
    Function,
    Import,
    Invoke,
    Items,
    Mark,
    ModuleGetattr,
    PathEdit,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Root, SourceFile, Tree


def plain(name: str) -> Import:
    """``import name``."""
    return Import((Alias(name),))


def star_of_public(found: Case) -> bool:
    """The program imports everything from a module that has ``__all__``."""
    public = {
        name
        for name, _, source in modules(found)
        for one in source.statements
        if isinstance(one, Assign) and one.name == "__all__"
    }
    return any(isinstance(one, StarImport) and one.module in public for one in found.program.statements)


def circular(found: Case) -> bool:
    """The program imports one of two modules at the top that import each other."""
    edges = {name: asked for name, asked in graph(found).items() if "." not in name}
    rings = {name for name in edges for other in edges[name] if other != name and name in edges.get(other, ())}
    return any(isinstance(one, Import) and one.names[0].name in rings for one in found.program.statements)


def spread(found: Case) -> bool:
    """The program imports something from the second portion of a namespace package."""
    return FEATURES["portions-2"](found) and any(
        isinstance(one, FromImport) and f"{one.module}.{one.names[0].name}" in second_portions(found)
        for one in found.program.statements
    )


def second_portions(found: Case) -> set[str]:
    """The modules in the second root whose package is also a directory of the first."""
    if len(found.tree.roots) == 1:
        return set()
    first = {entry.path.partition("/")[0] for entry in found.tree.roots[0].entries if "/" in entry.path}
    here = [name for name, _, _ in modules(found) if name.partition(".")[0] in first]
    files = {entry.path for entry in found.tree.roots[1].entries}
    return {name for name in here if f"{name.replace('.', '/')}.py" in files}


def beyond(found: Case) -> bool:
    """The program imports a module in a package that goes beyond the top level."""
    over = {
        name
        for name, package, source in modules(found)
        for one in source.statements
        if isinstance(one, FromImport) and name != package and package and not absolute("a", package, one.level)
    }
    return any(isinstance(one, Import) and one.names[0].name in over for one in found.program.statements)


PRETTY: dict[str, tuple[Feature, Case]] = {
    "star-of-public": (
        star_of_public,
        case(file("a.py", Assign("__all__", Items())), program=(StarImport("a"),)),
    ),
    "circular": (circular, case(file("a.py", plain("b")), file("b.py", plain("a")), program=(plain("a"),))),
    "beyond": (
        beyond,
        case(file("a/b.py", FromImport("", (Alias("x"),), level=2)), program=(plain("a.b"),)),
    ),
    "self-import": (
        lambda found: any(name in asked for name, asked in graph(found).items() if "." not in name),
        case(file("a.py", plain("a"))),
    ),
    "search-path-emptied": (FEATURES["path-emptied"], case(file("a/__init__.py", SetPath(())))),
    "script": (lambda found: isinstance(found.launch, Script | Module), case(launch=Script("r0/main.py"))),
}


def _led(one: Substitute) -> bool:
    return isinstance(dict(one.attributes).get("__path__"), Items)


def _calls(value: Expression, function: str) -> bool:
    return isinstance(value, Call) and value.function == function


def _finds(value: Expression) -> bool:
    """Whether a spec is sought, of what is not missing: of that no other name is simpler."""
    if not isinstance(value, Call) or value.function != "importlib.util.find_spec":
        return False
    named = (item.value for item in value.arguments[:1] if isinstance(item, Constant))
    return not any(isinstance(item, str) and item.strip(".") == MISSING for item in named)


ODD: dict[str, tuple[Feature, Case]] = {
    "path-none": (
        in_program(lambda one: isinstance(one, Assign) and one.name == "__path__" and one.value is None),
        case(program=(Assign("__path__", None),)),
    ),
    "private-deleted": (
        in_program(lambda one: isinstance(one, Class) and Delete("__x") in one.body),
        case(program=(Class("K", (Delete("__x"),)),)),
    ),
    "substitute": (
        in_program(lambda one: isinstance(one, Substitute) and one.key != "z" and _led(one)),
        case(program=(Substitute("a", (("__path__", Items()),)),)),
    ),
    "parent-removed": (WIDE_FEATURES["parent-removed"], case(file("a/b.py", Uncache("a")))),
    "data": (entry(lambda one: isinstance(one, DataFile) and one.path.endswith(".pyc")), case(DataFile("a.pyc"))),
    "find-spec": (
        in_program(lambda one: isinstance(one, Bind) and _finds(one.value)),
        case(program=(Bind(Call("importlib.util.find_spec", (Constant("a"),))),)),
    ),
    "file-edited": (WIDE_FEATURES["file-edited"], case(file("a.py"), program=(Edit("r0/a.py"),))),
    "import-replaced": (
        in_program(lambda one: isinstance(one, ReplaceImport)),
        case(program=(ReplaceImport("hook", ()),)),
    ),
    "resolve-name": (
        in_program(lambda one: isinstance(one, Bind) and _calls(one.value, "importlib.util.resolve_name")),
        case(program=(Bind(Call("importlib.util.resolve_name", (Constant("a"), Constant(None)))),)),
    ),
    "parameters": (
        in_program(lambda one: isinstance(one, Function) and one.parameters[-1:] == ("arg",)),
        case(program=(Function("f", (), parameters=("arg",)),)),
    ),
    "main-removed": (
        WIDE_FEATURES["main-removed"],
        case(program=(Uncache("__main__"),), launch=Script("r0/main.py")),
    ),
}


@pytest.mark.parametrize("name", PRETTY)
def test_smallest(generated: tuple[Case, ...], name: str) -> None:
    """Whichever generated case it begins with, it ends with the same small one."""
    interesting, expected = PRETTY[name]
    found = [one for one in generated if interesting(one)][:5]
    assert [reduce_case(one, interesting) for one in found] == [expected] * len(found) != []


@pytest.mark.parametrize("name", ODD)
def test_smallest_odd(mixed: tuple[Case, ...], name: str) -> None:
    """Neither is what is hardly ever done larger than it need be."""
    interesting, expected = ODD[name]
    found = [one for one in mixed if interesting(one)][:4]
    assert [reduce_case(one, interesting) for one in found] == [expected] * len(found) != []


def test_smallest_portions(generated: tuple[Case, ...]) -> None:
    """Two empty files, whatever their names, and one statement are left where two portions are needed."""
    for one in [one for one in generated if spread(one)][:5]:
        small = reduce_case(one, spread)
        (first,), (second,) = (root.entries for root in small.tree.roots)
        below = second.path.removeprefix("a/").removesuffix(".py")
        assert small == Case(
            Tree((Root((file(first.path),)), Root((file(f"a/{below}.py"),)))),
            Source((FromImport("a", (Alias(below),)),)),
        )


def test_hypothesis_shrinks_too() -> None:
    """The strategies by themselves lead to a case of one statement over next to nothing."""
    quiet = settings(database=None, derandomize=True, max_examples=500, phases=[Phase.generate, Phase.shrink])
    found = find(cases(), FEATURES["star-in-program"], settings=quiet)
    assert (len(found.program.statements), sum(len(root.entries) for root in found.tree.roots) <= 1) == (1, True)


@pytest.mark.parametrize("budget", [0, 1, 10])
def test_budget(generated: tuple[Case, ...], budget: int) -> None:
    """The predicate is asked no more often than allowed, and never twice about one case."""
    asked: list[Case] = []

    def interesting(found: Case) -> bool:
        asked.append(found)
        return False

    reduce_case(generated[500], interesting, budget=budget)
    assert (len(asked), len(set(asked))) == (budget, budget)


def test_stays_interesting(generated: tuple[Case, ...]) -> None:
    """What comes out has what went in for, and what holds for nothing smaller comes out as it went in."""
    for one in generated[::200]:
        kind = FEATURES["try-ImportError"]
        assert not kind(one) or kind(reduce_case(one, kind))
        assert reduce_case(one, never) == one


def never(found: Case) -> bool:
    """No case is interesting."""
    del found
    return False


def test_everything_goes(generated: tuple[Case, ...]) -> None:
    """Where everything is interesting nothing is left."""
    assert {reduce_case(one, lambda _: True) for one in generated[::400]} == {Case(Tree((Root(),)), Source())}


WHOLE = case(
    file("a.py", Try((plain("b"),), "Exception", (Mark("caught"),))),
    file("b.py", Assign("x", Items((1, Items(("s",))), mutable=False))),
    program=(PathEdit(0, remove=True), Invoke(("a", "f"))),
)

KEPT: dict[str, tuple[Callable[[Case], bool], Case]] = {
    "unwraps": (
        in_module(lambda one, *_: isinstance(one, Import)),
        case(file("a.py", plain("b"))),
    ),
    "simplifies-values": (
        in_module(lambda one, *_: isinstance(one, Assign)),
        case(file("a.py", Assign("x", Items()))),
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_statements(name: str) -> None:
    """Compound statements give way to what they hold, values to simpler ones."""
    interesting, expected = KEPT[name]
    assert reduce_case(WHOLE, interesting) == expected


def test_getattr_of_another_name() -> None:
    """Of a module that gives other names, and of its list, nothing is left but that it does."""
    hook = ModuleGetattr((), None, deprecated=True, known="names", prefix="_old_")
    names = Assign("names", Items(("x", "y")))
    before = case(file("b/c.py", names, Assign("_old_x", 1), hook), program=(plain("b.c"), Mark("m")))
    gives = in_module(lambda one, *_: isinstance(one, ModuleGetattr) and bool(one.known and one.prefix))
    assert reduce_case(before, gives) == case(file("a.py", ModuleGetattr((), None, known="names", prefix="_old_")))


def test_arguments() -> None:
    """Of a call with arguments one is left, and it is simple; of the function nothing."""
    function = Function("f", (Mark("m"),), ("g",), (), ("x", "y"))
    before = case(program=(function, Invoke(("f",), ("s", Items((1,))))))
    calls = in_program(lambda one: isinstance(one, Invoke) and bool(one.arguments))
    assert reduce_case(before, calls) == case(program=(Invoke(("f",), (1,)),))


def test_parents_do() -> None:
    """Of a module in packages what is imported is the outermost, where that is enough."""
    before = case(file("a/__init__.py"), program=(Import((Alias("a.b.c", "x"),)),))
    named = in_program(lambda one: isinstance(one, Import) and one.names[0].asname == "x")
    assert reduce_case(before, named) == case(program=(Import((Alias("a", "x"),)),))


def test_roots_move_up() -> None:
    """Without an empty root the others are renumbered wherever they are named."""
    before = Case(
        Tree((Root(), Root(), Root((file("a/__init__.py", SetPath(("r2/a", "r1/a"))),)))),
        Source((PathEdit(2, remove=True), PathEdit(1))),
        Script("r2/main.py"),
    )

    def interesting(found: Case) -> bool:
        kinds = {type(one) for source in sources(found) for one in statements(source.statements)}
        return kinds == {SetPath, PathEdit} and isinstance(found.launch, Script) and bool(_places(found))

    assert reduce_case(before, interesting) == Case(
        Tree((Root((file("a.py", SetPath(("r0/a",))),)),)),
        Source((PathEdit(0, remove=True),)),
        Script("r0/main.py"),
    )


def test_no_line_is_invented() -> None:
    """Where modules are renamed a line that is no Python stays one of those that are known."""
    line = "from a import b,"
    before = case(file("c.py", Broken(line), plain("c")), file("d.py"), program=(plain("d"),))

    def interesting(found: Case) -> bool:
        said = [one for source in sources(found) for one in statements(source.statements)]
        return any(isinstance(one, Broken) and one != Broken() for one in said) and any(map(_imports, said))

    assert reduce_case(before, interesting) == case(file("a.py", Broken(line), plain("a")))


def _imports(one: Statement) -> bool:
    return isinstance(one, Import)


def _places(found: Case) -> list[str]:
    return [
        place
        for source in sources(found)
        for one in source.statements
        if isinstance(one, SetPath)
        for place in one.entries
        if place.endswith("/a")
    ]


def test_archive() -> None:
    """An archive becomes a directory, unless it has to be one: then it is stored, without a comment."""
    case = Case(Tree((Root((SourceFile("a.py"),), "deflate", "one"),)), Source((Import((Alias("a"),)),)))
    kept = reduce_case(case, lambda other: any(root.archive for root in other.tree.roots))
    assert (Root(), Root((), "stored")) == (reduce_case(case, lambda _: True).tree.roots[0], kept.tree.roots[0])


def test_out_of_the_only_directory() -> None:
    """What lies in a directory of any name is moved out of it where that changes nothing."""
    inside = Tree((Root((SourceFile("ns/mod.py"),), archive="stored"),))
    found = reduce_case(Case(inside, Source((plain("ns.mod"),))), lambda one: bool(one.tree.roots[0].entries))
    assert [SourceFile("mod.py")] == [*found.tree.roots[0].entries]


def test_asked_about_is_let_in(mixed: tuple[Case, ...]) -> None:
    """Whoever asks about a case may write it to a file that others read."""
    asked: list[Case] = []

    def interesting(found: Case) -> bool:
        asked.append(found)
        return bool(len(asked) % 3)

    for one in mixed[::200]:
        reduce_case(one, interesting, budget=100)
    assert len(asked) > len(mixed[::200])
    assert asked == [admit(found) for found in asked]


def test_not_out_of_a_package_that_anybody_may_have() -> None:
    """A namespace package of a name that somebody may have installed stays below one that nobody has."""
    before = case(file("ns/inner/sub.py"), program=(plain("ns.inner.sub"),))

    def interesting(found: Case) -> bool:
        return "inner.sub" in str(found.program) and any(
            "inner/" in entry.path for entry in found.tree.roots[0].entries
        )

    assert reduce_case(before, interesting) == before
