"""The star import (area star-import-all)."""

from collections.abc import Iterator

from harness.model.language.admitting import Reach
from harness.model.language.binding import Alias, Import
from harness.model.language.from_import import check_source, read_source
from harness.model.language.reading import Reader
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word


class StarImport(Word, frozen=True):
    """``from ..module import *``; anywhere but at the top level it makes the whole source a SyntaxError."""

    module: str
    level: int = 0

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"from {'.' * self.level}{self.module} import *"

    @classmethod
    def parse(cls, text: Reader) -> "StarImport":
        """The same, read again."""
        module, level = read_source(text)
        text.expect("*")
        return cls(module, level)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The module is one of the tree, or one that nobody has."""
        check_source(place, self.module, self.level, reached, inside)

    def roots(self) -> Iterator[str]:
        """The first part of an absolute name."""
        if not self.level:
            yield self.module.partition(".")[0]

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """``import`` of the module."""
        if not self.level:
            yield (Import((Alias(self.module),)),)
