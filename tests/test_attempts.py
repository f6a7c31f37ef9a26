"""Attempts at passwords: no crowd passes a limit, locks an owner out or holds others up."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any
from uuid import uuid4

import pytest
from argon2 import PasswordHasher

from resolvers.ground import hashing
from resolvers.ground.attempts import (
    ADDRESSES_KEPT,
    FORGOTTEN_AFTER,
    MOST_BY_STRANGERS,
    MOST_FROM_ONE_ADDRESS,
    MOST_OF_AN_ADDRESS,
)
from resolvers.ground.hashing import NOBODYS_HASH, normal
from tests.office import Api
from tests.test_sign_in import CHANGE, SIGN_IN, STAFF

CHIEF = "section_chief@hrss-bureau"
HOME, AWAY = "203.0.113.7", "198.51.100.9"
TAKEN, WRONG, THROTTLED = "SignedIn", "WRONG_CREDENTIALS", "TOO_MANY_ATTEMPTS"
CHAINS = "select institution_id, seq from ledger_heads order by 1"
HASH = "select password_hash from accounts where account"
ATTEMPTS = "select count(*) from sign_in_attempts"


@pytest.fixture
def gate(api: Api) -> Iterator["Gate"]:
    """The office's door behind a proxy, so that everybody comes from an address of their own."""
    api.app.state.trusted_proxies = (ip_network("127.0.0.1/32"),)
    yield Gate(api)
    api.app.state.trusted_proxies = ()


class Gate:
    def __init__(self, api: Api) -> None:
        self.api = api

    async def ask(self, query: str, given: Any, address: str, token: str = "") -> Any:
        headers = {"x-forwarded-for": address, "authorization": f"Bearer {token}"}
        body = {"query": query, "variables": {"input": given}}
        answer = await self.api.client.post("/graphql", json=body, headers=headers)
        [value] = answer.json()["data"].values()
        return value

    async def answer(self, account: str, password: str, address: str = HOME) -> Any:
        return await self.ask(SIGN_IN, {"account": account, "password": password}, address)

    async def enter(self, account: str, password: str, address: str = HOME) -> str:
        answer = await self.answer(account, password, address)
        return str(answer.get("code", answer["__typename"]))

    async def change(self, token: str, current: str, replacement: str, address: str = HOME) -> Any:
        given = {"current": current, "replacement": replacement, "idempotencyKey": str(uuid4())}
        return await self.ask(CHANGE, given, address, token)


async def test_parallel_guesses_do_not_pass_the_limit(gate: Gate) -> None:
    guesses = [gate.enter(STAFF, f"guess {number}") for number in range(20)]
    told = Counter(await asyncio.gather(*guesses))
    assert told == {WRONG: MOST_FROM_ONE_ADDRESS, THROTTLED: 20 - MOST_FROM_ONE_ADDRESS}
    assert await gate.api.value(ATTEMPTS) == MOST_FROM_ONE_ADDRESS


async def test_a_right_password_reads_like_a_wrong_one_while_throttled(gate: Gate) -> None:
    for account in (STAFF, "nobody@hrss-bureau"):
        for _ in range(MOST_FROM_ONE_ADDRESS):
            assert await gate.enter(account, "wrong") == WRONG
    answers = [await gate.answer(*each) for each in
               ((STAFF, "guiju"), (STAFF, "wrong"), ("nobody@hrss-bureau", "guiju"))]  # fmt: skip
    assert {answer["code"] for answer in answers} == {THROTTLED}
    assert answers[0] == answers[1] == answers[2]
    assert await gate.api.value("select count(*) from sessions") == 0


async def test_a_stranger_cannot_lock_an_owner_out(gate: Gate) -> None:
    assert await gate.enter(STAFF, "guiju") == TAKEN
    strangers = [f"198.51.100.{number}" for number in range(MOST_BY_STRANGERS)]
    for stranger in strangers:
        assert await gate.enter(STAFF, "wrong", stranger) == WRONG
    assert await gate.enter(STAFF, "guiju", "198.51.100.99") == THROTTLED
    assert await gate.enter(STAFF, "guiju") == TAKEN


async def test_an_address_that_tries_many_accounts_is_throttled_and_no_other(gate: Gate) -> None:
    assert await gate.enter(STAFF, "guiju") == TAKEN
    for number in range(MOST_OF_AN_ADDRESS):
        assert await gate.enter(f"nobody{number}@science-bureau", "wrong") == WRONG
    assert await gate.enter(CHIEF, "guiju") == THROTTLED
    assert await gate.enter(STAFF, "guiju") == TAKEN, "who signed in from there before still may"
    assert await gate.enter(CHIEF, "guiju", AWAY) == TAKEN


async def test_a_network_of_ipv6_addresses_counts_as_one(gate: Gate) -> None:
    for number in range(MOST_FROM_ONE_ADDRESS):
        assert await gate.enter(STAFF, "wrong", f"2001:db8::{number + 1:x}") == WRONG
    assert await gate.enter(STAFF, "guiju", "[2001:db8::ffff]:443") == THROTTLED
    assert await gate.enter(STAFF, "guiju", "2001:db8:0:1::1") == TAKEN


async def test_a_crowd_of_strangers_does_not_hold_up_who_is_known(gate: Gate) -> None:
    assert await gate.enter(STAFF, "guiju") == TAKEN
    done: list[str] = []

    async def told(account: str, password: str, address: str) -> None:
        done.append(await gate.enter(account, password, address))

    crowd = [told(f"nobody{n}@hrss-bureau", "x", f"2001:db8:{n:x}::1") for n in range(30)]
    honest = [told(f"nobody{n}@hrss-bureau", "x", HOME) for n in range(10)]
    await asyncio.gather(*crowd, *honest, told(STAFF, "guiju", HOME))
    assert done.count(WRONG) == len(done) - 1
    assert done.index(TAKEN) < 10


async def test_failures_of_nobody_leave_no_chain_and_no_line(gate: Gate) -> None:
    chains = await gate.api.rows(CHAINS)
    for account in ("x@*", "x@no-such-office", "nobody@hrss-bureau", "nobody", "@", "x@platform"):
        assert await gate.enter(account, "wrong", AWAY) == WRONG
    assert await gate.api.rows(CHAINS) == chains


async def test_attempts_are_swept_and_addresses_are_bounded(gate: Gate) -> None:
    for number in range(10):
        await gate.enter(f"nobody{number}@hrss-bureau", "x", f"203.0.113.{number}")
    assert await gate.api.value(ATTEMPTS) == 10
    gate.api.now += FORGOTTEN_AFTER
    await gate.enter(STAFF, "wrong", AWAY)
    assert await gate.api.value(ATTEMPTS) == 1
    for number in range(ADDRESSES_KEPT + 3):
        assert await gate.enter(STAFF, "guiju", f"203.0.113.{number}") == TAKEN
        gate.api.now += FORGOTTEN_AFTER
    kept = "select count(*) from sign_in_addresses where account = $1"
    assert await gate.api.value(kept, STAFF) == ADDRESSES_KEPT


async def test_a_password_change_is_throttled_like_signing_in(gate: Gate) -> None:
    token = (await gate.answer(STAFF, "guiju"))["token"]
    hashes = "select account, password_hash from accounts order by 1"
    before = await gate.api.rows(hashes)
    wrong = [gate.change(token, f"wrong {n}", "tall green hills") for n in range(20)]
    told = Counter(each["code"] for each in await asyncio.gather(*wrong))
    assert told == {WRONG: MOST_FROM_ONE_ADDRESS, THROTTLED: 20 - MOST_FROM_ONE_ADDRESS}
    right = await gate.change(token, "guiju", "tall green hills")
    assert right == await gate.change(token, "wrong", "tall green hills")
    assert right["code"] == THROTTLED
    assert await gate.enter(STAFF, "guiju") == THROTTLED
    assert await gate.api.rows(hashes) == before


@contextmanager
def watched(api: Api, patch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many connections are held whenever a password is hashed."""
    held: list[int] = []
    real, pool = hashing.HASHER, api.services.database.pool

    class Watching:
        def verify(self, password_hash: str, password: str) -> bool:
            held.append(pool.get_size() - pool.get_idle_size())
            return real.verify(password_hash, password)

        def check_needs_rehash(self, password_hash: str) -> bool:
            return real.check_needs_rehash(password_hash)

        def hash(self, password: str) -> str:
            held.append(pool.get_size() - pool.get_idle_size())
            return real.hash(password)

    with patch.context() as context:
        context.setattr(hashing, "HASHER", Watching())
        yield held


async def test_no_connection_is_held_while_a_password_is_hashed(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = """mutation ($a: SignInInput!, $b: SignInInput!, $c: ChangePasswordInput!) {
      first: signIn(input: $a) { __typename } second: signIn(input: $b) { __typename }
      changePassword(input: $c) { __typename ... on Refusal { code } } }"""
    right, wrong = {"account": STAFF, "password": "guiju"}, {"account": STAFF, "password": "x"}
    stored = await gate.api.value("select password_hash from accounts where account = $1", STAFF)
    change = {"current": "guiju", "replacement": "tall green hills", "idempotencyKey": "k"}
    try:
        with watched(gate.api, monkeypatch) as held:
            asked = await gate.api.ask(several, {"a": right, "b": wrong, "c": change})
            token = (await gate.answer(STAFF, "tall green hills", AWAY))["token"]
            await gate.change(token, "tall green hills", "wide blue lakes")
        names = [each["__typename"] for each in asked.data.values()]
        assert names == ["SignedIn", "Refusal", "PasswordChanged"]
        assert len(held) == 7
        assert set(held) == {0}
    finally:
        await gate.api.run(
            "update accounts set password_hash = $1 where person_id ="
            " (select person_id from accounts where account = $2)",
            *(stored, STAFF),
        )


async def test_a_change_repeated_is_answered_once_and_a_key_serves_one_change(gate: Gate) -> None:
    stored = await gate.api.value("select password_hash from accounts where account = $1", STAFF)
    changes = "select count(*) from ledger where event = 'password_changed'"
    before = await gate.api.value(changes)
    token = (await gate.answer(STAFF, "guiju"))["token"]
    given = {"current": "guiju", "replacement": "tall green hills", "idempotencyKey": "once"}
    try:
        twins = [gate.ask(CHANGE, given, HOME, token) for _ in range(3)]
        assert {each["__typename"] for each in await asyncio.gather(*twins)} == {"PasswordChanged"}
        other = await gate.ask(CHANGE, {**given, "replacement": "another one"}, HOME, token)
        assert other["code"] == "KEY_REUSED"
        assert await gate.api.value(changes) == before + 1
    finally:
        await gate.api.run("update accounts set password_hash = $1", stored)


async def test_a_hash_of_another_cost_is_renewed_by_signing_in(gate: Gate) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("guiju")
    stored = await gate.api.value("select password_hash from accounts where account = $1", STAFF)
    set_hash = """update accounts set password_hash = $1 where person_id =
      (select person_id from accounts where account = $2)"""
    try:
        await gate.api.run(set_hash, cheap, STAFF)
        assert await gate.enter(STAFF, "wrong") == WRONG
        assert await gate.api.value(f"{HASH} = $1", STAFF) == cheap
        assert await gate.enter(STAFF, "guiju") == TAKEN
        renewed = await gate.api.value(f"{HASH} = $1", STAFF)
        assert renewed.rsplit("$", 2)[0] == NOBODYS_HASH.rsplit("$", 2)[0]
        assert await gate.enter(STAFF, "guiju") == TAKEN
        assert await gate.api.value(f"{HASH} = $1", STAFF) == renewed
    finally:
        await gate.api.run(set_hash, stored, STAFF)


async def test_what_looks_alike_is_the_same_password(gate: Gate) -> None:
    assert normal("ｇｕｉｊｕ") == "guiju"
    assert await gate.enter(STAFF, "ｇｕｉｊｕ") == TAKEN
