"""Papers that clauses demand are attached under their names: any file is none of them."""

from tests.office import Api, cites, leave, problems
from tests.papers import file, papers

BIRTH_DATE = "household.birth_date"
BIRTH = {"explanation": "更正出生日期", "hasWorkUnit": False}
THREE = ("出生证或出生医学证明", "户口簿", "身份证")


async def test_any_three_files_are_not_the_three_papers(api: Api) -> None:
    asking = await api.person("staff@county-organs")
    named_like = [file("主治医师休病假意见.pdf"), file("主管院长休病假意见.pdf")]
    form = leave("2026-03-02", "2026-09-01", attachments=[*named_like, *papers("诊断书")])
    before = await api.counts()
    refused = await asking.submit("leave.sick", form)
    assert problems(refused) == {("attachments", "DOCUMENT_MISSING")}
    assert [each["message"] for each in refused["problems"]] == [
        "按规定须附：主治医师休病假意见",
        "按规定须附：主管院长休病假意见",
    ]
    assert cites([each["clause"] for each in refused["problems"]]) == ["leave/(第八条)㈠"] * 2
    assert await api.counts() == before


async def test_two_papers_of_one_name_are_one_paper(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    twice = {**BIRTH, "attachments": papers(THREE[0], "身份证", "身份证")}
    refused = await asking.submit(BIRTH_DATE, twice)
    assert [each["message"] for each in refused["problems"]] == ["按规定须附：户口簿"]
    whole = {**BIRTH, "attachments": papers(*THREE, "身份证")}
    assert (await asking.submit(BIRTH_DATE, whole))["status"] == "PENDING"


async def test_one_paper_serves_both_clauses_that_name_it(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    given = {
        "explanation": "婚姻受干涉", "reason": "DIVORCED_NO_HOUSE", "toFarmHousehold": True,
        "attachments": papers("离婚证", "财产分割协议书或判决书", "无房证明"),
    }  # fmt: skip
    refused = await asking.submit("household.move_in", given)
    missing = {
        each["message"] for each in refused["problems"] if each["code"] == "DOCUMENT_MISSING"
    }
    assert missing == {"按规定须附：行政村同意接收证明", "按规定须附：乡(镇)同意接收证明"}


async def test_a_request_keeps_under_which_name_each_paper_was_attached(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    named = [file(f"scan-{number}.pdf", paper) for number, paper in enumerate(THREE)]
    request = await asking.submit(BIRTH_DATE, {**BIRTH, "attachments": named})
    shown = await asking.one(
        "query ($id: ID!) { node(id: $id) { ... on Request { attachments { name paper } } } }",
        {"id": request["id"]},
    )
    assert shown["attachments"] == [
        {"name": f"scan-{number}.pdf", "paper": paper} for number, paper in enumerate(THREE)
    ]


async def test_a_blank_name_of_a_paper_is_refused(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    refused = await asking.submit(BIRTH_DATE, {**BIRTH, "attachments": [file("a.pdf", "  ")]})
    assert problems(refused) == {("attachments.0.paper", "INVALID_PAPER_NAME")}
