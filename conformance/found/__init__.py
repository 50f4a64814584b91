"""What the suite has found: cases that are asked anew, and the table of README that is made of the answers."""

from conformance.found.rows import Row, answered, rows
from conformance.found.tables import replaced, table

__all__ = ["Row", "answered", "replaced", "rows", "table"]
