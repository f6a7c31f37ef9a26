"""One submit and one preview for every kind, whose form comes as JSON: for builders of forms.

The judgement is that of the typed ones; what is wrong with a field stands below `input.form`.
"""

from functools import partial
from typing import Any

import strawberry

from domain.approval.forms import read_form
from domain.approval.procedure import Procedure
from resolvers.requests.submissions import fields_below
from schema.ground.acts import KEY
from schema.ground.fields import Info, mutation, query
from schema.ground.papers import AttachmentInput
from schema.ground.scalars import JSON, KindCode
from schema.requests.json_forms import read_json
from schema.requests.submissions import (
    NamedPersonInput,
    SubmitResult,
    Submitted,
    previewed,
    procedure_named,
    replay_submitted,
    submitted,
)
from schema.rules.routes import RoutePreview, RoutePreviewResult

FORM = "Its fields by name, as `formFields` of `kinds` tells them."


@strawberry.input
class PreviewInput:
    """A form of any kind."""

    kind: KindCode = strawberry.field(description="The kind of request.")
    form: JSON = strawberry.field(description=FORM)
    attachments: list[AttachmentInput] | None = strawberry.field(
        default=None, description="Its papers."
    )
    as_seat: strawberry.ID | None = strawberry.field(
        default=None, description="The seat to submit in."
    )
    named: list[NamedPersonInput] | None = strawberry.field(
        default=None, description="Who takes a turn of their own."
    )
    draft_id: strawberry.ID | None = strawberry.field(
        default=None, description="The draft it completes."
    )


@strawberry.input
class SubmitInput(PreviewInput):
    """A form of any kind, to be sent on its way."""

    idempotency_key: strawberry.ID = strawberry.field(description=KEY[2])


async def submit(info: Info, input: SubmitInput) -> Submitted:
    """Submit a form of any kind: routed by the rules of the day, and pinned to them."""
    procedure = await procedure_named(info, input.kind)
    with fields_below("form", procedure.form):
        return await submitted(info, procedure, _form(procedure, input), input)


async def preview(info: Info, input: PreviewInput) -> RoutePreview:
    """Where a form of any kind would go: derived as on submission, nothing is kept."""
    procedure = await procedure_named(info, input.kind)
    with fields_below("form", procedure.form):
        return await previewed(info, procedure, _form(procedure, input), input)


def _form(procedure: Procedure[Any], given: PreviewInput) -> Any:
    return read_json(procedure.form, given.form, "form", partial(read_form, procedure.form))


FIELDS = (
    query(preview, RoutePreviewResult, permission="requests.submit", office=True),
    mutation(
        submit,
        SubmitResult,
        permission="requests.submit",
        replay=replay_submitted,
        office=True,
    ),
)
