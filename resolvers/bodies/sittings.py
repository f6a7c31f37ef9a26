"""Sittings served: a body is called, counted and heard, and its resolutions decide waiting votes.

`decide` by the secretary's seat without a sitting stays possible: a sitting is how a body shows
its resolution, not the only door to the step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from domain import MESSAGES
from domain.approval.forms import read_form
from domain.approval.request import Decision
from domain.errors import Refused, at_fault
from domain.messages import ZH
from domain.records.sittings import (
    Finding,
    Outcome,
    must_be_in_time,
    notice_for,
    resolve,
    rows_for,
    without_applicant,
)
from domain.shapes.asking import looked_at, read_measures
from domain.shapes.votes import MOST_VOTERS, Ballot, Remark
from domain.time.moments import OFFICE_TIME, is_near
from resolvers.bodies import sitting_rows as rows
from resolvers.bodies.sitting_rows import Sitting
from resolvers.bodies.waiting import OpenVote, held, kept_body
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.keeping import Overtaken, remember
from resolvers.ground.people import these
from resolvers.requests import verbs
from resolvers.requests.acting import find
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.rows import RequestView, facts_of
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened


@dataclass(frozen=True)
class Proposed:
    """A matter for an agenda: a request's open vote, or a matter of its own."""

    title: str
    matter: str = ""
    vote: OpenVote | None = None


async def call(
    context: Context,
    body: str,
    begins: datetime,
    noticed: datetime,
    place: str,
    agenda: Sequence[Proposed],
) -> UUID:
    """Call a body together. What its last sittings put off comes first on the agenda.

    Raises:
        Refused: the notice is too late, the agenda is empty or not this body's.
        Overtaken: another sitting was called at the same moment.

    """
    viewer = context.viewer
    if not is_near(begins.date(), context.today):
        raise at_fault("DATE_TOO_FAR", "beginsAt")
    living = await kept_body(context, body, calling=True)
    carried = await context.transaction.rows(
        rows.CARRIED, institution=viewer.institution, body=body
    )
    sitting_id = context.services.new_id()
    items = [{**dict(row), "carried_from": row["id"]} for row in carried]
    again = {row["step_id"] for row in carried}
    items += [
        _listed(living, body, ("agenda", str(at)), each)
        for at, each in enumerate(agenda)
        if _step_of(each) not in again
    ]
    if not items:
        raise at_fault("EMPTY_AGENDA", "agenda")
    spoken = [
        vote for item in items for vote in rows_for(living.shapes.votes, body, item["matter"])
    ]
    notice = notice_for(spoken, living.shapes.clocks, begins, await context.calendar())
    must_be_in_time(notice, noticed, context.now)
    number = await context.transaction.value(
        rows.NUMBER,
        institution=viewer.institution,
        body=body,
        year=str(begins.astimezone(OFFICE_TIME).year),
    )
    own = {"institution_id": viewer.institution, "sitting_id": sitting_id}
    sitting = {
        "institution_id": viewer.institution,
        "id": sitting_id,
        "number": number,
        "body": body,
        "place": place,
        "begins_at": begins,
        "noticed_at": noticed,
        "notice_due": notice.due if notice else None,
        "notice_clause": notice.clause if notice else None,
        "called_by": viewer.person.id,
        "called_by_name": viewer.person.name,
        "called_at": context.now,
    }
    listed = [
        {**item, **own, "id": context.services.new_id(), "position": position}
        for position, item in enumerate(items)
    ]
    try:
        await context.transaction.rows(rows.CALL, sitting=sitting, items=listed)
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken
    # What a clause wants before the body meets runs backwards from then, and notice ends it.
    called = Subject(sitting_id, viewer.institution, "sitting", None, (viewer.person.id,))
    await happened(context, [f"sitting.{body}.begins"], called, at=begins, living=living)
    await happened(context, [f"sitting.{body}.noticed"], called, living=living)
    await _record(context, "sitting_called", sitting_id, {**sitting, "items": listed})
    return sitting_id


def _step_of(proposed: Proposed) -> UUID | None:
    return proposed.vote.step_id if proposed.vote else None


def _listed(
    living: LivingRulebook, body: str, where: tuple[str, str], proposed: Proposed
) -> dict[str, Any]:
    vote = proposed.vote
    if vote and vote.sitting:
        raise at_fault("STEP_ON_AGENDA", *where, "stepId", sitting=vote.sitting)
    if vote is None and proposed.matter:
        known = [each.matter for each in living.shapes.votes if each.body == body and each.matter]
        if proposed.matter not in known:
            said = {"matter": proposed.matter[:40], "known": " ".join(known) or "-"}
            raise at_fault("UNKNOWN_MATTER", *where, "matter", **said)
    return {
        "title": _title(vote.view) if vote else proposed.title,
        "matter": vote.view.request.kind if vote else proposed.matter,
        "step_id": vote.step_id if vote else None,
        "request_id": vote.view.id if vote else None,
        "revote": False,
    }


def _title(view: RequestView) -> str:
    procedure = PROCEDURES[view.request.kind]
    said = procedure.summary(read_form(procedure.form, view.form), facts_of(view), None)
    return f"{view.number} {said.zh}"


async def attend(
    context: Context,
    sitting_id: UUID,
    counts: tuple[int | None, int | None],
    members: Mapping[UUID, bool],
) -> UUID:
    """Record who came: how many were due and present, or the members one by one."""
    sitting = await held(context, rows.LOCK, sitting_id)
    if any(item.ballot for item in sitting.items):
        raise Refused("ATTENDANCE_STANDS")
    by_name = bool(members) and counts == (None, None)
    eligible, present = (len(members), sum(members.values())) if by_name else counts
    if eligible is None or present is None or (members and not by_name):
        raise at_fault("COUNT_OR_MEMBERS", "eligible")
    people = await these(context, members)
    if members.keys() - people.keys():
        raise at_fault("UNKNOWN_MEMBER", "members")
    if eligible < 1:
        raise at_fault("TOO_SMALL", "eligible", minimum=1)
    if eligible > MOST_VOTERS:
        raise at_fault("TOO_LARGE", "eligible", maximum=MOST_VOTERS)
    if present < 0:
        raise at_fault("TOO_SMALL", "present", minimum=0)
    if present > eligible:
        raise at_fault("TOO_LARGE", "present", maximum=eligible)
    came = [
        {"person_id": each.id, "name": each.name, "attended": members[each.id]}
        for each in people.values()
    ]
    await context.transaction.rows(
        rows.ATTEND,
        institution=context.viewer.institution,
        id=sitting_id,
        people=list(members),
        members=came,
        eligible=eligible,
        present=present,
    )
    said = {"eligible": eligible, "present": present, "members": came}
    await _record(context, "sitting_attended", sitting_id, said)
    return sitting_id


async def vote(
    context: Context,
    item_id: UUID,
    votes: Mapping[str, int],
    measures: object,
    finding: Finding | None,
) -> UUID:
    """Resolve one item; what is carried or lost decides the request's step in the same breath.

    Raises:
        Refused: the sitting is over, the count impossible, or the step no longer waits.

    """
    sitting = await held(context, rows.LOCK_BY_ITEM, item_id)
    item = sitting.item(item_id)
    if item.outcome:
        raise Refused("ITEM_RESOLVED")
    if sitting.eligible is None or sitting.present is None:
        raise Refused("ATTENDANCE_MISSING")
    view = await find(context, item.request_id) if item.request_id else None
    ballot = Ballot(sitting.eligible, sitting.present, **votes)
    asking = next((m for m in sitting.members if view and m.id == view.request.applicant), None)
    if asking:
        ballot = without_applicant(ballot, attended=asking.attended)
    on = sitting.begins_at.astimezone(OFFICE_TIME).date()
    living = await context.rulebook(context.viewer.institution, on)
    path = tuple(each for each in living.shapes.paths if each.id == f"{sitting.body}.item")
    stated = read_measures(measures, living.shapes.measures, path)
    if view:
        wanted = looked_at(path, living.shapes.measures)
        stated |= {name: value for name, value in facts_of(view).items() if name in wanted}
    resolution = resolve(
        rows_for(living.shapes.votes, sitting.body, item.matter),
        path,
        ballot,
        stated,
        finding,
        await context.calendar(),
        context.now,
        revote=item.revote,
    )
    remarks = [*resolution.remarks, *([Remark("APPLICANT_HAS_NO_VOTE", {})] if asking else [])]
    kept = {
        "ballot": asdict(ballot),
        "outcome": resolution.outcome.value,
        "found_by_chair": resolution.by_chair,
        "reason": finding.reason if finding and resolution.by_chair else None,
        "remarks": [asdict(remark) for remark in remarks],
        "clauses": list(resolution.clauses),
        "at": context.now,
    }
    institution = context.viewer.institution
    await context.transaction.rows(rows.RESOLVE, institution=institution, id=item_id, **kept)
    if view and item.step_id and resolution.outcome is not Outcome.DEFERRED:
        title = living.vocabulary.roles[sitting.body].label.zh
        comment = _comment(title, sitting, ballot, finding)
        passed = resolution.outcome is Outcome.PASSED
        decision = Decision.AGREE if passed else Decision.REJECT
        await verbs.decide(context, view, item.step_id, decision, comment, None)
    said = {"item": item_id, "step": item.step_id, "measures": stated, **kept}
    await _record(context, "sitting_resolved", sitting.id, said)
    return sitting.id


def _comment(title: str, sitting: Sitting, ballot: Ballot, finding: Finding | None) -> str:
    details = {"body": title, "number": sitting.number, **asdict(ballot)}
    said = MESSAGES["RESOLVED_AT_SITTING"].say(ZH, details)
    return f"{said};主持人认定:{finding.reason}" if finding else said


async def close(context: Context, sitting_id: UUID, minutes: str) -> UUID:
    """Close the minutes for good; what was not reached is put off to the next sitting."""
    await held(context, rows.LOCK, sitting_id)
    if not minutes.strip():
        raise at_fault("REQUIRED", "minutes")
    await context.transaction.rows(
        rows.CLOSE,
        institution=context.viewer.institution,
        id=sitting_id,
        minutes=minutes.strip(),
        at=context.now,
        name=context.viewer.person.name,
    )
    await _record(context, "sitting_closed", sitting_id, {"minutes": minutes.strip()})
    return sitting_id


async def _record(context: Context, event: str, sitting_id: UUID, said: Mapping[str, Any]) -> None:
    """Remember the answer, then enter the act in the ledger."""
    viewer, transaction = context.viewer, context.transaction
    answer = {"sitting": sitting_id}
    await remember(transaction, viewer.institution, context.answer, answer, context.now)
    content = {**said, "sitting": sitting_id, "by": viewer.person.id, "name": viewer.person.name}
    await ledger.append(transaction, viewer.institution, event, context.now, content)
