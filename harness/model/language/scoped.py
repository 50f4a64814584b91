"""Which statements stand in a scope of their own, or in a text."""

from collections.abc import Iterator

from harness.model.language.compound import Body, Class, Exec, Function, Statement, bodies


def opens_scope(statement: Statement) -> bool:
    """Whether the statements that it holds stand in a scope of their own."""
    return isinstance(statement, (Function, Class, Exec))


def standing(body: Body) -> Iterator[Statement]:
    """Every statement that stands in ``body`` as such, and not in a text."""
    for statement in body:
        yield statement
        if not isinstance(statement, Exec):
            for inner in bodies(statement):
                yield from standing(inner)


def bound_names(body: Body) -> Iterator[str]:
    """The names that the statements of a body bind, those in scopes of their own left alone."""
    for statement in body:
        yield from statement.bound()
        if not opens_scope(statement):
            for inner in bodies(statement):
                yield from bound_names(inner)
