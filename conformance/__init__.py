"""What is demanded of implementations, and the command line that demands it."""

from typing import Final

__all__ = ["VERSION"]

VERSION: Final = "0.3.0"
"""The version of the suite; a test holds it equal to the project's."""
