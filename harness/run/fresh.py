"""A fresh process for each case."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from harness.model.case import Embedded
from harness.model.observation import Observation
from harness.run.answers import fault, observed, refused, unsupported
from harness.run.errors import AdapterError, HarnessError
from harness.run.frames import encode
from harness.run.gates import Gate
from harness.run.limits import Limits
from harness.run.needs import missing
from harness.run.patience import never
from harness.run.probing import Implementation
from harness.run.processes import execute
from harness.run.requests import request, task
from harness.run.workspace import Placed, Workspace

__all__ = ["Fresh"]


class Fresh:
    """A subject that runs every case in a process of its own."""

    def __init__(
        self,
        implementation: Implementation,
        workspace: Workspace,
        *,
        environment: Mapping[str, str],
        limits: Limits,
        stopped: Callable[[], bool] = never,
    ) -> None:
        """Nothing is started before the first case."""
        self.identity = implementation.identity
        self._workspace = workspace
        self._environment = environment
        self._limits = limits
        self._stopped = stopped
        self._containment = implementation.containment
        self._gate = Gate(self._containment.fence) if self._containment.fence else None
        self._text = "marshal" not in self.identity.capabilities
        self._rooms = implementation.rooms

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """What each case does, in order.

        Raises:
            Stopped: somebody asked to stop.
        """
        return [self._one(item) for item in placed]

    def close(self) -> None:
        """End the fence that started processes; none of them outlives its case."""
        if self._gate:
            self._gate.close()

    def _one(self, placed: Placed) -> Observation:
        reason = missing(placed, self.identity)
        if reason is not None:
            return unsupported(reason)
        files = (str(self._workspace.fresh("request")), str(self._workspace.fresh("answer")))
        asked, answer = Path(files[0]), Path(files[1])
        guard = bool(self._containment.hook)
        try:
            frame = encode(request(placed, self._limits.case, files[1], guard=guard), text=self._text)
            asked.write_bytes(frame + self._rooms)
            work = task(placed, self.identity.command, self._environment, files)
            ended = execute(
                msgspec.structs.replace(work, gate=self._gate),
                seconds=self._limits.case,
                limits=self._limits,
                scratch=self._workspace.path,
                stopped=self._stopped,
            )
            found = answer.read_bytes() if answer.exists() else b""
            begun = isinstance(placed.case.launch, Embedded)
            return refused(observed(ended, found, placed.directory, begun=begun), self._containment)
        except (AdapterError, HarnessError) as error:
            return fault(str(error))
        except OSError as error:
            return fault(f"scratch directory: {error.strerror}")
        finally:
            asked.unlink(missing_ok=True)
            answer.unlink(missing_ok=True)
