"""Papers of what is no request: lines, stages, things, and turns that other offices take."""

from typing import Any

from policies import loading, vocabulary
from tests.case_office import LETTER, PETITION, Desk
from tests.fleet import record
from tests.office import Api, Visitor
from tests.papers import papers
from tests.records import records
from tests.sending import ask, docx, got, opened, send

SCIENCE = "science-bureau"
STATION, COUNTY = "household-registration", "county-police-bureau"
SEAL = {"name": "机关印章", "kind": "OFFICE", "filedWith": "公安局"}
BIRTH = {
    "explanation": "出生证所载日期与户口簿不一致",
    "hasWorkUnit": False,
    "attachments": papers("出生证或出生医学证明", "户口簿", "身份证"),
}


async def listed(who: Visitor, query: str) -> list[Any]:
    told = f"{{ {query} {{ edges {{ node {{ attachments {{ name upload }} }} }} }} }}"
    return [edge["node"]["attachments"] for edge in (await who.one(told))["edges"]]


async def test_a_thing_has_papers_that_its_office_opens(api: Api) -> None:
    clerk = await api.person(f"seal_keeper@{SCIENCE}")
    upload = await send(clerk, "启用通知.docx", docx())
    given = {**SEAL, "attachments": [{"upload": upload["id"]}]}
    kept = await ask(clerk, "addSeal", "... on ThingKept { thingId }", **given)
    assert kept["__typename"] == "ThingKept", kept
    assert [{"name": "启用通知.docx", "upload": upload["id"]}] in await listed(clerk, "seals")
    link = await opened(clerk, upload["id"])
    assert (await got(clerk, link["url"])).content == docx()
    stranger = await api.person("staff@hrss-bureau")
    assert (await opened(stranger, upload["id"]))["code"] == "UPLOAD_NOT_FOUND"
    report = await send(clerk, "遗失声明.docx", docx())
    moved = await ask(
        clerk,
        "moveThing",
        "... on ThingKept { version }",
        thingId=kept["thingId"],
        expectedVersion=1,
        move="LOST",
        text="搬家时遗失",
        attachments=[{"upload": report["id"]}],
    )
    assert moved["version"] == 2, moved
    [[*seal]] = [each for each in await listed(clerk, "seals") if len(each) == 2]
    assert {each["upload"] for each in seal} == {upload["id"], report["id"]}
    await api.empty("thing_moves", "seals")


async def test_a_line_has_papers_that_those_open_who_may_see_it(api: Api) -> None:
    clerk = await api.person(f"office_clerk@{SCIENCE}")
    about = await api.person(f"staff@{SCIENCE}")
    upload = await send(clerk, "情况说明.docx", docx())
    line = {
        "personId": (await about.one("{ viewer { id } }"))["id"], "happenedOn": "2026-03-02",
        "what": "late", "attachments": [{"upload": upload["id"]}],
    }  # fmt: skip
    entered = await record(clerk, "Occurrence", **line)
    assert isinstance(entered, str), entered
    shown = await listed(clerk, 'occurrences(from: "2026-03-02", to: "2026-03-02")')
    assert shown == [[{"name": "情况说明.docx", "upload": upload["id"]}]]
    assert "url" in await opened(about, upload["id"])
    other = await api.person(f"staff_2@{SCIENCE}")
    assert (await opened(other, upload["id"]))["code"] == "UPLOAD_NOT_FOUND"


async def test_the_document_of_a_stage_is_a_paper_of_its_case(api: Api) -> None:
    desk = Desk(api, "service-centre")
    request = await desk.submit("office_clerk", "petition.case", **PETITION)
    await (await desk.of("director")).agree()
    await desk.begun(request, "petition_clerk")
    handler = (await desk.viewer("staff"))["id"]
    await desk.goes("petition_clerk", "assign", "assigned", handlerId=handler)
    await desk.goes("staff", "close", "closed", answer="已疏通管道", answerForm="WRITTEN")
    await desk.goes("staff", "report", "reported", text="办理情况报告", document=LETTER)
    told = "query ($id: ID!) { petition(id: $id) { attachments { name paper upload } } }"
    [paper] = (await (await desk.of("staff")).one(told, {"id": desk.case["id"]}))["attachments"]
    assert paper["name"] == "转办函.pdf"
    assert "url" in await opened(await desk.of("petition_clerk"), paper["upload"])
    stranger = await api.person("cashier@service-centre")
    assert (await opened(stranger, paper["upload"]))["code"] == "UPLOAD_NOT_FOUND"


async def test_a_county_bureau_opens_the_papers_that_came_up_to_it(api: Api) -> None:
    staff, county = [
        await api.person(each) for each in (f"staff_2@{STATION}", f"county_bureau_deputy@{COUNTY}")
    ]
    request = await staff.submit("household.birth_date", BIRTH)
    told = "query ($id: ID!) { node(id: $id) { ... on Request { attachments { upload } } } }"
    shown = await staff.one(told, {"id": request["id"]})
    upload = shown["attachments"][0]["upload"]
    assert (await opened(county, upload))["code"] == "PAPER_NOT_YOURS_TO_OPEN"
    for role in ("area_officer_2", "police_station_chief_2"):
        await (await api.person(f"{role}@{STATION}")).agree()
    assert "url" in await opened(county, upload)
    [line] = await records(api, "event = 'file_opened' and institution_id = $1", STATION)
    assert line["object"] == "request"


def test_every_paper_on_health_identity_or_accounts_is_demanded_by_some_clause() -> None:
    demanded = {
        name
        for office in loading.institutions()
        for each in loading.shipped(office).documents
        for name in each.documents
    }
    assert vocabulary.personal_papers() <= demanded
