"""A major decision is archived with the minutes of the sitting that resolved on it."""

from collections.abc import Mapping

from domain.areas.decisions import MATTER
from domain.errors import Problem
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView

OPEN_MINUTES = statement(
    """select s.number from sitting_items i
       join sittings s on (s.institution_id, s.id) = (i.institution_id, i.sitting_id)
       where i.institution_id = :institution and i.request_id = :request
         and s.closed_at is null limit 1"""
)


async def minuted(context: Context, view: CaseView, look: Look) -> Looked:
    """Nothing is filed while the minutes of where it was resolved on are open."""
    if look.event != "archive" or look.given is None:
        return Looked()
    number = await context.value(OPEN_MINUTES, request=view.case.filled.resolution_id)
    if number is None:
        return Looked()
    clause, where = look.named[0].clause, ("filed_as",)
    return Looked(against=(Problem("MINUTES_OPEN", where, clause, {"number": number}),))


LOOKS: Mapping[str, Looks] = {MATTER.code: minuted}
