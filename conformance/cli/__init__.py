"""The command line."""

from conformance.cli.directory import demand_directory

demand_directory()

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


@click.group()
@click.version_option(VERSION, prog_name="import-conformance")
def main() -> None:
    """Judge implementations of Python by what the documents say about importing."""


for command in (doctor, run, replay, make, export, list_things, explain, report, compare, findings, sensitivity):
    main.add_command(guarded(command))


def entry() -> None:
    """The program ``import-conformance``."""
    program(main, "import-conformance")
