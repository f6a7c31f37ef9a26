"""What a form shows of its fields is what is taken: bounds, grid, options, at every way in."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import REGISTERS
from domain.approval.description import described
from domain.approval.forms import form_fields
from domain.approval.soundness import NO_FACTS, bounds_of, shape_problems
from domain.areas.leave.leave import LeaveReason, PersonalLeave
from domain.rules.analysis import precondition
from domain.time.moments import HalfOfDay, Moment
from policies import vocabulary
from resolvers.requests.procedures import PROCEDURES
from tests.fleet import advance, dispatch, fleet, person_id, record, trip, trip_of, vehicles
from tests.office import MONDAY, Api, Visitor, problems
from tests.papers import papers
from tests.verbs import step

__all__ = ["fleet"]

WORDS = vocabulary.shipped()
ENTRIES = [register.entry for register in REGISTERS if register.entered]
FORMS = {each.form for each in PROCEDURES.values()}
NUMBERS = [
    (form, field, facts)
    for facts, forms in ((WORDS.facts, FORMS), (NO_FACTS, ENTRIES))
    for form in forms
    for field in form_fields(form)
    if field.is_number and not field.served
]
FIGURES = st.decimals(-(10**9) * 2, 10**9 * 2, places=3) | st.decimals(-2, 11000, places=1)


def test_every_number_that_is_asked_for_has_a_least_and_a_most() -> None:
    unbounded = [
        (form.__name__, field.name)
        for form, field, facts in NUMBERS
        for bounds in [bounds_of(field, facts.get(field.name))]
        if bounds.minimum is None or bounds.maximum is None
    ]
    assert unbounded == []


@given(st.sampled_from(sorted(PROCEDURES)), st.data())
def test_a_number_is_taken_where_the_form_shows_that_it_is(kind: str, data: st.DataObject) -> None:
    form = PROCEDURES[kind].form
    shown = {each.name: each.in_language("en") for each in described(form, WORDS, kind)}
    values: dict[str, Any] = {field.name: None for field in form_fields(form)}
    outside = set()
    for field in form_fields(form):
        if field.is_number:
            value = data.draw(FIGURES if field.type is Decimal else st.integers(-2, 20_000))
            least, most, grid = (shown[field.name][each] for each in ("minimum", "maximum", "grid"))
            on_grid = grid is None or value % Decimal(grid) == 0
            if not (Decimal(least) <= value <= Decimal(most) and on_grid):
                outside.add(field.name)
            values[field.name] = value
    found = {each.path[0] for each in shape_problems(form(**values), WORDS.facts)}
    within = precondition(WORDS.kinds[kind], WORDS)
    of_another_kind = {
        name
        for name, value in values.items()
        if name in within and value is not None and value not in within[name]
    }
    assert found | of_another_kind == outside


def test_an_option_that_the_office_does_not_know_is_refused() -> None:
    moment = Moment(MONDAY.date(), HalfOfDay.MORNING)
    form = PersonalLeave(
        begins=moment, ends=moment, explanation="旅游", leave_reason=LeaveReason.TOURISM
    )
    assert shape_problems(form, WORDS.facts) == []
    fact = WORDS.facts["leave_reason"]
    others = {code: label for code, label in (fact.values or {}).items() if code != "tourism"}
    [problem] = shape_problems(form, {"leave_reason": replace(fact, values=others)})
    assert (problem.code, problem.path) == ("UNKNOWN_VALUE", ("leave_reason",))


MEAL = {"explanation": "接待", "amount": "200", "people": 4}


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"amount": "-100"}, ("amount", "TOO_SMALL")),
        ({"amount": "9999.995"}, ("amount", "OFF_GRID")),
        ({"amount": "1000000000.01"}, ("amount", "TOO_LARGE")),
        ({"amount": "0.0000000001"}, ("amount", "OFF_GRID")),
        ({"people": -4}, ("people", "TOO_SMALL")),
        ({"people": 2**31 - 1}, ("people", "TOO_LARGE")),
        ({"perHeadAmount": "-0.01"}, ("perHeadAmount", "TOO_SMALL")),
    ],
)
async def test_a_submission_and_its_preview_keep_to_what_is_shown(
    unharmed: Visitor, wrong: dict[str, Any], expected: tuple[str, str]
) -> None:
    for ask in (unharmed.submit, unharmed.preview):
        assert problems(await ask("reception.meal", {**MEAL, **wrong})) == {expected}


@pytest.mark.parametrize("amount", ["9999.995", "-1", "1000000001"])
async def test_corrections_and_changes_keep_to_what_is_shown(api: Api, amount: str) -> None:
    applicant = await api.person("staff@hrss-bureau")
    finance = await api.person("finance_deputy@hrss-bureau")
    form = {"explanation": "会议费", "amount": "9000", "attachments": papers("单据")}
    request = await applicant.submit("expenditure.general", form)
    mine = step(request, "finance_deputy")
    before = await api.counts()
    changes = {"amount": amount}
    refused = await finance.act("correct", stepId=mine, changes=changes, reason="核减")
    assert {path for path, _ in problems(refused)} == {"changes.amount"}
    assert await api.counts() == before
    await finance.decide(mine, "RETURN", comment="请更正")
    again = await applicant.act("resubmit", requestId=request["id"], changes=changes)
    assert {path for path, _ in problems(again)} == {"changes.amount"}
    assert await api.value("select form ->> 'amount' from requests") == "9000"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"amount": "9999.995"}, "OFF_GRID"), ({"people": -4}, "TOO_SMALL"), ({"amount": 1e30}, None)],
)
async def test_stated_facts_keep_to_what_is_shown(
    unharmed: Visitor, facts: dict[str, Any], code: str | None
) -> None:
    asked = {"institution": "hrss-bureau", "kind": "RECEPTION_MEAL", "facts": facts}
    refusal = await unharmed.one(
        "query ($input: RoutePreviewInput!) { routePreview(input: $input) { __typename"
        " ... on Refusal { code problems { path code } } } }",
        {"input": asked},
    )
    [name] = facts
    assert problems(refusal) == {(f"facts.{name}", code or "WRONG_TYPE")}


async def test_a_line_of_a_register_keeps_to_its_bounds(fleet: Api) -> None:
    keeper = await fleet.person("fleet_manager@hrss-bureau")
    car = (await vehicles(keeper))["鲁B·R0201"]["id"]
    driver = await person_id(keeper, "driver@hrss-bureau")
    at = "2026-03-02T08:30:00+08:00"
    incident = {"driverId": driver, "happenedAt": at, "what": "TRAFFIC_FINE", "description": "-"}
    fines = (("999999999999999", "TOO_LARGE"), ("-5", "TOO_SMALL"), ("0.001", "OFF_GRID"))
    before = await fleet.counts()
    for fine, code in fines:
        wrong = await record(keeper, "DriverIncident", **incident, fine=fine)
        assert problems(wrong) == {("fine", code)}
    wrong = await record(keeper, "VehicleMileage", vehicleId=car, readAt=at, odometer="-1")
    assert problems(wrong) == {("odometer", "TOO_SMALL")}
    assert await fleet.counts() == before


async def _out(fleet: Api) -> tuple[Visitor, Any]:
    staff = await fleet.person("staff@hrss-bureau")
    dispatcher = await fleet.person("fleet_manager@hrss-bureau")
    car = (await vehicles(dispatcher))["鲁B·R0201"]["id"]
    form = trip(vehicleId=car, urgency="URGENT")
    request = await staff.submit("vehicle.dispatch", form)
    while request["status"] == "PENDING":
        turn = next(each for each in request["steps"] if each["status"] == "OPEN")
        request = await (await fleet.person(f"{turn['role']}@hrss-bureau")).decide(turn["id"])
    driver = await person_id(dispatcher, "driver@hrss-bureau")
    slip = await dispatch(dispatcher, await trip_of(staff, request), driverId=driver)
    fleet.now = fleet.now.replace(day=5)
    return staff, slip


async def test_an_odometer_is_read_within_its_bounds(fleet: Api) -> None:
    staff, slip = await _out(fleet)
    before = await fleet.counts()
    for shown, code in (("-5", "TOO_SMALL"), ("100000000", "TOO_LARGE"), ("1.05", "OFF_GRID")):
        refused = await advance(staff, slip, "leave", odometerOut=shown)
        assert problems(refused) == {("odometerOut", code)}
    assert await fleet.counts() == before
    slip = await advance(staff, slip, "leave", odometerOut="12000")
    refused = await advance(staff, slip, "return", odometerBack="-1")
    assert problems(refused) == {("odometerBack", "TOO_SMALL")}
    assert (await advance(staff, slip, "return", odometerBack="12030"))["state"] == "returned"


@pytest.mark.parametrize("noted", ["-5", "1e30"])
async def test_a_reading_noted_before_there_were_bounds_keeps_no_car_out(
    fleet: Api, noted: str
) -> None:
    staff, slip = await _out(fleet)
    slip = await advance(staff, slip, "leave")
    await fleet.run(
        "update vehicle_trips set odometer_out = cast(cast($1 as text) as numeric)", noted
    )
    slip = await advance(staff, slip, "return", odometerBack="12030")
    assert (slip["state"], slip["odometerOut"], slip["odometerBack"]) == ("returned", None, "12030")
    assert await fleet.value("select array_agg(odometer) from vehicle_mileages") == [Decimal(12030)]
