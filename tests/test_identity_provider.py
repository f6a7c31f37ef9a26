"""Signing in by an office's identity provider, which runs on the loopback here."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey

from resolvers.ground import providers
from resolvers.running.settings import Outside
from tests.moving import do
from tests.office import Api
from tests.providers import CLIENT, SECRET, Provider, provider
from tests.test_sessions import refreshed

OFFICE, STAFF = "hrss-bureau", "staff@hrss-bureau"
CALLBACK = f"https://guiju.example/oidc/{OFFICE}/callback"
PAGE = "https://guiju.example/app"
SET = """__typename ... on Administered { waits { id said } }
  ... on Refusal { code problems { path code } }"""


@pytest.fixture
async def idp(api: Api) -> AsyncIterator[Provider]:
    services = api.services
    inner = Outside(inner=(ip_network("127.0.0.0/8"),))
    api.app.state.services = replace(services, outside=inner)
    async with provider() as told:
        told.now = api.now.timestamp
        told.claims = {"preferred_username": "staff"}
        yield told
    api.app.state.services = services


def settings(idp: Provider, **more: str) -> dict[str, str]:
    return {
        "issuer": idp.url,
        "clientId": CLIENT,
        "clientSecret": SECRET,
        "callback": CALLBACK,
        "returnsTo": PAGE,
        **more,
    }


async def kept(api: Api, idp: Provider, **more: str) -> None:
    """The provider as one system administrator sets it and another confirms."""
    administrator = await api.person("system_admin@hrss-bureau")
    asked = await do(administrator, "setIdentityProvider", SET, **settings(idp, **more))
    act = asked["waits"]["id"]
    # Whoever confirms is another person than who asked.
    await api.run(
        "update administrative_acts set by_id ="
        " (select person_id from accounts where account = $1)",
        STAFF,
    )
    done = await do(administrator, "confirmAct", actId=act)
    assert done["__typename"] == "Administered", done


async def begun(api: Api) -> tuple[str, str]:
    """Where a browser is sent, and the cookie that it keeps."""
    answer = await api.client.get(f"/oidc/{OFFICE}/start")
    assert answer.status_code == 303, answer.text
    cookie = answer.cookies["guiju_oidc"]
    api.client.cookies.clear()
    assert "httponly" in answer.headers["set-cookie"].lower()
    return answer.headers["location"], cookie


async def back(api: Api, address: str, cookie: str) -> httpx.Response:
    there = address.removeprefix("https://guiju.example")
    answer = await api.client.get(there, headers={"cookie": f"guiju_oidc={cookie}"})
    api.client.cookies.clear()
    return answer


async def entered(api: Api, idp: Provider) -> httpx.Response:
    address, cookie = await begun(api)
    return await back(api, idp.authorize(address), cookie)


def code(answer: httpx.Response) -> str:
    if answer.status_code == 303:
        return answer.headers["location"].removeprefix(f"{PAGE}#error=")
    return str(answer.json()["errors"][0]["extensions"]["code"])


async def test_who_the_provider_vouches_for_gets_a_session_by_a_refresh(
    api: Api, idp: Provider
) -> None:
    await kept(api, idp)
    answer = await entered(api, idp)
    assert answer.status_code == 303
    page, refresh = answer.headers["location"].split("#refresh=")
    assert page == PAGE
    signed = await refreshed(api, refresh)
    shown = await api.ask("{ viewer { account } }", token=signed["token"])
    assert shown.data["viewer"]["account"] == STAFF
    [stored] = await api.rows("select * from identity_providers")
    assert SECRET not in str(dict(stored))
    asked = await api.value("select given::text from administrative_acts")
    assert SECRET not in asked
    idp.asked.clear()
    await entered(api, idp)
    assert idp.asked == ["/token"], "what it says of itself and its keys are kept"


async def test_new_keys_of_the_provider_are_fetched_when_a_token_needs_them(
    api: Api, idp: Provider
) -> None:
    await kept(api, idp, returnsTo="")
    assert (await entered(api, idp)).json().keys() == {"refresh"}
    idp.key = ECKey.generate_key("P-256", {"kid": "two"})
    assert (await entered(api, idp)).status_code == 200
    idp.published, idp.key = idp.key, ECKey.generate_key("P-256", {"kid": "two"})
    forged = await entered(api, idp)
    assert (forged.status_code, code(forged)) == (403, "PROVIDER_REFUSED"), "a key of its own"


async def test_what_is_not_ours_or_not_now_opens_nothing(api: Api, idp: Provider) -> None:
    await kept(api, idp)
    at = int(api.now.timestamp())
    before = await api.value("select count(*) from sessions")
    for wrong in (
        *({"iss": "http://127.0.0.1:1"}, {"aud": "another"}, {"nonce": "another"}),
        *({"exp": at - 120}, {"iat": at + 600}, {"nbf": at + 600}, {"azp": "another"}),
        {"preferred_username": None},
        {"preferred_username": 7},
        {"preferred_username": " "},
    ):
        idp.tampered = wrong
        assert code(await entered(api, idp)) == "PROVIDER_REFUSED", wrong
    for stranger in ("nobody", "director@science-bureau", "staff@hrss-bureau@hrss-bureau", "*"):
        idp.tampered = {"preferred_username": stranger}
        assert code(await entered(api, idp)) == "NO_SUCH_ACCOUNT", stranger
    assert await api.value("select count(*) from sessions") == before
    people = await api.value("select count(*) from accounts where account like 'nobody%'")
    assert people == 0, "none is made"
    idp.tampered = {"exp": at - 30, "iat": at + 30, "preferred_username": STAFF}
    late = await entered(api, idp)
    assert "#refresh=" in late.headers["location"], "clocks may differ a little"


async def test_what_was_not_begun_here_or_is_late_is_refused(api: Api, idp: Provider) -> None:
    await kept(api, idp)
    address, cookie = await begun(api)
    _, other = await begun(api)
    there = idp.authorize(address)
    for brought in ("", "x.y.z", other):
        assert code(await back(api, there, brought)) == "PROVIDER_STATE"
    assert code(await back(api, f"{CALLBACK}?error=access_denied", cookie)) == "PROVIDER_STATE"
    assert "#refresh=" in (await back(api, there, cookie)).headers["location"]
    assert code(await back(api, there, cookie)) == "PROVIDER_REFUSED", "its code was spent"
    elsewhere = there.replace(OFFICE, "science-bureau")
    assert code(await back(api, elsewhere, cookie)) == "NO_PROVIDER"
    api.now += providers.LASTS + timedelta(seconds=1)
    assert code(await back(api, idp.authorize(address), cookie)) == "PROVIDER_STATE"


async def test_a_disabled_account_is_opened_by_nobody(api: Api, idp: Provider) -> None:
    await kept(api, idp)
    disable = "update accounts set disabled_at = $1 where account = $2"
    await api.run(disable, api.now, STAFF)
    try:
        assert code(await entered(api, idp)) == "NO_SUCH_ACCOUNT"
    finally:
        await api.run(disable, None, STAFF)


async def test_a_provider_is_set_by_two_and_reached_where_it_may_be(
    api: Api, idp: Provider
) -> None:
    administrator = await api.person("system_admin@hrss-bureau")
    asked = await do(administrator, "setIdentityProvider", SET, **settings(idp))
    assert idp.url in asked["waits"]["said"]
    assert await api.value("select count(*) from identity_providers") == 0
    own = await do(administrator, "confirmAct", actId=asked["waits"]["id"])
    assert own["__typename"] == "Refusal"
    wrong: dict[str, Any] = {
        "issuer": "http://8.8.8.8",
        "clientId": " ",
        "callback": "https://guiju.example/oidc/science-bureau/callback",
        "returnsTo": "javascript:alert(1)",
    }
    refused = await do(administrator, "setIdentityProvider", SET, **settings(idp, **wrong))
    assert {(each["path"][1], each["code"]) for each in refused["problems"]} == {
        ("issuer", "NOT_A_GATEWAY"),
        ("clientId", "REQUIRED"),
        ("callback", "NOT_A_CALLBACK"),
        ("returnsTo", "NOT_AN_ADDRESS"),
    }
    staff = await api.person(STAFF)
    forbidden = await staff.ask("{ identityProvider { issuer } }")
    assert forbidden.codes == ["NOT_ALLOWED"]


async def test_without_a_provider_or_its_answer_nobody_is_sent_anywhere(
    api: Api, idp: Provider
) -> None:
    for institution in (OFFICE, "no-such-office", "*"):
        answer = await api.client.get(f"/oidc/{institution}/start")
        assert (answer.status_code, code(answer)) == (404, "NO_PROVIDER")
    await kept(api, idp)
    providers.KNOWN.described.clear()
    api.app.state.services = replace(api.services, outside=Outside())
    answer = await api.client.get(f"/oidc/{OFFICE}/start")
    assert code(answer) == "PROVIDER_SILENT", "the operator names this host no more"
