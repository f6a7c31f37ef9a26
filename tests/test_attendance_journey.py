"""Outings as they are asked for: by the hour, by rank, recorded or approved."""

from typing import Any
from uuid import uuid4

from schema.ground.ids import global_id
from tests.balances import enter, strike_out
from tests.duty import through
from tests.office import REFUSAL, Api, Visitor, cites, half_day, leave, problems, states
from tests.small_shapes import at


def outing(begins: str, ends: str, day: str = "2026-03-09", **more: Any) -> dict[str, Any]:
    return {
        "departs": f"{day}T{begins}:00+08:00",
        "returns": f"{day}T{ends}:00+08:00",
        "goingTo": "市档案馆",
        "explanation": "送件",
        **more,
    }


async def test_an_official_outing_is_recorded_by_one_s_own_chief_alone(api: Api) -> None:
    applicant, chief, other_chief = [
        await api.person(f"{role}@hrss-bureau")
        for role in ("staff", "section_chief", "section_chief_2")
    ]
    request = await applicant.submit("outing.official", outing("09:00", "10:30"))
    assert request["status"] == "APPROVED"
    assert request["summary"] == "因公外出 1.5 小时，3月9日 09:00至10:30"
    assert await other_chief.inbox() == []
    assert states(await chief.agree()) == [("section_chief", "RECORD", "DONE")]


async def test_half_an_hour_of_window_staff_needs_the_hall_s_director_only(api: Api) -> None:
    applicant = await api.person("window_staff@service-centre")
    for ends, roles in (
        ("09:30", ["hall_director"]),
        ("09:31", ["home_unit", "hall_leader", "hall_director"]),
    ):
        previewed = await applicant.preview("outing.official", outing("09:00", ends))
        assert [step["role"] for step in previewed["steps"]] == roles


async def test_a_private_outing_of_half_a_day_leaves_a_gap_in_its_clause(api: Api) -> None:
    applicant = await api.person("staff@hrss-bureau")
    refusal = await applicant.submit("outing.private", outing("09:00", "10:00"))
    assert refusal["code"] == "GAP"
    assert cites([refusal["clause"]]) == ["attendance-measures/四2"]


async def test_nobody_is_out_twice_at_once(api: Api) -> None:
    applicant = await api.person("staff@hrss-bureau")
    await applicant.submit("outing.official", outing("09:00", "11:00"))
    overlapping = await applicant.submit("outing.official", outing("10:59", "12:00"))
    assert overlapping["code"] == "ABSENCE_OVERLAPS"
    following = await applicant.submit("outing.official", outing("11:00", "12:00"))
    assert following["status"] == "APPROVED"


async def test_a_leave_and_an_outing_exclude_each_other(api: Api) -> None:
    applicant = await api.person("staff@hrss-bureau")
    await applicant.submit("outing.official", outing("14:00", "15:00"))
    whole_day = await applicant.submit("leave.annual", leave("2026-03-09"))
    assert whole_day["code"] == "ABSENCE_OVERLAPS"
    morning = {**leave("2026-03-09"), "ends": half_day("2026-03-09")}
    assert (await applicant.submit("leave.annual", morning))["status"] == "APPROVED"


async def test_times_that_make_no_sense_are_named(api: Api) -> None:
    applicant = await api.person("staff@hrss-bureau")
    backwards = await applicant.submit("outing.official", outing("11:00", "09:00"))
    assert problems(backwards) == {("returns", "RETURN_BEFORE_DEPARTURE")}
    on_sunday = await applicant.submit("outing.official", outing("09:00", "11:00", "2026-03-08"))
    assert problems(on_sunday) == {("departs", "NOTHING_TO_COUNT")}


async def test_the_ends_of_time_are_too_far_away(unharmed: Visitor) -> None:
    for departs, returns, code in (
        ("1900-01-01T00:00:00+08:00", "1900-01-01T01:00:00+08:00", "DATE_TOO_FAR"),
        ("2199-12-31T22:00:00+08:00", "2199-12-31T23:00:00+08:00", "DATE_TOO_FAR"),
        ("2026-03-09T09:00:00+08:00", "2199-12-31T23:00:00+08:00", "OUTING_TOO_LONG"),
        ("2199-12-31T23:00:00+08:00", "1900-01-01T00:00:00+08:00", "RETURN_BEFORE_DEPARTURE"),
    ):
        times = {"departs": departs, "returns": returns}
        refusal = await unharmed.submit("outing.official", outing("09:00", "10:00") | times)
        assert code in {each["code"] for each in refusal["problems"]}
        preview = await unharmed.preview("outing.official", outing("09:00", "10:00") | times)
        assert preview["code"] == "INVALID_INPUT"


async def test_a_time_without_its_offset_is_no_moment(unharmed: Visitor) -> None:
    for departs in ("2026-03-09T09:00:00", "2026-03-09", "9am", 5, None):
        answer = await unharmed.ask(
            "query ($input: SubmitOutingOfficialInput!) {"
            " previewOutingOfficial(input: $input) { __typename } }",
            {"input": {**outing("09:00", "10:00"), "departs": departs, "idempotencyKey": "k"}},
        )
        assert answer.codes == ["INVALID_GRAPHQL"]


async def signs_in(visitor: Visitor, going_to: str = "在岗") -> Any:
    return await visitor.one(
        "mutation ($input: RecordSignInInput!) { recordSignIn(input: $input) { __typename"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"goingTo": going_to, "idempotencyKey": str(uuid4())}},
    )


async def test_whoever_signs_in_late_has_signed_themselves_and_nobody_signs_for_another(
    api: Api,
) -> None:
    await api.empty("sign_ins", "occurrences", "consequence_turns")
    staff, clerk, chief = [
        await api.person(f"{role}@science-bureau")
        for role in ("staff", "office_clerk", "section_chief")
    ]
    for day, hour, minute in ((2, 7, 59), (3, 8, 0), (4, 8, 20), (5, 9, 0)):
        api.now = api.now.replace(day=day, hour=hour, minute=minute)
        assert (await signs_in(staff))["__typename"] == "LineEntered"
    assert (await signs_in(staff))["code"] == "ENTERED_ALREADY"
    assert problems(await signs_in(chief, "")) == {("goingTo", "REQUIRED")}
    for who, code in ((chief, "LINE_NOT_FOUND"), (staff, "NOT_A_KEEPER"), (clerk, "")):
        line = await api.value("select id from sign_ins where on_day = '2026-03-05' and not void")
        struck = await strike_out(who, global_id("SignIn", line))
        found = {each["code"] for each in struck.get("problems", ())} | {struck.get("code", "")}
        assert code in found
    shown = "{ signIns { edges { node { stands signInMinute } } } }"
    lines = [each["node"] for each in (await clerk.one(shown))["edges"] if each["node"]["stands"]]
    assert [each["signInMinute"] for each in lines] == [500, 480, 479]
    mine = await staff.one("{ consequences { type unit amount clause { cite } } }")
    told = [(each["clause"]["cite"], each["unit"], each["amount"]) for each in mine]
    assert told.count(("一、1", "lateness", "1")) == 2
    assert ("一、3", "absence_day", "1") not in told


async def test_nobody_is_late_who_was_not_due_when_they_signed_in(api: Api) -> None:
    await api.empty("sign_ins", "occurrences", "consequence_turns", "absences")
    staff = await api.person("staff@science-bureau")
    api.now = at("2026-03-05 09:00")
    asked = await staff.submit(
        "leave.personal", {**leave("2026-03-06"), "ends": half_day("2026-03-06")}
    )
    await through(api, asked)
    for when, due in (
        ("2026-03-06 13:00", False),
        ("2026-03-08 10:00", False),
        ("2026-03-09 08:20", True),
    ):
        api.now = at(when)
        assert (await signs_in(staff))["__typename"] == "LineEntered"
        lines = (await staff.one("{ signIns { edges { node { expected } } } }"))["edges"]
        assert lines[0]["node"]["expected"] is due
    mine = await staff.one("{ consequences { unit day } }")
    assert [each["day"] for each in mine if each["unit"] == "lateness"] == ["2026-03-09"]
    month = '(from: "2026-03-01", to: "2026-03-31") { lines { name faults { word number } } }'
    found = (await staff.one("{ attendanceMonthStatement " + month + " }"))["lines"]
    assert [each["faults"] for each in found] == [[{"word": "late_sign_in", "number": 1}]]


async def test_nobody_is_entered_absent_who_signed_in_or_is_away_on_file(api: Api) -> None:
    await api.empty("sign_ins", "occurrences", "consequence_turns", "absences")
    staff, clerk = [
        await api.person(f"{each}@science-bureau") for each in ("staff", "office_clerk")
    ]
    api.now = at("2026-03-05 09:00")
    assert (await signs_in(staff))["__typename"] == "LineEntered"
    of = {"what": "not_signed_in", "amount": "1", "happenedOn": "2026-03-05"}
    before = await api.counts()
    refused = await enter(clerk, "Occurrence", "staff@science-bureau", **of)
    assert problems(refused) == {("personId", "NOT_ELIGIBLE")}
    assert refused["problems"][0]["clause"]["cite"] == "一、1"
    assert await api.counts() == before
    asked = await staff.submit("leave.personal", leave("2026-03-06"))
    await through(api, asked)
    for day, word in (("2026-03-06", "not_signed_in"), ("2026-03-06", "absent")):
        of = {"what": word, "amount": "1", "happenedOn": day}
        api.now = at("2026-03-09 09:00")
        refused = await enter(clerk, "Occurrence", "staff@science-bureau", **of)
        assert problems(refused) == {("personId", "NOT_ELIGIBLE")}, word
    of["happenedOn"] = "2026-03-04"
    assert isinstance(await enter(clerk, "Occurrence", "staff@science-bureau", **of), str)


async def test_a_sheet_tells_its_month_and_an_explanation_its_day(api: Api) -> None:
    chief = await api.person("section_chief@construction-bureau")
    months = {"2026-03-02": "NOT_A_FIRST_DAY", "2026-05-01": "NOT_YET_HAPPENED"}
    for month, code in months.items():
        refused = await chief.submit("attendance.sheet", {"explanation": "月报", "month": month})
        assert problems(refused) == {("month", code)}
    sheet = await chief.submit("attendance.sheet", {"explanation": "月报", "month": "2026-02-01"})
    assert "2026-02-01 月报" in sheet["summary"]
    staff = await api.person("staff@township-government")
    why = {"explanation": "下村", "atMeeting": False}
    early = await staff.submit("attendance.missed_sign_in", {**why, "onDay": "2026-12-01"})
    assert problems(early) == {("onDay", "NOT_YET_HAPPENED")}
    told = await staff.submit("attendance.missed_sign_in", {**why, "onDay": "2026-02-26"})
    assert "2026-02-26 下村" in told["summary"]
