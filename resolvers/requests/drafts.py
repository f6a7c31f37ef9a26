"""Drafts: half-filled forms that their owner keeps, submits or discards."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.approval.request import STATUSES, Request, Status
from domain.errors import Refused
from domain.vocabulary import is_own
from resolvers.files.attaching import LET_GO
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.classified import must_be_graded
from resolvers.requests.acting import find, keep_act
from resolvers.requests.papers import Attachment
from resolvers.requests.procedures import procedure_of
from resolvers.requests.rows import RequestView

DISCARD = statement("""
  with gone as (
    delete from requests
    where institution_id = :institution and id = :id and status = 'draft'
    returning institution_id, applicant_id, kind)
  update request_counts c set number = c.number - 1 from gone
  where c.institution_id = gone.institution_id and c.list = 'mine'
    and c.subject_id = gone.applicant_id and c.kind = gone.kind and c.status = 'draft'""")


async def save_draft(
    context: Context,
    kind: str,
    form: Mapping[str, Any],
    draft: UUID | None,
    attachments: Sequence[Attachment] | None = None,
) -> RequestView:
    """Keep a half-filled form, and its papers; those of before where none are said."""
    person = context.viewer.person
    known = await own_draft(context, kind, draft) if draft else None
    papers = tuple(each.stored for each in attachments or ())
    seat = person.seats[0] if person.seats else None
    living = await context.rulebook(person.institution)
    whole = procedure_of(kind, living).form
    await must_be_graded(context, living.vocabulary.kinds[kind], whole, half=form)
    request = Request(
        id=known.id if known else context.services.new_id(),
        institution=person.institution,
        kind=kind,
        status=Status.DRAFT,
        version=known.request.version + 1 if known else 1,
        round=1,
        applicant=person.id,
    )
    view = RequestView(
        request=request,
        number="",
        applicant_name=person.name,
        applicant_account=person.account,
        unit_id=seat.unit_id if seat else None,
        unit_name=seat.unit if seat else "",
        form=form,
        attachments=known.attachments if known and attachments is None else papers,
        facts={},
        notes=(),
        claims=(),
        # The words of a kind of the office's own are those of the version.
        rulebook_version=living.version if is_own(kind) else None,
        created_at=known.created_at if known else context.now,
        submitted_at=None,
        closed_at=None,
        living=living,
    )
    await keep_act(context, view, "draft_saved", known, {})
    return view


async def discard_draft(context: Context, draft: UUID) -> None:
    """Throw a draft of one's own away."""
    await own_draft(context, None, draft)
    await ledger.hold(context.transaction, context.viewer.institution)
    await context.rows(DISCARD, id=draft)
    await context.rows(LET_GO, of=draft)
    await context.remember({"draft": draft})


async def own_draft(context: Context, kind: str | None, draft: UUID) -> RequestView:
    """A draft of the viewer's own, of this kind where one is named.

    Raises: Refused: there is none.
    """
    known = await find(context, draft)
    if known.request.applicant != context.viewer.person.id:
        raise Refused("REQUEST_NOT_FOUND")
    if known.request.status is not Status.DRAFT:
        raise Refused("NOT_A_DRAFT", status=STATUSES[known.request.status])
    if kind is not None and known.request.kind != kind:
        raise Refused("OTHER_KIND", kind=known.label)
    return known
