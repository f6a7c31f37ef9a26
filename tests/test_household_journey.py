"""Registrations at a police station: the papers that are asked, whom they bar, and being told."""

from typing import Any

import pytest

from tests.office import KEPT_BACK, Api, cites, problems
from tests.papers import papers
from tests.surveys import surveyed

STATION = "household-registration"
OF_CHILD = ("出生医学证明", "父母双方户口簿", "父母双方居民身份证")
UNIT_AGREES = "单位人事劳动部门准予变更的证明"


def form(*names: str, **facts: Any) -> dict[str, Any]:
    return {"explanation": "据规定办理", "attachments": papers(*names), **facts}


async def refused(api: Api, kind: str, given: dict[str, Any]) -> Any:
    """The refusal of what somebody at the station submits, which has changed nothing.

    That nobody may decide it is on record.
    """
    asking = await api.person(f"staff@{STATION}")
    before = await api.counts()
    refusal = await asking.submit(kind, given)
    assert refusal["__typename"] == "Refusal", refusal
    if refusal["code"] in ("GAP", "OVERLAP", "FORBIDDEN"):
        before |= {each: before[each] + 1 for each in KEPT_BACK}
    assert await api.counts() == before
    return refusal


async def test_a_late_entry_begins_with_what_the_applicant_has_and_no_report_of_officers(api: Api):
    late = {"age": 20, "hasBirthCertificate": False}
    missing = await refused(api, "household.late_entry", form(**late))
    assert problems(missing) == {("attachments", "DOCUMENT_MISSING")}
    asking = await api.person(f"staff@{STATION}")
    begun = await asking.submit("household.late_entry", form("村(居)委会证明", **late))
    assert begun["steps"][0]["role"] == "area_officer"


@pytest.mark.parametrize("age", [19, 25])
async def test_a_change_of_ethnicity_needs_the_same_proof_at_any_age(api: Api, age: int):
    change = {"age": age, "clericalError": age > 19, "appliedBy": "SELF"}
    missing = await refused(api, "household.ethnicity", form(**change))
    assert problems(missing) == {("attachments", "DOCUMENT_MISSING")}
    asking = await api.person(f"staff@{STATION}")
    await asking.submit("household.ethnicity", form("市级以上民族工作部门证明", **change))


@pytest.mark.parametrize(("age", "applies"), [(18, "PARENTS"), (19, "OTHER"), (17, "SELF")])
async def test_a_change_of_ethnicity_is_asked_for_by_whom_the_age_says(
    api: Api, age: int, applies: str
):
    paper = "市级以上民族工作部门证明"
    barred = await refused(
        api, "household.ethnicity", form(paper, age=age, clericalError=False, appliedBy=applies)
    )
    assert {code for _, code in problems(barred)} == {"NOT_ELIGIBLE"}


@pytest.mark.parametrize(
    "bar",
    ["underInvestigation", "deprivedOfPoliticalRights", "servingPenalty", "inLabourEducation"],
)
async def test_these_people_may_not_change_their_name(api: Api, bar: str):
    adult = {"age": 30, "renameKind": "OTHER", "parentsAgree": True, "hasWorkUnit": False}
    barred = await refused(api, "household.rename", form(**adult, **{bar: True}))
    assert problems(barred) == {(bar, "NOT_ELIGIBLE")}
    assert cites([barred["clause"]]) == ["changes-and-corrections/七(二)"]
    asking = await api.person(f"staff@{STATION}")
    await asking.submit("household.rename", form(**adult, **{bar: False}))


async def test_who_works_for_a_unit_changes_the_name_with_its_consent(api: Api):
    adult = {"age": 30, "renameKind": "OTHER", "parentsAgree": True, "hasWorkUnit": True}
    missing = await refused(api, "household.rename", form(**adult))
    assert problems(missing) == {("attachments", "DOCUMENT_MISSING")}
    asking = await api.person(f"staff@{STATION}")
    await asking.submit("household.rename", form(UNIT_AGREES, **adult))


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"married": True, "ofProvince": True}, {("married", "NOT_ELIGIBLE")}),
        ({"married": False, "ofProvince": False}, {("ofProvince", "NOT_ELIGIBLE")}),
        ({"ofProvince": True}, {("married", "NEEDED_BY_RULES")}),
        ({"married": True}, {("married", "NOT_ELIGIBLE"), ("ofProvince", "NEEDED_BY_RULES")}),
        ({}, {("married", "NEEDED_BY_RULES"), ("ofProvince", "NEEDED_BY_RULES")}),
    ],
)
async def test_graduates_return_home_unmarried_and_to_their_own_province(
    api: Api, stated: dict[str, bool], told: set[tuple[str, str]]
):
    papers = ("毕业证书", "户口迁移证")
    back = {"reason": "GRADUATE_RETURN", "sameStation": True}
    barred = await refused(api, "household.move_in", form(*papers, **back, **stated))
    assert problems(barred) == told
    asking = await api.person(f"staff@{STATION}")
    own = {"married": False, "ofProvince": True}
    await asking.submit("household.move_in", form(*papers, **back, **own))


@pytest.mark.parametrize("kind", ["household.birth", "household.restore"])
async def test_who_took_another_nationality_is_not_registered_on_return(api: Api, kind: str):
    papers = ("国外出生证明及司法翻译件", "父母及子女护照或旅行证")
    child = {"age": 3, "hasBirthCertificate": False}
    abroad = {"reason": "ABROAD", **(child if kind == "household.birth" else {})}
    barred = await refused(api, kind, form(*papers, **abroad, foreignNationality=True))
    assert problems(barred) == {("foreignNationality", "NOT_ELIGIBLE")}
    asking = await api.person(f"staff@{STATION}")
    await asking.submit(kind, form(*papers, **abroad, foreignNationality=False))


async def test_an_infant_born_out_of_wedlock_meets_two_clauses_that_contradict(api: Api):
    infant = {
        "age": 0,
        "hasBirthCertificate": True,
        "parentsSamePlace": True,
        "outOfWedlock": True,
        "reason": "ORDINARY",
    }
    father = {**infant, "registeringWith": "FATHER"}
    torn = await refused(api, "household.birth", form(*OF_CHILD, **father, paternityTest=False))
    assert torn["code"] == "OVERLAP"
    missing = await refused(api, "household.birth", form(**father, paternityTest=True))
    assert ("attachments", "DOCUMENT_MISSING") in problems(missing)
    asking = await api.person(f"staff@{STATION}")
    mother = form(*OF_CHILD, **infant, registeringWith="MOTHER")
    begun = await asking.submit("household.birth", mother)
    assert [step["role"] for step in begun["steps"]] == ["household_officer"]


async def test_the_two_working_days_to_tell_the_result_end_when_the_station_has_told_it(api: Api):
    asking = await api.person(f"staff@{STATION}")
    proofs = form("出生证或出生医学证明", "户口簿", "身份证", hasWorkUnit=False)
    request = await asking.submit("household.birth_date", proofs)
    running = "select responsible from clocks where ended_at is null and clock = 'household.notify'"
    await surveyed(api, request["id"])
    while True:
        [open_step] = [each for each in request["steps"] if each["status"] == "OPEN"]
        holder = open_step["waitingFor"][0]["holders"][0]["account"]
        if open_step["act"] == "RECORD":
            break
        assert await api.rows(running) == []
        request = await (await api.person(holder)).decide(open_step["id"])
    assert (request["status"], open_step["role"]) == ("APPROVED", "police_station")
    assert cites([open_step["clause"]]) == ["time-limits/七(末)"]
    [told_by] = await api.rows(running)
    assert len(told_by["responsible"]) == len(open_step["waitingFor"])
    await asking.act("reportBack", requestId=request["id"])
    assert len(await api.rows(running)) == 1, "the applicant cannot say that they were told"
    await (await api.person(holder)).decide(open_step["id"])
    assert await api.rows(running) == []
    ended = "select state from clocks where clock = 'household.notify'"
    assert await api.value(ended) == "done"


@pytest.mark.parametrize(
    ("kind", "papers", "told", "barred"),
    [
        ("household.farm_to_nonfarm", (), {"ofProvince": True, "admittedThisYear": True},
         "admittedThisYear"),
        ("household.farm_to_nonfarm", (), {"ofProvince": True, "admittedThisYear": True},
         "ofProvince"),
        ("household.move_in", ("毕业证书", "就业报到证", "录(聘)用证明", "户口迁移证"),
         {"reason": "SELF_STUDY_GRADUATE", "ofProvince": True}, "ofProvince"),
        ("household.nonfarm_to_farm", ("行政村同意接收证明", "乡(镇)同意接收证明"),
         {"graduate": True}, "graduate"),
    ],
)  # fmt: skip
async def test_a_way_that_is_open_to_some_is_closed_to_others(
    api: Api, kind: str, papers: tuple[str, ...], told: dict[str, Any], barred: str
):
    refusal = await refused(api, kind, form(*papers, **{**told, barred: False}))
    assert problems(refusal) == {(barred, "NOT_ELIGIBLE")}
    asking = await api.person(f"staff@{STATION}")
    submitted = await asking.submit(kind, form(*papers, **told))
    assert [step["role"] for step in submitted["steps"]] == ["police_station"]
