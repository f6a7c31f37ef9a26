"""The board read: what is published now for whom, and what left it for those who publish."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.listing import LATEST, Listed, read_each
from resolvers.records import publication_rows as rows
from resolvers.records.acts import may
from resolvers.records.statements import BY_NAME, sees
from resolvers.rules.rulebooks import LivingRulebook


async def rulebook_of(context: Context, institution: str | None) -> LivingRulebook:
    """The rules by which an institution publishes, the viewer's own or another's.

    Raises:
        Refused: UNKNOWN_INSTITUTION.

    """
    if institution in (None, context.viewer.institution):
        return await context.rulebook(context.viewer.institution)
    return await context.services.rulebooks.load(institution or "", context.today)


async def page(
    context: Context,
    institution: str | None,
    statement: str | None,
    *,
    past: bool,
    size: int,
    after: tuple[datetime, UUID] | None,
) -> tuple[list[Listed[Any]], bool]:
    """What is on a board, the latest first; of another institution what everybody may read."""
    home = context.viewer.institution
    of = institution or home
    ours = of == home
    after_at, after_id = after or LATEST
    wanted = {
        "institution": of,
        "statements": [statement] if statement else None,
        "everybody": not ours,
        "past": past and ours,
        "now": context.now,
        "seen": [each.name for each in BY_NAME.values() if ours and await sees(context, each)],
        "mine": await _mine(context) if past and ours else [],
        "after_at": after_at,
        "after_id": after_id,
        "size": size + 1,
    }
    found = await context.transaction.rows_of(of, rows.PAGE, **wanted)
    read = await read_each("publications", found[:size], ("at", "id"), dict)
    return read, len(found) > size


async def _mine(context: Context) -> list[str]:
    asked = {name: await may(context, name, Act.PUBLISH) for name in BY_NAME}
    return [name for name, verdict in asked.items() if verdict.allowed]


async def one(context: Context, key: UUID) -> Mapping[str, Any]:
    """A publication by its key, for who has just published or withdrawn it."""
    row = await context.transaction.row(rows.ONE, institution=context.viewer.institution, id=key)
    assert row is not None  # noqa: S101  # it stands
    return dict(row)
