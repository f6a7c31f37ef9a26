"""People are told outside that something waits, once, signed, and whatever the gateway does."""

import asyncio
import base64
import email
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from email.header import decode_header, make_header
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.office.channels import Outcome, is_within, next_try, outcome, signature
from resolvers.ground.gateways import NotAllowed, reached
from resolvers.running.push import push_due
from resolvers.running.settings import Outside
from tests.gateways import gateway, mail
from tests.office import MONDAY, SIX_DAYS, Api, Visitor, leave, problems

STAFF, CHIEF, ADMIN = (f"{each}@hrss-bureau" for each in ("staff", "section_chief", "policy_admin"))
INNER = (ip_network("127.0.0.0/8"),)
CHANNELS = (
    "{ channels { id way url failures trouble waiting dead deadLetters { code why tries } } }"
)
OPEN = """mutation ($input: OpenChannelInput!) { openChannel(input: $input) { __typename
  ... on ChannelOpened { channelId secret } ... on Refusal { code problems { path code } } } }"""


@pytest.fixture
async def office(api: Api) -> AsyncIterator[Api]:
    services = api.services
    link = "https://office.example/requests/{number}"
    api.app.state.services = replace(services, outside=Outside(link=link, inner=INNER))
    yield api
    api.app.state.services = services


async def opened(admin: Visitor, **given: Any) -> Any:
    return await admin.one(OPEN, {"input": {"idempotencyKey": "open", **given}})


async def channel(api: Api) -> Any:
    [only] = await (await api.person(ADMIN)).one(CHANNELS)
    return only


async def test_a_chief_is_told_what_waits_and_nothing_of_what_it_says(office: Api):
    async with gateway() as told:
        made = await opened(await office.person(ADMIN), way="WEBHOOK", url=told.url)
        staff = await office.person(STAFF)
        request = await staff.submit("leave.personal", leave(SIX_DAYS[0]))
        assert await push_due(office.services) == 1
        [said] = [json.loads(each) for each in told.bodies]
        assert said == {
            "id": told.headers[0]["webhook-id"],
            "institution": "hrss-bureau",
            "code": "YOUR_TURN",
            "at": MONDAY.isoformat(),
            "to": ["section_chief@hrss-bureau"],
            "number": request["number"],
            "kind": "leave.personal",
            "link": f"https://office.example/requests/{request['number']}",
        }
        head = told.headers[0]
        signed = signature(
            bytes.fromhex(made["secret"]), head["webhook-id"], int(head["webhook-timestamp"]),
            told.bodies[0],
        )  # fmt: skip
        assert head["webhook-signature"] == signed
        assert len(base64.b64decode(signed.removeprefix("v1,"))) == 32
        await office.wait(seconds=2)
        assert await push_due(office.services) == 0, "nobody is told twice"


async def test_a_gateway_that_fails_for_an_hour_gets_within_a_minute_what_still_waits(office: Api):
    async with gateway() as told:
        await opened(await office.person(ADMIN), way="WEBHOOK", url=told.url)
        staff, chief = await office.person(STAFF), await office.person(CHIEF)
        told.status = 503
        await staff.submit("leave.personal", leave(SIX_DAYS[0]))
        await push_due(office.services)
        decided = await staff.submit("leave.personal", leave(SIX_DAYS[1]))
        for _ in range(60):
            await office.wait(minutes=1)
            await push_due(office.services)
        failing = await channel(office)
        assert (failing["waiting"], failing["trouble"]) == (2, "HTTP 503")
        assert failing["failures"] == len(told.bodies) == 61
        turns = {edge["node"]["id"]: edge["step"]["id"] for edge in await chief.inbox()}
        await chief.decide(turns[decided["id"]], "REJECT", comment="人手不足")
        told.status = 204
        del told.bodies[:]
        await office.wait(minutes=1)
        await push_due(office.services)
        turns_told = [
            said["number"] for said in map(json.loads, told.bodies) if said["code"] == "YOUR_TURN"
        ]
        assert len(turns_told) == 1, "nobody is told of a turn that is over"
        assert decided["number"] not in turns_told
        working = await channel(office)
        assert (working["waiting"], working["failures"], working["trouble"]) == (0, 0, None)


async def test_a_gateway_that_hangs_up_is_tried_again_and_one_that_refuses_is_not(office: Api):
    async with gateway() as told:
        admin = await office.person(ADMIN)
        made = await opened(admin, way="WEBHOOK", url=told.url)
        await (await office.person(STAFF)).submit("leave.personal", leave(SIX_DAYS[0]))
        told.status = None
        await push_due(office.services)
        assert (await channel(office))["failures"] == 1
        told.status = 302
        await office.wait(minutes=1)
        await push_due(office.services)
        assert (await channel(office))["trouble"] == "HTTP 302", "nobody is led elsewhere"
        told.status = 400
        await office.wait(minutes=1)
        await push_due(office.services)
        dead = await channel(office)
        assert (dead["waiting"], dead["dead"], dead["failures"]) == (0, 1, 0)
        assert dead["deadLetters"] == [{"code": "YOUR_TURN", "why": "HTTP 400", "tries": 3}]
        told.status = 204
        again = await admin.one(
            """mutation ($id: ID!) { reviveDeadLetters(input: {
                 channelId: $id, idempotencyKey: "again"}) {
               ... on DeadLettersRevived { count } ... on Refusal { code } } }""",
            {"id": made["channelId"]},
        )
        assert again == {"count": 1}
        assert await push_due(office.services) == 1


async def test_two_workers_tell_once_and_a_closed_channel_tells_nothing(office: Api):
    async with gateway() as told:
        admin = await office.person(ADMIN)
        made = await opened(admin, way="WEBHOOK", url=told.url)
        staff = await office.person(STAFF)
        await staff.submit("leave.personal", leave(SIX_DAYS[0]))
        counts = await asyncio.gather(*(push_due(office.services) for _ in range(4)))
        assert sum(counts) == len(told.bodies) == 1
        closing = """mutation ($id: ID!) { closeChannel(input: {
          channelId: $id, idempotencyKey: "close"}) { ... on ChannelClosed { channelId } } }"""
        await admin.one(closing, {"id": made["channelId"]})
        await staff.submit("leave.personal", leave(SIX_DAYS[1]))
        await office.wait(minutes=5)
        assert await push_due(office.services) == 0
        assert await admin.one(CHANNELS) == []


async def test_letters_go_to_those_who_gave_an_address(office: Api):
    async with mail() as (address, letters):
        outside = Outside(smtp_url=address, sender="guiju@office.example")
        office.app.state.services = replace(office.services, outside=outside)
        await opened(await office.person(ADMIN), way="MAIL")
        chief = await office.person(CHIEF)
        setting = """mutation ($to: String) { setMailAddress(input: {
          address: $to, idempotencyKey: "mail"}) {
          ... on MailAddressSet { address } ... on Refusal { problems { path code } } } }"""
        for wrong in ("nobody", "a@b.c\nbcc: x@y.zz", "a b@c.dd", "a@b.cc,d@e.ff"):
            [problem] = (await chief.one(setting, {"to": wrong}))["problems"]
            assert problem["path"] == ["input", "address"]
        await chief.one(setting, {"to": "chief@office.example"})
        request = await (await office.person(STAFF)).submit("leave.personal", leave(SIX_DAYS[0]))
        assert await push_due(office.services) == 1
        [letter] = [email.message_from_string(each) for each in letters]
        assert letter["To"] == "chief@office.example"
        subject = str(make_header(decode_header(letter["Subject"])))
        assert subject == f"规矩 有事项等您办理 事假 {request['number']}"
        assert "家中有事" not in letters[0]


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"way": "WEBHOOK"}, "url", "NOT_A_GATEWAY"),
        ({"way": "WEBHOOK", "url": "https://10.0.0.1/hook"}, "url", "NOT_A_GATEWAY"),
        ({"way": "WEBHOOK", "url": "https://169.254.169.254/latest"}, "url", "NOT_A_GATEWAY"),
        ({"way": "WEBHOOK", "url": "https://[::ffff:10.0.0.1]/"}, "url", "NOT_A_GATEWAY"),
        ({"way": "WEBHOOK", "url": "http://1.1.1.1/hook"}, "url", "NOT_A_GATEWAY"),
        ({"way": "WEBHOOK", "url": "ftp://1.1.1.1/hook"}, "url", "NOT_A_GATEWAY"),
        ({"way": "WEBHOOK", "url": "https://user:secret@1.1.1.1/"}, "url", "NOT_A_GATEWAY"),
        ({"way": "MAIL"}, "way", "NO_MAIL"),
    ],
)
async def test_what_is_no_gateway_is_refused_at_its_field(
    office: Api, given: dict[str, str], field: str, code: str
):
    before = await office.counts()
    admin = await office.person(ADMIN)
    refused = await opened(admin, **given)
    assert problems(refused) == {(field, code)}
    assert {**await office.counts(), "sessions": 0} == {**before, "sessions": 0}


async def test_who_does_not_look_after_the_office_opens_and_sees_no_channel(office: Api):
    staff = await office.person(STAFF)
    answer = await staff.ask(OPEN, {"input": {"way": "MAIL", "idempotencyKey": "x"}})
    assert answer.codes == ["NOT_ALLOWED"]
    assert (await staff.ask(CHANNELS)).codes == ["NOT_ALLOWED"]


async def test_the_secret_is_told_once_and_no_row_holds_it(office: Api):
    async with gateway() as told:
        admin = await office.person(ADMIN)
        first = await opened(admin, way="WEBHOOK", url=told.url)
        assert len(first["secret"]) == 64
        assert await opened(admin, way="WEBHOOK", url=told.url) == {**first, "secret": None}
        rows = await office.rows("select to_jsonb(c) #>> '{}' from channels c")
        assert first["secret"] not in str([tuple(each) for each in rows])


async def test_a_name_that_leads_inwards_later_is_not_followed(office: Api):
    with pytest.raises(NotAllowed):
        await reached("https://localhost/hook", ())
    async with gateway() as told:
        await opened(await office.person(ADMIN), way="WEBHOOK", url=told.url)
        await (await office.person(STAFF)).submit("leave.personal", leave(SIX_DAYS[0]))
        office.app.state.services = replace(office.services, outside=Outside())
        await push_due(office.services)
        assert (told.bodies, (await channel(office))["trouble"]) == ([], "NotAllowed")


@given(st.ip_addresses())
def test_an_address_may_be_asked_if_it_is_public_or_named(address: Any):
    assert is_within(address, (ip_network(f"{address}"),))
    assert is_within(address, ()) == (address.is_global and not address.is_multicast)
    assert not is_within(ip_address("10.1.2.3"), (ip_network("10.2.0.0/16"),))


@given(st.integers(100, 599), st.integers(0, 10_000))
def test_only_what_would_be_refused_again_is_given_up(status: int, failures: int):
    found = outcome(status)
    assert (found is Outcome.DELIVERED) == (200 <= status < 300)
    if status >= 500 or status < 200 or status == 429:
        assert found is Outcome.TRY_AGAIN
    assert 0 < (next_try(failures, MONDAY) - MONDAY).total_seconds() <= 60
