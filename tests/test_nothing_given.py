"""Nothing given where something is demanded: refused at its path, and never taken for "none"."""

from typing import Any

import pytest

from tests.office import REFUSAL, Api, Visitor, leave, problems
from tests.verbs import long_leave, step

NO_OBJECTS: tuple[Any, ...] = ([], [1], 0, 1, False, True, "", "days")
"""JSON that is no object, the empty ones too."""


@pytest.fixture
async def returned(api: Api) -> tuple[Visitor, Any]:
    """A request that came back to its applicant."""
    staff = await api.person("staff@hrss-bureau")
    request = await staff.submit("leave.sick", leave("2026-03-16"))
    chief = await api.person("section_chief@hrss-bureau")
    await chief.decide(request["steps"][0]["id"], "RETURN", comment="请补充")
    return staff, request


@pytest.mark.parametrize("given", NO_OBJECTS)
async def test_changes_that_are_no_object_resubmit_nothing(
    api: Api, returned: tuple[Visitor, Any], given: Any
) -> None:
    staff, request = returned
    before = await api.counts()
    refused = await staff.act("resubmit", requestId=request["id"], changes=given)
    assert problems(refused) == {("changes", "NOT_AN_OBJECT")}
    assert await api.counts() == before


@pytest.mark.parametrize("given", [None, {}])
async def test_without_changes_it_is_resubmitted_as_it_was(
    returned: tuple[Visitor, Any], given: Any
) -> None:
    staff, request = returned
    again = await staff.act("resubmit", requestId=request["id"], changes=given)
    assert (again["status"], again["fields"]) == ("PENDING", request["fields"])


@pytest.mark.parametrize("given", [*NO_OBJECTS, {}])
async def test_a_correction_of_nothing_is_refused(api: Api, given: Any) -> None:
    mine = step(await long_leave(await api.person("staff@hrss-bureau")), "section_chief")
    chief = await api.person("section_chief@hrss-bureau")
    before = await api.counts()
    refused = await chief.act("correct", stepId=mine, changes=given, reason="核减")
    [(path, code)] = problems(refused)
    assert (path, code) == ("changes", "NOTHING_CORRECTED" if given == {} else "NOT_AN_OBJECT")
    assert await api.counts() == before


QUERIES = {
    "deadlinePreview": """deadlinePreview(institution: "hrss-bureau", measures: $given
        clause: "classified-computers/第六條", start: "2026-09-30T20:00:00+08:00")""",
    "pathPreview": """pathPreview(input: {institution: "construction-bureau", measures: $given
        path: "petitioner-at-hall", from: "arrived", attempt: "report"})""",
    "routePreview": """routePreview(input:
        {institution: "hrss-bureau", kind: LEAVE_SICK, facts: $given})""",
    "whoCanApprove": 'whoCanApprove(institution: "hrss-bureau", kind: LEAVE_SICK, facts: $given)',
    "whatFollows": 'whatFollows(institution: "hrss-bureau", measures: $given)',
    "consequencePreview": """consequencePreview(input: {institution: "hrss-bureau", measures: $given
        clause: "attendance-measures/五3"})""",
    "separationPreview": 'separationPreview(input: {institution: "hrss-bureau", holders: $given})',
}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("given", NO_OBJECTS)
async def test_what_is_asked_by_no_object_is_refused_at_its_path(
    api: Api, name: str, given: Any
) -> None:
    admin = await api.person("platform_admin")
    nullable = "JSON" if name in {"deadlinePreview", "pathPreview"} else "JSON!"
    answer = await admin.ask(
        f"query ($given: {nullable}) {{ {QUERIES[name]} {{ __typename"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"given": given},
    )
    refused = answer.data[name]
    assert refused["__typename"] == "Refusal", refused
    [problem] = refused["problems"]
    assert problem["code"] == "NOT_AN_OBJECT"
    assert problem["path"][-1] in {"facts", "measures", "holders"}
