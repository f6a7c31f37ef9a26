"""The demo offices: complete for their rules, known by their accounts, loaded once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.approval.placement import expanded
from domain.rules.rows import ANY, NOBODY, NONE
from domain.vocabulary import RoleClass
from policies import loading, vocabulary
from resolvers import demo
from resolvers.demo.offices import Office, Person, Seat, offices, superiors
from resolvers.ground import ledger
from resolvers.ground.database import Database, Transaction, statement
from resolvers.ground.hashing import HASHER
from resolvers.ground.known_people import KnownPeople
from resolvers.ground.opening import load_viewer
from resolvers.ground.tokens import Claims
from resolvers.ground.viewers import Viewer

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
WITH_LEAVE = (
    *("construction-bureau", "hrss-bureau", "science-bureau"),
    *("service-centre", "township-government", "county-organs"),
)
TABLES = (
    *("institutions", "institution_superiors", "units", "people", "seats", "appointments"),
    *("accounts", "ledger", "rulebook_versions", "rulebook_rows", "calendar_days"),
)
ADD_SESSION = statement(
    """insert into sessions (institution_id, id, person_id, expires_at)
       values (:institution, :id, :person, :expires_at)"""
)


@pytest.fixture(scope="module")
def loaded(owner_url: str) -> str:
    asyncio.run(demo.load(owner_url))
    return owner_url


@pytest.fixture
async def app(loaded: str, app_url: str) -> AsyncIterator[Database]:
    app = await Database.connect(app_url)
    yield app
    await app.close()


async def snapshot(app: Database) -> dict[tuple[str, str], object]:
    contents: dict[tuple[str, str], object] = {}
    for institution in ("*", *offices()):
        async with app.transaction(institution, read_only=True) as transaction:
            for table in TABLES:
                said = statement(
                    f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')), count(*)"
                    f" from {table} t where institution_id = :institution"
                )
                contents[institution, table] = tuple(
                    (await transaction.rows(said, institution=institution))[0]
                )
    return contents


async def test_loading_a_second_time_changes_nothing(loaded: str, app: Database) -> None:
    before = await snapshot(app)
    await demo.load(loaded)
    assert await snapshot(app) == before


async def test_loading_adds_what_is_missing_and_leaves_what_was_changed(
    loaded: str,
) -> None:
    owner = await Database.connect(loaded, most=1)
    office = offices()["logistics-guidelines"]
    chief, driver = (office.accounts[office.account(role)] for role in ("section_chief", "driver"))
    who = {"institution": office.institution, "chief": chief.id, "driver": driver.id}
    change = [
        "update people set name = '改名' where institution_id = :institution and id = :chief",
        """update appointments set ends = '2020-12-31'
           where institution_id = :institution and person_id = :chief""",
        "delete from accounts where institution_id = :institution and person_id = :driver",
    ]
    look = statement(
        """select (select name from people where id = :chief) as name,
                  (select count(*) from appointments
                   where person_id = :chief and ends is null) as held,
                  (select count(*) from accounts where person_id = :driver) as accounts"""
    )
    async with owner.transaction(office.institution) as transaction:
        for each in change:
            await transaction.rows(statement(each), **who)
    await demo.load(loaded)
    async with owner.transaction(office.institution) as transaction:
        assert tuple((await transaction.rows(look, **who))[0]) == ("改名", 0, 2)
        back = [
            "update people set name = :name where institution_id = :institution and id = :chief",
            """update appointments set ends = null
               where institution_id = :institution and person_id = :chief""",
        ]
        for each in back:
            await transaction.rows(statement(each), **who, name=chief.name)
    await owner.close()


def test_every_institution_of_the_vocabulary_has_an_office() -> None:
    assert set(vocabulary.institutions()) <= set(offices())


@pytest.mark.parametrize("institution", WITH_LEAVE)
def test_an_office_with_leave_rules_has_sections_and_people(institution: str) -> None:
    office = offices()[institution]
    sections = [
        unit for unit in office.units if Seat(institution, "staff", unit.code) in office.holders
    ]
    assert len(sections) >= 4
    assert len(office.people) >= 30


def test_nobody_shares_a_name() -> None:
    names = [person.name for office in offices().values() for person in office.people]
    assert len(set(names)) == len(names)


def seats_above(office: Office, unit: str) -> dict[str, Seat]:
    """The nearest seat of each role, climbing from a unit through all institutions."""
    nearest: dict[str, Seat] = {}
    at: tuple[str, str] | None = (office.institution, unit)
    while at is not None:
        institution, code = at
        above = offices()[institution]
        for seat in above.holders:
            if seat.unit == code:
                nearest.setdefault(seat.role, seat)
        [parent] = [each.parent for each in above.units if each.code == code]
        at = parent
    return nearest


@pytest.mark.parametrize("institution", loading.institutions())
def test_every_seat_that_the_rules_name_is_filled_above_the_members_of_staff(
    institution: str,
) -> None:
    office, rulebook = offices()[institution], loading.shipped(institution)
    roles = rulebook.vocabulary.roles
    named = {row.role for row in rulebook.rows} - {NOBODY, NONE, ANY}
    needed = {
        member
        for role in named
        if roles[role].role_class is not RoleClass.FORM
        for member in expanded(role, roles)
    }
    for account in ("staff", "staff_2"):
        [seat] = office.accounts[f"{account}@{institution}"].seats
        nearest = seats_above(office, seat.unit)
        assert needed <= set(nearest)
        assert all(offices()[each.institution].holders[each] for each in nearest.values())


@pytest.mark.parametrize("office", offices().values(), ids=offices())
def test_every_seat_is_of_a_role_that_can_be_held_and_stands_in_a_unit(office: Office) -> None:
    roles = vocabulary.shipped().roles
    units = {unit.code for unit in office.units}
    for seat in office.holders:
        assert seat.unit in units
        assert roles[seat.role].role_class in (RoleClass.SEAT, RoleClass.BODY, RoleClass.OUTSIDE)
        if roles[seat.role].role_class is RoleClass.OUTSIDE:
            assert seat.unit == "root"


@pytest.mark.parametrize("institution", loading.institutions())
def test_what_is_said_of_a_person_is_in_the_words_of_the_institution(institution: str) -> None:
    words = loading.shipped(institution).vocabulary
    for person in offices()[institution].people:
        assert person.employment in (words.facts["employment"].values or {})
        for name, value in person.facts.items():
            if name == "born":
                assert date.fromisoformat(str(value)) < date(2010, 1, 1)
                continue
            values = words.facts[name].values
            assert value in values if values else isinstance(value, bool)


@pytest.mark.parametrize("institution", loading.institutions())
def test_nobody_holds_two_highest_seats_of_different_ranks(institution: str) -> None:
    roles = loading.shipped(institution).vocabulary.roles
    for person in offices()[institution].people:
        held = [roles[seat.role] for seat in person.seats if roles[seat.role].rank]
        highest = max((role.level for role in held), default=0)
        assert len({role.rank for role in held if role.level == highest}) <= 1, person.name


def test_in_the_township_one_person_is_director_and_party_secretary() -> None:
    accounts = offices()["township-government"].accounts
    director = accounts["director@township-government"]
    assert accounts["party_secretary@township-government"] is director
    assert {"director", "party_secretary"} <= {seat.role for seat in director.seats}


@pytest.mark.parametrize("institution", loading.institutions())
def test_an_account_is_the_holder_in_the_line_above_the_member_of_staff(institution: str) -> None:
    office = offices()[institution]
    accounts = {name.partition("@")[0]: person for name, person in office.accounts.items()}
    assert {seat.role for seat in office.holders} <= set(accounts)
    [staff], [chief] = accounts["staff"].seats, accounts["section_chief"].seats
    assert (staff.role, chief.role) == ("staff", "section_chief")
    for role, seat in seats_above(office, staff.unit).items():
        assert accounts[role] is office.holders[seat][0]
    assert accounts["policy_admin_2"] is not accounts["policy_admin"]


@pytest.mark.parametrize("institution", WITH_LEAVE)
def test_the_second_line_is_another_section(institution: str) -> None:
    office = offices()[institution]
    [staff] = office.accounts[f"staff_2@{institution}"].seats
    chief = office.accounts[f"section_chief_2@{institution}"]
    assert Seat(institution, "section_chief", staff.unit) in chief.seats
    [other] = office.accounts[f"staff@{institution}"].seats
    assert staff.unit != other.unit
    deputies = [office.accounts[f"deputy_in_charge{n}@{institution}"] for n in ("", "_2")]
    assert deputies[0] is not deputies[1]


async def test_everybody_can_sign_in_with_the_password(app: Database) -> None:
    run = statement(
        """select p.name, count(a.account), min(a.password_hash) as password_hash
           from people p left join accounts a
             on (a.institution_id, a.person_id) = (p.institution_id, p.id)
           where p.institution_id = :institution group by p.id, p.name, p.account
           having not bool_or(a.account = p.account) or count(a.account) = 0"""
    )
    password = statement("select distinct password_hash from accounts")
    hashes = set()
    for institution in offices():
        async with app.transaction(institution, read_only=True) as transaction:
            assert await transaction.rows(run, institution=institution) == []
            hashes |= {row[0] for row in await transaction.rows(password)}
    assert len(hashes) <= 2
    assert all(HASHER.verify(each, demo.PASSWORD) for each in hashes)


async def test_the_ledger_tells_of_every_appointment(app: Database) -> None:
    run = statement("select count(*) from ledger where event = 'appointed'")
    for institution, office in offices().items():
        async with app.transaction(institution, read_only=True) as transaction:
            assert (await ledger.check(transaction, institution))[0] == []
            appointed = await transaction.value(run)
        assert appointed == sum(len(person.seats) for person in office.people)


async def viewer_of(transaction: Transaction, person: Person) -> Viewer:
    session: UUID = uuid4()
    await transaction.rows(
        ADD_SESSION,
        institution=person.institution,
        id=session,
        person=person.id,
        expires_at=NOW + timedelta(hours=1),
    )
    claims = Claims(person.institution, person.id, session)
    found = await load_viewer(transaction, KnownPeople(), claims, NOW, office=True)
    assert found is not None
    return found[0]


async def test_a_police_station_climbs_to_the_county_and_the_city_of_other_institutions(
    app: Database,
) -> None:
    office = offices()["household-registration"]
    assert superiors(office.institution) == {"county-police-bureau", "city-police-bureau"}
    officer = office.accounts["area_officer_2@household-registration"]
    async with app.transaction(office.institution) as transaction:
        viewer = await viewer_of(transaction, officer)
    [nearest] = viewer.nearest.values()
    climbed = {role: (seat.institution, len(seat.holders)) for role, seat in nearest.items()}
    assert climbed["police_station_chief"] == ("household-registration", 1)
    assert climbed["county_bureau_deputy"] == ("county-police-bureau", 1)
    assert climbed["city_bureau_deputy"] == ("city-police-bureau", 1)
    assert climbed["city_household_section"] == ("city-police-bureau", 1)


async def test_another_station_climbs_inside_its_own_institution(app: Database) -> None:
    office = offices()["household-registration"]
    async with app.transaction(office.institution) as transaction:
        viewer = await viewer_of(transaction, office.accounts["staff@household-registration"])
    [nearest] = viewer.nearest.values()
    assert {seat.institution for seat in nearest.values()} == {"household-registration"}
    assert {"police_station_chief", "county_bureau_deputy", "city_bureau_deputy"} <= set(nearest)
