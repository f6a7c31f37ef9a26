"""The month's rosters of the demo offices: drawn as their rows let them, and settled."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain import ROSTERS
from domain.records.rosters import (
    Candidate,
    Held,
    RosterState,
    Slot,
    barred,
    drawn,
    roster_slots,
    rosters,
    slots_of,
)
from domain.rulebook import Rulebook
from domain.shapes.rosters import shifts_of
from domain.time.calendar import calendar_of, national_days
from resolvers.demo.begun import own_rows
from resolvers.demo.offices import Office, Person, id_of
from resolvers.demo.rows import SINCE, SKIP
from resolvers.ground.database import Statement
from resolvers.ground.derived import insertion

Row = dict[str, Any]


def rosters_of(
    office: Office, book: Rulebook, now: datetime
) -> Iterator[tuple[Statement, list[Row]]]:
    """Of each roster with a file what is left of the month that runs, turn by turn."""
    month, calendar = now.date().replace(day=1), calendar_of(national_days())
    for roster in ROSTERS:
        shifts = {(e.post, e.name): e for e in shifts_of(book.shapes.rosters, roster.name)}
        people = [_candidate(book, each) for each in office.people]
        slots = [e for e in slots_of(shifts.values(), month, calendar, ()) if e.ends > now]

        def may(person: Candidate, slot: Slot, shifts: Any = shifts) -> bool:
            shift = shifts[slot.post, slot.shift]
            return barred(person, slot, shift, book.shapes.eligibility) is None

        for row in own_rows(office, roster.name):
            key = id_of("roster", office.institution, roster.name)
            whole: Row = {"id": key, "roster": roster.name, "month": month, "version": 2}
            for act in ("drawn", "settled"):
                by = office.accounts[office.account(row[act])]
                whole |= {f"{act}_by": by.id, f"{act}_by_name": by.name, f"{act}_at": now}
            whole |= {"state": RosterState.SETTLED.value, "why": ""}
            yield insertion(rosters, SKIP), [whole]
            turns = enumerate(drawn(slots, people, (), may))
            yield (
                insertion(roster_slots, SKIP),
                [
                    {
                        **vars(slot),
                        "id": id_of("turn", str(key), str(place)),
                        "roster_id": key,
                        "person_id": person,
                    }
                    for place, (slot, person) in turns
                ],
            )


def _candidate(book: Rulebook, person: Person) -> Candidate:
    roles = {seat.role for seat in person.seats}
    roles |= {code for code, e in book.vocabulary.roles.items() if roles.intersection(e.members)}
    seats = tuple(Held(role, SINCE, None) for role in sorted(roles))
    facts = {**person.facts, "employment": person.employment}
    return Candidate(person.id, person.name, seats, None, facts)
