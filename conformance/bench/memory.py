"""A long run, and the memory of the process that judges it: what is kept for each case would show."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from conformance.bench.figures import Lasting
from conformance.bench.work import JUDGED, TOP
from harness.run import AdapterError, HarnessError, Implementation, Workspace

INTERVAL: Final = 0.2
"""Seconds between two looks at the memory."""


def lasting(
    label: str, item: Implementation, place: Workspace, *, cases: int, seed: int, shard: str = "1/1"
) -> Lasting:
    """The command ``run --out`` over so many generated cases of all mixes, and over the vectors, from start to end.

    Of a ``shard`` of them alone, where a part will do.

    Raises:
        AdapterError: this system does not tell the memory of a process.
        HarnessError: the run did not come to its end.
    """
    if not Path("/proc/self/statm").exists():
        raise AdapterError(label, "how much memory a process has is not told here: there is no /proc", "omit --long")
    out = place.fresh("long") / "run.jsonl"
    out.parent.mkdir()
    command = [sys.executable, "-m", "conformance", "run", " ".join(item.identity.command)]
    command += ["--examples", str(cases), "--seed", str(seed), "--shard", shard, "--out", str(out), "--json"]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=TOP, stdout=subprocess.DEVNULL, stderr=said)
        samples = _samples(process)
        if process.returncode not in JUDGED:
            said.seek(0)
            message = f"run --out ended with {process.returncode}: {said.read()[-500:].decode(errors='replace')}"
            raise HarnessError(message)
    seconds = time.perf_counter() - began
    early, late = parts(samples)
    return Lasting(label, cases, seconds, early, late, out.stat().st_size)


def parts(samples: list[int]) -> tuple[int, int]:
    """The most in the second quarter of a run, when all that is made once is there, and in the last."""
    quarter = len(samples) // 4
    return max(samples[quarter : 2 * quarter] or samples), max(samples[3 * quarter :])


def _samples(process: "subprocess.Popen[bytes]") -> list[int]:
    """The resident memory of a process in bytes, again and again until it ends."""
    page = os.sysconf("SC_PAGE_SIZE")
    told = Path(f"/proc/{process.pid}/statm")
    found = []
    while True:
        found.append(page * int(told.read_bytes().split()[1]))
        try:
            process.wait(INTERVAL)
        except subprocess.TimeoutExpired:
            continue
        return found
