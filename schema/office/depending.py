"""What hangs on a person between two days, in the API: before they go, move or leave."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault
from domain.office.delegation import Span
from resolvers.office import depending
from resolvers.office.hanging import Hanging, Hangs
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.acts import ask
from schema.ground.fields import Info
from schema.ground.ids import Id
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.rules.clauses import Clause

HangingKind: Any = enum_of(Hanging, "HangingKind")
LONGEST = 400
"""Days that are looked at in one answer."""


@strawberry.type
class HangingItem:
    """One thing that hangs on a person."""

    what: Annotated[HangingKind, "What it is."]
    name: Annotated[str, "Which: a seat, a number, a plate, a post."]
    day: Annotated[date | None, "Since when, or by which day, if it has one."]
    steps_in: Annotated[list[str], "Who does it meanwhile."]
    covered: Annotated[bool, "Whether somebody does; else it has no substitute."]
    clause: Annotated[
        Clause | None, "The clause by which nobody goes with it, or that asks for the quorum."
    ]


@strawberry.type
class WhatHangs:
    """What hangs on a person from a day to a day."""

    items: Annotated[list[HangingItem], "Everything, by kind."]
    without_substitute: Annotated[int, "How much of it nobody else does."]


async def what_hangs_on(
    info: Info,
    person: Annotated[UUID, Id("Person"), "Who is away or leaves."],
    from_: date,
    to: date,
) -> WhatHangs:
    """What somebody holds, owes and attends on some days, and who steps in.

    Shown to themselves, to who keeps posts or confirms it, and to who has a turn in a request of
    theirs: ask before it is approved. A hand-over is refused where a clause says so.
    """
    if (to - from_).days > LONGEST:
        raise at_fault("DATE_TOO_FAR", "to")
    found = await depending.what_hangs_on(info.context, person, Span(from_, to))
    return hanging(await info.context.rulebook(), found)


def hanging(living: LivingRulebook, found: list[Hangs]) -> WhatHangs:
    items = [told(HangingItem, each, Words(living)) for each in found]
    return WhatHangs(items=items, without_substitute=sum(not each.covered for each in items))


FIELDS = (ask(what_hangs_on, "office.read", "WhatHangsResult"),)
