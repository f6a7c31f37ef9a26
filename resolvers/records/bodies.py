"""Bodies served: whose sittings the viewer keeps, who came, what waits for their votes."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from uuid import UUID

from domain import SITTINGS
from domain.errors import Refused, at_fault
from domain.office.organisation import Person, rank_of
from domain.records.sittings import Came, events_of
from domain.shapes.votes import MOST_VOTERS
from domain.values.bounds import must_lie
from domain.vocabulary import BODY, Act, RoleClass
from resolvers.ground.context import Context
from resolvers.ground.database import Statement
from resolvers.ground.listing import Listed, read_each
from resolvers.ground.people import serving
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
    """A sitting that the viewer keeps or may call. Raises: Refused: there is none."""
    sitting = await _read(context, sitting_id)
    await kept_body(context, sitting.kind, sitting.body, calling=True)
    return sitting


async def of_body(context: Context, body: str) -> list[Listed[Sitting]]:
    """The latest sittings of a body, the newest first."""
    kinds = [
        each.code
        for each in SITTINGS
        if (await may(context, each.code, Act.TAKE, {BODY: body})).allowed
    ]
    if not kinds:
        await kept_body(context, SITTINGS[0].code, body, calling=True)
    found = await context.rows(rows.OF_BODY, body=body, kinds=kinds, most=MOST)
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


async def resolved_of(context: Context, lock: Statement, key: UUID) -> Sitting:
    """A sitting that is the viewer's to keep, over or not, held until this act is over."""
    row = await context.found(lock, Refused("SITTING_NOT_FOUND"), id=key)
    await context.must_be_first()
    sitting = await _read(context, row["id"])
    await kept_body(context, sitting.kind, sitting.body)
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


async def attend(
    context: Context,
    sitting_id: UUID,
    counts: tuple[int | None, int | None],
    members: Mapping[UUID, Came],
) -> None:
    """Record who came: how many were due and present, or the members one by one."""
    sitting = await held(context, rows.LOCK, sitting_id)
    if any(item.ballot or item.voters for item in sitting.items):
        raise Refused("ATTENDANCE_STANDS")
    by_name = bool(members) and counts == (None, None)
    everybody = next(kind.everybody for kind in SITTINGS if kind.code == sitting.kind)
    if everybody and not by_name:
        raise at_fault("MEMBERS_ASKED", "members")
    known = await serving(context, members)
    names = {each.id: each.name for each in known.values()}
    if members.keys() - names.keys():
        raise at_fault("UNKNOWN_MEMBER", "members")
    if everybody:
        today = context.today
        due = await context.rows(rows.EVERYBODY, today=today)
        names = {row["id"]: row["name"] for row in due} | names
    elif sitting_in := await _sitting_in(context, sitting.body, known.values()):
        raise at_fault("SITS_IN", "members", names="、".join(sitting_in))
    attended = sum(each.attended for each in members.values())
    eligible, present = (len(names), attended) if by_name else counts
    if eligible is None or present is None or (members and not by_name):
        raise at_fault("COUNT_OR_MEMBERS", "eligible")
    must_lie(eligible, 1, MOST_VOTERS, "eligible")
    must_lie(present, 0, eligible, "present")
    absent = Came(attended=False)
    came = [
        {"person_id": each, "name": name, **asdict(members.get(each, absent))}
        for each, name in names.items()
    ]
    await context.rows(
        rows.ATTEND,
        id=sitting_id,
        people=list(names),
        members=came,
        eligible=eligible,
        present=present,
    )
    if sitting.eligible is None:
        await was_held(context, sitting)
    said = {"eligible": eligible, "present": present, "members": came}
    await record(context, "sitting_attended", sitting_id, said)


async def _sitting_in(context: Context, body: str, people: Iterable[Person]) -> list[str]:
    """Who of these keep the record of the body and are not due: present without a vote 列席."""
    living = await context.rulebook()
    roles, votes = living.vocabulary.roles, [v for v in living.shapes.votes if v.body == body]
    due = {role for vote in votes for name in vote.due for role in (name, *roles[name].members)}
    apart = {vote.minutes_by for vote in votes} - {"", *due}
    if not apart:
        return []
    held = [(each.name, {*each.roles, rank_of(each.roles, living.vocabulary)}) for each in people]
    return [name for name, theirs in held if theirs & apart and not theirs & due]


async def was_held(context: Context, sitting: Sitting) -> None:
    """It has met: who came is on record, or its minutes are closed without that."""
    me = context.viewer.person
    of = Subject(sitting.id, me.institution, sitting.kind, None, (me.id,), applicant=me.id)
    matters = [item.matter for item in sitting.items]
    events = events_of(sitting.kind, sitting.body, matters, "held")
    await happened(context, events, of, at=sitting.begins_at)
