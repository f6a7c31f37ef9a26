"""Research: items and papers that each section and each leader owes, and an article's one bonus."""

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, problems
from tests.owed import duties, unit_of
from tests.small_shapes import at
from tests.test_gate import seen

BUREAU = "hrss-bureau"
TABLES = (
    *(
        "research_officers",
        "research_items",
        "research_papers",
        "research_theory_articles",
        "cadence_records",
    ),
    *("occurrences", "consequence_turns"),
)
ARTICLE = {"adoptedOn": "2026-03-10", "title": "论社会保障", "authors": "邵", "adoptedBy": "某刊"}
BONUSES = "{ consequences { label amount clause { cite } } }"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at("2026-03-10 10:00")
    return api


async def test_an_article_has_one_bonus_by_the_highest_level_that_adopted_it(office: Api):
    director = await office.person(f"office_director@{BUREAU}")
    who = await person_id(director, f"staff@{BUREAU}")
    article = {**ARTICLE, "personId": who}
    line = await enter(
        director, "ResearchTheoryArticle", **article, adoptedLevel="DISTRICT", amount="100"
    )
    office.now = at("2026-10-12 10:00")
    higher = {**article, "adoptedOn": "2026-10-12", "adoptedLevel": "NATIONAL", "amount": "800"}
    before = await office.counts()
    again = await enter(director, "ResearchTheoryArticle", **higher)
    assert again["code"] == "ENTERED_ALREADY"
    assert await office.counts() == before
    assert "lineId" in await enter(
        director, "ResearchTheoryArticle", **higher, corrects=line["lineId"]
    )
    bonuses = [each for each in await director.one(BONUSES) if each["clause"]["cite"] == "四㈡"]
    assert [each["amount"] for each in bonuses if each["amount"]] == ["800"]


async def test_a_paper_is_of_a_section_or_of_one_of_the_leadership_and_settles_theirs(office: Api):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    chief = await office.person(f"section_chief@{BUREAU}")
    deputy = await person_id(clerk, f"deputy_in_charge@{BUREAU}")
    unit = await unit_of(chief)
    paper = {"handedInOn": "2026-03-10", "title": "就业调研"}
    before = await office.counts()
    both = await enter(clerk, "ResearchPaper", **paper, unitId=unit, personId=deputy)
    assert {code for _, code in problems(both)} == {"ONE_ALONE"}
    assert await office.counts() == before
    activity = "完成调研报告或论文"
    owed = await duties(clerk, activity)
    assert {state for _, state in owed} == {"DUE"}
    assert "lineId" in await enter(clerk, "ResearchPaper", **paper, unitId=unit)
    after = await duties(clerk, activity)
    assert [state for _, state in after].count("DONE") == 1
    assert "lineId" in await enter(clerk, "ResearchPaper", **paper, personId=deputy)
    last = await duties(clerk, activity)
    assert [state for _, state in last].count("DONE") == 2


async def test_only_what_was_examined_and_signed_is_entered_as_an_item_sent_up(office: Api):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    chief = await office.person(f"section_chief@{BUREAU}")
    request = await chief.submit("research.report", {"explanation": "就业信息"})
    item = {
        "sentOn": "2026-03-10", "unitId": await unit_of(chief), "title": "就业信息",
        "requestId": request["id"],
    }  # fmt: skip
    before = await office.counts()
    early = await enter(clerk, "ResearchItem", **item)
    assert {place for place, _ in problems(early)} == {"requestId"}
    assert await office.counts() == before
    for role in ("deputy_in_charge", "director"):
        steps = [each for each in request["steps"] if each["status"] == "OPEN"]
        holder = steps[0]["waitingFor"][0]["holders"][0]["account"]
        assert steps[0]["role"] == role
        request = await (await office.person(holder)).decide(steps[0]["id"])
    assert "lineId" in await enter(clerk, "ResearchItem", **item)
    shown = await seen(clerk, "{ researchItems { edges { node { title } } } }")
    assert shown == [{"title": "就业信息"}]
    month = await duties(clerk, "报送较高质量的信息")
    assert [state for _, state in month].count("DONE") == 1


async def test_each_section_has_one_information_officer_and_those_without_are_listed(office: Api):
    director = await office.person(f"office_director@{BUREAU}")
    chief = await office.person(f"section_chief@{BUREAU}")
    unit, without = await unit_of(chief), "{ researchOfficersLacking { id name } }"
    assert unit in {each["id"] for each in await director.one(without)}
    who = await person_id(director, f"staff@{BUREAU}")
    named = {"since": "2026-03-10", "unitId": unit, "personId": who}
    line = await enter(director, "ResearchOfficer", **named)
    assert unit not in {each["id"] for each in await director.one(without)}
    before = await office.counts()
    second = {**named, "personId": await person_id(director, f"office_clerk@{BUREAU}")}
    assert (await enter(director, "ResearchOfficer", **second))["code"] == "ENTERED_ALREADY"
    assert await office.counts() == before
    struck = await director.one(
        "mutation ($input: StrikeOutLineInput!) { strikeOutLine(input: $input) { __typename } }",
        {"input": {"lineId": line["lineId"], "reason": "调离", "idempotencyKey": "moved"}},
    )
    assert struck["__typename"] != "Refusal"
    assert unit in {each["id"] for each in await director.one(without)}
