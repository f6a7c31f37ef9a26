"""Seals of household officers: whose use of a name seal counts, and a loss that is reported."""

from typing import Any

from tests.fleet import person_id
from tests.lending import posts_restored
from tests.office import Api, problems
from tests.test_seals import CENTRE, POLICE, add, move, office, seal_of, seal_with

__all__ = ["office"]
CHIEF = "section_chief"


async def test_a_name_seal_is_used_by_its_officer_alone(office: Api):
    officer, colleague = [
        await office.person(f"household_officer{each}@{POLICE}") for each in ("", "_2")
    ]
    own, others = [await person_id(officer, who.account) for who in (officer, colleague)]
    await add(officer, "民警姓名章", kind="NAME")
    await move(officer, await seal_of(officer, "民警姓名章"), "ISSUED", toId=own)
    seal, at = await seal_of(officer, "民警姓名章"), "2026-03-02T09:00:00"
    before = await office.counts()
    for who, more in ((colleague, {}), (officer, {"userId": others})):
        refused = await seal_with(who, seal, at, **more)
        cited = [(each["code"], each["clause"]["cite"]) for each in refused["problems"]]
        assert cited == [("NOT_ELIGIBLE", "十(二)")]
    assert await office.counts() == before
    assert isinstance(await seal_with(officer, seal, at, userId=own), str)
    await add(officer, "户口专用章", kind="HOUSEHOLD")
    household = await seal_of(officer, "户口专用章")
    passed_on = await seal_with(officer, household, at, keeperPresent=False)
    assert problems(passed_on) == {("keeperPresent", "NOT_ELIGIBLE")}
    assert isinstance(await seal_with(colleague, household, at), str)


async def test_a_section_seal_is_used_before_its_keeper_and_lies_on_the_date(office: Api):
    clerk, chief = [await office.person(f"{role}@{CENTRE}") for role in ("office_clerk", CHIEF)]
    await add(clerk, "督查科章", kind="SECTION")
    own = await person_id(clerk, chief.account)
    await move(clerk, await seal_of(clerk, "督查科章"), "ISSUED", toId=own)
    seal, at = await seal_of(clerk, "督查科章"), "2026-03-02T09:00:00"
    before = await office.counts()
    for name in ("keeperPresent", "overDate"):
        refused = await seal_with(chief, seal, at, **{name: False})
        assert (name, "NOT_ELIGIBLE") in problems(refused)
    assert await office.counts() == before
    assert isinstance(await seal_with(chief, seal, at, overDate=True), str)


async def test_the_loss_of_a_seal_is_due_to_be_reported_until_it_is_entered(office: Api):
    officer = await office.person(f"household_officer@{POLICE}")
    await add(officer, "户口专用章", kind="HOUSEHOLD")

    async def card() -> Any:
        return await seal_of(officer, "户口专用章")

    early = await move(officer, await card(), "REPORTED", text="县局")
    assert early["code"] == "THING_NOT_THERE", "nothing is lost"
    await move(officer, await card(), "LOST", text="清点时发现")
    going = "{ clocks { edges { node { action state } } } }"
    [clock] = [each["node"] for each in (await officer.one(going))["edges"]]
    assert clock == {"action": "报告", "state": "RUNNING"}
    before = await office.counts()
    silent = await move(officer, await card(), "REPORTED")
    assert problems(silent) == {("text", "REQUIRED")}
    assert await office.counts() == before
    assert (await move(officer, await card(), "REPORTED", text="已报县局"))["version"] == 3
    [clock] = [each["node"] for each in (await officer.one(going))["edges"]]
    assert (clock["state"], (await card())["state"]) == ("DONE", "LOST")


async def test_the_seal_of_an_officer_who_moved_seals_nothing_any_more(office: Api):
    async with posts_restored(office):
        officer = await office.person(f"household_officer@{POLICE}")
        own = await person_id(officer, officer.account)
        await add(officer, "民警姓名章", kind="NAME")
        seal = await seal_of(officer, "民警姓名章")
        await move(officer, seal, "ISSUED", toId=own)
        assert isinstance(await seal_with(officer, seal, "2026-03-02T09:00:00"), str)
        await office.run(
            "update appointments a set ends = '2026-03-03' from seats s, accounts c"
            " where s.id = a.seat_id and s.role = 'household_officer'"
            " and c.person_id = a.person_id and c.account = $1",
            officer.account,
        )
        account = await office.value(
            "select c.account from accounts c join appointments a on a.person_id = c.person_id"
            " join seats s on s.id = a.seat_id where s.role = 'household_officer'"
            " and c.institution_id = $1 and c.account <> $2 limit 1",
            *(POLICE, officer.account),
        )
        await office.wait(days=2)
        colleague = await office.person(account)
        used = await seal_with(colleague, seal, "2026-03-04T08:30:00")
        assert {each["clause"]["cite"] for each in used["problems"]} == {"十(二)"}
