"""Whether a case that is let in keeps to its tree: tried, not argued.

The front door is :func:`watched`; ``python -m conformance.containing`` runs as many cases as one likes.
"""

from conformance.containing.command import main
from conformance.containing.watching import Seen, Watcher, seeds, watched

__all__ = ["Seen", "Watcher", "main", "seeds", "watched"]
