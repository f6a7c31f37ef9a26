"""One submit and one preview for every kind, whose form comes as JSON: for builders of forms.

The judgement is that of the typed ones; what is wrong with a field stands below `input.form`.
"""

from functools import partial
from typing import Any

import strawberry

from domain.approval.forms import read_form
from domain.approval.procedure import Procedure
from resolvers.requests.submissions import fields_below
from schema.ground.acts import keyed
from schema.ground.fields import Info, mutation, query
from schema.ground.mirrors import shaped
from schema.ground.scalars import JSON, KindCode
from schema.requests.json_forms import read_json
from schema.requests.submissions import (
    BESIDE,
    SubmitResult,
    Submitted,
    previewed,
    procedure_named,
    replay_submitted,
    submitted,
)
from schema.rules.routes import RoutePreview, RoutePreviewResult

FORM = "Its fields by name, as `formFields` of `kinds` tells them."


SHAPE = (
    ("kind", KindCode, strawberry.field(description="The kind of request.")),
    ("form", JSON, strawberry.field(description=FORM)),
    *BESIDE,
)
PreviewInput: Any = shaped("PreviewInput", SHAPE, "A form of any kind.", is_input=True)
SubmitInput: Any = shaped(
    "SubmitInput", keyed(*SHAPE), "A form of any kind, to be sent on its way.", is_input=True
)


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
    query(preview, "requests.submit", RoutePreviewResult, office=True),
    mutation(submit, "requests.submit", SubmitResult, replay=replay_submitted, office=True),
)
