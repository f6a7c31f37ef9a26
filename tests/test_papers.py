"""Papers that clauses demand are matched by name: a file for each, and none for two."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.requests.papers import Attachment, is_named, matched
from tests.office import Api, cites, leave, problems
from tests.papers import SUM, papers

BIRTH_DATE = "household.birth_date"
BIRTH = {"explanation": "更正出生日期", "hasWorkUnit": False}
NAMES = ("结婚证", "过期结婚证", "证明", "毕业证或学位证", "户口簿")
files = st.lists(
    st.builds(
        Attachment,
        st.sampled_from(
            ("结婚证.pdf", "我的过期结婚证.jpg", "证明.pdf", "学位证", "结婚证证明", "x")
        ),
        st.just(SUM),
        st.none() | st.sampled_from((*NAMES, "别的")),
    ),
    max_size=5,
)


@given(st.lists(st.sampled_from(NAMES), unique=True), files)
def test_as_many_papers_are_served_as_the_files_can_serve(names, attachments):
    found = matched(names, attachments)
    assert all(is_named(attachment, name) for name, attachment in found.items())
    spare = [*attachments, *[None] * len(names)]
    best = max(
        sum(
            file is not None and is_named(file, name)
            for file, name in zip(each, names, strict=False)
        )
        for each in permutations(spare, len(names))
    )
    assert len(found) == best


@pytest.mark.parametrize(
    ("name", "file", "serves"),
    [
        ("村(居)委会证明", "村(居)委会证明.pdf", True),
        ("居民身份证", "张三 居民 身份证 复印件.jpg", True),
        ("生效判决书或调解书", "调解书.pdf", True),
        ("房屋产权证、土地使用证或村镇证明", "土地使用证.pdf", True),
        ("开支预算(计划)", "开支预算.xlsx", True),
        ("检查、诊断、建议休假材料", "诊断.pdf", False),
        ("居民身份证", "身份证.pdf", False),
        ("单据", "abc.pdf", False),
    ],
)
def test_a_file_is_the_paper_whose_name_it_bears(name: str, file: str, serves: bool) -> None:
    assert is_named(Attachment(file, SUM), name) is serves


def test_what_a_file_is_said_to_be_counts_more_than_its_name() -> None:
    assert is_named(Attachment("扫描 001.pdf", SUM, "户口簿"), "户口簿")
    assert not is_named(Attachment("户口簿.pdf", SUM, "身份证"), "户口簿")


async def test_any_three_files_are_not_the_three_papers(api: Api) -> None:
    asking = await api.person("staff@county-organs")
    form = leave("2026-03-02", "2026-09-01", attachments=papers("一", "二", "诊断书"))
    before = await api.counts()
    refused = await asking.submit("leave.sick", form)
    assert problems(refused) == {("attachments", "DOCUMENT_MISSING")}
    assert [each["message"] for each in refused["problems"]] == [
        "按规定须附:主治医师休病假意见",
        "按规定须附:主管院长休病假意见",
    ]
    assert cites([each["clause"] for each in refused["problems"]]) == ["leave/(第八条)㈠"] * 2
    assert await api.counts() == before


async def test_two_files_of_one_name_are_one_paper(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    twice = {**BIRTH, "attachments": papers("出生证", "身份证", "身份证")}
    refused = await asking.submit(BIRTH_DATE, twice)
    assert [each["message"] for each in refused["problems"]] == ["按规定须附:户口簿"]
    whole = {**BIRTH, "attachments": papers("出生证", "身份证", "户口簿")}
    assert (await asking.submit(BIRTH_DATE, whole))["status"] == "PENDING"


async def test_a_file_says_which_paper_it_is_and_the_request_keeps_it(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    named = [
        {"name": f"scan-{number}.pdf", "sha256": SUM, "paper": paper}
        for number, paper in enumerate(("出生证或出生医学证明", "户口簿", "身份证"))
    ]
    request = await asking.submit(BIRTH_DATE, {**BIRTH, "attachments": named})
    shown = await asking.one(
        "query ($id: ID!) { node(id: $id) { ... on Request {"
        " attachments { name sha256 paper } } } }",
        {"id": request["id"]},
    )
    assert shown["attachments"] == named


async def test_a_paper_without_a_readable_name_is_refused(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    blank = [{"name": "a.pdf", "sha256": SUM, "paper": "  "}]
    refused = await asking.submit(BIRTH_DATE, {**BIRTH, "attachments": blank})
    assert problems(refused) == {("attachments.0.paper", "INVALID_FILE_NAME")}
