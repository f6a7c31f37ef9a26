"""Administrative acts in the API: those that wait for a second person, confirmed or declined."""

from collections.abc import Awaitable, Callable, Mapping
from functools import update_wrapper
from typing import Annotated, Any, get_type_hints
from uuid import UUID

import strawberry

from domain.office.changes import plain, restored
from policies import door_rows
from resolvers.ground.context import Context
from resolvers.office import administering, appointments
from resolvers.office.administering import Done
from resolvers.office.outcomes import Does, Outcome, sentence
from resolvers.time import calendars
from schema.ground.acts import act, acts, answer_of
from schema.ground.connections import page_size
from schema.ground.fields import Info, Replay, query
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

    waits: Annotated[
        AdministrativeAct | None,
        "The act, where a second person has to confirm it first; null once it is done.",
    ]
    unit_id: Annotated[strawberry.ID | None, "The unit that it is about."]
    person: Annotated[Person | None, "The person that it is about."]
    seat: Annotated[Seat | None, "The seat that it is about."]
    account: Annotated[str | None, "The account that it is about."]
    link: Annotated[
        str | None, "Told this once: a one-time link that `spendLink` takes, or a channel's secret."
    ]


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
    acts = {**ACTS, CALL: _calling(info)}
    return await shown(info, await administering.confirm(info.context, act_id, acts, READY))


async def decline_act(
    info: Info, act_id: ActId, reason: Annotated[str, "Why."] = ""
) -> Administered:
    """Let rest what was asked for; who asked for it may do so too."""
    await administering.decline(info.context, act_id, reason)
    return await shown(info, Done({}))


CALL, SHORT = "call", 60
CALLS: dict[str, tuple[Callable[..., Awaitable[Any]], str]] = {}
"""The mutations that wait where a founder calls them, by name, with what opens each."""


def by_two(
    does: Callable[..., Awaitable[Any]],
    permission: str,
    result: str = "",
    *,
    replay: Replay,
    ready: Callable[[Info, dict[str, Any]], Awaitable[None]] | None = None,
    **more: Any,
) -> Any:
    """The mutation of an administrator that a function is: a founder's waits for the other one.

    What only whoever asks may read is made `ready` for the function, in what it is told.
    """
    CALLS[does.__name__] = does, permission

    async def asked(info: Info, **told: Any) -> Any:
        context = info.context
        if ready:
            await ready(info, told)
        if not await administering.is_founder(context):
            return await does(info, **told)
        given = {"call": does.__name__, "told": {n: plain(v) for n, v in told.items()}}
        done = await administering.administer(context, CALL, _calling(info), given)
        # What was judged and undone is served to nobody.
        here = context.viewer.institution
        context.services.calendars.renew(here, await calendars.read(context.transaction, here))
        return await shown(info, done)

    async def once_more(info: Info, answer: Any) -> Any:
        return await (again if answer.get("waits") else replay)(info, answer)

    returns = answer_of(does, replay) | Administered
    update_wrapper(asked, does).__annotations__ = {**does.__annotations__, "return": returns}
    return act(asked, permission, result, replay=once_more, **more)


def _calling(info: Info) -> Does:
    """Does the mutation that was called, in the words that it was called with."""

    async def call(context: Context, given: Mapping[str, Any], by: UUID) -> Outcome:  # noqa: ARG001
        does, permission = CALLS[given["call"]]
        kinds = get_type_hints(does)
        told = {name: restored(kinds[name], value) for name, value in given["told"].items()}
        answer, context.answer = context.answer, None
        made = await does(info, **told)
        context.answer = answer
        short = (str(e) for e in given["told"].values() if e is not None and len(str(e)) <= SHORT)
        details = {"door": door_rows.labels()[permission], "what": "、".join(short)}
        said = sentence(await context.rulebook(), "SAID_CALL", details)
        return Outcome(said, weighty=True, told=getattr(made, "secret", None) or "")

    return call


CONFIRM: Any = {
    "permission": "administration.confirm",
    "result": "AdministeredResult",
    "replay": again,
}


FIELDS = (
    query(list_acts, "administration.read", name="administrative_acts"),
    *acts(confirm_act, decline_act, **CONFIRM),
)
