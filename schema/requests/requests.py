"""Requests in the API: one type for every kind; what differs between kinds is its typed form."""

from datetime import datetime
from typing import Any

import strawberry

from domain.approval import request as requests
from domain.approval.description import displayed
from domain.approval.forms import read_form
from domain.office.organisation import Holder
from resolvers.requests.actions import allowed_actions
from resolvers.requests.needs import DURATIONS, facts_of_interest
from resolvers.requests.procedures import PROCEDURES, summary_of
from resolvers.requests.rows import RequestView, facts_of
from resolvers.requests.urging import leading
from resolvers.requests.words import camel
from schema.ground.edges import Lacking, lenient, nothing, unreadable
from schema.ground.errors import Refusal, refusal
from schema.ground.fields import Info, is_after_write
from schema.ground.ids import global_id
from schema.ground.nodes import Node
from schema.ground.scalars import JSON
from schema.office.organisation import Person, person_of
from schema.requests.correspondence import (
    Circulation,
    CommentConnection,
    Copy,
    circulations,
    comments,
    copies,
)
from schema.requests.forms import RequestForm, form, no_form, readable
from schema.requests.history import PastActConnection, history
from schema.requests.kinds import RequestKind
from schema.requests.steps import Step, note_sentence, rules_of, steps_of
from schema.time.clocks import Clock, clocks_of

RequestStatus: Any = strawberry.enum(
    requests.Status, name="RequestStatus", description="Its state."
)


@strawberry.type
class FormValue:
    """One filled-in field, ready to show: 请假天数, 2.5 天."""

    name: str = strawberry.field(description="The field's name.")
    label: str = strawberry.field(description="What people call it.")
    display: str = strawberry.field(description="Its value in words.")
    value: JSON | None = strawberry.field(description="Its value.")


@strawberry.type
class Attachment:
    """A paper that goes with the form."""

    name: str = strawberry.field(description="Its file name.")
    sha256: str = strawberry.field(description="The SHA-256 of its content, in hexadecimal.")
    paper: str | None = strawberry.field(
        default=None, description="The demanded paper that it was said to be."
    )


@strawberry.type
class AllowedAction:
    """What the viewer may do with a request, and why not."""

    action: str = strawberry.field(description="AGREE, REJECT, RETURN, WITHDRAW …")
    allowed: bool = strawberry.field(description="Whether it would be taken now.")
    refusal: Refusal | None = strawberry.field(description="Why not.")


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


def _id(root: RequestView) -> strawberry.ID:
    return global_id("Request", root.id)


def _kind(root: RequestView) -> RequestKind:
    return RequestKind(root.request.kind)


def _status(root: RequestView) -> RequestStatus:
    return root.request.status


def _applicant(root: RequestView) -> Person:
    return person_of(Holder(root.request.applicant, root.applicant_name, root.applicant_account))


def _summary(root: RequestView, info: Info) -> str:
    procedure = PROCEDURES[root.request.kind]
    if root.request.status is requests.Status.DRAFT:
        return rules_of(root).vocabulary.kinds[root.request.kind].label.zh
    form, today = read_form(procedure.form, root.form), info.context.today
    summary = summary_of(procedure, form, facts_of(root), today)
    return summary.en if info.context.language == "en" else summary.zh


def _fields(root: RequestView, info: Info) -> list[FormValue]:
    if root.request.status is requests.Status.DRAFT:
        return []
    looked_at = {*DURATIONS, *facts_of_interest(rules_of(root), root.request.kind)}
    shown = displayed(
        readable(root, info),
        info.context.language,
        rules_of(root).vocabulary,
        {name: value for name, value in facts_of(root).items() if name in looked_at},
    )
    return [
        FormValue(
            name=camel(each.name), label=each.label, display=each.display, value=JSON(each.value)
        )
        for each in shown
    ]


def _attachments(root: RequestView, info: Info) -> list[Attachment]:  # noqa: ARG001
    return [Attachment(**attachment) for attachment in root.attachments]


def _marks(root: RequestView, info: Info) -> list[str]:
    words = rules_of(root).vocabulary
    return [note_sentence(mark, words, info.context.language) for mark in root.request.marks]


def _steps(root: RequestView, info: Info) -> list[Step]:
    return steps_of(root, info.context.language)


async def _allowed_actions(root: RequestView, info: Info) -> list[AllowedAction]:
    context = info.context
    leads = await leading(context, root, after_write=is_after_write(info))
    return [
        AllowedAction(
            action=action,
            allowed=refused is None,
            refusal=await refusal(refused, context) if refused else None,
        )
        for action, refused in allowed_actions(context.viewer, root, context.now, leading=leads)
    ]


@strawberry.type
class Request(Node):
    """A form on its way through its route."""

    id: strawberry.ID = of_view(_id, "Opaque and global.")
    number: str = of_view(lambda root: root.number, "The office's number; empty for a draft.")
    kind: RequestKind = of_view(_kind, "What is asked for.")
    status: RequestStatus = of_view(_status, "Its state.")
    version: int = of_view(lambda root: root.request.version, "Grows with every act on it.")
    summary: str = of_view(_summary, "One line: 病假 2.5 天,3月1日至3月3日.", unreadable)
    applicant: Person = of_view(_applicant, "Who asks.")
    unit: str = of_view(lambda root: root.unit_name, "The unit that it is asked from.")
    submitted_at: datetime | None = of_view(
        lambda root: root.submitted_at, "When it was submitted."
    )
    completed_at: datetime | None = of_view(
        lambda root: root.request.completed_at, "When its follow-ups were done: 销假."
    )
    form: RequestForm = of_view(form, "What was filled in, typed; a Refusal for a draft.", no_form)
    fields: list[FormValue] = of_view(_fields, "The form, ready to show.", _no_value)
    attachments: list[Attachment] = of_view(_attachments, "The papers that go with it.", nothing)
    provisional: bool = of_view(
        lambda root: root.provisional,
        "Its days were counted in a year whose holidays are still to be announced.",
    )
    marks: list[str] = of_view(
        _marks,
        "What stays on record with it for ever: corrected, reassigned, after the fact …",
        lambda info: [unreadable(info)],
    )
    steps: list[Step] = of_view(_steps, "The turns of its present round, in order.", nothing)
    allowed_actions: list[AllowedAction] = of_view(
        _allowed_actions, "What the viewer may do with it, and why not.", nothing
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

    @classmethod
    def is_type_of(cls, value: object, _: Any) -> bool:
        return isinstance(value, RequestView)
