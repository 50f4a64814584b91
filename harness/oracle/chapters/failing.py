"""Statements that fail (reference/simple_stmts §7.8)."""

from collections.abc import Mapping
from typing import Final, NoReturn

from harness.model.language.failing import Broken, Raise
from harness.model.language.word import Word
from harness.oracle.objects import Raised, Scope
from harness.oracle.scopes import demand
from harness.oracle.state import Rule, State


def _raise(state: State, _scope: Scope, statement: Raise) -> NoReturn:
    demand(state, statement.error)
    raise Raised(statement.error, ("loading.any-exception-propagates",))


def _broken(_state: State, _scope: Scope, _statement: Broken) -> NoReturn:
    raise Raised("SyntaxError", ("loading.any-exception-propagates",))


STATEMENTS: Final[Mapping[type[Word], Rule]] = {Raise: _raise, Broken: _broken}
