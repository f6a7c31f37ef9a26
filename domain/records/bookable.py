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

    Without a period it is only named.
    """

    card: Any
    kind: str
    people: int | None
    period: Period | None
    calendar: Calendar
    today: date


@dataclass(frozen=True)
class Bar:
    """What may stand in the way, and the details of its sentence where it does.

    What is `by` an object stands in the way where the office keeps that, by its clause.
    """

    code: str
    found: Callable[[Wish], Mapping[str, Any] | None]
    by: str = ""


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
