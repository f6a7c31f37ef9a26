"""An explanation says rule, clause, seat and facts, and what would have to differ."""

from typing import Any

from tests.office import REFUSAL, Api
from tests.verbs import long_leave

EXPLAIN = f"""query ($id: ID!) {{ explain(requestId: $id) {{ __typename
  ... on Explanation {{ rulebookVersion notes facts {{ name label display source }}
    steps {{ step {{ role status clause {{ cite }} }} instead {{ role holders {{ name }} }}
      rules {{ rule when words clauses {{ cite }} }} }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
WHY_NOT = f"""query ($input: RoutePreviewInput!) {{ explainRefusal(input: $input) {{ __typename
  ... on RefusalExplained {{ finding rulebookVersion claims {{ cite }} rules {{ rule }}
    wouldRoute {{ fact words region steps {{ role }} }} }}
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
    assert [each["step"]["role"] for each in told["steps"]] == [
        each["role"] for each in request["steps"]
    ]
    for each in told["steps"]:
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
