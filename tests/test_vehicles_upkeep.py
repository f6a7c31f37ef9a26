"""Upkeep: what an approved repair or hire puts into the books, and what a hire may cost."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from domain.approval.procedure import Approved
from domain.areas.vehicles.books import HIRES
from domain.areas.vehicles.repairs import REPAIR_ORDER
from domain.areas.vehicles.trips import TRIP
from domain.areas.vehicles.upkeep import PROCEDURES, Hire, HireZone, Repair
from domain.areas.vehicles.use import Dispatch
from domain.records.case_paths import beginning
from domain.shapes.quotas import is_kept
from domain.time.moments import OFFICE_TIME
from policies import loading
from resolvers.records.case_rows import keep_begun
from resolvers.requests.outcomes import keep_records
from tests.fleet import fleet

__all__ = ["fleet"]

NOW = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
KINDS = {procedure.kind: procedure for procedure in PROCEDURES}


@pytest.fixture
def approved():
    return Approved(
        request=uuid4(), number="2026-000007", institution="service-centre", applicant=uuid4(),
        applicant_name="毛国栋", unit=None, unit_name="办公室", facts={}, now=NOW, new_id=uuid4,
    )  # fmt: skip


def begun(kind, form, approved):
    shapes = loading.shipped(approved.institution).shapes
    return beginning(kind, kind.begins_with[0], form, approved, shapes, 1)


def test_an_approved_repair_begins_an_order_with_the_forms_three_parts(approved):
    form = Repair(explanation="刹车异响", scope="刹车片", related_scope="刹车盘")
    case, _ = begun(REPAIR_ORDER, form, approved)
    assert (case.filled.faults, case.filled.scope, case.filled.related_scope) == (
        "刹车异响", "刹车片", "刹车盘",
    )  # fmt: skip
    assert (case.begun_by_name, case.state) == ("毛国栋", "approved")


def test_an_approved_hire_is_entered_in_the_offices_register(approved):
    form = Hire(explanation="下乡", amount=Decimal(150), hire_zone=HireZone.HEXI)
    [record] = KINDS["vehicle.hire"].on_approval(form, approved)
    assert (record.table, record.row["zone"]) == (HIRES.lines, "hexi")
    assert (record.row["amount"], record.row["hired_on"]) == (Decimal(150), date(2026, 3, 2))
    assert record.row.keys() <= set(HIRES.table.columns.keys())


@pytest.mark.parametrize(
    ("zone", "amount", "kept"),
    [("urban", 20, True), ("urban", 21, False), ("hexi", 150, True), ("hedong", 201, False)],
)
def test_a_hired_trip_keeps_to_the_rate_of_its_zone(zone, amount, kept):
    facts = {"hire_zone": zone, "amount": Decimal(amount)}
    quotas = loading.shipped("service-centre").shapes.quotas
    [quota] = [each for each in quotas if each.subject == "vehicle.hire" and each.when.holds(facts)]
    assert is_kept(quota, facts) is kept


async def test_a_request_that_is_approved_once_more_renews_its_slip_and_corrects_its_line(
    fleet, approved
):
    person = await fleet.value(
        "select id from people where institution_id = 'service-centre' and name = '毛国栋'"
    )
    again = replace(approved, applicant=person, now=NOW + timedelta(hours=1))
    hire = KINDS["vehicle.hire"].on_approval
    begins = NOW + timedelta(days=1)
    for each, amount in ((again, 150), (again, 120)):
        form = Hire(explanation="下乡", amount=Decimal(amount), hire_zone=HireZone.HEXI)
        use = Dispatch(begins=begins, ends=begins + timedelta(hours=2), explanation=f"下乡{amount}")
        async with fleet.services.database.transaction("service-centre") as transaction:
            await keep_records(transaction, each, hire(form, each))
            await keep_begun(transaction, each.institution, TRIP, *begun(TRIP, use, each))
    slips = await fleet.rows("select purpose, version from vehicle_trips")
    assert [tuple(slip) for slip in slips] == [("下乡120", 2)]
    events = await fleet.rows("select event, version from case_events order by version")
    assert [tuple(event) for event in events] == [("begin", 1), ("begin", 2)]
    clerk = await fleet.person("office_clerk@service-centre")
    found = await clerk.one(
        '{ vehicleHiresStatement(from: "2026-03-01", to: "2026-03-31") { lines { amount total } } }'
    )
    assert found["lines"] == [{"amount": "120", "total": "120"}]
