"""Lists taken away as files: by whom a line lets, with who and what in them, and on the ledger."""

import csv
import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
from graphql import (
    get_nullable_type,
    is_input_object_type,
    is_required_input_field,
)
from openpyxl import load_workbook

from resolvers.ground import links, tokens
from resolvers.records import exports
from resolvers.requests.words import camel
from schema.ground.ids import global_id
from schema.root import LISTS
from tests.contract import contract
from tests.fleet import fleet, vehicles
from tests.office import REFUSAL, SECRET, Api, Visitor, leave, problems
from tests.test_case_registers import CALL, CONTACT
from tests.verbs import person, step

__all__ = ["fleet"]
FILE = "__typename ... on ExportedFile { link name lines sha256 expiresAt }"
EXPORT = f"""mutation ($input: ExportListInput!) {{
  exportList(input: $input) {{ {FILE} ... on Refusal {{ {REFUSAL} }} }} }}"""


async def export(visitor: Visitor, of: str, key: str = "", **more: Any) -> Any:
    given = {"list": {of: more.pop("given", {})}, "idempotencyKey": key or str(uuid4()), **more}
    return await visitor.one(EXPORT, {"input": given})


async def fetched(api: Api, file: Any, **headers: str) -> Any:
    assert file["__typename"] == "ExportedFile", file
    return await api.client.get(file["link"], headers=headers)


async def rows(api: Api, file: Any) -> list[list[str]]:
    got = await fetched(api, file)
    assert got.status_code == 200, got.text
    assert sha256(got.content).hexdigest() == file["sha256"]
    return list(csv.reader(StringIO(got.content.decode("utf-8-sig"))))


async def recorded(api: Api, event: str, institution: str = "hrss-bureau") -> list[Any]:
    found = await api.rows(
        "select record from ledger where event = $1 and institution_id = $2 order by seq",
        event,
        institution,
    )
    return [json.loads(each["record"]) for each in found]


ADMINISTRATORS = ("policy_admin", "audit_admin", "system_admin")
FILLED = {
    "box": "UNIT",
    "institution": "hrss-bureau",
    "of": "OVERRIDES",
    "year": 2026,
    "from": "2026-01-01",
    "to": "2026-06-30",
    "month": "2026-03-01",
    "check": "HYGIENE_CHECK",
    "regulation": "attendance-measures",
    "text": "李",
    "body": "party_group",
    "area": "supervisors",
}
"""What a list cannot be asked for without."""
NOT_THEIRS = {
    *("DRAFT_NOT_FOUND", "NOT_ALLOWED", "NOT_YOUR_BODY", "STATEMENT_NOT_YOURS"),
    *("NOT_YOURS_TO_CONFIRM", "NOT_YOURS_TO_SETTLE"),
}


ROSTERS = {"roster", "unwritten_log"}


def asked_for(name: str) -> Any:
    """A list's own input, with what it demands."""
    kind: Any = get_nullable_type(contract().type_map["ExportedListInput"].fields[camel(name)].type)
    if not is_input_object_type(kind):
        return True
    named = {**FILLED, "draftId": global_id("RulebookDraft", uuid4())}
    named |= {"of": "DUTY_TURNS"} if name in ROSTERS else {}
    return {key: named[key] for key, each in kind.fields.items() if is_required_input_field(each)}


async def test_every_list_that_is_served_can_be_exported(api: Api):
    clerk, refused = await api.person("office_clerk@hrss-bureau"), set()
    told = {code: await api.person(f"{code}@hrss-bureau") for code in ADMINISTRATORS}
    for name in LISTS:
        for visitor in (clerk, *told.values()):
            given = {"list": {camel(name): asked_for(name)}, "idempotencyKey": f"{name} {uuid4()}"}
            answer = await visitor.ask(EXPORT, {"input": {**given, "format": "CSV"}})
            if not answer.codes and answer.data["exportList"]["__typename"] == "ExportedFile":
                await api.empty("exports")
                break
            code = (answer.codes or [answer.data["exportList"]["code"]])[0]
            assert code in NOT_THEIRS, (name, answer.body)
        else:
            refused.add(name)
    assert len(refused) < len(LISTS) / 10


async def test_clocks_and_duties_leave_as_their_own_lists_show_them(api: Api):
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    clerk = await api.person("office_clerk@hrss-bureau")
    chief = await api.person("section_chief@hrss-bureau")
    given = {"stepId": step(request, "section_chief"), "personId": await person(chief)}
    await clerk.act("recordConsent", **given)
    _, heads, *lines = await rows(api, await export(chief, "clocks", format="CSV"))
    [clock] = [dict(zip(heads, line, strict=True)) for line in lines]
    assert clock["状态"] == "计时中"
    assert clock["责任岗位"] == "科长 杜洁"
    assert clock["起算时间"] == "2026-03-02 09:00:00"
    days = {"from": "2026-01-01", "to": "2026-06-30"}
    owed = await clerk.one(
        "query ($from: Date!, $to: Date!) { duties(from: $from, to: $to, first: 1) {"
        " ... on DutyConnection { totalCount edges { node { activity due } } } } }",
        days,
    )
    about, heads, *lines = await rows(api, await export(clerk, "duties", given=days, format="CSV"))
    assert about[0] == "定期职责"
    assert len(lines) == owed["totalCount"] > 100
    first = dict(zip(heads, lines[0], strict=True))
    node = owed["edges"][0]["node"]
    assert (first["工作"], first["到期日"]) == (node["activity"], node["due"])
    assert first["周期"].startswith("每")
    far = {"from": "2020-01-01", "to": "2020-01-02"}
    assert problems(await export(clerk, "duties", given=far)) == {
        ("list.duties.from", "DATE_TOO_FAR")
    }
    refused = await clerk.ask(
        EXPORT, {"input": {"list": {"audit": {"of": "WAIVED"}}, "idempotencyKey": "audit"}}
    )
    assert refused.codes == ["NOT_ALLOWED"]
    line = (await recorded(api, "exported"))[-1]
    assert (line["object"], line["lines"]) == ("duties", owed["totalCount"])


async def test_requests_leave_with_what_their_form_asks_and_the_ledger_knows_the_file(api: Api):
    staff = await api.person("staff@hrss-bureau")
    for day in ("2026-03-09", "2026-03-10"):
        await staff.submit("leave.personal", leave(day, explanation="=家中有事"))
    before = len(await recorded(api, "exported"))
    given = {"box": "MINE", "kind": "LEAVE_PERSONAL", "from": "2026-03-01", "text": "家中"}
    file = await export(staff, "requests", given=given, format="CSV")
    about, heads, *lines = await rows(api, file)
    assert about[0] == "我的申请"
    assert about[1].startswith("导出人：")
    assert about[2] == "导出时间：2026-03-02 09:00:00"
    assert "事假" in about[3]
    assert "2026-03-01" in about[3]
    assert about[4] == "行数：2"
    told = [dict(zip(heads, line, strict=True)) for line in lines]
    assert [each["天数(天)"] for each in told] == ["1", "1"]
    assert [each["事由"] for each in told] == ["'=家中有事"] * 2
    assert {each["状态"] for each in told} == {"办理中"}
    assert all(each["待办人"] for each in told)
    line = (await recorded(api, "exported"))[before]
    assert (line["object"], line["lines"], line["digest"]) == ("requests", 2, file["sha256"])
    assert line["filters"]["kind"] == "leave.personal"
    assert "家中" not in json.dumps(line, ensure_ascii=False)


async def test_a_register_leaves_as_a_workbook_of_typed_cells(fleet: Api):
    clerk = await fleet.person("office_clerk@hrss-bureau")
    car = next(iter((await vehicles(clerk)).values()))
    made = await clerk.one(
        "mutation ($input: RecordVehicleRefuellingInput!) { recordVehicleRefuelling(input: $input)"
        f" {{ __typename ... on Refusal {{ {REFUSAL} }} }} }}",
        {
            "input": {
                "vehicleId": car["id"],
                "refuelledAt": "2026-03-02T08:30:00+08:00",
                "litres": "40.50",
                "odometerFrom": "10",
                "odometerTo": "20",
                "signedBy": "王强",
                "exception": "外出途中",
                "idempotencyKey": "fuel",
            }
        },
    )
    assert made["__typename"] == "LineEntered", made
    file = await export(clerk, "vehicleRefuellings", given={"from": "2026-03-01"})
    got = await fetched(fleet, file)
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    book = load_workbook(BytesIO(got.content))
    heads, line = (list(row) for row in book.worksheets[0].iter_rows())
    told = {head.value: cell for head, cell in zip(heads, line, strict=True)}
    assert told["车牌号"].value == car["plate"]
    assert (told["加油数量(升)"].value, told["加油数量(升)"].data_type) == (40.5, "n")
    assert told["有效"].value == "是"
    assert "行数：1" in [row[0].value for row in book.worksheets[1]]


async def called_in(api: Api) -> Visitor:
    await api.empty("contacts")
    clerk = await api.person("office_clerk@service-centre")
    given = {**CALL, "content": "=咨询社保", "idempotencyKey": str(uuid4())}
    made = await clerk.one(CONTACT, {"input": given})
    assert made["__typename"] == "LineEntered", made
    return clerk


async def test_what_is_secret_leaves_only_by_name_and_each_look_is_on_record(api: Api):
    clerk = await called_in(api)
    looks = len(await recorded(api, "secret_read", "service-centre"))
    file = await export(clerk, "contacts", format="CSV")
    _, heads, line = await rows(api, file)
    assert "来电来访人姓名" not in heads
    assert "赵先生" not in line
    assert len(await recorded(api, "secret_read", "service-centre")) == looks
    file = await export(clerk, "contacts", format="CSV", columns=["content", "callerName"])
    assert (await rows(api, file))[1:] == [["内容", "来电来访人姓名"], ["'=咨询社保", "赵先生"]]
    assert len(await recorded(api, "secret_read", "service-centre")) == looks + 1
    last = (await recorded(api, "exported", "service-centre"))[-1]
    assert last["columns"] == ["caller_name"]
    await api.empty("contacts")


async def test_what_may_not_be_exported_is_refused_and_nothing_is_kept(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    staff = await api.person("staff@hrss-bureau")
    for day in ("2026-03-09", "2026-03-10"):
        await staff.submit("leave.personal", leave(day))
    stranger = await api.person("director@city-police-bureau")
    monkeypatch.setattr(exports, "MOST", 1)
    before = await api.counts()
    too_long = await export(staff, "requests", given={"box": "MINE"})
    assert too_long["code"] == "EXPORT_TOO_LONG"
    assert "缩小范围" in too_long["message"]
    unknown = await export(staff, "requests", given={"box": "MINE"}, columns=["salary"])
    assert problems(unknown) == {("columns", "EXPORT_COLUMN_UNKNOWN")}
    backwards = {"from": "2026-03-02", "to": "2026-03-01"}
    refused = await export(staff, "vehicleRefuellings", given=backwards)
    assert problems(refused) == {("list.vehicleRefuellings.to", "END_BEFORE_START")}
    for lists in ({}, {"vehicleRefuellings": {}, "contacts": {}}):
        given = {"input": {"list": lists, "idempotencyKey": "k"}}
        answer = await staff.ask(EXPORT, given)
        [told] = answer.body["errors"][0]["extensions"]["problems"]
        assert (told["path"], told["code"]) == (["input", "list"], "ONE_ALONE")
    denied = await export(stranger, "requests", given={"box": "MINE"})
    assert denied["code"] == "NOT_YOURS_TO_EXPORT"
    assert await api.counts() == before


async def test_a_key_is_answered_once_while_the_file_lies_ready(api: Api):
    staff = await api.person("staff@hrss-bureau")
    first = await export(staff, "requests", "once", given={"box": "MINE"})
    again = await export(staff, "requests", "once", given={"box": "MINE"})
    assert first == again
    assert await api.value("select count(*) from exports") == 1
    api.now += exports.OPEN_FOR
    assert (await export(staff, "requests", "once", given={"box": "MINE"}))["code"] == "LINK_OVER"
    await export(staff, "requests", given={"box": "MINE"})
    assert await api.value("select count(*) from exports") == 1


async def test_a_link_opens_one_file_for_its_time_and_its_session_alone(api: Api):
    staff = await api.person("staff@hrss-bureau")
    file = await export(staff, "requests", given={"box": "MINE"})
    path, _, token = file["link"].rpartition("/")
    opened = await api.client.get(file["link"])
    assert opened.status_code == 200
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert opened.headers["cache-control"] == "no-store"
    for bearer, status in ((staff, 200), (await api.person("director@hrss-bureau"), 404)):
        got = await fetched(api, file, authorization=f"Bearer {bearer.token}")
        assert got.status_code == status
    link = links.read(token, "export", api.now, api.services.secrets)
    other = links.Link("export", "science-bureau", link.key, link.session)
    until = api.now + timedelta(hours=1)
    forged = (
        token[:-2],
        staff.token,
        links.issue(link, until, b"another secret that is long enough"),
        links.issue(other, until, SECRET.encode()),
        links.issue(links.Link("paper", *list(vars(link).values())[1:]), until, SECRET.encode()),
    )
    for each in forged:
        refused = await api.client.get(f"{path}/{each}", headers={"accept-language": "en"})
        assert refused.status_code == 404
        assert refused.json()["errors"][0]["extensions"]["code"] == "LINK_OVER"
    assert (await api.ask("{ viewer { name } }", token=token)).codes == ["NOT_SIGNED_IN"]
    await staff.one('mutation { signOut(input: {idempotencyKey: "out"}) { __typename } }')
    assert (await api.client.get(file["link"])).status_code == 404
    assert tokens.read(staff.token, api.now, api.services.secrets)
