"""Things that requests ask for: what stands in the way of having one, and which cases have it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.records.cases import CaseKind
from domain.time.calendar import Calendar
from domain.time.moments import Period

if TYPE_CHECKING:
    from domain.records.things import Thing


@dataclass(frozen=True)
class Wish:
    """A card as it is asked for: by which kind of request, for how many people, and when.

    Without a period it is only named. `laid` are the days of it that lines of the bar's object say.
    """

    card: Any
    kind: str
    people: int | None
    period: Period | None
    calendar: Calendar
    today: date
    laid: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Bar:
    """What may stand in the way, and the details of its sentence where it does, beside its name.

    What is `by` an object stands in the way where the office keeps that, by its clause; of a
    register each line that names the thing lays its days, `until` the one in that column.
    """

    code: str
    found: Callable[[Wish], Mapping[str, Any] | None]
    by: str = ""
    until: str = ""


def ended(code: str, column: str) -> Bar:
    """It is no longer in use from the day in a column on."""

    def found(wish: Wish) -> Mapping[str, Any] | None:
        day: date | None = getattr(wish.card, column)
        return {} if day and day <= wish.today else None

    return Bar(code, found)


def too_small(code: str, column: str) -> Bar:
    """It has room for as many as a column tells, and more are to come."""

    def found(wish: Wish) -> Mapping[str, Any] | None:
        most: int | None = getattr(wish.card, column)
        return None if most is None or (wish.people or 0) <= most else {"most": most}

    return Bar(code, found)


@dataclass(frozen=True)
class Bookable:
    """That requests ask for such a thing: whom it is `withheld` from is told so, and each bar."""

    withheld: str
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, eq=False)
class Holds:
    """That a case has the thing of a column while it is in some states, as the API names it.

    With a code it can meanwhile not be asked for.
    """

    name: str
    label: str
    kind: CaseKind[Any]
    column: str
    thing: "Thing"
    states: tuple[str, ...]
    code: str = ""
