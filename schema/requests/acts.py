"""The applicant's acts in the API: withdraw, resubmit, report back, keep a draft."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval.forms import form_fields, partial_form, read_form
from domain.time.moments import Moment
from domain.vocabulary import code_of
from resolvers.requests import coming_back, drafts, verbs
from resolvers.requests.needs import must_be_regulated
from resolvers.requests.papers import papers_before
from resolvers.requests.procedures import procedure_of
from resolvers.requests.submissions import Filled
from schema.ground.acts import act, within
from schema.ground.fields import Info
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import mirror, read_input
from schema.ground.papers import AttachmentInput, found
from schema.ground.scalars import JSON, KindCode, given_object
from schema.requests.decided import (
    Decided,
    RequestId,
    Version,
    decided,
    known_request,
    of_request,
    replay_decided,
)
from schema.requests.json_forms import read_json
from schema.requests.kinds import CODE, RequestKind, kind_asked
from schema.requests.submissions import NamedPersonInput, named_of, procedure_named

LeaveMomentInput = mirror(Moment, "LeaveMomentInput", is_input=True)


Papers = Annotated[list[AttachmentInput] | None, "The papers now; those of before when absent."]


async def withdraw(info: Info, request_id: RequestId, expected_version: Version = None) -> Decided:
    """Take back one's own request before it is decided; a room granted, before its time begins."""
    known = await known_request(info, request_id, expected_version)
    return decided(await verbs.withdraw(info.context, known))


async def resubmit(
    info: Info,
    request_id: RequestId,
    changes: Annotated[JSON | None, "The fields of the form that are different now."] = None,
    attachments: Papers = None,
    as_seat: Annotated[UUID | None, Id("Seat"), "The seat; that of before when absent."] = None,
    named: Annotated[
        list[NamedPersonInput] | None, "People who take a turn of their own; said anew."
    ] = None,
    expected_version: Version = None,
) -> Decided:
    """Submit a returned request again, changed or not, by the rules of this day."""
    known = await known_request(info, request_id, expected_version)
    living = await info.context.rulebook()
    must_be_regulated(living, known.label, living.vocabulary.kinds.keys() & {known.kind})
    procedure = procedure_of(known.kind, living)
    # What the office has come to leave out of its own kind is not asked for any more.
    asked = {each.name for each in form_fields(procedure.form)}
    before = {name: value for name, value in known.form.items() if name in asked}
    form = read_json(
        procedure.form,
        given_object(changes),
        "changes",
        lambda told: read_form(procedure.form, {**before, **told}),
    )
    papers = await found(info, attachments, of=known.id)
    filled = Filled(
        form=form,
        attachments=papers_before(known) if attachments is None else papers,
        as_seat=as_seat,
        named=named_of(named),
    )
    view = await verbs.resubmit(info.context, known, procedure, filled)
    return decided(view)


async def report_back(
    info: Info,
    request_id: Annotated[UUID, Id("Request"), "The leave."],
    returned: Annotated[
        LeaveMomentInput | None,  # type: ignore[valid-type]
        "The first half-day at work again; now when absent.",
    ] = None,
) -> Decided:
    """Report back from an approved leave; an earlier return ends the absence then."""
    known = await known_request(info, request_id, None)
    begins = read_input(Moment, returned).begins if returned else None
    return decided(await coming_back.report_back(info.context, known, begins))


async def correct_return(
    info: Info,
    request_id: Annotated[UUID, Id("Request"), "The leave."],
    returned: Annotated[
        LeaveMomentInput,  # type: ignore[valid-type]
        "The first half-day at work again, as it was.",
    ],
    reason: Annotated[str, "What was wrong."],
) -> Decided:
    """Say rightly since when somebody is back: by themselves, or by who decided on the leave."""
    known = await known_request(info, request_id, None)
    begins = read_input(Moment, returned).begins
    return decided(await coming_back.correct_return(info.context, known, begins, reason))


async def save_draft(
    info: Info,
    *,
    kind: Annotated[RequestKind, "The kind of request."],
    kind_code: Annotated[KindCode | None, CODE] = None,
    form: Annotated[JSON, "Any of the form's fields."],
    attachments: Papers = None,
    draft_id: Annotated[
        UUID | None, Id("Request"), "The draft to replace; a new one when absent."
    ] = None,
) -> Decided:
    """Keep a half-filled form; nothing is judged yet."""
    context, papers = info.context, None
    living = await context.rulebook()
    asked = kind_asked(living.vocabulary, kind, kind_code, "input")
    shape = (await procedure_named(info, code_of(asked))).form
    filled = read_json(shape, form, "form", lambda given: partial_form(shape, given))
    if attachments is not None:
        papers = await found(info, attachments, of=draft_id)
    return decided(await drafts.save_draft(context, asked, filled, draft_id, papers))


async def discard_draft(info: Info, draft_id: Annotated[UUID, Id("Request"), "The draft."]) -> None:
    """Throw a draft of one's own away."""
    await drafts.discard_draft(info.context, draft_id)


async def _draft(_: Info, answer: Any) -> strawberry.ID:
    return global_id("Request", answer["draft"])


DISCARDED = within(_draft, "Discarded", "The draft is gone.", draft_id="The id that it had.")
ACT: Any = {"permission": "requests.submit", "result": "DecideResult", "replay": replay_decided}
FIELDS = (
    act(withdraw, told="One's own request, taken back.", beside=of_request, **ACT),
    act(
        resubmit, told="A returned request, submitted again.", office=True, beside=of_request, **ACT
    ),
    act(report_back, told="Back from leave (销假).", office=True, beside=of_request, **ACT),
    act(
        correct_return,
        told="A return that was told wrong (更正销假).",
        office=True,
        beside=of_request,
        **ACT,
    ),
    act(save_draft, told="A form to go on with later.", **ACT),
    act(
        discard_draft,
        "requests.submit",
        "DiscardResult",
        told="A draft to throw away.",
        replay=DISCARDED,
    ),
)
