"""The books that an office keeps: what each is called, its columns, its keepers and its clauses."""

import strawberry

from domain import REGISTERS
from domain.vocabulary import Act
from resolvers.records.acts import clauses_of, may
from resolvers.requests.words import camel
from schema.ground.fields import Info, query
from schema.records.actions import ALLOWED, LivingAction, of_register
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of

BY_NAME = {each.name: each for each in REGISTERS}


@strawberry.type
class RegisterColumn:
    """A column of a register, as it is filled in."""

    name: str = strawberry.field(description="The field of its entry.")
    label: str = strawberry.field(description="What the form calls it.")
    required: bool = strawberry.field(description="Whether it must be filled in.")


@strawberry.type
class RegisterInfo:
    """A book that an office keeps."""

    name: str = strawberry.field(description="vehicle.refuelling …")
    label: str = strawberry.field(description="What people call it: 车辆加油登记表.")
    columns: list[RegisterColumn] = strawberry.field(
        description="What its keepers fill in; none where the server alone writes."
    )
    kept_by: list[str] = strawberry.field(description="The roles that may write.")
    mine: bool = strawberry.field(description="Whether the viewer may write.")
    clauses: list[Clause] = strawberry.field(description="The clauses that ask for it.")
    allowed_actions: list[LivingAction] = strawberry.field(
        resolver=of_register, description=ALLOWED
    )


async def register_list(info: Info) -> list[RegisterInfo]:
    """The books that clauses of the viewer's office ask for."""
    context = info.context
    living = await context.rulebook(context.viewer.institution)
    return [
        RegisterInfo(
            name=each.code,
            label=said(each.label, context.language),
            columns=[
                RegisterColumn(
                    name=camel(field.name),
                    label=said(field.label, context.language),
                    required=field.required,
                )
                for field in (BY_NAME[each.code].entered if each.code in BY_NAME else ())
            ],
            kept_by=list(keeper.whose),
            mine=keeper.allowed,
            clauses=[clause_of(living, clause) for clause in clauses_of(living, each.code)],
        )
        for each in context.services.vocabulary.objects.values()
        if clauses_of(living, each.code)
        for keeper in [await may(context, each.code, writes(each.code))]
    ]


def writes(code: str) -> Act:
    """By which act a line of it is written."""
    return BY_NAME[code].act if code in BY_NAME else Act.KEEP


@strawberry.type
class Query:
    registers = query(register_list, list[RegisterInfo], permission="clauses.read")
