"""A draft is checked on its way to the signature, and goes out as the text that was signed."""

from collections.abc import Mapping
from typing import Any

from domain.areas.documents.outgoing import IN_HAND, OUTGOING
from domain.areas.documents.sheets import CHECKS as SHEETS
from domain.areas.documents.sheets import DraftSheet
from domain.errors import Problem, at_fault
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView
from resolvers.records.registers import Check

ON_ITS_WAY = statement("""
  select true from requests
  where institution_id = :institution and id = :request
    and kind = :kind and status = 'pending'""")


SIGNED = statement("""
  select coalesce(
    (select array[f.sha256] from files f
     where f.institution_id = :institution and f.id = cast(:altered as uuid)),
    (select array_agg(a ->> 'sha256') from requests r, jsonb_array_elements(r.attachments) a
     where r.institution_id = :institution and r.id = :request)) as signed,
    (select f.sha256 from files f
     where f.institution_id = :institution and f.id = cast(:given as uuid)) as given""")


async def _on_its_way(context: Context, sheet: DraftSheet) -> Mapping[str, Any]:
    """Raises: Refused: there is no such draft, or it is signed or given up."""
    found = await context.value(ON_ITS_WAY, request=sheet.request_id, kind=OUTGOING.kinds[0])
    if not found:
        raise at_fault("DRAFT_NOT_ON_ITS_WAY", "input", "requestId")
    return {}


async def of_outgoing(context: Context, view: CaseView, look: Look) -> Looked:
    """Whether the text in hand is one that was signed; where papers were, it is asked for."""
    if look.given is None or not hasattr(look.given, IN_HAND[0]) or look.event == "alter":
        return Looked()
    given = getattr(look.given, IN_HAND[0])
    altered = [each["particulars"] for each in view.entries if each["event"] == "alter"]
    [row] = await context.rows(
        SIGNED,
        request=view.case.request_id,
        altered=altered[-1][IN_HAND[0]]["upload"] if altered else None,
        given=given and given.upload,
    )
    if not row["signed"] or row["given"] in row["signed"]:
        return Looked()
    code = "CHANGED_AFTER_SIGNATURE" if given else "REQUIRED"
    return Looked(against=(Problem(code, (IN_HAND[0],), look.named[0].clause),))


LOOKS: Mapping[str, Looks] = {OUTGOING.code: of_outgoing}
CHECKS: Mapping[str, Check] = {each.name: _on_its_way for each in SHEETS}
