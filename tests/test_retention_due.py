"""When the period of a record is over, whatever it is, and what goes with it or keeps it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.records import retention
from domain.tables import metadata
from policies import vocabulary
from resolvers.records import retention_rows

periods = st.sampled_from(["P1D", "P90D", "P2M", "P1Y", "P10Y", "P30Y", "permanent", "use"])
days = st.dates(date(1999, 1, 1), date(2060, 12, 31))


@given(days, periods, days)
def test_nothing_is_due_before_its_whole_period_is_over(
    ended: date, period: str, now: date
) -> None:
    last = retention.until(ended, period)
    assert retention.is_due(last, now) is (last is not None and now > last)
    if period in ("permanent", "use"):
        assert last is None
    elif last:
        assert last > ended
        if period.endswith("Y"):
            assert (last.year - ended.year, last.month) == (int(period[1:-1]), ended.month)


@given(days, st.lists(periods, min_size=1), days)
def test_what_is_kept_for_several_periods_is_kept_for_the_longest_and_none_is_looked_past(
    ended: date, several: list[str], now: date
) -> None:
    def is_due(period: str) -> bool:
        return retention.is_due(retention.until(ended, period), now)

    longest = retention.longest(several)
    if is_due(longest):
        assert all(is_due(each) for each in several)
    if any(is_due(each) for each in several):
        assert ended <= retention.latest_end(several, now)


def test_whatever_names_a_record_goes_with_it_keeps_it_or_is_said_to_be_beside_it() -> None:
    naming = {
        table.name
        for table in metadata.sorted_tables
        for column in ("request_id", "record_id", "case_id", "line_id")
        if column in table.columns
    }
    rest = {table for table, _, _ in retention_rows._references()}
    assert naming <= retention_rows.GOES | retention_rows.BESIDE | rest
    assert retention_rows.GOES.isdisjoint(rest)


def test_every_kind_has_a_period_and_what_is_permanent_is_never_due() -> None:
    for kind in vocabulary.shipped().kinds:
        assert retention_rows.period_of(kind) in {"P10Y", "P30Y", "permanent"}, kind
    assert retention_rows.period_of("party.activist") == "permanent"
    assert retention_rows.period_of("complaint.case") == "P30Y"
