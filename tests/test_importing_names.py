"""Sheets of an office that come as uploads, in traditional characters, with units renamed."""

from base64 import b64decode
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from resolvers.running import postgres
from tests.databases import SPARE, copied, replaced
from tests.moving import Founded, do, founded
from tests.office import Api, opened, problems
from tests.sending import send
from tests.test_importing import IMPORTED, PLAN, WHOLE, at, foretold, workbook

RENAMING = "renaming"


@pytest.fixture(scope="module")
async def moving(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    await copied(demo_offices, RENAMING, SPARE)
    async with opened(replaced(demo_offices, RENAMING)) as api:
        yield api


@pytest.fixture
async def office(moving: Api) -> AsyncIterator[Founded]:
    yield await founded(moving, code=f"renamed-{uuid4().hex[:8]}", second="director")
    assert moving.logged == [], "nothing unexpected happened"


async def test_a_file_comes_as_an_upload_too(office: Founded) -> None:
    sent = await send(office.first, "人员.xlsx", b64decode(workbook(WHOLE)))
    plan = await office.first.one(
        f"query ($id: ID!) {{ officeImport(upload: $id) {{ {PLAN} }} }}", {"id": sent["id"]}
    )
    assert (plan["problems"], len(plan["changes"])) == ([], 11)
    done = await office.done("importOffice", IMPORTED, upload=sent["id"])
    assert done["changed"] == 11
    neither = await do(office.first, "importOffice", IMPORTED)
    assert problems(neither) == {("file", "ONE_OF_TWO")}
    theirs = await do(office.second, "importOffice", IMPORTED, upload=sent["id"])
    assert problems(theirs) == {("upload", "UPLOAD_NOT_FOUND")}


async def test_headings_and_titles_are_read_in_traditional_characters_too(office: Founded) -> None:
    sheets = {
        "單位": [["單位", "上級單位"], ["水資源科", None]],
        "人員": [["姓名", "性別"], ["歐陽雪", "女"]],
        "席位": [["單位", "職務"], ["水資源科", "科長"]],
        "任職": [["姓名", "單位", "職務"], ["歐陽雪", "水資源科", "科長"]],
    }
    plan = await foretold(office.first, workbook(sheets))
    assert plan["problems"] == []
    await office.done("importOffice", IMPORTED, file=workbook(sheets))
    asked = "{ seats { role unit { name } holdings { person { name } } } }"
    [chief] = [e for e in await office.first.one(asked) if e["role"] == "section_chief"]
    assert chief["unit"]["name"] == "水資源科", "names stay as they are written"
    assert chief["holdings"][0]["person"]["name"] == "歐陽雪"
    [found] = await office.first.one('{ people(text: "ouyang") { name } }')
    assert found == {"name": "歐陽雪"}


async def test_units_are_renamed_by_what_they_were_called_and_once(office: Founded) -> None:
    await office.done("importOffice", IMPORTED, file=workbook(WHOLE))
    sheets = {
        "单位": [
            *[["单位", "上级单位", "原名称"], ["水资源科", None, "水政科"]],
            *[["资金组", "办公室", "办公室/财务组"], ["河湖科", "水资源科", None]],
        ],
        "席位": [["单位", "职务"], ["水资源科", "工作人员"], ["河湖科", "工作人员"]],
    }
    plan = await foretold(office.first, workbook(sheets))
    assert plan["problems"] == []
    assert [(e["line"], e["does"]) for e in plan["changes"]] == [
        *((2, "CHANGES"), (3, "CHANGES"), (4, "ADDS"), (3, "ADDS")),
    ]
    assert plan["changes"][0]["said"] == "“水政科”改称“水资源科”"
    await office.done("importOffice", IMPORTED, file=workbook(sheets))
    assert {e["name"] for e in await office.first.one("{ units { name } }")} == {
        *("清河区水务局", "办公室", "资金组", "水资源科", "河湖科"),
    }
    again = await foretold(office.first, workbook(sheets))
    assert (again["changes"], again["problems"], again["unchanged"]) == ([], [], 5)
    wrong = {"单位": [["单位", "原名称"], ["审计科", "从来没有"]]}
    assert await at(office.first, workbook(wrong)) == {("单位.B2", "NO_SUCH_UNIT")}


async def test_units_and_seats_are_listed_page_by_page(office: Founded) -> None:
    await office.done("importOffice", IMPORTED, file=workbook(WHOLE))
    for listed, size in (("units", 2), ("seats", 2)):
        every = await office.first.one(f"{{ {listed} {{ id }} }}")
        pages: list[dict[str, str]] = []
        asked = f"query ($after: ID) {{ {listed}(first: {size}, after: $after) {{ id }} }}"
        while page := await office.first.one(asked, {"after": pages[-1]["id"] if pages else None}):
            assert len(page) <= size
            pages += page
        assert pages == every
    wrong = await office.first.ask(asked, {"after": "nowhere"})
    assert "INVALID_ID" in str(wrong)
    unit = (await office.first.one("{ units { id } }"))[0]["id"]
    assert "INVALID_CURSOR" in str(await office.first.ask(asked, {"after": unit}))
