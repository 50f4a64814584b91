"""How results look: on terminals of some width, in pipes, with and without colours."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping

import pytest
from click.testing import CliRunner

from conformance.catalogue import catalogue, chapters
from conformance.cli import main
from conformance.cli.reporting import pairs
from conformance.cli.selecting import wanted_clauses

EXPLAIN = ("explain", "namespace-two-roots")
_PLAIN = {key: text for key, text in os.environ.items() if key not in {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM"}}


def on_a_terminal(arguments: tuple[str, ...], environment: Mapping[str, str], *, remarks: bool = False) -> str:
    """What a command shows on a terminal, of results or else of ``remarks``."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "conformance", *arguments]
    out, error = (subprocess.DEVNULL, theirs) if remarks else (theirs, subprocess.DEVNULL)
    process = subprocess.Popen(
        command, stdout=out, stderr=error, stdin=subprocess.DEVNULL, env={**_PLAIN, **environment}
    )
    os.close(theirs)
    found = b""
    try:
        while part := os.read(ours, 1 << 16):
            found += part
    except OSError:  # how the end of a terminal is told
        pass
    os.close(ours)
    process.wait()
    return found.decode()


def in_a_pipe(*arguments: str, **environment: str) -> str:
    """What a command writes where there is no terminal."""
    return CliRunner().invoke(main, arguments, env={"COLUMNS": None, **environment}).stdout


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_columns(columns: int) -> None:
    """On a terminal, and where COLUMNS is set, nothing is wider."""
    shown = on_a_terminal(EXPLAIN, {"COLUMNS": str(columns), "TERM": "dumb"})
    widths = [max(map(len, text.splitlines())) for text in (shown, in_a_pipe(*EXPLAIN, COLUMNS=str(columns)))]
    assert [True, True] == [columns - 10 < width <= columns for width in widths]


def test_a_pipe_is_not_wrapped() -> None:
    """Elsewhere a row is a line, however long."""
    lines = in_a_pipe("list", "vectors").splitlines()
    (row,) = [line for line in lines if line.startswith("namespace-two-roots ")]
    assert lines[-1].endswith(" vectors")
    assert int(lines[-1].split()[0].replace(",", "")) == len(lines) - 4
    assert row == row.rstrip()


def test_remarks_break_between_words() -> None:
    """On a terminal no word of a remark or of an error is broken, however long it is; elsewhere no line is."""
    word = "no-such-command-" * 4
    shown = on_a_terminal(("doctor", word), {"COLUMNS": "40"}, remarks=True).splitlines()
    lines = CliRunner().invoke(main, ["doctor", word], env={"COLUMNS": "40"}).stderr.splitlines()
    assert ([True] * len(shown), 2) == ([len(line) <= 40 or word in line for line in shown], len(lines))
    assert (" ".join(lines), True) == (" ".join(shown), len(shown) > len(lines))


def test_a_terminal_of_no_columns() -> None:
    """Where COLUMNS is no width a terminal shows what it shows without."""
    assert on_a_terminal(EXPLAIN, {}) == on_a_terminal(EXPLAIN, {"COLUMNS": "0"})


@pytest.mark.parametrize("columns", ["", "0", "-1", "x", "99999999999"])
def test_no_number_of_columns(columns: str) -> None:
    """What is no width is none."""
    assert in_a_pipe(*EXPLAIN) == in_a_pipe(*EXPLAIN, COLUMNS=columns)


def test_colours() -> None:
    """Colours are for terminals, and for whoever forces them; not for whoever wants none."""
    coloured = "\x1b[3"
    shown = [
        on_a_terminal(EXPLAIN, {"TERM": "xterm"}),
        on_a_terminal(EXPLAIN, {"TERM": "xterm", "NO_COLOR": "1"}),
        in_a_pipe(*EXPLAIN),
        in_a_pipe(*EXPLAIN, FORCE_COLOR="1"),
        in_a_pipe(*EXPLAIN, FORCE_COLOR="1", NO_COLOR="1"),
    ]
    assert [True, False, False, True, False] == [coloured in text for text in shown]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help(name: str) -> None:
    """Each command tells of itself by -h and by --help, with an example that is a command line of it."""
    short, long = (CliRunner().invoke(main, [name, option]).stdout for option in ("-h", "--help"))
    assert short == long
    (example, *_) = [line.strip() for line in long.partition("Example")[2].splitlines()[1:] if line.strip()]
    assert example.startswith(f"import-conformance {name} ")


@pytest.mark.parametrize(
    ("which", "wanted"),
    [
        pytest.param(["star"], chapters()["star"], id="chapter"),
        pytest.param(["star-import-all"], ("star-import-all",), id="area"),
        pytest.param(["repr", "star-import-all"], ("repr", "star-import-all"), id="areas"),
        pytest.param([], tuple(area for areas in chapters().values() for area in areas), id="all"),
    ],
)
def test_clauses_of_areas(which: list[str], wanted: tuple[str, ...]) -> None:
    """``list clauses`` lists those of an area or a chapter."""
    found = json.loads(in_a_pipe("list", "clauses", *which, "--json"))
    assert {clause.id for clause in catalogue().values() if clause.area in wanted} == {item["id"] for item in found}


@pytest.mark.parametrize("pattern", ["star", "star-import-all", "star.*"])
def test_cases_of_areas(pattern: str) -> None:
    """``--clauses`` takes an area or a chapter for all their clauses."""
    assert wanted_clauses(pattern) == {clause.id for clause in catalogue().values() if clause.area == "star-import-all"}


def test_compared_with_who_is_called_alike() -> None:
    """A label is compared with itself, and a build that a run tells apart with the only one of its kind in another."""
    assert {"c 1": "c 1"} == pairs(["c 1"], ["c 1", "p 2"])
    assert {"c 1": "c 1 (new)"} == pairs(["c 1"], ["c 1 (new)", "c 1 (old)"])
    assert {"c 1 (old)": "c 1"} == pairs(["c 1 (old)", "c 1 (new)"], ["c 1"])
    assert {"c 1 (old)": "c 1 (old)"} == pairs(["c 1 (old)", "c 1 (new)"], ["c 1 (old)", "c 1 (b)"])
