"""Which statements stand in a scope of their own, or in a text."""

from collections.abc import Iterator

from harness.model.language.compound import Body, Class, Edit, Exec, Function, Statement, bodies


def opens_scope(statement: Statement) -> bool:
    """Whether the statements that it holds stand in a scope of their own."""
    return isinstance(statement, (Function, Class, Exec, Edit))


def blocks(statement: Statement) -> tuple[Body, ...]:
    """The statements that it holds, of each of its bodies; what it holds as a text is compiled by itself."""
    return () if isinstance(statement, Exec | Edit) else bodies(statement)


def standing(body: Body) -> Iterator[Statement]:
    """Every statement that stands in ``body`` as such, and not in a text."""
    for statement in body:
        yield statement
        for inner in blocks(statement):
            yield from standing(inner)


def bound_names(body: Body) -> Iterator[str]:
    """The names that the statements of a body bind, those in scopes of their own left alone."""
    for statement in body:
        yield from statement.bound()
        if not opens_scope(statement):
            for inner in bodies(statement):
                yield from bound_names(inner)
