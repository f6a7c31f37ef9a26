"""After snow the office calls everybody out, and knows who stayed away."""

from resolvers.records.settled import settle_days
from tests.office import Api, problems
from tests.sittings import keep, never_met
from tests.test_meetings_called import me, told

HERE = "hrss-bureau"
GIVEN = {"body": "staff_assembly", "beginsAt": "2026-03-06T08:00:00+08:00"}


async def test_the_office_calls_everybody_out_and_whoever_stays_away_loses_a_point(api: Api):
    await never_met(api)
    await api.empty("notices", "consequence_turns", "occurrences")
    clerk, staff, chief = [
        await api.person(f"{role}@{HERE}") for role in ("office_clerk", "staff", "section_chief")
    ]
    snow = {**GIVEN, "cleared": "SNOW", "area": "院内道路和大门前"}
    assert (await keep(staff, "callHygieneClearing", **snow))["code"] == "NOT_YOUR_BODY"
    nowhere = await keep(clerk, "callHygieneClearing", **{**snow, "area": " "})
    assert problems(nowhere) == {("area", "REQUIRED")}
    called = await keep(clerk, "callHygieneClearing", **snow)
    assert "CLEARING_CALLED" in await told(staff)
    await api.wait(days=4)
    came = [
        {"personId": await me(clerk), "attended": True},
        {"personId": await me(chief), "attended": False, "excused": True},
    ]
    await keep(clerk, "recordAttendance", sittingId=called["id"], members=came)
    asked = "{ consequences { type amount clause { regulation cite } } }"
    assert await staff.one(asked) == []
    await keep(clerk, "closeMinutes", sittingId=called["id"], minutes="积雪已清除")
    await settle_days(api.services, HERE)
    [lost] = await staff.one(asked)
    assert (lost["type"], lost["amount"]) == ("deduct_score", "1")
    assert (lost["clause"]["regulation"], lost["clause"]["cite"]) == ("performance", "三㈡3⑺")
    assert await chief.one(asked) == [], "who had asked beforehand stayed away with reason"
