"""What each section owes each section does, and what a struck-out line showed is owed again."""

from typing import Any

import pytest

from tests.fleet import record
from tests.office import Api, Visitor, problems
from tests.openness import BOARD, CENTRE, MATTER, approved, begin, list_item, office, take
from tests.party_branch import Joining, demanded
from tests.sheets import check, strike_out, unit
from tests.sittings import keep, never_met
from tests.small_shapes import at
from tests.stock import person_of
from tests.test_duties_served import known_since, nodes

__all__ = ["office"]

HERE = "construction-bureau"
SECTIONS = {"办公室", "建设科", "城管科", "政工科", "督查审计科", "综合科", "市政管理所"}


async def states(visitor: Visitor, activity: str, due: str, **more: Any) -> dict[str, str]:
    found = await nodes(visitor, **{"from": due, "to": due, **more})
    return {each["unit"]: each["state"] for each in found if activity in each["activity"]}


async def test_one_sections_sheet_is_its_own_and_the_others_still_owe_theirs(api: Api):
    chief = await api.person(f"section_chief@{HERE}")
    api.now = at("2026-03-27 10:00")
    await chief.submit("attendance.sheet", {"explanation": "三月考勤"})
    told = await states(chief, "考勤表", "2026-03-28")
    assert told == {**dict.fromkeys(SECTIONS, "DUE"), "建设科": "DONE"}
    assert await states(chief, "考勤表", "2026-03-28", mine=True) == {"建设科": "DONE"}
    api.now = at("2026-03-29 00:10")
    told = await states(chief, "考勤表", "2026-03-28")
    assert told == {**dict.fromkeys(SECTIONS, "MISSED"), "建设科": "DONE"}


async def test_a_section_is_told_of_its_own_that_it_missed_and_of_no_other(api: Api):
    before = await api.rows("select institution_id, version, recorded_at from rulebook_versions")
    chief = await api.person(f"section_chief@{HERE}")
    try:
        await known_since(api, "2026-03-01")
        api.now = at("2026-03-27 10:00")
        await chief.submit("attendance.sheet", {"explanation": "三月考勤"})
        api.now = at("2026-03-29 00:20")
        await api.clocks()
        rows = await api.rows(
            "select u.name, n.details ->> 'activity' as said from notices n"
            " join seats s on (s.institution_id, s.id) = (n.institution_id, n.to_id)"
            " join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)"
            " where n.institution_id = $1 and n.code = 'DUTY_MISSED'"
            "   and n.details ->> 'activity' like '月度考勤表%'",
            HERE,
        )
        assert {row["name"] for row in rows} == SECTIONS - {"建设科"}
        assert all(row["said"].endswith(f"（{row['name']}）") for row in rows)
    finally:
        for row in before:
            await api.run(
                "update rulebook_versions set recorded_at = $3"
                " where institution_id = $1 and version = $2",
                *row.values(),
            )


async def test_each_section_holds_its_own_meeting(api: Api):
    await never_met(api)
    chief = await api.person("section_chief@hrss-bureau")
    api.now = at("2026-03-10 10:00")
    sitting = await keep(
        chief, "callSitting", body="section_meeting", beginsAt="2026-03-11T15:00:00+08:00",
        agenda=[{"title": "总结本科工作"}],
    )  # fmt: skip
    api.now = at("2026-03-11 17:00")
    await keep(chief, "recordAttendance", sittingId=sitting["id"], eligible=6, present=6)
    closed = await keep(chief, "closeMinutes", sittingId=sitting["id"], minutes="已议")
    assert closed["minutes"] == "已议", closed
    told = await states(chief, "科务会", "2026-03-31")
    assert told.pop("就业促进科") == "DONE"
    assert {*told.values()} == {"DUE"}
    assert "社会保险科" in told


@pytest.fixture
async def hygiene(api: Api) -> Api:
    await api.empty("hygiene_checks", "check_marks", "cadence_records")
    api.now = at("2026-03-20 10:00")
    return api


async def test_each_section_is_checked_and_a_sheet_struck_out_shows_nothing(hygiene: Api):
    clerk = await hygiene.person(f"office_clerk@{HERE}")
    construction = await unit(hygiene, "construction")

    async def stands() -> set[str]:
        told = await states(clerk, "卫生定期检查", "2026-03-31")
        assert {*told} == SECTIONS
        return {each for each in told if told[each] == "DONE"}

    assert await stands() == set()
    first = await check(clerk, construction, "2026-03-12", "8")
    assert await stands() == {"建设科"}
    await check(clerk, construction, "2026-03-13", "8", regular=False)
    await strike_out(clerk, first)
    assert await stands() == set()
    again = await check(clerk, construction, "2026-03-16", "8")
    second = await check(clerk, construction, "2026-03-17", "8")
    await check(clerk, await unit(hygiene, "urban"), "2026-03-17", "8")
    assert await stands() == {"建设科", "城管科"}
    await strike_out(clerk, again)
    assert await stands() == {"建设科", "城管科"}
    await strike_out(clerk, second)
    assert await stands() == {"城管科"}
    events = "select count(*) from ledger where event = 'duty_taken_back' and institution_id = $1"
    assert await hygiene.value(events, HERE) >= 3


async def test_a_correction_goes_on_showing_its_own_month_alone(hygiene: Api):
    clerk = await hygiene.person(f"office_clerk@{HERE}")
    construction = await unit(hygiene, "construction")
    line = await check(clerk, construction, "2026-03-12", "8")
    corrected = await check(clerk, construction, "2026-03-11", "7", corrects=line)
    told = await states(clerk, "卫生定期检查", "2026-03-31")
    assert told["建设科"] == "DONE"
    moved = await check(clerk, construction, "2026-02-26", "7", corrects=corrected)
    assert (await states(clerk, "卫生定期检查", "2026-03-31"))["建设科"] == "DUE"
    told = await states(clerk, "卫生定期检查", "2026-02-28")
    assert told["建设科"] == "DONE", "the check took place in its month, whenever it was entered"
    await strike_out(clerk, moved)
    assert (await states(clerk, "卫生定期检查", "2026-02-28"))["建设科"] == "MISSED"


async def test_what_is_periodic_in_the_catalogue_is_owed_in_its_own_rhythm(office: Api):
    clerk = await office.person(f"openness_office@{CENTRE}")
    group = await office.person(f"openness_group@{CENTRE}")
    periodic = {"opennessContent": "PARTY_WORK", "opennessWay": "PERIODIC", "rhythm": "QUARTER"}
    item = await list_item(group, name="党费收缴", **periodic)
    await list_item(group, name="固定的内容", opennessContent="PARTY_WORK")
    request = await approved(
        office, "openness.publish", ("openness_group",), CENTRE, opennessScope="ORDINARY"
    )
    first, second = "2026-03-31", "2026-06-30"
    office.now = at("2026-03-31 09:00")
    assert await states(clerk, "定期内容", first, mine=True) == {"党费收缴": "DUE"}
    office.now = at("2026-04-01 00:10")
    assert await states(clerk, "定期内容", first, mine=True) == {"党费收缴": "MISSED"}
    assert await states(clerk, "定期内容", "2025-12-31", mine=True) == {}
    scope = {"opennessScope": "ORDINARY", "audience": "PUBLIC", "opennessWay": "PERIODIC"}
    for named in ({}, {"itemId": item}):
        assert await states(clerk, "定期内容", second, mine=True) == {"党费收缴": "DUE"}
        titled = {**MATTER, "title": f"事项{len(named)}"}
        case = await begin(clerk, "Matter", **titled, **scope, **named)
        case = await take(clerk, "Matter", case, "publish", **BOARD, approvalId=request)
        assert "code" not in case, case
    assert await states(clerk, "定期内容", second, mine=True) == {"党费收缴": "DONE"}
    assert await states(clerk, "定期内容", first, mine=True) == {"党费收缴": "MISSED"}


MEMBERS = """select count(*) from people
  where institution_id = $1 and cast(facts ->> 'party_member' as boolean)"""


async def test_each_member_reports_once_a_year_and_others_do_not_see_who_has_not(api: Api):
    await api.empty("member_reports")
    secretary, cell, chief = [
        await api.person(f"{role}@{HERE}")
        for role in ("branch_secretary", "party_cell_leader", "section_chief")
    ]
    accounts = (f"staff@{HERE}", chief.account)
    member = "(select person_id from accounts where account = any($1))"
    await api.run(
        f"update people set facts = facts || '{{\"party_member\": true}}' where id in {member}",
        list(accounts),
    )
    try:
        staff = await api.person(accounts[0])
        told = await states(secretary, "思想和工作汇报", "2026-12-31")
        assert set(told.values()) == {"DUE"}
        assert len(told) == await api.value(MEMBERS, HERE), "of members alone"
        mine = await states(staff, "思想和工作汇报", "2026-12-31", mine=True)
        assert list(mine.values()) == ["DUE"]
        assert len(await states(cell, "思想和工作汇报", "2026-12-31")) == 1, "one's own alone"
        given = {
            "reportedOn": "2026-03-02", "memberId": await person_of(api, accounts[0]),
            "reportForm": "WRITTEN", "situation": "学习情况汇报",
        }  # fmt: skip
        stranger = {**given, "memberId": await person_of(api, f"cashier@{HERE}")}
        before = await api.counts()
        assert problems(await record(cell, "MemberReport", **stranger)) == {
            ("memberId", "NOT_ELIGIBLE")
        }
        assert (await record(staff, "MemberReport", **given))["code"] == "NOT_A_KEEPER"
        bare = await record(cell, "MemberReport", **{**given, "situation": " "})
        assert problems(bare) == {("situation", "REQUIRED")}
        assert await api.counts() == before
        line = await record(cell, "MemberReport", **given)
        assert isinstance(line, str), line
        assert await states(staff, "思想和工作汇报", "2026-12-31") == dict.fromkeys(mine, "DONE")
        left = await states(secretary, "思想和工作汇报", "2026-12-31")
        assert sorted(left.values()) == ["DONE", *["DUE"] * (len(told) - 1)]
        await strike_out(cell, line)
        assert await states(staff, "思想和工作汇报", "2026-12-31") == mine
    finally:
        await api.run(
            f"update people set facts = facts - 'party_member' where id in {member}", list(accounts)
        )


async def test_the_book_tells_of_each_activist_whether_they_were_examined_in_the_half_year(
    api: Api,
):
    await api.empty("party_cases")
    branch = Joining(api)
    secretary = await branch.of("branch_secretary")
    for role in ("section_chief", "staff"):
        await branch.begin(await branch.of(role))
        await branch.to_activist()
    asked = (secretary, "考察入党积极分子", "2026-06-30")
    both = await states(*asked)
    assert list(both.values()) == ["DUE", "DUE"]
    one_talk = {"branch_talked": True, "mentor_talked": False}
    refused = await branch.act("branch_secretary", "examine", measures=one_talk, text="表现较好")
    assert ("GUARD_NOT_MET", "mentorTalked") in demanded(refused)
    talks = {"branch_talked": True, "mentor_talked": True}
    given = {"measures": talks, "text": "肯定成绩,找出不足"}
    await branch.goes("branch_secretary", "examine", "activist", **given)
    assert sorted((await states(*asked)).values()) == ["DONE", "DUE"]
    assert await states(secretary, "预备党员写实", "2026-03-31") == {}
    api.now = at("2026-07-01 09:00")
    assert sorted((await states(*asked)).values()) == ["DONE", "MISSED"]


async def test_what_the_organ_asks_of_its_own_sections_is_not_asked_of_subordinate_units(api: Api):
    clerk = await api.person("office_clerk@construction-bureau")
    everybody = await states(clerk, "周大扫除", "2026-03-08")
    plans = await states(clerk, "提报下月开支计划", "2026-03-31")
    assert {*everybody} - {*plans} == {"市政管理所"}, "which may do as they do, but need not"


async def test_each_unit_of_a_county_owes_its_method_its_scoring_and_its_tasks_by_person(api: Api):
    clerk = await api.person("office_clerk@county-organs")
    api.now = at("2026-02-01 09:00")
    for activity in ("考核实施办法", "考核计分细则", "落实到个人"):
        told = await states(clerk, activity, "2026-01-31")
        assert len(told) > 1
        assert set(told.values()) == {"MISSED"}, activity
