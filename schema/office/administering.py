"""Administrative acts in the API: those that wait for a second person, confirmed or declined."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.office import administering, appointments
from resolvers.office.administering import Done
from schema.ground.acts import act
from schema.ground.connections import page_size
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.office.administrative_acts import (
    ACTS,
    READY,
    ActState,
    AdministrativeAct,
    act_of,
    waiting,
)
from schema.office.organisation import Person, Seat, person_of, seat_of


@strawberry.type
class Administered:
    """What came of an administrative act."""

    waits: AdministrativeAct | None = strawberry.field(
        description="The act, where a second person has to confirm it first; null once it is done."
    )
    unit_id: strawberry.ID | None = strawberry.field(description="The unit that it is about.")
    person: Person | None = strawberry.field(description="The person that it is about.")
    seat: Seat | None = strawberry.field(description="The seat that it is about.")
    account: str | None = strawberry.field(description="The account that it is about.")
    link: str | None = strawberry.field(
        description="A one-time link, told this once: `spendLink` takes it."
    )


async def administered(info: Info, name: str, given: Mapping[str, Any]) -> Administered:
    """Do an act, or have it wait for a second person."""
    done = await administering.administer(info.context, name, ACTS[name], given)
    return await shown(info, done)


async def shown(info: Info, done: Done) -> Administered:
    context, answer = info.context, done.answer
    unit, person, seat = (
        UUID(answer[name]) if answer.get(name) else None for name in ("unit", "person", "seat")
    )
    people = await appointments.colleagues(context, [person] if person else [])
    seats = await appointments.seats(context, [seat] if seat else [])
    roles = (await context.rulebook()).vocabulary.roles
    return Administered(
        waits=await waiting(info, answer),
        unit_id=global_id("Unit", unit) if unit else None,
        person=person_of(people[person].holder) if person in people else None,
        seat=seat_of(seats[seat], roles, context.language) if seat in seats else None,
        account=answer.get("account"),
        link=done.told or None,
    )


async def again(info: Info, answer: Any) -> Administered:
    """What a call is answered whose key comes again: a link is told once."""
    return await shown(info, Done(answer))


async def list_acts(
    info: Info,
    state: Annotated[ActState | None, "In this state alone."] = None,
    first: int | None = 50,
) -> list[AdministrativeAct]:
    """Administrative acts that were asked for, the latest first, for those who ask or confirm."""
    value = state.value if state else None
    rows = await administering.acts(info.context, value, page_size(first))
    return [act_of(info, row) for row in rows]


ActId = Annotated[UUID, Id("AdministrativeAct"), "Which; `administrativeActs` lists them."]


async def confirm_act(info: Info, act_id: ActId) -> Administered:
    """Do what another administrator asked for: it is judged anew, and done as a whole or not."""
    return await shown(info, await administering.confirm(info.context, act_id, ACTS, READY))


async def decline_act(
    info: Info, act_id: ActId, reason: Annotated[str, "Why."] = ""
) -> Administered:
    """Let rest what was asked for; who asked for it may do so too."""
    await administering.decline(info.context, act_id, reason)
    return await shown(info, Done({}))


CONFIRM: Any = {"permission": "administration.confirm", "replay": again}


FIELDS = (
    query(
        list_acts,
        list[AdministrativeAct],
        permission="administration.read",
        name="administrative_acts",
    ),
    act(confirm_act, "AdministeredResult", **CONFIRM),
    act(decline_act, "AdministeredResult", **CONFIRM),
)
