"""Who hears of what happens to a case, and who answers while it is whose turn."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from domain import REGISTERS
from domain.approval.forms import form_fields
from domain.office.notices import Notice
from domain.office.organisation import LEADS_A_UNIT
from domain.records.case_paths import column, follow
from domain.records.cases import Case, CaseKind, Party, Tells
from domain.time.moments import OFFICE_TIME, office_local
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.records.acts import roles_that_may
from resolvers.records.case_rows import CaseView, columns_of
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject
from resolvers.time.duty_rows import seat_ids, seats_by_role

LINES = {each.reference.word for each in REGISTERS}
"""What a case may refer to whose clocks its stages stop."""

UNIT = "unit_id"
"""The column of whose unit a case is, where nobody of one handles it."""


def subject_of(kind: CaseKind[Any], case: Case[Any], institution: str) -> Subject:
    """A case with what its record tells; whoever asked for it, or for what it draws on, answers."""
    told = {name: each for name, each in columns_of(case).items() if each not in (None, "")}
    facts, of = {**told, **case.facts}, case.kind or kind.code
    named = case.id, institution, of, case.request_id, (case.begun_by,), facts
    unit = getattr(case.filled, kind.unit or UNIT, None)
    refers = [
        (each.refers.word, id_)
        for each in form_fields(kind.record)
        if each.refers and (id_ := getattr(case.filled, each.name))
    ]
    asked = (getattr(case.filled, each.applicant) for each in kind.draws if each.applicant)
    return Subject(
        *named,
        applicant=next(asked, None),
        unit=unit,
        goes_on=case.standing,
        concerns=tuple(id_ for word, id_ in refers if word in LINES),
        refers_to=tuple(id_ for _, id_ in refers),
    )


def is_kept(kind: CaseKind[Any]) -> bool:
    """Whether the office keeps such cases, so that it answers, not who asked."""
    return kind.entry is not None and kind.entry.kept


async def whose_turn(
    context: Context, living: LivingRulebook, kind: CaseKind[Any], case: Case[Any]
) -> tuple[UUID, ...]:
    """The seats that may take it on from here by the office's lines."""
    facts, roles = {**columns_of(case), **case.facts}, set[str]()
    for row in follow(kind, case, living.shapes.paths):
        roles |= roles_that_may(living, kind.code, Act.TAKE, {**facts, STAGE: row.event})
    institution = living.rulebook.institution
    found = await seats_by_role(context.transaction, institution, roles, context.today)
    return tuple(sorted(seat_ids(seat for seats in found.values() for seat in seats)))


def counted_from(case: Case[Any], since: str) -> datetime | None:
    """The moment in a column, or the beginning of its day; without one now."""
    at = column(case, since) if since else None
    if at is None or isinstance(at, datetime):
        return at
    return datetime.combine(at, time(), OFFICE_TIME)


SEATS = statement("""
  select s.id, s.role, s.unit_id from seats s
  where s.institution_id = :institution
    and (s.role = any(cast(:roles as text[])) or s.unit_id = cast(:unit as uuid))
    and not exists (
      select from appointments a
      where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
        and a.person_id = cast(:about as uuid))""")
APPROVERS = statement("""
  select distinct decided_by as id from steps s
  where s.institution_id = :institution and s.request_id = :request
    and s.status = 'done' and s.decided_by is not null""")
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
        unit = column(case, tells.unit) if tells.unit else next(iter(units), None)
        if tells.unit:
            seats = await context.rows(SEATS, unit=unit, roles=[], about=None)
            to |= {row["id"] for row in seats if row["role"] in roles}
        else:
            least = 0 if tells.act is Act.KEEP else LEADS_A_UNIT
            to |= await _leading(context, view, case, unit, roles, above=True, least=least)
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
    least: int = LEADS_A_UNIT,
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
        if known[row["role"]].level >= least and (above or row["unit_id"] == unit)
    }


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{office_local(value):%Y-%m-%d %H:%M}"
    return str(value) if value not in (None, "") else "-"
