"""The shapes asked through the API, over rows that are stored with their rulebook's version."""

from typing import Any

import pytest

from tests.office import CLAUSE, REFUSAL, Api, Visitor, cites, problems

REFUSED = f"... on Refusal {{ {REFUSAL} }}"
PROBLEM = f"path code message clause {{ {CLAUSE} }}"
ANSWERS = {
    "consequencePreview": f"""... on ConsequencePreview {{ unstated consequences {{
        type amount unit of whom label choice open against rung clause {{ {CLAUSE} }} }} }}""",
    "scorePreview": f"... on ScorePreview {{ values unstated clauses {{ {CLAUSE} }} }}",
    "eligibilityPreview": f"""... on EligibilityPreview {{ eligible
        reasons {{ {PROBLEM} }} clauses {{ {CLAUSE} }} }}""",
    "quotaPreview": """... on QuotaPreview { kept
        quotas { quota kept limit unit per bound excess } }""",
    "votePreview": f"... on VotePreview {{ quorate passed explanation clauses {{ {CLAUSE} }} }}",
    "pathPreview": f"""... on PathPreview {{ allowed to label
        reasons {{ {PROBLEM} }} clauses {{ {CLAUSE} }} }}""",
    "separationPreview": f"... on SeparationPreview {{ allowed reasons {{ {PROBLEM} }} }}",
}
HRSS = "hrss-bureau"


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person(f"staff@{HRSS}")


async def preview(visitor: Visitor, name: str, **given: Any) -> Any:
    kind = "Measure" if name.startswith(("cons", "sc", "elig", "quota")) else None
    words = f"{kind or name[0].upper() + name[1:].removesuffix('Preview')}PreviewInput"
    return await visitor.one(
        f"query ($input: {words}!) {{ {name}(input: $input) {{ __typename"
        f" {ANSWERS[name]} {REFUSED} }} }}",
        {"input": {"institution": HRSS, **given}},
    )


async def deadline(visitor: Visitor, clause: str, start: str, **more: Any) -> Any:
    return await visitor.one(
        f"""query ($clause: String!, $start: DateTime!, $institution: String!, $measures: JSON) {{
        deadlinePreview(institution: $institution, clause: $clause, start: $start,
          measures: $measures) {{ __typename {REFUSED} ... on DeadlinePreview {{
          due provisional cited: clause {{ {CLAUSE} }} clocks {{ clock action due }} }} }} }}""",
        {"institution": HRSS, "clause": clause, "start": start, **more},
    )


@pytest.mark.parametrize("measures", [None, {"leak": True}])
async def test_a_deadline_is_told_by_its_clause_whose_only_one_it_is(
    staff: Visitor, measures: Any
) -> None:
    start = "2026-09-30T20:00:00+08:00"
    found = await deadline(staff, "classified-computers/第六條", start, measures=measures)
    assert found["due"] == "2026-10-01T20:00:00+08:00"
    assert found["provisional"] is False
    assert cites([found["cited"]]) == ["classified-computers/第六條"]


async def test_what_recurs_is_told_by_the_day_by_which_it_is_due_next(staff: Visitor) -> None:
    """The sheet of the month before is due by the 2nd, which the holiday moves on."""
    found = await deadline(staff, "attendance-measures/二", "2026-05-01T08:00:00+08:00")
    assert [(each["clock"], each["due"]) for each in found["clocks"]] == [
        ("attendance-record", "2026-05-06T23:59:59+08:00"),
        ("attendance-sheet", "2026-05-06T23:59:59+08:00"),
    ]


async def test_a_clause_that_is_unknown_or_computes_nothing_is_refused(staff: Visitor) -> None:
    start = "2026-03-02T09:00:00+08:00"
    unknown = await deadline(staff, "classified-computers/九十九", start)
    assert [each["code"] for each in unknown["problems"]] == ["UNKNOWN_CLAUSE"]
    refused = await deadline(staff, "canteen/一、3", start)
    assert refused["code"] == "NOTHING_TO_COMPUTE"
    assert cites([refused["clause"]]) == ["canteen/一、3"]


async def test_a_vote_below_its_quorum_decides_nothing(staff: Visitor) -> None:
    found = await preview(
        staff, "votePreview", body="party_group", eligible=7, present=3, inFavour=3
    )
    assert (found["quorate"], found["passed"]) == (False, False)
    assert cites(found["clauses"]) == ["administration-by-law/第十二條"]
    assert "不足法定人数" in found["explanation"]
    more = await preview(
        staff, "votePreview", body="party_group", eligible=7, present=3, inFavour=4
    )
    assert problems(more) == {("inFavour", "TOO_LARGE")}


async def test_consequences_come_with_their_clause_and_missing_measures_by_name(
    staff: Visitor,
) -> None:
    clause = "cleaners/4"
    found = await preview(
        staff, "consequencePreview", clause=clause, measures={"cleaning_lapses": 2}
    )
    [one] = found["consequences"]
    assert (one["type"], one["amount"], one["unit"], one["whom"]) == (
        "fine", "100", "percent", "cleaner",
    )  # fmt: skip
    assert cites([one["clause"]]) == [clause]
    missing = await preview(staff, "consequencePreview", clause=clause, measures={})
    assert problems(missing) == {("measures.cleaning_lapses", "MEASURE_NOT_STATED")}
    wrong = await preview(
        staff, "consequencePreview", clause=clause, measures={"cleaning_lapses": -1, "slips": 1}
    )
    assert problems(wrong) == {
        ("measures.cleaning_lapses", "TOO_SMALL"), ("measures.slips", "UNKNOWN_MEASURE"),
    }  # fmt: skip


async def test_what_follows_finds_every_consequence_of_the_facts(staff: Visitor) -> None:
    found = await staff.one(
        f"""query ($measures: JSON!) {{ whatFollows(institution: "{HRSS}", measures: $measures) {{
        {ANSWERS["consequencePreview"]} {REFUSED} }} }}""",
        {"measures": {"cleaning_lapses": 3, "canteen_lapses": 3}},
    )
    assert {(c["type"], c["whom"]) for c in found["consequences"]} >= {
        ("dismissal", "cleaner"), ("dismissal", "canteen_staff"),
    }  # fmt: skip


async def test_a_score_adds_up_over_all_its_clauses(staff: Visitor) -> None:
    found = await preview(
        staff,
        "scorePreview",
        clause="performance/四㈦",
        measures={"business_points": 60, "unfinished_targets": 2, "lawsuit_lost": 1},
    )
    assert found["values"]["总分"] == "87"
    assert {"performance/三", "performance/四㈦"} <= set(cites(found["clauses"]))


async def test_eligibility_tells_all_reasons_at_once(staff: Visitor) -> None:
    clause = "finance/六、3"
    found = await preview(
        staff,
        "eligibilityPreview",
        clause=clause,
        measures={"purpose": "private", "prior_loan_unsettled": True},
    )
    assert found["eligible"] is False
    assert [each["code"] for each in found["reasons"]] == [
        "REQUIREMENT_NOT_MET", "REQUIREMENT_NOT_MET", "EXCLUDED",
    ]  # fmt: skip
    good = {"purpose": "official", "prior_loan_unsettled": False}
    assert (await preview(staff, "eligibilityPreview", clause=clause, measures=good))["eligible"]


async def test_a_quota_is_held_against_its_measure(staff: Visitor) -> None:
    for amount, kept in (("1000", True), ("1000.01", False)):
        found = await preview(
            staff,
            "quotaPreview",
            clause="finance/七、3",
            measures={"amount": amount, "payment_method": "cash"},
        )
        assert found["kept"] is kept


async def test_a_stage_is_allowed_or_refused_with_reasons(staff: Visitor) -> None:
    async def attempt(origin: str, event: str, **more: Any) -> Any:
        given = {"path": "decision.major", "from": origin, "attempt": event, **more}
        return await preview(staff, "pathPreview", **given)

    disputed = {"public_concern": False, "decision_options": 1, "disputed": True}
    refused = await attempt("drafted", "submit", measures=disputed)
    assert refused["allowed"] is False
    assert {each["code"] for each in refused["reasons"]} == {"GUARD_NOT_MET"}
    allowed = await attempt("drafted", "submit", measures={**disputed, "decision_options": 2})
    assert (allowed["allowed"], allowed["to"]) == (True, "submitted")
    [reason] = (await attempt("assigned", "submit"))["reasons"]
    assert reason["code"] == "NO_TRANSITION"


async def test_separated_duties_are_not_joined(staff: Visitor) -> None:
    holders = {"王": ["cheque_keeper", "finance_seal_keeper"]}
    found = await preview(staff, "separationPreview", area="finance", holders=holders)
    assert [each["code"] for each in found["reasons"]] == ["DUTIES_JOINED"]
    apart = {"王": ["cheque_keeper"], "李": ["finance_seal_keeper"]}
    assert (await preview(staff, "separationPreview", area="finance", holders=apart))["allowed"]


async def test_working_days_are_counted_on_the_offices_calendar(staff: Visitor) -> None:
    answer = await staff.ask(
        f"""{{ between: workdaysBetween(institution: "{HRSS}", begins: "2026-09-30",
            ends: "2026-10-10") {{ ... on WorkdaysBetween {{ count provisional }} }}
          added: addWorkdays(institution: "{HRSS}", day: "2026-09-30", count: 2)
            {{ ... on AddedWorkdays {{ day provisional }} }}
          far: addWorkdays(institution: "{HRSS}", day: "2026-09-30", count: 99999)
            {{ {REFUSED} }}
          reversed: workdaysBetween(institution: "{HRSS}", begins: "2026-10-10",
            ends: "2026-09-30") {{ __typename {REFUSED} }} }}"""
    )
    assert answer.data["between"] == {"count": 4, "provisional": False}
    assert answer.data["added"] == {"day": "2026-10-09", "provisional": False}
    assert answer.data["far"]["code"] == "OUTSIDE_CALENDAR"
    assert {each["code"] for each in answer.data["reversed"]["problems"]} == {"END_BEFORE_START"}


async def test_clauses_show_the_shapes_that_enforce_them(staff: Visitor) -> None:
    found = await staff.one(
        f"""{{ clauses(institution: "{HRSS}", clauseKind: "deadline", first: 100) {{
            edges {{ node {{ regulation cite enforcedBy }} }} }} }}"""
    )
    nodes = [edge["node"] for edge in found["edges"]]
    [leak] = [node for node in nodes if cites([node]) == ["classified-computers/第六條"]]
    assert "clocks: leak-report" in leak["enforcedBy"]


async def test_findings_are_for_the_policy_administrator(api: Api, staff: Visitor) -> None:
    ask = f"""{{ ruleFindings(institution: "{HRSS}") {{
        severity problem rows example message clauses {{ {CLAUSE} }} }} }}"""
    assert (await staff.ask(ask)).codes == ["NOT_ALLOWED"]
    found = await (await api.person(f"policy_admin@{HRSS}")).one(ask)
    assert {"VOTE_WITHOUT_MAJORITY"} <= {each["problem"] for each in found}
    assert all(each["message"] and each["clauses"] for each in found)


async def test_another_institution_may_not_be_asked(api: Api) -> None:
    stranger = await api.person("staff@service-centre")
    refused = await preview(
        stranger, "votePreview", body="party_group", eligible=7, present=3, inFavour=3
    )
    assert refused["code"] == "OTHER_INSTITUTION"
    platform = await api.person("platform_admin")
    found = await deadline(
        platform,
        "classified-computers/第六條",
        "2026-09-30T20:00:00+08:00",
        measures={"leak": True},
    )
    assert found["due"] == "2026-10-01T20:00:00+08:00"


async def test_rows_tell_what_they_may_be_asked_by(staff: Visitor) -> None:
    [quota] = await staff.one(
        f"""{{ shapeRows(institution: "{HRSS}", clause: "finance/七、3", shape: "quotas") {{
            shape id when fields clause {{ {CLAUSE} }}
            measures {{ name label type unit minimum }} }} }}"""
    )
    assert quota["id"] == "cash-payment"
    assert (quota["fields"]["limit"], quota["fields"]["bound"]) == ("1000", "max")
    assert [measure["name"] for measure in quota["measures"]] == ["payment_method", "amount"]
    votes = await staff.one(f'{{ shapeRows(institution: "{HRSS}", shape: "votes") {{ fields }} }}')
    group = next(v["fields"] for v in votes if v["fields"]["body"] == "party_group")
    assert group["quorum"] == {"part": "1/2", "of": "eligible", "strict": False}
    assert group["majority"] is None
