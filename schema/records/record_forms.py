"""Forms beside requests: entries of registers, cards of things and stages of cases."""

from datetime import timedelta
from typing import Annotated

import strawberry

from domain.messages import say
from policies import vocabulary
from resolvers.records.asked_records import AskedRecord, asked_records, example_of
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info, query
from schema.ground.scalars import JSON
from schema.requests.form_fields import DemandedPaper, FormField, field_of, in_few_words, paper_of
from schema.requests.kind_list import FormExample, Regulated
from schema.rules.clauses import Clause, clause_of


async def example(root: strawberry.Parent["RecordForm"], info: Info) -> FormExample:
    form, lacks = example_of(*root.asked, info.context.today - timedelta(days=1))
    told = JSON({camel(name): value for name, value in form.items()})
    return FormExample(form=told, papers=[], named=[], lacks=[*map(camel, lacks)])


@strawberry.type
class RecordForm:
    """Something that is filled in beside requests, and the mutation that takes it."""

    object: Annotated[str, "vehicle.refuelling, seal, petition …"]
    label: Annotated[str, "What people call it."]
    area: Annotated[str, "The family of regulations that it belongs to."]
    area_label: Annotated[str, "What people call the family."]
    help: Annotated[
        str, "What the office's clauses on it say, in few words; empty where none does."
    ]
    regulated: Annotated[bool, "Whether the office's clauses know it; else nobody may fill it in."]
    stage: Annotated[str, "Of a case the event; else empty."]
    stage_label: Annotated[str, "What people call the event."]
    mutation: Annotated[str, "The mutation: recordVehicleRefuelling."]
    input: Annotated[
        str, "The type of its input, which has these fields and those of every such act."
    ]
    form_fields: Annotated[list[FormField], "What is filled in, in order."]
    papers: Annotated[
        list[DemandedPaper],
        "The papers that clauses demand, each a field of this label. Other papers go "
        "into `attachments`.",
    ]
    clauses: Annotated[list[Clause], "The clauses that ask for it."]
    example: FormExample = strawberry.field(
        resolver=example,
        description="What is needed filled in as of yesterday, to begin with; what the office's "
        "own records say of it is told by the mutation.",
    )
    asked: strawberry.Private[tuple[LivingRulebook, AskedRecord]]


OfObject = Annotated[str | None, "Of this object alone: petition."]


async def record_forms(
    info: Info, institution: str | None = None, object: OfObject = None, regulated: Regulated = None
) -> list[RecordForm]:
    """What is filled in beside requests, as an institution asks it; one's own if none is named."""
    context = info.context
    living = await context.rulebook(institution or context.viewer.institution)

    def every() -> list[RecordForm]:
        return [_form(living, each, context.language) for each in asked_records(living)]

    forms = living.once("record forms", context.language, every)
    return [
        each
        for each in forms
        if object in (None, each.object) and regulated in (None, each.regulated)
    ]


def _form(living: LivingRulebook, each: AskedRecord, language: str) -> RecordForm:
    clauses = [clause_of(living, clause) for clause in each.clauses]
    return RecordForm(
        object=each.object.code,
        label=say(language, each.object.label),
        area=each.object.area,
        area_label=say(language, vocabulary.areas()[each.object.area]),
        help=in_few_words(clauses),
        regulated=each.regulated,
        stage=each.stage,
        stage_label=say(language, each.stage_label),
        mutation=each.act[0].lower() + each.act[1:],
        input=f"{each.act}Input",
        form_fields=[field_of(living, field, language) for field in each.fields],
        papers=[paper_of(living, paper, language) for paper in each.papers],
        clauses=clauses,
        asked=(living, each),
    )


FIELDS = (query(record_forms, "clauses.read"),)
