"""Every test of this package leaves the process as it found it."""

from harness.tests.guards import pytest_collection_finish, unchanged

__all__ = ["pytest_collection_finish", "unchanged"]
