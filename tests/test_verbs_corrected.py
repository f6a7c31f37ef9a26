"""Facts and amounts corrected on the way: the route follows them."""

from typing import Any

from tests.office import PAPER, Api, problems, states
from tests.papers import papers
from tests.verbs import step

# ---- corrected ----


async def spending(api: Api, amount: str) -> Any:
    applicant = await api.person("staff@hrss-bureau")
    form = {"explanation": "会议费", "amount": amount, "attachments": papers("单据")}
    return await applicant.submit("expenditure.general", form)


async def test_an_amount_cut_on_the_same_route_keeps_the_turns_as_they_are(api: Api) -> None:
    request = await spending(api, "9000")
    finance = await api.person("finance_deputy@hrss-bureau")
    mine = step(request, "finance_deputy")
    before = await api.counts()
    nothing = await finance.act("correct", stepId=mine, changes={"amount": "9000"}, reason="核减")
    assert problems(nothing) == {("changes", "NOTHING_CORRECTED")}
    other = await finance.act("correct", stepId=mine, changes={"explanation": "x"}, reason="核减")
    assert problems(other) == {("changes.explanation", "NOT_CORRECTABLE")}
    unread = await finance.act("correct", stepId=mine, changes={"amount": "many"}, reason="核减")
    assert {path for path, _ in problems(unread)} == {"changes.amount"}
    assert await api.counts() == before
    cut = await finance.act("correct", stepId=mine, changes={"amount": "8000"}, reason="超标")
    assert step(cut, "finance_deputy") == mine
    shown = {each["name"]: each["value"] for each in cut["fields"]}
    assert shown["amount"] == "8000"
    assert (await api.value("select facts ->> 'amount' from requests")) == "8000"
    assert (await finance.agree())["status"] == "APPROVED"


async def test_a_correction_upwards_takes_the_route_of_what_is_asked_now(api: Api) -> None:
    request = await spending(api, "9000")
    finance = await api.person("finance_deputy@hrss-bureau")
    mine = step(request, "finance_deputy")
    more = await finance.act("correct", stepId=mine, changes={"amount": "12000"}, reason="漏报")
    assert states(more) == [
        ("finance_deputy", "APPROVE", "CANCELLED"),
        ("party_group", "VOTE", "OPEN"),
        ("finance_deputy", "APPROVE", "WAITING"),
    ]
    assert (await finance.decide(mine))["code"] == "STEP_NOT_OPEN"
    group = await api.person("party_group@hrss-bureau")
    await group.agree()
    assert (await finance.agree())["status"] == "APPROVED"


async def test_a_correction_into_a_gap_of_the_rules_changes_nothing(api: Api) -> None:
    applicant = await api.person("staff@service-centre")
    request = await applicant.submit(
        "expenditure.general",
        {"explanation": "印刷费", "amount": "400", "attachments": [PAPER] * 3},
    )
    mine = step(request, "finance_deputy")
    finance = await api.person("finance_deputy@service-centre")
    before = await api.counts()
    gap = await finance.act("correct", stepId=mine, changes={"amount": "600"}, reason="漏报")
    assert gap["code"] == "GAP"
    own = await applicant.act("correct", stepId=mine, changes={"amount": "1"}, reason="自改")
    assert own["code"] in {"NOT_YOUR_STEP", "OWN_REQUEST"}
    assert await api.counts() == before
    assert await api.value("select facts ->> 'amount' from requests") == "400"
