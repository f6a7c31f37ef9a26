"""What is about a person beside requests and cases, so that nobody chooses who decides on it."""

from dataclasses import dataclass

from sqlalchemy import Table


@dataclass(frozen=True)
class OwnMatter:
    """Rows about a person, and the object whose takers decide on them.

    `person` is the column that says whom; `open` is true while there is something to decide.
    """

    thing: str
    rows: Table
    person: str
    open: str
