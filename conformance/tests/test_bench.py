"""The benchmark: it measures, and says where the time goes."""

import json
import sys

from click.testing import CliRunner

from conformance.bench import STAGES, main


def test_figures() -> None:
    """Every figure is there, and every stage is one that is shown."""
    (told,) = json.loads(CliRunner().invoke(main, [sys.executable, "--examples", "20", "--json"]).stdout)
    assert (told["forked"] > 0, told["fresh"] > 0, told["engine"] > 0) == (True, True, True)
    assert set(told["stages"]) == set(STAGES)


def test_tables() -> None:
    """People get two tables."""
    shown = CliRunner().invoke(main, [sys.executable, "--examples", "10"]).stdout
    assert ("cases a second" in shown, "where the time of a whole run goes" in shown) == (True, True)
