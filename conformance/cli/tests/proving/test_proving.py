"""Who does not pass the trivial cases, which import nothing, is not judged; who passes is."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.cli import main
from harness.run.tests.fakes import fake
from harness.tests.hosts import PYTHON

_BUILT_IN = {"sys", "builtins", "marshal", "posix", "_signal", "_warnings", "gc"}
_NO_IMPORTS = f"""
real = builtins.__import__
def broken(name, *rest, **more):
    if name in {_BUILT_IN}:
        return real(name, *rest, **more)
    raise KeyError(name)
builtins.__import__ = broken
"""
_NO_MARKS = """
real = builtins.compile
def mark(*given):
    os.write(2, b'a complaint')
    raise KeyError('the reason')
builtins.compile = lambda *given: (setattr(builtins, '_mark', mark), real(*given))[1]
"""
_HELLO = "if arguments[0] == 'hello':\n    honest()\n    sys.exit()\n"


def _told(directory: Path, body: str, *arguments: str) -> Result:
    """What a command says of this Python, in whose agent something is done, but not to its hello."""
    command = directory / "command"
    inner = fake(directory, f"{_HELLO}{body}honest()\n")
    spoilt = f'[ "${{1##*/}}" = agent.py ] && exec {" ".join(inner)} "$@"'
    command.write_text(f'#!/bin/sh\n{spoilt}\nexec {PYTHON} "$@"\n')
    command.chmod(0o755)
    first, *rest = arguments
    return CliRunner().invoke(main, [first, str(command), *rest])


def test_judged(tmp_path: Path) -> None:
    """An interpreter that can run a program and imports nothing is no fault of its adapter: it diverges."""
    result = _told(tmp_path, _NO_IMPORTS, "run", "--vectors-only", "--clauses", "circular.partial-*")
    assert (result.exit_code, "diverges by clause" in result.stdout) == (1, True), result.output


def test_not_judged(tmp_path: Path) -> None:
    """Of one whose marks do not come back nothing is said, and which trivial case failed how is."""
    result = _told(tmp_path, _NO_MARKS, "run", "--vectors-only", "--clauses", "cache.checked-first")
    assert (result.exit_code, result.stdout) == (3, ""), result.output
    assert "its adapter does not work: embedded: how the program ends: raised an exception, not completed" in (
        result.stderr
    )


@pytest.mark.parametrize("words", ["raised KeyError: 'the reason'", "stderr: a complaint"])
def test_doctor_tells_why(tmp_path: Path, words: str) -> None:
    """Doctor shows what a trivial case raised, and what the subject wrote to standard error."""
    result = _told(tmp_path, _NO_MARKS, "doctor")
    assert (result.exit_code, words in result.stdout) == (3, True), result.output


def test_doctor_tells_what_is_not_asked() -> None:
    """Doctor shows which launches the command spoils, and how."""
    result = CliRunner().invoke(main, ["doctor", f"{PYTHON} -I"])
    assert (result.exit_code, "not asked script, module: the command keeps" in result.stdout) == (0, True)
