"""On the page for administrators a draft is filled in as sheets, held to examples, replayed."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from resolvers.running.worker import run_due
from tests.browsing import NARROW, SCROLLS, Desk, desk, downloaded
from tests.drafting import CENTRE, ROW, centre
from tests.office import Api
from tests.test_draft_examples import PROMISED

__all__ = ["centre"]

LAW = {
    "clause": "finance/三",
    "law": "某条例",
    "article": "第三条",
    "sure": "certain",
    "differs_zh": "金额不同",
    "differs_en": "Other sums",
}


@pytest.fixture
async def office(centre: Api) -> AsyncIterator[Desk]:
    async with desk(centre) as shown:
        yield shown


def filled(book: Any, sheet: str, line: dict[str, str]) -> str:
    """A line below what a sheet says already; the cell of its first column."""
    place = book[sheet]
    columns = [cell.value.partition("(")[2].rstrip(")") for cell in place[1]]
    place.append([line.get(each, "") for each in columns])
    return f"A{place.max_row}"


async def test_a_deadline_is_changed_in_a_form_that_its_columns_make(office: Desk) -> None:
    page = await office.sits_down(f"policy_admin@{CENTRE}", NARROW)
    form = page.get_by_role("dialog")

    async def saved() -> None:
        await form.get_by_role("button", name="存入草案", exact=True).click()

    async def opened(file: str) -> None:
        await page.get_by_text("逐行改").click()
        await page.locator("[name=file]").select_option(file)
        await page.get_by_text("行，共").wait_for()

    await page.get_by_role("link", name="草案与版本").click()
    await page.get_by_role("button", name="新建草案").click()
    await opened("clocks")
    await page.locator("li.line button").first.click()
    await form.get_by_label("单位", exact=True).select_option("工作日")
    await form.get_by_label("期限", exact=True).fill("许多")
    await saved()
    await form.locator(".wrong:visible").wait_for()
    assert not await page.evaluate(SCROLLS)
    await form.get_by_label("期限", exact=True).fill("7")
    await saved()
    await page.locator(".added", has_text="工作日").wait_for()
    await opened("switches")
    await page.get_by_role("button", name="增加一行").click()
    await form.locator("[name=switch]").select_option("escalates_gaps")
    await form.get_by_label("条款", exact=True).select_option("+")
    await form.get_by_label("解释的内容和理由").fill("空白由上一级决定")
    await saved()
    await page.locator(".added", has_text="空白报上一级").wait_for()
    await page.locator(".added", has_text="空白由上一级决定").wait_for()
    await page.locator(".verdict", has_text="可以提交").wait_for()


async def test_a_draft_is_filled_in_as_sheets_and_what_it_breaks_is_told(office: Desk) -> None:
    page = await office.sits_down(f"policy_admin@{CENTRE}", NARROW)

    def button(name: str) -> Any:
        return page.get_by_role("button", name=name, exact=True)

    async def looked(book: Any) -> None:
        content = BytesIO()
        book.save(content)
        sheet = {"name": "草案.xlsx", "mimeType": "", "buffer": content.getvalue()}
        await page.locator("[name=sheet]").set_input_files(sheet)
        await button("查看会改动什么").click()

    await page.get_by_role("link", name="草案与版本").click()
    await button("新建草案").click()
    await page.get_by_text("用表格改").click()
    taken = await downloaded(page, button("导出草案(XLSX)"))
    book = load_workbook(BytesIO(taken))
    row = {**ROW, "institution": CENTRE, "clause": "finance/三"}
    cell = filled(book, "财务", {**row, "role": "emperor"})
    await looked(book)
    await page.locator(".problems").get_by_text(f"财务 {cell}").wait_for()
    assert await button("导入").count() == 0

    book = load_workbook(BytesIO(taken))
    book.create_sheet("示例").append([*PROMISED])
    book["示例"].append([*PROMISED.values()])
    filled(book, "现行法律", LAW)
    await looked(book)
    await page.get_by_role("cell", name="新增").first.wait_for()
    await button("导入").click()
    broken = page.locator(".finding", has_text=PROMISED["example"])
    assert "应为：主管财经副职" in await broken.inner_text()
    assert "草案下为：空白" in await broken.inner_text()
    await page.locator(".finding", has_text="某条例 第三条").get_by_text("金额不同").wait_for()
    await page.locator(".verdict", has_text="不能提交").wait_for()
    assert not await page.evaluate(SCROLLS)

    await button("开始重算").click()
    await button("停止").click()
    await page.locator("p.hint", has_text="已停止").wait_for()
    await button("开始重算").click()
    await page.get_by_text("等候重算").wait_for()
    await run_due(office.api.services)
    await page.locator(".verdict", has_text="重算 0 件申请").wait_for()
    await button("撤销").first.click()
    await page.get_by_text("草案此后已有改动").wait_for()
