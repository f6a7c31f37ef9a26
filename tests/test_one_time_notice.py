"""What a visitor is told in writing, once for all."""

import pytest

from tests.duty import enter
from tests.office import Api, problems
from tests.small_shapes import at

BUREAU = "hrss-bureau"
NOTICE = {
    "toldOn": "2026-05-11", "caller": "王某", "business": "社保转移", "scope": "本区参保人员",
    "authority": "初审", "timeNeeded": "五个工作日", "materials": "身份证",
    "procedure": "受理、审核",
}  # fmt: skip
ELSEWHERE = ("department", "departmentAddress", "departmentContact")


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("notices_given")
    api.now = at("2026-05-11 10:00")
    return api


async def test_a_written_notice_says_everything_at_once_and_who_handles_it_elsewhere(office: Api):
    staff = await office.person(f"staff@{BUREAU}")
    before = await office.counts()
    half = await enter(staff, "NoticeGiven", **{**NOTICE, "authority": "", "procedure": ""})
    assert problems(half) == {("authority", "REQUIRED"), ("procedure", "REQUIRED")}
    other = await enter(staff, "NoticeGiven", **NOTICE, elsewhere=True)
    assert problems(other) == {(each, "REQUIRED") for each in ELSEWHERE}
    assert await office.counts() == before
    told = {"department": "税务局", "departmentAddress": "一路1号", "departmentContact": "李某"}
    assert "lineId" in await enter(staff, "NoticeGiven", **NOTICE, elsewhere=True, **told)
    assert "lineId" in await enter(staff, "NoticeGiven", **NOTICE)
