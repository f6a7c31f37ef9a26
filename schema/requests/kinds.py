"""Kinds of request in the API: one code for each, from the vocabulary."""

from datetime import date
from typing import Any

import strawberry

from domain.approval.description import described
from domain.approval.procedure import Form
from domain.messages import EN
from domain.vocabulary import Label
from policies import vocabulary
from resolvers.requests.needs import needs_of
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_from
from schema.ground.scalars import JSON

KINDS = vocabulary.shipped().kinds


def code_of(kind: str) -> str:
    """leave.personal is LEAVE_PERSONAL."""
    return kind.upper().replace(".", "_")


RequestKind: Any = enum_from(
    "RequestKind",
    {
        code_of(kind.code): (kind.code, f"{kind.label.zh}; {kind.label.en}")
        for kind in KINDS.values()
    },
    "One code for each kind of request: leave.personal is LEAVE_PERSONAL.",
)


@strawberry.type
class KindInfo:
    """A kind for a client that builds forms."""

    kind: RequestKind = strawberry.field(description="Its code.")
    label: str = strawberry.field(description="What people call it.")
    area: str = strawberry.field(description="The family of regulations that it belongs to.")
    fields: JSON = strawberry.field(
        description="The form's fields with label, type, options and bounds. `required`: it is "
        "needed in every case; `neededBy`: the clauses that look at it, and so may need it."
    )


def said(label: Label, language: str) -> str:
    return label.en if language == EN else label.zh


async def kinds(info: Info, institution: str | None = None) -> list[KindInfo]:
    """The kinds that an institution's rules know; every kind with a form where none is named."""
    context = info.context
    living = await context.rulebook(institution or context.viewer.institution)
    return [
        KindInfo(
            kind=RequestKind(kind),
            label=said(living.vocabulary.kinds[kind].label, context.language),
            area=living.vocabulary.kinds[kind].area,
            fields=JSON(_fields(living, procedure.form, kind, context.today, context.language)),
        )
        for kind, procedure in PROCEDURES.items()
        if institution is None or living.rulebook.rules_for(kind, context.today)
    ]


def _fields(
    living: LivingRulebook, form: type[Form], kind: str, on: date, language: str
) -> list[dict[str, Any]]:
    """The fields of a form, with what this office's rules need of them."""
    needs = needs_of(living, kind, form, on)
    return [
        {
            **each.in_language(language),
            "name": camel(each.name),
            "required": each.required or (each.name in needs and needs[each.name].always),
            "neededBy": list(needs[each.name].clauses) if each.name in needs else [],
        }
        for each in described(form, living.vocabulary, kind)
    ]


@strawberry.type
class Query:
    kinds = query(kinds, list[KindInfo], permission="kinds.read")
