"""Every generated case is one: it can be written, rendered, launched, and comes to an end."""

from collections.abc import Iterator

import pytest

from generators.layouts import Kind, listing
from generators.names import MISSING
from generators.tests.predicates import modules
from harness.model.admission import admit
from harness.model.case import Case, Embedded, Module, Script, case_id, scope, sources, written_tree
from harness.model.codec import decode, encode
from harness.model.language.compound import statements
from harness.model.permitted import GIVEN, HOST
from harness.model.prediction import Unspecified
from harness.model.rendering import render_main, render_module, render_program
from harness.model.source import (
    Assign,
    Broken,
    Delete,
    FromImport,
    Function,
    FutureImport,
    Import,
    Invoke,
    Items,
    SetPath,
    Source,
    StarImport,
    Statement,
    Try,
    Uncache,
)
from harness.model.tree import SourceFile
from harness.oracle import predict


@pytest.fixture(scope="module")
def every(mixed: tuple[Case, ...]) -> tuple[Case, ...]:
    """Half of the cases of all mixes."""
    return mixed[::2]


def test_admitted(mixed: tuple[Case, ...]) -> None:
    """Each may come from a file."""
    assert all(admit(case) is case for case in mixed)


def is_broken(source: Source) -> bool:
    """Whether the source is meant to be a SyntaxError."""
    return any(
        isinstance(one, Broken | FutureImport)
        or (isinstance(one, Function) and any(isinstance(inner, StarImport) for inner in one.body))
        for one in statements(source.statements)
    )


def texts(case: Case) -> Iterator[str]:
    """The text of each source that is no SyntaxError."""
    yield render_program(case.program)
    yield render_main(case.program, "r0/main.py", agent="agent.py")
    for root in case.tree.roots:
        for entry in root.entries:
            if isinstance(entry, SourceFile) and not is_broken(entry.source):
                yield render_module(entry.source, entry.path)


def test_reads_back_equal(every: tuple[Case, ...]) -> None:
    """The codec writes and reads each."""
    sample = every[::4]
    assert [decode(encode(case), Case) for case in sample] == list(sample)


def test_ids_are_distinct(mixed: tuple[Case, ...]) -> None:
    """No case comes twice."""
    assert len({case_id(case) for case in mixed}) == len(mixed)


def test_compiles(every: tuple[Case, ...]) -> None:
    """What is not broken on purpose is Python."""
    for text in {text for case in every[::2] for text in texts(case)}:
        compile(text, "text", "exec")


def test_programs_are_never_broken(every: tuple[Case, ...]) -> None:
    """Only modules are a SyntaxError."""
    assert not any(is_broken(case.program) for case in every)


def bound(cases: tuple[Case, ...]) -> set[str]:
    """The names that sources assign or delete."""
    every = (one for case in cases for source in sources(case) for one in statements(source.statements))
    return {one.name for one in every if isinstance(one, Assign | Delete)}


def test_names_that_sources_may_not_bind(generated: tuple[Case, ...]) -> None:
    """Sources of the plain mix leave alone what the harness and the import system need."""
    names = bound(generated)
    hidden = {name for name in names if name.startswith("__")} | (names & HOST)
    assert hidden <= {"__all__", "__path__"}


def test_special_names_that_wide_sources_bind(mixed: tuple[Case, ...]) -> None:
    """Sources of all mixes bind the special names that a case may give, and nothing that the harness needs."""
    names = bound(mixed)
    special = {name for name in names if name.startswith("__") and name.endswith("__")}
    assert (special - GIVEN, names & HOST) == (set(), set())


def test_launches_find_their_file(every: tuple[Case, ...]) -> None:
    """The file that ``-m`` runs is where the search leads, and every parent of it is a package that loads."""
    for case in every:
        if isinstance(case.launch, Module):
            known = listing(written_tree(case))
            name = case.launch.name
            parent = name if case.launch.path.endswith("/__main__.py") else name.rpartition(".")[0]
            layout = known.layout([f"r{root}" for root in range(len(case.tree.roots))])
            assert case.launch.path in known.exports
            assert not parent or case.launch.path.rpartition("/")[0] in layout.index[parent].path
            assert all(layout.index[step].kind is not Kind.MODULE for step in [parent] if step)


def test_scripts_lie_in_a_directory_of_the_tree(every: tuple[Case, ...]) -> None:
    """A script does not make a directory that was not there."""
    for case in every:
        if isinstance(case.launch, Script):
            assert case.launch.path.rpartition("/")[0] in listing(case.tree).directories


def test_program_is_not_in_scope_of_its_tree(every: tuple[Case, ...]) -> None:
    """No module of a tree imports the program, which would run it again."""
    for case in every:
        assert "main" not in scope(case) or not isinstance(case.launch, Embedded)


def _loads(statement: Statement) -> bool:
    return isinstance(statement, Import | FromImport | StarImport | Invoke)


def _is_pure(source: Source) -> bool:
    every = tuple(statements(source.statements))
    return not any(_loads(one) or isinstance(one, Uncache) for one in every)


def _removed(source: Source, pure: set[str]) -> Iterator[tuple[int, str]]:
    """Number and key of each statement that removes the key of a module that does import something."""
    for number, one in enumerate(source.statements):
        if isinstance(one, Uncache) and one.key not in pure:
            yield number, one.key
        if isinstance(one, Try):
            yield from (
                (number, inner.key) for inner in one.body if isinstance(inner, Uncache) and inner.key != MISSING
            )


def test_modules_remove_only_what_cannot_come_back_without_end(every: tuple[Case, ...]) -> None:
    """A module removes keys of those that import nothing or come before it; last, its own or one that removes none."""
    for case in every:
        found = {name: source for name, _, source in modules(case)}
        pure = {name for name, source in found.items() if _is_pure(source)}
        removers = {name for name, source in found.items() if list(_removed(source, pure))}
        for name, source in found.items():
            for number, key in _removed(source, pure):
                last = number == len(source.statements) - 1 and (key == name or key not in removers)
                assert last or key < name


def test_search_paths_of_the_plain_mix(generated: tuple[Case, ...]) -> None:
    """``__path__`` holds the package's own directories or directories without directories, and for a module nothing."""
    for case in generated:
        leaves = listing(case.tree).leaves()
        for name, package, source in modules(case):
            own = {f"r{root}/{name.replace('.', '/')}" for root in range(len(case.tree.roots))}
            for one in source.statements:
                if isinstance(one, SetPath):
                    assert set(one.entries) <= (own | set(leaves) if name == package else set())


def _paths(source: Source) -> Iterator[str | None]:
    """Where a source leads its own ``__path__``: directories, or None for the search path itself."""
    for one in source.statements:
        match one:
            case SetPath(entries=entries):
                yield from entries
            case Assign(name="__path__", value=None):
                yield None
            case Assign(name="__path__", value=Items(items=items)):
                yield from (item for item in items if isinstance(item, str))
            case _:
                pass


def test_search_paths_lead_no_deeper_without_end(mixed: tuple[Case, ...]) -> None:
    """A file that imports never leads its ``__path__`` to where it is found itself."""
    for case in mixed:
        for file, source in _files(case):
            if not _is_pure(source):
                assert {None, _finding(file)}.isdisjoint(_paths(source))


def _files(case: Case) -> Iterator[tuple[str, Source]]:
    for number, root in enumerate(case.tree.roots):
        for entry in root.entries:
            if isinstance(entry, SourceFile):
                yield f"r{number}/{entry.path}", entry.source


def _finding(file: str) -> str:
    """The path entry by which a file is found."""
    return file.removesuffix("/__init__.py").rpartition("/")[0]


def test_nothing_goes_deeper_than_the_model(mixed: tuple[Case, ...]) -> None:
    """No case is one that only tries how deep an implementation can recurse."""
    assert not [case_id(case) for case in mixed[::8] if _endless(case)]


def _endless(case: Case) -> bool:
    outcome = predict(case, (3, 12)).facts["outcome"]
    return isinstance(outcome, Unspecified) and outcome.clauses == ("cache.delete-forces-new-search",)
