"""A form tells a client all that it needs: whoever knows `kinds` alone fills in any form."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from domain.rulebook import matrix
from policies import loading
from tests import form_builder
from tests.balances import nothing_left
from tests.nesting import nested
from tests.office import MONDAY, REFUSAL, Api, Visitor, leave, problems
from tests.papers import papers

TODAY = MONDAY.date()
PREVIEW = f"""query ($input: PreviewInput!) {{ preview(input: $input) {{ __typename
  ... on RoutePreview {{ finding claims {{ cite }} notes steps {{ role act }} }}
  ... on Refusal {{ {REFUSAL} }} }} }}"""
EXAMPLES = """{ kinds(regulated: true) {
  kind example { form papers named { role personId } lacks } noExample } }"""
OF_THE_OFFICE = {"NOT_OF_THIS_KIND", "NOT_ON_RECORD", "ACCOUNT_OWED", "NOT_ELIGIBLE"}
"""What is said of the applicant's post or the office's records, with no field at fault."""
LEADING = {"leaveId"}
"""Ids of one's own records, which no builder can make up."""


async def preview(asking: Visitor, form: Any) -> Any:
    return await asking.one(PREVIEW, {"input": form})


async def submit(asking: Visitor, form: Any) -> Any:
    given = {**form, "idempotencyKey": str(uuid4())}
    return await asking.one(form_builder.SUBMIT, {"input": given})


async def colleagues(asking: Visitor) -> list[str]:
    found = await asking.one('{ people(text: "s", first: 9) { id account } }')
    return [each["id"] for each in found if each["account"] != asking.account]


async def built(asking: Visitor, kind: Any, others: list[str]) -> tuple[list[Any], Any]:
    """What was answered to a form built of what `kinds` tells, and the last that was sent."""
    building = form_builder.attempts(kind, form_builder.beside(kind, others, papers), TODAY)
    form, answers = next(building), []
    while True:
        answers.append(await preview(asking, form))
        try:
            form = building.send(answers[-1])
        except StopIteration:
            return answers, form


@pytest.mark.parametrize("institution", loading.institutions())
async def test_what_a_form_calls_needed_is_enough_or_a_refusal_names_what_is_missing(
    api: Api, institution: str
) -> None:
    asking = await api.person(f"staff@{institution}")
    others = await colleagues(asking)
    holes = {
        (form_builder_code(each.kind), each.problem.value)
        for each in matrix(loading.shipped(institution), TODAY)
    }
    searched = await asking.one(EXAMPLES)
    examples = {each["kind"]: each["example"] for each in searched}
    assert all((each["example"] is None) is bool(each["noExample"]) for each in searched)
    for kind in await asking.one(form_builder.KINDS, {"regulated": True}):
        code, fields = kind["kind"], {each["name"] for each in kind["formFields"]}
        answers, _ = await built(asking, kind, others)
        for answer in answers:
            if answer["__typename"] == "RoutePreview":
                told = answer["finding"] in {"ROUTED", "FORBIDDEN"}
                assert told or (code, answer["finding"]) in holes, (code, answer)
                assert answer["claims"] or answer["notes"] or answer["finding"] == "ROUTED"
                continue
            for each in answer["problems"]:
                assert each["code"] != "NEEDED_BY_RULES", (code, "was not called needed", each)
                at = set(each["path"][2:3]) & fields or each["code"] in OF_THE_OFFICE
                assert at, (code, each)
        routed = any(each.get("finding") == "ROUTED" for each in answers)
        example = examples[code]
        if example is None:
            assert not routed, code
            continue
        assert set(example["lacks"]) <= LEADING, code
        if not example["lacks"]:
            form = {"kind": code, "form": example["form"], "named": example["named"]}
            seen = await preview(asking, {**form, "attachments": papers(*example["papers"])})
            assert seen.get("finding") == "ROUTED", (code, example, seen)


def form_builder_code(kind: str) -> str:
    return kind.upper().replace(".", "_")


MOST = 6
"""Kinds of one office, so that seven of them submit forty-two in all at most."""
OFFICES = (
    *("construction-bureau", "hrss-bureau", "science-bureau", "service-centre"),
    *("township-government", "household-registration", "county-organs"),
)


@pytest.fixture
async def clean(api: Api) -> AsyncIterator[Api]:
    yield api
    await nothing_left(api)


async def test_a_builder_of_forms_that_knows_kinds_alone_submits_thirty_of_them(clean: Api) -> None:
    done: dict[str, tuple[str, str]] = {}
    for institution in OFFICES:
        asking = await clean.person(f"staff@{institution}")
        others = await colleagues(asking)
        for kind in await asking.one(form_builder.KINDS, {"regulated": True}):
            if kind["kind"] in done or sum(i == institution for i, _ in done.values()) >= MOST:
                continue
            answers, form = await built(asking, kind, others)
            if answers[-1].get("finding") == "ROUTED":
                sent = await submit(asking, form)
                if sent["__typename"] == "Submitted":
                    done[kind["kind"]] = institution, kind["area"]
                else:
                    assert sent["code"] == "ABSENCE_OVERLAPS", (kind["kind"], sent)
    assert len(done) >= 30
    assert len({area for _, area in done.values()}) >= 12
    assert {institution for institution, _ in done.values()} == {*OFFICES}


async def test_one_form_has_one_judgement_however_it_comes(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    for form in (leave("2026-03-09"), leave("2026-03-09", "2026-03-11"), leave("2026-03-08")):
        typed = await asking.preview("leave.sick", form)
        seen = await preview(asking, {"kind": "LEAVE_SICK", "form": form})
        if typed["__typename"] == "Refusal":
            moved = {
                (f"form.{at}" if at != "attachments" else at, code) for at, code in problems(typed)
            }
            assert problems(seen) == moved
        else:
            turns = [{"role": each["role"], "act": "ENDORSE"} for each in typed["steps"]]
            assert [each["role"] for each in seen["steps"]] == [each["role"] for each in turns]
    sent = await submit(asking, {"kind": "LEAVE_SICK", "form": leave("2026-03-09")})
    assert sent["request"]["status"] == "PENDING"


async def test_a_call_that_comes_again_is_answered_once(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    form = {"kind": "LEAVE_SICK", "form": leave("2026-03-09"), "idempotencyKey": "again"}
    first = await asking.one(form_builder.SUBMIT, {"input": form})
    assert await asking.one(form_builder.SUBMIT, {"input": form}) == first
    assert await api.value("select count(*) from requests") == 1


UNKNOWN = {**leave("2026-03-09"), "days": "3", "leave_reason": "TOURISM"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (UNKNOWN, {("form.days", "UNKNOWN_FIELD"), ("form.leave_reason", "UNKNOWN_FIELD")}),
        (leave("2026-03-09", explanation=nested(3)), {("form.explanation", "WRONG_TYPE")}),
        (leave("2026-03-09", begins={"date": "2026-03-09", "half": "MORNING", "to": 1}),
         {("form.begins.to", "UNKNOWN_FIELD")}),
        (leave("2026-03-09", begins=["2026-03-09"]), {("form.begins", "NOT_AN_OBJECT")}),
        (leave("2026-03-09", leaveReason="tourism"), {("form.leaveReason", "WRONG_TYPE")}),
        (leave("2026-03-09", explanation=nested(40)),
         {("form.explanation" + ".a" * 18, "TOO_DEEP")}),
        (leave("2026-03-09", explanation="三" * 2001), {("form.explanation", "TOO_LONG")}),
        ([], {("form", "NOT_AN_OBJECT")}),
        ("form", {("form", "NOT_AN_OBJECT")}),
        ({}, {("form.begins", "REQUIRED"), ("form.ends", "REQUIRED"),
              ("form.explanation", "REQUIRED")}),
    ],
)  # fmt: skip
async def test_a_bad_form_is_refused_at_the_field_and_leaves_nothing_behind(
    unharmed: Visitor, form: Any, expected: set[tuple[str, str]]
) -> None:
    given = {"kind": "LEAVE_PERSONAL", "form": form}
    assert problems(await preview(unharmed, given)) == expected
    sent = await submit(unharmed, given)
    assert {(".".join(each["path"][1:]), each["code"]) for each in sent["problems"]} == expected


async def test_a_field_that_stands_twice_is_refused_at_its_place(unharmed: Visitor) -> None:
    form = '{"explanation": "一", "begins": {"date": "2026-03-09", "date": "2026-03-10"},'
    form += ' "explanation": "二"}'
    variables = f'{{"input": {{"kind": "LEAVE_SICK", "form": {form}, "idempotencyKey": "x"}}}}'
    body = f'{{"query": "{" ".join(form_builder.SUBMIT.split())}", "variables": {variables}}}'
    authorization = f"Bearer {unharmed.token}"
    answer = await unharmed.api.post(body.encode(), authorization=authorization)
    assert (answer.status, answer.codes) == (400, ["INVALID_INPUT"])
    [error] = answer.body["errors"]
    assert {(".".join(each["path"]), each["code"]) for each in error["extensions"]["problems"]} == {
        ("input.form.explanation", "DOUBLED_FIELD"),
        ("input.form.begins.date", "DOUBLED_FIELD"),
    }


async def test_a_kind_that_there_is_not_or_without_a_form_is_refused_by_its_name(
    unharmed: Visitor,
) -> None:
    for kind, code in (("LEAVE_OF_SENSES", "UNKNOWN_KIND"), ("LEAVE_RETURN", "NO_FORM")):
        assert problems(await preview(unharmed, {"kind": kind, "form": {}})) == {("kind", code)}
    inline = "{ preview(input: {kind: LEAVE_SICK, form: {}}) { ... on Refusal { code } } }"
    assert (await unharmed.one(inline))["code"] == "INVALID_INPUT"


async def test_ids_in_a_form_are_those_of_what_the_field_names(unharmed: Visitor) -> None:
    [someone] = await unharmed.one('{ people(text: "staff_2", first: 1) { id } }')
    trip = {"begins": "2026-03-09T09:00:00+08:00", "ends": "2026-03-09T11:00:00+08:00"}
    form = {**trip, "explanation": "下乡", "vehicleId": someone["id"]}
    seen = await preview(unharmed, {"kind": "VEHICLE_DISPATCH", "form": form})
    assert problems(seen) == {("form.vehicleId", "INVALID_ID")}


async def kinds_of(asking: Visitor, fields: str, **given: Any) -> Any:
    query = "query ($i: String, $k: RequestKind, $r: Boolean)"
    query += f" {{ kinds(institution: $i, kind: $k, regulated: $r) {{ {fields} }} }}"
    return await asking.one(query, {name[0]: value for name, value in given.items()})


async def test_kinds_that_the_office_does_not_regulate_are_marked(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    every = await kinds_of(asking, "kind regulated papers { name }")
    book = loading.shipped("hrss-bureau")
    regulated = {form_builder_code(kind) for kind in book.rows_by_kind}
    # To prolong a leave is judged by what the office says of that leave.
    assert {each["kind"] for each in every if each["regulated"]} - regulated == {"LEAVE_EXTENSION"}
    assert "ARCHIVE_DESTROY" in {each["kind"] for each in every if not each["regulated"]}
    alone = await kinds_of(asking, "kind", regulated=True)
    assert [each["kind"] for each in every if each["regulated"]] == [each["kind"] for each in alone]


async def test_a_field_says_its_unit_its_options_and_which_clauses_of_this_office_read_it(
    api: Api,
) -> None:
    asking = await api.person("staff@construction-bureau")
    told = "name label labels { zh en } unit minimum maximum grid options { value labels { zh } }"
    told += " required neededBy { regulation cite } refersTo { type query }"
    [dispatch] = await kinds_of(asking, f"formFields {{ {told} }}", kind="VEHICLE_DISPATCH")
    fields = {each["name"]: each for each in dispatch["formFields"]}
    assert fields["destination"]["required"]
    assert {each["cite"] for each in fields["destination"]["neededBy"]} >= {"三"}
    assert {"value": "IN_AREA", "labels": {"zh": "辖区内"}} in fields["destination"]["options"]
    assert fields["people"]["unit"] == "人"
    assert fields["vehicleId"]["refersTo"] == {"type": "Vehicle", "query": "vehicles"}
    elsewhere = await api.person("staff@hrss-bureau")
    [dispatch] = await kinds_of(elsewhere, f"formFields {{ {told} }}", kind="VEHICLE_DISPATCH")
    other = {each["name"]: each for each in dispatch["formFields"]}
    assert (other["destination"]["required"], other["destination"]["neededBy"]) == (False, [])


async def test_a_paper_is_named_with_its_clause_and_condition(api: Api) -> None:
    asking = await api.person("staff@hrss-bureau")
    asked = "papers { name condition clause { cite } when { fields operator values } }"
    [sick] = await kinds_of(asking, asked, kind="LEAVE_SICK")
    assert sick["papers"] == [
        {
            "name": "医务部门出具的检查、诊断、建议休假材料",
            "condition": "3 天以上",
            "clause": {"cite": "三(一)"},
            "when": [{"fields": ["begins", "ends"], "operator": "AT_LEAST", "values": ["3"]}],
        }
    ]


async def test_a_field_is_shown_where_its_condition_holds_and_asked_nowhere_else(api: Api) -> None:
    asking = await api.person("staff@household-registration")
    told = "kind formFields { name shownWhen { fields operator values } }"
    shown = [
        (kind["kind"], field["name"], field["shownWhen"])
        for kind in await kinds_of(asking, told, regulated=True)
        for field in kind["formFields"]
        if field["shownWhen"]
    ]
    assert shown
    for _, name, conditions in shown:
        for each in conditions:
            assert each["values"]
            assert each["fields"] != [name]
