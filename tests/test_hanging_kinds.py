"""What hangs on somebody, kind by kind: stores, debts, deadlines, duty, sittings, merged units."""

from typing import Any

from tests import balances, duty, sittings, stock
from tests.case_office import LETTER, Desk
from tests.clock_office import CENTRE, complain
from tests.fleet import person_id
from tests.moving import do
from tests.office import Api, Visitor
from tests.supplies import STOCK, issue, item
from tests.test_petitions import instructed
from tests.test_posts_journey import ORDER
from tests.test_what_hangs import HANGS, REFUSED, WAITS, named

HRSS = "hrss-bureau"


async def hanging(
    who: Visitor, on: str, first: str = "2026-03-02", last: str = "2026-04-30"
) -> Any:
    given = {"person": await person_id(who, on), "from": first, "to": last}
    return await who.one(HANGS, given)


async def test_what_came_from_a_store_and_cash_that_was_borrowed_hang_until_they_are_back(
    api: Api,
) -> None:
    for emptied in (stock.emptied(api, STOCK), balances.nothing_left(api)):
        await emptied
    keeper, finance = [await api.person(f"{e}@{HRSS}") for e in ("keeper", "finance_section")]
    staff = await api.person(f"staff@{HRSS}")
    key = await item(keeper, "档案室钥匙", "OTHER", there=3)
    line = await issue(keeper, key, staff.account)
    assert (await stock.sign(staff, line))["__typename"] == "LineEntered"
    await balances.enter(
        finance, "CashLoanOpening", staff.account, openedOn="2026-01-05", amount="3000.00"
    )
    told = await hanging(staff, staff.account)
    assert [each["name"] for each in named(told, "STOCK")] == ["档案室钥匙 1"]
    assert [each["name"] for each in named(told, "OWED")] == ["借款 3000.00"]
    given = {"amount": "3000.00", "how": "REPAID", "settledOn": "2026-03-02"}
    assert isinstance(await balances.enter(finance, "LoanSettlement", staff.account, **given), str)
    assert named(await hanging(staff, staff.account), "OWED") == []
    for emptied in (stock.emptied(api, STOCK), balances.nothing_left(api)):
        await emptied


async def test_a_deadline_hangs_on_who_answers_for_it(api: Api) -> None:
    await complain(api)
    told = await hanging(await api.person(f"complaint_clerk@{CENTRE}"), f"complaint_clerk@{CENTRE}")
    assert named(told, "CLOCK")


async def test_a_turn_of_duty_hangs_on_whose_it_is_on_the_days_asked_for(api: Api) -> None:
    await duty.cleared(api)
    clerk, _ = await duty.settled(api, "construction-bureau")
    turn = duty.found(await duty.shown(clerk), "2026-04-13", "workday_night")
    whose = await duty.person_of(api, turn)
    told = await hanging(whose, whose.account, "2026-04-13", "2026-04-13")
    assert {each["day"] for each in named(told, "DUTY")} == {"2026-04-13"}
    await duty.cleared(api)


async def test_a_sitting_hangs_on_the_member_without_whom_it_would_not_be_quorate(
    posts: Api,
) -> None:
    await sittings.never_met(posts)
    clerk = await posts.person(f"office_clerk@{HRSS}")
    called = await sittings.called(clerk, "2026-03-20", {"title": "年度计划"})
    assert called["number"], called
    head = await posts.person(f"deputy_in_charge@{HRSS}")
    assert named(await hanging(head, head.account), "SITTING") == []
    members = """from appointments a using seats s where s.id = a.seat_id
      and a.institution_id = $1 and s.role = any($2)"""
    roles = ["party_group", "party_secretary", "deputy_in_charge"]
    me = "(select person_id from accounts where account = $3)"
    others = f"delete {members} and a.person_id <> {me}"
    await posts.run(others, HRSS, roles, head.account)
    told = named(await hanging(head, head.account), "SITTING")
    assert [(each["day"], each["clause"]["cite"] != "") for each in told] == [("2026-03-20", True)]
    await sittings.never_met(posts)


async def test_who_moves_with_a_unit_that_is_merged_hands_over_first(posts: Api) -> None:
    system, second = [
        await posts.person(f"{e}@{CENTRE}") for e in ("system_admin", "system_admin_2")
    ]
    desk = Desk(posts, CENTRE)
    await instructed(desk)
    staff = await desk.viewer("staff")
    await desk.goes("petition_clerk", "assign", "assigned", handlerId=staff["id"])
    [unit, *_] = [e["unit"] for e in staff["seats"] if e["role"] == "staff"]
    units = {each["name"]: each["id"] for each in await system.one("{ units { id name } }")}
    new = await do(system, "addUnit", name="综合服务科", parentId=next(iter(units.values())))
    given = {
        "unitId": units[unit],
        "intoUnitId": new["unitId"],
        "lastDay": "2026-03-02",
        "document": ORDER,
    }
    before = await posts.counts()
    refused = await do(system, "mergeUnit", REFUSED, **given)
    assert [(e["code"], e["clause"]["cite"]) for e in refused["problems"]] == [
        ("STILL_HOLDS", "档案管理 11"),
    ]
    assert await posts.counts() == before
    await desk.goes("staff", "close", "closed", answer="已疏通管道", answerForm="WRITTEN")
    await desk.goes("staff", "report", "reported", text="办理情况报告", document=LETTER)
    await desk.goes("petition_clerk", "report_up", "reported", document=LETTER)
    await desk.goes("archivist", "archive", "archived")
    asked = await do(system, "mergeUnit", **given)
    [told] = [e for e in await second.one(WAITS) if e["id"] == asked["waits"]["id"]]
    assert staff["name"] in {each["name"] for each in told["hangs"]}, "told before it is confirmed"
