"""A fresh process for each case."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.model.observation import Identity, Observation
from harness.run.answers import fault, observed, unsupported
from harness.run.errors import AdapterError
from harness.run.frames import encode
from harness.run.limits import Limits
from harness.run.needs import missing
from harness.run.processes import execute
from harness.run.requests import request, task
from harness.run.workspace import Placed, Workspace

__all__ = ["Fresh"]


class Fresh:
    """A subject that runs every case in a process of its own, ``jobs`` of them at once."""

    def __init__(
        self,
        identity: Identity,
        workspace: Workspace,
        *,
        environment: Mapping[str, str],
        limits: Limits,
        jobs: int = 1,
    ) -> None:
        """Nothing is started before the first case."""
        self.identity = identity
        self._workspace = workspace
        self._environment = environment
        self._limits = limits
        self._pool = ThreadPoolExecutor(jobs) if jobs > 1 else None
        self._text = "marshal" not in identity.capabilities

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """What each case does, in order."""
        files = [(str(self._workspace.fresh("request")), str(self._workspace.fresh("answer"))) for _ in placed]
        run: Iterable[Observation] = (
            map(self._one, placed, files) if self._pool is None else self._pool.map(self._one, placed, files)
        )
        return list(run)

    def close(self) -> None:
        """Wait for what still runs."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _one(self, placed: Placed, files: tuple[str, str]) -> Observation:
        reason = missing(placed.case, self.identity)
        if reason is not None:
            return unsupported(reason)
        asked, answer = Path(files[0]), Path(files[1])
        try:
            asked.write_bytes(encode(request(placed, self._limits.case, files[1]), text=self._text))
            work = task(placed, self.identity.command, self._environment, files)
            ended = execute(work, seconds=self._limits.case, limits=self._limits, scratch=self._workspace.path)
            return observed(ended, answer.read_bytes() if answer.exists() else b"", placed.directory)
        except AdapterError as error:
            return fault(str(error))
        except OSError as error:
            return fault(f"scratch directory: {error.strerror}")
        finally:
            asked.unlink(missing_ok=True)
            answer.unlink(missing_ok=True)
