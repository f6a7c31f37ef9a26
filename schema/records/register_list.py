"""The books that an office keeps: what each is called, its columns, its keepers and its clauses."""

from typing import Annotated

import strawberry

from domain import REGISTERS
from domain.vocabulary import WHAT, Act
from resolvers.records.acts import clauses_of, judged, seats_of
from resolvers.records.allowed import ever
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.fields import Info, query
from schema.ground.rows import Words, told
from schema.records.actions import ALLOWED, LivingAction, of_register
from schema.rules.clauses import Clause, clause_of

BY_NAME = {each.name: each for each in REGISTERS}


@strawberry.type
class RegisterColumn:
    """A column of a register, as it is filled in."""

    name: Annotated[str, "The field of its entry."]
    label: Annotated[str, "What the form calls it."]
    required: Annotated[bool, "Whether it must be filled in."]


@strawberry.type
class RegisterWord:
    """Something that a clause of the office speaks of, as an entry of the register says it."""

    word: Annotated[str, "To enter it: `what`."]
    label: Annotated[str, "What the clause calls it."]
    mine: Annotated[bool, "Whether the viewer may enter it."]
    clause: Annotated[Clause, "The clause that speaks of it."]


@strawberry.type
class RegisterInfo:
    """A book that an office keeps."""

    name: Annotated[str, "vehicle.refuelling …"]
    label: Annotated[str, "What people call it: 车辆加油登记表."]
    columns: list[RegisterColumn] = strawberry.field(
        description="What its keepers fill in; none where the server alone writes.",
        deprecation_reason="Ask for recordForms, which tell more of each field.",
    )
    words: Annotated[
        list[RegisterWord], "The office's own words, where a column takes those alone."
    ]
    kept_by: Annotated[list[str], "The roles that may write, each of its own."]
    mine: Annotated[bool, "Whether the viewer may write anything."]
    clauses: Annotated[list[Clause], "The clauses that ask for it."]
    allowed_actions: list[LivingAction] = strawberry.field(
        resolver=of_register, description=ALLOWED
    )


async def _words(info: Info, living: LivingRulebook, register: str) -> list[RegisterWord]:
    context = info.context
    seats = await seats_of(context, register, {})
    return [
        told(
            RegisterWord,
            each,
            Words(living, context.language),
            word=each.id,
            mine=judged(living, register, Act.KEEP, {WHAT: each.id}, seats).allowed,
        )
        for each in living.shapes.occurrences
        if each.of == register
    ]


async def register_list(info: Info) -> list[RegisterInfo]:
    """The books that clauses of the viewer's office ask for."""
    context = info.context
    living = await context.rulebook()
    words = Words(living, context.language)
    return [
        told(
            RegisterInfo,
            each,
            words,
            name=each.code,
            columns=[
                told(RegisterColumn, field, words, name=camel(field.name))
                for field in (BY_NAME[each.code].entered if each.code in BY_NAME else ())
            ],
            words=await _words(info, living, each.code),
            kept_by=list(keeper.whose),
            mine=keeper.allowed,
            clauses=[clause_of(living, clause) for clause in clauses_of(living, each.code)],
        )
        for each in context.services.vocabulary.objects.values()
        if clauses_of(living, each.code)
        for keeper in [await ever(context, each.code, writes(each.code))]
    ]


def writes(code: str) -> Act:
    """By which act a line of it is written."""
    return BY_NAME[code].act if code in BY_NAME else Act.KEEP


FIELDS = (query(register_list, "clauses.read", name="registers"),)
