"""What a client must know to ask for something: fields, papers and people of a form, typed."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any

import strawberry

from domain import CASE_KINDS, SETTLING
from domain.approval.description import FieldDescription, help_of
from domain.approval.procedure import Reference
from domain.messages import say
from domain.vocabulary import Label, words_of
from resolvers.records.export_sheets import CALLED
from resolvers.requests.asked_forms import AskedField, AskedPaper, AskedPerson, Compares, Comparison
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.mirrors import enum_from
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON
from schema.rules.clauses import Clause, clause_of

TYPES = {
    "text": "A JSON string.",
    "integer": "A JSON integer.",
    "decimal": 'A string in plain digits: "2.5".',
    "boolean": "true or false.",
    "date": '"2026-12-01"',
    "datetime": '"2026-12-01T09:00:00+08:00"',
    "moment": '{"date": "2026-12-01", "half": "MORNING"}; the options are the halves.',
    "id": "An opaque id; `refersTo` says of what.",
    "enum": "The `value` of one of the options.",
    "object": "An object with the fields in `fields`.",
}
FieldType: Any = enum_from(
    "FieldType",
    {name.upper(): (name, said) for name, said in TYPES.items()},
    "How the value of a field is written in JSON.",
)
FieldOperator: Any = strawberry.enum(
    Compares, name="FieldOperator", description="How a value is compared."
)
LISTS: Mapping[str, str] = {
    **{word: table for word, (table, _) in CALLED.items()},
    **{words_of(each.code): f"{each.code.replace('.', '_')}s" for each in CASE_KINDS},
    "Upload": "createUpload",
    "Sitting": "my_sittings",
}
"""By the type of an id the query that lists what it may name; a paper is uploaded for it."""


@strawberry.type
class BothLanguages:
    """Words in both languages."""

    zh: Annotated[str, "In Chinese."]
    en: Annotated[str, "In English."]


@strawberry.type
class FieldOption:
    """A value that may be chosen."""

    value: Annotated[JSON, "What is sent: a name, or true or false."]
    label: Annotated[str, "What people call it."]
    labels: Annotated[BothLanguages, "The same in both languages."]


@strawberry.type
class FieldCondition:
    """A fact compared with values. Of several conditions all must hold."""

    name: Annotated[str, "The fact."]
    label: Annotated[str, "What people call it."]
    fields: Annotated[
        list[str], "The fields of the form that tell it; none where the office knows it itself."
    ]
    operator: Annotated[FieldOperator, "How it is compared."]
    values: Annotated[
        list[JSON], "As the field is sent; of IN any one. A fact that is not stated meets none."
    ]


@strawberry.type
class FieldReference:
    """What an id names, and where to choose it."""

    type: Annotated[str, "The type of the API: Person, Vehicle, Request."]
    query: Annotated[str, "The query that lists what may be named; of a paper what uploads it."]
    kinds: Annotated[
        list[str], "Of a request the kinds that may be named, approved ones; of others none."
    ]


@strawberry.type
class FormField:
    """A field of a form, as one office asks it."""

    name: Annotated[str, "Its name in the form."]
    label: Annotated[str, "What people call it."]
    labels: Annotated[BothLanguages, "The same in both languages."]
    help: Annotated[str, "A few words to show beside it; may be empty."]
    type: Annotated[FieldType, "How its value is written."]
    required: Annotated[bool, "Whether it is needed in every case."]
    needed_by: Annotated[
        list[Clause],
        "The office's clauses that read it: where it is shown it may be needed, and a "
        "form with all of these filled in is judged without further questions.",
    ]
    shown_when: Annotated[
        list[FieldCondition],
        "When to show it: all of these hold for fields before it. Always when empty.",
    ]
    counted_by: Annotated[
        Clause | None,
        "The clause by which the office knows it itself: it is not asked, nor stated.",
    ]
    default: Annotated[JSON | None, "What counts where it is left out."]
    unit: Annotated[str, "What a number counts, in words: 天, 元."]
    minimum: Annotated[Decimal | None, "The least number."]
    maximum: Annotated[Decimal | None, "The greatest number."]
    grid: Annotated[Decimal | None, "The step that numbers lie on."]
    longest: Annotated[int | None, "The most characters of a text."]
    written_like: Annotated[
        str, "Of a text that has one form, as a plate has, what it is like; else empty."
    ]
    options: Annotated[
        list[FieldOption],
        "What may be chosen; of a yes or no the only answer of this kind, if it is one.",
    ]
    refers_to: Annotated[FieldReference | None, "What an id names."]
    confidential: Annotated[bool, "Whether only who states it reads it."]
    fields: Annotated[list["FormField"], "Of an OBJECT, the fields inside it."]
    many: Annotated[bool, "Whether a list of such is sent."]


@strawberry.type
class DemandedPaper:
    """A paper that a clause demands of a form; a file is attached under its name."""

    name: Annotated[str, "As the clause names it: `paper` of an attachment."]
    clause: Annotated[Clause, "The clause."]
    when: Annotated[
        list[FieldCondition], "When it is demanded: all of these hold. Always when empty."
    ]
    condition: Annotated[str, "The same in words; empty when always."]


@strawberry.type
class DemandedPerson:
    """Somebody whom the form names, who takes a turn of their own: the witness, the handler."""

    role: Annotated[str, "`role` in `named`."]
    label: Annotated[str, "What people call it."]
    required: Annotated[
        bool, "Whether somebody has to be named; else it is the applicant where nobody is."
    ]
    another: Annotated[bool, "Whether it has to be another than the applicant."]
    clauses: Annotated[list[Clause], "The clauses that ask for it."]
    when: Annotated[
        list[FieldCondition],
        "When it is asked for: all of these hold. Always, or in some cases, when empty.",
    ]
    condition: Annotated[str, "The same in words; empty when always."]


def in_few_words(clauses: Iterable[Clause]) -> str:
    return "；".join(f"{each.title} {each.cite}：{each.summary}" for each in clauses)


def both(label: Label) -> BothLanguages:
    return BothLanguages(zh=label.zh, en=label.en)


def field_of(living: LivingRulebook, each: AskedField, language: str, kind: str = "") -> FormField:
    of = each.field
    return told(
        FormField,
        of,
        Words(living, language),
        name=camel(of.name),
        labels=both(of.label),
        help=say(language, help_of(of, counted=each.counted_by is not None)),
        type=FieldType(of.type),
        required=each.required,
        needed_by=[clause_of(living, clause) for clause in each.clauses],
        shown_when=conditions(each.shown_when, language),
        counted_by=clause_of(living, each.counted_by) if each.counted_by else None,
        default=None if each.default is None else JSON(each.default),
        **of.limits,
        written_like=of.example.split(", ")[0],
        options=[
            FieldOption(value=JSON(value), label=say(language, label), labels=both(label))
            for value, label in of.options.items()
        ],
        refers_to=_reference(of, kind),
        fields=[field_of(living, inner, language) for inner in _inside(of)],
        many=of.many,
    )


def _inside(of: FieldDescription) -> list[AskedField]:
    return [AskedField(inner, inner.required) for inner in of.fields]


def _reference(of: FieldDescription, kind: str) -> FieldReference | None:
    if of.type != "id":
        return None
    word = (of.refers or Reference("Request")).word
    kinds = [SETTLING[kind].kind] if word == "Request" and kind in SETTLING else []
    listed = [each.upper().replace(".", "_") for each in kinds]
    return FieldReference(type=word, query=camel(LISTS[word]), kinds=listed)


def conditions(every: tuple[Comparison, ...], language: str) -> list[FieldCondition]:
    return [
        FieldCondition(
            name=each.name,
            label=say(language, each.label),
            fields=[camel(name) for name in each.told_by],
            operator=each.compares,
            values=[JSON(value) for value in each.values],
        )
        for each in every
    ]


def paper_of(living: LivingRulebook, each: AskedPaper, language: str) -> DemandedPaper:
    words, when = Words(living, language), conditions(each.when, language)
    return told(DemandedPaper, each, words, when=when, condition=say(language, each.said))


def person_of(living: LivingRulebook, each: AskedPerson, language: str) -> DemandedPerson:
    return told(
        DemandedPerson,
        each,
        Words(living, language),
        required=not each.own,
        when=conditions(each.when, language),
        condition=say(language, each.said),
    )
