"""A request's form printed, and its receipt for programs: a file for a link, and a ledger line."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

import orjson
import strawberry

from domain.approval.description import Shown
from domain.approval.forms import form_fields
from domain.approval.request import STATUSES, Status
from domain.errors import Refused
from domain.messages import say
from domain.records.exports import column_of
from domain.vocabulary import Label
from policies.vocabulary import institutions
from resolvers.ground.database import statement
from resolvers.ground.evidence import JSON_FRAME, PAGE_FRAME, covering, framed, key_of
from resolvers.ground.listing import Slice, readable
from resolvers.records.export_sheets import Made, name_all
from resolvers.records.exports import keep
from resolvers.requests.acting import find
from resolvers.requests.history import Lines, histories
from resolvers.requests.rows import RequestView
from schema.ground.acts import act, replayed
from schema.ground.fields import Info
from schema.ground.ids import global_id
from schema.ground.mirrors import enum_from
from schema.office.organisation import Seat
from schema.records.exported import shown
from schema.requests.decided import RequestId
from schema.requests.forms import shown_fields
from schema.requests.history import PastAct, past_act
from schema.requests.printed import Chained, Page, Sealed, page_of
from schema.requests.steps import Turn, note_sentence, rules_of, steps_of
from schema.rules.clauses import Clause


def receipt_of(of: Page) -> Mapping[str, Any]:
    """What the receipt says; its moments are ISO 8601."""
    view, living, language = of.view, rules_of(of.view), of.language
    office = institutions().get(view.institution, Label(view.institution, view.institution))
    head = of.sealed.head if of.sealed else None
    digests = {each.seq: each.digest for each in of.chain}
    turns: Any = steps_of(view, language)
    return {
        "institution": {"code": view.institution, "name": say(language, office)},
        "request": view.id,
        "number": view.number,
        "kind": {
            "code": view.kind,
            "label": say(language, living.vocabulary.kinds[view.kind].label),
        },
        "status": {"code": view.status, "label": say(language, STATUSES[view.status])},
        "applicant": {"id": view.applicant, "name": view.applicant_name, "unit": view.unit_name},
        "submitted_at": view.submitted_at,
        "completed_at": view.completed_at,
        "rulebook_version": view.rulebook_version,
        "form": [vars(each) for each in of.fields],
        "papers": [{"name": each["name"], "sha256": each["sha256"]} for each in view.attachments],
        "clauses": _clauses(each for turn in turns for each in turn.clauses),
        "steps": [_step(each) for each in turns],
        "notes": [note_sentence(each, living.vocabulary, language) for each in view.notes],
        "acts": [_act(each, digests) for each in of.past],
        "head": head and head.written,
        "exported_by": of.printed_by,
        "exported_at": of.now,
    }


def _step(turn: Turn) -> Mapping[str, Any]:
    lent = turn.acting_for
    return {
        "role": turn.role,
        "title": turn.title,
        "alternatives": turn.alternatives,
        "act": turn.act,
        "clauses": [*map(_cited, turn.clauses)],
        "status": turn.status,
        "decision": turn.decision,
        "seat": _seat(turn.on_behalf_of),
        "waits_for": [_seat(each) for each in turn.waiting_for],
        "decided_by": turn.decided_by and turn.decided_by.name,
        "acting_for": lent and {"name": lent.person.name, "document": lent.document},
        "decided_at": turn.decided_at,
        "comment": turn.comment,
        "fell_away": turn.skipped_because,
    }


def _seat(seat: Seat | None) -> Mapping[str, Any] | None:
    if seat is None:
        return None
    holders = [each.name for each in seat.holders]
    return {"unit": seat.unit, "title": seat.title, "role": seat.role, "holders": holders}


def _act(act: PastAct, digests: Mapping[int, str]) -> Mapping[str, Any]:
    return {
        "line": act.position,
        "digest": digests.get(act.position),
        "at": act.at,
        "event": act.event,
        "sentence": act.sentence,
        "by": act.by and act.by.name,
        "status": act.status,
        "comment": act.comment,
    }


def _cited(clause: Clause) -> str:
    return f"{clause.regulation}/{clause.cite}"


def _clauses(clauses: Iterable[Clause]) -> list[Mapping[str, Any]]:
    told = {_cited(each): {"title": each.title, "summary": each.summary} for each in clauses}
    return [{"clause": clause, **said} for clause, said in told.items()]


MOST = 1000
"""Acts of a request that are printed; a longer story is read in the system."""

MEDIA_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}
CHAIN = statement("""
  select seq, encode(hash, 'hex') as digest from ledger
  where institution_id = :institution and request = :request order by seq""")
ReceiptFormat: Any = enum_from(
    "ReceiptFormat",
    {
        "JSON": strawberry.enum_value("json", description="For programs."),
        "PAGE": strawberry.enum_value("page", description="The form 审批单, to be printed."),
    },
    "How a receipt is written.",
)


async def print_request(info: Info, request_id: RequestId) -> None:
    """Lay a request's form 审批单 ready to print, as a page for A4; who printed it is on record."""
    page = await page_for(info, request_id)
    await _kept(info, page, "printed", "html", page_of(page).encode())


async def export_receipt(
    info: Info,
    request_id: RequestId,
    format: Annotated[ReceiptFormat, "How it is written."] = ReceiptFormat.JSON,
) -> None:
    """Lay a receipt of a request ready, signed with the institution's key.

    Whoever has the public key proves it years later, without the server.
    """
    context, page = info.context, await page_for(info, request_id)
    transaction, institution = context.transaction, page.view.institution
    await transaction.act_as(institution)
    key = await key_of(transaction, context.services.secrets, context.now)
    await transaction.act_as(context.viewer.institution)
    last = page.chain[-1].seq if page.chain else 0
    head = await covering(transaction, institution, last)
    page = replace(page, sealed=Sealed(str(key.kid), head))
    if format.value == "page":
        content = page_of(page).encode().removeprefix(PAGE_FRAME.before)
        suffix, signed = "html", framed(content, key, PAGE_FRAME)
    else:
        content = orjson.dumps(receipt_of(page), default=str, option=orjson.OPT_INDENT_2)
        suffix, signed = "json", framed(content, key, JSON_FRAME)
    await _kept(info, page, "receipt_exported", suffix, signed)


async def page_for(info: Info, request_id: UUID) -> Page:
    """What is printed of a request. Raises: Refused: it is a draft, or not the viewer's to see."""
    context = info.context
    view = await find(context, request_id)
    if view.status is Status.DRAFT:
        raise Refused("NOT_ON_A_DRAFT")
    lines = Lines(view.institution, view.id, Slice(MOST))
    past = (await histories(context, context.transaction, [lines]))[lines]
    chain = await context.transaction.rows_of(
        view.institution, CHAIN, institution=view.institution, request=str(view.id)
    )
    link = context.services.outside.link
    return Page(
        view=view,
        fields=await _named(info, view),
        past=[past_act(each, view, info) for each in readable(past[:MOST])],
        chain=[Chained(**each) for each in chain],
        printed_by=context.viewer.person.name,
        now=context.now,
        language=context.language,
        link=link and link.format(id=global_id("Request", view.id), number=view.number),
    )


async def _kept(info: Info, of: Page, event: str, suffix: str, content: bytes) -> None:
    made = Made(f"{of.view.number}.{suffix}", MEDIA_TYPES[suffix], content, 1)
    told = {"request": of.view.id, "kind": of.view.kind, "name": of.printed_by}
    await keep(info.context, event, made, told)


async def _named(info: Info, view: RequestView) -> list[Shown]:
    """The fields, with what ids refer to by its name."""
    context, fields = info.context, form_fields(view.procedure.form)
    columns = [column_of(each, context.services.vocabulary) for each in fields if each.refers]
    found = shown_fields(view, info)
    names: dict[UUID, str] = {}
    row: dict[str, Any] = {each.name: None for each in columns}
    row |= {each.name: UUID(each.value) for each in found if each.name in row}
    await name_all(context, columns, [row], names)
    return [replace(e, display=names.get(row.get(e.name, view.id), e.display)) for e in found]


FIELDS = (
    act(print_request, "requests.print", "PrintResult", replay=replayed(shown, "export")),
    act(export_receipt, "requests.export_receipt", replay=replayed(shown, "export")),
)
