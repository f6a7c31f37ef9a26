"""What statements count from, each source as the database reads it: who, when and how much."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from domain import ACCOUNTS, THINGS
from domain.areas.vehicles.books import REFUELLINGS, REPAIRS
from domain.areas.vehicles.statements import VEHICLES
from domain.areas.vehicles.trips import TRIP
from domain.records.accounts import Move as Posting
from domain.records.sources import (
    PEOPLE,
    UNITS,
    Away,
    By,
    Cases,
    Entries,
    Lines,
    Moves,
    Requests,
)
from domain.records.statements import Statement, left, mean, names, number, total
from domain.records.things import Move
from domain.vocabulary import Act, Label
from resolvers.ground.database import statement as compiled
from resolvers.records.statement_sql import counted
from tests.fleet import dispatch, fleet, person_id, record, trip, trip_of, vehicles
from tests.office import Api, leave
from tests.registers import BOOKS, an_example

__all__ = ["fleet"]
HRSS = "hrss-bureau"
MARCH = date(2026, 3, 1), date(2026, 3, 31)


async def lines(
    api: Api,
    statement: Statement,
    of: tuple[date, date] = MARCH,
    mine: UUID | None = None,
    office: str = HRSS,
) -> list[dict[str, Any]]:
    async with api.services.database.transaction(office, read_only=True) as reading:
        run = compiled(counted(statement, mine=mine is not None))
        rows = await reading.rows(run, institution=office, first=of[0], last=of[1], mine=mine)
    return [dict(row) for row in rows]


async def test_approved_requests_count_for_their_applicant_and_section(fleet: Api):
    staff = await fleet.person(f"staff@{HRSS}")
    chief = await fleet.person(f"section_chief@{HRSS}")
    asked = Requests(("leave.personal",))
    columns = (
        number("times", "次数", "Times", asked),
        total("days", "天数", "Days", asked, "days"),
        number("long", "两天", "Of two days", asked, {"days": "2"}),
    )
    by_person = Statement("some.leave", by=PEOPLE, columns=columns)
    await staff.submit("leave.personal", leave("2026-03-09", "2026-03-09"))
    assert {line["times"] for line in await lines(fleet, by_person)} == {0}, "not approved yet"
    assert (await chief.agree())["status"] in ("APPROVED", "PENDING")
    await fleet.run("update requests set status = 'approved', closed_at = '2026-03-05'")
    found = await lines(fleet, by_person)
    [mine] = [line for line in found if line["times"]]
    assert (mine["times"], mine["days"], mine["long"]) == (1, 1, 0)
    whom = mine["person_id"]
    assert [each["person_id"] for each in await lines(fleet, by_person, mine=whom)] == [whom]
    by_section = Statement("some.leave", by=UNITS, columns=columns)
    assert [line["times"] for line in await lines(fleet, by_section) if line["times"]] == [1]
    of_office = Statement("some.leave", columns=columns)
    assert [(e["times"], e["days"]) for e in await lines(fleet, of_office)] == [(1, 1)]
    april = date(2026, 4, 1), date(2026, 4, 30)
    assert [each["times"] for each in await lines(fleet, of_office, april)] == [0]


async def test_whoever_has_no_seat_in_the_period_has_no_line(fleet: Api):
    of = Statement("some.leave", by=PEOPLE, columns=(number("n", "次", "Times", Requests(("x",))),))
    before = await lines(fleet, of)
    whom = before[0]["person_id"]
    held = await fleet.rows("select id from appointments where person_id = $1", whom)
    ended = "update appointments set ends = '2026-02-28' where id = any($1::uuid[])"
    await fleet.run(ended, [each["id"] for each in held])
    assert whom not in {each["person_id"] for each in await lines(fleet, of)}
    february = date(2026, 2, 1), date(2026, 2, 28)
    assert whom in {each["person_id"] for each in await lines(fleet, of, february)}
    await fleet.run("update appointments set ends = null where id = any($1::uuid[])",
                    [each["id"] for each in held])  # fmt: skip


async def test_cases_count_on_their_day_and_each_time_that_something_came_about(fleet: Api):
    staff = await fleet.person(f"staff@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    director = await fleet.person(f"director@{HRSS}")
    request = await staff.submit("vehicle.off_hours", trip("2026-03-06", (17, 20)))
    await director.agree()
    car = (await vehicles(staff))["鲁B·R0201"]["id"]
    driver = await person_id(staff, f"driver@{HRSS}")
    slip = await trip_of(staff, request)
    await dispatch(manager, slip, vehicleId=car, driverId=driver)
    wanted, sent = Cases(TRIP, day="begins"), Cases(TRIP, events=("dispatch",))
    of = Statement(
        "some.trips",
        by=VEHICLES,
        columns=(
            number("wanted", "用车", "Wanted", wanted),
            number("sent", "派车", "Sent", sent),
            names("sections", "科室", "Sections", wanted, "section"),
        ),
    )
    found = {line["plate"]: line for line in await lines(fleet, of)}
    assert (found["鲁B·R0201"]["wanted"], found["鲁B·R0201"]["sent"]) == (1, 1)
    assert len(found["鲁B·R0201"]["sections"]) == 1
    assert (found["鲁B·R0202"]["wanted"], found["鲁B·R0202"]["sections"]) == (0, [])
    users = Statement("some.trips", by=PEOPLE, columns=(number("sent", "派车", "Sent", sent),))
    assert sum(line["sent"] for line in await lines(fleet, users)) == 1


async def test_moves_of_things_count_by_thing_and_entries_of_accounts_by_person(fleet: Api):
    [thing, *_] = THINGS
    keeps = (row for book in BOOKS for row in book.acts if row.kind == thing.name)
    office = next(row.institution for row in keeps if row.act == Act.KEEP)
    await an_example(fleet, office, thing)
    card = By("thing_id", Label("物", "Thing"), thing.reference,
              ((thing.table.c[thing.named_by], Label("名称", "Name")),))  # fmt: skip
    entered = Moves(thing, (Move.ENTERED,))
    of = Statement("some.moves", by=card, columns=(number("n", "次", "Times", entered),))
    assert 1 in {line["n"] for line in await lines(fleet, of, office=office)}
    [account, *_] = ACCOUNTS
    await fleet.empty("account_entries")
    whom = await fleet.value("select person_id from accounts where account = $1", f"staff@{HRSS}")
    entry = (
        "insert into account_entries (institution_id, id, account, person_id, day, move, of,"
        " source_id, amount, clause, posted_by, posted_at)"
        " values ($1, $2, $3, $4, $5, $6, 'x', $2, $7, '', $4, now())"
    )
    moved = (
        (date(2026, 1, 5), "granted", 10),
        (date(2026, 3, 5), "debited", -3),
        (date(2026, 4, 5), "debited", -2),
    )
    for day, move, amount in moved:
        await fleet.run(entry, HRSS, uuid4(), account.name, whom, day, move, amount)
    taken = Entries(account, (Posting.DEBITED,))
    of = Statement(
        "some.days",
        by=PEOPLE,
        columns=(
            total("taken", "使用", "Taken", taken, "amount"),
            left("left", "剩余", "Left", Entries(account), "amount"),
        ),
    )
    [mine] = [line for line in await lines(fleet, of) if line["person_id"] == whom]
    assert (str(mine["taken"]), str(mine["left"])) == ("-3", "7")


async def test_lines_count_by_a_value_their_mean_and_what_a_condition_lets_through(fleet: Api):
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    car = (await vehicles(manager))["鲁B·R0201"]["id"]
    for name, amount in (("甲厂", "900"), ("甲厂", "60.50"), ("乙厂", "10")):
        line = {"vehicleId": car, "repairedOn": "2026-03-02", "content": "换件", "name": name}
        assert isinstance(await record(manager, "VehicleRepairLine", amount=amount, **line), str)
    of = Statement(
        "some.repairs",
        by=By("name", Label("姓名", "Name")),
        columns=(
            mean("mean", "平均", "Mean", Lines(REPAIRS), "amount"),
            number("parts", "换件", "Parts", Lines(REPAIRS), {"content": ("换件", "保养")}),
            number("care", "保养", "Care", Lines(REPAIRS), {"content": "保养"}),
        ),
    )
    found = [(e["name"], str(e["mean"]), e["parts"], e["care"]) for e in await lines(fleet, of)]
    assert sorted(found) == [("乙厂", "10.00", 1, 0), ("甲厂", "480.25", 2, 0)]
    fuel = Statement(
        "some.fuel", columns=(mean("mean", "平均", "Mean", Lines(REFUELLINGS), "litres"),)
    )
    assert [str(each["mean"]) for each in await lines(fleet, fuel)] == ["0"]


TOLD_AGAIN = """insert into requests
  select g.* from requests r, jsonb_populate_record(r, jsonb_build_object('id', cast($1 as uuid),
    'applicant_id', cast($2 as uuid), 'status', cast($3 as text),
    'counted_from', cast($4 as date), 'counted_until', cast($4 as date),
    'closed_at', cast(cast($5 as date) as timestamp) at time zone 'Asia/Shanghai')) g limit 1"""
ABSENT = """insert into absences
    (institution_id, request_id, person_id, person_number, kind, period, days, standing)
  values ($1, $2, $3, $4, 'leave.sick', tsrange($5, $6), 1, $7)"""
OFF = """select day, working from calendar_days where institution_id in ($1, '*')
  order by institution_id = $1"""


async def test_a_period_holds_what_any_history_says_of_its_days(fleet: Api):
    """Absences that began before, half days, those given up, and days that say when they count."""
    staff = await fleet.person(f"staff@{HRSS}")
    await staff.submit("leave.sick", leave("2026-03-09", "2026-03-09"))
    people = await fleet.rows("select id from people where institution_id = $1 limit 4", HRSS)
    working = dict(map(tuple, await fleet.rows(OFF, HRSS)))
    by_chance, counted_on, away = Random(7), set[tuple[UUID, UUID, date]](), set[Any]()
    transaction = fleet.superuser.transaction()
    await transaction.start()
    try:
        for place, person in enumerate(each["id"] for each in people):
            at = datetime.fromisoformat("2025-12-01")
            for _ in range(40):
                begins = at + timedelta(hours=12 * by_chance.choice((0, 0, 1, 3, 9)))
                at = ends = begins + timedelta(hours=12 * by_chance.choice((0, 1, 2, 7, 90)))
                request, status = uuid4(), by_chance.choice(("approved", "approved", "rejected"))
                standing, absent = by_chance.random() < 0.8, by_chance.random() < 0.8
                closed, counted_from = (
                    begins.date() + timedelta(by_chance.randrange(-40, 40)) for _ in range(2)
                )
                told = by_chance.choice((counted_from, None))
                await fleet.run(TOLD_AGAIN, request, person, status, told, closed)
                if absent:
                    of = HRSS, request, person, place, begins, ends, standing
                    await fleet.run(ABSENT, *of)
                if status == "approved":
                    away_then = absent and standing and begins < ends
                    on = begins.date() if away_then else told or closed
                    counted_on.add((person, request, on))
                    days = (ends - timedelta(seconds=1)).date() - begins.date()
                    spans = [begins.date() + timedelta(n) for n in range(days.days + 1)]
                    away |= {(person, day) for day in spans if away_then}
        await fleet.run(f"set local guiju.institution = '{HRSS}'; set local role guiju")
        of = Statement(
            "some.leave",
            by=PEOPLE,
            columns=(
                number("requests", "申请", "Requests", Requests(("leave.sick",))),
                number("days", "天数", "Days", Away("leave")),
            ),
        )
        run = compiled(counted(of))
        for _ in range(40):
            first = date(2025, 12, 1) + timedelta(by_chance.randrange(500))
            last = first + timedelta(by_chance.choice((0, 6, 30, 90)))
            given = {"institution": HRSS, "first": first, "last": last}
            rows = await fleet.rows(run.sql, *[given[name] for name in run.names])
            found = {row["person_id"]: (row["requests"], row["days"]) for row in rows}
            for person in (each["id"] for each in people):
                requests = [day for whose, _, day in counted_on if whose == person]
                days = [day for whose, day in away if whose == person]
                assert found.get(person, (0, 0)) == (
                    sum(first <= day <= last for day in requests),
                    sum(
                        first <= day <= last and working.get(day, day.isoweekday() < 6)
                        for day in days
                    ),
                ), (first, last)
    finally:
        await transaction.rollback()
