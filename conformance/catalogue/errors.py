"""What is wrong with a file of the suite's own data."""

from pathlib import Path


class CatalogueError(ValueError):
    """A file of clauses, vectors or expectations that cannot be used. ``reason`` says what was expected of it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        """The file's name and what was expected of it."""
        return f"{self.path.name}: {self.reason}"
