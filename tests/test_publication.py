"""Publication: what goes online is cleared by another's hand; columns and matters of sites."""

from typing import Any

import pytest

from schema.ground.ids import global_id
from tests.document_office import ALSO, Papers, office
from tests.driving import add
from tests.duty import sign
from tests.fleet import person_id, record
from tests.office import Api, problems
from tests.small_shapes import at
from tests.test_duties_of_units import states

__all__ = ["office"]
BUREAU, SITES = "hrss-bureau", "website-governance"
ALSO |= {"SiteDue": "title address", "SiteMatter": "subject answer", "SiteWatch": "site response"}
WENT = "{ onlinePublications { edges { node { title alters stands } } } }"


@pytest.fixture
async def books(api: Api) -> Api:
    await api.empty("online_publications", "site_renewals", "site_columns")
    api.now = at("2026-05-04 10:00")
    return api


async def test_what_goes_online_is_entered_and_counts_once_whoever_cleared_it_signs(books: Api):
    editor, officer = [
        await books.person(f"{role}@{BUREAU}") for role in ("staff", "confidentiality_officer")
    ]
    of = {role: await person_id(editor, f"{role}@{BUREAU}") for role in ("staff", "staff_2")}
    news: dict[str, Any] = {
        "onlineAt": "2026-05-04T09:00:00+08:00", "title": "社保缴费通知",
        "collectorId": of["staff"], "operatorId": of["staff_2"],
        "reviewerId": await person_id(editor, officer.account),
    }  # fmt: skip
    before = await books.counts()
    unreviewed = await record(editor, "OnlinePublication", **news)
    assert problems(unreviewed) == {("groupReviewedOn", "REQUIRED")}
    assert unreviewed["problems"][0]["clause"]["cite"] == "第三條"
    news["groupReviewedOn"] = "2026-05-04"
    oneself = await record(editor, "OnlinePublication", **{**news, "reviewerId": of["staff"]})
    assert problems(oneself) == {("reviewerId", "CLEARED_BY_ONESELF")}
    assert await books.counts() == before
    first = await record(editor, "OnlinePublication", **news)
    assert [each["node"]["stands"] for each in (await editor.one(WENT))["edges"]] == [False]
    assert (await sign(officer, first))["__typename"] == "LineEntered"
    books.now = at("2026-05-06 10:00")
    change = {**news, "onlineAt": "2026-05-06T09:00:00+08:00", "alters": True}
    await record(editor, "OnlinePublication", **change)
    told = {e["node"]["alters"]: e["node"]["stands"] for e in (await officer.one(WENT))["edges"]}
    assert told == {False: True, True: False}, "a change is cleared anew"


async def test_a_column_that_nobody_renewed_for_a_month_is_listed(books: Api):
    centre, staff = [await books.person(f"{role}@{SITES}") for role in ("info_center", "staff")]
    unit = await books.value("select id from units where institution_id = $1 limit 1", SITES)
    named = {"unitId": global_id("Unit", unit)}
    for name, kind in (("新闻动态", "NEWS"), ("政策文件", "POLICY")):
        kept = await add(centre, "SiteColumn", name=name, columnKind=kind, **named)
        assert kept["__typename"] != "Refusal", kept
    books.now = at("2026-06-10 10:00")
    columns = "{ siteColumns { edges { node { id name } } } }"
    found = (await staff.one(columns))["edges"]
    ids = {each["node"]["name"]: each["node"]["id"] for each in found}
    given = {"renewedAt": "2026-06-10T09:00:00+08:00", "content": "全市经济形势"}
    await record(staff, "SiteRenewal", columnId=ids["新闻动态"], **given)
    books.now = at("2026-07-01 09:00")
    listed = await states(centre, "更新网站栏目", "2026-06-30")
    assert listed == {"新闻动态": "DONE", "政策文件": "MISSED"}


async def test_a_matter_is_applied_for_handled_and_answered_online(office: Api):
    matter = Papers(office, SITES, "SiteMatter")
    opened = (office.now).isoformat()
    await matter.begin("info_center", subject="补领证照", openedAt=opened, applicant="李某")
    assert ("NO_TRANSITION", "三、2") in await matter.no("info_center", "answer", answer="已办")
    await matter.goes("info_center", "apply", "applied")
    assert await matter.no("staff", "handle", handling="受理") == {("CASE_NOT_FOUND", "")}
    await matter.goes("info_center", "handle", "handled", handling="核对后补发")
    await matter.goes("info_center", "answer", "answered", answer="已补发")


async def test_a_site_is_warned_of_watched_and_dealt_with(office: Api):
    watch, by = Papers(office, SITES, "SiteWatch"), "network_security_admin"
    await watch.begin(by, site="门户网站", watchedAt=office.now.isoformat())
    assert ("NO_TRANSITION", "三、5") in await watch.no(by, "respond", response="断网")
    await watch.goes(by, "warn", "warned", warning="高危漏洞通报")
    await watch.goes(by, "monitor", "monitored", observed="未见入侵")
    await watch.goes(by, "respond", "responded", response="已加固")


async def test_a_policy_paper_that_is_not_public_is_listed_until_it_is(office: Api):
    due, day = Papers(office, SITES, "SiteDue"), office.now.date().isoformat()
    begun = {"title": "惠企政策", "dueKind": "POLICY", "dueSince": day}
    await due.begin("info_center", **begun)
    assert await due.no("staff", "publish", address="政策栏") == {("CASE_NOT_FOUND", "")}
    await due.goes("info_center", "publish", "published", address="政策栏")


async def test_what_somebody_cleared_who_is_not_designated_never_counts(books: Api):
    editor, other, head = [
        await books.person(f"{role}@{BUREAU}")
        for role in ("staff", "staff_2", "confidentiality_head")
    ]
    of = [await person_id(editor, f"{each}@{BUREAU}") for each in ("staff", "staff_2")]
    news = {"onlineAt": "2026-05-04T09:00:00+08:00", "title": "招聘公告", "collectorId": of[0]}
    news["groupReviewedOn"] = "2026-05-04"
    line = await record(editor, "OnlinePublication", **news, operatorId=of[0], reviewerId=of[1])
    before = await books.counts()
    assert (await sign(other, line))["__typename"] == "Refusal"
    assert await books.counts() == before
    assert (await sign(head, line))["__typename"] == "LineEntered"
