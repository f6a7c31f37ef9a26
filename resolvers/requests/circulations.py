"""Copies 抄送 and circulations 传阅: who sees a request besides those who handle it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.approval.correspondence import (
    LONGEST_NOTE,
    circulation_readers,
    circulations,
    copies,
    may_send,
    named,
)
from domain.errors import Problem, Refused, at_fault, must_be_none, must_be_said
from domain.office.organisation import asked_already
from resolvers.ground.batches import on_requests
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.ground.keeping import Overtaken
from resolvers.ground.notices import read_about
from resolvers.requests.acting import find
from resolvers.requests.rows import RequestView
from resolvers.requests.sending import (
    ABOVE,
    WHO,
    WHO_JOINED,
    To,
    acting,
    is_mine,
    must_reach,
    people_behind,
    record,
    tell,
)

COPY = insertion(copies, "on conflict do nothing returning to_id")

COPIES_OF = statement(f"""
  select c.request_id, c.by_id, c.by_name, c.at, {WHO}
  from copies c {WHO_JOINED}
  where c.institution_id = {ABOVE} and c.request_id = any(cast(:ids as uuid[]))
    and c.circulation_id is null
  order by c.at, c.to_id""")


copies_of = on_requests(COPIES_OF, "copies", "request_id")


async def copy(context: Context, view: RequestView, to: Sequence[To]) -> None:
    """Copy a request to people or seats of the viewer's institution; no one gets it twice.

    Raises: Refused: it is not the viewer's to send on, or a recipient is at fault.
    """
    reached = await must_be_sendable(context, view, to)
    new = await brought_into_sight(context, view, [each for each, _ in reached], None)
    here = context.viewer.institution
    await tell(context, view, "COPIED_TO_YOU", [(each, here) for each in new])
    await record(context, view, "copied", {"to": new}, changed=bool(new))


async def must_be_sendable(
    context: Context, view: RequestView, to: Sequence[To]
) -> list[tuple[To, frozenset[UUID]]]:
    """To whom it goes, with the people there: who is meant by a name and a seat gets it once.

    Raises: Refused: it is not the viewer's to send on, or a recipient is at fault.
    """
    may_send(view.request, acting(context.viewer, view))
    if not to:
        raise at_fault("NO_RECIPIENTS", "input", "to")
    named([each.id for each in to], context.viewer.person.id, "input", "to")
    people = await must_reach(context, view, to, "to")
    again = asked_already(people)
    reached = enumerate(zip(to, people, strict=True))
    return [each for index, each in reached if index not in again]


async def brought_into_sight(
    context: Context, view: RequestView, to: Sequence[To], circulation: UUID | None
) -> list[UUID]:
    """Those who had neither a copy of it nor read it in a circulation before."""
    person = context.viewer.person
    rows = [
        {
            "institution_id": context.viewer.institution,
            "request_id": view.id,
            "to_id": each.id,
            "request_institution_id": view.request.institution,
            "circulation_id": circulation,
            "by_id": person.id,
            "by_name": person.name,
            "at": context.now.isoformat(),
        }
        for each in to
    ]
    return [row["to_id"] for row in await context.transaction.rows(COPY, rows=rows)]


CIRCULATE = insertion(circulations)
TO_READ = insertion(circulation_readers)

STILL_TO_READ = statement("""
  select g.to_id from circulations c
  join circulation_readers g
    on (g.institution_id, g.circulation_id) = (c.institution_id, c.id)
  where c.institution_id = :institution and c.request_id = :request and c.ended_at is null
    and g.read_at is null""")
CIRCULATION = statement("""
  select c.request_id, c.by_id, c.at, c.ended_at, array(
    select jsonb_build_object('to', g.to_id, 'read', g.read_at is not null)
    from circulation_readers g
    where (g.institution_id, g.circulation_id) = (c.institution_id, c.id)) as readers
  from circulations c where c.institution_id = :institution and c.id = :id""")
READ = statement("""
  update circulation_readers set read_at = :at, read_by = :person, read_by_name = :name
  where institution_id = :institution and circulation_id = :id
    and to_id = any(cast(:ids as uuid[])) and read_at is null returning to_id""")
END = statement("""
  update circulations set ended_at = :at
  where institution_id = :institution and id = :id and ended_at is null returning id""")
CIRCULATIONS_OF = statement(f"""
  select o.request_id, o.id, o.by_id, o.by_name, o.note, o.at, o.ended_at, (
    select jsonb_agg(to_jsonb(w) order by w.position) from (
      select c.position, c.read_at, c.read_by, c.read_by_name, {WHO}
      from circulation_readers c {WHO_JOINED}
      where (c.institution_id, c.circulation_id) = (o.institution_id, o.id)) w) as readers
  from circulations o
  where o.institution_id = {ABOVE} and o.request_id = any(cast(:ids as uuid[]))
  order by o.at, o.id""")


circulations_of = on_requests(CIRCULATIONS_OF, "circulations", "request_id", "id")


async def circulate(context: Context, view: RequestView, to: Sequence[To], note: str) -> None:
    """Send a request round; each who reads it says so.

    Raises: Refused: as for a copy, or somebody still has it to read.
    """
    note = must_be_said(note, "note", LONGEST_NOTE) if note.strip() else ""
    reached = await must_be_sendable(context, view, to)
    institution, person = context.viewer.institution, context.viewer.person
    rows = await context.rows(STILL_TO_READ, request=view.id)
    waiting = {row["to_id"] for row in rows}
    reading = (await people_behind(context, view, waiting, waiting)).values()
    must_be_none(
        Problem("STILL_TO_READ", ("input", "to", str(to.index(each))))
        for each, people in reached
        if each.id in waiting or (people and any(people <= readers for readers in reading))
    )
    to = [each for each, _ in reached]
    circulation = context.services.new_id()
    started = {
        "institution_id": institution,
        "id": circulation,
        "request_institution_id": view.request.institution,
        "request_id": view.id,
        "by_id": person.id,
        "by_name": person.name,
        "note": note,
        "at": context.now.isoformat(),
    }
    await context.transaction.rows(CIRCULATE, rows=[started])
    readers = [
        {
            "institution_id": institution,
            "circulation_id": circulation,
            "to_id": each.id,
            "position": position,
        }
        for position, each in enumerate(to)
    ]
    await context.transaction.rows(TO_READ, rows=readers)
    await brought_into_sight(context, view, to, circulation)
    told = [(each.id, institution) for each in to]
    await tell(context, view, "CIRCULATED_TO_YOU", told, subject=circulation)
    content = {"circulation": circulation, "to": [each.id for each in to], "comment": note}
    await record(context, view, "circulated", content)


async def acknowledge(context: Context, circulation: UUID) -> RequestView:
    """Say that the viewer has read what circulates; saying so again changes nothing.

    Raises: Refused: it does not circulate to the viewer, or has ended.
    """
    row, view = await _circulation(context, circulation)
    actor = acting(context.viewer, view)
    mine = {
        UUID(each["to"]): each["read"]
        for each in row["readers"]
        if is_mine(actor, UUID(each["to"]), view)
    }
    if not mine:
        raise Refused("NOT_A_READER")
    unread = [to for to, is_read in mine.items() if not is_read]
    if unread and row["ended_at"] is not None:
        raise Refused("CIRCULATION_ENDED")
    me = {"person": context.viewer.person.id, "name": context.viewer.person.name}
    if unread and not await context.rows(READ, id=circulation, ids=unread, at=context.now, **me):
        raise Overtaken
    await read_about(context, circulation, row["at"])
    content = {"circulation": circulation, "to": unread}
    await record(context, view, "acknowledged", content, changed=bool(unread))
    return view


async def end_circulation(context: Context, circulation: UUID) -> RequestView:
    """End a circulation of one's own: whoever has not read it is no longer asked to.

    Raises: Refused: it is another's, or has ended.
    """
    row, view = await _circulation(context, circulation)
    if row["by_id"] != context.viewer.person.id:
        raise Refused("NOT_YOUR_CIRCULATION")
    if not await context.rows(END, id=circulation, at=context.now):
        raise Refused("CIRCULATION_ENDED")
    await record(context, view, "circulation_ended", {"circulation": circulation})
    return view


async def _circulation(
    context: Context, circulation: UUID
) -> tuple[Mapping[str, Any], RequestView]:
    missing = Refused("CIRCULATION_NOT_FOUND")
    row = await context.found(CIRCULATION, missing, id=circulation)
    try:
        return row, await find(context, row["request_id"])
    except Refused:
        raise missing from None
