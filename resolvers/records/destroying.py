"""Destroying the texts that the ledger keeps of a request, a case or a line of a register.

Digests and all else of the chain stay, and the rows of the registers themselves. Why, by whom and
by which clause is a line of the ledger, whose own texts stay.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from domain import CASE_KINDS
from domain.errors import at_fault, must_be_said
from domain.ledger import DESTROYED, line
from policies.permissions import ROLES_BY_PERMISSION
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement

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
