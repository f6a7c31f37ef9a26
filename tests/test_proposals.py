"""Files of proposals: returned in time or taken on, talked over, signed, delivered, filed."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_gate import cites, seen, take

HERE = "science-bureau"
TABLES = (
    *("proposal_contacts", "proposal_points", "proposal_feedback", "proposal_files"),
    "case_events",
)
FILE = {
    "receivedOn": "2026-03-02", "fileNumber": "政协11号", "title": "科普馆建设", "sort": "PROPOSAL",
    "proposers": "王委员", "occasion": "SESSION", "content": "建议新建科普馆",
}  # fmt: skip
SENT = dict.fromkeys(("sentToCongress", "sentToConference", "sentToGovernment"), True)
ANSWER = {"answer": "已列入规划", "whollyGranted": True}


@pytest.fixture
async def files(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at("2026-03-10 10:00")
    return api


async def kept(files: Api) -> dict[str, int]:
    """What there is, but for who signed in."""
    return {name: number for name, number in (await files.counts()).items() if name != "sessions"}


async def by(files: Api, role: str) -> Visitor:
    return await files.person(f"{role}@{HERE}")


async def goes(files: Api, role: str, event: str, case: Any, **said: Any) -> Any:
    """The case as a stage leaves it; the refusal where it is not taken."""
    left = await take(await by(files, role), event, "ProposalFile", case, **said)
    return left if "code" in left else {**case, **left}


async def industry(files: Api) -> Any:
    """The section whose chief and staff are asked."""
    chief = await by(files, "section_chief_2")
    seats = (await chief.one("{ viewer { seats { role unitId } } }"))["seats"]
    return next(each["unitId"] for each in seats if each["role"] == "section_chief")


async def handled(files: Api, **more: Any) -> Any:
    clerk = await by(files, "office_clerk")
    case = await run(clerk, "beginProposalFile", "ProposalFile", {**FILE, **more})
    case = await goes(files, "office_clerk", "register", case)
    unit = {"unitId": await industry(files), "returnUntil": "2026-03-20"}
    case = await goes(files, "office_clerk", "assign", case, **unit)
    case = await goes(files, "section_chief_2", "accept", case)
    who = await person_id(clerk, f"section_chief_2@{HERE}")
    told = {"handlerId": who, "takenOn": "2026-03-10"}
    return await goes(files, "section_chief_2", "handle", case, **told)


async def talked(files: Api, case: Any, way: str) -> None:
    said = {"fileId": case["id"], "contactedOn": "2026-03-10", "contactSaid": "交换意见"}
    chief = await by(files, "section_chief_2")
    assert "lineId" in await enter(chief, "ProposalContact", **said, contactWay=way)


@pytest.mark.parametrize(
    ("weight", "answer", "way", "clause"),
    [
        ({}, ANSWER, None, "proposals/二(三)3"),
        ({"partyGroupProposal": True}, ANSWER, "LETTER", "proposals/二(五)"),
        ({"keyProposal": True}, ANSWER, "TELEPHONE", "proposals/二(五)"),
        ({}, {**ANSWER, "whollyGranted": False}, "TELEPHONE", "proposals/二(五)"),
    ],
)
async def test_a_proposal_is_talked_over_before_it_is_answered_and_of_weight_face_to_face(
    files: Api, weight: Any, answer: Any, way: str | None, clause: str
):
    case = await handled(files, **weight)
    if way:
        await talked(files, case, way)
    before = await kept(files)
    refused = await goes(files, "section_chief_2", "draft", case, **answer)
    assert refused["code"] == "CASE_NOT_READY"
    assert clause in cites(refused)
    assert await kept(files) == before
    await talked(files, case, "VISIT" if way else "TELEPHONE")
    drafted = await goes(files, "section_chief_2", "draft", case, **answer)
    assert drafted["state"] == "drafted"


async def test_what_is_not_a_sections_is_returned_in_time_or_counts_as_taken_on(files: Api):
    clerk = await by(files, "office_clerk")
    case = await run(clerk, "beginProposalFile", "ProposalFile", FILE)
    case = await goes(files, "office_clerk", "register", case)
    unit = {"unitId": await industry(files), "returnUntil": "2026-03-20"}
    case = await goes(files, "office_clerk", "assign", case, **unit)
    early = await goes(files, "office_clerk", "lapse", case)
    assert early["code"] == "CASE_NOT_READY"
    files.now = at("2026-03-24 10:00")
    refused = await goes(files, "office_clerk", "return", case, returnReason="不属本科室职责")
    assert "code" in refused
    lapsed = await goes(files, "office_clerk", "lapse", case)
    assert lapsed["state"] == "accepted"


async def test_an_important_one_is_examined_by_the_deputy_and_issued_by_the_head(files: Api):
    case = await handled(files, major=True)
    [clock] = [each for each in case["clocks"] if "二(三)3" in str(each["clause"])]
    assert clock["dueAt"].startswith("2026-05-10")
    await talked(files, case, "TELEPHONE")
    case = await goes(files, "section_chief_2", "draft", case, **ANSWER)
    case = await goes(files, "deputy_in_charge_2", "deputySign", case)
    case = await goes(files, "section_chief_2", "submit", case)
    case = await goes(files, "office_clerk", "officeCheck", case)
    refused = await goes(files, "proposals_deputy", "issue", case)
    assert "code" in refused
    case = await goes(files, "proposals_deputy", "examine", case)
    assert "code" in (await goes(files, "proposals_deputy", "issue", case))
    assert "code" in (await goes(files, "office_clerk", "print", case))
    case = await goes(files, "director", "headIssue", case)
    case = await goes(files, "office_clerk", "print", case)
    before = await kept(files)
    told = {"deliveredOn": "2026-03-10", **SENT, "sentToCongress": False}
    refused = await goes(files, "office_clerk", "deliver", case, **told)
    assert cites(refused) == {"proposals/二(三)4"}
    assert len(refused["problems"]) == 2
    assert await kept(files) == before
    told = {"deliveredOn": "2026-03-10", **SENT, "sentToProposers": True}
    case = await goes(files, "office_clerk", "deliver", case, **told)
    refused = await goes(
        files, "office_clerk", "archive", case, filedAs="2026-11", answerFiled=True
    )
    assert cites(refused) == {"proposals/二(九)"}
    papers = {"filedAs": "2026-11", "answerFiled": True, "originalFiled": True}
    assert (await goes(files, "office_clerk", "archive", case, **papers))["state"] == "archived"
    feedback = {"fileId": case["id"], "toldOn": "2026-03-10", "satisfaction": "SATISFIED"}
    assert "lineId" in await enter(await by(files, "office_clerk"), "ProposalFeedback", **feedback)
    clerk = await by(files, "office_clerk")
    await run(clerk, "beginProposalFile", "ProposalFile", {**FILE, "fileNumber": "政协12号"})
    had = '{ officeCounts(area: "proposals") { measure value kept records } }'
    rates = {each["measure"]: each for each in await clerk.one(had)}
    assert (rates["completion_rate"]["value"], rates["completion_rate"]["kept"]) == ("50", False)
    assert (rates["satisfaction_rate"]["value"], rates["satisfaction_rate"]["kept"]) == (
        "100",
        True,
    )


async def test_an_answer_is_drafted_once_every_point_is_answered_and_what_cannot_be_done_explained(
    files: Api,
):
    case, chief = await handled(files, pointsAsked=2), await by(files, "section_chief_2")
    await talked(files, case, "TELEPHONE")
    point = {"fileId": case["id"], "answeredOn": "2026-03-10", "reply": "不能办理"}
    first = {**point, "point": "新建科普馆", "proposalProblem": "LATER", "event": "plan"}
    assert "lineId" in await enter(chief, "ProposalPoint", **first)
    before = await kept(files)
    refused = await goes(files, "section_chief_2", "draft", case, **ANSWER)
    assert (refused["code"], cites(refused)) == ("CASE_NOT_READY", {"proposals/二(四)"})
    last = {**point, "point": "免费开放", "proposalProblem": "UNSOLVABLE", "event": "explain"}
    refused = await enter(chief, "ProposalPoint", **last)
    assert problems(refused) == {("reasons", "REASONS_ASKED")}
    assert (await enter(chief, "ProposalPoint", **first))["code"] == "ENTERED_ALREADY"
    assert await kept(files) == before
    assert "lineId" in await enter(chief, "ProposalPoint", **last, reasons="票价由上级核定")
    drafted = await goes(files, "section_chief_2", "draft", case, **ANSWER)
    assert drafted["state"] == "drafted"


async def test_each_point_is_done_planned_or_explained_and_troubles_are_told(files: Api):
    case, chief = await handled(files), await by(files, "section_chief_2")
    point = {"fileId": case["id"], "answeredOn": "2026-03-10", "point": "新建科普馆"}
    planned = {**point, "proposalProblem": "LATER", "reply": "列入2027年计划"}
    refused = await enter(chief, "ProposalPoint", **planned, event="solve")
    assert "code" in refused
    assert "lineId" in await enter(chief, "ProposalPoint", **planned, event="plan")
    [shown] = await seen(chief, "{ proposalPoints { edges { node { outcome } } } }")
    assert shown == {"outcome": "planned"}
    raised = await goes(files, "section_chief_2", "raise", case, problem="资金未落实")
    assert raised["state"] == "handling"
    notices = "{ notices { edges { node { sentence } } } }"
    for told in ("director", "office_clerk"):
        assert "困难和问题" in str(await seen(await by(files, told), notices))
