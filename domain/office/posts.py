"""Posts filled and vacated: who holds a seat when, and how many administrators must remain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.office.delegation import Span

LEAST_ADMINISTRATORS = 2
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Appointment:
    """A person holds a seat from a day on, until a last day where one is set."""

    id: UUID
    seat: UUID
    person: UUID
    name: str
    begins: date
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)

    def touches(self, span: Span) -> bool:
        return self.begins <= span.ends and (self.ends is None or span.begins <= self.ends)

    @property
    def span(self) -> Span:
        return Span(self.begins, self.ends or date.max)


def holders_on(appointments: Iterable[Appointment], day: date) -> frozenset[UUID]:
    return frozenset(each.person for each in appointments if each.holds_on(day))


def fewest_from(appointments: Iterable[Appointment], day: date) -> int:
    """The least number of people who hold one of these seats on any day from this one on."""
    appointments = tuple(appointments)
    changing = {each.begins for each in appointments} | {
        each.ends + ONE_DAY for each in appointments if each.ends and each.ends < date.max
    }
    days = {day, *(each for each in changing if each > day)}
    return min(len(holders_on(appointments, each)) for each in days)


def must_not_fall(before: int, after: int) -> bool:
    """Whether a change keeps enough administrators: those required, or no fewer than there are."""
    return after >= min(LEAST_ADMINISTRATORS, before)


def first_day_missing(appointments: Iterable[Appointment], person: UUID, span: Span) -> date | None:
    """The first day of a stretch on which the person does not hold the seat, if there is one."""
    day = span.begins
    own = sorted((each for each in appointments if each.person == person), key=lambda a: a.begins)
    for each in own:
        if each.holds_on(day):
            if each.ends is None or each.ends >= span.ends:
                return None
            day = each.ends + ONE_DAY
    return day
