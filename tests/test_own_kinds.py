"""An office makes a plain kind of request by rows alone, and it is like any other."""

import email
import random
from dataclasses import replace
from email.header import decode_header, make_header
from typing import Any

from domain.approval.minimal import STATED
from policies import vocabulary
from resolvers.running.push import push_due
from resolvers.running.settings import Outside
from tests.gateways import mail
from tests.lending import LENT, change, id_of, seat_of
from tests.moving import do
from tests.office import Api, problems, states
from tests.own_kinds import (
    CENTRE,
    CODE,
    TEA,
    centre,
    enacted,
    made,
    plain,
    preview,
    rule,
    submit,
)
from tests.papers import papers
from tests.printing import page
from tests.test_explaining import EXPLAIN, WHY_NOT
from tests.test_exports import export, rows

KNOWN = vocabulary.shipped().facts
__all__ = ["centre", "plain"]

OFFERED = """{ kinds(kindCode: OWN_TEA_BREAK) { kind kindCode label area help regulated
  formFields { name type label required neededBy { cite } options { value } minimum maximum }
  papers { name clause { cite } } example { form papers lacks } } }"""
MINE = f"""{{ requests(box: MINE, kindCode: {CODE}) {{ totalCount edges {{ node {{ id number kind
  kindCode kindLabel summary status form {{ __typename ... on PlainForm {{
    fields {{ name label display value }} }} }} }} }} }} }}"""
GOES = """query ($input: PreviewInput!) { preview(input: $input) { ... on RoutePreview {
  hangs { items { name } } } } }"""
CLOCKS = "{ clocks { action state } }"


async def test_a_kind_of_rows_alone_is_offered_asked_for_decided_printed_and_exported(
    centre: Api,
) -> None:
    clerk = await centre.person(f"staff@{CENTRE}")
    [offered] = await clerk.one(OFFERED)
    assert (offered["kind"], offered["kindCode"], offered["label"]) == ("OWN", CODE, "会议茶歇")
    assert (offered["area"], offered["regulated"]) == ("canteen", True)
    asked = {each["name"]: each for each in offered["formFields"]}
    assert list(asked) == ["explanation", "people", "amount", "atMeeting"]
    assert (asked["people"]["type"], asked["people"]["required"]) == ("INTEGER", True)
    assert asked["amount"]["neededBy"] == [{"cite": "90"}]
    assert [each["name"] for each in offered["papers"]] == ["参会名单"]
    example = offered["example"]
    assert (await preview(clerk, example["form"]))["finding"] == "ROUTED", example
    assert (await clerk.one(GOES, {"input": {"kind": CODE, "form": TEA}}))["hangs"] is None

    request = await submit(clerk, TEA)
    assert (request["kind"], request["kindCode"], request["kindLabel"]) == ("OWN", CODE, "会议茶歇")
    assert states(request) == [("office_director", "APPROVE", "OPEN")]
    for _ in range(3):  # what comes often is told by the database as text, and tells the same
        found = await clerk.one(MINE)
    [edge] = found["edges"]
    node = edge["node"]
    assert (node["summary"], node["kindCode"]) == ("会议茶歇：全区窗口评议会", CODE), node
    values = {each["name"]: each["display"] for each in node["form"]["fields"]}
    assert values == {
        "explanation": "全区窗口评议会",
        "people": "20 人",
        "amount": "500.00 元",
        "atMeeting": "是",
    }, values
    for box, more in (("MINE", 'text: "窗口评议"'), ("MINE", "kind: OWN, kindCode: OWN_TEA_BREAK")):
        found = await clerk.one(f"{{ requests(box: {box}, {more}) {{ totalCount }} }}")
        assert found["totalCount"] == 1, more

    chief = await centre.person(f"office_director@{CENTRE}")
    turn = await chief.turn()
    limits = "{ whatCanIApprove(kindCode: OWN_TEA_BREAK) { kind kindCode limits region } }"
    assert [each["region"] for each in await chief.one(limits)] == ["people <= 30"]
    decided = await chief.decide(turn["id"])
    assert decided["status"] == "APPROVED"
    paper = await page(clerk, request["id"])
    assert "会议茶歇" in paper
    assert "500.00 元" in paper
    told = await clerk.one(EXPLAIN, {"id": request["id"]})
    [step] = told["steps"]
    assert cites_rule(step) == "own-tea_break-1"
    given = {"box": "MINE", "kindCode": CODE}
    sheet = await rows(centre, await export(clerk, "requests", given=given, format="CSV"))
    assert "会议茶歇" in str(sheet)
    assert "500" in str(sheet), sheet


def cites_rule(step: Any) -> str:
    [found] = step["rules"]
    return str(found["rule"])


async def test_its_papers_limits_and_problems_are_told_at_the_field(centre: Api) -> None:
    clerk = await centre.person(f"staff@{CENTRE}")
    many = {**TEA, "people": 40}
    refused = await submit(clerk, many)
    assert "DOCUMENT_MISSING" in str(refused), refused
    routed = await submit(clerk, many, attachments=papers("参会名单"))
    assert states(routed) == [("director", "APPROVE", "OPEN")]
    before = await centre.counts()
    for form, fault in (
        ({**TEA, "amount": "1600"}, ("form.amount", "ABOVE_QUOTA")),
        ({**TEA, "people": "many"}, ("form.people", "WRONG_TYPE")),
        ({**TEA, "people": -1}, ("form.people", "TOO_SMALL")),
        ({**TEA, "sweets": True}, ("form.sweets", "UNKNOWN_FIELD")),
        ({"people": 3}, ("form.explanation", "REQUIRED")),
        ({"explanation": "座谈"}, ("form.people", "NEEDED_BY_RULES")),
    ):
        refused = await submit(clerk, form)
        assert fault in problems(refused), refused
    assert await centre.counts() == before
    why = {"institution": CENTRE, "kind": "OWN", "kindCode": CODE, "facts": {"people": "31"}}
    told = await clerk.one(WHY_NOT, {"input": why})
    assert told["finding"] == "ROUTED", told
    wrong = await clerk.one(WHY_NOT, {"input": {**why, "kindCode": "OWN_SWEETS"}})
    assert problems(wrong) == {("kindCode", "UNKNOWN_KIND")}
    wrong = await clerk.one(WHY_NOT, {"input": {**why, "kind": "LEAVE_SICK"}})
    assert problems(wrong) == {("kindCode", "OTHER_KIND")}
    del why["kindCode"]
    assert problems(await clerk.one(WHY_NOT, {"input": why})) == {("kindCode", "REQUIRED")}


async def test_rows_that_name_it_count_it_limit_it_and_give_it_a_deadline(centre: Api) -> None:
    clerk, chief = [
        await centre.person(f"{name}@{CENTRE}") for name in ("staff", "office_director")
    ]
    for _ in range(2):
        request = await submit(clerk, TEA)
        of = f'{{ node(id: "{request["id"]}") {{ ... on Request {CLOCKS} }} }}'
        assert (await clerk.one(of))["clocks"] == [{"action": "答复", "state": "RUNNING"}]
        await chief.decide((await chief.turn())["id"])
        assert (await clerk.one(of))["clocks"][0]["state"] == "DONE"
    refused = await submit(clerk, TEA)
    assert [each["code"] for each in refused["problems"]] == ["ABOVE_QUOTA"], refused


async def test_who_is_to_decide_is_told_outside_what_waits(centre: Api) -> None:
    served = centre.services
    async with mail() as (address, letters):
        outside = Outside(smtp_url=address, sender="guiju@office.example")
        centre.app.state.services = replace(served, outside=outside)
        chief = await centre.person(f"office_director@{CENTRE}")
        await do(chief, "setMailAddress", "__typename", address="chief@office.example")
        admin = await centre.person(f"policy_admin@{CENTRE}")
        await do(admin, "openChannel", "__typename", way="MAIL")
        await submit(await centre.person(f"staff@{CENTRE}"), TEA)
        await push_due(centre.services)
        centre.app.state.services = served
        subjects = [email.message_from_string(each)["Subject"] for each in letters]
        told = [str(make_header(decode_header(each))) for each in subjects]
        assert [each for each in told if "有事项等您办理 会议茶歇" in each], told


async def test_no_other_office_knows_it(centre: Api) -> None:
    stranger = await centre.person("staff@hrss-bureau")
    assert problems(await submit(stranger, TEA)) == {("kind", "UNKNOWN_KIND")}
    answer = await stranger.ask("{ kinds(kindCode: OWN_TEA_BREAK) { label } }")
    assert answer.codes == ["INVALID_INPUT"]
    every = await stranger.one("{ kinds { kind kindCode } }")
    assert "OWN" not in {each["kind"] for each in every}


async def test_a_seat_is_lent_for_it_alone(centre: Api) -> None:
    clerk, chief, other = [
        await centre.person(f"{name}@{CENTRE}")
        for name in ("staff", "office_director", "office_clerk")
    ]
    given = {
        "seatId": await seat_of(chief, "office_director"),
        "toPersonId": await id_of(other),
        "begins": "2026-03-02",
        "ends": "2026-03-20",
        "document": "政务办〔2026〕1号",
    }
    refused = await change(chief, "lendSeat", LENT, kinds=["OWN"], **given)
    assert problems(refused) == {("kindCode", "REQUIRED")}
    told = LENT.replace("excepted", "kindCodes excepted")
    lent = await change(chief, "lendSeat", told, kinds=[], kindCodes=[CODE], **given)
    assert lent["delegation"]["kinds"] == ["OWN"], lent
    assert lent["delegation"]["kindCodes"] == [CODE]
    await submit(clerk, TEA)
    assert (await other.decide((await other.turn())["id"]))["status"] == "APPROVED"


async def test_kinds_of_any_facts_are_offered_with_an_example_that_is_accepted(plain: Api) -> None:
    chance = random.Random(7)
    stated = sorted(name for name, fact in KNOWN.items() if fact.source in STATED)
    of = {f"own.kind_{n}": chance.sample(stated, n) for n in range(8)}
    changes = []
    for number, (kind, facts) in enumerate(of.items()):
        cite, words = made(kind, f"自设申请{number}", f"Own kind {number}", facts=" ".join(facts))
        changes += [cite, words, rule("office_director", "always", 1, kind)]
    await enacted(plain, changes)
    clerk = await plain.person(f"staff@{CENTRE}")
    every = await clerk.one(
        "{ kinds(regulated: true) { kind kindCode formFields { name } example { form } } }"
    )
    own = {each["kindCode"]: each for each in every if each["kind"] == "OWN"}
    assert len(own) == len(of)
    for kind, facts in of.items():
        told = own[kind.upper().replace(".", "_")]
        named = [each["name"] for each in told["formFields"]]
        assert len(named) == 1 + len(facts), told
        request = await submit(clerk, told["example"]["form"], told["kindCode"])
        assert states(request) == [("office_director", "APPROVE", "OPEN")], request
