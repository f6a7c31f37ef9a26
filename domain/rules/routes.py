"""The route of one case: which seats act, in which order, by which clauses, or why nobody may."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from domain.rules.rows import (
    DECIDING,
    NOBODY,
    NONE,
    Chain,
    Rule,
    RuleStep,
    clauses_of,
    deciding,
    holding,
    unique,
    unique_chains,
)
from domain.values.choices import Choice
from domain.vocabulary import RANK


class Finding(Choice):
    """What the rules make of a case."""

    ROUTED = "ROUTED", "The rules say who decides."
    GAP = "GAP", "No rule gives anyone the case."
    OVERLAP = "OVERLAP", "Rules disagree about it."
    FORBIDDEN = "FORBIDDEN", "A clause forbids it outright."


@dataclass(frozen=True)
class Note:
    """What fell away from a route and why; the sentence stands in `policies.messages`."""

    code: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class RouteStep:
    """A turn of the route. Steps of one `place` are open together, and all of them are needed."""

    role: str
    alternatives: tuple[str, ...]
    act: str
    clauses: tuple[str, ...]
    place: int = 0

    @property
    def roles(self) -> tuple[str, ...]:
        return self.role, *self.alternatives

    @property
    def clause(self) -> str:
        """The clause to cite: the first that asks for this step."""
        return self.clauses[0]

    @property
    def decides(self) -> bool:
        return self.act in ("approve", "vote")


@dataclass(frozen=True)
class Route:
    """The steps in order, and the clauses of every rule that claims the case.

    `sides` of an OVERLAP are the routes that disagree, each as it would be alone.
    """

    finding: Finding
    steps: tuple[RouteStep, ...] = ()
    claims: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    sides: tuple["Route", ...] = ()


Stage = list[RouteStep]
BENEATH = "DECISION_BENEATH"
"""The note of a case that only somebody beneath the applicant would decide."""
NOBODY_CHAIN: Chain = (frozenset({("approve", frozenset({NOBODY}))}),)


def route(
    rules: Iterable[Rule], facts: Mapping[str, object], applicant_role: str | None = None
) -> Route:
    """What the rules in force demand of a case; the applicant's own seat falls away last."""
    matching = holding(rules, facts)
    own = (applicant_role,) if applicant_role else ()
    return without_own_seat(demanded(matching), own, beneath(matching, facts))


def beneath(rules: Iterable[Rule], facts: Mapping[str, object]) -> frozenset[str]:
    """The roles beneath the applicant that have no say; of one kind, all rules name the same."""
    first = next(iter(rules), None)
    return first.beneath.get(facts.get(RANK), frozenset()) if first else frozenset()


@lru_cache(1_024)
def demanded(matching: tuple[Rule, ...]) -> Route:
    """What rules come to together that match a case."""
    allows, denies = contenders(matching)
    claims = clauses_of(rule for rule in matching if rule in allows + denies)
    denied = set(clauses_of(denies))
    # a clause that allows and forbids the same case forbids it
    allows = [rule for rule in allows if not denied.issuperset(rule.clauses)]
    if not allows:
        return Route(Finding.FORBIDDEN if denies else Finding.GAP, claims=claims)
    first = [rule for rule in allows if rule.comes_first]
    rest = [rule for rule in allows if not rule.comes_first]
    first, rest = (first, rest) if rest else ([], first)
    sides = [
        after(first, united(chain, [r for r in rest if r.chain in (chain, None)]))
        for chain in unique_chains(rest)
    ]
    if denies:
        sides.append(Route(Finding.FORBIDDEN, claims=clauses_of(denies)))
    if len(sides) == 1:
        return replace(sides[0], claims=claims)
    return Route(Finding.OVERLAP, claims=claims, sides=tuple(sides))


def contenders(matching: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Allows and denies; where one replaces the other, the replaced one no longer speaks."""
    allows = [rule for rule in matching if not rule.denies]
    denies = [rule for rule in matching if rule.denies]
    allowing, denying = set(clauses_of(allows)), set(clauses_of(denies))
    allows = [rule for rule in allows if not rule.replaced_by & denying]
    return allows, [rule for rule in denies if not rule.replaced_by & allowing]


def united(chain: Chain, rules: list[Rule]) -> Route:
    """One chain with the steps of every rule that shares it, or has none, each in its place."""
    claims = clauses_of(rules)
    if chain == NOBODY_CHAIN:
        return Route(Finding.GAP, claims=claims)
    places: list[list[Stage]] = [[] for _ in range(2 * len(chain) + 1)]
    for rule in rules:
        for place, stage in placed(rule, len(chain)):
            unite(places[place], stage, joins=place % 2 == 1)
    stages = [stage for stages in places for stage in stages]
    return Route(Finding.ROUTED, numbered(stages), claims)


def after(first: list[Rule], side: Route) -> Route:
    """A route with what comes before it, whatever it is."""
    if side.finding is not Finding.ROUTED or not first:
        return side
    stages: list[Stage] = []
    for stage in (stage for rule in first for stage in rule.stages):
        unite(stages, stage, joins=False)
    claims = unique((*clauses_of(first), *side.claims))
    return replace(side, steps=numbered([*stages, *open_together(side)]), claims=claims)


def placed(rule: Rule, length: int) -> Iterable[tuple[int, tuple[RuleStep, ...]]]:
    """Each stage with its place: odd for the chain's groups, even for before, between and after.

    A rule without a chain signs before the first group and records after the last.
    """
    stages = [stage for stage in rule.stages if stage[0].act != NONE]
    if rule.chain is None:
        signs = [any(step.act == "sign" for step in stage) for stage in stages]
        for number, stage in enumerate(stages):
            yield (0 if any(signs[number:]) else 2 * length), stage
        return
    passed = 0
    for stage in stages:
        decides = bool(deciding(stage))
        yield 2 * passed + decides, stage
        passed += decides


def unite(stages: list[Stage], stage: Iterable[RuleStep], *, joins: bool) -> None:
    """Add a stage to its place: a step that already stands there only gains the clauses."""
    added: Stage = []
    for step in stage:
        new = RouteStep(step.roles[0], step.roles[1:], step.act, step.clauses)
        if not cited(stages, new):
            added.append(new)
    if added and joins and stages:
        stages[0].extend(added)
    elif added:
        stages.append(added)


def cited(stages: list[Stage], new: RouteStep, *, whatever: bool = False) -> bool:
    """Whether the step stands there already (`whatever` it decides), now with the new clauses."""
    for stage in stages:
        for index, step in enumerate(stage):
            same_act = step.act == new.act or (whatever and {step.act, new.act} <= DECIDING)
            if same_act and set(step.roles) == set(new.roles):
                stage[index] = replace(step, clauses=unique(step.clauses + new.clauses))
                return True
    return False


def numbered(stages: Iterable[Stage]) -> tuple[RouteStep, ...]:
    return tuple(replace(step, place=place) for place, stage in enumerate(stages) for step in stage)


def stricter(found: Route) -> Route | None:
    """Of an OVERLAP, the side whose chain contains every other, citing all; None if there is none.

    What the others have signed or recorded is added in the corresponding place.
    """
    sides = found.sides
    if not sides or any(side.finding is not Finding.ROUTED for side in sides):
        return None
    containing = [side for side in sides if all(contains(side, other) for other in sides)]
    if not containing:
        return None
    chosen = max(containing, key=lambda side: sum(step.decides for step in side.steps))
    stages = open_together(chosen)
    for other in sides:
        if other is not chosen:
            join(stages, open_together(other))
    notes = (*found.notes, Note("STRICTER_TAKEN", {}))
    return Route(Finding.ROUTED, numbered(stages), found.claims, notes)


def open_together(side: Route) -> list[Stage]:
    return [list(stage) for _, stage in groupby(side.steps, lambda step: step.place)]


def deciders(stage: Stage) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(step.roles) for step in stage if step.act in DECIDING)


def contains(side: Route, other: Route) -> bool:
    """Whether the roles of the other chain are a subsequence of this one's."""
    groups = iter(deciders(stage) for stage in open_together(side))
    wanted = (deciders(stage) for stage in open_together(other))
    return all(any(group >= want for group in groups) for want in wanted if want)


def join(stages: list[Stage], others: list[Stage]) -> None:
    """Lay the contained side over the containing one, from each group to its like."""
    start = 0
    for number, other in enumerate(others):
        following = next((want for stage in others[number:] if (want := deciders(stage))), None)
        end = len(stages)
        if following is not None:
            end = next(i for i in range(start, end) if deciders(stages[i]) >= following)
        group = stages[end : end + 1] if deciders(other) else stages[start:end]
        new = [step for step in other if not cited(group, step, whatever=True)]
        if deciders(other):
            group[0].extend(new)
            start = end + 1
        elif new:
            stages.insert(end, new)


def without_own_seat(
    found: Route, own: Collection[str], beneath: Collection[str] = frozenset()
) -> Route:
    """What is left for others when the applicant alone holds these seats, or stands above them."""
    if found.finding is not Finding.ROUTED or not (own or beneath):
        return found
    first_decision = min((step.place for step in found.steps if step.decides), default=None)
    steps: list[RouteStep] = []
    notes = list(found.notes)
    for step in found.steps:
        mute = {*own, *beneath} if step.act in DECIDING else own
        others = tuple(role for role in step.roles if role not in mute)
        before = first_decision is None or step.place < first_decision
        if others == step.roles:
            steps.append(step)
            continue
        struck = next(role for role in step.roles if role in mute)
        details = {"role": struck, "act": step.act, "clause": step.clause}
        if others:
            steps.append(replace(step, role=others[0], alternatives=others[1:]))
            notes.extend([Note("OWN_SEAT_STRUCK", details)] if struck in own else [])
        elif step.decides:
            notes.append(Note("OWN_DECISION" if struck in own else BENEATH, details))
            return Route(Finding.GAP, claims=found.claims, notes=tuple(notes))
        elif step.act == "sign" and not before:
            steps.append(step)
        else:
            falls = OWN_FALLS_AWAY[step.act] if struck in own else "ENDORSEMENT_BENEATH_FALLS_AWAY"
            notes.append(Note(falls, details))
    return replace(found, steps=tuple(steps), notes=tuple(notes))


OWN_FALLS_AWAY = {
    "endorse": "OWN_ENDORSEMENT_FALLS_AWAY",
    "sign": "OWN_SIGNATURE_GIVEN",
    "record": "OWN_RECORD_DONE",
}
