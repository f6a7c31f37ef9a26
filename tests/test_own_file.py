"""One's own file: every row that is held on a person, who looked, and what is corrected of it."""

from typing import Any

import pytest

from policies import personal
from policies.personal import personal_tables
from schema.ground.ids import read_id
from tests import balances
from tests.case_office import COMPLAINT, Desk
from tests.fleet import fleet
from tests.lending import id_of
from tests.office import REFUSAL, Api, Visitor, leave, problems
from tests.records import records
from tests.sending import docx, opened, send
from tests.test_living_acts import HRSS, refuelled

__all__ = ["fleet"]

LINE = """id of title number at record looked { what at by }
  columns { name purpose class clause keeper period leadsHere value }"""
FILE = f"""query ($of: String, $first: Int, $after: String) {{
  myFile(of: $of, first: $first, after: $after) {{ edges {{ node {{ {LINE} }} }}
    pageInfo {{ hasNextPage endCursor }} }} }}"""
ASKED = "id state says askedBy keepers mine reason answeredBy correctingLine"
ASK = f"""mutation ($input: AskCorrectionInput!) {{ askCorrection(input: $input) {{ __typename
  ... on Correction {{ {ASKED} }} ... on Refusal {{ {REFUSAL} }} }} }}"""
ANSWER = f"""mutation ($input: AnswerCorrectionInput!) {{ answerCorrection(input: $input) {{
  __typename ... on Correction {{ {ASKED} }} ... on Refusal {{ {REFUSAL} }} }} }}"""
PAPER = "医务部门出具的检查、诊断、建议休假材料"
NOTICES = "{ notices { edges { node { code sentence } } } }"


async def file_of(who: Visitor, of: str | None = None, first: int = 100) -> list[Any]:
    found: list[Any] = []
    after = None
    while True:
        page = await who.one(FILE, {"of": of, "first": first, "after": after})
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def correct(who: Visitor, line: Any, column: str, key: str = "k") -> Any:
    given = {"lineId": line["id"], "column": column, "says": "应为“冯晓明”"}
    return await who.one(ASK, {"input": {**given, "idempotencyKey": key}})


async def answered(who: Visitor, asked: Any, key: str = "a", **given: Any) -> Any:
    told = {"correctionId": asked["id"], "idempotencyKey": key, **given}
    return await who.one(ANSWER, {"input": told})


REFERRING = """
  select c.conrelid::regclass::text as held, a.attname as name
  from pg_constraint c, lateral unnest(c.conkey) k
  join pg_attribute a on a.attnum = k
  where c.contype = 'f' and c.confrelid = 'people'::regclass and a.attrelid = c.conrelid
    and a.attname <> 'institution_id'"""


async def test_every_row_that_the_database_ties_to_a_person_is_in_their_file(api: Api) -> None:
    staff = await api.person(f"staff@{HRSS}")
    chief = await api.person(f"section_chief@{HRSS}")
    await staff.submit("leave.personal", leave("2026-03-09"))
    await chief.agree()
    for who in (staff, chief):
        mine = read_id(await id_of(who))[1]
        found = await file_of(who, first=7)
        assert len({each["id"] for each in found}) == len(found)
        told = {name: sum(e["of"] == name for e in found) for name in personal_tables()}
        for held, name in await api.rows(REFERRING):
            rows = await api.value(f"select count(*) from {held} where {name} = $1::uuid", mine)
            assert rows <= told[held], (held, name)
    assert [e["of"] for e in found] == sorted(e["of"] for e in found)


async def test_a_file_asks_the_tables_that_hold_something_and_no_other(api: Api) -> None:
    """However many tables could: one statement says which do, and a page reads some of them."""
    staff = await api.person("staff@hrss-bureau")
    await staff.submit("leave.sick", leave("2026-03-16"))
    held = {each["of"] for each in await file_of(staff)}
    api.statements.clear()
    await staff.one(FILE, {"of": None, "first": 100, "after": None})
    assert len(api.statements) <= len(held) + 3 < len(personal_tables()) / 4


async def test_each_column_tells_clause_keeper_and_period_and_only_what_tells_of_nobody_else(
    api: Api,
) -> None:
    staff = await api.person(f"staff@{HRSS}")
    colleague = await api.person(f"staff_2@{HRSS}")
    await staff.submit("leave.personal", leave("2026-03-09"))
    for line in await file_of(staff):
        assert line["of"] == "people" or any(each["leadsHere"] for each in line["columns"])
        for each in line["columns"]:
            told = each["clause"] and each["keeper"] and each["period"]
            assert told or each["class"] == "NONE", (line["of"], each)
        tabled = personal_tables()[line["of"]]
        if not tabled.own:
            values = [e["value"] for e in line["columns"] if e["value"] and not e["leadsHere"]]
            assert values == [], line
    [me] = await file_of(staff, "people")
    [name] = [each["value"] for each in me["columns"] if each["name"] == "name"]
    assert name == (await staff.one("{ viewer { name } }"))["name"]
    [asked] = await file_of(staff, "requests")
    assert read_id(asked["record"])[0] == "Request"
    assert await file_of(colleague, "requests") == []
    refused = await staff.ask(FILE, {"of": "ledger"})
    assert refused.codes == ["INVALID_INPUT"]


async def test_no_secret_of_signing_in_is_shown_to_anybody(api: Api) -> None:
    staff = await api.person(f"staff@{HRSS}")
    lines = await file_of(staff, "accounts")
    shown = [{each["name"]: each["value"] for each in line["columns"]} for line in lines]
    assert f"staff@{HRSS}" in {each["account"] for each in shown}
    assert {each["passwordHash"] for each in shown} == {None}


async def test_who_is_complained_of_does_not_learn_of_it_by_their_file(api: Api) -> None:
    desk = Desk(api, "service-centre")
    desk.of_kind = "complaint"
    staff = await desk.of("staff")
    before = await file_of(staff)
    given = {**COMPLAINT, "complainedPersonId": await id_of(staff)}
    await desk.register("complaint_clerk", "complaint.case", **given)
    assert await file_of(staff) == before
    clerk = await file_of(await desk.of("complaint_clerk"))
    assert "张三丰" not in str(clerk)
    assert "13800000000" not in str(clerk)


async def test_who_looked_is_open_to_the_person_looked_at_and_to_no_other(api: Api) -> None:
    asking = await api.person(f"staff@{HRSS}")
    chief = await api.person(f"section_chief@{HRSS}")
    upload = await send(asking, "病历.docx", docx())
    form = {
        **leave("2026-03-16", "2026-03-18"),
        "attachments": [{"upload": upload["id"], "paper": PAPER}],
    }
    request = await asking.submit("leave.sick", form)
    await opened(asking, upload["id"])
    assert [each["looked"] for each in await file_of(asking, "requests")] == [[]]
    await opened(chief, upload["id"])
    [line] = await file_of(asking, "requests")
    [look] = line["looked"]
    name = (await chief.one("{ viewer { name } }"))["name"]
    assert (look["what"], look["by"]) == ("file_opened", name)
    assert line["number"] == request["number"]
    assert all(each["looked"] == [] for each in await file_of(chief))


async def test_a_correction_reaches_the_keeper_of_the_register_and_is_answered_by_a_line(
    fleet: Api,
) -> None:
    clerk = await fleet.person(f"fuel_clerk@{HRSS}")
    await refuelled(clerk)
    [line] = await file_of(clerk, "vehicle_refuellings")
    mine = await correct(clerk, line, "recordedBy")
    assert mine["state"] == "ASKED"
    assert (await answered(clerk, mine, corrected=True))["code"] == "NOT_YOURS_TO_ANSWER"


async def test_a_line_of_a_register_is_asked_about_corrected_by_another_and_its_person_told(
    api: Api,
) -> None:
    await balances.nothing_left(api)
    staff, clerk = [await api.person(f"{role}@{HRSS}") for role in ("staff", "office_clerk")]
    wrong = {"openedOn": "2026-01-01", "amount": "5", "workedSince": "2015-07-01"}
    line = await balances.enter(clerk, "AnnualLeaveOpening", staff.account, **wrong)
    [held] = await file_of(staff, "annual_leave_openings")
    asked = await correct(staff, held, "workedSince")
    assert (asked["state"], asked["keepers"]) == ("ASKED", ["办公室人员"])
    listed = await clerk.one("{ corrections(state: ASKED) { id says } }")
    assert [(each["id"], each["says"]) for each in listed] == [(asked["id"], asked["says"])]
    before = await api.counts()
    early = await answered(clerk, asked, corrected=True)
    assert problems(early) == {("corrected", "NOT_CORRECTED")}
    assert await api.counts() == before
    given = {**wrong, "workedSince": "2010-07-01", "corrects": line}
    right = await balances.enter(clerk, "AnnualLeaveOpening", staff.account, **given)
    done = await answered(clerk, asked, corrected=True)
    assert (done["state"], read_id(done["correctingLine"])[1]) == ("CORRECTED", read_id(right)[1])
    told = await staff.one(NOTICES)
    assert told["edges"][0]["node"]["code"] == "CORRECTION_CORRECTED"
    await balances.nothing_left(api)


async def test_a_name_is_corrected_by_its_keeper_and_the_person_is_told(api: Api) -> None:
    staff = await api.person(f"staff@{HRSS}")
    keeper = await api.person(f"system_admin@{HRSS}")
    other = await api.person(f"section_chief@{HRSS}")
    [line] = await file_of(staff, "people")
    asked = await correct(staff, line, "name")
    assert asked["keepers"] == ["系统管理员"]
    told = await keeper.one(NOTICES)
    assert "CORRECTION_ASKED" in {edge["node"]["code"] for edge in told["edges"]}
    before = await api.counts()
    early = await answered(keeper, asked, corrected=True)
    assert problems(early) == {("corrected", "NOT_CORRECTED")}
    assert (await answered(other, asked, corrected=False, reason="无"))[
        "code"
    ] == "NOT_YOURS_TO_ANSWER"
    assert problems(await answered(keeper, asked, corrected=False)) == {("reason", "REQUIRED")}
    assert await api.counts() == before
    name = await api.value("select name from people where id = $1", _key(line))
    try:
        await api.run("update people set name = '冯晓明' where id = $1", _key(line))
        done = await answered(keeper, asked, corrected=True)
        assert (done["state"], done["mine"]) == ("CORRECTED", False)
    finally:
        await api.run("update people set name = $1 where id = $2", name, _key(line))
    assert (await answered(keeper, asked, corrected=True))["id"] == done["id"]
    assert (await answered(keeper, asked, key="b", corrected=True))["__typename"] == "Refusal"
    told = await staff.one(NOTICES)
    assert told["edges"][0]["node"]["code"] == "CORRECTION_CORRECTED"
    *_, ask, answer = await records(api, "l.event like 'correction%'")
    assert (ask["register"], ask["columns"]) == ("people", ["name"])
    assert (answer["state"], answer["correction"]) == ("corrected", ask["correction"])


async def test_a_keeper_refuses_with_a_reason_and_nothing_is_changed(api: Api) -> None:
    staff = await api.person(f"staff@{HRSS}")
    keeper = await api.person(f"system_admin@{HRSS}")
    [line] = await file_of(staff, "people")
    asked = await correct(staff, line, "name")
    done = await answered(keeper, asked, corrected=False, reason="与身份证一致")
    assert (done["state"], done["reason"]) == ("REFUSED", "与身份证一致")
    told = await staff.one(NOTICES)
    assert "与身份证一致" in told["edges"][0]["node"]["sentence"]


def _key(line: Any) -> str:
    return read_id(line["id"])[1].split('"')[1]


@pytest.mark.parametrize("what", ["another's", "column", "id"])
async def test_nobody_asks_for_the_correction_of_what_is_not_held_on_them(
    api: Api, what: str
) -> None:
    staff = await api.person(f"staff@{HRSS}")
    chief = await api.person(f"section_chief@{HRSS}")
    [line] = await file_of(chief if what == "another's" else staff, "people")
    given = {"lineId": "x" if what == "id" else line["id"], "says": "错", "idempotencyKey": "k"}
    column = "born" if what == "column" else "name"
    before = await api.counts()
    refused = await staff.one(ASK, {"input": {**given, "column": column}})
    assert {code for _, code in problems(refused)} <= {"NOT_HELD", "INVALID_ID"}
    assert await api.counts() == before


def test_no_column_that_leads_to_a_person_is_said_to_be_plain() -> None:
    for of in personal_tables().values():
        for name in of.people:
            if name != "id":
                kinds = {each.held.kind for each in of.columns if each.name == name}
                assert kinds - {"none"}, (of.name, name)
    assert personal.CLASSES.keys() >= {"none", "ordinary"}
