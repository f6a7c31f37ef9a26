"""Votes on an item: who has a say, and secret ballots, cast in person and counted as one sum.

The sum is sealed before the database sees it, so that neither its rows nor its log tell a vote.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault, must_be_said
from domain.records.ballots import Choice, Tally, must_hold_enough, read, written
from domain.records.sitting_tables import sitting_items
from domain.records.sittings import rows_for, secrecy_of
from domain.shapes.votes import Remark
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import alteration
from resolvers.ground.sealing import Unreadable, opened, sealed
from resolvers.records import sitting_rows as rows
from resolvers.records.bodies import held, record
from resolvers.records.sitting_rows import Item, Member, Sitting
from resolvers.requests.acting import find
from resolvers.requests.rows import RequestView
from resolvers.requests.written_rows import concerned

WITHDRAW = alteration(sitting_items, "withdrawn")
WITHDRAWN = statement(
    """select s.body from sitting_items i
       join sittings s on (s.institution_id, s.id) = (i.institution_id, i.sitting_id)
       where i.institution_id = :institution and i.id = :item and :person = any(i.withdrawn)"""
)


async def votable(context: Context, item_id: UUID) -> tuple[Sitting, Item, tuple[int, int]]:
    """A sitting that has begun, held; an item to be voted on now; how many are due and came."""
    sitting = await held(context, rows.LOCK_BY_ITEM, item_id)
    item = sitting.item(item_id)
    if item.outcome:
        raise Refused("ITEM_RESOLVED")
    if item.ballot_open:
        raise Refused("BALLOT_OPEN")
    if sitting.eligible is None or sitting.present is None:
        raise Refused("ATTENDANCE_MISSING")
    return sitting, item, (sitting.eligible, sitting.present)


async def asked_for(context: Context, item: Item) -> RequestView | None:
    """The request whose step the body votes on: whoever keeps its sittings reads it for that."""
    if not (item.request_id and item.step_id):
        return None
    return await find(context, item.request_id, overseen=True)


async def withdraw(context: Context, item_id: UUID, people: Collection[UUID], reason: str) -> None:
    """Keep members out of a matter: they are not counted, nor asked. Nobody named: none is.

    Raises: Refused: who came is not told by name, somebody is no member, or the matter was voted
    on.
    """
    sitting, item, _ = await votable(context, item_id)
    why = must_be_said(reason, "reason")
    if not sitting.members:
        raise Refused("MEMBERS_ASKED")
    if {*people} - {each.id for each in sitting.members}:
        raise at_fault("UNKNOWN_MEMBER", "input", "people")
    if item.secret_count is not None:
        raise Refused("BALLOT_COUNTED")
    await context.rows(WITHDRAW, id=item_id, withdrawn=sorted(people))
    said = {"item": item_id, "withdrawn": sorted(map(str, people)), "reason": why}
    clause = await clause_of(context, sitting.body)
    await record(context, "sitting_withdrawn", sitting.id, {**said, "clause": clause})


def without_say(sitting: Sitting, item: Item, view: RequestView | None) -> list[Member]:
    """Members who withdraw, ask for it themselves, or of whom the request complains."""
    own = {view.request.applicant, concerned(view)} if view else set()
    out = own.union(item.withdrawn)
    return [each for each in sitting.members if each.id in out and not each.sits_in]


def told_of(view: RequestView | None, out: Sequence[Member]) -> list[Remark]:
    """Why some members are not counted."""
    asking = [each for each in out if view and each.id == view.request.applicant]
    names = "、".join(each.name for each in out if each not in asking)
    told = [Remark("WITHDRAWN_NOT_COUNTED", {"names": names})] if names else []
    return [*told, *([Remark("APPLICANT_HAS_NO_VOTE", {})] if asking else [])]


async def must_have_a_say(context: Context, item_id: UUID) -> None:
    """Raises: Refused: the viewer has withdrawn from the matter."""
    body: Any = await context.value(WITHDRAWN, item=item_id, person=context.viewer.person.id)
    if body:
        raise Refused("WITHDRAWN_FROM_ITEM", clause=await clause_of(context, body))


async def clause_of(context: Context, body: str) -> str | None:
    """The clause that keeps a body's say from whoever else it names, if the office has one."""
    shapes = (await context.rulebook()).shapes
    return next((row.clause for row in shapes.separations if body in row.duties), None)


OPEN = statement(
    """with opened as (
         insert into sitting_ballots (institution_id, item_id, sealed)
         values (:institution, :item, :sealed))
       insert into sitting_voters (institution_id, item_id, person_id)
       select :institution, :item, person from unnest(cast(:voters as uuid[])) person
       order by person"""
)
SEALED = statement(
    """select sealed from sitting_ballots
       where institution_id = :institution and item_id = :item for update"""
)
CAST = statement(
    """with voted as (
         update sitting_voters set voted = true
         where institution_id = :institution and item_id = :item and person_id = :person)
       update sitting_ballots set sealed = :sealed
       where institution_id = :institution and item_id = :item"""
)
TAKEN = statement(
    """delete from sitting_ballots where institution_id = :institution and item_id = :item"""
)
VOTERS = statement(
    """delete from sitting_voters where institution_id = :institution and item_id = :item
       returning person_id, voted"""
)
WRITTEN_ANEW = statement(
    """insert into sitting_voters (institution_id, item_id, person_id, voted)
       select :institution, :item, v.person_id, v.voted
       from jsonb_to_recordset(cast(:voters as jsonb)) as v(person_id uuid, voted boolean)
       order by v.person_id"""
)
COUNTED = alteration(sitting_items, "secret_count")
MINE = statement(
    """select i.id, i.title, s.body, s.number, v.voted
       from sitting_voters v
       join sitting_ballots b on (b.institution_id, b.item_id) = (v.institution_id, v.item_id)
       join sitting_items i on (i.institution_id, i.id) = (v.institution_id, v.item_id)
       join sittings s on (s.institution_id, s.id) = (i.institution_id, i.sitting_id)
       where v.institution_id = :institution and v.person_id = :person
       order by s.begins_at, i.position"""
)


async def mine(context: Context) -> list[Mapping[str, Any]]:
    """The ballots that are open to the viewer."""
    return await context.rows(MINE, person=context.viewer.person.id)


async def open_ballot(context: Context, item_id: UUID) -> None:
    """Open a secret ballot on an item to those who came and have a say in it.

    Raises: Refused: an item that is not to be voted on now or not in secret, nobody named as come,
    or so few that the count would tell who voted how.
    """
    sitting, item, _ = await votable(context, item_id)
    if item.secret_count is not None:
        raise Refused("BALLOT_COUNTED")
    on = sitting.begins_at.astimezone(OFFICE_TIME).date()
    living = await context.rulebook(context.viewer.institution, on)
    secrecy = secrecy_of(rows_for(living.shapes.votes, sitting.body, item.matter))
    if secrecy and not secrecy.secret:
        raise Refused("VOTE_IS_OPEN", clause=secrecy.clause)
    view = await asked_for(context, item)
    out = without_say(sitting, item, view)
    came = [each for each in sitting.members if each.attended and not each.sits_in]
    voters = [each.id for each in came if each not in out]
    if not sitting.members:
        raise Refused("MEMBERS_ASKED")
    must_hold_enough(len(voters))
    empty = _sealed(context, item_id, Tally())
    await context.rows(OPEN, item=item_id, sealed=empty, voters=voters)
    said = {"item": item_id, "voters": sorted(map(str, voters))}
    await record(context, "ballot_opened", sitting.id, said)


async def cast_ballot(context: Context, item_id: UUID, choice: Choice) -> Mapping[str, Any]:
    """Add the viewer's vote to the sum. The ledger has who voted; how is kept nowhere.

    Raises: Refused: no ballot is open to the viewer, or they have voted.
    """
    viewer = context.viewer
    sum_now = await context.value(SEALED, item=item_id)
    await context.must_be_first()
    found = await mine(context)
    ballot = next((each for each in found if each["id"] == item_id), None)
    if sum_now is None or ballot is None:
        await must_have_a_say(context, item_id)
        raise at_fault("BALLOT_NOT_FOUND", "input", "itemId")
    if ballot["voted"]:
        raise Refused("VOTED_ALREADY")
    tally = _unsealed(context, item_id, sum_now).plus(choice)
    await context.rows(
        CAST, item=item_id, person=viewer.person.id, sealed=_sealed(context, item_id, tally)
    )
    await context.remember({"item": item_id})
    said = {"item": item_id, "by": viewer.person.id, "name": viewer.person.name}
    await context.record("ballot_cast", said)
    return {**ballot, "voted": True}


async def close_ballot(context: Context, item_id: UUID) -> None:
    """End a ballot and tell the count, which `vote` then takes.

    Raises: Refused: none is open, so few voted that the count would tell who voted how, or the sum
    can no longer be read.
    """
    sitting, item = await _open(context, item_id)
    must_hold_enough(item.voted)
    sum_now = await context.value(SEALED, item=item_id)
    counted = asdict(_unsealed(context, item_id, sum_now))
    await context.rows(TAKEN, item=item_id)
    voters = await context.rows(VOTERS, item=item_id)
    # Written by one hand in one order: the rows say no more who came first.
    anew = [{"person_id": row["person_id"], "voted": row["voted"]} for row in voters]
    await context.rows(WRITTEN_ANEW, item=item_id, voters=anew)
    await context.rows(COUNTED, id=item_id, secret_count=counted)
    said = {"item": item_id, "counted": counted, "voters": item.voters}
    await record(context, "ballot_closed", sitting.id, said)


async def call_off_ballot(context: Context, item_id: UUID, reason: str) -> None:
    """End a ballot uncounted: what was cast is lost, and nobody has voted."""
    sitting, _ = await _open(context, item_id)
    why = must_be_said(reason, "reason")
    await context.rows(TAKEN, item=item_id)
    await context.rows(VOTERS, item=item_id)
    said = {"item": item_id, "reason": why}
    await record(context, "ballot_called_off", sitting.id, said)


async def _open(context: Context, item_id: UUID) -> tuple[Sitting, Item]:
    # A vote that is being cast is waited for, and counts.
    await context.value(SEALED, item=item_id)
    sitting = await held(context, rows.LOCK_BY_ITEM, item_id)
    item = sitting.item(item_id)
    if not item.ballot_open:
        raise Refused("BALLOT_NOT_OPEN")
    return sitting, item


def _sealed(context: Context, item_id: UUID, tally: Tally) -> str:
    return sealed(context.services.secrets, b"ballot " + item_id.bytes, written(tally))


def _unsealed(context: Context, item_id: UUID, text: str) -> Tally:
    try:
        return read(opened(context.services.secrets, b"ballot " + item_id.bytes, text))
    except Unreadable as broken:
        raise Refused("BALLOT_UNREADABLE") from broken
