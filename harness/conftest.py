"""Every test of this package leaves the process as it found it."""

from harness.tests.guards import unchanged

__all__ = ["unchanged"]
