"""A browser before the page for administrators: Debian's Chromium, served by this very process."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.office import Api
from tests.waiting import PATIENCE

CHROMIUM = shutil.which("chromium")
PICTURES = os.environ.get("GUIJU_PICTURES")
"""A folder where a journey leaves the pictures of the README."""
SCROLLS = "document.documentElement.scrollWidth > window.innerWidth"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@dataclass
class Desk:
    """Browsers of several people, and whatever went wrong in them."""

    api: Api
    browser: Any
    address: str
    wrong: list[str] = field(default_factory=list)

    async def sits_down(self, account: str, size: Any = WIDE, language: str = "zh-CN") -> Any:
        """A page on which somebody has signed in."""
        page = await self.opens(size, language)
        await page.get_by_label("账号" if language == "zh-CN" else "Account").fill(account)
        await page.locator("[name=password]").fill("guiju")
        await page.locator("[name=password]").press("Enter")
        await page.locator("nav").wait_for()
        return page

    async def opens(self, size: Any = WIDE, language: str = "zh-CN") -> Any:
        context = await self.browser.new_context(viewport=size, locale=language)
        context.set_default_timeout(PATIENCE * 1_000)
        page = await context.new_page()
        await page.clock.set_fixed_time(self.api.now)
        page.on("console", lambda said: said.type == "error" and self.wrong.append(said.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda asked: self._asked(asked.url))
        await page.goto(f"{self.address}/admin")
        return page

    def _asked(self, url: str) -> None:
        if not url.startswith(self.address):
            self.wrong.append(f"asked elsewhere: {url}")


@asynccontextmanager
async def desk(api: Api) -> AsyncIterator[Desk]:
    """The application on a port of its own, with a browser before it.

    Nothing may go wrong in the browser, nor may it ask anybody else.
    """
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed: apt-get install chromium")
    playwright = pytest.importorskip("playwright.async_api")
    # The lifespan is the fixture's; this only listens.
    server = uvicorn.Server(uvicorn.Config(api.app, port=0, lifespan="off", log_config=None))
    serving = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    options = {
        "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        "timeout": PATIENCE * 1_000,
    }
    spoken = {**os.environ, "LANGUAGE": "zh_CN"}
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, env=spoken, **options)
        shown = Desk(api, browser, f"http://127.0.0.1:{port}")
        yield shown
        await browser.close()
    server.should_exit = True
    await serving
    assert shown.wrong == [], "nothing went wrong in the browser"
    # A page that is closed may be asking still.
    api.logged[:] = [each for each in api.logged if each["event"] != "client_left"]


async def downloaded(page: Any, button: Any) -> bytes:
    """What the browser saves when a button is pressed."""
    async with page.expect_download() as begun:
        await button.click()
    return Path(await (await begun.value).path()).read_bytes()


async def picture(page: Any, name: str, *, whole: bool = False) -> None:
    """For the README, where GUIJU_PICTURES names a folder."""
    if PICTURES:
        await page.mouse.move(640, 790)
        if whole:
            await page.evaluate("scrollTo(0, 0)")
        await page.wait_for_timeout(400)
        await page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=whole)
