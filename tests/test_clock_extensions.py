"""More time for what runs: asked by who answers for it, granted by another, never too late."""

from typing import Any
from uuid import uuid4

import pytest

from resolvers.time.clocks import Subject, happened
from tests.clock_office import CENTRE, acting, change, complain, day_of, only, seat, told
from tests.office import Api
from tests.small_shapes import at


async def test_more_time_is_granted_by_another_and_everybody_concerned_is_told(api: Api):
    person = await api.value(
        "select person_id from accounts where account = $1 and institution_id = $2",
        *(f"staff@{CENTRE}", CENTRE),
    )
    await complain(api, applicant=person)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    asked = await change(clerk, "askExtension", clockId=clock["id"], count=5, reason="案情复杂")
    assert asked["extensionAsked"]["count"] == 5
    assert asked["dueAt"] == clock["dueAt"]
    again = await change(clerk, "askExtension", clockId=clock["id"], count=5, reason="再问")
    assert again["code"] == "EXTENSION_ASKED"
    own = await clerk.ask(
        "mutation ($input: DecideExtensionInput!) { decideExtension(input: $input)"
        " { __typename } }",
        {"input": {"clockId": clock["id"], "agree": True, "reason": "行", "idempotencyKey": "k"}},
    )
    assert own.codes == ["NOT_ALLOWED"]
    leader = await api.person(f"hall_leader@{CENTRE}")
    given = {"clockId": clock["id"], "agree": True, "reason": "同意", "idempotencyKey": "yes"}
    granted = await change(leader, "decideExtension", **given)
    assert day_of(granted) == "2026-03-16"
    assert granted["extendedUntil"] == granted["dueAt"]
    assert granted["extensionAsked"] is None
    assert granted["changes"][-1]["approvedBy"] is not None
    assert await change(leader, "decideExtension", **given) == granted
    assert await told(api, "CLOCK_EXTENDED") >= 2
    to = "select count(*) from notices where code = 'CLOCK_EXTENDED' and to_id = $1"
    assert await api.value(to, person) == 1
    none = await change(leader, "decideExtension", clockId=clock["id"], agree=True, reason="再")
    assert none["code"] == "NO_EXTENSION_ASKED"
    api.now = at("2026-03-10 00:10")
    await api.clocks()
    assert (await only(clerk))["state"] == "RUNNING"


async def test_a_leader_never_grants_what_they_asked_for_themselves(api: Api):
    leader = await api.person(f"hall_leader@{CENTRE}")
    subject = Subject(uuid4(), CENTRE, "complaint.case", None, (await seat(api, "hall_leader"),))
    async with acting(leader) as context:
        await happened(context, ["complaint.case.recorded"], subject)
    clock = await only(leader)
    asked = await change(
        leader, "askExtension", clockId=clock["id"], until="2026-03-20", reason="忙"
    )
    assert asked["extensionAsked"]["until"] == "2026-03-20"
    refused = await change(leader, "decideExtension", clockId=clock["id"], agree=True, reason="行")
    assert refused["code"] == "OWN_EXTENSION"


async def test_an_expired_clock_is_not_extended_even_before_a_worker_has_said_so(api: Api):
    await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    leader = await api.person(f"hall_leader@{CENTRE}")
    clock = await only(clerk)
    await change(clerk, "askExtension", clockId=clock["id"], count=5, reason="案情复杂")
    await api.wait(days=10)
    late = await change(leader, "decideExtension", clockId=clock["id"], agree=True, reason="行")
    assert late["code"] == "CLOCK_ENDED"
    await api.clocks()
    for name in ("pauseClock", "askExtension"):
        more = {"count": 3} if name == "askExtension" else {}
        refused = await change(clerk, name, clockId=clock["id"], reason="忙", **more)
        assert refused["code"] == "CLOCK_ENDED", name
    assert (await only(clerk))["extensionAsked"] is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "UNTIL_OR_COUNT"),
        ({"count": 1, "until": "2026-04-01"}, "UNTIL_OR_COUNT"),
        ({"count": 0}, "EXTENSION_TOO_SHORT"),
        ({"count": -3}, "EXTENSION_TOO_SHORT"),
        ({"until": "2026-03-05"}, "EXTENSION_TOO_SHORT"),
        ({"until": "2199-12-31"}, "DATE_TOO_FAR"),
    ],
)
async def test_an_extension_that_makes_no_sense_is_refused(api: Api, given: Any, code: str):
    await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    refused = await change(clerk, "askExtension", clockId=clock["id"], reason="忙", **given)
    assert refused["problems"][0]["code"] == code
    assert (await only(clerk))["extensionAsked"] is None


async def test_more_units_than_the_calendar_has_are_refused(api: Api):
    await complain(api)
    clerk = await api.person(f"complaint_clerk@{CENTRE}")
    clock = await only(clerk)
    for many in (2**31 - 1, -(2**31)):
        refused = await change(clerk, "askExtension", clockId=clock["id"], reason="忙", count=many)
        assert refused["code"] == "OUTSIDE_CALENDAR"
