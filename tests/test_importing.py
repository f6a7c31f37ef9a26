"""An office moves in by sheets: told beforehand, done as a whole, and done once."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import Workbook

from resolvers.running import postgres
from tests.databases import SPARE, copied, replaced
from tests.moving import ACT, Founded, do, founded
from tests.office import REFUSAL, Api, Visitor, opened, problems

IMPORTING = "importing"
PLAN = f"""__typename ... on ImportPlan {{ unchanged problemCount waits
  changes {{ sheet line does said }} problems {{ path code message }} }}
  ... on Refusal {{ {REFUSAL} }}"""
IMPORTED = f"""__typename ... on OfficeImported {{ changed waits {{ {ACT} }} }}
  ... on Refusal {{ {REFUSAL} }}"""
FILE = "__typename ... on ExportedFile { link name lines }"

UNITS = [["单位", "上级单位"], ["财务组", "办公室"], ["办公室", None], ["水政科", None]]
PEOPLE = [
    ["姓名", "账号", "同名另一人", "用工性质", "性别"],
    ["张伟", "zhang.wei", None, "机关工作人员", "男"],
    ["张伟", "zhang.wei2", "是", None, "女"],
    ["歐陽雪", None, None, None, "女"],
]
SEATS = [["单位", "职务"], ["办公室", "科长"], ["财务组", "工作人员"], ["水政科", "工作人员"]]
HELD = [
    ["姓名", "账号", "单位", "职务", "起始日期"],
    ["张伟", "zhang.wei2", "办公室", "科长", "2019年3月2日"],
    ["歐陽雪", None, "办公室/财务组", "工作人员", "２０２０-1-5"],
]
WHOLE = {"单位": UNITS, "人员": PEOPLE, "席位": SEATS, "任职": HELD}


def workbook(sheets: dict[str, Any], *, merged: str = "") -> str:
    book = Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
        if merged:
            sheet.merge_cells(merged)
    made = BytesIO()
    book.save(made)
    return b64encode(made.getvalue()).decode()


def text(lines: list[list[str]], encoding: str = "utf-8") -> str:
    return b64encode("\r\n".join(map(",".join, lines)).encode(encoding)).decode()


async def foretold(who: Visitor, file: str, **more: Any) -> Any:
    return await who.one(
        "query ($file: String!, $whole: Boolean! = false)"
        f" {{ officeImport(file: $file, whole: $whole) {{ {PLAN} }} }}",
        {"file": file, **more},
    )


async def at(who: Visitor, file: str, **more: Any) -> set[tuple[str, str]]:
    plan = await foretold(who, file, **more)
    return {(".".join(each["path"]), each["code"]) for each in plan["problems"]}


@pytest.fixture(scope="module")
async def moving(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    await copied(demo_offices, IMPORTING, SPARE)
    async with opened(replaced(demo_offices, IMPORTING)) as api:
        yield api


@pytest.fixture
async def office(moving: Api) -> AsyncIterator[Founded]:
    yield await founded(moving, code=f"sheets-{uuid4().hex[:8]}", second="director")
    assert moving.logged == [], "nothing unexpected happened"


@pytest.fixture(scope="module")
async def still(moving: Api) -> Founded:
    """An office that nothing is done to."""
    return await founded(moving, code="sheets", second="director")


async def test_a_workbook_is_foretold_then_done_as_a_whole_and_changes_nothing_twice(
    office: Founded,
) -> None:
    before, file = await office.api.counts(), workbook(WHOLE)
    plan = await foretold(office.first, file)
    assert (plan["problems"], plan["unchanged"]) == ([], 0)
    assert len(plan["changes"]) == 11
    assert plan["waits"]
    assert plan["changes"][0] == {
        "sheet": "UNITS",
        "line": 3,
        "does": "ADDS",
        "said": "在“清河区水务局”下设“办公室”",
    }
    assert await office.api.counts() == before
    done = await office.done("importOffice", IMPORTED, file=file, document="水人〔2026〕1号")
    assert done["changed"] == 11
    [chief] = [
        s
        for s in await office.first.one(
            "{ seats { role unit { name } holdings { person { account } begins } } }"
        )
        if s["role"] == "section_chief"
    ]
    assert chief["holdings"][0]["begins"] == "2019-03-02"
    assert chief["holdings"][0]["person"]["account"].startswith("zhang.wei2@")
    again = await foretold(office.first, file)
    assert (again["changes"], again["problems"], again["unchanged"]) == ([], [], 11)
    count = await office.api.counts()
    assert (await do(office.first, "importOffice", IMPORTED, file=file))["changed"] == 0
    after = await office.api.counts()
    assert {k for k in after if after[k] != count[k]} <= {"answers"}


async def test_the_template_is_the_office_as_it_is(office: Founded) -> None:
    await office.done("importOffice", IMPORTED, file=workbook(WHOLE))
    made = await do(office.first, "exportOffice", FILE)
    content = (await office.first.api.client.get(made["link"])).content
    plan = await foretold(office.first, b64encode(content).decode(), whole=True)
    assert (plan["changes"], plan["problems"]) == ([], [])
    assert plan["unchanged"] == made["lines"]
    as_csv = await do(office.first, "exportOffice", FILE, sheet="PEOPLE", format="CSV")
    content = (await office.first.api.client.get(as_csv["link"])).content
    plan = await foretold(office.first, b64encode(content).decode())
    assert (plan["changes"], plan["problems"]) == ([], [])


async def test_what_changes_and_what_no_line_names_is_told(office: Founded) -> None:
    await office.done("importOffice", IMPORTED, file=workbook(WHOLE))
    people = [PEOPLE[0], ["张巍", "zhang.wei", None, "事业编", "男"]]
    founders = [
        [n, a, "清河区水务局", "创建人"] for n, a in (("王芳", "wang.fang"), ("李强", "li.qiang"))
    ]
    plan = await foretold(office.first, workbook({"任职": [*HELD[:2], *founders]}), whole=True)
    assert plan["problems"] == []
    assert plan["changes"] == [
        {
            "sheet": "APPOINTMENTS",
            "line": None,
            "does": "REMOVES",
            "said": "歐陽雪 任“工作人员”（财务组）到 2026-03-02",
        }
    ]
    renamed = await foretold(office.first, workbook({"人员": [people[0][:2], people[1][:2]]}))
    assert [e["said"] for e in renamed["changes"]] == ["张伟 改名 张巍"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
async def test_a_text_of_sheets_is_read_in_its_encoding(still: Founded, encoding: str) -> None:
    plan = await foretold(still.first, text([["单位"], ["规划计划科"]], encoding))
    assert [e["said"] for e in plan["changes"]] == ["在“清河区水务局”下设“规划计划科”"]


async def test_three_wrong_of_ten_thousand_are_named_and_nothing_is_done(still: Founded) -> None:
    lines = [["姓名", "账号"], *([f"人员{n}", f"p{n}"] for n in range(10_000))]
    lines[10][1], lines[5000][0], lines[9000] = "a b/c", "", ["人员7", "p7b"]
    before = await still.api.counts()
    found = await do(still.first, "importOffice", IMPORTED, file=text(lines))
    assert problems(found) == {
        ("file.人员.B11", "NOT_AN_ACCOUNT"),
        ("file.人员.A5001", "REQUIRED"),
        ("file.人员.A9001", "NAME_TAKEN"),
    }
    assert await still.api.counts() == before


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (workbook({"人员": [["姓名"], ["=A1"]]}), ("人员.A2", "FORMULA")),
        (text([["姓名"], ["=A1"]]), ("人员.A2", "FORMULA")),
        (
            workbook({"人员": [["姓名"], ["甲"], ["乙"]]}, merged="A2:A3"),
            ("人员.A2", "MERGED_CELLS"),
        ),
        (text([["单位", "起始日期"], ["甲科", "45992"]]), ("单位.B2", "DAY_IS_A_NUMBER")),
        (text([["单位", "起始日期"], ["甲科", "2026-02-30"]]), ("单位.B2", "NOT_A_DAY")),
        (text([["姓名"], ["张伟"], ["张伟"]]), ("人员.A3", "NAMED_TWICE_IN_FILE")),
        (text([["姓名", "账号"], ["张伟", "a"], ["张伟", "b"]]), ("人员.A3", "NAME_TAKEN")),
        (text([["姓名", "账号"], ["张伟", "zhang wei"]]), ("人员.B2", "NOT_AN_ACCOUNT")),
        (text([["姓名", "账号"], ["张伟", "z@hrss-bureau"]]), ("人员.B2", "NOT_AN_ACCOUNT")),
        (text([["单位", "上级单位"], ["甲科", "甲科"]]), ("单位.B2", "UNIT_UNDER_ITSELF")),
        (
            text([["单位", "上级单位"], ["甲", "乙"], ["乙", "甲"]]),
            ("单位.B3", "UNIT_UNDER_ITSELF"),
        ),
        (text([["单位", "上级单位"], ["甲科", "无此局"]]), ("单位.B2", "NO_SUCH_UNIT")),
        (text([["单位", "职务"], ["清河区水务局", "皇帝"]]), ("席位.B2", "WORD_UNKNOWN")),
        (text([["姓名", "性别"], ["张伟", "雄"]]), ("人员.B2", "WORD_UNKNOWN")),
        (text([["姓名", "血型"], ["张伟", "A"]]), ("人员.B1", "HEADING_UNKNOWN")),
        (
            text([["姓名", "单位", "职务"], ["王芳", "清河区水务局", "科长"]]),
            ("任职.C2", "SEAT_NOT_IN_SHEETS"),
        ),
        (
            text([["姓名", "单位", "职务"], ["无人", "清河区水务局", "科长"]]),
            ("任职.A2", "NO_SUCH_PERSON"),
        ),
        (text([["甲", "乙"]]), ("CSV.A1", "SHEET_UNKNOWN")),
    ],
)
async def test_what_is_wrong_is_told_at_its_cell(
    still: Founded, file: str, expected: tuple[str, str]
) -> None:
    found = await at(still.first, file)
    assert expected in found
    assert len({place for place, _ in found}) == len(found), "one reason a cell"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("not base64!", "NOT_BASE64"),
        (b64encode(b"PK\x03\x04 nothing").decode(), "FILE_UNREADABLE"),
        (b64encode(b"\xff\xff\xff").decode(), "FILE_UNREADABLE"),
        (b64encode(b"\x00\x01").decode(), "FILE_UNREADABLE"),
        ("", "SHEETS_EMPTY"),
    ],
)
async def test_what_is_no_file_of_sheets_is_refused(still: Founded, file: str, code: str) -> None:
    assert problems(await foretold(still.first, file)) == {("file", code)}


async def test_of_two_imports_at_once_one_counts_the_other_in(office: Founded) -> None:
    files = [
        workbook({"人员": [["姓名", "账号"], ["赵一", "zhao"], [name, "qian"]]}) for name in "钱孙"
    ]
    asked = await asyncio.gather(
        *(do(office.first, "importOffice", IMPORTED, file=f) for f in files)
    )
    done = [await do(office.second, "confirmAct", actId=each["waits"]["id"]) for each in asked]
    assert [each["__typename"] for each in done] == ["Administered", "Refusal"]
    found = await office.first.one('{ people(text: "qian") { account } }')
    assert sum(each["account"].startswith("qian@") for each in found) == 1
