"""What is known of an office by its epoch is never older than the office."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from resolvers.ground.known_people import MOST_PEOPLE, KnownPeople
from resolvers.ground.lately import Lately
from resolvers.running import postgres
from tests.office import Api, Visitor, opened

HERE, POLICE, COUNTY = "hrss-bureau", "household-registration", "county-police-bureau"
REPORT = {"explanation": "一季度人才工作"}
EPOCH = "select organisation_epoch from institutions where institution_id = $1"
SAME = {
    "units": "position = position",
    "people": "leaves = leaves",
    "seats": "role = role",
    "appointments": "ends = ends",
    "delegations": "ends = ends",
    "institution_superiors": "superior_id = superior_id",
}


@pytest.fixture
async def elsewhere(posts: Api, demo_offices: postgres.Database) -> AsyncIterator[Api]:
    """A second server, which shares the database with the first and nothing else."""
    async with opened(demo_offices) as api:
        yield api


def at(api: Api, visitor: Visitor) -> Visitor:
    return Visitor(api, visitor.account, visitor.token)


async def waits_for(visitor: Visitor) -> list[str]:
    """Who is to take the first turn of a report that somebody submits now."""
    request = await visitor.submit("research.report", REPORT)
    assert "steps" in request, request
    return [each["name"] for seat in request["steps"][0]["waitingFor"] for each in seat["holders"]]


async def waits_for_anybody(visitor: Visitor) -> list[str]:
    """The same, where the office may have nobody for it."""
    request = await visitor.submit("research.report", REPORT)
    turns = request.get("steps", ())
    return [e["name"] for turn in turns for seat in turn["waitingFor"] for e in seat["holders"]]


async def holding(api: Api, role: str, name: str = "") -> Any:
    """An appointment to a seat of the office, of somebody where they are named."""
    [row, *_] = await api.rows(
        "select a.id, a.person_id, s.id as seat from appointments a"
        " join seats s on s.id = a.seat_id join people p on p.id = a.person_id"
        " where s.institution_id = $1 and s.role = $2 and $3 in ('', p.name) and a.ends is null",
        *(HERE, role, name),
    )
    return row


async def test_a_change_is_known_at_once_to_every_server(posts: Api, elsewhere: Api) -> None:
    staff = await posts.person(f"staff@{HERE}")
    elsewhere.now = posts.now
    [deputy] = await waits_for(staff)
    assert await waits_for(at(elsewhere, staff)) == [deputy]
    for number in range(6):
        name = f"接任者{number}"
        await posts.run("update people set name = $1 where name = $2", name, deputy)
        assert await waits_for(at(elsewhere, staff)) == [name]
        assert await waits_for(staff) == [name]
        await posts.run("update people set name = $1 where name = $2", deputy, name)
    assert await waits_for(at(elsewhere, staff)) == [deputy]


async def test_who_left_a_seat_is_asked_for_nothing_more(posts: Api) -> None:
    staff = await posts.person(f"staff@{HERE}")
    [deputy] = await waits_for(staff)
    held = await holding(posts, "deputy_in_charge", deputy)
    yesterday = posts.now.date().replace(day=1)
    await posts.run("update appointments set ends = $1 where id = $2", yesterday, held["id"])
    assert deputy not in await waits_for_anybody(staff)
    await posts.run("update appointments set ends = null where id = $1", held["id"])
    assert await waits_for(staff) == [deputy]


async def test_who_comes_back_tomorrow_is_known_by_the_day(posts: Api) -> None:
    staff = await posts.person(f"staff@{HERE}")
    [deputy] = await waits_for(staff)
    held = await holding(posts, "deputy_in_charge", deputy)
    await posts.run("update appointments set ends = $1 where id = $2", posts.now.date(), held["id"])
    await waits_for(staff)
    await posts.wait(days=1)
    assert deputy not in await waits_for_anybody(staff)
    await posts.run("update appointments set ends = null where id = $1", held["id"])


@pytest.mark.parametrize("table", SAME)
async def test_whoever_writes_what_an_office_is_made_of_raises_its_epoch(
    api: Api, table: str
) -> None:
    place = POLICE if table == "institution_superiors" else HERE
    others = "select sum(organisation_epoch) from institutions where institution_id <> $1"
    before, beside = await api.value(EPOCH, place), await api.value(others, place)
    await api.run(f"update {table} set {SAME[table]} where institution_id = $1", place)
    wrote = await api.value(f"select count(*) from {table} where institution_id = $1", place)
    assert (await api.value(EPOCH, place) > before) is (wrote > 0)
    assert await api.value(others, place) == beside


async def test_an_epoch_that_is_rolled_back_never_comes_again(api: Api) -> None:
    raised = "update people set leaves = leaves where institution_id = 'hrss-bureau'"
    seen = set()
    for _ in range(3):
        await api.run("begin")
        await api.run(raised)
        seen.add(await api.value(EPOCH, HERE))
        await api.run("rollback")
    await api.run(raised)
    assert len(seen | {await api.value(EPOCH, HERE)}) == 4


async def test_the_office_above_belongs_to_what_is_known(posts: Api) -> None:
    officer = await posts.person(f"staff@{POLICE}")
    await officer.ask("{ viewer { name } }")
    [*_, known] = [
        each for (where, _), each in posts.services.people.people._kept.items() if where == POLICE
    ]
    await posts.run("update units set position = position where institution_id = $1", COUNTY)
    async with posts.services.database.transaction(POLICE) as transaction:
        anew = await KnownPeople().of(
            transaction, POLICE, known.person.id, posts.now.date(), office=True
        )
    assert anew
    assert anew.epochs != known.epochs


async def test_submissions_while_the_office_changes_are_each_judged_by_one_office(
    posts: Api, elsewhere: Api
) -> None:
    staff = await posts.person(f"staff@{HERE}")
    elsewhere.now = posts.now
    [deputy] = await waits_for(staff)
    names = [f"{deputy}{number}" for number in range(3)]

    async def change() -> None:
        last = deputy
        for name in (*names, deputy):
            await posts.run("update people set name = $1 where name = $2", name, last)
            last = name
            await asyncio.sleep(0.02)

    found, _ = await asyncio.gather(
        asyncio.gather(*(waits_for(at(each, staff)) for each in (posts, elsewhere) * 10)),
        change(),
    )
    assert {name for [name] in found} <= {deputy, *names}
    assert await waits_for(at(elsewhere, staff)) == [deputy]


def test_no_more_is_kept_than_so_many_and_the_latest() -> None:
    lately: Lately[int, str] = Lately(3)
    for number in range(5):
        lately.put(number, str(number))
        lately.get(2)
    assert [lately.get(number) for number in range(5)] == [None, None, "2", "3", "4"]
    assert len(lately) == 3 < MOST_PEOPLE
