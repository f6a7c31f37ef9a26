"""Cash lent to staff is owed until it is settled, and no new loan is had before."""

import asyncio
from typing import Any

from tests.balances import BUREAU, LOANS, STAFF, enter, left, office
from tests.fleet import person_id, record
from tests.office import Api, problems
from tests.registers import approved

__all__ = ["office"]
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
    assert problem["message"] == "借款没有结清：3000 元"
    assert await office.counts() == before
    settled = {"settledOn": "2026-03-02", "how": "REIMBURSED"}
    bare = await enter(finance, "LoanSettlement", STAFF, amount="2000", **settled)
    assert problems(bare) == {("reimbursementId", "REQUIRED")}
    for whose, amount, code in (
        (finance.account, "2000", ("personId", "APPROVAL_OF_ANOTHER")),
        (STAFF, "1999", ("amount", "BEYOND_APPROVED")),
    ):
        bill = await approved(office, whose, "reimbursement.general", {"amount": amount})
        told = {**settled, "amount": "2000", "reimbursementId": bill}
        assert problems(await enter(finance, "LoanSettlement", STAFF, **told)) == {code}
    bill = await approved(office, STAFF, "reimbursement.general", {"amount": "9000"})
    settled["reimbursementId"] = bill
    await enter(finance, "LoanSettlement", STAFF, amount="2000", **settled)
    assert problems(await staff.submit("loan.cash", LOAN)) == {("", "ACCOUNT_OWED")}
    before = await office.counts()
    for more in ({"amount": "1001"}, {"amount": "1000", "settledOn": "2026-02-27"}):
        beyond = await enter(finance, "LoanSettlement", STAFF, **{**settled, **more})
        assert problems(beyond) == {("amount", "MORE_THAN_OWED")}
    assert await office.counts() == before
    await enter(finance, "LoanSettlement", STAFF, amount="1000", **settled)
    assert (await left(staff, LOANS))[0] == 0
    assert (await staff.submit("loan.cash", LOAN))["__typename"] == "Request"


async def test_a_loan_is_asked_for_with_its_purpose_and_its_amount(office: Api):
    staff = await office.person(STAFF)
    before = await office.counts()
    told = {"explanation": "出差"}
    for field, value in (("purpose", "OFFICIAL"), ("amount", "3000")):
        refused = await staff.submit("loan.cash", told)
        assert problems(refused) == {(field, "NEEDED_BY_RULES")}
        told[field] = value
    assert {each["clause"]["cite"] for each in refused["problems"]} == {"六、3"}
    assert await office.counts() == before


async def test_nothing_is_no_loan(office: Api):
    staff = await office.person(STAFF)
    before = await office.counts()
    nothing = await staff.submit("loan.cash", {**LOAN, "amount": "0"})
    assert problems(nothing) == {("amount", "NOT_OF_THIS_KIND")}
    assert await office.counts() == before


async def test_a_loan_for_oneself_is_forbidden_before_anything_is_said_of_earlier_ones(
    office: Api,
):
    staff = await office.person(STAFF)
    await staff.submit("loan.cash", LOAN)
    assert (await staff.submit("loan.cash", {**LOAN, "purpose": "PRIVATE"}))["code"] == "FORBIDDEN"


async def test_where_no_clause_bars_a_new_loan_it_is_kept_and_refused_to_nobody(office: Api):
    staff, director = [await office.person(f"{e}@science-bureau") for e in ("staff", "director")]
    for _ in range(2):
        asked = await staff.submit("loan.cash", LOAN)
        assert asked["__typename"] == "Request", asked
        await director.agree()
    assert (await left(staff, LOANS))[0] == -6000


async def test_what_a_reimbursement_is_paid_or_sets_off_against_a_loan_it_is_once_in_all(
    office: Api,
):
    staff, finance, deputy = [
        await office.person(f"{role}@{BUREAU}")
        for role in ("staff", "finance_section", "finance_deputy")
    ]
    await staff.submit("loan.cash", LOAN)
    await deputy.agree()
    bill = await approved(office, STAFF, "reimbursement.general", {"amount": "1000"})

    async def paid(amount: str, **more: Any) -> Any:
        told = {"paidOn": "2026-03-02", "purpose": "差旅", "paymentMethod": "TRANSFER", **more}
        return await record(finance, "FinancePayment", requestId=bill, amount=amount, **told)

    async def set_off(amount: str, **more: Any) -> Any:
        told = {"settledOn": "2026-03-02", "how": "REIMBURSED", "reimbursementId": bill, **more}
        return await enter(finance, "LoanSettlement", STAFF, amount=amount, **told)

    both = await asyncio.gather(paid("600"), set_off("600"))
    [line] = [each for each in both if isinstance(each, str)]
    [beyond] = [each for each in both if not isinstance(each, str)]
    assert problems(beyond) == {("amount", "BEYOND_APPROVED")}, beyond
    [problem] = beyond["problems"]
    assert problem["message"] == "超过批准的金额，还可使用 400 元"
    again, other = (paid, set_off) if both[0] == line else (set_off, paid)
    assert isinstance(await other("400"), str)
    for act in (paid, set_off):
        assert problems(await act("0.01")) == {("amount", "BEYOND_APPROVED")}
    assert problems(await again("600.01", corrects=line)) == {("amount", "BEYOND_APPROVED")}
    assert isinstance(await again("500", corrects=line), str), "less than stood there before"
    assert isinstance(await other("100"), str)


async def test_a_settlement_pays_the_loan_that_it_names_and_otherwise_the_oldest(office: Api):
    staff, director, cashier = [
        await office.person(f"{e}@science-bureau") for e in ("staff", "director", "cashier")
    ]
    clerk = await person_id(cashier, "accountant@science-bureau")
    loans = []
    for _ in range(2):
        loans.append((await staff.submit("loan.cash", LOAN))["id"])
        await director.agree()
        lent = {"paidOn": "2026-03-02", "purpose": "差旅", "paymentMethod": "TRANSFER"}
        lent |= {
            "spentOn": "2026-03-02",
            "returnBy": "2026-03-20",
            "requestId": loans[-1],
            "voucherNumber": "现支1",
            "vouchedById": clerk,
        }
        assert isinstance(await record(cashier, "FinancePayment", amount="3000", **lent), str)
    running = "select count(*) from clocks where clock = 'loan-term' and done_at is null"
    back = {"settledOn": "2026-03-02", "how": "REPAID"}
    whose = "staff@science-bureau"
    beyond = await enter(cashier, "LoanSettlement", whose, amount="3001", loanId=loans[1], **back)
    assert problems(beyond) == {("amount", "BEYOND_APPROVED")}
    for amount, named, owed in (("3000", loans[1], 1), ("2999", None, 1), ("1", loans[0], 0)):
        line = await enter(cashier, "LoanSettlement", whose, amount=amount, loanId=named, **back)
        assert isinstance(line, str), line
        assert await office.value(running) == owed
