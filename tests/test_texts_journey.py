"""What the texts ask no consent for is submitted, and is done or only recorded."""

from tests.correspondence import recorded
from tests.office import Api


async def test_a_gift_that_could_not_be_refused_is_handed_in_and_on_record(api: Api):
    asking = await api.person("staff@construction-bureau")
    handed_in = await asking.submit(
        "gift.surrender", {"explanation": "茶叶两盒", "amount": "30", "couldNotRefuse": True}
    )
    assert (handed_in["status"], handed_in["steps"]) == ("APPROVED", [])
    assert await recorded(api, "submitted", handed_in["id"]) == ["construction-bureau"]


async def test_a_meal_in_the_canteen_needs_nobody_or_the_office_s_record(api: Api):
    guests = {"explanation": "接待来客", "offSite": False}
    bureau = await api.person("staff@hrss-bureau")
    meal = await bureau.submit("reception.meal", guests)
    assert (meal["status"], meal["steps"]) == ("APPROVED", [])
    town = await api.person("staff@township-government")
    guests |= {"perHeadAmount": "30", "specialCase": False}
    recorded = await town.submit("reception.meal", guests)
    assert [(step["role"], step["act"]) for step in recorded["steps"]] == [
        ("office_clerk", "RECORD")
    ]


async def test_an_official_car_of_the_service_centre_may_leave_the_district(api: Api):
    asking = await api.person("staff@service-centre")
    seen = await asking.one(
        """{ routePreview(input: {institution: "service-centre", kind: VEHICLE_DISPATCH,
        facts: {destination: "out_of_city", urgency: "normal"}}) {
        ... on RoutePreview { finding steps { role act } } } }"""
    )
    assert seen == {"finding": "ROUTED", "steps": [{"role": "office_clerk", "act": "APPROVE"}]}
