"""A draft that would compute for ever is given up, and everybody else is answered meanwhile."""

import asyncio
from datetime import date
from threading import Event

import pytest

from domain.errors import Refused
from domain.records.rule_changes import compared
from policies import drafting, loading, vocabulary
from policies.lines import Faults
from resolvers.ground.aside import MOST_WAITING, aside
from tests.waiting import PATIENCE

CENTRE = "service-centre"


async def test_what_computes_for_ever_is_stopped_while_the_loop_goes_on() -> None:
    ended, ticks = Event(), 0

    def forever() -> None:
        try:
            while True:
                pass
        finally:
            ended.set()

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    ticking = asyncio.create_task(tick())
    with pytest.raises(Refused, match="TAKES_TOO_LONG"):
        await aside(forever, 1)
    ticking.cancel()
    assert ended.is_set()
    assert ticks > 3


def test_rules_whose_independent_cuts_explode_are_given_up() -> None:
    kind = loading.shipped(CENTRE).vocabulary.kinds["leave.personal"]
    numbers = ("days", "months", "month_total_days", "year_total_days", "personal_days_year")
    files = drafting.files_of(
        loading.read_source(loading.SHIPPED / CENTRE, Faults()), vocabulary.shipped()
    )
    [clause] = loading.shipped(CENTRE).rows_by_kind[kind.code][0:1]
    rows = [
        (
            *("section_chief", CENTRE, kind.code, "approve", f"{name} >= {cut}"),
            *(f"cut-{name}-{cut}", "1", clause.clause, "allow"),
        )
        for name in numbers
        for cut in range(1, 30)
    ]
    wide = {**files, kind.area: (*files[kind.area], *rows)}
    book = loading.load(drafting.source_of(CENTRE, wide), vocabulary.shipped())
    with pytest.raises(Refused, match="TOO_MANY_CASES"):
        compared(loading.shipped(CENTRE), book, date(2026, 11, 29))


async def test_few_wait_for_what_computes_and_the_others_are_told_to_come_back() -> None:
    going, begun = Event(), Event()

    def until_told() -> None:
        begun.set()
        going.wait(PATIENCE)

    first = asyncio.create_task(aside(until_told))
    while not begun.is_set():
        await asyncio.sleep(0.01)
    others = [asyncio.create_task(aside(lambda: None)) for _ in range(MOST_WAITING)]
    patient = asyncio.create_task(aside(lambda: None, patient=True))
    await asyncio.sleep(0)
    with pytest.raises(Refused, match="TOO_MANY_COMPUTE"):
        await aside(lambda: None)
    going.set()
    await asyncio.gather(first, *others, patient)
    assert await aside(lambda: 1) == 1
