"""The portable runner says of an implementation what the engine says of it, by files that need no suite."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import pytest

from conformance.catalogue import Vector, vectors
from conformance.demands import Implementation
from conformance.engine import Reply, replies
from conformance.portable import RUNNER, Expected, expected, exported, is_told, write_vectors
from harness.diff import Verdict, fits
from harness.model.case import Case
from harness.model.language.expressions import Bind, Reference
from harness.model.source import Alias, Assign, Broken, Import, Raise, Source
from harness.model.tree import DataFile, Directory, Root, SourceFile, Tree
from harness.tests.hosts import PYTHON

STRIDE: Final = 80
"""The vectors are compared in parts, each with every eightieth."""

MOST_LINES: Final = 100


def vector(*program: Bind | Assign | Import | Raise | Broken) -> Vector:
    """A vector of that program over a tree with a package."""
    package = SourceFile("pkg/__init__.py", Source((Assign("x", 1),), "It."))
    case = Case(Tree((Root((package, DataFile("data", "text"), Directory("no"))),)), Source(program))
    return msgspec.structs.replace(next(iter(vectors().values())), name="v", case=case)


def ran(*arguments: str) -> tuple[int, list[str]]:
    """The exit status and the lines of the runner, on the Python behind this one."""
    command = [PYTHON, str(RUNNER), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout.splitlines()


def departs(reply: Reply) -> bool:
    """Whether what the engine saw is none of the documents' worlds, by the facts that are told."""
    told = [
        msgspec.structs.replace(world, facts={key: fact for key, fact in world.facts.items() if is_told(key)})
        for world in reply.answer.predicted.documents.worlds
    ]
    return not any(fits(world, reply.answer.observation) for world in told)


def kinds(part: Expected) -> Iterator[str]:
    """The kinds of the values that a part of what is expected allows."""
    for facts in (part.always, *part.worlds):
        for key, some in facts.items():
            if not key.endswith("/") and key != "modules":
                yield from (kind for text in some if text is not None for kind in tags(json.loads(text)))


def tags(value: object) -> Iterator[str]:
    """The first words of the lists in a value."""
    if isinstance(value, list):
        yield str(value[0])
        yield from (tag for item in value[1:] for tag in tags(item))


class TestRunner:
    """One file that another project can keep."""

    def test_is_small_and_stands_alone(self) -> None:
        """It has at most 100 lines, imports nothing but the standard library, and is Python 3.8."""
        text = RUNNER.read_text("utf-8")
        nodes = [*ast.walk(ast.parse(text, feature_version=(3, 8)))]
        names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
        assert (True, True) == (len(text.splitlines()) <= MOST_LINES, names <= sys.stdlib_module_names)

    @pytest.mark.parametrize("part", range(4))
    def test_agrees_with_the_engine(self, part: int, implementation: Implementation, tmp_path: Path) -> None:
        """Of each vector that can be asked it says what the engine says, by the same facts."""
        wanted = list(vectors().values())[part * STRIDE // 4 :: STRIDE]
        write_vectors(wanted, tmp_path)
        replied = {item.name: replies(item.case, implementation.ground)[0] for item in wanted}
        command = [*replied[wanted[0].name].answer.identity.command, str(RUNNER), str(tmp_path)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        asked = {name: reply for name, reply in replied.items() if reply.ruling.verdict is not Verdict.UNSUPPORTED}
        told = {line.partition(": ")[0] for line in ended.stdout.splitlines()[:-1]}
        assert {name for name, reply in asked.items() if departs(reply)} == told.intersection(asked)

    def test_as_documented(self, tmp_path: Path) -> None:
        """Where all is as documented it says so, and its exit status is 0."""
        write_vectors([vector(Import((Alias("pkg"),)))], tmp_path)
        assert (0, ["1 vectors as documented, 0 not"]) == ran(str(tmp_path))

    def test_not_as_documented(self, tmp_path: Path) -> None:
        """Where a fact is another it is told, and the exit status is 1."""
        write_vectors([vector(Import((Alias("pkg"),)))], tmp_path)
        (tmp_path / "v/r0/pkg/__init__.py").write_text("x = 2\n", "utf-8")
        code, lines = ran(str(tmp_path), "v")
        assert (1, "v: module pkg/x is 2, not 1") == (code, next(line for line in lines if "/x" in line))

    def test_nothing_asked(self, tmp_path: Path) -> None:
        """Where nothing was asked the exit status is 2."""
        write_vectors([vector(Raise("ValueError"))], tmp_path)
        assert (2, ["0 vectors as documented, 0 not"]) == ran(str(tmp_path), "w")

    def test_other_versions(self, tmp_path: Path) -> None:
        """What is expected of no such version is not asked."""
        write_vectors([vector(Raise("ValueError"))], tmp_path)
        place = tmp_path / "v/vector.json"
        place.write_text(json.dumps({**json.loads(place.read_text("utf-8")), "expected": []}), "utf-8")
        assert 2 == ran(str(tmp_path))[0]


class TestFormat:
    """What is written says what the vector says."""

    def test_files(self) -> None:
        """A file of Python prints its path behind its docstring; a directory has no text."""
        found = exported(vector(Import((Alias("pkg"),))))
        assert {
            "r0/": "",
            "r0/no/": "",
            "r0/data": "text",
            "r0/pkg/__init__.py": "'It.'\nprint('r0/pkg/__init__.py', __name__)\nx = 1\n",
            "program.py": "import pkg\n",
        } == {path: text for path, text in found.items() if path != "vector.json"}

    def test_facts(self) -> None:
        """What is the same in all worlds stands once; what is not there is null, and what is open is left out."""
        (part, *_) = expected(vector(Import((Alias("pkg"),)), Assign("y", 1)).case)
        always = part.always
        told = ("outcome", "program/", "program/y", "module pkg", "module pkg/__doc__", "module pkg/__loader__")
        values = [('"completed"',), ('["pkg", "y"]',), ("1",), ('["module", "pkg"]',), ('"It."',), None]
        assert ((3, 8), values) == (part.since, [always.get(key) for key in told])
        assert {"module pkg/__cached__"} <= {key for world in part.worlds for key in world}

    def test_values_are_documented(self) -> None:
        """Every kind of value that a fact may have is told of where the format is."""
        wanted = [item for name, item in vectors().items() if item.chapter == "walking" or name < "c"]
        found = {kind for item in wanted for part in expected(item.case) for kind in kinds(part)}
        text = (RUNNER.parents[1] / "documentation/portable.md").read_text("utf-8")
        assert found == {kind for kind in found if f'["{kind}"' in text} != set()

    def test_what_is_printed(self) -> None:
        """The events are lines, in order; ends of statements are none."""
        (part, *_) = expected(vector(Import((Alias("pkg"),)), Import((Alias("pkg"),))).case)
        assert {"output 0": ('"r0/pkg/__init__.py pkg"',), "output": ("1",)} == {
            key: some for key, some in part.always.items() if key.startswith("output")
        }

    def test_a_program_that_is_no_python(self) -> None:
        """It does not begin."""
        (part,) = expected(vector(Broken()).case)
        assert ({"outcome": ('"unbegun"',)}, ({},)) == (part.always, part.worlds)

    def test_versions(self) -> None:
        """Versions of which the documents say the same are one part, and those that lack an exception are none."""
        assert [(3, 15)] == [part.since for part in expected(vector(Raise("ImportCycleError")).case)]

    def test_bound(self) -> None:
        """A name that is bound to a module is told by the module."""
        (part, *_) = expected(vector(Import((Alias("pkg"),)), Bind(Reference(("pkg",)), "y")).case)
        assert ('["module", "pkg"]',) == part.always["program/y"]
