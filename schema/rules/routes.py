"""Route previews: what the rules demand of a case, whoever asks, and nothing is stored."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Annotated, Any, cast

import strawberry

from domain.approval.placement import expanded
from domain.errors import at_fault
from domain.office.organisation import Seat as OfficeSeat
from domain.rules.analysis import case_of
from domain.rules.routes import Finding, Note, Route, route
from domain.rules.routes import RouteStep as Turn
from domain.rules.rows import Rule
from domain.vocabulary import FactValue, seat_told_by
from resolvers.office.hanging import Hangs
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.errors import Refusal
from schema.ground.fields import Info, query
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.ground.scalars import JSON, KindCode
from schema.office.depending import WhatHangs, hanging
from schema.office.organisation import Seat, seat_of, title_of
from schema.requests.kinds import CODE, RequestKind, kind_asked
from schema.requests.steps import StepAct, note_sentence
from schema.rules.clauses import Clause, clause_of

RouteFinding: Any = enum_of(Finding, "RouteFinding")


Going = Callable[[], Awaitable[list[Hangs] | None]]


@strawberry.input
class RoutePreviewInput:
    """A case by its facts alone; only what the kind itself leaves no choice of need not be said."""

    institution: Annotated[str, "The institution's code."]
    kind: Annotated[RequestKind, "The kind of request."]
    kind_code: Annotated[KindCode | None, CODE] = None
    facts: Annotated[JSON, '{"days": "1.5", "applicant_rank": "staff"}']
    on: Annotated[date | None, "The rules in force that day; today when absent."] = None
    regulation: Annotated[
        str | None, "Judge by this regulation alone, also when a later one has replaced it."
    ] = None


@strawberry.type
class RouteStep:
    """A turn that the rules demand."""

    role: Annotated[str, "A role code."]
    title: Annotated[str, "What the office calls it."]
    alternatives: Annotated[list[str], "Other roles, any one of which may take it instead."]
    act: Annotated[StepAct, "What the turn is."]
    clause: Annotated[Clause, "The clause that asks for it."]
    clauses: Annotated[list[Clause], "Every clause that asks for it."]
    place: Annotated[int, "Turns of one place are open together."]
    seats: Annotated[
        list[Seat], "Where it would land for the viewer's own unit; a vacant seat has no holders."
    ]


async def _hangs(root: strawberry.Parent["RoutePreview"], info: Info) -> WhatHangs | None:
    found = await root.going() if root.going else None
    return None if found is None else hanging(await info.context.rulebook(), found)


@strawberry.type
class RoutePreview:
    """The steps that the rules demand of a case, or why there are none."""

    finding: Annotated[RouteFinding, "What the rules make of the case."]
    steps: Annotated[
        list[RouteStep], "In order; empty unless ROUTED. ROUTED with none: no consent is asked for."
    ]
    claims: Annotated[list[Clause], "Every clause that claims this case."]
    notes: Annotated[list[str], "What fell away and why."]
    provisional: Annotated[bool, "Days were counted whose holidays are still to be announced."]
    going: strawberry.Private[Going | None] = None
    hangs: WhatHangs | None = strawberry.field(
        resolver=_hangs,
        description="What hangs on the viewer on the days that they would be away; an item with a "
        "clause bars the approval. Null where they stay.",
    )


RoutePreviewResult = Annotated[RoutePreview | Refusal, strawberry.union("RoutePreviewResult")]


async def route_preview(info: Info, input: RoutePreviewInput) -> RoutePreview:
    """The route that the rules give for these facts."""
    context = info.context
    living, rules, facts = await stated(info, input)
    own = seat_told_by(facts.get("applicant_rank"), living.vocabulary.roles)
    own_office = input.institution == context.viewer.institution
    return shown(
        info,
        living,
        route(rules, facts, own),
        next(iter(context.viewer.nearest.values()), {}) if own_office else {},
    )


async def stated(
    info: Info, given: RoutePreviewInput
) -> tuple[LivingRulebook, tuple[Rule, ...], Mapping[str, FactValue]]:
    """The rules that a case is judged by, and its facts."""
    living = await info.context.rulebook(given.institution, given.on)
    code = kind_asked(living.vocabulary, given.kind, given.kind_code, "input")
    kind = living.vocabulary.kinds[code]
    facts = case_of(cast(dict[str, Any], given.facts), kind, living.vocabulary)
    if given.regulation is not None and given.regulation not in living.rulebook.regulations:
        raise at_fault("UNKNOWN_REGULATION", "input", "regulation")
    day = given.on or info.context.today
    return living, living.rulebook.rules_for(kind.code, day, given.regulation), facts


def shown(
    info: Info,
    living: LivingRulebook,
    found: Route,
    nearest: Mapping[str, OfficeSeat],
    notes: tuple[Note, ...] = (),
    *,
    provisional: bool = False,
    going: Going | None = None,
) -> RoutePreview:
    language = info.context.language
    routed = found.finding is Finding.ROUTED
    return RoutePreview(
        finding=found.finding,
        steps=[_step(turn, living, nearest, language) for turn in found.steps] if routed else [],
        claims=[clause_of(living, clause) for clause in _claims(found)],
        notes=[
            note_sentence({"code": note.code, "details": note.details}, living.vocabulary, language)
            for note in (*found.notes, *notes)
        ],
        provisional=provisional,
        going=going,
    )


def _claims(found: Route) -> tuple[str, ...]:
    """Every clause that claims the case; a cite at odds with itself stands once for each side."""
    if len(found.claims) > 1 or not found.sides:
        return found.claims
    return tuple(side.claims[0] for side in found.sides)


def _step(
    turn: Turn, living: LivingRulebook, nearest: Mapping[str, OfficeSeat], language: str
) -> RouteStep:
    roles = living.vocabulary.roles
    named = (role for each in turn.roles for role in expanded(each, roles))
    return told(
        RouteStep,
        turn,
        Words(living),
        title=title_of(turn.role, roles, language),
        clause=clause_of(living, turn.clauses[0]),
        seats=[seat_of(nearest[role], roles, language) for role in named if role in nearest],
    )


FIELDS = (query(route_preview, "routes.preview", RoutePreviewResult, office=True),)
