"""One submit and one preview for every kind, whose form comes as JSON: for builders of forms.

The judgement is that of the typed ones; what is wrong with a field stands below `input.form`.
"""

from typing import Annotated, Any

import strawberry

from domain.approval.forms import read_form
from domain.approval.procedure import Procedure
from resolvers.requests.submissions import Filled, fields_below
from schema.ground.acts import act
from schema.ground.fields import Info, query
from schema.ground.scalars import JSON, KindCode
from schema.requests.json_forms import read_json
from schema.requests.submissions import (
    AttachmentInput,
    NamedPersonInput,
    Submitted,
    filled_with,
    previewed,
    procedure_of,
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


async def submit(
    info: Info,
    kind: Annotated[KindCode, "The kind of request."],
    form: Annotated[JSON, FORM],
    attachments: Annotated[list[AttachmentInput] | None, "Its papers."] = None,
    as_seat: Annotated[strawberry.ID | None, "The seat to submit in."] = None,
    named: Annotated[list[NamedPersonInput] | None, "Who takes a turn of their own."] = None,
    draft_id: Annotated[strawberry.ID | None, "The draft it completes."] = None,
) -> Submitted:
    """Submit a form of any kind: routed by the rules of the day, and pinned to them."""
    given = PreviewInput(
        kind=kind, form=form, attachments=attachments, as_seat=as_seat, named=named
    )
    procedure = procedure_of(kind)
    with fields_below("form", procedure.form):
        return await submitted(info, procedure, _filled(procedure, given), draft_id)


async def preview(info: Info, input: PreviewInput) -> RoutePreview:
    """Where a form of any kind would go: derived as on submission, nothing is kept."""
    procedure = procedure_of(input.kind)
    with fields_below("form", procedure.form):
        return await previewed(info, procedure, _filled(procedure, input))


def _filled(procedure: Procedure[Any], given: PreviewInput) -> Filled:
    form = read_json(
        procedure.form, given.form, "form", lambda stored: read_form(procedure.form, stored)
    )
    return filled_with(form, given)


@strawberry.type
class Query:
    preview = query(preview, RoutePreviewResult, permission="requests.submit", office=True)


@strawberry.type
class Mutation:
    submit = act(
        submit, "SubmitResult", permission="requests.submit", replay=replay_submitted, office=True
    )
