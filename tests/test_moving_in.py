"""The first hour of an office: two founders, then administrators who exclude one another."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import Any

import pytest

from resolvers.running import postgres
from tests.databases import SPARE, copied, replaced
from tests.moving import CREATED, FOUNDERS, Founded, do, founded, signed_in, spend
from tests.office import Api, Visitor, leave, opened, problems

MOVING = "moving"


@pytest.fixture(scope="module")
async def moving(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    """A database of its own: an institution is never removed."""
    await copied(demo_offices, MOVING, SPARE)
    async with opened(replaced(demo_offices, MOVING)) as api:
        yield api


@pytest.fixture(scope="module")
def codes() -> Iterator[str]:
    return (f"office-{number}" for number in count())


@pytest.fixture
async def office(moving: Api, codes: Iterator[str]) -> AsyncIterator[Founded]:
    yield await founded(moving, code=next(codes), second="director")
    assert moving.logged == [], "nothing unexpected happened"


async def test_a_founder_s_act_waits_for_the_other_and_is_nobody_else_s(office: Founded) -> None:
    root = await office.root()
    before = await office.api.counts()
    asked = await do(office.first, "addUnit", name="办公室", parentId=root)
    waits = asked["waits"]
    assert (waits["state"], waits["askedBy"], waits["mine"]) == ("PENDING", "王芳", True)
    assert waits["said"] == "在“清河区水务局”下设“办公室”"
    assert len(await office.first.one("{ units { id } }")) == 1
    changed = {k for k, v in (await office.api.counts()).items() if v != before[k]}
    assert changed <= {"administrative_acts", "answers", "ledger", "ledger_values", "notices"}
    own = await do(office.first, "confirmAct", actId=waits["id"])
    assert problems(own) == {("actId", "OWN_ACT")}
    stranger = await office.api.person("system_admin@hrss-bureau")
    assert problems(await do(stranger, "confirmAct", actId=waits["id"])) == {
        ("actId", "ACT_NOT_FOUND")
    }
    [listed] = await office.second.one("{ administrativeActs(state: PENDING) { id mine } }")
    assert listed == {"id": waits["id"], "mine": False}
    assert (await do(office.second, "confirmAct", actId=waits["id"]))["waits"] is None
    assert {e["name"] for e in await office.first.one("{ units { name } }")} == {
        "清河区水务局",
        "办公室",
    }
    again = await do(office.second, "declineAct", actId=waits["id"])
    assert problems(again) == {("actId", "ACT_DECIDED")}


async def test_what_was_asked_for_is_declined_with_a_reason_and_never_done(
    office: Founded,
) -> None:
    asked = await do(office.first, "addUnit", name="办公室", parentId=await office.root())
    await do(office.second, "declineAct", actId=asked["waits"]["id"], reason="名称未定")
    [act] = await office.first.one("{ administrativeActs { state why decidedBy } }")
    assert act == {"state": "DECLINED", "why": "名称未定", "decidedBy": "李强"}
    assert len(await office.first.one("{ units { id } }")) == 1


async def test_a_link_is_spent_once_in_time_and_by_a_good_password(
    moving: Api, codes: Iterator[str]
) -> None:
    platform = await moving.person("platform_admin")
    given = {"code": next(codes), "name": "某局", "founders": FOUNDERS}
    made = await do(platform, "createInstitution", CREATED, **given)
    first, second = (founder["link"] for founder in made["founders"])
    daily = "select count(*) from pgqueuer where dedupe_key like 'daily:' || $1 || ':%'"
    assert await moving.value(daily, made["institution"]) == 1, "what recurs is looked after"
    assert (
        await moving.value(
            "select count(*) from sign_in_links where position($1 in encode(digest, 'escape')) > 0",
            first,
        )
        == 0
    )
    refused = await spend(moving, first, "12345678")
    assert problems(refused) == {("password", "PASSWORD_IS_COMMON")}
    both = await asyncio.gather(*(spend(moving, first) for _ in range(2)))
    assert sorted(each["__typename"] for each in both) == ["LinkSpent", "Refusal"]
    assert problems(await spend(moving, first)) == {("link", "LINK_SPENT")}
    assert problems(await spend(moving, first[:-1] + "x")) == {("link", "LINK_UNKNOWN")}
    assert problems(await spend(moving, "no link at all")) == {("link", "LINK_UNKNOWN")}
    await moving.run("update sign_in_links set expires_at = at where spent_at is null")
    assert problems(await spend(moving, second)) == {("link", "LINK_EXPIRED")}
    assert await signed_in(moving, made["founders"][0]["account"])
    with pytest.raises(KeyError):
        await signed_in(moving, made["founders"][1]["account"])
    assert "LINK" not in str(
        await moving.rows("select record from ledger where record like '%' || $1 || '%'", first)
    )


async def test_opening_the_page_of_a_link_spends_nothing_and_its_button_does_once(
    moving: Api, codes: Iterator[str]
) -> None:
    platform = await moving.person("platform_admin")
    given = {"code": next(codes), "name": "某局", "founders": FOUNDERS}
    [first, _] = (await do(platform, "createInstitution", CREATED, **given))["founders"]
    link, good = first["link"], "清河 water 2026"
    page = [await moving.client.get(f"/welcome/{link}") for _ in range(3)][-1]
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in page.text
    assert 'lang="zh-CN"' in page.text
    english = await moving.client.get("/welcome/<b>", headers={"accept-language": "en"})
    assert "Set the password" in english.text
    assert "<b>" not in english.text

    async def pressed(password: str, again: str) -> Any:
        form = {"link": link, "password": password, "again": again}
        return await moving.client.post("/welcome", data=form)

    assert (await pressed(good, "another")).status_code == 400
    assert (await pressed("12345678", "12345678")).status_code == 400
    both = await asyncio.gather(*(pressed(good, good) for _ in range(2)))
    assert sorted(each.status_code for each in both) == [200, 400]
    assert any(first["account"] in each.text for each in both)
    spent = await pressed(good, good)
    assert (spent.status_code, "用过" in spent.text or "已使用" in spent.text) == (400, True)


@pytest.mark.parametrize(
    ("given", "at", "code"),
    [
        ({"code": "Bureau"}, "code", "NOT_A_CODE"),
        ({"code": "*"}, "code", "NOT_A_CODE"),
        ({"code": "hrss-bureau"}, "code", "INSTITUTION_EXISTS"),
        ({"name": " "}, "name", "REQUIRED"),
        ({"founders": FOUNDERS[:1]}, "founders", "TWO_FOUNDERS"),
        ({"founders": [FOUNDERS[0]] * 2}, "founders.name", "NAME_TAKEN"),
        ({"second": "emperor"}, "second", "UNKNOWN_ROLE"),
    ],
)
async def test_an_institution_that_cannot_be_is_refused_and_leaves_nothing(
    moving: Api, given: dict[str, Any], at: str, code: str
) -> None:
    platform = await moving.person("platform_admin")
    before = await moving.counts()
    whole = {"code": "fresh-bureau", "name": "某局", "founders": FOUNDERS, **given}
    assert (at, code) in problems(await do(platform, "createInstitution", CREATED, **whole))
    assert await moving.counts() == before


async def administrators(office: Founded) -> dict[str, Visitor]:
    """The three administrators and the director, appointed and signed in."""
    unit = (await office.first.one("{ units { name } }"))[0]["name"]
    root = await office.root()
    found = {}
    for role, name in (
        ("director", "赵建国"),
        ("system_admin", "孙丽"),
        ("policy_admin", "周敏"),
        ("audit_admin", "吴刚"),
    ):
        await office.seat(root, role)
        person = await office.hired(name)
        link = (await office.done("inviteAccount", account=person["account"]))["link"]
        await office.appointed((await office.seats())[unit, role], person["id"])
        await spend(office.api, link)
        found[role] = await signed_in(office.api, person["account"])
    return found


async def test_founders_lose_their_powers_when_the_three_are_there_and_nobody_is_two_of_them(
    office: Founded,
) -> None:
    who = await administrators(office)
    given = '{name: "x", parentId: "x", idempotencyKey: "1"}'
    lost = await office.first.ask(f"mutation {{ addUnit(input: {given}) {{ __typename }} }}")
    assert lost.codes == ["NOT_ALLOWED"]
    assert await office.first.one("{ viewer { seats { role } } }") == {"seats": []}
    system, seats = who["system_admin"], await office_seats(who["system_admin"])
    auditor = (await who["audit_admin"].one("{ viewer { id } }"))["id"]
    for role in ("system_admin", "policy_admin"):
        given = {"seatId": seats[role], "personId": auditor, "document": "令"}
        answer = await do(
            system, "fillSeat", POST, **given, begins=office.api.now.date().isoformat()
        )
        code = "ADMINISTRATORS_APART"
        assert problems(answer) == {("personId", code)}
    later = {"seatId": seats["policy_admin"], "personId": auditor, "document": "令"}
    assert problems(await do(system, "fillSeat", POST, **later, begins="2026-04-01")) == {
        ("personId", "ADMINISTRATORS_APART")
    }


POST = """__typename ... on PostChanged { waits { id said } }
  ... on Refusal { code problems { path code } }"""


async def office_seats(who: Visitor) -> dict[str, str]:
    return {each["role"]: each["id"] for each in await who.one("{ seats { id role } }")}


async def test_the_leader_whom_a_row_names_is_the_second_person(office: Founded) -> None:
    who = await administrators(office)
    system, seats = who["system_admin"], await office_seats(who["system_admin"])
    for part in ("赵建国", "建国", "国", "zhaojian", "jianguo", "Jian Guo", "zjg", "jg"):
        found = await system.one(
            "query ($text: String!) { people(text: $text) { name } }", {"text": part}
        )
        assert found == [{"name": "赵建国"}], part
    root = (await system.one("{ units { id } }"))[0]["id"]
    done = await do(system, "addUnit", name="计财科", parentId=root)
    assert done["waits"] is None, "a new unit changes nobody's decider"
    unit = done["unitId"]
    moved = await do(system, "addSeat", unitId=unit, role="section_chief")
    assert moved["waits"], "a seat that decides does"
    for other in ("policy_admin", "audit_admin"):
        refused = await do(who[other], "confirmAct", actId=moved["waits"]["id"])
        assert refused["code"] == "NOT_YOURS_TO_CONFIRM"
    assert (await do(who["director"], "confirmAct", actId=moved["waits"]["id"]))["waits"] is None
    assert {"section_chief"} <= (await office_seats(system)).keys()
    assert seats


REASON = "超过三天的先征得本人同意，再按年休假处理"
LAW_OF_STEPS = """query ($id: ID!) { node(id: $id) { ... on Request { steps {
  clause { law { law article sure interpretation differs } } } } } }"""
ADOPTION = """query ($input: RulebookAdoptionInput!) { rulebookAdoption(input: $input) {
  __typename ... on RulebookAdoption { added { table lines } missingRoles { role title }
    leftOut { file line text reason } overtaken { clause live law { law sure differs } } }
  ... on Refusal { code problems { path code message } } } }"""


async def test_an_office_adopts_leave_and_its_staff_go_on_leave(office: Founded) -> None:
    who = await administrators(office)
    system, policy, director = (who[e] for e in ("system_admin", "policy_admin", "director"))
    root = (await system.one("{ units { id } }"))[0]["id"]
    section = (await do(system, "addUnit", name="计财科", parentId=root))["unitId"]
    given = {"from": "county-organs", "areas": ["leave"]}
    kept = ("section_chief", "office_clerk", "finance_head")
    told = await policy.one(ADOPTION, {"input": given})
    assert {e["role"] for e in told["missingRoles"]} == {"deputy_in_charge", *kept}
    overtaken = {each["clause"] for each in told["overtaken"] if each["live"]}
    assert overtaken == {f"leave/(第八条){n}" for n in "㈠㈡㈢㈣"}
    before = await office.api.counts()
    refused = await do(policy, "adoptRulebook", **given)
    assert {code for _, code in problems(refused)} == {"ROLE_MISSING", "LAW_UNANSWERED"}
    assert "职工带薪年休假条例(2007年)第五条" in str(refused["problems"])
    roles = [{"role": "deputy_in_charge", "to": "director"}, *({"role": e, "to": ""} for e in kept)]
    given["overtaken"] = [
        {"clause": each, "reason": REASON if each.endswith("㈡") else ""} for each in overtaken
    ]
    unknown = [{"clause": "leave/(第八条)", "reason": REASON}]
    refused = await do(policy, "adoptRulebook", **{**given, "overtaken": unknown}, roles=roles)
    assert problems(refused) == {("overtaken", "NOT_OVERTAKEN")}
    assert await office.api.counts() == before
    asked = await do(policy, "adoptRulebook", **given, roles=roles)
    assert (await do(director, "confirmAct", actId=asked["waits"]["id"]))["waits"] is None
    today = office.api.now.date().isoformat()
    for role, name in (("section_chief", "郑科长"), ("staff", "冯小明")):
        seat = await do(system, "addSeat", unitId=section, role=role)
        if seat["waits"]:
            await do(director, "confirmAct", actId=seat["waits"]["id"])
        person = (await do(system, "addPerson", name=name))["person"]
        seats = await system.one(f'{{ seats(unit: "{section}") {{ id role }} }}')
        [id_] = [e["id"] for e in seats if e["role"] == role]
        filled = await do(
            system, "fillSeat", POST, seatId=id_, personId=person["id"], begins=today, document="令"
        )
        if filled["waits"]:
            await do(director, "confirmAct", actId=filled["waits"]["id"])
        invited = await do(system, "inviteAccount", account=person["account"])
        link = invited["link"]
        if invited["waits"]:
            link = (await do(director, "confirmAct", actId=invited["waits"]["id"]))["link"]
        await spend(office.api, link)
        who[role] = await signed_in(office.api, person["account"])
    request = await who["staff"].submit(
        "leave.personal", leave("2026-03-16", leaveReason="URGENT_MATTER")
    )
    assert request["__typename"] == "Request", request
    assert [(e["role"], e["act"]) for e in request["steps"]] == [("section_chief", "APPROVE")]
    [step] = (await who["staff"].one(LAW_OF_STEPS, {"id": request["id"]}))["steps"]
    [law] = step["clause"]["law"]
    assert (law["law"], law["article"], law["sure"]) == (
        *("职工带薪年休假条例(2007年)", "第五条", "LIKELY"),
    )
    assert law["interpretation"] == REASON
    assert (await who["section_chief"].agree())["status"] == "APPROVED"
