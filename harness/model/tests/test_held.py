"""The modules that a namespace holds."""

import math
import string

from harness.model.held import held_modules


def test_only_modules_in_order() -> None:
    """What is no module is left out, and a name of two letters says nothing of the order."""
    assert (string, math) == held_modules({"b": string, "number": 1, "a": math, "text": "math"})
