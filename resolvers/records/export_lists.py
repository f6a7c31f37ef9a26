"""What can be exported: each list by its declared columns, read page by page as the API reads it.

A row that cannot be read keeps its place, as nothing.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from domain.approval.description import MEASURED
from domain.approval.forms import Field, form_fields, read_form
from domain.approval.request import STATUSES
from domain.records.accounts import Move
from domain.records.cases import CaseKind
from domain.records.exports import Column, column_of
from domain.records.lines import NUMBER
from domain.records.registers import Register
from domain.records.statements import Shown, Statement
from domain.records.things import Keeping, Thing
from domain.time.wording import UNITS
from domain.vocabulary import FactType, Label
from policies import vocabulary
from resolvers.ground.context import Context
from resolvers.ground.listing import Found, Slice
from resolvers.records import account_pages, case_rows, register_rows, statements, thing_rows
from resolvers.records.case_rows import CaseView
from resolvers.records.case_turns import tells_secrets as tells_of_case
from resolvers.records.register_rows import record_of
from resolvers.records.sight import tells_secrets
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


async def _told(row: Row) -> bool:  # noqa: ARG001
    return True


@dataclass(frozen=True)
class Listing:
    """A list: whose it is by its object's code, its title, its columns, and its rows by pages.

    `tells` is asked of each row whether the viewer reads what is secret of it.
    """

    of: str
    title: Label
    columns: tuple[Column, ...]
    pages: Pages
    tells: Callable[[Row], Awaitable[bool]] = _told


async def _paged(
    listed: Callable[[Slice], Awaitable[Found[Any]]],
    read: Callable[[Any], Row] = dict,
) -> Pages:
    """Every page of a list, which begins after the last key of the one before."""
    after, more = None, True
    while more:
        found, more = await listed(Slice(PAGE, after))
        yield [None if each.item is None else read(each.item) for each in found]
        after = found[-1].key[:2] if found else None


def _named(*names: str, **types: Any) -> tuple[Column, ...]:
    """Columns that every list of a kind has, as the vocabulary calls them."""
    labels = vocabulary.columns()
    return tuple(Column(name, labels[name], types.get(name, str)) for name in (*names, *types))


def _fields(context: Context, fields: tuple[Field, ...]) -> tuple[Column, ...]:
    return tuple(column_of(each, context.services.vocabulary) for each in fields)


def of_register(
    context: Context, register: Register, first: date | None, last: date | None
) -> Listing:
    numbered = _named(NUMBER) if register.numbered else ()
    written = _named("recorded_by_name", recorded_at=datetime, stands=bool, why=str)

    pages = _paged(partial(register_rows.lines, context, register, first, last))
    tells = partial(tells_secrets, context, record_of(register))
    columns = (*numbered, *_fields(context, register.fields), *written)
    return Listing(register.name, _title(context, register.name), columns, pages, tells)


def of_things(context: Context, thing: Thing, wanted: thing_rows.Wanted) -> Listing:
    kept = _named("keeper_name", "holder_name", "offered_name", state=Keeping, due_on=date)
    columns = (*_fields(context, thing.fields), *kept)
    pages = _paged(partial(thing_rows.things, context, thing, wanted))
    return Listing(thing.name, _title(context, thing.name), columns, pages)


def of_cases(context: Context, kind: CaseKind[Any], wanted: case_rows.Filter) -> Listing:
    own = tuple(each for each in form_fields(kind.record) if each.name not in kind.hidden)
    shown = tuple(Column(each.name, each.label) for each in kind.shows)
    header = _named("number", "stage", since=datetime, overdue=bool)
    begun = _named("begun_by_name", begun_at=datetime, approved_by=str)
    columns = (*header, *_fields(context, own), *shown, *begun)

    async def tells(row: Row) -> bool:
        return await tells_of_case(context, row["view"], after_write=False)

    pages = _paged(partial(case_rows.cases, context, kind, wanted), _case)
    unique = {each.name: each for each in reversed(columns)}
    columns = tuple(each for each in columns if unique[each.name] is each)
    return Listing(kind.code, _title(context, kind.code), columns, pages, tells)


def _case(view: CaseView) -> Row:
    case, paths = view.case, view.living.shapes.paths
    reached = (each.label for each in paths if (each.id, each.target) == (case.path, case.state))
    stage = next(reached, Label(case.state, case.state))
    told = {"overdue": view.overdue, "approved_by": view.approved_by, "stage": stage}
    return {**vars(case), **vars(case.filled), **view.shown, **told, "view": view}


async def of_requests(context: Context, box: Box, wanted: boxes.Filter) -> Listing:
    """A box; narrowed to one kind, with what its form asks and what was counted for it."""
    common = ("number", "kind", "summary", "status", "applicant_name", "unit_name", "waiting_for")
    columns = _named(*common, submitted_at=datetime, completed_at=datetime)
    if wanted.kind:
        living = await context.rulebook()
        known = {each.name for each in columns}
        fields = form_fields(procedure_of(wanted.kind, living).form)
        columns += tuple(e for e in _fields(context, fields) if e.name not in known)
        known |= {each.name for each in fields}
        looked_at = {*DURATIONS, *facts_of_interest(living, wanted.kind)} - known
        columns += tuple(
            Column(code, fact.label, Decimal, fact.unit)
            for code, fact in context.services.vocabulary.facts.items()
            if code in looked_at and fact.source in MEASURED and fact.type in NUMBERS
        )

    async def listed(page: Slice) -> Found[RequestRow]:
        found = await boxes.page(context, box, wanted, page)
        return found.lines, found.more

    async def tells(row: Row) -> bool:
        return bool(row["applicant"] == context.viewer.person.id)

    read = partial(_request, context, asked=bool(wanted.kind))
    return Listing("requests", BOXES[box], columns, _paged(listed, read), tells)


def _request(context: Context, row: RequestRow, *, asked: bool) -> Row:
    words = context.services.vocabulary
    form = vars(read_form(row.procedure.form, row.form)) if asked and row.form else {}
    return {
        **(facts_of(row) if asked else {}),
        **form,
        "id": row.id,
        "number": row.number,
        "kind": row.label,
        "summary": row.summary_in(context.language),
        "status": STATUSES[row.status],
        "applicant": row.applicant,
        "applicant_name": row.applicant_name,
        "unit_name": row.unit_name,
        "waiting_for": "; ".join(_waiting(row, words.roles, context.language)),
        "submitted_at": row.submitted_at,
        "completed_at": row.completed_at,
    }


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

    async def pages() -> Pages:
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

    return Listing("accounts", vocabulary.columns()["accounts"], columns, pages())


def of_statement(
    context: Context, statement: Statement, first: date | None, last: date | None
) -> Listing:
    columns = [Column(name, label) for name, label in statement.known_by]
    for each in statement.columns:
        unit = ""
        if isinstance(each, Shown):
            unit = column_of(each.of, context.services.vocabulary).unit
        of = each.of.type if isinstance(each, Shown) and each.type is str else each.type
        columns.append(Column(each.name, each.label, of, unit))

    async def pages() -> Pages:
        yield [*(await statements.drawn(context, statement, first, last)).lines]

    return Listing(statement.name, _title(context, statement.name), tuple(columns), pages())


def _title(context: Context, of: str) -> Label:
    return context.services.vocabulary.objects[of].label
