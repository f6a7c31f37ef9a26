"""Accounts 额度: what a person has left of something, derived from what was given and taken.

An account is declared by what credits and debits it; how much is given, in which period and until
when, rows say. Its entries stand, each of a source and a clause, and add up to a recount.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import CheckConstraint, Column, Date, Index, Numeric, Text, Uuid

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, Entry, Register
from domain.shapes.asking import Measures
from domain.shapes.counts import period_of
from domain.shapes.entitlements import Entitlement, entitled
from domain.shapes.points import months_later
from domain.tables import ADDED, LINE, among, columns, key, moment, refers, table
from domain.values.bounds import AMOUNT
from domain.values.choices import Choice
from domain.vocabulary import FactValue

ZERO = Decimal(0)
DAY = timedelta(days=1)
SETTLED = "settled"
"""What happens to what is owed, for clocks, when nothing is left of it."""


class Opening(Entry):
    """期初余额; what somebody has left, or owes, when the account begins."""

    person_id: UUID = referring("当事人", "Whose account it is", PERSON)
    opened_on: date = asked("起始日期", "The day that it begins")
    amount: Decimal = asked("余额", "What is left, or owed", bounds=AMOUNT)


def opening(name: str, entry: type[Opening], lines: str, word: str) -> Register:
    """The register of an account's openings: one for each person, corrected by a later line."""
    return Register(
        name,
        entry,
        table_name=lines,
        word=word,
        day="opened_on",
        about="person_id",
        by_others=True,
        once=("person_id",),
    )


class Move(Choice):
    """What an entry does to the account."""

    OPENED = "opened", "期初: what there was when the account began."
    GRANTED = "granted", "应得: given for a period."
    CREDITED = "credited", "增加: given for something that happened."
    DEBITED = "debited", "使用: taken, or given back of it."
    LAPSED = "lapsed", "逾期作废: left when it could be used no more."


@dataclass(frozen=True)
class Flow:
    """Approved requests of a kind, or lines of a register; a fact or column says how much.

    Of some it is what goes `beyond` a limit of the office on it that counts here; what pays a debt
    may name `against` which one.
    """

    of: str
    column: str
    beyond: bool = False
    against: str = ""


@dataclass(frozen=True)
class Item:
    """A movement that ought to be on the account: of which source, on which day, and how much.

    What is given may be used until a day; what is taken is less than nothing.
    """

    move: Move
    of: str
    source: UUID
    day: date
    amount: Decimal
    clause: str = ""
    until: date | None = None
    against: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Balance:
    """An account on a day: what is left of it, what requests on their way hold, what may be taken.

    `moved` is by source how much it credited or debited in all. Less than nothing is owed.
    """

    total: Decimal = ZERO
    reserved: Decimal = ZERO
    room: Decimal = ZERO
    moved: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def credited(self) -> Decimal:
        return sum((each for each in self.moved.values() if each > 0), ZERO)

    @property
    def owes(self) -> bool:
        """Whether something is owed, or asked for already."""
        return self.total - self.reserved < 0


@dataclass(frozen=True, eq=False)
class Account:
    """A balance of a person, in a unit of the vocabulary.

    `gives` are the facts that it tells, for which nobody's word is taken where an office keeps it.
    What is `owed` is debited first and credited later: nothing bounds it, and it opens as a debt.
    `years` names the fact that counts the complete years from the day that its opening states in
    the column `since`.
    """

    opens: Register
    unit: str
    credited: tuple[Flow, ...] = ()
    debited: tuple[Flow, ...] = ()
    gives: Mapping[str, Callable[[Balance], FactValue]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    owed: bool = False
    years: str = ""
    since: str = ""

    @property
    def name(self) -> str:
        return self.opens.name

    @property
    def flows(self) -> tuple[Flow, ...]:
        return self.credited + self.debited

    def debit(self, of: str) -> Flow | None:
        return next((each for each in self.debited if each.of == of), None)

    def where(self, counted: Collection[str]) -> "Account":
        """Itself, where an office has limits that count elsewhere on these kinds alone."""
        taken = (each for each in self.debited if not each.beyond or each.of in counted)
        return replace(self, debited=tuple(taken))


def bound_by(account: Account, rows: Sequence[Entitlement], *, opened: bool) -> bool:
    """Whether nobody may take more than is left: rows say what is given, and since when.

    What a period gives is known from the day on that the account was opened.
    """
    recurring = any(row.per for row in rows)
    return bool(rows) and not account.owed and (opened or not recurring)


def grants(
    name: str,
    rows_on: Callable[[date], Sequence[Entitlement]],
    known_on: Callable[[date], Measures],
    opened: date,
    last: date,
) -> Iterator[Item]:
    """What the periods after an opening give until a day, in their order.

    The opening says what is left of its own period. Where somebody comes to be entitled to more
    within a period, the difference is given from the next month on.
    """
    first, given = opened.replace(day=1), None
    while first <= last:
        row = entitled([each for each in rows_on(first) if each.per], known_on(first - DAY))
        begins = row is not None and row.per and period_of(row.per, first)[0] == first
        if given is None or begins:
            before = ZERO if begins else (row.amount if row else ZERO)
        else:
            before = given
        if row and row.amount > before and first > opened:
            source = uuid5(NAMESPACE_OID, f"{name} {row.id} {first}")
            amount, until = row.amount - before, row.until(first)
            yield Item(Move.GRANTED, row.id, source, first, amount, row.clause, until)
        given = max(before, row.amount) if row else before
        first = months_later(first, 1)


def spent(items: Iterable[Item]) -> tuple[list[Item], Decimal]:
    """What is left of everything that was given, and how much was taken that was not there.

    What is taken uses up what lapses first. What came later cannot have been used before.
    """
    lots: list[Item] = []
    short = ZERO
    for item in sorted(items, key=lambda each: (each.day, each.amount < 0, str(each.source))):
        if item.amount >= 0:
            lots.append(item)
            continue
        need = -item.amount
        for at in sorted(_usable(lots, item.day), key=lambda at: _lapses(lots[at])):
            used = min(need, lots[at].amount)
            lots[at], need = replace(lots[at], amount=lots[at].amount - used), need - used
        short += need
    return [lot for lot in lots if lot.amount > 0], short


def _usable(lots: Sequence[Item], day: date) -> list[int]:
    return [at for at, lot in enumerate(lots) if lot.amount > 0 and day <= (lot.until or day)]


def _lapses(lot: Item) -> tuple[date, date]:
    return lot.until or date.max, lot.day


def recounted(items: Sequence[Item], last: date) -> tuple[Item, ...]:
    """Everything that ought to be on the account by a day: what moved it, and what lapsed."""
    lapsed = (
        replace(lot, move=Move.LAPSED, day=lot.until + DAY, amount=-lot.amount, until=None)
        for lot in spent(items)[0]
        if lot.until and lot.until < last
    )
    return (*items, *lapsed)


def lapsing(items: Sequence[Item], day: date) -> list[tuple[date, Decimal]]:
    """How much of what there is on a day lapses if nobody takes it, and after which days."""
    left: dict[date, Decimal] = {}
    for lot in spent(items)[0]:
        if lot.until and lot.day <= day <= lot.until:
            left[lot.until] = left.get(lot.until, ZERO) + lot.amount
    return sorted(left.items())


def room(items: Sequence[Item], day: date) -> Decimal:
    """How much more may be taken on a day without taking it from what is taken later."""
    much = sum((each.amount for each in items if each.amount > 0), ZERO) + 1
    more = Item(Move.DEBITED, "", UUID(int=0), day, -much)
    return much - (spent((*items, more))[1] - spent(items)[1])


def balance(items: Sequence[Item], reserved: Sequence[Item], day: date) -> Balance:
    """The account on a day; `reserved` is what requests on their way would take."""
    by_then = [each for each in recounted(items, day) if each.day <= day]
    moved: dict[str, Decimal] = {}
    for each in by_then:
        moved[each.of] = moved.get(each.of, ZERO) + each.amount
    return Balance(
        total=sum((each.amount for each in by_then), ZERO),
        reserved=-sum((each.amount for each in reserved), ZERO),
        room=room((*items, *reserved), day),
        moved=moved,
    )


def differences(posted: Iterable[Item], ought: Iterable[Item]) -> list[Item]:
    """The entries that bring the account to what a recount gives; what stands is never changed."""
    found: dict[tuple[Move, str, UUID, date], Item] = {}
    for sign, items in ((1, ought), (-1, posted)):
        for each in items:
            of = each.move, each.of, each.source, each.day
            known = found.get(of) or replace(each, amount=ZERO)
            found[of] = replace(known, amount=known.amount + sign * each.amount)
    moved = [each for each in found.values() if each.amount]
    return sorted(moved, key=lambda each: (each.day, each.move, str(each.source)))


def years_since(since: date | None, day: date) -> Decimal | None:
    """The complete years between two days."""
    if since is None:
        return None
    return Decimal(day.year - since.year - ((day.month, day.day) < (since.month, since.day)))


account_entries = table(
    "account_entries",
    key(),
    Column("account", Text, nullable=False),
    *refers("people", "person_id"),
    Column("day", Date, nullable=False),
    *columns(Text, "move", "of"),
    Column("source_id", Uuid, nullable=False),
    Column("amount", Numeric, nullable=False),
    Column("clause", Text, nullable=False),
    Column("until", Date),
    Column("posted_by", Uuid, nullable=False),
    moment("posted_at"),
    among("move", Move),
    CheckConstraint("amount <> 0", name="moves_something"),
    Index("account_entries_person_idx", "institution_id", "account", "person_id", "day"),
    changes=ADDED,
    stands=LINE,
)
"""What moved the accounts: an entry stands, and what was wrong is made up for by another."""
