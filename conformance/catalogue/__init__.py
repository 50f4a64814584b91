"""What the suite holds as data: clauses, vectors and expectations, and the readers of each."""

from conformance.catalogue.clauses import (
    catalogue,
    chapter,
    chapters,
    cited_clauses,
    matching_clauses,
    read_clauses,
    unknown_clauses,
)
from conformance.catalogue.errors import CatalogueError
from conformance.catalogue.expectations import (
    Class,
    Expectation,
    Knowledge,
    expectations,
    knowledge,
    read_expectations,
    read_knowledge,
)
from conformance.catalogue.vectors import Vector, encode_vector, read_vector, vector, vectors

__all__ = [
    "CatalogueError",
    "Class",
    "Expectation",
    "Knowledge",
    "Vector",
    "catalogue",
    "chapter",
    "chapters",
    "cited_clauses",
    "encode_vector",
    "expectations",
    "knowledge",
    "matching_clauses",
    "read_clauses",
    "read_expectations",
    "read_knowledge",
    "read_vector",
    "unknown_clauses",
    "vector",
    "vectors",
]
