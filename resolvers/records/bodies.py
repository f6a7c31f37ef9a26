"""Bodies served: whose sittings the viewer keeps, and what waits for their votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from domain import SITTINGS
from domain.errors import Refused, at_fault
from domain.records.sittings import events_of
from domain.vocabulary import BODY, Act, RoleClass
from resolvers.ground.context import Context
from resolvers.ground.database import Statement
from resolvers.ground.listing import Listed, read_each
from resolvers.ground.reading import read_as
from resolvers.records import sitting_rows as rows
from resolvers.records.acts import may
from resolvers.records.sitting_rows import Sitting
from resolvers.requests.oversight import whose
from resolvers.requests.request_rows import RequestRow
from resolvers.requests.step_rows import EVERYTHING, told
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

MOST = 100


@dataclass(frozen=True)
class OpenVote:
    """A request's step that waits for a body, and the sitting that has it on its agenda."""

    view: RequestRow
    step_id: UUID
    sitting: str | None


async def found(context: Context, sitting_id: UUID) -> Sitting:
    """A sitting that the viewer keeps, may call or is asked to. Raises: Refused: there is none."""
    sitting = await _read(context, sitting_id)
    if not await context.rows(rows.ONE_OF_PERSON, me=context.viewer.person.id, id=sitting_id):
        await kept_body(context, sitting.kind, sitting.body, calling=True)
    return sitting


async def of_viewer(context: Context) -> list[Listed[Sitting]]:
    """The latest sittings that the viewer called, was called to or came to, the newest first."""
    found = await context.rows(rows.OF_PERSON, me=context.viewer.person.id, most=MOST)
    return await read_each("sittings", found, ("id",), partial(read_as, Sitting))


async def of_body(context: Context, body: str, *, unminuted: bool = False) -> list[Listed[Sitting]]:
    """The latest sittings of a body, the newest first; or those whose minutes are still open."""
    kinds = [
        each.code
        for each in SITTINGS
        if (await may(context, each.code, Act.TAKE, {BODY: body})).allowed
    ]
    if not kinds:
        await kept_body(context, SITTINGS[0].code, body, calling=True)
    wanted = {"unminuted": unminuted, "now": context.now, "most": MOST}
    found = await context.rows(rows.OF_BODY, body=body, kinds=kinds, **wanted)
    return await read_each("sittings", found, ("id",), partial(read_as, Sitting))


async def open_votes(context: Context, body: str) -> list[Listed[OpenVote]]:
    """The steps that wait for a vote of the body, oldest first, as they are listed."""
    await kept_body(context, SITTINGS[0].code, body, calling=True)
    found = await context.rows(rows.WAITING, **whose(context), body=body, most=MOST)

    def vote(row: Any, view: RequestRow | None) -> OpenVote | None:
        return OpenVote(view, row["step_id"], row["sitting"]) if view else None

    lines = zip(found, await told(context, found, EVERYTHING), strict=True)
    return [Listed((row["step_id"],), vote(row, line.item)) for row, line in lines]


async def _read(context: Context, sitting_id: UUID) -> Sitting:
    return read_as(
        Sitting, await context.found(rows.ONE, Refused("SITTING_NOT_FOUND"), id=sitting_id)
    )


async def held(context: Context, lock: Statement, key: UUID) -> Sitting:
    """A sitting that has begun and is the viewer's to keep, held until this act is over."""
    sitting = await resolved_of(context, lock, key)
    if sitting.closed_at:
        raise Refused("MINUTES_CLOSED")
    if sitting.begins_at > context.now:
        raise Refused("SITTING_NOT_BEGUN")
    return sitting


async def resolved_of(
    context: Context, lock: Statement, key: UUID, *, calling: bool = False
) -> Sitting:
    """A sitting that is the viewer's to keep, or call, over or not, held until this act is over."""
    row = await context.found(lock, Refused("SITTING_NOT_FOUND"), id=key)
    await context.must_be_first()
    sitting = await _read(context, row["id"])
    await kept_body(context, sitting.kind, sitting.body, calling=calling)
    return sitting


async def kept_body(
    context: Context, kind: str, body: str, *, calling: bool = False
) -> LivingRulebook:
    """The rules of a body whose sittings of a kind the viewer may keep, or call."""
    living = await context.rulebook()
    roles = living.vocabulary.roles
    if body not in roles or roles[body].role_class is not RoleClass.BODY:
        raise at_fault("NOT_A_BODY", "body", body=body[:40])
    verdict = await may(context, kind, Act.TAKE if calling else Act.KEEP, {BODY: body})
    if not verdict.allowed:
        raise Refused("NOT_YOUR_BODY", clause=verdict.clause, role=body)
    return living


async def record(
    context: Context,
    event: str,
    sitting_id: UUID,
    said: Mapping[str, Any],
    answered: Mapping[str, Any] | None = None,
) -> None:
    """Remember the answer, then enter the act in the ledger."""
    viewer = context.viewer
    answer = answered or {"sitting": sitting_id}
    await context.remember(answer)
    content = {**said, "sitting": sitting_id, "by": viewer.person.id, "name": viewer.person.name}
    await context.record(event, content)


async def was_held(context: Context, sitting: Sitting) -> None:
    """It has met: who came is on record, or its minutes are closed without that."""
    me = context.viewer.person
    of = Subject(sitting.id, me.institution, sitting.kind, None, (me.id,), applicant=me.id)
    living = await context.rulebook()
    matters = [item.matter for item in sitting.items]
    of_body, *of_matters = events_of(sitting.kind, sitting.body, matters, "held")
    # What recurs by a clause of its own, as a lecture, is not the body's own meeting as well.
    clauses = {each.clause for each in living.shapes.cadences if of_body in each.shown_by}
    others = [each for each in living.shapes.cadences if each.clause not in clauses]
    own = {event for each in others for event in each.shown_by}
    apart = matters and all(matters) and own.issuperset(of_matters)
    events = of_matters if apart else [of_body, *of_matters]
    await happened(context, events, of, at=sitting.begins_at, living=living)
