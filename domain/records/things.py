"""Things 物: what the office has, on a card that changes by versions, in somebody's keeping.

A thing is declared by its card. Which office has which, who keeps, hands out and signs for it, and
by which clause, rows say; how long it may stay out, its loan or a clock does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from domain.approval.forms import Field, form_fields
from domain.approval.procedure import Form, Reference, Requirement
from domain.errors import Refused
from domain.records.bookable import Bookable
from domain.records.lines import column_of, held_to
from domain.tables import ADDED, LINE, among, columns, key, moment, refers, signed, table
from domain.values.choices import Choice
from domain.vocabulary import words_of


class Keeping(Choice):
    """Where a thing is: with the office, in a person's keeping, lent, lost, or no more."""

    KEPT = "kept", "在库: with the office."
    ISSUED = "issued", "保管: in a person's keeping."
    LENT = "lent", "借出: lent until a day."
    LOST = "lost", "遗失: lost."
    ENDED = "ended", "注销: no more."


class Move(Choice):
    """What happens to a thing."""

    ENTERED = "entered", "登记: put on its card."
    CHANGED = "changed", "变更: another version of its card."
    ISSUED = "issued", "领取: given into a person's keeping."
    LENT = "lent", "借出: lent until a day."
    RETURNED = "returned", "归还: back."
    OFFERED = "offered", "移交: offered to another, who signs; for a time where a day is named."
    TAKEN_OVER = "taken_over", "接收: signed for by the other."
    LOST = "lost", "遗失: noticed to be lost."
    REPORTED = "reported", "报告: its loss is reported to others."
    FOUND = "found", "找回: found again."
    ENDED = "ended", "注销: destroyed, handed in, given up."


FROM: Mapping[Move, frozenset[Keeping]] = {
    Move.CHANGED: frozenset(Keeping) - {Keeping.ENDED},
    Move.ISSUED: frozenset({Keeping.KEPT}),
    Move.LENT: frozenset({Keeping.KEPT, Keeping.ISSUED}),
    Move.RETURNED: frozenset({Keeping.ISSUED, Keeping.LENT}),
    Move.OFFERED: frozenset({Keeping.ISSUED}),
    Move.TAKEN_OVER: frozenset({Keeping.ISSUED}),
    Move.LOST: frozenset({Keeping.KEPT, Keeping.ISSUED, Keeping.LENT}),
    Move.REPORTED: frozenset({Keeping.LOST}),
    Move.FOUND: frozenset({Keeping.LOST}),
    Move.ENDED: frozenset({Keeping.KEPT, Keeping.ISSUED, Keeping.LOST}),
}
"""From where a thing may move so."""


class Card(Form):
    """A thing as its keeper describes it."""


@dataclass(frozen=True)
class Custody:
    """How a thing is handed out: to whom an approved request of a kind lets it be issued or lent.

    Without kinds whoever may hand it out does so on their own. Where lines with `confirm` say who
    may keep one, another takes it over by an approved request alone that they signed themselves.
    What an approval of a kind with its facts is `meant` for, the card tells in the column `by`.
    Where a text gives no term, what is lent is `open_ended` unless somebody names a day.
    """

    issued_by: tuple[str, ...] = ()
    lent_by: tuple[str, ...] = ()
    handed_over_by: str = ""
    by: str = ""
    meant: Callable[[str, Mapping[str, Any]], Any] | None = None
    open_ended: bool = False


@dataclass(frozen=True)
class Wanted:
    """That there is one of each word of a `column` which lines of the clauses name, but for `rest`;
    it is `shown` while a case of that table and column of ids is as the SQL of a case `c` says.
    """

    column: str
    rest: str
    shown: tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Thing:
    """What the office has. `cards` names its table and its list in the API, `named_by` the column
    that people call it by. What is `unique` no two things in use share; what is `fixed` no version
    changes. `lapses` names what lapses with the day in a column: an insurance, a licence.
    Who keeps none of them has `cleared` these measures, by which clauses let somebody go.
    What is `wanted` of them and not there is listed. Lists of clauses look at a move of one, as
    `<name>.ended`: at its card, and whether a column of choices, `lowered` to an earlier one, is.
    """

    name: str
    card: type[Card]
    cards: str
    named_by: str
    unique: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    custody: Custody | None = None
    bookable: Bookable | None = None
    lapses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rules: tuple[Requirement[Any], ...] = ()
    word: str = ""
    cleared: tuple[str, ...] = ()
    wanted: Wanted | None = None
    lowered: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        named = {self.named_by, *self.unique, *self.fixed, *self.lapses.values()}
        named |= {*self.lowered.values()}
        if unknown := named - {each.name for each in self.fields}:
            raise LookupError(f"{self.name} has no column {sorted(unknown)}")
        assert self.table is not None  # noqa: S101  # the table is declared with the thing

    @property
    def fields(self) -> tuple[Field, ...]:
        return form_fields(self.card)

    @property
    def reference(self) -> Reference:
        """What an id of one of them is."""
        return Reference(self.word or words_of(self.name), self.cards)

    @property
    def changing(self) -> tuple[str, ...]:
        """The columns that a version writes anew."""
        whereabouts = ("state", "keeper_id", "holder_id", "offered_id", "due_on", "version")
        return (*(each.name for each in self.fields), *whereabouts)

    def lowers(self, before: Form, after: Form) -> dict[str, bool]:
        """Which columns a version sets lower than they were, by what that is called."""
        told: dict[str, bool] = {}
        for called, name in self.lowered.items():
            was, now = getattr(before, name), getattr(after, name)
            order: Any = [*cast("type[Choice]", type(was))]
            told[called] = order.index(now) < order.index(was)
        return told

    @cached_property
    def table(self) -> Table:
        parts: list[Any] = [column_of(each) for each in self.fields]
        parts += [part for each in self.fields for part in held_to(each, "")]
        made = table(
            self.cards,
            key(),
            *parts,
            Column("state", Text, nullable=False),
            *refers("people", "keeper_id", "holder_id", "offered_id", nullable=True),
            Column("due_on", Date),
            Column("version", Integer, nullable=False),
            moment("entered_at"),
            among("state", Keeping),
            CheckConstraint("(state = 'lent') = (holder_id is not null)", name="holder"),
            CheckConstraint("state <> 'issued' or keeper_id is not null", name="keeper"),
            changes=("insert", f"update ({', '.join(self.changing)})"),
        )
        for name, by in (("named", self.named_by), ("due", "due_on")):
            of = (made.columns[each] for each in ("institution_id", by, "id"))
            Index(f"{self.cards}_{name}_idx", *of)
        return made


thing_moves = table(
    "thing_moves",
    key("thing_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    *columns(Text, "thing", "move"),
    *columns(Uuid, "from_id", "to_id", nullable=True),
    Column("to_name", Text, nullable=False),
    Column("due_on", Date),
    Column("request_id", Uuid),
    Column("said", Text, nullable=False),
    Column("card", JSONB, nullable=False),
    Column("clause", Text),
    Column("role", Text, nullable=False),
    *signed(),
    Index("thing_moves_request_idx", "institution_id", "request_id"),
    changes=ADDED,
    stands=LINE,
)
"""Each version of a thing: what was done with it, by whom, and its card as it was then."""


@dataclass(frozen=True)
class Whereabouts:
    """Where a thing is now, and with whom."""

    state: Keeping
    keeper: Any = None
    holder: Any = None
    offered: Any = None
    due: Any = None


def moved(now: Whereabouts, move: Move, to: Any = None, due: Any = None) -> Whereabouts:
    """Where a thing is after a move. Raises: Refused: it cannot be moved so from where it is."""
    if now.state not in FROM[move] or (move is Move.TAKEN_OVER and now.offered is None):
        raise Refused("THING_NOT_THERE")
    match move:
        case Move.ISSUED:
            return Whereabouts(Keeping.ISSUED, keeper=to)
        case Move.LENT:
            return Whereabouts(Keeping.LENT, now.keeper, to, None, due)
        case Move.RETURNED if now.state is Keeping.LENT and now.keeper:
            return Whereabouts(Keeping.ISSUED, keeper=now.keeper)
        case Move.RETURNED | Move.FOUND:
            return Whereabouts(Keeping.KEPT)
        case Move.OFFERED:
            return Whereabouts(Keeping.ISSUED, now.keeper, None, to, due)
        case Move.TAKEN_OVER:
            return Whereabouts(Keeping.ISSUED, keeper=now.offered, due=now.due)
        case Move.LOST:
            return Whereabouts(Keeping.LOST, keeper=now.keeper)
        case Move.ENDED:
            return Whereabouts(Keeping.ENDED)
    return now
