"""Keys of the duty room and what is kept of who leads on duty: whose each is, and who sees it."""

from tests.driving import add, give
from tests.duty import cleared, enter, person_of, settled, shown
from tests.office import Api

BUREAU, HRSS = "construction-bureau", "hrss-bureau"


async def test_a_key_of_the_duty_room_is_kept_and_handed_over_and_never_lent(api: Api) -> None:
    clerk, staff, chief = [
        await api.person(f"{each}@{BUREAU}") for each in ("office_clerk", "staff", "section_chief")
    ]
    assert (await add(staff, "DutyKey", name="自配钥匙"))["code"] == "NOT_A_KEEPER"
    key = await add(clerk, "DutyKey", name="值班室一号钥匙")
    key = await give(clerk, key, f"staff@{BUREAU}")
    before = await api.counts()
    lent = await give(staff, key, f"section_chief@{BUREAU}", "LENT")
    assert lent["__typename"] == "Refusal"
    assert (await give(chief, key, f"section_chief@{BUREAU}", "OFFERED"))["__typename"] == "Refusal"
    assert await api.counts() == before
    offered = await give(staff, key, f"section_chief@{BUREAU}", "OFFERED")
    taken = await give(chief, offered, f"section_chief@{BUREAU}", "TAKEN_OVER")
    assert taken["version"] == 4
    # Whoever keeps it keeps it in the tests to come, and goes nowhere before it is handed over.
    await api.empty("duty_keys")


async def test_the_leader_on_duty_is_to_be_found_told_of_checks_and_signs_for_the_log(
    api: Api,
):
    await cleared(api)
    clerk, _ = await settled(api, HRSS, why="带班领导另行安排")
    turns = (await shown(clerk))["turns"]
    officer, leader, other = [
        await person_of(api, next(e for e in turns if (e["post"], e["day"]) == turn))
        for turn in (
            ("duty_officer", "2026-04-13"),
            ("duty_leader", "2026-04-13"),
            ("duty_officer", "2026-04-16"),
        )
    ]
    api.now = api.now.replace(month=4, day=13, hour=10, minute=30)
    where = {"at": "2026-04-13T10:20:00+08:00", "place": "局机关304室", "reachedBy": "值班手机"}
    assert (await enter(officer, "DutyWhereabouts", **where))["code"] == "NOT_A_KEEPER"
    assert (await enter(leader, "DutyWhereabouts", **where))["lineId"]
    asked = "{ dutyWhereabouts { edges { node { place } } } }"
    seen = [len((await who.one(asked))["edges"]) for who in (officer, other)]
    assert seen == [1, 0]

    given = {
        "at": "2026-04-13T10:25:00+08:00",
        "content": "上级值班抽查",
        "handled": "已报告当日值班情况",
    }
    untold = await enter(officer, "DutyEntry", **given, matter="INSPECTION")
    assert untold["code"] == "INVALID_INPUT", untold
    assert {e["clause"]["cite"] for e in untold["problems"]} == {"八"}
    assert (await enter(officer, "DutyEntry", **given, matter="INSPECTION", leaderTold=True))[
        "lineId"
    ]

    review = {"onDay": "2026-04-13", "opinion": "记录齐全"}
    assert (await enter(other, "DutyLogReview", **review))["code"] == "NOT_A_KEEPER"
    assert (await enter(leader, "DutyLogReview", **review))["lineId"]
    assert (await enter(leader, "DutyLogReview", **review))["code"] == "ENTERED_ALREADY"
