"""What an office has of what its clauses limit, counted of the whole office on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain import CASE_KINDS
from domain.records.registers import Register
from domain.records.rules import day_of
from domain.shapes.count_words import Whose, Within
from domain.shapes.counts import Count, Counted, Happened, measured, period_of
from domain.shapes.derivations import derive
from domain.shapes.quotas import Bound, Quota, is_kept
from domain.vocabulary import Act, FactValue
from resolvers.ground.context import Context
from resolvers.records.acts import may
from resolvers.records.happened import BY_NAME, columns_of, happened
from resolvers.rules.rulebooks import LivingRulebook

THIS = UUID(int=0)
"""The line in hand, which has no id yet."""
CASES = {each.code for each in CASE_KINDS}


@dataclass(frozen=True)
class OfficeCount:
    """A limit of a clause, what the office has, from which records, and over which days.

    Without a value nothing is there to work a rate out of.
    """

    quota: Quota
    value: Decimal | None
    kept: bool | None
    records: tuple[tuple[str, UUID], ...]
    first: date | None
    last: date

    @property
    def lacking(self) -> Decimal | None:
        """How much is missing to what the clause demands at least."""
        if self.quota.bound is Bound.MAX or self.value is None or self.quota.limit is None:
            return None
        return max(self.quota.limit - self.value, Decimal(0))

    @property
    def room(self) -> Decimal | None:
        """How much more the clause allows."""
        if self.quota.bound is Bound.MIN or self.value is None or self.quota.limit is None:
            return None
        return max(self.quota.limit - self.value, Decimal(0))


def counts_of_office(living: LivingRulebook, names: Collection[str]) -> list[Count]:
    """The rows that count these measures of the whole office."""
    every = (each for each in living.shapes.counts if each.whose is Whose.OFFICE)
    return [each for each in every if each.id in names]


async def counted_with(
    context: Context,
    living: LivingRulebook,
    register: Register,
    values: Mapping[str, Any],
    names: Collection[str],
    corrects: UUID | None,
) -> dict[str, FactValue]:
    """What these measures come to with a line, in place of the one that it corrects."""
    counts = counts_of_office(living, names)
    if not counts:
        return {}
    await context.one_at_a_time(f"{context.viewer.institution}:{register.name}:of the office")
    day = day_of(values[register.day])
    running = all(each.within is Within.RUNNING for each in counts)
    day = max(day, context.today) if running else day
    lines = await happened(context, living, counts, Whose.OFFICE, None, day, day)
    line = Happened(THIS, register.name, day, columns_of(register, values))
    every = [*(each for each in lines if each.id != corrects), line]
    return {name: each.value for name, each in measured(counts, every, day).items()}


async def told(context: Context, area: str, on: date) -> list[OfficeCount]:
    """Each limit of an area that is counted of the office, of which the viewer may see it all."""
    living = await context.rulebook()
    known, register = living.shapes.measures, living.rulebook.register
    areas = {clause: line.area for (clause, *_), line in register.items()}
    quotas = [each for each in living.shapes.quotas if areas.get(each.clause) == area]
    raw = {each.measure: _raw(each.measure, known) for each in quotas}
    wanted = {name for names in raw.values() for name in names}
    counts = counts_of_office(living, wanted)
    seen = {of for of in {each.of for each in counts} if await _sees(context, of)}
    counts = [each for each in counts if each.of in seen]
    lines = await happened(context, living, counts, Whose.OFFICE, None, on, on)
    found = measured(counts, lines, on)
    values = derive({name: each.value for name, each in found.items()}, known, [])
    of = {each.id: each.of for each in lines}
    return [
        _held(each, values, [found[name] for name in raw[each.measure]], of, counts, on)
        for each in quotas
        if found.keys() >= raw[each.measure]
    ]


def _held(
    quota: Quota,
    values: Mapping[str, FactValue],
    counted: list[Counted],
    of: Mapping[UUID, str],
    counts: list[Count],
    on: date,
) -> OfficeCount:
    value = values.get(quota.measure)
    ids = dict.fromkeys(line for each in counted for line in each.lines)
    within = next((e.within for e in counts if e.within is not Within.RUNNING), Within.RUNNING)
    first, last = (None, on) if within is Within.RUNNING else period_of(within, on)
    return OfficeCount(
        quota,
        None if value is None else Decimal(str(value)),
        None if value is None or not quota.when.holds(values) else is_kept(quota, values),
        tuple((of[each], each) for each in ids),
        first,
        last,
    )


def _raw(measure: str, known: Mapping[str, Any]) -> frozenset[str]:
    derived = known[measure].derived if measure in known else None
    return frozenset(derived.raw) if derived else frozenset({measure})


async def _sees(context: Context, of: str) -> bool:
    """Whether the viewer keeps, or may see, all that is counted."""
    if of not in BY_NAME and of not in CASES:
        return False
    return any([(await may(context, of, each)).allowed for each in (Act.KEEP, Act.SEE)])
