"""Lists that no query serves as a file has them: a box with its form's columns, and accounts."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from domain.approval.description import MEASURED
from domain.approval.forms import form_fields, read_form
from domain.approval.request import STATUSES
from domain.records.accounts import Move
from domain.records.exports import Column, column_of
from domain.time.wording import UNITS
from domain.vocabulary import FactType, Label
from policies import vocabulary
from resolvers.ground.context import Context
from resolvers.ground.listing import Slice
from resolvers.records import account_pages
from resolvers.requests import boxes
from resolvers.requests.box_rows import Box
from resolvers.requests.needs import DURATIONS, facts_of_interest
from resolvers.requests.procedures import procedure_of
from resolvers.requests.request_rows import RequestRow
from resolvers.requests.rows import facts_of

PAGE = 200
NUMBERS = (FactType.DECIMAL, FactType.INT)

BOXES: Mapping[Box, Label] = {
    Box.MINE: Label("我的申请", "My requests"),
    Box.TO_DECIDE: Label("待我办理", "To decide"),
    Box.HANDLED: Label("我已办理", "Handled"),
    Box.COPIED: Label("抄送给我", "Copied to me"),
    Box.UNIT: Label("本单位申请", "Requests of my units"),
}

Row = Mapping[str, Any]
Pages = AsyncIterator[list[Row | None]]


@dataclass(frozen=True)
class Listing:
    """A list: whose it is by its object's code, its title, its columns, and its rows by pages.

    Pages are read for columns: what is secret only where it is among them, and noted as read. A
    row that cannot be read keeps its place, as nothing.
    """

    of: str
    title: Label
    columns: tuple[Column, ...]
    pages: Callable[[Sequence[Column]], Pages]


def _named(*names: str, **types: Any) -> tuple[Column, ...]:
    """Columns that every list of a kind has, as the vocabulary calls them."""
    labels = vocabulary.columns()
    return tuple(Column(name, labels[name], types.get(name, str)) for name in (*names, *types))


async def of_requests(context: Context, box: Box, wanted: boxes.Filter) -> Listing:
    """A box; narrowed to one kind, with what its form asks and what was counted for it."""
    common = ("number", "kind", "summary", "status", "applicant_name", "unit_name", "waiting_for")
    columns = _named(*common, submitted_at=datetime, completed_at=datetime)
    if wanted.kind:
        living = await context.rulebook()
        known = {each.name for each in columns}
        fields = form_fields(procedure_of(wanted.kind, living).form)
        words = context.services.vocabulary
        columns += tuple(column_of(e, words) for e in fields if e.name not in known)
        known |= {each.name for each in fields}
        looked_at = {*DURATIONS, *facts_of_interest(living, wanted.kind)} - known
        columns += tuple(
            Column(code, fact.label, Decimal, fact.unit)
            for code, fact in words.facts.items()
            if code in looked_at and fact.source in MEASURED and fact.type in NUMBERS
        )

    async def pages(shown: Sequence[Column]) -> Pages:
        secret = {each.name for each in shown if each.secret}
        read = partial(_request, context, secret=secret, asked=bool(wanted.kind))
        after, more = None, True
        while more:
            found = await boxes.page(context, box, wanted, Slice(PAGE, after))
            rows = (each.item for each in found.lines)
            yield [read(each) if each else None for each in rows]
            more, after = found.more, found.lines[-1].key[:2] if found.lines else None

    return Listing("requests", BOXES[box], columns, pages)


def _request(context: Context, row: RequestRow, *, secret: set[str], asked: bool) -> Row:
    """A request as its line; what is `secret` of it is told to its applicant alone."""
    words = context.services.vocabulary
    form = vars(read_form(row.procedure.form, row.form)) if asked and row.form else {}
    mine = row.applicant == context.viewer.person.id
    if secret and mine:
        context.reads_secret("requests", row.id)
    told = {
        **(facts_of(row) if asked else {}),
        **form,
        "number": row.number,
        "kind": row.label,
        "summary": row.summary_in(context.language),
        "status": STATUSES[row.status],
        "applicant_name": row.applicant_name,
        "unit_name": row.unit_name,
        "waiting_for": "; ".join(_waiting(row, words.roles, context.language)),
        "submitted_at": row.submitted_at,
        "completed_at": row.completed_at,
    }
    return told if mine else {name: each for name, each in told.items() if name not in secret}


def _waiting(row: RequestRow, roles: Mapping[str, Any], language: str) -> Iterator[str]:
    """Whose turn it is: 科长 张三."""
    for step in row.steps:
        for seat in map(row.seat, step.seats if step.status == "open" else ()):
            if seat:
                label = roles[step.role].label if step.role in roles else Label("", "")
                title = label.en if language == "en" else label.zh
                yield " ".join((title, *(each.name for each in seat.holders)))


def of_accounts(context: Context, person: UUID, on: date) -> Listing:
    """What makes up the accounts of somebody, each entry with what was left after it."""
    columns = _named("account", day=date, move=Move, moved_by=str, amount=Decimal, unit=str)
    columns += _named(left_after=Decimal, until=date, clause=str)

    async def pages(_: Sequence[Column]) -> Pages:
        objects = context.services.vocabulary.objects
        kinds = context.services.vocabulary.kinds
        rows: list[Row | None] = []
        for each in await account_pages.accounts(context, person, on):
            left, account = Decimal(0), each.whose.account
            for line in each.lines:
                left += line.amount
                of = objects.get(line.of) or kinds.get(line.of)
                unit = UNITS.get(account.unit, account.unit)
                told = {"account": each.label, "unit": unit, "left_after": left}
                told["moved_by"] = of.label if of else line.of
                rows.append({**vars(line), **told})
        yield rows

    return Listing("accounts", vocabulary.columns()["accounts"], columns, pages)
