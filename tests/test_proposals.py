"""Proposals: an answer is talked over before it is signed, and filed once everybody has it."""

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, problems
from tests.small_shapes import at
from tests.test_gate import cites

BUREAU = "science-bureau"
TABLES = ("proposal_contacts", "proposal_filings", "proposal_assignments")
DAY = "2026-05-06"
SENT = ("sentToCongress", "sentToConference", "sentToGovernment", "sentToProposer")
PAPERS = ("originalFiled", "answerFiled")


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at("2026-05-06 10:00")
    return api


@pytest.mark.parametrize(
    ("must_meet", "enough"), [(False, "TELEPHONE"), (False, "LETTER"), (True, "SYMPOSIUM")]
)
async def test_an_answer_is_not_signed_before_it_was_talked_over_as_the_text_demands(
    office: Api, must_meet: bool, enough: str
):
    staff = await office.person(f"staff@{BUREAU}")
    drafted = {"explanation": "答复", "major": False, "mustMeet": must_meet}
    request = await staff.submit("proposal.case", drafted)
    step = next(each for each in request["steps"] if each["status"] == "OPEN")
    deputy = await office.person(step["waitingFor"][0]["holders"][0]["account"])
    said = {"requestId": request["id"], "contactedOn": DAY, "withWhom": "某委员", "said": "同意"}
    contacts = ([] if enough == "LETTER" else ["LETTER"]) if must_meet else []
    for way in [None, *contacts]:
        if way:
            assert "lineId" in await enter(staff, "ProposalContact", **said, contactWay=way)
        before = await office.counts()
        assert (await deputy.decide(step["id"]))["code"] == "TURN_NOT_READY"
        assert await office.counts() == before
    assert "lineId" in await enter(staff, "ProposalContact", **said, contactWay=enough)
    assert (await deputy.decide(step["id"]))["status"] == "PENDING"


async def test_a_proposal_is_filed_once_everybody_has_the_answer_and_both_papers_are_there(
    office: Api,
):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    handler = await person_id(clerk, f"staff@{BUREAU}")
    taken = await enter(clerk, "ProposalAssignment", takenOn=DAY, title="科普馆", handlerId=handler)
    filing = {
        "assignmentId": taken["lineId"], "filedOn": DAY, "satisfied": True, "filedAs": "提-41",
        **dict.fromkeys((*SENT, *PAPERS), True),
    }  # fmt: skip
    missing = ("sentToCongress", "sentToGovernment", "originalFiled")
    before = await office.counts()
    held = await enter(clerk, "ProposalFiling", **{**filing, **dict.fromkeys(missing, False)})
    assert problems(held) == {(each, "NOT_ELIGIBLE") for each in missing}
    assert cites(held) == {"interpretation/911"}
    assert await office.counts() == before
    assert "lineId" in await enter(clerk, "ProposalFiling", **filing)
