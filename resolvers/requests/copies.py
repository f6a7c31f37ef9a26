"""Copies 抄送: who sees a request besides those who handle it."""

from collections.abc import Sequence
from uuid import UUID

from domain.approval.correspondence import copies, may_send, named
from domain.errors import at_fault
from domain.office.organisation import asked_already
from resolvers.ground.batches import on_requests
from resolvers.ground.bulk import insertion
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.requests.rows import RequestView
from resolvers.requests.sending import ABOVE, WHO, WHO_JOINED, To, acting, must_reach, record, tell

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
