"""What the log of seals tells besides: whose seal, who had it; and an old one ends with the new."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.areas.seals.engraving import ENGRAVING
from domain.areas.seals.seals import (
    OF_WORD,
    SEALS,
    SIGNED_TO_GO_OUT,
    USES,
    Seal,
    SealUse,
    seal_asked_for,
)
from domain.errors import Refused, at_fault
from domain.records.things import Keeping, Move
from domain.shapes.eligibility import reasons
from domain.time.moments import office_local
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import kept_by, roles_that_may, speaking
from resolvers.records.approvals import request_of
from resolvers.records.cases import Effect, Taking
from resolvers.records.registers import Check
from resolvers.records.serving import PERSON
from resolvers.records.thing_grounds import Knowing
from resolvers.records.thing_rows import one, where_was
from resolvers.records.things import end

APPROVED = statement("""
  select f.sha256 from outgoing_documents o
  join case_events e on (e.institution_id, e.case_id) = (o.institution_id, o.id)
  join files f on f.institution_id = o.institution_id
    and f.id = cast(e.particulars #>> '{document,upload}' as uuid)
  where o.institution_id = :institution and o.request_id = :request and e.event = 'alter'
  union all
  select a ->> 'sha256' from requests r, jsonb_array_elements(r.attachments) a
  where r.institution_id = :institution and r.id = :request""")
"""The papers of an approval, and what a draft was altered to and signed anew as."""
GONE = (Keeping.LOST, Keeping.ENDED)


async def _sealed(context: Context, form: SealUse) -> Mapping[str, Any]:
    """The approval is for a seal of this kind and this paper; the register sees that it stands.

    Raises: Refused: no such seal, one that was lost, out or no more at that time, another paper.
    """
    missing = at_fault("NOT_FOUND_HERE", "input", "sealId")
    card = await context.found(one(SEALS), missing, id=form.seal_id)
    where = await where_was(context, form.seal_id, form.used_at)
    if where.state in GONE:
        raise at_fault("THING_NOT_THERE", "input", "sealId")
    owner, me = card["kind"], context.viewer.person
    if where.state is Keeping.LENT and where.holder not in (me.id, form.user_id):
        raise at_fault("SEAL_IS_OUT", "input", "sealId")
    await _must_be_collected(context, card)
    theirs = {None, *(seat.unit_id for seat in me.seats)}
    if where.keeper != me.id and card["unit_id"] not in theirs:
        clause = kept_by(await context.rulebook(), USES.name)
        label = context.services.vocabulary.objects[USES.name].label
        raise Refused("NOT_A_KEEPER", clause=clause, **label.both)
    row = await request_of(context, form.request_id) if form.request_id else None
    papers = {each["sha256"] for each in await context.rows(APPROVED, request=form.request_id)}
    # Of a paper that goes out, its own case has asked for the text that is sealed.
    if form.sealed_sha256 and papers and form.sealed_sha256.lower() not in papers:
        raise at_fault("NOT_WHAT_WAS_APPROVED", "input", "sealedSha256")
    if row and papers and not form.sealed_sha256 and row["kind"] not in SIGNED_TO_GO_OUT:
        raise at_fault("REQUIRED", "input", "sealedSha256")
    approved = row is not None and seal_asked_for(row["kind"], row["facts"]) == owner
    kept = await _kept(context, form, where.keeper, owner)
    return {"seal_owner": owner, "seal_approved": approved, **kept}


async def _kept(
    context: Context, form: SealUse, keeper: UUID | None, owner: str
) -> Mapping[str, Any]:
    """Who had it then, whether it was they, away, and in a post whose lines keep such a seal."""
    own = keeper == context.viewer.person.id and form.user_id in (None, keeper)
    if keeper is None:
        return {"keeper_away": False, "keeper_in_post": True, "used_by_keeper": own}
    living, facts, at = await context.rulebook(), {"kind": owner}, office_local(form.used_at)
    who = await context.row(
        PERSON, person=keeper, today=at.date(), begins=at, ends=at + at.resolution
    )
    asked = speaking(living, SEALS.name, Act.CONFIRM, facts)
    may = roles_that_may(living, SEALS.name, Act.CONFIRM, facts)
    held = {each["role"] for each in who["seats"]} if who else set()
    return {
        "keeper_id": keeper,
        "used_by_keeper": own,
        "keeper_away": bool(who and who["away"]),
        "keeper_in_post": not asked or not held.isdisjoint(may),
    }


async def _handed_in(context: Context, taking: Taking) -> Mapping[str, Any]:
    """Nothing is sealed any more with what was given back for the new one."""
    if old := taking.filled.old_seal_id:
        await end(context, SEALS, old, taking.filled.purpose)
    return {}


BEFORE = """
  select coalesce(cast(:engraved as date) <= (select cast(at at time zone 'Asia/Shanghai' as date)
      from ledger where institution_id = :institution order by seq limit 1), false)"""
"""Whether a seal was engraved before the office kept its books here."""
COLLECTED = statement(f"""{BEFORE}
    or exists (select from seal_engravings where institution_id = :institution
               and seal_id = :seal)""")
ENGRAVED = statement(f"""{BEFORE}
    or exists (select from seal_engravings where institution_id = :institution and seal_id is null
               and standing and coalesce(seal_kind, :kind) = any(cast(:kinds as text[])))""")
"""Whether a seal is of before, or is engraved by an approval."""


async def _engraved(context: Context, card: Seal) -> Mapping[str, bool]:
    words = [word for word, owner in OF_WORD.items() if owner is card.kind] + [card.kind.value]
    told = {"engraved": card.engraved_on, "kind": card.kind.value, "kinds": words}
    return {"engraving_approved": bool(await context.value(ENGRAVED, **told))}


async def _must_be_collected(context: Context, card: Mapping[str, Any]) -> None:
    """Raises: Refused: such a seal is made by an approval, and this one is not collected yet."""
    subject, shapes = f"{SEALS.name}.{Move.ENTERED}", (await context.rulebook()).shapes
    rows = [row for row in shapes.eligibility if row.subject == subject]
    known = {"seal": card["id"], "engraved": card["engraved_on"]}
    if reasons(rows, {"kind": card["kind"], "engraving_approved": False}) and not (
        await context.value(COLLECTED, **known)
    ):
        raise at_fault("SEAL_NOT_COLLECTED", "input", "sealId")


CARDS: Mapping[str, Knowing] = {SEALS.name: _engraved}
EFFECTS: Mapping[str, Mapping[str, Effect]] = {ENGRAVING.code: {"collect": _handed_in}}
CHECKS: Mapping[str, Check] = {USES.name: _sealed}
