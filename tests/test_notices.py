"""What people are told: in person and through the seats they hold, read by each on their own."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.office.notices import Notice
from resolvers.ground.notices import PAGE as BY_INDEX
from resolvers.ground.notices import notify
from tests.office import SIX_DAYS, Api, Visitor, leave, problems

OFFICE, ABROAD = "hrss-bureau", "science-bureau"
PAGE = """query ($first: Int, $after: String, $unread: Boolean! = false) {
  notices(first: $first, after: $after, unreadOnly: $unread) {
    totalCount unreadCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { id code sentence at readAt by { name } seat { role unit }
      request { number } clause { cite institution } } } } }"""
READ = """mutation ($input: ReadNoticesInput!) { readNotices(input: $input) {
  __typename ... on NoticesRead { noticeIds }
  ... on Refusal { code message problems { path code message } } } }"""


async def tell(api: Api, *told: Notice) -> None:
    async with api.services.database.transaction(ABROAD) as transaction:
        await notify(transaction, told, api.now)
        assert transaction.institution == ABROAD


async def person_id(api: Api, account: str) -> UUID:
    found = await api.value("select person_id from accounts where account = $1", account)
    return UUID(str(found))


async def seat_id(api: Api, account: str) -> UUID:
    found = await api.value(
        "select seat_id from appointments where person_id = $1 limit 1",
        await person_id(api, account),
    )
    return UUID(str(found))


async def notices(visitor: Visitor, **given: Any) -> Any:
    return await visitor.one(PAGE, given)


async def sentences(visitor: Visitor, **given: Any) -> list[str]:
    return [edge["node"]["sentence"] for edge in (await notices(visitor, **given))["edges"]]


async def read(visitor: Visitor, *ids: str, key: str | None = None) -> Any:
    given = {"noticeIds": list(ids), "idempotencyKey": key or str(uuid4())}
    return await visitor.one(READ, {"input": given})


def number(to: UUID, which: int, institution: str = OFFICE) -> Notice:
    """A notice that says a number."""
    return Notice("TOO_LONG", to, institution, details={"limit": which})


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person("staff@hrss-bureau")


async def test_one_is_told_in_person_and_through_one_s_seat_and_nobody_else_is(
    api: Api, staff: Visitor
) -> None:
    chief = await api.person("section_chief@hrss-bureau")
    await tell(
        api,
        number(await person_id(api, chief.account), 1),
        number(await seat_id(api, chief.account), 2),
        number(await person_id(api, "staff@science-bureau"), 3, ABROAD),
    )
    assert sorted(await sentences(chief)) == ["最多 1 个字", "最多 2 个字"]
    assert await sentences(staff) == []
    told = [edge["node"] for edge in (await notices(chief))["edges"]]
    assert {each["seat"] and each["seat"]["role"] for each in told} == {None, "section_chief"}
    chief.language = "en"
    assert "At most 1 character" in await sentences(chief)
    assert await sentences(await api.person("staff@science-bureau")) == ["最多 3 个字"]


async def test_pages_of_notices_follow_each_other_newest_first(api: Api, staff: Visitor) -> None:
    me, seat = await person_id(api, staff.account), await seat_id(api, staff.account)
    for which in range(7):
        await tell(api, number((me, seat)[which % 2], which))
        await api.wait(minutes=1)
    seen: list[str] = []
    after = None
    for page in range(3):
        found = await notices(staff, first=3, after=after)
        assert found["totalCount"] == found["unreadCount"] == 7
        info = found["pageInfo"]
        assert (info["hasPreviousPage"], info["hasNextPage"]) == (page > 0, page < 2)
        after = info["endCursor"]
        seen += [edge["node"]["sentence"] for edge in found["edges"]]
    assert seen == [f"最多 {which} 个字" for which in range(6, -1, -1)]


async def test_notices_of_one_moment_are_paged_without_a_gap_or_a_repeat(
    api: Api, staff: Visitor
) -> None:
    me = await person_id(api, staff.account)
    await tell(api, *[number(me, which) for which in range(5)])
    seen: list[str] = []
    after = None
    for _ in range(5):
        found = await notices(staff, first=1, after=after)
        after = found["pageInfo"]["endCursor"]
        seen += [edge["node"]["sentence"] for edge in found["edges"]]
    assert len(set(seen)) == 5


async def test_what_was_read_is_no_longer_unread_and_stays_in_the_list(
    api: Api, staff: Visitor
) -> None:
    me = await person_id(api, staff.account)
    await tell(api, number(me, 1), number(me, 2))
    [first, second] = [edge["node"] for edge in (await notices(staff))["edges"]]
    await api.wait(minutes=5)
    done = await read(staff, first["id"])
    assert done["noticeIds"] == [first["id"]]
    await api.wait(minutes=5)
    await read(staff, first["id"])
    found = await notices(staff)
    assert (found["totalCount"], found["unreadCount"]) == (2, 1)
    read_at = {edge["node"]["id"]: edge["node"]["readAt"] for edge in found["edges"]}
    assert read_at == {first["id"]: "2026-03-02T09:05:00+08:00", second["id"]: None}
    unread = await notices(staff, unread=True)
    assert [edge["node"]["id"] for edge in unread["edges"]] == [second["id"]]
    assert unread["totalCount"] == 1


async def test_a_successor_finds_only_what_nobody_has_read_as_unread(api: Api) -> None:
    chief, other = [
        await api.person(f"{role}@hrss-bureau") for role in ("section_chief", "staff_2")
    ]
    seat = await seat_id(api, chief.account)
    await tell(api, number(seat, 1), number(seat, 2))
    before = (await notices(chief))["edges"]
    await read(chief, before[0]["node"]["id"])
    await api.wait(days=1)
    appointment = uuid4()
    await api.run(
        "insert into appointments (institution_id, id, seat_id, person_id, begins)"
        " values ($1, $2, $3, $4, $5)",
        *(OFFICE, appointment, seat, await person_id(api, other.account), date(2026, 3, 3)),
    )
    try:
        found = await notices(other)
        assert (found["totalCount"], found["unreadCount"]) == (2, 1)
        await tell(api, number(seat, 3))
        [newest, *_] = (await notices(chief))["edges"]
        await read(chief, newest["node"]["id"])
        assert (await notices(other))["unreadCount"] == 2, "a fellow holder reads on their own"
    finally:
        await api.run("delete from appointments where id = $1", appointment)


async def test_a_notice_leads_to_its_request_while_that_is_in_sight(
    api: Api, staff: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave(SIX_DAYS[0]))
    key = await api.value("select id from requests where number = $1", request["number"])
    about = {"request": key, "request_institution": OFFICE}
    clause = "attendance-measures/三(一)"
    stranger = await api.person("staff_2@hrss-bureau")
    for visitor in (staff, stranger):
        to = await person_id(api, visitor.account)
        await tell(
            api, Notice("TOO_LONG", to, OFFICE, details={"limit": 1}, clause=clause, **about)
        )
    [mine] = (await notices(staff))["edges"]
    assert mine["node"]["request"] == {"number": request["number"]}
    assert mine["node"]["clause"] == {"cite": "三(一)", "institution": OFFICE}
    [theirs] = (await notices(stranger))["edges"]
    assert theirs["node"]["request"] is None


async def test_marking_as_read_is_refused_by_the_line_and_changes_nothing(
    api: Api, staff: Visitor
) -> None:
    other = await api.person("staff_2@hrss-bureau")
    await tell(api, number(await person_id(api, staff.account), 1))
    await tell(api, number(await person_id(api, other.account), 2))
    [mine] = [edge["node"]["id"] for edge in (await notices(staff))["edges"]]
    [theirs] = [edge["node"]["id"] for edge in (await notices(other))["edges"]]
    person = (await staff.one("{ viewer { id } }"))["id"]
    before = await api.counts()
    assert problems(await read(staff)) == {("noticeIds", "NO_NOTICES")}
    assert problems(await read(staff, *[mine] * 101)) == {("noticeIds", "TOO_MANY_NOTICES")}
    assert problems(await read(staff, mine, theirs)) == {("noticeIds.1", "NOTICE_NOT_FOUND")}
    assert problems(await read(staff, mine, person)) == {("noticeIds.1", "INVALID_ID")}
    assert problems(await read(staff, "nonsense")) == {("noticeIds.0", "INVALID_ID")}
    assert await api.counts() == before
    for bad in ({"first": 0}, {"first": 101}, {"after": "nonsense"}):
        assert (await staff.ask(PAGE, bad)).codes == ["INVALID_INPUT"]


async def test_reading_is_answered_alike_when_it_is_repeated(api: Api, staff: Visitor) -> None:
    await tell(api, number(await person_id(api, staff.account), 1))
    [mine] = [edge["node"]["id"] for edge in (await notices(staff))["edges"]]
    first = await read(staff, mine, key="once")
    before = await api.counts()
    assert await read(staff, mine, key="once") == first
    assert (await read(staff, mine, mine, key="once"))["code"] == "KEY_REUSED"
    assert await api.counts() == before


async def test_a_page_of_notices_runs_as_many_statements_for_many_as_for_one(
    api: Api, staff: Visitor
) -> None:
    me = await person_id(api, staff.account)
    request = await staff.submit("leave.personal", leave(SIX_DAYS[0]))
    key = await api.value("select id from requests where number = $1", request["number"])

    def one(which: int) -> Notice:
        details = {"limit": which}
        return Notice("TOO_LONG", me, OFFICE, details, key, request_institution=OFFICE)

    ran = []
    for many in (1, 30):
        await tell(api, *[one(which) for which in range(many)])
        await notices(staff)
        api.statements.clear()
        await notices(staff)
        ran.append(len(api.statements))
    assert ran == [5, 5], "viewer, page, total, unread, requests"


async def test_a_page_is_found_by_its_index(api: Api, staff: Visitor) -> None:
    me = await person_id(api, staff.account)
    for start in range(0, 3000, 500):
        await tell(api, *[number(uuid4(), which) for which in range(start, start + 500)])
    await tell(api, number(me, 1))
    await api.run("analyze notices")
    await notices(staff)
    assert BY_INDEX.sql in api.statements
    pool = api.services.database.pool
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(f"set local guiju.institution = '{OFFICE}'")
        given = {
            "seats": [me], "turns": [me],
            "wholly_lent": [], "loans": [],
            "institution": OFFICE, "person": me, "today": api.now.date(),
            "after_at": api.now + timedelta(days=1), "after_id": me, "unread_only": True,
            "size": 51,
        }  # fmt: skip
        values = [given[name] for name in BY_INDEX.names]
        plan = await connection.fetch(f"explain {BY_INDEX.sql}", *values)
    assert "notices_to_idx" in "\n".join(row[0] for row in plan)
