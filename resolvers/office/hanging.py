"""One thing that hangs on somebody, and what a clause lets nobody go with: rows say which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain import CASE_KINDS, STOCKS, THINGS
from domain.errors import Problem
from domain.messages import say
from domain.shapes.eligibility import Requirement, reasons
from domain.values.choices import Choice
from resolvers.ground.context import Context
from resolvers.ground.database import statement
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
    CASE = "case", "A case in which they have a part."
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
CLEARED = frozenset(
    name for of in (THINGS, STOCKS, CASE_KINDS) for each in of for name in each.cleared
)
"""The measures that hold of whom nothing hangs on."""


async def still_hanging(
    context: Context, living: LivingRulebook, person: UUID, *subjects: str
) -> list[Hangs]:
    """What a clause lets nobody go with who asks for one of these."""
    if not any(_clearing(living, each) for each in subjects):
        return []
    hanging = await to_hand_over(context, living, person)
    return [found for each in subjects for found in barred(living, each, hanging)]


def barred(living: LivingRulebook, subject: str, hanging: Sequence[Hangs]) -> list[Hangs]:
    """Those of them that keep back who asks for this: by rows of eligibility, each its own."""
    measures = {name: not any(name in each.clears for each in hanging) for name in CLEARED}
    return [
        replace(each, clause=reason.clause)
        for reason in reasons(_clearing(living, subject), measures)
        for each in hanging
        if {*reason.measures} & {*each.clears}
    ]


def _clearing(living: LivingRulebook, subject: str) -> list[Requirement]:
    rows = living.shapes.eligibility
    return [e for e in rows if e.subject == subject and e.when.regions.keys() <= CLEARED]


def still_has(each: Hangs, name: str, *path: str) -> Problem:
    return Problem("STILL_HOLDS", path, each.clause, {"name": name, "items": each.name})


async def to_hand_over(context: Context, living: LivingRulebook, person: UUID) -> list[Hangs]:
    """What is in somebody's keeping, what they hold of a stock, and the cases that they have."""
    found = await _kept_by(context, living, person)
    for stock in await kept_here(context):
        if rows := await context.rows(held(stock), person=person):
            items = "、".join(f"{row['name']} {row['quantity']}" for row in rows)
            found.append(Hangs(Hanging.STOCK, items, clears=stock.cleared))
    for row in await context.rows(PARTS, person=person, most=MOST):
        kind = WITH_PARTIES[row["code"]]
        name = f"{say(context.language, kind.label)} {row['number']}"
        found.append(Hangs(Hanging.CASE, name, row["day"], clears=kind.cleared))
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
