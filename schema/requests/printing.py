"""Printing a request's form in the API: a page for a link, and a line in the ledger."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval.description import Shown
from domain.approval.forms import form_fields
from domain.approval.request import Status
from domain.errors import Refused
from domain.records.exports import column_of
from resolvers.ground.database import statement
from resolvers.ground.listing import readable
from resolvers.records.export_names import name_all
from resolvers.records.exports import Made, keep
from resolvers.requests.acting import find
from resolvers.requests.history import Lines, histories
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.rows import RequestView
from schema.ground.acts import Id, act, replayed
from schema.ground.fields import Info
from schema.records.exported import ExportedFile, shown
from schema.requests.forms import shown_fields
from schema.requests.history import past_act
from schema.requests.printed import Chained, Page, page_of

MOST = 1000
"""Acts of a request that are printed; a longer story is read in the system."""

LAST = statement(
    """select seq, encode(hash, 'hex') as digest from ledger
       where institution_id = :institution and request = :request order by seq desc limit 1"""
)


async def print_request(
    info: Info, request_id: Annotated[UUID, Id("Request"), "The request."]
) -> ExportedFile:
    """Lay a request's form 审批单 ready to print, as a page for A4; who printed it is on record."""
    context = info.context
    view = await find(context, request_id)
    if view.status is Status.DRAFT:
        raise Refused("NOT_ON_A_DRAFT")
    lines = Lines(view.institution, view.id, MOST, 0)
    past = (await histories(context, context.transaction, [lines]))[lines]
    last = await context.transaction.rows_of(
        view.institution, LAST, institution=view.institution, request=str(view.id)
    )
    page = Page(
        view=view,
        fields=await _named(info, view),
        past=[past_act(each, view, info) for each in readable(past[:MOST])],
        chained=Chained(**last[0]) if last else None,
        printed_by=context.viewer.person.name,
        now=context.now,
        language=context.language,
    )
    made = Made(f"{view.number}.html", "text/html; charset=utf-8", page_of(page).encode(), 1)
    told = {"request": view.id, "kind": view.kind, "name": context.viewer.person.name}
    return await shown(info, await keep(context, "printed", made, told))


async def _named(info: Info, view: RequestView) -> list[Shown]:
    """The fields, with what ids refer to by its name."""
    context, fields = info.context, form_fields(PROCEDURES[view.kind].form)
    columns = [column_of(each, context.services.vocabulary) for each in fields if each.refers]
    found = shown_fields(view, info)
    names: dict[UUID, str] = {}
    row: dict[str, Any] = {each.name: None for each in columns}
    row |= {each.name: UUID(each.value) for each in found if each.name in row}
    await name_all(context, columns, [row], names)
    return [replace(e, display=names.get(row.get(e.name, view.id), e.display)) for e in found]


@strawberry.type
class Mutation:
    print_request = act(
        print_request,
        "PrintResult",
        permission="requests.print",
        replay=replayed(shown, "export"),
    )
