"""What the viewer may do with a living object, and the clause that refuses it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

import strawberry

from domain.vocabulary import Act
from resolvers.records import acts, allowed, case_turns
from resolvers.records.acts import Verdict
from resolvers.records.allowed import actions as actions_of
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import sentence
from schema.ground.fields import Info, is_after_write
from schema.ground.mirrors import enum_of
from schema.rules.clauses import Clause, clause_of

LivingAct: Any = enum_of(Act, "LivingAct")


@strawberry.type
class LivingAction:
    """An act on an object as the viewer meets it, and the clause that says so."""

    act: LivingAct = strawberry.field(description="What is done.")
    stage: str = strawberry.field(description="Which stage is taken; else empty.")
    allowed: bool = strawberry.field(description="Whether the lines let the viewer.")
    reason: str = strawberry.field(description="Why not, in a sentence; else empty.")
    clause: Clause | None = strawberry.field(description="The clause that allows or refuses it.")


ALLOWED = "What the viewer may do with it, and by which clause not."


def living_action(
    living: LivingRulebook, act: Act, stage: str, verdict: Verdict, language: str
) -> LivingAction:
    """How an object answers what the viewer may do with it."""
    told = acts.titles(living, verdict.whose)
    return LivingAction(
        act=act,
        stage=stage,
        allowed=verdict.allowed,
        reason="" if verdict.allowed else sentence("NOT_YOURS_TO_DO", told, language),
        clause=clause_of(living, verdict.clause) if verdict.clause else None,
    )


async def actions(
    info: Info,
    thing: str,
    facts: Mapping[str, Any] | None = None,
    borne: Collection[str] = (),
    stages: Collection[str] = (),
    lent_for: str = "",
    unit: UUID | None = None,
    *,
    named: bool = False,
) -> list[LivingAction]:
    """By the lines in force; `named` says that the record names the viewer."""
    context = info.context
    living = await context.rulebook()
    found = await actions_of(
        context,
        thing,
        facts,
        borne,
        tuple(dict.fromkeys(stages)),
        lent_for=lent_for,
        unit=unit,
        named=named,
        after_write=is_after_write(info),
    )
    return [
        living_action(living, act, stage, verdict, context.language)
        for act, stage, verdict in found
    ]


def of_object(
    thing: str | Callable[[Any], str],
    facts: Callable[[Any], Mapping[str, Any]] = lambda _: {},
    names: Collection[str] = (),
) -> Any:
    """The field of an object that has no stages; its facts, or what it is, are read off it.

    `names` are its columns that name people who see it.
    """

    async def allowed(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
        code = thing if isinstance(thing, str) else thing(root)
        me = info.context.viewer.person.id
        named = any(getattr(root, name) == me for name in names)
        return await actions(info, code, facts(root), named=named)

    return strawberry.field(resolver=allowed, description=ALLOWED)


async def of_register(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
    """What the viewer may do in one case or another."""
    context = info.context
    living = await context.rulebook()
    return [
        living_action(
            living, act, "", await allowed.ever(context, root.name, act), context.language
        )
        for act in living.vocabulary.objects[root.name].acts
    ]


async def of_case(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
    """Each stage that may follow, by the version that the case keeps; other acts by today's."""
    view, context = root.view, info.context
    events = dict.fromkeys(each.event for each in case_turns.may_follow(view))
    verdicts = {event: case_turns.whose(context, view, event, root.seats) for event in events}
    found = [
        living_action(view.taking, Act.TAKE, event, verdict, context.language)
        for event, verdict in verdicts.items()
    ]
    borne = case_turns.borne_by(context, view, root.seats, context.viewer.person.id)
    of = view.kind.code, view.facts, borne
    other = await actions(info, *of, lent_for=view.asked_for, unit=view.unit)
    return found + [each for each in other if each.act is not Act.TAKE]
