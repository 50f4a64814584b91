"""What a process says that ends without an answer is told, and nothing of the machine with it."""

from pathlib import Path

import pytest

from harness.model.observation import Observation
from harness.model.saying import agreed, closing, last_words, warned
from harness.model.values import Value
from harness.run.tests.fakes import ask, fake, importing

_CRASHED: Value = ("crashed", 11)


def crashed(stderr: str, outcome: Value = _CRASHED) -> Observation:
    """A process that crashed after it had written that."""
    return Observation({"outcome": outcome}, {"stderr": stderr})


@pytest.mark.parametrize("outcome", [_CRASHED, ("exited", 1), ("unbegun", 1), "timed-out"])
def test_who_gives_no_answer_is_heard(outcome: Value) -> None:
    """A crash, an exit and a hang have last words."""
    assert "told" == last_words(crashed("told\n", outcome))


@pytest.mark.parametrize("outcome", ["completed", "raised", ("unsupported", "no"), ("fault", "ours")])
def test_who_answers_is_not(outcome: Value) -> None:
    """Where there is an answer, or nothing was asked, what was written belongs to the case."""
    assert "" == last_words(crashed("told\n", outcome))


def test_standard_output_stands_in() -> None:
    """Who says nothing on standard error is heard on standard output."""
    assert "told" == last_words(Observation({"outcome": _CRASHED}, {"stdout": "told\n"}))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param('File "/mine/lib/x.py", line 12, in f', 'File "…/x.py", line 12, in f', id="place"),
        pytest.param("at <tree>/r0/pkg/__init__.py:3", "at <tree>/r0/pkg/__init__.py:3", id="place-in-the-tree"),
        pytest.param("file:///java/x/lib.jar", "file://…/lib.jar", id="place-as-address"),
        pytest.param("Current thread 0x00007f12 (newest first)", "Current thread 0x (newest first)", id="address"),
        pytest.param("Object@1b2c3d4 in pid 4711", "Object@ in pid N", id="process"),
        pytest.param("==4711==ERROR: at 12:03:44.12", "==N==ERROR: at …", id="time"),
        pytest.param("\x1b[31mred\x1b[0m", "red", id="colour"),
        pytest.param("line 1360 and 12 / 3", "line 1360 and 12 / 3", id="numbers-of-lines"),
    ],
)  # fmt: skip
def test_nothing_tells_of_the_machine(said: str, kept: str) -> None:
    """Places, addresses, processes and times are left out, the rest stands."""
    assert kept == agreed([crashed(said)])


def test_calls_of_a_java_machine_are_left_out() -> None:
    """What stands below an exception of Java is not told: the exception is what is said last."""
    calls = (
        "\tat org.x.A$B.call(A.java:12)\n\tat a.b/c.D.<init>(Native Method)\n\tSuppressed: Frames (8)\n\t... 3 more\n"
    )
    said = f"Traceback:\n  at odds (with it)\njava.lang.Error: no\n{calls}"
    assert "Traceback:\n  at odds (with it)\njava.lang.Error: no" == agreed([crashed(said)])


def test_the_end_is_told() -> None:
    """People are shown the last lines, as much as a page has, and the last one in any case."""
    assert ("b" * 1999, "c" * 3000, "") == (closing("a\n" + "b" * 1999), closing("c" * 3000), closing(""))


def test_what_differs_from_time_to_time_is_left_out() -> None:
    """Only the lines that were said each time are kept, in order; a number that differs is none."""
    said = ["a 12, 4711\nworker seven\nb\n", "a 12, 4712\nworker nine\nb\n", "a 12, 98\nb\n"]
    assert "a 12, N\nb" == agreed([crashed(text) for text in said])


def test_it_is_bounded() -> None:
    """Of much the beginning and the end are kept, and of a long line its beginning."""
    kept = agreed([crashed("\n".join(f"{number} {'x' * 500}" for number in range(90)))]).split("\n")
    assert (13, "0", "…", "89", 200) == (len(kept), kept[0][0], kept[3], kept[-1][:2], len(kept[0]))


def test_a_real_process(tmp_path: Path) -> None:
    """What a process writes before it is killed is heard, with the place of its tree left out."""
    deed = "os.write(2, (os.getcwd() + ' is broken').encode()) and os.kill(os.getpid(), 9)"
    (seen,) = ask(fake(tmp_path, f"on_import('bad', lambda: {deed})\nhonest()\n"), importing("bad"))
    assert (("crashed", 9), "<tree> is broken") == (seen.outcome, last_words(seen))


def test_no_half_line(tmp_path: Path) -> None:
    """Of more than is kept the first line is a whole one."""
    deed = "os.write(2, b'the same line\\n' * 9999) and os.kill(os.getpid(), 9)"
    (seen,) = ask(fake(tmp_path, f"on_import('bad', lambda: {deed})\nhonest()\n"), importing("bad"))
    assert {"the same line"} == set(last_words(seen).split("\n"))


def test_warnings_that_are_not_expected() -> None:
    """Those of other categories are told that are there each time, but for numbers; where nothing warned nothing is."""
    seen = [Observation({}, {"warnings": f"A: no\nB: {n} of them\nC: {'xy'[n]}"}) for n in range(2)]
    assert ("B: N of them", "") == (warned(seen, {"A"}), warned([Observation({})], ()))


def test_a_fork_server_that_ends(tmp_path: Path) -> None:
    """Where the fork server itself ends, what it wrote last is in the reason of the fault, without places."""
    deed = "os.write(2, b'before\\nno /some/where/lib.so, 0x12\\n') and os._exit(1)"
    (seen,) = ask(fake(tmp_path, f"arguments[0] == 'serve' and {deed}\nhonest()\n"), importing("good"))
    assert isinstance(seen.outcome, tuple)
    word, reason = seen.outcome
    assert ("fault", True) == (word, str(reason).endswith("the fork server ended: no …/lib.so, 0x"))
