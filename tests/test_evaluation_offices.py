"""The construction bureau evaluates by its own rows, and counts marks from its own books."""

from decimal import Decimal
from uuid import uuid4

from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, cites, problems
from tests.test_evaluation_journey import act, clerk, of, opened, read, section

__all__ = ["clerk", "opened"]
BUREAU = "construction-bureau"
REVIEW = {"institution": BUREAU, "year": 2026, "round": "democratic-review"}
TARGETS = {"institution": BUREAU, "year": 2026, "round": "target-assessment"}
TABLES = {
    "附表 业务指标": {"business_work_points": 20, "management_fee_points": 5},
    "四1": {"income_points": 10, "tertiary_points": 5},
    "附表 公共指标": {
        "party_building_points": 5, "civility_points": 5, "party_integrity_points": 5,
        "stability_points": 5, "safety_points": 5, "internal_management_points": 3,
        "supervision_points": 2,
    },
    "附表 激励考核": {
        "honour_points": 5, "experience_points": 0, "investment_points": 0,
        "contribution_points": 0,
    },
}  # fmt: skip
"""What the tables of the text mark: 40, 30 and 5 points."""
HEADINGS = ("function_mark", "targets_mark", "benefit_mark", "management_mark", "team_mark")
YEAR = {"institution": BUREAU, "year": 2026, "round": "review-of-the-year"}
HONOUR = {"clause": "target-assessment/附表 激励考核", "measure": "honour_points", "reason": "荣誉"}


async def keeper_of(api: Api):
    tables = ("ballots", "marks", "results", "rounds")
    await api.empty(*(f"evaluation_{name}" for name in tables))
    return await api.person(f"assessment_group@{BUREAU}")


async def test_another_bureau_reviews_its_sections_by_panels_that_its_rows_weigh(api: Api):
    keeper = await keeper_of(api)
    round_ = await act(keeper, "openEvaluationRound", **REVIEW, period=1)
    assert (await act(keeper, "openEvaluationRound", **REVIEW, period=1))["code"] == "INVALID_INPUT"
    second = await act(keeper, "openEvaluationRound", **REVIEW, period=2)
    assert second["id"] != round_["id"]
    for period, code in ((0, "TOO_SMALL"), (3, "TOO_LARGE")):
        refused = await act(keeper, "openEvaluationRound", **REVIEW, period=period)
        assert problems(refused) == {("period", code)}
    unnamed = await act(keeper, "openEvaluationRound", institution=BUREAU, year=2026)
    assert problems(unnamed) == {("round", "UNKNOWN_ROUND")}

    director = await api.person(f"director@{BUREAU}")
    office = await api.person(f"office_clerk@{BUREAU}")
    for index, name in enumerate(sorted(each["unit"] for each in round_["sections"])):
        # who keeps the round may belong to the section: then another keeper enters its papers
        who = office if name == "政工科" else keeper
        for line in HEADINGS:
            asked = {**of(round_, name), "line": line}
            await act(director, "rateEvaluatedSection", **asked, rating=str(90 - index))
            own, others = ("self_review_mark", ["100"]), ("mutual_review_mark", ["80", "84"])
            for panel, ratings in (own, others):
                given = {**asked, "panel": panel, "ratings": ratings}
                round_ = await act(who, "enterEvaluationRatings", **given)
                assert "code" not in round_, (name, round_)
    of_one = of(round_, "建设科")
    refused = await act(director, "rateEvaluatedSection", **of_one, line="beauty", rating="90")
    assert problems(refused) == {("line", "UNKNOWN_MEASURE")}
    before = await api.counts()
    twice = await act(director, "rateEvaluatedSection", **of_one, rating="90")
    assert (twice["code"], await api.counts()) == ("ALREADY_RATED", before)
    given = {"panel": "leader_review_mark", "line": HEADINGS[0], "ratings": ["90"]}
    in_person = await act(keeper, "enterEvaluationRatings", **of_one, **given)
    assert problems(in_person) == {("panel", "CAST_IN_PERSON")}
    totals = {each["unit"]: each["total"] for each in round_["sections"]}
    first = min(totals)
    assert Decimal(totals[first]) == Decimal(10) + Decimal(41) + Decimal(36)
    assert section(round_, first)["place"] == 1
    assert round_["findings"] == []

    closed = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert (closed["resolution"], closed["closedAt"] is None) == (None, False)
    kept = await api.rows("select name, total, place from evaluation_results where place = 1")
    assert [(row["name"], row["total"]) for row in kept] == [(first, Decimal(87))]
    again = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert again["code"] == "ROUND_CLOSED"


async def reviewed(api: Api, keeper, period: int, own: str, mutual: str, leader: str):
    """A half year's review of every section, closed."""
    round_ = await act(keeper, "openEvaluationRound", **REVIEW, period=period)
    director = await api.person(f"director@{BUREAU}")
    office = await api.person(f"office_clerk@{BUREAU}")
    for each in round_["sections"]:
        who = office if each["unit"] == "政工科" else keeper
        asked = of(round_, each["unit"])
        await act(director, "rateEvaluatedSection", **asked, rating=leader)
        for panel, mark in (("self_review_mark", own), ("mutual_review_mark", mutual)):
            await act(who, "enterEvaluationRatings", **asked, panel=panel, ratings=[mark])
    return await act(keeper, "closeEvaluationRound", roundId=round_["id"])


async def test_a_year_is_counted_from_its_halves_and_is_a_fifth_of_the_assessment(api: Api):
    keeper = await keeper_of(api)
    year = await act(keeper, "openEvaluationRound", **YEAR)
    targets = await act(keeper, "openEvaluationRound", **TARGETS)
    half = await reviewed(api, keeper, 1, "96", "84", "88")
    assert section(half, "建设科")["total"] == "86.8"
    by_hand = {"clause": "democratic-review/四", "measure": "second_half_mark", "reason": "估计"}
    stated = await act(keeper, "recordEvaluationMark", **of(year, "建设科"), **by_hand, value=99)
    assert stated["code"] == "MARK_HAS_SOURCE"
    counted = await act(keeper, "countEvaluationMarks", roundId=year["id"])
    assert section(counted, "建设科")["unstated"] == ["second_half_mark"]
    early = await act(keeper, "closeEvaluationRound", roundId=year["id"])
    assert early["code"] == "EVALUATION_INCOMPLETE"

    await reviewed(api, keeper, 2, "95", "90", "85")
    counted = await act(keeper, "countEvaluationMarks", roundId=year["id"])
    assert section(counted, "建设科")["total"] == "87.65"
    none = await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    assert "review_mark_year" in section(none, "建设科")["unstated"], "the year is not closed"
    await act(keeper, "closeEvaluationRound", roundId=year["id"])
    counted = await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    assert {each["measure"] for each in section(counted, "建设科")["counted"]} == {
        "review_mark_year", "responsibility_points", "petition_points",
    }  # fmt: skip

    asked, audit = of(targets, "建设科"), await api.person(f"audit_section@{BUREAU}")
    await entered(audit, asked["unitId"], "letters_and_visits", 3)
    await entered(audit, asked["unitId"], "accountability", 5)
    await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    of_tables = dict.fromkeys(TABLES, audit)
    for table, role in (("附表 业务指标", "general_section"), ("附表 公共指标", "office_clerk")):
        of_tables[table] = await api.person(f"{role}@{BUREAU}")
    office, finance = [
        await api.person(f"{role}@{BUREAU}") for role in ("office_clerk", "finance_section")
    ]
    for who in (office, finance):
        others = await act(who, "recordEvaluationMark", **asked, **HONOUR, value=5)
        assert others["code"] == "NOT_YOURS_TO_DO", "the clause gives it to the audit section"
    for each in targets["sections"]:
        for table, lines in TABLES.items():
            who = of_tables[table] if each["unit"] == "政工科" else keeper
            for measure, value in lines.items():
                given = {"clause": f"target-assessment/{table}", "measure": measure}
                given |= {"value": value, "reason": "-"}
                own = each["unit"] == "督查审计科"
                by = audit if measure == "management_fee_points" and not own else who
                told = await act(by, "recordEvaluationMark", **of(targets, each["unit"]), **given)
                assert "code" not in told, (each["unit"], told)
    whole = {"clause": "target-assessment/三", "measure": "deduction_points", "reason": "-"}
    refused = await act(keeper, "recordEvaluationMark", **asked, **whole, value=5)
    assert refused["code"] == "MARK_HAS_SOURCE", "the lines of its table come from the books"
    more = await act(keeper, "recordEvaluationMark", **asked, **HONOUR, value=100)
    assert section(more, "建设科")["total"] == str(40 + 30 + 30 - 8 + Decimal("17.53"))
    [over] = [e["id"] for e in section(more, "建设科")["marks"] if e["value"] == "100"]
    await act(keeper, "cancelEvaluationMark", markId=over, reason="录错")
    await entered(audit, asked["unitId"], "letters_and_visits", 1)
    before = await api.counts()
    stale = await act(keeper, "closeEvaluationRound", roundId=targets["id"])
    assert (stale["code"], await api.counts()) == ("COUNT_ANEW", before)
    await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    closed = await act(keeper, "closeEvaluationRound", roundId=targets["id"])
    assert section(closed, "建设科")["total"] == str(40 + 30 + 5 - 9 + Decimal("17.53"))
    await entered(audit, asked["unitId"], "letters_and_visits", 9)
    assert await read(keeper, targets["id"]) == closed
    late = await act(keeper, "countEvaluationMarks", roundId=targets["id"])
    assert late["code"] == "ROUND_CLOSED"
    stranger = await api.person("office_clerk@hrss-bureau")
    assert await read(stranger, targets["id"]) is None


async def test_where_rows_name_a_request_a_round_is_not_closed_without_one(api: Api, clerk, opened):
    for each in opened["sections"]:
        business = {"clause": "performance/三", "measure": "business_points", "reason": "验收"}
        await act(clerk, "recordEvaluationMark", **of(opened, each["unit"]), **business, value=60)
    refused = await act(clerk, "closeEvaluationRound", roundId=opened["id"])
    assert problems(refused) == {("requestId", "REQUIRED")}


ENTER = f"""mutation ($input: RecordOccurrenceInput!) {{ recordOccurrence(input: $input) {{
  __typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}"""


async def entered(visitor, unit: str, what: str, points: int, day: str = "2026-03-02") -> None:
    given = {"unitId": unit, "happenedOn": day, "what": what, "amount": str(points)}
    told = await visitor.one(ENTER, {"input": {**given, "idempotencyKey": str(uuid4())}})
    assert told["__typename"] == "LineEntered", told


async def test_a_mark_that_rows_count_comes_from_the_books_and_nobody_marks_it(api: Api):
    keeper = await keeper_of(api)
    round_ = await act(keeper, "openEvaluationRound", **TARGETS)
    by_hand = {"clause": "target-assessment/附表 惩戒考核", "measure": "petition_points"}
    before = await api.counts()
    refused = await act(
        keeper, "recordEvaluationMark", **of(round_, "建设科"), **by_hand, value=1, reason="来信"
    )
    assert (refused["code"], await api.counts()) == ("MARK_HAS_SOURCE", before)
    assert cites([refused["clause"]]) == ["target-assessment/附表 惩戒考核"]
    counted = await act(keeper, "countEvaluationMarks", roundId=round_["id"])
    assert section(counted, "城管科")["counted"] == [
        {"measure": name, "value": "0"} for name in ("responsibility_points", "petition_points")
    ]
    assert "petition_points" not in section(counted, "城管科")["unstated"]


async def test_income_has_no_ceiling_other_points_have_one_and_nothing_has_a_floor(api: Api):
    keeper = await keeper_of(api)
    targets = await act(keeper, "openEvaluationRound", **TARGETS)
    asked = of(targets, "建设科")

    async def marked(measure: str, value: int, table: str = "附表 业务指标"):
        given = {"clause": f"target-assessment/{table}", "measure": measure, "value": value}
        return await act(keeper, "recordEvaluationMark", **asked, **given, reason="-")

    before = await api.counts()
    for measure in ("business_work_points", "management_fee_points"):
        assert problems(await marked(measure, 46)) == {("value", "TOO_LARGE")}
    assert await api.counts() == before
    for measure in ("business_work_points", "management_fee_points"):
        await marked(measure, -5)
    await marked("income_points", 60, "四1")
    await marked("tertiary_points", 20, "四1")
    for measure in TABLES["附表 公共指标"]:
        told = await marked(measure, 6, "附表 公共指标")
    points = {e["item"]: e["points"] for e in section(told, "建设科")["components"]}
    assert (points["business_points"], points["common_points"]) == ("70", "35")
    told = await marked("safety_points", -100, "附表 公共指标")
    points = {e["item"]: e["points"] for e in section(told, "建设科")["components"]}
    assert points["common_points"] == "-58"
    told = await marked("business_points", 7, "三")
    points = {e["item"]: e["points"] for e in section(told, "建设科")["components"]}
    assert points["business_points"] == "77", "what is marked as a whole counts besides"


async def test_every_section_and_unit_of_the_bureau_is_assessed_and_nothing_else(api: Api):
    keeper = await keeper_of(api)
    round_ = await act(keeper, "openEvaluationRound", **TARGETS)
    own = await api.rows(
        "select u.name from units u join units root on root.id = u.parent_id"
        " where u.institution_id = $1 and root.institution_id = $1", BUREAU,
    )  # fmt: skip
    assert sorted(e["unit"] for e in round_["sections"]) == sorted(row["name"] for row in own)
    [abroad] = await api.rows("select id from units where name = '就业促进科'")
    asked = {"roundId": round_["id"], "unitId": global_id("Unit", abroad["id"])}
    refused = await act(keeper, "recordEvaluationMark", **asked, **HONOUR, value=1)
    assert problems(refused) == {("unitId", "UNKNOWN_UNIT")}


async def test_two_hundred_clients_cast_a_ballot_and_no_fewer(api, clerk, opened):
    asked, before = {**of(opened, "就业促进科"), "panel": "client_rating"}, await api.counts()
    for many, code in ((199, "BELOW_QUOTA"), (201, "ABOVE_QUOTA")):
        refused = await act(clerk, "enterEvaluationRatings", **asked, ratings=["90"] * many)
        assert problems(refused) == {("ratings", code)}
        assert cites([each["clause"] for each in refused["problems"]]) == ["performance/四㈢"]
    assert await api.counts() == before
    taken = await act(clerk, "enterEvaluationRatings", **asked, ratings=["90"] * 200)
    assert "code" not in taken
    again = await act(clerk, "enterEvaluationRatings", **asked, ratings=["90"] * 200)
    assert problems(again) == {("ratings", "ABOVE_QUOTA")}
