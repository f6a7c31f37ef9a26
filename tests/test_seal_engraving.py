"""A seal is engraved once approved, collected against the old one, and household papers filed."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.time.moments import OFFICE_TIME
from tests.duty import through
from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, problems
from tests.openness import run
from tests.papers import file, sum_of
from tests.registers import approved as approved_use
from tests.test_seals import add, move, seal_of, seal_with

POLICE, CENTRE, SCIENCE = "household-registration", "service-centre", "science-bureau"
LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
CASES = "{ sealEngravings { edges { node { id version state next { event label } } } } }"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("seal_engravings", "seals", "thing_moves", "seal_uses", "household_files")
    return api


async def take(visitor: Visitor, case: Any, event: str, **said: Any) -> Any:
    given = {"caseId": case["id"], "expectedVersion": case["version"], **said}
    return await run(visitor, f"{event}SealEngraving", "SealEngraving", given)


async def approved(office: Api, applicant: Visitor, *roles: str, **form: Any) -> Any:
    """The case that an approved request becomes, as whoever asked for it sees it."""
    await applicant.submit("seal.engrave", {"explanation": "印面磨损,重新刻制", **form})
    for role in roles:
        decided = await (await office.person(role)).agree()
    assert decided["status"] == "APPROVED", decided
    return (await applicant.one(CASES))["edges"][0]["node"]


async def enter(visitor: Visitor, word: str, **given: Any) -> Any:
    return await visitor.one(
        f"mutation ($input: Record{word}Input!) {{ record{word}(input: $input) {{ {LINE} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )


async def test_a_new_seal_is_collected_against_the_old_one_which_the_province_destroys(office: Api):
    officer = await office.person(f"household_officer@{POLICE}")
    province = await office.person(f"provincial_household_section@{POLICE}")
    case = await approved(office, officer, f"provincial_household_section@{POLICE}")
    for name in ("旧户口专用章", "新户口专用章"):
        assert (await add(officer, name, kind="HOUSEHOLD"))["version"] == 1
    old, new = [(await seal_of(officer, f"{each}户口专用章"))["id"] for each in "旧新"]
    assert (await take(officer, case, "make", madeOn="2026-03-02"))["code"] == "NOT_YOURS_TO_DO"
    case = await take(province, case, "make", madeOn="2026-03-02")
    before = await office.counts()
    alone = await move(officer, await seal_of(officer, "旧户口专用章"), "ENDED", text="销毁")
    assert cited(alone) == [("NOT_ELIGIBLE", "十(二)")], "the province destroys it"
    for given in ({"oldSealReturned": False}, {}):
        refused = await take(officer, case, "collect", sealId=new, **given)
        assert refused["problems"][0]["clause"]["cite"] == "十(二)", refused
    nothing = await take(officer, case, "collect", oldSealReturned=True)
    assert problems(nothing) == {("sealId", "REQUIRED")}
    itself = {"oldSealId": new, "oldSealReturned": True}
    refused = await take(officer, case, "collect", sealId=new, **itself)
    assert problems(refused) == {("oldSealId", "SAME_SEAL")}
    assert await office.counts() == before
    returned = {"oldSealId": old, "oldSealReturned": True}
    case = await take(officer, case, "collect", sealId=new, **returned)
    assert case["state"] == "collected"
    states = [(await seal_of(officer, f"{each}户口专用章"))["state"] for each in "旧新"]
    assert states == ["ENDED", "KEPT"], "with the old one nothing is sealed any more"
    refused = await take(officer, case, "destroyOld", destroyedOn="2026-03-02")
    assert refused["code"] == "NOT_YOURS_TO_DO"
    done = await take(province, case, "destroyOld", destroyedOn="2026-03-02")
    assert done["state"] == "old_destroyed"


def cited(refused: Any) -> list[tuple[str, str]]:
    return [(each["code"], each["clause"]["cite"]) for each in refused["problems"]]


@pytest.mark.parametrize(
    ("where", "by", "roles", "kind", "asked", "cite"),
    [
        (CENTRE, "office_clerk", ("deputy_in_charge", "director", "office_clerk"), "SECTION",
         {"sealKind": "SECTION"}, "印鉴管理 1"),
        (POLICE, "household_officer", ("provincial_household_section",), "HOUSEHOLD", {}, "十(二)"),
    ],
)  # fmt: skip
async def test_a_seal_that_is_engraved_now_is_entered_once_its_engraving_is_approved(
    office: Api, where: str, by: str, roles: Any, kind: str, asked: Any, cite: str
):
    keeper = await office.person(f"{by}@{where}")
    asks = await office.person(f"{'staff' if where == CENTRE else by}@{where}")
    before, new = await office.counts(), {"kind": kind, "name": "新章"}
    for day in ("2027-01-04", None):
        assert cited(await add(keeper, engravedOn=day, **new)) == [("NOT_ELIGIBLE", cite)]
    assert await office.counts() == before
    other = {"sealKind": "LEGAL_REP"} if asked else None
    for form in filter(None, (other, asked or {"explanation": "重刻"})):
        await approved(office, asks, *[f"{role}@{where}" for role in roles], **form)
        answer = await add(keeper, engravedOn=None, **new)
        assert ("version" in answer) is (form != other), answer


@pytest.mark.parametrize(
    ("kind", "collector", "other"),
    [
        ("ADMINISTRATIVE", "office_director", "office_clerk"),
        ("SECTION", "section_chief", "office_clerk"),
        ("SECTION", "section_custodian", "office_clerk"),
    ],
)
async def test_a_seal_is_filed_before_it_is_collected_by_whoever_its_kind_says(
    office: Api, kind: str, collector: str, other: str
):
    staff, clerk = [await office.person(f"{each}@{CENTRE}") for each in ("staff", "office_clerk")]
    roles = [f"{each}@{CENTRE}" for each in ("deputy_in_charge", "director", "office_clerk")]
    case = await approved(office, staff, *roles, sealKind=kind)
    label = "办公室备案" if kind == "SECTION" else "区政府备案"
    assert {"event": "file", "label": label} in case["next"], "as the row says that holds"
    owner = "SECTION" if kind == "SECTION" else "OFFICE"
    await add(clerk, "新印鉴", kind=owner, engravedOn=None)
    seal = (await seal_of(clerk, "新印鉴"))["id"]
    at = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME).isoformat()
    line = {"usedAt": at, "sealId": seal, "paper": "回执", "prints": 1}
    before = await office.counts()
    early = await enter(clerk, "SealUse", **line)
    assert problems(early) == {("sealId", "SEAL_NOT_COLLECTED")}
    assert await office.counts() == before
    may, may_not = [await office.person(f"{each}@{CENTRE}") for each in (collector, other)]
    assert (await take(may, case, "collect", sealId=seal))["code"] == "CASE_NOT_READY"
    case = await take(clerk, case, "file", filedWith="区政府")
    before = await office.counts()
    refused = await take(may_not, case, "collect", sealId=seal)
    assert (refused["code"], refused["clause"]["cite"]) == ("NOT_YOURS_TO_DO", "印鉴管理 2")
    assert await office.counts() == before
    assert (await take(may, case, "collect", sealId=seal))["state"] == "collected"
    used = await enter(clerk, "SealUse", **line)
    assert used["__typename"] == ("LineEntered" if kind == "SECTION" else "Refusal"), used


async def test_household_papers_are_bound_and_those_that_the_text_names_are_kept_long(office: Api):
    officer = await office.person(f"household_officer@{POLICE}")
    staff = await office.person(f"staff@{POLICE}")
    given = {"filedOn": "2026-03-02", "volume": "2026-1", "place": "档案室"}
    birth = {**given, "householdPaper": "BIRTH_CERTIFICATE"}
    before = await office.counts()
    assert (await enter(staff, "HouseholdFile", **birth, keptLong=True))["code"] == "NOT_A_KEEPER"
    short = await enter(officer, "HouseholdFile", **birth, keptLong=False)
    assert problems(short) == {("keptLong", "NOT_ELIGIBLE")}
    loose = await enter(officer, "HouseholdFile", **birth, keptLong=True, bound=False)
    assert problems(loose) == {("bound", "NOT_ELIGIBLE")}
    assert {each["clause"]["cite"] for each in (short["problems"] + loose["problems"])} == {
        "十(一)"
    }
    assert await office.counts() == before
    for line in (
        {**birth, "keptLong": True},
        {**given, "householdPaper": "MIGRATION", "volume": "2026-2"},
    ):
        assert (await enter(officer, "HouseholdFile", **line))["__typename"] == "LineEntered"


async def test_what_is_sealed_is_put_down_by_the_keeper_with_what_the_text_demands(office: Api):
    for institution, role in ((SCIENCE, "seal_keeper"), (CENTRE, "section_chief")):
        keeper = await office.person(f"{role}@{institution}")
        staff = await office.person(f"staff@{institution}")
        adder = keeper if institution == SCIENCE else await office.person(f"office_clerk@{CENTRE}")
        await add(adder, "公章")
        at = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME).isoformat()
        seal = (await seal_of(adder, "公章"))["id"]
        given = {"usedAt": at, "sealId": seal, "paper": "年度报表", "prints": 2}
        before = await office.counts()
        refused = await enter(staff, "SealUse", **given)
        assert refused["code"] == "NOT_A_KEEPER"
        assert refused["clause"]["regulation"] == "seals"
        assert await office.counts() == before
        used = {"copyFiled": True, "requestId": await use(office, institution)}
        line = await enter(keeper, "SealUse", **given, **used)
        assert line["__typename"] == "LineEntered", line


async def use(office: Api, institution: str, kind: str = "administrative") -> str:
    facts = {"seal_type" if institution == SCIENCE else "seal_kind": kind}
    return await approved_use(office, f"staff@{institution}", "seal.use", facts)


async def test_nothing_is_sealed_without_an_approval_of_that_seal(office: Api):
    for institution, role, cite in (
        (SCIENCE, "seal_keeper", "2"),
        (CENTRE, "office_clerk", "印鉴管理 4"),
    ):
        keeper = await office.person(f"{role}@{institution}")
        await add(keeper, "公章")
        at = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME).isoformat()
        seal = (await seal_of(keeper, "公章"))["id"]
        line = {"usedAt": at, "sealId": seal, "paper": "合同", "prints": 1, "copyFiled": True}
        other = "party" if institution == SCIENCE else "legal_rep"
        draft = await (await office.person(f"staff@{institution}")).submit(
            "seal.use",
            {"explanation": "合同", "sealType": "ADMINISTRATIVE", "sealMatter": "CONTRACT"}
            if institution == SCIENCE
            else {"explanation": "合同", "sealKind": "LEGAL_REP"},
        )
        wrong = await use(office, institution, other)
        before = await office.counts()
        for request, code in ((None, "NOT_ELIGIBLE"), (wrong, "NOT_ELIGIBLE")):
            refused = await enter(keeper, "SealUse", **line, requestId=request)
            [problem] = refused["problems"]
            assert (problem["code"], problem["clause"]["cite"]) == (code, cite)
        refused = await enter(keeper, "SealUse", **line, requestId=draft["id"])
        assert problems(refused) == {("requestId", "APPROVAL_NEEDED")}
        assert await office.counts() == before


async def test_a_sections_own_seal_is_put_down_without_an_approver_that_nobody_names(office: Api):
    clerk = await office.person(f"office_clerk@{CENTRE}")
    await add(clerk, "业务专用章", kind="BUSINESS")
    at = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME).isoformat()
    seal = (await seal_of(clerk, "业务专用章"))["id"]
    line = {"usedAt": at, "sealId": seal, "paper": "回执", "prints": 1}
    assert (await enter(clerk, "SealUse", **line))["__typename"] == "LineEntered"


async def test_a_sections_seal_is_kept_and_put_down_by_its_own_section_alone(office: Api):
    clerk, own, other = [
        await office.person(f"{each}@{CENTRE}")
        for each in ("office_clerk", "section_chief", "section_chief_2")
    ]
    unit = next(
        each["unit"] for each in (await own.one("{ viewer { seats { role unit } } }"))["seats"]
        if each["role"] == "section_chief"
    )  # fmt: skip
    units = (await clerk.one("{ units { id name } }")) or []
    unit_id = next(each["id"] for each in units if each["name"] == unit)
    await add(clerk, "本科室印鉴", kind="SECTION", unitId=unit_id)
    seal = await seal_of(clerk, "本科室印鉴")
    before = await office.counts()
    mine, theirs = [await person_id(clerk, who.account) for who in (own, other)]
    passed = await move(clerk, seal, "ISSUED", toId=theirs)
    assert (passed["code"], passed["clause"]["cite"]) == ("NOT_A_KEEPER_OF_IT", "印鉴管理 3")
    at = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME).isoformat()
    line = {"usedAt": at, "sealId": seal["id"], "paper": "回执", "prints": 1}
    assert (await enter(other, "SealUse", **line))["code"] == "NOT_A_KEEPER"
    assert await office.counts() == before
    assert (await move(clerk, seal, "ISSUED", toId=mine))["version"] == 2
    assert (await enter(own, "SealUse", **line))["__typename"] == "LineEntered"


async def test_what_is_sealed_is_the_paper_that_was_approved_in_no_more_copies(office: Api):
    keeper, staff = [await office.person(f"{role}@{SCIENCE}") for role in ("seal_keeper", "staff")]
    await add(keeper, "公章")
    form = {"explanation": "合同", "sealType": "ADMINISTRATIVE", "prints": 3, "major": False}
    form["sealMatter"] = "CONTRACT"
    asked = await staff.submit("seal.use", {**form, "attachments": [file("合同.pdf")]})
    await through(office, asked)
    at = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME).isoformat()
    line = {"usedAt": at, "sealId": (await seal_of(keeper, "公章"))["id"], "paper": "合同"}
    line |= {"copyFiled": True, "requestId": asked["id"]}
    before = await office.counts()
    for given, problem in (
        ({"prints": 2}, ("sealedSha256", "REQUIRED")),
        (
            {"prints": 2, "sealedSha256": sum_of("另一份合同.pdf")},
            ("sealedSha256", "NOT_WHAT_WAS_APPROVED"),
        ),
        ({"prints": 4, "sealedSha256": sum_of("合同.pdf")}, ("prints", "MORE_THAN_APPROVED")),
    ):
        assert problems(await enter(keeper, "SealUse", **line, **given)) == {problem}
    assert await office.counts() == before
    same = {**line, "sealedSha256": sum_of("合同.pdf").upper()}
    assert (await enter(keeper, "SealUse", **same, prints=2))["__typename"] == "LineEntered"
    beyond = await enter(keeper, "SealUse", **same, prints=2)
    assert problems(beyond) == {("prints", "MORE_THAN_APPROVED")}, "one is left"


async def test_the_directors_own_signature_opens_the_centres_seal_by_either_clause(office: Api):
    clerk, staff = [await office.person(f"{role}@{CENTRE}") for role in ("office_clerk", "staff")]
    for name, kind in (("中心印鉴", "OFFICE"), ("法定代表人章", "LEGAL_REPRESENTATIVE")):
        await add(clerk, name, kind=kind)
    asked = {"explanation": "盖章", "sealKind": "ADMINISTRATIVE"}
    by_either = await staff.submit("seal.use", {**asked, "inScope": True})
    assert by_either["code"] == "OVERLAP"
    use = await staff.submit("seal.legal_rep", asked)
    await through(office, use)
    told = {"at": "2026-03-02T08:30:00", "requestId": use["id"]}
    others = await seal_with(clerk, await seal_of(clerk, "法定代表人章"), **told)
    assert [each["clause"]["cite"] for each in others["problems"]] == ["印鉴管理 4"]
    assert isinstance(await seal_with(clerk, await seal_of(clerk, "中心印鉴"), **told), str)
