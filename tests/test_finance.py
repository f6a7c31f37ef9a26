"""Finance: what is lent, planned, paid, taken in, closed, counted and audited, by each clause."""

from typing import Any

import pytest

from domain.areas.finance import REGISTERS, THINGS
from tests.balances import person_of
from tests.driving import add, give
from tests.duty import sign
from tests.fleet import record
from tests.office import Api, Visitor, cites, problems
from tests.papers import papers
from tests.registers import approved

BUREAU, BUILDING = "hrss-bureau", "construction-bureau"
CENTRE, SCIENCE = "service-centre", "science-bureau"
DAY = "2026-03-02"


@pytest.fixture
async def office(api: Api) -> Api:
    return await nothing_booked(api)


async def nothing_booked(api: Api) -> Api:
    """No book of finance has a line, and nothing is in anybody's keeping."""
    await api.empty(
        *(*(each.lines for each in REGISTERS), *(each.cards for each in THINGS)),
        *("thing_moves", "line_signatures", "account_entries", "consequence_turns"),
        *("cadence_records", "case_events", "occurrences"),
    )
    return api


async def clocks(api: Api, clock: str) -> list[tuple[str, str]]:
    rows = await api.rows(
        "select state, due_at at time zone 'Asia/Shanghai' as due from clocks where clock = $1"
        " order by started_at",
        clock,
    )
    return [(row["state"], f"{row['due']:%m-%d %H:%M}") for row in rows]


def where(refusal: Any) -> tuple[set[tuple[str, str]], list[str]]:
    clauses = [each["clause"] for each in refusal["problems"] if each["clause"]]
    return problems(refusal), cites(clauses)


async def pay(cashier: Visitor, request: str, amount: str, **more: Any) -> Any:
    given = {"paidOn": DAY, "requestId": request, "purpose": "资料印刷", "amount": amount}
    given["spentOn"] = more.get("paidOn", DAY)
    return await record(cashier, "FinancePayment", **{**given, "paymentMethod": "TRANSFER", **more})


async def test_a_loan_is_settled_three_days_after_the_business_or_deducted_after_a_month(
    office: Api,
):
    staff, director, finance, cashier = [
        await office.person(f"{role}@{BUILDING}")
        for role in ("staff", "director", "finance_section", "cashier")
    ]
    asked = {"explanation": "出差", "amount": "8000", "purpose": "OFFICIAL"}
    loan = await staff.submit("loan.cash", asked)
    await director.agree()
    assert await clocks(office, "loan-return") == [], "the money is not lent yet"
    assert isinstance(await pay(cashier, loan["id"], "8000"), str)
    assert await clocks(office, "loan-return") == [("running", "04-02 23:59")]
    me = {"personId": await person_of(office, staff.account), "loanId": loan["id"]}
    other = {**me, "personId": await person_of(office, f"section_chief@{BUILDING}")}
    refused = await record(finance, "FinanceBusinessEnd", endedOn=DAY, **other)
    assert problems(refused) == {("personId", "APPROVAL_OF_ANOTHER")}
    await record(staff, "FinanceBusinessEnd", endedOn=DAY, **me)
    assert await clocks(office, "loan-settlement") == [("running", "03-05 23:59")]
    await office.wait(days=4)
    await office.clocks()
    assert await clocks(office, "loan-settlement") == [("expired", "03-05 23:59")]
    told = "{ notices { edges { node { code clause { cite } } } } }"
    for each in (staff, finance):
        codes = [edge["node"]["code"] for edge in (await each.one(told))["edges"]]
        assert "CLOCK_EXPIRED" in codes, codes
    await office.wait(days=28)
    await office.clocks()
    assert await clocks(office, "loan-return") == [("expired", "04-02 23:59")]
    what = {"happenedOn": "2026-04-03", "what": "loan_over_month", "amount": "8000"}
    await record(finance, "Occurrence", personId=me["personId"], **what)
    [due] = await finance.one("{ consequences { label state clause { regulation cite } } }")
    assert (due["label"], due["state"]) == ("逐月从工资中扣还（每月金额未写明）", "PROPOSED")
    settled = {"personId": me["personId"], "settledOn": "2026-04-03", "how": "DEDUCTED"}
    await record(finance, "LoanSettlement", amount="3000", **settled)
    running = "select count(*) from clocks where done_at is null and clock like 'loan-%'"
    assert await office.value(running) == 2, "a part is not all"
    await record(finance, "LoanSettlement", amount="5000", **settled)
    assert await office.value(running) == 0


async def test_money_is_paid_by_an_approved_request_and_plan_and_never_more(office: Api):
    cashier = await office.person(f"cashier@{BUILDING}")
    bill = await approved(office, f"staff@{BUILDING}", "reimbursement.general", {"amount": "900"})
    plan = await approved(office, f"staff@{BUILDING}", "expenditure.budget", {"amount": "500"})
    before = await office.counts()
    unknown = await pay(cashier, plan.replace(plan, bill)[:-2] + "AA", "100", planId=plan)
    assert unknown["__typename"] == "Refusal"
    alone = await pay(cashier, bill, "100")
    assert where(alone) == ({("planId", "PLAN_NEEDED")}, ["financial-supervision/五"])
    more = await pay(cashier, bill, "500.01", planId=plan)
    assert problems(more) == {("amount", "BEYOND_APPROVED")}
    wrong = await pay(cashier, bill, "100", planId=bill)
    assert problems(wrong) == {("planId", "APPROVAL_NEEDED")}
    assert await office.counts() == before
    first = await pay(cashier, bill, "400", planId=plan)
    assert problems(await pay(cashier, bill, "200", planId=plan)) == {("amount", "BEYOND_APPROVED")}
    right = await pay(cashier, bill, "500", planId=plan, corrects=first)
    assert isinstance(right, str), right
    staff, deputy = [
        await office.person(f"{role}@{BUILDING}") for role in ("staff", "deputy_in_charge")
    ]
    asked = {"explanation": "四月开支", "amount": "300", "month": "2026-04-01"}
    paper = {"attachments": papers("开支预算(计划)")}
    april = await staff.submit("expenditure.budget", {**asked, **paper})
    assert (await deputy.agree())["status"] == "APPROVED", april
    early = await pay(cashier, bill, "100", planId=april["id"])
    assert problems(early) == {("planId", "PLAN_OF_ANOTHER_MONTH")}
    centre = await office.person(f"cashier@{CENTRE}")
    pending = await pay(centre, bill, "1", cardPossible=False)
    assert problems(pending) == {("requestId", "APPROVAL_NEEDED")}


async def test_the_income_of_a_day_goes_to_finance_that_day_and_whole(office: Api):
    collector, finance = [
        await office.person(f"{role}@{BUILDING}") for role in ("fee_collector", "finance_section")
    ]
    who = await person_of(office, collector.account)
    taken = {"receivedOn": DAY, "collectorId": who, "purpose": "收费", "means": "CASH"}
    income = await record(collector, "FinanceIncome", amount="320", invoices="001-004", **taken)
    assert await clocks(office, "income-handover") == [("running", "03-02 23:59")]
    given = {"incomeId": income, "handedOn": DAY, "invoices": "001-004"}
    given["receiverId"] = await person_of(office, finance.account)
    before = await office.counts()
    part = await record(collector, "FinanceIncomeHandover", amount="300", **given)
    assert where(part) == ({("amount", "INCOME_NOT_WHOLE")}, ["finance/四"])
    mine = {**given, "amount": "320", "receiverId": who}
    own = await record(collector, "FinanceIncomeHandover", **mine)
    assert where(own) == ({("receiverId", "NOT_OF_THE_SEAT")}, ["finance/四"])
    assert await office.counts() == before
    whole = await record(collector, "FinanceIncomeHandover", amount="320", **given)
    assert (await clocks(office, "income-handover"))[0][0] == "running"
    await sign(finance, whole)
    assert (await clocks(office, "income-handover"))[0][0] == "done"


async def test_a_cheque_is_of_the_book_and_filled_in_before_it_is_stamped(office: Api):
    finance = await office.person(f"finance_section@{BUREAU}")
    card = {"name": "工行支票一", "account": "0200", "firstNumber": 1, "lastNumber": 25}
    book = (await add(finance, "FinanceChequeBook", **card))["thingId"]
    staff = f"staff@{BUREAU}"
    asked = await approved(office, staff, "cheque.issue", {"amount": "2000"})
    cheque = {
        "bookId": book, "chequeNumber": 7, "requestId": asked, "drawnOn": DAY, "stampedOn": DAY,
        "receiverId": await person_of(office, staff), "purpose": "办公用品", "amount": "1800",
    }  # fmt: skip
    before = await office.counts()
    for wrong, found in (
        ({"purpose": " "}, ("purpose", "REQUIRED")),
        ({"stampedOn": "2026-03-01"}, ("stampedOn", "STAMPED_BEFORE_FILLED_IN")),
        ({"chequeNumber": 26}, ("chequeNumber", "NOT_IN_THE_BOOK")),
        ({"amount": "2000.5"}, ("amount", "BEYOND_APPROVED")),
    ):
        assert problems(await record(finance, "FinanceCheque", **{**cheque, **wrong})) == {found}
    assert await office.counts() == before
    assert isinstance(await record(finance, "FinanceCheque", **cheque), str)
    again = await record(finance, "FinanceCheque", **{**cheque, "amount": "100"})
    assert again["code"] == "ENTERED_ALREADY"


@pytest.mark.parametrize(
    ("where_", "keeper", "clause"),
    [(BUREAU, "finance_section", "七、1"), (SCIENCE, "finance_head", "8")],
)
async def test_whoever_keeps_the_cheques_is_not_handed_the_seal(
    office: Api, where_: str, keeper: str, clause: str
):
    gives, one = await office.person(f"{keeper}@{where_}"), f"staff@{where_}"
    of = {"account": "0200", "firstNumber": 1, "lastNumber": 25}
    book = await add(gives, "FinanceChequeBook", name="支票一", **of)
    seal = await add(gives, "FinanceSeal", name="财务专用章")
    book = await give(gives, book, one)
    before = await office.counts()
    refused = await give(gives, seal, one)
    assert (refused["code"], refused["clause"]["cite"]) == ("DUTIES_JOINED", clause)
    assert await office.counts() == before
    seal = await give(gives, seal, f"section_chief@{where_}")
    assert seal["version"] == 2
    chief = await office.person(f"section_chief@{where_}")
    offered = await give(chief, seal, one, "OFFERED")
    assert offered["code"] == "DUTIES_JOINED", "nor offered it"
    if where_ == SCIENCE:
        other = await add(gives, "FinanceSeal", name="另一枚")
        assert (await give(gives, other, f"cashier@{SCIENCE}"))["code"] == "DUTIES_JOINED"


async def test_cash_beyond_the_limit_is_paid_by_cheque_or_by_card(office: Api):
    finance = await office.person(f"finance_section@{BUREAU}")
    kind, more = "reimbursement.general", {"amount": "9000"}
    bill = await approved(office, f"staff@{BUREAU}", kind, more)
    before = await office.counts()
    refused = await pay(finance, bill, "1000.01", paymentMethod="CASH")
    unless = {("amount", "ABOVE_QUOTA"), ("exception", "ALLOWED_WITH_A_REASON")}
    assert where(refused) == (unless, ["finance/七、3"] * 2)
    assert await office.counts() == before
    for amount, given in (
        ("1000", {"paymentMethod": "CASH"}),
        ("1200", {"paymentMethod": "CHEQUE"}),
        ("1300", {"paymentMethod": "CASH", "exception": "银行停业"}),
    ):
        assert isinstance(await pay(finance, bill, amount, **given), str)
    cashier = await office.person(f"cashier@{CENTRE}")
    bill = await approved(office, f"staff@{CENTRE}", kind, more)
    for amount, possible, kept in (
        ("200", False, True), ("200.01", False, False), ("1", True, False),
    ):  # fmt: skip
        told = await pay(cashier, bill, amount, paymentMethod="CASH", cardPossible=possible)
        assert isinstance(told, str) is kept
    assert where(told) == ({("amount", "ABOVE_QUOTA")}, ["finance/二"])
    assert problems(await pay(cashier, bill, "1")) == {("cardPossible", "REQUIRED")}


async def test_what_is_lent_is_due_back_by_the_day_that_was_set_and_a_private_loan_has_no_business(
    office: Api,
):
    staff, cashier, director = [
        await office.person(f"{role}@{SCIENCE}") for role in ("staff", "cashier", "director")
    ]
    asked = {"explanation": "购票", "amount": "600", "purpose": "OFFICIAL"}
    loan = (await staff.submit("loan.cash", asked))["id"]
    assert (await director.agree())["status"] == "APPROVED"
    clerk = await person_of(office, f"accountant@{SCIENCE}")
    paid = {"payeeId": await person_of(office, staff.account), "paymentMethod": "CASH"}
    paid |= {"voucherNumber": "现支1", "vouchedById": clerk}
    before = await office.counts()
    assert where(await pay(cashier, loan, "600", **paid)) == (
        {("returnBy", "REQUIRED")},
        ["finance/5"],
    )
    early = await pay(cashier, loan, "600", **paid, returnBy="2026-03-01")
    assert problems(early) == {("returnBy", "END_BEFORE_START")}
    assert await office.counts() == before
    assert isinstance(await pay(cashier, loan, "600", **paid, returnBy="2026-03-20"), str)
    assert await clocks(office, "loan-term") == [("running", "03-20 23:59")]
    back = {"personId": paid["payeeId"], "settledOn": DAY, "how": "REPAID", "amount": "600"}
    assert isinstance(await record(cashier, "LoanSettlement", **back), str)
    assert await clocks(office, "loan-term") == [("done", "03-20 23:59")]
    own = await office.person(f"staff@{BUILDING}")
    told = {"amount": "600", "purpose": "private"}
    private = await approved(office, own.account, "loan.cash", told)
    ends = {"personId": await person_of(office, own.account), "loanId": private, "endedOn": DAY}
    refused = await record(own, "FinanceBusinessEnd", **ends)
    assert where(refused) == ({("loanId", "APPROVED_FOR_ANOTHER_KIND")}, ["finance/三"])


async def test_a_travel_advance_is_owed_like_any_loan(office: Api):
    staff, deputy = [await office.person(f"{r}@{BUREAU}") for r in ("staff", "deputy_in_charge")]
    letter = {"attachments": papers("主办单位书面通知")}
    asked = {"explanation": "外出培训", "amount": "500"}
    await staff.submit("loan.travel_advance", {**asked, **letter})
    assert (await deputy.agree())["status"] == "APPROVED"
    again = await staff.submit("loan.cash", {**asked, "purpose": "OFFICIAL"})
    assert [each["clause"]["cite"] for each in again["problems"]] == ["六、3"], again
