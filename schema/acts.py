"""The acts on a request in the API: decide, withdraw, resubmit, report back, keep a draft."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval.forms import form_fields, partial_form, read_form
from domain.approval.procedure import Form
from domain.errors import Problem, Refused, at_fault
from domain.moments import Moment
from resolvers import drafts, requests
from resolvers.acting import find
from resolvers.procedures import PROCEDURES
from resolvers.request_rows import RequestView
from resolvers.submissions import Attachment, Filled
from resolvers.words import camel
from schema.errors import Refusal
from schema.fields import Info, mutation
from schema.ids import global_id, read_id, uuid_of
from schema.kinds import RequestKind
from schema.mirrors import mirror, read_input
from schema.requests import Request
from schema.scalars import JSON
from schema.steps import Decision
from schema.submissions import AttachmentInput, NamedPersonInput, attachments_of, named_of

LONGEST_COMMENT = 2000
KEY = "The same key is answered once."
VERSION = "Refuse if the request has changed since this version."
LeaveMomentInput = mirror(Moment, "LeaveMomentInput", is_input=True)


@strawberry.type
class Decided:
    """The request as the act left it."""

    request: Request = strawberry.field(description="With its steps.")


@strawberry.type
class Discarded:
    """The draft is gone."""

    draft_id: strawberry.ID = strawberry.field(description="The id that it had.")


DecideResult = Annotated[Decided | Refusal, strawberry.union("DecideResult")]
DiscardResult = Annotated[Discarded | Refusal, strawberry.union("DiscardResult")]


@strawberry.input
class DecideInput:
    """A turn taken."""

    step_id: strawberry.ID = strawberry.field(description="The open step.")
    decision: Decision = strawberry.field(description="What is said.")
    comment: str | None = strawberry.field(default=None, description="A word with it.")
    return_to: strawberry.ID | None = strawberry.field(
        default=None, description="Where to return it; to the applicant when absent."
    )
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


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
    form: JSON = strawberry.field(description="Any of the form's fields.")
    draft_id: strawberry.ID | None = strawberry.field(
        default=None, description="The draft to replace; a new one when absent."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class DiscardDraftInput:
    """A draft to throw away."""

    draft_id: strawberry.ID = strawberry.field(description="The draft.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def decide(info: Info, input: DecideInput) -> Decided:
    """Take the turn that is open: agree, reject or return it to the applicant."""
    context = info.context
    request_id, step_id = _step_ids(input.step_id)
    if input.return_to is not None:
        raise at_fault("RETURN_TO_APPLICANT_ONLY", "input", "returnTo")
    if input.comment is not None and len(input.comment) > LONGEST_COMMENT:
        raise at_fault("TOO_LONG", "input", "comment", limit=LONGEST_COMMENT)
    known = await _known(info, request_id, input.expected_version)
    view = await requests.decide(
        context, known, step_id, input.decision, input.comment, context.answer
    )
    return _decided(view)


async def withdraw(info: Info, input: WithdrawInput) -> Decided:
    """Take back one's own request before it is decided."""
    request_id = uuid_of(input.request_id, "Request", "requestId")
    known = await _known(info, request_id, input.expected_version)
    return _decided(await requests.withdraw(info.context, known, info.context.answer))


async def resubmit(info: Info, input: ResubmitInput) -> Decided:
    """Submit a returned request again, changed or not, by the rules of this day."""
    request_id = uuid_of(input.request_id, "Request", "requestId")
    known = await _known(info, request_id, input.expected_version)
    procedure = PROCEDURES[known.request.kind]
    changes = stored_names(procedure.form, input.changes or {}, "changes")
    form = _reading(lambda: read_form(procedure.form, {**known.form, **changes}), "changes")
    given = input.attachments
    before = tuple(Attachment(**each) for each in known.attachments)
    filled = Filled(
        form=form,
        attachments=before if given is None else attachments_of(given),
        as_seat=uuid_of(input.as_seat, "Seat", "asSeat") if input.as_seat else None,
        named=named_of(input.named),
    )
    view = await requests.resubmit(info.context, known, procedure, filled, info.context.answer)
    return _decided(view)


async def report_back(info: Info, input: ReportBackInput) -> Decided:
    """Report back from an approved leave; an earlier return ends the absence then."""
    request_id = uuid_of(input.request_id, "Request", "requestId")
    known = await _known(info, request_id, None)
    returned = _begins(input.returned)
    answer = info.context.answer
    return _decided(await requests.report_back(info.context, known, returned, answer))


async def save_draft(info: Info, input: SaveDraftInput) -> Decided:
    """Keep a half-filled form; nothing is judged yet."""
    kind = input.kind.value
    if kind not in PROCEDURES:
        raise at_fault("NO_FORM", "input", "kind", kind=kind)
    given = stored_names(PROCEDURES[kind].form, input.form, "form")
    form = _reading(lambda: partial_form(PROCEDURES[kind].form, given), "form")
    draft = uuid_of(input.draft_id, "Request", "draftId") if input.draft_id else None
    answer = info.context.answer
    return _decided(await drafts.save_draft(info.context, kind, form, draft, answer))


async def discard_draft(info: Info, input: DiscardDraftInput) -> Discarded:
    """Throw a draft of one's own away."""
    draft = uuid_of(input.draft_id, "Request", "draftId")
    await drafts.discard_draft(info.context, draft, info.context.answer)
    return Discarded(draft_id=input.draft_id)


async def replay_discarded(info: Info, answer: Any) -> Discarded:  # noqa: ARG001
    return Discarded(draft_id=global_id("Request", answer["draft"]))


async def replay_decided(info: Info, answer: Any) -> Decided:
    return _decided(await find(info.context, UUID(answer["request"])))


def _begins(given: Any) -> datetime | None:
    return read_input(Moment, given).begins if given else None


def _decided(view: RequestView) -> Decided:
    return Decided(request=view)  # type: ignore[arg-type]


def _step_ids(given: str) -> tuple[UUID, UUID]:
    try:
        of, key = read_id(given)
        request_id, _, step_id = key.partition(":")
        if of == "Step":
            return UUID(request_id), UUID(step_id)
    except (Refused, ValueError):
        pass
    raise at_fault("INVALID_ID", "input", "stepId")


async def _known(info: Info, request_id: UUID, expected_version: int | None) -> RequestView:
    known = await find(info.context, request_id)
    if expected_version is not None and expected_version != known.request.version:
        raise Refused("VERSION_CHANGED", version=known.request.version)
    return known


def stored_names(form: type[Form], given: object, field: str) -> dict[str, Any]:
    """A form as a client writes it in JSON, with the names and ids that it is stored with."""
    if not isinstance(given, dict):
        raise at_fault("NOT_AN_OBJECT", "input", field)
    known = {camel(each.name): each for each in form_fields(form)}
    stored: dict[str, Any] = {}
    for name, value in given.items():
        each = known.get(name)
        is_id = each is not None and each.type is UUID and isinstance(value, str)
        stored[each.name if each else name] = (
            str(uuid_of(value, "Request", field, name)) if is_id else value
        )
    return stored


def _reading(read: Any, field: str) -> Any:
    """Name the argument in the problems of a form that came as JSON."""
    try:
        return read()
    except Refused as refused:
        problems = [
            Problem(each.code, ("input", field, *each.path), each.clause, each.details)
            for each in refused.problems
        ]
        raise Refused(refused.code, problems=problems, **refused.details) from None


@strawberry.type
class Mutation:
    decide = mutation(decide, DecideResult, permission="requests.decide", replay=replay_decided)
    withdraw = mutation(withdraw, DecideResult, permission="requests.submit", replay=replay_decided)
    resubmit = mutation(
        resubmit, DecideResult, permission="requests.submit", replay=replay_decided, office=True
    )
    report_back = mutation(
        report_back, DecideResult, permission="requests.submit", replay=replay_decided
    )
    save_draft = mutation(
        save_draft, DecideResult, permission="requests.submit", replay=replay_decided
    )
    discard_draft = mutation(
        discard_draft, DiscardResult, permission="requests.submit", replay=replay_discarded
    )
