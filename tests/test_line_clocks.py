"""What happens to a line of a register: clocks start by it, are counted anew and taken back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.records.registers import Register
from domain.shapes.points import end_of
from domain.time.moments import OFFICE_TIME
from policies import loading
from resolvers.requests.words import camel
from resolvers.time.clocks import Subject
from resolvers.time.clocks import happened as what_happens
from schema.ground.ids import read_id
from tests.changed_rules import Imports, imports
from tests.clock_office import acting, seat
from tests.duty import cleared, enter, found, person_of, settled, shown, sign
from tests.fleet import fleet
from tests.office import Api
from tests.registers import BOOKS, ENTERED, Kept, kept

__all__ = ["fleet", "imports"]


def _named(register: Register) -> str:
    """A column in which its keeper has to name another record, if any."""
    required = {each.name for each in register.entered if each.required}
    return camel(next((each for each in register.refers_to if each in required), ""))


each_register = pytest.mark.parametrize("register", ENTERED, ids=lambda each: each.name)
each_that_refers = pytest.mark.parametrize(
    "register", [each for each in ENTERED if _named(each)], ids=lambda each: each.name
)
HEADER = (loading.SHIPPED / "hrss-bureau" / "clocks.csv").read_text("utf-8").splitlines()[0]
BUREAU, SCIENCE = "hrss-bureau", "science-bureau"
FAR = 24 * 365 * 3
"""Hours that no example has behind it."""


@pytest.fixture(autouse=True)
async def empty(fleet: Api) -> None:
    books = (each.lines for each in ENTERED)
    await fleet.empty(*books, "account_entries", "clocks", "clock_changes")


async def with_rows(imports: Imports, institution: str, *rows: str) -> None:
    """The office's rulebook with rows that start and stop by these events."""
    book = next(each for each in BOOKS if each.institution == institution)
    clause = book.shapes.clocks[0].clause
    given = [
        f"told-{number},{clause},登记后{number},上报,{FAR},,hour,after,,,{row}"
        for number, row in enumerate(rows)
    ]
    await imports("clocks.csv", HEADER, "\n".join([HEADER, *given]), institution)


async def clocks(api: Api, subject: str) -> list[Any]:
    return await api.rows(
        "select * from clocks where subject_id = $1 and clock like 'told-%' order by clock",
        read_id(subject)[1],
    )


async def begun(api: Api, book: Kept, record: str) -> UUID:
    """A clock that runs for a record that is there already."""
    subject = Subject(UUID(record), book.institution, "somewhere", None, ())
    async with acting(book.keeper) as context:
        await what_happens(context, ["somewhere.began"], subject)
    [clock] = await api.rows(
        "select id from clocks where subject_id = $1 and clock like 'told-%'", subject.id
    )
    return clock["id"]


async def state(api: Api, clock: UUID) -> str:
    return await api.value("select state from clocks where id = $1", clock)


def starts(day: date) -> datetime:
    if isinstance(day, datetime):
        return day.astimezone(OFFICE_TIME)
    return end_of(day, datetime.now(OFFICE_TIME))


@each_register
async def test_a_line_starts_a_clock_on_its_day_a_correction_moves_it_and_none_outlives_it(
    register: Register, fleet: Api, imports: Imports
):
    book = await kept(fleet, register)
    await with_rows(imports, book.institution, f"always,,{register.name}.recorded,,,,")
    line = (await book.enter("line"))["lineId"]
    day = f"select {register.day} from {register.lines} where id = $1"
    [clock] = await clocks(fleet, line)
    assert (clock["state"], clock["subject_kind"]) == ("running", register.name)
    happened = await fleet.value(day, read_id(line)[1])
    assert clock["started_at"] == starts(happened)
    assert clock["due_at"] == clock["started_at"] + timedelta(hours=FAR)
    earlier = {}
    if register.day in {each.name for each in register.entered}:
        before = (happened.astimezone(OFFICE_TIME) if register.is_timed else happened) - timedelta(
            1
        )
        earlier = {camel(register.day): before.isoformat()}
    if register.name == "driver.appraisal" or register.day == "month":
        earlier = {"month": "2026-02-01"}
    right = (await book.enter("right", corrects=line, **earlier))["lineId"]
    assert await clocks(fleet, line) == []
    [again] = await clocks(fleet, right)
    assert (again["id"], again["state"]) == (clock["id"], "running")
    assert again["started_at"] == starts(await fleet.value(day, read_id(right)[1]))
    assert (await book.strike_out(right, "struck"))["__typename"] == "LineEntered"
    [ended] = await clocks(fleet, right)
    assert ended["state"] == "cancelled"
    changes = "select what from clock_changes where clock_id = $1 order by at, what"
    told = {row["what"] for row in await fleet.rows(changes, clock["id"])}
    assert told == {"started", "restarted", "cancelled"}


@each_that_refers
async def test_a_line_happens_to_what_it_refers_to_and_no_longer_once_it_is_struck_out(
    register: Register, fleet: Api, imports: Imports
):
    book = await kept(fleet, register)
    column = _named(register)
    other = (await kept(fleet, register)).entry[column]
    record = read_id(book.entry[column])[1]
    await with_rows(
        imports, book.institution, f"always,,somewhere.began,{register.name}.recorded,,,"
    )
    clock = await begun(fleet, book, record)
    line = (await book.enter("line"))["lineId"]
    assert await state(fleet, clock) == "done"
    assert (await book.strike_out(line, "struck"))["__typename"] == "LineEntered"
    assert await state(fleet, clock) == "running"
    again = (await book.enter("again"))["lineId"]
    same = (await book.enter("same", corrects=again))["lineId"]
    assert await state(fleet, clock) == "done"
    if other != book.entry[column]:
        moved = await book.enter("moved", corrects=same, **{column: other})
        assert moved["__typename"] == "LineEntered", moved
        assert await state(fleet, clock) == "running"


async def test_who_signs_next_answers_for_an_unsigned_line_and_signing_happens_then(
    fleet: Api, imports: Imports
):
    await cleared(fleet)
    handover = "duty.handover"
    await with_rows(
        imports, BUREAU,
        f"always,,{handover}.recorded,{handover}.confirmed,,,",
        f"always,,{handover}.confirmed,{handover}.struck_out,,,",
    )  # fmt: skip
    clerk, _ = await settled(fleet, BUREAU, why="带班领导另行安排")
    roster = await shown(clerk)
    today, next_ = (found(roster, f"2026-04-{day}", "whole_day") for day in (13, 14))
    outgoing, incoming = await person_of(fleet, today), await person_of(fleet, next_)
    fleet.now = fleet.now.replace(month=4, day=14, hour=8, minute=5)
    given = {"at": "2026-04-14T07:55:00+08:00", "toId": next_["personId"], "matters": "无"}
    line = (await enter(outgoing, "DutyHandover", **given, room="已打扫"))["lineId"]
    [waits] = await clocks(fleet, line)
    assert (waits["clock"], waits["responsible"]) == ("told-0", [UUID(read_id(given["toId"])[1])])
    assert waits["started_at"] == datetime.fromisoformat(given["at"])
    await sign(incoming, line)
    done, since = await clocks(fleet, line)
    assert (done["state"], since["state"], since["started_at"]) == ("done", "running", fleet.now)


async def test_the_seats_that_may_do_what_stops_a_clock_answer_where_a_line_is_about_nobody(
    fleet: Api, imports: Imports
):
    await with_rows(
        imports, SCIENCE,
        "always,,duty.ordered_day.recorded,seal.use_log.recorded,,,",
        "always,,duty.ordered_day.recorded,,,,",
    )  # fmt: skip
    register = next(each for each in ENTERED if each.name == "duty.ordered_day")
    keeper = await fleet.person(f"office_clerk@{SCIENCE}")
    day = {"day": "2026-04-15", "document": "防汛通知"}
    line = (await enter(keeper, register.reference.word, **day))["lineId"]
    others, own = await clocks(fleet, line)
    keepers = {await seat(fleet, role, SCIENCE) for role in ("seal_keeper", "office_clerk")}
    assert set(others["responsible"]) == keepers
    account = "select person_id from accounts where account = $1"
    assert own["responsible"] == [await fleet.value(account, keeper.account)]


async def test_what_was_done_before_a_correction_stays_done_and_what_no_row_gives_any_more_ends(
    fleet: Api, imports: Imports
):
    registers = {each.name: each for each in ENTERED}
    book = await kept(fleet, registers["infosec.incident"])
    stops = "infosec.incident_report.recorded"
    await with_rows(
        imports, book.institution,
        f"always,,infosec.incident.recorded,{stops},,,",
        "always,,infosec.incident.recorded,,,,",
        "leak = true,,infosec.incident.recorded,,,,",
    )  # fmt: skip
    line = (await book.enter("incident", leak=True))["lineId"]
    assert len(await clocks(fleet, line)) == 3
    share = await kept(fleet, registers["infosec.incident_report"])
    given = await share.enter("share", incidentId=line)
    assert given["__typename"] == "LineEntered", given
    assert [each["state"] for each in await clocks(fleet, line)] == ["done", "running", "running"]
    before = {each["clock"]: each["id"] for each in await clocks(fleet, line)}
    right = await book.enter("right", corrects=line, leak=False)
    assert right["__typename"] == "LineEntered", right
    after = await clocks(fleet, right["lineId"])
    assert {each["clock"]: (each["id"], each["state"]) for each in after} == {
        "told-0": (before["told-0"], "done"),
        "told-1": (before["told-1"], "running"),
    }
    [left] = await clocks(fleet, line)
    assert (left["clock"], left["state"]) == ("told-2", "cancelled")
