"""Who may approve a case, what the viewer may approve, and the table of an area, in the API."""

import pytest

from domain.conditions.language import parse
from policies import loading
from tests.office import CLAUSE, REFUSAL, SEAT, Api, Visitor, cites

WHO = f"""query ($institution: String!, $kind: RequestKind!, $facts: JSON!, $unit: ID, $on: Date) {{
  whoCanApprove(institution: $institution, kind: $kind, facts: $facts, unit: $unit, on: $on) {{
    __typename
    ... on Deciders {{ finding notes claims {{ {CLAUSE} }}
      turns {{ role title act alternatives clause {{ {CLAUSE} }} seats {{ {SEAT} unitId }} }} }}
    ... on Refusal {{ {REFUSAL} }} }} }}"""
WHAT = f"""query ($kind: RequestKind, $area: String) {{ whatCanIApprove(kind: $kind, area: $area) {{
  kind act limits cases region exceptRegions roles seats {{ role unit }}
  clause {{ {CLAUSE} }} clauses {{ {CLAUSE} }} }} }}"""
MATRIX = f"""query ($institution: String!, $area: String!) {{
  approvalMatrix(institution: $institution, area: $area) {{ area label levels {{ role title }}
    rows {{ kind label condition region
      cells {{ role entries {{ act words limits region alternatives clauses {{ {CLAUSE} }} }} }}
    }} }} }}"""
PREVIEW = """query ($input: RoutePreviewInput!) { routePreview(input: $input) { __typename
  ... on RoutePreview { finding steps { role act } }
  ... on Refusal { code problems { path code } } } }"""
SICK = {"days": "3", "applicant_rank": "staff"}


@pytest.fixture
async def clerk(api: Api) -> Visitor:
    return await api.person("staff@hrss-bureau")


async def asked(visitor: Visitor, kind="LEAVE_SICK", facts=None, **more):
    given = {"institution": "hrss-bureau", "kind": kind, "facts": facts or SICK, **more}
    return await visitor.one(WHO, given)


async def test_who_can_approve_names_each_deciding_turn_with_its_nearest_holder(clerk):
    found = await asked(clerk)
    assert found["finding"] == "ROUTED"
    assert [(turn["role"], turn["act"]) for turn in found["turns"]] == [
        ("section_chief", "ENDORSE"),
        ("deputy_in_charge", "ENDORSE"),
        ("director", "APPROVE"),
    ]
    assert cites([turn["clause"] for turn in found["turns"]])[0] == "attendance-measures/三(一)"
    accounts = [turn["seats"][0]["holders"][0]["account"] for turn in found["turns"]]
    assert accounts[-1] == "director@hrss-bureau"


async def test_another_unit_has_another_chief(api, clerk):
    other = await api.person("section_chief_2@hrss-bureau")
    [seat] = (await other.one(f"{{ viewer {{ seats {{ {SEAT} unitId }} }} }}"))["seats"]
    there = await asked(clerk, unit=seat["unitId"])
    here = await asked(clerk)
    assert there["turns"][0]["seats"][0]["unit"] == seat["unit"]
    assert here["turns"][0]["seats"][0]["unit"] != seat["unit"]
    assert there["turns"][2]["seats"] == here["turns"][2]["seats"]


async def test_an_unknown_unit_is_refused(clerk):
    for unit in ("VW5pdDowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=", "nonsense"):
        refused = await asked(clerk, unit=unit)
        assert refused["code"] == "INVALID_INPUT"


async def test_the_deciding_turns_are_those_of_the_route(clerk):
    for days in ("0.5", "1", "2", "2.5", "40"):
        facts = {**SICK, "days": days}
        given = {"institution": "hrss-bureau", "kind": "LEAVE_SICK", "facts": facts}
        route = await clerk.one(PREVIEW, {"input": given})
        deciders = await asked(clerk, facts=facts)
        assert deciders["finding"] == route["finding"]
        assert [(turn["role"], turn["act"]) for turn in deciders["turns"]] == [
            (step["role"], step["act"])
            for step in route["steps"]
            if step["act"] in ("ENDORSE", "APPROVE", "VOTE")
        ]


async def test_nobody_can_approve_what_a_clause_forbids(clerk):
    found = await asked(clerk, "VEHICLE_PRIVATE_USE", {"purpose": "private"})
    assert (found["finding"], found["turns"]) == ("FORBIDDEN", [])
    assert cites(found["claims"]) == ["vehicles/二、3"]


async def test_another_institution_is_none_of_the_viewers_business(clerk):
    refused = await clerk.one(
        WHO, {"institution": "science-bureau", "kind": "LEAVE_SICK", "facts": SICK}
    )
    assert refused["code"] == "OTHER_INSTITUTION"


async def test_the_viewer_reads_the_limits_of_the_own_seats_in_words(api):
    deputy = await api.person("deputy_in_charge@hrss-bureau")
    limits = await deputy.one(WHAT, {"kind": "LEAVE_SICK"})
    assert [(each["act"], each["region"], each["limits"]) for each in limits] == [
        ("APPROVE", "0.5 < days <= 2", "病假 超过 0.5 天、不超过 2 天: 批准"),
        ("ENDORSE", "days > 2", "病假 超过 2 天: 审核"),
    ]
    assert all(seat["role"] == "deputy_in_charge" for seat in limits[0]["seats"])
    deputy.language = "en"
    english = await deputy.one(WHAT, {"kind": "LEAVE_SICK"})
    assert english[0]["limits"] == "Sick leave, over 0.5 days, up to 2 days: approve"


async def test_every_limit_of_a_director_is_an_expression_with_a_clause(api):
    director = await api.person("director@hrss-bureau")
    words = loading.shipped("hrss-bureau").vocabulary
    kinds = {kind.upper().replace(".", "_"): kind for kind in words.kinds}
    limits = await director.one(WHAT)
    assert len(limits) > 10
    for limit in limits:
        facts = {name: words.facts[name] for name in words.kinds[kinds[limit["kind"]]].facts}
        assert parse(limit["region"], facts).text == limit["region"]
        assert limit["clause"] in limit["clauses"]
        assert limit["seats"]


async def test_one_without_authority_has_no_limits(clerk):
    assert await clerk.one(WHAT) == []


async def test_the_matrix_of_an_area_shows_levels_limits_and_clauses(clerk):
    matrix = await clerk.one(MATRIX, {"institution": "hrss-bureau", "area": "leave"})
    assert matrix["label"] == "请休假"
    titles = [level["title"] for level in matrix["levels"]]
    assert titles == ["办公室人员", "科长", "分管局长", "局长", "禁止"]
    [sick] = [row for row in matrix["rows"] if row["kind"] == "LEAVE_SICK"]
    words = {cell["role"]: [e["words"] for e in cell["entries"]] for cell in sick["cells"]}
    assert words["section_chief"] == ["批准: 正好 0.5 天", "审核: 超过 0.5 天"]
    assert words["director"] == ["批准: 超过 2 天"]
    for row in matrix["rows"]:
        for cell in row["cells"]:
            assert all(entry["clauses"] for entry in cell["entries"])


async def test_an_unknown_area_is_told(clerk):
    answer = await clerk.ask(MATRIX, {"institution": "hrss-bureau", "area": "no_such"})
    assert answer.codes == ["UNKNOWN_AREA"]


# An institution's own words bound what is asked


@pytest.mark.parametrize(
    ("institution", "kind", "fact"),
    [
        (book.institution, kind, name)
        for book in map(loading.shipped, loading.institutions())
        for kind in book.rows_by_kind
        for name in book.vocabulary.kinds[kind].facts
        if name == "applicant_rank"
    ][::6],
)
async def test_a_preview_reads_a_rank_as_the_institution_tells_it_and_refuses_what_is_none(
    api, institution, kind, fact
):
    words = loading.shipped(institution).vocabulary
    shipped, own = loading.words.shipped().facts[fact].values, words.facts[fact].values
    foreign = [value for value in shipped if value not in own]
    asker = await api.person(f"staff@{institution}")
    code = kind.upper().replace(".", "_")

    async def previewed(value):
        given = {"institution": institution, "kind": code, "facts": {fact: value}}
        return await asker.one(PREVIEW, {"input": given})

    for value in foreign[:1]:
        as_told = await previewed(words.roles[value].rank)
        assert as_told["__typename"] == "RoutePreview"
        assert await previewed(value) == as_told
    refused = await previewed("emperor")
    assert refused["code"] == "INVALID_INPUT"
    problem = {"path": ["input", "facts", fact], "code": "UNKNOWN_VALUE"}
    assert refused["problems"] == [problem]
    deciders = await asker.one(
        WHO, {"institution": institution, "kind": code, "facts": {fact: "emperor"}}
    )
    assert [each["path"] for each in deciders["problems"]] == [["facts", fact]]


async def test_a_preview_refuses_what_is_no_fact_and_what_lies_outside_its_bounds(clerk):
    facts = {"days": "-1", "mood": "good", "applicant_rank": "staff"}
    given = {"institution": "hrss-bureau", "kind": "LEAVE_SICK", "facts": facts}
    refused = await clerk.one(PREVIEW, {"input": given})
    assert {(each["path"][-1], each["code"]) for each in refused["problems"]} == {
        ("days", "TOO_SMALL"),
        ("mood", "UNKNOWN_FACT"),
    }
