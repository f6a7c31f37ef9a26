"""Holds: records that may not be destroyed, though their period is over, until somebody lifts it.

Who holds is who appraises: by the office's lines on `retention`, else by permission.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault, must_be_said
from domain.records.retention import record_holds
from domain.vocabulary import Act
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.records import retention_rows
from resolvers.records.acts import roles_that_may, titles
from resolvers.records.retention_rows import TABLES

OBJECT, KEEPING = "retention", "retention.keep"

HOLD = insertion(record_holds)
HOLDS = statement("""
  select * from record_holds where institution_id = :institution
    and (cast(:only as uuid) is null or id = :only)
    and (:all or lifted_at is null) order by at desc, id desc limit :most""")
LIFT = statement("""
  update record_holds
  set lifted_by = :person, lifted_by_name = :name, lifted_why = :why, lifted_at = :now
  where institution_id = :institution and id = :id and lifted_at is null returning id""")


async def must_keep(context: Context) -> None:
    """Raises: Refused: another's to propose and hold."""
    living = await context.rulebook()
    roles = roles_that_may(living, OBJECT, Act.KEEP) or ROLES_BY_PERMISSION[KEEPING]
    if context.viewer.person.roles.isdisjoint(roles):
        raise Refused("NOT_YOURS_TO_APPRAISE", **titles(living, sorted(roles)))


async def hold(context: Context, records: Sequence[UUID], object_: str, reason: str) -> None:
    """Let nothing of these be destroyed, or of an object or a kind of request, until it is lifted.

    Raises: Refused: another's to hold, nothing is named, or there is no such record.
    """
    await must_keep(context)
    why, me = must_be_said(reason, "reason"), context.viewer.person
    await ledger.hold(context.transaction, me.institution)
    words = context.services.vocabulary
    held: list[tuple[str, UUID | None]] = []
    if object_:
        if object_ not in TABLES and object_ not in words.kinds:
            raise at_fault("NOT_HELD", "input", "of")
        held.append((object_, None))
    found = await objects_of(context, records)
    for place, key in enumerate(records):
        if key not in found:
            raise at_fault("RECORD_NOT_FOUND", "input", "records", str(place))
        held.append((found[key], key))
    if not held:
        raise at_fault("REQUIRED", "input", "records")
    rows = [
        {**context.signed, "id": context.services.new_id(), "held": of, "record_id": key,
         "reason": why}
        for of, key in held
    ]  # fmt: skip
    await context.rows(HOLD, rows=rows)
    ids = [row["id"] for row in rows]
    await context.remember({"holds": ids})
    content = {"holds": ids, "objects": sorted({of for of, _ in held}), "person": me.id}
    content |= {"records": [{"object": of, "id": key} for of, key in held]}
    await context.record("records_held", {**content, "content": {"reason": why}})


async def objects_of(context: Context, records: Sequence[UUID]) -> dict[UUID, str]:
    """The object of each of these records, or the kind of each request."""
    if not records:
        return {}
    return {
        row["id"]: row["object"]
        for row in await context.rows(retention_rows.every_record(), ids=list(records))
    }


async def lift(context: Context, id_: UUID, reason: str) -> None:
    """End a hold. Raises: Refused: another's to lift, or there is no such hold."""
    await must_keep(context)
    why, me = must_be_said(reason, "reason"), context.viewer.person
    given = {"person": me.id, "name": me.name, "why": why, "now": context.now}
    if not await context.rows(LIFT, id=id_, **given):
        raise at_fault("HOLD_NOT_FOUND", "input", "holdId")
    await context.remember({"hold": id_})
    content = {"hold": id_, "person": me.id, "content": {"reason": why}}
    await context.record("hold_lifted", content)


async def holds(
    context: Context, most: int, *, lifted: bool = False, only: UUID | None = None
) -> list[Mapping[str, Any]]:
    """What is held, the latest first; those that were lifted too, if wanted."""
    await must_keep(context)
    return list(await context.rows(HOLDS, all=lifted, most=most, only=only))
