"""Retention in the API: what is due, held, proposed for destruction, and destroyed by a clause."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import Refused, at_fault
from domain.messages import say
from policies import personal
from resolvers.office import administering
from resolvers.records import destroying, retention
from resolvers.records.retention import Due, label_of
from resolvers.rules.rulebooks import LivingRulebook
from schema.ground.acts import Reason, act, replayed, within
from schema.ground.connections import Cursors, page_size
from schema.ground.edges import pages
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id, read_id
from schema.ground.rows import told
from schema.office.administering import ACTS, Administered, again, by_two, shown
from schema.rules.clauses import Clause, clause_of


@strawberry.type
class TextsDestroyed:
    """Values and salts are gone from beside the ledger; its digests and the registers stay."""

    values: Annotated[int, "How many values were destroyed."]
    lines: Annotated[int, "Of how many lines of the ledger."]
    by_clause: Annotated[Clause, "By which clause."]


async def destroy_texts(
    info: Info,
    of: Annotated[strawberry.ID, "A request, a case or a line of a register."],
    clause: Annotated[str, "<regulation id>/<cite>, registered by the office."],
    reason: Annotated[str, "Why; it stays."],
) -> None:
    """Destroy the texts that the ledger keeps of what is over: comments, names, reasons.

    For the audit administrator, who took no part in it. The rows of the registers stay.
    """
    await destroying.destroy(info.context, _key(of), clause, reason)


def _key(given: str) -> UUID:
    """Whatever the ledger speaks of: the key alone tells."""
    try:
        return UUID(read_id(given)[1])
    except (Refused, ValueError):
        raise at_fault("INVALID_ID", "input", "of") from None


async def _shown(info: Info, done: Mapping[str, Any]) -> TextsDestroyed:
    clause = clause_of(await info.context.rulebook(), done["clause"])
    return told(TextsDestroyed, done, by_clause=clause)


RECORD, HOLD, MOST = "DueRecord", "RecordHold", 200
Records = Annotated[list[strawberry.ID], "Requests, cases and lines of registers, by their ids."]


@strawberry.type
class DueRecord:
    """A record whose period is over: nothing of its contents is told here."""

    id: Annotated[strawberry.ID, "Opaque; `proposeDestruction` takes it."]
    of: Annotated[str, "leave.sick, vehicle.trip, contact_register …"]
    title: Annotated[str, "What that is called."]
    number: Annotated[str, "Its number; empty where it has none."]
    begun_on: Annotated[date, "Its first day."]
    ended_on: Annotated[date, "The day on which its matter was over."]
    period: Annotated[str, "How long it is kept after that."]
    kept_until: Annotated[date, "The last day of that."]
    digest: Annotated[str, "SHA-256 of its row, as the ledger would keep it."]


@strawberry.type
class RecordHold:
    """That something may not be destroyed, whatever its period."""

    id: Annotated[strawberry.ID, "Opaque; `liftHold` takes it."]
    of: Annotated[str, "What is held: leave.sick, vehicle.trip …"]
    record_id: Annotated[strawberry.ID | None, "The one record; null where all of those are held."]
    reason: Annotated[str, "Why."]
    held_by: Annotated[str, "Who holds it."]
    held_at: Annotated[datetime, "Since when."]
    lifted_by: Annotated[str | None, "Who lifted it."]
    lifted_at: Annotated[datetime | None, "When."]
    lifted_because: Annotated[str | None, "Why."]


PAGES = pages(
    RECORD,
    DueRecord,
    Cursors(RECORD, (str, UUID)),
    ("A record in a page.", "The record.", "A page of them."),
)


async def due_records(info: Info, first: int | None = 50, after: str | None = None) -> Any:
    """What may be destroyed today: over, kept for its period, not held, needed by nothing else."""
    context, living = info.context, await info.context.rulebook()
    page = PAGES.page(first, after)
    found = await retention.due(context, page)
    return await PAGES.told(info, page, found, partial(_due, living, context.language))


def _due(living: LivingRulebook, language: str, each: Due) -> DueRecord:
    lasting = personal.lasting(each.period)
    return DueRecord(
        id=global_id(RECORD, each.id),
        of=each.object,
        title=say(language, label_of(living, each.object)),
        number=each.number,
        begun_on=each.first,
        ended_on=each.last,
        period=say(language, lasting) if lasting else "",
        kept_until=each.until or each.last,
        digest=each.digest,
    )


async def propose_destruction(
    info: Info,
    records: Records,
    clause: Annotated[str, "<regulation id>/<cite>, registered by the office."],
    reason: Reason,
) -> Administered:
    """Propose that records be destroyed, as a whole; `confirmAct` of who decides destroys them."""
    await destroying.must_keep(info.context)
    keys = [str(key) for key in _keys(records)]
    given = {"records": keys, "clause": clause, "reason": reason}
    done = await administering.administer(info.context, "destroy", ACTS["destroy"], given)
    return await shown(info, done)


async def hold_records(
    info: Info,
    reason: Reason,
    records: Records = (),  # type: ignore[assignment]
    of: Annotated[str, "Or all of a kind: leave.sick, vehicle.trip, contact_register …"] = "",
) -> None:
    """Let records not be destroyed, whatever their period, until the hold is lifted."""
    await destroying.hold(info.context, _keys(records) if records else [], of, reason)


async def lift_hold(
    info: Info, hold_id: Annotated[UUID, Id(HOLD), "Which."], reason: Reason
) -> None:
    """End a hold: what it covered may be proposed for destruction again."""
    await destroying.lift(info.context, hold_id, reason)


async def record_holds(
    info: Info,
    lifted: Annotated[bool, "Those that were lifted too."] = False,
    first: int | None = 50,
) -> list[RecordHold]:
    """What is held, the latest first."""
    found = await destroying.holds(info.context, page_size(first), lifted=lifted)
    return [_hold(each) for each in found]


def _keys(given: list[strawberry.ID]) -> list[UUID]:
    """Whatever the ids are of: a key is of one record alone."""
    if not 0 < len(set(given)) <= MOST:
        raise at_fault("TOO_MANY_RECORDS", "input", "records", most=MOST)
    keys = []
    for place, each in enumerate(dict.fromkeys(given)):
        try:
            keys.append(UUID(read_id(each)[1]))
        except (Refused, ValueError):
            raise at_fault("INVALID_ID", "input", "records", str(place)) from None
    return keys


async def _one(info: Info, key: UUID) -> RecordHold:
    [row] = await destroying.holds(info.context, 1, lifted=True, only=key)
    return _hold(row)


def _hold(row: Mapping[str, Any]) -> RecordHold:
    return told(
        RecordHold,
        row,
        id=global_id(HOLD, row["id"]),
        of=row["held"],
        record_id=global_id(RECORD, row["record_id"]) if row["record_id"] else None,
        held_by=row["by_name"],
        held_at=row["at"],
        lifted_because=row["lifted_why"],
    )


async def _every(info: Info, answer: Any) -> list[RecordHold]:
    return [await _one(info, UUID(each)) for each in answer["holds"]]


HELD = within(_every, "RecordsHeld", "What is held from now on.", holds="A hold for each record.")
LIFTED = within(_one, "HoldLifted", "A hold that counts no more.", hold="Which.")
DOOR = "retention"


FIELDS = (
    by_two(destroy_texts, destroying.PERMISSION, replay=_shown),
    query(due_records, DOOR, PAGES.connection),
    query(record_holds, DOOR),
    act(propose_destruction, DOOR, "AdministeredResult", replay=again),
    act(hold_records, DOOR, replay=HELD),
    act(lift_hold, DOOR, replay=replayed(LIFTED, "hold")),
)
