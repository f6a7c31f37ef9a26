"""Requests in the API: one type for every kind; what differs between kinds is its typed form."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from orjson import Fragment

from domain.approval import request as requests
from domain.messages import say
from domain.time.wording import in_year
from resolvers.requests.actions import allowed_actions
from resolvers.requests.going import hangs_on_applicant
from resolvers.requests.request_rows import RequestRow, ShownRequest
from resolvers.requests.rows import RequestView
from resolvers.requests.urging import leading
from schema.ground.edges import Lacking, lenient, nothing, unreadable
from schema.ground.errors import Refusal, refusal
from schema.ground.fields import Info, is_after_write
from schema.ground.ids import global_id
from schema.ground.nodes import Node, ShownFrom
from schema.ground.papers import Attachment
from schema.ground.rows import told
from schema.ground.scalars import KindCode
from schema.office.depending import WhatHangs, hanging
from schema.office.organisation import Person, somebody
from schema.requests.correspondence import (
    Circulation,
    CommentConnection,
    Copy,
    circulations,
    comments,
    copies,
)
from schema.requests.forms import FormValue, RequestForm, form, no_form, values_of
from schema.requests.history import PastActConnection, history
from schema.requests.kinds import CODE, RequestKind
from schema.requests.steps import Step, note_sentence, rules_of, steps_of
from schema.time.clocks import Clock, clocks_of

RequestStatus: Any = strawberry.enum(
    requests.Status, name="RequestStatus", description="Its state."
)


@strawberry.type
class AllowedAction:
    """What the viewer may do with a request, and why not."""

    action: Annotated[str, "AGREE, REJECT, RETURN, WITHDRAW …"]
    allowed: Annotated[bool, "Whether it would be taken now."]
    refusal: Annotated[Refusal | None, "Why not."]


def of_view(read: Any, description: str, lacking: Lacking | None = None) -> Any:
    """A field read off the request as the resolvers hold it.

    `lacking` stands in the place of what cannot be read, so that the rest of it is still told.
    """
    return strawberry.field(
        resolver=lenient("requests", read, lacking) if lacking else read, description=description
    )


def _no_value(info: Info) -> list[FormValue]:
    said = unreadable(info)
    return [FormValue(name="", label="", display=said, value=None)]


def _id(root: ShownRequest) -> strawberry.ID:
    return global_id("Request", root.id)


def _applicant(root: ShownRequest) -> Person:
    return somebody(root.applicant, root.applicant_name, root.applicant_account)


def _label(root: ShownRequest, info: Info) -> str:
    return say(info.context.language, root.label)


def _summary(root: ShownRequest, info: Info) -> str:
    if root.status is requests.Status.DRAFT:
        return root.label.zh
    context = info.context
    return in_year(root.summary_in(context.language), context.today.year)


def _fields(root: ShownRequest, info: Info) -> list[FormValue]:
    if root.status is requests.Status.DRAFT:
        return []
    return values_of(root, info)


def _attachments(root: ShownRequest, info: Info) -> list[Attachment]:  # noqa: ARG001
    return [told(Attachment, each) for each in root.attachments]


def _marks(root: ShownRequest, info: Info) -> list[str]:
    words = rules_of(root).vocabulary
    return [note_sentence(mark, words, info.context.language) for mark in root.marks]


def _steps(root: ShownRequest, info: Info) -> list[Step]:
    return steps_of(root, info.context.language)


async def _hangs(root: ShownRequest, info: Info) -> WhatHangs | None:
    if is_after_write(info):
        return None
    view = root if isinstance(root, RequestView) else root.whole()
    found = await hangs_on_applicant(info.context, view)
    return None if found is None or view.living is None else hanging(view.living, found)


async def _allowed_actions(root: ShownRequest, info: Info) -> list[AllowedAction]:
    context, view = info.context, root if isinstance(root, RequestView) else root.whole()
    leads = await leading(context, view, after_write=is_after_write(info))
    return [
        AllowedAction(
            action=action,
            allowed=refused is None,
            refusal=await refusal(refused, context) if refused else None,
        )
        for action, refused in allowed_actions(context.viewer, view, context.now, leading=leads)
    ]


@strawberry.type
class Request(Node):
    """A form on its way through its route."""

    id: strawberry.ID = of_view(_id, "Opaque and global.")
    number: Annotated[str, "The office's number; empty for a draft."]
    told_kind: RequestKind = strawberry.field(name="kind", description="What is asked for.")
    kind_code: Annotated[KindCode, CODE]
    kind_label: str = of_view(_label, "What people call the kind.", unreadable)
    status: Annotated[RequestStatus, "Its state."]
    version: Annotated[int, "Grows with every act on it."]
    summary: str = of_view(_summary, "One line: 病假 2.5 天，3月1日至3月3日.", unreadable)
    applicant: Person = of_view(_applicant, "Who asks.")
    unit_name: str = strawberry.field(name="unit", description="The unit that it is asked from.")
    submitted_at: Annotated[datetime | None, "When it was submitted."]
    completed_at: Annotated[datetime | None, "When its follow-ups were done: 销假."]
    form: RequestForm = of_view(form, "What was filled in, typed; a Refusal for a draft.", no_form)
    fields: list[FormValue] = of_view(_fields, "The form, ready to show.", _no_value)
    attachments: list[Attachment] = of_view(_attachments, "The papers that go with it.", nothing)
    provisional: Annotated[
        bool, "Its days were counted in a year whose holidays are still to be announced."
    ]
    marks: list[str] = of_view(
        _marks,
        "What stays on record with it for ever: corrected, reassigned, after the fact …",
        lambda info: [unreadable(info)],
    )
    steps: list[Step] = of_view(_steps, "The turns of its present round, in order.", nothing)
    allowed_actions: list[AllowedAction] = of_view(
        _allowed_actions, "What the viewer may do with it, and why not.", nothing
    )

    hangs: WhatHangs | None = of_view(
        _hangs,
        "What hangs on its applicant while they would be away, for themselves and who decides: an "
        "item with a clause bars the approval. Null where they stay, and in a mutation's answer.",
        lambda _: None,
    )
    clocks: list[Clock | None] = of_view(
        clocks_of, "The deadlines that run for it, or have run; null for one that cannot be shown."
    )
    copies: list[Copy | None] = of_view(copies, "Whom it was copied to.")
    circulations: list[Circulation | None] = of_view(
        circulations, "Where it was sent round to be read, and who has read it."
    )
    comments: CommentConnection = of_view(comments, "What was said about it, oldest first.")
    history: PastActConnection = of_view(
        history, "Every act on it, as the ledger has it, oldest first."
    )

    is_type_of = ShownFrom((RequestView, RequestRow, Fragment))
