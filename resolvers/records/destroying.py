"""Destroying the texts that the ledger keeps of a record, and holds, which keep it from that.

Digests and all else of the chain stay, and the rows of the registers themselves. Why, by whom and
by which clause is a line of the ledger, whose own texts stay.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from domain import CASE_KINDS
from domain.errors import Refused, at_fault, must_be_said
from domain.ledger import DESTROYED, line
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

PERMISSION = "texts.destroy"

ABOUT = statement("""
  select l.seq, l.record, (
    select count(*) from ledger_values v
    where (v.institution_id, v.seq) = (l.institution_id, l.seq) and v.destroyed is null
  ) as kept
  from ledger l
  where l.institution_id = :institution
    and ledger_about(l.record) = cast(cast(:about as uuid) as text)
    and l.event <> 'texts_destroyed'
  order by l.seq""")
CASES = f"""
  select from ({
    " union all ".join(
        f"select institution_id, id, standing, begun_by from {each}"
        for each in dict.fromkeys(kind.table.name for kind in CASE_KINDS)
    )
}) c
  where c.institution_id = :institution and c.id = :about"""
MATTER = statement(f"""
  select
   exists (
     select from requests r where r.institution_id = :institution and r.id = :about
       and r.status in ('draft', 'pending', 'returned')
   ) or exists ({CASES} and c.standing) as stands,
   exists (
     select from requests r where r.institution_id = :institution and r.id = :about
       and :person in (r.applicant_id, r.concerns_id)
   ) or exists ({CASES} and c.begun_by = :person) as own""")
DESTROY = statement("""
  select ledger_destroy(:institution, cast(:at as timestamptz), cast(:record as text),
                        :kept)""")


async def destroy(context: Context, about: UUID, clause: str, reason: str) -> None:
    """Remove value and salt of every text that the ledger keeps of this, and tell how many.

    Raises: Refused: the office has no such clause, no reason is given, it is not over, the viewer
    took part in it, or there is nothing to destroy.
    """
    person = context.viewer.person
    await must_be_a_clause(context, clause)
    why = must_be_said(reason, "reason")
    await ledger.hold(context.transaction, person.institution)
    rows = await context.rows(ABOUT, about=about)
    if not any(row["kept"] for row in rows):
        raise at_fault("NO_TEXTS", "input", "of")
    matter = await context.row(MATTER, about=about, person=person.id)
    if matter and matter["stands"]:
        raise at_fault("TEXTS_IN_USE", "input", "of")
    records = (orjson.loads(row["record"]) for row in rows)
    if (matter and matter["own"]) or any(_acted(each, person.id) for each in records):
        raise at_fault("TOOK_PART", "input", "of")
    [seat, *_] = [each for each in person.seats if each.role in ROLES_BY_PERMISSION[PERMISSION]]
    done = await erase(context, about, rows, clause, why, seat=seat.id, role=seat.role)
    await context.remember(done)


async def must_be_a_clause(context: Context, clause: str) -> None:
    """Raises: Refused: the office has no such clause in force."""
    register = (await context.rulebook()).rulebook.register.values()
    if not any(each.clause == clause and each.in_force(context.today) for each in register):
        raise at_fault("UNKNOWN_CLAUSE", "input", "clause")


async def erase(
    context: Context,
    about: UUID,
    rows: Sequence[Mapping[str, Any]],
    clause: str,
    why: str,
    **seat: Any,
) -> dict[str, Any]:
    """Remove the values that these lines of the ledger keep, and say so in a line of its own."""
    me = context.viewer.person
    lines = [{"line": row["seq"], "values": row["kept"]} for row in rows if row["kept"]]
    gone = sum(each["values"] for each in lines)
    done = {"lines": len(lines), "values": gone, "clause": clause}
    if not lines:
        return done
    content = {
        **_named([orjson.loads(row["record"]) for row in rows], about),
        "lines": lines,
        "clause": clause,
        "clauses": [clause],
        "person": me.id,
        "name": me.name,
        **seat,
        "content": {"reason": why},
    }
    told = line(DESTROYED, context.now, me.institution, content, ledger.new_salt)
    await context.rows(DESTROY, at=context.now, record=told.record, kept=ledger.kept_rows(told))
    return done


def _acted(record: Mapping[str, Any], person: UUID) -> bool:
    written = record.get("line")
    told = [record.get("person"), record.get("person_id")]
    told += [written.get("recorded_by")] if isinstance(written, dict) else []
    return str(person) in told


def _named(records: Sequence[Mapping[str, Any]], about: UUID) -> dict[str, Any]:
    """The key under which lines speak of it, so that this one is found with them."""
    for key in ("request", "case", "subject"):
        if any(key in each for each in records):
            return {key: about}
    register = next((each.get("register") for each in records), None)
    return {"line": {"id": about}, "register": register}


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
    told: dict[str, Any] = {"objects": sorted({of for of, _ in held}), "content": {"reason": why}}
    told |= {"records": [{"object": of, "id": key} for of, key in held]}
    await context.done("records_held", {"holds": ids}, **told)


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
    await context.done("hold_lifted", {"hold": id_}, content={"reason": why})


async def holds(
    context: Context, most: int, *, lifted: bool = False, only: UUID | None = None
) -> list[Mapping[str, Any]]:
    """What is held, the latest first; those that were lifted too, if wanted."""
    await must_keep(context)
    return list(await context.rows(HOLDS, all=lifted, most=most, only=only))
