"""The second form of the import statement (areas from-import, relative-import, submodule-binding)."""

from collections.abc import Iterator

from harness.model.language.admitting import LEVELS, Reach, check_imported, check_inner, check_lent, check_submodule
from harness.model.language.binding import Alias, Import, check_aliases, listed, read_alias, simpler_aliases
from harness.model.language.reading import Reader
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.permitted import FUTURE, TAKEN, is_attribute
from harness.model.refusal import need, refuse


class FromImport(Word, frozen=True):
    """``from ..module import a as b, c``; ``module`` may be empty when ``level`` is not 0.

    If ``enclosed`` the names stand in parentheses, a comma behind the last.
    """

    module: str
    names: tuple[Alias, ...]
    level: int = 0
    enclosed: bool = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        names = f"({listed(self.names)},)" if self.enclosed else listed(self.names)
        yield f"from {'.' * self.level}{self.module} import {names}"

    @classmethod
    def parse(cls, text: Reader) -> "FromImport":
        """The same, read again."""
        module, level = read_source(text)
        if text.accepts("("):
            return cls(module, tuple(_enclosed(text)), level, enclosed=True)
        return cls(module, text.listed(lambda: read_alias(text)), level)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The module is one of the tree, or one that nobody has; so is what may be a submodule."""
        check_source(place, self.module, self.level, reached, inside)
        for alias in self.names:
            need(place, alias.name, is_attribute, "an attribute of its own")
            check_submodule(place, alias.name, reached, inside)
            if not self.level and self.module.partition(".")[0] in reached.lent:
                check_lent(place, alias.name)
            if reached.recached and alias == Alias(TAKEN):
                refuse(place, f"another name for {TAKEN}, where objects are put into the cache", alias.name)
        check_aliases(place, self.names)

    def roots(self) -> Iterator[str]:
        """The first part of an absolute name."""
        if not self.level:
            yield self.module.partition(".")[0]

    def bound(self) -> Iterator[str]:
        """The names after ``as``, or those before."""
        yield from (alias.asname or alias.name for alias in self.names)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Without parentheses, fewer names, without ``as``, or ``import`` of the module."""
        if self.enclosed:
            yield (FromImport(self.module, self.names, self.level),)
        for simple in simpler_aliases(self.names):
            yield (FromImport(self.module, simple, self.level, self.enclosed),)
        if not self.level:
            yield (Import((Alias(self.module),)),)


def _enclosed(text: Reader) -> Iterator[Alias]:
    """Names in parentheses, a comma behind the last or none."""
    yield read_alias(text)
    while text.accepts(","):
        if text.accepts(")"):
            return
        yield read_alias(text)
    text.instead(text.place, ",")
    text.expect(")")


def read_source(text: Reader) -> tuple[str, int]:
    """What names are taken from, and the level, up to ``import``.

    Raises:
        Unread: there is something else.
    """
    text.expect("from")
    level = 0
    while text.next in {".", "..."}:
        level += len(text.next)
        text.expect(text.next)
    module = "" if level and text.next == "import" else ".".join(text.dotted())
    text.expect("import")
    return module, level


def check_source(place: str, module: str, level: int, reached: Reach, inside: str) -> None:
    """What a from-import takes names from: a module of the tree, or one that nobody has.

    Raises:
        Refused: it may be a module of somebody else's.
    """
    if not 0 <= level <= LEVELS:
        refuse(place, f"a level from 0 to {LEVELS}", level)
    if not level:
        need(place, module.partition(".")[0], lambda text: text != FUTURE, "a future statement for what is one")
        check_imported(place, module, reached, inside)
    elif module:
        check_inner(place, module, reached, inside)
