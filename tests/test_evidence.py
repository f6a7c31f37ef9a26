"""What an institution has signed is proven without the server, and nothing else is."""

import json
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from typer.testing import CliRunner

from resolvers.ground.database import Transaction
from resolvers.ground.evidence import Unproven, all_heads, heads_in, keys_of, unwrapped
from resolvers.ground.ledger import Checked, at_one_moment, check_all
from resolvers.running import postgres
from resolvers.time import duty_jobs
from schema.__main__ import app
from tests.office import REFUSAL, Api, Visitor, emptied, leave, opened
from tests.tampers import UNGUARDED, WALLS
from tests.verbs import long_leave, step

OFFICE = "hrss-bureau"
KEYS = "{ signingKeys { id since publicKey } }"
EXPORT = f"""mutation ($input: ExportReceiptInput!) {{ exportReceipt(input: $input) {{ __typename
  ... on ExportedFile {{ link name sha256 }} ... on Refusal {{ {REFUSAL} }} }} }}"""


@pytest.fixture(scope="module")
async def served(spare: postgres.Database) -> AsyncIterator[Api]:
    async with opened(spare) as api:
        yield api


@pytest.fixture
async def office(served: Api) -> Api:
    await emptied(served)
    return served


async def carried(api: Api, owner_url: str) -> bytes:
    """What an operator carries out of the house, once the day's job has run."""
    await duty_jobs.daily(api.services, {"institution": OFFICE})
    found = await at_one_moment(owner_url, lambda each: all_heads(each, date.min))
    return found.written.encode()


async def verified(owner_url: str, heads: bytes) -> Checked:
    return await at_one_moment(owner_url, lambda each: check_all(each, heads_in(heads)))


async def test_a_head_proves_what_was_there_names_what_came_later_and_finds_another_past(
    office: Api, spare: postgres.Database
):
    heads = await carried(office, spare.owner_url)
    head = json.loads(heads)["heads"][-1]
    found = await verified(spare.owner_url, heads)
    assert (found.complaints, OFFICE in found.unproven) == ([], False)
    staff = await office.person("staff@hrss-bureau")
    await staff.submit("leave.personal", leave("2026-03-09"))
    last = await office.value("select seq from ledger_heads where institution_id = $1", OFFICE)
    found = await verified(spare.owner_url, heads)
    assert (found.complaints, found.unproven[OFFICE]) == ([], (head["line"] + 1, last))
    assert await carried(office, spare.owner_url) == heads, "a day is signed once"
    owner = await asyncpg.connect(spare.owner_url)
    undone = owner.transaction()
    await undone.start()
    await owner.execute(UNGUARDED)
    for each in ("ledger_values", "ledger", "ledger_heads"):
        await owner.execute(f"delete from {each} where institution_id = $1", OFFICE)
    await owner.execute(WALLS)
    found = await check_all(Transaction(owner, None, ""), heads_in(heads))
    assert f"{OFFICE}, line {head['line']}: it was signed, and is not there." in found.complaints
    await undone.rollback()
    await owner.close()


@pytest.mark.parametrize("part", ["line", "digest", "day", "institution", "signature"])
async def test_a_head_that_was_changed_or_signed_by_another_proves_nothing(
    office: Api, spare: postgres.Database, part: str
):
    told = json.loads(await carried(office, spare.owner_url))
    head = told["heads"][-1]
    other = {"line": head["line"] + 1, "digest": "0" * 64, "day": "2020-01-01"}
    other |= {"institution": "science-bureau", "signature": head["signature"][:-4] + "AAAA"}
    head[part] = other[part]
    with pytest.raises(Unproven, match=f"line {head['line']}: the head of {head['day']}"):
        heads_in(json.dumps(told).encode())


async def test_no_file_of_heads_or_keys_is_said(tmp_path: Path):
    for content in (b"", b"[]", b"{}", b'{"keys": 1, "heads": 2}', b"\xff", b'{"keys": {"a": []}}'):
        with pytest.raises(Unproven, match="guiju heads"):
            heads_in(content)
        with pytest.raises(Unproven, match="guiju signing-keys"):
            keys_of(content)


async def receipt(visitor: Visitor, request: Any, format_: str) -> tuple[bytes, bytes]:
    """The receipt of a request, and the public keys."""
    given = {"requestId": request["id"], "format": format_, "idempotencyKey": format_}
    file = await visitor.one(EXPORT, {"input": given})
    assert file["__typename"] == "ExportedFile", file
    got = await visitor.api.client.get(file["link"])
    keys = [each["publicKey"] for each in await visitor.one(KEYS)]
    return got.content, json.dumps({"keys": keys}).encode()


@pytest.mark.parametrize("format_", ["JSON", "PAGE"])
async def test_a_receipt_is_proven_offline_and_one_changed_byte_is_found(
    office: Api, tmp_path: Path, format_: str
):
    staff = await office.person("staff@hrss-bureau")
    request = await long_leave(staff)
    content, keys = await receipt(staff, request, format_)
    said, by = unwrapped(content, keys_of(keys))
    assert request["number"] in said.decode()
    assert by == json.loads(keys)["keys"][0]["kid"]
    chance = random.Random(20261129)
    places = {*range(30), *range(len(content) - 150, len(content))}
    for place in {*places, *(chance.randrange(len(content)) for _ in range(300))}:
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Unproven):
            unwrapped(bytes(changed), keys_of(keys))
    file, key = tmp_path / "receipt", tmp_path / "keys"
    file.write_bytes(content)
    key.write_bytes(keys)
    command = ["verify-receipt", str(file), "--key", str(key)]
    told = CliRunner().invoke(app, command)
    assert (told.exit_code, by in told.output) == (0, True)


async def test_a_receipt_says_who_decided_by_which_clause_and_which_head_covers_it(
    office: Api, spare: postgres.Database
):
    staff = await office.person("staff@hrss-bureau")
    request = await long_leave(staff)
    chief = await office.person("section_chief@hrss-bureau")
    await chief.decide(step(request, "section_chief"), comment="注意安全")
    office.now += timedelta(days=1)
    await carried(office, spare.owner_url)
    staff = await office.person("staff@hrss-bureau")
    content, keys = await receipt(staff, request, "JSON")
    told = json.loads(unwrapped(content, keys_of(keys))[0])
    first = told["steps"][0]
    assert (first["decision"], first["comment"], first["seat"]["title"]) == (
        "agree",
        "注意安全",
        "科长",
    )
    assert first["clauses"] == ["attendance-measures/三(二)"]
    assert first["clauses"][0] in {each["clause"] for each in told["clauses"]}
    acts = told["acts"]
    assert [each["event"] for each in acts] == ["submitted", "decided"]
    chain = await office.rows(
        "select seq, encode(hash, 'hex') from ledger where institution_id = $1 and request = $2"
        " order by seq",
        OFFICE,
        told["request"],
    )
    assert [(each["line"], each["digest"]) for each in acts] == [tuple(each) for each in chain][:2]
    assert told["head"]["line"] >= acts[-1]["line"]
    assert heads_in(
        json.dumps({"keys": {OFFICE: json.loads(keys)}, "heads": [told["head"]]}).encode()
    )


async def test_a_new_key_of_the_server_is_a_new_key_of_the_institution_and_old_proofs_hold(
    office: Api, spare: postgres.Database
):
    before = await carried(office, spare.owner_url)
    services = office.services
    office.now += timedelta(days=7)
    newer = replace(
        services, secret=b"another secret, also long enough", former_secrets=(services.secret,)
    )
    await duty_jobs.daily(newer, {"institution": OFFICE})
    after = json.loads(await carried(office, spare.owner_url))
    assert len(after["keys"][OFFICE]["keys"]) == len(json.loads(before)["keys"][OFFICE]["keys"]) + 1
    assert len(heads_in(json.dumps(after).encode())) == len(heads_in(before)) + 1
    assert "private" not in json.dumps(after)
    assert '"d"' not in json.dumps(after)
    sealed = await office.rows("select public, sealed from signing_keys")
    assert all('"d"' not in each["public"] + each["sealed"] for each in sealed)


async def test_what_one_may_not_see_has_no_receipt(office: Api):
    staff = await office.person("staff@hrss-bureau")
    request = await long_leave(staff)
    stranger = await office.person("staff@science-bureau")
    before = await office.counts()
    given = {"requestId": request["id"], "idempotencyKey": "theirs"}
    assert (await stranger.one(EXPORT, {"input": given}))["code"] == "REQUEST_NOT_FOUND"
    assert await office.counts() == before


async def test_a_chain_written_anew_differs_from_what_was_signed(
    office: Api, spare: postgres.Database
):
    heads = heads_in(await carried(office, spare.owner_url))
    lies = [replace(each, digest="0" * 64) for each in heads[-1:]]
    found = await at_one_moment(spare.owner_url, lambda each: check_all(each, lies))
    line = heads[-1].line
    assert found.complaints == [f"{OFFICE}, line {line}: its hash is not the one that was signed."]
