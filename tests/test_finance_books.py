"""The cashier's books, and those who look after money: closed, counted, audited, kept apart."""

from datetime import date
from uuid import uuid4

import pytest

from domain.shapes.count_words import Whose
from domain.shapes.counts import measured
from policies import loading
from resolvers.records.happened import happened
from schema.ground.ids import global_id
from tests.balances import person_of
from tests.clock_office import acting
from tests.driving import take
from tests.duty import sign
from tests.fleet import record
from tests.lending import POST, change
from tests.office import Api, problems
from tests.papers import papers
from tests.registers import approved
from tests.test_duties_served import nodes
from tests.test_finance import (
    BUILDING,
    BUREAU,
    CENTRE,
    DAY,
    SCIENCE,
    clocks,
    nothing_booked,
    pay,
    where,
)


@pytest.fixture
async def office(api: Api) -> Api:
    return await nothing_booked(api)


async def done(api: Api, cadence: str) -> int:
    return int(await api.value("select count(*) from cadence_records where cadence = $1", cadence))


async def test_a_large_sum_is_paid_out_the_same_day_and_no_more_is_kept_than_may_be(office: Api):
    finance = await office.person(f"finance_section@{BUREAU}")
    drawn = {"drawnOn": DAY, "amount": "60000", "purpose": "慰问金"}
    drawn["payerId"] = await person_of(office, f"staff@{BUREAU}")
    await record(finance, "FinanceWithdrawal", **drawn)
    assert await clocks(office, "large-cash") == [], "no large sum"
    line = await record(finance, "FinanceWithdrawal", large=True, **drawn)
    assert await clocks(office, "large-cash") == [("running", "03-02 23:59")]
    out = {"withdrawalId": line, "paidOutOn": DAY, "leftOver": "500"}
    refused = await record(finance, "CashPaidOut", **out)
    assert problems(refused) == {("safekeeping", "KEPT_HOW")}
    more = await record(
        finance, "CashPaidOut", **{**out, "leftOver": "60000.01", "safekeeping": "柜"}
    )
    assert where(more) == ({("leftOver", "TOO_LARGE")}, ["finance/六、2"])
    await record(finance, "CashPaidOut", safekeeping="锁入保险柜", **out)
    assert [state for state, _ in await clocks(office, "large-cash")] == ["done"]
    close = {"closedOn": DAY, "journal": "CASH", "reserveLimit": "3000"}
    over = await record(finance, "FinanceClosing", balance="3000.01", **close)
    assert where(over) == ({("reserveLimit", "CASH_OVER_LIMIT")}, ["finance/六、1"])
    assert isinstance(await record(finance, "FinanceClosing", balance="3000", **close), str)


async def test_a_journal_is_closed_with_what_its_lines_leave(office: Api):
    cashier = await office.person(f"cashier@{CENTRE}")
    close = {"journal": "CASH", "closedOn": "2026-02-27", "balance": "100"}
    await record(cashier, "FinanceClosing", **close)
    who = await person_of(office, cashier.account)
    taken = {"receivedOn": DAY, "collectorId": who, "purpose": "工本费", "invoices": "11"}
    await record(cashier, "FinanceIncome", amount="250", means="CASH", **taken)
    await record(cashier, "FinanceIncome", amount="999", means="TRANSFER", **taken)
    bill = await approved(office, f"staff@{CENTRE}", "reimbursement.general", {"amount": "50"})
    await pay(cashier, bill, "30", paymentMethod="CASH", cardPossible=False)
    await record(cashier, "FinanceBanking", bankedOn=DAY, means="CASH", amount="200")
    before = await office.counts()
    wrong = await record(cashier, "FinanceClosing", **{**close, "closedOn": DAY})
    [problem] = wrong["problems"]
    assert (problem["code"], problem["message"]) == (
        "JOURNAL_DIFFERS",
        "按登记的收付，余额应为 120 元",
    )
    assert await office.counts() == before
    await record(cashier, "FinanceClosing", **{**close, "closedOn": DAY, "balance": "120"})
    assert (await done(office, "cash-daily"), await done(office, "cash-monthly")) == (2, 0)


async def test_what_comes_in_is_banked_the_same_day(office: Api):
    cashier = await office.person(f"cashier@{CENTRE}")
    who = await person_of(office, cashier.account)
    taken = {"receivedOn": DAY, "collectorId": who, "purpose": "工本费", "invoices": "11"}
    line = await record(cashier, "FinanceIncome", amount="250", means="CHEQUE", **taken)
    assert await clocks(office, "cash-banking") == [("running", "03-02 23:59")]
    paid_in = {"bankedOn": DAY, "means": "CHEQUE", "amount": "250", "incomeId": line}
    part = await record(cashier, "FinanceBanking", **{**paid_in, "amount": "100"})
    assert problems(part) == {("amount", "INCOME_NOT_WHOLE")}
    assert await clocks(office, "cash-banking") == [("running", "03-02 23:59")]
    await record(cashier, "FinanceBanking", **paid_in)
    assert [state for state, _ in await clocks(office, "cash-banking")] == ["done"]


async def test_cash_that_is_short_is_made_good_and_who_writes_a_voucher_does_not_pay_it(
    office: Api,
):
    accountant, cashier = [await office.person(f"{r}@{SCIENCE}") for r in ("accountant", "cashier")]
    whose = await person_of(office, cashier.account)
    count = {"countedOn": DAY, "cashierId": whose, "cashOnBook": "500", "cashCounted": "480"}
    refused = await record(accountant, "FinanceCashCount", **count)
    assert problems(refused) == {("explanation", "DIFFERENCE_UNEXPLAINED")}
    close = {"journal": "CASH", "closedOn": "2026-02-27", "balance": "500"}
    assert isinstance(await record(cashier, "FinanceClosing", **close), str)
    told = await record(accountant, "FinanceCashCount", **{**count, "cashOnBook": "480"})
    assert problems(told) == {("cashOnBook", "JOURNAL_DIFFERS")}, "the books say what is on them"
    staff = await person_of(office, f"staff@{SCIENCE}")
    count["explanation"] = "待查"
    other = await record(accountant, "FinanceCashCount", **{**count, "cashierId": staff})
    assert where(other) == ({("cashierId", "NOT_OF_THE_SEAT")}, ["finance/7"])
    line = await record(accountant, "FinanceCashCount", **count)
    shown = "{ consequences { amount label } }"
    assert (await cashier.one(shown), await done(office, "cash-count")) == ([], 0)
    await sign(cashier, line)
    [due] = await cashier.one(shown)
    assert (float(due["amount"]), await done(office, "cash-count")) == (20, 1)
    bill = await approved(office, f"staff@{SCIENCE}", "reimbursement.general", {"amount": "50"})
    given = {"voucherNumber": "记-12", "vouchedById": whose}
    for who, codes in ((whose, {"DUTIES_JOINED", "NOT_OF_THE_SEAT"}), (staff, {"NOT_OF_THE_SEAT"})):
        given["vouchedById"] = who
        joined = where(await pay(cashier, bill, "50", **given))
        assert joined == ({("vouchedById", each) for each in codes}, ["finance/7"] * len(codes))
    given["vouchedById"] = await person_of(office, accountant.account)
    assert isinstance(await pay(cashier, bill, "50", **given), str)


async def test_an_audit_is_reported_told_and_entered_and_its_auditors_are_who_they_may_be(
    office: Api,
):
    auditor, chief = [
        await office.person(f"{role}@{BUILDING}") for role in ("audit_section", "section_chief")
    ]
    unit = await office.value(
        "select id from units where institution_id = $1 and name = '市政管理所'", BUILDING
    )
    audit = {
        "unitId": global_id("Unit", unit), "auditedOn": "2026-01-15", "method": "COMPREHENSIVE",
        "plan": "半年审计方案", "auditors": "钟宏伟", "origin": "HIRED",
    }  # fmt: skip
    before = await office.counts()
    assert (await take(chief, "FinanceAudit", "begin", None, **audit))["code"] == "NOT_A_KEEPER"
    unneeded = await take(auditor, "FinanceAudit", "begin", None, **audit)
    assert problems(unneeded) == {("hiredBecause", "NOT_ELIGIBLE")}
    nowhere = {**audit, "unitId": global_id("Unit", uuid4()), "hiredBecause": "需专业人士"}
    unknown = await take(auditor, "FinanceAudit", "begin", None, **nowhere)
    assert problems(unknown) == {("unitId", "NOT_FOUND_HERE")}
    section = await office.value(
        "select id from units where institution_id = $1 and name = '建设科'", BUILDING
    )
    own = {**audit, "unitId": global_id("Unit", section), "hiredBecause": "需专业人士"}
    inside = await take(auditor, "FinanceAudit", "begin", None, **own)
    assert problems(inside) == {("unitId", "NOT_A_SUBORDINATE_UNIT")}
    assert await office.counts() == before
    case = await take(
        auditor, "FinanceAudit", "begin", None, **audit, hiredBecause="需工程造价专业人士"
    )
    assert case["state"] == "audited", "its report is missing"
    half = {"from": "2026-06-30", "to": "2026-06-30"}
    [owed] = [each for each in await nodes(auditor, **half) if "内部审计" in each["activity"]]
    assert (owed["unit"], owed["state"]) == ("市政管理所", "DONE")
    assert owed["done"][0]["doneOn"] == "2026-01-15"
    half = {"from": "2026-12-31", "to": "2026-12-31"}
    [owed] = [each for each in await nodes(auditor, **half) if "内部审计" in each["activity"]]
    assert (owed["state"], owed["done"]) == ("UPCOMING", []), "each half for itself"
    report = {"reportedOn": "2026-02-03", "reportedTo": "局长办公会"}
    part = await take(auditor, "FinanceAudit", "report", case, accounts="属实", **report)
    missing = {("funds", "REQUIRED"), ("assets", "REQUIRED"), ("discipline", "REQUIRED")}
    assert problems(part) == missing | {("groundwork", "REQUIRED")}
    found = dict.fromkeys(("accounts", "funds", "assets", "groundwork", "discipline"), "属实")
    for event, given in (
        ("report", {**report, **found}),
        ("feedBack", {"fedBackOn": "2026-02-05"}),
        ("dealWith", {"treatment": "限期补记"}),
        ("enter", {"assessedOn": "2026-03-01"}),
    ):
        case = await take(auditor, "FinanceAudit", event, case, **given)
    assert case["state"] == "entered"


async def test_accountants_are_sent_and_trainings_counted(office: Api):
    personnel, finance = [
        await office.person(f"{r}@{BUILDING}") for r in ("personnel_section", "finance_section")
    ]
    of = "select id from units where institution_id = $1 and name = $2"
    units = [await office.value(of, BUILDING, name) for name in ("市政管理所", "建设科")]
    one, other = [global_id("Unit", each) for each in units]
    sent = {"personId": await person_of(office, f"staff@{BUILDING}"), "beginsOn": DAY}
    inside = await record(personnel, "DelegatedAccountant", fromUnitId=one, toUnitId=other, **sent)
    assert problems(inside) == {("toUnitId", "NOT_A_SUBORDINATE_UNIT")}
    line = await record(personnel, "DelegatedAccountant", fromUnitId=one, toUnitId=one, **sent)
    assert isinstance(line, str), line
    for day in ("2026-03-01", DAY):
        await record(finance, "FinanceTraining", heldOn=day, topic="会计法", people=30)
    counts = loading.shipped(BUILDING).shapes.counts
    async with acting(finance) as context:
        living = await context.rulebook(BUILDING)
        mine = [each for each in counts if each.id == "finance_training_sessions"]
        lines = await happened(context, living, mine, Whose.OFFICE, None, date.min, date.max)
    told = measured(mine, lines, date.fromisoformat(DAY))
    [quota] = [q for q in loading.shipped(BUILDING).shapes.quotas if q.id == "finance-training"]
    assert (told[quota.measure].value, quota.limit) == (2, 2)


async def test_accounting_files_go_their_way_stage_by_stage(office: Api):
    begun = {"year": 2025, "contents": "凭证、账簿、报表"}
    accountant = await office.person(f"accountant@{CENTRE}")
    case = await take(accountant, "FinanceFiles", "begin", None, **begun)
    early = await take(accountant, "FinanceFiles", "bind", case, volumes=12)
    assert problems(early) == {("event", "NO_TRANSITION")}
    for event, given in (
        ("review", {}), ("bind", {"volumes": 12}), ("number", {"catalogue": "2025-1至12"}),
        ("keep", {"place": "档案室"}), ("requestDestruction", {"destroying": "保管期满"}),
    ):  # fmt: skip
        case = await take(accountant, "FinanceFiles", event, case, **given)
    assert case["state"] == "destruction_requested"
    finance = await office.person(f"finance_section@{BUREAU}")
    case = await take(finance, "FinanceFiles", "begin", None, **begun)
    case = await take(finance, "FinanceFiles", "bind", case, volumes=9)
    moved = {"catalogue": "2025-1至9", "movedOn": DAY}
    assert (await take(finance, "FinanceFiles", "handOver", case, **moved))[
        "state"
    ] == "handed_over"


async def test_bills_of_a_month_are_approved_and_booked_in_it(office: Api):
    staff, deputy = [await office.person(f"{r}@{CENTRE}") for r in ("staff", "finance_deputy")]
    cashier = await office.person(f"cashier@{CENTRE}")
    witness = await person_of(office, f"section_chief@{CENTRE}")
    paper = {"attachments": papers("发票")}
    bill = await staff.submit(
        "reimbursement.general",
        {"explanation": "资料费", "amount": "80", "expenseType": "GENERAL", **paper}
        | {"named": [{"role": "witness", "personId": witness}]},
    )
    assert bill["__typename"] == "Request", bill
    assert await clocks(office, "monthly-bills") == [("running", "03-31 23:59")]
    for each in (await office.person(f"section_chief@{CENTRE}"), deputy):
        last = await each.agree()
    assert last["status"] == "APPROVED"
    late = await pay(cashier, bill["id"], "80", cardPossible=False, spentOn="2026-02-27")
    problem, unless = late["problems"]
    assert unless["code"] == "ALLOWED_WITH_A_REASON"
    assert (problem["code"], problem["clause"]["cite"]) == ("ABOVE_QUOTA", "七")
    unsaid = await pay(cashier, bill["id"], "80", cardPossible=False, spentOn=None)
    assert problems(unsaid) == {("spentOn", "REQUIRED")}
    await pay(cashier, bill["id"], "80", cardPossible=False)
    assert [state for state, _ in await clocks(office, "monthly-bills")] == ["done"]


async def test_an_activity_held_outside_is_settled_by_two(office: Api):
    clerk, head = [await office.person(f"{r}@{CENTRE}") for r in ("office_clerk", "finance_head")]
    asked = await approved(office, f"staff@{CENTRE}", "expenditure.activity", {"amount": "5000"})
    given = {
        "settledOn": DAY,
        "requestId": asked,
        "place": "会展中心",
        "outsideBecause": "场地有限",
    }
    given |= {"amount": "4800", "financeHeadId": await person_of(office, head.account)}
    line = await record(clerk, "FinanceActivitySettlement", **given)
    assert (await sign(clerk, line))["code"] == "NOT_YOURS_TO_SIGN"
    stands = "{ activitySettlements { edges { node { stands } } } }"
    assert (await head.one(stands))["edges"] == [{"node": {"stands": False}}]
    await sign(head, line)
    assert (await head.one(stands))["edges"] == [{"node": {"stands": True}}]


async def test_the_head_is_not_appointed_to_take_charge_of_finance(office: Api):
    admin = await office.person(f"system_admin@{CENTRE}")
    seat = await office.value(
        "select id from seats where institution_id = $1 and role = 'finance_deputy'", CENTRE
    )
    given = {"seatId": global_id("Seat", seat), "begins": DAY, "document": "政务〔2026〕5号"}
    given["personId"] = await person_of(office, f"director@{CENTRE}")
    before = await office.counts()
    refused = await change(admin, "fillSeat", POST, **given)
    [joined] = refused["problems"]
    assert (joined["code"], refused["clause"]["cite"]) == ("DUTIES_JOINED", "一")
    assert await office.counts() == before
