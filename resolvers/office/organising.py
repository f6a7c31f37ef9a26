"""Units, people, seats and appointments changed: one plan, one write, and everybody told.

A single mutation and an import are the same act; an import has more changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.placement import expanded
from domain.errors import Problem, invalid
from domain.office import changes as to
from domain.office.delegation import Span
from domain.office.notices import Notice
from domain.office.planning import Plan, planned
from domain.office.posts import ONE_DAY
from domain.office.roll import Office, Rules
from domain.rules.rows import ALLOW
from domain.shapes.doors import ANYONE
from domain.shapes.separations import POSTS
from domain.vocabulary import Act, RoleClass
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.office import delegations, loans
from resolvers.office.administering import APART, confirming
from resolvers.office.hanging import kept_back
from resolvers.office.outcomes import Outcome, Said, sentence
from resolvers.office.own_matters import reasons_against
from resolvers.office.roll import read_office, titles, write
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

WAITING = statement("""
  select seat, count(*) as turns
  from requests r
  join steps t on (t.institution_id, t.request_id, t.round)
    = (r.institution_id, r.id, r.round)
  cross join unnest(t.seats) seat
  where r.institution_id = :institution and r.status in ('pending', 'approved', 'returned')
    and t.status in ('open', 'waiting') and t.seats && cast(:seats as uuid[])
  group by seat""")
RECORD = "record"
"""A turn that only records cannot say no."""

ENDING = to.CloseUnit | to.MergeUnit | to.CloseSeat
BY_PERMISSION = frozenset().union(*ROLES_BY_PERMISSION.values()) - {ANYONE}


def weighty(living: LivingRulebook) -> frozenset[str]:
    """The roles that decide on requests or on what lives, or open what administrators do."""
    rows = [each for each in living.rulebook.rows if each.act != RECORD]
    acts = [each for each in living.acts if each.act not in (Act.KEEP, Act.SEE)]
    named = {each.role for each in (*rows, *acts) if each.effect == ALLOW}
    known = living.vocabulary.roles
    return BY_PERMISSION.union(*(expanded(each, known) for each in named if each in known))


async def rules_of(
    context: Context, office: Office, changes: Sequence[Any], by: UUID, earliest: date | None
) -> Rules:
    """What changes of the viewer's office are judged by."""
    living = await context.rulebook()
    roles, today = living.vocabulary.roles, context.today
    ending = any(isinstance(each, ENDING) for each in changes)
    asked = sorted(office.places) if ending else []
    waiting = await context.rows(WAITING, seats=asked) if asked else ()
    held_by = RoleClass.SEAT, RoleClass.BODY
    return Rules(
        today=today,
        earliest=earliest or today,
        roles={code: each for code, each in roles.items() if each.role_class in held_by},
        facts=living.vocabulary.facts,
        weighty=weighty(living),
        apart=sorted(APART),
        confirming=await confirming(context),
        kept_apart=[
            (each.clause, frozenset(each.duties))
            for each in living.shapes.separations
            if each.subject == POSTS
        ],
        by={by},
        waiting={row["seat"]: row["turns"] for row in waiting},
    )


@dataclass(frozen=True)
class Judged:
    """Changes, the office before them, and what they make of it."""

    changes: Sequence[Any]
    before: Office
    plan: Plan
    rules: Rules


async def judge(
    context: Context, changes: Sequence[Any], by: UUID, earliest: date | None = None
) -> Judged:
    """What changes would make of the viewer's office; nothing is kept.

    Each fault names the change by its place, and the field of it.
    """
    before = await read_office(context.transaction, context.viewer.institution)
    rules = await rules_of(context, before, changes, by, earliest)
    plan = planned(before, changes, rules)
    if not plan.faults:
        plan = replace(plan, faults=tuple(await kept_back(context, before, plan.after, changes)))
    return Judged(changes, before, plan, rules)


async def organise(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:
    """Carry out `changes` by a `document`: all of them or none.

    Raises: Refused: with every problem; of several changes each names its place.
    """
    changes = [to.read(each) for each in given["changes"]]
    judged = await judge(context, changes, by, _day(given.get("earliest")))
    problems, touched = _problems(judged), seats_changed(judged)
    if not problems and touched:
        problems = await reasons_against(context, touched, by, *_place(judged))
    if problems:
        raise invalid(problems, clause=next((p.clause for p in problems if p.clause), None))
    await carry_out(context, judged)
    await _record(context, by, given)
    living = await context.rulebook()
    said = [said_of(living, judged, each) for each in changes]
    return Outcome(joined(said), is_weighty(judged), dict(given.get("answer", {})))


def said_of(living: LivingRulebook, judged: Judged, change: Any) -> Said:
    """How a change is read; whoever is renamed is called as before."""
    said, office = to.written(change), judged.plan.after
    if isinstance(change, to.RenamePerson | to.RenameUnit):
        before = judged.before
        known = {**office.units, **before.units}, {**office.people, **before.people}
        office = replace(office, units=known[0], people=known[1])
    return sentence(living, f"SAID_{said['event']}".upper(), titles(office, said))


async def carry_out(context: Context, judged: Judged) -> None:
    """Keep what was judged and found without fault, and tell everybody whom it concerns."""
    here = context.viewer.institution
    await write(context.transaction, here, judged.before, judged.plan.after)
    await _tell(context, judged)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _problems(judged: Judged) -> list[Problem]:
    """The faults as problems of the input: of several changes by their place."""
    several = len(judged.changes) > 1
    return [
        Problem(
            each.problem.code,
            ("input", *((str(each.at),) if several else ()), *map(camel, each.problem.path)),
            each.problem.clause,
            each.problem.details,
        )
        for each in judged.plan.faults
    ]


def _place(judged: Judged) -> tuple[str, ...]:
    only = judged.changes[0] if len(judged.changes) == 1 else None
    return ("seatId",) if only and hasattr(only, "seat_id") else ()


def seats_changed(judged: Judged) -> set[UUID]:
    """The seats whose holders change."""
    before, after = judged.before.appointments, judged.plan.after.appointments
    return {
        (after.get(key) or before[key]).seat
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }


def is_weighty(judged: Judged) -> bool:
    """Whether somebody else may decide hereafter than before: a second person agrees to that."""
    before, after, roles = judged.before, judged.plan.after, judged.rules.weighty
    places = {key for key, each in after.places.items() if before.places.get(key) != each}
    touched = places | seats_changed(judged)
    if any(after.places[each].role in roles for each in touched):
        return True
    return any(
        known.parent != each.parent
        for key, each in after.units.items()
        if (known := before.units.get(key))
    )


async def _tell(context: Context, judged: Judged) -> None:
    """Tell whoever takes or leaves a seat, and end the loans that this ends."""
    before, after = judged.before.appointments, judged.plan.after.appointments
    began = [each for key, each in after.items() if key not in before]
    ended = [each for key, each in before.items() if after.get(key) != each]
    if not began and not ended:
        return
    lent = await loans.standing(context, Span(context.today, date.max))
    told, here = [], context.viewer.institution
    for each in began:
        for loan in lent:
            if (
                loan.seat.id == each.seat
                and loan.delegation.vacant
                and each.touches(loan.delegation.span)
            ):
                await delegations.stop(context, loan, each.begins - ONE_DAY)
        details = {**_titled(judged, each.seat), "begins": each.begins.isoformat()}
        told.append(Notice("SEAT_FILLED", each.person, here, details, subject=each.seat))
    for each in ended:
        left = after.get(each.id)
        last_day = left.ends if left and left.ends else each.begins - ONE_DAY
        for loan in lent:
            own = loan.lender.id == each.person and not loan.delegation.vacant
            if own and loan.seat.id == each.seat and loan.delegation.span.ends > last_day:
                await delegations.stop(context, loan, last_day)
        details = {**_titled(judged, each.seat), "ends": last_day.isoformat()}
        told.append(Notice("SEAT_ENDED", each.person, here, details, subject=each.seat))
    await announce(context, *told)


def _titled(judged: Judged, seat: UUID) -> dict[str, str]:
    after = judged.plan.after
    return {"role": after.places[seat].role, "unit": after.units[after.places[seat].unit].name}


KEYS = {"name": "called", "person_id": "whom"}


async def _record(context: Context, by: UUID, given: Mapping[str, Any]) -> None:
    """A line of the ledger for each change, with who asked for it and who did it."""
    me = context.viewer.person
    who = {"person": me.id, "name": me.name, "asked_by": by, "document": given.get("document", "")}
    lines = []
    for change in given["changes"]:
        said = {KEYS.get(k, k.removesuffix("_id")): v for k, v in change.items() if k != "event"}
        lines.append((change["event"], {**said, **who}))
    await ledger.append_all(context.transaction, me.institution, context.now, lines)


MOST_SAID = 5


def joined(said: Sequence[Said]) -> Said:
    """Several acts in a line; of many the first ones, and how many there are."""
    few = said[:MOST_SAID]
    zh, en = "；".join(each["zh"] for each in few), "; ".join(each["en"] for each in few)
    if len(said) > MOST_SAID:
        zh, en = f"{zh} …… 共 {len(said)} 项", f"{en} … {len(said)} in all"
    return {"zh": zh, "en": en}
