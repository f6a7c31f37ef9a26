"""Duties that a clause keeps apart stay apart while a request is decided."""

from tests.office import Api, cites
from tests.papers import papers

SPENT = {"explanation": "下乡调研差旅费", "attachments": papers("报销凭据")}


async def test_whoever_witnessed_a_voucher_does_not_approve_it(api: Api) -> None:
    asking = await api.person("staff@science-bureau")
    director = await api.person("director@science-bureau")
    [witness] = await asking.one('{ people(text: "director@science-bureau") { id } }')
    named = [{"role": "witness", "personId": witness["id"]}]
    submitted = await asking.submit("reimbursement.general", {**SPENT, "named": named})
    assert [step["status"] for step in submitted["steps"]][:2] == ["DONE", "OPEN"]

    signed = await director.agree()

    assert [step["status"] for step in signed["steps"]][:3] == ["DONE", "DONE", "OPEN"]
    before = await api.counts()
    refused = await director.decide((await director.turn())["id"])
    assert refused["code"] == "DUTIES_JOINED"
    assert cites([refused["clause"]]) == ["finance/3"]
    assert await api.counts() == before
    [edge] = await director.inbox()
    agree = next(each for each in edge["node"]["allowedActions"] if each["action"] == "AGREE")
    assert agree["refusal"]["code"] == "DUTIES_JOINED"


async def test_a_voucher_of_three_people_is_approved(api: Api) -> None:
    asking = await api.person("staff@science-bureau")
    [witness] = await asking.one('{ people(text: "staff_2@science-bureau") { id } }')
    named = [{"role": "witness", "personId": witness["id"]}]
    await asking.submit("reimbursement.general", {**SPENT, "named": named})

    await (await api.person("staff_2@science-bureau")).agree()
    done = await (await api.person("director@science-bureau")).agree()

    assert done["status"] == "APPROVED"


async def test_nobody_accepts_by_asking_what_they_bought(api: Api) -> None:
    keeper = await api.person("keeper@hrss-bureau")
    bought = {"explanation": "购办公椅", "amount": "700", "attachments": papers("单据")}
    before = await api.counts()
    refused = await keeper.submit("reimbursement.general", {**bought, "expenseType": "FIXED_ASSET"})
    assert refused["code"] == "DUTIES_JOINED"
    assert cites([refused["clause"]]) == ["finance/十"]
    assert await api.counts() == before
    asked = await keeper.submit("reimbursement.general", {**bought, "expenseType": "GENERAL"})
    assert asked["__typename"] == "Request", "nothing is accepted there"
