"""Calling a body together in the API: a mutation for each kind of sitting, with its own entry."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import SITTINGS
from domain.approval.procedure import Form
from domain.errors import Refused, at_fault, must_be_short
from domain.records.sittings import SittingKind
from domain.values.bounds import must_lie
from domain.vocabulary import words_of
from resolvers.ground.listing import readable
from resolvers.office import resolving
from resolvers.records import bodies
from resolvers.records import sittings as sitting
from resolvers.records.sittings import Proposed
from schema.ground.acts import keyed, result_of
from schema.ground.fields import Info, mutation
from schema.ground.ids import global_id, uuid_of
from schema.ground.mirrors import mirror, read_input
from schema.records.sitting_acts import LONGEST_TITLE, REPLAY
from schema.rules.shapes import inside_input


@strawberry.input
class AgendaItemInput:
    """A matter to put on the agenda: a request's open vote, or one of its own."""

    step_id: Annotated[strawberry.ID | None, "A step of `openVoteSteps`."] = None
    act_id: Annotated[
        strawberry.ID | None, "An act of `administrativeActs` that waits for this body."
    ] = None
    request_id: Annotated[
        strawberry.ID | None,
        "The approved request that brings it, where a clause of the body wants one.",
    ] = None
    title: Annotated[str | None, "What it is about."] = None
    matter: Annotated[str | None, "The code by which a row speaks of it; of a step its kind."] = (
        None
    )
    papers_sent_at: Annotated[
        datetime | None, "When its papers were sent; with the notice if absent."
    ] = None


class Nothing(Form):
    """A body called together. What its last sittings put off comes on the agenda by itself."""


def _calling(kind: SittingKind) -> Any:
    """What a sitting of a kind is called with: its own entry beside place and time."""
    words = words_of(kind.code)
    agenda = "In this order."
    more = (
        ("body", str, strawberry.field(description="The role code of the body.")),
        ("begins_at", datetime, strawberry.field(description="When it begins.")),
        (
            "noticed_at",
            datetime | None,
            strawberry.field(default=None, description="When the papers were sent; now if absent."),
        ),
        ("place", str, strawberry.field(default="", description="Where.")),
        (
            "invited",
            list[strawberry.ID] | None,
            strawberry.field(
                default=None,
                description="Who is asked to come besides those due: they are told, and sit in.",
            ),
        ),
        ("agenda", list[AgendaItemInput], strawberry.field(description=agenda)),
    )
    asked = tuple(each for each in more if kind.deliberates or each[0] != "agenda")
    form = kind.entry or Nothing
    return mirror(form, f"Call{words}Input", is_input=True, more=keyed(*asked))


def _call(kind: SittingKind) -> Any:
    """The mutation that calls a body together for a kind of sitting."""
    given = _calling(kind)

    async def call(info: Info, input: Any) -> None:
        context = info.context
        entry = read_input(kind.entry, input) if kind.entry else None
        with inside_input(await info.context.rulebook(), context.language):
            agenda = await _agenda(info, input) if kind.deliberates else []
            must_be_short(input.place, "place", longest=LONGEST_TITLE)
            noticed = input.noticed_at or context.now
            at, place = input.begins_at, input.place
            of = context, kind, input.body, at, noticed, place, agenda, entry
            asked = enumerate(input.invited or [])
            invited = {uuid_of(each, "Person", "invited", str(at)) for at, each in asked}
            await sitting.call(*of, invited)

    call.__annotations__["input"] = given
    call.__doc__ = (
        "Call a body together in good time. Without a sitting its secretary may still `decide`."
        if kind.deliberates
        else "Call everybody together in good time; there is nothing to vote on."
    )
    how: Any = {"permission": "sittings", "replay": REPLAY}
    name = f"call_{kind.code.replace('.', '_')}"
    return mutation(call, returns=result_of(call, "SittingResult", REPLAY), name=name, **how)


async def _agenda(info: Info, input: Any) -> list[Proposed]:
    waiting = {
        global_id("Step", f"{each.view.id}:{each.step_id}"): each
        for each in readable(await bodies.open_votes(info.context, input.body))
    }
    must_lie(len(input.agenda), None, bodies.MOST, "agenda")
    listed = [
        await _act(info, input.body, at, each.act_id)
        if each.act_id
        else _proposed(at, each, waiting)
        for at, each in enumerate(input.agenda)
    ]
    sent = (each.papers_sent_at for each in input.agenda)
    return [replace(item, sent=at) for item, at in zip(listed, sent, strict=True)]


async def _act(info: Info, body: str, at: int, given: strawberry.ID) -> Proposed:
    """An administrative act that the body is to resolve on."""
    where = ("agenda", str(at), "actId")
    act_id = uuid_of(given, "AdministrativeAct", *where)
    try:
        found = await resolving.waits_for(info.context, act_id, body)
    except Refused as refused:
        raise at_fault("ACT_NOT_FOR_BODY", *where) from refused
    return Proposed(found["said"]["zh"][:LONGEST_TITLE], act=act_id)


def _proposed(at: int, given: AgendaItemInput, waiting: Mapping[Any, bodies.OpenVote]) -> Proposed:
    where = ("agenda", str(at))
    if given.request_id is not None:
        return Proposed("", request=uuid_of(given.request_id, "Request", *where, "requestId"))
    if given.step_id is None:
        if not given.title or not given.title.strip():
            raise at_fault("STEP_OR_TITLE", *where)
        must_be_short(given.title, *where, "title", longest=LONGEST_TITLE)
        return Proposed(given.title.strip(), given.matter or "")
    if given.step_id not in waiting:
        raise at_fault("STEP_NOT_WAITING", *where, "stepId")
    return Proposed("", vote=waiting[given.step_id])


FIELDS = tuple(map(_call, SITTINGS))
