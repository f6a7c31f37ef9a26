"""One thing that hangs on somebody, and what a clause lets nobody go with: rows say which."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain import CASE_KINDS, STOCKS, THINGS
from domain.messages import EN
from domain.shapes.eligibility import reasons
from domain.values.choices import Choice
from domain.vocabulary import Label
from resolvers.ground.context import Context
from resolvers.ground.database import statement
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
PARTS = {
    each.code: statement(
        f"""select c.number, cast(c.since as date) as day from {each.table.name} c
            where c.institution_id = :institution and c.standing
              and c.kind = any(cast(:kinds as text[]))
              and cast(:person as uuid) in ({", ".join(f"c.{p.column}" for p in each.parties)})
            order by c.since limit :most"""
    )
    for each in CASE_KINDS
    if each.parties
}


async def still_hanging(
    context: Context, living: LivingRulebook, subject: str, person: UUID
) -> list[Hangs]:
    """What a clause lets nobody go with who asks for this: by rows of eligibility, each its own."""
    declared = {name for each in (*THINGS, *CASE_KINDS) for name in each.cleared}
    rows = [
        row
        for row in living.shapes.eligibility
        if row.subject == subject and row.when.regions.keys() <= declared
    ]
    if not rows:
        return []
    hanging = [*await kept_by(context, living, person), *await parts_of(context, person)]
    measures = {name: not any(name in each.clears for each in hanging) for name in declared}
    return [
        replace(each, clause=reason.clause)
        for reason in reasons(rows, measures)
        for each in hanging
        if {*reason.measures} & {*each.clears}
    ]


async def kept_by(context: Context, living: LivingRulebook, person: UUID) -> list[Hangs]:
    """The things in somebody's keeping."""
    clears, objects = {e.name: e.cleared for e in THINGS}, living.vocabulary.objects
    return [
        Hangs(
            Hanging.THING,
            f"{said_in(context, objects[row['object']].label)}:{row['name']}",
            row["day"],
            clears=clears[row["object"]] if row["has"] else (),
        )
        for row in await context.rows(KEPT, person=person, most=MOST)
    ]


async def parts_of(context: Context, person: UUID) -> list[Hangs]:
    """The cases in which somebody has a part."""
    found = []
    for kind in CASE_KINDS:
        if kind.parties:
            own = {"person": person, "most": MOST, "kinds": list(kind.kinds)}
            label = said_in(context, kind.label)
            found += [
                Hangs(Hanging.CASE, f"{label} {row['number']}", row["day"], clears=kind.cleared)
                for row in await context.rows(PARTS[kind.code], **own)
            ]
    return found


def said_in(context: Context, label: Label) -> str:
    return label.en if context.language == EN else label.zh
