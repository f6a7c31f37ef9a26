"""Forms beside requests: entries of registers, cards of things and stages of cases."""

from typing import Annotated

import strawberry

from resolvers.records.asked_records import AskedRecord, asked_records
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info, query
from schema.requests.form_fields import FormField, field_of
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class RecordForm:
    """Something that is filled in beside requests, and the mutation that takes it."""

    object: str = strawberry.field(description="vehicle.refuelling, seal, petition …")
    label: str = strawberry.field(description="What people call it.")
    stage: str = strawberry.field(description="Of a case the event; else empty.")
    stage_label: str = strawberry.field(description="What people call the event.")
    mutation: str = strawberry.field(description="The mutation: recordVehicleRefuelling.")
    input: str = strawberry.field(
        description="The type of its input, which has these fields and those of every such act."
    )
    form_fields: list[FormField] = strawberry.field(description="What is filled in, in order.")
    clauses: list[Clause] = strawberry.field(description="The clauses that ask for it.")


OfObject = Annotated[str | None, "Of this object alone: petition."]


async def record_forms(info: Info, object: OfObject = None) -> list[RecordForm]:
    """What clauses of the viewer's office let somebody fill in beside requests; of one object."""
    living, language = await info.context.rulebook(), info.context.language
    key = f"record forms in {language}"
    if key not in living.kept:
        every = asked_records(living)
        living.kept[key] = [_form(living, each, language) for each in every]
    forms: list[RecordForm] = living.kept[key]
    return [each for each in forms if object is None or each.object == object]


def _form(living: LivingRulebook, each: AskedRecord, language: str) -> RecordForm:
    return RecordForm(
        object=each.object,
        label=said(each.label, language),
        stage=each.stage,
        stage_label=said(each.stage_label, language),
        mutation=each.act[0].lower() + each.act[1:],
        input=f"{each.act}Input",
        form_fields=[field_of(living, field, language) for field in each.fields],
        clauses=[clause_of(living, clause) for clause in each.clauses],
    )


FIELDS = (query(record_forms, list[RecordForm], permission="clauses.read"),)
