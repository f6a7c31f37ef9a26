"""Accounts kept: what ought to stand on one is recounted from its sources, and posted as it moves.

Whoever moves an account or asks for what is left of it holds its lock until the transaction ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain import ACCOUNTS, PROCEDURES, REGISTERS
from domain.approval.forms import read_form
from domain.errors import at_fault
from domain.records.accounts import (
    SETTLED,
    Account,
    Balance,
    Flow,
    Item,
    Move,
    balance,
    bound_by,
    differences,
    grants,
    recounted,
    room,
    years_since,
)
from domain.records.debts import paid_off
from domain.records.registers import Register
from domain.shapes.asking import Measures
from domain.shapes.entitlements import Entitlement, entitled
from domain.time.moments import Period
from domain.vocabulary import FactValue
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.people import load_applicant
from resolvers.ground.reading import read_as
from resolvers.records.account_rows import ENTRIES, POST, REQUESTS, amount_of
from resolvers.records.acts import clauses_of
from resolvers.records.became import in_each_year
from resolvers.records.happened import columns_of, facts_of, lines_of
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

BY_NAME = {each.name: each for each in REGISTERS}
EVER = {"first": date.min, "last": date.max}


@dataclass(frozen=True)
class Whose:
    """An account of somebody, by the rules of their office."""

    living: LivingRulebook
    account: Account
    person: UUID

    @property
    def institution(self) -> str:
        return self.living.rulebook.institution

    @property
    def rows(self) -> tuple[Entitlement, ...]:
        """What the clauses of the office give to it, those that were replaced included."""
        every = self.living.rulebook.shapes.entitlements
        return tuple(each for each in every if each.account == self.account.name)

    def rows_on(self, day: date) -> tuple[Entitlement, ...]:
        force = self.living.rulebook.shape_in_force
        return tuple(each for each in self.rows if force(each, day))


@dataclass(frozen=True)
class Told:
    """What ought to stand on an account, what requests hold, since when, and whether it binds.

    What is `coming` is given before something is taken that was granted for a later day.
    """

    items: tuple[Item, ...]
    reserved: tuple[Item, ...]
    opened: date | None
    bound: bool
    coming: tuple[Item, ...] = ()

    def on(self, day: date) -> Balance:
        taken = (*self.items, *self.coming, *self.reserved)
        return replace(balance(self.items, self.reserved, day), room=room(taken, day))


def kept_here(living: LivingRulebook) -> tuple[Account, ...]:
    """The accounts that clauses of the office ask for, each with what moves it here."""

    def found() -> tuple[Account, ...]:
        counted = {each.of for each in living.shapes.quotas if each.counted}
        return tuple(each.where(counted) for each in ACCOUNTS if clauses_of(living, each.name))

    return living.once("accounts", "", found)


def moved_by(living: LivingRulebook, of: str) -> tuple[Account, ...]:
    """The accounts that a kind of request or a register moves here, always in one order."""
    kept = kept_here(living)
    return tuple(e for e in kept if of == e.name or of in [flow.of for flow in e.flows])


async def hold(context: Context, whose: Iterable[Whose]) -> None:
    """Let nobody else move these until the transaction ends."""
    for each in whose:
        await context.one_at_a_time(f"{each.institution}:{each.account.name}:{each.person}")


async def held_for(
    context: Context, register: Register, *lines: Mapping[str, Any] | None
) -> list[Whose]:
    """The accounts that lines of a register move, held from now on."""
    living = await context.rulebook()
    every = moved_by(living, register.name)
    people = sorted({each[register.about] for each in lines if each}) if every else []
    accounts = [Whose(living, each, whom) for each in every for whom in people]
    await hold(context, accounts)
    return accounts


async def told(context: Context, whose: Whose, last: date, but: UUID | None = None) -> Told:
    """Everything that moves an account until a day; `but` one request."""
    account, every = whose.account, lines_of(whose.account.opens, "person_id")
    of = {"institution": whose.institution, "subject": whose.person}
    openings = await context.rows(every, **of, **EVER)
    opened = openings[-1] if openings else None
    since: date | None = opened["opened_on"] if opened else None
    items, reserved = await _requested(context, whose, but)
    items += await _entered(context, whose)
    rows, coming = whose.rows, list[Item]()
    if opened:
        # The opening says what was left of everything before it.
        items = [each for each in items if each.day >= opened["opened_on"]]
        recurring = [each for each in whose.rows_on(opened["opened_on"]) if each.per]
        until = recurring[0].until(opened["opened_on"]) if recurring else None
        amount = -opened["amount"] if account.owed else opened["amount"]
        clause = clauses_of(whose.living, account.name)[0]
        source = Move.OPENED, account.name, opened["id"], opened["opened_on"]
        items.append(Item(*source, amount, clause, until))
        who = (await load_applicant(context, whose.institution, whose.person)).person
        known = {**who.facts, "employment": who.employment}

        def by_then(day: date) -> Measures:
            years = years_since(opened[account.since], day) if account.years else None
            return known if years is None else {**known, account.years: years}

        if any(each.per for each in rows):
            latest = max([last, *(each.day for each in (*items, *reserved))])
            since_then = opened["opened_on"], latest
            given = [*grants(account.name, whose.rows_on, by_then, *since_then)]
            items += [each for each in given if each.day <= last]
            coming = [each for each in given if each.day > last]
    bound = bound_by(account, rows, opened=bool(opened))
    return Told(tuple(items), tuple(reserved), since, bound, tuple(coming))


async def _requested(
    context: Context, whose: Whose, but: UUID | None
) -> tuple[list[Item], list[Item]]:
    """What approved requests moved, and what those on their way would take."""
    known, quotas = whose.living.vocabulary.kinds, whose.living.shapes.quotas
    kinds = [each.of for each in whose.account.flows if each.of in known]
    if not kinds:
        return [], []
    of = {"institution": whose.institution, "person": whose.person}
    rows = await context.rows(REQUESTS, **of, kinds=kinds)
    stand: list[Item] = []
    held: list[Item] = []
    for row in rows:
        facts = facts_of(whose.living, row["facts"])
        for sign, move, flow in _flows(whose.account, row["kind"]):
            amount = sign * amount_of(flow, row, facts, quotas)
            item = _item(whose, move, flow, row["id"], row["day"], amount, facts)
            if row["approved"]:
                stand += await _by_years(context, whose, row, item)
            elif row["request_id"] != but and item.amount < 0:
                held += await _by_years(context, whose, row, item)
    return stand, held


async def _by_years(
    context: Context, whose: Whose, row: Mapping[str, Any], item: Item
) -> list[Item]:
    """What is taken over a new year is taken from each year, where years give."""
    recurs, begins, ends = any(each.per for each in whose.rows), row["begins"], row["ends"]
    if not recurs or row["extends_id"] or not begins or begins.year == ends.year:
        return [item]
    form = read_form(PROCEDURES[row["kind"]].form, row["form"])
    away, calendar = Period(begins, ends), await context.calendar()
    later = in_each_year(row["kind"], form, away, calendar, context.now)[1:]
    rest = [replace(item, day=day, amount=-days) for day, days in later if days]
    left = item.amount - sum((each.amount for each in rest), Decimal(0))
    return [*([replace(item, amount=left)] if left else ()), *rest]


async def _entered(context: Context, whose: Whose) -> list[Item]:
    """What lines of registers moved."""
    found = []
    for sign, move, flow in _flows(whose.account):
        register = BY_NAME.get(flow.of)
        if register is None:
            continue
        lines = lines_of(register, register.about)
        of = {"institution": whose.institution, "subject": whose.person}
        for row in await context.rows(lines, **of, **EVER):
            amount, facts = sign * Decimal(row[flow.column]), columns_of(register, row)
            item = _item(whose, move, flow, row["id"], row["at_day"], amount, facts)
            found.append(replace(item, against=row.get(flow.against)))
    return found


def _flows(account: Account, of: str = "") -> list[tuple[int, Move, Flow]]:
    every = [(1, Move.CREDITED, each) for each in account.credited]
    every += [(-1, Move.DEBITED, each) for each in account.debited]
    return [each for each in every if of in ("", each[2].of)]


def _item(
    whose: Whose,
    move: Move,
    flow: Flow,
    source: UUID,
    day: date,
    amount: Decimal,
    facts: Mapping[str, FactValue],
) -> Item:
    """A movement; where rows speak of what credits, they say how much of it counts."""
    clause = clauses_of(whose.living, whose.account.name)[0]
    item = Item(move, flow.of, source, day, amount, clause)
    if amount <= 0 or not any(each.of == flow.of for each in whose.rows):
        return item
    row = entitled([each for each in whose.rows_on(day) if each.of == flow.of], facts)
    if row is None:
        return replace(item, amount=Decimal(0))
    return replace(item, amount=amount * row.amount, clause=row.clause, until=row.until(day))


async def posted(context: Context, whose: Whose) -> list[Item]:
    """The entries of an account, in their order."""
    of = {"institution": whose.institution, "account": whose.account.name, "person": whose.person}
    rows = await context.rows(ENTRIES, **of)
    return [read_as(Item, row, against=None) for row in rows]


async def post(context: Context, whose: Sequence[Whose], line: UUID | None = None) -> None:
    """Bring the entries of these to what a recount gives today; what stands is never changed.

    Raises: Refused: a line settles more than is owed on its day, or in all.
    """
    for each in whose:
        stands = await told(context, each, context.today)
        if each.account.owed:
            _must_be_owed(context, stands, line)
        ought = recounted(stands.items, context.today)
        entries = [
            {
                "institution_id": each.institution,
                "id": context.services.new_id(),
                "account": each.account.name,
                "person_id": each.person,
                "day": item.day,
                "move": item.move.value,
                "of": item.of,
                "source_id": item.source,
                "amount": str(item.amount),
                "clause": item.clause,
                "until": item.until,
                "posted_by": context.viewer.person.id,
                "posted_at": context.now,
            }
            for item in differences(await posted(context, each), ought)
        ]
        if entries:
            await context.rows(POST, rows=entries)
            content = {"person": context.viewer.person.id, "entries": entries}
            of = context.transaction, each.institution, "account_posted", context.now
            await ledger.append(*of, content)
            if each.account.owed:
                await _cleared(context, each, paid_off(stands.items))


def _must_be_owed(context: Context, stands: Told, line: UUID | None) -> None:
    for item in stands.items:
        if item.source == line and item.move is Move.CREDITED:
            beyond = max(stands.on(day).total for day in (item.day, context.today))
            if beyond > 0:
                owed = f"{max(item.amount - beyond, Decimal(0)):f}"
                raise at_fault("MORE_THAN_OWED", "input", "amount", owed=owed)


async def _cleared(context: Context, whose: Whose, lent: Sequence[UUID]) -> None:
    """Nothing is owed of these any more: the clocks that run for what was lent stop."""
    of = Subject(whose.person, whose.institution, whose.account.name, None, (), concerns=(*lent,))
    await happened(context, [f"{whose.account.name}.{SETTLED}"], of)
