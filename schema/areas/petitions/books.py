"""The registers of petitions and complaints in the API, and how cases fare by the count."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from resolvers.records.case_rows import CaseView, Filter, page, summary, tells_secrets
from schema.areas.petitions.cases import KIND, CaseFilterInput, wanted
from schema.ground.connections import Cursors, PageInfo, moment, page_info, page_size
from schema.ground.edges import edges_of, unreadable_field
from schema.ground.fields import Info, query
from schema.ground.ids import global_id
from schema.requests.kinds import RequestKind

PETITION, COMPLAINT = "petition.case", "complaint.case"


Filtered = Annotated[
    CaseFilterInput | None, strawberry.argument(description="What is wanted; all if absent.")
]


def told(read: Any, description: str) -> Any:
    return strawberry.field(resolver=read, description=description)


def _of_case(name: str, returns: Any) -> Any:
    def read(root: strawberry.Parent[Any]) -> Any:
        return getattr(root.view.case, name)

    read.__annotations__["return"] = returns
    return read


def _secret(name: str) -> Any:
    async def read(root: strawberry.Parent[Any], info: Info) -> str:
        case = root.view.case
        if not await tells_secrets(info.context, root.view, after_write=False):
            return ""
        info.context.reads_secret(case.kind, case.id)
        return str(getattr(case, name))

    return read


@strawberry.type
class CaseLine:
    """A line of the register of petitions or complaints, ready to be printed."""

    view: strawberry.Private[CaseView]
    case_id: strawberry.ID = strawberry.field(description="The case.")
    number: str = told(_of_case("number", str), "The request's number.")
    received_on: date = told(_of_case("received_on", date), "The day on which it came.")
    registered_at: datetime = told(_of_case("begun_at", datetime), "When it was registered.")
    registered_by: str = told(_of_case("registered_by_name", str), "Who registered it.")
    channel: str = told(_of_case("channel", str), "How it came.")
    content: str = told(_of_case("subject", str), "What it says.")
    complained_of: str = told(_of_case("complained_of", str), "Of whom or what.")
    complainant: str = told(_secret("complainant_name"), "Who; the ledger keeps who read it.")
    telephone: str = told(_secret("complainant_telephone"), "The ledger keeps who read it.")
    transferred_to: str = told(_of_case("forwarded_to", str), "The department it was passed to.")
    handler_unit: str = told(_of_case("handler_unit", str), "The section that handles it.")
    handler: str = told(_of_case("handler_name", str), "Who handles it.")
    state: str = told(_of_case("state", str), "Where it stands.")
    answer: str = told(_of_case("answer", str), "The answer or result.")
    answered_at: datetime | None = told(_of_case("answered_at", datetime | None), "When.")
    archived_at: datetime | None = told(_of_case("archived_at", datetime | None), "When filed.")


@strawberry.type
class CaseLineEdge:
    """A line of a page."""

    cursor: str = strawberry.field(description="To continue after it.")
    node: CaseLine | None = strawberry.field(description="The line.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class CaseLineConnection:
    """Lines of the register, the newest first."""

    edges: list[CaseLineEdge] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")


@strawberry.type
class CaseCount:
    """How many cases of a kind came in one way and stand in one state."""

    kind: RequestKind = strawberry.field(description="What they are.")
    channel: str = strawberry.field(description="How they came.")
    state: str = strawberry.field(description="Where they stand.")
    cases: int = strawberry.field(description="How many.")
    standing: int = strawberry.field(description="Of these, how many still go on.")
    closed: int = strawberry.field(description="Of these, how many are settled.")
    overdue: int = strawberry.field(description="Of these, how many let a deadline pass.")
    in_time: int = strawberry.field(description="Of these, how many kept a deadline.")


async def petition_register(
    info: Info, filter: Filtered = None, first: int | None = 50, after: str | None = None
) -> CaseLineConnection:
    """信访台账: petitions line by line, the newest first."""
    return await _case_lines(info, PETITION, filter, first, after)


async def complaint_register(
    info: Info, filter: Filtered = None, first: int | None = 50, after: str | None = None
) -> CaseLineConnection:
    """投诉登记: complaints line by line, the newest first."""
    return await _case_lines(info, COMPLAINT, filter, first, after)


async def case_summary(
    info: Info, kind: RequestKind | None = None, from_: date | None = None, to: date | None = None
) -> list[CaseCount]:
    """How many petitions and complaints came in, how, where they stand, and which are late."""
    asked: Any = kind
    narrowed = Filter(asked.value if asked else None, first_day=from_, last_day=to)
    found = await summary(info.context, narrowed)
    return [CaseCount(**{**row, "kind": RequestKind(row["kind"])}) for row in found]


async def _case_lines(
    info: Info, kind: str, given: CaseFilterInput | None, first: int | None, after: str | None
) -> CaseLineConnection:
    cursors = Cursors(f"lines of {kind}", (moment, UUID))
    narrowed = replace(wanted(given), kind=kind)
    found, more = await page(info.context, narrowed, page_size(first), cursors.read(after))
    edges = await edges_of(
        info,
        CaseLineEdge,
        cursors,
        found,
        lambda view: CaseLine(view=view, case_id=global_id(KIND, view.case.id)),
    )
    told = [edge.cursor for edge in edges]
    return CaseLineConnection(edges=edges, page_info=page_info(told, more=more, after=after))


@strawberry.type
class Query:
    petition_register = query(petition_register, CaseLineConnection, permission="registers")
    complaint_register = query(complaint_register, CaseLineConnection, permission="registers")
    case_summary = query(case_summary, list[CaseCount], permission="cases")
