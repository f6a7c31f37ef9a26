"""What people have left: given by years of service, taken by two at once, given back."""

import asyncio

import pytest

from schema.ground.ids import global_id
from tests.balances import (
    ANNUAL,
    BUREAU,
    CLERK,
    LOANS,
    STAFF,
    TIME_OFF,
    accounts,
    enter,
    left,
    office,
    opened,
    strike_out,
    worked,
)
from tests.office import Api, half_day, leave, problems

__all__ = ["office"]


async def test_a_request_beyond_what_is_left_is_refused_with_the_clause_and_changes_nothing(
    office: Api,
):
    staff = await opened(office)
    before = await office.counts()
    refused = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-16"))
    assert problems(refused) == {("begins", "ACCOUNT_SHORT")}
    [problem] = refused["problems"]
    assert problem["message"] == "年休假天数还剩 5 天，不够申请的 6 天"
    assert problem["clause"]["regulation"] == "interpretation"
    assert await office.counts() == before
    preview = await staff.preview("leave.annual", leave("2026-03-09", "2026-03-16"))
    assert problems(preview) == {("begins", "ACCOUNT_SHORT")}
    assert (await staff.preview("leave.annual", leave("2026-03-09", "2026-03-13")))["steps"]


async def test_what_is_approved_is_taken_on_its_day_and_given_back_where_nothing_was_taken(
    office: Api,
):
    staff = await opened(office)
    asked = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-11"))
    assert await left(staff, ANNUAL) == (5, 0, 2), "it is kept for its day"
    assert await left(staff, ANNUAL, on="2026-03-09") == (2, 0, 2)
    more = await staff.submit("leave.annual", leave("2026-03-16", "2026-03-18"))
    assert problems(more) == {("begins", "ACCOUNT_SHORT")}
    await office.wait(days=7)
    await staff.act("reportBack", requestId=asked["id"], returned=half_day("2026-03-09"))
    assert await left(staff, ANNUAL) == (5, 0, 5)
    again = await staff.submit("leave.annual", leave("2026-03-16", "2026-03-18"))
    assert again["__typename"] == "Request"


async def test_what_is_asked_for_is_held_and_let_go_when_it_is_refused(office: Api):
    staff, deputy = await office.person(STAFF), await office.person(f"deputy_in_charge@{BUREAU}")
    await worked(office, ("2026-03-07", "2026-03-08"))
    await staff.submit("leave.compensatory", leave("2026-03-16", "2026-03-17"))
    assert await left(staff, TIME_OFF, on="2026-03-16") == (2, 2, 0)
    more = await staff.submit("leave.compensatory", leave("2026-03-18"))
    assert problems(more) == {("begins", "ACCOUNT_SHORT")}
    turn = await deputy.turn()
    await deputy.decide(turn["id"], "REJECT", comment="工作安排不开")
    assert await left(staff, TIME_OFF, on="2026-03-16") == (2, 0, 2)
    again = await staff.submit("leave.compensatory", leave("2026-03-18"))
    assert again["__typename"] == "Request"


async def test_of_two_requests_at_once_for_the_same_days_left_one_is_refused(office: Api):
    staff = await opened(office)
    weeks = [leave("2026-03-09", "2026-03-13"), leave("2026-03-16", "2026-03-20")]
    answers = await asyncio.gather(*(staff.submit("leave.annual", each) for each in weeks))
    told = sorted(each["__typename"] for each in answers)
    assert told == ["Refusal", "Request"], answers
    [refused] = [each for each in answers if each["__typename"] == "Refusal"]
    assert problems(refused) == {("begins", "ACCOUNT_SHORT")}
    assert (await left(staff, ANNUAL))[2] == 0


async def test_two_requests_at_once_that_wait_hold_what_they_ask_for(office: Api):
    staff = await office.person(STAFF)
    await worked(office, ("2026-03-07", "2026-03-07"))
    days = [leave("2026-03-16"), leave("2026-03-17"), leave("2026-03-18")]
    answers = await asyncio.gather(*(staff.submit("leave.compensatory", each) for each in days))
    told = sorted(each["__typename"] for each in answers)
    assert told == ["Refusal", "Refusal", "Request"], answers


async def test_a_leave_cut_short_gives_back_what_was_not_taken_and_the_first_entry_stands(
    office: Api,
):
    staff, clerk = await opened(office), await office.person(CLERK)
    asked = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-13"))
    await clerk.agree()
    await office.wait(days=9)
    await staff.act("reportBack", requestId=asked["id"], returned=half_day("2026-03-11"))
    assert await left(staff, ANNUAL) == (3, 0, 3)
    lines = (await accounts(staff))[ANNUAL]["lines"]
    moved = [(each["move"], float(each["amount"])) for each in lines]
    assert moved == [("OPENED", 5), ("DEBITED", -5), ("DEBITED", 3)]
    assert {each["source"] for each in lines[1:]} == {asked["id"]}


async def test_the_next_year_gives_by_years_of_service_and_what_is_left_is_carried_over(
    office: Api,
):
    staff = await opened(office, since="2017-05-20")
    assert await left(staff, ANNUAL) == (5, 0, 5)
    assert await left(staff, ANNUAL, on="2027-01-01") == (10, 0, 10)
    found = (await accounts(staff, on="2027-06-01"))[ANNUAL]
    assert float(found["balance"]) == 15, "ten years of service since the twentieth of May"
    assert [(each["after"], float(each["amount"])) for each in found["lapsing"]] == [
        ("2027-12-31", 5),
        ("2028-12-31", 10),
    ]
    assert await left(staff, ANNUAL, on="2028-01-01") == (20, 0, 20), "five lapsed, ten came"


async def test_leave_over_a_new_year_is_taken_from_each_year_and_needs_enough_in_each(office: Api):
    staff, clerk = await opened(office, since="2017-05-20"), await office.person(CLERK)
    # Four days before the new year and five after it.
    asked = await staff.submit("leave.annual", leave("2026-12-28", "2027-01-08"))
    await clerk.agree()
    assert await left(staff, ANNUAL, on="2026-12-31") == (1, 0, 1)
    assert await left(staff, ANNUAL, on="2027-01-08") == (1, 0, 1), "five days came"
    lines = (await accounts(staff, on="2027-01-08"))[ANNUAL]["lines"]
    moved = [(each["day"], float(each["amount"])) for each in lines if each["move"] == "DEBITED"]
    assert moved == [("2026-12-28", -4), ("2027-01-01", -5)]
    assert asked["__typename"] == "Request"
    more = await staff.submit("leave.annual", leave("2026-12-23", "2026-12-25"))
    assert problems(more) == {("begins", "ACCOUNT_SHORT")}, "what comes later cannot be used before"


async def test_personal_leave_beyond_three_days_of_a_year_is_counted_as_annual_leave(office: Api):
    staff = await office.person("staff@county-organs")
    of = {"leaveReason": "URGENT_MATTER", "specialCase": False}
    for day, last, role in (
        ("2026-03-09", "2026-03-10", "deputy_in_charge"),
        ("2026-03-16", "2026-03-17", "deputy_in_charge"),
        ("2026-03-23", "2026-03-23", "section_chief"),
    ):
        told = (await staff.preview("leave.personal", leave(day, last, **of)))["notes"]
        assert any("按带薪年休假处理" in each for each in told) is (day > "2026-03-10"), told
        await staff.submit("leave.personal", leave(day, last, **of))
        assert (await (await office.person(f"{role}@county-organs")).agree())[
            "status"
        ] == "APPROVED"
    special = leave("2026-03-25", **{**of, "specialCase": True})
    assert not (await staff.preview("leave.personal", special))["notes"]
    found = (await accounts(staff, on="2026-03-31"))[ANNUAL]
    assert [(each["day"], float(each["amount"])) for each in found["lines"]] == [
        ("2026-03-16", -1),
        ("2026-03-23", -1),
    ]
    assert {each["clause"]["cite"] for each in found["lines"]} == {"(第八条)㈡"}


async def test_before_it_is_opened_an_account_of_years_is_kept_and_refuses_nobody(office: Api):
    staff = await office.person(STAFF)
    asked = await staff.preview("leave.annual", leave("2026-03-09", "2026-03-20"))
    assert any("还没有登记期初" in note for note in asked["notes"]), asked
    await staff.submit("leave.annual", leave("2026-03-09", "2026-03-20"))
    found = (await accounts(staff))[ANNUAL]
    assert (found["openedOn"], found["bound"], float(found["balance"])) == (None, False, 0)


async def test_where_the_text_gives_no_days_what_was_taken_is_kept_and_nobody_refused(office: Api):
    staff = await office.person("staff@service-centre")
    for week in (leave("2026-03-09", "2026-03-13"), leave("2026-03-16", "2026-03-20")):
        asked = await staff.submit("leave.annual", week)
        assert asked["__typename"] == "Request", asked
        for role in ("office_clerk", "deputy_in_charge"):
            decided = await (await office.person(f"{role}@service-centre")).agree()
        assert decided["status"] == "APPROVED"
    found = (await accounts(staff, on="2026-03-20"))[ANNUAL]
    assert (found["bound"], float(found["balance"])) == (False, -10)
    assert [each["of"] for each in found["lines"]] == ["leave.annual"] * 2


async def test_an_account_is_opened_once_by_who_may_and_corrected_by_a_later_line(office: Api):
    staff, clerk = await opened(office), await office.person(CLERK)
    entry = {"openedOn": "2026-03-02", "amount": "3", "workedSince": "2010-07-01"}
    before = await office.counts()
    assert (await enter(clerk, "AnnualLeaveOpening", STAFF, **entry))["code"] == "ENTERED_ALREADY"
    assert (await enter(staff, "AnnualLeaveOpening", CLERK, **entry))["code"] == "NOT_A_KEEPER"
    assert (await enter(clerk, "AnnualLeaveOpening", CLERK, **entry))["code"] == "OWN_RECORD"
    assert await office.counts() == before
    line = await office.value("select id from annual_leave_openings")
    corrects = global_id("AnnualLeaveOpening", line)
    await enter(clerk, "AnnualLeaveOpening", STAFF, corrects=corrects, **entry)
    assert await left(staff, ANNUAL) == (3, 0, 3)
    moved = [float(each["amount"]) for each in (await accounts(staff))[ANNUAL]["lines"]]
    assert sorted(moved) == [-5, 3, 5]


async def test_what_was_taken_before_the_opening_is_in_it_and_not_taken_again(office: Api):
    staff = await office.person(STAFF)
    await staff.submit("leave.annual", leave("2026-03-03", "2026-03-04"))
    assert await left(staff, ANNUAL, on="2026-03-04") == (-2, 0, 0)
    await office.wait(days=7)
    clerk = await office.person(CLERK)
    entry = {"openedOn": "2026-03-09", "amount": "3", "workedSince": "2010-07-01"}
    await enter(clerk, "AnnualLeaveOpening", STAFF, **entry)
    assert await left(staff, ANNUAL) == (3, 0, 3)


async def test_an_account_is_seen_by_whose_it_is_and_by_who_keeps_it_alone(office: Api):
    staff = await opened(office)
    clerk, other = await office.person(CLERK), await office.person(f"staff_2@{BUREAU}")
    foreign = await office.person("office_clerk@science-bureau")
    assert set(await accounts(staff)) == {ANNUAL, TIME_OFF, LOANS}
    assert set(await accounts(clerk, STAFF)) == {ANNUAL, TIME_OFF}
    assert await accounts(other, STAFF) == {}
    assert await accounts(foreign, STAFF) == {}
    assert set(await accounts(foreign)) == {ANNUAL, LOANS}


async def test_overtime_that_was_approved_gives_as_much_time_off_and_no_more(office: Api):
    staff, deputy = await office.person(STAFF), await office.person(f"deputy_in_charge@{BUREAU}")
    before = await office.counts()
    none = await staff.submit("leave.compensatory", leave("2026-03-16"))
    assert problems(none) == {("begins", "ACCOUNT_SHORT")}
    assert await office.counts() == before
    await worked(office, ("2026-03-07", "2026-03-08"))
    assert await left(staff, TIME_OFF, on="2026-03-07") == (2, 0, 2)
    assert await left(staff, TIME_OFF) == (0, 0, 0), "nothing before it is worked"
    told = leave("2026-03-16", overtimeApproved=True, overtimePaid=False)
    assert problems(await staff.submit("leave.compensatory", told)) == {
        ("overtimeApproved", "COUNTED_BY_OFFICE"),
        ("overtimePaid", "COUNTED_BY_OFFICE"),
    }
    await staff.submit("leave.compensatory", leave("2026-03-16"))
    assert (await deputy.agree())["status"] == "APPROVED"
    more = await staff.submit("leave.compensatory", leave("2026-03-17", "2026-03-18"))
    assert problems(more) == {("begins", "ACCOUNT_SHORT")}
    assert await left(staff, TIME_OFF, on="2026-03-16") == (1, 0, 1)
    [credit, debit] = (await accounts(staff, on="2026-03-16"))[TIME_OFF]["lines"]
    assert (credit["of"], credit["clause"]["cite"]) == ("overtime.work", "三(二)末段")
    assert (debit["of"], float(debit["amount"])) == ("leave.compensatory", -1)


async def test_overtime_that_was_paid_gives_no_time_off(office: Api):
    staff, clerk = await office.person(STAFF), await office.person(CLERK)
    await worked(office, ("2026-03-07", "2026-03-08"))
    await office.wait(days=10)
    paid = {"paidOn": "2026-03-11", "days": "2"}
    line = await enter(clerk, "OvertimePayment", STAFF, **paid)
    assert await left(staff, TIME_OFF) == (0, 0, 0)
    before = await office.counts()
    refused = await staff.submit("leave.compensatory", leave("2026-03-16"))
    assert problems(refused) == {("begins", "ACCOUNT_SHORT")}
    assert await office.counts() == before
    again = await enter(clerk, "OvertimePayment", STAFF, **paid)
    assert await left(staff, TIME_OFF) == (-2, 0, 0), "what happened is on record all the same"
    for wrong in (again, line):
        await strike_out(clerk, wrong)
    assert await left(staff, TIME_OFF) == (2, 0, 2)
    asked = await staff.submit("leave.compensatory", leave("2026-03-16"))
    assert asked["__typename"] == "Request", asked


async def test_the_entries_of_an_account_are_on_the_ledger_and_stand(office: Api):
    await opened(office)
    said = await office.value(
        "select count(*) from ledger where institution_id = $1 and event = 'account_posted'",
        BUREAU,
    )
    assert said > 0
    for change in ("update account_entries set amount = 9", "delete from account_entries"):
        with pytest.raises(Exception, match="stand"):
            await office.run(change)
