"""The command line."""

from conformance.cli.directory import demand_directory

demand_directory()

from collections.abc import Mapping  # noqa: E402 - whoever has no working directory is told so first
from types import MappingProxyType  # noqa: E402
from typing import Final  # noqa: E402

import click  # noqa: E402 - whoever has no working directory is told so first

from conformance import VERSION  # noqa: E402
from conformance.cli.doctoring import doctor  # noqa: E402
from conformance.cli.explaining import explain  # noqa: E402
from conformance.cli.exporting import export  # noqa: E402
from conformance.cli.findings import findings  # noqa: E402
from conformance.cli.listing import list_things  # noqa: E402
from conformance.cli.making import make  # noqa: E402
from conformance.cli.output import guarded, program  # noqa: E402
from conformance.cli.replaying import replay  # noqa: E402
from conformance.cli.reporting import compare, report  # noqa: E402
from conformance.cli.running import run  # noqa: E402
from conformance.cli.sensing import sensitivity  # noqa: E402

__all__ = ["entry", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="import-conformance")
def main() -> None:
    """Judge implementations of Python by what the documents say about importing."""


EXAMPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "doctor": "doctor 3.12 pypy3.11 ./build/python",
        "run": "run ./build/python 3.14 --examples 2000 --seed 7",
        "replay": "replay 2 ./build/python 3.14 --repro repro.py",
        "case": "case ./report --out case.json",
        "export": "export ./vectors namespace-two-roots",
        "list": "list clauses star --uncovered",
        "explain": "explain star.all-controls-exports",
        "report": "report run.jsonl --markdown run.md --junit run.xml",
        "findings": "findings run.jsonl ./build/python --out ./findings",
        "compare": "compare before.jsonl after.jsonl",
        "sensitivity": "sensitivity 3.12 --sample 30 --seed 1",
    }
)
"""For each command one way to call it."""

for command in (doctor, run, replay, make, export, list_things, explain, report, compare, findings, sensitivity):
    command.epilog = f"\b\nExample:\n  import-conformance {EXAMPLES[str(command.name)]}"
    main.add_command(guarded(command))


def entry() -> None:
    """The program ``import-conformance``."""
    program(main, "import-conformance")
