"""What holds of every kind of sitting that is declared, wherever rows let somebody keep one."""

from asyncio import gather
from collections import Counter
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from domain import SITTINGS
from domain.approval.forms import form_fields
from domain.records.sittings import SittingKind
from domain.rules.rows import ALLOW
from domain.values.choices import Choice
from domain.vocabulary import BODY, Act
from policies import loading
from tests.office import Api, problems, words_of
from tests.sittings import keep, never_met
from tests.test_meetings_journey import events

BEGINS = "2026-03-02T09:00:00+08:00"
SAMPLES: dict[type, Any] = {str: "学习文件", Decimal: "2", int: 2, bool: True}
KINDS = pytest.mark.parametrize("kind", SITTINGS, ids=lambda kind: kind.code)


def kept_by_rows(kind: SittingKind) -> tuple[str, str, str]:
    """An office, body and role whose rows let it call and keep a sitting of this kind."""
    found = []
    for office in loading.institutions():
        allowed: dict[str, dict[str, set[str]]] = {}
        for row in loading.shipped(office).acts:
            if row.kind == kind.code and row.effect == ALLOW:
                for body in row.when.regions[BODY]:
                    allowed.setdefault(body, {}).setdefault(row.act, set()).add(row.role)
        for body, acts in allowed.items():
            both = acts.get(Act.KEEP, set()) & acts.get(Act.TAKE, set())
            if both:
                found.append((office == "hrss-bureau", office, body, min(both)))
    return min(found)[1:]


async def calling(api: Api, kind: SittingKind) -> tuple[Any, dict[str, Any]]:
    """Who keeps such a sitting, and what calls one."""
    await never_met(api)
    office, body, role = kept_by_rows(kind)
    given: dict[str, Any] = {"body": body, "beginsAt": BEGINS}
    if kind.deliberates:
        given["agenda"] = [{"title": "一件事"}]
    for field in form_fields(kind.entry) if kind.entry else ():
        if field.required:
            kinds = issubclass(field.type, Choice)
            given[field.name] = next(iter(field.type)).name if kinds else SAMPLES[field.type]
    return await api.person(f"{role}@{office}"), given


async def called(visitor: Any, kind: SittingKind, given: dict[str, Any], key: str = "") -> Any:
    return await keep(visitor, f"call{words_of(kind.code)}", key or str(uuid4()), **given)


@KINDS
async def test_a_sitting_is_called_held_and_closed_in_order_with_a_line_each(
    api: Api, kind: SittingKind
):
    keeper, given = await calling(api, kind)
    before = await events(api, keeper.account.partition("@")[2])
    sitting = await called(keeper, kind, {**given, "beginsAt": "2026-03-06T09:00:00+08:00"})
    assert (sitting["kind"], sitting["number"]) == (kind.code, "2026-01")
    me = {"personId": (await keeper.one("{ viewer { id } }"))["id"], "attended": True}
    attendance = {"sittingId": sitting["id"], "members": [me]}
    minutes = {"sittingId": sitting["id"], "minutes": "已学习"}
    for name, asked in (("recordAttendance", attendance), ("closeMinutes", minutes)):
        assert (await keep(keeper, name, **asked))["code"] == "SITTING_NOT_BEGUN"
    await api.wait(days=4)
    assert (await keep(keeper, "recordAttendance", **attendance))["present"] == 1
    assert (await keep(keeper, "closeMinutes", **minutes))["minutes"] == "已学习"
    for name, asked in (("recordAttendance", attendance), ("closeMinutes", minutes)):
        assert (await keep(keeper, name, **asked))["code"] == "MINUTES_CLOSED"
    told = await events(api, keeper.account.partition("@")[2]) - before
    # That it was held may do what recurs, once.
    assert told.pop("duty_recorded", 0) <= 1
    assert told == Counter(sitting_called=1, sitting_attended=1, sitting_closed=1)


async def test_what_was_put_off_drops_no_matter_that_is_proposed_anew(api: Api):
    kind = next(each for each in SITTINGS if each.deliberates)
    keeper, given = await calling(api, kind)
    sitting = await called(keeper, kind, {**given, "beginsAt": "2026-03-06T09:00:00+08:00"})
    await api.wait(days=4)
    await keep(keeper, "closeMinutes", sittingId=sitting["id"], minutes="改期")
    again = {**given, "agenda": [{"title": "另一件事"}], "beginsAt": "2026-03-16T09:00:00+08:00"}
    items = (await called(keeper, kind, again))["items"]
    assert [(each["title"], each["carried"]) for each in items] == [
        ("一件事", True),
        ("另一件事", False),
    ]


@KINDS
async def test_who_may_not_keep_it_is_refused_and_another_office_sees_nothing(
    api: Api, kind: SittingKind
):
    keeper, given = await calling(api, kind)
    sitting = await called(keeper, kind, given)
    office = keeper.account.partition("@")[2]
    before = await api.counts()
    elsewhere = "staff@science-bureau" if office == "hrss-bureau" else "staff@hrss-bureau"
    for account in (f"staff@{office}", elsewhere):
        visitor = await api.person(account)
        assert (await called(visitor, kind, given))["code"] == "NOT_YOUR_BODY"
        before = {**before, "sessions": (await api.counts())["sessions"]}
    stranger = await api.person(elsewhere)
    own = await api.person(f"staff@{office}")
    acts = {
        "recordAttendance": {"eligible": 9, "present": 9},
        "closeMinutes": {"minutes": "散会"},
    }
    for name, more in acts.items():
        asked = {"sittingId": sitting["id"], **more}
        assert (await keep(own, name, **asked))["code"] == "NOT_YOUR_BODY"
        assert (await keep(stranger, name, **asked))["code"] == "SITTING_NOT_FOUND"
    after = await api.counts()
    assert {**after, "sessions": 0} == {**before, "sessions": 0}


@KINDS
async def test_a_repeated_key_calls_once_and_two_calls_get_two_numbers(api: Api, kind: SittingKind):
    keeper, given = await calling(api, kind)
    key = str(uuid4())
    first, twin = await gather(*(called(keeper, kind, given, key) for _ in range(2)))
    assert first == twin == await called(keeper, kind, given, key)
    both = await gather(*(called(keeper, kind, given) for _ in range(2)))
    assert {each["number"] for each in both} == {"2026-02", "2026-03"}


@pytest.mark.parametrize("kind", [each for each in SITTINGS if each.everybody], ids=str)
async def test_where_everybody_is_due_who_is_not_named_was_absent(api: Api, kind: SittingKind):
    keeper, given = await calling(api, kind)
    sitting = await called(keeper, kind, given)
    office = keeper.account.partition("@")[2]
    counted = {"sittingId": sitting["id"], "eligible": 9, "present": 9}
    refused = await keep(keeper, "recordAttendance", **counted)
    assert problems(refused) == {("members", "MEMBERS_ASKED")}
    names = [
        (await (await api.person(f"{role}@{office}")).one("{ viewer { id name } }"))
        for role in ("staff", "director", "party_secretary")
    ]
    members = [
        {"personId": names[0]["id"], "attended": True},
        {"personId": names[1]["id"], "attended": False, "excused": True},
    ]
    held = await keep(keeper, "recordAttendance", sittingId=sitting["id"], members=members)
    shown = {each["name"]: (each["attended"], each["excused"]) for each in held["members"]}
    told = [shown[each["name"]] for each in names]
    assert told == [(True, False), (False, True), (False, False)]
    due = """select count(distinct person_id) from appointments where institution_id = $1
             and begins <= '2026-03-02' and (ends is null or ends >= '2026-03-02')"""
    assert (held["eligible"], held["present"]) == (await api.value(due, office), 1)


async def test_a_study_session_says_what_is_studied_and_for_how_long(api: Api):
    [kind] = [each for each in SITTINGS if each.code == "study.session"]
    keeper, given = await calling(api, kind)
    sitting = await called(keeper, kind, {**given, "lecturer": "某科长", "hours": "1.5"})
    assert sitting["particulars"] == {"topic": "学习文件", "lecturer": "某科长", "hours": "1.5"}
    for wrong, problem in (
        ({"hours": "0.7"}, ("hours", "OFF_GRID")),
        ({"hours": "25"}, ("hours", "TOO_LARGE")),
        ({"topic": " "}, ("topic", "REQUIRED")),
    ):
        assert problems(await called(keeper, kind, {**given, **wrong})) == {problem}
