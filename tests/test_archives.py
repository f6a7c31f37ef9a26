"""Archives: catalogued, filed, read and lent, handed over by list, looked after, destroyed."""

from typing import Any
from uuid import uuid4

import pytest

from policies.loading import SHIPPED
from schema.ground.ids import global_id
from tests.case_examples import demo_person
from tests.changed_rules import Imports, imports
from tests.duty import enter, sign
from tests.fleet import fleet
from tests.office import REFUSAL, Api, Visitor, problems
from tests.openness import run
from tests.papers import papers
from tests.register_examples import marks
from tests.small_shapes import at
from tests.test_gate import cites, seen, take

__all__ = ["fleet", "imports"]
SCIENCE, CENTRE, GUIDE = "science-bureau", "service-centre", "archive-guidelines"
TABLES = (
    *("archive_readings", "archive_filings", "archive_destructions", "archive_volumes"),
    *("archive_transfers", "archive_store_checks", "archive_collection_checks"),
)
VOLUME = {
    "fileNumber": "WS2025-001", "title": "2025年科技项目立项材料", "archiveKind": "ORDINARY",
    "mediaClass": "PAPER", "archiveClass": "文书档案", "keptFor": "THIRTY_YEARS",
    "sortedOn": "2026-01-20",
}  # fmt: skip
READ = {"explanation": "核对立项日期", "internal": True, "archiveKind": "ORDINARY"}
DUE = "select (due_at - interval '1 second')::date::text from clocks where clock = $1"
OBJECTS = {
    "ArchiveStoreCheck": "archive.store_check",
    "ArchiveCollectionCheck": "archive.collection_check",
}
DESTROY = "document.destroy"
OTHER_RULE = "".join(
    line
    for line in (SHIPPED / CENTRE / "documents.csv").read_text("utf-8").splitlines(keepends=True)
    if "document-destroy-3" in line
)
SIGNED = ("deputy_in_charge", "archivist")


@pytest.fixture
async def archives(api: Api) -> Api:
    await api.empty(*TABLES, "case_events", "line_signatures", "check_marks", "mend_turns")
    api.now = at("2026-05-12 10:00")
    return api


def who(visitor: Visitor) -> str:
    return global_id("Person", demo_person(visitor.account))


async def catalogue(visitor: Visitor, **more: Any) -> Any:
    answer = await visitor.one(
        "mutation ($input: AddArchiveVolumeInput!) { addArchiveVolume(input: $input) {"
        f" __typename ... on ThingKept {{ thingId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **VOLUME, **more}},
    )
    return answer.get("thingId", answer)


async def agreed(archives: Api, office: str, by: tuple[str, ...], kind: str, form: Any) -> Any:
    """The latest case of its kind, after these agreed to the request for it."""
    await (await archives.person(f"staff@{office}")).submit(kind, form)
    for role in by:
        decided = await (await archives.person(f"{role}@{office}")).agree()
        assert decided["__typename"] == "Request", decided["problems"]
    keeper = await archives.person(f"archivist@{office}")
    cases = "archiveDestructions" if kind == DESTROY else "archiveReadings"
    return (await seen(keeper, f"{{ {cases} {{ edges {{ node {{ id version state }} }} }} }}"))[0]


async def test_a_file_is_read_by_one_at_a_time_and_entered_until_it_is_back(archives: Api):
    keeper = await archives.person(f"archivist@{SCIENCE}")
    staff = await archives.person(f"staff@{SCIENCE}")
    before = await archives.counts()
    assert (await catalogue(staff))["code"] == "NOT_A_KEEPER"
    assert await archives.counts() == before
    volume = await catalogue(keeper)
    assert problems(await catalogue(keeper)) == {("fileNumber", "ENTERED_ALREADY")}
    one = await agreed(archives, SCIENCE, SIGNED, "archive.borrow", READ)
    other = await agreed(archives, SCIENCE, SIGNED, "archive.borrow", READ)
    before = await archives.counts()
    assert (await take(staff, "serve", "ArchiveReading", one, volumeId=volume))["code"]
    assert await archives.counts() == before
    one = await take(keeper, "serve", "ArchiveReading", one, volumeId=volume)
    refused = await take(keeper, "serve", "ArchiveReading", other, volumeId=volume)
    assert refused["code"] == "ARCHIVE_IS_OUT"
    asked = "{ archiveVolumes { edges { node { fileNumber beingRead } } } }"
    assert await seen(staff, asked) == [{"fileNumber": "WS2025-001", "beingRead": True}]
    one = await take(keeper, "return", "ArchiveReading", one)
    columns = "{ archiveReadings { edges { node { reader title readAt returnedAt state } } } }"
    [_, entered] = await seen(keeper, columns)
    assert entered["title"] == VOLUME["title"]
    assert all(entered[each] for each in ("reader", "readAt", "returnedAt"))
    assert (await take(keeper, "serve", "ArchiveReading", other, volumeId=volume))["state"]


@pytest.mark.parametrize(
    ("more", "by", "clause"),
    [
        ({"internal": False}, ("deputy_in_charge", "director", "archivist"), "archives/2"),
        ({"archiveKind": "ACCOUNTING"}, ("director",), "finance/9"),
    ],
)
async def test_what_may_not_leave_is_not_lent(
    archives: Api, more: dict[str, Any], by: tuple[str, ...], clause: str
):
    keeper = await archives.person(f"archivist@{SCIENCE}")
    case = await agreed(archives, SCIENCE, by, "archive.borrow", READ | more)
    kind = {"archiveKind": "ACCOUNTING", **more}["archiveKind"]
    wrong = await catalogue(keeper, fileNumber="1")
    volume = await catalogue(keeper, archiveKind=(READ | more)["archiveKind"])
    before = await archives.counts()
    given = {"volumeId": volume, "dueOn": "2026-05-20"}
    refused = await take(keeper, "lend", "ArchiveReading", case, **given)
    assert cites(refused) == {clause}
    if kind != "ORDINARY" and "archiveKind" in more:
        refused = await take(keeper, "serve", "ArchiveReading", case, volumeId=wrong)
        assert problems(refused) == {("volumeId", "APPROVED_FOR_ANOTHER_KIND")}
    assert await archives.counts() == before
    assert (await take(keeper, "serve", "ArchiveReading", case, volumeId=volume))["state"]


async def test_what_is_lent_and_not_back_by_its_day_is_told_to_the_archivist(archives: Api):
    keeper = await archives.person(f"archivist@{CENTRE}")
    volume = await catalogue(keeper)
    form = {"explanation": "外出核对", "internal": True, "attachments": papers("借据")}
    case = await agreed(archives, CENTRE, ("office_director",), "archive.lend_out", form)
    given = {"volumeId": volume, "dueOn": "2026-05-11"}
    past = await take(keeper, "lend", "ArchiveReading", case, **given)
    assert problems(past) == {("dueOn", "END_BEFORE_START")}
    lent = await take(keeper, "lend", "ArchiveReading", case, **given | {"dueOn": "2026-05-13"})
    [clock] = lent["clocks"]
    assert clock["dueAt"].startswith("2026-05-13T23:59")
    archives.now = at("2026-05-14 00:10")
    await archives.clocks()
    assert "归还" in str(await seen(keeper, "{ notices { edges { node { sentence } } } }"))
    assert (await take(keeper, "return", "ArchiveReading", lent))["clocks"][0]["state"]


@pytest.mark.parametrize(
    ("office", "role", "day", "cadence"),
    [
        (SCIENCE, "director", "2026-05-29", "archives-director"),
        (CENTRE, "section_chief", "2026-03-20", "section-files"),
    ],
)
async def test_a_list_of_what_is_handed_over_counts_once_it_is_signed_for(
    archives: Api, office: str, role: str, day: str, cadence: str
):
    archives.now = at(f"{day} 10:00")
    giver, keeper = [await archives.person(f"{each}@{office}") for each in (role, "archivist")]
    of = "select unit_id from seats where institution_id = $1 and role = 'section_chief' limit 1"
    unit = await archives.value(of, office)
    given = {
        "transferredOn": day, "filesYear": 2025, "unitId": global_id("Unit", unit),
        "handedById": who(giver), "items": "科技活动周方案、总结", "pieces": 2, "toId": who(keeper),
    }  # fmt: skip
    line = (await enter(giver, "ArchiveTransfer", **given))["lineId"]
    done = "select count(*) from cadence_records where cadence = $1"
    assert await archives.value(done, cadence) == 0
    await sign(keeper, line)
    assert await archives.value(done, cadence) == 1


async def test_a_card_of_the_catalogue_has_what_its_cover_says(archives: Api):
    keeper = await archives.person(f"archivist@{GUIDE}")
    bare = await catalogue(keeper, archiveClass=" ")
    assert problems(bare) == {("archiveClass", "REQUIRED")}
    ahead = await catalogue(keeper, sortedOn="2026-05-13")
    assert problems(ahead) == {("sortedOn", "NOT_YET_HAPPENED")}
    assert isinstance(await catalogue(keeper), str)


async def test_who_reads_fills_in_what_for_and_is_asked_afterwards(archives: Api):
    keeper = await archives.person(f"archivist@{GUIDE}")
    reader = await archives.person(f"staff@{GUIDE}")
    bare = await reader.submit("archive.borrow", {"explanation": "核对", "fileTitle": " "})
    wanted = ("fileTitle", "keptFor", "readsOn")
    assert problems(bare) == {(each, "NEEDED_BY_RULES") for each in wanted}
    assert {each["clause"]["cite"] for each in bare["problems"]} == {"篇7 三(三)"}
    form = READ | {"fileTitle": "立项材料", "keptFor": "TEN_YEARS", "readsOn": "2026-05-13"}
    ungraded = await reader.submit("archive.borrow", form)
    assert problems(ungraded) == {("secrecy", "NEEDED_BY_RULES")}
    case = await agreed(
        archives, GUIDE, ("archivist",), "archive.borrow", form | {"secrecy": "NONE"}
    )
    volume = await catalogue(keeper)
    early = await take(keeper, "serve", "ArchiveReading", case, volumeId=volume)
    assert early["code"] == "CASE_NOT_READY"
    passed: dict[str, Any] = {"reviewPassed": True}
    unnamed = await take(keeper, "review", "ArchiveReading", case, **passed)
    assert problems(unnamed) == {("reviewer", "REQUIRED")}
    case = await take(keeper, "review", "ArchiveReading", case, **passed, reviewer="馆长")
    without = await take(keeper, "serve", "ArchiveReading", case)
    assert problems(without) == {("volumeId", "REQUIRED")}
    case = await take(keeper, "serve", "ArchiveReading", case, volumeId=volume)
    case = await take(keeper, "use", "ArchiveReading", case)
    case = await take(keeper, "return", "ArchiveReading", case)
    case = await take(keeper, "followUp", "ArchiveReading", case, feedback="电话回访：资料齐全")
    columns = "reader purpose title fileTitle keptFor readsOn readAt returnedAt feedback state"
    [entered] = await seen(keeper, f"{{ archiveReadings {{ edges {{ node {{ {columns} }} }} }} }}")
    assert all(entered.values())
    assert entered["state"] == "followed_up"


async def sheet(archives: Api, office: str, word: str, bad: str, **more: Any) -> Any:
    keeper = await archives.person(f"archivist@{office}")
    unit = await archives.value("select id from units where institution_id = $1 limit 1", office)
    items = marks(office, OBJECTS[word])
    next(each for each in items if each["item"] == bad)["kept"] = False
    given = {"unitId": global_id("Unit", unit), "checkedOn": "2026-05-12", "marks": items}
    return await enter(keeper, word, **given, **more)


async def test_a_store_that_fails_is_mended_by_the_day_that_its_check_names(archives: Api):
    bare = await sheet(archives, GUIDE, "ArchiveStoreCheck", "damp")
    assert problems(bare) == {("mendBy", "REQUIRED")}
    bare = await sheet(archives, GUIDE, "ArchiveStoreCheck", "damp", mendBy="2026-05-15")
    assert problems(bare) == {("measures", "REQUIRED")}
    more = {"measures": "加装除湿机", "mendBy": "2026-05-15"}
    await sheet(archives, GUIDE, "ArchiveStoreCheck", "damp", **more)
    assert await archives.value(DUE, "store-rectification") == "2026-05-15"


async def test_what_a_section_has_not_handed_in_is_missed_by_the_list(archives: Api):
    more = {"measures": "补交会议纪要", "mendBy": "2026-05-20"}
    await sheet(archives, CENTRE, "ArchiveCollectionCheck", "minutes", **more)
    assert await archives.value(DUE, "collection-completed") == "2026-05-20"


@pytest.mark.parametrize(
    ("way", "stages"),
    [
        ("TOGETHER", ("collect", "sort", "bind", "file")),
        ("CONFIDENTIAL", ("gather", "sort", "classify", "file")),
        ("SHELVED", ("collect", "sort", "file", "shelve", "maintain")),
        ("CATALOGUE", ("sort", "enter", "retrieve")),
    ],
)
async def test_papers_are_filed_stage_by_stage(archives: Api, way: str, stages: tuple[str, ...]):
    keeper = await archives.person(f"archivist@{GUIDE}")
    volume = {"volumeId": await catalogue(keeper)}
    given = {"papers": "年度文件", "way": way}
    case = await run(keeper, "beginArchiveFiling", "ArchiveFiling", given)
    says: dict[str, Any] = {"sort": {"sortedOn": "2026-05-12"}, "file": volume, "enter": volume}
    last = stages[-1]
    early = await take(keeper, last, "ArchiveFiling", case, **says.get(last, {}))
    assert early["code"] == "CASE_NOT_READY"
    for stage in stages:
        case = await take(keeper, stage, "ArchiveFiling", case, **says.get(stage, {}))
        assert "code" not in case, case


async def test_papers_are_destroyed_by_whom_the_leader_names_before_another(
    archives: Api, imports: Imports
):
    # Two texts contradict each other on such papers; the office holds to the one on archives.
    await imports("documents.csv", OTHER_RULE, "", CENTRE)
    people = "staff", "archivist", "director", "section_chief"
    staff, keeper, leader, watcher = [await archives.person(f"{e}@{CENTRE}") for e in people]
    form = {"explanation": "无保存价值的简报", "docLevel": "OWN"}
    case = await agreed(archives, CENTRE, ("deputy_in_charge", "archivist"), DESTROY, form)
    given = {"destroyerId": who(staff)}
    before = await archives.counts()
    assert (await take(keeper, "appoint", "ArchiveDestruction", case, **given))["code"]
    assert await archives.counts() == before
    case = await take(leader, "appoint", "ArchiveDestruction", case, **given)
    place = {"place": "院内", "witnessId": who(staff)}
    alone = await take(staff, "destroy", "ArchiveDestruction", case, **place)
    assert problems(alone) == {("witnessId", "SAME_PERSON")}
    place |= {"witnessId": who(watcher)}
    assert (await take(watcher, "destroy", "ArchiveDestruction", case, **place))["code"]
    case = await take(staff, "destroy", "ArchiveDestruction", case, **place)
    case = await take(keeper, "keepSlip", "ArchiveDestruction", case)
    assert case["state"] == "slip_kept"


async def test_papers_of_superiors_go_back_by_list(archives: Api):
    staff, keeper = [await archives.person(f"{each}@{CENTRE}") for each in ("staff", "archivist")]
    form = {"explanation": "市级文件三份", "docLevel": "CITY"}
    await staff.submit(DESTROY, form)
    [case] = await seen(keeper, "{ archiveDestructions { edges { node { id version state } } } }")
    destroy = {"place": "院内", "witnessId": who(staff)}
    assert (await take(keeper, "destroy", "ArchiveDestruction", case, **destroy))["code"]
    given = {"handedTo": "区委办公室", "listed": "市府办〔2025〕1至3号"}
    case = await take(keeper, "handBack", "ArchiveDestruction", case, **given)
    assert case["state"] == "handed_back"
