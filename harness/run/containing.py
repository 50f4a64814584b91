"""Finding out which measures the system takes for an implementation without making it another one."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from harness.model.observation import Identity
from harness.run.containment import HOOK, Contain, Containment
from harness.run.errors import AdapterError
from harness.run.limits import LIMITS, Limits
from harness.run.patience import never
from harness.run.probing import Implementation, probe
from harness.run.programs import programs
from harness.run.workspace import Workspace

__all__ = ["MEASURES", "contained", "fence"]

MEASURES: Final = ("writing", "programs", "alone", "calls", "namespace")
"""What the fence can take, as ``fence.py`` names it."""

_FENCE: Final = Path(__file__).resolve().with_name("fence.py")
_SCRIPT: Final = "its command starts other programs"
_HINT: Final = "--contain auto asks with the lines that hold; doctor says which"


def fence(measures: Sequence[str], scratch: Path, executed: Sequence[str]) -> tuple[str, ...]:
    """What is put before a command so that it runs behind these measures; nothing where there are none."""
    if not measures:
        return ()
    words = [f"measure={name}" for name in measures]
    words += [f"write={scratch}", *(f"execute={path}" for path in executed)]
    return (sys.executable, "-I", "-S", "-B", str(_FENCE), *words, "--")


def contained(
    implementation: Implementation,
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    wanted: Contain = Contain.AUTO,
    limits: Limits = LIMITS,
    stopped: Callable[[], bool] = never,
) -> Implementation:
    """The same implementation, asked behind every line that holds.

    A measure holds if the implementation says the same of itself behind it. If it does not behind all of them together,
    each is tried for itself, and then those that held.

    Raises:
        AdapterError: ``wanted`` requires what the system does not hold.
        Stopped: somebody asked to stop.
    """
    if wanted is Contain.OFF:
        return implementation
    identity = implementation.identity

    def failure(before: tuple[str, ...]) -> str:
        try:
            seen = probe(
                identity.command, workspace, environment=environment, limits=limits, stopped=stopped, fence=before,
                rooms=False,
            )  # fmt: skip
        except AdapterError as error:
            return error.reason
        same = (seen.identity, seen.settings) == (identity, implementation.settings)
        return "" if same else "the implementation says of itself what it does not say without"

    found = _found(identity, workspace.path, environment.get("PATH", ""), failure)
    if wanted is Contain.REQUIRE and found.gaps:
        reason = "the system does not contain it: " + "; ".join(f"{name}: {why}" for name, why in found.lost)
        raise AdapterError(identity.label, reason, _HINT)
    return msgspec.structs.replace(implementation, containment=found)


def _found(identity: Identity, scratch: Path, search: str, failure: Callable[[tuple[str, ...]], str]) -> Containment:
    """The lines that hold, by the ``failure`` of the implementation behind what is put before its command."""
    executed, alone = programs(identity.command, search)
    possible = tuple(name for name in MEASURES if alone or name != "alone")
    before = partial(fence, scratch=scratch, executed=sorted(executed))
    held, lost = _held(possible, lambda measures: failure(before(measures)))
    if not alone:
        lost["alone"] = _SCRIPT
    hook = tuple(name.removeprefix(HOOK) for name in identity.capabilities if name.startswith(HOOK))
    return Containment(before(held), held, hook, tuple(lost.items()))


def _held(possible: tuple[str, ...], failure: Callable[[Sequence[str]], str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The measures that can be taken together, and why each other one is not."""
    if not failure(possible):
        return tuple(possible), {}
    lost = {name: reason for name in possible if (reason := failure((name,)))}
    left = tuple(name for name in possible if name not in lost)
    reason = failure(left) if left else ""
    return ((), lost | dict.fromkeys(left, reason)) if reason else (left, lost)
