"""What a day of attendance says by itself: counted once, while nothing on file excuses it."""

from typing import Any

import pytest

from schema.ground.ids import read_id
from tests.balances import strike_out
from tests.duty import enter, through
from tests.fleet import person_id
from tests.office import Api, Visitor, leave, problems
from tests.papers import demanded
from tests.sittings import TABLES, keep
from tests.small_shapes import at
from tests.test_attendance_journey import outing
from tests.test_oral_leave import begun, taken

HERE, BUREAU, COUNTY = "hrss-bureau", "construction-bureau", "county-organs"
SCIENCE = "science-bureau"
PROPOSED = "{ consequences { state lines amount label clause { cite } } }"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("attendance_days", "occurrences", "consequence_turns", "oral_leaves", "clocks")
    await api.empty(*TABLES)
    api.now = at("2026-03-20 17:00")
    return api


async def day(office: Api, where: str, presence: str, on: str, **more: Any) -> str:
    keeper = "office_clerk" if where == COUNTY else "attendance_clerk"
    clerk = await office.person(f"{keeper}@{where}")
    whom = await person_id(clerk, f"staff@{where}")
    answer = await enter(clerk, "AttendanceDay", personId=whom, onDay=on, presence=presence, **more)
    assert answer["__typename"] == "LineEntered", answer
    return str(answer["lineId"])


async def noted(office: Api, where: str, what: str, on: str, **more: Any) -> str:
    keeper = "attendance_clerk" if where == HERE else "office_clerk"
    clerk = await office.person(f"{keeper}@{where}")
    whom = await person_id(clerk, f"staff@{where}")
    given = {"personId": whom, "happenedOn": on, "what": what, **more}
    return str((await enter(clerk, "Occurrence", **given))["lineId"])


async def proposed(office: Api, where: str, cite: str, state: str = "PROPOSED") -> list[Any]:
    staff = await office.person(f"staff@{where}")
    found: list[Any] = await staff.one(PROPOSED)
    return [e for e in found if (e["state"], e["clause"]["cite"]) == (state, cite)]


async def test_a_third_late_day_of_the_book_is_the_day_of_absence_that_the_clause_names(
    office: Api,
):
    lines = [
        await day(office, COUNTY, presence, f"2026-03-{on}")
        for on, presence in ((10, "LATE"), (11, "EARLY"), (12, "LATE"))
    ]

    async def absent() -> list[Any]:
        found = await proposed(office, COUNTY, "第四条")
        return [each for each in found if each["amount"] is not None]

    [one] = await absent()
    assert (one["amount"], [*one["lines"]]) == ("1", lines)
    assert {read_id(each)[0] for each in lines} == {"AttendanceDay"}
    clerk = await office.person(f"office_clerk@{COUNTY}")
    await strike_out(clerk, lines[1])
    assert await absent() == []


@pytest.mark.parametrize(("book", "by_hand"), [(10, 11), (11, 10), (6, 9)])
async def test_two_absent_days_in_a_row_are_one_absence_whoever_tells_of_each(
    office: Api, book: int, by_hand: int
):
    await day(office, HERE, "ABSENT", f"2026-03-{book:02}")
    line = await noted(office, HERE, "absent_without_leave", f"2026-03-{by_hand:02}", amount="1")
    one = [(each["label"], [*each["lines"]]) for each in await proposed(office, HERE, "五、2")]
    assert sorted(one) == [("机关大会上作检查", [line]), ("视情节和后果给予行政和纪律处分", [line])]
    await strike_out(await office.person(f"attendance_clerk@{HERE}"), line)
    assert len(await proposed(office, HERE, "五、2")) == 2


async def test_absent_days_in_a_row_that_are_entered_one_by_one_are_one_absence(office: Api):
    for entered in (6, 9, 12):
        line = await noted(
            office, HERE, "absent_without_leave", f"2026-03-{entered:02}", amount="1"
        )
    found = {(each["label"], *each["lines"]) for each in await proposed(office, HERE, "五、2")}
    before = next(each[1] for each in found if each[0] == "机关大会上作检查")
    assert before != line
    assert {(each[0], each[1] == line) for each in found} == {
        *(("机关大会上作检查", False), ("视情节和后果给予行政和纪律处分", False)),
        *(("主管局长批评教育", True), ("书面检查", True)),
    }
    await strike_out(await office.person(f"attendance_clerk@{HERE}"), before)
    alone = await proposed(office, HERE, "五、2")
    assert {each["label"] for each in alone} == {"主管局长批评教育", "书面检查"}
    assert len({tuple(each["lines"]) for each in alone}) == 2


async def test_what_the_clerk_enters_of_the_same_day_as_well_counts_once(office: Api):
    await day(office, COUNTY, "LATE", "2026-03-10")
    await noted(office, COUNTY, "late", "2026-03-10")
    await noted(office, COUNTY, "early", "2026-03-10")
    late = await proposed(office, COUNTY, "第四条")
    assert not [each for each in late if each["amount"] is not None]
    await day(office, COUNTY, "LATE", "2026-03-11")
    late = await proposed(office, COUNTY, "第四条")
    [one] = [each for each in late if each["amount"] is not None]
    assert sorted(read_id(each)[0] for each in one["lines"]) == [
        *("AttendanceDay", "Occurrence", "Occurrence")
    ]


async def test_half_a_day_away_costs_half_of_what_a_day_does(office: Api):
    await day(office, BUREAU, "HALF_ABSENT", "2026-03-10")
    [half] = await proposed(office, BUREAU, "三(二)1")
    assert half["amount"] == "50"
    await day(office, BUREAU, "ABSENT", "2026-03-11")
    whole = await proposed(office, BUREAU, "三(二)1")
    assert "100" in [each["amount"] for each in whole]


async def test_who_enters_a_line_sees_what_it_brings_and_not_what_others_lines_bring(office: Api):
    clerk, chief = [
        await office.person(f"{role}@{BUREAU}") for role in ("attendance_clerk", "section_chief")
    ]
    lines = {await day(office, BUREAU, "HALF_ABSENT", "2026-03-10")}
    lines.add(await noted(office, BUREAU, "study_late", "2026-03-11"))

    async def seen(by: Visitor) -> set[str]:
        return lines & {line for each in await by.one(PROPOSED) for line in each["lines"]}

    assert (await seen(clerk), await seen(chief)) == (lines, set())


async def test_days_away_in_a_row_are_one_absence_of_so_many_days(office: Api):
    await day(office, HERE, "ABSENT", "2026-03-13")
    [one] = {each["label"] for each in await proposed(office, HERE, "五、2")} & {"书面检查"}
    assert one
    await day(office, HERE, "ABSENT", "2026-03-16")
    labels = {each["label"] for each in await proposed(office, HERE, "五、2")}
    assert "机关大会上作检查" in labels
    assert "书面检查" not in labels


async def test_a_day_counts_once_it_is_over_and_no_more_when_leave_is_granted_for_it(office: Api):
    await day(office, HERE, "ABSENT", "2026-03-20")
    assert await proposed(office, HERE, "五、2") == []
    office.now = at("2026-03-21 00:20")
    await office.clocks()
    assert await proposed(office, HERE, "五、2") != []
    office.now = at("2026-03-21 09:00")
    staff = await office.person(f"staff@{HERE}")
    form = leave("2026-03-20", attachments=demanded(HERE, "leave.sick"))
    asked = await staff.submit("leave.sick", form)
    assert asked["__typename"] == "Request", asked
    await through(office, asked)
    office.now = at("2026-03-22 00:20")
    await office.clocks()
    assert await proposed(office, HERE, "五、2") == []


async def test_while_the_paper_of_leave_asked_for_orally_may_come_in_nobody_was_absent(
    office: Api,
):
    office.now = at("2026-03-03 09:00")
    await day(office, HERE, "ABSENT", "2026-03-02")
    assert await proposed(office, HERE, "五、2") != []
    case = await begun(office, HERE, until="2026-03-02")
    case = await taken(office, f"director@{HERE}", "approve", case)
    await taken(office, f"office_clerk@{HERE}", "file", case)
    for now, absent in (("2026-03-03 09:30", False), ("2026-03-05 00:20", True)):
        office.now = at(now)
        await office.clocks()
        found = await proposed(office, HERE, "五、2")
        assert bool(found) is absent, now


async def test_who_was_absent_from_study_and_not_excused_missed_it_by_the_book_of_the_session(
    office: Api,
):
    clerk = await office.person(f"office_clerk@{SCIENCE}")
    given = {"body": "staff_meeting", "beginsAt": "2026-03-20T15:00:00+08:00"}
    office.now = at("2026-03-18 09:00")
    session = await keep(clerk, "callStudySession", **given, topic="学习文件", hours="1")
    office.now = at("2026-03-20 17:00")
    whom = [
        {"personId": await person_id(clerk, f"{role}@{SCIENCE}"), **said}
        for role, said in (
            ("office_clerk", {"attended": True}),
            ("director", {"attended": False, "excused": True}),
        )
    ]
    await keep(clerk, "recordAttendance", sittingId=session["id"], members=whom)
    assert (await keep(clerk, "closeMinutes", sittingId=session["id"], minutes="已学习"))[
        "closedBy"
    ]
    office.now = at("2026-03-21 00:20")
    await office.clocks()
    missed = await proposed(office, SCIENCE, "3")
    assert {read_id(line)[0] for each in missed for line in each["lines"]} == {"Sitting"}
    of = await office.value(
        "select count(*) from consequence_turns c join people p on p.id = c.person_id"
        " where p.account = any($1)", [f"director@{SCIENCE}", f"office_clerk@{SCIENCE}"],
    )  # fmt: skip
    assert of == 0, "neither who came nor who was excused"


async def test_who_was_out_with_leave_at_the_hour_of_a_spot_check_was_not_absent_from_it(
    office: Api,
):
    staff = await office.person(f"staff@{SCIENCE}")
    out = outing("14:00", "16:00", day="2026-03-20")
    asked = await staff.submit("outing.official", out)
    await through(office, asked)
    office.now = at("2026-03-20 17:00")
    clerk = await office.person(f"office_clerk@{SCIENCE}")
    found = {
        "personId": await person_id(clerk, f"staff@{SCIENCE}"),
        "happenedOn": "2026-03-20",
        "what": "absent_at_spot_check",
    }
    before = await office.value("select count(*) from occurrences")
    for more in ({}, {"checkedAt": "2026-03-20T15:00:00+08:00"}):
        assert problems(await enter(clerk, "Occurrence", **found, **more)) == {
            ("personId", "NOT_ELIGIBLE")
        }
    assert await office.value("select count(*) from occurrences") == before
    later = await enter(clerk, "Occurrence", **found, checkedAt="2026-03-20T16:30:00+08:00")
    assert later["lineId"], later


async def test_sick_and_personal_leave_one_upon_the_other_are_one_that_lasts_over_a_week(
    office: Api,
):
    staff = await office.person(f"staff@{BUREAU}")
    office.now = at("2026-03-02 09:00")
    for kind, first, last in (
        ("sick", "2026-03-09", "2026-03-12"),
        ("personal", "2026-03-13", "2026-03-18"),
        ("personal", "2026-03-20", "2026-03-20"),
    ):
        form = leave(first, last, attachments=demanded(BUREAU, f"leave.{kind}"))
        await through(office, await staff.submit(f"leave.{kind}", form))
    found = await proposed(office, BUREAU, "三(二)5")
    lost = [each for each in found if each["label"].startswith("取消当月考勤奖")]
    assert [len(each["lines"]) for each in lost] == [2], found
