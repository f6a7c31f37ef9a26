"""Openness: what a request approved, until when a term runs, what hangs on the board.

No word says it: it is looked up in requests and clocks, and hung beside the case.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.areas.openness.applications import APPLICATION
from domain.areas.openness.books import CIRCULARS, CORRECTIONS, Correction
from domain.areas.openness.matters import MATTER, PublicityTopic
from domain.areas.openness.statements import INSIDE, NOTICE
from domain.errors import Problem, at_fault
from domain.records.statements import Statement
from domain.shapes.clocks import started_by, term
from domain.vocabulary import Act
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.records.allowed import may_one
from resolvers.records.case_looks import Look, Looked
from resolvers.records.case_notices import counted_from
from resolvers.records.case_rows import CaseView
from resolvers.records.cases import Effect, Taking
from resolvers.records.publication_rows import SIGNED
from resolvers.records.publishing import Wanted, hang, take_down
from resolvers.records.register_rows import standing_line

APPROVED = statement(f"""
  select r.id, r.kind, r.facts from requests r
  where r.institution_id = :institution and r.id = any(cast(:ids as uuid[])) and {SIGNED}""")
DECISION, PUBLISHING = "decision.major", "openness.publish"


async def of_application(context: Context, view: CaseView, look: Look) -> Looked:
    """Whether the catalogue has it already; how far the text lets the term be extended."""
    known = {"in_openness_catalogue": view.case.filled.item_id is not None}
    given, stage = look.given, view.kind.stages[look.event]
    until = getattr(given, "extended_until", None)
    if until is None:
        return Looked(known)
    event = f"{view.asked_for}.{look.named[0].target}"
    at, calendar = counted_from(view.case, stage.since) or context.now, await context.calendar()
    rows = started_by(view.living.shapes.clocks, [event], {})
    latest = min((term(row, at, calendar).due.date() for row in rows), default=until)
    clause = rows[0].clause if rows else None
    details = {"until": latest.isoformat()}
    late = Problem("EXTENDED_TOO_FAR", ("extended_until",), clause, details)
    return Looked(known, against=(late,) if until > latest else ())


async def of_matter(context: Context, view: CaseView, look: Look) -> Looked:
    """Whether the request that is named approves such a matter."""
    filled = view.case.filled
    named = getattr(look.given, "approval_id", None) or filled.approval_id
    if named is None:
        return Looked({"publication_approved": False})
    row = await batched(context, _approved, named, after_write=look.given is None)
    wanted = DECISION if filled.publicity_topic is PublicityTopic.MAJOR_DECISION else PUBLISHING
    told: Mapping[str, Any] = row["facts"] if row else {}
    same = all(
        told.get(name) == value.value
        for name in ("publicity_topic", "openness_scope")
        if (value := getattr(filled, name)) is not None
    )
    good = row is not None and row["kind"] == wanted and (same or wanted == DECISION)
    wrong = Problem("APPROVED_FOR_ANOTHER", ("approval_id",), look.named[0].clause)
    return Looked(
        {"publication_approved": good}, against=() if good or not look.given else (wrong,)
    )


async def _approved(
    context: Context, reading: Transaction, ids: Sequence[UUID]
) -> Mapping[UUID, Mapping[str, Any]]:
    rows = await reading.rows(APPROVED, institution=context.viewer.institution, ids=list(ids))
    return {row["id"]: row for row in rows}


async def _published(context: Context, taking: Taking) -> Mapping[str, Any]:
    """What hung before it, the plan or what was said before it was corrected, gives way to it."""
    before = taking.filled.publication_id
    return {"publication_id": await _hung(context, taking, NOTICE, before)}


async def _published_inside(context: Context, taking: Taking) -> Mapping[str, Any]:
    return {"inside_id": await _hung(context, taking, INSIDE)}


async def _hung(
    context: Context, taking: Taking, of: Statement, replaces: UUID | None = None
) -> UUID:
    filled = taking.filled
    whole = (filled.content, filled.adopted, filled.correction)
    said = whole if filled.published_at else (filled.plan,)
    text = "\n".join(each for each in said if each)
    wanted = Wanted(of, "", context.today, title=filled.title, said=text)
    return await hang(context, wanted, filled.shown_until, replaces)


async def _withdrawn(context: Context, taking: Taking) -> Mapping[str, Any]:
    why = getattr(taking.given, "text", "") or getattr(taking.given, "reason", "")
    for key in (taking.filled.inside_id, taking.filled.publication_id):
        if key:
            await take_down(context, key, why)
    return {}


async def _corrected(context: Context, form: Correction) -> Mapping[str, Any]:
    """A section reports its own correction; whoever keeps the circulars, that of any."""
    circular = await standing_line(context, CIRCULARS, form.circular_id, "circularId")
    own = circular["unit_id"] in {seat.unit_id for seat in context.viewer.person.seats}
    if not own and not await may_one(context, CIRCULARS.name, (Act.KEEP,)):
        raise at_fault("NOT_FOUND_HERE", "input", "circularId")
    return {"unit_id": circular["unit_id"]}


CHECKS = {CORRECTIONS.name: _corrected}
LOOKS = {APPLICATION.code: of_application, MATTER.code: of_matter}
EFFECTS: Mapping[str, Mapping[str, Effect]] = {
    MATTER.code: {
        "publish_plan": _published,
        "publish": _published,
        "publish_inside": _published_inside,
        "publish_again": _published,
        "withdraw": _withdrawn,
        "give_up": _withdrawn,
    }
}
