"""What people have left: given by years of service, taken by two at once, given back, owed."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor, half_day, leave, problems

BUREAU = "hrss-bureau"
SHOWN = """name unit openedOn bound balance reserved available lapsing { after amount }
  lines { day move of source amount until clause { regulation cite } }
  allowedActions { act allowed }"""
MOVING = (
    *("account_entries", "annual_leave_openings", "compensatory_leave_openings"),
    *("cash_loan_openings", "loan_settlements", "overtime_payments"),
)


@pytest.fixture
async def office(api: Api) -> Api:
    await api.run("set session_replication_role = replica")
    await api.run(f"truncate {', '.join(MOVING)}")
    await api.run("set session_replication_role = origin")
    return api


async def person_of(api: Api, account: str) -> str:
    person = await api.value("select person_id from accounts where account = $1", account)
    return global_id("Person", person)


async def enter(visitor: Visitor, word: str, whom: str, **entry: Any) -> Any:
    """A line of a register about somebody: its id, or the refusal."""
    given = {"personId": await person_of(visitor.api, whom), **entry}
    answer = await visitor.one(
        f"mutation ($input: Record{word}Input!) {{ record{word}(input: $input) {{ __typename"
        f" ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )
    return answer.get("lineId", answer)


async def strike_out(visitor: Visitor, line: str) -> Any:
    return await visitor.one(
        "mutation ($input: StrikeOutLineInput!) { strikeOutLine(input: $input) { __typename"
        f" ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"lineId": line, "reason": "登记有误", "idempotencyKey": str(uuid4())}},
    )


async def accounts(visitor: Visitor, whom: str = "", on: str = "") -> dict[str, Any]:
    told = [f'person: "{await person_of(visitor.api, whom)}"'] if whom else []
    told += [f'on: "{on}"'] if on else []
    given = f"({', '.join(told)})" if told else ""
    found = await visitor.one(f"{{ accounts{given} {{ {SHOWN} }} }}")
    return {each["name"]: each for each in found}


async def left(visitor: Visitor, name: str, on: str = "") -> tuple[float, float, float]:
    found = (await accounts(visitor, on=on))[name]
    return float(found["balance"]), float(found["reserved"]), float(found["available"])


STAFF, CLERK = f"staff@{BUREAU}", f"office_clerk@{BUREAU}"
ANNUAL, TIME_OFF, LOANS = "leave.annual_days", "leave.compensatory_days", "finance.cash_loans"


async def opened(office: Api, amount: str = "5", since: str = "2010-07-01") -> Visitor:
    """The staff of the bureau, whose annual leave was opened."""
    clerk = await office.person(CLERK)
    entry = {"openedOn": "2026-03-02", "amount": amount, "workedSince": since}
    line = await enter(clerk, "AnnualLeaveOpening", STAFF, **entry)
    assert isinstance(line, str), line
    return await office.person(STAFF)


async def test_a_request_beyond_what_is_left_is_refused_with_the_clause_and_changes_nothing(
    office: Api,
):
    staff = await opened(office)
    before = await office.counts()
    refused = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-16"))
    assert problems(refused) == {("begins", "ACCOUNT_SHORT")}
    [problem] = refused["problems"]
    assert problem["message"] == "年休假天数还剩 5 天,不够申请的 6 天"
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


async def test_before_it_is_opened_an_account_of_years_is_kept_and_refuses_nobody(office: Api):
    staff = await office.person(STAFF)
    asked = await staff.preview("leave.annual", leave("2026-03-09", "2026-03-20"))
    assert any("还没有登记期初" in note for note in asked["notes"]), asked
    await staff.submit("leave.annual", leave("2026-03-09", "2026-03-20"))
    found = (await accounts(staff))[ANNUAL]
    assert (found["openedOn"], found["bound"], float(found["balance"])) == (None, False, 0)


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


async def test_an_account_is_seen_by_whose_it_is_and_by_who_keeps_it_alone(office: Api):
    staff = await opened(office)
    clerk, other = await office.person(CLERK), await office.person(f"staff_2@{BUREAU}")
    foreign = await office.person("office_clerk@science-bureau")
    assert set(await accounts(staff)) == {ANNUAL, TIME_OFF, LOANS}
    assert set(await accounts(clerk, STAFF)) == {ANNUAL, TIME_OFF}
    assert await accounts(other, STAFF) == {}
    assert await accounts(foreign, STAFF) == {}
    assert set(await accounts(foreign)) == {LOANS}


async def worked(office: Api, days: tuple[str, str]) -> None:
    """Overtime on days off that the deputy approved."""
    staff, deputy = await office.person(STAFF), await office.person(f"deputy_in_charge@{BUREAU}")
    asked = await staff.submit("overtime.work", leave(*days))
    assert asked["__typename"] == "Request", asked
    assert (await deputy.agree())["status"] == "APPROVED"


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


async def test_overtime_that_was_paid_gives_no_time_off_and_is_not_paid_twice(office: Api):
    staff, clerk = await office.person(STAFF), await office.person(CLERK)
    await worked(office, ("2026-03-07", "2026-03-08"))
    await office.wait(days=10)
    paid = {"paidOn": "2026-03-11", "days": "2"}
    line = await enter(clerk, "OvertimePayment", STAFF, **paid)
    assert isinstance(line, str), line
    before = await office.counts()
    assert problems(await enter(clerk, "OvertimePayment", STAFF, **paid)) == {
        ("days", "ACCOUNT_SHORT")
    }
    refused = await staff.submit("leave.compensatory", leave("2026-03-16"))
    assert problems(refused) == {("begins", "ACCOUNT_SHORT")}
    assert await office.counts() == before
    await strike_out(clerk, line)
    assert await left(staff, TIME_OFF) == (2, 0, 2)
    asked = await staff.submit("leave.compensatory", leave("2026-03-16"))
    assert asked["__typename"] == "Request", asked


LOAN = {"explanation": "出差", "amount": "3000", "purpose": "OFFICIAL"}


async def test_no_new_loan_before_the_earlier_one_is_settled(office: Api):
    staff = await office.person(STAFF)
    finance = await office.person(f"finance_section@{BUREAU}")
    deputy = await office.person(f"finance_deputy@{BUREAU}")
    told = {**LOAN, "priorLoanUnsettled": False}
    assert problems(await staff.submit("loan.cash", told)) == {
        ("priorLoanUnsettled", "COUNTED_BY_OFFICE")
    }
    assert (await staff.submit("loan.cash", LOAN))["__typename"] == "Request"
    before = await office.counts()
    refused = await staff.submit("loan.cash", LOAN)
    assert problems(refused) == {("", "ACCOUNT_OWED")}, "one is asked for already"
    assert await office.counts() == before
    await deputy.agree()
    assert await left(staff, LOANS) == (-3000, 0, 0)
    before = await office.counts()
    again = await staff.submit("loan.cash", LOAN)
    [problem] = again["problems"]
    assert (problem["code"], problem["clause"]["cite"]) == ("ACCOUNT_OWED", "六、3")
    assert problem["message"] == "借款没有结清:3000 元"
    assert await office.counts() == before
    settled = {"settledOn": "2026-03-02", "how": "REIMBURSED"}
    await enter(finance, "LoanSettlement", STAFF, amount="2000", **settled)
    assert problems(await staff.submit("loan.cash", LOAN)) == {("", "ACCOUNT_OWED")}
    await enter(finance, "LoanSettlement", STAFF, amount="1000", **settled)
    assert (await left(staff, LOANS))[0] == 0
    assert (await staff.submit("loan.cash", LOAN))["__typename"] == "Request"


async def test_a_loan_is_asked_for_with_its_purpose_and_its_amount(office: Api):
    staff = await office.person(STAFF)
    before = await office.counts()
    refused = await staff.submit("loan.cash", {"explanation": "出差"})
    assert problems(refused) == {("amount", "NEEDED_BY_RULES")}
    refused = await staff.submit("loan.cash", {"explanation": "出差", "amount": "3000"})
    assert problems(refused) == {("purpose", "NEEDED_BY_RULES")}
    assert {each["clause"]["cite"] for each in refused["problems"]} == {"六、3"}
    assert await office.counts() == before


async def test_where_no_clause_bars_a_new_loan_it_is_kept_and_refused_to_nobody(office: Api):
    staff, director = [await office.person(f"{e}@science-bureau") for e in ("staff", "director")]
    for _ in range(2):
        asked = await staff.submit("loan.cash", LOAN)
        assert asked["__typename"] == "Request", asked
        await director.agree()
    assert (await left(staff, LOANS))[0] == -6000


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
