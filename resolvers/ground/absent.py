"""What a write names and the office has not, as a refusal of the field that names it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from domain.errors import Refused, at_fault
from resolvers.requests.words import camel

REFERRED = re.compile(r"institution_id_(\w+)_fkey$")


@contextmanager
def here() -> Iterator[None]:
    """Raises: Refused: what is written names something that the office has not."""
    try:
        yield
    except asyncpg.ForeignKeyViolationError as missing:
        raise not_here(missing) from missing


def not_here(missing: asyncpg.ForeignKeyViolationError) -> Refused:
    """The refusal of the column that the violated key begins at."""
    named = REFERRED.search(missing.constraint_name or "")
    return at_fault("NOT_FOUND_HERE", "input", camel(named.group(1)) if named else "input")
