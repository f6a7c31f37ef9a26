"""Callers, visitors and leaders' reception days in the API: entered, read by the day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.areas.petitions.books import CONTACTS, RECEPTIONS, Contact, Reception
from domain.records.registers import Register
from resolvers.areas.petitions import books
from resolvers.ground.listing import Listed
from resolvers.records.sight import tells_secrets
from schema.ground.connections import Cursors, PageInfo, page_info, page_size
from schema.ground.edges import edges_of, unreadable_field
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import global_id, uuid_if_given
from schema.ground.mirrors import mirror, read_input
from schema.records.registers import LineEntered, LineResult

CONTACT, RECEPTION = "Contact", "Reception"
CURSORS = {
    each.table.name: Cursors(each.table.name, (date.fromisoformat, UUID))
    for each in (CONTACTS, RECEPTIONS)
}


def _plain(name: str, returns: Any, description: str) -> Any:
    def read(root: strawberry.Parent[Any]) -> Any:
        return root.row[name]

    read.__annotations__["return"] = returns
    return strawberry.field(resolver=read, description=description)


def _secret(of: str, name: str, description: str) -> Any:
    async def read(root: strawberry.Parent[Any], info: Info) -> str:
        book = books.BOOKS[f"{of}_register"]
        if not await tells_secrets(info.context, book, root.row):
            return ""
        info.context.reads_secret(of, root.row["id"])
        return str(root.row[name])

    return strawberry.field(resolver=read, description=f"{description} The ledger keeps who read.")


def _id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return global_id(type(root).__name__.removesuffix("Line"), root.row["id"])


LINE = {
    "id": strawberry.field(resolver=_id, description="To correct it."),
    "stands": _plain("stands", bool, "Whether it counts: no later line corrects it."),
    "recorded_by": _plain("recorded_by_name", str, "Who wrote it."),
    "recorded_at": _plain("recorded_at", datetime, "When it was written."),
}
"""What every line tells."""


@strawberry.type
class ContactLine:
    """Somebody who called or came, and what the first asked did."""

    row: strawberry.Private[Mapping[str, Any]]
    id: strawberry.ID = LINE["id"]
    stands: bool = LINE["stands"]
    recorded_by: str = LINE["recorded_by"]
    recorded_at: datetime = LINE["recorded_at"]
    on_day: date = _plain("on_day", date, "The day.")
    by_telephone: bool = _plain("by_telephone", bool, "A call, or a visit.")
    purpose: str = _plain("purpose", str, "errand, enquiry or report.")
    content: str = _plain("content", str, "What it was about.")
    caller_name: str = _secret("contact", "caller_name", "The name.")
    caller_telephone: str = _secret("contact", "caller_telephone", "The telephone.")
    asked_scope: str | None = _plain("asked_scope", str | None, "To whom the matter belongs.")
    outcome: str = _plain("outcome", str, "handled, explained, directed, referred …")
    passed_to: str = _plain("passed_to", str, "The section it was passed or pointed to.")
    told: str = _plain("told", str, "What was told.")
    clause: str = _plain("clause", str, "The clause that says so.")


@strawberry.type
class ReceptionLine:
    """Somebody whom a leader received."""

    row: strawberry.Private[Mapping[str, Any]]
    id: strawberry.ID = LINE["id"]
    stands: bool = LINE["stands"]
    recorded_by: str = LINE["recorded_by"]
    recorded_at: datetime = LINE["recorded_at"]
    received_on: date = _plain("received_on", date, "The day.")
    leader: str = _plain("leader_name", str, "Who received them.")
    visitor: str = _secret("reception", "visitor_name", "Who came.")
    telephone: str = _secret("reception", "visitor_telephone", "The telephone.")
    matter: str = _plain("matter", str, "What it was about.")
    outcome: str = _plain("outcome", str, "What was decided.")


@strawberry.type
class ContactEdge:
    """A line of a page."""

    cursor: str = strawberry.field(description="To continue after it.")
    node: ContactLine | None = strawberry.field(description="The line.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class ContactConnection:
    """Callers and visitors, the newest day first."""

    edges: list[ContactEdge] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")


@strawberry.type
class ReceptionEdge:
    """A line of a page."""

    cursor: str = strawberry.field(description="To continue after it.")
    node: ReceptionLine | None = strawberry.field(description="The line.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class ReceptionConnection:
    """Whom leaders received, the newest day first."""

    edges: list[ReceptionEdge] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")


def _more(of: str) -> tuple[Any, ...]:
    corrects = f"The {of} that this line corrects."
    key = "The same key is answered once."
    return (
        ("corrects", strawberry.ID | None, strawberry.field(default=None, description=corrects)),
        ("idempotency_key", strawberry.ID, strawberry.field(description=key)),
    )


ContactInput = mirror(Contact, "RecordContactInput", is_input=True, more=_more("contact"))
ReceptionInput = mirror(Reception, "RecordReceptionInput", is_input=True, more=_more("reception"))


async def record_contact(info: Info, input: Any) -> LineEntered:
    """Write down a caller or visitor, and what the first asked did: 首问登记."""
    corrects = uuid_if_given(input.corrects, CONTACT, "corrects")
    form = read_input(Contact, input)
    line = await books.record_contact(info.context, form, corrects)
    return LineEntered(line_id=global_id(CONTACT, line))


async def record_reception(info: Info, input: Any) -> LineEntered:
    """Write down whom a leader received; on the reception day its recurring duty is done."""
    corrects = uuid_if_given(input.corrects, RECEPTION, "corrects")
    form = read_input(Reception, input)
    line = await books.record_reception(info.context, form, corrects)
    return LineEntered(line_id=global_id(RECEPTION, line))


record_contact.__annotations__["input"] = ContactInput
record_reception.__annotations__["input"] = ReceptionInput


async def replay_contact(info: Info, answer: Any) -> LineEntered:  # noqa: ARG001
    return LineEntered(line_id=global_id(CONTACT, answer["line"]))


async def replay_reception(info: Info, answer: Any) -> LineEntered:  # noqa: ARG001
    return LineEntered(line_id=global_id(RECEPTION, answer["line"]))


async def list_contacts(
    info: Info,
    from_: date | None = None,
    to: date | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ContactConnection:
    """来电来访登记: for clerks and leaders all lines, for others what they wrote themselves."""
    found, more = await _lines(info, CONTACTS, from_, to, first, after)
    edges = await edges_of(
        info, ContactEdge, CURSORS[CONTACTS.table.name], found, lambda row: ContactLine(row=row)
    )
    told = [edge.cursor for edge in edges]
    return ContactConnection(edges=edges, page_info=page_info(told, more=more, after=after))


async def list_receptions(
    info: Info,
    from_: date | None = None,
    to: date | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ReceptionConnection:
    """领导接待日登记: whom the leaders received, and what was decided."""
    found, more = await _lines(info, RECEPTIONS, from_, to, first, after)
    edges = await edges_of(
        info,
        ReceptionEdge,
        CURSORS[RECEPTIONS.table.name],
        found,
        lambda row: ReceptionLine(row=row),
    )
    told = [edge.cursor for edge in edges]
    return ReceptionConnection(edges=edges, page_info=page_info(told, more=more, after=after))


async def _lines(
    info: Info,
    register: Register,
    from_: date | None,
    to: date | None,
    first: int | None,
    after: str | None,
) -> tuple[list[Listed[Mapping[str, Any]]], bool]:
    since, size = CURSORS[register.table.name].read(after), page_size(first)
    return await books.lines(info.context, register, from_, to, size, since)


@strawberry.type
class Query:
    contacts = query(list_contacts, ContactConnection, permission="registers")
    receptions = query(list_receptions, ReceptionConnection, permission="registers")


ACTS: Any = {"permission": "registers"}


@strawberry.type
class Mutation:
    record_contact = mutation(record_contact, LineResult, replay=replay_contact, **ACTS)
    record_reception = mutation(record_reception, LineResult, replay=replay_reception, **ACTS)
