"""The next number of a series, taken in the transaction of what is numbered: none is missing."""

from datetime import date

from domain.shapes.numbers import series_of
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.rules.rulebooks import LivingRulebook

NUMBERED = statement("""
  insert into line_numbers as counted (institution_id, register, series, year, last)
  values (:institution, :register, :series, :year, 1)
  on conflict (institution_id, register, series, year) do update set last = counted.last + 1
  returning last""")


async def next_number(
    context: Context, living: LivingRulebook, of: str, value: str, day: date
) -> str:
    """The number that an office's rows give the next of a series, as of a day.

    What is numbered by an approval holds the chain already, so everybody locks it first.
    """
    institution = living.rulebook.institution
    series = series_of(living.shapes.numbers, of, value, day.year)
    await ledger.hold(context.transaction, institution)
    last: int = await context.transaction.value(
        NUMBERED, institution=institution, register=series.of, series=series.value, year=series.year
    )
    return series.said(last)
