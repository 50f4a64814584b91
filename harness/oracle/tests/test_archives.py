"""Zip archives on a path (library/zipimport; PEP 273), and what else is searched beside them."""

import msgspec
import pytest

from harness.model.case import Case
from harness.model.language.expressions import Bind, Call, Constant, Reference
from harness.model.language.failing import NO_PYTHON, Broken
from harness.model.language.paths import PathAppend
from harness.model.prediction import Ending, Exactly, OneOf
from harness.model.source import Delete, Function, Invoke, Items, Mark, PathEdit, Statement, Substitute, Try, Uncache
from harness.model.tree import DataFile, Root, Tree
from harness.model.values import ABSENT, Value
from harness.model.versions import Version
from harness.oracle import departure, predict
from harness.oracle.tests.building import Body, Files, archived, case, imports, reads, sets, takes

FILES: Files = {"r0/a.py": (), "r0/b.py": (), "r0/pkg/__init__.py": (), "r0/pkg/inner/m.py": ()}
ABOVE = Bind(Call("pkgutil.get_data", (Constant("pkg"), Constant("../a.py"))))
IMPLICIT = departure("namespace.zip-implicit-directory", "not found")
APPENDED = departure("namespace.path-read-only", "appended")


def load(function: str) -> Body:
    """``a.__spec__.loader.METHOD("a")``, by one of the functions that say so."""
    loader = Reference(("a", "__spec__", "loader"))
    return (imports("a"), Bind(Call(function, (loader, Constant("b"))), "v"), imports("b"))


class TestImporter:
    """The importer of an archive is for all modules in it."""

    @pytest.mark.parametrize("language", [(3, 8), (3, 12), (3, 15)])
    def test_one_method(self, language: tuple[int, int]) -> None:
        """load_module() is one method, whichever class is named where it is called."""
        ways = ("zipimport.zipimporter.load_module", "importlib.abc.Loader.load_module")
        one, other = (predict(archived(FILES, *load(way)), language).facts for way in ways)
        assert one == other

    def test_another_module(self) -> None:
        """Which module exec_module() executes in the namespace of another one is not said."""
        program = (imports("a", "b"), Bind(Call("importlib.abc.Loader.exec_module", (
            Reference(("b", "__spec__", "loader")), Reference(("a",)),
        ))))  # fmt: skip
        assert [Ending.SILENT] == [world.ending for world in predict(archived(FILES, *program), (3, 12)).worlds]

    @pytest.mark.parametrize("about", ["in an archive", ""])
    def test_reloaded(self, about: str) -> None:
        """Whether a reloaded module keeps its loader is one question of archives, one of directories."""
        taken = reads("before", "a.__spec__.loader")
        program = (imports("a"), taken, Bind(Call("importlib.reload", (Reference(("a",)),)), "v"))
        asked = archived(FILES, *program) if about else case(FILES, program)
        answers = {answer for world in predict(asked, (3, 12)).worlds for answer in world.answers}
        assert {about} == {answer.situation for answer in answers if answer.clause == "reload.same-loader-reused"}

    @pytest.mark.parametrize("ending", [Ending.SILENT, Ending.COMPLETED])
    def test_reload_that_does_not_compile(self, ending: Ending) -> None:
        """Whether an importer of an archive resets attributes before it compiles is not said (whatsnew/3.4)."""
        files: Files = {"r0/a.py": (Broken(NO_PYTHON),), "r1/a.py": ()}
        moves = (PathEdit(1, remove=True), PathEdit(0))
        again = Bind(Call("importlib.reload", (Reference(("a",)),)), "v")
        program = (PathEdit(0, remove=True), imports("a"), *moves, again)
        asked = archived(files, *program) if ending is Ending.SILENT else case(files, program)
        assert {ending} == {world.ending for world in predict(asked, (3, 12)).worlds}

    @pytest.mark.parametrize(("language", "about"), [((3, 9), "by load_module()"), ((3, 10), "")])
    @pytest.mark.parametrize(
        ("body", "question"),
        [
            pytest.param(Uncache("a"), "failure.self-removal-without-error", id="removed"),
            pytest.param(Substitute("a", ()), "cache.module-may-replace-itself", id="replaced"),
        ],
    )
    def test_left_in_the_cache(self, language: Version, about: str, body: Statement, question: str) -> None:
        """What becomes of a module that is not in sys.modules in the end is another question of load_module()."""
        asked = archived({"r0/a.py": (body,)}, imports("a"))
        answers = {answer for world in predict(asked, language).worlds for answer in world.answers}
        assert {about} == {answer.situation for answer in answers if answer.clause == question}

    @pytest.mark.parametrize("function", ["importlib.reload", "importlib.util.find_spec"])
    def test_a_spec_that_may_be_set_again(self, function: str) -> None:
        """Whether load_module() sets a __spec__ again that the code has removed is not said, before 3.10."""
        given = Reference(("a",)) if function == "importlib.reload" else Constant("a")
        asked = archived({"r0/a.py": (sets("__spec__", None),)}, imports("a"), Bind(Call(function, (given,)), "v"))
        found = [{world.ending for world in predict(asked, language).worlds} for language in ((3, 9), (3, 10))]
        assert found == [{Ending.SILENT}, {Ending.COMPLETED}]

    @pytest.mark.parametrize("about", ["in an archive", ""])
    def test_missing_data(self, about: str) -> None:
        """Which OSError it is that a package has no such file is one question of archives, one of directories."""
        call = Bind(Call("pkgutil.get_data", (Constant("pkg"), Constant("a.txt"))))
        program = Try((call,), "FileNotFoundError", (Mark("missing"),))
        asked = archived(FILES, program) if about else case(FILES, (program,))
        answers = {answer for world in predict(asked, (3, 12)).worlds for answer in world.answers}
        assert {about} == {answer.situation for answer in answers if answer.clause == "pkgutil.get-data-missing"}

    @pytest.mark.parametrize(
        ("asked", "ending"),
        [
            pytest.param(archived(FILES, ABOVE), Ending.SILENT, id="archive"),
            pytest.param(case(FILES, (ABOVE,)), Ending.COMPLETED, id="directory"),
        ],
    )
    def test_data_above(self, asked: Case, ending: Ending) -> None:
        """What is not in the directory of the package is the business of loaders of a file system."""
        assert [ending] == [world.ending for world in predict(asked, (3, 15)).worlds]

    def test_spec_not_said(self) -> None:
        """Who writes to the spec of a package that load_module() has loaded does what nobody knows."""
        spec = Bind(Call("importlib.util.find_spec", (Constant("pkg"),)), "s")
        loader = Reference(("s", "loader"))
        program = (spec, Bind(Call("importlib.abc.Loader.load_module", (loader, Constant("pkg"))), "v"))
        written = departure("dpath.used-for-submodules", "__spec__ written to")
        asked = archived({"r0/pkg/__init__.py": (), "r0/pkg/sub.py": ()}, *program, imports("pkg.sub"))
        assert [Ending.SILENT] == [world.ending for world in predict(asked, (3, 12), frozenset({written})).worlds]


class TestDirectories:
    """A directory of an archive is one with or without a member of its own (PEP 273)."""

    @pytest.mark.parametrize(
        ("files", "name", "outcome"),
        [
            pytest.param(FILES, "pkg.inner.m", "raised", id="in a package"),
            pytest.param({"r0/ns/m.py": ()}, "ns.m", "raised", id="top-level"),
            pytest.param(FILES, "pkg", "completed", id="a package is none"),
        ],
    )
    def test_implicit(self, files: Files, name: str, outcome: Value) -> None:
        """Who wants a member for it does not find what is in it, wherever it lies."""
        taken = predict(archived(files, imports(name)), (3, 12), frozenset({IMPLICIT}))
        assert [outcome] == [item.value for item in [taken.worlds[0].facts["outcome"]] if isinstance(item, Exactly)]

    def test_bytecode_alone(self) -> None:
        """Where the importer says that a module is of which it has something for bytecode, and no source, is open."""
        plain = archived({}, Bind(Call("importlib.util.find_spec", (Constant("a"),)), "v"))
        only = msgspec.structs.replace(plain, tree=Tree((Root((DataFile("a.pyc", "text"),), "stored"),)))
        assert [Ending.SILENT] == [world.ending for world in predict(only, (3, 12)).worlds]

    def test_bytecode(self) -> None:
        """One that has only the bytecode of a package is no namespace package."""
        plain = archived({"r0/pkg/m.py": ()}, imports("pkg.m"))
        root = Root((*plain.tree.roots[0].entries, DataFile("pkg/__init__.pyc", "text")), "stored")
        bytecode = msgspec.structs.replace(plain, tree=Tree((root,)))
        assert IMPLICIT not in predict(bytecode, (3, 12)).consulted


class TestPortions:
    """The path of a namespace package is collected again once the path that it comes from has changed."""

    @pytest.mark.parametrize(
        ("edits", "found"),
        [
            pytest.param((), "completed", id="unchanged"),
            pytest.param((PathEdit(1, remove=True), PathEdit(1)), "raised", id="moved behind the entries of others"),
        ],
    )
    def test_moved(self, edits: Body, found: Value) -> None:
        """An entry that is removed and appended stands behind those of others: what was appended is gone."""
        files: Files = {"r0/ns/a.py": (), "r1/other/b.py": (sets("x"),)}
        program = (imports("ns"), PathAppend(("ns",), "r1/other"), *edits, imports("ns.b"))
        taken = predict(case(files, program), (3, 12), frozenset({APPENDED}))
        assert [found] == [item.value for item in [taken.worlds[0].facts["outcome"]] if isinstance(item, Exactly)]


class TestLoadedByName:
    """Before 3.10 a module of an archive is loaded by load_module(), and what is missing afterwards is set."""

    @pytest.mark.parametrize(
        ("language", "body", "fact", "expected"),
        [
            pytest.param((3, 8), (), "module/a/__package__", "", id="set afterwards"),
            pytest.param((3, 8), (reads("x", "__package__"),), "module/a/value/x", None, id="perhaps not before"),
            pytest.param((3, 10), (reads("x", "__package__"),), "module/a/value/x", "", id="before"),
            pytest.param((3, 8), (Delete("__spec__"),), "module/a/__spec__", None, id="perhaps set again"),
            pytest.param((3, 8), (Delete("__loader__"),), "module/a/__loader__", None, id="perhaps the loader too"),
            pytest.param((3, 10), (Delete("__spec__"),), "module/a/__spec__", ABSENT, id="not set again"),
            pytest.param((3, 8), (sets("__package__", "b"),), "module/a/__package__", "b", id="not missing"),
        ],
    )
    def test_attribute(self, language: tuple[int, int], body: Body, fact: str, expected: Value) -> None:
        """Each is what the documents of that version say, where they say anything: None stands for nothing."""
        found = predict(archived({"r0/a.py": body}, imports("a")), language).facts[fact]
        assert expected == (found.value if isinstance(found, Exactly) else None)

    @pytest.mark.parametrize(("language", "expected"), [((3, 8), False), ((3, 10), True)])
    def test_one_list(self, language: tuple[int, int], *, expected: bool) -> None:
        """Whether what is appended to __path__ is in the spec too is not said where load_module() has set it."""
        program = (imports("pkg"), PathAppend(("pkg",), "r1/other"))
        facts = predict(archived(FILES, *program), language).facts
        assert isinstance(facts["module/pkg/spec.submodule_search_locations"], Exactly) is expected

    def test_relative_later(self) -> None:
        """Where they start afterwards is not said of a module that has made itself a package meanwhile."""
        body = (sets("__path__", Items(())), Function("f", (takes(".", "sub"),)))
        program = (imports("pkg.a"), Invoke(("pkg", "a", "f")))
        files: Files = {"r0/pkg/__init__.py": (), "r0/pkg/a.py": body, "r0/pkg/sub.py": ()}
        ends = [[world.ending for world in predict(archived(files, *program), (3, each)).worlds] for each in (8, 10)]
        assert [[Ending.SILENT], [Ending.COMPLETED]] == ends

    def test_relative(self) -> None:
        """Relative imports start from the parent of the spec, whether __package__ is there yet or not."""
        files: Files = {"r0/pkg/__init__.py": (takes(".sub", "x"),), "r0/pkg/sub.py": (sets("x", 2),)}
        assert isinstance(predict(archived(files, imports("pkg")), (3, 8)).facts["module/pkg/value/x"], Exactly)


class TestMissingDirectory:
    """A path entry may name a directory that an archive does not have."""

    def test_error(self) -> None:
        """Where that is an error, it may be the ImportError of importers of archives, which is derived from it."""
        program = (imports("pkg"), PathAppend(("pkg",), "r0/none"), imports("pkg.nowhere"))
        found = predict(archived(FILES, *program), (3, 12)).worlds
        options = {answer.option: world for world in found for answer in world.answers}
        assert OneOf(("ImportError", "ZipImportError"), ()) == msgspec.structs.replace(
            options["ImportError"].facts["exception/type"], clauses=()
        )
