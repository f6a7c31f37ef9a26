"""What ids in an export are called: people and sections by name, things by theirs, the rest by
number or day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from domain import CASE_KINDS, REGISTERS, THINGS
from domain.records.exports import Column
from domain.records.lines import NUMBER
from domain.vocabulary import words_of
from resolvers.ground.context import Context
from resolvers.ground.derived import derived

CALLED: Mapping[str, tuple[str, str]] = {
    **{each.reference.word: (each.lines, each.on_day) for each in REGISTERS},
    **{each.reference.word: (each.lines, f"t.{NUMBER}") for each in REGISTERS if each.numbered},
    **{each.reference.word: (each.cards, f"t.{each.named_by}") for each in THINGS},
    **{words_of(each.code): (each.table.name, "t.number") for each in CASE_KINDS},
    "Person": ("people", "t.name"),
    "Unit": ("units", "t.name"),
    "Request": ("requests", "t.number"),
}
"""By word: the table, and the SQL of what people call a row of it."""


@derived
def _naming(word: str) -> str:
    table, called = CALLED[word]
    return f"""select t.id, cast({called} as text) as called from {table} t
        where t.institution_id = :institution and t.id = any(cast(:ids as uuid[]))"""


async def name_all(
    context: Context,
    columns: Iterable[Column],
    rows: Iterable[Mapping[str, Any] | None],
    known: dict[UUID, str],
) -> None:
    """Add what these rows refer to and is not `known` yet."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    referring = [each for each in columns if each.refers in CALLED]
    for row in rows:
        for each in referring:
            key = row.get(each.name) if row else None
            if isinstance(key, UUID) and key not in known:
                wanted[each.refers].add(key)
    for word, ids in wanted.items():
        found = await context.rows(_naming(word), ids=sorted(ids))
        known |= {row["id"]: row["called"] for row in found}
