"""Leave in the other offices: each by its own text, with its gaps and overlaps."""

from tests.changed_rules import Switches, switched
from tests.office import KEPT_BACK, Api, cites, half_day, leave, problems, states
from tests.papers import papers

__all__ = ["switched"]


async def test_one_act_of_one_person_takes_both_seats(api: Api) -> None:
    applicant, deputy, mayor = [
        await api.person(f"{role}@township-government")
        for role in ("staff", "deputy_in_charge", "director")
    ]
    await applicant.submit("leave.personal", leave("2026-03-09", "2026-03-12"))
    await deputy.agree()
    decided = await mayor.agree()
    assert decided["status"] == "APPROVED"
    assert states(decided) == [
        ("deputy_in_charge", "ENDORSE", "DONE"),
        ("director", "ENDORSE", "DONE"),
        ("party_secretary", "APPROVE", "DONE"),
    ]
    both = decided["steps"][1:]
    assert [step["onBehalfOf"]["role"] for step in both] == ["director", "party_secretary"]
    assert {step["decidedBy"]["name"] for step in both} == {"崔春生"}
    assert await mayor.inbox() == []


async def test_more_than_a_week_is_put_to_the_joint_meeting(api: Api) -> None:
    applicant, meeting = [
        await api.person(f"{role}@township-government") for role in ("staff", "joint_meeting")
    ]
    request = await applicant.submit("leave.personal", leave("2026-03-09", "2026-03-18"))
    assert states(request) == [("joint_meeting", "VOTE", "OPEN")]
    assert (await meeting.agree())["status"] == "APPROVED"


async def test_a_gap_is_refused_with_the_clauses_on_either_side(api: Api) -> None:
    applicant = await api.person("staff@science-bureau")
    form = {**leave("2026-03-09"), "ends": half_day("2026-03-10")}
    refusal = await applicant.submit("leave.personal", form)
    assert refusal["code"] == "GAP"
    assert {each["code"] for each in refusal["problems"]} == {"CLAIMED_BY"}
    assert set(cites([each["clause"] for each in refusal["problems"]])) == {"attendance-duty/二、1"}
    previewed = await applicant.preview("leave.personal", form)
    assert (previewed["finding"], previewed["steps"]) == ("GAP", [])


async def test_an_office_that_escalates_gaps_takes_the_next_tier(
    api: Api, switched: Switches
) -> None:
    await switched("science-bureau", "escalates_gaps")
    applicant = await api.person("staff@science-bureau")
    form = {**leave("2026-03-09"), "ends": half_day("2026-03-10")}
    request = await applicant.submit("leave.personal", form)
    assert states(request) == [
        ("deputy_in_charge", "ENDORSE", "OPEN"),
        ("director", "APPROVE", "WAITING"),
        ("office_clerk", "RECORD", "WAITING"),
    ]
    previewed = await applicant.preview("leave.personal", form | leave("2026-03-16"))
    assert previewed["finding"] == "ROUTED"


async def test_an_overlap_is_refused_citing_both_rules(api: Api) -> None:
    applicant = await api.person("staff@township-government")
    form = leave("2026-03-09", "2026-03-11")
    refusal = await applicant.submit("leave.personal", form)
    assert refusal["code"] == "OVERLAP"
    assert set(cites([each["clause"] for each in refusal["problems"]])) == {"leave/三、3"}
    previewed = await applicant.preview("leave.personal", form)
    assert previewed["finding"] == "OVERLAP"


async def test_an_office_that_takes_the_stricter_rule_says_so(api: Api, switched: Switches) -> None:
    await switched("township-government", "takes_stricter")
    applicant = await api.person("staff@township-government")
    form = leave("2026-03-09", "2026-03-11")
    previewed = await applicant.preview("leave.personal", form)
    assert previewed["finding"] == "ROUTED"
    assert "几条规定不一致，从严办理，一并引用" in previewed["notes"]
    request = await applicant.submit("leave.personal", form)
    assert [step["role"] for step in request["steps"]] == [
        *("deputy_in_charge", "director", "party_secretary")
    ]


async def test_a_clause_that_names_nobody_is_cited_when_it_leaves_a_gap(api: Api) -> None:
    applicant = await api.person("staff@service-centre")
    refusal = await applicant.submit("leave.marriage", leave("2026-03-09"))
    assert refusal["code"] == "GAP"
    assert cites([refusal["clause"]]) == ["attendance/三、4"]


async def test_staff_of_the_science_bureau_are_approved_by_their_deputy(api: Api) -> None:
    applicant, deputy, clerk = [
        await api.person(f"{role}@science-bureau")
        for role in ("staff", "deputy_in_charge", "office_clerk")
    ]
    await applicant.submit("leave.personal", leave("2026-03-09"))
    assert (await deputy.agree())["status"] == "APPROVED"
    assert states(await clerk.agree()) == [
        ("deputy_in_charge", "APPROVE", "DONE"),
        ("office_clerk", "RECORD", "DONE"),
    ]


async def test_window_staff_pass_their_home_unit_the_hall_and_its_register(api: Api) -> None:
    applicant = await api.person("window_staff@service-centre")
    form = leave("2026-03-09")
    assert problems(await applicant.submit("leave.personal", form)) == {
        ("attachments", "DOCUMENT_MISSING")
    }
    await applicant.submit("leave.personal", {**form, "attachments": papers("单位证明或请假条")})
    for role in ("home_unit", "hall_leader", "hall_director"):
        decided = await (await api.person(f"{role}@service-centre")).agree()
    assert states(decided) == [
        ("home_unit", "ENDORSE", "DONE"),
        ("hall_leader", "APPROVE", "DONE"),
        ("hall_director", "RECORD", "DONE"),
    ]


async def test_annual_leave_of_a_chief_needs_both_leaders_in_any_order(api: Api) -> None:
    chief, clerk, director, secretary = [
        await api.person(f"{role}@service-centre")
        for role in ("section_chief", "office_clerk", "director", "party_secretary")
    ]
    await chief.submit("leave.annual", leave("2026-03-09"))
    await clerk.agree()
    assert (await secretary.turn())["role"] == "party_secretary"
    assert (await director.agree())["status"] == "PENDING"
    assert (await secretary.agree())["status"] == "APPROVED"


async def test_one_of_the_bureau_s_leaders_is_enough(api: Api) -> None:
    applicant, chief, deputy, director = [
        await api.person(f"{role}@construction-bureau")
        for role in ("staff", "section_chief", "deputy_in_charge", "director")
    ]
    await applicant.submit("leave.sick", leave("2026-03-09", "2026-03-10"))
    await chief.agree()
    turn = await director.turn()
    assert {seat["role"] for seat in turn["waitingFor"]} >= {"director", "deputy_in_charge"}
    assert (await deputy.agree())["status"] == "APPROVED"
    assert await director.inbox() == []


async def test_six_months_of_sick_leave_go_to_the_competent_department(api: Api) -> None:
    applicant = await api.person("staff@county-organs")
    three = papers("诊断书", "主治医师休病假意见", "主管院长休病假意见")
    form = leave("2026-03-02", "2026-09-01", attachments=three)
    request = await applicant.submit("leave.sick", form)
    assert states(request)[0] == ("competent_department", "APPROVE", "OPEN")
    missing = await applicant.submit("leave.sick", {**form, "attachments": three[:2]})
    assert problems(missing) == {("attachments", "DOCUMENT_MISSING")}


async def test_a_county_s_days_go_to_the_level_that_the_text_names(api: Api) -> None:
    applicant = await api.person("staff@county-organs")
    for last, role in (("09", "section_chief"), ("10", "deputy_in_charge"), ("11", "director")):
        previewed = await applicant.preview(
            "leave.personal",
            leave("2026-03-09", f"2026-03-{last}", leaveReason="URGENT_MATTER"),
        )
        assert [step["role"] for step in previewed["steps"]] == [role]


async def test_beyond_its_limit_leave_counts_as_other_leave_and_nobody_decides_on_four_days(
    api: Api,
) -> None:
    applicant = await api.person("staff@county-organs")
    four = leave("2026-03-10", "2026-03-13", leaveReason="URGENT_MATTER")
    before = await api.counts()
    before |= {each: before[each] + 2 for each in KEPT_BACK}
    for special in (False, True):
        refused = await applicant.submit("leave.personal", {**four, "specialCase": special})
        assert refused["code"] == "GAP"
        assert {(each["code"], each["clause"]["cite"]) for each in refused["problems"]} == {
            ("CLAIMED_BY", "(第八条)㈡"),
        }
    assert await api.counts() == before, "that nobody decides is on record, and nothing else"


async def test_without_special_circumstances_leave_is_not_made_up_afterwards(api: Api) -> None:
    applicant = await api.person("staff@construction-bureau")
    taken = leave("2026-02-26", "2026-02-27")
    before = await api.counts()
    late = await applicant.submit("leave.personal", {**taken, "specialCase": False})
    assert (late["code"], cites([late["clause"]])) == ("AFTER_THE_FACT_NOT_ALLOWED", ["leave/三"])
    assert await api.counts() == before
    special = await applicant.submit("leave.personal", {**taken, "specialCase": True})
    assert special["status"] == "PENDING"


async def test_a_leave_of_months_begins_and_ends_on_any_day_of_the_calendar(api: Api) -> None:
    api.now = api.now.replace(month=2, day=20)
    applicant = await api.person("staff@county-organs")
    named = papers("诊断书", "主治医师休病假意见", "主管院长休病假意见")
    before = await api.counts()
    short = await applicant.submit("leave.sick", leave("2026-03-01", "2026-03-13"))
    assert ("begins", "BEGINS_ON_REST_DAY") in problems(short)
    half_a_year = leave("2026-03-01", "2026-08-31")
    bare = await applicant.submit("leave.sick", half_a_year)
    assert problems(bare) == {("attachments", "DOCUMENT_MISSING")}
    assert await api.counts() == before
    previewed = await applicant.preview("leave.sick", half_a_year | {"attachments": named})
    assert [each["role"] for each in previewed["steps"]] == [
        "competent_department",
        "county_org_dept",
        "county_personnel",
        "county_staffing",
    ]
    less = await applicant.preview("leave.sick", leave("2026-03-01", "2026-07-31"))
    assert (less["finding"], less["steps"]) == ("GAP", [])
