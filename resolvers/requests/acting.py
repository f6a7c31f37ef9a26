"""What every act on a request shares: finding it, and keeping what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain import ACCOUNTS, CASE_KINDS
from domain.approval.forms import read_form
from domain.approval.procedure import Approved
from domain.approval.request import Request, Status, Step
from domain.approval.rounds import TWO_LEVELS, with_levels_marked
from domain.errors import Refused
from domain.office.booking import Booking
from domain.records import files
from domain.rules.gaps import ESCALATED
from domain.shapes.book import Shapes
from domain.vocabulary import RoleClass
from resolvers.files.attaching import give, named
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import Away, Back, keep, remember
from resolvers.ground.listing import UNREADABLE
from resolvers.ground.opening import Beside
from resolvers.records.accounts import Whose, hold, moved_by, post
from resolvers.records.case_beginnings import begun
from resolvers.records.line_clocks import approved_lines
from resolvers.records.proposing import retells, retold_of_request
from resolvers.requests.going import must_leave_nothing
from resolvers.requests.moving_clocks import (
    come_about,
    foreseen_at,
    longer_for,
    occasions_of,
    shows,
)
from resolvers.requests.outcomes import keep_records
from resolvers.requests.oversight import IN_SIGHT, MAY_SEE, TAKES_PART, whose
from resolvers.requests.papers import papers_before
from resolvers.requests.routing import with_rules
from resolvers.requests.rows import STEPS, RequestView, facts_of, read_steps, view_of
from resolvers.requests.sending import line_about
from resolvers.requests.separating import separated
from resolvers.requests.step_rows import seats_known

SUBMITTED = frozenset({"submitted", "resubmitted"})

GOING = """
  coalesce((
    select jsonb_agg(to_jsonb(c) || jsonb_build_object('seen', cast(c.xmin as text)) order by c.id)
    from clocks c
    where (c.institution_id, c.request_id) = (r.institution_id, r.id) and c.done_at is null
      and c.state in ('running', 'paused', 'expired')), '[]') as clocks"""
"""The clocks that run for a request, each with the version of its row."""

SELECTED = f"""
  select r.*, {STEPS}, {GOING} from requests r
  where r.institution_id = {IN_SIGHT} and r.id = :id and """
ONE, NEAR = statement(SELECTED + MAY_SEE), SELECTED + TAKES_PART


def beside_viewer(context: Context, request_id: UUID) -> Beside:
    """One request, to be read in the statement that opens the field; `find` then has it.

    Who takes no part in it is looked into by `find`.
    """
    return Beside(request_id, NEAR, lambda known: {**whose(context, known), "id": request_id})


async def find(context: Context, request_id: UUID, *, overseen: bool = False) -> RequestView:
    """One request that the viewer may see; any of the office's, where an administrator acts on it.

    Raises: Refused: there is none.
    """
    row = None if overseen else context.read_beside(request_id)
    if row is None or row["id"] is None:
        sight = {**whose(context), "overseen": overseen}
        row = await context.transaction.row(ONE, id=request_id, **sight)
    if row is None:
        raise Refused("REQUEST_NOT_FOUND")
    try:
        steps = read_steps(row)
        running = [each["due_at"] for each in row["clocks"] if each["state"] == "running"]
        due_at = min(map(datetime.fromisoformat, running), default=None)
        seats = await seats_known(context, row, steps)
        view = await with_rules(context, view_of(row, steps, seats, due_at))
        _ = view.procedure
    except UNREADABLE as unreadable:
        raise Refused("ROW_UNREADABLE") from unreadable
    return view


def falls_to(view: RequestView) -> dict[UUID, UUID]:
    """The steps that fall to one person alone.

    A body's or an outside answer is never assumed, nor a duty that a clause keeps apart.
    """
    apart = separated(view)
    alone: dict[UUID, UUID] = {}
    for step in view.request.steps:
        if step.role in apart:
            continue
        if answered_elsewhere(view, step):
            continue
        holders = {holder.id for seat in step.seats for holder in view.seats[seat].holders}
        if len(holders - {view.request.applicant}) == 1:
            alone[step.id] = next(iter(holders - {view.request.applicant}))
    return alone


def answered_elsewhere(view: RequestView, step: Step) -> frozenset[RoleClass]:
    """Whether a body or somebody outside answers the step; whoever holds the seat records that."""
    roles = view.living.vocabulary.roles if view.living else {}
    taking = {view.seats[seat].role or step.role for seat in step.seats}
    classes = frozenset(roles[role].role_class for role in taking if role in roles)
    return classes & {RoleClass.BODY, RoleClass.OUTSIDE}


def changed(context: Context, known: RequestView, request: Request) -> RequestView:
    request = with_levels_marked(request, context.now)
    closed = request.status not in {Status.PENDING, Status.RETURNED, Status.DRAFT}
    return replace(
        known, request=request, closed_at=(known.closed_at or context.now) if closed else None
    )


async def keep_act(
    context: Context,
    view: RequestView,
    event: str,
    known: RequestView | None,
    content: Mapping[str, Any],
    *,
    answers: bool = True,
    back: Back | None = None,
    alone: bool = False,
) -> str:
    """Write the request in its own institution's name, whoever acts, and what that brings about.

    It `answers` the call, unless it is a part of a greater act. It stands `alone` where its caller
    does nothing after it: then, if nothing follows of it either, the statement that keeps it ends
    the transaction.
    """
    viewer, transaction = context.viewer, context.transaction
    answer, submitted = context.answer if answers else None, event in SUBMITTED
    moved = known is None or known.request.status is not view.request.status
    await must_leave_nothing(context, view, known)
    abroad = view.request.institution != viewer.institution
    anew = view.attachments != (known.attachments if known else ())
    papers = papers_before(view) if anew else ()
    if papers:
        content = {**content, "files": named(papers)}
    if abroad:
        await transaction.act_as(view.request.institution)
    record = line_about(context, view, view.claims, {**content, **_newly_marked(view, known)})
    record["rulebook_version"] = view.rulebook_version
    if submitted and any(each["code"] == ESCALATED for each in view.notes):
        record["code"] = ESCALATED
    accounts = await accounts_of(context, view)
    await hold(context, accounts)
    occasions = occasions_of(context, view, event, known)
    foreseen = None if abroad else await foreseen_at(context, view, known, occasions)
    approved = Status.APPROVED in (view.request.status, known and known.request.status)
    follows = papers or abroad or accounts or foreseen is None or shows(view.living, occasions)
    follows = follows or (approved and await _follows_approval(context, view))
    number = await keep(
        transaction,
        view,
        known,
        event=event,
        content=record,
        at=context.now,
        answer=None if abroad else answer,
        away=_away_for(context, view) if submitted else None,
        booking=_booking_for(view) if submitted else None,
        longer=longer_for(view) if moved else None,
        back=back,
        numbering=event == "submitted",
        more=foreseen.written(context) if foreseen else None,
        ends=alone and not follows,
    )
    if papers:
        await give(context, papers, files.REQUEST, view.id)
    if not follows:
        return number
    if moved:
        await brought_about(context, replace(view, number=number))
    if approved:
        of = view.request.institution, view.request.kind, view.request.applicant, view.unit_id
        await retold_of_request(context, *of)
        await post(context, accounts)
    for occasion in occasions:
        await come_about(context, view, occasion, foreseen=foreseen is not None)
    if abroad:
        # What a person was answered is kept at home.
        await transaction.act_as(viewer.institution)
        said = {"request": view.id}
        await remember(transaction, viewer.institution, answer, said, context.now)
    return number


def _newly_marked(view: RequestView, known: RequestView | None) -> Mapping[str, Any]:
    """That the act made one person act at two levels, for the ledger."""
    before = known.request.marks if known else ()
    new = [each for each in view.request.marks if each not in before]
    joined = [each for each in new if each["code"] == TWO_LEVELS]
    return {"marks": joined} if joined else {}


async def _follows_approval(context: Context, view: RequestView) -> bool:
    """Whether an approval of this kind is written elsewhere too: registers, cases, counts."""
    kind = view.request.kind
    begins = {each.kind for case in CASE_KINDS for each in case.begins_with}
    if view.procedure.on_approval or kind in begins:
        return True
    living = await context.rulebook(view.request.institution)
    return retells(living, kind)


MOVING = frozenset(flow.of for account in ACCOUNTS for flow in account.flows)
"""What moves an account, kinds of request among it."""


async def brought_about(context: Context, view: RequestView) -> None:
    """Put into registers what the approval of a request brings about, once.

    What was approved on a consent that was then denied stands in them already.
    """
    procedure = view.procedure
    again = any(mark.get("approved") == "true" for mark in view.request.marks)
    if view.request.status is not Status.APPROVED or again:
        return
    approved = Approved(
        request=view.id,
        number=view.number,
        institution=view.request.institution,
        applicant=view.request.applicant,
        applicant_name=view.applicant_name,
        unit=view.unit_id,
        unit_name=view.unit_name,
        facts=facts_of(view),
        now=context.now,
        new_id=context.services.new_id,
        shapes=view.living.shapes if view.living else Shapes(),
    )
    form = read_form(procedure.form, view.form)
    if procedure.on_approval:
        records = procedure.on_approval(form, approved)
        await keep_records(context.transaction, approved, records)
        await approved_lines(context, approved, records, view.living)
    await begun(context, form, view.request.kind, approved, view.living)


async def accounts_of(context: Context, view: RequestView) -> list[Whose]:
    """The applicant's accounts that the request moves, by the rules that their office has now."""
    institution, kind = view.request.institution, view.request.kind
    if kind not in MOVING and view.extends_id is None:
        return []
    rulebooks = context.services.rulebooks
    own = institution == context.viewer.institution
    epoch = context.viewer.policy_epoch if own else None
    living = await rulebooks.load(institution, context.today, epoch)
    kinds = {kind} if view.extends_id is None else MOVING
    found = {each.name: each for of in sorted(kinds) for each in moved_by(living, of)}
    return [Whose(living, found[name], view.request.applicant) for name in sorted(found)]


def _booking_for(view: RequestView) -> Booking | None:
    """What this request books."""
    procedure = view.procedure
    return procedure.books(read_form(procedure.form, view.form)) if procedure.books else None


def _away_for(context: Context, view: RequestView) -> Away | None:
    """The applicant's absence that this request stands for; the viewer is the applicant."""
    procedure = view.procedure
    if procedure.occupies is None:
        return None
    whole = procedure.occupies(read_form(procedure.form, view.form))
    days = str(view.facts.get("days", "0"))
    return Away(context.viewer.person.number, whole, days)
