"""Founders do what the three administrators will do, each act confirmed by the other."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network
from typing import Any
from uuid import uuid4

import pytest

from resolvers.running import postgres
from resolvers.running.settings import Outside
from tests.databases import SPARE, copied, replaced
from tests.gateways import gateway
from tests.moving import ADMINISTERED, Founded, do, founded
from tests.office import Api, opened, problems
from tests.sending import send
from tests.test_importing import IMPORTED, text

FOUNDING = "founding"
TEXT = "一、总则\n(一)本办法适用于全局。"
ADOPTED = {
    "areas": ["supervisors"],
    "from": "hrss-bureau",
    "roles": [{"role": each, "to": ""} for each in ("office_clerk", "director")],
}


@pytest.fixture(scope="module")
async def founding(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    await copied(demo_offices, FOUNDING, SPARE)
    async with opened(replaced(demo_offices, FOUNDING)) as api:
        yield api


@pytest.fixture
async def office(founding: Api) -> AsyncIterator[Founded]:
    yield await founded(founding, code=f"new-{uuid4().hex[:8]}", second="director")
    assert founding.logged == [], "nothing unexpected happened"


async def days(office: Founded) -> Any:
    code = office.first.account.partition("@")[2]
    asked = f'calendarDays(institution: "{code}", begins: "2026-12-11", ends: "2026-12-11")'
    return await office.first.one(f"{{ {asked} {{ ... on CalendarDays {{ days {{ name }} }} }} }}")


async def test_a_founder_s_day_of_the_calendar_waits_and_counts_once_it_is_confirmed(
    office: Founded,
) -> None:
    given = {"day": "2026-12-11", "working": False, "name": "停电检修", "idempotencyKey": "day"}
    before = await office.api.rows("select * from calendar_days order by day, institution_id")
    asked = [await do(office.first, "setCalendarDay", ADMINISTERED, **given) for _ in range(2)]
    assert asked[0] == asked[1], "the same call again is the same act"
    assert "停电检修" in asked[0]["waits"]["said"]
    assert (await days(office))["days"] == []
    after = await office.api.rows("select * from calendar_days order by day, institution_id")
    assert after == before
    own = await do(office.first, "confirmAct", ADMINISTERED, actId=asked[0]["waits"]["id"])
    assert problems(own) == {("actId", "OWN_ACT")}
    done = await do(office.second, "confirmAct", ADMINISTERED, actId=asked[0]["waits"]["id"])
    assert done["waits"] is None
    assert (await days(office))["days"] == [{"name": "停电检修"}]
    wrong = await do(office.first, "setCalendarDay", ADMINISTERED, **{**given, "name": " "})
    assert wrong["__typename"] == "Refusal"


async def test_a_founder_s_text_waits_whether_it_is_written_or_comes_as_a_file(
    office: Founded,
) -> None:
    code = office.first.account.partition("@")[2]
    await office.done("adoptRulebook", **ADOPTED)
    shown = "uploaded { version } unmatched { cite }"
    whole = f'{{ regulation(institution: "{code}", regulation: "supervisors") {{ {shown} }} }}'
    assert (await office.first.one(whole))["uploaded"] is None
    sent = await send(office.first, "办法.txt", TEXT.encode())
    for version, given in enumerate(({"text": TEXT}, {"upload": sent["id"]}), start=1):
        asked = {"institution": code, "regulation": "supervisors", **given}
        await office.done("uploadRegulation", ADMINISTERED, **asked)
        assert (await office.second.one(whole))["uploaded"] == {"version": version}
    long = {"institution": code, "regulation": "nowhere", "text": TEXT}
    refused = await do(office.first, "uploadRegulation", ADMINISTERED, **long)
    assert problems(refused) == {("regulation", "UNKNOWN_REGULATION")}


async def test_the_secret_of_a_channel_is_told_once_to_who_confirms_it(office: Founded) -> None:
    services = office.api.services
    inner = Outside(inner=(ip_network("127.0.0.0/8"),))
    async with gateway() as there:
        office.api.app.state.services = replace(services, outside=inner)
        asked = await do(office.first, "openChannel", ADMINISTERED, way="WEBHOOK", url=there.url)
        assert asked["__typename"] == "Administered", asked
        assert asked["link"] is None
        given = {"actId": asked["waits"]["id"], "idempotencyKey": "once"}
        done = [await do(office.second, "confirmAct", ADMINISTERED, **given) for _ in range(2)]
        office.api.app.state.services = services
    assert len(bytes.fromhex(done[0]["link"])) == 32
    assert done[1]["link"] is None, "told once"
    [channel] = await office.first.one("{ channels { way } }")
    assert channel == {"way": "WEBHOOK"}


async def test_an_office_calls_its_seats_as_it_likes_before_its_sheets_come_in(
    office: Founded,
) -> None:
    draft = await do(office.first, "startDraft", "__typename ... on RulebookDraft { id }")
    local = {"word": "role", "code": "section_deputy", "zh": "副調研員", "en": "Counsel"}
    given = {"draftId": draft["id"], "changes": [{"file": "local", "add": local}]}
    changed = await do(office.first, "changeDraft", "__typename", **given)
    assert changed["__typename"] == "RulebookDraft", changed
    day = office.api.now.date().isoformat()
    document = {"issuingBody": "局长办公会", "number": "水人〔2026〕1号", "day": day}
    await office.done("submitDraft", draftId=draft["id"], effectiveFrom=day, **document)
    post = [["单位", "职务"], ["清河区水务局", "副调研员"]]
    await office.done("importOffice", IMPORTED, file=text(post))
    titles = {each["title"] for each in await office.first.one("{ seats { title } }")}
    assert "副調研員" in titles
    await office.done("adoptRulebook", **ADOPTED)
    titles = {each["title"] for each in await office.first.one("{ seats { title } }")}
    assert "副調研員" in titles, "adopting other rules leaves it alone"
