"""Sittings served: a body is called, counted and heard, and its resolutions decide waiting votes.

`decide` by the secretary's seat without a sitting stays possible: a sitting is how a body shows
its resolution, not the only door to the step.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.forms import write_form
from domain.approval.procedure import Form
from domain.approval.request import Decision, Status
from domain.approval.soundness import shape_problems
from domain.errors import Refused, at_fault, must_be_none
from domain.messages import ZH
from domain.office.notices import Notice
from domain.records.ballots import Tally, must_be_cast_rightly
from domain.records.sittings import (
    Finding,
    Outcome,
    SittingKind,
    events_of,
    must_be_in_time,
    notice_for,
    resolve,
    rows_for,
    secrecy_of,
    without,
)
from domain.shapes.asking import looked_at, read_measures
from domain.shapes.votes import Ballot, must_be_before
from domain.time.moments import OFFICE_TIME, is_near
from domain.time.wording import in_year
from policies.messages import MESSAGES
from resolvers.ground.context import Context
from resolvers.ground.keeping import alone
from resolvers.ground.notices import announce
from resolvers.records import sitting_rows as rows
from resolvers.records.approvals import request_of
from resolvers.records.attending import convene, heard
from resolvers.records.ballots import asked_for, told_of, votable, without_say
from resolvers.records.bodies import OpenVote, held, kept_body, record, was_held
from resolvers.records.sitting_rows import Sitting
from resolvers.requests import verbs
from resolvers.requests.request_rows import RequestRow
from resolvers.requests.rows import facts_of
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

SAID = {
    Outcome.PASSED: "ITEM_PASSED",
    Outcome.FAILED: "ITEM_FAILED",
    Outcome.DEFERRED: "ITEM_DEFERRED",
}
"""What those who came are told of an item."""
Resolves = Callable[[Context, UUID, str, bool, str], Awaitable[None]]
"""What a body's resolution does to an act: which, whose it is, whether it passed, in what words."""


@dataclass(frozen=True)
class Proposed:
    """A matter for an agenda: an open vote, an act, what an approved `request` brings, its own."""

    title: str
    matter: str = ""
    vote: OpenVote | None = None
    act: UUID | None = None
    request: UUID | None = None
    sent: datetime | None = None


async def call(
    context: Context,
    kind: SittingKind,
    body: str,
    begins: datetime,
    noticed: datetime,
    place: str,
    agenda: Sequence[Proposed],
    entry: Form | None = None,
    invited: Collection[UUID] = (),
) -> None:
    """Call a body together. What its last sittings put off comes first on the agenda.

    Raises: Refused: the notice is too late, the agenda is empty or not this body's, or somebody
    invited is of elsewhere; Overtaken: another sitting was called at the same moment.
    """
    viewer, now = context.viewer, context.now
    if not is_near(begins.date(), context.today):
        raise at_fault("DATE_TOO_FAR", "beginsAt")
    living = await kept_body(context, kind.code, body, calling=True)
    found = shape_problems(entry) if entry else ()
    must_be_none(replace(each, path=tuple(map(camel, each.path))) for each in found)
    carried = await context.rows(rows.CARRIED, kind=kind.code, body=body)
    sitting_id = context.services.new_id()
    items = [{**dict(row), "carried_from": row["id"]} for row in carried]
    again = {row["step_id"] or row["act_id"] for row in carried}
    items += [
        _listed(living, body, ("agenda", str(at)), await _brought(context, kind, body, at, each))
        for at, each in enumerate(agenda)
        if (each.vote.step_id if each.vote else each.act) not in again - {None}
    ]
    if kind.deliberates and not items:
        raise at_fault("EMPTY_AGENDA", "agenda")
    spoken = [
        vote
        for matter in ([item["matter"] for item in items] or [""])
        for vote in rows_for(living.shapes.votes, body, matter)
    ]
    notice = notice_for(spoken, living.shapes.clocks, begins, await context.calendar())
    must_be_in_time(notice, noticed, now, "noticedAt")
    for at, each in enumerate(agenda):
        must_be_in_time(notice, each.sent or noticed, now, "agenda", str(at), "papersSentAt")
    number = await context.value(
        rows.NUMBER, kind=kind.code, body=body, year=str(begins.astimezone(OFFICE_TIME).year)
    )
    own = {"institution_id": viewer.institution, "sitting_id": sitting_id}
    sitting = {
        "institution_id": viewer.institution,
        "id": sitting_id,
        "kind": kind.code,
        "entry": write_form(entry) if entry else {},
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
        "invited": sorted(invited),
    }
    await convene(context, sitting)
    listed = [
        {"withdrawn": [], **item, **own, "id": context.services.new_id(), "position": position}
        for position, item in enumerate(items)
    ]
    with alone():
        await context.rows(rows.CALL, rows=[sitting])
        await context.rows(rows.LIST, rows=listed)
    # What a clause wants before the body meets runs backwards from then, and notice ends it.
    called = Subject(sitting_id, viewer.institution, kind.code, None, (viewer.person.id,))
    of = kind.code, body, [item["matter"] for item in items]
    await happened(context, events_of(*of, "begins"), called, at=begins, living=living)
    await happened(context, events_of(*of, "noticed"), called, living=living)
    await record(context, "sitting_called", sitting_id, {**sitting, "items": listed})


async def _brought(
    context: Context, kind: SittingKind, body: str, at: int, proposed: Proposed
) -> Proposed:
    """A matter as the approved request says that brings it, where a row of the body wants one."""
    living, where = await context.rulebook(), ("agenda", str(at), "requestId")
    row = next(
        (
            each
            for each in living.shapes.votes
            if (each.body, each.matter) == (body, kind.brought_by)
        ),
        None,
    )
    if proposed.vote or proposed.act or not (row or proposed.request):
        return proposed
    found = await request_of(context, proposed.request)
    if not (row and found) or (found["kind"], found["status"]) != (row.matter, Status.APPROVED):
        raise at_fault("NOT_BROUGHT_IN", *where, clause=row.clause if row else None)
    if await context.value(rows.BROUGHT, request=proposed.request):
        raise at_fault("BROUGHT_IN_BEFORE", *where)
    title = f"{found['number']} {in_year(found['summary_zh'], None)}"
    return replace(proposed, title=title, matter=row.matter)


def _listed(
    living: LivingRulebook, body: str, where: tuple[str, str], proposed: Proposed
) -> dict[str, Any]:
    vote = proposed.vote
    if vote and vote.sitting:
        raise at_fault("STEP_ON_AGENDA", *where, "stepId", sitting=vote.sitting)
    if vote is None and proposed.act is None and proposed.matter:
        known = [each.matter for each in living.shapes.votes if each.body == body and each.matter]
        if proposed.matter not in known:
            said = {"matter": proposed.matter[:40], "known": " ".join(known) or "-"}
            raise at_fault("UNKNOWN_MATTER", *where, "matter", **said)
    return {
        "title": _title(vote.view) if vote else proposed.title,
        "matter": vote.view.kind if vote else proposed.matter,
        "step_id": vote.step_id if vote else None,
        "request_id": vote.view.id if vote else proposed.request,
        "act_id": proposed.act,
        "revote": False,
    }


def _title(view: RequestRow) -> str:
    return f"{view.number} {in_year(view.summary_in(ZH), None)}"


async def vote(
    context: Context,
    item_id: UUID,
    votes: Mapping[str, Any],
    measures: object,
    finding: Finding | None,
    resolves: Resolves,
    said: Mapping[UUID, str],
    *,
    on_paper: bool,
) -> None:
    """Resolve one item; what is carried or lost decides the request's step, or the administrative
    act (`resolves`), in the same breath.

    Raises: Refused: the sitting is over, the count impossible, or the step no longer waits; a vote
    that has to be secret was not, or its ballot came to something else; somebody was not heard.
    """
    sitting, item, present = await votable(context, item_id)
    view = await asked_for(context, item)
    ballot = Ballot(*present, **votes)
    out = without_say(sitting, item, view)
    ballot = without(ballot, [each.attended for each in out])
    on = sitting.begins_at.astimezone(OFFICE_TIME).date()
    living = await context.rulebook(context.viewer.institution, on)
    path = tuple(each for each in living.shapes.paths if each.id == f"{sitting.body}.item")
    stated = read_measures(measures, living.shapes.measures, path)
    if view:
        wanted = looked_at(path, living.shapes.measures)
        stated |= {name: value for name, value in facts_of(view).items() if name in wanted}
    of_matter = rows_for(living.shapes.votes, sitting.body, item.matter)
    must_be_before(of_matter, ballot, sitting.begins_at)
    stated_votes = Tally(ballot.in_favour, ballot.against, ballot.abstained)
    secrecy = secrecy_of(of_matter)
    must_be_cast_rightly(secrecy, item.secret_count, stated_votes, on_paper=on_paper)
    resolution = resolve(
        of_matter,
        path,
        ballot,
        stated,
        finding,
        await context.calendar(),
        context.now,
        revote=item.revote,
    )
    remarks = [*resolution.remarks, *told_of(view, out)]
    put_off, unit = resolution.outcome is Outcome.DEFERRED, view.unit_id if view else None
    kept = {
        "heard": await heard(context, sitting, item, said, out, asked=not put_off, unit=unit),
        "ballot": asdict(ballot),
        "outcome": resolution.outcome.value,
        "found_by_chair": resolution.by_chair,
        "reason": finding.reason if finding and resolution.by_chair else None,
        "remarks": [asdict(remark) for remark in remarks],
        "clauses": list(resolution.clauses),
    }
    await context.rows(rows.RESOLVE, id=item_id, **kept, resolved_at=context.now)
    title = living.vocabulary.roles[sitting.body].label.zh
    comment = _comment(title, sitting, ballot, finding)
    passed = resolution.outcome is Outcome.PASSED
    if item.act_id and not put_off:
        await resolves(context, item.act_id, sitting.body, passed, comment)
    if view and item.step_id and not put_off:
        decision = Decision.AGREE if passed else Decision.REJECT
        await verbs.decide(
            context, view, item.step_id, decision, comment, answers=False, body=sitting.body
        )
    here, about = context.viewer.institution, {"title": item.title, "number": sitting.number}
    came = (each.id for each in sitting.members if each.attended)
    code = SAID[resolution.outcome]
    await announce(context, *(Notice(code, to, here, about, subject=sitting.id) for to in came))
    told = {"item": item_id, "step": item.step_id, "measures": stated, **kept, "at": context.now}
    await record(context, "sitting_resolved", sitting.id, told)


def _comment(title: str, sitting: Sitting, ballot: Ballot, finding: Finding | None) -> str:
    details = {"body": title, "number": sitting.number, **asdict(ballot)}
    said = MESSAGES["RESOLVED_AT_SITTING"].say(ZH, details)
    return f"{said}；主持人认定：{finding.reason}" if finding else said


async def close(context: Context, sitting_id: UUID, minutes: str) -> None:
    """Close the minutes for good; what was not reached is put off to the next sitting."""
    sitting = await held(context, rows.LOCK, sitting_id)
    if any(item.ballot_open for item in sitting.items):
        raise Refused("BALLOT_OPEN")
    if not minutes.strip():
        raise at_fault("REQUIRED", "minutes")
    await context.rows(
        rows.CLOSE,
        id=sitting_id,
        minutes=minutes.strip(),
        at=context.now,
        name=context.viewer.person.name,
    )
    if sitting.eligible is None:
        await was_held(context, sitting)
    await record(context, "sitting_closed", sitting_id, {"minutes": minutes.strip()})
