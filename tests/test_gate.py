"""The gate: who comes in and leaves, what is carried out, mail, handing over, what is reported."""

from datetime import timedelta
from typing import Any

import pytest

from tests.duty import cleared, enter, free_for, settled, shown, sign
from tests.lending import name_of
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_duties_of_units import nodes

HERE, THERE = "hrss-bureau", "construction-bureau"
TABLES = ("gate_visits", "gate_certificates", "gate_reports", "gate_handovers", "gate_mail")
CALLER = {"callerKind": "VISITOR", "callerName": "李大海", "business": "咨询社保转移"}
GOODS = {
    "explanation": "送修", "items": "台式电脑", "pieces": 3, "carriedBy": "郭晓燕",
    "leavesOn": "2026-05-12", "internal": True,
}  # fmt: skip


@pytest.fixture
async def gate(api: Api) -> Api:
    await api.empty(*TABLES, "case_events", "line_signatures")
    api.now = at("2026-05-12 10:00")
    return api


def today(time: str) -> str:
    return f"2026-05-12T{time}:00+08:00"


async def keeper(gate: Api, office: str = HERE, second: str = "") -> Visitor:
    return await gate.person(f"gatekeeper{second}@{office}")


async def come(visitor: Visitor, **more: Any) -> Any:
    given = {"cameAt": today("09:30"), **CALLER, **more}
    return await run(visitor, "beginGateVisit", "GateVisit", given)


async def take(visitor: Visitor, event: str, of: str, case: Any, **said: Any) -> Any:
    given = {"caseId": case["id"], "expectedVersion": case["version"], **said}
    return await run(visitor, f"{event}{of}", of, given)


def cites(refused: Any) -> set[str]:
    found = (each["clause"] for each in refused["problems"] if each["clause"])
    return {f"{each['regulation']}/{each['cite']}" for each in found}


async def seen(visitor: Visitor, query: str) -> list[Any]:
    return [edge["node"] for edge in (await visitor.one(query))["edges"]]


@pytest.mark.parametrize("office", [HERE, THERE])
async def test_who_comes_in_is_entered_and_leaves_again_by_the_time(gate: Api, office: str):
    guard, staff = await keeper(gate, office), await gate.person(f"staff@{office}")
    before = await gate.counts()
    assert (await come(staff))["code"] == "NOT_A_KEEPER"
    assert problems(await come(guard, business=" ", cameAt=today("10:30"))) == {
        ("business", "REQUIRED"), ("cameAt", "NOT_YET_HAPPENED"),
    }  # fmt: skip
    assert problems(await come(guard, plate="鲁B12345")) == {("standsAt", "GATE_VEHICLE_STANDS")}
    assert problems(await come(guard, plate="车", standsAt="YARD")) == {("plate", "MISWRITTEN")}
    assert await gate.counts() == before
    visit = await come(guard, plate="鲁b r0201", standsAt="YARD")
    early = await take(guard, "leave", "GateVisit", visit, leftAt=today("09:00"))
    assert problems(early) == {("leftAt", "END_BEFORE_START")}
    late = await take(guard, "leave", "GateVisit", visit, leftAt=today("11:00"))
    assert problems(late) == {("leftAt", "NOT_YET_HAPPENED")}
    inside = "{ gateVisits(filter: {standing: true}) { edges { node { plate leftAt } } } }"
    clerk = await gate.person(f"office_clerk@{office}")
    assert await seen(clerk, inside) == [{"plate": "鲁B·R0201", "leftAt": None}]
    assert await seen(staff, inside) == []
    left = await take(guard, "leave", "GateVisit", visit, leftAt=today("09:50"))
    assert left["state"] == "left"
    assert await seen(clerk, inside) == []


async def test_who_is_still_inside_in_the_evening_is_told_to_the_gate(gate: Api):
    guard = await keeper(gate)
    visit = await come(guard)
    [clock] = visit["clocks"]
    assert clock["dueAt"].startswith("2026-05-12T23:59")
    gate.now = at("2026-05-13 00:10")
    await gate.clocks()
    assert "登记离开" in str(await seen(guard, "{ notices { edges { node { sentence } } } }"))


@pytest.mark.parametrize(
    ("office", "more", "field", "clause"),
    [
        (HERE, {"callerKind": "SCRAP_DEALER"}, "callerKind", "gate/4"),
        (HERE, {"callerKind": "SALESMAN"}, "callerKind", "gate/4"),
        (HERE, {"plate": "鲁B12345", "standsAt": "SHED"}, "standsAt", "hygiene/一㈡ 衞生標準②"),
        (THERE, {"callerKind": "TAXI"}, "callerKind", "duty-roster/三"),
        (THERE, {"plate": "鲁B12345", "standsAt": "DORMITORY"}, "standsAt", "duty-roster/三"),
    ],
)
async def test_who_may_not_come_in_is_refused_by_the_clause_of_each_office(
    gate: Api, office: str, more: dict[str, str], field: str, clause: str
):
    guard, other = await keeper(gate, office), await keeper(gate, THERE if office == HERE else HERE)
    before = await gate.counts()
    refused = await come(guard, **more)
    assert (problems(refused), cites(refused)) == ({(field, "EXCLUDED")}, {clause})
    assert await gate.counts() == before
    elsewhere = await come(other, **more)
    assert elsewhere["state"] == "inside", elsewhere


async def certified(gate: Api, **more: Any) -> Any:
    """The certificate as the gatekeeper finds it, once the office has signed it."""
    staff, clerk = await gate.person(f"staff@{HERE}"), await gate.person(f"office_clerk@{HERE}")
    await staff.submit("gate.goods_exit", {**GOODS, **more})
    query = "{ gateCertificates { edges { node { id version state items plate } } } }"
    assert await seen(await keeper(gate), query) == []
    assert (await clerk.agree())["status"] == "APPROVED"
    [found] = await seen(await keeper(gate), query)
    return found


async def test_goods_leave_on_a_certificate_of_that_day_and_no_more_than_it_says(gate: Api):
    guard, clerk = await keeper(gate), await gate.person(f"office_clerk@{HERE}")
    case, of = await certified(gate, plate="鲁BD12345"), "GateCertificate"
    assert (case["state"], case["plate"]) == ("certified", "鲁B·D12345")
    before = await gate.counts()
    assert (await take(clerk, "release", of, case, piecesSeen=3))["code"] == "NOT_YOURS_TO_DO"
    more = await take(guard, "release", of, case, piecesSeen=4)
    assert problems(more) == {("piecesSeen", "GOODS_NOT_AS_CERTIFIED")}
    assert cites(more) == {"gate/4"}
    gate.now = at("2026-05-13 08:00")
    late = await take(guard, "release", of, case, piecesSeen=3)
    assert problems(late) == {("event", "GOODS_ON_ANOTHER_DAY")}
    assert await gate.counts() == before
    gate.now = at("2026-05-12 17:00")
    held = await take(guard, "hold", of, case, mismatch="多出一台显示器")
    staff = await gate.person(f"staff@{HERE}")
    assert "与证明不符" in str(await seen(staff, "{ notices { edges { node { sentence } } } }"))
    out = await take(guard, "release", of, held, piecesSeen=3)
    assert out["state"] == "released"
    again = await take(guard, "release", of, out, piecesSeen=3)
    assert problems(again) == {("event", "NO_TRANSITION")}


async def test_a_certificate_that_is_not_used_is_given_up_by_whoever_asked(gate: Api):
    case, of = await certified(gate), "GateCertificate"
    staff, guard = await gate.person(f"staff@{HERE}"), await keeper(gate)
    assert (await take(guard, "giveUp", of, case, reason="不送了"))["__typename"] == "Refusal"
    given = await take(staff, "giveUp", of, case, reason="不送了")
    assert given["state"] == "given_up"
    refused = await take(guard, "release", of, given, piecesSeen=1)
    assert refused["code"] == "CASE_IS_OVER"


@pytest.mark.parametrize(
    ("office", "role"), [(HERE, "office_director"), (THERE, "deputy_in_charge")]
)
async def test_what_the_gate_cannot_stop_is_told_to_the_office_which_deals_with_it(
    gate: Api, office: str, role: str
):
    guard, staff = await keeper(gate, office), await gate.person(f"staff@{office}")
    given = {"happenedAt": today("09:40"), "content": "携公物出门,无证明信,制止无效"}
    before = await gate.counts()
    refused = await run(staff, "beginGateReport", "GateReport", given)
    assert refused["code"] == "NOT_A_KEEPER"
    assert await gate.counts() == before
    case = await run(guard, "beginGateReport", "GateReport", given)
    [clock] = case["clocks"]
    assert clock["dueAt"].startswith("2026-05-12T23:59")
    own = await take(guard, "handle", "GateReport", case, handling="算了")
    assert own["code"] == "NOT_YOURS_TO_DO"
    leader = await gate.person(f"{role}@{office}")
    done = await take(leader, "handle", "GateReport", case, handling="已追回")
    assert (done["state"], done["clocks"][0]["state"]) == ("handled", "done")


async def person_id(visitor: Visitor, name: str) -> str:
    [found] = await visitor.one(f'{{ people(text: "{name}") {{ id }} }}')
    return str(found["id"])


async def test_the_shift_is_handed_over_once_the_next_one_signed_for_what_is_there(gate: Api):
    guard, following = await keeper(gate), await keeper(gate, second="_2")
    gate.now = at("2026-05-12 06:58")
    said = {"at": today("06:55"), "toId": await person_id(guard, "谢保国")}
    before = await gate.counts()
    bare = await enter(guard, "GateHandover", **said)
    assert problems(bare) == {("things", "REQUIRED"), ("premises", "REQUIRED")}
    assert await gate.counts() == before
    said |= {"things": "钥匙十二把,雨伞三把", "premises": "传达室、台阶、前院已清扫"}
    line = await enter(guard, "GateHandover", **said)

    async def states() -> set[str]:
        found = await nodes(guard, **{"from": "2026-05-12", "to": "2026-05-12"})
        return {each["state"] for each in found if each["activity"] == "门卫交接班"}

    assert await states() == {"DUE"}
    assert (await sign(guard, line["lineId"]))["__typename"] == "Refusal"
    assert (await sign(following, line["lineId"]))["__typename"] == "LineEntered"
    assert await states() == {"DONE"}


async def test_mail_is_signed_for_by_whom_it_was_given_to(gate: Api):
    guard, officer = await keeper(gate), await gate.person(f"office_clerk@{HERE}")
    to = await person_id(guard, "姜萍")
    given = {"cameAt": today("09:00"), "urgent": True, "mailNumber": "0417", "toId": to}
    assert (await enter(officer, "GateMail", **given))["code"] == "NOT_A_KEEPER"
    line = await enter(guard, "GateMail", **given)
    waiting = "{ gateMail { edges { node { mailNumber stands } } } }"
    assert await seen(guard, waiting) == [{"mailNumber": "0417", "stands": False}]
    assert (await sign(officer, line["lineId"]))["__typename"] == "LineEntered"
    assert await seen(guard, waiting) == [{"mailNumber": "0417", "stands": True}]


async def test_urgent_mail_on_a_day_off_is_for_whoever_is_on_duty_then(gate: Api):
    await cleared(gate)
    gate.now = at("2026-03-02 09:00")
    clerk, _ = await settled(gate, HERE)
    turns = (await shown(clerk))["turns"]
    turn = next(t for t in turns if t["day"] == "2026-04-05" and t["post"] == "duty_officer")
    gate.now = at(turn["begins"][:16].replace("T", " ")) + timedelta(hours=1)
    guard, when = await keeper(gate), (gate.now - timedelta(minutes=5)).isoformat()
    given = {"cameAt": when, "urgent": True, "mailNumber": "0418"}
    other = await free_for(gate, HERE, turns, turn["day"])
    refused = await enter(guard, "GateMail", **given, toId=other)
    assert problems(refused) == {("toId", "SIGNER_NOT_ON_DUTY")}
    assert cites(refused) == {"gate/5"}
    plain = await enter(guard, "GateMail", **{**given, "urgent": False}, toId=other)
    assert plain["__typename"] == "LineEntered"
    line = await enter(guard, "GateMail", **given, toId=turn["personId"])
    assert line["__typename"] == "LineEntered", line


async def test_a_vehicle_leaves_with_goods_on_the_certificate_of_the_office_alone(gate: Api):
    guard = await keeper(gate)
    lorry = await come(guard, callerKind="DELIVERY", plate="鲁A12345", standsAt="YARD")
    gone = {"leftAt": today("09:50"), "withGoods": True}
    before = await gate.counts()
    refused = await take(guard, "leave", "GateVisit", lorry, **gone)
    assert ("certified", "GUARD_NOT_MET") in problems(refused)
    assert cites(refused) == {"gate/3"}
    assert await gate.counts() == before
    left = await take(guard, "leave", "GateVisit", lorry, **gone, certified=True)
    assert left["state"] == "left"


async def test_a_shift_that_is_handed_over_after_the_hour_is_late(gate: Api):
    guard, second = await keeper(gate), await keeper(gate, second="_2")
    at_hour = {}
    for day, hour in (("12", "07:00"), ("13", "07:15")):
        gate.now = at(f"2026-05-{day} {hour}")
        given = {"at": f"2026-05-{day}T{hour}:00+08:00", "things": "齐全", "premises": "整洁"}
        to = await person_id(guard, await name_of(second))
        line = await enter(guard, "GateHandover", **given, toId=to)
        assert (await sign(second, line["lineId"]))["__typename"] == "LineEntered"
        gate.now = at(f"2026-05-{day} 20:00")
        on = f"2026-05-{day}"
        owed = await nodes(guard, **{"from": on, "to": on})
        at_hour[day] = [e["state"] for e in owed if e["activity"] == "门卫交接班"]
    assert at_hour == {"12": ["DONE"], "13": ["DONE_LATE"]}
