"""One thing that hangs on somebody, and what a clause lets nobody go with: rows say which."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from domain import CASE_KINDS, REGISTERS, STOCKS, THINGS
from domain.errors import Problem
from domain.messages import say
from domain.office.changes import EndAppointment, MergeUnit
from domain.office.planning import Fault
from domain.office.posts import Appointment
from domain.office.roll import Office
from domain.records.lines import stands
from domain.shapes.eligibility import Requirement, reasons
from domain.values.choices import Choice
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records import accounts
from resolvers.records.stock_rows import held, kept_here
from resolvers.rules.rulebooks import LivingRulebook

LEAVING = next(each.leaving for each in STOCKS if each.leaving)
"""The kind of request by which somebody leaves the office."""


class Hanging(Choice):
    """What hangs on a person."""

    SEAT = "seat", "A seat that they hold."
    TURN = "turn", "A turn that waits for them."
    LOAN = "loan", "A seat that is lent to them."
    THING = "thing", "A seal, key, device or vehicle in their keeping."
    STOCK = "stock", "What they have not returned to a store."
    OWED = "owed", "Cash that they borrowed and have not settled."
    CASE = "case", "A case in which they have a part."
    LIST = "list", "A list by which they hand over all that is theirs, not signed for yet."
    CLOCK = "clock", "A deadline that they answer for."
    DUTY = "duty", "A turn of duty."
    SITTING = "sitting", "A sitting that would not be quorate without them."


@dataclass(frozen=True)
class Hangs:
    """One thing that hangs on somebody; `steps_in` are who does it instead, `clause` forbids.

    Without it these measures would be cleared, by which clauses let somebody go.
    """

    what: Hanging
    name: str
    day: date | None = None
    steps_in: tuple[str, ...] = ()
    clause: str | None = None
    covered: bool = False
    clears: tuple[str, ...] = ()


MOST = 200
KEPT = statement(
    " union all ".join(
        f"""select '{each.name}' as object, cast({each.named_by} as text) as name, due_on as day,
                   (cast(:person as uuid) in (keeper_id, holder_id)) is true as has
            from {each.cards}
            where institution_id = :institution and state <> 'ended'
              and cast(:person as uuid) in (keeper_id, holder_id, offered_id)"""
        for each in THINGS
    )
    + " order by object, name limit :most"
)
WITH_PARTIES = {each.code: each for each in CASE_KINDS if each.parties}
PARTS = statement(
    " union all ".join(
        f"""(select '{each.code}' as code, c.number, cast(c.since as date) as day
             from {each.table.name} c
             where c.institution_id = :institution and c.standing
               and c.kind = any(cast(array[{", ".join(f"'{k}'" for k in each.kinds)}] as text[]))
               and cast(:person as uuid) in ({", ".join(f"c.{p.column}" for p in each.parties)})
             order by c.since limit :most)"""
        for each in WITH_PARTIES.values()
    )
)
LISTS = {
    each: statement(f"""
      select 1 from {each.lines} l
      where l.institution_id = :institution and l.{each.about} = :person and l.{each.leaving}
        and {stands(each.table, "l")} and l.{each.day} >= (
          select coalesce(max(a.begins), :today) from appointments a
          where a.institution_id = :institution and a.person_id = :person and a.begins <= :today)
      limit 1""")
    for each in REGISTERS
    if each.leaving
}
"""Whether somebody has handed over by list all that is theirs, since they last took up a seat."""
CLEARED = frozenset(
    name for of in (THINGS, STOCKS, CASE_KINDS, REGISTERS) for each in of for name in each.cleared
)
"""The measures that hold of whom nothing hangs on."""
EMPLOYMENT = "employment"
"""What else such a row may look at: whether whoever goes is the office's own."""
EMPLOYED = statement(
    "select employment from people where institution_id = :institution and id = :person"
)


async def kept_back(
    context: Context, before: Office, after: Office, changes: Sequence[Any]
) -> list[Fault]:
    """What a clause lets nobody end an appointment with, or move with a unit that is merged.

    Who keeps a seat moves, who keeps none leaves.
    """
    found, living = [], await context.rulebook()
    for at, each in enumerate(changes):
        for seat, name in _ending(before, after, each):
            stays = any(
                e.person == seat.person and (e.ends is None or e.ends > each.last_day)
                for e in after.appointments.values()
            )
            subjects = _moves(living) if stays else [LEAVING]
            hanging = await still_hanging(context, living, seat.person, *subjects)
            told = {
                (e.clause, e.name): still_has(e, seat.name, name)
                for e in hanging
                # Who moves with their unit stays at their work, and at its papers.
                if e.what is not Hanging.LIST or not isinstance(each, MergeUnit)
            }
            found += [Fault(at, problem) for problem in told.values()]
    return found


def _ending(before: Office, after: Office, change: Any) -> Iterator[tuple[Appointment, str]]:
    """An appointment of each whom a change moves, and the field that says so."""
    whom = {}
    for key, each in before.appointments.items():
        if after.appointments.get(key) == each:
            continue
        if isinstance(change, EndAppointment) and each.person == change.person_id:
            whom[each.person] = each, "person_id"
        if isinstance(change, MergeUnit) and before.places[each.seat].unit == change.unit_id:
            whom[each.person] = each, "unit_id"
    yield from whom.values()


def _moves(living: LivingRulebook) -> list[str]:
    """The kinds of request by which people move, of which the office's rows speak."""
    kinds, spoken = living.vocabulary.kinds, (e.subject for e in living.shapes.eligibility)
    area = kinds[LEAVING].area
    return [
        each
        for each in dict.fromkeys(spoken)
        if each != LEAVING and each in kinds and kinds[each].area == area
    ]


async def still_hanging(
    context: Context, living: LivingRulebook, person: UUID, *subjects: str
) -> list[Hangs]:
    """What a clause lets nobody go with who asks for one of these."""
    if not any(_clearing(living, each) for each in subjects):
        return []
    hanging = await to_hand_over(context, living, person)
    known = await context.value(EMPLOYED, person=person)
    return [found for each in subjects for found in barred(living, each, hanging, known)]


def barred(
    living: LivingRulebook, subject: str, hanging: Sequence[Hangs], employment: str
) -> list[Hangs]:
    """Those of them that keep back who asks for this: by rows of eligibility, each its own."""
    measures: dict[str, Any] = {EMPLOYMENT: employment}
    measures |= {name: not any(name in each.clears for each in hanging) for name in CLEARED}
    return [
        replace(each, clause=reason.clause)
        for reason in reasons(_clearing(living, subject), measures)
        for each in hanging
        if {*reason.measures} & {*each.clears}
    ]


def _clearing(
    living: LivingRulebook, subject: str, by: Collection[str] = CLEARED | {EMPLOYMENT}
) -> list[Requirement]:
    rows = living.shapes.eligibility
    return [e for e in rows if e.subject == subject and e.when.regions.keys() <= {*by}]


def still_has(each: Hangs, name: str, *path: str) -> Problem:
    return Problem("STILL_HOLDS", path, each.clause, {"name": name, "items": each.name})


async def to_hand_over(context: Context, living: LivingRulebook, person: UUID) -> list[Hangs]:
    """What is in somebody's keeping, what they hold of a stock or owe, and their cases."""
    found = await _kept_by(context, living, person)
    for account in accounts.kept_here(living):
        if account.owed:
            whose = accounts.Whose(living, account, person)
            owed = -(await accounts.told(context, whose, context.today)).on(context.today).total
            if owed > 0:
                name = (
                    f"{say(context.language, living.vocabulary.objects[account.name].label)} {owed}"
                )
                found.append(Hangs(Hanging.OWED, name))
    for stock in await kept_here(context):
        if rows := await context.rows(held(stock), person=person):
            items = "、".join(f"{row['name']} {row['quantity']}" for row in rows)
            found.append(Hangs(Hanging.STOCK, items, clears=stock.cleared))
    for row in await context.rows(PARTS, person=person, most=MOST):
        kind = WITH_PARTIES[row["code"]]
        name = f"{say(context.language, kind.label)} {row['number']}"
        found.append(Hangs(Hanging.CASE, name, row["day"], clears=kind.cleared))
    for register, listed in LISTS.items():
        wanted = any(
            _clearing(living, each, register.cleared) for each in (LEAVING, *_moves(living))
        )
        if wanted and not await context.value(listed, person=person, today=context.today):
            name = say(context.language, living.vocabulary.objects[register.name].label)
            found.append(Hangs(Hanging.LIST, name, clears=register.cleared))
    return found


async def _kept_by(context: Context, living: LivingRulebook, person: UUID) -> list[Hangs]:
    """The things in somebody's keeping."""
    clears, objects = {e.name: e.cleared for e in THINGS}, living.vocabulary.objects
    return [
        Hangs(
            Hanging.THING,
            f"{say(context.language, objects[row['object']].label)}:{row['name']}",
            row["day"],
            clears=clears[row["object"]] if row["has"] else (),
        )
        for row in await context.rows(KEPT, person=person, most=MOST)
    ]
