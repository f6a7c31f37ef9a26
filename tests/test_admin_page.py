"""The page for administrators in a browser: a gap closed and brought back, by keys, on a phone."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from resolvers.running.worker import run_due
from tests.browsing import NARROW, SCROLLS, Desk, desk, downloaded, picture
from tests.changed_rules import Switches, switched
from tests.drafting import CENTRE, KIND, SPENT, centre
from tests.office import Api
from tests.test_second_factors import code_of

__all__ = ["centre", "switched"]

GAP = "超过 500 元、不足 1000 元：没有规定谁批准"
WORDS = "超过 500 元、不足 1000 元的,由主管财经副职批准"
FIRST, SECOND = f"policy_admin@{CENTRE}", f"policy_admin_2@{CENTRE}"

PAPER: Any = {"name": "纪要.txt", "mimeType": "text/plain", "buffer": "同意".encode()}


@pytest.fixture
async def office(centre: Api) -> AsyncIterator[Desk]:
    async with desk(centre) as shown:
        yield shown


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


async def replayed(page: Any, api: Api) -> str:
    await button(page, "开始重算").click()
    await page.get_by_text("等候重算").wait_for()
    await run_due(api.services)
    return str(await page.locator(".verdict", has_text="件申请").inner_text())


async def submitted(page: Any, number: str, reason: str = "") -> None:
    await page.get_by_label("文号").fill(number)
    await page.get_by_label("理由").fill(reason)
    await button(page, "提交").click()


async def agreed(page: Any) -> None:
    await page.get_by_role("link", name="待确认").click()
    await button(page, "同意").click()
    await page.get_by_text("没有待确认的事项").wait_for()


async def test_a_gap_is_closed_on_the_page_by_two_people_and_comes_back_with_a_rollback(
    office: Desk, switched: Switches
) -> None:
    api, clerk = office.api, await office.api.person(f"staff@{CENTRE}")
    # One was once taken to the next level, one was refused: a replay finds both.
    await switched(CENTRE, "escalates_gaps")
    await clerk.submit(KIND, SPENT)
    await switched(CENTRE)
    assert (await clerk.submit(KIND, SPENT))["code"] == "GAP"

    page = await office.opens()
    await page.get_by_label("账号").fill(FIRST)
    await page.locator("[name=password]").fill("wrong")
    await button(page, "登录").click()
    await page.get_by_text("账号或密码不正确").wait_for()
    await page.locator("[name=password]").fill("guiju")
    await button(page, "登录").click()
    await page.get_by_label("领域").select_option("finance")
    gap = page.locator(".finding", has_text=GAP)
    await picture(page, "approvals")
    await gap.get_by_role("button", name="以解释补上空白").click()
    form = page.locator("dialog")
    assert await form.get_by_label("金额: 下限", exact=True).input_value() == "500"
    await form.get_by_label("由谁").select_option("finance_deputy")
    await button(form, "存入新草案").click()
    await form.get_by_text("请填写").wait_for()
    await form.get_by_label("解释的内容和理由").fill(WORDS)
    await picture(page, "interpretation")

    # Without a network nothing is lost; a session that is too old is refreshed unseen.
    await page.context.set_offline(offline=True)
    await button(form, "存入新草案").click()
    await form.get_by_text("连不上服务器").wait_for()
    await page.context.set_offline(offline=False)
    office.wrong.clear()
    await api.wait(hours=1)
    await button(form, "存入新草案").click()
    cell = page.get_by_role("button", name=re.compile("一般支出, 主管财经副职.*草案有改动"))
    await cell.wait_for()
    assert "不足 1000 元" in await cell.inner_text()
    await page.locator(".finding.gone", has_text=GAP).wait_for()
    await page.get_by_role("link", name="核对、重算、提交").click()
    await page.locator(".verdict", has_text="没有新的问题，可以提交").wait_for()
    assert await replayed(page, api) == "重算 2 件申请，其中 2 件会改道。"
    await page.get_by_text("含当时无人可批的 1 件").wait_for()
    await picture(page, "draft", whole=True)
    await submitted(page, "")
    await page.locator(".field", has_text="发文机关").get_by_text("必须填写").wait_for()
    await page.get_by_label("发文机关").fill("中心班子")
    await page.get_by_label("文件原件").set_input_files(PAPER)
    await submitted(page, "政务纪〔2026〕3号")
    await page.get_by_text("由你提交，须由另一人确认").wait_for()
    await page.get_by_role("link", name="待确认").first.click()
    assert await button(page, "同意").count() == 0
    assert (await clerk.submit(KIND, SPENT))["code"] == "GAP"

    other = await office.sits_down(SECOND)
    await other.get_by_role("link", name="1 件待你确认").click()
    await other.get_by_text(WORDS).wait_for()
    assert await downloaded(other, button(other, "纪要.txt")) == PAPER["buffer"]
    await picture(other, "confirm")
    await agreed(other)
    [step] = (await clerk.submit(KIND, SPENT))["steps"]
    assert step["clause"]["regulation"] == "interpretation"
    assert step["clause"]["summary"] == WORDS

    await page.get_by_role("link", name="草案与版本").click()
    await page.get_by_text("中心班子 政务纪〔2026〕3号").wait_for()
    await button(page, "纪要.txt").wait_for()
    await button(page, "恢复为此版").first.click()
    await page.locator(".verdict", has_text="提交时须说明理由").wait_for()
    assert await replayed(page, api) == "重算 4 件申请，其中 4 件会改道。"
    await page.get_by_label("发文机关").fill("中心班子")
    await submitted(page, "政务纪〔2026〕4号")
    await page.locator(".field", has_text="理由").locator(".wrong", has_text=GAP).wait_for()
    await submitted(page, "政务纪〔2026〕4号", "解释撤回,待班子另定")
    await page.get_by_text("由你提交，须由另一人确认").wait_for()
    await agreed(other)
    await other.get_by_role("link", name="审批矩阵").click()
    await other.get_by_label("领域").select_option("finance")
    await other.locator(".finding", has_text=GAP).wait_for()
    assert (await clerk.submit(KIND, SPENT))["code"] == "GAP"


async def test_a_limit_is_changed_by_keys_alone_and_in_english(office: Desk) -> None:
    page = await office.sits_down(FIRST, language="en")
    await page.get_by_label("Area").select_option("finance")
    await page.get_by_role("grid", name="Finance").wait_for()
    await picture(page, "approvals.en")
    press = page.keyboard.press

    async def here() -> str:
        return str(await page.evaluate("document.activeElement.ariaLabel ?? ''"))

    async def at(words: str) -> None:
        await page.locator(f'[aria-label^="{words}"]:focus').wait_for()

    await page.get_by_label("Shown").focus()
    await press("Tab")
    assert "Deputy director for finance: 一" not in await here()
    for _ in range(20):
        if "Director of the Centre" in await here():
            break
        await press("ArrowRight")
    await at("General expenditure, Director of the Centre, approve: 1000–2000 yuan")
    await press("ArrowDown")
    await at("Training expenditure, Director of the Centre")
    await press("ArrowUp")
    await press("Enter")
    await page.get_by_role("dialog").wait_for()
    await press("Escape")
    await at("General expenditure, Director of the Centre, approve: 1000–2000 yuan")
    await press("Enter")
    await page.get_by_role("dialog").locator("button:focus", has_text="Change").wait_for()
    await press("Enter")
    await page.locator(".limit:focus").wait_for()
    await at("Amount: from")
    await press("Tab")
    await page.keyboard.type("less")
    await press("Tab")
    await at("Amount: to")
    for _ in range(30):
        if await page.locator("button.main:focus").count():
            break
        await press("Tab")
    await press("Enter")
    await page.get_by_text("gone by the draft").wait_for()
    overlap = page.locator(".finding.gone", has_text="exactly 2000 yuan")
    assert await overlap.count() == 1
    assert await page.evaluate("document.activeElement.tagName") == "H1"


async def test_sheets_are_looked_at_before_they_are_brought_in(office: Desk) -> None:
    page = await office.sits_down(f"office_clerk@{CENTRE}")
    await page.get_by_role("link", name="导入").click()
    books = page.get_by_role("region", name="车辆、印章")
    await books.get_by_label("登记什么").select_option("leave.annual_days")
    heading = "当事人,起始日期,余额,参加工作日期\n"

    async def looked(*lines: str) -> None:
        content = {
            "name": "days.csv",
            "mimeType": "text/csv",
            "buffer": (heading + "\n".join(lines)).encode(),
        }
        await books.get_by_label("文件").set_input_files(content)
        await button(books, "查看会改动什么").click()

    await looked("staff,2026-01-01,许多,2015-07-01")
    await books.get_by_text("C2").wait_for()
    assert await button(books, "导入").count() == 0
    await looked("staff,2026-01-01,5,2015-07-01")
    await books.get_by_role("cell", name="新增").wait_for()
    await button(books, "导入").click()
    await books.get_by_text("已导入，改动 1 处").wait_for()
    office_sheets = page.get_by_role("region", name="单位、人员")
    await office_sheets.get_by_label("文件", exact=True).set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": "姓名\n欧阳雪".encode()}
    )
    await button(office_sheets, "查看会改动什么").click()
    await office_sheets.get_by_role("alert").get_by_text("没有这项权限").wait_for()


async def test_on_a_phone_nothing_is_wider_than_the_screen(office: Desk) -> None:
    page = await office.sits_down(FIRST, NARROW)
    await page.get_by_label("领域").select_option("finance")
    await page.locator(".finding", has_text=GAP).wait_for()
    await picture(page, "phone")
    await page.get_by_role("button", name=re.compile("一般支出, 主任")).click()
    await button(page.get_by_role("dialog"), "修改").click()
    await page.locator("dialog form").wait_for()
    assert not await page.evaluate(SCROLLS)
    await page.keyboard.press("Escape")
    for name in ("草案与版本", "待确认", "导入", "台账", "审批矩阵"):
        await page.get_by_role("link", name=name).click()
        await page.locator("main:not([aria-busy]) h1", has_text=name).wait_for()
        assert not await page.evaluate(SCROLLS), name


async def test_a_second_factor_is_set_up_and_asked_for_when_signing_in(office: Desk) -> None:
    page = await office.sits_down(FIRST, NARROW)
    await page.get_by_role("link", name="动态口令").click()
    await button(page, "启用动态口令").click()
    secret = (await page.locator(".secret").inner_text()).replace(" ", "")
    assert not await page.evaluate(SCROLLS)
    await page.get_by_label("动态口令").fill("000000")
    await button(page, "验证").click()
    await page.get_by_text("动态口令或恢复码不正确").wait_for()
    await page.get_by_label("动态口令").fill(code_of(office.api, secret))
    await button(page, "验证").click()
    await page.get_by_text("请妥善保存以下恢复码").wait_for()
    await button(page, "退出").click()
    await office.api.wait(seconds=30)
    await page.get_by_label("账号").fill(FIRST)
    await page.get_by_label("密码").fill("guiju")
    await button(page, "登录").click()
    await page.get_by_label("动态口令").fill(code_of(office.api, secret))
    await button(page, "登录").click()
    await page.get_by_role("grid").wait_for()


async def test_a_session_that_has_ended_is_begun_anew_above_what_was_typed(office: Desk) -> None:
    page = await office.sits_down(FIRST)
    await page.get_by_label("领域").select_option("finance")
    await page.get_by_role("button", name=re.compile("一般支出, 主任")).click()
    form = page.get_by_role("dialog").first
    await button(form, "修改").click()
    await form.get_by_label("金额: 上限", exact=True).fill("3000")
    await office.api.run("update sessions set revoked_at = now()")
    await button(form, "存入新草案").click()
    again = page.get_by_role("dialog", name="登录")
    await again.get_by_label("密码").fill("guiju")
    await button(again, "登录").click()
    seen = page.get_by_role("button", name=re.compile("一般支出, 主任.*草案有改动"))
    await seen.get_by_text("1000–3000 元").wait_for()
