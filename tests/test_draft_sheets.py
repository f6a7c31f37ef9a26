"""A draft is filled in as sheets: foreseen line by line, refused at the cell, as a whole or not."""

import csv
from base64 import b64encode
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from tests.drafting import CENTRE, DRAFT, INTERPRETED, administrators, centre, drafted
from tests.moving import do
from tests.office import REFUSAL, Api, Visitor, problems

__all__ = ["centre"]

FILE = f"__typename ... on ExportedFile {{ link name lines }} ... on Refusal {{ {REFUSAL} }}"
PLAN = f"""query ($id: ID!, $file: String!, $of: String!) {{
  draftImport(draftId: $id, file: $file, of: $of) {{ __typename ... on DraftImportPlan {{
    changes {{ file does line before after }} changeCount problemCount
    problems {{ path code message }} }} ... on Refusal {{ {REFUSAL} }} }} }}"""


def sent(lines: list[list[str]]) -> str:
    body = StringIO()
    csv.writer(body).writerows(lines)
    return b64encode(body.getvalue().encode()).decode()


async def taken(who: Visitor, **given: Any) -> bytes:
    made = await do(who, "exportRulebook", FILE, **given)
    return (await who.api.client.get(made["link"])).content


async def planned(who: Visitor, draft: Any, lines: list[list[str]], of: str) -> Any:
    return await who.one(PLAN, {"id": draft["id"], "file": sent(lines), "of": of})


async def test_a_workbook_as_it_was_taken_changes_nothing(centre: Api) -> None:
    admin, _ = await administrators(centre)
    draft = await drafted(admin, INTERPRETED)
    content = await taken(admin, draftId=draft["id"])
    book = load_workbook(BytesIO(content))
    assert {"财务", "条款"} <= {*book.sheetnames}, book.sheetnames
    assert [cell.value for cell in book["条款"][1]][:2] == ["条款(clause)", "名称(title)"]
    file = b64encode(content).decode()
    plan = await admin.one(PLAN, {"id": draft["id"], "file": file, "of": ""})
    assert (plan["changeCount"], plan["problems"]) == (0, [])
    same = await do(admin, "importDraft", DRAFT, draftId=draft["id"], file=file)
    assert same["digest"] == draft["digest"]


async def test_every_addition_change_and_removal_is_foreseen_and_done(centre: Api) -> None:
    admin, _ = await administrators(centre)
    draft = await drafted(admin, INTERPRETED[:2])
    content = await taken(admin, draftId=draft["id"], file="finance", format="CSV")
    head, *lines = csv.reader(StringIO(content.decode("utf-8-sig")))
    own = {**INTERPRETED[2]["add"], "institution": CENTRE}
    added = [own[each.partition("(")[2].rstrip(")")] for each in head]
    general = next(at for at, line in enumerate(lines) if "expenditure.general" in line)
    changed = [each.replace("amount", "amount", 1) for each in lines[general]]
    changed[0] = "director" if changed[0] != "director" else "party_secretary"
    asked = [head, *lines[:general], changed, *lines[general + 1 : -1], added]
    plan = await planned(admin, draft, asked, "finance")
    if lines[-1][5:7] == lines[general][5:7]:
        raise AssertionError(lines[-1])
    assert plan["problems"] == [], plan
    told = {each["does"]: each for each in plan["changes"]}
    assert {*told} == {"ADDS", "CHANGES", "REMOVES"}
    assert told["ADDS"]["after"] == own
    assert told["ADDS"]["line"] == len(asked)
    assert told["CHANGES"]["before"]["role"] == lines[general][0]
    assert [*told["REMOVES"]["before"].values()] == lines[-1]
    given = {"draftId": draft["id"], "file": sent(asked), "of": "finance"}
    done = await do(admin, "importDraft", DRAFT, **given)
    assert len([e for e in done["changes"] if e["file"] == "finance"]) == 4


async def test_three_wrong_lines_of_many_are_named_at_their_cells_and_nothing_is_kept(
    centre: Api,
) -> None:
    admin, _ = await administrators(centre)
    draft = await drafted(admin, INTERPRETED)
    content = await taken(admin, draftId=draft["id"], file="finance", format="CSV")
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    before = await centre.counts()
    lines[3][0], lines[4][4], lines[5][7] = "emperor", "amont > 5", "no/such"
    plan = await planned(admin, draft, lines, "财务")
    assert [each["path"] for each in plan["problems"]] == [
        *(["财务", "A4"], ["财务", "E5"], ["财务", "H6"]),
    ]
    assert plan["changes"] == []
    given = {"draftId": draft["id"], "file": sent(lines), "of": "finance"}
    refused = await do(admin, "importDraft", DRAFT, **given)
    assert len(refused["problems"]) == 3
    assert await centre.counts() == before


async def test_sheets_that_are_none_or_endless_are_refused(centre: Api) -> None:
    admin, _ = await administrators(centre)
    draft = await drafted(admin, INTERPRETED)
    line = ["finance_deputy", CENTRE, "x", "approve", "always", "r", "1", "a/1", "allow"]
    head = ["role", "institution", "kind", "act", "when", "rule", "order", "clause", "effect"]
    before = await centre.counts()
    for of, lines, code in (
        ("", [head, line], "SHEET_UNKNOWN"),
        ("finance", [["a", "b"], line], "HEADINGS_MISSING"),
        ("finance", [[*head, "colour"], line], "HEADING_UNKNOWN"),
    ):
        plan = await planned(admin, draft, lines, of)
        assert code in {each["code"] for each in plan["problems"]}, plan
    for many in (12_000, 50_000):
        plan = await planned(admin, draft, [["role", "kind"], *[["x", "y"]] * many], "finance")
        assert plan["__typename"] == "Refusal", plan
        assert {code for _, code in problems(plan)} & {"TOO_MANY_LINES", "SHEETS_TOO_LONG"}
    assert await centre.counts() == before
