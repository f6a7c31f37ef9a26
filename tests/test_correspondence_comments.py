"""Comments on a request, and who may be mentioned in one."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from domain.tables import metadata
from resolvers.ground.database import Database, statement
from schema.ground.ids import global_id
from tests.correspondence import HOME, codes, me, sent
from tests.office import PAPER, Api, Visitor, leave, problems

SAID = (
    *("notices", "notice_reads", "copies", "circulations", "circulation_readers"),
    *("urgings", "comments"),
)
COMMENTS = """query ($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Request {
  comments(first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    edges { node { text author { name } mentions { name } at } } } } } }"""


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person(f"staff@{HOME}")


@pytest.fixture
async def chief(api: Api) -> Visitor:
    return await api.person(f"section_chief@{HOME}")


@pytest.fixture
async def request_(staff: Visitor) -> Any:
    """Three days of sick leave: section chief, deputy, director, clerk."""
    form = leave("2026-03-16", "2026-03-18", attachments=[PAPER])
    return await staff.submit("leave.sick", form)


async def comments(visitor: Visitor, request_id: str, **more: Any) -> Any:
    return (await visitor.one(COMMENTS, {"id": request_id, **more}))["comments"]


async def test_whoever_sees_a_request_comments_on_it_also_when_it_has_ended(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    other = await api.person(f"staff_2@{HOME}")
    await staff.act("copy", requestId=request_["id"], to=[await me(other)])
    for visitor, text in ((staff, " 材料已补 "), (chief, "收到"), (other, "知悉")):
        await visitor.act("comment", requestId=request_["id"], text=text)
        await api.wait(minutes=1)
    await staff.act("withdraw", requestId=request_["id"])
    await chief.act("comment", requestId=request_["id"], text="好")
    found = await comments(other, request_["id"])
    assert [edge["node"]["text"] for edge in found["edges"]] == ["材料已补", "收到", "知悉", "好"]
    assert found["edges"][0]["node"]["author"]["name"] == "郭晓燕"
    seen, after = [], None
    for _ in range(4):
        page = await comments(staff, request_["id"], first=1, after=after)
        after = page["pageInfo"]["endCursor"]
        seen += [edge["node"]["text"] for edge in page["edges"]]
    assert seen == ["材料已补", "收到", "知悉", "好"]
    assert page["pageInfo"]["hasNextPage"] is False


async def test_a_mention_tells_whoever_sees_it_and_brings_nobody_into_sight(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    other, deputy, director = [
        await api.person(f"{role}@{HOME}") for role in ("staff_2", "deputy_in_charge", "director")
    ]
    given = {"requestId": request_["id"], "text": "请看"}
    before = await api.counts()
    refusal = await staff.act("comment", **given, mentions=[await me(chief), await me(other)])
    assert problems(refusal) == {("mentions.1", "MENTIONED_OUT_OF_SIGHT")}
    assert await api.counts() == before
    await staff.act("copy", requestId=request_["id"], to=[await me(other)])
    everybody = [await me(visitor) for visitor in (chief, other, deputy, director)]
    await staff.act("comment", **given, mentions=everybody)
    for visitor in (chief, other, deputy, director):
        assert "MENTIONED" in await codes(visitor)
    [edge] = (await comments(chief, request_["id"]))["edges"]
    assert len(edge["node"]["mentions"]) == 4


async def test_a_comment_that_is_not_taken_leaves_nothing(
    api: Api, staff: Visitor, chief: Visitor, request_: Any
) -> None:
    abroad = await api.person("staff@science-bureau")
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    chief_id, own = await me(chief), await me(staff)
    strange = [global_id("Person", uuid4()) for _ in range(51)]
    abroad_id = await me(abroad)
    before = await api.counts()

    async def refused(text: str = "好", **more: Any) -> Any:
        return problems(await staff.act("comment", requestId=request_["id"], text=text, **more))

    assert await refused("") == await refused(" \n　") == {("text", "REQUIRED")}
    assert await refused("长" * 2001) == {("text", "TOO_LONG")}
    assert await refused("坏\x00") == {("text", "UNREADABLE_TEXT")}
    assert await refused(mentions=[chief_id, chief_id]) == {("mentions.1", "REPEATED_RECIPIENT")}
    assert await refused(mentions=[own]) == {("mentions.0", "SENT_TO_ONESELF")}
    assert await refused(mentions=strange) == {("mentions", "TOO_MANY_RECIPIENTS")}
    assert await refused(mentions=[abroad_id]) == {("mentions.0", "UNKNOWN_RECIPIENT")}
    assert await refused(mentions=[request_["id"]]) == {("mentions.0", "INVALID_ID")}
    on_draft = await staff.act("comment", requestId=draft["id"], text="好")
    assert on_draft["code"] == "NOT_ON_A_DRAFT"
    unseen = await abroad.act("comment", requestId=request_["id"], text="好")
    assert unseen["code"] == "REQUEST_NOT_FOUND"
    assert await api.counts() == before


async def test_what_was_said_is_never_changed(
    api: Api, staff: Visitor, chief: Visitor, request_: Any, app_url: str
) -> None:
    await staff.act("comment", requestId=request_["id"], text="好")
    await staff.act("urge", stepId=request_["steps"][0]["id"])
    for change in ("update comments set text = ''", "delete from comments", "delete from urgings"):
        with pytest.raises(Exception, match="never changed"):
            await api.run(change)


async def test_what_people_say_and_are_told_stays_behind_the_wall(
    api: Api, staff: Visitor, chief: Visitor, request_: Any, app_url: str
) -> None:
    other = await api.person(f"staff_2@{HOME}")
    given = {"requestId": request_["id"]}
    await staff.act("circulate", **given, to=[await me(other)])
    await staff.act("urge", stepId=request_["steps"][0]["id"])
    await staff.act("comment", **given, text="好", mentions=[await me(chief)])
    [circulation] = (await sent(staff, request_["id"]))["circulations"]
    await other.act("acknowledge", circulationId=circulation["id"])
    app = await Database.connect(app_url, most=1)
    try:
        for name in SAID:
            assert await api.value(f"select count(*) from {name}") > 0, name
            async with app.transaction("science-bureau") as transaction:
                seen = await transaction.value(statement(f"select count(*) from {name}"))
                assert seen == 0, name
            key = next(iter(metadata.tables[name].primary_key.columns)).name
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with app.transaction("science-bureau") as transaction:
                    await transaction.rows(statement(f"update {name} set {key} = {key}"))
    finally:
        await app.close()
