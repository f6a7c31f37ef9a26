"""Who is told of what happens to a case: who stands in it, or those above whoever handles it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.office.notices import Notice
from domain.records.case_paths import column
from domain.records.cases import LEADS_A_UNIT, Case, Party, Tells
from domain.time.moments import office_local
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.records.acts import roles_that_may
from resolvers.records.case_rows import CaseView

SEATS = statement(
    """select s.id, s.role, s.unit_id from seats s
       where s.institution_id = :institution
         and (s.role = any(cast(:roles as text[])) or s.unit_id = cast(:unit as uuid))
         and not exists (
           select from appointments a
           where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
             and a.person_id = cast(:about as uuid))"""
)
APPROVERS = statement(
    """select distinct decided_by as id from steps s
       where s.institution_id = :institution and s.request_id = :request
         and s.status = 'done' and s.decided_by is not null"""
)
GIVEN_UP = "CASE_GIVEN_UP"


async def standing_as(context: Context, view: CaseView, case: Case[Any], party: Party) -> set[UUID]:
    """Whoever stands in a case: the person, or else the seats at the head of the unit."""
    if person := column(case, party.column):
        return {person}
    unit = column(case, party.unit) if party.unit else None
    return await _leading(context, view, case, unit, frozenset(), above=False) if unit else set()


async def tell(
    context: Context, view: CaseView, case: Case[Any], tells: Tells | None, clause: str
) -> None:
    """Tell those whom a stage concerns, but not who took it. No notice says whom it is about."""
    if tells is None:
        return
    to: set[UUID | None] = set()
    for name in tells.to:
        party = next((each for each in view.kind.parties if each.column == name), None)
        to |= await standing_as(context, view, case, party) if party else {column(case, name)}
    if tells.act:
        living = await context.rulebook()
        roles = roles_that_may(living, view.kind.code, tells.act)
        units = [column(case, each.unit) for each in view.kind.parties if each.unit]
        unit = next(iter(units), None)
        to |= await _leading(context, view, case, unit, roles, above=True)
    shown = {**view.shown, "number": case.number}
    details = {
        name: shown[of] if of in shown else _said(column(case, of))
        for name, of in tells.details.items()
    }
    await _notify(context, case, tells.code, to, {"number": case.number, **details}, clause)


async def tell_given_up(context: Context, view: CaseView, reason: str) -> None:
    """Those who approved and those who stand in it hear that it is given up, and why."""
    case, to = view.case, set[UUID]()
    for party in view.kind.parties:
        to |= await standing_as(context, view, case, party)
    rows = await context.rows(APPROVERS, request=case.request_id)
    to |= {row["id"] for row in rows}
    label = view.kind.label
    details = {"number": case.number, **label.both, "reason": reason}
    await _notify(context, case, GIVEN_UP, to, details, "")


async def _notify(
    context: Context,
    case: Case[Any],
    code: str,
    to: Iterable[UUID | None],
    details: Any,
    clause: str,
) -> None:
    institution, me = context.viewer.institution, context.viewer.person.id
    notices = [
        Notice(code, each, institution, details, clause=clause or None, subject=case.id)
        for each in sorted({each for each in to if each} - {me})
    ]
    if notices:
        await announce(context, *notices)


async def _leading(
    context: Context,
    view: CaseView,
    case: Case[Any],
    unit: UUID | None,
    roles: frozenset[str],
    *,
    above: bool,
) -> set[UUID]:
    """The leading seats of a unit and those of these roles, but for whom it is about."""
    about = view.kind.about
    rows = await context.rows(
        SEATS,
        unit=unit,
        roles=sorted(roles),
        about=getattr(case.filled, about.person) if about else None,
    )
    known = context.services.vocabulary.roles
    return {
        row["id"]
        for row in rows
        if known[row["role"]].level >= LEADS_A_UNIT and (above or row["unit_id"] == unit)
    }


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{office_local(value):%Y-%m-%d %H:%M}"
    return str(value) if value not in (None, "") else "-"
