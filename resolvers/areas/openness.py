"""Openness: what a request approved, until when a term runs, which duty a publication does.

No word says it: it is looked up in requests, clocks and duties beside the case.
"""

from collections.abc import Mapping
from typing import Any

from domain.areas.openness.matters import MATTER, PublicityTopic
from domain.errors import Problem
from domain.shapes.clocks import term
from domain.shapes.events import started_by
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import clauses_of
from resolvers.records.case_beginnings import counted_from
from resolvers.records.case_rows import CaseView
from resolvers.records.case_turns import Look, Looked
from resolvers.records.cases import Effect, Taking
from resolvers.time.duties_done import fulfil

APPROVED = statement(
    """select kind, facts from requests
       where institution_id = :institution and id = :id and status = 'approved'"""
)
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
    institution = context.viewer.institution
    row = await context.transaction.row(APPROVED, institution=institution, id=named)
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


async def _published(context: Context, taking: Taking) -> Mapping[str, Any]:
    """What hangs on its day does the duty of that day."""
    living, me = taking.view.living, context.viewer.person
    clauses = clauses_of(living, MATTER.code)
    rows = [each for each in living.shapes.cadences if each.clause in clauses]
    await fulfil(context, rows, context.today, me.id, me.name)
    return {}


EFFECTS: Mapping[str, Effect] = {"publish": _published}
