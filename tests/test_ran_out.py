"""What runs out says by itself what the office's clause counts: once, and until it is put right."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.conditions.language import ALWAYS
from domain.shapes.counts import Happened
from domain.shapes.recorded import AMOUNT, CLOCK, DONE, OCCURRENCE, Recorded, by_themselves
from domain.vocabulary import WHAT
from resolvers.time.clocks import Subject, happened
from schema.ground.ids import read_id
from tests.balances import strike_out
from tests.clock_office import acting
from tests.duty import cleared, enter, person_of, settled, shown, sign, through
from tests.office import Api, leave
from tests.papers import demanded
from tests.small_shapes import CALENDAR, at, codes
from tests.test_attendance_by_itself import BUREAU, HERE, proposed
from tests.test_finance import nothing_booked, pay, record
from tests.test_finance import person_of as id_of
from tests.test_oral_leave import begun, taken


@pytest.fixture
async def office(api: Api) -> Api:
    await nothing_booked(await cleared(api))
    await api.empty("attendance_days", "clocks", "clock_changes")
    api.now = at("2026-03-02 09:00")
    return api


async def night(office: Api, on: str) -> None:
    office.now = at(f"{on} 00:20")
    await office.clocks()


async def test_a_loan_over_its_month_is_proposed_until_it_is_given_back(office: Api):
    staff, director, finance = [
        await office.person(f"{role}@{BUREAU}") for role in ("staff", "director", "finance_section")
    ]
    asked = {"explanation": "出差", "amount": "8000", "purpose": "OFFICIAL"}
    loan = await staff.submit("loan.cash", asked)
    await director.agree()
    assert isinstance(await pay(await office.person(f"cashier@{BUREAU}"), loan["id"], "8000"), str)
    await night(office, "2026-04-02")
    assert await proposed(office, BUREAU, "三") == []
    await night(office, "2026-04-03")
    [due] = await proposed(office, BUREAU, "三")
    assert [read_id(line)[0] for line in due["lines"]] == ["Clock"]
    me = {"personId": await id_of(office, staff.account), "loanId": loan["id"]}
    what = {"happenedOn": "2026-04-03", "what": "loan_over_month", "amount": "8000"}
    twin = await record(finance, "Occurrence", personId=me["personId"], **what)
    [due] = await proposed(office, BUREAU, "三")
    assert due["lines"] == [twin], "entered as well, it counts once"
    await strike_out(finance, twin)
    assert len(await proposed(office, BUREAU, "三")) == 1
    how = {"settledOn": "2026-04-03", "how": "DEDUCTED", "amount": "8000"}
    await record(finance, "LoanSettlement", personId=me["personId"], **how)
    assert await proposed(office, BUREAU, "三") == []


async def away(office: Api, first: str, last: str) -> Any:
    staff = await office.person(f"staff@{BUREAU}")
    asked = await staff.submit("leave.personal", leave(first, last))
    await through(office, asked)
    return asked


async def half_days(office: Api) -> list[str]:
    staff = await office.person(f"staff@{BUREAU}")
    found = await staff.one("{ consequences { clause { cite } counted { measure value } } }")
    said = [each["counted"] for each in found if each["clause"]["cite"] == "三(二)1"]
    return [one["value"] for each in said for one in each if one["measure"] == "absent_half_days"]


async def test_who_overstays_leave_is_absent_each_half_day_until_back(office: Api):
    asked = await away(office, "2026-03-05", "2026-03-06")
    await night(office, "2026-03-09")
    assert await half_days(office) == []
    await night(office, "2026-03-10")
    assert await half_days(office) == ["2"]
    assert await proposed(office, BUREAU, "四") != []
    await night(office, "2026-03-11")
    assert await half_days(office) == ["4"]
    office.now = at("2026-03-11 08:10")
    staff = await office.person(f"staff@{BUREAU}")
    await staff.act("reportBack", requestId=asked["id"])
    await night(office, "2026-03-14")
    assert await half_days(office) == ["4"], "the days until then, and no more"


@pytest.mark.parametrize(
    ("back", "half", "gone"),
    [
        ("2026-03-09", "MORNING", []),
        ("2026-03-09", "AFTERNOON", ["1"]),
        ("2026-03-10", "AFTERNOON", ["3"]),
    ],
)
async def test_who_reports_back_late_was_away_until_the_half_day_of_the_return(
    office: Api, back: str, half: str, gone: list[str]
):
    asked = await away(office, "2026-03-05", "2026-03-06")
    office.now = at("2026-03-12 09:00")
    await office.clocks()
    staff = await office.person(f"staff@{BUREAU}")
    ahead = {"date": "2026-03-13", "half": "MORNING"}
    early = await staff.act("reportBack", requestId=asked["id"], returned=ahead)
    assert early["code"] == "NOT_BACK_YET"
    returned = {"date": back, "half": half}
    done = await staff.act("reportBack", requestId=asked["id"], returned=returned)
    assert done["__typename"] != "Refusal", done
    await night(office, "2026-03-13")
    assert await half_days(office) == gone
    told = "{ notices { edges { node { code sentence } } } }"
    chief = (await (await office.person(f"section_chief@{BUREAU}")).one(told))["edges"]
    said = [each["node"]["sentence"] for each in chief if each["node"]["code"] == "LEAVE_OVER"]
    assert len(said) == 1
    assert f"{int(back[-2:])}日{'上午' if half == 'MORNING' else '下午'}起返岗" in said[0]


async def test_leave_approved_after_it_ended_is_reported_back_from_since_the_approval(office: Api):
    office.now = at("2026-03-12 10:00")
    staff = await office.person(f"staff@{BUREAU}")
    sick = leave("2026-03-05", "2026-03-06", attachments=demanded(BUREAU, "leave.sick"))
    asked = await staff.submit("leave.sick", sick)
    await through(office, asked)
    await night(office, "2026-03-13")
    assert await half_days(office) == []
    await night(office, "2026-03-16")
    assert await half_days(office) == ["2"]
    returned = {"date": "2026-03-09", "half": "MORNING"}
    await staff.act("reportBack", requestId=asked["id"], returned=returned)
    await night(office, "2026-03-17")
    assert await half_days(office) == []


async def test_leave_of_the_days_after_excuses_who_was_not_back(office: Api):
    await away(office, "2026-03-05", "2026-03-06")
    await night(office, "2026-03-10")
    assert await half_days(office) == ["2"]
    office.now = at("2026-03-10 09:00")
    staff = await office.person(f"staff@{BUREAU}")
    sick = leave("2026-03-09", "2026-03-10", attachments=demanded(BUREAU, "leave.sick"))
    asked = await staff.submit("leave.sick", sick)
    await through(office, asked)
    await night(office, "2026-03-11")
    assert await half_days(office) == []


async def test_leave_that_begins_unfiled_is_proposed_and_filed_in_time_is_not(office: Api):
    staff = await office.person(f"staff@{HERE}")
    for on, filed in (("2026-03-17", True), ("2026-03-10", False)):
        asked = await staff.submit("leave.sick", leave(on))
        assert asked["__typename"] != "Refusal", asked
        for role in ("section_chief", "deputy_in_charge", *["office_clerk"] * filed):
            await (await office.person(f"{role}@{HERE}")).agree()
    await night(office, "2026-03-10")
    await night(office, "2026-03-18")
    [one] = await proposed(office, HERE, "二")
    assert [read_id(line)[0] for line in one["lines"]] == ["Clock"]


async def test_a_turn_that_nobody_took_over_is_proposed_until_the_handover_is_signed(office: Api):
    office.now = at("2026-03-30 09:00")
    clerk, _ = await settled(office, HERE)
    turns = [each for each in (await shown(clerk))["turns"] if each["post"] == "duty_officer"]
    outgoing, incoming = [await person_of(office, each) for each in turns[:2]]
    day = turns[1]["day"]
    await night(office, day)

    async def told() -> list[Any]:
        found = await incoming.one("{ consequences { state clause { regulation cite } day } }")
        return [each for each in found if each["clause"]["regulation"] == "duty-management"]

    assert day not in [each["day"] for each in await told()]
    office.now = at(f"{day} 08:31")
    await office.clocks()
    assert day in [each["day"] for each in await told()]
    begins = f"{day}T08:29:00+08:00"
    given = {"at": begins, "toId": turns[1]["personId"], "matters": "无"}
    line = (await enter(outgoing, "DutyHandover", **given, room="已打扫"))["lineId"]
    assert (await sign(incoming, line))["__typename"] != "Refusal"
    await night(office, "2026-04-04")
    assert day not in [each["day"] for each in await told()]


async def test_work_not_reported_by_its_day_is_proposed_of_who_was_to_do_it(office: Api):
    staff = await office.person(f"staff@{BUREAU}")
    whom = read_id(await id_of(office, staff.account))[1]
    async with acting(await office.person(f"office_director@{BUREAU}")) as context:
        by = context.viewer.person.id
        task = Subject(uuid4(), BUREAU, "sitting.task", None, (UUID(whom),), applicant=by)
        await happened(context, ["sitting.task.assigned"], task, at=date(2026, 3, 10))
    await night(office, "2026-03-10")
    assert await proposed(office, BUREAU, "第三条") == []
    await night(office, "2026-03-11")
    found = await staff.one("{ consequences { judged clause { cite } } }")
    mine = [each["judged"] for each in found if each["clause"]["cite"] == "第三条"]
    assert mine
    assert all(each == ["gravity"] for each in mine)


def test_a_row_names_a_clock_of_the_office_and_what_can_be_said_of_it():
    word = "away;~;occurrence;不在;Away"
    clock = "slip;~;离开;归还;1;;day;after;;;always;"
    row = "away;~;clock.{of};{when};1;false"
    for of, when, wrong in (
        ("slip", "done = false", []),
        ("other", "always", ["of"]),
        ("slip", "days = 1", ["when"]),
    ):
        told = row.format(of=of, when=when)
        found = codes(occurrences=word, clocks=clock, recorded=told)
        assert [column for _, column, _ in found] == wrong, found


def test_what_was_entered_since_stands_for_one_clock_alone():
    row = Recorded("late", "a/1", f"{CLOCK}x", ALWAYS, Decimal(1), in_a_row=False)

    def ran_out(day: int) -> Happened:
        return Happened(uuid4(), row.of, date(2026, 3, day), {DONE: False})

    lines = [ran_out(2), ran_out(3)]
    entered = Happened(uuid4(), OCCURRENCE, date(2026, 3, 6), {WHAT: "late"})
    before = Happened(uuid4(), OCCURRENCE, date(2026, 3, 1), {WHAT: "late"})
    left = list(by_themselves([row], lines, [before, entered], CALENDAR))
    assert [(each.day.day, each.facts[AMOUNT]) for each in left] == [(3, Decimal(1))]


async def test_leave_asked_orally_without_its_paper_in_time_is_proposed_until_it_comes(office: Api):
    await office.empty("oral_leaves", "case_events")
    case = await begun(office, HERE, askedAt="2026-03-02T07:40:00+08:00")
    case = await taken(office, f"director@{HERE}", "approve", case)
    case = await taken(office, f"office_clerk@{HERE}", "file", case)
    await night(office, "2026-03-04")
    assert await proposed(office, HERE, "三(二)") == []
    await night(office, "2026-03-05")
    [due] = await proposed(office, HERE, "三(二)")
    assert [read_id(line)[0] for line in due["lines"]] == ["Clock"]
    staff = await office.person(f"staff@{HERE}")
    sick = leave("2026-03-02", "2026-03-03", attachments=demanded(HERE, "leave.sick"))
    paper = await staff.submit("leave.sick", sick)
    await taken(office, f"office_clerk@{HERE}", "completePapers", case, papersId=paper["id"])
    await night(office, "2026-03-06")
    assert await proposed(office, HERE, "三(二)") == []
