"""Cases as they are kept: who may see which, found, listed, written with what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any
from uuid import UUID

import asyncpg

from domain.approval.forms import form_fields
from domain.errors import Refused, at_fault
from domain.office.organisation import LEADS_A_UNIT, LEADS_MORE
from domain.records.case_paths import follow
from domain.records.case_tables import refers
from domain.records.cases import HEADER, Case, CaseKind
from domain.records.lines import read_value, stored
from domain.shapes.paths import Transition, state_said
from domain.vocabulary import FactType, Label
from resolvers.ground import ledger
from resolvers.ground.absent import here
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction
from resolvers.ground.keeping import Overtaken, alone
from resolvers.ground.listing import LATEST_KEY, Found, Slice
from resolvers.records import case_sql
from resolvers.records.acts import seats_of, taking
from resolvers.records.sight import sight_of
from resolvers.records.verdicts import Acting
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook


@dataclass(frozen=True)
class Filter:
    """What a list of cases is narrowed to; `columns` are further ones, by name."""

    number: str | None = None
    state: str | None = None
    standing: bool | None = None
    overdue: bool | None = None
    first_day: date | None = None
    last_day: date | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseView:
    """A case with its rules, its clocks, and what happened to it as it was written down.

    `taking` is the version that says whose each stage is. `shown` are columns of what it refers to;
    `unit` is where it belongs: who handles it, or else whose request it was.
    """

    kind: CaseKind[Any]
    case: Case[Any]
    living: LivingRulebook
    taking: LivingRulebook
    overdue: bool
    over: bool
    approved_by: str | None
    unit: UUID | None
    shown: Mapping[str, Any]
    clocks: Sequence[Mapping[str, Any]]
    entries: Sequence[Mapping[str, Any]]

    @property
    def asked_for(self) -> str:
        """The kind of request that a loan may name."""
        return self.case.kind or self.kind.code

    @cached_property
    def may_follow(self) -> tuple[Transition, ...]:
        every = self.living.shapes.paths
        return self.living.once("follow", self.place, lambda: follow(self.kind, self.case, every))

    @property
    def place(self) -> tuple[str, str, str]:
        return self.kind.code, self.case.path, self.case.state

    @property
    def stage(self) -> Label:
        """Where it stands on its path, in words."""
        every = self.living.shapes.paths
        return state_said((each for each in every if each.id == self.case.path), self.case.state)

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """What its lines look at: its columns, and what it states to the path."""
        return {**columns_of(self.case), **self.case.facts}


def units_led(context: Context, seats: Sequence[Acting]) -> tuple[list[UUID], list[UUID]]:
    """The units that somebody acts for, and of these the ones that are their own section."""
    roles = context.services.vocabulary.roles
    levels = [(roles[each.role].level, each.unit) for each in seats if each.role in roles]
    led = [unit for level, unit in levels if level >= LEADS_A_UNIT]
    return led, [unit for level, unit in levels if LEADS_A_UNIT <= level < LEADS_MORE]


async def seats_in(
    context: Context, view: CaseView, *, after_write: bool = False
) -> tuple[Acting, ...]:
    """The viewer's seats that count in a case: a loan may name its object or its request's kind."""
    code, facts = view.kind.code, view.facts
    return await seats_of(context, code, facts, kind=view.asked_for, after_write=after_write)


async def cases_seen(
    context: Context, kind: CaseKind[Any], text: str, **values: Any
) -> list[asyncpg.Record]:
    """The cases of a statement that the viewer may see."""
    person = context.viewer.person
    seats: dict[UUID, Acting] = {}
    for of in case_sql.origins(kind):
        seats |= {each.seat: each for each in await seats_of(context, kind.code, {}, kind=of)}
    led, headed = units_led(context, tuple(seats.values()))
    found = await sight_of(context, *case_sql.records_of(kind))
    return await context.rows(
        found.within(text),
        **found.values,
        **values,
        name=person.name,
        led=led,
        headed=headed,
        now=context.now,
    )


def narrowed(kind: CaseKind[Any], wanted: Filter) -> dict[str, Any]:
    """What a list is narrowed to, by the names that `matches` knows."""
    told = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    del told["columns"]
    told |= {
        name: stored(wanted.columns.get(name)) for name in (*kind.filters, *refers(kind.record))
    }
    return {name: value for name, value in told.items() if value is not None}


async def find(context: Context, kind: CaseKind[Any], case: UUID) -> CaseView:
    """One case, by its id or its request's.

    Raises: Refused: there is none that the viewer may see.
    """
    rows = await cases_seen(context, kind, case_sql.one(kind), id=case)
    if not rows:
        raise Refused("CASE_NOT_FOUND")
    return await read_view(context, kind, rows[0])


async def find_any(context: Context, kind: CaseKind[Any], case: UUID) -> CaseView | None:
    """One case of the office, whoever may see it."""
    row = await context.row(case_sql.any_one(kind), id=case, now=context.now)
    return await read_view(context, kind, row) if row else None


async def cases(
    context: Context, kind: CaseKind[Any], wanted: Filter, page: Slice
) -> Found[CaseView]:
    """The newest cases first."""
    given = narrowed(kind, wanted)
    of = case_sql.page(kind, frozenset(given))
    rows = await cases_seen(context, kind, of, **page.values(LATEST_KEY), **given)
    read = partial(read_view, context, kind)
    return await page.read(kind.table.name, rows, ("begun_at", "id"), read)


async def keep(context: Context, view: CaseView, case: Case[Any], event: Mapping[str, Any]) -> None:
    """Write the case as it is now and what happened, unless somebody came first.

    Raises: Overtaken: the case is not as it was read, or another has meanwhile what it needs alone.
    """
    viewer = context.viewer
    line = {**event, **signed_on(context, case, viewer.institution)}
    row = row_of(viewer.institution, case)
    with here(), alone(_had_by_another(view.kind, case.filled)):
        await context.found(case_sql.keep(view.kind), Overtaken(), case=row, event=line)
    said = {"case": case.id, "of": view.kind.code}
    await context.remember(said)


async def keep_begun(
    transaction: Transaction, institution: str, kind: CaseKind[Any], case: Case[Any], event: Any
) -> None:
    """Write a case that begins, or begin it anew."""
    row = row_of(institution, case)
    with here():
        await transaction.rows(case_sql.begin(kind), case=row, event=event)


def signed_on(context: Context, case: Case[Any], institution: str) -> dict[str, Any]:
    """Who does something to a case, when, and the version that it makes."""
    person = context.viewer.person
    return {
        "institution_id": institution,
        "case_id": case.id,
        "version": case.version,
        "at": context.now,
        "person_id": person.id,
        "person_name": person.name,
    }


def row_of(institution: str, case: Case[Any]) -> dict[str, Any]:
    return {"institution_id": institution, **columns_of(case)}


def columns_of(case: Case[Any]) -> dict[str, Any]:
    header = {name: getattr(case, name) for name in HEADER}
    return header | {name: stored(value) for name, value in vars(case.filled).items()}


def _had_by_another(kind: CaseKind[Any], filled: Any) -> Refused:
    """What is told where the table keeps somebody from being in two cases at once."""
    for party in kind.parties:
        if party.serving and party.serving.engaged:
            named = {"name": getattr(filled, party.serving.name)}
            return at_fault(party.serving.engaged, "input", camel(party.column), **named)
    return Refused("ALREADY_BOOKED")


async def record(
    context: Context,
    kind: CaseKind[Any],
    case: Case[Any],
    event: Mapping[str, Any],
    institution: str = "",
) -> None:
    """Let the ledger know; it takes the chain's lock, so this comes last."""
    person = context.viewer.person
    content = {
        **event,
        "stage": event["event"],
        "case": case.id,
        "kind": case.kind or kind.code,
        "object": kind.code,
        "version": case.version,
        "state": case.state,
        "person": person.id,
        "name": person.name,
    }
    institution = institution or person.institution
    await ledger.append(context.transaction, institution, "case_advanced", context.now, content)


async def read_view(context: Context, kind: CaseKind[Any], row: asyncpg.Record) -> CaseView:
    """A row that a statement of `case_sql` selects, with its rules."""
    rulebooks = context.services.rulebooks
    living = await rulebooks.version(row["institution_id"], row["rulebook_version"])
    case = read(kind, row, living)
    return CaseView(
        kind,
        case,
        living,
        await taking(context, living, kind.code),
        row["overdue"],
        row["over"],
        row["approved_by"],
        getattr(case.filled, kind.unit) if kind.unit else row["asked_in"],
        {each.name: row[each.name] for each in kind.shows},
        row["clocks"],
        row["history"] or (),
    )


def read(kind: CaseKind[Any], row: Mapping[str, Any], living: LivingRulebook) -> Case[Any]:
    """A row as the case that it keeps."""
    filled = {}
    for column in form_fields(kind.record):
        value = row[column.name]
        if column.worded:
            value = read_value(column.type, value)
        elif value is not None and column.optional and column.bounds:
            # Nothing, if that was noted before the column had bounds.
            value = None if column.bounds.problem(value) else value
        filled[column.name] = value
    header = {name: row[name] for name in HEADER}
    facts = {name: exact(living, name, value) for name, value in dict(row["facts"]).items()}
    return Case(**{**header, "facts": facts}, filled=kind.record(**filled))


def exact(living: LivingRulebook, name: str, value: Any) -> Any:
    """A stored measure by its type."""
    fact = living.shapes.measures.get(name)
    number = fact is not None and fact.type in (FactType.DECIMAL, FactType.INT)
    return Decimal(str(value)) if number else value
