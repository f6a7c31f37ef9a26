"""Objections: the time that a clause gives for them, who reviews, and until when."""

from datetime import datetime

from domain.time.moments import OFFICE_TIME
from tests.office import KEPT_BACK, Api, cites
from tests.openness import CENTRE, DONE, at, consequences, decide, enter, hall_of, office
from tests.register_examples import marks

__all__ = ["office"]


async def test_who_is_held_to_account_objects_within_thirty_days_and_the_party_group_reviews(
    office: Api,
):
    office.now = at(12, 1)
    inspector = await office.person(f"openness_office@{CENTRE}")
    group = await office.person(f"openness_group@{CENTRE}")
    reviewer = await office.person(f"party_group@{CENTRE}")
    chief = await office.person(f"hall_director@{CENTRE}")
    sheet = {"unitId": await hall_of(office), "checkedOn": "2026-12-01", "unqualified": True}
    sheet |= {"marks": marks(CENTRE, "openness.appraisal")}
    assert isinstance(await enter(inspector, "OpennessAppraisal", **sheet), str)
    assert await office.value(DONE) == "openness-appraisal"
    first, second = await consequences(group)
    assert (await decide(reviewer, first, "IMPOSE"))["code"] == "OTHERS_DECIDE"
    for each in (first, second):
        assert (await decide(group, each, "IMPOSE", text="限期整改"))["code"] == "HEAR_FIRST"
        await decide(group, each, "HEAR", text="公开栏空缺属实，负责人已作陈述")
        assert (await decide(group, each, "IMPOSE", text="限期整改"))["state"] == "IMPOSED"
    office.now = at(12, 31)
    assert (await decide(chief, first, text="已全部公开"))["state"] == "OBJECTED"
    ends = "select due_at from clocks where clock = 'penalty-review' and state = 'running'"
    assert (await office.value(ends)).astimezone(OFFICE_TIME).date().isoformat() == "2027-01-20"
    assert (await decide(group, first, "UPHOLD", text="维持"))["code"] == "OTHERS_DECIDE"
    assert (await decide(reviewer, first, "REVOKE", text="撤销"))["state"] == "REVOKED"
    office.now = datetime(2027, 1, 1, 9, tzinfo=OFFICE_TIME)
    before = await office.counts()
    late = await decide(chief, second, text="已全部公开")
    assert (late["code"], cites([late["clause"]])) == (
        "OBJECTION_TOO_LATE",
        ["party-openness-accountability/七(十)"],
    )
    assert await office.counts() == before


async def test_a_review_is_not_asked_for_once_thirty_days_are_over_since_the_notice(office: Api):
    office.now = at(7, 13)
    liable = await office.person(f"section_chief@{CENTRE}")
    asked = {"explanation": "处理过重", "noticedOn": "2026-06-12"}
    before = await office.counts()
    late = await liable.submit("penalty.review", asked)
    assert (late["code"], cites([late["clause"]])) == (
        "FORBIDDEN",
        ["party-openness-accountability/七(十)"],
    )
    after = await office.counts()
    assert {name for name in after if after[name] != before[name]} <= {*KEPT_BACK}
    office.now = at(7, 12)
    assert (await liable.submit("penalty.review", asked))["status"] == "PENDING"
