"""Whoever has the inbox open is told when it changes, and whoever comes back what they missed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from resolvers.ground import watching
from resolvers.requests import inbox_changes
from tests.office import MONDAY, SIX_DAYS, Api, Visitor, leave
from tests.waiting import PATIENCE

STAFF, CHIEF = "staff@hrss-bureau", "section_chief@hrss-bureau"
WATCHED = "subscription ($after: String) { inboxChanged(after: $after) { cursor steps } }"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOKS_EVERY", 0.05)
    monkeypatch.setattr(inbox_changes, "ASKED_AGAIN", 0.2)


@asynccontextmanager
async def streamed(
    visitor: Visitor, query: str = WATCHED, **variables: Any
) -> AsyncIterator["asyncio.Queue[Any]"]:
    """The events of a stream as they come, each with its data; a broken-off client in the end."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {
        "accept": "text/event-stream",
        "content-type": "application/json",
        "authorization": f"Bearer {visitor.token}",
    }
    scope = {
        "type": "http", "method": "POST", "path": "/graphql", "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    events: asyncio.Queue[Any] = asyncio.Queue()
    sent = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if sent.is_set():
            await asyncio.sleep(3600)
        sent.set()
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        for told in message.get("body", b"").decode().split("\r\n\r\n"):
            if told and not told.startswith(":"):
                name, _, data = told.partition("\r\n")
                events.put_nowait((name.removeprefix("event: "), data.removeprefix("data: ")))

    running = asyncio.create_task(visitor.api.app(scope, receive, send))
    try:
        yield events
    finally:
        running.cancel()
        await asyncio.wait({running})


async def inbox(events: "asyncio.Queue[Any]") -> Any:
    name, data = await asyncio.wait_for(events.get(), PATIENCE)
    assert name == "next", (name, data)
    return json.loads(data)["data"]["inboxChanged"]


async def test_an_open_inbox_is_told_what_comes_and_what_goes(api: Api):
    staff, chief = await api.person(STAFF), await api.person(CHIEF)
    async with streamed(chief) as events:
        assert (await inbox(events))["steps"] == []
        await staff.submit("leave.personal", leave(SIX_DAYS[0]))
        [step] = (await inbox(events))["steps"]
        assert step == (await chief.turn())["id"]
        await chief.decide(step)
        assert (await inbox(events))["steps"] == []
        assert events.empty()


async def test_whoever_comes_back_is_told_at_once_what_changed_and_else_nothing(api: Api):
    staff, chief = await api.person(STAFF), await api.person(CHIEF)
    async with streamed(chief) as events:
        cursor = (await inbox(events))["cursor"]
    async with streamed(chief, after=cursor) as events:
        await asyncio.sleep(0.3)
        assert events.empty()
    await staff.submit("leave.personal", leave(SIX_DAYS[0]))
    async with streamed(chief, after=cursor) as events:
        assert len((await inbox(events))["steps"]) == 1


async def test_nobody_is_told_of_another_s_inbox(api: Api):
    staff = await api.person(STAFF)
    async with streamed(staff) as events:
        assert (await inbox(events))["steps"] == []
        await staff.submit("leave.personal", leave(SIX_DAYS[0]))
        await asyncio.sleep(0.4)
        assert events.empty()


async def test_a_stream_ends_with_its_session(api: Api):
    chief = await api.person(CHIEF)
    async with streamed(chief) as events:
        await inbox(events)
        await api.run("update sessions set revoked_at = $1", MONDAY)
        _, data = await asyncio.wait_for(events.get(), PATIENCE)
        [error] = json.loads(data)["errors"]
        assert error["extensions"]["code"] == "NOT_SIGNED_IN"
        assert (await asyncio.wait_for(events.get(), PATIENCE))[0] == "complete"


async def test_what_is_asked_once_is_not_streamed_and_a_stream_is_not_answered_once(api: Api):
    chief = await api.person(CHIEF)
    async with streamed(chief, "{ viewer { name } }") as events:
        _, data = await asyncio.wait_for(events.get(), PATIENCE)
        [error] = json.loads(data)["errors"]
        assert error["extensions"]["code"] == "WRONG_STREAM"
    assert (await chief.ask(WATCHED)).codes == ["WRONG_STREAM"]
    either = {"accept": "application/json, text/event-stream"}
    asked = await api.post(b'{"query": "{ __typename }"}', **either)
    assert asked.data == {"__typename": "Query"}


async def test_streams_of_a_person_are_bounded_and_leave_nothing_behind(api: Api):
    chief = await api.person(CHIEF)
    watch = api.services.watch
    async with streamed(chief) as first:
        await inbox(first)
        watch.people[next(iter(watch.people))] = watching.MOST_EACH
        async with streamed(chief) as events:
            _, data = await asyncio.wait_for(events.get(), PATIENCE)
            [error] = json.loads(data)["errors"]
            assert error["extensions"]["code"] == "TOO_MANY_STREAMS"
        watch.people[next(iter(watch.people))] = 1
    assert (watch.people.total(), watch.offices) == (0, {})
