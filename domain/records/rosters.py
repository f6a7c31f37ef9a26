"""Rosters 值班表: who is on duty when, drawn for a month, settled, and swapped on a ground.

A roster is declared by its name and the books beside it. Its posts, shifts and days, whose turn it
may be, who draws and who settles it, and whether a decision has to stand behind it, rows say.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Text, UniqueConstraint, Uuid

from domain.records.registers import Register
from domain.shapes.eligibility import Requirement, reasons
from domain.shapes.points import complete_months, months_later
from domain.shapes.rosters import EVERYBODY, Shift
from domain.tables import ADDED, LINE, among, columns, key, moment, refers, table
from domain.time.calendar import Calendar
from domain.values.choices import Choice
from domain.vocabulary import FactValue


class RosterState(Choice):
    """A draft is drawn anew as often as wanted; who is on duty stands once it is settled."""

    DRAFT = "draft", "草表: drawn, and drawn anew as often as wanted."
    SETTLED = "settled", "已审定: it stands."


class Ground(Choice):
    """Why somebody else takes a turn of a settled roster; why one is unable is not told."""

    SWAPPED = "swapped", "换班: by an approved request."
    UNABLE = "unable", "不能值班: whoever had it is away or may not be put on it."
    VACANT = "vacant", "空缺: nobody had it."
    APPROVED_ANEW = "approved_anew", "重新审定: by a roster that was submitted and approved again."


@dataclass(frozen=True, eq=False)
class Roster:
    """A roster of duty, by its object's name.

    `ordered` is the register of the days that a document orders, with the column of the day.
    `approved_by` is the kind of request that settles it where the office has rules for the kind;
    `swapped_by` the one that lets another take a turn, with the field that names the day;
    `exempted_by` the one that lets somebody be put on it no more, until the day in its field where
    that is said. Lines of its `log` and `handover`
    are written by whoever is on duty, in the role of their post; the next signs a handover.
    `events` is the kind of case that whoever is on duty begins and takes on. Who has a turn enters
    a `meal` before it, for which a quota of minutes lets them leave. Further `books` are kept and
    seen in the roles of its posts as well.
    """

    name: str
    ordered: tuple[Register, str]
    approved_by: str
    swapped_by: tuple[str, str]
    exempted_by: tuple[str, str]
    log: Register
    handover: Register
    events: str = ""
    meal: Register | None = None
    books: tuple[Register, ...] = ()

    def __post_init__(self) -> None:
        if not self.handover.signed_by:
            raise LookupError(f"nobody signs {self.handover.name}")


@dataclass(frozen=True)
class Slot:
    """One person's turn at a post; `place` tells apart those who stand there together."""

    day: date
    post: str
    shift: str
    place: int
    clause: str
    begins: datetime
    ends: datetime

    def meets(self, other: "Slot") -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True)
class Held:
    """A seat that somebody holds from a day on, until another where that is known."""

    role: str
    begins: date
    ends: date | None


@dataclass(frozen=True)
class Candidate:
    """Somebody of the office, in the order of the seats; until when, and what is known of them."""

    id: UUID
    name: str
    seats: tuple[Held, ...]
    leaves: date | None
    facts: Mapping[str, FactValue]
    away: tuple[tuple[datetime, datetime], ...] = ()
    exempted: tuple[tuple[date, date | None], ...] = ()
    off_on: frozenset[date] = frozenset()

    def holds(self, roles: Collection[str], day: date) -> bool:
        """Whether a seat of these is theirs on a day."""
        return any(
            (seat.role in roles or EVERYBODY in roles)
            and seat.begins <= day
            and (seat.ends is None or day <= seat.ends)
            for seat in self.seats
        )


@dataclass(frozen=True)
class Turn:
    """A turn that somebody had."""

    person: UUID
    post: str
    shift: str
    day: date


@dataclass(frozen=True)
class Why:
    """Why somebody is not put on a turn: the code of it, and the clause where one says so."""

    code: str
    clause: str | None = None


Demands = Sequence[Requirement]


def slots_of(
    shifts: Iterable[Shift], month: date, calendar: Calendar, ordered: Collection[date]
) -> tuple[Slot, ...]:
    """Every turn of a month, in the order in which they begin."""
    days = [month + timedelta(days=n) for n in range((months_later(month, 1) - month).days)]
    found = [
        Slot(day, shift.post, shift.name, place, shift.clause, *shift.span(day))
        for day in days
        for shift in shifts
        if shift.is_on(day, calendar, ordered)
        for place in range(1, shift.people + 1)
    ]
    return tuple(sorted(found, key=lambda slot: slot.begins))


UNWRITTEN = "hours_without_line"
LEFT_EARLY = "minutes_left_before_turn"
"""How long the log may have no line, where a limit of the office says it of the roster."""


def unwritten(
    begins: datetime, ends: datetime, lines: Iterable[datetime], most: Decimal | None
) -> list[tuple[datetime, datetime]]:
    """The stretches of a turn without a line of more than so many hours; else all of a bare one."""
    marks = [begins, *sorted(lines), ends]
    if most is None:
        return [(begins, ends)] if len(marks) == 2 else []
    longest = timedelta(hours=float(most))
    return [(since, until) for since, until in pairwise(marks) if until - since > longest]


def measures_on(facts: Mapping[str, FactValue], day: date) -> dict[str, FactValue]:
    """What is known of somebody on a day: age and the child's months are counted to that day."""
    found = dict(facts)
    for known, measure, months in (("born", "age", 12), ("child_born", "child_age_months", 1)):
        if isinstance(at := found.get(known), str):
            since = min(date.fromisoformat(at), day)
            found[measure] = Decimal(complete_months(since, day) // months)
    return found


def barred(candidate: Candidate, slot: Slot, shift: Shift, demands: Demands) -> Why | None:
    """Why somebody may not have a turn, judged on its own day; None where they may."""
    if candidate.leaves is not None and candidate.leaves < slot.day:
        return Why("NOT_OF_THE_ROSTER")
    if not candidate.holds(shift.of, slot.day):
        return Why("NOT_OF_THE_ROSTER", shift.clause)
    if any(begins < slot.ends and slot.begins < ends for begins, ends in candidate.away):
        return Why("AWAY_THAT_DAY")
    if slot.day in candidate.off_on:
        return Why("AWAY_THAT_DAY")
    if any(since <= slot.day <= (last or date.max) for since, last in candidate.exempted):
        return Why("EXEMPT_FROM_DUTY", shift.clause)
    asked = [each for each in demands if each.subject in shift.subjects]
    for reason in reasons(asked, measures_on(candidate.facts, slot.day)):
        return Why("EXEMPT_FROM_DUTY", reason.rows[0].clause)
    return None


def drawn(
    slots: Iterable[Slot],
    people: Sequence[Candidate],
    turns: Iterable[Turn],
    may: Callable[[Candidate, Slot], bool],
) -> Iterator[tuple[Slot, UUID | None]]:
    """Who has which turn: whoever may and had fewest of that shift in twelve months.

    Of several, who had it longest ago, then by the order of the seats. Nobody has two at a time;
    where nobody may, the turn is a hole.
    """
    had: dict[tuple[str, str, UUID], list[date]] = {}
    for turn in turns:
        had.setdefault((turn.post, turn.shift, turn.person), []).append(turn.day)
    taken: dict[UUID, list[Slot]] = {}
    for slot in slots:
        since = months_later(slot.day, -12)

        def standing(each: Candidate, slot: Slot = slot, since: date = since) -> tuple[int, date]:
            days = had.get((slot.post, slot.shift, each.id), ())
            return sum(since <= day < slot.day for day in days), max(days, default=date.min)

        free = [
            each
            for each in people
            if not any(slot.meets(other) for other in taken.get(each.id, ())) and may(each, slot)
        ]
        chosen = min(free, key=standing, default=None)
        if chosen is not None:
            taken.setdefault(chosen.id, []).append(slot)
            had.setdefault((slot.post, slot.shift, chosen.id), []).append(slot.day)
        yield slot, chosen.id if chosen else None


TURNED = (
    *("state", "version", "drawn_by", "drawn_by_name", "drawn_at"),
    *("settled_by", "settled_by_name", "settled_at", "request_id", "clause", "why"),
)
"""What changes when a month is drawn anew or settled."""

rosters = table(
    "rosters",
    key(),
    Column("roster", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("drawn_by", Uuid, nullable=False),
    Column("drawn_by_name", Text, nullable=False),
    moment("drawn_at"),
    Column("settled_by", Uuid),
    Column("settled_by_name", Text, nullable=False),
    moment("settled_at", nullable=True),
    Column("request_id", Uuid),
    Column("clause", Text),
    Column("why", Text, nullable=False),
    among("state", ("draft", "settled")),
    CheckConstraint("(state = 'settled') = (settled_at is not null)", name="settled_whole"),
    CheckConstraint("extract(day from month) = 1", name="month"),
    UniqueConstraint("institution_id", "roster", "month"),
    UniqueConstraint("institution_id", "request_id"),
    changes=("insert", f"update ({', '.join(TURNED)})"),
)

roster_slots = table(
    "roster_slots",
    key(),
    *refers("rosters", "roster_id"),
    Column("day", Date, nullable=False),
    *columns(Text, "post", "shift"),
    Column("place", Integer, nullable=False),
    Column("clause", Text, nullable=False),
    moment("begins"),
    moment("ends"),
    *refers("people", "person_id", nullable=True),
    CheckConstraint("begins < ends", name="ends_after_it_begins"),
    UniqueConstraint("institution_id", "roster_id", "day", "post", "shift", "place"),
    Index(None, "institution_id", "begins"),
    changes=("insert", "update (person_id)", "delete"),
)
"""A turn: who is at a post in a shift; nobody where none may be."""

roster_changes = table(
    "roster_changes",
    key(),
    *refers("roster_slots", "slot_id"),
    *refers("people", "from_id", nullable=True),
    *refers("people", "to_id"),
    Column("ground", Text, nullable=False),
    Column("request_id", Uuid),
    Column("why", Text, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    moment("at"),
    among("ground", ("swapped", "unable", "vacant", "approved_anew")),
    UniqueConstraint("institution_id", "request_id", "slot_id"),
    changes=ADDED,
    stands=LINE,
)
"""Who took over whose turn of a settled roster, on which ground."""
