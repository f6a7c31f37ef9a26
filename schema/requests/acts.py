"""The applicant's acts in the API: withdraw, resubmit, report back, keep a draft."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain.approval.forms import form_fields, partial_form, read_form
from domain.time.moments import Moment
from domain.vocabulary import code_of
from resolvers.requests import drafts, verbs
from resolvers.requests.needs import must_be_regulated
from resolvers.requests.papers import papers_before
from resolvers.requests.procedures import procedure_of
from resolvers.requests.submissions import Filled
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation
from schema.ground.ids import global_id, uuid_if_given, uuid_of
from schema.ground.mirrors import mirror, read_input
from schema.ground.papers import AttachmentInput, found
from schema.ground.scalars import JSON, KindCode, given_object
from schema.requests.decided import (
    KEY,
    VERSION,
    Decided,
    DecideResult,
    decided,
    known_request,
    of_request,
    replay_decided,
)
from schema.requests.json_forms import read_json
from schema.requests.kinds import CODE, RequestKind, kind_asked
from schema.requests.submissions import NamedPersonInput, named_of, procedure_named

LeaveMomentInput = mirror(Moment, "LeaveMomentInput", is_input=True)


@strawberry.type
class Discarded:
    """The draft is gone."""

    draft_id: strawberry.ID = strawberry.field(description="The id that it had.")


DiscardResult = Annotated[Discarded | Refusal, strawberry.union("DiscardResult")]


@strawberry.input
class WithdrawInput:
    """One's own request, taken back."""

    request_id: strawberry.ID = strawberry.field(description="The request.")
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class ResubmitInput:
    """A returned request, submitted again."""

    request_id: strawberry.ID = strawberry.field(description="The request.")
    changes: JSON | None = strawberry.field(
        default=None, description="The fields of the form that are different now."
    )
    attachments: list[AttachmentInput] | None = strawberry.field(
        default=None, description="The papers now; those of before when absent."
    )
    as_seat: strawberry.ID | None = strawberry.field(
        default=None, description="The seat; that of before when absent."
    )
    named: list[NamedPersonInput] | None = strawberry.field(
        default=None, description="People who take a turn of their own; said anew."
    )
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class ReportBackInput:
    """Back from leave (销假)."""

    request_id: strawberry.ID = strawberry.field(description="The leave.")
    returned: LeaveMomentInput | None = strawberry.field(  # type: ignore[valid-type]
        default=None, description="The first half-day at work again; now when absent."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class SaveDraftInput:
    """A form to go on with later."""

    kind: RequestKind = strawberry.field(description="The kind of request.")
    kind_code: KindCode | None = strawberry.field(default=None, description=CODE)
    form: JSON = strawberry.field(description="Any of the form's fields.")
    attachments: list[AttachmentInput] | None = strawberry.field(
        default=None, description="The papers now; those of before when absent."
    )
    draft_id: strawberry.ID | None = strawberry.field(
        default=None, description="The draft to replace; a new one when absent."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class DiscardDraftInput:
    """A draft to throw away."""

    draft_id: strawberry.ID = strawberry.field(description="The draft.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def withdraw(info: Info, input: WithdrawInput) -> Decided:
    """Take back one's own request before it is decided."""
    request_id = uuid_of(input.request_id, "Request", "requestId")
    known = await known_request(info, request_id, input.expected_version)
    return decided(await verbs.withdraw(info.context, known))


async def resubmit(info: Info, input: ResubmitInput) -> Decided:
    """Submit a returned request again, changed or not, by the rules of this day."""
    request_id = uuid_of(input.request_id, "Request", "requestId")
    known = await known_request(info, request_id, input.expected_version)
    living = await info.context.rulebook()
    must_be_regulated(living, known.label, living.vocabulary.kinds.keys() & {known.kind})
    procedure = procedure_of(known.kind, living)
    # What the office has come to leave out of its own kind is not asked for any more.
    asked = {each.name for each in form_fields(procedure.form)}
    before = {name: value for name, value in known.form.items() if name in asked}
    form = read_json(
        procedure.form,
        given_object(input.changes),
        "changes",
        lambda changes: read_form(procedure.form, {**before, **changes}),
    )
    papers = await found(info, input.attachments, of=known.id)
    filled = Filled(
        form=form,
        attachments=papers_before(known) if input.attachments is None else papers,
        as_seat=uuid_if_given(input.as_seat, "Seat", "asSeat"),
        named=named_of(input.named),
    )
    view = await verbs.resubmit(info.context, known, procedure, filled)
    return decided(view)


async def report_back(info: Info, input: ReportBackInput) -> Decided:
    """Report back from an approved leave; an earlier return ends the absence then."""
    request_id = uuid_of(input.request_id, "Request", "requestId")
    known = await known_request(info, request_id, None)
    return decided(await verbs.report_back(info.context, known, _begins(input.returned)))


async def save_draft(info: Info, input: SaveDraftInput) -> Decided:
    """Keep a half-filled form; nothing is judged yet."""
    context, papers = info.context, None
    living = await context.rulebook()
    kind = kind_asked(living.vocabulary, input.kind, input.kind_code, "input")
    shape = (await procedure_named(info, code_of(kind))).form
    form = read_json(shape, input.form, "form", lambda given: partial_form(shape, given))
    draft = uuid_if_given(input.draft_id, "Request", "draftId")
    if input.attachments is not None:
        papers = await found(info, input.attachments, of=draft)
    return decided(await drafts.save_draft(context, kind, form, draft, papers))


async def discard_draft(info: Info, input: DiscardDraftInput) -> Discarded:
    """Throw a draft of one's own away."""
    draft = uuid_of(input.draft_id, "Request", "draftId")
    await drafts.discard_draft(info.context, draft)
    return Discarded(draft_id=input.draft_id)


async def replay_discarded(info: Info, answer: Any) -> Discarded:  # noqa: ARG001
    return Discarded(draft_id=global_id("Request", answer["draft"]))


def _begins(given: Any) -> datetime | None:
    return read_input(Moment, given).begins if given else None


@strawberry.type
class Mutation:
    withdraw = mutation(
        withdraw,
        DecideResult,
        permission="requests.submit",
        replay=replay_decided,
        beside=of_request,
    )
    resubmit = mutation(
        resubmit,
        DecideResult,
        permission="requests.submit",
        replay=replay_decided,
        office=True,
        beside=of_request,
    )
    report_back = mutation(
        report_back,
        DecideResult,
        permission="requests.submit",
        replay=replay_decided,
        beside=of_request,
    )
    save_draft = mutation(
        save_draft, DecideResult, permission="requests.submit", replay=replay_decided
    )
    discard_draft = mutation(
        discard_draft, DiscardResult, permission="requests.submit", replay=replay_discarded
    )
