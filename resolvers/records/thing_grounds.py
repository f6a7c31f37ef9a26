"""On what grounds a thing is entered or moves: an approved request, and the lists of clauses."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.forms import read_form
from domain.errors import at_fault, must_be_none
from domain.records.lines import stored
from domain.records.things import Move, Thing
from domain.shapes.asking import Measures
from domain.shapes.eligibility import reasons
from domain.time.moments import is_near
from resolvers.ground.context import Context
from resolvers.ground.people import named
from resolvers.records.approvals import approved_for, asked_by, request_of
from resolvers.requests.procedures import procedure_of
from resolvers.requests.words import camel


@dataclass(frozen=True)
class Given:
    """What is done with a thing: to whom, until when, by which approved request, and why."""

    move: Move
    to: UUID | None = None
    due: date | None = None
    request: UUID | None = None
    said: str = ""


Knowing = Callable[[Context, Any], Awaitable[Measures]]
"""What an area knows of a card that somebody enters, for the lists of clauses."""


async def must_be_approved(
    context: Context, thing: Thing, card: Mapping[str, Any], given: Given
) -> date | None:
    """Until when it is out: somebody is named, and approved where a request has to be.

    Raises: Refused: nobody here is named, no approval of theirs for it, or one of before.
    """
    if given.move not in (Move.ISSUED, Move.LENT, Move.OFFERED):
        return None
    custody = thing.custody
    assert custody  # noqa: S101  # asked before
    if given.to is None:
        raise at_fault("REQUIRED", "input", "toId")
    if await named(context, given.to) is None:
        raise at_fault("NOT_FOUND_HERE", "input", "toId")
    kinds = {Move.ISSUED: custody.issued_by, Move.LENT: custody.lent_by}.get(given.move, ())
    due = given.due
    if kinds:
        row = await request_of(context, given.request) if given.request else None
        kind = row["kind"] if row and row["kind"] in kinds else kinds[0]
        row = await approved_for(context, given.request, kind, given.to)
        clause = asked_by(await context.rulebook(), (kind,), context.today)
        if custody.meant and custody.meant(kind, row["facts"]) != card[custody.by]:
            raise at_fault("APPROVED_FOR_ANOTHER_KIND", "input", "requestId", clause=clause)
        form = read_form(procedure_of(kind, await context.rulebook()).form, row["form"])
        ends = getattr(form, "ends", None)
        until = ends.date if ends else getattr(form, "ends_on", None)
        due = due or until
        if due and until and due > until:
            raise at_fault("LATER_THAN_APPROVED", "input", "dueOn", clause=clause, until=until)
    if due is None and given.move is Move.LENT and not custody.open_ended:
        raise at_fault("REQUIRED", "input", "dueOn")
    if due and (due < context.today or not is_near(due, context.today)):
        raise at_fault("END_BEFORE_START", "input", "dueOn")
    return due


def days_out(context: Context, due: date | None) -> int | None:
    return (due - context.today).days if due else None


async def must_be_fit(context: Context, thing: Thing, move: Move, known: Mapping[str, Any]) -> None:
    """Raises: Refused: a list of a clause, `<thing>.<move>`, is against it."""
    living, subject = await context.rulebook(), f"{thing.name}.{move}"
    rows = [row for row in living.shapes.eligibility if row.subject == subject]
    told = {name: stored(value) for name, value in known.items() if value is not None}
    columns = {each.name for each in thing.fields} if move is Move.ENTERED else set()
    must_be_none(
        each.against(("input", *(camel(name) for name in each.measures if name in columns)))
        for each in reasons(rows, told)
    )
