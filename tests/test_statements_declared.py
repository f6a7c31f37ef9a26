"""What a statement declares, of which period it tells, and what a publication is."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from domain.approval.procedure import asked, referring
from domain.records.publications import Standing, digest_of, standing
from domain.records.registers import PERSON, Entry, Register
from domain.records.sources import PEOPLE, By, Lines
from domain.records.statements import Statement, names, number, shows, summed, told, total
from domain.shapes.cadences import period_at
from domain.shapes.publishing import duty_of, latest_told, may_be_told
from domain.tables import metadata
from domain.time.moments import OFFICE_TIME
from tests.small_shapes import shapes


class Ward(Entry):
    """病房登记; what happened in a ward."""

    person_id: UUID = referring("当事人", "Whom", PERSON)
    on: date = asked("日期", "Day")
    ward: str = asked("病房", "Ward")
    beds: int = asked("床位", "Beds")
    illness: str = asked("病情", "Illness", confidential=True)


WARDS = Register(
    "some.ward", Ward, table_name="some_wards_of_statements", day="on", about="person_id"
)
metadata.remove(WARDS.table)  # no table of the product
OF = Lines(WARDS)


def test_what_is_secret_stands_in_no_statement():
    for column in (
        names("illness", "病情", "Illness", OF, "illness"),
        number("ill", "病人", "The ill", OF, {"illness": "流感"}),
    ):
        with pytest.raises(LookupError, match="illness"):
            Statement("some.thing", by=PEOPLE, columns=(column,))
    with pytest.raises(LookupError, match="illness"):
        Statement("some.thing", lists=WARDS, columns=shows(WARDS, "illness"))


def test_a_column_that_is_not_there_is_refused_where_it_is_declared():
    with pytest.raises(LookupError, match="rooms"):
        Statement("some.thing", columns=(total("beds", "床位", "Beds", OF, "rooms"),))
    by = By("vehicle_id", PEOPLE.label)
    with pytest.raises(LookupError, match="vehicle_id"):
        Statement("some.thing", by=by, columns=(number("lines", "次数", "Lines", OF),))
    with pytest.raises(LookupError, match="group"):
        Statement("some.thing", lists=WARDS, group="group", columns=shows(WARDS, "ward"))
    with pytest.raises(LookupError, match="neither"):
        Statement("some.thing")


def test_its_columns_tell_which_of_them_people_wrote():
    listed = Statement(
        "some.thing",
        lists=WARDS,
        columns=(*shows(WARDS, "on", "ward"), summed(WARDS, "total", "合计", "Total", "beds")),
    )
    typed = [(each["name"], each["typed"]) for each in listed.heads]
    assert typed == [("on", False), ("ward", True), ("total", False)]
    counted = Statement("some.thing", by=PEOPLE, columns=(number("n", "次", "Times", OF),))
    assert [each["name"] for each in counted.heads] == ["name", "n"]
    row = {"person_id": UUID(int=1), "name": "郭", "n": 2, "more": "不写"}
    assert counted.lines([row]) == [{"name": "郭", "n": 2}]


def test_figures_are_kept_as_texts_and_none_is_rounded():
    at = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME)
    assert told(Decimal("960.50")) == "960.50"
    assert told([date(2026, 3, 2), True, None]) == ["2026-03-02", True, None]
    assert told(at) == at.isoformat()
    assert told(UUID(int=7)) == str(UUID(int=7))


def test_a_digest_tells_any_two_publications_apart():
    one = {"lines": [{"plate": "鲁B", "litres": "53.5"}], "said": ""}
    assert digest_of(one) == digest_of({"said": "", "lines": [{"litres": "53.5", "plate": "鲁B"}]})
    others = [{**one, "said": "附言"}, {**one, "lines": []}, {**one, "lines": [*one["lines"]] * 2}]
    assert len({digest_of(each) for each in (one, *others)}) == 4


def cadence(every: str, at: str = ""):
    [one] = shapes(cadences=f"c; ~; 公布; ; {every}; 1; 1; ; {at}; always;").cadences
    return one


def days(period):
    return str(period.first), str(period.last)


def test_what_is_counted_is_told_once_its_period_is_over_and_owed_in_the_next():
    monthly = cadence("month")
    told = latest_told(False, monthly, date(2026, 4, 2))
    assert days(told) == ("2026-03-01", "2026-03-31")
    assert days(duty_of(False, monthly, told)) == ("2026-04-01", "2026-04-30")
    assert not may_be_told(False, monthly, told, date(2026, 3, 31))
    assert may_be_told(False, monthly, told, date(2026, 4, 1))
    late = latest_told(False, monthly, date(2026, 4, 30))
    assert days(late) == days(told)
    half = latest_told(False, cadence("half_year"), date(2026, 8, 1))
    assert days(half) == ("2026-01-01", "2026-06-30")


def test_what_is_due_at_the_end_of_a_period_tells_of_that_period():
    yearly = cadence("year", "last-month")
    before, since = date(2026, 11, 30), date(2026, 12, 1)
    assert days(latest_told(False, yearly, before)) == ("2025-01-01", "2025-12-31")
    told = latest_told(False, yearly, since)
    assert days(told) == ("2026-01-01", "2026-12-31")
    assert duty_of(False, yearly, told) == told
    assert not may_be_told(False, yearly, told, before)


def test_what_is_written_is_of_its_own_period_and_what_follows_events_of_none():
    quarterly = cadence("quarter", "day 10")
    now = period_at(quarterly, date(2026, 4, 3))
    assert latest_told(True, quarterly, date(2026, 4, 3)) == now
    assert duty_of(True, quarterly, now) == now
    assert latest_told(False, cadence("event"), date(2026, 4, 3)) is None
    assert may_be_told(True, None, now, date(2026, 4, 1))
    assert not may_be_told(True, None, now, date(2026, 3, 31))


def test_a_publication_leaves_the_board_by_a_seat_a_later_one_or_the_clock():
    now = datetime(2026, 3, 2, 8, tzinfo=OFFICE_TIME)
    stays = {"replaced": False, "withdrawn": False, "until": None, "now": now}
    assert standing(**stays) is Standing.ON_BOARD
    assert standing(**{**stays, "until": now}) is Standing.ON_BOARD
    assert standing(**{**stays, "until": now.replace(hour=7)}) is Standing.EXPIRED
    assert standing(**{**stays, "replaced": True}) is Standing.REPLACED
    assert standing(**{**stays, "replaced": True, "withdrawn": True}) is Standing.WITHDRAWN
