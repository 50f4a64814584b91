"""A chapter that is added as CONTRIBUTING says is one: new files, and at most six lines in three others."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[3]
CHAPTER: Final = tomllib.loads(Path(__file__).with_name("chapter.toml").read_text("utf-8"))
LINES: Final[Mapping[str, list[list[str]]]] = CHAPTER["lines"]
FILES: Final[Mapping[str, str]] = CHAPTER["files"]
MOST: Final = {"lines": 6, "files": 3}

_TESTS: Final = ("conformance/tests/test_language.py", "conformance/tests/test_chapters.py")
_ASKED: Final = "Swap or joined or something_else or has_a_first_call or in_a_vector or test_chapters"
_SAID: Final = """
from generators import Variety, generate
from harness.model.case import words
found = {word for case in generate(seed=0, examples=4000, variety=Variety.WIDE) for word in words(case)}
print(sorted(found & {"swap", "operator.not_", "operator.truth"}))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of this one, with the files of the chapter."""
    for name in ("conformance", "generators", "harness", "reports"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("ARCHITECTURE.md", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def insert(checkout: Path, wanted: Mapping[str, Iterable[Iterable[str]]]) -> None:
    """Put lines behind others."""
    for name, pairs in wanted.items():
        text = (checkout / name).read_text("utf-8")
        for before, line in pairs:
            head, found, rest = text.partition(f"{before}\n")
            assert found, f"{name}: expected the line {before!r}, behind which another is put"
            text = f"{head}{found}{line}\n{rest}"
        (checkout / name).write_text(text, "utf-8")


def told(checkout: Path, *arguments: str) -> str:
    """What a Python prints that works there."""
    given = (sys.executable, *arguments)
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    ended = subprocess.run(given, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


def judged(checkout: Path) -> str:
    """What the tests say that look at chapters and at what can be said."""
    return told(checkout, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-k", _ASKED, *_TESTS)


def test_few_lines() -> None:
    """A chapter with one statement and two functions needs no more of what is there already."""
    assert sum(map(len, LINES.values())) <= MOST["lines"]
    assert len(LINES) <= MOST["files"]


def test_it_is_one(checkout: Path) -> None:
    """With these lines it is whole: it can be said, means something, is shown by vectors, and is generated."""
    insert(checkout, LINES)
    assert "2 ids added" in told(checkout, "-m", "conformance.catalogue")
    assert re.fullmatch(r"\d+ passed, \d+ deselected in .*", judged(checkout).splitlines()[-1])
    assert "['operator.not_', 'operator.truth', 'swap']\n" == told(checkout, "-c", _SAID)


def test_what_is_forgotten_is_named(checkout: Path) -> None:
    """Without them tests fail that say where they go."""
    language, rules, _ = LINES
    without = judged(checkout)
    assert f"expected an import of the chapter in {language}" in without
    assert "expected the table that python -m conformance.catalogue writes" in without
    insert(checkout, {language: LINES[language]})
    said = judged(checkout)
    assert f"expected a rule in STATEMENTS of harness/oracle/chapters/swapping.py, which {rules} imports" in said
    assert "expected a rule in STATEMENTS or FUNCTIONS" in said
