"""What the server counts of a case of joining the party: months, terms, votes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from domain.areas.party.joining import NAMED
from domain.conditions.regions import Interval
from domain.rulebook import Rulebook
from domain.shapes.asking import Measures
from domain.shapes.book import Shapes
from domain.shapes.clocks import Unit
from domain.shapes.paths import Transition
from domain.shapes.points import months_later
from domain.shapes.votes import Ballot, Outcome, check, for_matter, outcome
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue

COUNTED = {
    "cultivation_months": ("activist", Unit.MONTH),
    "publicity_days": ("proposed_candidate", Unit.DAY),
}
"""What is counted from the day on which a state was reached."""
BALLOTED = ("recommendation_share", "meeting_quorate", "resolution_passed")
SERVERS = {
    *COUNTED,
    *("probation_over", "extension_over", "prior_extensions", *BALLOTED),
    *(name for each in NAMED for name in (each, f"{each}_full_members")),
}
"""What the server knows or works out: nobody states it."""
BEGINNING = "party.activist"
ELIGIBLE = {"accept": "party.candidate", "complete_form": "party.probationary"}
"""The event at which the eligibility rows of a subject are asked."""

# The office's text gives neither figure but binds itself to the Party Constitution, whose
# articles 1 and 7 do: probation runs from the day on which the branch meeting passed it.
OF_AGE = 18
PROBATION_MONTHS = 12


@dataclass(frozen=True)
class Event:
    """What happened to a case; not `taken`, a seat has only put its part on record."""

    event: str
    origin: str
    target: str
    at: datetime
    measures: Measures
    taken: bool = True


def is_of_age(born: date, today: date) -> bool:
    return born <= today and months_later(born, OF_AGE * 12) <= today


def counted(
    history: Sequence[Event], named: Iterable[Transition], shapes: Shapes, now: datetime
) -> dict[str, FactValue]:
    """What the dates on record come to now.

    Publicity ends by itself at the outer limit of its clause, however late it is looked at.
    """
    local = now.astimezone(OFFICE_TIME).date()
    extensions = sum(each.taken and each.event == "extend" for each in history)
    known: dict[str, FactValue] = {"prior_extensions": Decimal(extensions)}
    clauses = {each.clause for each in named}
    limits = {c.unit: c.within for c in shapes.clocks if c.clause in clauses and c.within}
    for name, (state, unit) in COUNTED.items():
        if since := entered(history, state):
            passed = Decimal(_elapsed(since, local, unit))
            known[name] = min(passed, limits.get(unit) or passed)
    return known | {name: local >= day for name, day in terms(history).items()}


def entered(history: Iterable[Event], state: str) -> date | None:
    """The day on which a state was first reached."""
    return next(
        (
            each.at.astimezone(OFFICE_TIME).date()
            for each in history
            if each.taken and each.target == state != each.origin
        ),
        None,
    )


def terms(history: Sequence[Event]) -> dict[str, date]:
    """When probation is over, and its extension, which follows on it."""
    begun = entered(history, "meeting_passed")
    if begun is None:
        return {}
    ends = {"probation_over": months_later(begun, PROBATION_MONTHS)}
    for each in history:
        months = each.measures.get("extension_months")
        if each.event == "extend" and each.taken and isinstance(months, Decimal):
            whole = int(months.to_integral_value(ROUND_CEILING))
            ends["extension_over"] = months_later(ends["probation_over"], whole)
    return ends


def days(history: Sequence[Event], named: Iterable[Transition]) -> dict[str, date]:
    """From which day on what is counted suffices."""
    found = terms(history)
    for each in named:
        for name, (state, unit) in COUNTED.items():
            region, since = each.when.regions.get(name), entered(history, state)
            if since and isinstance(region, Interval) and region.low:
                least = int(region.low)
                later = months_later(since, least), since + timedelta(days=least)
                found[name] = later[unit is Unit.DAY]
    return found


def _elapsed(since: date, until: date, unit: Unit) -> int:
    """Whole units between two days; the first does not count."""
    if unit is Unit.DAY:
        return (until - since).days
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (months_later(since, months) > until)


def voters(each: Transition, book: Rulebook) -> tuple[str, str]:
    """The body that votes on a stage, by the first line of its kind that gives a body the vote."""
    recommends = "recommendation_share" in each.when.regions
    matter = BEGINNING if recommends else each.id
    rows = [row for row in book.rows_by_kind.get(matter, ()) if row.act == "vote"]
    return (min(rows, key=lambda row: row.order).role if rows else ""), matter


def balloted(
    each: Transition, ballot: Ballot, book: Rulebook
) -> tuple[dict[str, FactValue], Outcome]:
    """What a count comes to by the rows of the body; nothing where the text leaves it open.

    Raises:
        Refused: it is no count that can be, or no row says how the body votes.

    """
    check(ballot)
    found = outcome(for_matter(book.shapes.votes, *voters(each, book)), ballot)
    if "recommendation_share" not in each.when.regions:
        told = {"meeting_quorate": found.quorate, "resolution_passed": found.passed}
        return {name: value for name, value in told.items() if value is not None}, found
    # Of whom the half is, the text leaves open: a share counts where every reading agrees.
    of = ballot.eligible if found.passed else max(ballot.cast, 1)
    share = (Decimal(100) * ballot.in_favour / of).quantize(Decimal("0.000001"))
    return {} if found.passed is None else {"recommendation_share": share}, found
