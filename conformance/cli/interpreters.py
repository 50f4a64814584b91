"""From what the user names to implementations."""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import msgspec

from conformance.cli.output import CommandError, IncompleteError, remark
from conformance.engine import implementations
from harness.model.observation import Identity
from harness.run import AdapterError, Contain, Found, Implementation, Workspace, base_interpreter, contained, find
from harness.run.together import together
from reports.wording import bare


def workspace() -> Workspace:
    """A scratch directory.

    Raises:
        CommandError: nothing can be written anywhere.
    """
    try:
        return Workspace()
    except AdapterError as error:
        raise IncompleteError(str(error), error.hint) from error


def labelled(identities: Sequence[Identity]) -> list[tuple[str, str]]:
    """What each is called, and its command where another has the same name and version."""
    labels = [item.label for item in implementations(identities)]
    alike = Counter(map(bare, labels))
    return [
        (label, " ".join(item.command) if alike[bare(label)] > 1 else "")
        for label, item in zip(labels, identities, strict=True)
    ]


def found(
    specs: Sequence[str],
    place: Workspace,
    environment: Mapping[str, str],
    *,
    base: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Found:
    """The implementations that ``specs`` name; with ``base`` those behind virtual environments.

    Raises:
        Stopped: somebody asked to stop.
        CommandError: one of them is no implementation that can be asked, or there is none at all.
    """
    try:
        given = [base_interpreter(spec) if base and os.path.lexists(spec) else spec for spec in specs]
        result = find(given, place, environment=environment, stopped=stopped)
    except (AdapterError, ValueError) as error:
        if isinstance(error, AdapterError):
            raise CommandError(str(error), error.hint, error.said) from error
        raise CommandError(str(error), "quote the command as a shell would read it") from error
    if not result.implementations:
        raise CommandError(f"no interpreter is found by {' '.join(specs)}", "name the path of one")
    return result


def behind(
    result: Found,
    place: Workspace,
    environment: Mapping[str, str],
    contain: Contain,
    *,
    tell: bool = True,
    jobs: int = 2,
    stopped: Callable[[], bool] = lambda: False,
) -> Found:
    """The same implementations, asked behind what contains the cases of a file; the user is told of gaps.

    Raises:
        Stopped: somebody asked to stop.
        IncompleteError: what is required does not hold for one of them.
    """

    def held(item: Implementation, ended: Callable[[], bool]) -> Implementation:
        return contained(item, place, environment=environment, wanted=contain, stopped=ended)

    try:
        fenced = tuple(
            together(held, result.implementations, jobs=jobs, stopped=stopped, slow=lambda item: item.startup)
        )
    except AdapterError as error:
        raise IncompleteError(str(error), error.hint) from error
    for item in fenced if contain is Contain.AUTO and tell else ():
        if gaps := ", ".join(item.containment.gaps):
            remark(f"{item.identity.label}: the system does not contain its {gaps}; doctor tells more")
    return msgspec.structs.replace(result, implementations=fenced)
