"""The command line."""

import click

from conformance import VERSION
from conformance.cli.doctoring import doctor
from conformance.cli.explaining import explain
from conformance.cli.listing import list_things
from conformance.cli.output import guarded
from conformance.cli.replaying import replay
from conformance.cli.reporting import compare, report
from conformance.cli.running import run

__all__ = ["main"]


@click.group()
@click.version_option(VERSION, prog_name="import-conformance")
def main() -> None:
    """Judge implementations of Python by what the documents say about importing."""


for command in (doctor, run, replay, list_things, explain, report, compare):
    main.add_command(guarded(command))
