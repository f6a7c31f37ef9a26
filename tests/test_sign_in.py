"""Signing in: nothing is told apart that should not be, and no token outlives its session."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from resolvers.ground import hashing, tokens
from resolvers.ground.attempts import FORGOTTEN_AFTER, MOST_FROM_ONE_ADDRESS
from tests.office import MONDAY, Answer, Api, day, leave
from tests.records import records

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignedIn { token viewer { name account seats { role } } }
  ... on Refusal { code message problems { path code } } } }"""
CHANGE = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename
  ... on Refusal { code message } } }"""
SIGN_OUT = """mutation { signOut(input: {idempotencyKey: "bye"}) { __typename
  ... on SignedOut { account } } }"""
VIEWER = "{ viewer { account seats { role } } }"
STAFF = "staff@hrss-bureau"


async def enter(api: Api, account: str = STAFF, password: str = "guiju") -> dict[str, object]:
    answer = await api.ask(SIGN_IN, {"input": {"account": account, "password": password}})
    signed: dict[str, object] = answer.data["signIn"]
    return signed


async def viewer(api: Api, token: object) -> Answer:
    return await api.ask(VIEWER, token=str(token))


async def test_the_right_password_opens_a_session(api: Api) -> None:
    signed = await enter(api)
    assert signed["__typename"] == "SignedIn"
    assert signed["viewer"] == {
        "name": "郭晓燕",
        "account": STAFF,
        "seats": [{"role": "staff"}],
    }
    assert (await viewer(api, signed["token"])).data["viewer"]["account"] == STAFF


async def test_a_wrong_password_and_an_unknown_account_read_the_same(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified = []
    verify = hashing.HASHER.verify

    class Watched:
        def verify(self, password_hash: str, password: str) -> bool:
            verified.append(password_hash)
            return verify(password_hash, password)

    monkeypatch.setattr(hashing, "HASHER", Watched())
    unknown = ("nobody@hrss-bureau", "staff@no-such-office", "", "STAFF@HRSS-BUREAU", "x@*", "@")
    answers = [await enter(api, STAFF, "wrong")]
    answers += [await enter(api, account, "guiju") for account in unknown]
    assert answers[0]["code"] == "WRONG_CREDENTIALS"
    assert all(answer == answers[0] for answer in answers)
    assert len(verified) == len(answers)
    costs = {each.rsplit("$", 2)[0] for each in verified}
    assert len(costs) == 1, "argon2 works equally hard for both"


async def test_failures_are_throttled_until_they_are_forgotten(api: Api) -> None:
    for _ in range(MOST_FROM_ONE_ADDRESS):
        assert (await enter(api, password="wrong"))["code"] == "WRONG_CREDENTIALS"
    refused = await enter(api)
    assert (refused["code"], refused["message"]) == (
        "TOO_MANY_ATTEMPTS",
        "失败次数过多，请在 15 分钟后再试",
    )
    assert (await enter(api, "section_chief@hrss-bureau"))["__typename"] == "SignedIn"
    api.now += FORGOTTEN_AFTER
    assert (await enter(api))["__typename"] == "SignedIn"


async def test_an_unknown_account_is_throttled_alike(api: Api) -> None:
    for _ in range(MOST_FROM_ONE_ADDRESS):
        await enter(api, "nobody@hrss-bureau")
    assert (await enter(api, "nobody@hrss-bureau"))["code"] == "TOO_MANY_ATTEMPTS"


async def test_successes_are_never_throttled_and_forgive_the_failures_before(api: Api) -> None:
    for _ in range(MOST_FROM_ONE_ADDRESS - 1):
        await enter(api, password="wrong")
    for _ in range(MOST_FROM_ONE_ADDRESS + 1):
        assert (await enter(api))["__typename"] == "SignedIn"
    assert await api.value("select count(*) from sign_in_attempts") == 0


async def test_signing_out_ends_this_session_and_no_other(api: Api) -> None:
    first, second = [await enter(api) for _ in range(2)]
    out = await api.ask(SIGN_OUT, token=str(first["token"]))
    assert out.data["signOut"] == {"__typename": "SignedOut", "account": STAFF}
    assert (await viewer(api, first["token"])).codes == ["NOT_SIGNED_IN"]
    assert (await viewer(api, second["token"])).data["viewer"]["account"] == STAFF


async def test_a_new_password_ends_every_other_session(api: Api) -> None:
    kept = await api.value("select password_hash from accounts where account = $1", STAFF)
    mine, other = [await enter(api) for _ in range(2)]
    given = {"current": "guiju", "replacement": "long enough", "idempotencyKey": "k"}
    try:
        for wrong, code in (
            ({"current": "wrong"}, "WRONG_CREDENTIALS"),
            ({"replacement": "short"}, "WEAK_PASSWORD"),
            ({"replacement": "x" * 257}, "WEAK_PASSWORD"),
        ):
            refused = await api.ask(CHANGE, {"input": {**given, **wrong}}, str(mine["token"]))
            assert refused.data["changePassword"]["code"] == code
        changed = await api.ask(CHANGE, {"input": given}, str(mine["token"]))
        assert changed.data["changePassword"]["__typename"] == "PasswordChanged", changed.body
        assert (await api.ask(CHANGE, {"input": given}, str(mine["token"]))).data == changed.data
        assert (await viewer(api, other["token"])).codes == ["NOT_SIGNED_IN"]
        assert (await viewer(api, mine["token"])).data
        assert (await enter(api))["code"] == "WRONG_CREDENTIALS"
        assert (await enter(api, password="long enough"))["__typename"] == "SignedIn"
    finally:
        await api.run(
            "update accounts set password_hash = $1 where person_id ="
            " (select person_id from accounts where account = $2)",
            *(kept, STAFF),
        )


async def test_no_token_and_no_honest_token_are_refused_alike(api: Api) -> None:
    assert (await api.ask(VIEWER)).codes == ["NOT_SIGNED_IN"]
    visitor = await api.person(STAFF)
    header, body, signature = visitor.token.split(".")
    unsigned = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    claims = jwt.decode(visitor.token, OctKey.import_key(api.services.secret)).claims
    other_key = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("another secret" * 3))
    hs512 = jwt.encode(
        {"alg": "HS512"},
        claims,
        OctKey.import_key(api.services.secret),
        algorithms=["HS512"],
    )
    forged = (
        *(f"{unsigned}.{body}.", f"{unsigned}.{body}.{signature}", f"{header}.{body}."),
        *(f"{header}.{body}.{signature[::-1]}", other_key, hs512),
        *("", "Bearer", "a.b.c", "x" * 5000, "......", f"{visitor.token}.{signature}"),
    )
    assert urlsafe_b64decode(body + "==")
    kept = tokens._decoded.cache_info().currsize
    for token in forged:
        answer = await viewer(api, token)
        assert (answer.status, answer.codes) == (200, ["NOT_SIGNED_IN"]), token[:40]
    assert tokens._decoded.cache_info().currsize == kept, "nothing forged is kept"


async def test_a_token_holds_while_the_key_that_signed_it_is_a_former_one(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, services = await api.person(STAFF), api.services
    for former, codes in (((services.secret,), []), ((), ["NOT_SIGNED_IN"])):
        turned = replace(services, secret=b"turned" * 8, former_secrets=former)
        monkeypatch.setitem(api.app.state._state, "services", turned)
        assert (await viewer(api, visitor.token)).codes == codes


async def test_a_session_s_own_secret_does_not_open_another_office_or_person(api: Api) -> None:
    visitor = await api.person(STAFF)
    secret = api.services.secret
    known = tokens.read(visitor.token, api.now, (secret,))
    elsewhere = tokens.Claims("science-bureau", known.person, known.session)
    nowhere = tokens.Claims("hrss-bureau", known.person, uuid4())
    for claims in (elsewhere, nowhere):
        token = tokens.issue(claims, MONDAY + timedelta(hours=1), secret)
        assert (await viewer(api, token)).codes == ["NOT_SIGNED_IN"], claims.institution


async def test_a_token_expires_before_its_session(api: Api) -> None:
    signed = await enter(api)
    api.now += timedelta(hours=api.services.token_hours) - timedelta(seconds=1)
    assert (await viewer(api, signed["token"])).data
    api.now += timedelta(seconds=1)
    assert (await viewer(api, signed["token"])).codes == ["TOKEN_EXPIRED"]


async def test_a_session_closed_by_the_office_counts_no_more(api: Api) -> None:
    visitor = await api.person(STAFF)
    await api.run("update sessions set revoked_at = now()")
    assert (await viewer(api, visitor.token)).codes == ["NOT_SIGNED_IN"]
    refused = await visitor.ask(SIGN_OUT)
    assert refused.codes == ["NOT_SIGNED_IN"]


async def test_somebody_without_a_seat_today_may_look_but_not_ask(api: Api) -> None:
    visitor = await api.person(STAFF)
    vacate = """update appointments a set ends = $1 from people p
                where p.id = a.person_id and p.account = $2"""
    await api.run(vacate, day("2026-03-01"), STAFF)
    try:
        assert (await visitor.one(VIEWER))["seats"] == []
        refusal = await visitor.submit("leave.personal", leave("2026-03-09"))
        assert refusal["code"] == "NO_SEAT"
    finally:
        await api.run(vacate, None, STAFF)


async def test_a_failure_is_written_where_nobody_can_erase_it(api: Api) -> None:
    failures = "select count(*) from ledger where event = 'sign_in_failed'"
    before = await api.value(failures)
    await enter(api, password="wrong")
    await enter(api, "nobody@no-such-office")
    assert await api.value(failures) == before + 1
    [told, *_] = await records(api, "l.event = 'sign_in_failed'")
    assert "wrong" not in str(told)
