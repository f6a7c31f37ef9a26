"""What becomes of what is published: corrections, the clock, approvals, and who reads of whom."""

import asyncio
from datetime import timedelta
from typing import Any

from schema.ground.ids import global_id
from tests.changed_rules import Imports, imports
from tests.fleet import fleet, record, vehicles
from tests.office import Api, problems
from tests.sending import docx, send
from tests.statements import board, preview, publish
from tests.test_statement_conformance import FORMS, approved

__all__ = ["fleet", "imports"]
CB, SB = "construction-bureau", "science-bureau"
MARCH = {"statement": "VEHICLE_USE", "cadence": "mileage-report", "day": "2026-03-31"}


async def refuelled(api: Api, litres: str, corrects: str | None = None) -> str:
    clerk = await api.person(f"office_clerk@{CB}")
    [car, *_] = (await vehicles(clerk)).values()
    line = {
        "vehicleId": car["id"], "odometerFrom": "100", "odometerTo": "400", "litres": litres,
        "refuelledAt": "2026-03-02T08:30:00+08:00", "signedBy": "韩喜顺",
        "exception": "外出途中", "corrects": corrects,
    }  # fmt: skip
    return str(await record(clerk, "VehicleRefuelling", **line))


async def test_a_later_correction_changes_no_publication_and_the_next_takes_its_place(fleet: Api):
    wrong = await refuelled(fleet, "40")
    clerk = await fleet.person(f"office_clerk@{CB}")
    assert (await publish(clerk, **MARCH))["code"] == "PERIOD_NOT_OVER"
    fleet.now = fleet.now.replace(month=4, day=2)
    first = await publish(clerk, **MARCH)
    [line] = [each for each in first["content"] if each["litres"] != "0"]
    assert (line["litres"], line["distance"]) == ("40", "300")
    await refuelled(fleet, "42.5", wrong)
    [on_board] = await board(clerk)
    assert on_board == first
    second = await publish(clerk, **MARCH)
    assert (second["replaces"], second["standing"]) == (first["id"], "ON_BOARD")
    assert [each["litres"] for each in second["content"] if each["litres"] != "0"] == ["42.5"]
    past = await board(clerk, "past: true, statement: VEHICLE_USE")
    assert [each["standing"] for each in past] == ["ON_BOARD", "REPLACED"]
    assert past[1]["content"] == first["content"]
    done = await fleet.rows("select * from cadence_records where cadence = 'mileage-report'")
    assert [str(each["period_first"]) for each in done] == ["2026-04-01"]
    staff = await fleet.person(f"staff@{CB}")
    assert [each["id"] for each in await board(staff, "past: true")] == []
    assert [each["id"] for each in await board(staff)] == [second["id"]]
    await fleet.run("delete from cadence_records where cadence = 'mileage-report'")


async def test_days_that_no_cadence_gives_are_near_in_order_and_over(fleet: Api):
    clerk = await fleet.person("office_clerk@county-organs")
    told = {"statement": "ATTENDANCE_MONTH", "day": "2026-02-01", "last": "2026-02-28"}
    refused = {
        "last": ("2026-01-31", {("last", "END_BEFORE_START")}),
        "day": ("2099-12-31", {("day", "DATE_TOO_FAR")}),
        "title": ("长" * 201, {("title", "TOO_LONG")}),
        "papers": ([{"upload": "x"}], {("papers.0.upload", "INVALID_ID")}),
    }
    for name, (value, expected) in refused.items():
        assert problems(await preview(clerk, **{**told, name: value})) == expected, name
    running = await preview(clerk, **{**told, "last": "2026-03-02"})
    assert running["code"] == "PERIOD_NOT_OVER"
    done = await publish(clerk, **told)
    assert (done["from"], done["to"], done["cadence"]) == ("2026-02-01", "2026-02-28", "")


async def test_two_who_publish_at_once_leave_one_publication(fleet: Api):
    fleet.now = fleet.now.replace(month=4, day=2)
    clerk = await fleet.person(f"office_clerk@{CB}")
    digest = (await preview(clerk, **MARCH))["digest"]
    answers = await asyncio.gather(*(publish(clerk, digest, **MARCH) for _ in range(4)))
    told = sorted(each.get("code", "published") for each in answers)
    assert told == ["PUBLISHED_ALREADY"] * 3 + ["published"]
    assert await fleet.value("select count(*) from publications") == 1
    await fleet.run("delete from cadence_records where cadence = 'mileage-report'")


async def test_what_lasts_a_week_leaves_the_board_by_the_clock(fleet: Api, imports: Imports):
    row = "vehicle.use,vehicles/六,office,"
    await imports("publications.csv", f"{row},", f"{row}7 day,", CB)
    fleet.now = fleet.now.replace(month=4, day=2)
    clerk = await fleet.person(f"office_clerk@{CB}")
    done = await publish(clerk, **MARCH)
    assert done["until"] == "2026-04-09T23:59:59+08:00"
    fleet.now += timedelta(days=7)
    assert [each["id"] for each in await board(clerk)] == [done["id"]]
    fleet.now += timedelta(days=1)
    assert await board(clerk) == []
    [past] = await board(clerk, "past: true")
    assert past["standing"] == "EXPIRED"
    await fleet.run("delete from cadence_records where cadence = 'mileage-report'")


async def test_what_is_to_be_approved_first_is_published_by_its_own_approval_alone(fleet: Api):
    office = await fleet.person(f"openness_office@{CB}")
    upload = await send(office, "收费目录.docx", docx())
    content = {
        "statement": "OPENNESS_CONTENT", "day": "2026-03-02", "title": "一季度公开内容",
        "text": "一、收费标准未变。", "papers": [{"upload": upload["id"]}],
    }  # fmt: skip
    before = await fleet.counts()
    for bare in ({**content, "title": " "}, {**content, "text": ""}):
        assert {code for _, code in problems(await preview(office, **bare))} == {"REQUIRED"}
    refused = await preview(office, **content)
    assert problems(refused) == {("requestId", "NEEDS_APPROVAL_FIRST")}
    assert await fleet.counts() == before
    staff = await fleet.person(f"staff@{CB}")
    pending = (await staff.submit("openness.publish", FORMS["openness.publish"]))["id"]
    refused = await preview(office, **content, requestId=pending)
    assert problems(refused) == {("requestId", "NEEDS_APPROVAL_FIRST")}
    request = await approved(fleet, CB, "openness.publish")
    done = await publish(office, **content, requestId=request)
    assert (done["title"], done["reach"]) == ("一季度公开内容", "EVERYBODY")
    assert done["papers"] == [{"name": "收费目录.docx"}]
    other = await preview(office, **{**content, "title": "另一项", "papers": []}, requestId=request)
    assert problems(other) == {("requestId", "NEEDS_APPROVAL_FIRST")}
    elsewhere = await fleet.person("staff@county-organs")
    [read] = await board(elsewhere, f'institution: "{CB}"')
    assert read["text"] == content["text"]
    await fleet.run("delete from cadence_records where cadence = 'openness-day'")


async def enter(api: Api, whom: Any, what: str, day: str) -> None:
    clerk = await api.person(f"office_clerk@{SB}")
    line = {"personId": global_id("Person", whom), "happenedOn": day, "what": what}
    entered = await record(clerk, "Occurrence", **line)
    assert isinstance(entered, str), entered


async def test_a_sheet_of_attendance_is_read_by_leaders_and_by_each_their_own_line(fleet: Api):
    staff = await fleet.person(f"staff@{SB}")
    whom = await fleet.value("select person_id from accounts where account = $1", f"staff@{SB}")
    for day in ("2026-02-03", "2026-02-10"):
        await enter(fleet, whom, "late", day)
    await enter(fleet, whom, "late", "2026-03-01")
    await enter(fleet, whom, "study_missed", "2026-02-05")
    away = (
        "insert into absences (institution_id, request_id, person_id, person_number, kind, period,"
        " days, standing) select $1, r.id, $2, p.number, 'leave.personal',"
        " '[2026-02-05 12:00,2026-02-10 00:00)', 2.5, true from requests r, people p"
        " where r.id = $3 and p.id = $2"
    )
    request = await staff.submit("leave.personal", {
        "begins": {"date": "2026-03-05", "half": "MORNING"},
        "ends": {"date": "2026-03-05", "half": "AFTERNOON"}, "explanation": "家事",
    })  # fmt: skip
    await fleet.run("delete from absences where person_id = $1", whom)
    key = await fleet.value("select id from requests order by submitted_at desc limit 1")
    await fleet.run("update requests set status = 'approved', closed_at = now() where id = $1", key)
    await fleet.run(away, SB, whom, key)
    asked = (
        '{ attendanceMonthStatement(from: "2026-02-01", to: "2026-02-28")'
        " { lines { personId leaveDays outingDays faults { word label number } } } }"
    )
    expected = {
        "personId": global_id("Person", whom), "leaveDays": 3, "outingDays": 0,
        "faults": [{"word": "late", "label": "迟到", "number": 2}],
    }  # fmt: skip
    assert (await staff.one(asked))["lines"] == [expected], request
    leader = await fleet.person(f"director@{SB}")
    found = (await leader.one(asked))["lines"]
    assert expected in found
    assert len(found) > 5
    clerk = await fleet.person(f"office_clerk@{SB}")
    done = await publish(clerk, statement="ATTENDANCE_MONTH", day="2026-02-01")
    told = [line["faults"] for line in done["content"] if line["faults"]]
    assert told == [["迟到 2"]]
    assert [each["id"] for each in await board(leader)] == [done["id"]]
    assert await board(staff) == [], "it is for the leaders to read"
    await fleet.run("delete from cadence_records where cadence = 'attendance-review'")
