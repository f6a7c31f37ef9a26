"""An explanation says rule, clause, seat and facts, and what would have to differ."""

from typing import Any

from tests.office import REFUSAL, Api
from tests.verbs import long_leave

EXPLAIN = f"""query ($id: ID!) {{ explain(requestId: $id) {{ __typename
  ... on Explanation {{ rulebookVersion notes facts {{ name label display source }}
    otherwise {{ fact label words steps {{ role }} }}
    steps {{ step {{ role status clause {{ cite }} }} instead {{ role holders {{ name }} }}
      rules {{ rule when words asks clauses {{ cite }} }} }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
WHY_NOT = f"""query ($input: RoutePreviewInput!) {{ explainRefusal(input: $input) {{ __typename
  ... on RefusalExplained {{ finding rulebookVersion claims {{ cite }} rules {{ rule asks }}
    facts {{ name label display source }}
    wouldRoute {{ fact words region steps {{ role seats {{ holders {{ name }} }} }} }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""


async def test_each_step_is_explained_by_rules_whose_condition_the_facts_meet(api: Api):
    staff = await api.person("staff@hrss-bureau")
    request = await long_leave(staff)
    told = await staff.one(EXPLAIN, {"id": request["id"]})
    assert told["__typename"] == "Explanation", told
    assert told["rulebookVersion"] >= 1
    facts = {each["name"]: each for each in told["facts"]}
    assert (facts["days"]["display"], facts["days"]["source"]) == ("5 天", "CALENDAR")
    assert facts["begins"]["source"] == "FORM"
    rank = facts["applicant_rank"]
    assert (rank["label"], rank["display"], rank["source"]) == (
        "申请人职级",
        "一般工作人员",
        "ORGANISATION",
    )
    assert {each["fact"] for each in told["otherwise"]} >= {"days", "leave_reason"}
    fewer = next(each for each in told["otherwise"] if each["fact"] == "days")
    assert (fewer["words"], len(fewer["steps"])) == ("超过 0.5 天、不超过 2 天", 3)
    assert [each["step"]["role"] for each in told["steps"]] == [
        each["role"] for each in request["steps"]
    ]
    for each in told["steps"]:
        assert all(rule["asks"] for rule in each["rules"])
        assert each["step"]["clause"] in [c for rule in each["rules"] for c in rule["clauses"]]
    other = await api.person("staff@science-bureau")
    assert (await other.one(EXPLAIN, {"id": request["id"]}))["code"] == "REQUEST_NOT_FOUND"


async def why_not(api: Api, account: str, kind: str, **facts: Any) -> Any:
    visitor = await api.person(account)
    given = {"institution": account.partition("@")[2], "kind": kind, "facts": facts}
    return await visitor.one(WHY_NOT, {"input": given})


async def test_of_a_gap_the_nearest_routed_amounts_below_and_above_are_told(api: Api):
    told = await why_not(api, "staff@service-centre", "EXPENDITURE_GENERAL", amount="800")
    assert told.get("finding") == "GAP", told
    amounts = [each for each in told["wouldRoute"] if each["fact"] == "amount"]
    assert [each["region"] for each in amounts] == ["amount <= 500", "1000 <= amount < 2000"], told
    assert all(each["steps"] for each in amounts)
    assert [(each["label"], each["display"], each["source"]) for each in told["facts"]] == [
        ("金额", "800.00 元", "FORM")
    ]
    assert all(step["seats"][0]["holders"] for each in amounts for step in each["steps"])


async def test_of_a_prohibition_its_rule_says_that_it_forbids_and_which_word_would_route(api: Api):
    given = {"days": "1", "leave_reason": "tourism", "applicant_rank": "staff"}
    told = await why_not(api, "staff@hrss-bureau", "LEAVE_PERSONAL", **given)
    assert told["finding"] == "FORBIDDEN"
    assert [rule["asks"] for rule in told["rules"]][-1] == "禁止"
    assert {each["display"] for each in told["facts"]} == {"1 天", "旅游", "一般工作人员"}
    [reason] = [each for each in told["wouldRoute"] if each["fact"] == "leave_reason"]
    assert "旅游" not in reason["words"]
