"""What an office needs to know: `kinds` says it beforehand, a refusal names the rest."""

from policies.vocabulary import institutions
from tests.office import Api, cites, problems
from tests.papers import papers

KINDS = "query ($of: String!) { kinds(institution: $of) { kind regulated fields } }"

ERRAND = {
    "begins": "2026-03-09T09:00:00+08:00",
    "ends": "2026-03-09T11:00:00+08:00",
    "explanation": "下乡",
}


async def test_what_the_rules_look_at_and_the_form_leaves_out_is_asked_for_at_its_field(
    api: Api,
) -> None:
    asking = await api.person("section_chief@construction-bureau")
    before = await api.counts()
    for answer in (
        await asking.submit("vehicle.dispatch", ERRAND),
        await asking.preview("vehicle.dispatch", ERRAND),
    ):
        assert problems(answer) == {("destination", "NEEDED_BY_RULES")}
        [problem] = answer["problems"]
        assert problem["message"] == "按规定须说明：前往范围"
        assert cites(problem["clauses"]) == ["vehicles/三"]
    assert await api.counts() == before
    asked = await asking.submit("vehicle.dispatch", {**ERRAND, "destination": "IN_AREA"})
    assert asked["status"] == "PENDING"


async def test_a_fact_whose_answers_all_lead_to_one_route_is_not_asked_for(api: Api) -> None:
    asking = await api.person("staff@science-bureau")
    spent = {"explanation": "印刷费", "amount": "300"}
    assert (await asking.submit("expenditure.general", spent))["status"] == "PENDING"


async def test_a_span_that_the_rules_count_is_asked_for_at_both_its_ends(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    refused = await asking.preview("overtime.work", {"explanation": "赶材料"})
    assert problems(refused) == {("begins", "NEEDED_BY_RULES"), ("ends", "NEEDED_BY_RULES")}


async def test_a_correction_that_takes_a_needed_fact_away_is_refused_at_its_field(
    api: Api,
) -> None:
    asking = await api.person("staff@hrss-bureau")
    spent = {"explanation": "会议费", "amount": "9000", "attachments": papers("单据")}
    request = await asking.submit("expenditure.general", spent)
    finance = await api.person("finance_deputy@hrss-bureau")
    before = await api.counts()
    turn = (await finance.turn())["id"]
    refused = await finance.act("correct", stepId=turn, changes={"amount": None}, reason="核减")
    assert problems(refused) == {("changes.amount", "NEEDED_BY_RULES")}
    assert await api.counts() == before
    await finance.decide(turn, "RETURN", comment="补材料")
    again = await asking.act("resubmit", requestId=request["id"], changes={"amount": None})
    assert problems(again) == {("changes.amount", "NEEDED_BY_RULES")}


async def test_a_hole_of_the_rules_names_the_clauses_next_to_it(api: Api) -> None:
    asking = await api.person("staff@service-centre")
    spent = {"explanation": "印刷费", "amount": "600", "attachments": []}
    refused = await asking.submit("expenditure.general", spent)
    assert refused["code"] == "GAP"
    nearest = cites([problem["clause"] for problem in refused["problems"]])
    assert nearest
    seen = await asking.preview("expenditure.general", spent)
    assert seen["finding"] == "GAP"
    [note] = seen["notes"]
    assert all(cite.partition("/")[2] in note for cite in nearest)


async def test_a_kind_that_the_office_does_not_regulate_says_so(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    before = await api.counts()
    refused = await asking.submit("archive.destroy", {"explanation": "过期"})
    assert (refused["code"], refused["problems"]) == ("KIND_NOT_REGULATED", [])
    assert refused["message"] == f"“{institutions()['hrss-bureau'].zh}”的制度没有规定“销毁档案”"
    assert (await asking.preview("archive.destroy", {"explanation": "过期"}))["code"] == (
        "KIND_NOT_REGULATED"
    )
    assert await api.counts() == before
    kinds = await asking.one(KINDS, {"of": "hrss-bureau"})
    assert "ARCHIVE_DESTROY" in {each["kind"] for each in kinds if not each["regulated"]}


async def test_kinds_tells_what_this_office_needs_and_another_does_not(api: Api) -> None:
    needs = {}
    for institution in ("construction-bureau", "township-government"):
        asking = await api.person(f"staff@{institution}")
        [info] = [
            each
            for each in await asking.one(KINDS, {"of": institution})
            if each["kind"] == "VEHICLE_DISPATCH"
        ]
        needs[institution] = {
            field["name"]: field["neededBy"] for field in info["fields"] if field["required"]
        }
    assert needs["construction-bureau"].keys() - needs["township-government"].keys() == {
        "destination"
    }
    assert needs["construction-bureau"]["destination"][0] == "vehicles/三"
