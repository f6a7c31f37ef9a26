"""People are evaluated by rows as sections are: who they are, on which lines, who comes last."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from resolvers.ground.keys import new_id
from schema.ground.ids import global_id, read_id
from tests.fleet import record
from tests.office import Api, Visitor, problems
from tests.sittings import keep, never_met
from tests.small_shapes import at
from tests.stock import person_of
from tests.test_duties_served import nodes
from tests.test_evaluation_journey import act, of, read, section
from tests.test_evaluation_offices import BUREAU, keeper_of

HEADINGS = ("virtue_mark", "ability_mark", "diligence_mark", "results_mark", "integrity_mark")
PANELS = ("self_review_mark", "mutual_review_mark", "leader_review_mark")


async def rated(api: Api, round_: Any, panels: tuple[str, ...], last: str) -> None:
    """The ballots of everybody, 90 of a hundred, and of who is to be last 60, as from papers."""
    lines = {each["line"] or "" for each in round_["sections"][0]["panels"]}
    people = await api.rows(
        "select institution_id, round_id, subject_id, name from evaluation_results"
        " where round_id = $1", UUID(read_id(round_["id"])[1]),
    )  # fmt: skip
    rows = [
        (row["institution_id"], new_id(), row["round_id"], row["subject_id"], panel, line,
         Decimal(60 if row["name"] == last else 90))
        for row in people for panel in panels for line in lines
    ]  # fmt: skip
    await api.superuser.copy_records_to_table(
        "evaluation_ballots",
        records=rows,
        columns=("institution_id", "id", "round_id", "subject_id", "panel", "line", "rating"),
    )


async def opened(keeper: Visitor, name: str, institution: str = BUREAU, **given: Any) -> Any:
    asked = {"institution": institution, "year": 2026, "round": name, **given}
    return await act(keeper, "openEvaluationRound", **asked)


async def test_all_staff_rate_each_other_on_five_headings_and_nobody_of_the_leadership_is_ranked(
    api: Api,
):
    keeper = await keeper_of(api)
    round_ = await opened(keeper, "last-place")
    names = {each["unit"] for each in round_["sections"]}
    assert {"李振华", "阎佳怡", "邱守成"} <= names
    assert names.isdisjoint({"王涛", "邵超", "陆兰香", "康永明", "温敏"}), "the leadership"
    assert round_["inPerson"] == [*HEADINGS]
    staff = await api.person(f"staff@{BUREAU}")
    asked = of(round_, "李振华")
    before = await api.counts()
    unnamed = await act(staff, "rateEvaluatedSection", **asked, rating="80")
    assert problems(unnamed) == {("panel", "UNKNOWN_PANEL")}
    over = await act(staff, "rateEvaluatedSection", **asked, panel="virtue_mark", rating="-1")
    assert problems(over) == {("rating", "TOO_SMALL")}
    me = {"roundId": round_["id"], "unitId": global_id("Person", await person_id(api, "staff"))}
    own = await act(staff, "rateEvaluatedSection", **me, panel="virtue_mark", rating="99")
    assert (own["code"], await api.counts()) == ("OWN_EVALUATION", before)
    for heading, rating in zip(HEADINGS, (80, 90, 70, 60, 100), strict=True):
        told = await act(staff, "rateEvaluatedSection", **asked, panel=heading, rating=str(rating))
        assert "code" not in told
    again = await act(staff, "rateEvaluatedSection", **asked, panel="virtue_mark", rating="80")
    assert again["code"] == "ALREADY_RATED"
    assert section(await read(keeper, round_["id"]), "李振华")["total"] == "80"
    assert section(await read(staff, round_["id"]), "李振华")["total"] is None, "not yet told"
    early = await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    assert early["code"] == "EVALUATION_INCOMPLETE"


async def person_id(api: Api, account: str, office: str = BUREAU) -> Any:
    asked = "select person_id from accounts where account = $1 and institution_id = $2"
    return await api.value(asked, f"{account}@{office}", office)


async def proposed(api: Api) -> list[tuple[str, str]]:
    rows = await api.rows(
        "select distinct c.rung, p.name from consequence_turns c"
        " join people p on p.id = c.person_id"
        " where c.turn = 'told' and c.source = 'evaluation.round'"
    )
    return sorted((row["rung"], row["name"]) for row in rows)


async def test_whoever_is_last_in_a_half_year_is_proposed_for_what_the_clause_says(api: Api):
    keeper = await keeper_of(api)
    await api.empty("consequence_turns")
    half = await opened(keeper, "staff-review", period=1)
    lines = {each["line"] for each in half["sections"][0]["panels"]}
    assert lines == {"political_mark", "duties_mark", "competence_mark", "discipline_mark"}
    await rated(api, half, PANELS, "孙月娥")
    assert section(await read(keeper, half["id"]), "孙月娥")["total"] == "60"
    assert await proposed(api) == []
    closed = await act(keeper, "closeEvaluationRound", roundId=half["id"])
    assert "code" not in closed
    assert {name for _, name in await proposed(api)} == {"孙月娥"}
    assert {rung for rung, _ in await proposed(api)} == {"last-half-year"}
    staff = await api.person(f"staff@{BUREAU}")
    seen = section(await read(staff, half["id"]), "孙月娥")
    assert (seen["total"], seen["panels"][0]["ballots"]) == ("60", 0), "how it came out, no more"


async def test_nobody_of_the_leadership_is_entered_as_the_last_of_an_evaluation(api: Api):
    branch = await api.person(f"branch_secretary@{BUREAU}")
    leader, other = [await person_of(api, f"{each}@{BUREAU}") for each in ("director", "staff")]
    given = {"happenedOn": "2026-03-02", "what": "last_in_half_year"}
    before = await api.counts()
    refused = await record(branch, "Occurrence", **given, personId=leader)
    assert problems(refused) == {("personId", "NOT_ELIGIBLE")}, refused
    assert await api.counts() == before
    assert isinstance(await record(branch, "Occurrence", **given, personId=other), str)


async def test_of_two_who_share_the_last_place_neither_is_the_last_and_that_is_said(api: Api):
    keeper = await keeper_of(api)
    await api.empty("consequence_turns")
    half = await opened(keeper, "staff-review", period=1)
    await rated(api, half, PANELS, "孙月娥")
    await api.run(
        "update evaluation_ballots b set rating = 60 from evaluation_results e"
        " where (e.round_id, e.subject_id) = (b.round_id, b.subject_id) and e.name = '王涛'"
    )
    await act(keeper, "closeEvaluationRound", roundId=half["id"])
    assert await proposed(api) == [("last-tied", "孙月娥"), ("last-tied", "王涛")]


async def year_of(api: Api, keeper: Visitor, half: str, year: str, of: int, last: str) -> Any:
    """Both halves of a year and the year itself, each closed."""
    for period in (1, 2):
        round_ = await opened(keeper, half, year=of, period=period)
        await rated(api, round_, PANELS, last)
        assert "code" not in await act(keeper, "closeEvaluationRound", roundId=round_["id"])
    whole = await opened(keeper, year, year=of)
    await act(keeper, "countEvaluationMarks", roundId=whole["id"])
    return await act(keeper, "closeEvaluationRound", roundId=whole["id"])


async def test_the_last_of_the_year_is_proposed_and_the_head_of_what_was_last_twice_running(
    api: Api,
):
    keeper = await keeper_of(api)
    await api.empty("consequence_turns")
    closed = await year_of(api, keeper, "staff-review", "staff-review-of-the-year", 2026, "孙月娥")
    assert section(closed, "孙月娥")["total"] == "60"
    found = await proposed(api)
    assert {name for _, name in found} == {"孙月娥"}
    assert {"last-place-staff", "last-twice", "review-staff-last"} <= {rung for rung, _ in found}
    heads = "select distinct rung, turn from consequence_turns where unit_id is not null"
    for year in (2025, 2026):
        assert not {row["rung"] for row in await api.rows(heads)} & {"last-place-head"}
        await year_of(api, keeper, "democratic-review", "review-of-the-year", year, "城管科")
    half = {"from": "2026-06-30", "to": "2026-06-30"}
    [held] = [e for e in await nodes(keeper, **half) if e["activity"] == "民主评议"]
    assert held["state"] == "DONE", "the round that was closed shows it"
    said = await api.rows(f"{heads} and rung = 'last-place-head'")
    assert [row["turn"] for row in said] == ["told"], "a proposal, and nothing imposed"


async def test_three_parts_that_no_text_weighs_weigh_alike_by_the_office_s_own_word(api: Api):
    await keeper_of(api)
    clerk = await api.person("office_clerk@county-organs")
    round_ = await opened(clerk, "staff-assessment", "county-organs")
    staff = await api.person("staff@county-organs")
    mine = [await person_id(api, who, "county-organs") for who in ("staff", "office_clerk")]
    both = {global_id("Person", each) for each in mine}
    other = next(each for each in round_["sections"] if each["unitId"] not in both)
    asked = {"roundId": round_["id"], "unitId": other["unitId"]}
    for panel, ratings in (("daily_mark", ["80"]), ("results_mark", ["95", "97"])):
        told = await act(clerk, "enterEvaluationRatings", **asked, panel=panel, ratings=ratings)
        assert "code" not in told, told
    await act(staff, "rateEvaluatedSection", **asked, rating="88")
    found = section(await read(clerk, round_["id"]), other["unit"])
    assert (found["total"], found["place"]) == ("88", None)


async def test_who_is_on_the_establishment_is_evaluated_and_who_is_not_is_left_out(api: Api):
    await keeper_of(api)
    clerk = await api.person("office_clerk@hrss-bureau")
    round_ = await opened(clerk, "staff-performance", "hrss-bureau")
    names = {each["unit"] for each in round_["sections"]}
    rows = await api.rows(
        "select p.name, p.employment from people p where p.institution_id = 'hrss-bureau'"
        " and exists (select from appointments a where a.person_id = p.id)"
    )
    outside = {row["name"] for row in rows if row["employment"] == "off_establishment"}
    assert outside
    assert names.isdisjoint(outside)
    assert names == {row["name"] for row in rows} - outside


@pytest.mark.parametrize("of_whom", ["unit", "person"])
async def test_a_result_of_people_and_one_of_sections_are_kept_apart(api: Api, of_whom: str):
    keeper = await keeper_of(api)
    round_ = await opened(keeper, "staff-review" if of_whom == "person" else "democratic-review")
    kept = await api.rows("select person_id is null as of_unit from evaluation_results")
    assert {row["of_unit"] for row in kept} == {of_whom == "unit"}
    assert len(kept) == len(round_["sections"])


async def test_the_supervisors_sit_once_a_year_as_the_office_calls_them_and_it_is_then_done(
    api: Api,
):
    await never_met(api)
    clerk = await api.person("office_clerk@hrss-bureau")

    async def stands() -> list[str]:
        year = {"from": "2026-12-31", "to": "2026-12-31", "who": "office_clerk"}
        found = await nodes(clerk, **year)
        return [each["state"] for each in found if "社会监督员评议会" in each["activity"]]

    assert "DONE" not in await stands()
    assert await stands()
    staff = await api.person("staff@hrss-bureau")
    asked = {
        "body": "social_supervisor",
        "beginsAt": "2026-03-09T09:00:00+08:00",
        "agenda": [{"title": "工作和廉政认可度"}],
    }
    before = await api.counts()
    refused = await keep(staff, "callSitting", **asked)
    assert (refused["code"], await api.counts()) == ("NOT_YOUR_BODY", before)
    sitting = await keep(clerk, "callSitting", **asked)
    api.now = at("2026-03-09 11:00")
    came = {"eligible": 22, "present": 20}
    await keep(clerk, "recordAttendance", sittingId=sitting["id"], **came)
    closed = await keep(clerk, "closeMinutes", sittingId=sitting["id"], minutes="逐科评分")
    assert closed["closedBy"]
    assert set(await stands()) == {"DONE"}


async def test_lateness_in_the_attendance_book_costs_points_without_anybody_stating_it(api: Api):
    await api.empty("attendance_days")
    marks = await api.person("attendance_clerk@hrss-bureau")
    staff = await api.person("staff@hrss-bureau")
    who = (await staff.one("{ viewer { id } }"))["id"]
    for day, presence in (("2026-02-26", "LATE"), ("2026-02-27", "EARLY"), ("2026-02-25", "LATE")):
        given = {"personId": who, "onDay": day, "presence": presence, "idempotencyKey": day}
        line = await marks.one(
            "mutation ($input: RecordAttendanceDayInput!) { recordAttendanceDay(input: $input) {"
            " __typename ... on Refusal { code } } }",
            {"input": given},
        )
        assert line["__typename"] == "LineEntered", line
    clerk = await api.person("office_clerk@hrss-bureau")
    round_ = await opened(clerk, "staff-performance", "hrss-bureau")
    await act(clerk, "countEvaluationMarks", roundId=round_["id"])
    mine = await clerk.one(
        "query ($id: ID!) { evaluationRound(id: $id) { sections { unitId counted { measure value }"
        " components { label points } } } }",
        {"id": round_["id"]},
    )
    [told] = [each for each in mine["sections"] if each["unitId"] == who]
    counted = {each["measure"]: each["value"] for each in told["counted"]}
    assert (counted["late"], counted["early"]) == ("2", "1")
    points = {each["label"]: each["points"] for each in told["components"]}
    assert (points["迟到"], points["早退"]) == ("-1", "-0.5")
    await api.empty("attendance_days", "consequence_turns")
