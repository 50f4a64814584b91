"""Kinds of code blocks (reference/executionmodel §4.1)."""

from enum import Enum


class Block(Enum):
    """The code blocks of a program."""

    MODULE = "module"
    FUNCTION = "function body"
    CLASS = "class definition"
