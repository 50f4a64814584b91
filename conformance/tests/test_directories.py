"""A directory of Python files is a case: that of a vector is the vector."""

from pathlib import Path

import pytest

from conformance.catalogue import vectors
from conformance.directories import DEEPEST, DirectoryError, Unsaid, from_directory
from harness.model.case import Case, Embedded, Module, Script, written_tree
from harness.model.language.spelling import Plain
from harness.model.rendering import plainly, render_program
from harness.model.source import Alias, Import, Mark, Source
from harness.model.tests.examples import DEPRECATED, LAZY, LISTED, MAIN, SUBMODULE
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile, Tree
from harness.run.archiving import archived


def files(case: Case) -> dict[str, str]:
    """What lies in the tree, and what every file of Python says, plainly; and the program."""
    host = plainly(case)
    found = {"": render_program(case.program, host=host)}
    for number, root in enumerate(written_tree(case).roots):
        for entry in root.entries:
            found[f"r{number}/{entry.path}"] = _said(entry, host)
    return found


def _said(entry: Entry, host: Plain) -> str:
    """What a file says; the ends of lines of what is Python are all one."""
    if isinstance(entry, DataFile) and entry.path.endswith(".py"):
        return "\n".join(entry.text.splitlines()) + "\n" if "\r" in entry.text else str(entry)
    return render_program(entry.source, host=host) if isinstance(entry, SourceFile) else str(entry)


def write(place: Path, **files: str) -> Path:
    """A directory of these files; two underscores stand for a slash."""
    for name, text in files.items():
        path = place / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(f"{path.name}.py").write_text(text, "utf-8")
    return place


def written(case: Case, place: Path) -> None:
    """Write the case as plain files."""
    for number, root in enumerate(written_tree(case).roots):
        (place / f"r{number}").mkdir()
        for entry in root.entries:
            path = place / f"r{number}" / entry.path
            (path if isinstance(entry, Directory) else path.parent).mkdir(parents=True, exist_ok=True)
            if isinstance(entry, SourceFile):
                path.write_text(render_program(entry.source, host=plainly(case)), "utf-8")
            elif isinstance(entry, DataFile):
                path.write_text(entry.text, "utf-8", newline="")
    if isinstance(case.launch, Embedded):
        (place / "program.py").write_text(render_program(case.program, host=plainly(case)), "utf-8")


@pytest.mark.parametrize(
    ("vector", "texts"),
    [
        ("pep562-deprecated-names", {"r0/lib.py": DEPRECATED, "program.py": "from lib import old_function"}),
        (
            "pep562-lazy-submodule",
            {
                "r0/lib/__init__.py": LAZY,
                "r0/lib/submod.py": SUBMODULE,
                "program.py": "import lib\nlib.submod.HeavyClass",
            },
        ),
        ("pep562-dir", {"r0/lib.py": LISTED, "program.py": f"{MAIN}x = dir(lib)\n"}),
    ],
)
def test_examples_of_a_pep(tmp_path: Path, vector: str, texts: dict[str, str]) -> None:
    """The examples of PEP 562 are those vectors, by their very text."""
    (tmp_path / "r0/lib").mkdir(parents=True)
    for path, text in texts.items():
        (tmp_path / path).write_text(text, "utf-8")
    made = from_directory(tmp_path)
    assert ((), render_program(vectors()[vector].case.program)) == (made.unsaid, render_program(made.case.program))
    assert set(vectors()[vector].case.tree.roots[0].entries) <= set(made.case.tree.roots[0].entries)


def of_archives(case: Case) -> bool:
    """Whether a root of the case is an archive."""
    return any(root.archive is not None for root in case.tree.roots)


def test_archive(tmp_path: Path) -> None:
    """An archive is no directory that is read."""
    (tmp_path / "r0").mkdir()
    (tmp_path / "r1").write_bytes(archived(Root((), "stored"), {}))
    with pytest.raises(DirectoryError, match="what lies in an archive is not read"):
        from_directory(tmp_path)


def read(case: Case, place: Path) -> tuple[object, ...]:
    """What is read of a case that is written as plain files: what is unsaid, the launch, and what the files say."""
    place.mkdir()
    written(case, place)
    match case.launch:
        case Script(path=path):
            made = from_directory(place, place / path)
        case Module(name=module):
            made = from_directory(place, module=module)
        case _:
            made = from_directory(place)
    return made.unsaid, made.case.launch, files(made.case)


def test_every_vector(tmp_path: Path) -> None:
    """What a vector is as plain files is the vector: the same files, that say the same, and the same launch."""
    cases = {name: vector.case for name, vector in vectors().items() if not of_archives(vector.case)}
    found = {name: read(case, tmp_path / name) for name, case in cases.items()}
    expected = {name: ((), case.launch, files(case)) for name, case in cases.items()}
    assert [(name, expected[name], found[name]) for name in cases if expected[name] != found[name]] == []


class TestPrograms:
    """Which program it is."""

    def test_every_module(self, tmp_path: Path) -> None:
        """Without any it imports each module, once."""
        write(tmp_path, pkg__sub="", mod="")
        (tmp_path / "pkg/__init__.py").touch()
        program = Source(tuple(Import((Alias(name),)) for name in ("mod", "pkg", "pkg.sub")))
        assert ((), program) == (from_directory(tmp_path).unsaid, from_directory(tmp_path).case.program)

    def test_outside(self, tmp_path: Path) -> None:
        """A file that lies in no path entry is a program of its own."""
        write(tmp_path, tree__mod="", main="print('here')")
        assert (
            Case(Tree((Root((SourceFile("mod.py"),)),)), Source((Mark("here"),)))
            == from_directory(tmp_path / "tree", tmp_path / "main.py").case
        )

    def test_inside(self, tmp_path: Path) -> None:
        """One that does is a script."""
        write(tmp_path, one__mod="", two__main="print('here')")
        made = from_directory(tmp_path, tmp_path / "two/main.py", ("one", "two"))
        tree = Tree((Root((SourceFile("mod.py"),)), Root()))
        assert Case(tree, Source((Mark("here"),)), Script("r1/main.py")) == made.case

    @pytest.mark.parametrize("name", ["main", "program"])
    def test_by_its_name(self, name: str, tmp_path: Path) -> None:
        """Without any it is the script that is called like one."""
        write(tmp_path, mod="", **{name: "import mod\n"})
        tree = Tree((Root((SourceFile("mod.py"),)),))
        made = from_directory(tmp_path).case
        assert Case(tree, Source((Import((Alias("mod"),)),)), Script(f"r0/{name}.py")) == made

    def test_beside_the_path_entries(self, tmp_path: Path) -> None:
        """One that lies beside r0 is before one in it."""
        write(tmp_path, r0__main="print('r0')", program="print('here')")
        assert (Source((Mark("here"),)), Embedded()) == (
            from_directory(tmp_path).case.program,
            from_directory(tmp_path).case.launch,
        )


class TestUnsaid:
    """All that cannot be said is named with its file and line, and left out."""

    def test_everything(self, tmp_path: Path) -> None:
        """Lines that are no statement, statements that no case may say, files that are none."""
        write(tmp_path, a="import b\nx = 1.5\nimport antigravity\n", b="def f():\n    import os\n    with a: pass\n")
        (tmp_path / "data.bin").write_bytes(b"\xff")
        (tmp_path / "c.py").write_bytes(b"# coding: latin-1\n")
        (tmp_path / "link.py").symlink_to("a.py")
        made = from_directory(tmp_path)
        expected = [("a.py", 2, "x = 1.5"), ("a.py", 3, "import antigravity")]
        expected += [("b.py", 2, "import os"), ("b.py", 3, "with a: pass")]
        expected += [("c.py", 1, ""), ("data.bin", 0, ""), ("link.py", 0, "")]
        assert [(str(tmp_path / file), *rest) for file, *rest in expected] == [item[:3] for item in made.unsaid]
        said = {"r0/a.py": "import b\n", "r0/b.py": "def f():\n    pass\n", "r0/c.py": ""}
        assert said.items() <= files(made.case).items()

    def test_the_library_is_imported_where_it_serves(self, tmp_path: Path) -> None:
        """An import of the library that nothing needs is to be left out, one in a function to be moved."""
        write(
            tmp_path,
            a="import sys\nfrom os import path, sep\nx = 1\n",
            b="def f():\n    from importlib import reload\n",
        )
        found = {(Path(item.file).name, item.line): item.reason for item in from_directory(tmp_path).unsaid}
        assert [("a.py", 1), ("a.py", 2), ("b.py", 2)] == sorted(found)
        assert found["a.py", 1] == found["a.py", 2] != found["b.py", 2]
        assert (True, True) == ("leave the line out" in found["a.py", 1], "move the line" in found["b.py", 2])

    def test_what_is_asked_by_a_class_of_the_library(self, tmp_path: Path) -> None:
        """The library is called by its own name, which a class of it in a question is no other meaning of."""
        asked = "import types\nx = isinstance(b, types.ModuleType)\ny = types.ModuleType('m')\n"
        write(tmp_path, a=f"import b\n{asked}", b="x = 1\n")
        assert () == from_directory(tmp_path).unsaid

    def test_a_program_that_is_not_the_main_module(self, tmp_path: Path) -> None:
        """One that lies in no path entry cannot ask whether it is; one that does can."""
        text = "import a\nif __name__ == '__main__':\n    import b\n"
        write(tmp_path, program=text, r0__a="", r0__b="")
        assert [("program.py", 2)] == [(Path(item.file).name, item.line) for item in from_directory(tmp_path).unsaid]
        write(tmp_path, r0__main=text)
        assert () == from_directory(tmp_path, tmp_path / "r0/main.py").unsaid

    def test_what_lies_beside_the_path_entries(self, tmp_path: Path) -> None:
        """A file of Python that is not the program, and a directory that is called like a path entry behind a gap."""
        write(tmp_path, r0__a="", r2__b="", main="import a\n", program="import a\n")
        (tmp_path / "README.md").touch()
        assert ["main.py", "r2"] == [Path(item.file).name for item in from_directory(tmp_path).unsaid]
        found = from_directory(tmp_path, tmp_path / "main.py").unsaid
        assert ["r2"] == [Path(item.file).name for item in found]
        assert () == from_directory(tmp_path, tmp_path / "main.py", ("r2",)).unsaid

    def test_data_that_may_not_lie_there(self, tmp_path: Path) -> None:
        """It is named, and not the directory."""
        write(tmp_path, a="")
        (tmp_path / "b.pyw").write_text("import os\n")
        assert ["b.pyw"] == [Path(item.file).name for item in from_directory(tmp_path).unsaid]

    def test_a_line_is_told_once(self, tmp_path: Path) -> None:
        """Of a line of two statements, of which one is none and one is refused, the reason is told."""
        write(tmp_path, a="x = 1.5; import json\nx = 2.5; y = 3.5\n")
        found = [(item.line, bool(item.reason)) for item in from_directory(tmp_path).unsaid]
        assert [(1, True), (2, False)] == found

    def test_a_name_of_two_meanings(self, tmp_path: Path) -> None:
        """What one file calls the library by, no other may bind."""
        write(tmp_path, a="import sys\nsys.modules['m'] = None\n", b="sys = 1\n")
        made = from_directory(tmp_path)
        assert [(str(tmp_path / "b.py"), 1, "sys = 1")] == [item[:3] for item in made.unsaid]
        assert {"r0/a.py": "import sys\nsys.modules['m'] = None\n", "r0/b.py": ""}.items() <= files(made.case).items()

    def test_a_file_that_shadows(self, tmp_path: Path) -> None:
        """A module of the standard library stays what it is."""
        write(tmp_path, a="", string="")
        (found,) = from_directory(tmp_path, write(tmp_path / "program", main="import a\n") / "main.py").unsaid
        assert Unsaid(str(tmp_path / "string.py"), 0, "") == found._replace(reason="")

    def test_what_lies_too_deep(self, tmp_path: Path) -> None:
        """A directory in so many others is named."""
        place = tmp_path.joinpath(*["d"] * (DEEPEST + 1))
        place.mkdir(parents=True)
        assert [str(place)] == [item.file for item in from_directory(tmp_path).unsaid]

    def test_what_is_compiled_is_left_alone(self, tmp_path: Path) -> None:
        """What an implementation wrote beside the sources is not a part of the case."""
        write(tmp_path, a="")
        (tmp_path / "__pycache__").mkdir()
        (tmp_path / "__pycache__/a.cpython-312.pyc").write_bytes(b"\xff")
        assert () == from_directory(tmp_path).unsaid


@pytest.mark.parametrize(
    ("name", "roots", "reason"),
    [
        pytest.param("nowhere", (), "there is no such directory", id="no directory"),
        pytest.param(".", ("nowhere",), "there is no such directory", id="no root"),
    ],
)
def test_no_directory(name: str, roots: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    """What is no directory is named."""
    with pytest.raises(DirectoryError, match=reason):
        from_directory(tmp_path / name, roots=roots)


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        pytest.param("nowhere", r"no such module: expected nowhere\.py or nowhere/__main__\.py", id="none"),
        pytest.param("ns", r"a namespace package is run by .* expected ns/__main__\.py", id="a namespace package"),
        pytest.param("ns.pkg", r"a package is run by .* expected ns/pkg/__main__\.py", id="a package"),
        pytest.param("../a", "expected the name of a module", id="no name"),
    ],
)
def test_no_module(module: str, reason: str, tmp_path: Path) -> None:
    """Where there is nothing to run by a name, it is said what would be."""
    write(tmp_path, ns__pkg__a="")
    (tmp_path / "ns/pkg/__init__.py").touch()
    with pytest.raises(DirectoryError, match=reason):
        from_directory(tmp_path, module=module)


def test_no_program(tmp_path: Path) -> None:
    """A program that is not there is named."""
    with pytest.raises(DirectoryError, match="cannot be read"):
        from_directory(tmp_path, tmp_path / "main.py")
