"""What many tests of the command line give it to ask."""

import pytest

from conformance.catalogue import vectors
from conformance.stored import stored_cases


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file of a few cases, where it does not matter which: with ``--cases`` nothing else is asked, or predicted."""
    path = tmp_path_factory.mktemp("few") / "cases.jsonl"
    chosen = (
        vector.case for vector in vectors().values() if any(name.startswith("circular.") for name in vector.clauses)
    )
    path.write_bytes(b"".join(stored_cases(chosen)))
    return str(path)
