"""Deadlines and rhythms of the shipped offices: each starts, and falls due when its text says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.rulebook import Rulebook
from domain.shapes.cadences import Cadence, period_on
from domain.shapes.clocks import Clock, concerned, moment_of, started_by
from domain.shapes.running import State, start, stop
from policies import loading
from policies.happenings import events_of, idle, unheard_of
from tests.clock_office import CLOCKS, moment, told
from tests.duty import enter
from tests.office import Api, problems
from tests.sittings import keep, never_met
from tests.small_shapes import CALENDAR, at
from tests.test_enforced import meeting
from tests.test_sitting_tasks import act

OFFICES = loading.institutions()


def shipped(institution: str, row: str) -> Any:
    shapes = loading.shipped(institution).shapes
    return next(each for each in (*shapes.clocks, *shapes.cadences) if each.id == row)


def rows(of: str, named: str) -> list[Any]:
    """The rows of a table that name an event in a column, with their office."""
    books = {institution: loading.shipped(institution) for institution in OFFICES}
    return [
        pytest.param(book, row, id=f"{institution}: {row.id}")
        for institution, book in books.items()
        for row in getattr(book.shapes, of)
        if getattr(row, named)
    ]


@pytest.mark.parametrize("institution", OFFICES)
def test_no_row_waits_for_what_nothing_brings_about(institution: str):
    book = loading.shipped(institution)
    assert list(unheard_of(book)) == []
    for row in book.shapes.clocks[:1]:
        wrong = replace(row, starts=("leave.personal.ended",))
        shapes = replace(book.shapes, clocks=(wrong,), cadences=())
        assert [event for _, _, event in unheard_of(replace(book, shapes=shapes))] == [
            "leave.personal.ended",
            *(each for each in row.stops if not concerned([each], events_of(book))),
        ]


@pytest.mark.parametrize("institution", OFFICES)
def test_each_deadline_starts_or_says_why_it_does_not(institution: str):
    assert list(idle(institution)) == []


@pytest.mark.parametrize(("book", "row"), rows("clocks", "starts"))
def test_a_deadline_starts_by_what_happens_and_is_stopped_by_it(book: Rulebook, row: Clock):
    facts, known = meeting(book, row.when.regions), events_of(book)
    told = at("2026-03-20 17:00") if row.is_open else None
    begun = start(row, at("2026-03-10 10:00"), CALENDAR, told)
    for pattern in row.starts:
        [event, *_] = sorted(each for each in known if concerned([pattern], [each]))
        assert row.is_open or row in started_by(book.shapes.clocks, [event], facts)
    for pattern in row.stops:
        assert any(concerned([pattern], [each]) for each in known)
    assert stop(begun, at("2026-03-10 10:01")).state is State.DONE


@pytest.mark.parametrize(("book", "row"), rows("cadences", "shown_by"))
def test_a_rhythm_falls_due_and_is_shown_done_by_what_happens(book: Rulebook, row: Cadence):
    known = events_of(book)
    assert all(concerned([event], known) for event in row.shown_by)
    period = period_on(row, date(2026, 3, 10), CALENDAR)
    assert period
    assert period.first <= period.due


@pytest.mark.parametrize(
    ("institution", "row", "day", "due"),
    [
        ("construction-bureau", "attendance-sheet", "2026-03-10", "2026-03-28"),
        ("hrss-bureau", "target-proposal", "2026-06-10", "2026-01-07"),
        ("hrss-bureau", "target-signing", "2027-01-02", "2027-01-28"),
        ("hrss-bureau", "next-schedule", "2026-02-10", "2026-02-28"),
        ("hrss-bureau", "kitchen-waste", "2026-03-10", "2026-03-10"),
        ("service-centre", "year-files", "2026-01-10", "2026-03-31"),
        ("service-centre", "secret-files", "2026-11-10", "2026-03-31"),
        ("construction-bureau", "democratic-life", "2026-03-10", "2026-06-30"),
        ("township-government", "staff-meeting", "2026-03-12", "2026-03-09"),
    ],
)
def test_a_rhythm_of_a_text_falls_due(institution, row, day, due):
    period = period_on(shipped(institution, row), date.fromisoformat(day), CALENDAR)
    assert period
    assert period.due == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("institution", "row", "happened", "due"),
    [
        # on a Friday; back at work on the Monday, and within three days whatever they are
        ("construction-bureau", "return-from-leave", "2026-03-06 23:59:59", "2026-03-09 23:59:59"),
        ("construction-bureau", "return-from-leave", "2026-09-30 23:59:59", "2026-10-08 23:59:59"),
        ("county-organs", "leave.return", "2026-03-06 23:59:59", "2026-03-09 23:59:59"),
        (
            "construction-bureau",
            "democratic-life-notice",
            "2026-03-10 09:00",
            "2026-03-07 23:59:59",
        ),
        ("construction-bureau", "candidate-publicity", "2026-03-02 15:00", "2026-03-12 23:59:59"),
        ("construction-bureau", "task-late-report", "2026-03-20", "2026-03-20 23:59:59"),
        ("hrss-bureau", "leave-filing", "2026-03-10 14:00", "2026-03-09 23:59:59"),
        ("hrss-bureau", "leak-report", "2026-09-30 17:40", "2026-10-01 17:40:00"),
        ("science-bureau", "leak-report", "2026-03-06 17:40", "2026-03-07 17:40:00"),
        ("science-bureau", "urgent-classified", "2026-03-10 16:30", "2026-03-10 23:59:59"),
        ("science-bureau", "ordinary-classified", "2026-03-10 16:30", "2026-03-15 23:59:59"),
        ("service-centre", "classified-return", "2026-03-10 09:30", "2026-03-10 17:00:00"),
        ("service-centre", "penalty-review-request", "2026-03-10 09:30", "2026-04-09 23:59:59"),
        ("service-centre", "penalty-review", "2026-03-10 09:30", "2026-03-30 23:59:59"),
        ("website-governance", "incident.report", "2026-03-10 23:20", "2026-03-11 00:20:00"),
        ("website-governance", "incident.resolution", "2026-03-10 09:30", "2026-03-11 23:59:59"),
        ("household-registration", "seal.loss_report", "2026-03-10 09:30", "2026-03-10 09:30:00"),
    ],
)
def test_it_is_due_to_the_second_when_the_text_says(institution, row, happened, due):
    given = at(happened) if " " in happened else date.fromisoformat(happened)
    clock = shipped(institution, row)
    assert start(clock, moment_of(clock, given), CALENDAR).due_at == at(due)


@pytest.mark.parametrize(
    ("institution", "row", "day", "due"),
    [
        ("hrss-bureau", "supervisor-term", "2026-03-02", "2028-03-02"),
        ("science-bureau", "proposal-answer", "2025-12-31", "2026-02-28"),
        ("science-bureau", "proposal-co-answer", "2026-03-02", "2026-05-02"),
        ("county-organs", "attrition.formalities", "2026-02-10", "2026-03-12"),
    ],
)
def test_registers_start_their_terms_on_the_day_that_they_tell(institution, row, day, due):
    clock = shipped(institution, row)
    begun = start(clock, moment_of(clock, date.fromisoformat(day)), CALENDAR)
    assert begun.due_at == at(f"{due} 23:59:59")


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-03-10", "2026-03-02"), ("2026-05-20", "2026-05-06"), ("2026-10-01", "2026-10-08")],
)
def test_the_sheet_of_last_month_is_due_on_the_second_or_the_next_working_day(day, due):
    period = period_on(
        shipped("hrss-bureau", "attendance-sheet"), date.fromisoformat(day), CALENDAR
    )
    assert period
    assert period.due == date.fromisoformat(due)


async def clocks_of(api: Api, row: str, institution: str) -> list[Any]:
    asked = "select * from clocks where clock = $1 and institution_id = $2 order by started_at, id"
    return await api.rows(asked, row, institution)


async def test_a_leak_is_to_be_reported_a_day_to_the_minute_after_it_was_found(api: Api):
    staff = await api.person("staff@hrss-bureau")
    me = (await staff.one("{ viewer { id } }"))["id"]
    api.now = at("2026-03-02 10:00")
    found = {
        "foundAt": "2026-03-02T08:10:00+08:00", "foundById": me, "system": "涉密计算机三号",
        "description": "文件外传",
    }  # fmt: skip
    none = await enter(staff, "InfosecIncident", **found, leak=False)
    assert none["__typename"] == "LineEntered", none
    assert await clocks_of(api, "leak-report", "hrss-bureau") == []
    leak = (await enter(staff, "InfosecIncident", **found, leak=True))["lineId"]
    [edge] = (await staff.one(CLOCKS, {"mine": True}))["edges"]
    assert moment(edge["node"]["dueAt"]) == at("2026-03-03 08:10")
    assert edge["node"]["subjectId"]
    api.now = at("2026-03-03 04:10")
    await api.clocks()
    assert await told(api, "CLOCK_WARNING") == 1
    report = {"incidentId": leak, "reportedAt": "2026-03-03T04:05:00+08:00"}
    before, to = await api.counts(), {"reportedTo": "上级主管单位", "reportAddressee": "OTHER"}
    elsewhere = await enter(staff, "InfosecIncidentReport", **report, **to)
    assert problems(elsewhere) == {("reportAddressee", "NOT_ELIGIBLE")}
    assert await api.counts() == before
    to = {"reportedTo": "市保密局", "reportAddressee": "SECRECY_BUREAU"}
    done = await enter(staff, "InfosecIncidentReport", **report, **to)
    assert done["__typename"] == "LineEntered", done
    [clock] = await clocks_of(api, "leak-report", "hrss-bureau")
    assert (clock["state"], clock["done_at"]) == ("done", api.now)
    api.now = at("2026-03-03 08:11")
    await api.clocks()
    assert await told(api, "CLOCK_EXPIRED") == 0


async def test_a_classified_paper_is_due_back_when_work_ends_and_its_return_stops_the_clock(
    api: Api,
):
    here = "service-centre"
    staff = await api.person(f"staff@{here}")
    officer = await api.person(f"confidentiality_officer@{here}")
    api.now = at("2026-03-02 09:30")
    form = {"explanation": "机密〔2026〕14号", "secrecy": "CONFIDENTIAL"}
    request = await staff.submit("classified.lend", form)
    await officer.agree()
    [clock] = await clocks_of(api, "classified-return", here)
    assert clock["due_at"] == at("2026-03-02 17:00")
    api.now = at("2026-03-02 16:00")
    line = {"requestId": request["id"], "returnedAt": "2026-03-02T15:50:00+08:00"}
    refused = await enter(staff, "ClassifiedReturn", **line)
    assert refused["code"] == "NOT_A_KEEPER"
    assert (await clocks_of(api, "classified-return", here))[0]["state"] == "running"
    assert (await enter(officer, "ClassifiedReturn", **line))["__typename"] == "LineEntered"
    [clock] = await clocks_of(api, "classified-return", here)
    assert clock["state"] == "done"


async def test_a_task_is_due_by_the_end_of_its_day_and_whoever_has_it_is_warned_and_asked_why(
    api: Api,
):
    await never_met(api)
    here = "construction-bureau"
    secretary = await api.person(f"party_group@{here}")
    director = await api.person(f"director@{here}")
    who = (await director.one("{ viewer { id } }"))["id"]
    api.now = at("2026-03-02 10:00")
    sitting = await keep(
        secretary, "callSitting", body="party_group", beginsAt="2026-03-02T14:00:00+08:00",
        agenda=[{"title": "防汛"}],
    )  # fmt: skip
    api.now = at("2026-03-02 15:00")
    await keep(secretary, "recordAttendance", sittingId=sitting["id"], eligible=5, present=4)
    item = sitting["items"][0]["id"]
    chair = {"finding": "PASSED", "reason": "一致同意"}
    voted = await keep(secretary, "recordVote", itemId=item, inFavour=4, **chair)
    assert voted["items"][0]["outcome"] == "PASSED", voted
    given = {"itemId": item, "responsibleId": who, "dueOn": "2026-03-20"}
    task = await act(secretary, "assignSittingTask", **given, task="防汛预案")
    kept = await act(secretary, "assignSittingTask", **given, task="防汛演练")
    delayed = await act(secretary, "assignSittingTask", **given, task="清淤")
    due = {each["due_at"] for each in await clocks_of(api, "task-late-report", here)}
    assert due == {at("2026-03-20 23:59:59")}
    api.now = at("2026-03-19 09:00")
    await api.clocks()
    assert await told(api, "CLOCK_WARNING") == 3
    await act(director, "finishSittingTask", taskId=task["id"], report="已印发")
    late = {"taskId": delayed["id"], "report": "须到四月"}
    stranger = await api.person(f"staff@{here}")
    before = await api.counts()
    assert (await act(stranger, "reportSittingTaskDelay", **late))["code"] == "NOT_YOUR_BODY"
    assert await api.counts() == before
    open_still = await act(director, "reportSittingTaskDelay", **late)
    assert (open_still["report"], open_still["doneBy"]) == (None, None)
    assert await told(api, "TASK_DELAYED") > 0
    api.now = at("2026-03-21 00:00")
    await api.clocks()
    states = [each["state"] for each in await clocks_of(api, "task-late-report", here)]
    # One is done, the delay of another was reported beforehand.
    assert sorted(states) == ["done", "done", "expired"]
    assert await told(api, "CLOCK_EXPLAIN") == 1
    assert kept["overdue"] is False
