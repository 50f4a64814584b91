"""The only code that runs inside implementations under test: one file, which imports nothing of ours."""

from pathlib import Path
from typing import Final

__all__ = ["AGENT"]

AGENT: Final = Path(__file__).resolve().parent / "agent.py"
"""The file that an implementation under test is told to run."""
