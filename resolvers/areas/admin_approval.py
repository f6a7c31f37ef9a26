"""What no word can say of approvals: what the list in force says of an item, and whose it is."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.approval.forms import form_fields
from domain.areas.admin_approval.applications import (
    APPLICATION,
    ELEMENTS,
    LIST,
    NOTICE,
    Applying,
    ApprovalList,
)
from domain.areas.admin_approval.notices import AFTERWARDS, NOTICES, AskedAfterwards
from domain.areas.admin_approval.sections import MATTERS, REFERRALS, Referral
from domain.errors import Problem, at_fault
from resolvers.ground.batches import batched
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.records.acts import clauses_of
from resolvers.records.case_beginnings import Check as Begin
from resolvers.records.case_looks import Look, Looked, Looks
from resolvers.records.case_rows import CaseView
from resolvers.records.cases import Effect, Taking
from resolvers.records.publishing import Wanted, hang
from resolvers.records.register_rows import standing_line
from resolvers.records.registers import Check
from resolvers.records.thing_rows import one
from resolvers.rules.rulebooks import LivingRulebook

LISTED = statement("""
  select l.id, l.approval_type, l.material_count, l.charged, l.statutory_days, l.promised_days,
    l.publication_id,
    l.published_at is not null as published,
    exists (select from approval_lists n
            where (n.institution_id, n.replaces_id) = (l.institution_id, l.id)
              and n.published_at is not null) as replaced,
    l.quota is null or l.quota > (
      select count(*) from approval_applications a
      where (a.institution_id, a.list_id) = (l.institution_id, l.id) and a.state = 'granted'
    ) as within_quota
  from approval_lists l
  where l.institution_id = :institution and l.id = any(cast(:ids as uuid[]))""")


async def _listed(
    context: Context, reading: Transaction, ids: Sequence[UUID]
) -> Mapping[UUID, Mapping[str, Any]]:
    rows = await reading.rows(LISTED, institution=context.viewer.institution, ids=list(ids))
    return {row["id"]: row for row in rows}


async def _of_list(context: Context, view: CaseView, look: Look) -> Looked:
    """Nothing is published without its elements, nor amended before the new list is published."""
    row = await batched(context, _listed, view.case.id, after_write=look.given is not None)
    lacking = [name for name in ELEMENTS if getattr(view.case.filled, name) in (None, "")]
    clause = next(iter(clauses_of(view.living, LIST.code)), None)
    against = [Problem("REQUIRED", (name,), clause) for name in lacking if look.event == "publish"]
    return Looked({"list_replaced": bool(row and row["replaced"])}, against=tuple(against))


async def _of_application(context: Context, view: CaseView, look: Look) -> Looked:
    filled = view.case.filled
    if filled.list_id is None:
        return Looked()
    row = await batched(context, _listed, filled.list_id, after_write=look.given is not None)
    if row is None:
        return Looked()
    fee = getattr(look.given, "fee_taken", None) or filled.fee_taken
    return Looked(
        {
            "approval_type": row["approval_type"],
            "papers_complete": filled.handed_in_count >= (row["material_count"] or 0),
            "within_quota": row["within_quota"],
            "fee_as_listed": bool(row["charged"]) or not fee,
        }
    )


async def _applied(context: Context, living: LivingRulebook, form: Applying) -> list[Problem]:
    """What counts is the list as published, until the one that adjusts it is published too."""
    row = await context.row(LISTED, ids=[form.list_id] if form.list_id else [])
    if row and row["published"] and not row["replaced"]:
        return []
    clause = next(iter(clauses_of(living, APPLICATION.code, "list_id")), None)
    return [Problem("LIST_NOT_IN_FORCE", ("list_id",), clause)]


async def _published(context: Context, taking: Taking) -> Mapping[str, Any]:
    """Everybody reads the list on the board, each element under its name."""
    filled = taking.filled
    said = "\n".join(
        f"{each.label.zh}：{value}"
        for each in form_fields(ApprovalList)
        if each.name in (*ELEMENTS, "fee_basis", "fee_standard", "model_form")
        and (value := getattr(filled, each.name)) not in (None, "")
    )
    wanted = Wanted(NOTICE, "", context.today, title=filled.name, said=said)
    before = await context.row(LISTED, ids=[filled.replaces_id]) if filled.replaces_id else None
    replaces = before and before["publication_id"]
    return {"publication_id": await hang(context, wanted, None, replaces)}


async def _accepted(context: Context, taking: Taking) -> Mapping[str, Any]:
    row = await context.row(LISTED, ids=[taking.filled.list_id])
    calendar = await context.calendar()
    return {
        f"{term}_until": calendar.add_workdays(context.today, row[f"{term}_days"])
        for term in ("promised", "statutory")
        if row and row[f"{term}_days"]
    }


async def _asked_afterwards(context: Context, line: AskedAfterwards) -> Mapping[str, Any]:
    notice = await standing_line(context, NOTICES, line.notice_id, "noticeId")
    return {"unit_id": notice["unit_id"]}


async def _passed(context: Context, line: Referral) -> Mapping[str, Any]:
    """Raises: Refused: the text does not name the section, and nobody is said to have."""
    missing = at_fault("NOT_FOUND_HERE", "input", "matterId")
    card = await context.found(one(MATTERS), missing, id=line.matter_id)
    settled = card["unit_id"] == line.unit_id and not card["contested"]
    if not settled and not line.reason.strip():
        raise at_fault("SECTION_NOT_SETTLED", "input", "reason")
    return {"settled_by_text": settled}


BEGINS: Mapping[str, Begin] = {APPLICATION.code: _applied}
CHECKS: Mapping[str, Check] = {AFTERWARDS.name: _asked_afterwards, REFERRALS.name: _passed}
EFFECTS: Mapping[str, Mapping[str, Effect]] = {
    LIST.code: {"publish": _published},
    APPLICATION.code: {"accept": _accepted},
}
LOOKS: Mapping[str, Looks] = {LIST.code: _of_list, APPLICATION.code: _of_application}
