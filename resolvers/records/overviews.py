"""Whose an act is in one case or another, for what shows no single case."""

from dataclasses import replace

from domain.rules.rows import ALLOW, DENY, NOBODY
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records.acts import Verdict, may, rows_of, seats_of


async def ever(context: Context, thing: str, act: Act) -> Verdict:
    """Whether the viewer may do this in one case or another, and whose it is in any."""
    living = await context.rulebook()
    always, seats = await may(context, thing, act), await seats_of(context, thing, {})
    rows = [r for r in rows_of(living, thing, act) if r.effect == ALLOW and r.role != NOBODY]
    whose = tuple(dict.fromkeys(row.role for row in rows))
    if always.allowed or (always.row and always.row.effect == DENY):
        return replace(always, whose=whose)
    for seat in seats:
        for row in rows:
            if living.authority.holds_seat(frozenset({seat.role}), row.role):
                return Verdict(True, row, row.role, seat, whose)
    return replace(always, whose=whose)
