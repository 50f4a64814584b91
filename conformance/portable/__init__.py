"""Vectors as plain programs with expected facts, and a runner of one file that another project can keep.

The format is described in ``conformance/documentation/portable.md``.
"""

from conformance.portable.expecting import Expected, expected, is_told
from conformance.portable.exporting import RUNNER, exported, write_vectors

__all__ = ["RUNNER", "Expected", "expected", "exported", "is_told", "write_vectors"]
