"""Bad input: a clear refusal or a code in `errors`, never a failure, and nothing is written."""

from typing import Any

import pytest

from schema.ground.ids import global_id
from tests.nesting import nested
from tests.office import PAPER, Api, Visitor, half_day, leave, problems

A = "2026-03-09"
KNOWN = "01890000-0000-7000-8000-000000000000"
NODE = "query ($id: ID!) { node(id: $id) { id } }"
PREVIEW = """query ($input: RoutePreviewInput!) { routePreview(input: $input) { __typename
  ... on RoutePreview { finding } ... on Refusal { code problems { path code } } } }"""


def begins(day: str, half: str = "MORNING") -> dict[str, Any]:
    return {**leave(A), "begins": half_day(day, half)}


def ends(day: str, half: str = "AFTERNOON") -> dict[str, Any]:
    return {**leave(A), "ends": half_day(day, half)}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (ends("2026-03-06"), {("ends", "END_BEFORE_START")}),
        (
            {**ends(A, "MORNING"), "begins": half_day(A, "AFTERNOON")},
            {("ends", "END_BEFORE_START")},
        ),
        (ends("1900-01-01"), {("ends", "END_BEFORE_START"), ("ends", "DATE_TOO_FAR")}),
        (begins("1900-01-01"), {("begins", "DATE_TOO_FAR"), ("ends", "LEAVE_TOO_LONG")}),
        (ends("2199-12-31"), {("ends", "DATE_TOO_FAR"), ("ends", "LEAVE_TOO_LONG")}),
        (leave("2199-12-31"), {("begins", "DATE_TOO_FAR"), ("ends", "DATE_TOO_FAR")}),
        (
            leave("2026-10-01"),
            {
                ("begins", "BEGINS_ON_REST_DAY"),
                ("ends", "ENDS_ON_REST_DAY"),
                ("begins", "NOTHING_TO_COUNT"),
            },
        ),
        (begins("2026-03-08"), {("begins", "BEGINS_ON_REST_DAY")}),
        (leave(A, explanation=""), {("explanation", "REQUIRED")}),
        (leave(A, explanation=" \u3000\n"), {("explanation", "REQUIRED")}),
        (leave(A, explanation="x" * 2001), {("explanation", "TOO_LONG")}),
        (leave(A, explanation="a\x07b"), {("explanation", "UNREADABLE_CHARACTERS")}),
        (leave(A, explanation="a\x00b"), {("explanation", "UNREADABLE_TEXT")}),
        (leave(A, explanation="长" * 300_000), {("explanation", "TOO_LONG")}),
        (leave(A, asSeat="nonsense"), {("asSeat", "INVALID_ID")}),
        (leave(A, asSeat=global_id("Person", KNOWN)), {("asSeat", "INVALID_ID")}),
        (leave(A, asSeat=global_id("Seat", "1")), {("asSeat", "INVALID_ID")}),
        (leave(A, asSeat=global_id("Seat", KNOWN)), {("asSeat", "NOT_YOUR_SEAT")}),
        (leave(A, draftId=global_id("Step", KNOWN)), {("draftId", "INVALID_ID")}),
        (
            leave(A, attachments=[{**PAPER, "paper": " "}, {"upload": global_id("Upload", KNOWN)}]),
            {
                ("attachments.0.paper", "INVALID_PAPER_NAME"),
                ("attachments.1.upload", "UPLOAD_NOT_FOUND"),
            },
        ),
        (
            leave(A, attachments=[PAPER, {"upload": global_id("Step", KNOWN)}]),
            {("attachments.1.upload", "INVALID_ID")},
        ),
    ],
)
async def test_every_field_at_fault_is_named(
    unharmed: Visitor, form: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    refusal = await unharmed.submit("leave.personal", form)
    assert problems(refusal) == expected


@pytest.mark.parametrize(
    "given",
    [
        {"begins": {"date": "2026-02-30", "half": "MORNING"}},
        {"begins": {"date": "-0001-01-01", "half": "MORNING"}},
        {"begins": {"date": "2026-3-9", "half": "MORNING"}},
        {"begins": {"date": "2026-03-09T00:00:00", "half": "MORNING"}},
        {"begins": {"date": 20260309, "half": "MORNING"}},
        {"begins": {"date": A, "half": "NOON"}},
        {"begins": {"date": A, "half": "morning"}},
        {"begins": {"date": A}},
        {"begins": None},
        {"begins": []},
        {"explanation": None},
        {"explanation": 5},
        {"explanation": ["x"]},
        {"leaveReason": "FUN"},
        {"days": "0.5"},
        {"applicantRank": "staff"},
        {"attachments": [{"paper": "x"}]},
        {"attachments": "x"},
        {"idempotencyKey": None},
        {"asSeat": 1.5},
    ],
)
async def test_what_the_input_type_does_not_hold_is_told_by_graphql(
    unharmed: Visitor, given: dict[str, Any]
) -> None:
    answer = await unharmed.ask(
        "mutation ($input: SubmitLeavePersonalInput!) {"
        " submitLeavePersonal(input: $input) { __typename } }",
        {"input": {**leave(A), "idempotencyKey": "k", **given}},
    )
    assert (answer.status, answer.codes) == (200, ["INVALID_GRAPHQL"])


@pytest.mark.parametrize("key", ["", "  ", "x" * 201])
async def test_a_key_that_names_nothing_is_refused(unharmed: Visitor, key: str) -> None:
    refusal = await unharmed.submit("leave.personal", leave(A), key=key or " ")
    assert problems(refusal) == {("idempotencyKey", "INVALID_KEY")}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"institution": "no-such-office"}, "OTHER_INSTITUTION"),
        ({"institution": "science-bureau"}, "OTHER_INSTITUTION"),
        ({"institution": "'; drop table people; --"}, "OTHER_INSTITUTION"),
        ({"institution": ""}, "OTHER_INSTITUTION"),
        ({"institution": "x" * 20_001}, "INVALID_INPUT"),
        ({"facts": {"nonsense": 1}}, "INVALID_INPUT"),
        ({"facts": {"days": "many"}}, "INVALID_INPUT"),
        ({"facts": {"days": "-1"}}, "INVALID_INPUT"),
        ({"facts": {"days": "1e999"}}, "INVALID_INPUT"),
        ({"facts": {"days": "NaN"}}, "INVALID_INPUT"),
        ({"facts": {"days": True}}, "INVALID_INPUT"),
        ({"facts": {"days": [1]}}, "INVALID_INPUT"),
        ({"facts": {"days": 10**30}}, "INVALID_INPUT"),
        ({"facts": {"applicant_rank": "emperor"}}, "INVALID_INPUT"),
        ({"facts": []}, "INVALID_INPUT"),
        ({"facts": "days"}, "INVALID_INPUT"),
        ({"facts": nested(300)}, "INVALID_INPUT"),
        ({"regulation": "no-such-text"}, "INVALID_INPUT"),
    ],
)
async def test_a_preview_names_what_it_does_not_know(
    unharmed: Visitor, given: dict[str, Any], code: str
) -> None:
    asked = {
        "institution": "hrss-bureau",
        "kind": "LEAVE_SICK",
        "facts": {"days": "1", "applicant_rank": "staff"},
        **given,
    }
    refusal = await unharmed.one(PREVIEW, {"input": asked})
    assert (refusal["__typename"], refusal["code"]) == ("Refusal", code)
    assert code == "OTHER_INSTITUTION" or refusal["problems"]


async def test_the_platform_is_told_which_institution_nobody_knows(api: Api) -> None:
    visitor = await api.person("platform_admin")
    asked = {"institution": "no-such-office", "kind": "LEAVE_SICK", "facts": {}}
    assert (await visitor.one(PREVIEW, {"input": asked}))["code"] == "UNKNOWN_INSTITUTION"


async def test_a_kind_that_does_not_exist_is_told_by_graphql(unharmed: Visitor) -> None:
    asked = {"institution": "hrss-bureau", "kind": "LEAVE_ON_THE_MOON", "facts": {}}
    assert (await unharmed.ask(PREVIEW, {"input": asked})).codes == ["INVALID_GRAPHQL"]


@pytest.mark.parametrize(
    "given",
    [
        *("", "x", "====", "🙂", global_id("Clause", KNOWN), global_id("Request", KNOWN)),
        *(global_id("Step", KNOWN), global_id("Step", f"{KNOWN}:1"), global_id("Step", ":")),
        *(global_id("Step", f"{KNOWN}:{KNOWN}:{KNOWN}"), "U3RlcDo=", "x" * 5000),
    ],
)
async def test_an_id_that_is_no_step_is_refused(unharmed: Visitor, given: str) -> None:
    assert problems(await unharmed.decide(given)) == {("stepId", "INVALID_ID")}


async def test_a_step_that_nobody_knows_is_not_found(unharmed: Visitor) -> None:
    step = global_id("Step", f"{KNOWN}:{KNOWN}")
    assert (await unharmed.decide(step))["code"] == "REQUEST_NOT_FOUND"


@pytest.mark.parametrize("act", ["withdraw", "resubmit", "reportBack"])
async def test_an_id_that_is_no_request_is_refused_by_every_act(
    unharmed: Visitor, act: str
) -> None:
    wrong = await unharmed.act(act, requestId=global_id("Step", f"{KNOWN}:{KNOWN}"))
    assert problems(wrong) == {("requestId", "INVALID_ID")}
    unknown = await unharmed.act(act, requestId=global_id("Request", KNOWN))
    assert unknown["code"] == "REQUEST_NOT_FOUND"


@pytest.mark.parametrize(
    "given",
    [
        *("", "nonsense", global_id("Request", KNOWN), global_id("Person", "1")),
        *(global_id("Clause", "science-bureau:attendance-duty/二、1"), global_id("Moon", "1")),
        *(global_id("Clause", "'; --:x"), global_id("Clause", "hrss-bureau:no/such"), "\u2028"),
    ],
)
async def test_a_node_that_may_not_be_seen_is_null(unharmed: Visitor, given: str) -> None:
    assert (await unharmed.one(NODE, {"id": given})) is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        *(("first: 0", "INVALID_INPUT"), ("first: -1", "INVALID_INPUT")),
        *(("first: 101", "INVALID_INPUT"), ('after: "x"', "INVALID_INPUT")),
        *(('after: ""', "INVALID_INPUT"), ('after: "W10="', "INVALID_INPUT")),
        ('after: "WyIyMDI2IiwieCJd"', "INVALID_INPUT"),
        ('after: "WyJub3ciLCJ4Il0="', "INVALID_INPUT"),
        ("first: 9999999999", "INVALID_GRAPHQL"),
    ],
)
async def test_a_page_that_cannot_be_is_refused(
    unharmed: Visitor, arguments: str, code: str
) -> None:
    for field in ("inbox(", "requests(box: MINE, "):
        answer = await unharmed.ask(f"{{ {field}{arguments}) {{ totalCount }} }}")
        assert (answer.status, answer.codes) == (200, [code])


async def test_a_filter_finds_nothing_rather_than_fails(unharmed: Visitor) -> None:
    for given in (
        *('text: "%_\\\\"', 'text: "🙂"', 'text: "  "', 'text: "1"'),
        *('from: "1900-01-01"', 'to: "2199-12-31"', 'from: "2199-12-31", to: "2199-12-31"'),
    ):
        found = await unharmed.one(f"{{ requests(box: MINE, {given}) {{ totalCount }} }}")
        assert found == {"totalCount": 0}


async def test_steps_that_are_not_open_and_steps_of_others_stay_as_they_are(api: Api) -> None:
    staff, chief, deputy, stranger = [
        await api.person(account)
        for account in (
            *("staff@hrss-bureau", "section_chief@hrss-bureau"),
            *("deputy_in_charge@hrss-bureau", "section_chief@science-bureau"),
        )
    ]
    request = await staff.submit("leave.sick", leave(A))
    open_step, next_step = [step["id"] for step in request["steps"][:2]]
    before = await api.counts()
    assert (await deputy.decide(next_step))["code"] == "STEP_NOT_OPEN"
    assert (await staff.decide(open_step))["code"] == "NOT_YOUR_STEP"
    assert (await stranger.decide(open_step))["code"] == "REQUEST_NOT_FOUND"
    assert await stranger.one(NODE, {"id": request["id"]}) is None
    too_long = await chief.decide(open_step, comment="x" * 2001)
    assert problems(too_long) == {("comment", "TOO_LONG")}
    assert (await chief.decide(open_step, comment="a\x00b"))["code"] == "INVALID_INPUT"
    assert await api.counts() == before
    await chief.decide(open_step)
    assert (await chief.decide(open_step))["code"] == "STEP_NOT_OPEN"
