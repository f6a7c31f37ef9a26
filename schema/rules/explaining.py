"""Explanations in the API: why a request goes as it goes, and what a refused case would need."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval.description import value_said
from domain.approval.placement import expanded
from domain.conditions.joining import condition_of
from domain.errors import Refused
from domain.messages import say
from domain.office.organisation import Seat as OfficeSeat
from domain.rules.analysis import ground_of
from domain.rules.gaps import Elsewhere, elsewhere
from domain.rules.phrases import asked_by, condition_said, region_said
from domain.rules.routes import route
from domain.rules.rows import Rule
from domain.time.moments import office_local
from domain.vocabulary import FactValue, Source, seat_told_by
from resolvers.requests.acting import find
from resolvers.requests.needs import facts_of_interest
from resolvers.requests.rows import facts_of
from resolvers.rules.authority import nearest
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.acts import ask
from schema.ground.fields import Info
from schema.ground.ids import Id
from schema.ground.mirrors import enum_of
from schema.office.organisation import Seat, seat_of
from schema.requests.forms import shown_fields
from schema.requests.kinds import kind_asked
from schema.requests.steps import Step, note_sentence, rules_of, step_of
from schema.rules.clauses import Clause, clause_of
from schema.rules.routes import RouteFinding, RoutePreviewInput, RouteStep, shown, stated

FactSource: Any = enum_of(Source, "FactSource")


@strawberry.type
class ExplainedFact:
    """What a request was judged by, and who says so."""

    name: Annotated[str, "The field, or the fact that was counted."]
    label: Annotated[str, "What people call it."]
    display: Annotated[str, "Its value as people write it."]
    source: Annotated[FactSource, "Who states it."]


@strawberry.type
class ExplainedRule:
    """A rule whose condition the facts meet."""

    rule: Annotated[str, "Its id in the rulebook."]
    when: Annotated[str, "Its condition, a `when` expression."]
    words: Annotated[str, "The condition in words; empty for every case."]
    asks: Annotated[str, "Whose turns it wants, or that it forbids."]
    clauses: Annotated[list[Clause], "The clauses that it cites."]


@strawberry.type
class ExplainedStep:
    """Why a step is there, and who else could take it."""

    step: Annotated[Step, "The step: its clause, its seat, its decision."]
    rules: Annotated[
        list[ExplainedRule], "The rules that ask for it; none where people asked for a signature."
    ]
    instead: Annotated[
        list[Seat], "The seats, with holders, that could take it instead: `alternatives`."
    ]


@strawberry.type
class Explanation:
    """Why a request goes as it goes, by the rules that it is pinned to."""

    rulebook_version: Annotated[int | None, "The version of the rulebook."]
    facts: Annotated[list[ExplainedFact], "What it was judged by."]
    steps: Annotated[list[ExplainedStep], "In the order of their places."]
    notes: Annotated[list[str], "What fell away, and what is on record."]
    otherwise: Annotated[
        list["WouldRoute"],
        "What would have to differ for another way, by the rules of that day: of a"
        " number the nearest stretch below and above, of a word each choice.",
    ]


@strawberry.type
class WouldRoute:
    """One fact that would have to differ, everything else being as it is."""

    fact: Annotated[str, "The fact."]
    label: Annotated[str, "What people call it."]
    words: Annotated[str, "What it would have to be: 金额 不超过 500 元."]
    region: Annotated[str, "The same as a `when` expression."]
    steps: Annotated[list[RouteStep], "Who would decide then."]


@strawberry.type
class RefusalExplained:
    """Why a case is not routed, and the nearest cases that are."""

    finding: Annotated[RouteFinding, "ROUTED where nothing refuses it."]
    rulebook_version: Annotated[int, "The version of the rulebook."]
    facts: Annotated[list[ExplainedFact], "What the case was judged by."]
    claims: Annotated[list[Clause], "Every clause that claims the case."]
    rules: Annotated[list[ExplainedRule], "The rules that the facts meet."]
    would_route: Annotated[
        list[WouldRoute], "Of a number the nearest stretch below and above, of a word each choice."
    ]


async def explain(
    info: Info, request_id: Annotated[UUID, Id("Request"), "The request."]
) -> Explanation:
    """Why a request goes as it goes: rule, clause, version, seat, facts, and who else could."""
    context, language = info.context, info.context.language
    view = await find(context, request_id)
    if view.submitted_at is None:
        raise Refused("NOT_ON_A_DRAFT")
    living, facts = rules_of(view), facts_of(view)
    known, roles = living.vocabulary.facts, living.vocabulary.roles
    told = [
        ExplainedFact(
            name=each.name,
            label=each.label,
            display=each.display,
            source=known[each.name].source if each.name in known else Source.FORM,
        )
        for each in shown_fields(view, info)
    ]
    named = {each.name for each in told}
    counted = facts_of_interest(living, view.kind) & facts.keys() & known.keys() - named
    told += [_fact(name, facts[name], living, language) for name in sorted(counted)]
    day = office_local(view.submitted_at).date()
    every = living.rulebook.rules_for(view.kind, day)
    rules = [rule for rule in every if rule.when.holds(facts)]
    ground = ground_of(every, living.vocabulary.kinds[view.kind], living.vocabulary)
    seats = await nearest(context, view.institution, view.unit_id)
    steps = []
    for step in sorted(view.steps, key=lambda each: each.place):
        asked = [rule for rule in rules if {*rule.clauses} & {*step.clauses}]
        others = [role for each in step.alternatives for role in expanded(each, roles)]
        steps.append(
            ExplainedStep(
                step=step_of(view, step, language),
                rules=[_rule(each, living, language) for each in asked],
                instead=[seat_of(seats[each], roles, language) for each in others if each in seats],
            )
        )
    return Explanation(
        rulebook_version=view.rulebook_version,
        facts=told,
        steps=steps,
        notes=[note_sentence(each, living.vocabulary, language) for each in view.notes],
        otherwise=[_would(info, living, seats, each) for each in elsewhere(ground, facts)],
    )


async def explain_refusal(info: Info, input: RoutePreviewInput) -> RefusalExplained:
    """Why a case is not routed, by its facts alone, and what would have to differ."""
    context, language = info.context, info.context.language
    living, rules, facts = await stated(info, input)
    words = living.vocabulary
    kind = words.kinds[kind_asked(words, input.kind, input.kind_code)]
    own = seat_told_by(facts.get("applicant_rank"), words.roles)
    seats = await nearest(context, input.institution, None)
    preview = shown(info, living, route(rules, facts, own), seats)
    ways = elsewhere(ground_of(rules, kind, words), facts, own)
    return RefusalExplained(
        finding=preview.finding,
        rulebook_version=living.version,
        facts=[_fact(name, value, living, language) for name, value in facts.items()],
        claims=preview.claims,
        rules=[_rule(each, living, language) for each in rules if each.when.holds(facts)],
        would_route=[_would(info, living, seats, each) for each in ways],
    )


def _would(
    info: Info, living: LivingRulebook, seats: Mapping[str, OfficeSeat], way: Elsewhere
) -> WouldRoute:
    language, fact = info.context.language, way.fact
    return WouldRoute(
        fact=fact.code,
        label=say(language, fact.label),
        words=say(language, region_said(way.region, fact)),
        region=condition_of({fact.code: way.region}, living.vocabulary.facts).text,
        steps=shown(info, living, way.route, seats).steps,
    )


def _fact(name: str, value: FactValue, living: LivingRulebook, language: str) -> ExplainedFact:
    fact = living.vocabulary.facts[name]
    return ExplainedFact(
        name=name,
        label=say(language, fact.label),
        display=say(language, value_said(value, fact, fact.unit)),
        source=fact.source,
    )


def _rule(rule: Rule, living: LivingRulebook, language: str) -> ExplainedRule:
    return ExplainedRule(
        rule=rule.id,
        when=rule.when.text,
        words=say(language, condition_said(rule.when, living.vocabulary)),
        asks=say(language, asked_by(rule, living.vocabulary.roles)),
        clauses=[clause_of(living, each) for each in rule.clauses],
    )


FIELDS = (
    ask(explain, "requests.read", office=True),
    ask(explain_refusal, "routes.preview", office=True),
)
