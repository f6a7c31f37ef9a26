"""What the viewer may do with a living object, and the clause that refuses it."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.vocabulary import Act
from resolvers.ground.batches import once
from resolvers.records import acts, allowed, case_turns
from resolvers.records.acts import seats_at_hand, seats_of
from resolvers.records.allowed import actions as actions_of
from resolvers.records.case_rows import CaseView
from resolvers.records.verdicts import Acting, Verdict
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import sentence
from schema.ground.fields import Info, is_after_write
from schema.ground.mirrors import enum_of
from schema.rules.clauses import Clause, clause_of

LivingAct: Any = enum_of(Act, "LivingAct")


@strawberry.type
class LivingAction:
    """An act on an object as the viewer meets it, and the clause that says so."""

    act: Annotated[LivingAct, "What is done."]
    stage: Annotated[str, "Which stage is taken; else empty."]
    allowed: Annotated[bool, "Whether the lines let the viewer."]
    reason: Annotated[str, "Why not, in a sentence; else empty."]
    clause: Annotated[Clause | None, "The clause that allows or refuses it."]


Found = list[LivingAction] | Awaitable[list[LivingAction]]
ALLOWED = "What the viewer may do with it, and by which clause not."


def living_action(
    living: LivingRulebook, act: Act, stage: str, verdict: Verdict, language: str
) -> LivingAction:
    """How an object answers what the viewer may do with it."""

    def told() -> LivingAction:
        whose = acts.titles(living, verdict.whose)
        return LivingAction(
            act=act,
            stage=stage,
            allowed=verdict.allowed,
            reason="" if verdict.allowed else sentence("NOT_YOURS_TO_DO", whose, language),
            clause=clause_of(living, verdict.clause) if verdict.clause else None,
        )

    key = act, stage, verdict.allowed, verdict.whose, verdict.clause, language
    return living.once("told", key, told)


def actions(
    info: Info,
    thing: str,
    facts: Mapping[str, Any] | None = None,
    borne: Collection[str] = (),
    lent_for: str = "",
    unit: UUID | None = None,
    *,
    named: bool = False,
    but: Act | None = None,
) -> Found:
    """By the lines in force, at once where they are at hand; `named`: the record names the viewer.

    An act is left out of it with `but`.
    """
    context, known = info.context, facts or {}

    def told(living: LivingRulebook, seats: Sequence[Acting]) -> list[LivingAction]:
        of = living, seats, thing, known, borne
        return [
            living_action(living, act, stage, verdict, context.language)
            for act, stage, verdict in actions_of(*of, unit=unit, named=named)
            if act is not but
        ]

    async def later() -> list[LivingAction]:
        after_write = is_after_write(info)
        of = context, thing, known
        seats = await seats_of(*of, kind=lent_for, after_write=after_write)
        return told(await context.rulebook(), seats)

    living = context.rules_at_hand
    seats = seats_at_hand(context, living, thing, known, lent_for) if living else None
    return later() if living is None or seats is None else told(living, seats)


def of_object(
    thing: str | Callable[[Any], str],
    facts: Callable[[Any], Mapping[str, Any]] = lambda _: {},
    names: Collection[str] = (),
) -> Any:
    """The field of an object that has no stages; its facts, or what it is, are read off it.

    `names` are its columns that name people who see it.
    """

    def allowed(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
        code = thing if isinstance(thing, str) else thing(root)
        me = info.context.viewer.person.id
        named = any(getattr(root, name) == me for name in names)
        return actions(info, code, facts(root), named=named)  # type: ignore[return-value]

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


def of_case(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
    """Each stage that may follow, by the version that the case keeps; other acts by today's.

    Cases of a page of which the lines ask the same are told once.
    """
    if not (info.context.rules_at_hand and root.seats):
        return _of_case(root.view, info, root.seats)  # type: ignore[return-value]
    work: Any = partial(_of_case, root.view, info, root.seats)
    found: list[LivingAction] = once(info.context, (of_case, root.alike), work)
    return found


def _of_case(view: CaseView, info: Info, seats: Sequence[Acting]) -> Found:
    context = info.context
    borne = case_turns.borne_by(context, view, seats, context.viewer.person.id)
    events = dict.fromkeys(each.event for each in view.may_follow)
    verdicts = {event: case_turns.whose(context, view, event, seats) for event in events}
    found = [
        living_action(view.taking, Act.TAKE, event, verdict, context.language)
        for event, verdict in verdicts.items()
    ]
    of = view.kind.code, view.facts, borne
    other = actions(info, *of, lent_for=view.asked_for, unit=view.unit, but=Act.TAKE)

    async def later(awaited: Awaitable[list[LivingAction]]) -> list[LivingAction]:
        return found + await awaited

    return found + other if isinstance(other, list) else later(other)
