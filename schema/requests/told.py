"""A page of a box, or one request, as the text that it is told as; else the ordinary way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from graphql.execution.collect_fields import FieldDetailsList
from orjson import Fragment

from domain.errors import Refused
from resolvers.ground.database import Statement, statement
from resolvers.ground.lately import Lately
from resolvers.ground.listing import UNREADABLE, Slice
from resolvers.ground.opening import Beside
from resolvers.requests.box_rows import Box
from resolvers.requests.boxes import Filter, rows_of
from resolvers.requests.history import told_past
from resolvers.requests.oversight import whose
from resolvers.requests.telling import Telling, Untold
from resolvers.requests.told_columns import HISTORY, HISTORY_MARK, one_of
from schema.completion.fields import Field, constant
from schema.ground.connections import Cursors, page_info, page_size
from schema.ground.fields import Info
from schema.ground.ids import read_id
from schema.requests.history import shown_past
from schema.requests.telling import (
    REQUEST,
    STEP,
    WHOLE_REQUEST,
    Making,
    Untellable,
    name_of,
    telling_of,
    told_before,
)

HISTORIES_KEPT = 32
NAMED_NOW = frozenset({"to", "seat"})
"""What of an act is named as it is called today: that is looked up."""


@dataclass(frozen=True)
class Pages:
    """How a connection is told: `parts` in their order, its edges where one is nothing.

    An edge has these keys, each with the column that its value stands in, or none for its cursor.
    """

    telling: Telling
    columns: tuple[str, ...]
    parts: Sequence[Callable[[Any], str] | None]
    key: str
    edge: Sequence[tuple[str, str | None]]
    counting: bool

    def text(self, rows: Sequence[Any], cursor: Callable[[Any], str], page: Any) -> str:
        edges = ",".join(
            f"{{{','.join([key + (row[of] if of else cursor(row)) for key, of in self.edge])}}}"
            for row in rows
        )
        written = (part(page) if part else f"{self.key}[{edges}]" for part in self.parts)
        return f"{{{','.join(written)}}}"


def _pages(making: Making, details: FieldDetailsList, box: Box) -> Pages:
    kind, edge_kind = making.kind("RequestConnection"), making.kind("RequestEdge")
    fields = making.grouped(kind, details)
    edges = [each for each in fields.items() if name_of(each[1]) == "edges"]
    if len(edges) != 1:
        raise Untellable("edges")
    columns: list[str] = []
    edge: list[tuple[str, str | None]] = []
    asked = making.grouped(edge_kind, edges[0][1])
    if "node" not in map(name_of, asked.values()):
        raise Untellable("nothing says whether the requests can be shown")
    for key, of in asked.items():
        name = name_of(of)
        told = f"told_{len(edge)}"
        if name == "node":
            columns.append(f"{making.object(REQUEST, of)} as {told}")
        elif name == "step" and box is Box.TO_DECIDE:
            own = making.object(STEP, of).replace("t.everybody", "null")
            own = f"case when t.id is null then 'null' else {own} end"
            columns += ["t.id as own_id", f"{own} as {told}"]
        elif name != "cursor":
            raise Untellable(name)
        edge.append((f'"{key}":', None if name == "cursor" else told))
    parts: list[Callable[[Any], str] | None] = []
    for here, group in groupby(fields.items(), lambda each: each in edges):
        parts.append(None if here else making.writer(kind, dict(group)))
    counting = any(name_of(of) in {"totalCount", "totalIsExact"} for of in fields.values())
    key = f'"{edges[0][0]}":'
    return Pages(Telling(making.runs), tuple(columns), parts, key, edge, counting)


async def told_page(
    info: Info, box: Box, wanted: Filter, cursors: Cursors, page: Slice
) -> Fragment | None:
    """A page; nothing where it is for the ordinary way to show."""
    pages: Pages | None = telling_of(info, _pages, box)
    if pages is None:
        return None
    context = info.context
    rows, more, total = await rows_of(
        *(context, box, wanted, page, pages.columns),
        counting=pages.counting,
        year=str(context.today.year),
    )

    def cursor(row: Any) -> str:
        return cursors.after(row["at"], row["tie"])

    ends = [cursor(rows[at]) for at in (0, -1)] if rows else []
    told = SimpleNamespace(
        page_info=page_info(ends, more=more, after=page.after),
        total_count=total.number,
        total_is_exact=total.exact,
        unreadable=[],
    )
    text = pages.text(rows, lambda row: f'"{cursor(row)}"', told)
    try:
        return Fragment(await pages.telling.filled(context, text))
    except (Untold, *UNREADABLE):
        return None


@dataclass(frozen=True, eq=False)
class One:
    """How one request is told: by a statement, which reads so many lines of its history."""

    telling: Telling
    run: Statement
    select: str
    lines: int
    history: Callable[[Any], str]
    told: Lately[tuple[Any, ...], str] = field(default_factory=lambda: Lately(HISTORIES_KEPT))


def _one(making: Making, details: FieldDetailsList) -> One:
    found: list[tuple[int, Callable[[Any], str]]] = []

    def history(making: Making, of: FieldDetailsList) -> str:
        parent, kind = making.kind("Request"), making.kind("PastActConnection")
        given = constant(Field("history", parent, parent.fields["history"], of))
        fields = making.grouped(kind, of)
        if found or given is None or given.get("after") or making.selects(fields, kind, NAMED_NOW):
            raise Untellable("history")
        found.append((page_size(given.get("first")), making.writer(kind, fields)))
        return HISTORY_MARK

    whole = replace(WHOLE_REQUEST, own={**WHOLE_REQUEST.own, "history": history})
    of = making.object(whole, details)
    [(lines, written)] = found or [(0, str)]
    select = one_of(of, lines and lines + 1)
    return One(Telling(making.runs), statement(select), select, lines, written)


def beside_viewer(info: Info, given: Mapping[str, Any]) -> Beside | None:
    """One request, read with the viewer where it is known how it is told."""
    one: One | None = told_before(info, _one)
    try:
        of, key = read_id(given["id"])
        request = UUID(key) if one and of == "Request" else None
    except (Refused, ValueError):
        return None
    if one is None or request is None:
        return None
    more = {"id": request, "year": str(info.context.today.year)}
    return Beside((one, request), one.select, lambda known: {**whose(info.context, known), **more})


async def told_request(info: Info, key: UUID) -> Fragment | None:
    """One request; nothing where it is for the ordinary way to show."""
    one: One | None = telling_of(info, _one)
    if one is None:
        return None
    context = info.context
    row = context.read_beside((one, key))
    if row is None:
        given = {**whose(context), "id": key, "year": str(context.today.year)}
        row = await context.transaction.row(one.run, **given)
    if row is None or row["id"] is None:
        return None
    try:
        words = {}
        if one.lines:
            # Lines never change: those that were told are told again, to whom they say the same.
            own = context.viewer.institution, row["applicant_id"] == context.viewer.person.id
            same = *own, *(row[name] for name in ("past", "id", "kind", "rulebook_version"))
            known = one.told.get(same)
            if known is None:
                root, past = await told_past(context, row)
                shown = await shown_past(info, root, past, Slice(one.lines))
                known = f"{{{one.history(shown)}}}"
                one.told.put(same, known)
            words[HISTORY] = known
        return Fragment(await one.telling.filled(context, row["told"], words))
    except (Untold, *UNREADABLE):
        return None
