"""The kinds of request as an office asks them: everything that a client needs to build forms."""

from dataclasses import replace
from typing import Annotated, Any

import strawberry

from domain.approval.forms import plain as written
from domain.approval.procedure import Procedure
from domain.messages import say
from domain.rules.rows import unique
from domain.time.wording import unit_said
from domain.vocabulary import Fact, is_own
from policies import vocabulary
from resolvers.ground.batches import batched
from resolvers.requests.asked_forms import AskedForm, asked_form
from resolvers.requests.examples import Example, Without, examples_of
from resolvers.requests.procedures import PROCEDURES, procedure_of
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import refusal
from schema.ground.fields import Info, query
from schema.ground.ids import global_id
from schema.ground.scalars import JSON, KindCode
from schema.requests.form_fields import (
    DemandedPaper,
    DemandedPerson,
    FormField,
    field_of,
    in_few_words,
    paper_of,
    person_of,
)
from schema.requests.kinds import CODE, ByCode, RequestKind, kind_asked, kind_named, kind_told
from schema.rules.clauses import clause_of
from schema.rules.shape_rows import Measure, measure


@strawberry.type
class ExamplePerson:
    """Who is named in an example."""

    role: Annotated[str, "The role."]
    person_id: Annotated[strawberry.ID, "Somebody of the office."]


@strawberry.type
class FormExample:
    """A form to begin with, as `submit` and `preview` take it."""

    form: Annotated[JSON, "The `form`."]
    papers: Annotated[list[str], "The papers that it needs, by name."]
    named: Annotated[list[ExamplePerson], "Whom it needs in `named`."]
    lacks: Annotated[
        list[str],
        "Fields that the caller still has to choose: ids of their own records. "
        "Without any it is accepted as it is, in the viewer's first seat.",
    ]


async def _searched(root: "KindInfo", info: Info) -> Example | Without | None:
    """Searched for and judged for whoever asks."""
    context = info.context
    await context.read("kinds.read", office=True)
    kind: str = kind_named((await context.rulebook()).vocabulary, root.kind_code)
    return await batched(context, examples_of, kind, after_write=False)


async def no_example(root: strawberry.Parent["KindInfo"], info: Info) -> str | None:
    found = await _searched(root, info)
    if not isinstance(found, Without):
        return None
    told = await refusal(found.why, info.context)
    why = (
        f"{each.message}({each.clause.title} {each.clause.cite})" if each.clause else each.message
        for each in told.problems
    )
    return "；".join(dict.fromkeys([told.message, *why]))


async def example(root: strawberry.Parent["KindInfo"], info: Info) -> FormExample | None:
    found = await _searched(root, info)
    if not isinstance(found, Example):
        return None
    return FormExample(
        form=JSON({camel(name): written(value) for name, value in found.form.items()}),
        papers=list(found.papers),
        named=[
            ExamplePerson(role=role, person_id=global_id("Person", person))
            for role, person in found.people.items()
        ],
        lacks=[camel(name) for name in found.lacks],
    )


@strawberry.type
class KindInfo:
    """A kind for a client that builds forms."""

    kind: Annotated[RequestKind, "Its code."]
    kind_code: Annotated[KindCode, CODE]
    code: Annotated[str, "As the lines of a rulebook name it: leave.sick."]
    label: Annotated[str, "What people call it."]
    area: Annotated[str, "The family of regulations that it belongs to."]
    area_label: Annotated[str, "What people call the family."]
    help: Annotated[
        str, "What the office's clauses on it say, in few words; empty where none does."
    ]
    regulated: Annotated[
        bool, "Whether the office's rules know it; else it is refused: KIND_NOT_REGULATED."
    ]
    form_fields: Annotated[list[FormField], "Its form, in order."]
    facts: Annotated[list[Measure], "What its rules may look at, in a `when`."]
    papers: Annotated[list[DemandedPaper], "The papers that clauses demand."]
    people: Annotated[list[DemandedPerson], "Whom the form has to name."]
    example: FormExample | None = strawberry.field(
        resolver=example,
        description="A form that `preview` accepts from the viewer today and that goes its way; "
        "null where the search finds none.",
    )
    no_example: str | None = strawberry.field(
        resolver=no_example, description="Why there is no example; null where there is one."
    )
    fields: JSON = strawberry.field(
        description="The fields as untyped JSON.",
        deprecation_reason="Ask for formFields, which are typed and say more.",
    )


Regulated = Annotated[bool | None, "Only what the office's rules know, or what they do not."]


async def kinds(
    info: Info,
    institution: str | None = None,
    kind: RequestKind | None = None,
    kind_code: ByCode = None,
    regulated: Regulated = None,
) -> list[KindInfo]:
    """Every kind with a form, as an institution asks it; one's own where none is named."""
    context = info.context
    living = await context.rulebook(institution or context.viewer.institution)
    wanted = kind_asked(living.vocabulary, kind, kind_code)
    codes = [*PROCEDURES, *filter(is_own, living.vocabulary.kinds)]
    asked = [procedure_of(each, living) for each in codes if wanted in (None, each)]
    every = [(each, asked_form(living, each, context.today)) for each in asked]
    return [
        _info(living, procedure, asked, context.language)
        for procedure, asked in every
        if regulated is None or asked.regulated is regulated
    ]


def _info(
    living: LivingRulebook, procedure: Procedure[Any], asked: AskedForm, language: str
) -> KindInfo:
    """What is told of a kind; told once in a language as long as the rules stand."""
    code = procedure.kind
    return living.once("told", (code, language), lambda: _told(living, code, asked, language))


def _told(living: LivingRulebook, code: str, asked: AskedForm, language: str) -> KindInfo:
    kind = living.vocabulary.kinds[code]
    clauses = unique(filter(None, (kind.clause, *asked.clauses)))
    cited = [clause_of(living, clause) for clause in clauses]
    return KindInfo(
        **kind_told(code),
        code=code,
        label=say(language, kind.label),
        area=kind.area,
        area_label=say(language, vocabulary.areas()[kind.area]),
        help=in_few_words(cited),
        regulated=asked.regulated,
        form_fields=[field_of(living, each, language, code) for each in asked.fields],
        facts=[_fact(living.vocabulary.facts[each], language) for each in kind.facts],
        papers=[paper_of(living, each, language) for each in asked.papers],
        people=[person_of(living, each, language) for each in asked.people],
        fields=JSON(
            [
                {
                    **each.field.in_language(language),
                    "name": camel(each.field.name),
                    "required": each.required,
                    "neededBy": list(each.clauses),
                }
                for each in asked.fields
            ]
        ),
    )


def _fact(fact: Fact, language: str) -> Measure:
    """What it is counted in is said in words, as on the form."""
    return replace(measure(fact, language), unit=say(language, unit_said(fact.unit)))


FIELDS = (query(kinds, "kinds.read"),)
