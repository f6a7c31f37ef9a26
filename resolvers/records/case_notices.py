"""Who is told of what happens to a case: its handler, and the leaders where it goes beyond them."""

from uuid import UUID

from domain import CASES
from domain.office.notices import Notice
from domain.records.cases import LEADS_A_UNIT, Case
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import notify
from resolvers.records.acts import roles_that_may

ESCALATED = "CASE_ESCALATED"
TOLD = {"assign": "CASE_ASSIGNED", "urge": "CASE_URGED", "escalate": ESCALATED}
"""The events that somebody is told of. No notice says who complains, or of whom."""

SEATS = statement(
    """select s.id, s.role, s.unit_id from seats s
       where s.institution_id = :institution
         and (s.role = any(cast(:heads as text[])) or s.unit_id = cast(:unit as uuid))
         and not exists (
           select from appointments a
           where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
             and a.person_id = cast(:complained_of as uuid))"""
)


async def handlers(context: Context, case: Case) -> set[UUID]:
    """Who handles a case: the person, or else the seats at the head of the section."""
    if case.handler_id:
        return {case.handler_id}
    return {seat for seat, unit in await _leading(context, case) if unit == case.handler_unit_id}


async def tell(context: Context, case: Case, event: str, clause: str) -> None:
    """Tell the handler that a case is theirs or urged, and the leaders that it is beyond others."""
    code = TOLD.get(event)
    if code is None:
        return
    if code == ESCALATED:
        to = {seat for seat, _ in await _leading(context, case)}
    else:
        to = await handlers(context, case)
    institution, details = context.viewer.institution, {"number": case.number}
    notices = [
        Notice(code, each, institution, details, clause=clause, subject=case.id)
        for each in sorted(to - {context.viewer.person.id})
    ]
    if notices:
        await notify(context.transaction, notices, context.now, context.viewer.person)


async def _leading(context: Context, case: Case) -> list[tuple[UUID, UUID]]:
    """The leading seats of the handling section and those above, but for whom it is about."""
    living = await context.rulebook(context.viewer.institution)
    rows = await context.transaction.rows(
        SEATS,
        institution=context.viewer.institution,
        unit=case.handler_unit_id,
        heads=sorted(roles_that_may(living, CASES[case.kind].thing, Act.INSPECT)),
        complained_of=case.complained_person_id,
    )
    roles = context.services.vocabulary.roles
    return [(row["id"], row["unit_id"]) for row in rows if roles[row["role"]].level >= LEADS_A_UNIT]
