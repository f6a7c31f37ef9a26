"""Loading the demo offices: what is there stays as it is, what is missing is added, rosters too."""

from collections.abc import Callable, Iterator
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
from domain.tables import PLATFORM
from domain.time.calendar import calendar_of, national_days
from policies import vocabulary
from policies.loading import institutions as with_rulebook
from policies.loading import shipped
from resolvers.demo import begun
from resolvers.demo.begun import own_rows
from resolvers.demo.offices import Office, Person, id_of, offices
from resolvers.demo.rows import SINCE, SKIP, appointments, identities, rows_of
from resolvers.ground.database import Database, Statement, Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.ground.hashing import hashed
from resolvers.ground.ledger import append_all
from resolvers.office.spelling import WORDS
from resolvers.records.case_rows import keep_begun
from resolvers.rules.rulebooks import import_shipped
from resolvers.running.services import office_now
from resolvers.time.calendars import seed_national

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


PASSWORD = "guiju"  # noqa: S105  # no secret: the people are invented
SHOWN = (
    *("staff", "section_chief", "deputy_in_charge", "director", "party_secretary", "office_clerk"),
    *("window_staff", "policy_admin", "policy_admin_2"),
)

TAKE_TURNS = statement("select pg_advisory_xact_lock(hashtext('guiju demo'))")
PRESENT = statement("""
  select institution_id from institutions where institution_id = :institution
  union all select cast(id as text) from units where institution_id = :institution
  union all select cast(id as text) from people where institution_id = :institution
  union all select cast(id as text) from seats where institution_id = :institution
  union all select cast(thing_id as text) from thing_moves
    where institution_id = :institution and thing_id = any(cast(:begun as uuid[]))
  union all select cast(case_id as text) from case_events
    where institution_id = :institution and case_id = any(cast(:begun as uuid[]))
  union all select cast(id as text) from appointments where institution_id = :institution
  union all select account from accounts where institution_id = :institution""")


async def load(owner_url: str, now: Callable[[], datetime] = office_now) -> None:
    """Add whatever the owner's database lacks of the demo offices, rulebooks and calendar."""
    database = await Database.connect(owner_url, most=1)
    password_hash = None
    try:
        async with database.transaction("*") as transaction:
            await seed_national(transaction)
        for office in offices().values():
            async with database.transaction(office.institution) as transaction:
                await transaction.rows(TAKE_TURNS)
                missing = await _missing(transaction, office)
                if missing:
                    # Slow, and asked for by the first start alone.
                    password_hash = password_hash or await hashed(PASSWORD)
                    for insert, rows in rows_of(office, password_hash):
                        await transaction.rows(insert, rows=rows)
                    people = [person.id for person in office.people]
                    await transaction.rows(WORDS, institution=office.institution, people=people)
                if office.institution in with_rulebook():
                    words = vocabulary.shipped()
                    await import_shipped(transaction, office.institution, now(), words)
                    await _begin(transaction, office, missing)
                    if missing:
                        book = shipped(office.institution)
                        for insert, rows in rosters_of(office, book, now()):
                            own = [{"institution_id": office.institution, **row} for row in rows]
                            await transaction.rows(insert, rows=own)
                if missing:
                    await _record(transaction, office, missing, now())
    finally:
        await database.close()
        # A server reads what is stored: what was read from files would stay beside it.
        shipped.cache_clear()


def who_can_sign_in() -> list[str]:
    """For the banner: what the best known seats of each office sign in with."""
    lines = [
        f"The password is {PASSWORD}. Accounts are <role>@<institution>, for every seat. Some:"
    ]
    for office in offices().values():
        names = [name for name in SHOWN if office.account(name) in office.accounts]
        if office.institution in with_rulebook():
            lines.append(f"  {office.institution:<24}{' '.join(names)}")
    return [*lines, f"  {PLATFORM:<24}platform_admin (without @)"]


async def _missing(transaction: Transaction, office: Office) -> frozenset[str]:
    ids = sorted(begun.ids_of(office))
    present = await transaction.rows(PRESENT, institution=office.institution, begun=ids)
    return identities(office).difference(row[0] for row in present)


async def _begin(transaction: Transaction, office: Office, missing: frozenset[str]) -> None:
    """Begin the cases of the office's files, each on the path of its own rules."""
    shapes = shipped(office.institution).shapes if missing else None
    for kind, case, event in begun.cases_of(office, shapes) if shapes else ():
        if str(case.id) in missing:
            await keep_begun(transaction, office.institution, kind, case, event)


async def _record(
    transaction: Transaction, office: Office, missing: frozenset[str], at: datetime
) -> None:
    """Tell the ledger who was appointed just now."""
    told = [
        (
            "appointed",
            {"seat": seat.id, "role": seat.role, "person": person.id, "name": person.name},
        )
        for id_, seat, person in appointments(office)
        if str(id_) in missing
    ]
    await append_all(transaction, office.institution, at, told)
