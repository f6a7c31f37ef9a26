"""Destroying texts in the API: what the ledger keeps beside its digests goes by a clause."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import Refused, at_fault
from resolvers.records import destroying
from schema.ground.fields import Info
from schema.ground.ids import read_id
from schema.ground.rows import told
from schema.office.administering import by_two
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class TextsDestroyed:
    """Values and salts are gone from beside the ledger; its digests and the registers stay."""

    values: Annotated[int, "How many values were destroyed."]
    lines: Annotated[int, "Of how many lines of the ledger."]
    by_clause: Annotated[Clause, "By which clause."]


async def destroy_texts(
    info: Info,
    of: Annotated[strawberry.ID, "A request, a case or a line of a register."],
    clause: Annotated[str, "<regulation id>/<cite>, registered by the office."],
    reason: Annotated[str, "Why; it stays."],
) -> None:
    """Destroy the texts that the ledger keeps of what is over: comments, names, reasons.

    For the audit administrator, who took no part in it. The rows of the registers stay.
    """
    await destroying.destroy(info.context, _key(of), clause, reason)


def _key(given: str) -> UUID:
    """Whatever the ledger speaks of: the key alone tells."""
    try:
        return UUID(read_id(given)[1])
    except (Refused, ValueError):
        raise at_fault("INVALID_ID", "input", "of") from None


async def _shown(info: Info, done: Mapping[str, Any]) -> TextsDestroyed:
    clause = clause_of(await info.context.rulebook(), done["clause"])
    return told(TextsDestroyed, done, by_clause=clause)


FIELDS = (by_two(destroy_texts, destroying.PERMISSION, replay=_shown),)
