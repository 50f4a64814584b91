"""What a report begins with: who was asked, and what command gives the same cases."""

from collections.abc import Iterator

from harness.model.versions import dotted
from reports.records import Arguments, Header

__all__ = ["asked", "command"]


def asked(header: Header) -> str:
    """The implementations with their versions, and those of the language where that is another one."""
    return "; ".join(
        f"{item.label} (Python {dotted(item.language)})" if item.name != "cpython" else item.label
        for item in header.implementations
    )


def command(header: Header) -> str:
    """The command that asks the same cases; where interpreters and files of cases lie is not told in a run."""
    names = " ".join(f"INTERPRETER{number}" for number, _ in enumerate(header.implementations, 1))
    if len(header.implementations) == 1:
        names = "INTERPRETER"
    return " ".join(("import-conformance run", names, *_options(header.seed, header.arguments)))


def _options(seed: int, arguments: Arguments) -> Iterator[str]:
    yield f"--seed {seed}"
    if arguments.cases:
        yield "--cases FILE"
    if arguments.vectors_only:
        yield "--vectors-only"
    else:
        yield f"--examples {arguments.examples}"
    if arguments.clauses != "*":
        yield f"--clauses '{arguments.clauses}'"
    if arguments.mix not in {"", "both"}:
        yield f"--mix {arguments.mix}"
    if arguments.sparse != 1:
        yield f"--sparse {arguments.sparse}"
    if arguments.fresh:
        yield "--fresh"
    if arguments.shard:
        yield f"--shard {arguments.shard}"
