"""What an office had before it came in is brought in by sheets, held to the rules of each day."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.messages import EN, ZH, say
from domain.sheets import tables_of
from policies.vocabulary import shipped
from resolvers.ground.sheets import as_workbook, sheets_in
from resolvers.records.sheet_books import BOOKS, columns_of, titles
from resolvers.running import postgres
from tests.databases import SPARE, copied, replaced
from tests.moving import do
from tests.office import REFUSAL, Api, Visitor, opened, problems
from tests.test_importing import text, workbook

BROUGHT = "brought"
SHOWN = f"""__typename ... on RecordsBroughtIn {{ unchanged problemCount
  changes {{ sheet line does said }} problems {{ path code message }} }}
  ... on Refusal {{ {REFUSAL} }}"""
LEAVE = [["当事人", "起始日期", "余额", "参加工作日期"]]


@pytest.fixture(scope="module")
async def brought(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    await copied(demo_offices, BROUGHT, SPARE)
    async with opened(replaced(demo_offices, BROUGHT)) as api:
        yield api
        assert api.logged == [], "nothing unexpected happened"


async def bring(who: Visitor, file: str, **more: Any) -> Any:
    return await do(who, "importRecords", SHOWN, file=file, **more)


def does(done: Any) -> list[tuple[str, int]]:
    assert done["__typename"] != "Refusal", str(done)
    return [(each["does"], each["line"]) for each in done["changes"]]


async def test_days_of_leave_are_foretold_brought_in_and_corrected(brought: Api) -> None:
    clerk = await brought.person("office_clerk@hrss-bureau")
    days = [
        *LEAVE,
        ["staff", "2026-01-01", "５", "2015/7/1"],
        ["section_chief", "2026年1月1日", "10", ""],
    ]
    before = await brought.counts()
    foretold = await bring(clerk, text(days), of="leave.annual_days", dryRun=True)
    assert (does(foretold), foretold["problems"]) == ([("ADDS", 2), ("ADDS", 3)], [])
    assert await brought.counts() == before
    assert does(await bring(clerk, text(days), of="leave.annual_days")) == does(foretold)
    left = "select amount from annual_leave_openings where not void order by amount desc limit 1"
    assert await brought.value(left) == 10
    again = await bring(clerk, text(days), of="leave.annual_days")
    assert (again["changes"], again["unchanged"]) == ([], 2)
    days[1][2] = "6"
    corrected = await bring(clerk, text([each[:3] for each in days]), of="leave.annual_days")
    assert (does(corrected), corrected["unchanged"]) == ([("CHANGES", 2)], 1)
    since = "select worked_since from annual_leave_openings where amount = 6"
    assert str(await brought.value(since)) == "2015-07-01"


async def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_brought_in(brought: Api) -> None:
    clerk = await brought.person("office_clerk@hrss-bureau")
    days = [
        *LEAVE,
        ["deputy_in_charge", "2026-01-01", "5", ""],
        ["谁也不是", "2026-01-01", "5", ""],
        ["director", "45992", "5", ""],
        ["director", "2026-01-01", "很多", ""],
        ["office_clerk", "2026-01-01", "5", ""],
    ]
    stranger = await brought.person("staff@hrss-bureau")
    before = await brought.counts()
    refused = await bring(clerk, text(days), of="leave.annual_days")
    assert problems(refused) == {
        ("file.年休假天数.A3", "NO_SUCH_RECORD"),
        ("file.年休假天数.B4", "DAY_IS_A_NUMBER"),
        ("file.年休假天数.C5", "NOT_A_NUMBER"),
        ("file.年休假天数.A6", "OWN_RECORD"),
    }
    not_theirs = await bring(stranger, text(days[:2]), of="leave.annual_days")
    assert problems(not_theirs) == {("file.年休假天数.A2", "NOT_A_KEEPER")}
    assert await brought.counts() == before


async def test_stock_vehicles_seals_loans_and_papers_come_in_the_same_way(brought: Api) -> None:
    keeper = await brought.person("keeper@hrss-bureau")
    store = workbook(
        {
            "期初库存登记": [["物品", "数量", "起始日期"], ["订书机", 12, "2026-01-01"]],
            "办公用品和固定资产": [["名称", "类别", "计量单位"], ["订书机", "其他办公用品", "个"]],
        }
    )
    done = await bring(keeper, store)
    assert does(done) == [("ADDS", 2)] * 2
    assert [each["sheet"] for each in done["changes"]] == ["办公用品和固定资产", "期初库存登记"]
    assert (await bring(keeper, store))["unchanged"] == 2
    clerk = await brought.person("office_clerk@hrss-bureau")
    car = [
        "牌照号",
        "车型",
        "发动机号",
        "车架号",
        "载客数",
        "购置时间",
        "停放地点",
        "保险到期",
        "调度",
    ]
    own = [
        "鲁vr8888",
        "帕萨特",
        "CJS801499",
        "LSVCC2A43N2010999",
        4,
        "2022-04-12",
        "院内",
        "2027-04-11",
        "office",
    ]
    cars = workbook({"车辆管理档案": [car, own]})
    assert does(await bring(clerk, cars)) == [("ADDS", 2)]
    assert (await bring(clerk, cars))["unchanged"] == 1
    guard = await brought.person("seal_keeper@science-bureau")
    seals = [["印章名称", "种类", "保管人"], ["合同专用章", "行政印章", "seal_keeper"]]
    assert does(await bring(guard, workbook({"印章": seals}))) == [("ADDS", 2)]
    assert (await bring(guard, workbook({"印章": seals})))["unchanged"] == 1
    staff = await brought.person("staff@science-bureau")
    papers = [
        ["文件名称", "来文单位", "来文字号", "来文层级", "份数", "到达或带回日期", "紧急程度"]
    ]
    papers += [
        ["关于春耕的通知", "市政府", "市政发〔2026〕9号", "city", "1", "2026-02-27", "urgent"]
    ]
    assert does(await bring(staff, text(papers), of="incoming_document")) == [("ADDS", 2)]
    assert (await bring(staff, text(papers), of="incoming_document"))["unchanged"] == 1
    cashier = await brought.person("finance_section@hrss-bureau")
    loans = [["当事人", "起始日期", "余额(元)"], ["staff", "2026-01-05", "3000.00"]]
    assert does(await bring(cashier, text(loans), of="finance.cash_loans")) == [("ADDS", 2)]


async def test_numbered_papers_come_in_where_they_stand_and_numbers_go_on_behind(
    brought: Api,
) -> None:
    clerk = await brought.person("office_clerk@science-bureau")
    papers = [
        ["文件名称", "来文单位", "份数", "收文编号", "登记时间", "环节"],
        ["关于防汛的通知", "市政府", "３", "收〔2026〕41号", "2026-02-20", "分发"],
        ["关于植树的通知", "市林业局", "1", "", "", "登记"],
    ]
    wrong = [papers[0], [*papers[1][:5], "已经忘了"]]
    refused = await bring(clerk, text(wrong), of="incoming_document")
    assert problems(refused) == {("file.收文.F2", "NO_SUCH_STAGE")}
    stranger = await brought.person("staff@science-bureau")
    refused = await bring(stranger, text(papers[:2]), of="incoming_document")
    assert problems(refused) == {("file.收文.A2", "NOT_YOURS_TO_DO")}
    papers[2][5] = "签收后登记"
    assert does(await bring(clerk, text(papers), of="incoming_document")) == [
        *(("ADDS", 2), ("ADDS", 3)),
    ]
    asked = "select state, copies, register_number from incoming_documents where title = $1"
    [flood] = await brought.rows(asked, "关于防汛的通知")
    assert [*flood] == ["distributed", 3, "收〔2026〕41号"]
    [trees] = await brought.rows(asked, "关于植树的通知")
    assert [*trees] == ["registered", 1, "收〔2026〕42号"]
    again = await bring(clerk, text(papers), of="incoming_document")
    assert (again["changes"], again["unchanged"]) == ([], 2)


async def test_papers_that_go_out_are_brought_in_numbered_too(brought: Api) -> None:
    clerk = await brought.person("office_clerk@science-bureau")
    papers = [
        ["文件标题", "起草科室", "发文名义", "发文字号", "环节"],
        ["关于技改补助的通知", "技术股", "行政名义", "X科发〔2026〕7号", "登记"],
    ]
    missing = [papers[0], [*papers[1][:4], ""]]
    refused = await bring(clerk, text(missing), of="outgoing_document")
    assert problems(refused) == {("file.发文.E2", "REQUIRED")}
    done = await bring(clerk, text(papers), of="outgoing_document")
    assert does(done) == [("ADDS", 2)]
    asked = "select state, document_number, standing from outgoing_documents where title = $1"
    [row] = await brought.rows(asked, papers[1][0])
    assert [*row] == ["registered", "X科发〔2026〕7号", True]
    assert (await bring(clerk, text(papers), of="outgoing_document"))["unchanged"] == 1


async def test_every_template_is_known_again_by_what_it_is_called_in_either_language() -> None:
    named = titles(shipped())
    for language in (ZH, EN):
        written = {say(language, label): [[e.name for e in columns_of(BOOKS[name])]]
                   for name, label in named.items()}  # fmt: skip
        sheets = await sheets_in(as_workbook(written))
        found, faults = tables_of(sheets, "", named, lambda n: columns_of(BOOKS[n]), language)
        assert (found.keys(), faults) == (BOOKS.keys(), [])


async def test_the_template_names_the_columns(brought: Api) -> None:
    clerk = await brought.person("office_clerk@hrss-bureau")
    file = f"__typename ... on ExportedFile {{ link name }} ... on Refusal {{ {REFUSAL} }}"
    made = await do(clerk, "exportRecordSheet", file, of="leave.annual_days", format="CSV")
    content = (await brought.client.get(made["link"])).content
    assert content.decode("utf-8-sig").split() == ["当事人,起始日期,余额,参加工作日期"]
    assert problems(await do(clerk, "exportRecordSheet", file, of="nothing")) == {
        ("of", "SHEET_UNKNOWN")
    }
