"""Who is named to read a paper: two of one name are told apart, who is not here holds up nobody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.document_office import CENTRE, LETTER, OFFICER, Papers, office
from tests.office import Api

__all__ = ["office"]
DIRECTOR, PROPOSED, ROUND = "office_director", ("文电处理 1",), ("文电处理 5",)


@asynccontextmanager
async def called(api: Api, account: str, name: str) -> AsyncIterator[None]:
    """Somebody bears another name for a while."""
    change = "update people set name = $2 where account = $1"
    before = await api.value("select name from people where account = $1", account)
    await api.run(change, account, name)
    try:
        yield
    finally:
        await api.run(change, account, before)


@asynccontextmanager
async def gone(api: Api, account: str) -> AsyncIterator[None]:
    """Somebody's seats ended yesterday."""
    of = "person_id = (select id from people where account = $1)"
    kept = await api.rows(f"select id, ends from appointments where {of}", account)
    await api.run(f"update appointments set ends = date '2026-03-01' where {of}", account)
    try:
        yield
    finally:
        for row in kept:
            await api.run("update appointments set ends = $2 where id = $1", row["id"], row["ends"])


async def registered(office: Api) -> Papers:
    papers = Papers(office, CENTRE)
    await papers.begin(OFFICER, **LETTER)
    await papers.goes(OFFICER, "receive", "received")
    await papers.goes(OFFICER, "register", "registered")
    return papers


async def name_of(papers: Papers, role: str) -> str:
    return str((await (await papers.as_(role)).one("{ viewer { name } }"))["name"])


async def test_of_two_of_one_name_the_one_who_is_meant_is_named_by_section_or_account(office: Api):
    papers = await registered(office)
    name = await name_of(papers, "director")
    async with called(office, f"staff@{CENTRE}", name):
        unclear = await papers.no(DIRECTOR, "propose", readingOrder=f"请{name}阅")
        assert unclear == {("READER_AMBIGUOUS", *PROPOSED)}
        said = f"请{name}（director@{CENTRE}）阅"
        await papers.goes(DIRECTOR, "propose", "proposed", readingOrder=said)
        await papers.goes(
            OFFICER, "circulate", "circulating", readerId=await papers.person("director")
        )
        await papers.goes("director", "read", "circulating", text="阅")
        await papers.goes(OFFICER, "finish", "circulated")


async def test_an_opinion_that_names_nobody_here_or_somebody_who_left_is_refused(office: Api):
    papers = await registered(office)
    assert await papers.no(DIRECTOR, "propose", readingOrder="请各位领导阅") == {
        ("NOBODY_HERE", *PROPOSED)
    }
    name = await name_of(papers, "staff_2")
    async with gone(office, f"staff_2@{CENTRE}"):
        left = await papers.no(DIRECTOR, "propose", readingOrder=f"{name}阅")
        assert left == {("READER_NOT_HERE", *PROPOSED)}


async def test_a_reader_who_is_gone_is_passed_over_with_the_reason_and_others_are_not(office: Api):
    papers = await registered(office)
    roles = "staff_2", "director"
    first, second = [await papers.person(role) for role in roles]
    names = "、".join([await name_of(papers, role) for role in roles])
    await papers.goes(DIRECTOR, "propose", "proposed", readingOrder=names)
    await papers.goes(OFFICER, "circulate", "circulating", readerId=first)
    here = await papers.no(OFFICER, "skip", skippedId=first, text="催过几次")
    assert {code for code, _ in here} == {"READER_IS_HERE"}
    async with gone(office, f"staff_2@{CENTRE}"):
        turn = await papers.no(OFFICER, "skip", skippedId=second, text="调离")
        assert {code for code, _ in turn} == {"READ_IN_ORDER"}
        assert {code for code, _ in await papers.no(OFFICER, "skip", skippedId=first)} == {
            "REQUIRED"
        }
        await papers.goes(OFFICER, "skip", "circulating", skippedId=first, text="已调离")
        await papers.goes(OFFICER, "give", "circulating", readerId=second)
        await papers.goes("director", "read", "circulating", text="阅")
        case = await papers.goes(OFFICER, "finish", "circulated")
    assert "已调离" in [each["comment"] for each in case["history"]]
