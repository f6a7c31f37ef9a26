"""Administrative acts in the API: asked for, and confirmed or declined by a second person."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import update_wrapper
from typing import Annotated, Any, get_type_hints
from uuid import UUID

import strawberry

from domain.messages import EN
from domain.office.administration import CONFIRMED
from domain.office.changes import plain, restored
from policies import door_rows
from resolvers.ground.context import Context
from resolvers.office import (
    accounts,
    administering,
    appointments,
    delegations,
    depending,
    handover,
    identity,
    network,
    organising,
    reassigning,
)
from resolvers.office.administering import Done, Ready
from resolvers.office.outcomes import Does, Outcome, sentence
from resolvers.records import retention
from resolvers.rules import adopting, enacting
from resolvers.time import calendars
from schema.ground.acts import act, acts, answer_of
from schema.ground.connections import page_size
from schema.ground.fields import Info, Replay, is_after_write, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_from
from schema.ground.papers import Attachment
from schema.ground.rows import told
from schema.office.depending import WhatHangs, hanging
from schema.office.organisation import Person, Seat, person_of, seat_of

ACTS: Mapping[str, Does] = {
    "organise": organising.organise,
    "invite": accounts.invite,
    "disable": accounts.disable,
    "enable": accounts.enable,
    "clear_factor": accounts.clear_factor,
    "demand_factor": accounts.demand_factor,
    "set_provider": identity.set_provider,
    "drop_provider": identity.drop_provider,
    "grade_network": network.record_grade,
    "hand_over": handover.hand_over,
    "lend": delegations.lend,
    "end_loan": delegations.end,
    "reassign": reassigning.reassign,
    "cancel": reassigning.cancel,
    "adopt": adopting.adopt,
    "enact": enacting.enact,
    "destroy": retention.destroy,
}
"""What may wait for a second person, by the name that it is kept under."""

READY: Mapping[str, Ready] = {"enact": enacting.foreseen}

ActState: Any = enum_from(
    "AdministrativeActState",
    {
        "PENDING": ("pending", "待确认: it waits for a second person."),
        "CONFIRMED": ("confirmed", "已执行: it was done."),
        "DECLINED": ("declined", "未同意: it is not done."),
    },
    "What became of an administrative act.",
)


@strawberry.type
class MovedHangs:
    """What hangs on somebody whom an act moves."""

    name: Annotated[str, "Who moves, is appointed or leaves."]
    hangs: Annotated[WhatHangs, "For thirty days from then on."]


async def _hangs(root: strawberry.Parent["AdministrativeAct"], info: Info) -> list[MovedHangs]:
    if root.decided_at or is_after_write(info):
        return []
    living = await info.context.rulebook()
    found = await depending.hanging_on_those(info.context, root.act, root.given)
    return [MovedHangs(name=name, hangs=hanging(living, every)) for name, every in found]


@strawberry.type
class AdministrativeAct:
    """What one administrator asked for, and what another made of it."""

    act: strawberry.Private[str]
    given: strawberry.Private[Mapping[str, Any]]
    id: Annotated[strawberry.ID, "`confirmAct` and `declineAct` take it."]
    said: Annotated[str, "What is asked for, in a sentence."]
    asked_by: Annotated[str, "Who asked for it."]
    asked_at: Annotated[datetime, "When."]
    mine: Annotated[bool, "Whether the viewer asked for it."]
    state: Annotated[ActState, "What became of it."]
    decided_by: Annotated[str | None, "Who confirmed or declined it."]
    decided_at: Annotated[datetime | None, "When."]
    why: Annotated[str | None, "Why it was declined."]
    hangs: list[MovedHangs] = strawberry.field(
        resolver=_hangs,
        description="While it waits, what hangs on each whom it moves, if it is the viewer's to "
        "see: 20 people at most. Ask `administrativeActs`; what a mutation answers has none.",
    )
    draft_id: Annotated[
        strawberry.ID | None, "The draft that it puts into force: `rulebookDraft` shows it."
    ]
    file: Annotated[
        Attachment | None, "The document that adopted the draft, where it came as a file."
    ]


def act_of(info: Info, row: Mapping[str, Any]) -> AdministrativeAct:
    english = info.context.language == EN
    draft, paper = row["given"].get("draft"), row["given"].get("file")
    return told(
        AdministrativeAct,
        row,
        said=row["said"]["en" if english else "zh"],
        asked_by=row["by_name"],
        asked_at=row["at"],
        mine=row["by_id"] == info.context.viewer.person.id,
        why=row["why"] or None,
        draft_id=global_id("RulebookDraft", draft) if draft else None,
        file=told(Attachment, paper) if draft and paper else None,
    )


async def waiting(info: Info, answer: Mapping[str, Any]) -> AdministrativeAct | None:
    """The act that an answer says waits; none once it was done."""
    if not answer.get("waits"):
        return None
    found = await administering.one(info.context, UUID(answer["waits"]))
    return None if found["state"] == CONFIRMED else act_of(info, found)


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
