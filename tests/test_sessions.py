"""Sessions: refreshed by what counts once, seen and ended from elsewhere."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from resolvers.ground.sessions import LEEWAY
from tests.office import Answer, Api
from tests.records import records

STAFF, ADMINISTRATOR = "staff@hrss-bureau", "system_admin@hrss-bureau"
SIGNED = """__typename ... on SignedIn { token expiresAt refreshToken sessionEndsAt }
  ... on Refusal { code }"""
SIGN_IN = f"mutation ($input: SignInInput!) {{ signIn(input: $input) {{ {SIGNED} }} }}"
REFRESH = f"""mutation ($input: RefreshSessionInput!) {{
  refreshSession(input: $input) {{ {SIGNED} }} }}"""
SESSIONS = """query ($account: String) { sessions(account: $account) {
  id account address begunAt seenAt endsAt current secondFactor } }"""
END = """mutation ($id: ID!) { endSession(input: {sessionId: $id, idempotencyKey: "e"}) {
  ... on SessionsEnded { count } ... on Refusal { code problems { path code } } } }"""
END_OTHERS = """mutation { endOtherSessions(input: {idempotencyKey: "o"}) {
  ... on SessionsEnded { count } ... on Refusal { code } } }"""
VIEWER = "{ viewer { account } }"


async def enter(api: Api, account: str = STAFF) -> dict[str, Any]:
    given = {"input": {"account": account, "password": "guiju"}}
    signed: dict[str, Any] = (await api.ask(SIGN_IN, given)).data["signIn"]
    return signed


async def refreshed(api: Api, text: str) -> dict[str, Any]:
    answer = await api.ask(REFRESH, {"input": {"refreshToken": text}})
    signed: dict[str, Any] = answer.data["refreshSession"]
    return signed


async def codes(api: Api, token: str) -> list[str]:
    return (await api.ask(VIEWER, token=token)).codes


async def ended(api: Api, token: str, id_: str) -> dict[str, Any]:
    answer: Answer = await api.ask(END, {"id": id_}, token)
    said: dict[str, Any] = answer.data["endSession"]
    return said


async def test_who_signs_in_is_told_until_when_and_a_refresh_prolongs_it(api: Api) -> None:
    first = await enter(api)
    expires = datetime.fromisoformat(first["expiresAt"])
    assert expires == api.now + timedelta(hours=api.services.token_hours)
    api.now = expires
    assert await codes(api, first["token"]) == ["TOKEN_EXPIRED"]
    second = await refreshed(api, first["refreshToken"])
    assert await codes(api, second["token"]) == []
    assert second["sessionEndsAt"] == first["sessionEndsAt"]
    ends = datetime.fromisoformat(first["sessionEndsAt"])
    api.now = ends - timedelta(hours=1)
    last = await refreshed(api, second["refreshToken"])
    assert last["expiresAt"] == last["sessionEndsAt"]
    api.now = ends
    assert await codes(api, last["token"]) == ["TOKEN_EXPIRED"]
    assert (await refreshed(api, last["refreshToken"]))["code"] == "SESSION_OVER"


async def test_a_refresh_that_was_spent_before_ends_the_session_for_both(api: Api) -> None:
    first = await enter(api)
    second = await refreshed(api, first["refreshToken"])
    third = await refreshed(api, second["refreshToken"])
    assert (await refreshed(api, first["refreshToken"]))["code"] == "SESSION_OVER"
    assert await codes(api, third["token"]) == ["NOT_SIGNED_IN"]
    assert (await refreshed(api, third["refreshToken"]))["code"] == "SESSION_OVER"
    [told, *_] = await records(api, "l.event = 'refresh_spent_twice'")
    assert first["refreshToken"] not in str(told)


async def test_a_call_that_a_bad_network_repeats_is_answered_alike_for_a_minute(api: Api) -> None:
    first = await enter(api)
    both = await asyncio.gather(*(refreshed(api, first["refreshToken"]) for _ in range(2)))
    assert both[0]["refreshToken"] == both[1]["refreshToken"]
    api.now += LEEWAY + timedelta(seconds=1)
    assert (await refreshed(api, first["refreshToken"]))["code"] == "SESSION_OVER"


async def test_nothing_but_a_refresh_refreshes_and_no_refresh_is_a_token(api: Api) -> None:
    signed = await enter(api)
    token, refresh = signed["token"], signed["refreshToken"]
    for other in (token, "", "x.y.z", refresh[:-2], "x" * 5000):
        assert (await refreshed(api, other))["code"] == "SESSION_OVER"
    assert await codes(api, refresh) == ["NOT_SIGNED_IN"]
    assert await codes(api, token) == []


async def test_one_sees_one_s_sessions_and_ends_the_others(api: Api) -> None:
    begun = api.now
    signed = [await enter(api) for _ in range(3)]
    token = signed[-1]["token"]
    api.now += timedelta(hours=1)
    shown = (await api.ask(SESSIONS, token=token)).data["sessions"]
    assert [each["current"] for each in shown].count(True) == 1
    assert {each["account"] for each in shown} == {STAFF}
    assert all(each["address"] for each in shown)
    [mine] = [
        each for each in (await api.ask(SESSIONS, token=token)).data["sessions"] if each["current"]
    ]
    assert datetime.fromisoformat(mine["seenAt"]) == api.now
    assert datetime.fromisoformat(mine["begunAt"]) == begun
    [other, *_] = [each["id"] for each in shown if not each["current"]]
    assert await ended(api, token, other) == {"count": 1}
    ask = await api.ask(END_OTHERS, token=token)
    assert ask.data["endOtherSessions"] == {"count": 1}
    assert [await codes(api, each["token"]) for each in signed] == [
        ["NOT_SIGNED_IN"],
        ["NOT_SIGNED_IN"],
        [],
    ]
    assert (await refreshed(api, signed[0]["refreshToken"]))["code"] == "SESSION_OVER"


async def test_a_system_administrator_ends_another_s_session_and_nobody_else_does(api: Api) -> None:
    signed = await enter(api)
    [shown] = (await api.ask(SESSIONS, token=signed["token"])).data["sessions"]
    for stranger in ("section_chief@hrss-bureau", "system_admin@science-bureau"):
        visitor = await api.person(stranger)
        refused = await ended(api, visitor.token, shown["id"])
        assert refused["problems"] == [
            {"path": ["input", "sessionId"], "code": "SESSION_NOT_FOUND"}
        ]
    chief = await api.person("section_chief@hrss-bureau")
    assert (await chief.ask(SESSIONS, {"account": STAFF})).codes == ["NOT_ALLOWED"]
    administrator = await api.person(ADMINISTRATOR)
    [seen] = (await administrator.ask(SESSIONS, {"account": STAFF})).data["sessions"]
    assert (seen["id"], seen["current"]) == (shown["id"], False)
    assert (await administrator.ask(SESSIONS, {"account": "no"})).codes == ["INVALID_INPUT"]
    assert await ended(api, administrator.token, seen["id"]) == {"count": 1}
    assert await codes(api, signed["token"]) == ["NOT_SIGNED_IN"]
    [*_, told] = await records(api, "l.event = 'sessions_ended'")
    assert told["whom"] != told["person"]
