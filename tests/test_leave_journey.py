"""Leave from submission to decision, as the people of the bureau live it."""

from tests.changed_rules import Switches, switched
from tests.office import PAPER, Api, cites, day, half_day, leave, problems, states

__all__ = ["switched"]

TWO_AND_A_HALF = {
    "begins": half_day("2026-03-09"),
    "ends": half_day("2026-03-11"),
    "explanation": "感冒发烧",
}
BYSTANDERS = (
    *("staff@hrss-bureau", "staff_2@hrss-bureau", "section_chief_2@hrss-bureau"),
    *("policy_admin@hrss-bureau", "section_chief@science-bureau", "director@science-bureau"),
    *("office_clerk@township-government", "director@township-government"),
)


async def test_the_chief_the_deputy_and_the_director_agree_in_that_order(api: Api) -> None:
    applicant = await api.person("staff@hrss-bureau")
    chain = [
        await api.person(f"{role}@hrss-bureau")
        for role in ("section_chief", "deputy_in_charge", "director", "office_clerk")
    ]
    bystanders = [await api.person(account) for account in BYSTANDERS]
    previewed = await applicant.preview("leave.sick", TWO_AND_A_HALF)
    submitted = await applicant.submit("leave.sick", TWO_AND_A_HALF)
    assert [step["role"] for step in previewed["steps"]] == [
        step["role"] for step in submitted["steps"]
    ]
    assert submitted["status"] == "PENDING"
    for turn, actor in enumerate(chain):
        for other in [*chain[:turn], *chain[turn + 1 :], *bystanders]:
            assert await other.inbox() == [], other.account
        step = await actor.turn()
        for other in [*chain[turn + 1 :], *bystanders]:
            refusal = await other.decide(step["id"])
            assert refusal["code"] in {"NOT_YOUR_STEP", "REQUEST_NOT_FOUND"}, other.account
        decided = await actor.decide(step["id"], comment="同意")
        assert decided["status"] == ("PENDING" if turn < 2 else "APPROVED")
    assert states(decided) == [
        ("section_chief", "ENDORSE", "DONE"),
        ("deputy_in_charge", "ENDORSE", "DONE"),
        ("director", "APPROVE", "DONE"),
        ("office_clerk", "RECORD", "DONE"),
    ]
    consents = decided["steps"][:3]
    assert cites([step["clause"] for step in consents]) == ["attendance-measures/三(一)"] * 3
    assert [step["decidedBy"]["account"] for step in consents] == [
        actor.account for actor in chain[:3]
    ]
    assert [step["onBehalfOf"]["role"] for step in consents] == [
        *("section_chief", "deputy_in_charge", "director")
    ]
    assert decided["summary"] == "病假 2.5 天，3月9日至3月11日"


async def test_a_medical_certificate_is_demanded_from_the_third_day_on(api: Api) -> None:
    applicant = await api.person("staff@hrss-bureau")
    three_days = leave("2026-03-09", "2026-03-11")
    refusal = await applicant.submit("leave.sick", three_days)
    assert problems(refusal) == {("attachments", "DOCUMENT_MISSING")}
    assert (
        cites([refusal["clause"], refusal["problems"][0]["clause"]])
        == ["attendance-measures/三(一)"] * 2
    )
    assert "检查、诊断" in refusal["problems"][0]["message"]
    accepted = await applicant.submit("leave.sick", {**three_days, "attachments": [PAPER]})
    assert [each["name"] for each in accepted["fields"]] == [
        "begins",
        "ends",
        "explanation",
        "days",
    ]
    assert [each["name"] for each in accepted["attachments"]] == [f"{PAPER['paper']}.pdf"]
    assert accepted["status"] == "PENDING"


async def test_leave_for_tourism_is_forbidden_by_its_clause(api: Api) -> None:
    applicant = await api.person("staff@hrss-bureau")
    form = leave("2026-03-09", leaveReason="TOURISM")
    refusal = await applicant.submit("leave.personal", form)
    assert refusal["code"] == "FORBIDDEN"
    assert cites([refusal["clause"]]) == ["attendance-measures/三(二)"]
    assert "可抵扣年休假" in refusal["problems"][-1]["message"], "and what would serve instead"
    previewed = await applicant.preview("leave.personal", form)
    assert (previewed["finding"], previewed["steps"]) == ("FORBIDDEN", [])


async def test_annual_leave_is_only_recorded_and_so_approved_when_submitted(api: Api) -> None:
    applicant, clerk = [
        await api.person(f"{role}@hrss-bureau") for role in ("staff", "office_clerk")
    ]
    request = await applicant.submit("leave.annual", leave("2026-03-09", "2026-03-13"))
    assert request["status"] == "APPROVED"
    assert states(request) == [("office_clerk", "RECORD", "OPEN")]
    recorded = await clerk.agree()
    assert states(recorded) == [("office_clerk", "RECORD", "DONE")]
    assert await clerk.inbox() == []


async def test_a_record_takes_no_refusal(api: Api) -> None:
    applicant, clerk = [
        await api.person(f"{role}@hrss-bureau") for role in ("staff", "office_clerk")
    ]
    await applicant.submit("leave.annual", leave("2026-03-09"))
    refusal = await clerk.decide((await clerk.turn())["id"], "REJECT")
    assert refusal["code"] == "DECISION_NOT_TAKEN"


async def test_the_clerk_s_own_record_counts_as_done(api: Api) -> None:
    clerk = await api.person("office_clerk@hrss-bureau")
    request = await clerk.submit("leave.annual", leave("2026-03-09"))
    assert request["status"] == "APPROVED"
    assert states(request) == [("office_clerk", "RECORD", "DONE")]
    assert await clerk.inbox() == []


async def test_a_chief_s_own_endorsement_falls_away_and_says_why(api: Api) -> None:
    chief = await api.person("section_chief@hrss-bureau")
    request = await chief.submit("leave.sick", leave("2026-03-09"))
    assert states(request)[:2] == [
        ("section_chief", "ENDORSE", "SKIPPED"),
        ("deputy_in_charge", "APPROVE", "OPEN"),
    ]
    assert request["steps"][0]["skippedBecause"] == "申请人就是“科长”，无须自己审核"
    assert await chief.inbox() == []


async def test_nobody_approves_their_own_leave_unless_the_office_escalates_it(
    api: Api, switched: Switches
) -> None:
    deputy = await api.person("deputy_in_charge@hrss-bureau")
    seats = (await deputy.one("{ viewer { seats { id role unit } } }"))["seats"]
    unnamed = await deputy.submit("leave.sick", leave("2026-03-09"))
    assert problems(unnamed) == {("asSeat", "SEAT_NOT_NAMED")}
    seat = next(s["id"] for s in seats if s["unit"] == "就业促进科")
    form = leave("2026-03-09", asSeat=seat)
    refusal = await deputy.submit("leave.sick", form)
    assert refusal["code"] == "GAP"
    assert refusal["message"] == ("申请人就是“分管局长”，不得为自己作决定，没有规定由谁代为决定")
    assert cites([refusal["clause"]]) == ["attendance-measures/三(一)"]
    assert (await deputy.preview("leave.sick", form))["finding"] == "GAP"
    await switched("hrss-bureau", "escalates_gaps")
    request = await deputy.submit("leave.sick", form)
    assert states(request)[0] == ("deputy_in_charge", "APPROVE", "OPEN")
    turn = await (await api.person("director@hrss-bureau")).turn()
    assert turn["role"] == "deputy_in_charge"
    assert [seat["role"] for seat in turn["waitingFor"]] == ["director"]
    assert await deputy.inbox() == []


async def test_nobody_beneath_the_director_approves_their_leave_and_the_superior_does_by_switch(
    api: Api, switched: Switches
) -> None:
    director, form = await api.person("director@hrss-bureau"), leave("2026-03-09")
    refusal = await director.submit("leave.sick", form)
    assert (refusal["code"], cites([refusal["clause"]])) == ("GAP", ["attendance-measures/三(一)"])
    assert refusal["message"] == "申请人职级高于“分管局长”，不由其决定，没有规定由谁决定"
    assert await api.value("select count(*) from requests") == 0
    await switched("hrss-bureau", "escalates_gaps")
    request = await director.submit("leave.sick", form)
    assert states(request)[0] == ("director", "APPROVE", "OPEN")
    turn = await (await api.person("superior@hrss-bureau")).turn()
    assert [seat["role"] for seat in turn["waitingFor"]] == ["superior"]


async def test_a_seat_of_another_s_cannot_be_named(api: Api) -> None:
    applicant, chief = [
        await api.person(f"{role}@hrss-bureau") for role in ("staff", "section_chief")
    ]
    [seat] = (await chief.one("{ viewer { seats { id } } }"))["seats"]
    refusal = await applicant.submit("leave.sick", leave("2026-03-09", asSeat=seat["id"]))
    assert problems(refusal) == {("asSeat", "NOT_YOUR_SEAT")}


async def test_a_vacant_seat_keeps_its_step_open_until_somebody_holds_it(api: Api) -> None:
    applicant, chief, director = [
        await api.person(f"{role}@hrss-bureau") for role in ("staff", "section_chief", "director")
    ]
    vacate = """update appointments a set ends = $1 from people p
                where p.id = a.person_id and p.account = 'section_chief@hrss-bureau'"""
    await api.run(vacate, day("2026-03-01"))
    try:
        request = await applicant.submit("leave.sick", leave("2026-03-09"))
        [waiting] = request["steps"][0]["waitingFor"]
        assert (waiting["role"], waiting["holders"]) == ("section_chief", [])
        assert request["status"] == "PENDING"
        assert await chief.inbox() == []
        assert (await director.decide(request["steps"][0]["id"]))["code"] == "NOT_YOUR_STEP"
    finally:
        await api.run(vacate, None)
    assert (await chief.turn())["id"] == request["steps"][0]["id"]
