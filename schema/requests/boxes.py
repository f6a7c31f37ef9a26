"""The inbox and the boxes in the API, and fetching anything by its global id."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval.request import Status
from domain.errors import Refused
from domain.office.organisation import Holder
from resolvers.ground.listing import UNREADABLE, Slice, note
from resolvers.ground.people import named
from resolvers.requests import boxes
from resolvers.requests.acting import find
from resolvers.requests.box_rows import COUNTED_TO, Box
from resolvers.requests.boxes import Filter
from resolvers.requests.request_rows import RequestRow
from schema.ground.connections import (
    Cursors,
    PageInfo,
    moment,
    once,
    page_info,
    page_size,
    wants,
    wants_total,
)
from schema.ground.edges import unreadable
from schema.ground.fields import Info, query
from schema.ground.ids import global_id, read_id
from schema.ground.mirrors import enum_of
from schema.ground.nodes import FINDERS, Node
from schema.office.organisation import person_of
from schema.requests.kinds import ByCode, RequestKind, kind_asked
from schema.requests.parts import of_edges
from schema.requests.requests import Request, RequestStatus
from schema.requests.steps import Step, step_of
from schema.requests.told import beside_viewer, told_page, told_request
from schema.rules.clauses import clause_of

CURSORS = {box: Cursors(f"requests.{box.value}", (moment, UUID)) for box in Box}
RequestBox: Any = enum_of(Box, "RequestBox")


TOTAL = f"""How many there are on all pages. Exact for MINE, HANDLED and UNIT narrowed by kind and
state alone; otherwise up to {COUNTED_TO:,}, which stands for more as well."""


@strawberry.type
class RequestEdge:
    """A request in a page."""

    cursor: Annotated[str, "Continue after it."]
    node: Annotated[Request, "The request."]
    step: Annotated[Step | None, "The viewer's own open step."]
    unreadable: Annotated[
        str | None, "Why parts of it are missing: what is stored of them cannot be shown."
    ]


@strawberry.type
class RequestConnection:
    """A page of requests."""

    edges: Annotated[list[RequestEdge], "The page."]
    page_info: Annotated[PageInfo, "Where it lies."]
    total_count: Annotated[int, TOTAL]
    total_is_exact: Annotated[
        bool, "Whether `totalCount` is how many there are; where not, there are more."
    ]
    unreadable: Annotated[
        list[strawberry.ID],
        "Requests of the page that cannot be shown at all: of a kind nobody knows.",
    ]


@strawberry.type
class BoxCount:
    """How many requests a box holds."""

    box: Annotated[RequestBox, "The box."]
    count: Annotated[int, TOTAL]
    exact: Annotated[bool, "Whether `count` is how many there are; where not, there are more."]


async def inbox(info: Info, first: int | None = 50, after: str | None = None) -> RequestConnection:
    """Requests with a step that the viewer may decide now, oldest first."""
    return await _connection(info, Box.TO_DECIDE, Filter(), first, after)


async def requests(
    info: Info,
    box: RequestBox,
    kind: RequestKind | None = None,
    kind_code: ByCode = None,
    status: RequestStatus | None = None,
    text: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> RequestConnection:
    """A box of requests, narrowed by kind, state, words and the days on which they were made."""
    wanted = Filter(
        kind=kind_asked((await info.context.rulebook()).vocabulary, kind, kind_code),
        status=Status(status).value if status else None,
        text=text,
        begins=from_,
        ends=to,
    )
    return await _connection(info, box, wanted, first, after)


async def box_counts(info: Info) -> list[BoxCount]:
    """How many requests each of the viewer's boxes holds."""
    found = await boxes.counts(info.context)
    return [BoxCount(box=box, count=each.number, exact=each.exact) for box, each in found.items()]


async def node(info: Info, id: strawberry.ID) -> Node | None:
    """Anything that has a global id and that the viewer may see; null otherwise."""
    context = info.context
    try:
        of, key = read_id(id)
        if of == "Request":
            told = await told_request(info, UUID(key))
            return told or await find(context, UUID(key))  # type: ignore[return-value]
        if of == "Clause":
            institution, _, clause = key.partition(":")
            living = await context.rulebook(institution)
            known = any(line.clause == clause for line in living.rulebook.register.values())
            return clause_of(living, clause) if known else None
        if of == "Person":
            person = await named(context, UUID(key))
            return person_of(Holder(*person)) if person else None
        return await FINDERS[of](info, key) if of in FINDERS else None
    except (Refused, ValueError):
        return None


async def _connection(
    info: Info, box: Box, wanted: Filter, first: int | None, after: str | None
) -> RequestConnection:
    cursors, parts = CURSORS[box], once(info, of_edges)
    asked = Slice(page_size(first), cursors.read(after))
    if told := await told_page(info, box, wanted, cursors, asked):
        return told  # type: ignore[return-value]
    page = await boxes.page(
        info.context,
        box,
        wanted,
        asked,
        parts,
        counting=wants_total(info) or wants(info, "totalIsExact"),
    )
    edges = [Edge(cursors, line.key, line.item, info) for line in page.lines if line.item]
    ends = [page.lines[at].key[:2] for at in (0, -1)] if page.lines else []
    return RequestConnection(
        edges=edges,  # type: ignore[arg-type]
        page_info=page_info([cursors.after(*key) for key in ends], more=page.more, after=after),
        total_count=page.total.number,
        total_is_exact=page.total.exact,
        unreadable=[global_id("Request", each.key[-1]) for each in page.lines if not each.item],
    )


class Edge:
    """An edge as it is read: its cursor and its step are made where somebody asks."""

    __slots__ = ("_cursors", "_info", "_key", "node")

    def __init__(
        self, cursors: Cursors, key: tuple[Any, ...], node: RequestRow, info: Info
    ) -> None:
        self._cursors, self._key, self.node, self._info = cursors, key, node, info

    @property
    def cursor(self) -> str:
        return self._cursors.after(*self._key[:2])

    @property
    def step(self) -> Step | None:
        node = self.node
        step = node.step(node.step_id) if node.step_id else None
        if step is None:
            return None
        try:
            return step_of(node, step, self._info.context.language)
        except UNREADABLE as error:
            note("steps", node.step_id, error)
        return None

    @property
    def unreadable(self) -> str | None:
        return None if self.node.readable else unreadable(self._info)


FIELDS = (
    query(inbox, "requests.read"),
    query(requests, "requests.read"),
    query(box_counts, "requests.read"),
    query(node, "nodes.read", beside=beside_viewer),
)
