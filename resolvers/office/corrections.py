"""What people ask to have corrected of what is held on them, and what its keeper answers.

Who keeps a row is a line: of the register itself, else of `personal_data`, else of the permissions.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from domain.approval.placement import expanded
from domain.errors import Refused, at_fault, must_be_said
from domain.ledger import plain_json
from domain.office.notices import Notice
from domain.office.personal_data import ASKED, CORRECTED, REFUSED, corrections_asked
from domain.rules.rows import ALLOW, ANY, NOBODY
from domain.vocabulary import Act
from policies.permissions import ROLES_BY_PERMISSION
from policies.personal import Held, PersonalTable, personal_tables
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.ground.notices import announce
from resolvers.office.administering import holders
from resolvers.office.own_file import row_of
from resolvers.records.acts import rows_of
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook

OBJECT, PERMISSION = "personal_data", "corrections"
OTHERWISE = "corrections.server"
"""Who answers where nobody else holds the seat of a keeper."""

MOST_OPEN = 50
TOLD = {CORRECTED: "CORRECTION_CORRECTED", REFUSED: "CORRECTION_REFUSED"}

ASK = insertion(corrections_asked)
OPEN = statement("""
  select count(*) from corrections_asked
  where institution_id = :institution and person_id = :person and state = 'asked'""")
LIST = statement("""
  select c.*, p.name from corrections_asked c
  join people p on (p.institution_id, p.id) = (c.institution_id, c.person_id)
  where c.institution_id = :institution
    and (c.person_id = :person or c.roles && cast(:roles as text[]))
    and (cast(:state as text) is null or c.state = :state)
    and (cast(:only as uuid) is null or c.id = :only)
  order by c.at desc, c.id desc limit :most""")
HOLD = statement("""
  select * from corrections_asked
  where institution_id = :institution and id = :id for update""")
ANSWER = statement("""
  update corrections_asked
  set state = :state, answered_by = :person, answered_by_name = :name, reason = :reason,
      line_id = :line, answered_at = :now
  where institution_id = :institution and id = :id""")


async def ask(context: Context, table: str, key: str, column: str, says: str) -> None:
    """Ask the keeper of a row that is held on the viewer to correct a column of it.

    Raises: Refused: no such row or column of the viewer's, nothing is said, or too many wait.
    """
    text = must_be_said(says, "says")
    row = await row_of(context, table, key)
    told = {camel(each.name): each for each in row.of.columns if each.held.clause}
    if column not in told:
        raise at_fault("NOT_HELD", "input", "column")
    me = context.viewer.person
    if await context.value(OPEN, person=me.id) >= MOST_OPEN:
        raise Refused("TOO_MANY_CORRECTIONS", most=MOST_OPEN)
    asked, name = told[column], told[column].name
    roles = keepers(await context.rulebook(), row.of, asked.held)
    answering = await holders(context, roles) - {me.id}
    if not answering:
        roles |= ROLES_BY_PERMISSION[OTHERWISE]
        answering = await holders(context, roles) - {me.id}
    id_ = context.services.new_id()
    kept = {
        "institution_id": me.institution,
        "id": id_,
        "person_id": me.id,
        "held": table,
        "row_key": row.key,
        "held_column": name,
        "says": text,
        "before": await _digest(context, row.of, row.key, name),
        "roles": sorted(roles),
        "at": context.now,
        "state": ASKED,
    }
    await context.rows(ASK, rows=[kept])
    tells = [
        Notice("CORRECTION_ASKED", each, me.institution, {"name": me.name}, subject=id_)
        for each in sorted(answering)
    ]
    await announce(context, *tells)
    content = {"register": table, "columns": [name], "content": {"says": text}}
    await context.done("correction_asked", {"correction": id_}, **content)


def keepers(living: LivingRulebook, of: PersonalTable, held: Held) -> frozenset[str]:
    """The roles that answer for a column."""
    roles = living.vocabulary.roles
    for object_ in (of.named, OBJECT):
        named = {
            role
            for row in (rows_of(living, object_, Act.KEEP) if object_ else ())
            if row.effect == ALLOW and row.role not in (ANY, NOBODY)
            for role in expanded(row.role, roles)
        }
        if named:
            return frozenset(named)
    return ROLES_BY_PERMISSION[f"{PERMISSION}.{held.keeper}"]


async def listed(
    context: Context, state: str | None, most: int, only: UUID | None = None
) -> list[Mapping[str, Any]]:
    """What the viewer asked for, or answers for, the latest first."""
    me = context.viewer.person
    asked = {"person": me.id, "roles": sorted(me.roles), "state": state}
    return list(await context.rows(LIST, **asked, most=most, only=only))


async def answer(context: Context, id_: UUID, *, corrected: bool, reason: str) -> None:
    """Tell who asked that it was corrected, or why it is not.

    A line that stands is corrected by another one; of anything else the column has changed since.

    Raises: Refused: it is not the viewer's to answer, was answered, or nothing was corrected.
    """
    missing, me = at_fault("CORRECTION_NOT_FOUND", "input", "correctionId"), context.viewer.person
    found = await context.found(HOLD, missing, id=id_)
    await context.must_be_first()
    if found["person_id"] == me.id or me.roles.isdisjoint(found["roles"]):
        raise Refused("NOT_YOURS_TO_ANSWER")
    if found["state"] != ASKED:
        raise at_fault("CORRECTION_ANSWERED", "input", "correctionId")
    why = reason.strip() if corrected else must_be_said(reason, "reason")
    line = await _correcting(context, found) if corrected else None
    state = CORRECTED if corrected else REFUSED
    given = {"state": state, "reason": why, "line": line, "now": context.now}
    await context.rows(ANSWER, id=id_, person=me.id, name=me.name, **given)
    told = Notice(TOLD[state], found["person_id"], me.institution, {"why": why})
    await announce(context, told)
    content = {"register": found["held"], "columns": [found["held_column"]]}
    content |= {"whom": found["person_id"], "line": line, "state": state}
    content["content"] = {"reason": why}
    await context.done("correction_answered", {"correction": id_}, **content)


async def _correcting(context: Context, found: Mapping[str, Any]) -> UUID | None:
    """The line that corrects a line, if it is one. Raises: Refused: NOT_CORRECTED."""
    of = personal_tables()[found["held"]]
    if "corrects" in of.table.columns:
        later = statement(
            f"""select n.id from {of.name} n where n.institution_id = :institution
                and jsonb_build_array(n.corrects) = cast(:key as jsonb)"""
        )
        if row := await context.row(later, key=orjson.loads(found["row_key"])):
            return UUID(str(row["id"]))
    elif await _digest(context, of, found["row_key"], found["held_column"]) != found["before"]:
        return None
    raise at_fault("NOT_CORRECTED", "input", "corrected")


async def _digest(context: Context, of: PersonalTable, key: str, column: str) -> str:
    """The digest of a column as it is; of a row that is gone, too."""
    keys = ", ".join(f"t.{each.name}" for each in of.key)
    read = statement(
        f"""select to_jsonb(t.{column}) as value from {of.name} t
            where t.institution_id = :institution
              and jsonb_build_array({keys}) = cast(:key as jsonb)"""
    )
    row = await context.row(read, key=orjson.loads(key))
    return sha256(plain_json([row["value"]] if row else []).encode()).hexdigest()
