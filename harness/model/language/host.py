"""What a text calls what is not its own: the library, and what is built in."""

from collections.abc import Iterable, Iterator


class Host:
    """What a text calls what is not its own: which modules it imports by which names, and which names it uses so.

    ``directory`` is the path from where it works to its tree.
    """

    def __init__(self, directory: str = "") -> None:
        self.directory = directory
        self._imported: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        self._used: dict[str, int] = {}
        self._meant: dict[str, str] = {}
        self._since: dict[str, int] = {}
        self._twofold: set[str] = set()

    def _note(self, name: str, meaning: str, at: int) -> None:
        """From there on a name stands for that; one of two meanings is none by which to refer to the library."""
        if self._meant.setdefault(name, meaning) != meaning:
            self._twofold.add(name)
        self._since.setdefault(name, at)

    def note_import(self, module: str, name: str, at: int) -> None:
        """The text imports a module, by another name if there is one; its statements are counted by ``at``."""
        self._note(name or module.partition(".")[0], module if name else module.partition(".")[0], at)
        if name:
            self._imported[name] = module
            return
        parts = module.split(".")
        for count in range(1, len(parts) + 1):
            self._imported[".".join(parts[:count])] = ".".join(parts[:count])
            self._since.setdefault(".".join(parts[:count]), at)

    def note_from(self, module: str, name: str, other: str, at: int) -> None:
        """The text takes a name from a module, and calls it otherwise if there is another name."""
        self._note(other or name, f"{module}.{name}", at)
        self._taken[other or name] = f"{module}.{name}"

    def note_uses(self, paths: Iterable[str], at: int) -> None:
        """The text refers by these to modules, to functions that it takes from them, and to what is built in."""
        for path in paths:
            self._used.setdefault(path, at)

    def names(self) -> frozenset[str]:
        """The names that stand for what is not the text's own."""
        return frozenset(path.partition(".")[0] for path in self._used)

    def is_import(self, module: str, name: str) -> bool:
        """Whether an import of a module by that name, if any, is there only to refer to what is not the text's own."""
        if name:
            return self._serves(name) and self._imported.get(name) == module
        paths = [path for path in self._used if f"{module}.".startswith(f"{path}.") and self._serves(path)]
        return any(self._imported.get(path) == path for path in paths)

    def is_from(self, module: str, name: str, other: str) -> bool:
        """Whether taking a name from a module is."""
        return self._serves(other or name) and self._taken.get(other or name) == f"{module}.{name}"

    def _serves(self, path: str) -> bool:
        """Whether the text refers so to what it imports, and not before it does."""
        whole = path in self._used and path.partition(".")[0] not in self._twofold
        return whole and self._since.get(path, -1) < self._used[path]

    def paths(self, module: str) -> Iterator[str]:
        """The paths by which the text refers to a module, longest first."""
        found = [path for path, held in self._imported.items() if held == module]
        yield from sorted((path for path in found if path.partition(".")[0] not in self._twofold), reverse=True)

    def function(self, path: str) -> tuple[str, str]:
        """The full name of a function that the text refers to so, if to any, and by what it does."""
        owner, _, name = path.rpartition(".")
        if path in self._imported or path.partition(".")[0] in self._twofold:
            return "", path
        if path in self._taken:
            return self._taken[path], path
        if not owner:
            return f"builtins.{path}", path
        while owner:
            if held := self._imported.get(owner) or self._taken.get(owner):
                return f"{held}.{name}", owner
            owner, _, inner = owner.rpartition(".")
            name = f"{inner}.{name}"
        return "", path
