"""Second factors: a code beside the password, which administrators owe before they administer."""

import asyncio
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from resolvers.ground.attempts import MOST_FROM_ONE_ADDRESS
from tests.office import Api, Visitor
from tests.records import records

CHIEF, ADMINISTRATOR = "policy_admin@hrss-bureau", "system_admin@hrss-bureau"
SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignedIn { token } ... on Refusal { code problems { path code } } } }"""
BEGIN = """mutation ($key: ID!) { beginSecondFactor(input: {idempotencyKey: $key}) {
  ... on SecondFactorBegun { secret uri } ... on Refusal { code } } }"""
MINE = "{ secondFactor { confirmedAt recoveryCodesLeft owed } }"
UNLOCK = """mutation ($key: ID!) { unlockAccount(input: {
  account: "staff@hrss-bureau", idempotencyKey: $key}) {
  ... on Administered { account } ... on Refusal { code } } }"""
DEMAND = """mutation ($demanded: Boolean!, $key: ID!) { demandSecondFactor(input: {
  demanded: $demanded, idempotencyKey: $key}) {
  ... on Administered { waits { id } } ... on Refusal { code } } }"""
CLEAR = """mutation ($account: String!) { clearSecondFactor(input: {
  account: $account, idempotencyKey: "c"}) {
  ... on Administered { account waits { id } } ... on Refusal { code } } }"""


async def coded(visitor: Visitor, name: str, code: str, key: str) -> dict[str, Any]:
    said = "account" if name == "endSecondFactor" else "account recoveryCodes"
    kind = "SecondFactorEnded" if name == "endSecondFactor" else "SecondFactorProved"
    answer = await visitor.ask(
        f"mutation ($input: SecondFactorCodeInput!) {{ {name}(input: $input) {{"
        f" ... on {kind} {{ {said} }} ... on Refusal {{ code }} }} }}",
        {"input": {"code": code, "idempotencyKey": key}},
    )
    told: dict[str, Any] = answer.data[name]
    return told


async def enter(api: Api, account: str, code: str | None = None) -> dict[str, Any]:
    given = {"account": account, "password": "guiju", "code": code}
    signed: dict[str, Any] = (await api.ask(SIGN_IN, {"input": given})).data["signIn"]
    return signed


def code_of(api: Api, secret: str) -> str:
    return pyotp.TOTP(secret).at(api.now)


async def set_up(api: Api, visitor: Visitor) -> tuple[str, list[str]]:
    begun = (await visitor.ask(BEGIN, {"key": "b"})).data["beginSecondFactor"]
    assert pyotp.parse_uri(begun["uri"]).secret == begun["secret"]
    kept = await coded(visitor, "confirmSecondFactor", code_of(api, begun["secret"]), "first")
    api.now += timedelta(seconds=30)
    return begun["secret"], kept["recoveryCodes"]


async def test_a_secret_counts_from_its_first_code_on_and_then_signing_in_asks(api: Api) -> None:
    visitor = await api.person(CHIEF)
    begun = (await visitor.ask(BEGIN, {"key": "b"})).data["beginSecondFactor"]
    assert (await visitor.ask(BEGIN, {"key": "b"})).data["beginSecondFactor"]["secret"] is None
    assert (await enter(api, CHIEF))["__typename"] == "SignedIn", "it was never confirmed"
    stored = await api.value("select sealed_secret from second_factors")
    assert begun["secret"] not in stored
    wrong = await coded(visitor, "confirmSecondFactor", "000000", "w")
    assert wrong == {"code": "WRONG_CODE"}
    right = await coded(visitor, "confirmSecondFactor", code_of(api, begun["secret"]), "r")
    assert len(set(right["recoveryCodes"])) == 10
    digests = [row[0] for row in await api.rows("select digest from recovery_codes")]
    assert len(digests) == 10
    again = await coded(visitor, "confirmSecondFactor", code_of(api, begun["secret"]), "r")
    assert again["recoveryCodes"] == [], "told once"
    refused = await enter(api, CHIEF)
    assert refused["code"] == "SECOND_FACTOR_WANTED"
    assert refused["problems"] == [{"path": ["input", "code"], "code": "SECOND_FACTOR_WANTED"}]
    assert (await visitor.ask(BEGIN, {"key": "n"})).data["beginSecondFactor"] == {
        "code": "SECOND_FACTOR_STANDS"
    }
    told = await records(api, "l.event like 'second_factor%'")
    assert begun["secret"] not in str(told)


async def test_a_code_counts_once_and_none_after_a_later_one(api: Api) -> None:
    secret, _ = await set_up(api, await api.person(CHIEF))
    earlier, code = pyotp.TOTP(secret).at(api.now - timedelta(seconds=30)), code_of(api, secret)
    both = await asyncio.gather(*(enter(api, CHIEF, code) for _ in range(2)))
    assert sorted(each["__typename"] for each in both) == ["Refusal", "SignedIn"]
    assert (await enter(api, CHIEF, earlier))["code"] == "WRONG_CODE"
    api.now += timedelta(seconds=30)
    wide = code_of(api, secret).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert (await enter(api, CHIEF, f" {wide} "))["__typename"] == "SignedIn"
    assert (await enter(api, CHIEF, pyotp.TOTP(secret).at(api.now + timedelta(seconds=90))))[
        "code"
    ] == "WRONG_CODE"


async def test_a_recovery_code_stands_for_one_code(api: Api) -> None:
    visitor = await api.person(CHIEF)
    _, recovery = await set_up(api, visitor)
    assert (await enter(api, CHIEF, recovery[0].lower()))["__typename"] == "SignedIn"
    assert (await enter(api, CHIEF, recovery[0]))["code"] == "WRONG_CODE"
    assert (await visitor.one(MINE))["recoveryCodesLeft"] == 9
    renewed = await coded(visitor, "renewRecoveryCodes", recovery[1], "renew")
    assert (await enter(api, CHIEF, recovery[2]))["code"] == "WRONG_CODE"
    assert await coded(visitor, "endSecondFactor", renewed["recoveryCodes"][0], "end") == {
        "account": CHIEF
    }
    assert (await enter(api, CHIEF))["__typename"] == "SignedIn"


async def test_wrong_codes_are_throttled_as_wrong_passwords_are(api: Api) -> None:
    visitor = await api.person(CHIEF)
    secret, _ = await set_up(api, visitor)
    for at in range(MOST_FROM_ONE_ADDRESS):
        wrong = await (
            enter(api, CHIEF, "000000")
            if at % 2
            else coded(visitor, "proveSecondFactor", "1", f"{at}")
        )
        assert wrong["code"] == "WRONG_CODE"
    assert (await enter(api, CHIEF, code_of(api, secret)))["code"] == "TOO_MANY_ATTEMPTS"
    proof = await coded(visitor, "proveSecondFactor", code_of(api, secret), "late")
    assert proof["code"] == "TOO_MANY_ATTEMPTS"


@pytest.fixture
async def demanding(api: Api) -> Any:
    demand = "update institutions set second_factor = $1 where institution_id = 'hrss-bureau'"
    await api.run(demand, True)
    yield api
    await api.run(demand, False)


async def test_administrators_set_it_up_before_they_administer(demanding: Api) -> None:
    api = demanding
    token = (await enter(api, ADMINISTRATOR))["token"]
    administrator = Visitor(api, ADMINISTRATOR, token)
    before = await api.counts()
    refused = await administrator.ask(UNLOCK, {"key": "1"})
    assert refused.data["unlockAccount"] == {"code": "SECOND_FACTOR_NEEDED"}
    assert await api.counts() == before
    assert (await administrator.one(MINE)) == {
        "confirmedAt": None,
        "recoveryCodesLeft": 0,
        "owed": True,
    }
    secret, _ = await set_up(api, administrator)
    done = await administrator.ask(UNLOCK, {"key": "2"})
    assert done.data["unlockAccount"] == {"account": "staff@hrss-bureau"}
    other = await api.person(ADMINISTRATOR)
    await api.run("update sessions set proved_at = null")
    assert (await other.ask(UNLOCK, {"key": "3"})).data["unlockAccount"]["code"] == (
        "SECOND_FACTOR_NEEDED"
    ), "a session that no code opened"
    proved = await coded(other, "proveSecondFactor", code_of(api, secret), "p")
    assert proved["account"] == ADMINISTRATOR
    assert (await other.ask(UNLOCK, {"key": "4"})).data["unlockAccount"].keys() == {"account"}
    staff = await api.person("staff@hrss-bureau")
    assert (await staff.one(MINE))["owed"] is False


async def test_a_lost_device_is_cleared_by_an_administrator(api: Api) -> None:
    secret, _ = await set_up(api, await api.person("staff@hrss-bureau"))
    administrator = await api.person(ADMINISTRATOR)
    account = {"account": "staff@hrss-bureau"}
    cleared = (await administrator.ask(CLEAR, account)).data["clearSecondFactor"]
    assert cleared == {**account, "waits": None}
    assert (await enter(api, account["account"]))["__typename"] == "SignedIn"
    assert secret


async def test_to_demand_it_no_more_takes_two(api: Api) -> None:
    administrator = await api.person(ADMINISTRATOR)
    off = {"demanded": False, "key": "off"}
    assert (await administrator.ask(DEMAND, off)).data["demandSecondFactor"]["waits"]
    on = {"demanded": True, "key": "on"}
    try:
        assert (await administrator.ask(DEMAND, on)).data["demandSecondFactor"] == {"waits": None}
        assert (await administrator.one(MINE))["owed"]
    finally:
        await api.run("update institutions set second_factor = false")
