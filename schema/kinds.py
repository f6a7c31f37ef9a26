"""Kinds of request in the API: one code for each, from the vocabulary."""

from typing import Any

import strawberry

from domain.approval.description import described
from domain.messages import EN
from domain.vocabulary import Label
from policies import vocabulary
from resolvers.procedures import PROCEDURES
from resolvers.words import camel
from schema.fields import Info, query
from schema.mirrors import enum_from
from schema.scalars import JSON

KINDS = vocabulary.shipped().kinds


def code_of(kind: str) -> str:
    """leave.personal is LEAVE_PERSONAL."""
    return kind.upper().replace(".", "_")


def words_of(kind: str) -> str:
    """leave.personal is LeavePersonal, as its mutation and types are named."""
    return "".join(word.capitalize() for part in kind.split(".") for word in part.split("_"))


RequestKind: Any = enum_from(
    "RequestKind",
    {
        code_of(kind.code): strawberry.enum_value(
            kind.code, description=f"{kind.label.zh}; {kind.label.en}"
        )
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
        description="The form's fields with label, type, options and bounds."
    )


def said(label: Label, language: str) -> str:
    return label.en if language == EN else label.zh


async def kinds(info: Info, institution: str | None = None) -> list[KindInfo]:
    """The kinds that an institution's rules know; every kind with a form where none is named."""
    living = await info.context.rulebook(institution or info.context.viewer.institution)
    regulated = living.rulebook.rows_by_kind
    return [
        KindInfo(
            kind=RequestKind(kind),
            label=said(living.vocabulary.kinds[kind].label, info.context.language),
            area=living.vocabulary.kinds[kind].area,
            fields=JSON(
                [
                    {**each.in_language(info.context.language), "name": camel(each.name)}
                    for each in described(procedure.form, living.vocabulary, kind)
                ]
            ),
        )
        for kind, procedure in PROCEDURES.items()
        if institution is None or kind in regulated
    ]


@strawberry.type
class Query:
    kinds = query(kinds, list[KindInfo], permission="kinds.read")
