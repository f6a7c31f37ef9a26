"""Which seats are asked: those at the record's unit and above it, own, borne and lent."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.approval.engine import Loan
from domain.vocabulary import STAGE, Act
from policies import loading
from policies.vocabulary import shipped
from resolvers.demo.offices import id_of
from resolvers.records.acts import SEATS, judged
from resolvers.records.verdicts import Acting
from resolvers.rules.rulebooks import LivingRulebook, living_of
from tests.changed_rules import Imports, imports
from tests.fleet import dispatch, fleet, person_id, trip, trip_of, vehicles
from tests.lending import lend, seat_of
from tests.office import Api
from tests.small_words import write

__all__ = ["fleet", "imports"]

HRSS = "hrss-bureau"
MANAGER = (
    f"p, fleet_manager, {HRSS}, vehicle.trip, take, stage in dispatch|approve|file,"
    " vehicle-trip-3, 1, vehicles/一、1, allow"
)
CHIEF = (
    f"{MANAGER.replace('fleet_manager', 'section_chief')}\n"
    f"p, section_chief, {HRSS}, vehicle.trip, see, always, vehicle-trip-14, 1, vehicles/一、1,"
    " allow"
)
ALLOWED = "query ($id: ID!) { vehicleTrip(id: $id) { allowedActions { act stage allowed } } }"
CLAUSE = ",".join(loading.CLAUSES) + "\ncars/一,用车办法,record,vehicles,,,,,派车"
OFFICE, SECTION, OTHER = (UUID(int=each) for each in range(1, 4))
TAKE = "p, {}, office, vehicle.trip, take, always, {}, 1, cars/一, {}"


async def approved(fleet: Api, account: str = "staff") -> Any:
    user = await fleet.person(f"{account}@{HRSS}")
    request = await user.submit("vehicle.dispatch", trip())
    await (await fleet.person(f"fleet_manager@{HRSS}")).agree()
    return await trip_of(user, request)


async def test_the_chief_of_the_record_s_own_section_acts_and_another_s_does_not(
    fleet: Api, imports: Imports
) -> None:
    await imports("vehicles.csv", MANAGER, CHIEF)
    slip = await approved(fleet)
    own, other = [await fleet.person(f"section_chief{n}@{HRSS}") for n in ("", "_2")]
    cars = await vehicles(own)
    driver = await person_id(own, f"driver@{HRSS}")
    given = {"vehicleId": cars["鲁B·R0201"]["id"], "driverId": driver}
    taken = {"act": "TAKE", "stage": "dispatch"}
    for chief, may in ((own, True), (other, False)):
        answer = await chief.ask(ALLOWED, {"id": slip["id"]})
        assert answer.codes in ([], ["CASE_NOT_FOUND"])
        found = [] if answer.codes else answer.data["vehicleTrip"]["allowedActions"]
        assert ({**taken, "allowed": True} in found) is may
    before = await fleet.counts()
    refused = await dispatch(other, slip, **given)
    assert refused["code"] in ("NOT_YOURS_TO_DO", "CASE_NOT_FOUND")
    assert await fleet.counts() == before
    assert (await dispatch(own, slip, **given))["driverName"]


async def test_a_lent_seat_reaches_as_far_as_the_seat(fleet: Api, imports: Imports) -> None:
    await imports("vehicles.csv", MANAGER, CHIEF)
    slip = await approved(fleet)
    borrower = await fleet.person(f"gatekeeper@{HRSS}")
    car = (await vehicles(borrower))["鲁B·R0201"]["id"]
    given = {"vehicleId": car, "driverId": await person_id(borrower, f"driver@{HRSS}")}
    for chief in ("section_chief_2", "section_chief"):
        lender = await fleet.person(f"{chief}@{HRSS}")
        assert "code" in await dispatch(borrower, slip, **given)
        loan = await lend(lender, await seat_of(lender, "section_chief"), borrower)
        assert "code" not in loan
    moved = await dispatch(borrower, slip, **given)
    assert moved["driverName"], moved


# What is asked, without a server


def seat(role: str, *serves: UUID, institution: str = "office", lent: bool = False) -> Acting:
    loan = Loan(uuid4(), None, "", "") if lent else None
    return Acting(uuid4(), role, serves[0], loan, institution, frozenset(serves))


@pytest.fixture
def living(tmp_path):
    def read(*rows: str) -> LivingRulebook:
        files = {"clauses.csv": CLAUSE, "vehicles.csv": "\n".join(rows)}
        book = loading.read(write(tmp_path / "office", files), shipped())
        return living_of(1, book, date(2026, 3, 2))

    return read


def take(book: LivingRulebook, *seats: Acting, unit: UUID | None = SECTION, borne=()) -> bool:
    return judged(book, "vehicle.trip", Act.TAKE, {STAGE: "file"}, seats, borne, unit=unit).allowed


def test_a_seat_at_the_unit_or_above_it_counts_and_one_beside_it_does_not(living):
    book = living(TAKE.format("section_chief", "trip-1", "allow"))
    assert take(book, seat("section_chief", SECTION))
    assert take(book, seat("section_chief", OFFICE, SECTION, OTHER))
    assert take(book, seat("section_chief", OFFICE, SECTION, lent=True))
    assert not take(book, seat("section_chief", OTHER))
    assert not take(book, seat("section_chief", OTHER), seat("staff", SECTION))


def test_a_record_without_a_unit_asks_every_seat_of_its_office_and_none_of_another(living):
    book = living(TAKE.format("section_chief", "trip-1", "allow"))
    assert take(book, seat("section_chief", OTHER), unit=None)
    assert not take(book, seat("section_chief", OTHER, institution="elsewhere"), unit=None)


def test_a_seat_of_the_institution_above_counts_as_a_step_would_ask_it(living):
    book = living(TAKE.format("section_chief", "trip-1", "allow"))
    assert take(book, seat("section_chief", OTHER, SECTION, institution="above"))
    assert not take(book, seat("section_chief", OTHER, institution="above"))


def test_whoever_holds_a_seat_is_every_seat_of_the_office_wherever_it_stands(living):
    book = living(TAKE.format("*", "trip-1", "allow"))
    assert take(book, seat("staff", OTHER))
    assert take(book, seat("driver", OTHER))
    assert not take(book, seat("staff", OTHER, institution="elsewhere"))
    assert not take(book)


def test_a_body_acts_through_its_secretary_s_seat_and_an_outside_role_through_its_clerk_s(living):
    book = living(
        TAKE.format("party_group", "trip-1", "allow"), TAKE.format("superior", "trip-2", "allow")
    )
    for role in ("party_group", "superior"):
        verdict = judged(
            book, "vehicle.trip", Act.TAKE, {STAGE: "file"}, [seat(role, OFFICE, SECTION)],
            unit=SECTION,
        )  # fmt: skip
        assert (verdict.allowed, verdict.role) == (True, role)
        assert verdict.on_record["seat"] == verdict.acting.seat
        assert not take(book, seat(role, OTHER))


def test_what_the_record_s_own_seats_are_denied_another_section_s_are_not(living):
    book = living(
        TAKE.format("*", "trip-1", "allow"), TAKE.format("section_chief", "trip-2", "deny")
    )
    assert not take(book, seat("section_chief", SECTION))
    assert take(book, seat("section_chief", OTHER))


async def test_a_seat_serves_its_unit_and_all_below_it_in_other_institutions_too(api: Api) -> None:
    above, below = "county-police-bureau", "household-registration"
    deputy = id_of("seat", above, "root", "county_bureau_deputy")
    station = id_of("unit", below, "green-stone-station")
    async with api.services.database.transaction(above, read_only=True) as reading:
        [row] = await reading.rows(SEATS, seats=[deputy])
    assert row["institution_id"] == above
    assert {id_of("unit", above, "root"), id_of("unit", above, "household"), station} <= {
        *row["serves"]
    }
    assert id_of("unit", below, "river-station") not in row["serves"]
