"""A request is one type for every kind, and its form is told by the type of its own kind."""

from typing import Any

from graphql import GraphQLObjectType, GraphQLUnionType

from domain.messages import ZH
from domain.vocabulary import words_of
from policies.messages import MESSAGES
from resolvers.requests.procedures import PROCEDURES
from schema.root import schema
from tests.case_office import COMPLAINT
from tests.office import Api, Visitor, half_day, leave

TYPES = schema._schema.type_map
FORMS = """query ($id: ID!) { node(id: $id) { __typename ... on Request { kind form { __typename
  ... on LeavePersonalForm { begins { date half } explanation }
  ... on LeaveAnnualForm { begins { date half } explanation }
  ... on LeaveExtensionForm { leaveId ends { date half } }
  ... on ReceptionMealForm { explanation amount offSite }
  ... on ComplaintCaseForm { complainedOf complainantName complaintForm }
  ... on Refusal { code message clause { cite } problems { code } } } } } }"""


async def form_of(visitor: Visitor, request: Any) -> Any:
    found = await visitor.one(FORMS, {"id": request["id"]})
    assert found["__typename"] == "Request"
    return found["form"]


def test_one_type_serves_every_kind_and_the_union_holds_a_form_for_each() -> None:
    assert isinstance(TYPES["Request"], GraphQLObjectType)
    union = TYPES["RequestForm"]
    assert isinstance(union, GraphQLUnionType)
    forms = {f"{words_of(kind)}Form" for kind in PROCEDURES}
    assert {each.name for each in union.types} == {*forms, "PlainForm", "Refusal"}
    assert str(TYPES["Request"].fields["form"].type) == "RequestForm!"


def test_what_a_form_tells_is_what_its_submit_takes() -> None:
    beside = {"attachments", "asSeat", "named", "draftId", "idempotencyKey"}
    for kind in PROCEDURES:
        told = TYPES[f"{words_of(kind)}Form"].fields
        assert [*told] == [
            name
            for name in TYPES[f"Submit{words_of(kind)}Input"].fields
            if name not in beside or name in told
        ], kind


async def test_kinds_that_share_a_form_are_told_apart(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    for kind, name in (
        ("leave.annual", "LeaveAnnualForm"),
        ("leave.personal", "LeavePersonalForm"),
    ):
        day = "2026-03-09" if kind == "leave.annual" else "2026-03-11"
        assert await form_of(staff, await staff.submit(kind, leave(day))) == {
            "__typename": name,
            "begins": half_day(day),
            "explanation": "家中有事",
        }


async def test_a_kind_without_columns_of_its_own_has_its_least_form(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    meal = {"explanation": "接待来宾", "amount": "200", "offSite": True}
    request = await staff.submit("reception.meal", meal)
    assert await form_of(staff, request) == {"__typename": "ReceptionMealForm", **meal}


async def test_a_draft_has_no_form_to_show_and_says_so(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={"explanation": "发烧"})
    assert await form_of(staff, draft) == {
        "__typename": "Refusal",
        "code": "NOT_ON_A_DRAFT",
        "message": MESSAGES["NOT_ON_A_DRAFT"].say(ZH, {}),
        "clause": None,
        "problems": [],
    }
    assert api.logged == []


async def test_ids_in_a_form_are_told_as_the_api_writes_them(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    first = await staff.submit("leave.personal", leave("2026-03-09"))
    for role in ("section_chief", "deputy_in_charge"):
        await (await api.person(f"{role}@hrss-bureau")).agree()
    later = {"leaveId": first["id"], "ends": half_day("2026-03-10", "AFTERNOON")}
    longer = await staff.submit("leave.extension", {**later, "explanation": "病情反复"})
    assert await form_of(staff, longer) == {"__typename": "LeaveExtensionForm", **later}


async def test_what_is_confidential_in_a_typed_form_is_its_applicant_s_alone(api: Api) -> None:
    clerk = await api.person("office_clerk@service-centre")
    request = await clerk.submit("complaint.case", COMPLAINT)
    turn = next(step for step in request["steps"] if step["status"] == "OPEN")
    own, seen = [
        await form_of(await api.person(f"{role}@service-centre"), request)
        for role in ("office_clerk", turn["role"])
    ]
    assert own["complainantName"] == COMPLAINT["complainantName"]
    assert seen == {**own, "complainantName": None}
